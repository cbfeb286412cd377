"""Whether a plain text is in Aozora Bunko's notation.

Apart from the reader of it, since many texts have to be looked at and few are.
"""

from __future__ import annotations

import re
from typing import Final

LEGEND: Final = "【テキスト中に現れる記号について】"
_NOTE: Final = r"［＃([^］\n]{1,80})］"
_RUBY: Final = "(?:[\u3400-\u9fff々〆ヶ]|｜[^《》｜\n]{1,20})《[ぁ-ゖァ-ヺー・]{1,20}》"
_EVIDENCE: Final = 3


def is_aozora(text: str) -> bool:
    """Whether a text is in the notation: its legend, three of its notes, or ruby all over."""
    if LEGEND in text:
        return True
    if text.count("［＃") >= _EVIDENCE:
        from publisher.readers.aozora.inline import known_notes

        words = tuple(known_notes())
        notes = (m for m in re.finditer(_NOTE, text) if any(word in m[1] for word in words))
        if len(list(zip(range(_EVIDENCE), notes, strict=False))) == _EVIDENCE:
            return True
    if text.count("》") < _EVIDENCE:
        return False
    ruby = re.finditer(_RUBY, text)
    return len(list(zip(range(_EVIDENCE), ruby, strict=False))) == _EVIDENCE
