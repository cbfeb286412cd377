"""Mandarin words with their readings: dictionaries, and the likeliest way to part a run in them.

pypinyin's phrases and those of CC-CEDICT (through the package pypinyin-dict, CC BY-SA 4.0) are
looked up in Simplified characters, so that text of either script finds them; how often a word
occurs is the word list's (`publisher.text.words`).
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from publisher.text.words.lexicon import TO_KEY, lexicon
from publisher.transforms.annotate.model import missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Readings = Sequence[Sequence[str]]

# Words are looked up in Simplified characters. 著 is what Taiwan writes for 着 as well.
KEY: Final = {**TO_KEY, ord("著"): ord("着")}
_UNKNOWN: Final = 18.0  # nats: of a character that the word list lacks
_RARE: Final = 16.0  # of a dictionary's word that it lacks
_OWN: Final = 10.5  # of a word of the rules that it lacks
_NEUTRAL: Final = re.compile("[a-zü]+")


class Phrases:
    """Words and readings.

    Args:
        own: Words of the rules, in Simplified characters, before all dictionaries.

    Raises:
        ConfigError: A package is not installed.
    """

    def __init__(self, own: Mapping[str, tuple[str, ...]]) -> None:
        try:
            from pypinyin import constants
        except ImportError as problem:
            raise missing("pypinyin", problem) from problem
        try:
            from pypinyin_dict.phrase_pinyin_data import cc_cedict
        except ImportError as problem:
            raise missing("pypinyin-dict", problem) from problem
        self._own = own
        self._usual = _by_key(constants.PHRASES_DICT)
        self._cedict = _by_key(cc_cedict.phrases_dict)
        self._characters: Any = constants.PINYIN_DICT
        self._costs: dict[str, float] = {}
        self._longest: dict[str, int] = {}  # by the first two characters of a word
        for word in chain(self._usual, self._cedict, own):
            pair, size = word[:2], len(word)
            if size > self._longest.get(pair, 0):
                self._longest[pair] = size

    def cut(self, run: str) -> list[tuple[int, int]]:
        """(start, end) of the likeliest words of a run in Simplified characters (Viterbi)."""
        size = len(run)
        best = [0.0] + [1e9] * size
        back = [0] * (size + 1)
        costs, longest = self._costs, self._longest
        for start in range(size):
            so_far = best[start]
            last = start + longest.get(run[start : start + 2], 1)
            for end in range(start + 1, min(size, last) + 1):
                part = run[start:end]
                cost = costs.get(part)
                if cost is None:
                    cost = costs[part] = self._cost(part)
                if so_far + cost < best[end]:
                    best[end] = so_far + cost
                    back[end] = start
        found: list[tuple[int, int]] = []
        while size:
            found.append((back[size], size))
            size = back[size]
        return found[::-1]

    def _cost(self, part: str) -> float:
        """What a word costs in nats; a part that has no readings is none."""
        entries = lexicon().entries
        forms = (part, part.replace("着", "著")) if "着" in part else (part,)
        listed = min((cost for form in forms for _, cost in entries.get(form, ())), default=None)
        if part in self._own:
            return min(_OWN, _OWN if listed is None else listed)
        if len(part) == 1:
            return _UNKNOWN if listed is None else listed
        if part not in self._cedict and part not in self._usual:
            return 1e6
        return _RARE if listed is None else listed

    def readings(self, word: str) -> list[tuple[str, ...]]:
        """The readings that a word's characters may have: one each where the word decides.

        CC-CEDICT knows neutral tones best; where it is of two minds, pypinyin's phrase decides if
        it is one of them.
        """
        own = self._own.get(word)
        if own is not None:
            return [() if reading == "?" else (reading,) for reading in own]
        listed, usual = self._cedict.get(word), self._usual.get(word)
        found = listed if listed is not None and len(listed) == len(word) else usual
        if found is None or len(found) != len(word):
            return [self.character(char) for char in word]
        if usual is None or len(usual) != len(word):
            usual = found
        return [
            (second[0],) if len(first) > 1 and second[0] in first else tuple(first)
            for first, second in zip(found, usual, strict=True)
        ]

    def character(self, char: str) -> tuple[str, ...]:
        """The readings of a character, the usual one first."""
        found = self._characters.get(ord(char), "")
        return tuple(found.split(",")) if found else ()


def _by_key(phrases: Mapping[str, Any]) -> dict[str, Readings]:
    keys: Iterable[str] = "\n".join(phrases).translate(KEY).split("\n")
    return dict(zip(keys, phrases.values(), strict=True))


def is_neutral(reading: str) -> bool:
    """Whether a syllable of pinyin has no tone mark."""
    return _NEUTRAL.fullmatch(reading) is not None
