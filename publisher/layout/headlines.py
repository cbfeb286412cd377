"""Titles that take several lines: broken at phrases, lines of much the same length.

cjk-typography 12: headings break at phrase edges, their lines balanced. A title's phrases are
what spaces part; a title without spaces gets a narrower measure instead.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from math import ceil
from typing import TYPE_CHECKING

from publisher.tree.nodes import LineBreak, Text
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.tree.nodes import Inlines

_SLACK = 1.2  # em that lines may differ in, so that breaking rules can be kept
_MOST_PHRASES = 9
_MOST_LINES = 4
_SPACE = "\u3000"


def balanced(
    content: Inlines, measure: float, size: float, width: Callable[[str], float]
) -> tuple[Inlines, float]:
    """A title's content, perhaps with line breaks, and the measure to set it in.

    Args:
        content: The title.
        measure: The longest line there may be, pt.
        size: Character size, pt.
        width: Advance of a text on one line, pt.
    """
    text = plain_text(content)
    if "\n" in text:
        return content, measure
    total = width(text)
    if total <= measure:
        return content, measure
    count = ceil(total / measure)
    if len(content) == 1 and isinstance(content[0], Text):
        phrases = text.split(_SPACE)
        if 1 < len(phrases) <= _MOST_PHRASES and count <= _MOST_LINES:
            lines = _lines(phrases, count, measure, width)
            if lines:
                broken: list[Text | LineBreak] = []
                for line in lines:
                    broken += (Text(line), LineBreak())
                return tuple(broken[:-1]), measure
    return content, min(measure, total / count + _SLACK * size)


def _lines(
    phrases: list[str], count: int, measure: float, width: Callable[[str], float]
) -> list[str]:
    """The phrases on `count` lines of which the longest is as short as can be; else nothing.

    >>> _lines(["第一回", "甄士隐梦幻识通灵", "贾雨村风尘怀闺秀"], 2, 18, len)
    ['第一回\u3000甄士隐梦幻识通灵', '贾雨村风尘怀闺秀']
    """
    best: list[str] = []
    lowest = measure
    for cuts in combinations(range(1, len(phrases)), count - 1):
        edges = (0, *cuts, len(phrases))
        lines = [_SPACE.join(phrases[a:b]) for a, b in pairwise(edges)]
        longest = max(map(width, lines))
        if longest <= lowest and all(line.strip() for line in lines):
            best, lowest = lines, longest
    return best
