"""Breaks inside words: where Latin words may be hyphenated, and what a cut word is wide.

Hyphenation is asked for only where lines would be loose without it, so that most documents never
load a dictionary. The hyphen is drawn and is no part of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from publisher.layout.breaks import ADDRESSES, HYPHEN
from publisher.layout.itemize import CODE_MARK
from publisher.layout.shape import extent
from publisher.text.uax14 import BAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from publisher.layout.justify import Adjusted
    from publisher.layout.linebreak import Broken
    from publisher.layout.mixed import Mixed
    from publisher.layout.shape import Shaper, Token
    from publisher.layout.types import Run, RunTable

_BEFORE, _AFTER = 2, 3  # letters that stay on either side of a hyphen
_LETTERS: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\u2019"
# Words of at least five letters, no part of an address, a file's name or a name with figures.
_WORD: Final = re.compile(
    f"(?<![{_LETTERS}0-9@/\\\\_.#\u00ad-])[{_LETTERS}]{{5,}}(?![{_LETTERS}0-9@/\\\\_\u00ad-]|[.:][A-Za-z0-9])"
)
_PLAIN: Final = re.compile("[A-Za-z]+")
_CJK: Final = frozenset(("zh", "ja", "ko", "cmn", "yue", "lzh", "und", ""))
_KERNED: Final = 32  # letters before a cut that are shaped anew: a piece may be endless
_LOOSE_STAGE: Final = 4  # stretched beyond the limits


@lru_cache(maxsize=64)
def _dictionary(language: str) -> Any:
    """Patterns for a language, or None where there are none."""
    import pyphen

    # Bare English is cut by the American patterns, which follow sound and hold fewer surprises.
    wanted = "en_US" if language == "en" else language.replace("-", "_")
    name = pyphen.language_fallback(wanted)
    return pyphen.Pyphen(lang=name, left=_BEFORE, right=_AFTER) if name else None


@lru_cache(maxsize=1 << 14)
def word_points(word: str, language: str) -> tuple[int, ...]:
    """Where a word may be cut: counts of letters before, at least 2, and 3 behind.

    Words with capitals behind their first letter are left alone. In CJK text a word of plain
    letters is taken as English.
    """
    if not word[1:].islower():
        return ()
    if language.split("-", maxsplit=1)[0].casefold() in _CJK:
        if not _PLAIN.fullmatch(word):
            return ()
        language = "en"
    dictionary = _dictionary(language)
    return tuple(dictionary.positions(word)) if dictionary is not None else ()


def hyphen_points(table: RunTable) -> Iterator[tuple[int, Run]]:
    """Positions of a paragraph where a word may be hyphenated, each with its run."""
    text = table.text
    addresses = [match.span() for match in ADDRESSES.finditer(text)]
    for run in table.runs:
        if CODE_MARK in run.marks or run.role == "mono" or run.note or run.page_of or run.rise:
            continue
        for word in _WORD.finditer(text, run.start, run.end):
            start, end = word.span()
            near = bisect_left(addresses, (end,)) - 1  # the last one that begins before the end
            if near >= 0 and addresses[near][1] > start:
                continue
            for point in word_points(word[0], run.lang):
                yield start + point, run


def is_loose(lines: Sequence[Broken], adjusted: Sequence[Adjusted]) -> bool:
    """Whether a line breaks a ban, runs over, or is stretched beyond its limits."""
    return any(
        line.emergency or made.overfull or made.stage == _LOOSE_STAGE
        for line, made in zip(lines, adjusted, strict=True)
    )


def hyphenate(mixed: Mixed, table: RunTable, shaper: Shaper) -> bool:
    """Lets lines end inside words; False where no word can be cut."""
    measured = mixed.measured
    points = [at for at, _ in hyphen_points(table) if measured.penalty[at] >= BAN]
    points = [at for at in points if mixed.font[at + 1] > mixed.font[at]]  # not in a ligature
    if not points:
        return False
    penalty, trims = list(measured.penalty), list(measured.end_trim)
    for at in points:
        token = mixed.tokens[bisect_right(mixed.tokens, at, key=_token_start) - 1]
        penalty[at] = HYPHEN
        trims[at - 1] += _kern(token, at, mixed.measured.text, shaper, mixed.font)
        trims[at - 1] -= hyphen_width(token)
    measured.penalty, measured.end_trim = penalty, trims
    measured.hyphens |= frozenset(points)
    return True


def _token_start(token: Token) -> int:
    return token.start


def hyphen_width(token: Token) -> float:
    """Advance of the hyphen drawn behind a piece of a token, pt."""
    return token.face.widths["-"] * token.run.size / 1000 if token.face is not None else 0.0


def _kern(
    token: Token, at: int, text: str, shaper: Shaper, font: Sequence[float], spacing: float = 0.0
) -> float:
    """How much wider a word's first part is inside the word than on its own, pt."""
    if not token.shaped or token.face is None or not token.start < at < token.end:
        return 0.0
    upright = shaper.is_upright(token.turn)
    first = max(token.start, at - _KERNED)
    glyphs = shaper.glyphs(token.face, text[first:at], token.run.lang, upright=upright)
    own = extent(glyphs, upright=upright) * token.run.size / 1000
    return font[at] - font[first] - own - spacing * (at - first)


def cut_words(
    tokens: Sequence[Token],
    penalties: Sequence[int],
    text: str,
    shaper: Shaper,
    font: Sequence[float],
    spacing: float,
) -> Iterator[tuple[int, float]]:
    """(index, amount): what a line drops that ends in a word behind that character, pt.

    A word may be cut after its own hyphens and the separators of an address; the kerning over the
    cut goes. Where a soft hyphen ends the line, the hyphen drawn takes room: a negative amount.
    """
    for token in tokens:
        if not token.shaped or min(penalties[token.start + 1 : token.end + 1]) >= BAN:
            continue
        for at in range(token.start + 1, token.end + 1):
            soft = text[at - 1] == "\u00ad"
            if penalties[at] >= BAN or (at == token.end and not soft):
                continue
            dropped = _kern(token, at, text, shaper, font, spacing)
            if soft:
                dropped -= hyphen_width(token)
            if dropped:
                yield at - 1, dropped
