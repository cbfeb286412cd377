"""Lines of one paragraph into one line: where a line feed vanishes and where it is a space.

CSS Text 3 section 4.1.3 (segment break transformation): between two characters of a script without
spaces nothing is left, anywhere else one space. Korean has spaces, also between Han characters.
"""

from __future__ import annotations

import re
from typing import Final

# Han, kana, bopomofo, CJK and full-width punctuation, half-width kana; Hangul is not among them.
_WIDE: Final = (
    "\u2e80-\u302d\u3030-\u30ff\u3105-\u312f\u3190-\u31ff\u3220-\u325f\u3280-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uff9f\uffe0-\uffe6\U00020000-\U0003ffff"
)
# Quotes, dashes, ellipsis and middle dot belong to the script of their neighbour.
_NEUTRAL: Final = "‘’“”—―…·"
_VANISHING: Final = re.compile(
    f"(?<=[{_WIDE}])\n(?=[{_WIDE}{_NEUTRAL}])"
    f"|(?<=[{_NEUTRAL}])\n(?=[{_WIDE}])"
    f"|(?<=[{_WIDE}][{_NEUTRAL}])\n(?=[{_NEUTRAL}])"
)


def join_lines(text: str, *, spaced: bool = False) -> str:
    """The text with each line feed gone or turned into a space.

    Args:
        text: Lines without white space at their ends.
        spaced: True for a language that keeps a space even between Han characters (Korean).
    """
    if "\n" not in text:
        return text
    if not spaced:
        text = _VANISHING.sub("", text)
    return text.replace("\n", " ")


def vanishes(before: str, after: str) -> bool:
    """True when a line feed between these neighbouring texts leaves nothing."""
    return _VANISHING.search(f"{before[-2:]}\n{after[:1]}") is not None
