"""Chooses where lines end, so that the sum of their costs is least (cjk-typography 8).

The cost of a line follows from how far it must be shrunk or stretched; breaks carry penalties. All
ends that a line may have are weighed over the whole paragraph by dynamic programming. Only the
cheapest two beginnings are kept a line, which makes the time linear and costs next to nothing (the
figures are in docs/adr/0008). Where that comes out dear, or the last line too short, more of them
are weighed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import partial
from itertools import pairwise
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, Final, TypeAlias

from publisher.layout.hanging import keeps
from publisher.layout.line_ends import EMERGENCY, line_ends
from publisher.layout.solid import (
    ENDS,
    EPS,
    NEAR,
    WIDE_COST,
    WIDE_OPEN,
    is_solid,
    stays_short,
    weigh,
)
from publisher.record import NamedTuple, dataclass
from publisher.text.uax14 import BAN

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.layout.measure import Measured

_CJK_STEP: Final = 0.25  # em a gap, stretch that costs one
LONE: Final = 5.0  # one character alone on the last line
_SHORT: Final = 1.0  # last line shorter than the indent
_HYPHENS: Final = 3.0  # two hyphens in a row
_HUNG: Final = 0.5  # the same mark hanging on three lines in a row
_WIDE_BEAM: Final = 12  # where that came out dear
_DEAR: Final = 1.0  # a line
_CHEAP: Final = 0.1  # of a paragraph on one line: two lines are hardly better
_FAR: Final = 1e4  # more than the best, given up where the search is thorough (elsewhere `NEAR`)
_ALL: Final = 1_000_000
_CARRIED: Final = 4  # em that ragged text carries over to end a line without a penalty
_ALONE: Final = 2  # characters the last line must hold, marks not counted

_INSIDE = re.compile("[anxG][anxG]")  # between two characters of a word
# Three closing marks or more, up to the end of what is looked at.
_CLOSING = re.compile("[CSMNE2-6]{3,}\\Z")
_NEARBY: Final = 6  # characters to look back for the inside of a word
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
        lone: What it costs if it does not.
        fill: Each line is filled by itself, as word processors do it.
    """

    justify: bool = True
    indent: float = 0.0
    orphans: bool = True
    lone: float = LONE
    fill: bool = False


class Broken(NamedTuple):
    """A line chosen: first index, one past the last, and whether it broke a ban."""

    start: int
    end: int
    emergency: bool = False


def choose_breaks(
    measured: Measured, start: int, end: int, widths: Widths, params: Params
) -> list[Broken]:
    """The lines of ``text[start:end]``, which holds no forced break inside."""
    chooser = Chooser(measured, start, end, widths, params)
    return chooser.justified() if params.justify and not params.fill else chooser.first_fit()


