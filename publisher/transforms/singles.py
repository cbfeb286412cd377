"""Characters that are words of their own, and what stands around them says which form they have.

A phrase book knows words of several characters; for one alone it has its first choice, though 云
before a colon says something (诗云：), and 只 behind a number counts (十几只).
"""

from __future__ import annotations

import re
from typing import Final

from publisher.text.words.lattice import read_run
from publisher.transforms.surnames import surnames

_HAN_BEFORE: Final = re.compile("[\u3400-\u9fff]*$")
_SAYS: Final = re.compile(
    "云(?=[：:]|，[“‘「『])|(?<=》)云(?=[“「，])|(?<=自)云(?=[，\u3400-\u9fff])"
)
_COUNTS: Final = re.compile("(?<=[几十百千万数])只(?![\u3400-\u9fff])")


def singles(text: str) -> dict[int, str]:
    """By place in a Simplified text, the Traditional form of a character that is a word alone."""
    found = surnames(text)
    if "云" in text:
        found.update(dict.fromkeys(_says(text), "云"))
    if "只" in text:
        found.update({match.start(): "隻" for match in _COUNTS.finditer(text)})
    return found


def _says(text: str) -> list[int]:
    """Places of 云 that says something, and is no cloud: 白云： is a word."""
    found = []
    for match in _SAYS.finditer(text):
        run = _HAN_BEFORE.findall(text[: match.end()])[0]
        start, word = read_run(run, lambda _: 0.0).words[-1]
        if len(word) == 1 and start == len(run) - 1:
            found.append(match.start())
    return found
