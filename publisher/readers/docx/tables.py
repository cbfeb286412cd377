"""Tables of Word: the grid, merged cells, rows that repeat as heads."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.docx.package import number, switched_on, value
from publisher.readers.html.tidy import columns_aligned
from publisher.record import dataclass
from publisher.tree.nodes import Box, Cell, Column, Heading, Paragraph, Row, Strong, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.readers.docx.body import Story
    from publisher.tree.nodes import Align, Block, Blocks

_MOST_SPAN: Final = 63  # Word has no more columns
_WRAPPERS: Final = ("sdt", "sdtContent", "ins", "moveTo", "customXml")


@dataclass(slots=True)
class _Cell:
    """A cell on its way: its first column, its spans, and its blocks."""

    column: int
    columns: int
    rows: int
    blocks: Blocks
    header: bool
    align: Align


def read_table(story: Story, element: Any) -> Block | None:
    """The table; a box for a frame of one cell; None when there is nothing in it."""
    rows: list[list[_Cell]] = []
    heads = 0
    open_cells: dict[int, _Cell] = {}  # by first column: merged downwards so far
    for row in _inside(element, "tr"):
        properties = row.find("trPr")
        if properties is not None and properties.find("del") is not None:
            continue
        cells, open_cells = _row(story, row, properties, open_cells)
        rows.append(cells)
        if heads == len(rows) - 1 and properties is not None:
            heads += bool(switched_on(properties, "tblHeader"))
    if not any(cell.blocks for row in rows for cell in row):
        return None
    if len(rows) == 1 and len(rows[0]) == 1 and _is_frame(story, element):
        return _box(rows[0][0].blocks)
    if not heads and not story.book.own:
        heads = int(_first_row_heads(story, element, rows))
    heads = _whole_heads(rows, heads)
    width = max((c.column + c.columns for row in rows for c in row), default=1)
    for cell in (cell for row in rows[:heads] for cell in row):
        cell.header = False  # a row of heads says it
    made = [Row(tuple(_made(cell) for cell in row)) for row in rows]
    table = Table(tuple(Column() for _ in range(width)), tuple(made[:heads]), tuple(made[heads:]))
    return columns_aligned((_named(table) if story.book.own else table,))[0]


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _row(
    story: Story, row: Any, properties: Any, above: dict[int, _Cell]
) -> tuple[list[_Cell], dict[int, _Cell]]:
    cells: list[_Cell] = []
    merged: dict[int, _Cell] = {}
    column = max(number(value(properties, "gridBefore")), 0)
    if column:
        cells.append(_Cell(0, column, 1, (), header=False, align=""))
    for element in _inside(row, "tc"):
        own = element.find("tcPr")
        span = min(max(number(value(own, "gridSpan"), 1), 1), _MOST_SPAN)
        merge = None if own is None else own.find("vMerge")
        begins = merge is None or merge.get("val") == "restart"
        upper = above.get(column)
        if not begins and upper is not None and upper.columns == span:
            upper.rows += 1
            merged[column] = upper
        else:
            cell = _cell(story, element, column, span)
            cells.append(cell)
            if merge is not None:
                merged[column] = cell
        column += span
    return cells, merged


def _cell(story: Story, element: Any, column: int, span: int) -> _Cell:
    blocks = story.blocks(element)
    kinds = {
        story.book.styles.kind(value(p.find("pPr"), "pStyle")) for p in element.iterchildren("p")
    }
    aligns = {block.align if isinstance(block, Paragraph) else "" for block in blocks}
    align = aligns.pop() if len(aligns) == 1 else ""
    if align:
        blocks = tuple(replace(b, align="") if isinstance(b, Paragraph) else b for b in blocks)
    return _Cell(column, span, 1, blocks, "cellhead" in kinds, align)


def _made(cell: _Cell) -> Cell:
    return Cell(cell.blocks, cell.columns, cell.rows, cell.header, cell.align)


def _named(table: Table) -> Table:
    """What leads to the beginning of the first cell leads to the table."""
    rows = (*table.head, *table.body)
    blocks = rows[0].cells[0].blocks if rows and rows[0].cells else ()
    if not blocks or not isinstance(blocks[0], Paragraph) or not blocks[0].attr.id:
        return table
    name = blocks[0].attr.id
    first = replace(blocks[0], attr=replace(blocks[0].attr, id=""))
    cell = replace(rows[0].cells[0], blocks=(first, *blocks[1:]))
    row = replace(rows[0], cells=(cell, *rows[0].cells[1:]))
    named = replace(table, attr=replace(table.attr, id=name))
    if table.head:
        return replace(named, head=(row, *table.head[1:]))
    return replace(named, body=(row, *table.body[1:]))


def _whole_heads(rows: list[list[_Cell]], heads: int) -> int:
    """Head rows that no cell reaches out of; a table of heads only has none."""
    for at in range(heads):
        if any(at + cell.rows > heads for cell in rows[at]):
            return at
    return heads


def _is_frame(story: Story, element: Any) -> bool:
    """In our own files a table of one cell is a box unless it has the style of tables."""
    style = value(element.find("tblPr"), "tblStyle")
    return not (story.book.own and style)


def _box(blocks: Blocks) -> Box:
    """The box around a lone cell; one that its text makes already is the same."""
    first = blocks[0]
    if isinstance(first, Box) and (first.title or len(blocks) == 1):
        return replace(first, blocks=(*first.blocks, *blocks[1:]))
    return Box(blocks)


def _first_row_heads(story: Story, element: Any, rows: list[list[_Cell]]) -> bool:
    """The first row looks like a head: its style makes it one, or it alone is all bold."""
    if len(rows) < 2 or any(not cell.blocks for cell in rows[0]):
        return False
    look = element.find("tblPr/tblLook")
    style = story.book.styles.by_id.get(value(element.find("tblPr"), "tblStyle"))
    first = look is not None and (
        look.get("firstRow") == "1" or number_of(look.get("val") or "0") & 0x20
    )
    if first and style is not None and style.first_row:
        return True
    bold = [all(_is_bold(block) for cell in row for block in cell.blocks) for row in rows[:2]]
    return bold[0] and not bold[1]


def number_of(text: str) -> int:
    """A hexadecimal number; 0 for what is none."""
    try:
        return int(text, 16)
    except ValueError:
        return 0


def _is_bold(block: Block) -> bool:
    if isinstance(block, Heading):
        return True
    return isinstance(block, Paragraph) and all(isinstance(i, Strong) for i in block.content)
