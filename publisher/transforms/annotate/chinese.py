"""Mandarin readings by pypinyin's phrases: pinyin with tone marks, or bopomofo."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from publisher.transforms.annotate.model import Corrections, Word, corrected, missing
from publisher.transforms.opencc import convert_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_HAN: Final = re.compile("[\u3007\u3400-\u9fff\U00020000-\U0003ffff]+")
# In dictionaries 一 and 不 have one tone, whatever it becomes before another (GB/T 16159, 7.1).
_PLAIN: Final = {"一": ("yī", "ㄧ"), "不": ("bù", "ㄅㄨˋ")}
# Words that stand alone so often that their usual reading is no guess.
_USUAL: Final = frozenset(
    "的了着著是不一在有我他她它这這那個个們们和也就都要说說到去会會看好没沒上下大小中子里裡人来來"
    "把被給给從从對对呢"
)
# Readings of Taiwan's standard (國語一字多音審訂表) where they are not the mainland's.
_TAIWAN: Final = {
    "期": "qí", "企": "qì", "質": "zhí", "識": "shì", "究": "jiù", "危": "wéi", "微": "wéi",
    "薇": "wéi", "惜": "xí", "息": "xí", "昔": "xí", "夕": "xì", "液": "yì", "擁": "yǒng",
    "俄": "è", "亞": "yà", "帆": "fán", "擊": "jí", "績": "jī", "跡": "jī", "寂": "jí",
    "突": "tú", "叔": "shú", "淑": "shú", "菌": "jùn", "儲": "chú", "髮": "fǎ", "鞠": "jú",
    "誼": "yí", "攜": "xī",
}  # fmt: skip
_TAIWAN_WORDS: Final = {"垃圾": "lè sè", "法國": "fà guó", "暴露": "pù lù"}


class MandarinReader:
    """Reads words of Chinese text in either script.

    Args:
        bopomofo: Symbols instead of letters.
        taiwan: Taiwan's readings where they differ.

    Raises:
        ConfigError: pypinyin is not installed.
    """

    def __init__(self, *, bopomofo: bool, taiwan: bool) -> None:
        try:
            import pypinyin
            from pypinyin.seg.mmseg import seg
        except ImportError as problem:
            raise missing("pypinyin", problem) from problem
        self._pypinyin: Any = pypinyin
        self._cut: Any = seg.cut
        self._style = pypinyin.Style.BOPOMOFO if bopomofo else pypinyin.Style.TONE
        self._form = int(bopomofo)
        self._own = _TAIWAN if taiwan else {}
        words = _TAIWAN_WORDS.items() if taiwan else ()
        own = {word: tuple(map(self._styled, reading.split())) for word, reading in words}
        self._words = Corrections(own, max(map(len, own), default=0))
        self._run = lru_cache(maxsize=20_000)(self._words_of_run)

    def words(self, text: str) -> list[Word]:
        """The words of a text, a reading a character."""
        found = [
            word._replace(start=run.start() + word.start)
            for run in _HAN.finditer(text)
            for word in self._run(run[0])
        ]
        return corrected(text, found, self._words)

    def _words_of_run(self, run: str) -> tuple[Word, ...]:
        simple = convert_text(run, ("t2s",))
        if len(simple) != len(run):
            simple = run
        return tuple(self._in_words(run, simple))

    def _in_words(self, run: str, simple: str) -> Iterator[Word]:
        start = 0
        for part in self._cut(simple):
            end = start + len(part)
            readings = self._readings(part)
            word = run[start:end]
            if len(readings) == len(part):
                readings = self._regional(word, readings)
                parts = tuple((n, n + 1, r) for n, r in enumerate(readings) if r)
                if parts:
                    yield Word(start, word, parts, self._is_sure(part))
            start = end

    def _readings(self, part: str) -> list[str]:
        found = self._pypinyin.pinyin(part, style=self._style, errors=lambda text: [""] * len(text))
        readings = [each[0] for each in found]
        if len(readings) != len(part):
            readings = [self._one(char) for char in part]
        return [
            _PLAIN[char][self._form] if char in _PLAIN else _leading(reading)
            for char, reading in zip(part, readings, strict=True)
        ]

    def _one(self, char: str) -> str:
        found = self._pypinyin.pinyin(char, style=self._style, errors=lambda _: [""])
        return str(found[0][0]) if found else ""

    def _regional(self, word: str, readings: list[str]) -> list[str]:
        """The readings of a word, Taiwan's where they are others."""
        return [
            self._styled(self._own[char]) if char in self._own else reading
            for char, reading in zip(word, readings, strict=True)
        ]

    def _styled(self, reading: str) -> str:
        """A reading in letters as the reader gives its readings."""
        if not self._form:
            return reading
        from pypinyin.style import convert

        return _leading(str(convert(reading, self._style, strict=True)))

    @lru_cache(maxsize=8_000)  # noqa: B019 - one reader a document
    def _is_sure(self, part: str) -> bool:
        """Whether a phrase, or a character of one reading, left nothing to guess."""
        if len(part) > 1 or part in _USUAL:
            return True
        found = self._pypinyin.pinyin(part, style=self._style, heteronym=True)
        return not found or len(found[0]) < 2


def _leading(reading: str) -> str:
    """The mark of the neutral tone of bopomofo before its syllable, as it is written."""
    return "˙" + reading[:-1] if reading.endswith("˙") else reading


def with_marks(reading: str) -> str:
    """Pinyin with a tone mark, from a syllable with a tone number or a mark.

    Raises:
        ConfigError: pypinyin is not installed.
    """
    if not reading[-1:].isdigit():
        return reading
    try:
        from pypinyin.contrib.tone_convert import to_tone
    except ImportError as problem:
        raise missing("pypinyin", problem) from problem
    return str(to_tone(reading.replace("v", "ü")))
