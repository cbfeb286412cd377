"""Headings: their styles, and their numbers as a list of Word's that the styles are tied to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.tree.nodes import Section
from publisher.tree.walk import is_part, plain_text, query
from publisher.writers.docx.styles import style_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.theme.model import StyleSheet
    from publisher.tree.meta import Document
    from publisher.writers.docx.numbering import Numbering

_GAP: Final = "\u2002"  # between number and title
_DEEPEST: Final = 6
# A title that says its number itself: 第三章, 第十二回, 3.1, 一、, Chapter 3.
_SAYS_NUMBER: Final = re.compile(
    r"\s*(?:第\s*[0-9０-９〇零一二三四五六七八九十百千两兩]+\s*[章节節回卷部篇編编話话集讲講]"
    r"|제\s*[0-9]+\s*[장절부편]|[0-9０-９]+(?:[.．][0-9０-９]+)*[.．、\s]"
    r"|[一二三四五六七八九十]+、|(?:chapter|part|section)\s+[0-9ivxlc]+\b)",
    re.IGNORECASE,
)
_UNNUMBERED: Final = frozenset(["preface", "afterword", "appendix", "extra"])
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

    def __init__(
        self,
        document: Document,
        sheet: StyleSheet,
        numbering: Numbering,
        given: Callable[[str], bool] | None = None,
    ) -> None:
        """`given` says of a style whether the reference document's numbers it already."""
        self._counts: list[int] = []
        self._levels: dict[str, int] = {}
        self._list = 0
        self._given = given
        self._shown = sheet.numbers
        if sheet.numbers and given is None:
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
        key = heading_key(section)
        level = self._levels.get(key)
        text = ".".join(map(str, section.number)) + _GAP if section.number and self._shown else ""
        if self._given is not None and self._given(style_id(key)):
            return self._by_reference(section)
        if level is None:
            return HeadingNumber(None, text)
        counted = [*self._counts[:level], *[1] * (level - len(self._counts))]
        counted.append(self._counts[level] + 1 if level < len(self._counts) else 1)
        if section.number == tuple(counted):
            self._counts = counted
            return HeadingNumber()
        return HeadingNumber(_NO_LIST, text)

    def _by_reference(self, section: Section) -> HeadingNumber:
        """Their style numbers it, unless it has a number already or is to have none."""
        bare = section.kind in _UNNUMBERED or not section.listed
        says = _SAYS_NUMBER.match(plain_text(section.title)) is not None
        return HeadingNumber(_NO_LIST if bare or says else None)
