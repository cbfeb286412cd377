"""Headings: their styles, and their numbers as a list of Word's that the styles are tied to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.tree.nodes import Section
from publisher.tree.walk import is_part, query
from publisher.writers.docx.styles import style_id

if TYPE_CHECKING:
    from publisher.theme.model import StyleSheet
    from publisher.tree.meta import Document
    from publisher.writers.docx.numbering import Numbering

_GAP: Final = "\u2002"  # between number and title
_DEEPEST: Final = 6
_NO_LIST: Final = (0, 0)  # takes a paragraph out of the list that its style is in (17.9.18)


def heading_key(section: Section) -> str:
    """Text key of a section's title."""
    if is_part(section):
        return "part"
    return f"heading.{min(max(section.level, 1), _DEEPEST)}"


class HeadingNumber(NamedTuple):
    """List number and level that a heading sets itself, or None; a number written as text."""

    item: tuple[int, int] | None = None
    text: str = ""


class Headings:
    """Numbers of headings: Word counts where it comes to the numbers that the tree has.

    A heading that it would number otherwise, or not at all, is taken out of the list and has its
    number as text. Parts have a count of their own and always have text.
    """

    def __init__(self, document: Document, sheet: StyleSheet, numbering: Numbering) -> None:
        self._counts: list[int] = []
        self._levels: dict[str, int] = {}
        self._list = 0
        if sheet.numbers:
            self._tie(document, numbering)

    def _tie(self, document: Document, numbering: Numbering) -> None:
        numbered = [
            (s.level - len(s.number), len(s.number))
            for s in query(document, Section)
            if s.number and s.title and not is_part(s)
        ]
        above = {above for above, _ in numbered}  # levels over the first that has numbers
        if len(above) != 1 or min(above) < 0:
            return
        (first,) = above
        deepest = min(max(depth for _, depth in numbered), _DEEPEST - first)
        keys = [f"heading.{first + depth}" for depth in range(1, deepest + 1)]
        if keys:
            self._levels = {key: level for level, key in enumerate(keys)}
            self._list = numbering.add_outline(_GAP, [style_id(key) for key in keys])

    def style(self, key: str) -> str:
        """``w:numPr`` of the style of a heading; empty for styles that no list counts."""
        level = self._levels.get(key)
        if level is None:
            return ""
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{self._list}"/></w:numPr>'

    def number(self, section: Section) -> HeadingNumber:
        """The number of the next heading in the text."""
        level = self._levels.get(heading_key(section))
        text = ".".join(map(str, section.number)) + _GAP if section.number else ""
        if level is None:
            return HeadingNumber(None, text)
        counted = [*self._counts[:level], *[1] * (level - len(self._counts))]
        counted.append(self._counts[level] + 1 if level < len(self._counts) else 1)
        if section.number == tuple(counted):
            self._counts = counted
            return HeadingNumber()
        return HeadingNumber(_NO_LIST, text)
