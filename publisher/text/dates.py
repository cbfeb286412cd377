"""Dates as sources write them, to ISO 8601."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_ISO: Final = re.compile(
    r"(\d{4})(?:\s*[-/.年년]\s*(\d{1,2})(?:\s*[-/.月월]\s*(\d{1,2}))?)?(?![\d])\s*[日일月월年년]?"
    r"(?:[T\s,，(（].*)?",
    re.DOTALL,
)
_ERA: Final = re.compile(
    r"(明治|大正|昭和|平成|令和|(?:中華)?民國)\s*(元|\d{1,3})\s*年"
    r"(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?"
)
# The year before the first of an era.
_ERAS: Final = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911}
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        start=1,
    )
}
_ENGLISH: Final = (
    re.compile(
        r"(?:[A-Za-z]{3,9},?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4}).*"
    ),
    re.compile(
        r"(?:[A-Za-z]{3,9},\s+)?(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4}).*"
    ),
)
_WIDE_DIGITS: Final = str.maketrans("０１２３４５６７８９：－／．", "0123456789:-/.")


def iso_date(text: str) -> str:
    """``2025-12-22``, ``2025-12`` or ``2025`` for a written date, empty when it is none.

    Understands ISO 8601 with or without a time, 2025/12/22, 2025.12.22, 20251222, 2025年12月22日,
    2025년 12월 22일, years of eras (平成29年4月21日, 民國113年5月6日), and English dates with the
    month's name.
    """
    cleaned = text.strip().translate(_WIDE_DIGITS)
    match = _COMPACT.fullmatch(cleaned) or _ISO.fullmatch(cleaned)
    if match:
        return _checked(*match.groups())
    era = _ERA.match(cleaned)
    if era:
        count = 1 if era[2] == "元" else int(era[2])
        return _checked(str(_ERAS[era[1].removeprefix("中華")] + count), era[3], era[4])
    for pattern in _ENGLISH:
        english = pattern.fullmatch(cleaned)
        month = _MONTHS.get(english["month"][:3].lower()) if english else None
        if english and month:
            return _checked(english["year"], str(month), english["day"])
    return ""


def _checked(year: str, month: str | None, day: str | None) -> str:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
