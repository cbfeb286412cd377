"""Numbers as East Asian texts write them: read (第廿三回 is 23) and written as list labels.

Numbers up to 9999 0000 ... 9999 (under 10^16) are read; labels are written for small ones.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_DIGITS: Final = {
    character: value
    for value, characters in enumerate(
        (
            "〇零○",
            "一壹壱弌",
            "二贰貳弐兩两",
            "三叁參参弎",
            "四肆",
            "五伍",
            "六陆陸",
            "七柒漆",
            "八捌",
            "九玖",
        )
    )
    for character in characters
}
_SMALL: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS: Final = {"廿": 20, "卄": 20, "卅": 30, "卌": 40}
_LARGE: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_ROMAN: Final = re.compile("M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES: Final = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_FIGURES: Final = 9  # digits of a number that anything is counted with
# Characters that a number may be written with, for use inside a regular expression's class.
NUMERAL_CLASS: Final = "0-9０-９" + "".join((*_DIGITS, *_SMALL, *_TENS, *_LARGE))


def small_number(text: str) -> int | None:
    """The value of one to nine decimal digits; None for any other text.

    What strangers write may be thousands of digits long, which `int` refuses, or a digit that it
    does not take for one (²).
    """
    return int(text) if text.isdecimal() and len(text) <= _FIGURES else None


def parse_number(text: str) -> int | None:
    """The whole number `text` stands for, or None.

    Takes digits (full-width too), Chinese numerals with and without units, formal ones, 廿 and
    its kin, circled digits and Roman numerals.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain or len(plain) > 32:
        return None
    if plain.isascii():
        if plain.isdigit():
            return int(plain)
        return _parse_roman(plain.upper())
    if all(character in _DIGITS for character in plain):
        return int("".join(str(_DIGITS[character]) for character in plain))
    return _parse_with_units(plain)


def _parse_roman(text: str) -> int | None:
    if not _ROMAN.fullmatch(text):
        return None
    total, rest = 0, text
    for value, letters in _ROMAN_VALUES:
        while rest.startswith(letters):
            total += value
            rest = rest[len(letters) :]
    return total


def _parse_with_units(text: str) -> int | None:
    total = section = 0
    digit: int | None = None
    for character in text:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        elif character.isdigit():
            digit = (digit or 0) * 10 + int(character)
        elif character in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[character]
            digit = None
        elif character in _TENS:
            section += _TENS[character]
            digit = None
        elif character in _LARGE:
            total = (
                (total + section + (digit or 0)) * _LARGE[character]
                if not total
                else (total + (section + (digit or 0)) * _LARGE[character])
            )
            section, digit = 0, None
        else:
            return None
    return total + section + (digit or 0)


# ----------------------------------------------------------------------------------- writing

_CJK_DIGITS: Final = "〇一二三四五六七八九"
_IROHA: Final = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
_KANA: Final = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_HANGUL: Final = "가나다라마바사아자차카타파하"
_CIRCLED: Final = "".join(
    map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)))
)


def to_chinese(number: int) -> str:
    """`number` (0 to 9999) in Chinese numerals as they are read: 12 is 十二, 205 is 二百〇五."""
    if not 0 <= number <= 9999:
        raise ValueError(f"{number} is not between 0 and 9999")
    if number < 10:
        return _CJK_DIGITS[number]
    pieces: list[str] = []
    rest, gap = number, False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, rest = divmod(rest, value)
        if digit:
            if gap and pieces:
                pieces.append("〇")
            # 十二, but 一百一十二.
            pieces.append(
                ("" if value == 10 and not pieces and digit == 1 else _CJK_DIGITS[digit]) + unit
            )
            gap = False
        else:
            gap = True
    return "".join(pieces)


def to_roman(number: int) -> str:
    """`number` (1 to 3999) in capital Roman numerals."""
    if not 1 <= number <= 3999:
        raise ValueError(f"{number} is not between 1 and 3999")
    pieces: list[str] = []
    for value, letters in _ROMAN_VALUES:
        count, number = divmod(number, value)
        pieces.append(letters * count)
    return "".join(pieces)


def circled(number: int) -> str:
    """``①`` to ``㊿``; beyond 50, where circles end, the digits."""
    return _CIRCLED[number - 1] if 1 <= number <= len(_CIRCLED) else str(number)


@lru_cache(maxsize=4096)
def counter(number: int, style: str) -> str:
    """The bare label of item `number` in a list style of the tree, without its delimiter.

    Styles are those of `publisher.tree.nodes.ListStyle`; numbers that a style cannot write come
    in digits; ``bullet`` has no label. A series that is too short starts over with two letters
    (``aa``), as word processors do; kana and Hangul series go on in digits.
    """
    if style == "bullet":
        return ""
    if style in ("cjk", "cjk-paren") and 0 <= number <= 9999:
        return to_chinese(number)
    if style == "circled":
        return circled(number)
    if style == "roman" and 1 <= number <= 3999:
        return to_roman(number).lower()
    if style == "alpha" and number >= 1:
        times, letter = divmod(number - 1, 26)
        return chr(ord("a") + letter) * (times + 1)
    series = {"iroha": _IROHA, "kana": _KANA, "hangul": _HANGUL}.get(style, "")
    return series[number - 1] if 1 <= number <= len(series) else str(number)
