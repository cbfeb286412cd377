"""Slabs to pages: one pass over the flow, with a look back to the best break of each page.

A page is filled until the next slab does not fit; then the cheapest legal break among the slabs
filled is taken, where emptiness costs as much as a broken keep may (CLREQ 3.1.4 and JLREQ 2.6 ask
for pages that end evenly; widows, orphans and headings at the foot are kept by penalties of the
slabs themselves). Notes called on a page take their room from its foot.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from publisher.layout.types import ImageOp, LinkOp, PagePlan, Placed, Slab

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.layout.types import DrawOp
    from publisher.theme.model import PageGeometry

NEVER = 1000
_SLACK = 0.01  # pt: sums of floats may exceed the type area by this much
_EMPTY_LINE = 100.0  # cost of a line's height left empty at the foot, in units of `Slab.keep`
_SPLIT_NOTES_OVER = 3.0  # lines left empty before a note is rather cut in two
_BODY_LINES_KEPT = 3.0  # lines of a page that carried notes leave to the text
_NO_SLABS: tuple[Slab, ...] = ()


@dataclass(slots=True)
class PageSetup:
    """What paging needs beside the slabs.

    Attributes:
        geometry: The page; its type area is what is filled.
        leading: Leading of running text, pt: the line grid.
        notes: Slabs of each note, by id.
        separator: The slab between text and notes (gap and rule), or None without notes.
        repeats: Head rows by key, shown again over rows at the head of a page.
    """

    geometry: PageGeometry
    leading: float
    notes: Mapping[str, Sequence[Slab]] = field(default_factory=dict)
    separator: Slab | None = None
    repeats: Mapping[str, Sequence[Slab]] = field(default_factory=dict)


def paginate(
    slabs: list[Slab], setup: PageSetup, *, first_index: int = 0, overfull: list[Slab] | None = None
) -> list[PagePlan]:
    """Pages of a flow, every slab once and in order; labels and furniture are added later.

    Args:
        slabs: The flow. A picture that was scaled to fit is replaced in this list.
        setup: Geometry, notes and repeated rows.
        first_index: Index of the first page in the document; even pages are recto.
        overfull: Takes slabs that are taller than the type area.
    """
    pager = _Pager(slabs, setup, first_index, overfull if overfull is not None else [])
    pager.run()
    return pager.pages


def height_of(slabs: Sequence[Slab]) -> float:
    """Height of slabs below one another, the first one's space before left out, pt."""
    if not slabs:
        return 0.0
    return sum(slab.height + slab.before for slab in slabs) - slabs[0].before


