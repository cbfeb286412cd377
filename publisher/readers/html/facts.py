"""Title, names, date and site of an article, from all places where pages say them.

In order of trust: JSON-LD, ``meta``, marked elements, the lines that sites of China, Taiwan, Hong
Kong, Japan and Korea set over and under an article (作者：, 文/, 責任編輯：, 記者, 기자).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.html.days import article_day, local_day
from publisher.readers.html.jsonld import json_ld
from publisher.readers.html.metadata import meta_names, page_metadata
from publisher.readers.html.parse import whole_text
from publisher.readers.html.people import article_people
from publisher.readers.html.titles import article_title
from publisher.readers.plain.fields import closing_author, opening_author
from publisher.text.normalize import clean
from publisher.tree.runs import text_run
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.tree.meta import Metadata

_SITES: Final = ("og:site_name", "sitename", "application-name")
_BLOG: Final = re.compile(r"(.{1,20})的(?:博客|专栏)\s*[-_|]\s*(.{2,20})")
_ABOVE, _BELOW = 120, 60  # lines from either end of a page where names and dates may stand
_OPENING: Final = 5  # paragraphs, among which one may name its reporter


def article_metadata(
    root: Any, language: str, lines: Sequence[str], opening: Sequence[str] = (), closing: str = ""
) -> Metadata:
    """What a page says of its article; no language.

    Args:
        root: The whole page.
        language: Of the text, for the hours of its dates.
        lines: Short lines about the article, in order.
        opening: The article's first paragraphs; one may begin with its reporter.
        closing: Its last one, which may end with a name.
    """
    if len(lines) > _ABOVE + _BELOW:
        lines = (*lines[:_ABOVE], *lines[-_BELOW:])
    meta = page_metadata(root)
    said = json_ld(root)
    names = meta_names(root)
    site = said.site or next((names[n] for n in _SITES if n in names), "")
    site = _account(root) or site
    title, column = article_title(root, said.title, names, site, lines)
    blog = _BLOG.fullmatch(column)
    site = site or (blog[2] if blog else column)
    reporters = next(filter(None, map(opening_author, (*opening, *lines))), ()) or closing_author(
        closing
    )
    reporters = reporters or ((blog[1],) if blog else ())
    people = list(article_people(root, meta, said, lines, reporters, site))
    date = local_day(said.date, language) or article_day(root, meta, language, lines)
    return replace(
        meta,
        title=text_run(clean(title).text) or meta.title,
        contributors=tuple(people),
        date=date,
        publisher=meta.publisher or site,
        description=meta.description or said.description,
        subjects=meta.subjects or said.keywords,
    )


def _account(root: Any) -> str:
    """The public account of WeChat that an article stands in; empty on other pages."""
    account = root.find(".//*[@id='js_name']")
    return " ".join(whole_text(account).split()) if account is not None else ""


def opening_texts(blocks: Sequence[Any]) -> list[str]:
    """The texts of the first paragraphs of an article."""
    found: list[str] = []
    for block in blocks:
        if len(found) >= _OPENING:
            break
        content = getattr(block, "content", None)
        found += [plain_text(content)] if content else opening_texts(getattr(block, "blocks", ()))
    return found[:_OPENING]


def closing_text(blocks: Sequence[Any]) -> str:
    """The text of the last paragraph of an article."""
    for block in reversed(blocks):
        content = getattr(block, "content", None)
        if content:
            return plain_text(content)
        inner = getattr(block, "blocks", ())
        if inner:
            return closing_text(inner)
    return ""
