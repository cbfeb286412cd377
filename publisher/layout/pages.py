"""Slabs to pages: columns filled one after the other, balanced, and put on the page.

A page is a row of regions below one another: what stands across all columns (chapter headings,
wide figures) and text in columns between. `publisher.layout.fill` fills one column; here columns
are chained, those before a heading that spans them and at the end of a chapter are made even
(CLREQ 3.1.4), and notes are put at the foot of the column of their call.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.layout.fill import Fill
from publisher.layout.foot import at_foot
from publisher.layout.region import (
    NEVER,
    SLACK,
    Column,
    PageSetup,
    Room,
    fitting,
    height_of,
    scaled,
    to_grid,
)
from publisher.layout.types import PagePlan, Placed
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.layout.floats import Waiting
    from publisher.layout.types import Slab
    from publisher.theme.model import PageGeometry

__all__ = ["NEVER", "PageSetup", "height_of", "paginate", "scaled", "start_edge"]

_TRIES = 7  # halvings in the search for the height of even columns
_BODY_LINES_UNDER = 2  # lines that must stand under a heading that spans the columns


def paginate(
    slabs: list[Slab], setup: PageSetup, *, first_index: int = 0, overfull: list[Slab] | None = None
) -> list[PagePlan]:
    """Pages of a flow, every slab once and in order; labels and furniture are added later.

    Figures that may be moved (`publisher.layout.floats`) come later than their place in the order.

    Args:
        slabs: The flow. A picture that was scaled to fit is replaced in this list.
        setup: Geometry, notes and repeated rows.
        first_index: Index of the first page in the document; even pages are recto.
        overfull: Takes slabs that are taller than the type area.
    """
    pager = _Pager(slabs, setup, first_index, overfull if overfull is not None else [])
    pager.run()
    return pager.pages


class _Pager:
    """State of paging: the pages made so far, and the notes and figures that wait for room."""

    def __init__(
        self, slabs: list[Slab], setup: PageSetup, first_index: int, overfull: list[Slab]
    ) -> None:
        self.slabs = slabs
        self.setup = setup
        self.geometry = setup.geometry
        self.room = setup.geometry.height_of_type
        self.columns = setup.geometry.columns
        self.pages: list[PagePlan] = []
        self.first_index = first_index
        self.overfull = overfull
        self.carried: list[Slab] = []
        self.waiting: list[Waiting] = []
        self.rule = setup.separator.height if setup.separator is not None else 0.0

    def run(self) -> None:
        slabs, total, at = self.slabs, len(self.slabs), 0
        while at < total or self.waiting:
            if at < total and slabs[at].page and not self.waiting:
                self._rest_of_notes()  # the notes of a chapter do not run into the next
                if slabs[at].page == "recto" and self.geometry.facing and not self._recto():
                    self._page([], blank=True)
            last = at, len(self.waiting), len(self.carried)
            at = _Sheet(self).fill(at)
            assert last != (at, len(self.waiting), len(self.carried)), "a page takes something"
        self._rest_of_notes()

    def _rest_of_notes(self) -> None:
        while self.carried:
            sheet = _Sheet(self)
            for column in range(self.columns):
                count = fitting(self.carried, self.room + SLACK - self.rule) or 1
                sheet.notes[column] = self.carried[:count]
                self.carried = self.carried[count:]
            sheet.close()

    def _recto(self) -> bool:
        return (self.first_index + len(self.pages)) % 2 == 0

    def _page(self, placed: list[Placed], *, blank: bool = False) -> None:
        index = self.first_index + len(self.pages)
        self.pages.append(PagePlan(index, "", placed, recto=index % 2 == 0, blank=blank))

    def finish(self, placed: list[Placed]) -> None:
        """Makes a page of what stands on it."""
        self._page(placed)

    def edges(self) -> tuple[float, float]:
        """Start edge and head of the type area of the next page, pt."""
        return self.geometry.edges(recto=self._recto())


class _State(NamedTuple):
    """A page and what waits, before a heading is put on it."""

    at: int
    placed: list[Placed]
    notes: list[list[Slab]]
    y: float
    carried: list[Slab]
    waiting: list[Waiting]


class _Sheet:
    """One page being made: its regions so far and the notes at the foot of each column."""

    def __init__(self, pager: _Pager) -> None:
        self.pager = pager
        self.slabs = pager.slabs
        self.geometry = pager.geometry
        self.leading = pager.setup.leading
        self.edge, self.head = pager.edges()
        self.placed: list[Placed] = []
        self.notes: list[list[Slab]] = [[] for _ in range(pager.columns)]
        self.y = 0.0
        self.begun = False
        self.headed = True  # nothing but a heading stands on the page, if anything

    def fill(self, at: int) -> int:
        """Fills the page with the flow from slab `at`; returns the first slab after it."""
        pager, total = self.pager, len(self.slabs)
        many = pager.columns > 1
        before: _State | None = None  # the page without the heading that ends it
        while at < total or pager.waiting:
            following = self.slabs[at] if at < total else None
            if self.begun:
                if following is not None and following.page and not pager.waiting:
                    break
                self._below(following)
            if not many or self._across(following):
                columns = [self._column(at, 0, self._room(across=True))]
                if many and not self._holds_heading(columns[0]):
                    columns = [self._without_heading(columns[0])]
            else:
                columns = self._region(at)
            if not any(column.progress for column in columns):
                at = at if before is None else self._restore(before)
                break
            before = None
            if many and self._is_heading(columns):
                before = None if self.headed else self._state(at)
            else:
                self.headed = False
            self._take(columns)
            at = columns[-1].stop
            if not many or columns[-1].end in ("full", "end"):
                if columns[-1].end == "end" and pager.waiting:
                    continue
                break
        self.close()
        return at

    def _is_heading(self, columns: list[Column]) -> bool:
        """Whether a region is a heading across the columns, to be followed by its text."""
        stop, slabs = columns[-1].stop, self.slabs
        kept = stop < len(slabs) and slabs[stop].keep >= NEVER
        return kept and columns[-1].end in ("across", "barred")

    def _state(self, at: int) -> _State:
        pager = self.pager
        return _State(at, list(self.placed), list(self.notes), self.y, pager.carried, pager.waiting)

    def _restore(self, state: _State) -> int:
        """Takes a heading off the page under which nothing fits; returns where the flow goes on."""
        pager = self.pager
        at, self.placed, self.notes, self.y, pager.carried, pager.waiting = state
        return at

    # ------------------------------------------------------------------------------- regions

    def _across(self, following: Slab | None) -> bool:
        waiting = self.pager.waiting
        if waiting:
            return waiting[0].group.wide
        if following is None or following.span:
            return following is not None
        group = following.group
        return group is not None and group.wide and not self.begun

    def _below(self, following: Slab | None) -> None:
        """Goes on under what stands on the page: the space between, and back to the grid."""
        waiting = self.pager.waiting
        if waiting:
            self.y += waiting[0].group.after
        elif following is not None:
            self.y += following.before
            if following.grid:
                self.y += to_grid(self.y, self.leading)

    def _room(self, *, across: bool, limit: float = 0.0) -> Room:
        foot = self.pager.room
        most = foot
        if across:  # over the notes of all columns
            most -= max(map(self._note_height, self.notes[1:]), default=0.0)
        headed = self.begun and self.headed and not limit
        return Room(self.y, foot, limit or most, across, not self.begun and not limit, headed)

    def _note_height(self, notes: list[Slab]) -> float:
        return height_of(notes) + self.pager.rule if notes else 0.0

    def _column(self, at: int, number: int, room: Room, before: Column | None = None) -> Column:
        """Fills one column; `before` is the one before it in this region."""
        pager = self.pager
        carried, waiting = pager.carried, pager.waiting
        if before is not None:
            carried, waiting = before.carried, before.waiting
        fill = Fill(self.slabs, pager.setup, room, self.notes[number], carried, waiting)
        return fill.fill(at)

    def _chain(self, at: int, room: Room) -> list[Column]:
        """All columns of a region, until one ends for another reason than being full."""
        columns: list[Column] = []
        for number in range(self.pager.columns):
            before = columns[-1] if columns else None
            column = self._column(at, number, room, before)
            columns.append(column)
            at = column.stop
            if column.end != "full":
                break
        return columns

    def _region(self, at: int) -> list[Column]:
        """Text in columns; those that are not full because something else follows are even."""
        columns = self._chain(at, self._room(across=False))
        last = columns[-1]
        if last.end == "full" or not last.progress:
            return columns
        content = sum(column.foot - self.y for column in columns)
        low = content / self.pager.columns - self.leading
        high = max(column.foot for column in columns) - self.y
        for _ in range(_TRIES):
            if high - low <= self.leading / 4:
                break
            middle = (low + high) / 2
            tried = self._chain(at, self._room(across=False, limit=self.y + middle))
            if _same(tried[-1], last) and not _has_lone_line(tried):
                columns = tried
                high = max(column.foot for column in tried) - self.y
            else:
                low = middle
        return columns

    def _holds_heading(self, column: Column) -> bool:
        """Whether a heading across the columns has text under it on this page."""
        stop, slabs = column.stop, self.slabs
        if column.end not in ("across", "barred") or not column.taken:
            return True
        if not self.begun and not column.first and self._heading(column) == 0:
            return True
        if stop < len(slabs) and slabs[stop].keep >= NEVER:
            notes = max(map(self._note_height, [*self.notes, column.notes]))
            return self._under(stop, column.foot) <= self.pager.room - notes + SLACK
        return True

    def _heading(self, column: Column) -> int:
        """Where in a column the heading begins that ends it: how many slabs are before it."""
        at = len(column.taken) - 1
        while at > 0 and self.slabs[column.taken[at]].keep >= NEVER:
            at -= 1
        return at

    def _without_heading(self, column: Column) -> Column:
        """The same column without the heading that ends it: what is left may be nothing."""
        count, pager = self._heading(column), self.pager
        cut = column.taken[count:]
        placed = column.placed[: column.first + count]
        left = replace(column, placed=placed, taken=column.taken[:count], stop=cut[0], end="full")
        if not placed:
            left.notes, left.carried, left.brought = self.notes[0], pager.carried, False
            return left
        left.foot = placed[-1][1] + placed[-1][0].height
        return column if any(self.slabs[at].notes for at in cut) else left

    def _under(self, at: int, y: float) -> float:
        """Where that ends which must stand under a heading at `y`: all that is not to be torn.

        Of what fits on no page, two lines of text.
        """
        slabs, lines, short = self.slabs, 0, 0.0
        top = y
        while at < len(slabs) and slabs[at].keep >= NEVER:
            y += slabs[at].before
            y += (to_grid(y, self.leading) if slabs[at].grid else 0.0) + slabs[at].height
            lines += slabs[at].grid
            if lines == _BODY_LINES_UNDER and not short:
                short = y
            at += 1
        return y if y - top <= self.pager.room else short or y

    # --------------------------------------------------------------------------------- placing

    def _take(self, columns: list[Column]) -> None:
        """Puts the columns of a region on the page."""
        pager, geometry = self.pager, self.geometry
        last = columns[-1]
        if self.begun and len(columns) == 1 and last.end == "across":
            self._over(last)
        for number, column in enumerate(columns):
            at_foot(column, pager.room, self.leading, geometry.foot)
            left = self.edge + geometry.column_edge(number)
            self.placed += [
                Placed(slab, left + slab.x, self.head + top) for slab, top in column.placed
            ]
            self.notes[number] = column.notes
            for at, slab in column.scaled.items():
                self.slabs[at] = slab
            pager.overfull += column.overfull
        pager.carried, pager.waiting = last.carried, last.waiting
        self.y = max(column.foot for column in columns)
        self.begun = True

    def _over(self, column: Column) -> None:
        """Moves a heading across the columns down, so that text under it stands on the grid."""
        slabs = self.slabs
        if column.stop < len(slabs) and slabs[column.stop].grid and column.taken:
            shift = to_grid(column.foot + slabs[column.stop].before, self.leading)
            notes = max(map(self._note_height, [*self.notes, column.notes]))
            if column.foot + shift > self.pager.room - notes:
                return
            column.placed = [(slab, top + shift) for slab, top in column.placed]
            column.foot += shift

    def close(self) -> None:
        """Puts the notes at the foot of their columns and makes the page."""
        for number, notes in enumerate(self.notes):
            self.placed += self._place_notes(notes, self.geometry.column_edge(number))
        self.pager.finish(self.placed)

    def _place_notes(self, notes: Sequence[Slab], inset: float) -> list[Placed]:
        """Notes stand at the foot of the page, under their rule."""
        separator = self.pager.setup.separator
        if not notes or separator is None:
            return []
        edge = self.edge + inset
        y = self.head + self.pager.room - height_of(notes) - separator.height
        placed = [Placed(separator, edge + separator.x, y)]
        y += separator.height - notes[0].before
        for slab in notes:
            y += slab.before
            placed.append(Placed(slab, edge + slab.x, y))
            y += slab.height
        return placed


def _same(tried: Column, wanted: Column) -> bool:
    """Whether a lower column leads to the same place as the full one."""
    return (
        tried.stop == wanted.stop
        and tried.end == wanted.end
        and len(tried.waiting) == len(wanted.waiting)
        and len(tried.carried) == len(wanted.carried)
    )


def _has_lone_line(columns: Sequence[Column]) -> bool:
    """Whether a line of text stands alone in a column beside more of them."""
    return any(
        len(column.placed) == 1 and column.placed[0][0].grid and len(following.placed) > 1
        for column, following in pairwise(columns)
    )


def start_edge(geometry: PageGeometry, *, recto: bool) -> float:
    """Where lines begin, pt from the page's start edge; see `PageGeometry.edges`."""
    return geometry.edges(recto=recto)[0]
