"""What a walk leaves behind that is no content: empty frames, pictures alone in a paragraph."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.tree.nodes import (
    NO_ATTR,
    Box,
    Figure,
    Image,
    Link,
    Paragraph,
    Quote,
    Section,
    Table,
)
from publisher.tree.tables import lay_grid
from publisher.tree.walk import map_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.tree.nodes import Align, Block, Blocks, Cell, Row
    from publisher.tree.tables import Placed


def tidied(blocks: Blocks) -> Blocks:
    """The blocks without frames that hold nothing; a picture alone in its paragraph is a figure."""
    return tuple(made for block in blocks for made in _tidy(block))


def _tidy(block: Block) -> Blocks:
    match block:
        case Section() | Quote() | Box():
            return (replace(block, blocks=tidied(block.blocks)),)
        case Paragraph(content=(Image() | Link(content=(Image(),)),)):
            return (Figure((block,), pos=block.pos),)
        case Figure(blocks=()):
            return block.caption
        case Table() if not any(_cells(block)):
            return block.caption
        case _:
            return (block,)


def languages_once(blocks: Blocks, outer: str = "") -> Blocks:
    """The blocks without languages that the section around them says already."""
    found: list[Block] = []
    for block in blocks:
        made = block
        if isinstance(block, Section):
            lang = block.attr.lang or outer
            made = replace(block, blocks=languages_once(block.blocks, lang))
        attr = getattr(made, "attr", NO_ATTR)
        if outer and attr.lang == outer:
            made = replace(made, attr=replace(attr, lang=""))
        found.append(made)
    return tuple(found)


def columns_aligned(blocks: Blocks) -> Blocks:
    """The blocks with the alignment of a table's columns on the columns.

    Where all cells that start in a column are aligned alike, it was the column that said so.
    """
    return map_blocks(blocks, _aligned)


def _aligned(block: Block) -> Block:
    if not isinstance(block, Table):
        return block
    grids = [lay_grid(rows).placed for rows in (block.head, block.body, block.foot)]
    seen: dict[int, set[Align]] = {}
    for placed in (each for grid in grids for each in grid):
        if placed.cell.blocks or placed.cell.align:
            seen.setdefault(placed.column, set()).add(placed.cell.align)
    agreed = {column: found.pop() for column, found in seen.items() if len(found) == 1}
    if not any(agreed.values()):
        return block

    def freed(rows: tuple[Row, ...], grid: tuple[Placed, ...]) -> tuple[Row, ...]:
        cells: list[list[Cell]] = [[] for _ in rows]
        for each in grid:
            free = replace(each.cell, align="") if agreed.get(each.column) else each.cell
            cells[each.row].append(free)
        return tuple(replace(row, cells=tuple(c)) for row, c in zip(rows, cells, strict=True))

    columns = tuple(replace(c, align=agreed.get(n, "")) for n, c in enumerate(block.columns))
    head, body, foot = map(freed, (block.head, block.body, block.foot), grids)
    return replace(block, columns=columns, head=head, body=body, foot=foot)


def _cells(table: Table) -> Iterator[Blocks]:
    for row in (*table.head, *table.body, *table.foot):
        for cell in row.cells:
            yield cell.blocks
