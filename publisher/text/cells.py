"""What stands in one cell of vertical text: short numbers, pairs of marks, acronyms.

One rule for all outputs: the printed page, the EPUB, the Word file (JLREQ 3.2.5, CLREQ 3.2.2).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

CellKind: TypeAlias = Literal["level", "upright"]

_LABEL = re.compile(r"\(?[0-9A-Za-z]{1,3}[.)]?|\[[0-9]{1,3}\]")
_MARKS = re.compile("[!?]{1,2}")
_CURLY: Final = "“”‘’"
_OPENERS: Final = {"”": "“", "’": "‘"}
_ENCLOSING = re.compile("[\ufe00-\ufe0f]?[\u20dd-\u20e0\u20e2-\u20e4]")


class Cell(NamedTuple):
    """A stretch of text in one cell (``level``), or of letters in a cell each (``upright``)."""

    start: int
    end: int
    kind: CellKind


@cache
def _stretch() -> re.Pattern[str]:
    """A stretch of Latin letters, figures and ASCII marks, spaces between them included."""
    part = (
        "[!-~\u00a1-\u00b6\u00b8-\u02ff\u0370-\u052f\u1e00-\u1fff"
        "\u2010-\u2013\u2018-\u201f\u2032\u2033\u2070-\u209c\u20a0-\u20bf\u2190-\u22ff]+"
    )
    return re.compile(f"{part}(?:[ \u00a0\u2000-\u200f\u202f\u2060\ufeff]+{part})*")


def cells(
    text: str,
    start: int,
    end: int,
    *,
    digits: int,
    letters: int,
    label: Literal["", "whole", "any"] = "",
) -> Iterator[Cell]:
    """The cells of ``text[start:end]``, in order.

    A number, an acronym or a pair of marks counts only where it stands alone between CJK
    characters: in running Latin text everything is turned together.

    Args:
        text: A paragraph.
        start: Where to begin; `end` is one past the last.
        end: One past the last character.
        digits: Numbers up to so many digits stand level; 0 for none, and no marks either.
        letters: Acronyms up to so many capitals stand upright, letter below letter.
        label: What may be the label of a list item or note: the text as a whole, or any stretch.
    """
    for match in _stretch().finditer(text, start, end):
        first, last = _without_quotes(match, text)
        marks = _ENCLOSING.match(text, last, end)
        if marks is not None:  # a letter or figure in a circle or keycap stands in one cell
            if last - first == 1:
                yield Cell(first, marks.end(), "level")
            continue
        whole = label == "any" or (label == "whole" and match[0] == text)
        kind = _kind(text[first:last], digits, letters, label=whole)
        if kind:
            yield Cell(first, last, kind)


def is_label(text: str) -> bool:
    """Whether a text is short enough for the label of a list item or note in one cell."""
    return _LABEL.fullmatch(text) is not None


def _without_quotes(match: re.Match[str], text: str) -> tuple[int, int]:
    """A stretch between CJK characters without the curly quotes about it: those are CJK marks."""
    first, last = match.span()
    if last - first == len(text):
        return first, last
    while first < last - 1 and text[first] in _CURLY:
        first += 1
    while first < last - 1 and text[last - 1] in _CURLY and not _is_sign(text, last - 1):
        last -= 1
    return first, last


def _is_sign(text: str, at: int) -> bool:
    """Whether a closing quote that closes nothing stands for feet, inches or what is left out."""
    opening = _OPENERS.get(text[at], "")
    return (
        opening != ""
        and text[at - 1].isdecimal()
        and text[at + 1 : at + 2].isalpha()
        and text.count(opening, 0, at) <= text.count(text[at], 0, at)
    )


def _kind(text: str, digits: int, letters: int, *, label: bool) -> CellKind | Literal[""]:
    if label and is_label(text):
        return "level"
    if len(text) > 4:
        return ""
    if text.isdecimal() and text.isascii():
        return "level" if len(text) <= digits else ""
    if digits and _MARKS.fullmatch(text):
        return "level"
    upright = text.isascii() and text.isalpha() and (len(text) == 1 or text.isupper())
    return "upright" if upright and len(text) <= letters else ""
