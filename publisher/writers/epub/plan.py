"""Which file of the book each part of the tree goes to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from publisher.record import dataclass
from publisher.tree.nodes import Footnote, Paragraph, Section, Text
from publisher.tree.walk import is_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.tree.nodes import Block, Blocks, Inlines

# Reading systems lay out a whole file before they show a page of it; from about 300 kB on that is
# felt. A longer chapter goes on in another file, between two of its blocks.
MAX_CHARACTERS: Final = 100_000
# What a block that is no text counts, so that many small ones make a long file too.
_BLOCK_COUNTS = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """One content document.

    Attributes:
        file: Its name, ASCII, such as ``chapter-001.xhtml``.
        blocks: What it holds; a section whose children have files of their own comes without
            them.
        depth: Nesting depth of sections among `blocks`: 1 is a chapter.
        title: Title of the section it opens or continues; empty for front text.
        lang: Language of that section; empty where it is the book's.
    """

    file: str
    blocks: Blocks
    depth: int
    title: Inlines
    lang: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece before it has a name."""

    blocks: Blocks
    depth: int
    title: Inlines
    lang: str


def pieces(body: Blocks, split_level: int) -> list[Piece]:
    """The body cut into files, in reading order.

    Args:
        body: The document's body.
        split_level: Sections down to this depth open a file; volumes and parts always do and do
            not count as a level.
    """
    found: list[_Part] = []
    for part in _cut(body, max(split_level, 1), _Part((), 1, (), "")):
        if found and not _shows(part.blocks):  # notes alone make no file
            found[-1] = replace(found[-1], blocks=(*found[-1].blocks, *part.blocks))
        else:
            found.append(part)
    digits = max(3, len(str(len(found))))
    return [
        Piece(f"chapter-{number:0{digits}d}.xhtml", part.blocks, part.depth, part.title, part.lang)
        for number, part in enumerate(found, 1)
    ]


def _cut(blocks: Blocks, split_level: int, outer: _Part) -> Iterator[_Part]:
    """The files of a run of blocks in the section that `outer` tells of."""
    run: list[Block] = []
    for block in blocks:
        if not isinstance(block, Section) or not _opens_file(block, outer.depth, split_level):
            run.append(block)
            continue
        if _shows(run):
            yield from _bounded(tuple(run), outer)
            run = []
        lang = block.attr.lang or outer.lang
        opens = _Part((), outer.depth, block.title, lang)
        inner = _Part((), outer.depth + (not is_part(block)), block.title, lang)
        lead, rest = _lead(block.blocks, inner.depth, split_level)
        first, *more = _bounded(lead, inner) if lead else [inner]
        kept = first.blocks
        opening = block if len(kept) == len(block.blocks) else replace(block, blocks=kept)
        yield replace(opens, blocks=(*run, opening))
        yield from more
        run = []
        yield from _cut(rest, split_level, inner)
    if run:
        yield from _bounded(tuple(run), outer)


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


def _bounded(blocks: Blocks, outer: _Part) -> Iterator[_Part]:
    """The blocks in runs of at most `MAX_CHARACTERS`, or of one block."""
    start, size = 0, 0
    for at, block in enumerate(blocks):
        size += (more := _size(block))
        if size > MAX_CHARACTERS and at > start:
            yield replace(outer, blocks=blocks[start:at])
            start, size = at, more
    yield replace(outer, blocks=blocks[start:])


def _size(block: Block) -> int:
    """About how many characters a block has; enough to keep files from growing without end."""
    if isinstance(block, Paragraph):
        return _BLOCK_COUNTS + sum(len(i.text) for i in block.content if type(i) is Text)
    if isinstance(block, Section):
        return _BLOCK_COUNTS + sum(map(_size, block.blocks))
    return _BLOCK_COUNTS
