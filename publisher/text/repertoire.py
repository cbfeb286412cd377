"""Which characters a text is made of, asked without a pattern where the text is short.

Compiling a character class with all of Han takes longer than looking at every character of an
article; for a book the compiled pattern is many times as fast.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

_COMPILED_FROM: Final = 30_000  # characters looked at before a pattern pays


@lru_cache(maxsize=8192)
def within(char: str, ranges: str) -> bool:
    """Whether a character is in `ranges`, written as in a pattern's class: single ones and ``a-z``.

    >>> within("b", "xa-c"), within("y", "xa-c")
    (True, False)
    """
    at, end = 0, len(ranges)
    while at < end:
        last = at + 2 if ranges[at + 1 : at + 2] == "-" and at + 2 < end else at
        if ranges[at] <= char <= ranges[last]:
            return True
        at = last + 1
    return False


class Repertoire:
    """A set of characters, given as in a pattern's class without escapes."""

    __slots__ = ("_looked_at", "_members", "_pattern", "_ranges")

    def __init__(self, ranges: str) -> None:
        self._ranges = ranges
        self._members: set[str] = set()
        self._looked_at = 0
        self._pattern: re.Pattern[str] | None = None

    def holds(self, text: str) -> bool:
        """Whether every character of `text` is in the set."""
        if self._pattern is None:
            self._looked_at += len(text)
            if self._looked_at < _COMPILED_FROM:
                return self._look(text)
            escaped = re.sub(r"[\\\]\[^&~|]", r"\\\g<0>", self._ranges)
            self._pattern = re.compile(f"[{escaped}]*")
        return self._pattern.fullmatch(text) is not None

    def _look(self, text: str) -> bool:
        members = self._members
        for char in set(text) - members:
            if not within(char, self._ranges):
                return False
            members.add(char)
        return True


@cache
def repertoire(ranges: str) -> Repertoire:
    """A set of characters that remembers what it was asked in earlier documents."""
    return Repertoire(ranges)
