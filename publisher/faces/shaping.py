"""Which text draws one glyph a character, so that shaping it can be skipped.

The rule, for horizontal text in the face of the text's own language: Han, kana, bopomofo, hangul
syllables, CJK punctuation, full-width forms, enclosed and squared characters, curly quotes,
ellipses, European digits, ASCII punctuation and spaces are *simple*.
Everything else may take part in ligatures (pairs of U+2014, fi), kerning (Latin), composition
(marks, jamo) or substitution (variation selectors, `calt`). Kerning counts as off, as `Face.shape`
has it for CJK scripts; and Noto CJK's wider space beside hangul in a face of another language than
Korean is left out of account. Tests shape every simple character, and many pairs, in the vendored
faces to prove it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from publisher.faces.clusters import EXTENDERS
from publisher.text.repertoire import Repertoire, within

_CJK = (
    " -@[\\]^_`{|}~\u00a0\u00b7\u2018\u2019\u201c\u201d\u2025\u2026\u203b\u2460-\u24ff"
    "\u3000-\u3029\u3030\u3036-\u303d\u3041-\u3096\u309b-\u30ff\u3105-\u312f\u3131-\u3163"
    "\u3165-\u318e\u31a0-\u31bf\u31c0-\u31e3\u31f0-\u31ff\u3200-\u33ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\uff01-\uff9d\uffe0-\uffe6\U00020000-\U0003fffd"
)
_PUNCTUATION: Final = " -@[-`{-~"  # with spaces and digits: what may stand inside Western text


def _ranges(role: str) -> str:
    # Typewriter faces neither kern nor ligate, so code needs no shaping (proved by a test too).
    return _CJK + "A-Za-z" if role == "mono" else _CJK


@cache
def simple(role: str) -> Repertoire:
    """The characters that are simple in a face of this role."""
    return Repertoire(_ranges(role))


class _Letters(dict[int, str]):
    """Code point -> ``o`` not simple, ``d`` digit, ``p`` ASCII punctuation, ``s`` other simple."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._simple = _ranges(role)

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if not within(char, self._simple):
            letter = "o"
        elif "0" <= char <= "9":
            letter = "d"
        else:
            letter = "p" if within(char, _PUNCTUATION) else "s"
        self[code] = letter
        return letter


@cache
def _letters(role: str) -> _Letters:
    return _Letters(role)


_SPANS: Final = re.compile("o+(?:[pd]+o+)*d*")


@cache
def _extender() -> re.Pattern[str]:
    return re.compile(f"[{EXTENDERS}]")


def spans(text: str, role: str) -> list[tuple[int, int]]:
    """Whole stretches (start, end) that are not simple.

    Bases stay with their marks, digits with the letters before or behind them; ASCII punctuation
    and spaces between Western words are inside.
    """
    found: list[tuple[int, int]] = []
    for match in _SPANS.finditer(text.translate(_letters(role))):
        start, end = match.span()
        if start and text[start] > "\u02ff" and _extender().match(text, start):
            start -= 1
        while start and "0" <= text[start - 1] <= "9":
            start -= 1
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found
