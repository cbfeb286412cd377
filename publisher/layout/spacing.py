"""Natural advances of characters and the gaps between scripts (cjk-typography 4, 5, 7).

The rules without a font: full-width characters are one em, Latin letters and figures half an em.
What a paragraph is measured with (`publisher.layout.measure`, `publisher.layout.mixed`) follows the
same rules with the advances of its fonts.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from publisher.layout.measure import TRIMMED, compressed
from publisher.layout.profiles import profile_for
from publisher.layout.quotes import resolve_shared_marks
from publisher.layout.types import OBJECT
from publisher.text.classes import spacing_classes
from publisher.text.properties import vertical_orientation, width_class
from publisher.text.repertoire import within
from publisher.text.scripts import BOPOMOFO, HAN, HANGUL, KANA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.layout.profiles import Profile

_NARROW: Final = "anuvxrpU-@"  # half an em without a font to ask
_SPACE_WIDTH: Final = 0.25
_LONG_DASHES: Final = {"⸺": 2.0, "⸻": 3.0}
# Ambiguous in width and no letters (UAX #11): they fill their square in CJK text.
_SIGN: Final = "[§¶×÷\u2016-\u203e\u2105\u2121\u2150-\u27bf\u2b1b-\u2b5f]"
_NOTHING: Final = "mjzh"  # drawn within or under another character, or not at all
_DOT: Final = re.compile("(?<=[HKI])B(?=[HKI])")
_FULL: Final = frozenset(TRIMMED) | {"D"}


def natural_advances(
    text: str,
    language: str,
    *,
    vertical: bool = False,
    line_start: bool = False,
    line_end: bool = False,
) -> tuple[float, ...]:
    """The advance of each character, em, before a line is shrunk or stretched.

    Adjacent marks have lost the blank that cjk-typography 5 takes from them; a gap between scripts
    is not counted (see `gap_positions`).

    Args:
        text: A stretch of one paragraph.
        language: BCP 47 tag.
        vertical: In vertical writing, where some marks fill their square.
        line_start: A line starts with the first character: an opening mark loses its blank.
        line_end: A line ends with the last one: a mark loses its blank where that is the rule.
    """
    profile = profile_for(language, vertical=vertical)
    resolved, _ = resolve_shared_marks(text, spacing_classes(text), profile)
    letters = list(resolved)
    for at, letter in enumerate(letters):
        if letter in _FULL and _is_half(text[at], letter):
            letters[at] = "x"
        elif vertical and text[at] in _UPRIGHT_COLONS.get(profile.name, ""):
            letters[at] = "Q"  # fills its square: neither gives a blank nor takes one
    for match in re.finditer(_JOINED, text):
        letters[match.end() - 1] = "m"
    classes = compressed("".join(letters), profile)
    found = [_advance(text[at], letter) for at, letter in enumerate(classes)]
    if profile.dot:
        for match in _DOT.finditer(classes):
            found[match.start()] = profile.dot
    if line_start and classes[:1] == "O":
        found[0] -= 0.5
    if line_end and profile.end == "half" and classes[-1:] in tuple(profile.right):
        found[-1] -= 0.5
    return tuple(found)


# One picture of several characters: what follows its first one takes no room. (It takes `re` two
# milliseconds to compile this, and no page needs it.)
_JOINED: Final = (
    "\u200d[\u2190-\u2bff\U0001f000-\U0001faff]|[\u261d-\U0001faff]\ufe0f?[\U0001f3fb-\U0001f3ff]"
    "|[\U0001f1e6-\U0001f1ff]{2}"
)
_UPRIGHT_COLONS: Final = {"ja": "；", "hans": "：；！？", "hant": "：；！？", "ko": "；"}


def _is_half(char: str, letter: str) -> bool:
    """A mark that is half an em wide by itself: ｢ ｡ ･ « and the like."""
    return letter != "E" and width_class(char) in ("H", "N", "Na")


def _advance(char: str, letter: str) -> float:
    if letter in _NOTHING:
        return 0.0
    if letter == "s":
        return _SPACE_WIDTH
    if char in _LONG_DASHES:
        return _LONG_DASHES[char]
    if letter == "x" and re.match(_SIGN, char) and width_class(char) == "A":
        return 1.0
    if letter in _NARROW or letter in "gB" or width_class(char) == "H":
        return 0.5
    return 0.5 if letter in "123456" else 1.0


# ------------------------------------------------------------------------------------- gaps

# Half-width symbols that take the gap beside Han in Chinese text (CSS Text 4).
SYMBOLS: Final = re.compile(r"[!?#$%&@*+=~^|<>\\§¶]")
_ENCLOSED = re.compile(
    "[^\u0300-\u036f\ufe00-\ufe0f][\u0300-\u036f\ufe00-\ufe0f]*+[\u0488\u0489\u1abe\u20dd-\u20e0\u20e2-\u20e4\ua670-\ua672]"
)
_RAISED = re.compile("(?<=[A-Za-z0-9])[\u00b2\u00b3\u00b9\u2070-\u209c]+")
_WIDE: Final = f"{HAN}{KANA}{HANGUL}{BOPOMOFO}{OBJECT}"


@cache
def _gap_patterns(wide: str, symbols: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Gaps that are inserted (after the match), and typed spaces that stand for one (at its end).

    Marks, joiners and other characters without a width are transparent (CSS Text 4,
    text-autospace).
    """
    narrow = f"an{symbols}"
    inserted = f"[{wide}][mjz]*(?=[{narrow}])|[{narrow}][mjz]*(?=[{wide}])"
    typed = f"[{wide}]m*s(?=[{narrow}])|[{narrow}]m*s(?=[{wide}])"
    return re.compile(inserted), re.compile(typed)


