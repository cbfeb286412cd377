"""The Word reader: bytes of a .docx file to a document."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from publisher.errors import MalformedSource, SourceError
from publisher.readers.docx.body import Story
from publisher.readers.docx.book import Book, find_bookmarks
from publisher.readers.docx.front import front_matter, own_front, signed
from publisher.readers.docx.grouping import grouped
from publisher.readers.docx.headings import promote
from publisher.readers.docx.looks import Looks
from publisher.readers.docx.metadata import file_metadata
from publisher.readers.docx.notes import Notes, with_notes
from publisher.readers.docx.numbering import read_numbering
from publisher.readers.docx.package import Package, number, value
from publisher.readers.docx.styles import read_styles
from publisher.readers.neighbours import ArchiveNeighbours
from publisher.readers.pictures import PictureShelf
from publisher.readers.sections import take_title
from publisher.text.language import chinese_evidence, guess_language, language_tag
from publisher.tree.meta import WRITING_MODE, Document, SourceInfo
from publisher.tree.nesting import nest_sections
from publisher.tree.nodes import Section

if TYPE_CHECKING:
    from publisher.readers.base import ReadRequest
    from publisher.readers.docx.pieces import Piece
    from publisher.tree.meta import Metadata
    from publisher.tree.nodes import Block, Blocks

_SAMPLE: Final = 50_000
_VERTICAL: Final = frozenset(["tbRl", "rl", "tbRlV"])
_SIGN: Final = b"[Content_Types].xml"
_TOLD: Final = ("changes", "comments", "hidden", "formulas", "objects")


class DocxReader:
    """Reads Word files: structure from styles, numbering and notes as Word has them."""

    name = "docx"
    suffixes = (".docx", ".docm")
    media_types = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)

    def sniff(self, head: bytes) -> float:
        """0.8 for an archive that begins as Office's do."""
        if not head.startswith(b"PK\x03\x04"):
            return 0.0
        return 0.8 if _SIGN in head[:200] or b"word/" in head[:4096] else 0.1

    def read(self, request: ReadRequest) -> Document:
        """The document.

        Raises:
            SourceError: It is no Word file, damaged, locked, over a limit, or holds no text.
        """
        package = Package(request)
        root = package.xml(package.main)
        body = None if root is None else root.find("body")
        if body is None:
            raise MalformedSource(
                "is no Word document: it has no text part",
                code="docx.no-document",
                where=request.name,
                hint="check that the file is whole, and a .docx",
            )
        meta, written, own = file_metadata(package)
        book = _book(package, request, root, own=own)
        sample = _sample(body)
        book.looks.language = language = _language(written or book.styles.language, sample)
        notes = Notes.of(book)
        pieces = Story(book, package.main).pieces(body)
        front = (own_front if own else front_matter)(meta, pieces)
        meta = replace(front.meta, language=language)
        if not own:
            _promote(front.pieces, book)
        flat = grouped(_paged(front.pieces, own=own), own=own)
        blocks = nest_sections(with_notes(_parts_above(flat), book, notes))
        if not blocks and not meta.title:
            raise SourceError(
                "holds no text to publish",
                code="source.empty",
                where=request.name,
                hint="check that the file is whole",
            )
        if not own:
            title, blocks = take_title(blocks, meta.title)
            meta, blocks = signed(replace(meta, title=title), blocks)
        meta = _with_direction(meta, body)
        _tell(book, body)
        digest = hashlib.sha256(request.data).hexdigest()
        source = SourceInfo(request.name, self.name, "", digest, "docx/1")
        return Document(meta, blocks, book.shelf.resources, (source,))


def _book(package: Package, request: ReadRequest, root: Any, *, own: bool) -> Book:
    styles = read_styles(package.xml_if_whole(package.related("styles")))
    shelf = PictureShelf(request, ArchiveNeighbours(package.archive))
    numbering = read_numbering(package.xml_if_whole(package.related("numbering")))
    looks = Looks(styles, own=own)
    found = Book(package, styles, looks, numbering, shelf, request, own, _measure(root))
    parts = (package.xml_if_whole(package.related(part)) for part in ("footnotes", "endnotes"))
    roots = [root, *(part for part in parts if part is not None)]
    found.bookmarks = find_bookmarks(roots, styles, own=own)
    return found


