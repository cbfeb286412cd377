"""Warichu: a note in two small lines inside the line, over as many lines as it needs (JLREQ 3.4).

On each line the note fills its first small line, then the second one, which is not the longer; then
it goes on in the next line.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from publisher.layout.breaks import break_penalties
from publisher.layout.linebreak import Broken
from publisher.layout.overhang import around
from publisher.layout.piece import ASCENT, DESCENT, Look, Piece
from publisher.layout.profiles import profile_for
from publisher.layout.shape import Box
from publisher.layout.types import RunTable
from publisher.text.uax14 import BAN

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.layout.linebreak import Widths
    from publisher.layout.overhang import Hung
    from publisher.layout.ruby import Kit
    from publisher.layout.types import Run

_GAP: Final = 0.08  # em of the small lines, between them
_LEAST: Final = 2  # em of the small lines: what is left of a line must hold that much
_UNEVEN: Final = 4  # penalty of a line end that leaves the second small line short
_EPS: Final = 1e-6


class SmallNote:
    """The text of a note, measured: parts are its characters."""

    def __init__(self, text: str, run: Run, kit: Kit) -> None:
        self._kit = kit
        self._run = run
        self._text = text
        self._size = size = run.size * kit.look.warichu_scale
        small = replace(run, start=0, end=len(text), size=size, marks=(), note="", anchor=())
        shaper = kit.shaper
        table = RunTable(text, (small,), {})
        advances: list[float] = []
        for token in shaper.tokens(table, frozenset(), lambda *_: None, kit.pos):
            advances += shaper.advances(token, text)
        self._at = list(accumulate(advances, initial=0.0))
        breaks = break_penalties(text, profile_for(run.lang))
        self._legal = [at for at in range(1, len(text)) if breaks[at] < BAN]
        self._pieces: dict[tuple[int, int], Box] = {}
        self.count = len(text)
        self.penalties = self._line_ends()

    def _line_ends(self) -> list[int]:
        """Penalties of line ends inside the note."""
        found = [BAN] * self.count
        least = _LEAST * self._size - _EPS
        whole = self._at[self.count]
        for at in self._legal:
            middle = self.middle(0, at)
            first = self.width(0, middle)
            if first < least or whole - self._at[at] < self._size - _EPS:
                continue
            short = first - self.width(middle, at) > self._size / 2
            found[at] = _UNEVEN if short else 0
        return found

    def width(self, start: int, end: int) -> float:
        """Advance of characters on one small line, without the spaces at its end."""
        while end > start and self._text[end - 1] == " ":
            end -= 1
        return self._at[end] - self._at[start]

    def middle(self, start: int, end: int) -> int:
        """Where the second small line starts.

        The first one is as short as it can be, yet not shorter than the second (JLREQ 3.4.3).
        """
        half = (self._at[start] + self._at[end]) / 2 - _EPS
        low = bisect_right(self._legal, start)
        high = bisect_left(self._legal, end, low)
        place = bisect_left(self._legal, half, low, high, key=self._at.__getitem__)
        return self._legal[place] if place < high else end

    def piece(self, start: int, end: int, _lead: float = 0.0, _trail: float = 0.0, /) -> Box:
        """The characters from `start` to `end` in two small lines."""
        found = self._pieces.get((start, end))
        if found is None:
            found = self._pieces[start, end] = self._made(start, end)
        return found

    def fill(self, start: int, width: float) -> int:
        """Where a line ends that holds as much of the rest as fits into a width."""
        low = bisect_right(self._legal, start)
        ends = [*self._legal[low : low + int(4 * width / self._size) + 1], self.count]
        place = bisect_right(ends, width + _EPS, key=lambda end: self.extent(start, end))
        return ends[max(place - 1, 0)]

    def extent(self, start: int, end: int, /) -> float:
        """Width of the two small lines of a stretch."""
        middle = self.middle(start, end)
        return max(self.width(start, middle), self.width(middle, end))

    def filled(self, start: int, end: int, width: float, /) -> Box:
        """The two small lines, each spaced out to a width: a whole line inside the note."""
        return self._made(start, end, width)

    def _made(self, start: int, end: int, width: float = 0.0) -> Box:
        run, size = self._run, self._size
        middle = self.middle(start, end)
        centre = run.rise + (ASCENT - DESCENT) / 2 * run.size
        upper = centre + size * (DESCENT + _GAP / 2)
        lower = centre - size * (ASCENT + _GAP / 2)
        items = []
        for first, last, dy in ((start, middle, upper), (middle, end, lower)):
            if last > first:
                look = Look(run, size, self._kit.pos)
                piece = Piece(self._kit.shaper, self._text[first:last], look)
                rest = max(width - self.width(first, last), 0.0)
                gap = rest / (piece.count - 1) if piece.count > 1 and rest < size else 0.0
                items += piece.items(0.0, dy, gap, "WT")
        return Box(
            width or self.extent(start, end),
            tuple(items),
            ascent=upper + size * ASCENT,
            descent=size * DESCENT - lower,
        )


def refill(
    chosen: list[Broken], found: list[Hung], widths: Widths, again: Callable[[int], list[Broken]]
) -> list[Broken]:
    """Lines with those that lie wholly inside a note filled one after the other.

    What fits on such a line depends on where it starts, which the totals over the paragraph do
    not know. The lines after them are chosen anew.

    Args:
        chosen: The lines.
        found: The objects of the paragraph that may stand on several lines.
        widths: Room on the lines.
        again: Chooses the lines from an index on.
    """
    lines, made = chosen, list[Broken]()
    at = 0
    while at < len(lines):
        start, end, _ = lines[at]
        hung = around(found, start)
        if hung is None or end >= hung.end or not isinstance(hung.divided, SmallNote):
            made.append(lines[at])
            at += 1
            continue
        place, note = start, hung.divided
        while (stop := note.fill(place - hung.start, widths.of(len(made)))) < note.count:
            made.append(Broken(place, hung.start + stop))
            place = hung.start + stop
        if place == start:  # all of the rest fits, but for what must stand with it
            made.append(lines[at])
            at += 1
        else:
            lines, at = again(place), 0
    return made
