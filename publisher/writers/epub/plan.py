"""Which file of the book each part of the tree goes to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.tree.nodes import Footnote, Section
from publisher.tree.walk import is_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.tree.nodes import Block, Blocks, Inlines


@dataclass(frozen=True, slots=True)
class Piece:
    """One content document.

    Attributes:
        file: Its name, ASCII, such as ``chapter-001.xhtml``.
        blocks: What it holds; a section whose children have files of their own comes without
            them.
        depth: Nesting depth of sections among `blocks`: 1 is a chapter.
        title: Title of the section it opens or continues; empty for front text.
    """

    file: str
    blocks: Blocks
    depth: int
    title: Inlines


def pieces(body: Blocks, split_level: int) -> list[Piece]:
    """The body cut into files, in reading order.

    Args:
        body: The document's body.
        split_level: Sections down to this depth open a file; volumes and parts always do and do
            not count as a level.
    """
    found: list[tuple[Blocks, int, Inlines]] = []
    for blocks, depth, title in _cut(body, 1, max(split_level, 1), ()):
        if found and not _shows(blocks):  # notes alone make no file
            before = found[-1]
            found[-1] = ((*before[0], *blocks), before[1], before[2])
        else:
            found.append((blocks, depth, title))
    digits = max(3, len(str(len(found))))
    return [
        Piece(f"chapter-{number:0{digits}d}.xhtml", blocks, depth, title)
        for number, (blocks, depth, title) in enumerate(found, 1)
    ]


def _cut(
    blocks: Blocks, depth: int, split_level: int, title: Inlines
) -> Iterator[tuple[Blocks, int, Inlines]]:
    run: list[Block] = []
    for block in blocks:
        if not isinstance(block, Section) or not _opens_file(block, depth, split_level):
            run.append(block)
            continue
        if _shows(run):
            yield tuple(run), depth, title
            run = []
        inner = depth + (not is_part(block))
        lead, rest = _lead(block.blocks, inner, split_level)
        opening = block if len(lead) == len(block.blocks) else replace(block, blocks=lead)
        yield (*run, opening), depth, block.title
        run = []
        yield from _cut(rest, inner, split_level, block.title)
    if run:
        yield tuple(run), depth, title


def _lead(blocks: Blocks, depth: int, split_level: int) -> tuple[Blocks, Blocks]:
    """The blocks before the first one with a file of its own, and the rest."""
    for at, block in enumerate(blocks):
        if isinstance(block, Section) and _opens_file(block, depth, split_level):
            return blocks[:at], blocks[at:]
    return blocks, ()


def _opens_file(section: Section, depth: int, split_level: int) -> bool:
    return is_part(section) or depth <= split_level


def _shows(blocks: Iterable[Block]) -> bool:
    """False for nothing but notes, which are shown in the file that calls them."""
    return any(not isinstance(block, Footnote) for block in blocks)
