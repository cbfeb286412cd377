"""Chooses where lines end, so that the sum of their costs is least (cjk-typography 8).

The cost of a line follows from how far it must be shrunk or stretched; breaks carry penalties. A
first pass takes the best end for one line after the other. Where every line of it is near its
natural width nothing better is worth looking for; otherwise all ends that a line may have are
weighed over the whole paragraph, with a bounded number of beginnings a line, in linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from publisher.text.uax14 import BAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.layout.measure import Measured

_EPS: Final = 1e-4  # em
_FREE: Final = 0.26  # a line this cheap needs no look at other lines
_WIDE_OPEN: Final = 0.5  # em a gap, from which stretching is really bad
_WIDE_COST: Final = 4.0
_LONE: Final = 5.0  # one character alone on the last line
_SHORT: Final = 1.0  # last line shorter than the indent
_HYPHENS: Final = 3.0  # two hyphens in a row
_EMERGENCY: Final = 60.0
_BEAM: Final = 8
_UNDERFULL: Final = 3  # ends weighed of which the line must be stretched
_ALONE: Final = 2  # characters the last line must hold, marks not counted

_BODY = re.compile("[HKIGnaX]")


@dataclass(frozen=True, slots=True)
class Widths:
    """Room for text by line, in the paragraph's units: the first lines, then all others."""

    first: float
    rest: float

    def of(self, line: int) -> float:
        """Room on a line, from 0."""
        return self.rest if line else self.first


@dataclass(frozen=True, slots=True)
class Params:
    """How lines are chosen.

    Attributes:
        justify: Lines are filled by shrinking and stretching; else they end where they end.
        indent: First-line indent, for the rule on short last lines, em.
        orphans: The last line must hold two characters.
        stretch: Stretch of a gap that counts as one, em.
    """

    justify: bool = True
    indent: float = 0.0
    orphans: bool = True
    stretch: float = 0.25


class Broken(NamedTuple):
    """A line chosen: first index, one past the last, and whether it broke a ban."""

    start: int
    end: int
    emergency: bool = False


def choose_breaks(
    measured: Measured, start: int, end: int, widths: Widths, params: Params
) -> list[Broken]:
    """The lines of ``text[start:end]``, which holds no forced break inside."""
    chooser = _Chooser(measured, start, end, widths, params)
    return chooser.first_fit() if not params.justify else chooser.justified()


