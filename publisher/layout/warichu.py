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
from publisher.layout.piece import ASCENT, DESCENT, Look, Piece
from publisher.layout.profiles import profile_for
from publisher.layout.shape import Box
from publisher.layout.types import RunTable
from publisher.text.uax14 import BAN

if TYPE_CHECKING:
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

    def extent(self, start: int, end: int, /) -> float:
        """Width of the two small lines of a stretch."""
        middle = self.middle(start, end)
        return max(self.width(start, middle), self.width(middle, end))

    def _made(self, start: int, end: int) -> Box:
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
                items += piece.items(0.0, dy, 0.0, "WT")
        return Box(
            self.extent(start, end),
            tuple(items),
            ascent=upper + size * ASCENT,
            descent=size * DESCENT - lower,
        )