class Chooser:
    """One stretch of a paragraph between forced breaks."""

    def __init__(
        self, measured: Measured, start: int, end: int, widths: Widths, params: Params
    ) -> None:
        self.m = measured
        self.start = start
        self.end = end
        self.widths = widths
        self.params = params
        self.eps = EPS * measured.em
        self.seen: dict[int, list[tuple[int, float]]] = {}  # ends of lines that were weighed

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
        return max(m.shrink[end - 1] - m.shrink[start] - max(m.start_trim[start], 0), 0)

    def squeezed(self, start: int, end: int, over: float) -> float:
        """Cost of a line that is too long because an annotation reaches beyond its base."""
        free = self.available(start, end)
        return 0.5 * (over / free) ** 2 if over <= free else EMERGENCY

    def last_cost(self, start: int, width: float, line: int) -> float:
        """Cost of the rest as the last line."""
        m, end, cost = self.m, self.end, 0.0
        over = m.pre[end] - m.end_trim[end - 1] - self.room(start, width)
        if over > 0 and self.params.justify:
            free = self.available(start, end)
            if not (m.hangs and keeps(m, end, over, free)):
                over -= m.end_option[end - 1]
            if over > 0:
                cost = 0.5 * (over / free) ** 2 if free >= over else EMERGENCY
        if line and self.params.orphans:
            body = len(_BODY.findall(m.classes, start, end))
            if body < _ALONE:
                cost += self.params.lone
            if -over + self.eps > width - self.params.indent * m.em:
                cost += _SHORT
        return cost

    def stretched(self, start: int, end: int, rest: float) -> float:
        """Cost of stretching a line by `rest`, spread over word spaces, gaps and CJK.

        For CJK alone this is 0.1 + (s / 0.25 em)^2. Word spaces and gaps that must grow beyond
        their limits, because there is no CJK to take the rest, cost more.
        """
        m = self.m
        gaps = m.gaps[end - 1] - m.gaps[start]
        places = m.places[end - 1] - m.places[start]
        loose = m.loose[end - 1] - m.loose[start]
        if not gaps and not places:
            return stays_short(rest / m.em)
        step = rest / ((gaps + places) * m.em)
        cost = 0.1 * min(rest / loose, 1.0) ** 2 if loose else 0.1
        cost += (step / _CJK_STEP) ** 2
        if not gaps and rest > loose:
            step = (rest - loose) / (places * m.em)
            cost += (2 * step / _CJK_STEP) ** 2
        return cost + (WIDE_COST if step > WIDE_OPEN else 0.0)

    # ------------------------------------------------------------------------------ all lines

    def justified(self) -> list[Broken]:
        """The lines with the least sum of costs."""
        alone = inf
        if self.fits(self.start, self.widths.first):
            alone = self.last_cost(self.start, self.widths.first, 0)
            if alone <= _CHEAP:
                return [Broken(self.start, self.end)]
        found, cost = self.solid() or self.weighed(ENDS)
        if cost > _DEAR * len(found) or cost >= _SHORT:
            last = len(found) - 1
            ending = self.last_cost(found[-1].start, self.widths.of(last), last)
            if ending >= _SHORT or cost > _DEAR * len(found):
                found, cost = self.weighed(_WIDE_BEAM, thorough=True)
        for pick in (_fullest, _cheapest):
            if cost > 0:
                found, cost = self.one_by_one(pick, cost) or (found, cost)
        return [Broken(self.start, self.end)] if alone <= cost else found

    def one_by_one(self, pick: _Pick, most: float) -> tuple[list[Broken], float] | None:
        """Lines picked one after the other, where that costs less than `most`; their cost.

        The few beginnings kept a line may miss a choice that a greedy hand would find. It is given
        up as soon as it costs more, and most of its lines have been weighed before.
        """
        m, seen, last, rest = self.m, self.seen, self.end, 2 * self.widths.rest
        row = bool(m.hyphens or m.hangs)
        starts, total = [self.start], 0.0
        while total < most:
            start, line = starts[-1], len(starts) - 1
            if m.pre[last] - m.pre[start] < rest:
                width = self.widths.of(line)
                if self.fits(start, width):
                    total += self.last_cost(start, width, line)
                    starts.append(last)
                    if total >= most:
                        return None
                    return [Broken(a, b) for a, b in pairwise(starts)], total
            possible = seen.get(start)
            if possible is None:
                width = self.widths.of(line)
                possible = seen[start] = line_ends(self, thorough=False)(start, width, ENDS)
            if not possible:
                return None
            end, cost = pick(possible)
            total += cost
            if row:
                before = starts[-2] if line > 1 else -1
                total += _in_a_row(m, before, start if line else -1, end)
            starts.append(end)
        return None

    def solid(self) -> tuple[list[Broken], float] | None:
        """What `weighed` finds for text set solid; None for other text and for lines too narrow."""
        if not is_solid(self.m):
            return None
        widths = self.widths

        def ending(start: int, line: int) -> float | None:
            width = widths.of(line)
            return self.last_cost(start, width, line) if self.fits(start, width) else None

        rooms = widths.first, widths.rest
        made = weigh(self.m, (self.start, self.end), rooms, ending, self.seen)
        if made is None:
            return None
        return self.trace(made.begun, (made.cost, made.line, made.start), set()), made.cost

    def weighed(self, beam: int, *, thorough: bool = False) -> tuple[list[Broken], float]:
        """The cheapest way through all lines, at most `beam` beginnings kept a line; its cost."""
        m, eps = self.m, self.eps
        pre, shrink, start_trim = m.pre, m.shrink, m.start_trim
        last = self.end
        ends = line_ends(self, thorough=thorough)
        # A line that could reach this place on the running total may hold all the rest.
        tail = m.pre[last] - m.end_trim[last - 1] - m.end_option[last - 1]
        tail -= shrink[last - 1]
        row = bool(m.hyphens or m.hangs)
        # One table a line: where it may begin -> (cost so far, beginning of the line before).
        begun: list[dict[int, tuple[float, int]]] = [{self.start: (0.0, -1)}]
        broken: set[tuple[int, int]] = set()  # emergency lines
        seen = self.seen
        best: tuple[float, int, int] | None = None  # total, line, its beginning
        while begun[-1]:
            line = len(begun) - 1
            width = self.widths.rest if line else self.widths.first
            following: dict[int, tuple[float, int]] = {}
            nodes = sorted(begun[line].items(), key=_by_cost)[:beam]
            limit = nodes[0][1][0] + (_FAR if thorough else NEAR)
            for start, (cost, _) in nodes:
                if cost > limit:
                    break
                room = pre[start] + start_trim[start] + width + eps
                if tail + shrink[start] <= room and self.fits(start, width):
                    total = cost + self.last_cost(start, width, line)
                    if best is None or total < best[0]:
                        best = (total, line, start)
                possible = seen[start] = ends(start, width, beam)
                if not possible and best is None:
                    end = self.forced_end(start, width)
                    broken.add((start, end))
                    possible = [(end, EMERGENCY)]
                for end, more in possible:
                    total = cost + more
                    if end >= last:
                        best = (total, line, start)
                        continue
                    if row:
                        total += self.in_a_row(begun, line, start, end)
                    known = following.get(end)
                    if known is None or total < known[0]:
                        following[end] = (total, start)
            if best is not None:
                following = {p: node for p, node in following.items() if node[0] < best[0]}
            begun.append(following)
        assert best is not None
        return self.trace(begun, best, broken), best[0]

    def in_a_row(
        self, begun: list[dict[int, tuple[float, int]]], line: int, start: int, end: int
    ) -> float:
        """Penalty of a line end that is like those before: hyphens, or marks that hang."""
        before = begun[line][start][1] if line else -1
        return _in_a_row(self.m, before if line > 1 else -1, start if line else -1, end)

    def trace(
        self,
        begun: list[dict[int, tuple[float, int]]],
        best: tuple[float, int, int],
        broken: set[tuple[int, int]],
    ) -> list[Broken]:
        """The lines that lead to the best end."""
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
        closing = _CLOSING.search(m.classes, start + 1, min(most + 1, self.end))
        if closing is not None:
            return closing.end() - 1  # three closing marks part before the last (CLREQ)
        for p in range(min(most, self.end - 1), max(start, most - _NEARBY), -1):
            if _INSIDE.match(m.classes, p - 1):
                return p
        for p in range(min(most, self.end - 1), start, -1):
            if m.pre[p] > m.pre[p - 1] and m.classes[p] not in "mj":
                return p
        for p in range(min(most, self.end - 1), start, -1):
            if m.classes[p] not in "mj":  # behind a joiner rather than over the edge
                return p
        for p in range(start + 1, self.end):
            if m.penalty[p] < BAN:
                return p
        return self.end

    def unpenalised(self, start: int, end: int, most: float) -> int:
        """The last place without a penalty that leaves a line shorter by `most`; else `end`."""
        m = self.m
        for p in range(end - 1, start, -1):
            if m.pre[end] - m.pre[p] > most:
                break
            if not m.penalty[p]:
                return p
        return end

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
                return self.accompanied(found)
            p = min(bisect_right(m.pre, room, start, self.end + 1), self.end - 1)
            while p > start and (
                m.penalty[p] >= BAN or m.pre[p] - m.end_trim[p - 1] - m.end_option[p - 1] > room
            ):
                p -= 1
            emergency = p <= start
            if emergency:
                p = self.forced_end(start, width)
            elif m.penalty[p] and not self.params.fill:
                p = self.unpenalised(start, p, min(_CARRIED * m.em, 0.45 * width))
            found.append(Broken(start, p, emergency))
            if p >= self.end:
                return found
            start, line = p, line + 1

    def accompanied(self, found: list[Broken]) -> list[Broken]:
        """Ragged lines whose last one takes another character when it would hold only one.

        The line before stays the longer one.
        """
        m, params, end = self.m, self.params, self.end
        if len(found) < 2 or params.fill or not params.orphans:
            return found
        before, last = found[-2:]
        if before.emergency or len(_BODY.findall(m.classes, last.start, end)) >= _ALONE:
            return found
        for p in range(last.start - 1, before.start, -1):
            if m.pre[end] - m.pre[p] > m.pre[p] - m.pre[before.start]:
                break
            if not m.penalty[p] and len(_BODY.findall(m.classes, p, end)) >= _ALONE:
                return [*found[:-2], Broken(before.start, p), Broken(p, end)]
        return found