def with_symbols(text: str, letters: list[str], profile: Profile, start: int, end: int) -> None:
    """Gives the symbols of ``text[start:end]`` that take the gap the class ``@``, in Chinese."""
    if profile.gap_symbols:
        for match in SYMBOLS.finditer(text, start, end):
            if letters[match.start()] in "xpr":
                letters[match.start()] = "@"


def gaps_in(text: str, classes: str, profile: Profile) -> Iterator[tuple[int, bool]]:
    """(position, typed): gaps between CJK and Latin, and typed spaces before a position as such.

    Args:
        text: The text.
        classes: Its spacing classes, symbols marked (`with_symbols`).
        profile: Whether symbols take the gap.
    """
    for match in _ENCLOSED.finditer(text):  # a sign, not a letter (UTR #59)
        start, end = match.span()
        classes = f"{classes[:start]}{'x' * (end - start)}{classes[end:]}"
    for match in _RAISED.finditer(text):  # an exponent is part of its unit
        start, end = match.span()
        classes = f"{classes[:start]}{'n' * (end - start)}{classes[end:]}"
    # Korean words are parted by typed spaces; hangul in other languages is CJK like all else.
    wides = "HKI" if profile.name == "ko" else "HKIG"
    inserted, typed = _gap_patterns(wides, "@" if profile.gap_symbols else "")
    for pattern in (inserted, typed):
        for match in pattern.finditer(classes):
            first, second = match.start(), match.end()
            wide, narrow = (first, second) if classes[first] in wides else (second, first)
            if takes_gap(text[wide], text[narrow], classes[narrow]):
                yield second, pattern is typed


def takes_gap(wide: str, narrow: str, letter: str) -> bool:
    """CJK letters, not signs and half-width forms; letters and figures of others, not signs."""
    if not within(wide, _WIDE) or "\uff65" <= wide <= "\uffdc":
        return False
    return letter in "n@" or narrow.isalpha() or narrow == OBJECT


def gap_positions(
    text: str,
    language: str,
    *,
    vertical: bool = False,
    combined: Iterable[tuple[int, int]] = (),
) -> tuple[int, ...]:
    """Positions with a gap between CJK and Latin, counted in characters before them.

    Args:
        text: A stretch of one line.
        language: BCP 47 tag; Korean has no gap, Chinese also beside half-width symbols.
        vertical: In vertical writing, where upright letters take no gap.
        combined: (first, one past the last) of figures set upright across the line.
    """
    profile = profile_for(language)
    if not profile.gap:
        return ()
    letters = list(spacing_classes(text))
    with_symbols(text, letters, profile, 0, len(text))
    for first, last in combined:
        letters[first:last] = "X" * (last - first)
    found = [at for at, typed in gaps_in(text, "".join(letters), profile) if not typed]
    if vertical:
        found = [at for at in found if not _is_upright(text, at)]
    return tuple(sorted(found))


def _is_upright(text: str, at: int) -> bool:
    """Whether both sides of a gap stand upright in vertical writing."""
    return all(vertical_orientation(char) in ("U", "Tu") for char in text[at - 1 : at + 1])
