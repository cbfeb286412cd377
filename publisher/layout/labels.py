"""Labels of list items: numbers in each of the tree's styles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.layout.running import roman
from publisher.tree.notes import note_label

if TYPE_CHECKING:
    from publisher.tree.nodes import ListBlock

_HAN_DIGITS = "〇一二三四五六七八九"
_HAN_UNITS = ("", "十", "百", "千")
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
_KANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_HANGUL = "가나다라마바사아자차카타파하"
_ALPHA = "abcdefghijklmnopqrstuvwxyz"
_LETTERS = {"alpha": _ALPHA, "iroha": _IROHA, "kana": _KANA, "hangul": _HANGUL}
_FORMS = {"period": "{}.", "paren": "{})", "parens": "({})", "ideographic": "{}、", "none": "{}"}
_HAN_FORMS = {**_FORMS, "period": "{}、", "paren": "{}）", "parens": "（{}）"}
_CIRCLES = 50
CHECKED, UNCHECKED = "☑", "☐"


def item_label(node: ListBlock, number: int, bullet: str) -> str:
    """The label of the item with this number.

    Han numbers take the ideographic comma and no space after it, others a full stop
    (cjk-typography 12; the delimiter ``period`` is what sources have by default).
    """
    if not node.ordered:
        return bullet
    style, delimiter = node.style, node.delimiter
    if style == "circled":
        return note_label(number, "circled") if 1 <= number <= _CIRCLES else f"({number})"
    if style == "cjk-paren":
        style, delimiter = "cjk", "parens"
    forms = _HAN_FORMS if style == "cjk" else _FORMS
    return forms[delimiter].format(_figures(style, number))


def _figures(style: str, number: int) -> str:
    if number < 1:
        return str(number)
    if style == "cjk":
        return han_number(number)
    if style == "roman":
        return roman(number)
    letters = _LETTERS.get(style)
    return str(number) if letters is None else _in_letters(number, letters)


def _in_letters(number: int, letters: str) -> str:
    """Bijective numbering: z is followed by aa."""
    found = ""
    while number > 0:
        number, rest = divmod(number - 1, len(letters))
        found = letters[rest] + found
    return found


def han_number(number: int) -> str:
    """A number in Han figures with units: 12 is 十二, 105 一百〇五; from 10000 digit by digit.

    >>> [han_number(n) for n in (1, 10, 12, 20, 105, 110, 2025)]
    ['一', '十', '十二', '二十', '一百〇五', '一百一十', '二千〇二十五']
    """
    if not 0 < number < 10_000:
        return "".join(_HAN_DIGITS[int(d)] if d.isdigit() else d for d in str(number))
    found, gap = "", False
    digits = str(number)
    for at, digit in enumerate(digits):
        unit = _HAN_UNITS[len(digits) - at - 1]
        if digit == "0":
            gap = True
            continue
        if gap:
            found += "〇"
            gap = False
        found += _HAN_DIGITS[int(digit)] + unit
    return found.removeprefix("一") if 10 <= number < 20 else found