class _Pager:
    """State of paging: the pages made so far and the notes that wait for room."""

    def __init__(
        self, slabs: list[Slab], setup: PageSetup, first_index: int, overfull: list[Slab]
    ) -> None:
        self.slabs = slabs
        self.setup = setup
        self.room = setup.geometry.height_of_type + _SLACK
        self.pages: list[PagePlan] = []
        self.first_index = first_index
        self.overfull = overfull
        self.carried: list[Slab] = []
        self.rule = setup.separator.height if setup.separator is not None else 0.0

    def run(self) -> None:
        slabs, total, at = self.slabs, len(self.slabs), 0
        facing = self.setup.geometry.facing
        while at < total:
            if slabs[at].page:
                self._rest_of_notes()  # the notes of a chapter do not run into the next
            recto = (self.first_index + len(self.pages)) % 2 == 0
            if slabs[at].page == "recto" and facing and not recto:
                self._page([], blank=True)
            at = self._fill(at)
        self._rest_of_notes()

    def _rest_of_notes(self) -> None:
        while self.carried:
            self._page(self._place_notes(self._take_carried(self.room)))

    # ------------------------------------------------------------------------------- one page

    def _fill(self, start: int) -> int:
        """Makes the page that begins with slab `start`; returns the first slab after it."""
        slabs, total, leading = self.slabs, len(self.slabs), self.setup.leading
        heads = self._heads(start)
        carried = self._take_carried(self.room - _BODY_LINES_KEPT * leading)
        foot = height_of(carried) + self.rule if carried else 0.0
        feet: list[float] = []  # foot of each slab taken, from the head of the type area
        tops: list[float] = []
        note_foots: list[float] = []
        y = height_of(heads)
        at, display = start, start
        forced = True
        while at < total:
            slab = slabs[at]
            top = y
            shift = 0.0
            if at > start:
                if slab.page:
                    break
                top += slab.before
                if slab.grid and not slabs[at - 1].grid:
                    shift = -top % leading
                    if not _SLACK < shift < leading - _SLACK:
                        shift = 0.0
                    top += shift
            extra = self._extra(slab, foot > 0.0) if slab.notes else 0.0
            if slab.least and self._shrink(at, self.room - foot - extra - top):
                slab = slabs[at]
            bottom = top + slab.height
            if bottom + foot + extra > self.room:
                forced = False
                break
            if shift:
                self._respace(tops, feet, (start, display, at), shift)
            tops.append(top)
            feet.append(bottom)
            foot += extra
            note_foots.append(foot)
            y = bottom
            if slab.grid:
                display = at + 1
            at += 1
        if forced:
            self._finish(start, at, tops, heads, carried)
            return at
        return self._end_page(start, at, (tops, feet, note_foots), heads, carried)

    def _respace(
        self,
        tops: list[float],
        feet: list[float],
        span: tuple[int, int, int],
        shift: float,
    ) -> None:
        """Shares the space that brings text back to the grid after a display.

        A display stands in the middle of it; a heading keeps its distance to its text, so that all
        of the space comes above it. `span` is the page's first slab, the display's, and the text's.
        """
        start, display, at = span
        heading = at
        while heading > display and self.slabs[heading].keep >= NEVER:
            heading -= 1
        if display > start:
            _move(tops, feet, (display - start, heading - start), shift / 2)
        if heading <= start:  # headings only: the last one goes with its text
            opening = (n for n in range(at - 1, start, -1) if self.slabs[n].opens is not None)
            heading = next(opening, start)
        if heading > start:
            _move(tops, feet, (heading - start, at - start), shift)

    def _end_page(
        self,
        start: int,
        stop: int,
        filled: tuple[list[float], list[float], list[float]],
        heads: Sequence[Slab],
        carried: list[Slab],
    ) -> int:
        """Chooses the break of a full page: `stop` is the first slab that did not fit."""
        tops, feet, note_foots = filled
        slabs, leading = self.slabs, self.setup.leading
        used = feet[-1] if feet else 0.0
        foot = note_foots[-1] if note_foots else (height_of(carried) + self.rule if carried else 0)
        chosen = self._best_break(start, stop, feet)
        # The slab may fit and only its notes not: then a note is cut rather than a page left short
        # or a heading alone.
        slab = slabs[stop]
        top = (used + slab.before) if stop > start else height_of(heads)
        if slab.notes and not self.carried and top + slab.height + foot <= self.room:
            tail = self._must_follow(stop, top, self.room - foot)
            rest = self.room - tail[-1] - slabs[stop + len(tail) - 1].height - foot
            fitting = _fitting(self._note_slabs(slab), rest - (0.0 if foot else self.rule))
            short = self.room - foot - (feet[chosen - start - 1] if chosen > start else 0.0)
            after = stop + len(tail)
            legal = after >= len(slabs) or slabs[after].keep < NEVER
            torn = chosen == start or slabs[chosen].keep >= NEVER
            if torn or (fitting and legal and short > _SPLIT_NOTES_OVER * leading):
                self._finish(start, after, tops + tail, heads, carried, split=(stop, fitting))
                return after
        if chosen == start and carried:
            # No room beside the notes of earlier pages: they get a page to themselves.
            more = self._take_carried(self.room - height_of(carried))
            self._page(self._place_notes(carried + more))
            return start
        if chosen == start:
            # Nothing fits: the slab alone is taller than the room there is.
            if height_of(heads) and slab.height <= self.room - foot:
                heads = _NO_SLABS
            if slab.height + height_of(heads) > self.room:
                self.overfull.append(slab)
            self._finish(start, start + 1, [height_of(heads)], heads, carried)
            return start + 1
        self._finish(start, chosen, tops, heads, carried)
        return chosen

    def _must_follow(self, at: int, top: float, room: float) -> list[float]:
        """Tops of slab `at` and of those that must stay on its page, as far as they fit."""
        slabs, tops = self.slabs, [top]
        y = top + slabs[at].height
        for below in range(at + 1, len(slabs)):
            slab = slabs[below]
            y += slab.before
            if slab.keep < NEVER or slab.page or y + slab.height > room:
                break
            tops.append(y)
            y += slab.height
        return tops

    def _best_break(self, start: int, stop: int, feet: list[float]) -> int:
        """The cheapest break in (start, stop]; `stop` itself when no break is legal."""
        slabs, leading = self.slabs, self.setup.leading
        best, lowest = stop, float("inf")
        at = stop
        while at > start:
            empty = (feet[-1] - feet[at - start - 1]) / leading * _EMPTY_LINE
            if empty >= lowest:
                break
            keep = slabs[at].keep
            if keep < NEVER and keep + empty < lowest:
                best, lowest = at, keep + empty
                if not keep:
                    break
            at -= 1
        return best

    def _finish(
        self,
        start: int,
        stop: int,
        tops: list[float],
        heads: Sequence[Slab],
        carried: list[Slab],
        *,
        split: tuple[int, int] | None = None,
    ) -> None:
        """Places slabs `start` to `stop`, their notes, and opens the page.

        `split` is the slab whose notes are cut and how many slabs of them stay on this page.
        """
        geometry = self.setup.geometry
        recto = (self.first_index + len(self.pages)) % 2 == 0
        edge, head = geometry.edges(recto=recto)
        placed: list[Placed] = []
        y = 0.0
        for slab in heads:
            placed.append(Placed(slab, edge + slab.x, head + y))
            y += slab.height
        placed += [
            Placed(slab, edge + slab.x, head + top)
            for slab, top in zip(self.slabs[start:stop], tops, strict=False)
        ]
        notes = carried
        for at in range(start, stop):
            slab = self.slabs[at]
            if slab.notes:
                if self.carried:  # older notes still wait: these come after them
                    self.carried += self._note_slabs(slab)
                elif split is not None and at == split[0]:
                    own = self._note_slabs(slab)
                    notes = [*notes, *own[: split[1]]]
                    self.carried += own[split[1] :]
                else:
                    notes = [*notes, *self._note_slabs(slab)]
        self._page(placed + self._place_notes(notes))

    def _page(self, placed: list[Placed], *, blank: bool = False) -> None:
        index = self.first_index + len(self.pages)
        self.pages.append(PagePlan(index, "", placed, recto=index % 2 == 0, blank=blank))

    # ---------------------------------------------------------------------- parts of the page

    def _heads(self, start: int) -> Sequence[Slab]:
        """Head rows to show again over slab `start`."""
        key = self.slabs[start].repeat
        return self.setup.repeats.get(key, _NO_SLABS) if key and start else _NO_SLABS

    def _note_slabs(self, slab: Slab) -> list[Slab]:
        notes = self.setup.notes
        return [part for note in slab.notes for part in notes.get(note, _NO_SLABS)]

    def _extra(self, slab: Slab, begun: bool) -> float:
        """Room that a slab's notes take at the foot."""
        own = self._note_slabs(slab)
        if not own or self.carried:
            return 0.0
        return sum(s.height + s.before for s in own) + (0.0 if begun else self.rule)

    def _take_carried(self, room: float) -> list[Slab]:
        """As many of the waiting note slabs as fit; the rest goes on waiting."""
        waiting = self.carried
        if not waiting:
            return []
        count = _fitting(waiting, room - self.rule) or 1
        self.carried = waiting[count:]
        return waiting[:count]

    def _place_notes(self, notes: list[Slab]) -> list[Placed]:
        """Notes stand at the foot of the page, under their rule."""
        separator = self.setup.separator
        if not notes or separator is None:
            return []
        geometry = self.setup.geometry
        recto = (self.first_index + len(self.pages)) % 2 == 0
        edge, head = geometry.edges(recto=recto)
        y = head + geometry.height_of_type - height_of(notes) - separator.height
        placed = [Placed(separator, edge + separator.x, y)]
        y += separator.height - notes[0].before
        for slab in notes:
            y += slab.before
            placed.append(Placed(slab, edge + slab.x, y))
            y += slab.height
        return placed

    def _shrink(self, at: int, rest: float) -> bool:
        """Scales the picture `at` so that it and what must stay under it fit into `rest` pt."""
        slabs = self.slabs
        slab = slabs[at]
        below = at + 1
        while below < len(slabs) and slabs[below].keep >= NEVER and not slabs[below].page:
            rest -= slabs[below].height + slabs[below].before
            below += 1
        if not slab.least <= rest < slab.height:
            return False
        slabs[at] = scaled(slab, rest)
        return True


