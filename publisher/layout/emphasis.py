"""Marks along a line: emphasis dots, proper-name and book-title lines, underline, highlight.

Sizes are em of the marked text (CLREQ 3.4, JLREQ 3.3.9, cjk-typography 11). *Over* the line is the
right side of vertical text, *under* it the left. What is under the text is stacked outwards: the
lines of inner marks first, then those of outer ones, then dots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.layout.piece import ASCENT, DESCENT
from publisher.layout.profiles import profile_for
from publisher.layout.types import DotItem, RuleItem, WaveItem
from publisher.record import dataclass, field

if TYPE_CHECKING:
    from publisher.layout.types import LineItem, Run

_RADIUS: Final = {"dot": 0.09, "open-dot": 0.1, "circle": 0.15, "sesame": 0.14}
_SHAPES: Final = {"circle": "open-dot"}
_DOT_GAP: Final = 0.08  # from the em box, or the line beside it, to a dot
_LINE: Final = 0.06  # thickness of a proper-name line
_WAVE: Final = 0.05  # amplitude of a book-title line
_LINE_GAP: Final = 0.06  # from the em box to a line
_STEP: Final = 0.15  # from a line to the next one outside it
_SHORTER: Final = 0.08  # lines of neighbouring marks leave a gap (CLREQ 3.4.2.2)
_PLAIN_LINE: Final = 0.05
_PLAIN_GAP: Final = 0.03
_MIDDLE: Final = (ASCENT - DESCENT) / 2
_LINES: Final = frozenset(("proper-name", "book-title", "underline"))


@dataclass(slots=True)
class Marked:
    """One marked stretch of a line.

    Attributes:
        kind: A mark of `Run.marks`.
        run: The look at its start.
        x: Where it starts, pt; `end` where it ends.
        centres: Middles of the characters that take a dot.
        inner: How many lines of marks inside it stand nearer to the text.
        annotated: Some of it has ruby.
        starts: The mark starts here, not on the line before; `ends`: and ends on this one.
    """

    kind: str
    run: Run
    x: float
    end: float
    centres: list[float] = field(default_factory=list)
    inner: int = 0
    annotated: bool = False
    starts: bool = True
    ends: bool = True


def is_line(kind: str) -> bool:
    """Whether a mark of `Run.marks` is a line along the text."""
    return kind.partition(":")[0] in _LINES


def mark_items(marked: list[Marked], *, vertical: bool, highlight: str) -> list[LineItem]:
    """What is drawn for the marks of a line."""
    made: list[LineItem] = []
    for mark in marked:
        kind, _, detail = mark.kind.partition(":")
        if kind == "dots":
            made += _dots(mark, detail, vertical=vertical)
        elif mark.end > mark.x:
            made += _drawn(mark, kind, vertical=vertical, highlight=highlight)
    return made


def _drawn(mark: Marked, kind: str, *, vertical: bool, highlight: str) -> list[LineItem]:
    size, base, color = mark.run.size, mark.run.rise, mark.run.color
    x, width = mark.x, mark.end - mark.x
    if kind == "highlight":
        return [RuleItem(x, base - DESCENT * size, width, size, highlight, behind=True)]
    if kind == "strike":
        foot = base + (_MIDDLE - _PLAIN_LINE / 2) * size
        return [RuleItem(x, foot, width, _PLAIN_LINE * size, color)]
    out = mark.inner * _STEP
    if kind == "underline":
        out += _PLAIN_GAP
        over = _is_underlined_over(mark, vertical=vertical)
        foot = ASCENT + out if over else -DESCENT - out - _PLAIN_LINE
        return [RuleItem(x, base + foot * size, width, _PLAIN_LINE * size, color)]
    out += _LINE_GAP
    x += _SHORTER * size * mark.starts
    width -= _SHORTER * size * (mark.starts + mark.ends)
    if kind == "proper-name":
        return [RuleItem(x, base - (DESCENT + out + _LINE) * size, width, _LINE * size, color)]
    if kind == "book-title":
        middle = base - (DESCENT + out + _WAVE) * size
        return [WaveItem(x, middle, width, _WAVE * size, color)]
    return []


def _is_underlined_over(mark: Marked, *, vertical: bool) -> bool:
    """Whether an underline stands at the right: in vertical Japanese and Korean.

    As user agents do (CSS Text Decoration 4, text-underline-position); not where ruby is.
    """
    return vertical and profile_for(mark.run.lang).name in ("ja", "ko") and not mark.annotated


def _dots(mark: Marked, shape: str, *, vertical: bool) -> list[LineItem]:
    """Dots stand under Chinese and over Japanese and Korean, at the right of all in vertical text.

    Where ruby is there, the dots of that stretch stand on the other side: so both fit in the line
    gap.
    """
    run, size = mark.run, mark.run.size
    chinese = profile_for(run.lang).name in ("hans", "hant")
    over = (vertical or not chinese) and not mark.annotated
    lines = [kind for kind in run.marks if is_line(kind)]
    if over:
        underlined = any(kind.startswith("underline") for kind in lines)
        beside = int(underlined and _is_underlined_over(mark, vertical=vertical))
    else:
        beside = len(lines)
    radius = _RADIUS[shape] * size
    off = (_DOT_GAP + (beside and _LINE_GAP) + beside * _STEP) * size + radius
    y = run.rise + (ASCENT * size + off if over else -DESCENT * size - off)
    return [DotItem(x, y, radius, _SHAPES.get(shape, shape), run.color) for x in mark.centres]
