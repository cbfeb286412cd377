"""Articles on several pages: the ones that follow, as a page itself says, read and joined."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

from publisher.errors import SourceError
from publisher.events import Diagnostic
from publisher.readers.html.parse import declared_charset, parse, whole_text
from publisher.readers.source import source_text
from publisher.tree.nodes import Section
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from publisher.network import Network
    from publisher.readers.base import Reader, ReadRequest
    from publisher.settings import NetworkSettings
    from publisher.tree.meta import Document
    from publisher.tree.nodes import Blocks

_NEXT: Final = re.compile(
    r"(?:下一?[页頁]|后一?[页頁]|後一頁|次(?:の)?ページ(?:へ)?|次へ|다음\s?(?:페이지)?|"
    r"next(?: page)?)"
    r"\s*[>»›→]*",
    re.IGNORECASE,
)


def with_next_pages(
    document: Document,
    request: ReadRequest,
    reader: Reader,
    network: Network,
    settings: NetworkSettings,
) -> Document:
    """The document with the pages that follow its own, in their order.

    A page follows when ``rel=next`` or a link that says "next page" leads to it, on the same host.
    One that cannot be had ends the article, with a warning.
    """
    seen = {request.address}
    here = request
    for _ in range(settings.max_pages - 1):
        following = next_page(here)
        if not following or following in seen:
            break
        seen.add(following)
        try:
            found = network.page(following)
            here = replace(request, data=found.data, address=found.address, declared=found.charset)
            more = reader.read(here)
        except SourceError as problem:
            args = (("address", following), ("problem", problem.message))
            request.report(Diagnostic("network.page-lost", "warning", args, source=request.name))
            break
        document = _joined(document, more)
    return document


def next_page(request: ReadRequest) -> str:
    """The address of the page after this one; empty for the last."""
    text, _ = source_text(request, request.declared or declared_charset(request.data))
    root = parse(text, request.name)
    for link in root.iter("link", "a"):
        if "next" in (link.get("rel") or "").lower().split():
            return _beside(request.address, link)
    for link in root.iter("a"):
        if _NEXT.fullmatch(" ".join(whole_text(link).split())):
            return _beside(request.address, link)
    return ""


def _beside(address: str, link: Any) -> str:
    """Where a link leads, if it is another page of the same host."""
    href = (link.get("href") or "").strip()
    try:
        full = urljoin(address, href).partition("#")[0]
        same = urlsplit(full).netloc == urlsplit(address).netloc
    except ValueError:
        return ""
    return full if href and same and full != address.partition("#")[0] else ""


def _joined(one: Document, other: Document) -> Document:
    """Two pages as one text; a heading of the second that repeats the title goes."""
    body: Blocks = other.body
    title = "".join(plain_text(one.meta.title).split())
    if body and isinstance(body[0], Section):
        first = body[0]
        if "".join(plain_text(first.title).split()) == title:
            body = (*first.blocks, *body[1:])
    known = {r.id for r in one.resources}
    more = tuple(r for r in other.resources if r.id not in known)
    return replace(
        one,
        body=(*one.body, *body),
        resources=(*one.resources, *more),
        sources=(*one.sources, *other.sources),
    )
