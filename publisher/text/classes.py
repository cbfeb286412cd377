"""Classes of characters as strings of one letter a character, made at C speed by `str.translate`.

Two alphabets. *Break classes* are those of UAX #14 (Unicode 17), after rule LB1: see `LETTERS` in
tests/tools/make_tables.py; wide opening marks, initial and final quotes and unassigned pictographs
have letters of their own because rules ask for them. *Spacing classes* are the typographic ones:

====== ==================================================================================
``H``  Han, kana, bopomofo, full-width letters and figures, wide symbols
``G``  Hangul
``K``  small kana and the long mark (JLREQ cl-10, cl-11)
``I``  iteration marks
``O``  opening marks; ``C`` closing marks
``S``  full stops; ``M`` commas; ``N`` colon and semicolon; ``E`` dividing marks ！？
``D``  katakana middle dot; ``B`` other middle dots
``L``  leaders …; ``A`` dashes —
``T``  wave dash ～〜゠; ``U`` hyphen and en dash ‐–
``F``  full-width solidus
``P``  wide prefixes ￥; ``Q`` wide suffixes ％℃; ``p``, ``r`` narrow ones
``W``  ideographic space; ``s`` space; ``g`` no-break spaces; ``z`` zero-width space
``n``  European digits; ``a`` letters of Latin, Greek, Cyrillic and the like
``u``  curly quotes that open, ``v`` that close: CJK or Latin by context
``m``  marks, variation selectors, joiners; ``j`` word joiner; ``h`` soft hyphen
``X``  an object (U+FFFC); ``x`` everything else, ASCII punctuation most of all
====== ==================================================================================
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from itertools import accumulate
from typing import Final

_SPACING: Final = {
    "O": "（［｛｟〈《「『【〔〖〘〚〝«｢",
    "C": "）］｝｠〉》」』】〕〗〙〛〞〟»｣",
    "S": "。．｡",
    "M": "、，､﹐﹑﹒",
    "N": "：；﹔﹕",
    "E": "！？‼⁇⁈⁉",
    "D": "・･",
    "B": "·‧•",
    "L": "…‥⋯︙",
    "A": "—―⸺⸻",
    "T": "～〜゠",
    "U": "‐–",
    "F": "／",
    "I": "々〻ヽヾゝゞ〱〲",
    "P": "￥＄￡＃№",
    "Q": "％℃℉￠‰",
    "p": "$£€¥₩±",
    "r": "%°′″¢",
    "W": "\u3000",
    "s": " ",
    "g": "\u00a0\u202f\u2007",
    "z": "\u200b",
    "u": "“‘",
    "v": "”’",
    "j": "\u2060\ufeff",
    "h": "\u00ad",
    "X": "\ufffc",
    "G": "".join(map(chr, range(0x3131, 0x318F))),  # letters on their own, of class ID
    "K": "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶーｧｨｩｪｫｬｭｮｯｰ"
    + "".join(map(chr, range(0x31F0, 0x3200))),
}

# The spacing class of what is not named above, by its break class.
_BY_BREAK: Final = {
    "I": "H", "j": "K", "N": "H", "e": "H", "E": "H", "P": "H", "2": "G", "3": "G", "l": "G",
    "v": "G", "t": "G", "a": "a", "H": "a", "k": "a", "q": "a", "s": "a", "0": "n", "m": "m",
    "Z": "m", "r": "H", "y": "H",
}  # fmt: skip


class _BreakLetters(dict[int, str]):
    """Code point -> break class; looked up in the ranges when first asked for."""

    def __init__(self) -> None:
        super().__init__()
        from publisher.text import _tables

        self._starts = list(accumulate(int(step, 16) for step in _tables.STEPS.split()))
        self._kinds = _tables.KINDS

    def __missing__(self, code: int) -> str:
        letter = self._kinds[bisect_right(self._starts, code) - 1]
        if letter == "S":  # Hangul syllables: LV where no final consonant follows
            letter = "3" if (code - 0xAC00) % 28 else "2"
        self[code] = letter
        return letter


class _SpacingLetters(dict[int, str]):
    """Code point -> spacing class."""

    def __init__(self) -> None:
        super().__init__(
            (ord(char), letter) for letter, chars in _SPACING.items() for char in chars
        )

    def __missing__(self, code: int) -> str:
        if 0x4E00 <= code <= 0x9FFF:
            letter = "H"
        else:
            kind = break_letters()[code]
            letter = _BY_BREAK.get(kind, "x")
            if code < 0x80 and letter == "a" and not chr(code).isalpha():
                letter = "x"
        self[code] = letter
        return letter


@cache
def break_letters() -> dict[int, str]:
    """Code point -> letter of its UAX #14 class, for `str.translate`."""
    return _BreakLetters()


@cache
def spacing_letters() -> dict[int, str]:
    """Code point -> letter of its spacing class, for `str.translate`."""
    return _SpacingLetters()


def break_classes(text: str) -> str:
    """The UAX #14 class of each character; CJ and AI are still ``j`` and ``i``."""
    return text.translate(break_letters())


def spacing_classes(text: str) -> str:
    """The spacing class of each character."""
    return text.translate(spacing_letters())
