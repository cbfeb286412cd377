"""What the readers of words give: words with their readings, and the user's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

from publisher.errors import ConfigError
from publisher.record import NamedTuple
from publisher.transforms.terms import read_list

if TYPE_CHECKING:
    from collections.abc import Callable

System: TypeAlias = Literal["pinyin", "zhuyin", "jyutping", "furigana"]

_REMEDY: Final = 'pip install "publisher-cjk[annotate]"'
_BOPOMOFO: Final = "[\u3105-\u312f\u31a0-\u31bf˙ˊˇˋ]+"
_LATIN: Final = "[A-Za-zÀ-ÿĀ-ſƀ-ɏ\u0300-\u036f1-9'’·]+"
_KANA: Final = "[\u3041-\u3096\u30a1-\u30faー]+"
_FORMS: Final = {
    "pinyin": (_LATIN, "pinyin, such as háng or hang2"),
    "zhuyin": (_BOPOMOFO, "bopomofo, such as ㄏㄤˊ"),
    "jyutping": (_LATIN, "Jyutping, such as hong4"),
    "furigana": (_KANA, "kana"),
}


class Word(NamedTuple):
    """A word of a text and how it is read.

    Attributes:
        start: Its place in the text; `text` the word.
        parts: (start in the word, end, reading) of each part that gets ruby of its own.
        sure: Whether more than frequency decided between readings.
    """

    start: int
    text: str
    parts: tuple[tuple[int, int, str], ...]
    sure: bool = True


class Reader(Protocol):
    """Says how the words of a text are read."""

    def words(self, text: str) -> list[Word]:
        """The words of a text that have readings, in order."""


def missing(name: str, problem: Exception) -> ConfigError:
    """The error for a library that is not installed."""
    error = ConfigError(
        f"readings need the package {name}, which is not installed",
        code="config.annotate",
        hint=_REMEDY,
    )
    error.__cause__ = problem
    return error


class Corrections(NamedTuple):
    """The user's own readings, by word, and the length of the longest."""

    readings: dict[str, tuple[str, ...]]
    longest: int


def read_corrections(file: str, system: System, mend: Callable[[str], str]) -> Corrections:
    """Words and their readings from a file, ``word = reading`` or with a tab, a line each.

    Args:
        file: A text file; empty for none.
        system: What the readings are.
        mend: Makes a reading what the writers take (tone numbers to marks).

    Raises:
        ConfigError: The file cannot be read, or a line is not a word and its readings.
    """
    if not file:
        return Corrections({}, 0)
    pattern, wanted = _FORMS[system]
    found: dict[str, tuple[str, ...]] = {}
    for number, line in read_list(file, "transform.annotate.corrections"):
        word, _, rest = (part.strip() for part in re.sub(r"\t+", "=", line, count=1).partition("="))
        readings = tuple(mend(part) for part in rest.split())
        one = system == "furigana" and len(readings) == 1
        if not word or not readings or (len(readings) != len(word) and not one):
            raise ConfigError(
                f"{line!r} is not a word and a reading for each character",
                where=f"{file}:{number}",
                code="config.annotate",
                hint="write it as 重慶 = chóng qìng",
            )
        bad = next((r for r in readings if not re.fullmatch(pattern, r)), None)
        if bad is not None:
            raise ConfigError(
                f"{bad!r} is no {wanted}", where=f"{file}:{number}", code="config.annotate"
            )
        found[word] = readings
    return Corrections(found, max(map(len, found), default=0))


def corrected(text: str, words: list[Word], own: Corrections) -> list[Word]:
    """The words of a text with the user's own, the longest first, in place of what they touch.

    One of a single character is taken where it is a word, not inside others: 和, but not 和平.
    """
    if not own.readings:
        return words
    inside = {
        place
        for word in words
        if len(word.text) > 1
        for place in range(word.start, word.start + len(word.text))
    }
    made: list[Word] = []
    at = 0
    taken: list[tuple[int, int]] = []
    while at < len(text):
        size = next(
            (n for n in range(min(own.longest, len(text) - at), 0, -1)
             if text[at : at + n] in own.readings), 0,
        )  # fmt: skip
        if size == 1 and at in inside:
            size = 0
        if size:
            word = text[at : at + size]
            readings = own.readings[word]
            parts = (
                ((0, size, readings[0]),)
                if len(readings) == 1
                else tuple((n, n + 1, reading) for n, reading in enumerate(readings))
            )
            made.append(Word(at, word, parts))
            taken.append((at, at + size))
        at += size or 1
    for read in words:
        kept = tuple(
            part
            for part in read.parts
            if not any(a < read.start + part[1] and read.start + part[0] < b for a, b in taken)
        )
        if kept:
            made.append(read._replace(parts=kept))
    return sorted(made, key=lambda each: each.start)


def known_words(file: str) -> frozenset[str]:
    """Words that need no reading, from a file, a word a line.

    Raises:
        ConfigError: The file cannot be read.
    """
    if not file:
        return frozenset()
    return frozenset(line for _, line in read_list(file, "transform.annotate.known"))
