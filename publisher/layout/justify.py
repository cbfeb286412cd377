"""Adjusts a chosen line to its measure by the ordered stages of cjk-typography 8.

The result is where the pen is moved between characters, in the paragraph's units; what is drawn
where follows from that alone (`publisher.layout.paragraph`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from publisher.layout.hanging import keeps
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from publisher.layout.measure import Measured

_EPS: Final = 1e-4  # em
_CJK_STEP: Final = 0.25  # em, limit of stretch step 3
_WORD_SPACE, _GAP = 2, 6  # the shrink steps of spaces
_STEPS: Final = (_WORD_SPACE, 3, 4, 5, _GAP, 7)  # of shrink inside a line
# The marks that give, and their steps.
_MARKS: Final = re.compile("[DOCMNSE]")
_STEP_OF: Final = {"D": 3, "O": 4, "C": 4, "M": 5, "N": 5, "S": 7, "E": 7}


class Adjusted(NamedTuple):
    """A line's adjustment.

    Attributes:
        offset: Of the first glyph from the line's start edge (negative: a blank is cut off).
        moves: (position, amount): the pen moves before that character, beyond the font's own
            advances; in order of position.
        each: Added at every gap that stretches in step 3.
        width: Of the line after adjustment, without what hangs over its end invisibly.
        stage: Last stage used: negative for shrink, positive for stretch.
        amount: How far it was used: em a gap for stretch, share of the blanks for shrink.
        overfull: Longer than its measure.
    """

    offset: float
    moves: list[tuple[int, float]]
    each: float
    width: float
    stage: int = 0
    amount: float = 0.0
    overfull: bool = False


def adjust(
    measured: Measured, start: int, end: int, width: float, *, stretch: bool, shrink: bool
) -> Adjusted:
    """Fits ``text[start:end]`` into `width`.

    Args:
        measured: The paragraph.
        start: First index of the line.
        end: One past the last.
        width: The room there is, in the paragraph's units.
        stretch: The line is to be as long as that (no last line, no ragged text).
        shrink: It may be shrunk to fit.
    """
    m = measured
    shifts = m.shifts
    moves: list[tuple[int, float]] = []
    if shifts:
        first = bisect_left(shifts, (start + 1,))
        moves = shifts[first : bisect_left(shifts, (end,), first)]
    trim = m.start_trim[start]
    offset = -trim
    if start in m.leads:
        offset += m.leads[start]
    natural = m.pre[end] - m.end_trim[end - 1] - m.pre[start] - trim
    over = natural - width
    eps = _EPS * m.em
    if over > eps:
        return _shrunk(m, (start, end), (offset, moves, natural), over, shrink=shrink)
    if over >= -eps or not stretch:
        return Adjusted(offset, moves, 0.0, natural)
    return _stretched(m, (start, end), (offset, moves, natural), -over)


_Natural = tuple[float, list[tuple[int, float]], float]


def _merged(moves: list[tuple[int, float]], more: dict[int, float]) -> list[tuple[int, float]]:
    for at, amount in moves:
        more[at] = more.get(at, 0.0) + amount
    return sorted(more.items())


def _shrunk(
    m: Measured, line: tuple[int, int], natural: _Natural, over: float, *, shrink: bool
) -> Adjusted:
    start, end = line
    offset, moves, width = natural
    eps = _EPS * m.em
    stage, share = 0, 0.0
    option = m.end_option[end - 1]
    if option and m.hangs and shrink and keeps(m, end, over, _free(m, start, end)):
        option = 0
    if option:
        over -= option
        width -= option
        stage, share = -1, 1.0
    if over < -eps and shrink:
        # The whole blank was too much: stretch what is missing.
        made = _stretched(m, line, (offset, moves, width), -over)
        return made._replace(stage=made.stage or -1)
    if over <= eps or not shrink:
        return Adjusted(offset, moves, 0.0, width, stage, share, over > eps)
    more: dict[int, float] = {}
    first = start + (m.start_trim[start] > 0)
    spaces = m.spaces_between(start, end)
    marks = _marks(m, first, end - 1)
    for step in _STEPS:
        if step in (_WORD_SPACE, _GAP):
            places = [(at - 1, space.shrink, "s") for at, space in spaces if space.step == step]
        else:
            places = marks.get(step, [])
        if not places:
            continue
        total = sum([place[1] for place in places])
        if total <= 0:
            continue
        share = min(over / total, 1.0)
        for at, room, letter in places:
            _take(more, at, room * share, letter)
        over -= total * share
        width -= total * share
        stage = -step
        if over <= eps:
            break
    offset += more.pop(start, 0.0)  # a middle dot at the line start
    return Adjusted(offset, _merged(moves, more), 0.0, width, stage, share, over > eps)


def _free(m: Measured, start: int, end: int) -> float:
    """What steps 2 to 7 can take away from a line."""
    return max(m.shrink[end - 1] - m.shrink[start] - m.start_trim[start], 0)


def _marks(m: Measured, start: int, end: int) -> dict[int, list[tuple[int, float, str]]]:
    """Marks whose blank can shrink, by step: index, how much, class (``D`` if centred)."""
    shrink = m.shrink
    found: dict[int, list[tuple[int, float, str]]] = {}
    for match in _MARKS.finditer(m.classes, start, end):
        at, letter = match.start(), match[0]
        where = "D" if at in m.centred else letter
        found.setdefault(_STEP_OF[letter], []).append((at, shrink[at + 1] - shrink[at], where))
    return found


def _take(more: dict[int, float], at: int, amount: float, letter: str) -> None:
    """Moves the pen back where the blank is: before, behind, or on both sides."""
    if letter == "O":
        more[at] = more.get(at, 0.0) - amount
    elif letter == "D":
        more[at] = more.get(at, 0.0) - amount / 2
        more[at + 1] = more.get(at + 1, 0.0) - amount / 2
    else:
        more[at + 1] = more.get(at + 1, 0.0) - amount


def _stretched(m: Measured, line: tuple[int, int], natural: _Natural, rest: float) -> Adjusted:
    start, end = line
    offset, moves, width = natural
    width += rest
    gaps = m.gaps[end - 1] - m.gaps[start]
    spaces = m.spaces_between(start, end)
    if not spaces:
        if not gaps:
            return Adjusted(offset, moves, 0.0, width - rest, 4)
        each = rest / gaps
        stage = 3 if each <= _CJK_STEP * m.em + 1e-9 else 4
        return Adjusted(offset, moves, each, width, stage, each / m.em)
    more: dict[int, float] = {}
    eps = _EPS * m.em
    stage, amount = 0, 0.0
    for number, step in ((1, _WORD_SPACE), (2, _GAP)):
        places = [(at, space.stretch) for at, space in spaces if space.step == step]
        total = sum(room for _, room in places)
        if total > 0 and rest > eps:
            share = min(rest / total, 1.0)
            for at, room in places:
                more[at] = room * share
            rest -= total * share
            stage, amount = number, share * total / len(places) / m.em
    each = 0.0
    if gaps and rest > eps:
        each = min(rest / gaps, _CJK_STEP * m.em)
        rest -= each * gaps
        stage, amount = 3, each / m.em
    if rest > eps:
        extra = rest / (gaps + len(spaces))
        for at, _ in spaces:
            more[at] = more.get(at, 0.0) + extra
        each += extra if gaps else 0.0
        stage, amount = 4, max(each, extra) / m.em
    return Adjusted(offset, _merged(moves, more), each, width, stage, amount)
