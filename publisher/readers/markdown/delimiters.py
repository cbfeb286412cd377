"""Emphasis beside CJK text: which runs of ``*``, ``_`` and ``~`` may open and close.

CommonMark 0.31 section 6.2 asks that a delimiter next to punctuation has a space or punctuation
on its other side. CJK text has no spaces, so ``**「强调」**后文`` stays literal there. By the
published amendment (markdown-cjk-friendly) CJK punctuation does not count as punctuation in the
flanking rules, and a CJK neighbour satisfies the clause; the extra rules for ``_`` stay as they
are. For text without CJK characters nothing changes.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_SPACE, _PUNCTUATION, _CJK = 1, 2, 4
# Enclosed ideographs with emoji presentation (emoji-data.txt); the rest of their block is text.
_ENCLOSED_EMOJI = frozenset(
    [
        0x1F201,
        0x1F21A,
        0x1F22F,
        0x1F250,
        0x1F251,
        *range(0x1F232, 0x1F237),
        *range(0x1F238, 0x1F23B),
    ]
)


@lru_cache(maxsize=4096)
def character_class(character: str) -> int:
    """Bits for white space, punctuation (Unicode P or S, as in CommonMark), and CJK."""
    code = ord(character)
    if character in "\t\n\v\f\r" or unicodedata.category(character) == "Zs":
        return _SPACE
    kind = _PUNCTUATION if unicodedata.category(character)[0] in "PS" else 0
    return kind | (_CJK if _is_cjk(character, code) else 0)


def _is_cjk(character: str, code: int) -> bool:
    """Wide, full-width or half-width (UAX #11) or Hangul, but not shown as emoji by default."""
    if code < 0x1100:
        return False
    if code <= 0x11FF or 0xA960 <= code <= 0xA97F or 0xD7B0 <= code <= 0xD7FF:
        return True  # Hangul jamo; the vowels and finals have no width of their own
    if unicodedata.east_asian_width(character) not in ("W", "F", "H"):
        return False
    if code < 0x2E80:  # watches, zodiac signs and the like, all emoji, beside angle brackets
        return unicodedata.category(character) != "So" and character not in "◽◾"
    if 0x1F000 <= code <= 0x1FAFF:
        return 0x1F200 <= code <= 0x1F265 and code not in _ENCLOSED_EMOJI
    return True


def _class_before(source: str, position: int) -> int:
    """The class of the character before `position`; a variation selector counts as its base."""
    if position <= 0:
        return _SPACE
    character = source[position - 1]
    if character >= "\ufe00" and position >= 2:
        if "\U000e0100" <= character <= "\U000e01ef":
            return _CJK  # an ideographic variation sequence (UTS #37)
        if character <= "\ufe0f":
            return _with_selector(source[position - 2], character)
    return character_class(character)


def _class_after(source: str, position: int) -> int:
    """The class of the character at `position`, with the variation selector behind it."""
    return _with_selector(source[position], source[position + 1 : position + 2])


def _with_selector(character: str, selector: str) -> int:
    """A quotation mark with VS2 is the full-width one (StandardizedVariants.txt), so it is CJK."""
    if selector == "\ufe01" and character in "‘’“”":
        return _PUNCTUATION | _CJK
    return character_class(character)


def scan(source: str, start: int, end: int, *, splits_words: bool) -> tuple[int, bool, bool]:
    """Length of the run at `start`, whether it may open, whether it may close.

    `splits_words` is True for ``*`` and ``~``, which work inside a word, False for ``_``.
    """
    marker = source[start]
    stop = start
    while stop < end and source[stop] == marker:
        stop += 1
    before = _class_before(source, start)
    after = _class_after(source, stop) if stop < end else _SPACE
    # CJK punctuation is no punctuation here, and anything CJK satisfies the other side.
    opens = not after & _SPACE and (after & 6 != _PUNCTUATION or before != 0)
    closes = not before & _SPACE and (before & 6 != _PUNCTUATION or after != 0)
    if splits_words:
        return stop - start, opens, closes
    return (
        stop - start,
        opens and (not closes or bool(before & _PUNCTUATION)),
        closes and (not opens or bool(after & _PUNCTUATION)),
    )


def emphasis_rule() -> Callable[[Any, bool], bool]:
    """The inline rule for ``*`` and ``_``, to stand in the place of markdown-it's own."""
    from markdown_it.rules_inline.state_inline import Delimiter

    def emphasis(state: Any, silent: bool) -> bool:
        marker = state.src[state.pos]
        if silent or marker not in "*_":
            return False
        length, opens, closes = scan(state.src, state.pos, state.posMax, splits_words=marker == "*")
        for _ in range(length):
            state.push("text", "", 0).content = marker
            token = len(state.tokens) - 1
            state.delimiters.append(Delimiter(ord(marker), length, token, -1, opens, closes))
        state.pos += length
        return True

    return emphasis


def strikethrough_rule() -> Callable[[Any, bool], bool]:
    """The inline rule for ``~~``; single tildes stay literal, since 3~5 is a range in CJK text."""
    from markdown_it.rules_inline.state_inline import Delimiter

    def strikethrough(state: Any, silent: bool) -> bool:
        if silent or state.src[state.pos] != "~":
            return False
        length, opens, closes = scan(state.src, state.pos, state.posMax, splits_words=True)
        if length < 2:
            return False
        if length % 2:
            state.push("text", "", 0).content = "~"
        for _ in range(length // 2):
            state.push("text", "", 0).content = "~~"
            token = len(state.tokens) - 1
            # Length 0 turns off the rule of three, which is for emphasis only.
            state.delimiters.append(Delimiter(ord("~"), 0, token, -1, opens, closes))
        state.pos += length
        return True

    return strikethrough
