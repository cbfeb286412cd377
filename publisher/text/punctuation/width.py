"""Full-width letters and digits to narrow ones.

A single letter or digit stays: in vertical text it stands upright in its own cell, and Japanese
houses set one digit wide and more of them narrow; beside Han it is mostly a label (Ａ班, Ｂ型).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from publisher.text.punctuation.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.text.punctuation.model import View

_DIGIT: Final = "[\uff10-\uff19]"
_ALNUM: Final = "[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
# Marks inside a number stay with it: 3．14, 12：30, 1，234, 2024／1／1, 03－1234－5678.
_INSIDE: Final = (
    f"[．／](?={_DIGIT})|：(?={_DIGIT}{{2}}(?!{_DIGIT}))|，(?={_DIGIT}{{3}}(?!{_DIGIT}))"
)
_TABLE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def width(view: View) -> Iterator[Edit]:
    """Runs of at least two full-width letters or digits, and numbers with the marks in them."""
    for match in _runs().finditer(view.text):
        start, end = match.span()
        before = match.group()
        sure = view.profile != "ja"  # a choice of the house there, above all on vertical pages
        yield Edit(start, end, before, before.translate(_TABLE), "fullwidth-alnum", sure)


@cache
def _runs() -> re.Pattern[str]:
    inside = f"(?<={_DIGIT})(?:{_INSIDE})|－(?={_ALNUM})"
    return re.compile(f"{_ALNUM}(?:{inside}|{_ALNUM})+(?<={_ALNUM})")
