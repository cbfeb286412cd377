"""The HTML reader: bytes of a page to a document."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from publisher.errors import SourceError, SourceTooLarge
from publisher.events import Diagnostic
from publisher.readers.html.captions import mark_captions
from publisher.readers.html.covered import without_covered
from publisher.readers.html.extract import Article, find_article
from publisher.readers.html.facts import article_metadata, closing_text, opening_texts
from publisher.readers.html.headings import headed
from publisher.readers.html.metadata import page_address, page_language
from publisher.readers.html.parse import article, declared_charset, parse, sample_text
from publisher.readers.html.sides import mark_sides
from publisher.readers.html.tidy import tidied
from publisher.readers.html.walk import Walk
from publisher.readers.pictures import PictureShelf
from publisher.readers.sections import take_title
from publisher.readers.source import source_text
from publisher.text.language import language_tag
from publisher.text.normalize import clean
from publisher.tree.meta import Document, Metadata, SourceInfo
from publisher.tree.nodes import Blocks, Paragraph, Section, Text
from publisher.tree.walk import plain_text, walk_inlines

if TYPE_CHECKING:
    from publisher.readers.base import ReadRequest
    from publisher.tree.nodes import Inlines

_SIGN: Final = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|h[1-6]|p|div|table|ruby)[\s>/]",
    re.IGNORECASE,
)


_EARLY: Final = 4  # blocks among which the title may stand again


class HtmlReader:
    """Reads an HTML or XHTML file: its article, or all of it."""

    name = "html"
    suffixes = (".html", ".htm", ".xhtml")
    media_types = ("text/html", "application/xhtml+xml")

    def sniff(self, head: bytes) -> float:
        """0.95 when it opens like a page, less when tags only appear in it."""
        found = _SIGN.search(head)
        if found is None:
            return 0.0
        opens = head[: found.start()].strip(b"\xef\xbb\xbf \t\r\n")
        if not opens or opens.startswith((b"<?xml", b"<!--")):
            return 0.95 if found[0].lower().startswith((b"<!doctype", b"<html")) else 0.6
        return 0.2

    def read(self, request: ReadRequest) -> Document:
        """The document.

        Raises:
            SourceError: The bytes are no text, or hold no HTML, or nothing to read.
        """
        text, encoding = source_text(request, request.declared or declared_charset(request.data))
        root = parse(text, request.name)
        mark_captions(root)
        mark_sides(root)
        found = _article(root, text, request)
        language = language_tag(page_language(root), sample_text(found.top, 200_000))
        shelf = PictureShelf(request)
        base = page_address(root, request.address)
        walk = Walk(found.top, (request.name, 0), language, shelf, request.report, base=base)
        walk.dropped = found.dropped
        blocks = tidied(walk.blocks())
        if not blocks:
            raise SourceError(
                "holds no text to publish",
                code="source.empty",
                where=request.name,
                hint="check that the page was saved whole",
            )
        if len(text) > request.settings.max_line:
            _check_runs(blocks, request)
        ends = (opening_texts(blocks), closing_text(blocks))
        meta = article_metadata(root, language, found.lines, *ends)
        if request.address and not meta.source_url:
            meta = replace(meta, source_url=request.address)
        title, body = _titled(blocks, meta.title)
        if found.of_site:
            body = _made_plain(body, meta, request)
        return Document(
            meta=_finished(meta, title, language),
            body=body,
            resources=shelf.resources,
            sources=(
                SourceInfo(
                    request.name,
                    self.name,
                    encoding,
                    hashlib.sha256(request.data).hexdigest(),
                    "html/1",
                ),
            ),
        )


def _article(root: Any, text: str, request: ReadRequest) -> Article:
    """The article of a page with a site around it; all of it where furniture is wanted."""
    top = article(root)
    if not request.settings.drop_furniture:
        body = root.find("body")
        return Article(root if body is None else body)
    return find_article(root, text, top, request.name, request.report)


def _titled(blocks: Blocks, told: Inlines) -> tuple[Inlines, Blocks]:
    """The title, and the text without a heading that repeats it."""
    title, body = take_title(blocks, ())
    if title or not told:
        return title, body
    said = _squeezed(told)
    for at, block in enumerate(blocks[:_EARLY]):
        if isinstance(block, Section) and _squeezed(block.title) == said:
            return block.title, (*blocks[:at], *block.blocks, *blocks[at + 1 :])
        if isinstance(block, Paragraph) and _squeezed(block.content) == said:
            return told, (*blocks[:at], *blocks[at + 1 :])
    return title, body


def _made_plain(body: Blocks, meta: Metadata, request: ReadRequest) -> Blocks:
    """The text of a site's article without lines that its metadata covers, in sections.

    Lines that go, and paragraphs that become headings for their looks, are reported.
    """
    kept, lines = without_covered(body, meta)
    for line in lines if kept else ():
        args = (("place", "p"), ("text", line))
        request.report(Diagnostic("html.dropped", "info", args, source=request.name))
    made, named = headed(kept or body)
    if named:
        args = (("count", str(len(named))), ("text", named[0]))
        request.report(Diagnostic("html.headings", "info", args, source=request.name))
    return made


def _squeezed(run: Inlines) -> str:
    return "".join(plain_text(run).split()).casefold()


def _check_runs(blocks: Blocks, request: ReadRequest) -> None:
    """Sees that no run of text is longer than a line may be; lines of markup may be any length."""
    limit = request.settings.max_line
    longest = max((len(n.text) for n in walk_inlines(blocks) if isinstance(n, Text)), default=0)
    if longest > limit:
        raise SourceTooLarge(
            f"has {longest:,} characters without a break, over the limit of {limit:,}",
            code="source.line-too-long",
            where=request.name,
            hint="break them into paragraphs",
        )


def _finished(meta: Metadata, title: Inlines, language: str) -> Metadata:
    own = title or tuple(Text(clean(plain_text((part,))).text) for part in meta.title)
    return replace(meta, title=own, language=language)
