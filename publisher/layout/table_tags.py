"""Structure elements of a table: row groups, scopes, and headers where scopes are not enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.layout.columns import GridCell
from publisher.record import NamedTuple
from publisher.tree.nodes import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.layout.flow import Flow
    from publisher.layout.types import Element
    from publisher.tree.nodes import Row

_GROUPS = ("THead", "TBody", "TFoot")


class _Tagged(NamedTuple):
    """A cell with its element; `row` counts from the first row of the table."""

    element: int
    at: GridCell
    row: int
    group: int

    @property
    def rows(self) -> range:
        return range(self.row, self.row + self.at.rows)

    @property
    def columns(self) -> range:
        return range(self.at.column, self.at.column + self.at.columns)

    @property
    def is_header(self) -> bool:
        return self.group == 0 or self.at.cell.header


def table_elements(
    flow: Flow,
    table: int,
    groups: Sequence[Sequence[Row]],
    placed: Sequence[Sequence[GridCell]],
    width: int,
) -> list[list[int]]:
    """Makes the elements of a table's rows and cells (ISO 32000-1, 14.8.4.3.4 and 14.8.5.7).

    Args:
        flow: Where the table stands.
        table: Its element.
        groups: The rows of head, body and foot.
        placed: The cells of each group on its grid.
        width: Columns of the grid.

    Returns:
        For each group the element of each cell, in the order of `placed`.
    """
    # Groups need a body, so rows of one kind only stand in the table itself.
    grouped = bool(groups[1]) and bool(groups[0] or groups[2])
    cells: list[_Tagged] = []
    found: list[list[int]] = []
    first = 0
    for group, (rows, places) in enumerate(zip(groups, placed, strict=True)):
        parent = table
        if grouped and rows:
            parent = flow.element(_GROUPS[group], parent=table)
        tags = [flow.element("TR", parent=parent) for _ in rows]
        mine = [
            _Tagged(_cell(flow, at, tags[at.row], head=group == 0), at, first + at.row, group)
            for at in _with_blanks(places, len(rows), width)
        ]
        known = {(cell.at.row, cell.at.column): cell.element for cell in mine}
        found.append([known[at.row, at.column] for at in places])
        cells += mine
        first += len(rows)
    _tell_headers(flow.job.elements, cells, width)
    return found


def _with_blanks(places: Sequence[GridCell], rows: int, width: int) -> list[GridCell]:
    """The cells of a group, row by row, with empty ones where rows end early."""
    filled = {
        (row, column)
        for at in places
        for row in range(at.row, at.row + at.rows)
        for column in range(at.column, at.column + at.columns)
    }
    if len(filled) == rows * width:
        return list(places)
    blanks = [
        GridCell(Cell(()), row, column, 1, 1)
        for row in range(rows)
        for column in range(width)
        if (row, column) not in filled
    ]
    return sorted((*places, *blanks), key=lambda at: (at.row, at.column))


def _cell(flow: Flow, at: GridCell, row: int, *, head: bool) -> int:
    spans = (("ColSpan", at.columns), ("RowSpan", at.rows))
    attributes = [(key, str(count)) for key, count in spans if count > 1]
    role = "TH" if head or at.cell.header else "TD"
    return flow.element(role, *attributes, parent=row)


def _tell_headers(elements: list[Element], cells: Sequence[_Tagged], width: int) -> None:
    heads = [cell for cell in cells if cell.is_header]
    corner = _corner(cells)
    for cell in heads:
        scope = "Both" if cell is corner else "Column" if _is_over(cell, width) else "Row"
        _add(elements, cell, "Scope", scope)
    if _is_simple(heads, width):
        return
    over: dict[int, list[int]] = {}
    beside: dict[int, list[int]] = {}
    titles: dict[int, int] = {}
    for cell in heads:
        if cell.group and _is_over(cell, width):
            titles[cell.row] = cell.element
        elif cell.group == 0:
            for column in cell.columns:
                over.setdefault(column, []).append(cell.element)
        else:
            for row in cell.rows:
                beside.setdefault(row, []).append(cell.element)
    title: list[int] = []  # the last title between rows
    for cell in cells:
        if cell.row in titles:
            title = [titles[cell.row]]
        if not cell.is_header:
            named = [head for column in cell.columns for head in over.get(column, ())]
            named += title
            named += [head for row in cell.rows for head in beside.get(row, ())]
            if named:
                _add(elements, cell, "Headers", " ".join(map(str, dict.fromkeys(named))))


def _is_over(cell: _Tagged, width: int) -> bool:
    """Whether a header is over columns: in the head, or a title between rows."""
    return cell.group == 0 or (cell.at.columns == width > 1)


def _corner(cells: Sequence[_Tagged]) -> _Tagged | None:
    """The cell over a column of row headers, if it heads their column and the head's row."""
    first = [cell for cell in cells if cell.at.column == 0]
    over = [cell for cell in first if cell.group == 0]
    below = [cell for cell in first if cell.group == 1]
    if len(over) != 1 or not below or over[0].at.columns > 1 or not over[0].at.cell.blocks:
        return None
    return over[0] if all(cell.is_header for cell in below) else None


def _is_simple(heads: Sequence[_Tagged], width: int) -> bool:
    """Whether scopes say all: one row of headers, one column of them, none spanning."""
    return all(
        cell.at.columns == cell.at.rows == 1
        and (cell.row == 0 if _is_over(cell, width) else cell.at.column == 0)
        for cell in heads
    )


def _add(elements: list[Element], cell: _Tagged, key: str, value: str) -> None:
    element = elements[cell.element]
    element.attributes = (*element.attributes, (key, value))
