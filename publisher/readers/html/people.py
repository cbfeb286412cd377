"""Authors, editors and sources of an article, from all places where pages name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.html.days import SOME_DAY
from publisher.readers.html.parse import whole_text
from publisher.readers.html.titles import squeezed
from publisher.readers.plain.fields import byline_author, dated_byline, parse_fields, split_names
from publisher.readers.plain.reporters import reporter_line
from publisher.text.normalize import clean
from publisher.tree.meta import Contributor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.readers.html.jsonld import Said
    from publisher.tree.meta import ContributorRole, Metadata

_AUTHOR_CLASS: Final = re.compile(
    r"(?i)(?:^|[\s_-])(?:author|authi|byline|writer|reporter|journalist|blogger|zuozhe)"
)
_NAME_CLASS: Final = re.compile(r"(?i)name")
_HONORIFIC: Final = re.compile(
    r"^(?:文|作者|撰文|by|著者|執筆|記者|记者|text|글|취재|ライター)\s*[:：/／|\s]\s*|"
    r"\s*(?:記者|记者|기자|특파원|선임기자|さん|氏)$",
    re.IGNORECASE,
)
_IN_LINE: Final = re.compile(
    r"(?:記者|记者)\s?([\u3400-\u9fff]{2,4}(?:、[\u3400-\u9fff]{2,4}){0,3})\s?(?:[／/╱]|$)"
)
_PERSON: Final = re.compile(
    r"[\u3400-\u9fff\u30a0-\u30ff\u3040-\u309f々·・•]{2,12}(?:\s[\u3400-\u9fff]{1,4})?|"
    r"[\uac00-\ud7a3]{2,5}|[A-Za-z][\w.'’-]*(?:\s[A-Za-z][\w.'’-]*){0,3}"
)
# Sites that set their own name where an author's belongs.
_PORTALS: Final = frozenset(
    ["网易", "新浪", "搜狐", "腾讯", "腾讯网", "凤凰网", "新浪网", "百度", "admin"]
)
_WIKI: Final = re.compile("(?i)wikimedia|위키미디어|ウィキメディア|维基媒体|維基媒體")
_WECHAT_SIGNS: Final = frozenset(["原创", "原創", "转载", "轉載", ""])
_COLUMNS: Final = re.compile(r"\s*[|｜ㅣ│]\s*|\s{2,}|\s+·\s+")
_IN_BRACKETS: Final = re.compile(r"\s*[（(][^（()）]{1,20}[)）]\s*$")
_NAMES_LENGTH: Final = 30
_SHORT: Final = 80  # characters of a line that may be a byline


def article_people(
    root: Any,
    meta: Metadata,
    said: Said,
    lines: Sequence[str],
    reporters: Sequence[str],
    site: str,
) -> Iterator[Contributor]:
    """Authors by the most trusted place that names one; editors and sources beside them."""
    named = [_plain_name(name) for name in said.authors]
    named = [n for n in named if n and squeezed(n) != squeezed(site)]
    known = (_plain_name(c.name) for c in meta.contributors)
    named = named or [name for name in known if name and name.casefold() != site.casefold()]
    fields = [f for line in lines for f in (parse_fields(line) or dated_byline(line))]
    authors = named or list(_signed(root)) or list(_marked(root))
    written = (SOME_DAY.split(f.value)[0] for f in fields if f.kind == "author")
    authors = authors or [name for value in written for name in split_names(value)]
    authors = authors or [n for line in lines for n in _byline(line)]
    authors = authors or [n for line in lines for part in _columns(line) for n in _byline(part)]
    authors = authors or [n for line in lines for n in _dated_reporter(line)]
    authors = authors or list(reporters) or [_plain_name(name) for name in said.bodies]
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


def _signed(root: Any) -> Iterator[str]:
    """The author above an article of WeChat, in a line with its account and date."""
    line = root.find(".//*[@id='meta_content']")
    for element in line.iter("span") if line is not None else ():
        text = " ".join(whole_text(element).split())
        if "rich_media_meta_text" in (element.get("class") or "") and text not in _WECHAT_SIGNS:
            yield from split_names(text)


def _plain_name(name: str) -> str:
    text = " ".join(name.split())
    if text.startswith(("http://", "https://", "@")) or len(text) > 60:
        return ""
    if not any(map(str.isalpha, text)) or text in _PORTALS or _WIKI.search(text):
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
            reporter = _IN_LINE.search(text)
            if reporter and len(text) <= _SHORT:  # 聯合報／記者陳小明／嘉義報導
                yield from split_names(reporter[1])
                return
            name = fields[0].value if fields else _plain_name(_IN_BRACKETS.sub("", text))
            names = split_names(name) if len(name) <= _NAMES_LENGTH else ()
            if names and all(map(_PERSON.fullmatch, names)):
                yield from names
                return


def _name_texts(element: Any) -> Iterator[str]:
    """The texts in an element of an author that may be the name: most special first."""
    for meta in element.iter("meta"):
        if meta.get("itemprop") == "name":
            yield " ".join((meta.get("content") or "").split())
    for inner in element.iter():
        if _NAME_CLASS.search(f"{inner.get('itemprop') or ''} {inner.get('class') or ''}"):
            yield " ".join(whole_text(inner).split())
    yield " ".join(whole_text(element).split())
    first = element.find(".//p")
    if first is not None:
        yield whole_text(first).strip().split("\n")[0].strip()


def _dated_reporter(line: str) -> tuple[str, ...]:
    """The reporter in a line with a date: ``2016-05-13 03:21 聯合報 記者王小明╱高雄報導``."""
    found = _IN_LINE.search(line) if len(line) <= _SHORT and SOME_DAY.search(line) else None
    return split_names(found[1]) if found else ()


def _columns(line: str) -> list[str]:
    """The parts of a line of dates and names that bars part; none for any other line."""
    parts = _COLUMNS.split(line)
    return parts if len(parts) > 1 and any(map(SOME_DAY.search, parts)) else []


def _byline(line: str) -> tuple[str, ...]:
    """Names in a line that is a byline of a paper: ``記者 王小明／台北報導``, ``김철수 기자``."""
    if len(line) > _SHORT:
        return ()
    return reporter_line(line) or byline_author(line.strip())