def start_edge(geometry: PageGeometry, *, recto: bool) -> float:
    """Where lines begin, pt from the page's start edge; see `PageGeometry.edges`."""
    return geometry.edges(recto=recto)[0]


def scaled(slab: Slab, height: float) -> Slab:
    """A picture's slab scaled to a height, about its middle line."""
    factor = height / slab.height
    draws: list[DrawOp] = []
    for op in slab.draws:
        if isinstance(op, ImageOp | LinkOp):
            width = op.width * factor
            draws.append(
                op._replace(
                    x=op.x + (op.width - width) / 2,
                    y=op.y * factor,
                    width=width,
                    height=op.height * factor,
                )
            )
        else:
            draws.append(op)
    return replace(slab, height=height, draws=tuple(draws), least=0.0)


def _move(tops: list[float], feet: list[float], span: tuple[int, int], shift: float) -> None:
    """Moves slabs of the page down."""
    for at in range(*span):
        tops[at] += shift
        feet[at] += shift


def _fitting(slabs: Sequence[Slab], room: float) -> int:
    """How many note slabs fit into `room`, ending at a legal break with two lines at least."""
    y = 0.0
    count = 0
    for at, slab in enumerate(slabs):
        y += slab.height + (slab.before if at else 0.0)
        if y > room:
            break
        count = at + 1
    while 0 < count < len(slabs) and slabs[count].keep >= NEVER:
        count -= 1
    return count
