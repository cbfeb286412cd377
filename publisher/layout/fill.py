"""Fills one column of a page from the flow and finds where it had best end.

A column is filled until the next slab does not fit; then the cheapest legal break among the slabs
filled is taken, where emptiness costs as much as a broken keep may (CLREQ 3.1.4 and JLREQ 2.6 ask
for pages that end evenly; widows, orphans and headings at the foot are kept by penalties of the
slabs themselves). Notes called in a column take their room from its foot. A figure that does not
fit may wait for the next column while text goes on (`publisher.layout.floats`).

Nothing here changes the flow or the page, so that a column can be tried at several heights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.layout.floats import Waiting, bars, group_end, moves
from publisher.layout.region import NEVER, SLACK, Column, fitting, height_of, scaled, to_grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.layout.region import End, PageSetup, Room
    from publisher.layout.types import Slab

_EMPTY_LINE = 100.0  # cost of a line's height left empty at the foot, in units of `Slab.keep`
_SPLIT_NOTES_OVER = 3.0  # lines left empty before a note is rather cut in two
_BODY_LINES_KEPT = 3.0  # lines of a page that carried notes leave to the text
_NO_SLABS: tuple[Slab, ...] = ()


class Fill:
    """One column being filled.

    Args:
        slabs: The flow.
        setup: Geometry, notes, repeated rows.
        room: The column.
        notes: What stands at its foot already.
        carried: Notes that wait from columns before.
        waiting: Figures that wait from columns before.
    """

    def __init__(
        self,
        slabs: Sequence[Slab],
        setup: PageSetup,
        room: Room,
        notes: list[Slab],
        carried: list[Slab],
        waiting: list[Waiting],
    ) -> None:
        self.slabs = slabs
        self.setup = setup
        self.room = room
        self.carried = carried
        self.notes = notes
        self.waiting = waiting
        self.rule = setup.separator.height if setup.separator is not None else 0.0
        self.strict = bool(setup.geometry.grid)
        self.head: list[tuple[Slab, float]] = []
        self.taken: list[int] = []
        self.tops: list[float] = []
        self.feet: list[float] = []
        self.note_feet: list[float] = []
        self.scaled: dict[int, Slab] = {}
        self.tied: set[int] = set()
        self.left = -1  # the slab after the last figure that was left out
        self.repeated = False  # rows of a table's head are shown again
        self.end: End = "end"

    # ---------------------------------------------------------------------------- from the head

    def fill(self, start: int) -> Column:
        """Fills the column with the flow from slab `start`."""
        room, leading = self.room, self.setup.leading
        brought = self._take_carried(room.foot - room.top - _BODY_LINES_KEPT * leading, self.notes)
        self.brought = bool(brought)
        self.notes = self.notes + brought
        foot = height_of(self.notes) + self.rule if self.notes else 0.0
        y, foot = self._moved_here(room.top, foot)
        heads = self._heads(start)
        self.repeated = bool(heads)
        if heads:
            at_head = y
            for slab in heads:
                self.head.append((slab, y))
                y += slab.height
            y = at_head + height_of(heads)
        if self.head and self._on_grid(start):
            y += to_grid(y, leading)
        self.base, self.base_foot = y, foot
        stop = self._flow(start, y, foot)
        if self.end in ("end", "forced", "across"):
            return self._column(len(self.taken), stop)
        return self._ended(start, stop, heads)

    def _moved_here(self, y: float, foot: float) -> tuple[float, float]:
        """Places figures that waited at the head; returns where the flow begins, and the notes'."""
        room = self.room
        after = 0.0
        while self.waiting:
            waiting = self.waiting[0]
            if waiting.group.wide and not room.across:
                break
            height = height_of(waiting.slabs)
            extra = sum(self._extra(slab, foot > 0.0) for slab in waiting.slabs if slab.notes)
            bottom = y + after + height
            alone = room.fresh and not self.head and not self.notes
            if bottom > room.limit + SLACK or bottom + foot + extra > room.foot + SLACK:
                if not alone:
                    break
                extra = 0.0
            y += after
            for at, slab in enumerate(waiting.slabs):
                y += slab.before if at else 0.0
                self.head.append((slab, y))
                y += slab.height
                self._call(slab)
            foot = height_of(self.notes) + self.rule if self.notes else 0.0
            after = waiting.group.after
            self.waiting = self.waiting[1:]
        return y + after if self.head else y, foot

    def _on_grid(self, at: int) -> bool:
        return at < len(self.slabs) and self.slabs[at].grid

    def _flow(self, start: int, y: float, foot: float) -> int:
        """Takes slabs as long as they fit; returns the first that is not taken."""
        slabs, total, leading, strict = self.slabs, len(self.slabs), self.setup.leading, self.strict
        limit, room_foot, across = self.room.limit + SLACK, self.room.foot + SLACK, self.room.across
        taken, tops, feet, note_feet = self.taken, self.tops, self.feet, self.note_feet
        at, display, last = start, 0, -1
        while at < total:
            slab = slabs[at]
            plain = slab.opens is None and slab.group is None and slab.span == across
            if (slab.page or not plain) and self._stops(at, start):
                return at
            top = y
            shift = 0.0
            if taken:
                # The space under a figure that waits goes with it.
                if not (self.left == at and slab.grid and slabs[last].grid):
                    top += slab.before
                if slab.grid and (strict or not slabs[last].grid):
                    shift = to_grid(top, leading)
                    top += shift
            extra = self._extra(slab, foot > 0.0) if slab.notes else 0.0
            if slab.group is not None or slab.least:
                passed = self._fit(at, min(limit, room_foot - foot - extra) - top)
                if passed > at:
                    at = passed
                    continue
                slab = self.scaled.get(at, slab)
            bottom = top + slab.height
            if bottom > limit or bottom + foot + extra > room_foot:
                self.end = "full"
                return at
            if shift:
                self._respace(display, at, shift)
            taken.append(at)
            tops.append(top)
            feet.append(bottom)
            foot += extra
            note_feet.append(foot)
            y = bottom
            if slab.grid:
                display = len(taken)
            last = at
            at += 1
        self.end = "barred" if self.waiting else "end"
        return at

    def _stops(self, at: int, start: int) -> bool:
        """Whether the column ends before slab `at`, fit or not; and why."""
        slab = self.slabs[at]
        if slab.page and (at > start or self.head):
            self.end = "barred" if self.waiting else "forced"
            return True
        moved = slab.group is not None and slab.group.wide
        if self.setup.geometry.columns > 1 and slab.span != self.room.across and not moved:
            self.end = "barred" if self.waiting else "across"
            return True
        if self.waiting and bars(slab, self.waiting):
            self.end = "barred"
            return True
        return False

    def _fit(self, at: int, rest: float) -> int:
        """Makes a picture fit into `rest` pt, or has the figure that begins here wait.

        Returns:
            Index of the slab to go on with: `at` itself, or the one after the figure.
        """
        slabs = self.slabs
        slab, group = slabs[at], slabs[at].group
        if group is not None and (at == 0 or slabs[at - 1].group is not group):
            end = group_end(slabs, at)
            if self._waits(at, end, rest):
                self.waiting = [*self.waiting, Waiting(at, slabs[at:end], group)]
                self.left = end
                if slab.keep >= NEVER:  # with a heading, which text stays with now
                    self.tied.add(end)
                return end
        if slab.least:
            self._shrink(at, rest)
        return at

    def _waits(self, at: int, end: int, rest: float) -> bool:
        """Whether the figure or table `at` to `end` goes to the head of a later column."""
        room = self.room
        group = self.slabs[at].group
        assert group is not None
        if group.wide and not room.across:
            return True
        if not group.movable:
            return False
        geometry = self.setup.geometry
        if height_of(self.slabs[at:end]) > geometry.height_of_type:
            return False
        if self.waiting:
            return True
        if not self.taken and room.fresh and not self.head and not self.notes:
            return False
        return moves(self.slabs, (at, end), rest, self.setup.leading)

    def _respace(self, display: int, text: int, shift: float) -> None:
        """Shares the space that brings slab `text` back to the grid after a display.

        A display stands in the middle of it; a heading keeps its distance to its text, so that all
        of the space comes above it. `display` is the place of its first slab in the column.
        """
        slabs, taken, count = self.slabs, self.taken, len(self.taken)
        keeps = [slabs[at].keep for at in (*taken[display:], text)]
        heading = count
        while heading > display and keeps[heading - display] >= NEVER:
            heading -= 1
        # What goes on under a repeated head stays with it.
        if display > 0 or (self.head and not self.repeated):
            self._move((display, heading), shift / 2)
        if heading <= 0:  # headings only: the last one goes with its text
            opening = (n for n in range(count - 1, 0, -1) if slabs[taken[n]].opens is not None)
            heading = next(opening, 0)
        if heading > 0:
            self._move((heading, count), shift)
        elif slabs[taken[0]].opens is not None:  # at a head: in the middle of its lines
            self._move((0, count), shift if self.head else shift / 2)

    def _move(self, span: tuple[int, int], shift: float) -> None:
        """Moves slabs of the column down."""
        for at in range(*span):
            self.tops[at] += shift
            self.feet[at] += shift

    # ----------------------------------------------------------------------------- at the foot

    def _ended(self, start: int, stop: int, heads: Sequence[Slab]) -> Column:
        """Chooses the break of a full column: `stop` is the first slab that did not fit."""
        slabs, leading, room = self.slabs, self.setup.leading, self.room
        feet = self.feet
        used = feet[-1] if feet else self.base
        foot = self.note_feet[-1] if self.note_feet else self.base_foot
        count = self._best_break(stop)
        if self.end == "barred":
            return self._column(count, self._at(count, stop))
        # The slab may fit and only its notes not: then a note is cut rather than a page left short
        # or a heading alone.
        slab = slabs[stop]
        top = (used + slab.before) if self.taken else self.base
        bottom = top + slab.height
        if slab.notes and not self.carried and bottom <= room.limit and bottom + foot <= room.foot:
            tail = self._must_follow(stop, top, min(room.limit, room.foot - foot))
            after = stop + len(tail)
            rest = room.foot - tail[-1] - slabs[after - 1].height - foot
            cut = fitting(self._note_slabs(slab), rest - (0.0 if foot else self.rule))
            short = room.foot - foot - (feet[count - 1] if count else 0.0)
            legal = after >= len(slabs) or slabs[after].keep < NEVER
            torn = not count or slabs[self._at(count, stop)].keep >= NEVER
            part = torn and not cut and self._may_part(count, stop, heads)
            if not part and (torn or (cut and legal and short > _SPLIT_NOTES_OVER * leading)):
                self.taken += range(stop, after)
                self.tops += tail
                self.feet.append(tail[-1] + slabs[after - 1].height)
                return self._column(len(self.taken), after, split=(stop, cut))
        moved = len(self.head) - len(heads)
        torn = count > 0 and slabs[self._at(count, stop)].keep >= NEVER
        if torn and (moved or not self._tears(start, count, stop)):
            count = 0  # what has waited stands alone rather than over what is torn
        if not count:
            if self.left >= 0 and not self.taken:  # a figure that waits was all
                return self._column(0, stop)
            if room.fresh and not moved and not self.notes:
                return self._alone(start, heads)
            self.head = self.head[:moved]
            if self.brought and not moved:
                # No room beside the notes of earlier pages: they get a page to themselves.
                self.notes = self.notes + self._take_carried(room.foot - room.top, self.notes)
            return self._column(0, start)
        return self._column(count, self._at(count, stop))

    def _tears(self, start: int, count: int, stop: int) -> bool:
        """Whether the first `count` slabs stand here though no column should end after them.

        They fit nowhere else, or a heading would stand alone without them; or they are one line of
        text that stands beside another, in columns made even.
        """
        slabs, room = self.slabs, self.room
        above, below = slabs[self.taken[count - 1]], slabs[self._at(count, stop)]
        if room.fresh or (room.headed and slabs[start].keep >= NEVER):
            return above.grid or not self.notes
        return room.limit < room.foot and count == 1 and above.grid and below.grid

    def _may_part(self, count: int, stop: int, heads: Sequence[Slab]) -> bool:
        """Whether a column rather ends where none should than without any of a note it calls.

        It may under figures that have waited, and between lines of text.
        """
        if len(self.head) > len(heads):
            return True
        if not count:
            return False
        above, below = self.slabs[self.taken[count - 1]], self.slabs[self._at(count, stop)]
        return above.grid and below.grid

    def _alone(self, start: int, heads: Sequence[Slab]) -> Column:
        """Nothing fits: the slab alone is taller than the room there is."""
        slab, room = self.slabs[start], self.room
        head = height_of(heads)
        if head and slab.height <= room.foot - room.top:
            head, self.head, self.base = 0.0, [], room.top
        self.taken.append(start)
        self.tops.append(self.base)
        self.feet.append(self.base + slab.height)
        column = self._column(1, start + 1)
        if slab.height + head > room.foot - room.top + SLACK:
            column.overfull.append(slab)
        return column

    def _at(self, count: int, stop: int) -> int:
        """Index of the slab after the first `count` of the column."""
        return self.taken[count] if count < len(self.taken) else stop

    def _must_follow(self, at: int, top: float, room: float) -> list[float]:
        """Tops of slab `at` and of those that must stay on its page, as far as they fit."""
        slabs, tops = self.slabs, [top]
        y = top + slabs[at].height
        for below in range(at + 1, len(slabs)):
            slab = slabs[below]
            y += slab.before
            other = slab.page or slab.span != slabs[at].span
            if slab.keep < NEVER or other or y + slab.height > room:
                break
            tops.append(y)
            y += slab.height
        return tops

    def _best_break(self, stop: int) -> int:
        """How many slabs to keep so that the break after them is cheapest; all if none is legal."""
        slabs, taken, feet, leading = self.slabs, self.taken, self.feet, self.setup.leading
        count = len(taken)
        if stop >= len(slabs):
            return count
        best, lowest = count, float("inf")
        last = feet[-1] if feet else 0.0
        after = stop
        for at in range(count, 0, -1):
            empty = (last - feet[at - 1]) / leading * _EMPTY_LINE
            if empty >= lowest:
                break
            keep = NEVER if after in self.tied else slabs[after].keep
            if keep < NEVER and keep + empty < lowest:
                best, lowest = at, keep + empty
                if not keep:
                    break
            after = taken[at - 1]
        return best

    def _column(self, count: int, stop: int, *, split: tuple[int, int] | None = None) -> Column:
        """The column with its first `count` slabs and their notes.

        `split` is the slab whose notes are cut and how many slabs of them stay here.
        """
        slabs, scaled, taken = self.slabs, self.scaled, self.taken[:count]
        placed = [
            (scaled[at] if at in scaled else slabs[at], top)
            for at, top in zip(taken, self.tops, strict=False)
        ]
        for at in taken:
            slab = slabs[at]
            if slab.notes:
                self._call(slab, split[1] if split is not None and at == split[0] else None)
        foot = self.feet[min(count, len(self.feet)) - 1] if count else self.base
        return Column(
            placed=[*self.head, *placed],
            first=len(self.head),
            taken=taken,
            stop=stop,
            foot=foot,
            notes=self.notes,
            carried=self.carried,
            brought=self.brought,
            waiting=[waiting for waiting in self.waiting if waiting.start < stop],
            end=self.end,
            scaled={at: slab for at, slab in scaled.items() if at < stop},
        )

    # ----------------------------------------------------------------------------------- parts

    def _call(self, slab: Slab, most: int | None = None) -> None:
        """Puts the notes of a slab at the foot (the first `most` of them), or has them wait."""
        if not slab.notes:
            return
        own = self._note_slabs(slab)
        if self.carried:  # older notes still wait: these come after them
            self.carried = self.carried + own
        elif most is not None:
            self.notes = [*self.notes, *own[:most]]
            self.carried = own[most:]
        else:
            self.notes = [*self.notes, *own]

    def _heads(self, start: int) -> Sequence[Slab]:
        """Head rows to show again over slab `start`."""
        key = self.slabs[start].repeat if 0 < start < len(self.slabs) else ""
        return self.setup.repeats.get(key, _NO_SLABS) if key else _NO_SLABS

    def _note_slabs(self, slab: Slab) -> list[Slab]:
        notes = self.setup.notes
        return [part for note in slab.notes for part in notes.get(note, _NO_SLABS)]

    def _extra(self, slab: Slab, begun: bool) -> float:
        """Room that a slab's notes take at the foot."""
        own = self._note_slabs(slab)
        if not own or self.carried:
            return 0.0
        return sum(s.height + s.before for s in own) + (0.0 if begun else self.rule)

    def _take_carried(self, room: float, notes: Sequence[Slab]) -> list[Slab]:
        """As many of the waiting note slabs as fit under `notes`; the rest goes on waiting."""
        waiting = self.carried
        if not waiting:
            return []
        used = height_of(notes) + notes[0].before if notes else 0.0
        count = fitting(waiting, room - self.rule - used) or int(not notes and self.room.fresh)
        self.carried = waiting[count:]
        return waiting[:count]

    def _shrink(self, at: int, rest: float) -> None:
        """Scales the picture `at` so that it and what must stay under it fit into `rest` pt."""
        slabs = self.slabs
        slab = slabs[at]
        below = at + 1
        while below < len(slabs) and slabs[below].keep >= NEVER and not slabs[below].page:
            rest -= slabs[below].height + slabs[below].before
            below += 1
        if slab.least <= rest < slab.height:
            self.scaled[at] = scaled(slab, rest)
