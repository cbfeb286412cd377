"""The blocks of a part of a Word file: paragraphs, tables, content controls."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.docx.grouping import grouped
from publisher.readers.docx.line import Line, shown
from publisher.readers.docx.looks import composed
from publisher.readers.docx.package import inset, number, switched_on, value
from publisher.readers.docx.pieces import Piece, only_pictures
from publisher.readers.docx.runs import PAGE_BREAK, RunReader
from publisher.readers.docx.tables import read_table
from publisher.readers.plain.scenes import scene_break
from publisher.text.normalize import clean
from publisher.text.numerals import small_number
from publisher.tree.nodes import (
    Attr,
    Box,
    CodeBlock,
    Figure,
    Footnote,
    Heading,
    LineBreak,
    MathBlock,
    Paragraph,
    Section,
    Span,
    TableOfContents,
    Text,
    ThematicBreak,
)
from publisher.tree.runs import is_empty_run, tidy_run
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.readers.docx.book import Book
    from publisher.readers.docx.looks import Pieces
    from publisher.readers.docx.numbering import Label
    from publisher.tree.nodes import Align, Block, Blocks, Inlines, Side

_ALIGN: Final[dict[str, Align]] = {
    "left": "start", "start": "start", "right": "end", "end": "end", "center": "center",
    "both": "justify", "distribute": "justify",
}  # fmt: skip
_ROLES: Final = frozenset(
    ["lead", "byline", "dateline", "signature", "epigraph", "credit", "continuation"]
)
_WRAPPERS: Final = frozenset(["ins", "moveTo", "customXml", "sdtContent", "smartTag", "mc.Choice"])
_TABS: Final = re.compile(" *\t[ \t]*")
LIST_TAG: Final = "publisher-list"  # of the content controls around our lists of captions
_DEEPEST: Final = 24  # stories in stories: cells in cells, boxes in boxes
_SUBHEADING: Final = 3  # level of headings that no outline has


class Story:
    """Reads the blocks of one part: the body, the notes, the comments."""

    def __init__(self, book: Book, member: str) -> None:
        self.book = book
        self.relations = book.package.relations(member)
        self._held: Line | None = None  # a paragraph whose end was deleted
        self._anchors: list[str] = []  # ids for the next block
        self.labelled = False  # the next paragraph begins with a note's number
        self._depth = 0

    def blocks(self, parent: Any) -> Blocks:
        """The blocks in an element that stands by itself: a cell, a note, a box."""
        if self._depth >= _DEEPEST:
            text = " ".join(t.text or "" for t in parent.iter("t")).strip()
            return (Paragraph((Text(clean(text).text),)),) if text else ()
        held, self._held = self._held, None
        self._depth += 1
        pieces = self.pieces(parent)
        self._depth -= 1
        self._held = held
        for piece in pieces:  # what is inside something has no place in the outline
            if isinstance(piece.block, Section):
                section = piece.block
                piece.block = Heading(section.level, section.title, section.attr)
        return grouped(pieces, own=self.book.own)

    def pieces(self, parent: Any) -> list[Piece]:
        """The pieces in an element, in order."""
        found: list[Piece] = []
        for child in _flat(parent):
            match child.tag:
                case "p":
                    found += self._paragraph(child)
                case "tbl":
                    found += self._table(child)
                case "toc":
                    found.append(_contents_of(child, self))
                case "bookmarkStart":
                    name = self.book.bookmarks.id(child.get("name") or "")
                    self._anchors += [name] if name else []
                case "altChunk":
                    self.book.counts["objects"] += 1
        if self._held is not None:
            line, self._held = self._held, None
            found += self._pieces_of(line, None, "")
        return found

    # ------------------------------------------------------------------------------ paragraphs

    def _paragraph(self, element: Any) -> list[Piece]:
        book = self.book
        properties = element.find("pPr")
        style = value(properties, "pStyle") or book.styles.default
        ground = book.looks.ground(style)
        # Our notes that Word has no place for stand in the text with their label.
        labelled = self.labelled or (book.own and book.styles.kind(style) == "note")
        reader = RunReader(book, self.relations, ground, labelled=labelled)
        self.labelled = False
        if self._held is not None:
            reader.line, self._held = self._held, None
        line = reader.read(element)
        if properties is not None and _joins_next(properties):
            self._held = line
            return []
        found = self._pieces_of(line, properties, style)
        if not book.own and found:
            found[0].size = _size(element) or ground.size
        return found

    def _pieces_of(self, line: Line, properties: Any, style: str) -> list[Piece]:
        kind = self.book.styles.kind(style)
        if line.contents > 0 or (kind == "toc" and (line.contents or shown(line.pieces).strip())):
            depth = line.contents if line.contents > 0 else 3
            return [Piece(TableOfContents(depth), "toc")]
        if line.contents < 0 and kind == "toc":
            return []
        line.anchors[:0] = self._anchors
        self._anchors = []
        found: list[Piece] = []
        parts = list(_pages(line.pieces))
        label = self._label(properties, style)
        for at, part in enumerate(parts):
            whole = replace(line, pieces=part) if len(parts) > 1 else line
            if at:
                whole = replace(whole, anchors=[])
            piece = self._piece(whole, properties, style, label if not at else None)
            if piece is None:
                continue
            piece.page_break = piece.page_break or at > 0
            found.append(piece)
        if (not found and len(parts) > 1) or (len(parts) > 1 and not _is_shown(parts[-1])):
            found.append(Piece(None, "pagebreak", page_break=True))
        floating = [
            Piece(Figure((Paragraph((image,)),), placement=side)) for image, side in line.figures
        ]
        # Text runs beside what stands before it; nothing stands before the heading of its section.
        sided = not (found and found[0].divides) and any(side for _, side in line.figures)
        found = floating + found if sided else found + floating
        found += self._boxes(line)
        return found

    def _boxes(self, line: Line) -> Iterator[Piece]:
        for element in line.boxes:
            blocks = self.blocks(element)
            if blocks:
                yield Piece(Box(blocks, "sidebar"))

    def _piece(self, line: Line, properties: Any, style: str, label: Label | None) -> Piece | None:
        book = self.book
        kind = book.styles.kind(style)
        left, given = inset(properties), self._given(style)
        if label is not None and not label.ordered and not label.text.strip():
            left, label, kind = label.left or left, None, "listtext"  # the item goes on
        piece = Piece(None, kind, label=label)
        piece.indent = given if left is None else left
        if left is None and label is not None and label.left:
            piece.indent = label.left
        if left is not None:
            piece.left = left - given - _hanging(properties) if book.own else left
        if properties is not None:
            piece.keep_next = bool(switched_on(properties, "keepNext"))
            piece.page_break = bool(switched_on(properties, "pageBreakBefore"))
            piece.spaced = number(value(properties, "spacing", "before")) > 0
            piece.side = _side(properties)
        piece.block = self._block(piece, line, properties, style)
        if piece.block is None:
            self._anchors = line.anchors
            if label is None or not label.listed:
                return None
        return piece

    def _block(self, piece: Piece, line: Line, properties: Any, style: str) -> Block | None:
        """The block that a paragraph makes by itself; None when it holds nothing."""
        book, kind = self.book, piece.kind
        named = Attr(line.anchors[0] if line.anchors else "")
        if line.rule or kind == "scene":
            return _scene(line, properties, named)
        if kind == "code":
            text = _raw(line.pieces)
            return CodeBlock(text, attr=named) if text or not book.own else None
        lang, pieces = _language_of(line.pieces)
        content = tidy_run(composed(pieces if book.own else _untabbed(pieces), line.links))
        if piece.label is not None and kind == "heading" and book.own:
            piece.number = _path(piece.label)
        elif piece.label is not None and (not piece.label.listed or kind == "heading"):
            content = _labelled(piece.label, content)
            piece.label = None
        if is_empty_run(content):
            return _scene(line, properties, named) if _ruled(properties) else None
        attr = Attr(named.id, lang)
        content = (*(Span((), Attr(name)) for name in line.anchors[1:]), *content)
        return self._heading(piece, content, attr, properties, style) or self._text(
            piece, content, attr, self._align(properties, style), line.label
        )

    def _heading(
        self, piece: Piece, content: Inlines, attr: Attr, properties: Any, style: str
    ) -> Block | None:
        """The section or heading that a paragraph opens, if it does."""
        level = self._level(properties, style)
        if attr.lang and (piece.kind == "part" or level):
            # A language of the heading alone is not that of the section below it.
            content, attr = (Span(content, Attr(lang=attr.lang)),), Attr(attr.id)
        if piece.kind == "part":
            return Section(1, content, kind="part", attr=attr)
        if level:
            piece.label = None
            listed = not self._unlisted(style)
            return Section(level, content, number=piece.number, listed=listed, attr=attr)
        return Heading(_SUBHEADING, content, attr) if piece.kind == "subheading" else None

    def _text(self, piece: Piece, content: Inlines, attr: Attr, align: Align, label: str) -> Block:
        """What a paragraph of running text says; a sign between scenes, a picture, or text."""
        kind = piece.kind
        if kind == "formula":
            text = plain_text(content)
            return MathBlock(text, text, attr)
        if not self.book.own and kind in ("", "figure", "listtext"):
            scene = scene_break(plain_text(content))
            if scene and not kind:
                return ThematicBreak(scene)
            if only_pictures(content) and piece.label is None:
                piece.kind = "figure"
        role: Any = kind if kind in _ROLES else "body"
        if kind == "note" and label and attr.id and self._depth == 0:
            self.book.labels[label] = attr.id
            return Footnote(attr.id, (Paragraph(content, attr=replace(attr, id="")),))
        return Paragraph(content, role, align, attr)

    def _label(self, properties: Any, style: str) -> Label | None:
        own = None if properties is None else properties.find("numPr")
        given = self.book.styles.setting(style, "paragraph", "numPr")
        list_id = value(own, "numId") or value(given, "numId")
        if not list_id or list_id == "0":
            return None
        level = value(own, "ilvl") or value(given, "ilvl") or "0"
        return self.book.numbering.label(list_id, number(level))

    def _given(self, style: str) -> float:
        """The inset that a style gives, pt."""
        found = self.book.styles.setting(style, "paragraph", "ind")
        return 0.0 if found is None else number(found.get("left") or found.get("start") or "") / 20

    def _level(self, properties: Any, style: str) -> int:
        written = value(properties, "outlineLvl")
        if written.isdecimal():
            level = small_number(written)
            return 0 if level is None or level >= 9 else min(level + 1, 6)
        return self.book.styles.level(style)

    def _unlisted(self, style: str) -> bool:
        """A style on a heading's that no outline shows."""
        found = self.book.styles.setting(style, "paragraph", "outlineLvl")
        return found is not None and found.get("val") == "9"

    def _align(self, properties: Any, style: str) -> Align:
        """What a paragraph sets itself; of strangers', only what differs from running text."""
        written = value(properties, "jc")
        if self.book.own:
            return _ALIGN.get(written, "")
        if not written:
            found = self.book.styles.setting(style, "paragraph", "jc")
            written = "" if found is None else found.get("val") or ""
        align = _ALIGN.get(written, "")
        return align if align in ("center", "end") else ""

    # ----------------------------------------------------------------------------------- tables

    def _table(self, element: Any) -> Iterator[Piece]:
        anchors, self._anchors = self._anchors, []
        block = read_table(self, element)
        left = self._table_inset(element)
        if block is not None:
            if anchors:
                block = replace(block, attr=replace(block.attr, id=anchors[0]))
            yield Piece(block, left=left, indent=left)

    def _table_inset(self, element: Any) -> float:
        """The inset of the column a table stands in, pt; ours stand in the middle of it."""
        left = number(value(element.find("tblPr"), "tblInd", "w")) / 20
        if not self.book.own or not left:
            return left
        width = number(value(element.find("tblPr"), "tblW", "w")) / 20
        return max(2 * left + width - self.book.measure, 0.0)


