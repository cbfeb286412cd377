"""Cantonese readings in Jyutping, by ToJyutping."""

from __future__ import annotations

import re
from typing import Any, Final

from publisher.transforms.annotate.model import Word, missing

_HAN: Final = re.compile("[\u3007\u3400-\u9fff\U00020000-\U0003ffff]+")


class CantoneseReader:
    """Reads words of Chinese text in Cantonese.

    Raises:
        ConfigError: ToJyutping is not installed.
    """

    def __init__(self) -> None:
        try:
            import ToJyutping
        except ImportError as problem:
            raise missing("ToJyutping", problem) from problem
        self._library: Any = ToJyutping

    def words(self, text: str) -> list[Word]:
        """The characters of a text with their readings; phrases decide, but are not told apart."""
        found: list[Word] = []
        for run in _HAN.finditer(text):
            readings = self._library.get_jyutping_list(run[0])
            for at, (char, reading) in enumerate(readings):
                if reading:
                    found.append(Word(run.start() + at, char, ((0, len(char), reading),)))
        return found
