"""Reads an EPUB as reading systems do: the documents of the spine, the list of contents.

Nothing here knows how the book was written; classes are looked at only for what has no element of
its own in XHTML.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from publisher.errors import MalformedSource
from publisher.readers.archive import Archive
from publisher.readers.xml import parse_xml
from publisher.verify.addresses import as_address
from publisher.verify.epub_package import BookPackage
from publisher.verify.model import Entry, Mark, Picture, Reading, Recorder, resolved

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 1 << 30
_DEPTH = 400
_OPS = "{http://www.idpf.org/2007/ops}"
_XML = "{http://www.w3.org/XML/1998/namespace}"

_BLOCK_NAMES = (
    "html body section article main header footer div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table "
    "caption thead tbody tfoot tr td th figure figcaption blockquote pre aside nav hr address "
    "details summary"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SILENT = frozenset(("head", "rp", "script", "style", "template", "input"))
# What a writer adds to the text of a book: calls and labels of notes, signs of tasks.
_FURNITURE = frozenset(("call", "label", "more", "task", "number", "missing", "footnote-back"))
_MARKS = {
    "em": "emphasis",
    "i": "emphasis",
    "strong": "strong",
    "b": "strong",
    "code": "code",
    "sub": "sub",
    "sup": "sup",
    "small": "small",
    "mark": "highlight",
    "s": "strike",
    "del": "strike",
    "u": "underline",
}
_NOTES = frozenset(("footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote"))
_CALLS = frozenset(("noteref", "doc-noteref", "footnote-ref"))
_BACK = frozenset(("doc-backlink", "backlink", "footnote-back"))
_FRONT = frozenset(("titlepage", "cover", "halftitlepage", "copyright-page", "colophon"))


def read_epub(data: bytes, name: str) -> Reading:
    """An EPUB as a `Reading`.

    Raises:
        PublisherError: It is no EPUB, or damaged.
    """
    return _Reader(Archive(data, name, LIMIT), name).read()


class _Reader(BookPackage):
    def __init__(self, archive: Archive, name: str) -> None:
        super().__init__(archive, name)
        self.out = Recorder(self.reading)
        self.notes: dict[str, Any] = {}
        self.called: list[str] = []
        self.file = ""
        self.count = 0
        self.kind = "text"
        self.navs: list[tuple[str, Any]] = []

    # ------------------------------------------------------------------------------- package

    def read(self) -> Reading:
        reading, out = self.reading, self.out
        container = parse_xml(self.archive.read("META-INF/container.xml"), self.name)
        place = container.find(".//{*}rootfile")
        path = "" if place is None else place.get("full-path", "")
        if not path or path not in self.archive:
            raise MalformedSource("names no package document", code="verify.epub", where=self.name)
        self.folder = posixpath.dirname(path)
        self.opf = parse_xml(self.archive.read(path), f"{self.name}:{path}")
        items = {item.get("id", ""): item for item in self.opf.iter("{*}item")}
        self._metadata(items)
        for item in items.values():
            href = self._path("", item.get("href", ""))
            if href not in self.archive and ":" not in href:
                self._fault("file.missing", "content.opf", wanted=href)
        nav = next((i for i in items.values() if "nav" in i.get("properties", "").split()), None)
        nav_path = "" if nav is None else self._path("", nav.get("href", ""))
        spine = [items.get(ref.get("idref", "")) for ref in self.opf.iter("{*}itemref")]
        files = [self._path("", i.get("href", "")) for i in spine if i is not None]
        self._parse(dict.fromkeys([*files, *([nav_path] if nav_path else [])]), items)
        for file in files:
            if file in self.trees and file != nav_path:
                self._document(file)
        out.close()
        reading.body_end = out.pos
        out.note = True
        self._notes()
        for key in self.notes:  # nobody calls them; their text is there all the same
            if key not in out.anchors:
                self._fault("note.uncalled", key)
            self._note(key)
        out.done()
        self._links()
        if nav_path in self.trees:
            self.file = nav_path
            for element in self.trees[nav_path].iter("{*}nav"):
                self._nav(element, nav_path)
        elif nav is None:
            self._fault("contents.missing", "content.opf")
        resolved(reading, out.anchors)
        self._check_entries()
        reading.facts["documents"] = len(files)
        return reading

    # ------------------------------------------------------------------------------ documents

    def _document(self, file: str) -> None:
        tree = self.trees[file]
        self.file, self.count = file, 0
        body = tree.find("{*}body")
        if body is None:
            return
        lang = tree.get("lang") or tree.get(f"{_XML}lang")
        if not lang:
            self._fault("lang.missing", file)
        out, start = self.out, self.out.pos
        kinds = {k for e in (body, *body) if isinstance(e.tag, str) for k in _kinds(e)}
        if "cover" in kinds:  # a picture, whatever it is drawn of
            out.anchor(file)
            return
        self.kind = "title" if kinds & _FRONT else "text"
        out.anchor(file)
        self._element(body, 0)
        out.close()
        if lang and out.pos > start and lang != "".join(self.reading.meta["language"]):
            out.mark("lang", start, lang)

    def _element(self, element: Any, depth: int) -> None:
        if not isinstance(element.tag, str) or depth > _DEPTH:
            self._tail(element)
            return
        name = element.tag.rpartition("}")[2]
        if name in _SILENT or name == "nav" or not self._seen(element, name):
            if name == "nav":
                self.navs.append((self.file, element))
            self._tail(element)
            return
        out = self.out
        block = name in _BLOCKS
        if block:
            self._close()
        if element.get("id"):
            out.anchor(f"{self.file}#{element.get('id')}")
        start = out.pos
        special = getattr(self, f"_on_{name}", None)
        if special is not None:
            special(element, depth)
        else:
            self._inner(element, depth)
        self._marks(element, name, start)
        if block:
            self._close(_kind(element, name, self.kind))
            if name in _HEADINGS and out.pos > start and self.kind == "text":
                kind = "heading" if "subheading" not in _kinds(element) else "subheading"
                out.mark(kind, start, _HEADINGS[name])
        self._tail(element)

    def _inner(self, element: Any, depth: int) -> None:
        self._say(element.text)
        for child in element:
            self._element(child, depth + 1)

    def _say(self, text: str | None) -> None:
        if text:
            self.out.text(text)

    def _tail(self, element: Any) -> None:
        if element.tail:
            self.out.text(element.tail)

    def _close(self, kind: str = "") -> None:
        self.out.kind = kind or self.kind
        self.out.place = f"{posixpath.basename(self.file)}, paragraph {self.count + 1}"
        self.count += self.out.close()

    def _seen(self, element: Any, name: str) -> bool:
        """False for what is no text here: calls, labels, and notes, which come later."""
        kinds = _kinds(element)
        if name == "a" and kinds & _CALLS:
            self._call(element)
            return False
        if name == "sup" and "call" in kinds:
            for inner in element.iter("{*}a"):
                self._call(inner)
            return False
        if kinds & _FURNITURE or (name == "a" and kinds & _BACK):
            return False
        if kinds & _NOTES and element.get("id"):
            self.notes[f"{self.file}#{element.get('id')}"] = element
            return False
        return True

    def _call(self, element: Any) -> None:
        target = self._path(self.file, element.get("href", ""))
        if element.get("id"):
            self.out.anchor(f"{self.file}#{element.get('id')}")
        self.out.point("call", target)
        if target not in self.called:
            self.called.append(target)

    def _marks(self, element: Any, name: str, start: int) -> None:
        out = self.out
        if out.pos == start:
            return
        lang = element.get(f"{_XML}lang") or element.get("lang")
        if lang:
            out.mark("lang", start, lang)
        kinds = _kinds(element)
        if "dots" in kinds:
            mark = next((k for k in ("open-dot", "sesame", "circle") if k in kinds), "dot")
            out.mark("dots", start, mark)
        elif "warichu" in kinds:
            out.mark("warichu", start, value=True)
        elif name == "u" and kinds & {"proper-name", "book-title"}:
            out.mark("proper-name" if "proper-name" in kinds else "book-title", start, value=True)
        elif name == "pre":
            out.mark("code", start, value=True)
        elif name in _MARKS and not _inside(element, "pre"):
            out.mark(_MARKS[name], start, value=True)

    # ------------------------------------------------------------------- elements of their own

    def _on_br(self, _: Any, __: int) -> None:
        self.out.text("\n")

    def _on_wbr(self, _: Any, __: int) -> None:
        pass

    def _on_li(self, element: Any, depth: int) -> None:
        self.out.point("item", (element.getparent().tag or "").endswith("}ol"))
        self._inner(element, depth)

    def _on_a(self, element: Any, depth: int) -> None:
        start, href = self.out.pos, element.get("href")
        self._inner(element, depth)
        if href is None or self.out.pos == start:
            return
        if ":" in href.partition("/")[0].partition("#")[0]:
            self.out.mark("link", start, as_address(href))
        else:
            self.out.mark("goto", start, self._path(self.file, href))

    def _on_img(self, element: Any, _: int) -> None:
        source = element.get("src", "")
        path = self._path(self.file, source)
        if element.get("alt") is None:
            self._fault("alt.missing", self.file, found=source)
        if path not in self.archive and ":" not in source:
            self._fault("picture.missing", self.file, wanted=source)
        if self.kind != "title":
            self._picture(path, element.get("alt") or "")

    def _on_svg(self, element: Any, _: int) -> None:
        for image in element.iter("{*}image"):
            href = image.get("{http://www.w3.org/1999/xlink}href") or image.get("href") or ""
            if self.kind != "title":
                self._picture(self._path(self.file, href), element.get("aria-label") or "")

    def _picture(self, path: str, alt: str) -> None:
        archive = self.archive

        def data() -> bytes:
            return archive.read(path)

        place = f"{posixpath.basename(self.file)}, picture {posixpath.basename(path)}"
        given = data if path in archive else None
        self.reading.pictures.append(Picture(self.out.pos, alt, place, given))

    def _on_ruby(self, element: Any, depth: int) -> None:
        """Bases with the annotation that follows each; ``rb`` before all ``rt`` as well."""
        out = self.out
        bases: list[tuple[int, int]] = []
        start = out.pos
        given: list[str] = []

        def pair() -> None:
            for (begin, end), text in zip(bases, given, strict=False):
                if end > begin and text:
                    out.reading.marks.append(Mark("ruby", begin, end, text))
            bases.clear()
            given.clear()

        self._say(element.text)
        for child in element:
            name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if name == "rt":
                if len(bases) <= len(given):
                    bases.append((start, out.pos))
                given.append("".join("".join(child.itertext()).split()))
                start = out.pos
                after = child.getnext()
                if after is None or not str(after.tag).endswith(("}rt", "}rp")):
                    pair()
                self._say(child.tail)
            elif name in ("rp", "rtc"):
                self._tail(child)
            elif name == "rb":
                pair()
                begin = out.pos
                self._element(child, depth + 1)
                bases.append((begin, out.pos))
                start = out.pos
            else:
                self._element(child, depth + 1)
        pair()

    def _on_table(self, element: Any, depth: int) -> None:
        spans: list[list[tuple[int, int]]] = []
        self._rows(element, depth, spans)
        self._close()
        stream = self.out.so_far()
        self.reading.tables.append([[stream[a:b] for a, b in row] for row in spans])

    def _rows(self, element: Any, depth: int, spans: list[list[tuple[int, int]]]) -> None:
        for child in element:
            name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if name == "tr":
                spans.append([])
            if name in ("thead", "tbody", "tfoot", "tr"):
                if child.get("id"):
                    self.out.anchor(f"{self.file}#{child.get('id')}")
                self._rows(child, depth + 1, spans)
            elif name in ("td", "th"):
                self._close()
                start = self.out.pos
                self._element(child, depth + 1)
                self._close()
                if spans:
                    spans[-1].append((start, self.out.pos))
            elif name:
                self._element(child, depth + 1)

    # ------------------------------------------------------------------------------ afterwards

    def _notes(self) -> None:
        done = 0
        while done < len(self.called):
            key = self.called[done]
            done += 1
            element = self.notes.get(key)
            if element is not None and key not in self.out.anchors:
                self._note(key)

    def _note(self, key: str) -> None:
        element = self.notes[key]
        if element is None or key in self.out.anchors:
            return
        self.out.anchors[key] = self.out.pos
        self.file, self.kind = key.partition("#")[0], "text"
        self.count = 0
        for inner in element.iter():  # a note stands in no other
            if isinstance(inner.tag, str) and inner.get("id"):
                self.out.anchors.setdefault(f"{self.file}#{inner.get('id')}", self.out.pos)
        self._close()
        start = self.out.pos
        self._inner(element, 0)
        self._close()
        tags = (e.get("lang") or e.get(f"{_XML}lang") for e in (element, *element.iterancestors()))
        lang = next(filter(None, tags), "")
        if lang and self.out.pos > start and lang != "".join(self.reading.meta["language"]):
            self.out.mark("lang", start, lang)

    def _links(self) -> None:
        """Ends of links that lead to something without text of its own are where that stands."""
        for key in self.ids:
            self.out.anchors.setdefault(key, self.out.pos) if key in self.trees else None

    def _nav(self, nav: Any, file: str) -> None:
        kinds = _kinds(nav)
        lists: dict[str, list[Entry]] = {"toc": self.reading.outline, "page-list": []}
        kind = next((k for k in ("page-list", "toc", "doc-pagelist") if k in kinds), "")
        if "page-list" in kinds or "doc-pagelist" in kinds:
            self.reading.pages = [
                (_text(link), self.out.anchors.get(self._path(file, link.get("href", "")), -1))
                for link in nav.iter("{*}a")
            ]
        if kind != "toc":
            for link in nav.iter("{*}a"):
                target = self._path(file, link.get("href", ""))
                if target not in self.ids:
                    self._fault("link.broken", file, wanted=target, found=_text(link))
            return
        lists["toc"].extend(self._entries(nav, file))

    def _entries(self, nav: Any, file: str) -> Iterator[Entry]:
        for link in nav.iter("{*}a"):
            depth = sum(1 for above in link.iterancestors() if str(above.tag).endswith("}ol"))
            target = self._path(file, link.get("href", ""))
            if target not in self.ids:
                self._fault("link.broken", file, wanted=target, found=_text(link))
            at = self.out.anchors.get(target, -1)
            yield Entry(_text(link), depth, at, "", posixpath.basename(file))

    def _check_entries(self) -> None:
        """Lists of contents inside the book, read when all places are known."""
        for file, nav in self.navs:
            self.reading.contents.extend(self._entries(nav, file))


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _kinds(element: Any) -> frozenset[str]:
    given = (element.get("class"), element.get(f"{_OPS}type"), element.get("role"))
    return frozenset(word for text in given if text for word in text.split())


def _kind(element: Any, name: str, kind: str) -> str:
    if kind == "title":
        return kind
    if name == "pre":
        return "code"
    if name == "p" and "line" in _kinds(element):
        return "verse"
    return "heading" if name in _HEADINGS else "text"


def _inside(element: Any, name: str) -> bool:
    parent = element.getparent()
    return parent is not None and str(parent.tag).endswith(f"}}{name}")