def _flat(parent: Any) -> Iterator[Any]:
    """Block elements in order, out of what only wraps them; a table of contents as ``toc``."""
    for child in parent:
        tag = child.tag
        if tag == "sdt":
            gallery = value(child.find("sdtPr/docPartObj"), "docPartGallery")
            content = child.find("sdtContent")
            if "contents" in gallery.lower():
                child.tag = "toc"
                yield child
            elif value(child.find("sdtPr"), "tag") == LIST_TAG:
                continue  # our list of figures or tables, which is made anew
            elif content is not None:
                yield from _flat(content)
        elif tag in _WRAPPERS:
            yield from _flat(child)
        elif tag == "mc.AlternateContent":
            chosen = next(iter(child), None)
            if chosen is not None:
                yield from _flat(chosen)
        else:
            yield child


def _contents_of(element: Any, story: Story) -> Piece:
    """The mark for a table of contents in a content control, with its title and depth."""
    depth, title, page = 3, "", False
    for paragraph in element.iter("p"):
        style = value(paragraph.find("pPr"), "pStyle")
        page = page or bool(switched_on(paragraph.find("pPr"), "pageBreakBefore"))
        line = RunReader(story.book, story.relations, story.book.looks.ground(style)).read(
            paragraph
        )
        if line.contents > 0:
            depth = line.contents
        elif story.book.styles.kind(style) == "tocheading" or not (title or line.contents):
            title = title or shown(line.pieces).strip()
    contents = TableOfContents(depth, (Text(title),) if title else ())
    return Piece(contents, "toc", page_break=page)


