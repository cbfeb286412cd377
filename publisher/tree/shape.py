"""What each kind of block holds, in reading order, and how to make it again with other contents.

The two functions that know all node types; every walk and every change of a tree rests on them.
"""

from __future__ import annotations

from dataclasses import replace
from operator import is_
from typing import TYPE_CHECKING, TypeVar, assert_never

from publisher.tree.base import Node
from publisher.tree.nodes import (
    Block,
    Blocks,
    Box,
    CodeBlock,
    DefinitionList,
    Figure,
    Footnote,
    Heading,
    Inlines,
    ListBlock,
    MathBlock,
    PageBreak,
    Paragraph,
    Quote,
    Section,
    Table,
    TableOfContents,
    Text,
    ThematicBreak,
    Verse,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from publisher.tree.nodes import DefinitionItem, Inline, Row, Stanza

N = TypeVar("N", bound=Node)
T = TypeVar("T")


def contents(  # noqa: PLR0911 - one return for each shape of block
    block: Block,
) -> Iterable[tuple[Inlines, Blocks]]:
    """What `block` holds itself, in reading order: inlines, then the blocks that follow them.

    A table's caption is read before its rows, a figure's after its pictures.
    """
    match block:
        case Paragraph() | Heading():
            return ((block.content, ()),)
        case Section() | Box():
            return ((block.title, block.blocks),)
        case ListBlock():
            return [((), item.blocks) for item in block.items]
        case Footnote():
            return (((), block.blocks),)
        case Quote():
            return (((), block.blocks), (block.attribution, ()))
        case Figure():
            return (((), block.blocks), ((), block.caption))
        case Table():
            rows = (*block.head, *block.body, *block.foot)
            return [((), block.caption), *(((), c.blocks) for row in rows for c in row.cells)]
        case Verse():
            lines = [(line, ()) for stanza in block.stanzas for line in stanza.lines]
            return [*lines, (block.attribution, ())]
        case DefinitionList():
            return _definitions(block)
        case TableOfContents():
            return ((block.title, ()),)
        case CodeBlock() | MathBlock() | ThematicBreak() | PageBreak():
            return ()
        case _:
            assert_never(block)


def _definitions(block: DefinitionList) -> Iterator[tuple[Inlines, Blocks]]:
    for item in block.items:
        for term in item.terms:
            yield term, ()
        for definition in item.definitions:
            yield (), definition


def rebuild(  # noqa: PLR0911 - one return for each shape of block
    block: Block,
    on_inlines: Callable[[Inlines], Inlines],
    on_blocks: Callable[[Blocks], Blocks],
) -> Block:
    """`block` with its own contents put through the two functions.

    The same object comes back when both gave back the very tuples they got.
    """
    match block:
        case Paragraph() | Heading():
            content = on_inlines(block.content)  # spelled out: nearly all blocks are these
            return block if content is block.content else replace(block, content=content)
        case Section() | Box():
            title = on_inlines(block.title)
            return replaced(block, title=title, blocks=on_blocks(block.blocks))
        case ListBlock():
            items = each(block.items, lambda i: replaced(i, blocks=on_blocks(i.blocks)))
            return replaced(block, items=items)
        case Footnote():
            return replaced(block, blocks=on_blocks(block.blocks))
        case Quote():
            inner = on_blocks(block.blocks)
            return replaced(block, blocks=inner, attribution=on_inlines(block.attribution))
        case Figure():
            inner = on_blocks(block.blocks)
            return replaced(block, blocks=inner, caption=on_blocks(block.caption))
        case Table():
            return _rebuilt_table(block, on_blocks)
        case Verse():
            stanzas = each(block.stanzas, lambda s: _rebuilt_stanza(s, on_inlines))
            return replaced(block, stanzas=stanzas, attribution=on_inlines(block.attribution))
        case DefinitionList():
            found = each(block.items, lambda i: _rebuilt_definition(i, on_inlines, on_blocks))
            return replaced(block, items=found)
        case TableOfContents():
            return replaced(block, title=on_inlines(block.title))
        case CodeBlock() | MathBlock() | ThematicBreak() | PageBreak():
            return block
        case _:
            assert_never(block)


def _rebuilt_table(table: Table, on_blocks: Callable[[Blocks], Blocks]) -> Table:
    def row(old: Row) -> Row:
        return replaced(
            old, cells=each(old.cells, lambda c: replaced(c, blocks=on_blocks(c.blocks)))
        )

    caption = on_blocks(table.caption)
    head, body, foot = (each(rows, row) for rows in (table.head, table.body, table.foot))
    return replaced(table, caption=caption, head=head, body=body, foot=foot)


def _rebuilt_stanza(stanza: Stanza, on_inlines: Callable[[Inlines], Inlines]) -> Stanza:
    return replaced(stanza, lines=each(stanza.lines, on_inlines))


def _rebuilt_definition(
    item: DefinitionItem,
    on_inlines: Callable[[Inlines], Inlines],
    on_blocks: Callable[[Blocks], Blocks],
) -> DefinitionItem:
    terms = each(item.terms, on_inlines)
    return replaced(item, terms=terms, definitions=each(item.definitions, on_blocks))


def replaced(node: N, **changes: object) -> N:
    """`node` with `changes`, or `node` itself when every new value is the old object."""
    for name, value in changes.items():
        if getattr(node, name) is not value:
            return replace(node, **changes)  # type: ignore[type-var]  # every Node is a dataclass
    return node


def each(values: tuple[T, ...], change: Callable[[T], T]) -> tuple[T, ...]:
    """`values` with `change` applied, or `values` itself when nothing changed."""
    changed = tuple(map(change, values))
    return values if all(map(is_, changed, values)) else changed


def merge_text(pieces: Iterable[Inline]) -> Inlines:
    """`pieces` with adjacent texts made one and empty texts left out."""
    found: list[Inline] = []
    held: list[str] = []
    for piece in pieces:
        if isinstance(piece, Text):
            if piece.text:
                held.append(piece.text)
            continue
        if held:
            found.append(Text("".join(held)))
            held = []
        found.append(piece)
    if held:
        found.append(Text("".join(held)))
    return tuple(found)
