"""Lengths in theme files: a number of pt, or a string with a unit.

Units: ``pt``, ``mm``, ``cm``, ``in``, ``em`` and ``zw`` (full-width advance; both are of the size
at hand), ``lines`` (of the body's leading), and the Chinese size names of type (五号).
"""

from __future__ import annotations

import math
import re

from publisher.errors import ThemeError

_LENGTH = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*(pt|mm|cm|in|em|zw|lines?|Q)\s*\Z")
_FIXED = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "Q": 72 / 101.6}

# The side of the largest page (PDF 1.7, annex C), pt.
MAX_LENGTH = 14_400.0

# Names of type sizes, pt (CLREQ 2.3.6 and Word's menu).
SIZE_NAMES = {
    "初号": 42.0,
    "小初": 36.0,
    "一号": 26.0,
    "小一": 24.0,
    "二号": 22.0,
    "小二": 18.0,
    "三号": 16.0,
    "小三": 15.0,
    "四号": 14.0,
    "小四": 12.0,
    "五号": 10.5,
    "小五": 9.0,
    "六号": 7.5,
    "小六": 6.5,
    "七号": 5.5,
}

# Page sizes in pt: ISO A, JIS B, and the trim sizes of the region's book trade (GB/T 788, JIS).
PAGE_SIZES = {
    "a3": (297.0, 420.0),
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
    "a6": (105.0, 148.0),
    "b5": (176.0, 250.0),
    "jis-b5": (182.0, 257.0),
    "jis-b6": (128.0, 182.0),
    "b6": (125.0, 176.0),
    "letter": (215.9, 279.4),
    "legal": (215.9, 355.6),
    "16k": (185.0, 260.0),
    "32k": (130.0, 184.0),
    "shinsho": (103.0, 182.0),
    "bunko": (105.0, 148.0),
    "shirokuban": (127.0, 188.0),
}


def length(value: object, *, key: str, size: float, leading: float) -> float:
    """A length in pt.

    Args:
        value: A number of pt or a string with a unit.
        key: The theme key it belongs to, for the message.
        size: What one em or zw is, pt.
        leading: What one line is, pt.

    Raises:
        ThemeError: It is neither.
    """
    points = _points(value, size, leading)
    if points is not None and abs(points) <= MAX_LENGTH:
        return points
    if points is not None:
        raise ThemeError(
            f"{key} = {str(value)[:40]} is beyond {MAX_LENGTH:g} pt",
            code="theme.length",
            hint="no page of a PDF is larger",
        )
    raise ThemeError(
        f"{key} = {value!r} is not a length",
        code="theme.length",
        hint="write a number with pt, mm, cm, in, Q, em, zw or lines, such as 10.5pt or 2em",
    )


def _points(value: object, size: float, leading: float) -> float | None:
    """A length in pt as it is written; None for what is none."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = float(str(value))  # a whole number may be too long for a float
        return None if math.isnan(number) else number
    if not isinstance(value, str):
        return None
    found = _LENGTH.match(value)
    if found is None:
        return SIZE_NAMES.get(value.strip())
    number, unit = float(found[1]), found[2]
    if unit in ("em", "zw"):
        return number * size
    if unit in ("line", "lines"):
        return number * leading
    return number * _FIXED[unit]


def page_size(value: object) -> tuple[float, float]:
    """Width and height of a page in pt: a name such as A5, or ``[width, height]``.

    Raises:
        ThemeError: The name is not known, or the pair is not two lengths over 72 pt.
    """
    if isinstance(value, str) and value.lower() in PAGE_SIZES:
        width, height = PAGE_SIZES[value.lower()]
        return width * 72 / 25.4, height * 72 / 25.4
    if isinstance(value, list) and len(value) == 2:
        pair = [length(v, key="page.size", size=10.0, leading=15.0) for v in value]
        if all(72.0 <= side <= MAX_LENGTH for side in pair):
            return pair[0], pair[1]
    raise ThemeError(
        f"page.size = {value!r} is not a page size",
        code="theme.page-size",
        hint=f'use one of {", ".join(PAGE_SIZES)}, or ["148mm", "210mm"] of at least 1 inch',
    )
