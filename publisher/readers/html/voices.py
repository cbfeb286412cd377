"""Which text of a page is its article, as two programs made for that say."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_SHORT: Final = 200  # characters; a shorter answer is doubted
_LARGE: Final = 200_000  # characters of a page; in one so long the first way does not fail
_FULLER: Final = 2.0  # times as much from the second voice is believed


class Voice(NamedTuple):
    """A program's answer: its name, and the lines of the article's text."""

    name: str
    lines: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """Characters in all."""
        return sum(map(len, self.lines))


def article_text(page: str) -> Voice:
    """The text of the article: trafilatura's, or readability's where that finds hardly any."""
    first = Voice("trafilatura", _quietly(_trafilatura, page))
    if first.length >= _SHORT:
        return first
    second = Voice("readability", _quietly(_readability, page))
    return second if second.length > _FULLER * first.length else first


def _quietly(ask: Callable[[str], str], page: str) -> tuple[str, ...]:
    """An answer as lines; none from a program that fails on a broken page."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        text = ask(page)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever a page does to it, there is another way
        return ()
    return tuple(line for raw in text.splitlines() if (line := raw.strip()))


def _trafilatura(page: str) -> str:
    import trafilatura

    options: dict[str, Any] = {"favor_precision": True, "include_comments": False}
    options["fast"] = len(page) > _LARGE
    found = trafilatura.extract(page, include_tables=True, with_metadata=False, **options)
    return found or ""


def _readability(page: str) -> str:
    from lxml import html
    from trafilatura.readability_lxml import Document

    summary = Document(html.document_fromstring(page)).summary()
    return "\n".join(map(str, html.document_fromstring(summary).itertext()))
