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

from publisher.faces.clusters import EXTENDERS

_CJK = (
    " -@\\[\\\\\\]^_`{|}~\u00a0\u00b7\u2018\u2019\u201c\u201d\u2025\u2026\u203b\u2460-\u24ff"
    "\u3000-\u3029\u3030\u3036-\u303d\u3041-\u3096\u309b-\u30ff\u3105-\u312f\u3131-\u3163"
    "\u3165-\u318e\u31a0-\u31bf\u31c0-\u31e3\u31f0-\u31ff\u3200-\u33ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\uff01-\uff9d\uffe0-\uffe6\U00020000-\U0003fffd"
)


def _simple(role: str) -> str:
    # Typewriter faces neither kern nor ligate, so code needs no shaping (proved by a test too).
    return _CJK + "A-Za-z" if role == "mono" else _CJK


@cache
def pattern(role: str) -> re.Pattern[str]:
    """Finds the first character of a text that is not simple in a face of this role."""
    return re.compile(f"[^{_simple(role)}]")


@cache
def _span_pattern(role: str) -> re.Pattern[str]:
    other = f"[^{_simple(role)}]+"
    return re.compile(f"{other}(?:[ -@\\[-`{{-~]+{other})*[0-9]*")


@cache
def _extender() -> re.Pattern[str]:
    return re.compile(f"[{EXTENDERS}]")


def spans(text: str, role: str) -> list[tuple[int, int]]:
    """Whole stretches (start, end) that are not simple.

    Bases stay with their marks, digits with the letters before or behind them; ASCII punctuation
    and spaces between Western words are inside.
    """
    found: list[tuple[int, int]] = []
    extender = _extender()
    for match in _span_pattern(role).finditer(text):
        start, end = match.span()
        if start and extender.match(text, start):
            start -= 1
        while start and "0" <= text[start - 1] <= "9":
            start -= 1
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found
