"""How good the lines of a paragraph are: the sum of their costs, and greedy choices to compare.

The costs are those the line chooser weighs (cjk-typography 8); nothing here is needed to set text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from publisher.layout.justify import adjust
from publisher.layout.linebreak import Broken, LineCosts
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.layout.linebreak import Params, Widths
    from publisher.layout.measure import Measured


def cost_of(measured: Measured, lines: Sequence[Broken], widths: Widths, params: Params) -> float:
    """The sum of the costs of the lines of a stretch, the penalties of their ends with it."""
    costs = LineCosts(measured, lines[0].start, lines[-1].end, widths, params)
    total = 0.0
    for number, line in enumerate(lines):
        total += costs.of(number, line)
        if number > 1:
            total += costs.in_a_row(lines[number - 2], lines[number - 1], line)
        elif number == 1:
            total += costs.in_a_row(None, lines[0], line)
    return total


def greedy_breaks(
    measured: Measured,
    bounds: tuple[int, int],
    widths: Widths,
    params: Params,
    how: Literal["full", "best", "natural"] = "full",
) -> list[Broken]:
    """The lines of a stretch chosen one after the other.

    Args:
        measured: The paragraph.
        bounds: First index of the stretch and one past the last.
        widths: Room by line.
        params: How lines are chosen.
        how: Each line as ``full`` as it goes without stretching where shrinking brings it in, the
            ``best`` by its own cost, or as full as it goes with every blank at its ``natural``
            width, as programs do that only ever stretch.
    """
    costs = LineCosts(measured, *bounds, widths, params)
    found: list[Broken] = []
    start = bounds[0]
    while True:
        number = len(found)
        line = costs.next_line(number, start, fullest=how != "best")
        if how == "natural":
            line = _unshrunk(measured, line, costs.ends(number, start), widths.of(number))
        found.append(line)
        if line.end >= bounds[1]:
            return found
        start = line.end


def _unshrunk(measured: Measured, fullest: Broken, ends: Sequence[int], width: float) -> Broken:
    """The fullest line that needs no shrinking, among those that start where `fullest` does."""
    start = fullest.start
    for end in sorted({fullest.end, *ends}, reverse=True):
        made = adjust(measured, start, end, width, stretch=False, shrink=False)
        if not made.overfull:
            return Broken(start, end, fullest.emergency and end == fullest.end)
    return fullest


class Looseness(NamedTuple):
    """Counts over lines: all, those that were to be filled, and faults among them.

    Attributes:
        lines: All lines.
        filled: Lines that were to be as long as the measure.
        eighth: Of them, those stretched by more than 1/8 em a gap; `quarter` by more than 1/4.
        lone: Paragraphs that end with a single character on their last line.
        paragraphs: All paragraphs.
    """

    lines: int = 0
    filled: int = 0
    eighth: int = 0
    quarter: int = 0
    lone: int = 0
    paragraphs: int = 0

    def __add__(self, other: object) -> Looseness:
        """The sum, count by count."""
        if not isinstance(other, Looseness):
            return NotImplemented
        return Looseness(*(a + b for a, b in zip(self, other, strict=True)))


def looseness(
    measured: Measured, lines: Sequence[Broken], widths: Widths, params: Params
) -> Looseness:
    """The counts of one stretch's lines."""
    eighth = quarter = 0
    for number, line in enumerate(lines[:-1]):
        made = adjust(measured, line.start, line.end, widths.of(number), stretch=True, shrink=True)
        if made.stage > 0:
            step = made.each / measured.em if made.each else made.amount
            eighth += step > 1 / 8 + 1e-6
            quarter += step > 1 / 4 + 1e-6
    last = len(lines) - 1
    costs = LineCosts(measured, lines[0].start, lines[-1].end, widths, params)
    lone = last > 0 and costs.is_lone(lines[-1])
    return Looseness(len(lines), last, eighth, quarter, int(lone), 1)
