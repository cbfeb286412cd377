"""What kind of mistake it is when one character stands for another."""

from __future__ import annotations

import unicodedata

_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0), range(0x180B, 0x180E))
_RADICALS = range(0x2E80, 0x2FE0)
_COMPATIBILITY = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
_WIDE = range(0xFF00, 0xFFF0)
_ASTRAL = 0x10000
_REPLACED = frozenset("\ufffd\u25a1?")
_LOOKALIKES = str.maketrans(
    "⺠⻆⻅⻉⻋⻓⻔⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻬⻮⻰", "民角见贝车长门韦页风飞食马骨鬼鱼鸟麦齐齿龙"
)


def is_selector(char: str) -> bool:
    """True for a variation selector."""
    return any(ord(char) in span for span in _SELECTORS)


def plain_form(char: str) -> str:
    """The ideograph that a radical or compatibility character looks like."""
    return unicodedata.normalize("NFKC", char.translate(_LOOKALIKES))


def change_code(wanted: str, found: str) -> str:  # noqa: PLR0911 - one return for each kind
    """The permanent name of a change of text from `wanted` to `found`."""
    selectors = [c for c in wanted if is_selector(c)]
    if selectors and found == "".join(c for c in wanted if not is_selector(c)):
        return "char.selector"
    if wanted and found and len(wanted) == len(found):
        pairs = list(zip(wanted, found, strict=True))
        if all(plain_form(f) == plain_form(w) for w, f in pairs):
            if any(ord(c) in _RADICALS for c in found):
                return "char.radical"
            if any(ord(c) in span for c in found + wanted for span in _COMPATIBILITY):
                return "char.compatibility"
            if any(ord(c) in _WIDE for c in found + wanted):
                return "char.width"
            return "char.lookalike"
    if (
        wanted
        and all(ord(c) >= _ASTRAL and not is_selector(c) for c in wanted)
        and (not found or set(found) <= _REPLACED)
    ):
        return "char.beyond-bmp"
    if found and set(found) <= {"\ufffd"}:
        return "char.unknown"
    if not found:
        return "text.lost"
    return "text.changed" if wanted else "text.extra"


def named(text: str, most: int = 3) -> str:
    """The code points of a short text, else nothing."""
    if not text or len(text) > most:
        return ""
    return " ".join(f"U+{ord(c):04X}" for c in text)


def doubtful(text: str) -> dict[str, str]:
    """Characters that hardly any text means to have, each with the code of its fault."""
    found: dict[str, str] = {}
    for char in set(text):
        point = ord(char)
        if point in _RADICALS:
            found[char] = "char.radical"
        elif point == 0xFFFD:
            found[char] = "char.unknown"
        elif unicodedata.category(char) == "Co":
            found[char] = "char.private"
    return found
