"""Lines that only part scenes: ``* * *``, ``◇◇◇``, ``————``."""

from __future__ import annotations

import re
from typing import Final, Literal

# One sign, three times and more; a dash is a pause of speech up to three of them.
_SIGNS: Final = re.compile(r"[\s　]*(?:⁂|([*＊※◇◆☆★△▽◈✽❖])(?:[\s　]*\1){2,})[\s　]*")
_RULE: Final = re.compile(
    r"[\s　]*(?:([-－_＿=＝])(?:[ 　]?\1){2,}|([—―–─━])(?:[ 　]?\2){3,})[\s　]*"
)


def scene_break(line: str) -> Literal["rule", "asterism", ""]:
    """The style of the break a line stands for; empty for a line with anything else in it."""
    if _SIGNS.fullmatch(line):
        return "asterism"
    return "rule" if _RULE.fullmatch(line) else ""
