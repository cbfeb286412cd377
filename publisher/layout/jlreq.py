"""JLREQ: character classes cl-01 to cl-30, Table 1 (natural gaps) and Table 2 (line breaks).

The classes are those that text can be in without markup; grouped numerals and units (cl-24, cl-25)
count as Western characters.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from publisher.text.classes import break_letters
from publisher.text.uax14 import BAN, opportunities

# Classes 1 to 14 and 26 by their characters, full-width forms with them.
_MEMBERS: Final = {
    1: "‘“（〔［｛〈《「『【⦅｟〘〖«〝",
    2: "’”）〕］｝〉》」』】⦆｠〙〗»〟",
    3: "‐〜゠–～",
    4: "！？‼⁇⁈⁉",
    5: "・：；",
    6: "。．",
    7: "、，",
    8: "—―…‥〳〴〵",
    9: "ヽヾゝゞ々〻",
    10: "ー",
    11: "ぁぃぅぇぉァィゥェォっゃゅょゎゕゖッャュョヮヵヶ"
    + "".join(map(chr, range(0x31F0, 0x3200))),
    12: "¥￥$＄£￡#＃€№",
    13: "°′″℃¢￠%％‰㏋ℓ㌃㌍㌔㌘㌢㌣㌦㌧㌫㌶㌻㍉㍊㍍㍑㍗㎎㎏㎜㎝㎞㎡㏄",
    14: "\u3000",
    26: " ",
}
_HIRAGANA: Final = re.compile("[\u3041-\u309f]")
_KATAKANA: Final = re.compile("[\u30a1-\u30ff]")
_NO_START: Final = frozenset((2, 3, 4, 5, 6, 7, 9, 10, 11))


class _Classes(dict[str, int]):
    """Character -> number of its class; 0 for what JLREQ does not place."""

    def __init__(self) -> None:
        super().__init__((char, number) for number, chars in _MEMBERS.items() for char in chars)

    def __missing__(self, char: str) -> int:
        if _HIRAGANA.match(char):
            found = 15
        elif _KATAKANA.match(char):
            found = 16
        else:
            letter = break_letters()[ord(char)]
            found = 19 if letter in "IeEP" else 27 if letter in "aH0" else 0
        self[char] = found
        return found


@cache
def _classes() -> _Classes:
    return _Classes()


def character_class(char: str) -> int:
    """The number of a character's JLREQ class (cl-19 is 19); 0 for none of its own."""
    return _classes()[char]


def may_break(before: str, after: str) -> bool | None:
    """Whether Table 2 lets a line end between two characters; None where it says nothing.

    Between Western characters, and beside characters without a class, other rules decide.
    """
    one, other = _classes()[before], _classes()[after]
    if not one or not other or 26 in (one, other):
        return None
    if (one == 27 and other in (13, 27)) or (one == 13 and other == 13 and before in "°′″"):
        return None if one == 27 else True
    if one in (1, 12) or other in _NO_START:
        return False
    if one == 8 == other:
        return before != after  # the same one twice stays together
    return not (one == 4 and other == 14)


def natural_gap(before: str, after: str) -> float:
    """The space between the bodies of two characters (Table 1), em.

    Brackets, commas, full stops and middle dots have bodies of half an em.
    """
    one, other = _classes()[before], _classes()[after]
    behind = 0.5 if one in _STOPS else 0.25 if one == 5 else 0.0
    if one in _STOPS and (other in _STOPS or (one == 2 and other in (5, 14))):
        behind = 0.0
    ahead = 0.25 if other == 5 else 0.0
    if other == 1 and not behind and one not in (1, 14):
        ahead = 0.5
    if behind or ahead:
        return behind + ahead
    return 0.25 if _is_mixed(one, other) else 0.0


_STOPS: Final = frozenset((2, 6, 7))


def _is_mixed(one: int, other: int) -> bool:
    """CJK beside Western letters or numerals."""
    wide = (9, 10, 11, 15, 16, 19)
    return (one in (4, *wide) and other == 27) or (one == 27 and other in wide)


def penalties(text: str, letters: str) -> list[int]:
    """Positions where a line may end by Table 2, by UAX #14 where that says nothing.

    Args:
        text: The text.
        letters: Its break classes.
    """
    found = opportunities(text, letters)
    for at in range(1, len(text)):
        if found[at] < 0:
            continue
        allowed = may_break(text[at - 1], text[at])
        if allowed is not None:
            found[at] = 0 if allowed else BAN
    return found
