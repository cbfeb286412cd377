"""Feeds as books: RSS and Atom, saved or fetched, each entry a chapter."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from publisher.errors import MalformedSource, SourceError
from publisher.readers.html.parse import parse
from publisher.readers.html.tidy import tidied
from publisher.readers.html.walk import Walk
from publisher.readers.pictures import PictureShelf
from publisher.readers.xml import parse_xml
from publisher.text.dates import iso_date
from publisher.text.language import guess_language, language_tag
from publisher.text.normalize import clean
from publisher.tree.meta import Contributor, Document, Metadata, SourceInfo
from publisher.tree.nodes import Link, Paragraph, Section, Text
from publisher.tree.runs import text_run

if TYPE_CHECKING:
    from publisher.readers.base import ReadRequest
    from publisher.tree.nodes import Block, Blocks

_SIGN: Final = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]", re.IGNORECASE)
_WRITTEN_DAY: Final = re.compile(r"(\d{4}-\d\d-\d\d)")
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_MAIL_DAY: Final = re.compile(r"(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?\s+(\d{4})")
_ADDRESSED: Final = re.compile(r"\S+@\S+\s*[(（](.+)[)）]|(.+?)\s*[<(（]\S+@\S+[>)）]")
_DEEPEST: Final = 6


class FeedReader:
    """Reads RSS 0.9 to 2.0 and Atom: entries in the feed's order, whole where the feed has them."""

    name = "feed"
    suffixes = (".rss", ".atom", ".xml")
    media_types = ("application/rss+xml", "application/atom+xml")

    def sniff(self, head: bytes) -> float:
        """0.95 for XML whose first elements are a feed's."""
        return 0.95 if _SIGN.search(head[:1500]) and b"<html" not in head[:500].lower() else 0.0

    def read(self, request: ReadRequest) -> Document:
        """The document.

        Raises:
            SourceError: It is no feed, declares entities of its own, or has no entry.
        """
        if not _SIGN.search(request.data[:20_000]):
            raise MalformedSource(
                "is no feed",
                code="feed.none",
                where=request.name,
                hint="of XML files only RSS and Atom are read",
            )
        found = _parsed(request)
        shelf = PictureShelf(request)
        feed = found.feed
        written = str(feed.get("language") or "")
        sample = " ".join(
            _plain(entry.get("title")) + _markup(entry)[:500] for entry in found.entries
        )
        language = language_tag(written, sample) if written else guess_language(sample)
        base = str(feed.get("link") or request.address)
        blocks = [_chapter(entry, base, language, shelf, request) for entry in found.entries]
        chapters = tuple(block for block in blocks if block is not None)
        if not chapters:
            raise SourceError(
                "has no entry with text",
                code="source.empty",
                where=request.name,
                hint="fetch it anew",
            )
        people = [_author(feed)]
        meta = Metadata(
            title=text_run(_plain(feed.get("title"))),
            contributors=tuple(Contributor(name) for name in people if name),
            language=language,
            date=max((_day(entry) for entry in found.entries), default=""),
            description=_plain(feed.get("subtitle")),
            source_url=base if base.startswith(("http://", "https://")) else "",
        )
        digest = hashlib.sha256(request.data).hexdigest()
        source = SourceInfo(request.name, self.name, "", digest, "feed/1")
        return Document(meta, chapters, shelf.resources, (source,))


def _parsed(request: ReadRequest) -> Any:
    try:
        parse_xml(request.data, request.name, doctype=True)
    except MalformedSource as problem:
        if problem.code == "xml.entities":
            raise
        # Many feeds are not well-formed; the reader of feeds takes them all the same.
    import feedparser  # type: ignore[import-untyped]

    try:
        # A stream, since a text might be taken for the name of a file.
        return feedparser.parse(
            io.BytesIO(request.data), sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as problem:
        raise MalformedSource(
            "is no feed that can be read",
            code="feed.damaged",
            where=request.name,
            hint="fetch it anew",
        ) from problem


def _markup(entry: Any) -> str:
    """An entry's text as HTML: the whole of it where the feed has that, else the summary."""
    texts = [str(content.get("value") or "") for content in entry.get("content") or ()]
    texts.append(str(entry.get("summary") or ""))
    return max(texts, key=len)


def _chapter(
    entry: Any, base: str, language: str, shelf: PictureShelf, request: ReadRequest
) -> Section | None:
    title = _plain(entry.get("title"))
    address = str(entry.get("link") or "")
    body: Blocks = ()
    markup = _markup(entry)
    if markup.strip():
        root = parse(f"<html><body>{markup}</body></html>", request.name)
        top = root.find("body")
        walk = Walk(
            root if top is None else top,
            (request.name, 0),
            language,
            shelf,
            request.report,
            base=address or base,
        )
        body = _lowered(tidied(walk.blocks()))
    if not title and not body:
        return None
    head: list[Block] = []
    author, day = _author(entry), _day(entry)
    if author:
        head.append(Paragraph((Text(author),), "byline"))
    if day:
        head.append(Paragraph((Text(day),), "dateline"))
    tail: list[Block] = []
    if address.startswith(("http://", "https://")):
        tail.append(Paragraph((Link((Text(address),), address),), "credit"))
    return Section(1, text_run(title or day or "—"), (*head, *body, *tail), kind="chapter")


def _author(said: Any) -> str:
    """The author's name, without the address that RSS wants before it: ``a@b.c (阿宽)``."""
    author = _plain(said.get("author"))
    match = _ADDRESSED.fullmatch(author)
    return next((name.strip() for name in match.groups() if name), "") if match else author


def _lowered(blocks: Blocks) -> Blocks:
    """Sections of an entry, below its own title."""
    return tuple(
        replace(b, level=min(b.level + 1, _DEEPEST), blocks=_lowered(b.blocks))
        if isinstance(b, Section)
        else b
        for b in blocks
    )


def _plain(written: Any) -> str:
    """A title or name without markup."""
    text = str(written or "")
    if "<" in text or "&" in text:
        root = parse(f"<html><body>{text}</body></html>", "title")
        text = "".join(map(str, root.itertext()))
    return " ".join(clean(text).text.split())


def _day(entry: Any) -> str:
    """The day of an entry, as it is written there: where it was published, not in UTC."""
    text = str(entry.get("published") or entry.get("updated") or "")
    found = _WRITTEN_DAY.search(text)
    if found:
        return iso_date(found[1])
    mail = _MAIL_DAY.search(text)
    if mail is None or mail[2].lower() not in _MONTHS:
        return ""
    month = _MONTHS.index(mail[2].lower()) + 1
    return iso_date(f"{mail[3]}-{month:02d}-{int(mail[1]):02d}")
