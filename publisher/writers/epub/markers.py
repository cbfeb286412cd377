"""Labels of list items, for the styles and delimiters that CSS 2 has no word for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from publisher.tree.nodes import ListBlock, ListStyle

_CIRCLED: Final = "".join(
    map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)))
)
_HAN: Final = "〇一二三四五六七八九"
_IROHA: Final = (
    "いろはにほへとちりぬるをわかよたれそつねならむうゐのおくやまけふこえてあさきゆめみしゑひもせす"
)
_KANA: Final = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_HANGUL: Final = "가나다라마바사아자차카타파하"
_ROMAN: Final = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_ALPHA: Final = "abcdefghijklmnopqrstuvwxyz"
_SEQUENCES: Final[dict[ListStyle, str]] = {
    "alpha": _ALPHA,
    "iroha": _IROHA,
    "kana": _KANA,
    "hangul": _HANGUL,
}
# What surrounds the number: as given by the list's delimiter.
_DELIMITERS: Final = {
    "period": ("", "."),
    "paren": ("", ")"),
    "parens": ("(", ")"),
    "ideographic": ("", "、"),
    "none": ("", ""),
}
# Lists that every reading system numbers by itself.
_CSS: Final[dict[tuple[str, str], str]] = {
    ("decimal", "period"): "decimal",
    ("alpha", "period"): "lower-alpha",
    ("roman", "period"): "lower-roman",
}


def css_type(block: ListBlock) -> str:
    """The CSS 2 name of an ordered list's numbering, or an empty string if there is none."""
    style = "decimal" if block.style == "bullet" else block.style
    return _CSS.get((style, block.delimiter), "")


def label(block: ListBlock, number: int) -> str:
    """The label of item `number` of an ordered list, such as ``（三）`` or ``3)``."""
    style = "decimal" if block.style == "bullet" else block.style
    if style == "circled" and 1 <= number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    if style == "cjk-paren":
        return f"（{han_number(number)}）"
    shown = _number(style, number)
    # 一 takes the ideographic comma where the source says no more than that it is a list.
    delimiter = "ideographic" if style == "cjk" and block.delimiter == "period" else block.delimiter
    before, after = _DELIMITERS[delimiter]
    return f"{before}{shown}{after}"


def _number(style: ListStyle, number: int) -> str:
    if number < 1:
        return str(number)
    if style == "cjk":
        return han_number(number)
    if style == "roman" and number < 4000:
        return _roman(number)
    sequence = _SEQUENCES.get(style)
    if style == "alpha":
        return _bijective(number)
    if sequence is not None and number <= len(sequence):
        return sequence[number - 1]
    return str(number)


def _bijective(number: int) -> str:
    """a, b ... z, aa, ab ..."""
    found = ""
    while number:
        number, digit = divmod(number - 1, len(_ALPHA))
        found = _ALPHA[digit] + found
    return found


def _roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        found += letters * count
    return found


def han_number(number: int) -> str:
    """``一``, ``十``, ``二十三``, ``一百〇五``; digit by digit from a thousand on."""
    if number < 0 or number >= 1000:
        return "".join(_HAN[int(digit)] if digit.isdigit() else digit for digit in str(number))
    if number < 10:
        return _HAN[number]
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    found = f"{_HAN[hundreds]}百" if hundreds else ""
    if tens:
        found += ("" if tens == 1 and not hundreds else _HAN[tens]) + "十"
    elif hundreds and ones:
        found += "〇"
    return found + (_HAN[ones] if ones else "")
