"""Titles that take several lines: broken at phrases, lines of much the same length.

cjk-typography 12: headings break at phrase edges, their lines balanced, the last one no shorter
than two words or four characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.layout.linebreak import Broken, choose_breaks
from publisher.text.uax14 import BAN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.layout.linebreak import Params, Widths
    from publisher.layout.measure import Measured

_MOST_BREAKS: Final = 300  # a longer "title" is running text
_MOST_LINES: Final = 6
_LEAST_LAST: Final = 4.0  # em of the last line
# Costs beside the squared shortness of a line as a share of the even one.
_INSIDE_WORD: Final = 2.0
_AT_WORD: Final = 0.35  # more than lines of 14 and 8 characters lose to lines of 11
_STUB: Final = 1.5  # last line below the least
_PENALTY: Final = 0.05  # a tenth of the break's own penalty
_ONE_MORE: Final = 0.9  # a line more than need be


def title_lines(
    measured: Measured,
    span: tuple[int, int],
    widths: Widths,
    params: Params,
    edges: Mapping[int, int],
) -> list[Broken]:
    """The lines of a title that is not justified.

    Args:
        measured: The paragraph.
        span: First index and one past the last, no forced break inside.
        widths: Room, in the paragraph's units.
        params: As for `choose_breaks`.
        edges: Position -> strength of the phrase edge there (`publisher.text.phrases`).
    """
    plain = choose_breaks(measured, *span, widths, params)
    count = len(plain)
    if not 1 < count <= _MOST_LINES or any(line.emergency for line in plain):
        return plain
    start, end = span
    places = [at for at in range(start + 1, end) if measured.penalty[at] < BAN]
    if len(places) > _MOST_BREAKS:
        return plain
    places.append(end)
    chooser = _Title(measured, span, widths, edges)
    best, cost = chooser.best(places, count)
    if cost >= _INSIDE_WORD:  # a word would be cut: perhaps one line more helps
        other, more = chooser.best(places, count + 1)
        if other and more + _ONE_MORE < cost:
            best = other
    if not best:
        return plain
    cuts = [start, *best]
    return [Broken(a, b) for a, b in zip(cuts, best, strict=False)]


class _Title:
    """One title being broken."""

    def __init__(
        self,
        measured: Measured,
        span: tuple[int, int],
        widths: Widths,
        edges: Mapping[int, int],
    ) -> None:
        self.m = measured
        self.start, self.end = span
        self.widths = widths
        self.edges = edges

    def width(self, start: int, end: int) -> float:
        """Natural width of a line."""
        m = self.m
        dropped = m.start_trim[start] + m.end_trim[end - 1] + m.end_option[end - 1]
        return m.pre[end] - m.pre[start] - dropped

    def best(self, places: list[int], count: int) -> tuple[list[int], float]:
        """Line ends of the cheapest way over `count` lines, and its cost; empty for none."""
        even = self.width(self.start, self.end) / count
        # Place -> (cost so far, line ends).
        ways: dict[int, tuple[float, tuple[int, ...]]] = {self.start: (0.0, ())}
        for line in range(count):
            room = self.widths.of(line) + 1e-4 * self.m.em
            final = line == count - 1
            following: dict[int, tuple[float, tuple[int, ...]]] = {}
            for start, (cost, ends) in ways.items():
                for end in places if not final else (self.end,):
                    if end <= start or (end == self.end) != final:
                        continue
                    width = self.width(start, end)
                    if width > room:
                        break
                    total = cost + self.cost(end, width, even)
                    if end not in following or total < following[end][0]:
                        following[end] = (total, (*ends, end))
            ways = following
        if self.end not in ways:
            return [], float("inf")
        cost, ends = ways[self.end]
        return list(ends), cost

    def cost(self, end: int, width: float, even: float) -> float:
        """Cost of a line that ends there."""
        cost = (width / even - 1.0) ** 2
        if end < self.end:
            strength = self.edges.get(end, 0)
            cost += _INSIDE_WORD if not strength else _AT_WORD * (strength < 2)
            cost += self.m.penalty[end] * _PENALTY / 10
        elif width < _LEAST_LAST * self.m.em:
            cost += _STUB
        return cost
