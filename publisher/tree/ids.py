"""Ids and what hangs on them: the rule for a well-formed id, the outline, which chapter holds what.

An id must serve as a Word bookmark, an XML id and a PDF destination: letters, digits and underscore
(ASCII), at most 40 characters, not beginning with a digit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.record import dataclass
from publisher.tree.nodes import Footnote, Section, Span
from publisher.tree.shape import contents
from publisher.tree.walk import walk_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.tree.meta import Document
    from publisher.tree.nodes import Blocks, Inlines, SectionKind

MAX_ID = 40
_WELL_FORMED = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")


def is_well_formed(name: str) -> bool:
    """True for an id that every output format takes as it is."""
    return _WELL_FORMED.fullmatch(name) is not None


def unique_id(wanted: str, taken: Callable[[str], bool]) -> str:
    """`wanted`, or `wanted` with ``_2``, ``_3`` ... for which `taken` is False; 40 at most."""
    name, number = wanted[:MAX_ID], 1
    while taken(name):
        number += 1
        suffix = f"_{number}"
        name = wanted[: MAX_ID - len(suffix)] + suffix
    return name


def target_id(target: str) -> str:
    """The id an inner link (``#id``) leads to; empty for any other target."""
    return target[1:] if target.startswith("#") else ""


def link_targets(document: Document) -> Iterator[str]:
    """Every id that a link may lead to, repeats included: blocks, spans and notes."""
    return _ids_in(document.body)


# --------------------------------------------------------------------------------- outline


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A section in the outline. `depth` counts nesting from 1, without the gaps of levels."""

    id: str
    title: Inlines
    depth: int
    kind: SectionKind
    number: tuple[int, ...] | None = None
    children: tuple[OutlineItem, ...] = ()


def outline(document: Document, depth: int = 6) -> tuple[OutlineItem, ...]:
    """The listed sections, nested, at most `depth` deep.

    The children of an unlisted section are left out with it.
    """
    return _outline(document.body, 1, depth)


def _outline(blocks: Blocks, depth: int, deepest: int) -> tuple[OutlineItem, ...]:
    if depth > deepest:
        return ()
    return tuple(
        OutlineItem(
            id=block.attr.id,
            title=block.title,
            depth=depth,
            kind=block.kind,
            number=block.number,
            children=_outline(block.blocks, depth + 1, deepest),
        )
        for block in blocks
        if isinstance(block, Section) and block.listed
    )


def flat_outline(items: tuple[OutlineItem, ...]) -> Iterator[OutlineItem]:
    """The items of an outline in reading order, parents before children."""
    for item in items:
        yield item
        yield from flat_outline(item.children)


def chapter_of_ids(document: Document) -> dict[str, int]:
    """For each id, the index of its chapter: 0 is the front text, 1 the first top-level section.

    An id that stands twice belongs to its first place.
    """
    found: dict[str, int] = {}
    chapter = 0
    for block in document.body:
        chapter += isinstance(block, Section)
        for name in _ids_in((block,)):
            found.setdefault(name, chapter)
    return found


def _ids_in(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        if block.attr.id:
            yield block.attr.id
        if isinstance(block, Footnote):
            yield block.id
        for inlines, inner in contents(block):
            yield from (i.attr.id for i in walk_run(inlines) if isinstance(i, Span) and i.attr.id)
            yield from _ids_in(inner)
