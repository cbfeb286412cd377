"""The day of an article, from all places where pages tell one."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.html.metadata import meta_names
from publisher.readers.html.parse import whole_text
from publisher.readers.plain.fields import dated_byline, is_date_line, parse_fields
from publisher.text.dates import iso_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.tree.meta import Metadata

SOME_DAY: Final = re.compile(
    r"(?:明治|大正|昭和|平成|令和|民國)\s?(?:元|\d{1,3})年\s?\d{1,2}月\s?\d{1,2}日|"
    r"\d{4}\s?[-./年년]\s?\d{1,2}\s?[-./月월]\s?\d{1,2}\s?[日일]?"
)
_NAMES: Final = ("datepublished", "apub:time", "publish-date", "publish_time", "og:release_date")
_DATE_CLASS: Final = re.compile(r"(?i)(?:date|time|publi|posted)")
_ADDRESS_DATE: Final = re.compile(r"/(20\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?:/|\D|$)")
_UTC: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):\d\d.*?(?:Z|\+00:?00)$")
_HOURS: Final = {"zh": 8, "ja": 9, "ko": 9}
_REVISED: Final = re.compile("最終更新|最后|最後|修订|修訂|修改|편집")
_TOLD: Final = re.compile(
    r"\d{1,2}[:：]\d\d|"
    r"^(?:公開日|掲載日|発表日|登録日|등록일|게시일|발행일|发布日期|發布日期)[\s　]"
)
_SHORT: Final = 80  # characters of a line that may be a date
_NEAR: Final = 120  # lines from the head of a page where a day may stand


def article_day(root: Any, meta: Metadata, language: str, lines: Sequence[str]) -> str:
    """The day an article was published, ISO 8601; empty where the page does not tell.

    Args:
        root: The whole page.
        meta: What its head says.
        language: Of the text, for the hours of its dates.
        lines: Its short lines, in order.
    """
    names = meta_names(root)
    published = local_day(names.get("article:published_time", ""), language)
    if published or meta.date:
        return published or meta.date
    told = (local_day(names.get(name, ""), language) for name in _NAMES)
    if day := next(filter(None, told), ""):
        return day
    found = chain(_field_dates(lines), _marked_dates(root, language), _line_dates(lines))
    return next(found, "") or _address_date(meta, names)


def _field_dates(lines: Sequence[str]) -> Iterator[str]:
    """Dates in fields: ``发布时间：``, a day before a byline."""
    for line in lines:
        for found in parse_fields(line) or dated_byline(line):
            day = SOME_DAY.search(found.value)
            if found.kind in ("date", "author") and day and iso_date(day[0]):
                yield iso_date(day[0])


def _marked_dates(root: Any, language: str) -> Iterator[str]:
    """Dates in elements that say they hold one."""
    for element in root.iter("time"):
        written = element.get("datetime") or whole_text(element)
        if date := local_day(" ".join(written.split()), language):
            yield date
    for element in root.iter("span", "div", "p", "em", "i", "li"):
        said = f"{element.get('class') or ''} {element.get('id') or ''}"
        text = " ".join(whole_text(element).split()) if _DATE_CLASS.search(said) else ""
        if 6 <= len(text) <= 60 and (date := iso_date(_day(text))):
            yield date


def _line_dates(lines: Sequence[str]) -> Iterator[str]:
    """Dates that are a line, or stand with an hour or a label in a short one near the head."""
    yield from (iso_date(_day(line)) for line in lines if is_date_line(line))
    for line in lines[:_NEAR]:
        told = len(line) <= _SHORT and _TOLD.search(line) and not _REVISED.search(line)
        day = SOME_DAY.search(line) if told else None
        if day and iso_date(day[0]):
            yield iso_date(day[0])


def _day(text: str) -> str:
    found = SOME_DAY.search(text)
    return found[0] if found else text


def local_day(written: str, language: str) -> str:
    """A date as readers of the language saw it: hours in UTC may fall on the day before."""
    found = _UTC.match(written.strip())
    if found is None:
        return iso_date(_day(written)) if written else ""
    from datetime import datetime, timedelta

    year, month, day, hour = map(int, found.groups())
    try:
        moment = datetime(year, month, day, hour)  # noqa: DTZ001 - hours are added by hand
    except ValueError:
        return ""
    return (
        (moment + timedelta(hours=_HOURS.get(language.split("-", maxsplit=1)[0], 0)))
        .date()
        .isoformat()
    )


def _address_date(meta: Metadata, names: dict[str, str]) -> str:
    for address in (meta.source_url, names.get("og:url", "")):
        found = _ADDRESS_DATE.search(address)
        if found:
            return iso_date("-".join(found.groups()))
    return ""
