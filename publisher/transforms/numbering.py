"""Numbers on sections, where a publication wants them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.tree.nodes import Section
from publisher.tree.shape import replaced
from publisher.tree.walk import is_part

if TYPE_CHECKING:
    from publisher.tree.meta import Document
    from publisher.tree.nodes import Block, Blocks

# Matter around the text proper carries no number.
_UNNUMBERED = frozenset(["preface", "afterword", "appendix", "extra"])


def number_sections(document: Document, depth: int = 6) -> Document:
    """The document with `Section.number` as the path of its place among its kind.

    The second section of the third chapter is (3, 2). Chapters count on through parts, which have
    a count of their own; prefaces, afterwords, appendices, extras and unlisted sections have none.
    Deeper than `depth`, and under a section without a number, there are none either.
    """
    body, _, _ = _numbered(document.body, (), depth, 0, 0)
    return replaced(document, body=body)


def _numbered(
    blocks: Blocks, path: tuple[int, ...], depth: int, parts: int, chapters: int
) -> tuple[Blocks, int, int]:
    """The blocks with numbers, and the counts of parts and chapters so far."""
    found: list[Block] = []
    for block in blocks:
        if not isinstance(block, Section):
            found.append(block)
        elif not block.listed or block.kind in _UNNUMBERED:
            found.append(_bare(block))
        elif is_part(block):
            parts += 1
            inner, _, chapters = _numbered(block.blocks, (), depth, 0, chapters)
            found.append(replace(block, number=(parts,), blocks=inner))
        else:
            chapters += 1
            number = (*path, chapters)
            if len(number) > depth:
                found.append(_bare(block))
                continue
            inner, _, _ = _numbered(block.blocks, number, depth, 0, 0)
            found.append(replace(block, number=number, blocks=inner))
    return tuple(found), parts, chapters


def _bare(section: Section) -> Section:
    blocks = tuple(_bare(b) if isinstance(b, Section) else b for b in section.blocks)
    return replace(section, number=None, blocks=blocks)
