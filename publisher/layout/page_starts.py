"""Where in the tree each page begins: for formats without pages that tell those of the print.

The pages of the text only: title page and contents are made anew in every format, and what stands
at a page's foot or has floated there begins no page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Final

from publisher.layout.types import (
    GENERATED,
    BoxedText,
    PageStart,
    PictureObject,
    RubyObject,
)
from publisher.record import NamedTuple
from publisher.tree.nodes import DefinitionList, Footnote, Paragraph
from publisher.tree.walk import query, walk_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.layout.flow import FlowJob
    from publisher.layout.types import PagePlan, Placed, RunTable, Slab
    from publisher.tree.meta import Document
    from publisher.tree.nodes import Block, Inlines

_LABEL: Final = "Lbl"


class _Start(NamedTuple):
    """A page's label, the block or term it begins in, its language, and the place in its text."""

    label: str
    block: Block | Inlines
    lang: str
    place: int
    level: bool


def page_starts(
    document: Document, job: FlowJob, pages: Iterable[PagePlan], elements: int
) -> list[PageStart]:
    """The places where pages begin, in the order of the text.

    Args:
        document: The tree.
        job: Its layout, which kept who owns which structure elements.
        pages: The pages of the body.
        elements: How many of the structure elements are the body's.
    """
    owners = job.owners or []
    firsts = [first for first, _, _ in owners]
    notes = set()
    for note in query(document, Footnote):
        for block in walk_blocks(note.blocks):
            notes.add(id(block))
            if isinstance(block, DefinitionList):
                notes.update(id(term) for item in block.items for term in item.terms)
    found: list[_Start] = []
    last = (-1, -1)
    for plan in pages:
        for slab, level in _slabs(plan.placed):
            if not 0 <= slab.tag < elements:
                continue
            at = bisect_right(firsts, slab.tag) - 1
            key = slab.tag, slab.line.start if slab.line else 0
            if at < 0 or key <= last:
                continue
            _, owner, lang = owners[at]
            # The label of a list's item is none of the text, a term is.
            if job.elements[slab.tag].role == _LABEL and not isinstance(owner, tuple):
                continue
            if isinstance(owner, Footnote) or id(owner) in notes:
                continue
            last = key
            found.append(_Start(plan.label, owner, lang, key[1], level))
            break
    return list(_with_offsets(found, job))


def _with_offsets(found: Iterable[_Start], job: FlowJob) -> Iterator[PageStart]:
    """The starts with places in the tree's text; a paragraph of many pages is read once."""
    for _, group in groupby(found, key=lambda start: id(start.block)):
        starts = list(group)
        first = starts[0]
        indexes = [start.place for start in starts]
        offsets = [0] * len(indexes)
        if isinstance(first.block, Paragraph) and indexes[-1]:
            # What stands upright on vertical pages was read as level text.
            setting = job.setting.level() if first.level else job.setting
            offsets = plain_offsets(setting.table(first.block.content, first.lang), indexes)
        for start, offset in zip(starts, offsets, strict=True):
            yield PageStart(start.label, start.block, offset)


def _slabs(placed: Sequence[Placed], *, level: bool = False) -> Iterator[tuple[Slab, bool]]:
    """The slabs of a page and those inside them, outermost first; whether they stand upright."""
    for slab, _, _ in placed:
        upright = level or slab.level
        if slab.line is not None or slab.draws or not slab.parts:
            yield slab, upright
        if slab.parts:
            yield from _slabs(slab.parts, level=upright)


def plain_offsets(table: RunTable, indexes: Sequence[int]) -> list[int]:
    """How many characters of the tree's text stand before each index of a run table.

    `indexes` are in order.
    """
    # Where the count of the table and that of the tree part: (index, by how much).
    # Labels and brackets that are made stand for nothing.
    parts = [
        (run.start, run.start - run.end)
        for run in table.runs
        if run.note or run.page_of or GENERATED in run.marks
    ]
    made = {start for start, _ in parts}
    for at, thing in table.objects.items():
        if at in made:
            continue
        if isinstance(thing, RubyObject):
            parts.append((at, len(thing.base) - 1))
        elif isinstance(thing, BoxedText):
            parts.append((at, len(thing.text) - 1))
        elif isinstance(thing, PictureObject):
            parts.append((at, -1))
    places = sorted(parts)
    sums = [0, *accumulate(by for _, by in places)]
    firsts = [at for at, _ in places]
    return [index + sums[bisect_left(firsts, index)] for index in indexes]
