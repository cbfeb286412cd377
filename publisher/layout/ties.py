"""What runs and objects say about classes and line ends, beside the characters themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from publisher.layout.itemize import CODE_MARK
from publisher.layout.types import BoxedText, BreakObject, RubyObject
from publisher.text.classes import spacing_classes
from publisher.text.uax14 import BAN, FORCED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.layout.profiles import Profile
    from publisher.layout.regions import Regions
    from publisher.layout.types import Run, RunTable

# Where a long piece of code may be parted, if that spares a loose line: behind its signs.
_CODE_PIECE = re.compile("[!-~]{16,}")
_CODE_POINT = re.compile(r"(?:[/\\_@&?#:=,;(]|\.(?![0-9])|-(?=[A-Za-z]))(?=[A-Za-z0-9])")
_CODE_LEAST: Final = 4  # characters on either side
_PARTED: Final = 20
_CALLS_APART: Final = 0.25  # em of their own


def calls_apart(runs: Iterable[Run]) -> dict[int, float]:
    """Room, pt, before each note call right behind another, or behind an exponent.

    1 and 2 are not 12.
    """
    found, end = {}, -1
    for run in runs:
        if run.note and run.start == end:
            found[end] = _CALLS_APART * run.size
        if run.note or run.rise > 0:
            end = run.end
    return found


def with_objects(classes: str, table: RunTable, regions: Regions) -> str:
    """Spacing classes with those of the objects: what stands first in them."""
    if not table.objects:
        return classes
    letters = list(classes)
    for at, thing in table.objects.items():
        if isinstance(thing, BoxedText):
            letters[at] = spacing_classes(_stand_in(thing, regions.at(at)))
            continue
        first = spacing_classes(thing.base[:1]) if isinstance(thing, RubyObject) else "X"
        letters[at] = first if first in "HG" else "X"
    return "".join(letters)


def _stand_in(thing: BoxedText, profile: Profile) -> str:
    """The one character that a cell of text breaks and spaces like (JLREQ cl-30).

    Between spaces, a number is part of the hangul word it stands in.
    """
    if thing.text[-1] in "!?":
        return "！"
    return "0" if profile.keep_all else "字"


def standing_in(table: RunTable, regions: Regions) -> str:
    """The text for line breaking, objects as the single characters that they break like.

    UAX #14 lets a line end on either side of an object (LB20), and so begin with ：, っ or ー.
    """
    letters = None
    for at, thing in table.objects.items():
        if isinstance(thing, BreakObject):
            continue
        letters = letters or list(table.text)
        if isinstance(thing, BoxedText):
            letters[at] = _stand_in(thing, regions.at(at))
        else:
            letters[at] = _last_of(thing.base) if isinstance(thing, RubyObject) else "字"
    return "".join(letters) if letters else table.text


def _last_of(base: str) -> str:
    """A character that breaks like the end of a base with ruby: hangul, Latin, or any other."""
    letter = spacing_classes(base[-1:])
    return base[-1] if letter == "G" or (letter == "a" and base[-1].isalnum()) else "字"


def tie_runs(penalties: list[int], table: RunTable) -> None:
    """No line starts with a note call or with what is raised or lowered; forced line ends."""
    for run in table.runs:
        if run.start and (run.note or run.rise) and penalties[run.start] >= 0:
            penalties[run.start] = BAN
        if run.page_of:
            penalties[run.start + 1 : run.end] = [BAN] * (run.end - run.start - 1)
    for at, thing in table.objects.items():
        if isinstance(thing, BreakObject):
            penalties[at + 1] = FORCED
            if at and penalties[at] != FORCED:
                penalties[at] = BAN


def open_code(penalties: list[int], table: RunTable) -> None:
    """Long names and paths in code may be parted behind a sign, without a hyphen."""
    for run in table.runs:
        if CODE_MARK not in run.marks:
            continue
        for piece in _CODE_PIECE.finditer(table.text, run.start, run.end):
            first, last = piece.start() + _CODE_LEAST, piece.end() - _CODE_LEAST
            for point in _CODE_POINT.finditer(table.text, first - 1, last + 1):
                at = point.end()
                if at <= last and penalties[at] >= BAN:
                    penalties[at] = _PARTED
