"""Furigana by the dictionary UniDic, word by word, without the kana that words end in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from publisher.transforms.annotate.model import Word, missing

_KANJI: Final = "[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
_HIRAGANA: Final = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


class JapaneseReader:
    """Reads words of Japanese text.

    Raises:
        ConfigError: fugashi or its dictionary is not installed.
    """

    def __init__(self) -> None:
        try:
            import fugashi
            import unidic_lite
        except ImportError as problem:
            raise missing(problem.name or "fugashi", problem) from problem
        self._tagger: Any = fugashi.Tagger(f'-d "{unidic_lite.DICDIR}"')

    def words(self, text: str) -> list[Word]:
        """The words of a text that have kanji."""
        found: list[Word] = []
        start = 0
        for token in self._tagger(text) if text.strip() else ():
            surface = str(token.surface)
            at = text.find(surface, start)
            if at < 0:
                continue
            start = at + len(surface)
            kana = getattr(token.feature, "kana", None)
            if not kana or kana == "*" or not re.search(_KANJI, surface):
                continue
            parts = furigana(surface, str(kana))
            if parts:
                found.append(Word(at, surface, parts))
        return found


@lru_cache(maxsize=20_000)
def furigana(word: str, reading: str) -> tuple[tuple[int, int, str], ...]:
    """(start, end, reading) of the kanji of a word; nothing where the two do not agree.

    Args:
        word: As it is written: 取り扱い.
        reading: All of it in kana: トリアツカイ.
    """
    kana = reading.translate(_HIRAGANA)
    pieces = re.split(f"({_KANJI})", word)
    pattern = "".join(
        f"({'.+?' if n + 2 < len(pieces) else '.+'})"
        if n % 2
        else re.escape(piece.translate(_HIRAGANA))
        for n, piece in enumerate(pieces)
    )
    match = re.fullmatch(pattern, kana)
    if match is None:
        return ()
    found: list[tuple[int, int, str]] = []
    at = 0
    for number, piece in enumerate(pieces):
        if number % 2:
            found.append((at, at + len(piece), match[number // 2 + 1]))
        at += len(piece)
    return tuple(found)
