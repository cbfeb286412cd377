"""Title, names, date and site of an article, from all places where pages say them.

In order of trust: JSON-LD, ``meta``, marked elements, the lines that sites of China, Taiwan, Hong
Kong, Japan and Korea set over and under an article (作者：, 文/, 責任編輯：, 記者, 기자).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.html.jsonld import json_ld
from publisher.readers.html.metadata import page_metadata
from publisher.readers.html.parse import whole_text
from publisher.readers.plain.fields import (
    byline_author,
    closing_author,
    dated_byline,
    is_date_line,
    parse_fields,
    split_names,
)
from publisher.text.dates import iso_date
from publisher.text.normalize import clean
from publisher.tree.meta import Contributor
from publisher.tree.runs import text_run
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.tree.meta import ContributorRole, Metadata

_SITES: Final = ("og:site_name", "application-name")
_TITLES: Final = ("og:title", "twitter:title", "dc.title", "citation_title", "weibo:article:title")
_PARTS: Final = re.compile(
    r"\s*[_|｜»›]+\s*|\s+[-–—−]\s*|\s+(?::{1,2}|<|·|•)\s+|\s*[–—−]\s+|(?<=[\u3000-\uffef])-+(?=[\u3000-\uffef])"
)
_SITE_NAME, _COLUMN_NAME = 20, 8  # characters, at most
_BETWEEN: Final = 3  # characters that may stand between a title and a site's name as long
_SITE_WORDS: Final = re.compile(
    r"(?i).*(?:网|網|新闻|新聞|频道|頻道|日报|日報|时报|時報|晚报|周刊|週刊|杂志|雜誌|博客|部落格|论坛|論壇|"
    r"专栏|ニュース|ブログ|オンライン|デジタル|뉴스|신문|일보|닷컴|블로그|매거진|\.com|\.net|\.org|\.cn|"
    r"\.jp|\.kr|\.tw|news|blog|online|times|daily|press|magazine)\W*"
)
_AUTHOR_CLASS: Final = re.compile(
    r"(?i)(?:^|[\s_-])(?:author|byline|writer|reporter|journalist|blogger|zuozhe)"
)
_NAME_CLASS: Final = re.compile(r"(?i)name")
_DATE_CLASS: Final = re.compile(r"(?i)(?:date|time|publi|posted)")
_HONORIFIC: Final = re.compile(
    r"^(?:文|作者|撰文|by|著者|執筆|記者|记者|text|글|취재|ライター)\s*[:：/／|\s]\s*|"
    r"\s*(?:記者|记者|기자|특파원|선임기자|さん|氏)$",
    re.IGNORECASE,
)
_KOREAN_BYLINE: Final = re.compile(
    r"(?:[\[(（【]?[^\s\[\]()=]{0,12}\s*=\s*)?([\uac00-\ud7a3]{2,4})\s*(?:선임|수습|전문)?\s*"
    r"(?:기자|특파원|논설위원|앵커|칼럼니스트|에디터)"
    r"(?:\s*=?\s*[\])）】])?(?:\s+[\w.+-]+@[\w.-]+)?"
)
_REPORTER: Final = re.compile(
    r"[（(【\[]?\s*(?:[\u3400-\u9fff]{2,8}(?:网|網|社|报|報|日報|日报|谈|周刊))?\s*"
    r"(?:本报|本報|本刊|本网|本網|特约|特約|实习|實習)?(?:记者|記者)\s*[:：/／]?\s*"
    r"((?:[\u3400-\u9fff]{2,4})(?:[\s、，]+[\u3400-\u9fff]{2,4}){0,4})\s*"
    r"(?:[／/]?\s*(?:[\u3400-\u9fff]{2,6}(?:報導|报道|報道)|攝影|摄影))?\s*[)）】\]]?"
)
_PERSON: Final = re.compile(
    r"[\u3400-\u9fff\u30a0-\u30ff\u3040-\u309f々·・•]{2,12}(?:\s[\u3400-\u9fff]{1,4})?|"
    r"[\uac00-\ud7a3]{2,5}|[A-Za-z][\w.'’-]*(?:\s[A-Za-z][\w.'’-]*){0,3}"
)
_ADDRESS_DATE: Final = re.compile(r"/(20\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?:/|\D|$)")
_UTC: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):\d\d.*?(?:Z|\+00:?00)$")
_HOURS: Final = {"zh": 8, "ja": 9, "ko": 9}
_IN_BRACKETS: Final = re.compile(r"\s*[（(][^（()）]{1,20}[)）]\s*$")
_NAMES_LENGTH: Final = 30
_ABOVE, _BELOW = 120, 60  # lines from either end of a page where names and dates may stand
_SHORT: Final = 80  # characters of a line that may be a byline


def article_metadata(root: Any, language: str, lines: Sequence[str], closing: str = "") -> Metadata:
    """What a page says of its article; no language.

    Args:
        root: The whole page.
        language: Of the text, for the hours of its dates.
        lines: Short lines about the article, in order.
        closing: The article's last paragraph, which may end with a name.
    """
    if len(lines) > _ABOVE + _BELOW:
        lines = (*lines[:_ABOVE], *lines[-_BELOW:])
    meta = page_metadata(root)
    said = json_ld(root)
    names = _meta(root)
    site = said.site or next((names[n] for n in _SITES if n in names), "")
    site = _account(root) or site
    people = list(_people(root, meta, said.authors, lines, closing, site))
    title = _title(root, said.title, names, site)
    date = _local(said.date, language) or _date(root, meta, language, lines)
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


def _meta(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            found.setdefault(name.strip(), content)
    return found


# --------------------------------------------------------------------------------------- title


def _title(root: Any, headline: str, names: dict[str, str], site: str) -> str:
    """The article's own title: without the site's name, as the heading writes it if one does."""
    element = next(root.iter("title"), None)
    whole = " ".join(whole_text(element).split()) if element is not None else ""
    shared = next((names[n] for n in _TITLES if n in names), "")
    best = _without_site(headline or shared or whole, site)
    plain = _squeezed(best)
    texts = [" ".join(whole_text(h).split()) for tag in ("h1", "h2", "h3") for h in root.iter(tag)]
    alike = [
        text
        for text in texts
        if (said := _squeezed(text)) and said != _squeezed(site)
        if said in plain or plain in said
        if len(plain) - _BETWEEN <= 2 * len(said) <= 4 * len(plain)
    ]
    first = (text for text in alike if plain.startswith(_squeezed(text)))
    return next(first, alike[0] if alike else best)


def _without_site(title: str, site: str) -> str:
    """A title without the names of site and column that follow or lead it."""
    parts = [part for part in _PARTS.split(title) if part.strip()]
    kept = list(parts)
    while len(kept) > 1 and _is_site(kept[-1], site, parts):
        kept.pop()
    while len(kept) > 1 and site and _squeezed(kept[0]) == _squeezed(site):
        kept.pop(0)
    if len(kept) == len(parts):
        return title
    start = title.find(kept[0])
    return title[start : title.rfind(kept[-1], start) + len(kept[-1])].strip()


def _is_site(part: str, site: str, parts: list[str]) -> bool:
    if site and _squeezed(part) == _squeezed(site):
        return True
    longest = max(map(len, parts))
    if len(part) == longest or len(part) > _SITE_NAME:
        return False
    short = len(part) * 2 < longest
    return (
        _SITE_WORDS.fullmatch(part) is not None
        or (short and part.isascii())
        or (short and len(parts) > 2 and len(part) <= _COLUMN_NAME)
    )


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


# -------------------------------------------------------------------------------------- people


def _people(
    root: Any,
    meta: Metadata,
    said: Iterable[str],
    lines: Sequence[str],
    closing: str,
    site: str,
) -> Iterator[Contributor]:
    """Authors by the most trusted place that names one; editors and sources beside them."""
    named = [_plain_name(name) for name in said]
    named = [n for n in named if n and _squeezed(n) != _squeezed(site)]
    known = (_plain_name(c.name) for c in meta.contributors)
    named = named or [name for name in known if name and name.casefold() != site.casefold()]
    fields = [f for line in lines for f in (parse_fields(line) or dated_byline(line))]
    authors = named or list(_marked(root))
    written = (_SOME_DAY.split(f.value)[0] for f in fields if f.kind == "author")
    authors = authors or [name for value in written for name in split_names(value)]
    authors = authors or [n for line in lines for n in _byline(line)]
    authors = authors or list(closing_author(closing))
    taken: set[str] = set()
    roles: list[tuple[str, ContributorRole]] = [(name, "author") for name in authors[:8]]
    for found in fields:
        if found.kind == "editor":
            roles += [(name, "editor") for name in split_names(found.value)]
        elif found.kind == "source" and found.value:
            roles.append((found.value, "source"))
    for name, role in roles:
        plain = clean(name).text.strip()
        if plain and plain not in taken:
            taken.add(plain)
            yield Contributor(plain, role)


def _plain_name(name: str) -> str:
    text = " ".join(name.split())
    if text.startswith(("http://", "https://", "@")) or len(text) > 60:
        return ""
    return _HONORIFIC.sub("", text).strip(" ，,:：")


def _marked(root: Any) -> Iterator[str]:
    """Names in elements that say they hold one."""
    for element in root.iter("a", "span", "div", "p", "address", "li", "em", "cite"):
        said = f"{element.get('class') or ''} {element.get('id') or ''}"
        marked = (
            "author" in (element.get("rel") or "").lower().split()
            or "author" in (element.get("itemprop") or "").lower().split()
            or _AUTHOR_CLASS.search(said)
        )
        if not marked:
            continue
        for text in _name_texts(element):
            fields = [f for f in parse_fields(text) if f.kind == "author"]
            name = fields[0].value if fields else _plain_name(_IN_BRACKETS.sub("", text))
            names = split_names(name) if len(name) <= _NAMES_LENGTH else ()
            if names and all(map(_PERSON.fullmatch, names)):
                yield from names
                return


def _name_texts(element: Any) -> Iterator[str]:
    """The texts in an element of an author that may be the name: most special first."""
    for inner in element.iter():
        if _NAME_CLASS.search(f"{inner.get('itemprop') or ''} {inner.get('class') or ''}"):
            yield " ".join(whole_text(inner).split())
    yield " ".join(whole_text(element).split())
    first = element.find(".//p")
    if first is not None:
        yield whole_text(first).strip().split("\n")[0].strip()


def _byline(line: str) -> tuple[str, ...]:
    """Names in a line that is a byline of a paper: ``記者 王小明／台北報導``, ``김철수 기자``."""
    if len(line) > _SHORT:
        return ()
    korean = _KOREAN_BYLINE.fullmatch(line.strip())
    if korean:
        return (korean[1],)
    reporter = _REPORTER.fullmatch(line.strip())
    if reporter:
        return split_names(reporter[1])
    return byline_author(line.strip())


# ---------------------------------------------------------------------------------------- dates


def _date(root: Any, meta: Metadata, language: str, lines: Sequence[str]) -> str:
    names = _meta(root)
    published = _local(names.get("article:published_time", ""), language)
    if published or meta.date:
        return published or meta.date
    for line in lines:
        for found in parse_fields(line) or dated_byline(line):
            day = _SOME_DAY.search(found.value)
            if found.kind in ("date", "author") and day and iso_date(day[0]):
                return iso_date(day[0])
    for element in root.iter("time"):
        written = element.get("datetime") or whole_text(element)
        if date := _local(" ".join(written.split()), language):
            return date
    for element in root.iter("span", "div", "p", "em", "i", "li"):
        said = f"{element.get('class') or ''} {element.get('id') or ''}"
        text = " ".join(whole_text(element).split()) if _DATE_CLASS.search(said) else ""
        if 6 <= len(text) <= 60 and (date := iso_date(_day(text))):
            return date
    for line in lines:
        if is_date_line(line):
            return iso_date(_day(line))
    return _address_date(root, meta)


_SOME_DAY: Final = re.compile(r"\d{4}\s?[-./年년]\s?\d{1,2}\s?[-./月월]\s?\d{1,2}\s?[日일]?")


def _day(text: str) -> str:
    found = _SOME_DAY.search(text)
    return found[0] if found else text


def _local(written: str, language: str) -> str:
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


def _address_date(root: Any, meta: Metadata) -> str:
    names = _meta(root)
    for address in (meta.source_url, names.get("og:url", "")):
        found = _ADDRESS_DATE.search(address)
        if found:
            return iso_date("-".join(found.groups()))
    return ""


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
