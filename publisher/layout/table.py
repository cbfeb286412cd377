"""Tables: rows as slabs, so that a table pages like lines; head rows come again on each page."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from publisher.events import Diagnostic
from publisher.layout.columns import KEPT_ROWS, Fit, GridCell, column_widths, grid_of, grid_width
from publisher.layout.figure import WIDE, as_display
from publisher.layout.flow import NEVER, stack
from publisher.layout.table_tags import table_elements
from publisher.layout.types import REPEATED, Placed, RectOp, Slab
from publisher.record import dataclass
from publisher.tree.nodes import Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.layout.flow import Flow
    from publisher.layout.types import DrawOp
    from publisher.theme.model import TextStyle
    from publisher.tree.nodes import Table

_TALL = 0.5  # of the type area: a taller row may be broken
_SMALL = 1 / 3  # of the type area: a smaller table rather stays whole
_WHOLE = 400  # as many empty lines, times 100, are left for that
_ROWS = 2  # rows that stay together at the edges of a table
_MOVED = 0.5  # of the type area: a taller table is rather broken than moved
_REPEATED_HEAD = 0.3  # of the type area: a taller head is not shown again
_PIECE_LINES = 2  # lines a piece of a tall row, so that pages are filled and none is left alone


@dataclass(slots=True)
class _Set:
    """A cell whose blocks are set: its slabs and their height, padding not included."""

    at: GridCell
    slabs: list[Slab]
    height: float
    centred: bool


@dataclass(slots=True)
class _Grid:
    """Geometry of a table: where it stands, its column edges; type and padding of its cells."""

    flow: Flow
    x: float
    edges: list[float]
    columns: Sequence[Column]
    styles: Mapping[str, TextStyle]
    pad: float

    @property
    def width(self) -> float:
        return self.edges[-1]


def flow_table(flow: Flow, node: Table) -> None:
    """Flows a table: caption above it, head, body and foot rows."""
    groups = (node.head, node.body, node.foot)
    if not any(row.cells for rows in groups for row in rows):
        return
    look = flow.job.sheet.table
    placed, columns, fit = _measured(flow, node, flow.width)
    page = flow.job.sheet.page
    wide = page.columns > 1 and flow.main
    wide = wide and (WIDE in node.attr.classes or fit.scale < 1.0)
    if wide:
        fit = _measured(flow, node, page.measure)[2]
    if fit.tight:
        _report_tight(flow, node, len(columns))
    edges = [0.0, *accumulate(fit.widths)]
    styles = flow.styles
    if fit.scale < 1.0:
        styles = {key: _scaled(style, fit.scale) for key, style in styles.items()}
    first = len(flow.slabs)
    with flow.across(when=wide):
        left = flow.x + (flow.width - edges[-1]) / 2
        grid = _Grid(flow, left, edges, columns, styles, look.pad_x * fit.scale)
        flow.space(look.before)
        element = flow.element("Table")
        _caption(flow, node, element)
        tags = table_elements(flow, element, groups, placed, len(columns))
        sets = [
            _row_slabs(grid, len(rows), cells, tags[at], head=at == 0)
            for at, (rows, cells) in enumerate(zip(groups, placed, strict=True))
        ]
        _append(flow, grid, sets[0], [*sets[1], *sets[2]])
    as_display(flow, first, wide=wide, highest=_MOVED)
    flow.space(look.after)


def _measured(
    flow: Flow, node: Table, available: float
) -> tuple[list[list[GridCell]], Sequence[Column], Fit]:
    """Grid cells of head, body and foot, the columns of the grid, and their widths in a room."""
    groups = (node.head, node.body, node.foot)
    placed = [grid_of(rows, max(len(node.columns), 1)) for rows in groups]
    count = grid_width(placed, len(node.columns))
    columns = (*node.columns, *(Column() for _ in range(count - len(node.columns))))
    if flow.job.sheet.filled:
        from publisher.layout.counted_columns import counted_widths

        return placed, columns, Fit(counted_widths(placed, columns, flow.job.sheet, available))
    keyed = [
        (cell, _style_key(cell, head=at == 0)) for at, cells in enumerate(placed) for cell in cells
    ]
    return placed, columns, column_widths(flow, keyed, columns, available)


def table_width(flow: Flow, node: Table, available: float) -> float:
    """How wide a table will be in a room, pt; without rows it has no width."""
    groups = (node.head, node.body, node.foot)
    if not any(row.cells for rows in groups for row in rows):
        return 0.0
    return sum(_measured(flow, node, available)[2].widths)


def _scaled(style: TextStyle, scale: float) -> TextStyle:
    return replace(style, size=style.size * scale, leading=style.leading * scale)


def _report_tight(flow: Flow, node: Table, columns: int) -> None:
    flow.job.report(
        Diagnostic(
            "layout.table-tight",
            args=(("columns", str(columns)),),
            source=node.pos.source if node.pos is not None else "",
            line=node.pos.start if node.pos is not None else 0,
        )
    )


def _style_key(cell: GridCell, *, head: bool) -> str:
    return "cell-header" if head or cell.cell.header else "cell"


def _caption(flow: Flow, node: Table, element: int) -> None:
    if node.caption:
        first = len(flow.slabs)
        with flow.inside(style="caption", parent=flow.element("Caption", parent=element)):
            flow.blocks(node.caption)
        for slab in flow.slabs[first + 1 :]:
            slab.keep = NEVER
        flow.space(flow.job.sheet.figure.gap)
        flow.hold = 1


def _append(flow: Flow, grid: _Grid, head: list[Slab], rows: list[Slab]) -> None:
    """Appends the rows with their outer rules, keeps and repeated head."""
    look, room = flow.job.sheet.table, flow.job.sheet.page.height_of_type
    everything = [*head, *rows]
    first, last = everything[0], everything[-1]
    if look.outer:
        first.behind += (_rule(0.0, 0.0, grid.width, look.outer, look.color),)
        last.behind += (_rule(0.0, last.height, grid.width, look.outer, look.color),)
    key = ""
    if head and rows and sum(slab.height for slab in head) <= room * _REPEATED_HEAD:
        key = f"head-{len(flow.job.repeats)}"
        flow.job.repeats[key] = [as_artifact(slab) for slab in head]
    small = sum(slab.height for slab in everything) <= room * _SMALL
    first_row = len(head)
    whole = len(rows) <= KEPT_ROWS
    for at, slab in enumerate(everything):
        if at >= first_row:
            slab.repeat = key
        if flow.job.sheet.filled:  # what the rows of a Word table ask for
            slab.keep = NEVER if at and (whole or at <= first_row) else slab.keep
        elif at and not slab.keep:
            if at <= first_row or (small and not _ROWS <= at - first_row <= len(rows) - _ROWS):
                slab.keep = NEVER
            elif not _ROWS <= at - first_row <= len(rows) - _ROWS:
                slab.keep = NEVER // 2
            elif small:
                slab.keep = _WHOLE
        flow.add(slab)


def _row_slabs(
    grid: _Grid, rows: int, cells: list[GridCell], tags: list[int], *, head: bool
) -> list[Slab]:
    sets = [_set_cell(grid, cell, tag, head=head) for cell, tag in zip(cells, tags, strict=True)]
    by_row: list[list[_Set]] = [[] for _ in range(rows)]
    for cell in sets:
        by_row[cell.at.row].append(cell)
    limit = grid.flow.job.sheet.page.height_of_type * _TALL
    slabs: list[Slab] = []
    for first, last in _spans(rows, cells):
        group = [cell for row in range(first, last + 1) for cell in by_row[row]]
        heights = _heights(grid, group, first, last)
        final = last == rows - 1
        if sum(heights) <= limit:
            slabs.append(_whole(grid, group, heights, first, head=head, final=final))
        else:
            slabs += _pieces(grid, group, (first, last), head=head, final=final)
    return slabs


def _spans(count: int, cells: Sequence[GridCell]) -> Iterator[tuple[int, int]]:
    """Runs of rows (first, last) that cells spanning rows hold together."""
    reach = list(range(count))
    for cell in cells:
        reach[cell.row] = max(reach[cell.row], cell.last_row)
    first = end = 0
    for row in range(count):
        end = max(end, reach[row])
        if row == end:
            yield first, row
            first = end = row + 1


def _set_cell(grid: _Grid, cell: GridCell, tag: int, *, head: bool) -> _Set:
    flow = grid.flow
    width = grid.edges[cell.column + cell.columns] - grid.edges[cell.column]
    measure = max(width - 2 * grid.pad, 1.0)
    inner = flow.column(measure, style=_style_key(cell, head=head), parent=tag)
    inner.styles = grid.styles
    inner.align = cell.cell.align or grid.columns[cell.column].align
    inner.blocks(cell.cell.blocks)
    height = stack(inner.slabs)[1]
    return _Set(cell, inner.slabs, height, centred=head or cell.rows > 1)


def _heights(grid: _Grid, cells: Sequence[_Set], first: int, last: int) -> list[float]:
    pad = 2 * grid.flow.job.sheet.table.pad_y
    heights = [grid.styles["cell"].leading + pad] * (last - first + 1)
    for cell in sorted(cells, key=lambda cell: cell.at.rows):
        rows = range(cell.at.row - first, cell.at.last_row - first + 1)
        missing = cell.height + pad - sum(heights[at] for at in rows)
        if missing > 0:
            heights[rows[-1]] += missing
    return heights


def _whole(
    grid: _Grid,
    cells: Sequence[_Set],
    heights: Sequence[float],
    first: int,
    *,
    head: bool,
    final: bool,
) -> Slab:
    """Rows held together by spans (or one row) as one slab."""
    look = grid.flow.job.sheet.table
    tops = [0.0]
    for height in heights:
        tops.append(tops[-1] + height)
    slab = Slab(tops[-1], x=grid.x)
    behind: list[DrawOp] = []
    parts: list[Placed] = []
    if head and look.head_fill:
        behind.append(RectOp(0.0, 0.0, grid.width, tops[-1], look.head_fill))
    for cell in cells:
        at = cell.at
        top, foot = tops[at.row - first], tops[at.last_row - first + 1]
        y = top + look.pad_y
        if cell.centred:
            y += max(foot - top - 2 * look.pad_y - cell.height, 0.0) / 2
        x = grid.edges[at.column] + grid.pad
        parts += [Placed(p.slab, x + p.x, y + p.y) for p in stack(cell.slabs)[0]]
        ends = at.last_row - first == len(heights) - 1
        trim = grid.pad if head and at.columns > 1 else 0.0  # so that spanners stand apart
        behind += _cell_rules(grid, at, top, foot, foot_rule=not (ends and final), trim=trim)
        slab.notes += _notes(cell.slabs)
    if final and head and look.head:
        behind.append(_rule(0.0, tops[-1], grid.width, look.head, look.color))
    slab.behind, slab.parts = tuple(behind), tuple(parts)
    return slab


def _cell_rules(
    grid: _Grid, at: GridCell, top: float, foot: float, *, foot_rule: bool, trim: float = 0.0
) -> Iterator[DrawOp]:
    look = grid.flow.job.sheet.table
    left, right = grid.edges[at.column], grid.edges[at.column + at.columns]
    if look.inner and foot_rule:
        yield _rule(left + trim, foot, right - left - 2 * trim, look.inner, look.color)
    if look.columns and at.column:
        yield RectOp(left - look.columns / 2, top, look.columns, foot - top, look.color)


def _pieces(
    grid: _Grid, cells: list[_Set], span: tuple[int, int], *, head: bool, final: bool
) -> list[Slab]:
    """A tall row, or tall rows held together by spans, as pieces that a page may end between.

    Each piece takes a few lines of every cell; the cells of one row stay side by side.
    """
    flow = grid.flow
    look = flow.job.sheet.table
    flow.job.bands += 1
    waiting = [list(cell.slabs) for cell in cells]
    line = grid.styles["cell"].leading
    pieces: list[Slab] = []
    for row in range(span[0], span[1] + 1):
        active = [n for n, c in enumerate(cells) if c.at.row <= row <= c.at.last_row]
        ending = [n for n in active if cells[n].at.last_row == row] or active
        begun = False
        while not begun or any(waiting[n] for n in ending):
            top = 0.0 if begun else look.pad_y
            depth = _PIECE_LINES * line
            taken = {n: _take(waiting[n], depth, must=True) for n in ending}
            used = max((height for _, height in taken.values()), default=0.0) or line
            taken |= {n: _take(waiting[n], used, must=False) for n in active if n not in taken}
            begun = True
            done = not any(waiting[n] for n in ending)
            height = top + used + (look.pad_y if done else 0.0)
            piece = Slab(height, x=grid.x, band=flow.job.bands)
            piece.parts = tuple(
                _piece_part(grid, cells[n].at, taken[n][0] if n in taken else [], top)
                for n in range(len(cells))
            )
            piece.notes = tuple(x for n in taken for x in _notes(taken[n][0]))
            last = row == span[1] and final
            piece.behind = tuple(
                op
                for n in active
                for op in _cell_rules(
                    grid,
                    cells[n].at,
                    0.0,
                    height,
                    foot_rule=done and n in ending and not last,
                )
            )
            if last and done and head and look.head:
                piece.behind += (_rule(0.0, height, grid.width, look.head, look.color),)
            pieces.append(piece)
    return pieces


def _take(slabs: list[Slab], room: float, *, must: bool) -> tuple[list[Slab], float]:
    """Takes slabs off the front as far as they fit; the first one in any case if it `must`."""
    taken: list[Slab] = []
    height = 0.0
    while slabs:
        more = slabs[0].height + (slabs[0].before if taken else 0.0)
        if height + more > room + 0.01 and (taken or not must):
            break
        height += more
        taken.append(slabs.pop(0))
    if must and len(slabs) == 1 and slabs[0].keep:  # the last line of a paragraph
        height += slabs[0].height
        taken.append(slabs.pop())
    return taken, height


def _piece_part(grid: _Grid, at: GridCell, slabs: list[Slab], top: float) -> Placed:
    parts, height = stack(slabs)
    inset = grid.edges[at.column] + grid.pad
    return Placed(Slab(height, parts=parts), inset, top)


def _rule(x: float, y: float, width: float, weight: float, color: str) -> RectOp:
    return RectOp(x, y - weight / 2, width, weight, color)


def _notes(slabs: Sequence[Slab]) -> tuple[str, ...]:
    return tuple(note for slab in slabs for note in slab.notes)


def as_artifact(slab: Slab) -> Slab:
    """A copy that is decoration: head rows shown again are no content (PDF/UA-1 7.1)."""
    return replace(
        slab,
        tag=REPEATED,
        before=0.0,
        keep=0,
        notes=(),
        anchors=(),
        opens=None,
        band=0,
        parts=tuple(part._replace(slab=as_artifact(part.slab)) for part in slab.parts),
    )
