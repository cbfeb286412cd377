"""Line choice for full-width characters set solid: what `linebreak` does, in one loop.

Four paragraphs of five in a book have no spaces, nothing that hangs and no hyphens. For them the
costs of a line come down to a few sums, so that a line is weighed in half the time.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.text.uax14 import BAN

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.layout.measure import Measured

EPS: Final = 1e-4  # em
WIDE_OPEN: Final = 0.5  # em a gap, from which stretching is really bad
WIDE_COST: Final = 4.0
NEAR: Final = 0.3  # beginnings that cost this much more than the best are given up
ENDS: Final = 2  # beginnings weighed a line, and ends weighed that leave it short

_FAR: Final = 1e9
_Table = dict[int, tuple[float, int]]  # where a line may begin -> (cost so far, line before)


class Weighed(NamedTuple):
    """The cheapest way: where its last line begins, that line's number, the cost, the tables."""

    start: int
    line: int
    cost: float
    begun: list[_Table]


def is_solid(measured: Measured) -> bool:
    """Whether `weigh` takes a paragraph."""
    return isinstance(measured.penalty, bytes) and not measured.hangs


def weigh(  # noqa: C901, PLR0912, PLR0915 - the one loop where a book's time goes
    measured: Measured,
    span: tuple[int, int],
    widths: tuple[float, float],
    ending: Callable[[int, int], float | None],
    seen: dict[int, list[tuple[int, float]]],
) -> Weighed | None:
    """Weighs the lines of a stretch, two beginnings a line; None where a line has no legal end.

    Args:
        measured: Text that `is_solid`.
        span: The stretch.
        widths: Room on the first line and on the others.
        ending: Cost of the rest as the last line, from its start and number; None where it does
            not fit.
        seen: Takes the cheapest and the longest end of each line weighed.
    """
    m = measured
    pre, shrink, gaps, penalties = m.pre, m.shrink, m.gaps, m.penalty
    start_trim, end_trim, end_option, em = m.start_trim, m.end_trim, m.end_option, m.em
    start, last = span
    width, rest_width = widths
    slack = em / 2
    eps = EPS * em
    tight = 2 * eps
    tail = pre[last] - end_trim[last - 1] - end_option[last - 1] - shrink[last - 1]
    begun: list[_Table] = [{start: (0.0, -1)}]
    nodes = [(start, 0.0)]
    best: tuple[float, int, int] | None = None
    line = 0
    while nodes:
        following: _Table = {}
        for start, so_far in nodes:
            trim = start_trim[start]
            room = pre[start] + trim + width + eps
            if tail + shrink[start] <= room:
                cost = ending(start, line)
                if cost is not None and (best is None or so_far + cost < best[0]):
                    best = (so_far + cost, line, start)
            most = bisect_right(pre, room, start, last) - 1
            before = gaps[start]
            base = shrink[start] + trim - eps
            cheapest, longest, least = start, start, _FAR
            longest_cost = 0.0
            # Longer than fits, as far as shrinking brings in.
            for p in range(most + 1, last):
                over = pre[p] - room - end_trim[p - 1]
                free = shrink[p - 1] - base
                if over > free:
                    # What is too long by more than a blank stays so: no character gives its width.
                    if over > free + slack:
                        break
                    if over - end_option[p - 1] > free:
                        continue
                penalty = penalties[p]
                if penalty >= BAN:
                    continue
                if over > 0:
                    over -= end_option[p - 1]
                cost = penalty / 10
                if over > 0:
                    cost += 0.5 * (over / free) ** 2
                elif over < -tight:
                    cost += _stretched(-over, (gaps[p - 1] - before) * em, em)
                longest, longest_cost = p, cost
                if cost < least:
                    cheapest, least = p, cost
                total = so_far + cost
                known = following.get(p)
                if known is None or total < known[0]:
                    following[p] = (total, start)
            # Shorter.
            under = ENDS
            for p in range(most, start, -1):
                penalty = penalties[p]
                if penalty >= BAN:
                    continue
                rest = room - pre[p] + end_trim[p - 1]
                if rest > tight:
                    gap = gaps[p - 1] - before
                    if gap:
                        step = rest / (gap * em)
                        cost = 0.1 + step * step * 16
                        if step > WIDE_OPEN:
                            cost += WIDE_COST
                    else:
                        cost = stays_short(rest / em)
                    if penalty:
                        cost += penalty / 10
                else:
                    cost = penalty / 10
                if longest == start:
                    longest, longest_cost = p, cost
                if cost < least:
                    cheapest, least = p, cost
                total = so_far + cost
                known = following.get(p)
                if known is None or total < known[0]:
                    following[p] = (total, start)
                if penalty:
                    continue  # a shorter line without one may cost less
                under -= 1
                if not under or not cost:
                    break
            if longest == start:
                if best is None:
                    return None
                continue
            seen[start] = [(cheapest, least), (longest, longest_cost)]
        if best is not None:
            following = {p: node for p, node in following.items() if node[0] < best[0]}
        begun.append(following)
        nodes = _two_cheapest(following)
        line += 1
        width = rest_width
    assert best is not None
    return Weighed(best[2], best[1], best[0], begun)


def stays_short(rest: float) -> float:
    """Cost of a line that stays `rest` em short, since there is nothing in it to stretch.

    That is worse than spaces half an em wide, but better than words torn into letters for it: a
    web address that ends 2 em short is read more easily than Han 1 em apart.
    """
    return 2 * WIDE_COST + 4 * rest * rest


def _stretched(rest: float, room: float, em: float) -> float:
    """Cost of stretching by `rest` over gaps of `room` em in all."""
    if not room:
        return stays_short(rest / em)
    step = rest / room
    return 0.1 + step * step * 16 + (WIDE_COST if step > WIDE_OPEN else 0.0)


def _two_cheapest(following: _Table) -> list[tuple[int, float]]:
    """The two cheapest beginnings, the second only if it is near the first."""
    first = second = -1
    least = next_least = _FAR
    for place, (cost, _) in following.items():
        if cost < least:
            second, next_least = first, least
            first, least = place, cost
        elif cost < next_least:
            second, next_least = place, cost
    if first < 0:
        return []
    if second < 0 or next_least > least + NEAR:
        return [(first, least)]
    return [(first, least), (second, next_least)]