def _in_a_row(m: Measured, before: int, start: int, end: int) -> float:
    """Penalty of a line from `start` to `end` for ending as the line, or two lines, before it.

    `before` is where the line before begins; -1 for no such line.
    """
    if end in m.hyphens:
        return _HYPHENS if start in m.hyphens else 0.0
    if end - 1 not in m.hangs or before < 0:
        return 0.0
    same = m.classes[end - 1]
    for other in (start - 1, before - 1):
        if other not in m.hangs or m.classes[other] != same:
            return 0.0
    return _HUNG


class LineCosts:
    """What single lines of a stretch cost, for comparing choices of them."""

    def __init__(
        self, measured: Measured, start: int, end: int, widths: Widths, params: Params
    ) -> None:
        self._chooser = Chooser(measured, start, end, widths, params)
        self._ends = line_ends(self._chooser, thorough=True)

    def of(self, number: int, line: Broken) -> float:
        """The cost of a line and the penalty of its end."""
        chooser = self._chooser
        width = chooser.widths.of(number)
        if line.end >= chooser.end:
            return chooser.last_cost(line.start, width, number)
        if line.emergency:
            return EMERGENCY
        return dict(self._ends(line.start, width, _ALL))[line.end]

    def in_a_row(self, before: Broken | None, last: Broken, line: Broken) -> float:
        """Penalty of a line for ending as the one, or two, before it."""
        start = -1 if before is None else last.start
        return _in_a_row(self._chooser.m, start, last.end, line.end)

    def next_line(self, number: int, start: int, *, fullest: bool) -> Broken:
        """The line from `start` that is the fullest, or the cheapest by itself."""
        chooser = self._chooser
        width = chooser.widths.of(number)
        if chooser.fits(start, width):
            return Broken(start, chooser.end)
        possible = self._ends(start, width, _ALL)
        if not possible:
            return Broken(start, chooser.forced_end(start, width), emergency=True)
        return Broken(start, (_fullest if fullest else _cheapest)(possible)[0])

    def ends(self, number: int, start: int) -> list[int]:
        """Where the line from `start` may end, within what shrinking and stretching allow."""
        return [end for end, _ in self._ends(start, self._chooser.widths.of(number), _ALL)]

    def is_lone(self, line: Broken) -> bool:
        """Whether a line holds a single character, marks not counted."""
        return len(_BODY.findall(self._chooser.m.classes, line.start, line.end)) < _ALONE


_Pick: TypeAlias = "Callable[[list[tuple[int, float]]], tuple[int, float]]"
_fullest: _Pick = max
_cheapest: _Pick = partial(min, key=itemgetter(1))


def _by_cost(node: tuple[int, tuple[float, int]]) -> float:
    return node[1][0]