def _hanging(properties: Any) -> float:
    return number(value(properties, "ind", "hanging")) / 20


def _side(properties: Any) -> Side:
    """Where the frame of a paragraph stands that text runs beside."""
    if value(properties, "framePr", "wrap") != "around":
        return ""
    align = value(properties, "framePr", "xAlign")
    return "left" if align == "left" else "right" if align == "right" else ""


def _size(paragraph: Any) -> int:
    """Half-points that all runs of a paragraph set themselves; 0 if they do not agree."""
    runs = [r for r in paragraph.iterchildren("r") if r.find("t") is not None]
    sizes = {value(r.find("rPr"), "sz") for r in runs}
    return number(sizes.pop()) if len(sizes) == 1 else 0


def _joins_next(properties: Any) -> bool:
    """Its end was deleted, or it is the large first letter of the next paragraph."""
    if properties.find("rPr/del") is not None or properties.find("rPr/moveFrom") is not None:
        return True
    frame = properties.find("framePr")
    return frame is not None and frame.get("dropCap") in ("drop", "margin")


def _pages(pieces: Pieces) -> Iterator[Pieces]:
    """The pieces between page breaks."""
    part: Pieces = []
    for look, node in pieces:
        if isinstance(node, Text) and node.text == PAGE_BREAK:
            yield part
            part = []
        else:
            part.append((look, node))
    yield part


