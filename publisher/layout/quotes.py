"""Curly quotes, dashes and ellipses: CJK or Latin, decided by context before any font is chosen.

Both halves of a pair take the same decision (cjk-typography 2). The marks are full-width in CJK
text and proportional in Latin text, but the characters are the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from publisher.layout.profiles import Profile

_CJK: Final = frozenset("HKIGOCSMNEDLPQWTF")
_LATIN: Final = frozenset("anxprU-")
_CONTENT = re.compile("[HKIGOCSMNEDPQWTF]")
_WESTERN = re.compile("[an]")
_QUOTE = re.compile("[“”‘’]")
_OPENERS: Final = {"”": "“", "’": "‘"}
_RUN = re.compile("[LA]+")
_YEAR = re.compile("’[0-9]{2}(?![0-9])")  # ’90s: figures are left out
_FEET = re.compile("[0-9]’[0-9.]{1,4}”")  # and inches
_LETTER: Final = frozenset("HKIG")


def resolve_shared_marks(text: str, classes: str, profile: Profile) -> tuple[str, frozenset[int]]:
    """Spacing classes with curly quotes decided, and the positions of marks set as Latin.

    CJK quotes become ``O`` and ``C``; Latin ones stay ``u`` and ``v``. Dashes and leaders between
    Latin letters become ``x`` (they break and space like Latin punctuation).
    """
    western: set[int] = set()
    letters = list(classes)
    if "u" in classes or "v" in classes:
        _quotes(text, letters, western, profile)
    if "A" in classes or "L" in classes:
        for match in _RUN.finditer(classes):
            start, end = match.span()
            if _neighbour(classes, start, -1) in _LATIN and (
                _neighbour(classes, end - 1, 1) in _LATIN or profile.name == "ko"
            ):
                western.update(range(start, end))
                if profile.name != "ko":
                    letters[start:end] = "x" * (end - start)
    return "".join(letters), frozenset(western)


def _quotes(text: str, letters: list[str], western: set[int], profile: Profile) -> None:
    classes = "".join(letters)
    cjk = profile.cjk_quotes and (
        _CONTENT.search(classes) is not None or _WESTERN.search(classes) is None
    )
    for start, end in _pairs(text, classes):
        if (
            cjk
            and _is_cjk(classes, start, end)
            and not (start < 0 and _is_sign(text, classes, end))
        ):
            if start >= 0:
                letters[start] = "O"
            if end >= 0:
                letters[end] = "C"
        elif not (start < 0 and _is_apostrophe(classes, end)):
            # An apostrophe stays in its word: the word as a whole gets a face.
            western.update(at for at in (start, end) if at >= 0)


def _pairs(text: str, classes: str) -> list[tuple[int, int]]:
    """(opening, closing) quotes; -1 for the half that is not there. Apostrophes stand alone."""
    found: list[tuple[int, int]] = []
    waiting: dict[str, list[int]] = {mark: [] for mark in _OPENERS.values()}
    for match in _QUOTE.finditer(text):
        at = match.start()
        if text[at] in waiting:
            waiting[text[at]].append(at)
        elif text[at] == "’" and _is_apostrophe(classes, at):
            found.append((-1, at))
        else:
            openers = waiting[_OPENERS[text[at]]]
            found.append((openers.pop() if openers else -1, at))
    found += [(at, -1) for at in sorted(chain(*waiting.values()))]
    return found


def _is_apostrophe(classes: str, at: int) -> bool:
    return classes[at - 1 : at] == "a" and classes[at + 1 : at + 2] == "a"


def _is_sign(text: str, classes: str, at: int) -> bool:
    """Whether a mark that closes nothing stands for figures left out, or for feet or inches."""
    if _YEAR.match(text, at):
        return True
    if at and text[at - 1] in "0123456789":
        # Before a stop it may close what an earlier paragraph has opened.
        return classes[at + 1 : at + 2] in _LETTER or any(
            _FEET.fullmatch(text, first, at + 1) for first in range(max(at - 6, 0), at - 2)
        )
    return False


def _is_cjk(classes: str, start: int, end: int) -> bool:
    """Whether a neighbour, inside or outside, is CJK; an edge of the paragraph counts as such."""
    if start < 0 and _is_apostrophe(classes, end):
        return False
    sides = []
    if start >= 0:
        sides += [_neighbour(classes, start, -1), _neighbour(classes, start, 1)]
    if end >= 0:
        sides += [_neighbour(classes, end, -1), _neighbour(classes, end, 1)]
    return not all(side in _LATIN for side in sides)


def _neighbour(classes: str, at: int, step: int) -> str:
    """The next class that is neither a space nor a mark shared by scripts; empty at an edge."""
    at += step
    for _ in range(_NEAR):
        if not 0 <= at < len(classes):
            return ""
        if classes[at] not in _SKIPPED:
            return classes[at]
        at += step
    found = _not_skipped(classes)
    place = bisect_left(found, at) if step > 0 else bisect_right(found, at) - 1
    return classes[found[place]] if 0 <= place < len(found) else ""


_SKIPPED: Final = "sgmjzuvAL"
_NEAR: Final = 20  # characters that are looked at one by one


@lru_cache(maxsize=2)
def _not_skipped(classes: str) -> list[int]:
    """Where neighbours of quotes may stand: a row of thousands of quotes is looked through once."""
    return [match.start() for match in re.finditer(f"[^{_SKIPPED}]", classes)]
