"""The word list: by the Simplified form of a word, the Traditional words that have it."""

from __future__ import annotations

import zlib
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Final

from publisher.record import NamedTuple
from publisher.text.words._forms import (
    CHOICES,
    SIMPLIFIED,
    SIMPLIFIED_ONLY,
    TRADITIONAL,
    VARIANTS,
    VARIANTS_OF,
)

# To the Simplified character that a Traditional one becomes, and to the one that stands for all
# shapes and spellings that count as the same. Neither changes a length.
TO_KEY: Final = str.maketrans(TRADITIONAL, SIMPLIFIED)
TO_CLASS: Final = str.maketrans(VARIANTS, VARIANTS_OF)
AMBIGUOUS: Final = frozenset(CHOICES)  # Simplified characters with more than one Traditional class
ONLY_SIMPLIFIED: Final = frozenset(SIMPLIFIED_ONLY)
_STEP: Final = 0.05  # nats between two ranks of frequency


# The usual shape of classes that are named after a rarer one.
_SHAPES: Final = {"埰": "採", "枴": "拐", "泝": "溯", "裏": "裡", "麪": "麵"}


def usual_shape(char: str, *, hong_kong: bool = False) -> str:
    """A character as texts write it, from the one that names its class."""
    if hong_kong and char == "裏":
        return char
    return _SHAPES.get(char, char)


class Lexicon(NamedTuple):
    """The words.

    Attributes:
        entries: By Simplified form: (word, cost) of each word that has it. Words are in classes
            (`TO_CLASS`); a cost is the negative logarithm of the word's share of all words (nats).
        longest: By first character of the Simplified form, the length of the longest word.
    """

    entries: dict[str, tuple[tuple[str, float], ...]]
    longest: dict[str, int]


@cache
def lexicon() -> Lexicon:
    """The word list, loaded once.

    The file holds a line for each rank of frequency, the words after it; then, behind an empty
    line, words whose Simplified form is not that of their characters (彷彿 is 仿佛): both, and the
    rank.
    """
    data = (Path(__file__).parent / "words.z").read_bytes()
    usual, _, others = zlib.decompress(data).decode().partition("\n\n")
    words: list[str] = []
    costs: list[float] = []
    for line in usual.split("\n"):
        rank, *found = line.split(" ")
        words += found
        costs += repeat(int(rank) * _STEP, len(found))
    keys = "\n".join(words).translate(TO_KEY).split("\n")
    pairs = list(zip(words, costs, strict=True))
    entries: dict[str, tuple[tuple[str, float], ...]] = dict(
        zip(keys, zip(pairs, strict=True), strict=True)
    )
    if len(entries) < len(keys):
        _add_all_of_shared(entries, keys, pairs)
    for line in others.split("\n"):
        word, key, rank = line.split(" ")
        entries[key] = (*entries.get(key, ()), (word, int(rank) * _STEP))
    longest: dict[str, int] = {}
    for size in range(1, 8):
        longest.update(dict.fromkeys((k[0] for k in entries if len(k) == size), size))
    return Lexicon(entries, longest)


def _add_all_of_shared(
    entries: dict[str, tuple[tuple[str, float], ...]],
    keys: list[str],
    pairs: list[tuple[str, float]],
) -> None:
    """Gives keys that several words have all of them; `entries` holds the last of each."""
    seen: dict[str, int] = {}
    for place, key in enumerate(keys):
        first = seen.setdefault(key, place)
        if first != place:
            known = entries[key] if first < 0 else (pairs[first],)
            entries[key] = (*known, pairs[place])
            seen[key] = -1
