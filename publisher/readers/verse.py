"""Quotations that are poems: short lines, every one ended by the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.tree.nodes import LineBreak, Paragraph, Quote, Stanza, Verse
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from publisher.tree.nodes import Blocks, Inlines

_LEAST_LINES = 3  # two broken lines may be an address
_LONGEST = 40  # half-width columns; lines of verse are shorter than a line of print


def as_verse(quote: Quote) -> Quote | Verse:
    """The poem that a quotation is, else the quotation.

    It is one when all its paragraphs are short lines with breaks the author asked for, at least
    three lines in all.
    """
    stanzas = _stanzas(quote.blocks)
    if not stanzas or sum(len(s.lines) for s in stanzas) < _LEAST_LINES:
        return quote
    return Verse(stanzas, quote.attribution, attr=quote.attr, pos=quote.pos)


def _stanzas(blocks: Blocks) -> tuple[Stanza, ...]:
    stanzas: list[Stanza] = []
    for block in blocks:
        if not isinstance(block, Paragraph) or LineBreak() not in block.content:
            return ()
        lines = verse_lines(block.content)
        if any(_columns(line) > _LONGEST for line in lines):
            return ()
        stanzas.append(Stanza(lines))
    return tuple(stanzas)


def verse_lines(content: Inlines) -> tuple[Inlines, ...]:
    """The lines of a paragraph, between the breaks its author asked for; empty ones go."""
    lines: list[Inlines] = [()]
    for inline in content:
        if isinstance(inline, LineBreak):
            lines.append(())
        else:
            lines[-1] = (*lines[-1], inline)
    return tuple(line for line in lines if line)


def _columns(line: Inlines) -> int:
    text = plain_text(line)
    return 2 * len(text) - sum(map(str.isascii, text))
