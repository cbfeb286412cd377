"""A paragraph's runs to inlines: looks, links, fields, notes, ruby, tracked changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.docx.formulas import linear
from publisher.readers.docx.line import Line, OpenField, PieceReader, shown
from publisher.readers.docx.looks import PLAIN, Ground, Look
from publisher.readers.docx.package import value
from publisher.readers.docx.pictures import drawn
from publisher.readers.docx.symbols import symbol
from publisher.readers.links import resolve_link
from publisher.text.normalize import clean
from publisher.tree.nodes import Attr, CrossRef, LineBreak, Math, NoteRef, Span, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.readers.docx.book import Book
    from publisher.readers.docx.package import Relation

PAGE_BREAK: Final = "\f"  # stands in a text for a page that ends there; no tree text holds it
_BREAK: Final = (PLAIN, LineBreak())
_INSIDE: Final = frozenset(
    ["ins", "moveTo", "smartTag", "customXml", "sdtContent", "dir", "bdo", "mc.Choice"]
)
# Elements of paragraphs and runs, and the methods that read them.
_KINDS: Final = {
    "hyperlink": "_hyperlink", "del": "_deleted", "moveFrom": "_deleted",
    "fldSimple": "_simple_field", "sdt": "_content_control", "bookmarkStart": "_bookmark",
    "bookmarkEnd": "_bookmark_end", "m.oMath": "_formula", "m.oMathPara": "_formula",
    "mc.AlternateContent": "_alternatives",
}  # fmt: skip
_IN_RUN: Final = {
    "br": "_line_break", "cr": "_line_break", "sym": "_symbol", "footnoteReference": "_note",
    "endnoteReference": "_note", "commentReference": "_comment", "drawing": "_drawing",
    "pict": "_drawing", "object": "_drawing", "ruby": "_ruby", "fldChar": "_field_mark",
    "instrText": "_instruction", "mc.AlternateContent": "_alternatives",
}  # fmt: skip
_SIGNS: Final = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}


class RunReader(PieceReader):
    """Reads the runs of one paragraph; `ground` is what its style gives them."""

    def __init__(
        self,
        book: Book,
        relations: dict[str, Relation],
        ground: Ground,
        *,
        labelled: bool = False,
    ) -> None:
        super().__init__(book)
        self.labelled = labelled  # it begins with a note's own number, which is made anew
        self.relations = relations
        self.ground = ground
        self._link = 0
        self._marks: dict[str, tuple[str, int]] = {}  # open bookmarks: id and first piece
        self._label_here = False  # what follows in the run is the label of a note's call
        self._custom_label = False  # the next run may be one

    def read(self, paragraph: Any) -> Line:
        """All that stands in a paragraph."""
        self._walk(paragraph)
        while self._fields:
            self._end_field(whole=False)
        starts = {name for name, start in self._marks.values() if start == 0}
        self.line.anchors += [name for name in starts if name not in self.line.anchors]
        return self.line

    # -------------------------------------------------------------------------------- walking

    def _walk(self, parent: Any) -> None:
        for child in parent:
            tag = child.tag
            if tag == "r":
                self._run(child)
            elif tag in _KINDS:
                getattr(self, _KINDS[tag])(child)
            elif tag in _INSIDE:
                if tag in ("ins", "moveTo"):
                    self.book.counts["changes"] += 1
                self._walk(child)

    def _run(self, run: Any) -> None:
        properties = run.find("rPr")
        shows_nothing = run.find("fldChar") is None and run.find("instrText") is None
        if properties is not None and shows_nothing and self.book.looks.hidden(properties):
            self.book.counts["hidden"] += not self.book.own
            return
        text = "".join(t.text or "" for t in run.iterchildren("t"))
        look = self.book.looks.look(properties, self.ground, text)
        if self._link:
            look = look._replace(link=self._link)
        call = properties is not None and self._is_call(properties)
        if call and self.labelled and not shown(self.line.pieces).strip():
            self.line.label += text
            return
        if call and text in self.book.labels:
            self.add(PLAIN, NoteRef(self.book.labels[text]))
            return
        if self._custom_label:
            self._custom_label = False
            if call and text:
                return
        self._label_here = False
        for child in run:
            tag = child.tag
            if tag == "t":
                if self._label_here:  # of the note called before it in this run
                    self._custom_label = False
                else:
                    self._text(child, look)
            else:
                self._part(child, look)

    def _part(self, element: Any, look: Look) -> None:
        """What stands in a run beside its text."""
        tag = element.tag
        if tag == "tab" and self.labelled and not self.line.pieces:
            return  # between a note's number and its text
        if tag in _SIGNS:
            self.add(look, Text(_SIGNS[tag]))
        elif tag in _IN_RUN:
            getattr(self, _IN_RUN[tag])(element, look)

    def _is_call(self, properties: Any) -> bool:
        return self.book.styles.kind(value(properties, "rStyle")) == "call"

    def _text(self, element: Any, look: Look) -> None:
        text = element.text or ""
        if element.get("space") != "preserve":
            text = text.strip(" \t\r\n")
        text = clean(text.replace("\r", "").replace("\n", " ")).text
        if text:
            self.add(look, Text(text))

    # ---------------------------------------------------------------------- parts of paragraphs

    def _hyperlink(self, element: Any) -> None:
        target = self._target(element)
        if self.book.own and target.startswith("#") and not self._styled_as_link(element):
            start = len(self.line.pieces)
            self._walk(element)
            self._replace(start, CrossRef(target[1:], fallback=self._taken(start)))
            return
        self._within_link(target, element.get("tooltip") or "", lambda: self._walk(element))

    def _target(self, element: Any) -> str:
        relation = self.relations.get(element.get("r.id") or "")
        place = element.get("anchor") or element.get("docLocation") or ""
        if relation is None:
            found = self.book.bookmarks.id(place)
            return f"#{found}" if found else ""
        address = relation.target
        if place and "#" not in address:
            address = f"{address}#{place}"
        return resolve_link(address) if relation.external else ""

    def _styled_as_link(self, element: Any) -> bool:
        styles = self.book.styles
        runs = (r.find("rPr") for r in element.iter("r"))
        return any(p is not None and styles.kind(value(p, "rStyle")) == "link" for p in runs) or (
            any(p is not None and p.find("color") is not None for p in map(_properties, element))
        )

    def _within_link(self, target: str, title: str, inside: Callable[[], None]) -> None:
        if self._link or not target:
            inside()
            return
        self.line.links.append((target, " ".join(title.split())))
        self._link = len(self.line.links)
        inside()
        self._link = 0

    def _deleted(self, element: Any) -> None:
        del element
        self.book.counts["changes"] += 1

    def _simple_field(self, element: Any) -> None:
        self._fields.append(OpenField(len(self.line.pieces), [element.get("instr") or ""], True))
        self._walk(element)
        self._end_field()

    def _content_control(self, element: Any) -> None:
        content = element.find("sdtContent")
        if content is None:
            return
        properties = element.find("sdtPr")
        if properties is not None and properties.find("showingPlcHdr") is not None:
            return  # "Click here to enter text"
        self._walk(content)

    def _bookmark(self, element: Any) -> None:
        name = self.book.bookmarks.id(element.get("name") or "")
        if name:
            key = element.get("id") or ""
            self._marks[key] = (name, len(self.line.pieces))
            if not self.line.pieces:
                self.line.anchors.append(name)

    def _bookmark_end(self, element: Any) -> None:
        name, start = self._marks.pop(element.get("id") or "", ("", 0))
        if not name:
            return
        inside = self.line.pieces[start:]
        if len(inside) == 1 and isinstance(inside[0][1], NoteRef):
            self._name_note(name, start, inside[0][1].note)
        elif start or name not in self.line.anchors:
            self._anchor(name, start)

    def _name_note(self, name: str, start: int, note: str) -> None:
        """A bookmark around a call names the note: in our own files, by its id."""
        self.book.bookmarks.notes[name.casefold()] = note
        if name in self.line.anchors:
            self.line.anchors.remove(name)
        if not self.book.own:
            return
        for key, known in self.book.calls.items():
            if known == note:
                self.book.calls[key] = name
                self.line.pieces[start] = (PLAIN, NoteRef(name))
                self.book.bookmarks.notes[name.casefold()] = name

    def _anchor(self, name: str, start: int) -> None:
        """An id in the middle of a paragraph, around what it names where no link is cut."""
        inside = self.line.pieces[start:]
        if inside and len({look.link for look, _ in inside}) == 1 and not inside[0][0].link:
            taken = self._taken(start)
            if len(taken) == 1 and isinstance(taken[0], Span) and not taken[0].attr.id:
                self._replace(start, replace(taken[0], attr=replace(taken[0].attr, id=name)))
            else:
                self._replace(start, Span(taken, Attr(id=name)))
        else:
            self.line.pieces.insert(start, (PLAIN, Span((), Attr(id=name))))

    def _formula(self, element: Any) -> None:
        text = linear(element)
        if text:
            self.book.counts["formulas"] += 1
            self.add(PLAIN, Math(text, text))

    def _alternatives(self, element: Any, look: Look = PLAIN) -> None:
        """One of the ways a drawing is given for new and old programs."""
        chosen = next((c for c in element.iterchildren("mc.Choice") if len(c)), None)
        if chosen is None:
            chosen = element.find("mc.Fallback")
        if chosen is None:
            return
        for child in chosen:
            if child.tag == "r":
                self._run(child)
            else:
                self._part(child, look)

    # --------------------------------------------------------------------------- parts of runs

    def _line_break(self, element: Any, look: Look) -> None:
        del look
        kind = element.get("type") or "textWrapping"
        if kind == "page":
            self.add(PLAIN, Text(PAGE_BREAK))
        elif kind == "textWrapping" and (self.line.pieces or not element.get("clear")):
            self.line.pieces.append(_BREAK)

    def _symbol(self, element: Any, look: Look) -> None:
        text = symbol(element.get("font") or "", element.get("char") or "")
        if text:
            self.add(look, Text(text))

    def _note(self, element: Any, look: Look) -> None:
        del look
        kind = element.tag.removesuffix("Reference")
        number = element.get("id") or ""
        self.line.notes.append((kind, number))
        self.add(PLAIN, NoteRef(self.book.call(kind, number)))
        custom = (element.get("customMarkFollows") or "0").lower() in ("1", "true", "on")
        self._label_here = custom or self.book.own
        self._custom_label = custom

    def _comment(self, element: Any, look: Look) -> None:
        self.book.counts["comments"] += 1
        if self.book.request.settings.keep_comments:
            element.tag = "commentReference"
            self._note(element, look)
            self._label_here = self._custom_label = False

    def _drawing(self, element: Any, look: Look) -> None:
        found = drawn(element, self.book, self.relations)
        self.line.boxes += found.boxes
        self.line.rule = self.line.rule or found.rule
        if found.floats:
            self.line.figures += [(image, found.side) for image in found.images]
        else:
            for image in found.images:
                self.add(look, image)
        if found.lost:
            self.book.counts["objects"] += 1
            if found.lost.strip():
                self.add(look, Text(clean(found.lost).text))

    def _ruby(self, element: Any, look: Look) -> None:
        reading = _text_of(element.find("rt"))
        base = element.find("rubyBase")
        text = _text_of(base)
        if not text:
            if reading:
                self.add(look, Text(reading))
            return
        inner = None if base is None else base.find("r/rPr")
        if inner is not None:
            look = self.book.looks.look(inner, self.ground, text)._replace(link=self._link)
        align = value(element.find("rubyPr"), "rubyAlign")
        self.add_ruby(text, reading, align, look)


def _text_of(element: Any) -> str:
    if element is None:
        return ""
    pieces = (t.text or "" for t in element.iter("t"))
    return clean("".join(pieces)).text.strip()


def _properties(run: Any) -> Any:
    return run.find("rPr")
