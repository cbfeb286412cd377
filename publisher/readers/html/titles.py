"""An article's own title, and the site's name, out of what a page has for a title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.html.parse import whole_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_TITLES: Final = (
    "og:title",
    "articletitle",
    "twitter:title",
    "dc.title",
    "citation_title",
    "weibo:article:title",
)
_PARTS: Final = re.compile(
    r"\s*[_|｜»›]+\s*|\s+[-–—−]\s*|\s+(?::{1,2}|<|·|•)\s+|\s*[–—−]\s+|"
    r"(?<=[\u3000-\uffef])-+(?=[\u3000-\uffef])"
)
_SITE_NAME, _COLUMN_NAME = 20, 8  # characters, at most
_BETWEEN: Final = 3  # characters that may stand between a title and a site's name as long
_SITE_WORDS: Final = re.compile(
    r"(?i).*(?:网|網|新闻|新聞|频道|頻道|日报|日報|时报|時報|晚报|周刊|週刊|杂志|雜誌|博客|部落格|论坛|論壇|"
    r"powered by .*|wikipedia|维基百科|維基百科|ウィキペディア|위키백과|百度百科|知乎|豆瓣|简书|"
    r"专栏|在线|在線|热线|社区|门户|人民政府|办公厅|中央社|ニュース|ブログ|オンライン|デジタル|뉴스|신문|일보|닷컴|블로그|매거진|"
    r"\.com|\.net|\.org|\.cn|"
    r"\.jp|\.kr|\.tw|news|blog|online|times|daily|press|magazine)\W*"
)
_RIGHTS: Final = re.compile(r"(?i)版[权權]|著作[权權]|copyright|©|ICP|저작권|無断|All rights")


def article_title(
    root: Any, headline: str, names: dict[str, str], site: str, lines: Sequence[str]
) -> tuple[str, str]:
    """The article's own title, as the heading writes it if one does, and the site's name after it.

    The name is empty where the page's title does not end with one.
    """
    element = next(root.iter("title"), None)
    whole = " ".join(whole_text(element).split()) if element is not None else ""
    shared = next((names[n] for n in _TITLES if n in names), "")
    best = _without_site(headline or shared or whole, site, lines)
    plain = squeezed(best)
    texts = [" ".join(whole_text(h).split()) for tag in ("h1", "h2", "h3") for h in root.iter(tag)]
    alike = [
        text
        for text in texts
        if (said := squeezed(text)) and said != squeezed(site)
        if said in plain or plain in said
        if len(plain) - _BETWEEN <= 2 * len(said) <= 4 * len(plain)
    ]
    # The title may have been cut short in the page's head, as by a quotation mark in it.
    full = squeezed(whole)
    alike += [t for t in texts if (said := squeezed(t)).startswith(plain) and full.startswith(said)]
    first = (text for text in alike if plain.startswith(squeezed(text)))
    return next(first, alike[0] if alike else best), _named_site(whole, best, lines)


def _named_site(whole: str, title: str, lines: Sequence[str]) -> str:
    """What a page's title ends with after the article's, if it is a site's name.

    It is one by its words, or when a line about rights has it.
    """
    parts = [part.strip() for part in _PARTS.split(whole) if part.strip()]
    if len(parts) < 2 or parts[-1] in title or len(parts[-1]) > _SITE_NAME:
        return ""
    name = parts[-1]
    known = _SITE_WORDS.fullmatch(name) or any(name in n and _RIGHTS.search(n) for n in lines)
    if not known:
        said = [squeezed(line) for line in lines]
        known = squeezed(title) in said and sum(squeezed(name) in line for line in said) > 1
    return name if known else ""


def _without_site(title: str, site: str, lines: Sequence[str]) -> str:
    """A title without the names of site and column that follow or lead it.

    A line of the page that is the title's first parts alone shows where the rest begins.
    """
    parts = [part for part in _PARTS.split(title) if part.strip()]
    said = {squeezed(line) for line in lines} if len(parts) > 1 else set()
    # In bytes, as a Han character says as much as three letters.
    longest = parts.index(max(parts, key=lambda p: len(p.encode()))) if parts else 0
    for end in range(longest + 1, len(parts)):
        head = title[: title.find(parts[end - 1]) + len(parts[end - 1])].strip()
        if squeezed(head) in said:
            return head
    for start in range(longest, 0, -1):  # the site's name leads
        if squeezed(tail := title[title.rfind(parts[start]) :].strip()) in said:
            return tail
    kept = list(parts)
    while len(kept) > 1 and _is_site(kept[-1], site, parts):
        kept.pop()
    while len(kept) > 1 and site and squeezed(kept[0]) == squeezed(site):
        kept.pop(0)
    if len(kept) == len(parts):
        return title
    start = title.find(kept[0])
    return title[start : title.rfind(kept[-1], start) + len(kept[-1])].strip()


def _is_site(part: str, site: str, parts: list[str]) -> bool:
    if site and squeezed(part) == squeezed(site):
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


def squeezed(text: str) -> str:
    """A text without spaces and capitals, for comparing."""
    return "".join(text.split()).casefold()