def _measure(root: Any) -> float:
    """Length of a line of text on the first page, pt: down the page where text is vertical."""
    section = next(root.iter("sectPr"), None)
    upright = value(section, "textDirection") in _VERTICAL
    page, margins = value(section, "pgSz", "h" if upright else "w"), section
    edges = ("top", "bottom") if upright else ("left", "right")
    sides = (value(margins, "pgMar", side) for side in edges)
    return (number(page) - sum(map(number, sides))) / 20


def _sample(body: Any) -> str:
    found: list[str] = []
    length = 0
    for element in body.iter("t"):
        found.append(element.text or "")
        length += len(found[-1])
        if length > _SAMPLE:
            break
    return "".join(found)


def _language(written: str, sample: str) -> str:
    """The text's own language; what the file says of it is often what a keyboard was set to."""
    told, seen = language_tag(written, sample), guess_language(sample)
    if not seen:
        return told
    if not told or told.split("-")[0] != seen.split("-")[0]:
        return seen
    simplified, traditional = chinese_evidence(sample)
    sure = max(simplified, traditional) > 3 * min(simplified, traditional)
    return seen if sure and told.split("-")[:2] != seen.split("-")[:2] else told


def _promote(pieces: list[Piece], book: Book) -> None:
    named = promote(pieces)
    if named:
        book.say("docx.headings", count=str(len(named)), text=named[0])


def _paged(pieces: list[Piece], *, own: bool) -> list[Piece]:
    """The pieces without page breaks that only begin a chapter, which the theme does."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is None or last.kind == "part" or (piece.divides and not own):
            piece.page_break = False
        if piece.divides and not own:
            while found and found[-1].kind == "pagebreak":
                found.pop()
        found.append(piece)
    while found and found[-1].kind == "pagebreak":
        found.pop()
    return found


def _parts_above(flat: Blocks) -> Blocks:
    """The blocks with chapters a level below their part, if both stand on the first."""
    found: list[Block] = []
    below = 0
    for block in flat:
        if isinstance(block, Section) and block.kind == "part":
            following = (b for b in flat[len(found) + 1 :] if isinstance(b, Section))
            chapter = next(following, None)
            below = int(chapter is not None and chapter.kind != "part" and chapter.level == 1)
        elif isinstance(block, Section) and below:
            block = replace(block, level=min(block.level + 1, 6))  # noqa: PLW2901
        found.append(block)
    return tuple(found)


def _with_direction(meta: Metadata, body: Any) -> Metadata:
    """Columns of text from right to left (17.6.20), where the last section has them."""
    sections = [s for s in body.iter("sectPr") if s.getparent().tag in ("pPr", "body")]
    directions = [s.find("textDirection") for s in sections]
    vertical = [d for d in directions if d is not None and d.get("val") in _VERTICAL]
    if not vertical or len(vertical) * 2 < len(sections):
        return meta
    return replace(meta, extra=((WRITING_MODE, "vertical"),))


def _tell(book: Book, body: Any) -> None:
    """Says what was left out or changed on the way."""
    for name in _TOLD:
        if book.counts[name]:
            book.say(f"docx.{name}", count=str(book.counts[name]))
    if not book.own and any(True for _ in body.iter("headerReference", "footerReference")):
        parts = [r.target for r in book.package.relations(book.package.main).values()]
        heads = [m for m in parts if "header" in m or "footer" in m]
        roots = (book.package.xml_if_whole(member) for member in heads)
        said = ["".join(t.text or "" for t in root.iter("t")) for root in roots if root is not None]
        texts = list(dict.fromkeys(text.strip() for text in said if text.strip()))
        if texts:
            book.say("docx.running", count=str(len(texts)), text=texts[0])
