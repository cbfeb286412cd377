"""Mandarin readings: pinyin with tone marks, or bopomofo.

A run is parted in its likeliest words (`phrases`); a word's reading is the dictionaries', and where
they leave a character open, what stands around it decides (`polyphones`), or else what is usual.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any, Final

from publisher.transforms.annotate.model import Corrections, Word, corrected, missing
from publisher.transforms.annotate.phrases import KEY, Phrases, is_neutral
from publisher.transforms.annotate.polyphones import polyphones, taiwan

_HAN: Final = re.compile("[\u3007\u3400-\u9fff\U00020000-\U0003ffff]+")
# In dictionaries 一 and 不 have one tone, whatever it becomes before another (GB/T 16159, 7.1).
_PLAIN: Final = {"一": "yī", "不": "bù"}
# Words that stand alone so often that their usual reading is no guess.
_USUAL: Final = frozenset(
    "的了着著是不一在有我他她它这這那個个们們和也就都要说說到去会會看好没沒上下大小中子里裡人来來"
    "把被給给从從对對呢"
)
# Particles and endings that are neutral in Taiwan as well; its other words keep their tones.
_NEUTRAL: Final = frozenset(
    "的得地了著着麼么嗎吗呢吧啊呀啦嘛們们子頭头個个爸媽哥姐弟妹爺奶公婆叔姑舅嬸伯寶星猩"
)
_ERHUA: Final = {"er": "r"}  # 花儿 huār (GB/T 16159, 6.2.2.5)


class MandarinReader:
    """Reads words of Chinese text in either script.

    Args:
        bopomofo: Symbols instead of letters.
        taiwan: Taiwan's readings where they differ.

    Raises:
        ConfigError: pypinyin or pypinyin-dict is not installed.
    """

    def __init__(self, *, bopomofo: bool, taiwan: bool) -> None:
        self._rules = polyphones()
        self._phrases = Phrases(self._rules.words)
        self._bopomofo = bopomofo
        self._taiwan = taiwan
        self._words = _regional_words() if taiwan else Corrections({}, 0)
        self._cut = lru_cache(maxsize=20_000)(self._phrases.cut)
        self._readings = lru_cache(maxsize=20_000)(self._phrases.readings)
        self._styled = lru_cache(maxsize=2_000)(_symbols if bopomofo else str)

    def words(self, text: str) -> list[Word]:
        """The words of a text, a reading a character."""
        simple = text.translate(KEY)
        found: list[Word] = []
        for run in _HAN.finditer(text):
            previous = 0
            for start, end in self._cut(simple[run.start() : run.end()]):
                word = self._word(text, simple, (run.start() + start, run.start() + end), previous)
                previous = end - start
                if word is not None:
                    found.append(word)
        found = corrected(text, found, self._words)
        return [self._in_style(word) for word in found]

    def _word(self, text: str, simple: str, place: tuple[int, int], previous: int) -> Word | None:
        """A word of a text with its readings in pinyin; None where no character has any."""
        start, end = place
        parts: list[tuple[int, int, str]] = []
        sure = True
        for at, options in enumerate(self._readings(simple[start:end])):
            char = text[start + at]
            reading, known = self._reading(char, options, simple, start + at, at or previous)
            sure = sure and (known or char in _USUAL)
            if reading:
                parts.append((at, at + 1, self._regional(char, reading)))
        return Word(start, text[start:end], tuple(parts), sure) if parts else None

    def _reading(
        self, char: str, options: tuple[str, ...], simple: str, place: int, previous: int
    ) -> tuple[str, bool]:
        """The reading of a character, and whether more than frequency decided."""
        if char in _PLAIN:
            return _PLAIN[char], True
        if char == "藉" and simple[place - 1 : place] == "狼":
            return "jí", True
        if char in self._rules.decided:
            return self._rules.decided[char], True
        if len(options) == 1:
            return _own_form(char, options[0]), True
        reading, usual = self._rules.read(simple, place, previous)
        if reading:
            return _own_form(char, reading), not usual
        if not options:
            options = self._phrases.character(simple[place]) or self._phrases.character(char)
        return (options[0], len(options) == 1) if options else ("", True)

    def _regional(self, char: str, reading: str) -> str:
        """The reading of a character, Taiwan's where it is another."""
        if not self._taiwan:
            return _ERHUA.get(reading, reading) if char in "儿兒" else reading
        if is_neutral(reading) and char not in _NEUTRAL:
            full = [r for r in self._phrases.character(char) if _letters(r) == reading]
            reading = full[0] if full else reading
        theirs, ours = taiwan().characters.get(char, ("", ""))
        return ours if reading == theirs else reading

    def _in_style(self, word: Word) -> Word:
        return word._replace(parts=tuple((a, b, self._styled(r)) for a, b, r in word.parts))


def _own_form(char: str, reading: str) -> str:
    """The reading of a Traditional character that shares its Simplified form with others."""
    if char == "瞭":
        return "liào" if reading == "liào" else "liǎo"
    return "gān" if char == "乾" and reading != "qián" else reading


def _letters(reading: str) -> str:
    """A syllable without its tone mark."""
    plain = re.sub("[\u0300\u0301\u0304\u030c]", "", unicodedata.normalize("NFD", reading))
    return unicodedata.normalize("NFC", plain)


@lru_cache(maxsize=1)
def _regional_words() -> Corrections:
    words = taiwan().words
    return Corrections(words, max(map(len, words)))


def _symbols(reading: str) -> str:
    """A syllable of pinyin in bopomofo, the mark of the neutral tone first, as it is written."""
    if reading == "r":
        return "ㄦ"
    from pypinyin import Style
    from pypinyin.style import convert

    made = str(convert(reading, Style.BOPOMOFO, strict=True))
    return "˙" + made[:-1] if made.endswith("˙") else made


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
    marked: Any = to_tone(reading.replace("v", "ü"))
    return str(marked)
