"""Japanese numbers in kanji with the counter behind them, and the sounds that change between them.

三本 さんぼん, 一匹 いっぴき, 十分 じゅっぷん, 四月 しがつ, 二十日 はつか.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from publisher.transforms.annotate.kanji import KANJI, parted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.transforms.annotate.kanji import Parts

NUMERALS: Final = frozenset("〇一二三四五六七八九十百千万億兆何数")
_KA_TO_HA: Final = "かきくけこさしすせそたちつてとはひふへほ"
_KA_AND_HA: Final = "かきくけこはひふへほ"
_SMALL: Final = dict.fromkeys(map(ord, "ヶヵケカ"), "か")  # 三ヶ月 さんかげつ
_HALF: Final = dict(zip("はひふへほ", "ぱぴぷぺぽ", strict=True))
_UNVOICED: Final = dict(zip("ぱぴぷぺぽばびぶべぼ", "はひふへほはひふへほ", strict=True))


def _table(pairs: str) -> dict[str, str]:
    """Readings by the character before them."""
    return {pair[0]: pair[1:] for pair in pairs.split()}


_DIGITS: Final = _table(
    "〇ぜろ 一いち 二に 三さん 四よん 五ご 六ろく 七なな 八はち 九きゅう 十じゅう "
    "百ひゃく 千せん 万まん 億おく 兆ちょう 何なん 数すう"
)
_HUNDREDS: Final = _table("三びゃく 六ぴゃく 八ぴゃく 何びゃく")
_THOUSANDS: Final = _table("三ぜん 何ぜん")
# Readings of the last figure before a counter where they are not the usual ones.
_HOURS: Final = _table("四よ 七しち 九く")
_LAST: Final = {
    "月": _table("四し 七しち 九く"),
    "時": _HOURS,
    "時間": _HOURS,
    "年": _table("四よ"),
    "年間": _table("四よ"),
    "年生": _table("四よ"),
    "円": _table("四よ"),
    "人": _table("四よ 七しち"),
    "人前": _table("四よ"),
    "日": _table("九く 七しち"),
}
# Days of the month and numbers of days; the 二日 are a whole (常用漢字表付表).
_DAYS: Final = _table("三みっ 四よっ 五いつ 六むい 七なの 八よう 九ここの 十とお")
_PEOPLE: Final = _table("一ひとり 二ふたり")
_NATIVE: Final = _table("一ひと 二ふた")
_NATIVE_COUNTERS: Final = _table("組くみ 晩ばん 言こと 息いき")
# Figures that double the consonant of the counter, and before which sounds.
_DOUBLED: Final = {
    "一": ("いっ", _KA_TO_HA),
    "六": ("ろっ", _KA_AND_HA),
    "八": ("はっ", _KA_TO_HA),
    "十": ("じゅっ", _KA_TO_HA),
    "百": ("ひゃっ", _KA_AND_HA),
}
# Counters as they are without a number before them, and what some are behind ん.
COUNTERS: Final = _table(
    "本ほん 匹ひき 杯はい 分ふん 泊はく 発はつ 票ひょう 歩ほ 階かい 回かい 個こ 軒けん "
    "足そく 歳さい 才さい 冊さつ 頭とう 点てん 通つう 着ちゃく 曲きょく 章しょう 首しゅ "
    "隻せき 周しゅう 種しゅ 件けん 秒びょう 枚まい 台だい 番ばん 度ど 人にん 年ねん "
    "月がつ 時じ 円えん 日にち 倍ばい 号ごう 名めい 羽わ 部ぶ 条じょう 週しゅう 丁ちょう "
    "課か 項こう 編へん 篇へん 版はん 皿さら 束たば 代だい 世せい 巻かん 節せつ 行ぎょう "
    "桁けた 色しょく 句く 品ひん 席せき 両りょう 話わ"
)
_AFTER_N: Final = _table(
    "本ぼん 匹びき 杯ばい 歩ぽ 分ぷん 泊ぱく 発ぱつ 票びょう 階がい 軒げん 足ぞく 編ぺん "
    "篇ぺん 版ぱん 羽わ 品ぴん"
)
_AFTER_FOUR: Final = _table("分ぷん")


def counted(tokens: Sequence[tuple[str, str, bool]]) -> tuple[int, Parts]:
    """(how many tokens they are, readings by character) of a number and its counter.

    Args:
        tokens: (word, reading in hiragana, whether it counts) from the number on.
    """
    number = ""
    count = 0
    for word, _, _ in tokens:
        if not set(word) <= NUMERALS:
            break
        number += word
        count += 1
    if not number:
        return _after_figures(tokens)
    readings = _number(number)
    if count == len(tokens):
        return count, _parts(readings)
    word, reading, counts = tokens[count]
    if word == "つ":
        return 0, ()
    if not counts and word not in COUNTERS:
        return (count, _parts(readings)) if len(number) > 1 else (0, ())
    return count + 1, _with_counter(number, readings, word, reading)


def _with_counter(number: str, readings: list[str], counter: str, reading: str) -> Parts:
    """Readings of a number and what it counts.

    Args:
        number: In kanji.
        readings: Of its figures.
        counter: The word behind it.
        reading: What the dictionary reads it as; counters that are listed need none.
    """
    last = number[-1]
    fixed = _fixed(number, readings, counter)
    if fixed:
        return fixed
    sound = COUNTERS.get(counter, reading)
    head = sound[:1] if counter in COUNTERS else _UNVOICED.get(sound[:1], sound[:1])
    doubled, before = _DOUBLED.get(last, ("", ""))
    special = _LAST.get(counter, {}).get(last)
    if special is not None:
        readings = [*readings[:-1], special]
    elif head and head in before:
        readings = [*readings[:-1], doubled]
        sound = _HALF.get(head, head) + sound[1:]
    elif last in "三何" or (last in "千万" and counter not in "階軒足"):
        sound = _AFTER_N.get(counter, sound)
    elif last == "四":
        sound = _AFTER_FOUR.get(counter, sound)
    return _counter_parts(readings, counter, sound)


def _fixed(number: str, readings: list[str], counter: str) -> Parts:
    """Readings of numbers that are words of their own with a counter: 二十日, 三日, 一人, 二組."""
    last = number[-1]
    if counter == "日":
        if number in ("二", "二十"):
            return ((0, len(number) + 1, "ふつか" if number == "二" else "はつか"),)
        if number in _DAYS or last == "四":
            return _parts([*readings[:-1], _DAYS[last], "か"])
    if counter == "人" and number in _PEOPLE:
        return ((0, 2, _PEOPLE[number]),)
    if counter in _NATIVE_COUNTERS and number in _NATIVE:
        return _parts([_NATIVE[number], _NATIVE_COUNTERS[counter]])
    return ()


def _counter_parts(readings: list[str], counter: str, sound: str) -> Parts:
    """Readings of figures and of the kanji of a counter; パーセント has none."""
    size = len(readings)
    kanji = "".join(re.findall(KANJI, counter))
    written = counter.translate(_SMALL)
    parts: Parts = parted(written, sound, kanji, inner=True)
    if not parts and kanji == counter:
        parts = ((0, len(counter), sound),)
    return (*_parts(readings), *((size + a, size + b, r) for a, b, r in parts))


def _number(number: str) -> list[str]:
    """A reading for each figure of a number; positional where it has no tens and hundreds."""
    found: list[str] = []
    for place, char in enumerate(number):
        before = number[place - 1 : place]
        after = number[place + 1 : place + 2]
        reading = _DIGITS[char]
        if char == "百" and before in _HUNDREDS and before:
            reading = _HUNDREDS[before]
        elif char == "千" and before in _THOUSANDS and before:
            reading = _THOUSANDS[before]
        if after == "百" and char in "六八":
            reading = {"六": "ろっ", "八": "はっ"}[char]
        elif after in ("千", "兆") and after and char in "一八十":
            reading = {"一": "いっ", "八": "はっ", "十": "じゅっ"}[char]
        found.append(reading)
    return found


def _parts(readings: Sequence[str]) -> Parts:
    return tuple((n, n + 1, reading) for n, reading in enumerate(readings))


def _after_figures(tokens: Sequence[tuple[str, str, bool]]) -> tuple[int, Parts]:
    """The counter behind Arabic figures: 3本 has ぼん over the counter."""
    figures, *rest = tokens
    if not rest or not re.fullmatch("[0-9０-９]+", figures[0]):
        return 0, ()
    count, number = 1, figures[0]
    while count < len(tokens) and re.fullmatch("[0-9０-９]+", tokens[count][0]):
        number += tokens[count][0]
        count += 1
    if count == len(tokens) or tokens[count][0] not in COUNTERS:
        return 0, ()
    counter = tokens[count][0]
    last = "〇一二三四五六七八九"[int(number[-1])]
    if last == "〇":
        last = "十" if not number.endswith(("00", "００")) else "百"
    kanji = last if len(number) == 1 else ("二" + last if int(number) != 20 else "二十")
    if counter == "日" and int(number) in (*range(2, 11), 20):
        return 0, ()
    readings = _number(kanji)
    parts = _with_counter(kanji, readings, counter, COUNTERS[counter])
    size = len(kanji)
    return count + 1, tuple(
        (a - size + len(number), b - size + len(number), r) for a, b, r in parts if a >= size
    )