def _is_shown(pieces: Pieces) -> bool:
    return any(not isinstance(node, Text) or node.text.strip() for _, node in pieces)


def _raw(pieces: Pieces) -> str:
    """The text of a program, its lines and tabs as they are."""
    return "".join(
        "\n" if isinstance(node, LineBreak) else plain_text((node,)) for _, node in pieces
    ).rstrip()


def _untabbed(pieces: Pieces) -> Pieces:
    """Tabs as spaces: they are the layout of a page that is gone."""
    found: Pieces = []
    for look, node in pieces:
        if isinstance(node, Text) and "\t" in node.text:
            found.append((look, Text("\u3000" if node.text == "\t" else _TABS.sub(" ", node.text))))
        else:
            found.append((look, node))
    return found


def _language_of(pieces: Pieces) -> tuple[str, Pieces]:
    """The language that all of a paragraph is in, and its pieces without it."""
    langs = {look.lang for look, node in pieces if isinstance(node, Text)}
    if len(langs) != 1 or "" in langs:
        return "", pieces
    return langs.pop(), [(look._replace(lang="") if look.lang else look, n) for look, n in pieces]


def _labelled(label: Label, content: Inlines) -> Inlines:
    """A paragraph with its number as part of its text, as ``第一章　`` or ``1.2 ``."""
    text = label.text.strip()
    if not text or (not label.ordered):
        return content
    gap = (
        ""
        if text[-1] in "、）)" and text[-1] != ")"
        else ("\u3000" if text[-1] > "\u2e80" else " ")
    )
    return tidy_run((Text(text + gap), *content))


def _path(label: Label) -> tuple[int, ...] | None:
    """The number of one of our headings, such as ``1.2``."""
    parts = label.text.strip().split(".")
    return tuple(map(int, parts)) if all(map(str.isdecimal, parts)) else None


def _ruled(properties: Any) -> bool:
    border = None if properties is None else properties.find("pBdr")
    if border is None:
        return False
    return any(value(border, side) not in ("", "nil", "none") for side in ("top", "bottom"))


def _scene(line: Line, properties: Any, attr: Attr) -> Block:
    if line.rule or _ruled(properties):
        return ThematicBreak("rule", attr)
    text = shown(line.pieces).strip()
    return ThematicBreak("asterism" if text else "blank", attr)
