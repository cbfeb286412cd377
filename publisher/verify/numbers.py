"""Page numbers, however they are written."""

from __future__ import annotations

from publisher.text.numerals import parse_number, small_number


def page_number(text: str) -> int | None:
    """The value of a page number; None for what is none."""
    text = text.strip()
    return small_number(text) if text.isdecimal() else parse_number(text)


def same_number(one: str, other: str) -> bool:
    """The same page number, whichever way it is written."""
    return one.lower() == other.lower() or (
        (value := page_number(one)) is not None and value == page_number(other)
    )
