"""Cantonese readings in Jyutping, by ToJyutping and the rules of cantonese.txt."""

from __future__ import annotations

import re
from typing import Any, Final

from publisher.transforms.annotate.model import Word, missing
from publisher.transforms.annotate.phrases import KEY
from publisher.transforms.annotate.polyphones import cantonese

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
        rules, simple = cantonese(), text.translate(KEY)
        for run in _HAN.finditer(text):
            readings = self._library.get_jyutping_list(run[0])
            for at, (char, reading) in enumerate(readings):
                place = run.start() + at
                asked, _ = rules.read(simple, place, 1)
                if asked or reading:
                    found.append(Word(place, char, ((0, len(char), asked or reading),)))
        return found
