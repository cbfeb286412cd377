"""Where in the tree each page begins: for formats without pages that tell those of the print.

The pages of the text only: title page and contents are made anew in every format, and what stands
at a page's foot or has floated there begins no page.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from publisher.layout.itemize import GENERATED
from publisher.layout.types import (
    BoxedText,
    BreakObject,
    PageStart,
    PictureObject,
    RubyObject,
)
from publisher.tree.nodes import Footnote, Paragraph
from publisher.tree.walk import query, walk_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.layout.flow import FlowJob
    from publisher.layout.types import PagePlan, Placed, RunTable, Slab
    from publisher.tree.meta import Document

_LABEL: Final = "Lbl"


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
    notes = {id(b) for note in query(document, Footnote) for b in walk_blocks(note.blocks)}
    found: list[PageStart] = []
    last = (-1, -1)
    for plan in pages:
        for slab in _slabs(plan.placed):
            if not 0 <= slab.tag < elements or job.elements[slab.tag].role == _LABEL:
                continue
            at = bisect_right(firsts, slab.tag) - 1
            key = slab.tag, slab.line.start if slab.line else 0
            if at < 0 or key <= last:
                continue
            _, block, lang = owners[at]
            if isinstance(block, Footnote) or id(block) in notes:
                continue
            last = key
            offset = 0
            if isinstance(block, Paragraph) and key[1]:
                offset = plain_offset(job.setting.table(block.content, lang), key[1])
            found.append(PageStart(plan.label, block, offset))
            break
    return found


def _slabs(placed: Sequence[Placed]) -> Iterator[Slab]:
    """The slabs of a page and those inside them, outermost first."""
    for slab, _, _ in placed:
        if slab.line is not None or slab.draws or not slab.parts:
            yield slab
        if slab.parts:
            yield from _slabs(slab.parts)


def plain_offset(table: RunTable, index: int) -> int:
    """How many characters of the tree's text stand before an index of a run table."""
    total = 0
    for run in table.runs:
        if run.start >= index:
            break
        if run.note or run.page_of or GENERATED in run.marks:
            continue  # labels and brackets that are made
        end = min(run.end, index)
        total += end - run.start
        for at in range(run.start, end):
            thing = table.objects.get(at)
            if isinstance(thing, RubyObject):
                total += len(thing.base) - 1
            elif isinstance(thing, BoxedText):
                total += len(thing.text) - 1
            elif isinstance(thing, (PictureObject, BreakObject)):
                total -= isinstance(thing, PictureObject)
    return total
