"""The EPUB reader: bytes of a book to a document."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from publisher.errors import MalformedSource, SourceError
from publisher.events import Diagnostic
from publisher.readers.archive import Archive
from publisher.readers.epub.chapters import Names, bind, chapter
from publisher.readers.epub.contents import contents
from publisher.readers.epub.front import Front, front_matter
from publisher.readers.epub.headings import own_headings, place_headings
from publisher.readers.epub.metadata import GENERATOR, book_metadata, generator
from publisher.readers.epub.package import open_package
from publisher.readers.epub.styles import Styles, sets_vertical
from publisher.readers.html.parse import sample_text
from publisher.readers.html.tidy import columns_aligned, languages_once, tidied
from publisher.readers.html.walk import Walk, whole_book
from publisher.readers.neighbours import ArchiveNeighbours
from publisher.readers.pictures import PictureShelf
from publisher.readers.sections import take_title
from publisher.text.encoding import decode
from publisher.text.language import language_tag
from publisher.tree.meta import WRITING_MODE, Document, SourceInfo
from publisher.tree.nesting import nest_sections

if TYPE_CHECKING:
    from publisher.readers.base import ReadRequest
    from publisher.readers.epub.package import Package
    from publisher.tree.nodes import Block, Blocks

_MIMETYPE = b"application/epub+zip"
_SAMPLE = 200_000


class EpubReader:
    """Reads EPUB 2 and 3: text in the order of the spine, structure from the contents."""

    name = "epub"
    suffixes = (".epub",)
    media_types = ("application/epub+zip",)

    def sniff(self, head: bytes) -> float:
        """1 when the first member of the archive says so, as it has to."""
        if not head.startswith(b"PK\x03\x04"):
            return 0.0
        return 1.0 if _MIMETYPE in head[:100] else 0.1

    def read(self, request: ReadRequest) -> Document:
        """The document.

        Raises:
            SourceError: It is no EPUB, damaged, locked, over a limit, or holds no text.
        """
        archive = Archive(request.data, request.name, request.settings.max_bytes)
        package = open_package(archive, request.name)
        meta, written = book_metadata(package.root)
        own = generator(package.root) == GENERATOR
        roots, names = _chapters(package, request)
        styles = _styles(package, roots, request)
        if not own:  # what our style sheets say, the classes say better
            for root in roots.values():
                styles.apply(root)
        vertical = styles.vertical or any(sets_vertical(root) for root in roots.values())
        tops = {member: _body(root) for member, root in roots.items()}
        front = front_matter(package, tops, meta, own=own)
        if request.settings.drop_furniture:
            _leave_out(front, tops, request)
        whole = _joined(tops)
        sample = sample_text(whole, _SAMPLE)
        language = language_tag(written, sample)
        place = own_headings if own else place_headings
        place(tops, contents(package), names)
        shelf = PictureShelf(request, ArchiveNeighbours(archive))
        body = _body_blocks(tops, (package, language, own), shelf, request)
        if not body:
            raise SourceError(
                "holds no text to publish",
                code="source.empty",
                where=request.name,
                hint="check that the book is whole",
            )
        meta = replace(meta, language=language)
        if not meta.title:
            title, body = take_title(body, ())
            meta = replace(meta, title=title)
        if vertical:
            meta = replace(meta, extra=((WRITING_MODE, "vertical"),))
        if front.picture:
            meta = replace(meta, cover=shelf.take("/" + front.picture))
        digest = hashlib.sha256(request.data).hexdigest()
        source = SourceInfo(request.name, self.name, "", digest, "epub/1")
        return Document(meta, body, shelf.resources, (source,))


def _chapters(package: Package, request: ReadRequest) -> tuple[dict[str, Any], Names]:
    """The roots of all documents of the spine, ids and addresses bound; damaged ones reported.

    Raises:
        MalformedSource: None of them can be read.
    """
    roots: dict[str, Any] = {}
    problem: SourceError | None = None
    for item, _ in package.spine:
        if item.member in roots:
            continue
        try:
            roots[item.member] = chapter(package, item.member, request.report)
        except SourceError as found:
            problem = found
            request.report(
                Diagnostic(
                    "epub.chapter-lost",
                    "warning",
                    (("file", item.member), ("problem", found.message)),
                    source=request.name,
                )
            )
    if not roots:
        raise problem or MalformedSource("holds no text", where=request.name)
    names = Names(roots)
    bind(roots, package, names)
    return roots, names


def _styles(package: Package, roots: dict[str, Any], request: ReadRequest) -> Styles:
    """The style sheets that the documents link to, in the order of their first mention."""
    found = Styles()
    taken: set[str] = set()
    for member, root in roots.items():
        for element in root.iter("link", "style"):
            if element.tag == "style":
                found.add(element.text or "")
                continue
            if "stylesheet" not in (element.get("rel") or "").lower():
                continue
            place = package.locate(member, element.get("href") or "")
            if place is None or place.member in taken:
                continue
            taken.add(place.member)
            try:
                data = package.archive.read(place.member)
                found.add(decode(data, source=f"{request.name}:{place.member}").text)
            except SourceError:
                continue  # looks only
    return found


def _body(root: Any) -> Any:
    body = root.find("body")
    return root if body is None else body


def _leave_out(front: Front, tops: dict[str, Any], request: ReadRequest) -> None:
    """Takes out the files that only repeat what the outputs make anew, and says so."""
    for member, kind in front.dropped.items():
        tops.pop(member, None)
        request.report(
            Diagnostic(
                "epub.left-out",
                "info",
                (("file", member), ("kind", kind)),
                source=request.name,
            )
        )


def _joined(tops: dict[str, Any]) -> Any:
    """One element that holds all documents, so that notes and links are found across them."""
    from lxml import etree

    whole = etree.Element("html")
    for top in tops.values():
        top.tail = None
        whole.append(top)
    return whole


def _body_blocks(
    tops: dict[str, Any],
    facts: tuple[Package, str, bool],
    shelf: PictureShelf,
    request: ReadRequest,
) -> Blocks:
    package, language, own = facts
    whole = next(iter(tops.values())).getparent() if tops else None
    if whole is None:
        return ()
    book = whole_book(whole, own=own)
    flat: list[Block] = []
    for member, top in tops.items():
        name = f"{package.name}:{member}"
        walk = Walk(top, (name, 0), language, shelf, request.report, book=book)
        walk.keep_anchor(top)
        blocks = walk.flat()
        flat += columns_aligned(blocks) if own else tidied(blocks)
    return languages_once(nest_sections(tuple(flat)))
