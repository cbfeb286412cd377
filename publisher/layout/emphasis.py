"""Marks along a line: emphasis dots, proper-name and book-title lines, underline, highlight.

Sizes are em of the marked text (CLREQ 3.4, JLREQ 3.3.9); dots stand on the side of the profile.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from publisher.layout.types import DotItem, RuleItem, WaveItem

if TYPE_CHECKING:
    from publisher.layout.types import LineItem, Run

_ASCENT: Final = 0.88
_DESCENT: Final = 0.12
_DOT_GAP: Final = 0.16  # from the em box to the middle of a dot
_DOT_RADIUS: Final = 0.075
_LINE: Final = 0.06  # thickness of lines below
_LINE_AT: Final = -0.24  # head of a proper-name line
_SHORTER: Final = 0.08  # lines of neighbouring marks leave a gap (CLREQ 3.4.2.2)
_STRIKE_AT: Final = 0.34
_WAVE: Final = 0.06
_PLAIN_LINE: Final = 0.05
_UNDERLINE_AT: Final = -0.2


@dataclass(slots=True)
class Marked:
    """One marked stretch of a line.

    Attributes:
        kind: A mark of `Run.marks`.
        run: Its look.
        x: Where it starts, pt; `end` where it ends.
        centres: Middles of the characters that take a dot.
    """

    kind: str
    run: Run
    x: float
    end: float
    centres: list[float] = field(default_factory=list)


def mark_items(marked: list[Marked], *, dots_above: bool, highlight: str) -> list[LineItem]:
    """What is drawn for the marks of a line."""
    made: list[LineItem] = []
    for mark in marked:
        made += _drawn(mark, dots_above=dots_above, highlight=highlight)
    return made


def _drawn(mark: Marked, *, dots_above: bool, highlight: str) -> list[LineItem]:
    run, size = mark.run, mark.run.size
    x, width, base, color = mark.x, mark.end - mark.x, mark.run.rise, mark.run.color
    kind = mark.kind
    if kind.startswith("dots:"):
        off = _ASCENT + _DOT_GAP if dots_above else -_DESCENT - _DOT_GAP
        shape = kind.removeprefix("dots:")
        shape = "open-dot" if shape == "circle" else shape
        radius = _DOT_RADIUS * (1.4 if shape == "open-dot" else 1.0) * size
        return [DotItem(at, base + off * size, radius, shape, color) for at in mark.centres]
    if kind == "highlight":
        foot = base - _DESCENT * size
        return [RuleItem(x, foot, width, size, highlight, behind=True)]
    if kind == "strike":
        return [RuleItem(x, base + _STRIKE_AT * size, width, _PLAIN_LINE * size, color)]
    if kind == "underline":
        return [RuleItem(x, base + _UNDERLINE_AT * size, width, _PLAIN_LINE * size, color)]
    inner = x + _SHORTER * size, width - 2 * _SHORTER * size
    if kind == "proper-name":
        return [RuleItem(inner[0], base + _LINE_AT * size, inner[1], _LINE * size, color)]
    if kind == "book-title":
        return [WaveItem(inner[0], base + _LINE_AT * size, inner[1], _WAVE * size, color)]
    return []
