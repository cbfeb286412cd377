"""What a page says about itself in its head."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from publisher.readers.html.parse import whole_text
from publisher.text.dates import iso_date
from publisher.tree.meta import Contributor, Metadata
from publisher.tree.nodes import Text

if TYPE_CHECKING:
    from publisher.tree.nodes import Inlines

_AUTHORS: Final = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "mediaid",
)
_DATES: Final = (
    "article:published_time", "date", "dc.date", "dcterms.created", "dcterms.date",
    "dc.date.issued", "pubdate", "publishdate", "citation_date", "citation_publication_date",
)  # fmt: skip
_DESCRIPTIONS: Final = ("description", "og:description", "dc.description", "dcterms.abstract")
_KEYWORDS: Final = ("keywords", "dc.subject", "news_keywords")
_PUBLISHERS: Final = ("dc.publisher", "dcterms.publisher", "publisher")
_RIGHTS: Final = ("dc.rights", "dcterms.rights", "copyright")
_IDENTIFIERS: Final = ("dc.identifier", "dcterms.identifier")


def page_metadata(root: Any) -> Metadata:
    """The metadata in ``<title>``, ``<meta>`` and ``<link rel=canonical>``; no language."""
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            found.setdefault(name, []).append(content)

    def first(names: tuple[str, ...]) -> str:
        return next((found[name][0] for name in names if name in found), "")

    authors = next((found[name] for name in _AUTHORS if name in found), [])
    people = [
        person
        for written in authors
        if not written.startswith(("http://", "https://"))
        for person in re.split(r"\s*[、；;]\s*", written)
        if person
    ]
    return Metadata(
        title=_title(root),
        contributors=tuple(Contributor(person) for person in dict.fromkeys(people)),
        identifier=first(_IDENTIFIERS),
        date=next(
            (date for name in _DATES for raw in found.get(name, ()) if (date := iso_date(raw))), ""
        ),
        publisher=first(_PUBLISHERS),
        description=first(_DESCRIPTIONS),
        subjects=tuple(
            dict.fromkeys(
                word
                for raw in found.get(next((n for n in _KEYWORDS if n in found), ""), ())
                for word in re.split(r"\s*[,，、;；]\s*", raw)
                if word
            )
        ),
        rights=first(_RIGHTS),
        source_url=_canonical(root),
    )


def meta_names(root: Any) -> dict[str, str]:
    """The first content of each ``meta`` by its name, property or item, in lower case."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            found.setdefault(name.strip(), content)
    return found


def page_language(root: Any) -> str:
    """The language as the page writes it; empty when it does not."""
    own = root.get("lang") or root.get("xml:lang")
    body = root.find("body")
    if not own and body is not None:
        own = body.get("lang") or body.get("xml:lang")
    if own:
        return str(own)
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").lower() == "content-language":
            return (meta.get("content") or "").split(",")[0].strip()
    return ""


def page_address(root: Any, fetched: str = "") -> str:
    """What relative links start from: ``<base href>``, else the page's own address; or empty.

    `fetched` is the address that the page came from, when it did.
    """
    for element in root.iter("base"):
        href = str(urljoin(fetched, (element.get("href") or "").strip()))
        if href.startswith(("http://", "https://")):
            return href
    return fetched or _canonical(root)


def _title(root: Any) -> Inlines:
    element = next(root.iter("title"), None)
    text = " ".join(whole_text(element).split()) if element is not None else ""
    return (Text(text),) if text else ()


def _canonical(root: Any) -> str:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            href = (link.get("href") or "").strip()
            if href.startswith(("http://", "https://")):
                return href
    return ""
