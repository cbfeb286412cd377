"""The Markdown reader: bytes to a document."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from publisher.errors import SourceError
from publisher.readers.markdown.convert import BlockReader
from publisher.readers.markdown.frontmatter import MetadataReader, split_front_matter
from publisher.readers.markdown.parser import make_parser, protect_ruby_in_tables
from publisher.readers.pictures import PictureShelf
from publisher.readers.sections import take_title
from publisher.readers.source import check_lines, source_text
from publisher.text.language import language_tag
from publisher.tree.meta import Document, SourceInfo
from publisher.tree.nesting import nest_sections

if TYPE_CHECKING:
    from publisher.readers.base import ReadRequest
    from publisher.tree.nodes import Blocks

_SIGNS: Final = (
    re.compile(
        rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n.+?\n(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE
    ),
    re.compile(rb"^#{1,6} \S", re.MULTILINE),
    re.compile(rb"^\[[^\]\n]+\]: \S|\]\([^)\n]+\)", re.MULTILINE),
    re.compile(rb"^(?:```|~~~)", re.MULTILINE),
    re.compile(rb"\*\*[^*\n]+\*\*"),
)


class MarkdownReader:
    """Reads Markdown: CommonMark, tables, notes, definition lists, ruby, front matter."""

    name = "markdown"
    suffixes = (".md", ".markdown", ".mkd")
    media_types = ("text/markdown",)

    def sniff(self, head: bytes) -> float:
        """Between 0 and 0.8, by how many kinds of Markdown's signs the beginning shows."""
        found = sum(1 for sign in _SIGNS if sign.search(head))
        return (0.0, 0.35, 0.55, 0.7, 0.8, 0.8)[found]

    def read(self, request: ReadRequest) -> Document:
        """The document.

        Raises:
            SourceError: The bytes are no text, the source is empty, has a line over the limit,
                broken front matter, or quotes and lists nested too deeply.
        """
        text, encoding = source_text(request)
        check_lines(text, request)
        front, source = split_front_matter(text, request.name)
        if not source.strip() and not front.values:
            raise SourceError(
                "is empty", code="source.empty", where=request.name, hint="write something in it"
            )
        written = front.values.get("lang") or front.values.get("language") or ""
        language = language_tag(written if isinstance(written, str) else "", source)
        shelf = PictureShelf(request)

        def html(markup: str, line: int) -> Blocks:
            from publisher.readers.html.fragment import convert_fragment

            return convert_fragment(markup, line, language, shelf, request)

        blocks = BlockReader(
            make_parser(), language, shelf, (request.name, front.line_count), request.report, html
        )
        flat = blocks.read(protect_ruby_in_tables(source))
        meta = MetadataReader(
            front, request.name, request.report, blocks.inlines, shelf.take
        ).read()
        title, body = take_title(nest_sections(tuple(flat)), meta.title)
        return Document(
            meta=replace(meta, title=title, language=language),
            body=body,
            resources=shelf.resources,
            sources=(
                SourceInfo(
                    request.name,
                    self.name,
                    encoding,
                    hashlib.sha256(request.data).hexdigest(),
                    "markdown/1",
                ),
            ),
        )
