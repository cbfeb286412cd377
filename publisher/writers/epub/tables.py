"""Tables to XHTML: header cells with their scope, spans that stay on the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.tree.nodes import Image
from publisher.tree.walk import any_of, block_text
from publisher.writers.epub.xhtml import attribute, common

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.tree.nodes import Blocks, Cell, Row, Table
    from publisher.writers.epub.xhtml import Page


_LEVEL_ROWS: Final = 10
_LEVEL_WIDTH: Final = 22  # characters, and one a column for its padding
_MANY: Final = 5  # columns; a table of more is moved sideways on small screens


def table(node: Table, page: Page, flow: Callable[[Blocks], str]) -> str:
    """A table as XHTML; `flow` writes the contents of a cell or caption."""
    sized = any(column.width for column in node.columns)
    level = page.book.sheet.vertical and _is_small(node)
    names = " ".join(name for name, has in (("wide", sized), ("level", level)) if has)
    found = [f"<table{attribute('class', names)}{common(node.attr, page)}>\n"]
    if node.caption:
        found.append(f"<caption>{flow(node.caption)}</caption>\n")
    if sized:
        total = sum(column.width for column in node.columns)
        columns = [
            f'<col style="width:{100 * column.width / total:.4g}%"/>' if column.width else "<col/>"
            for column in node.columns
        ]
        found.append(f"<colgroup>{''.join(columns)}</colgroup>\n")
    for name, rows in (("thead", node.head), ("tbody", node.body), ("tfoot", node.foot)):
        if rows:
            found.append(f"<{name}>\n")
            found += _rows(node, rows, page, flow, in_head=name == "thead")
            found.append(f"</{name}>\n")
    found.append("</table>\n")
    if _count(node) > _MANY:  # what scrolls can be reached by keyboard
        return f'<div class="scroll" tabindex="0">\n{"".join(found)}</div>\n'
    return "".join(found)


def _is_small(node: Table) -> bool:
    """Whether a table may stand upright in vertical text: what stands so is never broken.

    By the length of its text, for screens as small as a telephone's.
    """
    rows = [row for group in (node.head, node.body, node.foot) for row in group]
    widths: dict[int, int] = {}
    for row, columns in zip(rows, _starts(tuple(rows)), strict=True):
        for cell, column in zip(row.cells, columns, strict=True):
            text = "".join(map(block_text, cell.blocks))
            if any_of(cell.blocks, Image) or len(cell.blocks) > 1:
                return False
            if cell.colspan == 1:
                widths[column] = max(widths.get(column, 0), len(text))
    return len(rows) <= _LEVEL_ROWS and sum(widths.values()) + len(widths) <= _LEVEL_WIDTH


def _count(node: Table) -> int:
    """Number of columns: those declared, or the cells of the widest row."""
    rows = (row for group in (node.head, node.body, node.foot) for row in group)
    widest = max((sum(max(cell.colspan, 1) for cell in row.cells) for row in rows), default=0)
    return max(len(node.columns), widest)


def _rows(
    node: Table,
    rows: tuple[Row, ...],
    page: Page,
    flow: Callable[[Blocks], str],
    *,
    in_head: bool,
) -> Iterator[str]:
    for row, columns, height in zip(rows, _starts(rows), range(len(rows), 0, -1), strict=True):
        cells = []
        for cell, column in zip(row.cells, columns, strict=True):
            align = cell.align or (node.columns[column].align if column < len(node.columns) else "")
            class_ = f' class="align-{align}"' if align else ""
            inner = flow(cell.blocks)
            name, scope = _header(cell, inner, in_head=in_head)
            cells.append(f"<{name}{scope}{_spans(cell, height)}{class_}>{inner}</{name}>\n")
        yield f"<tr{common(row.attr, page)}>\n{''.join(cells)}</tr>\n"


def _header(cell: Cell, inner: str, *, in_head: bool) -> tuple[str, str]:
    """Element name and scope. An empty header cell heads nothing and is no header."""
    if not inner.strip() or not (in_head or cell.header):
        return "td", ""
    if in_head:
        return "th", ' scope="colgroup"' if cell.colspan > 1 else ' scope="col"'
    return "th", ' scope="rowgroup"' if cell.rowspan > 1 else ' scope="row"'


def _spans(cell: Cell, height: int) -> str:
    """The span attributes, cut where they would leave their group of rows."""
    rowspan = min(cell.rowspan, height)
    wide = f' colspan="{min(cell.colspan, 1000)}"' if cell.colspan > 1 else ""
    return wide + (f' rowspan="{rowspan}"' if rowspan > 1 else "")


def _starts(rows: tuple[Row, ...]) -> Iterator[list[int]]:
    """The grid column in which each cell of each row starts."""
    taken: dict[int, int] = {}  # column -> rows still covered from above
    for row in rows:
        starts = []
        column = 0
        here: dict[int, int] = {}
        for cell in row.cells:
            while taken.get(column, 0):
                column += 1
            starts.append(column)
            for covered in range(column, column + max(cell.colspan, 1)):
                here[covered] = cell.rowspan - 1
            column += max(cell.colspan, 1)
        taken = {c: left - 1 for c, left in taken.items() if left > 1}
        taken.update({c: left for c, left in here.items() if left > 0})
        yield starts
