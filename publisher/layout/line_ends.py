"""The ends that one line may have, each with its cost: the inner loops of line choice.

`linebreak` weighs what is found here over the whole paragraph; `solid` has the same costs without
what its paragraphs do not hold.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final, TypeAlias

from publisher.layout.hanging import keeps
from publisher.layout.solid import WIDE_COST, WIDE_OPEN
from publisher.text.uax14 import BAN

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.layout.linebreak import Chooser

EMERGENCY: Final = 30.0  # a line that ends where it must not
_HANGING: Final = 0.01  # of two ways as good, the one where nothing hangs

Ends: TypeAlias = "Callable[[int, float, int], list[tuple[int, float]]]"


def line_ends(chooser: Chooser, *, thorough: bool) -> Ends:
    """A function that tells the ends a line may have, each with its cost.

    It takes the beginning of the line, its width, and how many ends to tell of those that leave
    the line short (the longest ones). The search stops at a line that fits exactly, unless it is
    `thorough`. A closure, because this is where the time of a long text goes.
    """
    m = chooser.m
    pre, gaps, penalties, em, last = m.pre, m.gaps, m.penalty, m.em, chooser.end
    start_trim, end_trim, eps = m.start_trim, m.end_trim, chooser.eps
    tight, plain = 2 * eps, not m.spaces
    longer, stretched, squeezed = _longer_ends(chooser), chooser.stretched, chooser.squeezed

    def ends(start: int, width: float, under: int) -> list[tuple[int, float]]:
        room = pre[start] + start_trim[start] + width + eps
        most = bisect_right(pre, room, start, last) - 1
        found = longer(start, most, room)
        before = gaps[start]
        for p in range(most, start, -1):
            penalty = penalties[p]
            if penalty >= BAN:
                continue
            rest = room - pre[p] + end_trim[p - 1]
            if rest <= tight:
                cost = squeezed(start, p, -rest) if rest < 0 else 0.0
                if cost >= EMERGENCY:
                    continue
                if not penalty and not thorough and not cost:
                    found.append((p, 0.0))
                    break
            elif plain and gaps[p - 1] > before:
                step = rest / ((gaps[p - 1] - before) * em)
                cost = 0.1 + step * step * 16
                if step > WIDE_OPEN:
                    cost += WIDE_COST
            else:
                cost = stretched(start, p, rest)
            found.append((p, cost + penalty / 10))
            if penalty:
                continue  # a shorter line without one may cost less
            under -= 1
            if not under:
                break
        return found

    return ends


def _longer_ends(chooser: Chooser) -> Callable[[int, int, float], list[tuple[int, float]]]:
    """A function for the ends beyond what fits naturally, as far as shrinking brings in.

    It takes the beginning, the last end that fits, and the place that the line may reach.
    """
    m = chooser.m
    pre, shrink, penalties, last = m.pre, m.shrink, m.penalty, chooser.end
    start_trim, end_trim, end_option = m.start_trim, m.end_trim, m.end_option
    eps, slack, stretched = chooser.eps, m.em / 2, chooser.stretched
    hangs, hanging = m.hangs, bool(m.hangs)
    if hanging:
        slack = m.em

    def longer(start: int, most: int, room: float) -> list[tuple[int, float]]:
        base = shrink[start] + max(start_trim[start], 0) - eps
        found: list[tuple[int, float]] = []
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
            more = penalty / 10
            if over > 0 and not (hanging and keeps(m, p, over, free)):
                over -= end_option[p - 1]
                more += _HANGING if p - 1 in hangs else 0.0
            if over > 0:
                cost = 0.5 * (over / free) ** 2
            else:
                cost = stretched(start, p, -over) if over < -2 * eps else 0.0
            found.append((p, cost + more))
        return found

    return longer
