"""The reading of a word parted among its kanji: 東京 is 東(とう)京(きょう), 今日 stays whole.

Each kanji may have what kanji.txt and japanese.txt list for it, its first sound voiced behind
another (手紙 てがみ), its last one doubled before another (学校 がっこう), and of a verb or an
adjective the stem that okurigana leave (買 か, 取 とり in 取引).
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

KANJI: Final = "[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
HIRAGANA: Final = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_CLEAR: Final = "かきくけこさしすせそたちつてとはひふへほ"
_VOICED: Final = dict(zip(_CLEAR, "がぎぐげござじずぜぞだぢづでどばびぶべぼ", strict=True))
_HALF: Final = dict(zip("はひふへほ", "ぱぴぷぺぽ", strict=True))
_MERGED: Final = {"ち": "じ", "つ": "ず"}  # 地震 じしん: ぢ and づ are written so
_DOUBLED: Final = frozenset("くきつちう")
_STEMS: Final = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True))
_NEVER: Final = 1e6
Parts = tuple[tuple[int, int, str], ...]


@cache
def own_lines(kind: str) -> tuple[str, ...]:
    """The lines of japanese.txt that begin with a mark, without it."""
    text = (Path(__file__).parent / "japanese.txt").read_text(encoding="utf-8")
    return tuple(line[2:] for line in text.splitlines() if line.startswith(f"{kind} "))


@cache
def _table() -> dict[str, str]:
    text = (Path(__file__).parent / "kanji.txt").read_text(encoding="utf-8")
    return {line[0]: line[1:] for line in text.splitlines() if line[0] != "#"}


@cache
def _more() -> dict[str, tuple[str, ...]]:
    return {line[0]: tuple(line.split()[1:]) for line in own_lines("+")}


@cache
def _whole() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(line.split()) for line in own_lines("&"))


@lru_cache(maxsize=8_000)
def readings_of(kanji: str) -> dict[str, float]:
    """What a kanji may be read as, in hiragana, and how far each is from what lists say."""
    chinese, _, japanese = _table().get(kanji, ",").partition(",")
    found: dict[str, float] = {}
    for reading in japanese.split():
        for size in range(1, len(reading)):
            found[reading[:size]] = 1.0 + 0.5 * (len(reading) - 1 - size)
        if reading[-1] in _STEMS and len(reading) > 1:
            found[reading[:-1] + _STEMS[reading[-1]]] = 0.5
    for reading in (*chinese.split(), *japanese.split(), *_more().get(kanji, ())):
        found[reading] = 0.0
    return found


@lru_cache(maxsize=20_000)
def _sounds(kanji: str, *, first: bool, last: bool) -> dict[str, float]:
    """What a kanji of a word may sound like there."""
    found: dict[str, float] = {}

    def add(sound: str, cost: float) -> None:
        found[sound] = min(cost, found.get(sound, _NEVER))

    for reading, cost in readings_of(kanji).items():
        forms = [(reading, cost)]
        head = reading[0]
        if not first:
            forms += [
                (change[head] + reading[1:], cost + 0.3)
                for change in (_VOICED, _HALF, _MERGED)
                if head in change
            ]
        for form, price in forms:
            add(form, price)
            if not last and len(form) > 1 and form[-1] in _DOUBLED:
                add(form[:-1] + "っ", price + 0.3)
    return found


@lru_cache(maxsize=20_000)
def parted(word: str, reading: str, kanji: str, *, inner: bool = False) -> Parts:
    """(start, end, reading) of each kanji of a word whose parts all can be told; else nothing.

    Args:
        word: As it is written.
        reading: All of it, in hiragana.
        kanji: The characters of the word that are kanji.
        inner: Whether something is read together with the word before it: 三本 ぼん.
    """
    size, length = len(word), len(reading)
    best: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, 0)}
    for at in range(size):
        for (place, done), (cost, _) in list(best.items()):
            if place != at:
                continue
            for sound, price in _options(word, at, kanji, inner=at > 0 or inner):
                end = done + len(sound)
                if end > length or reading[done:end] != sound:
                    continue
                if (at + 1, end) not in best or cost + price < best[at + 1, end][0]:
                    best[at + 1, end] = (cost + price, done)
    if (size, length) not in best:
        return ()
    found: list[tuple[int, int, str]] = []
    end = length
    for at in range(size, 0, -1):
        start = best[at, end][1]
        if word[at - 1] in kanji:
            found.append((at - 1, at, reading[start:end]))
        end = start
    return tuple(reversed(found))


def _options(word: str, at: int, kanji: str, *, inner: bool) -> Iterator[tuple[str, float]]:
    """What a character of a word may be read as."""
    char = word[at]
    if char not in kanji:
        yield char.translate(HIRAGANA), 0.0
        return
    if char == "々" and at:
        char = word[at - 1]
    yield from _sounds(char, first=not inner, last=at == len(word) - 1).items()


def is_whole(word: str, reading: str) -> bool:
    """Whether a reading belongs to a word as a whole (熟字訓)."""
    return (word, reading) in _whole()
