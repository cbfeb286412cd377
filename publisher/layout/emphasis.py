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
_RING_RADIUS: Final = 0.105
_LINE: Final = 0.06  # thickness of lines below
_LINE_AT: Final = -0.24  # head of a proper-name line
_SHORTER: Final = 0.08  # lines of neighbouring marks leave a gap (CLREQ 3.4.2.2)
_WAVE: Final = 0.06
_PLAIN_LINE: Final = 0.05
_PLAIN: Final = {"strike": 0.34, "underline": -0.2}  # foot of the line


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
    kind = mark.kind
    if kind.startswith("dots:"):
        return _dots(mark, kind.removeprefix("dots:"), above=dots_above)
    size, base, color = mark.run.size, mark.run.rise, mark.run.color
    x, width = mark.x, mark.end - mark.x
    if kind == "highlight":
        return [RuleItem(x, base - _DESCENT * size, width, size, highlight, behind=True)]
    if kind in _PLAIN:
        return [RuleItem(x, base + _PLAIN[kind] * size, width, _PLAIN_LINE * size, color)]
    x, width, base = x + _SHORTER * size, width - 2 * _SHORTER * size, base + _LINE_AT * size
    if kind == "proper-name":
        return [RuleItem(x, base, width, _LINE * size, color)]
    return [WaveItem(x, base, width, _WAVE * size, color)] if kind == "book-title" else []


def _dots(mark: Marked, shape: str, *, above: bool) -> list[LineItem]:
    size = mark.run.size
    off = _ASCENT + _DOT_GAP if above else -_DESCENT - _DOT_GAP
    shape = "open-dot" if shape == "circle" else shape
    radius = (_RING_RADIUS if shape == "open-dot" else _DOT_RADIUS) * size
    y, color = mark.run.rise + off * size, mark.run.color
    return [DotItem(x, y, radius, shape, color) for x in mark.centres]
