"""Reads a Word file from its XML: paragraphs, runs, fields, notes, pictures.

Styles are known by their names, as Word writes them in every language; what has no name of its own
in Word is known by the names that publisher gives it.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

from publisher.errors import MalformedSource
from publisher.readers.archive import Archive
from publisher.verify.addresses import as_address
from publisher.verify.docx_package import Style, WordPackage, outline_level
from publisher.verify.model import Entry, Mark, Picture, Reading, Recorder, resolved

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT = 1 << 30
_DEPTH = 200
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_TITLES = frozenset(("title", "subtitle", "contributor", "imprint"))
_LISTS = frozenset(("table of figures", "toc heading", "contents heading"))
_LABELS = frozenset(("notelabel", "note label"))
_HEADING = re.compile(r"heading ([1-9])(?: unlisted)?$")
_CONTENTS = re.compile(r"(?:toc|contents) ?([1-9])$")
_PLAIN = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "softHyphen": "\xad",
    "noBreakHyphen": "\u2011",
}
_HEX = re.compile("[0-9A-Fa-f]{1,4}")
_OFF = frozenset(("0", "false", "off", "none"))


def read_docx(data: bytes, name: str) -> Reading:
    """A Word file as a `Reading`.

    Raises:
        PublisherError: It is no Word file, or damaged.
    """
    return _Reader(Archive(data, name, LIMIT), name).read()


class _Field:
    """A complex field that is open: its instruction, and whether its result has begun."""

    def __init__(self, start: int) -> None:
        self.code, self.result, self.start = "", False, start
        self.shown: list[str] = []


class _Reader(WordPackage):
    def __init__(self, archive: Archive, name: str) -> None:
        super().__init__(archive, name)
        self.out = Recorder(self.reading)
        self.fields: list[_Field] = []
        self.called: list[str] = []
        self.fresh: list[str] = []
        self.note_marks: dict[str, str] = {}
        self.bookmarks: set[str] = set()
        self.count = 0
        self.entry: list[str] | None = None
        self.entry_target = ""
        self.entries: list[tuple[str, int, str, str, str]] = []
        self.silent = False
        self.in_contents = 0
        self.lead = ""

    # ------------------------------------------------------------------------------- package

    def read(self) -> Reading:
        reading, out = self.reading, self.out
        main = self._main()
        folder = posixpath.dirname(main)
        document = self._tree(main)
        if document is None or document.find(f"{_W}body") is None:
            raise MalformedSource("holds no Word document", code="verify.docx", where=self.name)
        styles = self._tree(posixpath.join(folder, "styles.xml"))
        found = [] if styles is None else [Style(s) for s in styles.iter(f"{_W}style")]
        self.styles = {style.id: style for style in found}
        self._metadata(styles)
        notes = {
            kind: self._tree(posixpath.join(folder, f"{kind}s.xml"))
            for kind in ("footnote", "endnote", *(("comment",) if self._own() else ()))
        }
        self.notes = {
            f"{kind}:{note.get(f'{_W}id')}": note
            for kind, tree in notes.items()
            if tree is not None
            for note in tree
            if note.get(f"{_W}type") in (None, "normal")
        }
        self._open(main)
        for element in document.iter(f"{_W}bookmarkStart"):
            name = element.get(f"{_W}name", "")
            if name in self.bookmarks:
                self._fault("id.twice", "document", found=name)
            self.bookmarks.add(name)
        self._blocks(document.find(f"{_W}body"), 0)
        out.close()
        if self.fields:
            self._fault("field.open", "end of the document", found=self.fields[-1].code)
        reading.body_end = out.pos
        out.note = True
        self._notes(folder)
        out.done()
        resolved(reading, out.anchors)
        for title, depth, target, number, place in self.entries:
            at = out.anchors.get(target, -1)
            if target and at < 0:
                self._fault("link.broken", place, wanted=target, found=title)
            reading.contents.append(Entry(title, depth, at, number, place))
        return reading

    # -------------------------------------------------------------------------------- blocks

    def _blocks(self, parent: Any, depth: int) -> None:
        if depth > _DEPTH:
            return
        for element in parent:
            name = _local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element, depth)
            elif name == "sdt":
                self._container(element, depth)
            elif name == "bookmarkStart":
                self.bookmark(element)
            elif name in ("ins", "moveTo", "smartTag", "customXml", "AlternateContent", "Choice"):
                self._blocks(element, depth + 1)

    def _container(self, element: Any, depth: int) -> None:
        gallery = element.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
        content = element.find(f"{_W}sdtContent")
        if content is None:
            return
        contents = gallery is not None and gallery.get(f"{_W}val") == "Table of Contents"
        self.in_contents += contents
        self._blocks(content, depth + 1)
        self.in_contents -= contents

    def _style(self, paragraph: Any) -> Style | None:
        element = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return None if element is None else self.styles.get(element.get(f"{_W}val", ""))

    def _level(self, paragraph: Any, style: Style | None) -> int:
        """The outline level of a paragraph from 1, or 0."""
        own = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
        if own is not None:
            level = outline_level(own)
            return level + 1 if level < 9 else 0
        seen: set[str] = set()
        while style is not None and style.id not in seen:
            seen.add(style.id)
            named = _HEADING.fullmatch(style.name)
            if named:
                return int(named[1])
            if style.level >= 0:
                return style.level + 1 if style.level < 9 else 0
            style = self.styles.get(style.based)
        return 0

    def _paragraph(self, element: Any) -> None:
        out = self.out
        out.close()
        self.count += 1
        style = self._style(element)
        name = "" if style is None else style.name
        contents = _CONTENTS.fullmatch(name)
        if self.in_contents or contents or name in _LISTS or self._in_contents_field():
            self._contents_line(element, int(contents[1]) if contents else 1)
            return
        if name in ("scene break", "scenebreak"):
            return
        level = self._level(element, style)
        if name in _TITLES:
            level = 0
        start = out.pos
        out.place = f"{'note' if out.note else 'paragraph'} {self.count}"
        number = element.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        if number is not None and number.get(f"{_W}val") != "0" and not level:
            out.point("item", value=False)
        if self.lead:
            out.text(self.lead)
            self.lead = ""
        self._runs(element, 0)
        code = name in ("codeblock", "code block", "html preformatted", "source code")
        kind = "code" if code else "verse" if name == "verse" else "text"
        if code and out.pos > start:
            out.mark("code", start, value=True)
        out.kind = "title" if name in _TITLES else "heading" if level else kind
        out.close()
        if level and out.pos > start:
            out.mark("heading", start, level)
        elif name in ("subheading", "boxtitle", "box title") and out.pos > start:
            out.mark("subheading", start, 0)

    def _in_contents_field(self) -> bool:
        return any(f.code.split()[:1] == ["TOC"] for f in self.fields)

    def _contents_line(self, element: Any, depth: int) -> None:
        """A line of contents, titles and numbers apart; it is no text of the book."""
        self.entry, self.entry_target = [], ""
        self._runs(element, 0)
        title, _, number = "".join(self.entry).rpartition("\t")
        self.entry = None
        style = self._style(element)
        if style is not None and style.name == "table of figures":
            if self.entry_target not in self.bookmarks:
                self._fault("link.broken", f"paragraph {self.count}", wanted=self.entry_target)
        elif self.entry_target:
            place = f"paragraph {self.count}"
            self.entries.append((title.strip(), depth, self.entry_target, number.strip(), place))

    def _table(self, element: Any, depth: int) -> None:
        out = self.out
        spans: list[list[tuple[int, int]]] = []
        for row in element.iter(f"{_W}tr"):
            if next(row.iterancestors(f"{_W}tbl")) is not element:
                continue
            spans.append([])
            for cell in row.iter(f"{_W}tc"):
                if next(cell.iterancestors(f"{_W}tr")) is not row:
                    continue
                merged = cell.find(f"{_W}tcPr/{_W}vMerge")
                out.close()
                start = out.pos
                self._blocks(cell, depth + 1)
                out.close()
                if merged is not None and merged.get(f"{_W}val", "continue") == "continue":
                    continue
                spans[-1].append((start, out.pos))
        if sum(map(len, spans)) == 1:
            return  # a frame
        stream = out.so_far()
        self.reading.tables.append([[stream[a:b] for a, b in row] for row in spans])

    # ---------------------------------------------------------------------------------- runs

    def _runs(self, parent: Any, depth: int) -> None:
        if depth > _DEPTH:
            return
        for element in parent:
            name = _local(element)
            act = _INLINE.get(name)
            if act is not None:
                act(self, element, depth)

    def inner(self, element: Any, depth: int) -> None:
        self._runs(element, depth + 1)

    def bookmark(self, element: Any, _: int = 0) -> None:
        name = element.get(f"{_W}name", "")
        self.out.anchor(name)
        self.fresh.append(name)

    def _say(self, text: str) -> None:
        if self.entry is not None:
            self.entry.append(text)
            return
        hidden = [f for f in self.fields if not f.result]
        if hidden:
            return
        for field in self.fields:
            field.shown.append(text)
        if any(f.code.split()[:1] == ["NOTEREF"] for f in self.fields):
            return
        self.fresh.clear()
        self.out.text(text)

    def link(self, element: Any, depth: int) -> None:
        out, start = self.out, self.out.pos
        anchor, relation = element.get(f"{_W}anchor"), element.get(f"{_R}id")
        if self.entry is not None and anchor:
            self.entry_target = anchor
        self._runs(element, depth + 1)
        if out.pos == start or self.entry is not None:
            return
        if relation is not None:
            target = self.relations.get(relation)
            if target is None:
                self._fault("link.broken", out.place, wanted=relation)
            else:
                address = str(target.get("Target", "")) + (f"#{anchor}" if anchor else "")
                out.mark("link", start, as_address(address))
        elif anchor:
            out.mark("goto", start, anchor)

    def simple(self, element: Any, depth: int) -> None:
        field = _Field(self.out.pos)
        field.code, field.result = element.get(f"{_W}instr", ""), True
        self.fields.append(field)
        self._runs(element, depth + 1)
        self._end_field()

    def math(self, element: Any, _: int) -> None:
        for text in element.iter("{http://schemas.openxmlformats.org/officeDocument/2006/math}t"):
            self._say(text.text or "")

    def run(self, run: Any, depth: int) -> None:
        """A run: its text, and what its properties say of that."""
        out, start = self.out, self.out.pos
        properties = run.find(f"{_W}rPr")
        named = None if properties is None else properties.find(f"{_W}rStyle")
        style = None if named is None else self.styles.get(named.get(f"{_W}val", ""))
        if style is not None and style.name in _LABELS:
            return
        if _is_hidden(properties) and run.find(f"{_W}t") is not None:
            return  # nobody sees it: the number of a caption that shows none
        for child in run:
            name = _local(child)
            if name in ("footnoteReference", "endnoteReference", "commentReference"):
                self._call(name.removesuffix("Reference"), child.get(f"{_W}id", ""))
                return  # what follows is its label
            if name in ("footnoteRef", "endnoteRef", "annotationRef"):
                return
            act = _IN_RUN.get(name)
            if act is not None:
                act(self, child, depth)
        if out.pos > start:
            self._properties(properties, style, start)

    def words(self, element: Any, _: int) -> None:
        self._say(element.text or "")

    def plain(self, element: Any, _: int) -> None:
        name = _local(element)
        if name != "br" or element.get(f"{_W}type", "textWrapping") == "textWrapping":
            self._say(_PLAIN[name])

    def symbol(self, element: Any, _: int) -> None:
        code = element.get(f"{_W}char", "FFFD")
        self._say(chr(int(code, 16)) if _HEX.fullmatch(code) else "\ufffd")

    def instruction(self, element: Any, _: int) -> None:
        if self.fields:
            self.fields[-1].code += element.text or ""

    def choice(self, element: Any, depth: int) -> None:
        for chosen in element:
            if _local(chosen) == "Choice":
                for inner in chosen:
                    self.drawing(inner, depth)

    def _properties(self, properties: Any, style: Style | None, start: int) -> None:  # noqa: C901
        out = self.out
        name = "" if style is None else style.name

        def on(tag: str) -> bool:
            element = None if properties is None else properties.find(f"{_W}{tag}")
            return element is not None and element.get(f"{_W}val", "1") not in _OFF

        def value(tag: str) -> str:
            element = None if properties is None else properties.find(f"{_W}{tag}")
            return "" if element is None else str(element.get(f"{_W}val", ""))

        if name == "strong" or on("b"):
            out.mark("strong", start, value=True)
        if "emphasis" in name or on("i") or value("em") not in ("", "none"):
            out.mark("stress", start, value=True)
        if name in ("html code", "verbatim char", "source text"):
            out.mark("code", start, value=True)
        if properties is None:
            return
        if value("vertAlign") in ("subscript", "superscript") and "reference" not in name:
            out.mark(value("vertAlign")[:3], start, value=True)
        if on("strike"):
            out.mark("strike", start, value=True)
        if value("u") == "wave":
            out.mark("book-title", start, value=True)
        elif value("u") not in ("", "none"):
            out.mark("underline", start, value=True)
        shade = properties.find(f"{_W}shd")
        if value("highlight") not in ("", "none") or (
            shade is not None and shade.get(f"{_W}fill", "auto") not in ("auto", "FFFFFF")
        ):
            out.mark("highlight", start, value=True)
        layout = properties.find(f"{_W}eastAsianLayout")
        if layout is not None and layout.get(f"{_W}combine", "0") not in _OFF:
            out.mark("warichu", start, value=True)
        lang = properties.find(f"{_W}lang")
        if lang is not None:
            tag = lang.get(f"{_W}eastAsia") or lang.get(f"{_W}bidi") or lang.get(f"{_W}val")
            if tag and tag != "x-none":
                out.mark("lang", start, tag)

    def _call(self, kind: str, number: str) -> None:
        key = f"{kind}:{number}"
        if self.entry is not None or (kind == "comment" and not self._own()):
            return
        self.out.point("call", key)
        for name in self.fresh:
            self.note_marks[name] = key
        if key not in self.called:
            self.called.append(key)

    def ruby(self, element: Any, depth: int) -> None:
        out, start = self.out, self.out.pos
        base, reading = element.find(f"{_W}rubyBase"), element.find(f"{_W}rt")
        if base is not None:
            self._runs(base, depth + 1)
        text = "" if reading is None else "".join(t.text or "" for t in reading.iter(f"{_W}t"))
        if out.pos > start and text.strip():
            out.mark("ruby", start, "".join(text.split()))

    # -------------------------------------------------------------------------------- fields

    def field_mark(self, element: Any, _: int) -> None:
        kind = element.get(f"{_W}fldCharType")
        if kind == "begin":
            self.fields.append(_Field(self.out.pos))
        elif kind == "separate":
            if self.fields:
                self.fields[-1].result = True
        elif self.fields:
            self._end_field()
        else:
            self._fault("field.open", self.out.place)

    def _end_field(self) -> None:
        field = self.fields.pop()
        words = field.code.split()
        if not words or self.entry is not None:
            return
        out, kind = self.out, words[0].upper()
        target = words[1].strip('"') if len(words) > 1 else ""
        if kind == "PAGEREF":
            self.reading.labels[target] = "".join(field.shown).strip()
        if kind == "NOTEREF":
            key = self.note_marks.get(target)
            if key is None:
                self._fault("link.broken", out.place, wanted=target)
            else:
                out.point("call", key)
        elif out.pos > field.start and kind in ("REF", "PAGEREF"):
            self.reading.marks.append(Mark("goto", field.start, out.pos, target))
        elif out.pos > field.start and kind == "HYPERLINK":
            local = "\\l" in words
            target = next((w.strip('"') for w in words[1:] if w.startswith('"')), "")
            kinds = ("goto", target) if local else ("link", as_address(target))
            self.reading.marks.append(Mark(kinds[0], field.start, out.pos, kinds[1]))

    # -------------------------------------------------------------------- pictures and notes

    def drawing(self, element: Any, _: int) -> None:
        boxes = list(element.iter(f"{_W}txbxContent"))
        for blip in element.iter("{*}blip", "{*}imagedata"):
            key = blip.get(f"{_R}embed") or blip.get(f"{_R}id") or blip.get(f"{_R}link")
            described = element.find(".//{*}docPr")
            shape = element.find(".//{*}shape")
            alt = ""
            if described is not None:
                alt = described.get("descr", "") or ""
            elif shape is not None:
                alt = shape.get("alt", "") or ""
            relation = self.relations.get(key)
            data: Callable[[], bytes] | None = None
            if relation is None:
                self._fault("picture.missing", self.out.place, wanted=str(key))
            elif relation.get("TargetMode") != "External":
                data = self._data(self._target(relation))
            if not alt:
                self._fault("alt.missing", self.out.place, found=str(key))
            self.reading.pictures.append(Picture(self.out.pos, alt, self.out.place, data))
        for box in boxes:
            if next(box.iterancestors("{*}Fallback"), None) is None:
                self._blocks(box, 1)

    def _data(self, path: str) -> Callable[[], bytes] | None:
        archive = self.archive

        def data() -> bytes:
            return archive.read(path)

        return data if path in archive else None

    def _notes(self, folder: str) -> None:
        out = self.out
        for key in self.called:
            kind = key.partition(":")[0]
            note = self.notes.pop(key, None)
            if note is None:
                continue
            self._open(posixpath.join(folder, f"{kind}s.xml"))
            out.anchors[key] = out.pos
            self.count = 0
            author = note.get(f"{_W}author", "") if kind == "comment" else ""
            if author:  # the first paragraph goes on with what was said
                self.lead = f"{author}："
            self._blocks(note, 0)
            out.close()
        for key, note in self.notes.items():
            self._fault("note.uncalled", key)
            out.anchors[key] = out.pos
            self._blocks(note, 0)
            out.close()


_INLINE: dict[str, Callable[[_Reader, Any, int], None]] = {
    "r": _Reader.run,
    "hyperlink": _Reader.link,
    "fldSimple": _Reader.simple,
    "bookmarkStart": _Reader.bookmark,
    "oMath": _Reader.math,
    "oMathPara": _Reader.math,
    **dict.fromkeys(
        ("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo"),
        _Reader.inner,
    ),
}


_IN_RUN: dict[str, Callable[[_Reader, Any, int], None]] = {
    "t": _Reader.words,
    **dict.fromkeys(_PLAIN, _Reader.plain),
    "sym": _Reader.symbol,
    "fldChar": _Reader.field_mark,
    "instrText": _Reader.instruction,
    "ruby": _Reader.ruby,
    **dict.fromkeys(("drawing", "pict", "object"), _Reader.drawing),
    "AlternateContent": _Reader.choice,
}


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _is_hidden(properties: Any) -> bool:
    found = None if properties is None else properties.find(f"{_W}vanish")
    return found is not None and found.get(f"{_W}val", "1") not in _OFF