class _Chooser:
    """One stretch of a paragraph between forced breaks."""

    def __init__(
        self, measured: Measured, start: int, end: int, widths: Widths, params: Params
    ) -> None:
        self.m = measured
        self.start = start
        self.end = end
        self.widths = widths
        self.params = params
        self.eps = _EPS * measured.em

    # ------------------------------------------------------------------------------ one line

    def room(self, start: int, width: float) -> float:
        """The place on the running total where a line of `width` from `start` ends."""
        return self.m.pre[start] + self.m.start_trim[start] + width + self.eps

    def fits(self, start: int, width: float) -> bool:
        """Whether all the rest goes on this line, shrunk if need be."""
        m, end = self.m, self.end
        over = m.pre[end] - m.end_trim[end - 1] - self.room(start, width)
        return over <= 0 or over - m.end_option[end - 1] <= self.available(start, end)

    def available(self, start: int, end: int) -> float:
        """What steps 2 to 7 can take away from a line."""
        m = self.m
        return max(m.shrink[end - 1] - m.shrink[start] - m.start_trim[start], 0)

    def last_cost(self, start: int, width: float, line: int) -> float:
        """Cost of the rest as the last line."""
        m, end, cost = self.m, self.end, 0.0
        over = m.pre[end] - m.end_trim[end - 1] - self.room(start, width)
        if over > 0 and self.params.justify:
            over -= m.end_option[end - 1]
            if over > 0:
                cost = 0.5 * (over / self.available(start, end)) ** 2
        if line and self.params.orphans:
            body = len(_BODY.findall(m.classes, start, end))
            if body < _ALONE:
                cost += _LONE
            if -over + self.eps > width - self.params.indent * m.em:
                cost += _SHORT
        return cost

    def ends(self, start: int, width: float) -> Iterator[tuple[int, float]]:
        """Ends a line from `start` may have, each with its cost; the longest line first."""
        m = self.m
        pre, shrink, gaps = m.pre, m.shrink, m.gaps
        end_trim, end_option, no_start, no_end = m.end_trim, m.end_option, m.no_start, m.no_end
        room = self.room(start, width)
        most = bisect_right(pre, room, start, self.end) - 1
        base = shrink[start] + m.start_trim[start]
        last = self.end
        # Longer than natural: as long as shrinking could bring it in.
        p = most + 1
        ahead: list[tuple[int, float]] = []
        while p < last:
            over = pre[p] - room - end_trim[p - 1]
            free = shrink[p - 1] - base
            if over - end_option[p - 1] > free and over > 0:
                if pre[p - 1] - room - end_option[p - 1] > free + 2 * m.em:
                    break
            else:
                penalty = no_start[p] + no_end[p - 1]
                if penalty < BAN:
                    if over > 0:
                        over -= end_option[p - 1]
                    if over > 0:
                        cost = 0.5 * (over / free) ** 2
                    else:
                        cost = self.stretched(start, p, -over) if over < -2 * self.eps else 0.0
                    ahead.append((p, cost + penalty / 10))
            p += 1
        yield from reversed(ahead)
        under = 0
        p = most
        while p > start:
            penalty = no_start[p] + no_end[p - 1]
            if penalty < BAN:
                rest = room - pre[p] + end_trim[p - 1]
                if rest <= 2 * self.eps:
                    cost = 0.0
                elif gaps[p - 1] > gaps[start] and not m.places[p]:
                    cost = rest / (gaps[p - 1] - gaps[start]) / m.em
                    cost = 0.1 + (cost * 4) ** 2 + (_WIDE_COST if cost > _WIDE_OPEN else 0.0)
                else:
                    cost = self.stretched(start, p, rest)
                yield p, cost + penalty / 10
                under += 1
                if under >= _UNDERFULL:
                    return
            p -= 1

    def stretched(self, start: int, end: int, rest: float) -> float:
        """Cost of stretching a line by `rest`."""
        m = self.m
        gaps = m.gaps[end - 1] - m.gaps[start]
        places = m.places[end - 1] - m.places[start]
        loose = m.loose[end - 1] - m.loose[start]
        if rest <= loose:
            return 0.1 * (rest / loose) ** 2
        rest -= loose
        if not gaps and not places:
            return 2 * _WIDE_COST + rest / m.em
        step = rest / (gaps or places) / m.em
        if gaps and step > 0.25:
            step = 0.25 + (rest / m.em - gaps * 0.25) / (gaps + places)
        return 0.1 + (step / self.params.stretch) ** 2 + (_WIDE_COST if step > _WIDE_OPEN else 0)

    # ------------------------------------------------------------------------------ all lines

    def justified(self) -> list[Broken]:
        found = self.line_by_line()
        return found if found is not None else self.weighed()

    def line_by_line(self) -> list[Broken] | None:
        """The best end of each line in turn; None where a line of it comes dear."""
        found: list[Broken] = []
        start, line = self.start, 0
        width = self.widths.of(0)
        while not self.fits(start, width):
            best, least = 0, _FREE
            for end, cost in self.ends(start, width):
                if cost < least:
                    best, least = end, cost
            if not best:
                return None
            found.append(Broken(start, best))
            start, line = best, line + 1
            width = self.widths.of(line)
        if self.last_cost(start, width, line) > _FREE:
            return None
        found.append(Broken(start, self.end))
        return found

    def weighed(self) -> list[Broken]:
        """The cheapest way through all lines."""
        # One table a line: where it may begin -> (cost so far, beginning of the line before).
        begun: list[dict[int, tuple[float, int]]] = [{self.start: (0.0, -1)}]
        broken: set[tuple[int, int]] = set()  # emergency lines
        best: tuple[float, int, int] | None = None  # total, line, its beginning
        while begun[-1]:
            line = len(begun) - 1
            width = self.widths.of(line)
            following: dict[int, tuple[float, int]] = {}
            nodes = sorted(begun[line].items(), key=_by_cost)[:_BEAM]
            for start, (cost, before) in nodes:
                if self.fits(start, width):
                    total = cost + self.last_cost(start, width, line)
                    if best is None or total < best[0]:
                        best = (total, line, start)
                hyphen = before >= 0 and self.m.classes[start - 1] == "h"
                for end, more in self.ends(start, width):
                    total = cost + more
                    if hyphen and self.m.classes[end - 1] == "h":
                        total += _HYPHENS
                    if end not in following or total < following[end][0]:
                        following[end] = (total, start)
            if not following and best is None:
                start, (cost, _) = nodes[0]
                end = self.forced_end(start, width)
                broken.add((start, end))
                if end >= self.end:
                    best = (cost, line, start)
                else:
                    following[end] = (cost + _EMERGENCY, start)
            if best is not None:
                following = {p: node for p, node in following.items() if node[0] < best[0]}
            begun.append(following)
        return self.trace(begun, best, broken)

    def trace(
        self,
        begun: list[dict[int, tuple[float, int]]],
        best: tuple[float, int, int] | None,
        broken: set[tuple[int, int]],
    ) -> list[Broken]:
        """The lines that lead to the best end."""
        assert best is not None
        _, line, start = best
        found = [Broken(start, self.end, (start, self.end) in broken)]
        while line > 0:
            before = begun[line][start][1]
            found.append(Broken(before, start, (before, start) in broken))
            start, line = before, line - 1
        found.reverse()
        return found

    def forced_end(self, start: int, width: float) -> int:
        """Where a line ends that has no legal end: after what fits, else at the next legal end."""
        m = self.m
        most = bisect_right(m.pre, self.room(start, width), start, self.end + 1) - 1
        for p in range(min(most, self.end - 1), start, -1):
            if m.pre[p] > m.pre[p - 1] and m.classes[p] not in "mj":
                return p
        for p in range(start + 1, self.end):
            if m.no_start[p] + m.no_end[p - 1] < BAN:
                return p
        return self.end

    def first_fit(self) -> list[Broken]:
        """Lines as full as they go, without adjustment but for blanks at their edges."""
        m = self.m
        found: list[Broken] = []
        start, line = self.start, 0
        while True:
            width = self.widths.of(line)
            room = self.room(start, width)
            spare = m.end_trim[self.end - 1] + m.end_option[self.end - 1]
            if m.pre[self.end] - spare <= room:
                found.append(Broken(start, self.end))
                return found
            p = min(bisect_right(m.pre, room, start, self.end + 1), self.end - 1)
            while p > start and (
                m.no_start[p] + m.no_end[p - 1] >= BAN
                or m.pre[p] - m.end_trim[p - 1] - m.end_option[p - 1] > room
            ):
                p -= 1
            emergency = p <= start
            if emergency:
                p = self.forced_end(start, width)
            found.append(Broken(start, p, emergency))
            if p >= self.end:
                return found
            start, line = p, line + 1


def _by_cost(node: tuple[int, tuple[float, int]]) -> float:
    return node[1][0]


def balanced_width(
    measured: Measured, start: int, end: int, widths: Widths, params: Params
) -> float:
    """How much narrower lines may be without becoming more, for headings of two or more lines."""
    lines = len(choose_breaks(measured, start, end, widths, params))
    if lines < 2:
        return 0.0
    low, high = 0.0, widths.rest / 2
    for _ in range(8):
        cut = (low + high) / 2
        narrow = Widths(widths.first - cut, widths.rest - cut)
        tried = choose_breaks(measured, start, end, narrow, params)
        if len(tried) > lines or any(line.emergency for line in tried):
            high = cut
        else:
            low = cut
    return low
