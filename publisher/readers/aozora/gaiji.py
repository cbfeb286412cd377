"""Characters that the notation describes: outside the old sets, with accents, marks of repetition.

Source: the notation's own manual (www.aozora.gr.jp/annotation).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_UNICODE: Final = re.compile(r"[UＵ][+＋]([0-9A-Fa-f０-９Ａ-Ｆ]{4,6})")
_JIS: Final = re.compile(r"(?<![\d-])([12])-(\d{1,2})-(\d{1,3})(?![\d-])")
_COMBINING: Final = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", ":": "\u0308", "&": "\u030a",
    "_": "\u0304", ",": "\u0327",
}  # fmt: skip
_STROKES: Final = {"o/": "ø", "O/": "Ø", "d/": "đ", "D/": "Đ", "l/": "ł", "L/": "Ł", "h/": "ħ"}
_LIGATURES: Final = {
    "ae&": "æ",
    "AE&": "Æ",
    "oe&": "œ",
    "OE&": "Œ",
    "s&": "ß",
    "!@": "¡",
    "?@": "¿",
}
_ACCENTED: Final = re.compile(r"AE&|OE&|ae&|oe&|s&|[!?]@|[odlhODLH]/|[A-Za-z]['`^~:&_,]")
_IN_BRACKETS: Final = re.compile(r"〔([^〔〕]{1,200})〕")
_REPEATS: Final = (("／″＼", "〲"), ("／＼", "〱"))


def described(note: str) -> str:
    """The character that a note describes by its code; empty when it names none.

    ``「木＋吶のつくり」、第3水準1-85-54`` is a plane, row and cell of JIS X 0213;
    ``U+845B`` a code point.
    """
    found = _UNICODE.search(note)
    if found:
        code = int(unicodedata.normalize("NFKC", found[1]), 16)
        valid = code < 0x110000 and not 0xD800 <= code <= 0xDFFF and code > 0x20
        return chr(code) if valid else ""
    cell = _JIS.search(unicodedata.normalize("NFKC", note))
    return _of_jis(int(cell[1]), int(cell[2]), int(cell[3])) if cell else ""


def _of_jis(plane: int, row: int, cell: int) -> str:
    if not (1 <= row <= 94 and 1 <= cell <= 94):
        return ""
    data = bytes([*([0x8F] if plane == 2 else []), row + 0xA0, cell + 0xA0])
    try:
        return data.decode("euc_jis_2004")
    except UnicodeDecodeError:
        return ""


def plain_signs(line: str) -> str:
    """A line with accents and marks of repetition as characters: ``〔cafe'〕``, ``いろ／＼``."""
    if "〔" in line:
        line = _IN_BRACKETS.sub(_with_accents, line)
    if "／" in line:
        for written, sign in _REPEATS:
            line = line.replace(written, sign)
    return line


def _with_accents(match: re.Match[str]) -> str:
    """What stands in brackets without them, if there is any accent in it."""
    made = _ACCENTED.sub(_accent, match[1])
    return match[0] if made == match[1] else made


def _accent(match: re.Match[str]) -> str:
    written = match[0]
    known = _LIGATURES.get(written) or _STROKES.get(written)
    if known:
        return known
    made = unicodedata.normalize("NFC", written[0] + _COMBINING.get(written[1], ""))
    return made if len(made) == 1 else written
