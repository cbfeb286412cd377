"""Properties of characters as Unicode 17.0 publishes them: orientation, width, line-break class.

Complete for all code points; the tables are loaded when first asked. `publisher.text.classes` has
the letters that layout works with, which are these after rule LB1 and finer where rules ask.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from itertools import accumulate
from typing import Final, Literal, TypeAlias, cast

Orientation: TypeAlias = Literal["U", "R", "Tu", "Tr"]
Width: TypeAlias = Literal["A", "F", "H", "N", "Na", "W"]

# One letter a value, for texts: t is Tu, r is Tr.
ORIENTATION_LETTERS: Final = {"U": "U", "R": "R", "Tu": "t", "Tr": "r"}


class _Property(dict[int, str]):
    """Code point -> value of one property; looked up in its ranges when first asked for."""

    def __init__(self, names: str, steps: str, kinds: str) -> None:
        super().__init__()
        values = names.split()
        self._starts = list(accumulate(int(step, 16) for step in steps.split()))
        self._values = [values[_place(kind)] for kind in kinds]

    def __missing__(self, code: int) -> str:
        value = self[code] = self._values[bisect_right(self._starts, code) - 1]
        return value


def _place(letter: str) -> int:
    code = ord(letter)
    return code - 65 if code < 91 else code - 71  # A to Z, a to z


@cache
def _orientations() -> _Property:
    from publisher.text import _properties as table

    return _Property(table.ORIENTATION_NAMES, table.ORIENTATION_STEPS, table.ORIENTATION_KINDS)


@cache
def _widths() -> _Property:
    from publisher.text import _properties as table

    return _Property(table.WIDTH_NAMES, table.WIDTH_STEPS, table.WIDTH_KINDS)


@cache
def _line_breaks() -> _Property:
    from publisher.text import _properties as table

    return _Property(table.LINE_BREAK_NAMES, table.LINE_BREAK_STEPS, table.LINE_BREAK_KINDS)


class _OrientationLetters(dict[int, str]):
    """Code point -> letter of its orientation, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        letter = self[code] = ORIENTATION_LETTERS[_orientations()[code]]
        return letter


@cache
def _orientation_letters() -> _OrientationLetters:
    return _OrientationLetters()


def vertical_orientation(char: str) -> Orientation:
    """Vertical_Orientation of a character (UAX #50).

    U stands upright, R is turned 90 degrees clockwise; Tu and Tr take their vertical form and,
    where the font has none, stand upright or are turned.
    """
    return cast("Orientation", _orientations()[ord(char)])


def orientations(text: str) -> str:
    """Vertical_Orientation of each character, one letter each: U, R, t (Tu), r (Tr)."""
    return text.translate(_orientation_letters())


def width_class(char: str) -> Width:
    """East_Asian_Width of a character (UAX #11): A, F, H, N, Na or W."""
    return cast("Width", _widths()[ord(char)])


def line_break_class(char: str) -> str:
    """Line_Break of a character (UAX #14) before rule LB1, by its short name: AL, ID, CJ ..."""
    return _line_breaks()[ord(char)]
