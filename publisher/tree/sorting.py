"""Sorting what an open node has gathered: inlines, blocks, and parts that strayed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, get_args

from publisher.tree import nodes
from publisher.tree.nodes import (
    Cell,
    Heading,
    LineBreak,
    ListItem,
    Paragraph,
    Row,
    Section,
    Stanza,
    Verse,
)
from publisher.tree.runs import is_empty_run, tidy_run
from publisher.tree.shape import merge_text

if TYPE_CHECKING:
    from publisher.tree.nodes import Block, Blocks, Inline, Inlines

_INLINE_TYPES: Final[tuple[type[Any], ...]] = get_args(nodes.Inline)


def is_inline(item: object) -> bool:
    """True for an inline node."""
    return isinstance(item, _INLINE_TYPES)


def is_textual(item: object) -> bool:
    """True for a block that is a run of inlines in the main."""
    return isinstance(item, Paragraph | Heading | Section)


def run_of(items: list[Any]) -> list[Inline]:
    """The inlines of `items`; paragraphs and headings give theirs, on a line of their own."""
    found: list[Inline] = []
    for item in items:
        if is_inline(item):
            found.append(item)
        elif is_textual(item):
            content = item.title if isinstance(item, Section) else item.content
            if found:
                found.append(LineBreak())
            found += content
    return found


def split(items: list[Any]) -> list[tuple[list[Block], list[Inline]]]:
    """`items` as pairs: blocks, then the inlines after them."""
    pairs: list[tuple[list[Block], list[Inline]]] = [([], [])]
    for item in items:
        if is_inline(item):
            pairs[-1][1].append(item)
        else:
            if pairs[-1][1]:
                pairs.append(([], []))
            pairs[-1][0].append(item)
    return pairs


def without_strays(items: list[Any]) -> list[Any]:
    """List items, rows, cells and terms outside their container give the blocks they hold."""
    if not any(isinstance(i, tuple | ListItem | Cell | Stanza) for i in items):
        return items
    found: list[Any] = []
    for item in items:
        if isinstance(item, ListItem | Cell):
            found += item.blocks
        elif isinstance(item, Stanza):
            found.append(Verse((item,)))
        elif isinstance(item, tuple) and isinstance(item[0], Row):
            for cell in item[0].cells:
                found += cell.blocks
        elif isinstance(item, tuple) and len(item) == 3:
            run = tidy_run(run_of(item[1]))
            found += [Paragraph(run)] if run else []
        else:
            found.append(item)
    return found


def marked(kind: type[Any], items: list[Any], fields: dict[str, Any]) -> list[Any]:
    """A closed mark; blocks inside it come out of it, their text marked."""
    if all(is_inline(i) for i in items):
        content = merge_text(items)
        anchor = getattr(fields.get("attr"), "id", "")
        return [kind(content=content, **fields)] if content or anchor else []
    found: list[Any] = []
    for blocks, inlines in split(items):
        for block in blocks:
            if isinstance(block, Paragraph | Heading):
                marked = kind(content=block.content, **fields)
                found.append(replace(block, content=(marked,)))
            elif isinstance(block, Section):
                found.append(replace(block, title=(kind(content=block.title, **fields),)))
            else:
                found.append(block)
        content = merge_text(inlines)
        if not is_empty_run(content):
            found.append(kind(content=content, **fields))
    return found


def unsectioned(blocks: Blocks) -> Blocks:
    """`blocks` of an inner container: headings there have no place in the outline."""
    if not any(isinstance(b, Section) for b in blocks):
        return blocks
    return tuple(
        Heading(b.level, b.title, attr=b.attr, pos=b.pos) if isinstance(b, Section) else b
        for b in blocks
    )


def is_foreign_to_verse(item: object) -> bool:
    """True for a block that no line or stanza can be made of."""
    return not (isinstance(item, tuple | Stanza) or is_inline(item) or is_textual(item))


def lines_of(items: list[Any]) -> tuple[Inlines, ...]:
    """The lines of a stanza: finished ones are tuples; what stands loose makes lines too."""
    lines: list[Inlines] = []
    loose: list[Any] = []
    for item in [*items, ()]:
        if not isinstance(item, tuple):
            loose += [] if is_foreign_to_verse(item) else [item]
            continue
        run = tidy_run(run_of(loose))
        loose = []
        lines += [line for line in (run, item) if not is_empty_run(line)]
    return tuple(lines)


def stanzas_of(items: list[Any]) -> tuple[Stanza, ...]:
    """The stanzas of a verse; lines that stand in none make one of their own."""
    stanzas: list[Stanza] = []
    loose: list[Any] = []
    for item in [*items, Stanza(())]:
        if not isinstance(item, Stanza):
            loose += [] if is_foreign_to_verse(item) else [item]
            continue
        lines = lines_of(loose)
        loose = []
        stanzas += [s for s in (Stanza(lines), item) if s.lines]
    return tuple(stanzas)
