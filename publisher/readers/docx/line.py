"""A paragraph's pieces, and what fields make of theirs: links, references, ruby of old."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.readers.docx.fields import enclosed, instruction, old_ruby
from publisher.readers.docx.looks import PLAIN, Look, Pieces, composed
from publisher.readers.docx.symbols import symbol
from publisher.readers.links import resolve_link
from publisher.record import dataclass, field
from publisher.text.normalize import clean
from publisher.text.numerals import small_number
from publisher.tree.nodes import CrossRef, Image, Inline, NoteRef, Ruby, RubyPair, Text
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from publisher.readers.docx.book import Book
    from publisher.readers.docx.fields import Instruction
    from publisher.tree.nodes import Side


@dataclass(slots=True)
class OpenField:
    """An open field: where its text begins among the pieces, and its instruction so far."""

    start: int
    written: list[str] = field(default_factory=list)
    result: bool = False


@dataclass(slots=True)
class Line:
    """What the runs of a paragraph hold.

    Attributes:
        pieces: Looks and inlines; `links` are what their link numbers mean.
        links: Target and title of each link.
        anchors: Ids at its beginning.
        notes: Word's kind and number of each note called in it.
        boxes: Elements with the text of boxes that hang on it.
        figures: Pictures that float, and the side of the text they stand at.
        contents: It belongs to a table of contents; the depth that is asked for, or 0.
        rule: It holds a rule across the page.
        label: The label of a note that it begins with.
    """

    pieces: Pieces = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    figures: list[tuple[Image, Side]] = field(default_factory=list)
    contents: int = 0
    rule: bool = False
    label: str = ""


class PieceReader:
    """Gathers the pieces of one paragraph and closes the fields in it."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.line = Line()
        self._fields: list[OpenField] = []

    def add(self, look: Look, node: Inline) -> None:
        """One more piece."""
        self.line.pieces.append((look, node))

    # --------------------------------------------------------------------------------- fields

    def _field_mark(self, element: Any, look: Look) -> None:
        del look
        match element.get("fldCharType"):
            case "begin":
                self._fields.append(OpenField(len(self.line.pieces)))
            case "separate" if self._fields:
                self._fields[-1].result = True
                self._fields[-1].start = len(self.line.pieces)
            case "end" if self._fields:
                self._end_field()

    def _instruction(self, element: Any, look: Look) -> None:
        del look
        if self._fields and not self._fields[-1].result:
            self._fields[-1].written.append(element.text or "")

    def _end_field(self, *, whole: bool = True) -> None:
        done = self._fields.pop()
        text = "".join(done.written)
        found = instruction(text)
        if found.name == "TOC":
            depth = small_number(found.values.get("o", "1-3").rpartition("-")[2])
            self.line.contents = 3 if depth is None else depth
            if "c" in found.switches:  # a list of captions
                self.line.contents = -1
        elif found.name == "PAGEREF":
            self.line.contents = self.line.contents or -1
        if found.name == "EQ":
            self._equation(text)
        elif not whole and not done.result:
            del self.line.pieces[done.start :]
        else:
            self._apply(found, done.start)

    def _apply(self, found: Instruction, start: int) -> None:
        """What a field makes of its result, the pieces from `start` on."""
        name, bookmarks = found.name, self.book.bookmarks
        if name == "HYPERLINK":
            place = bookmarks.id(found.values.get("l", ""))
            address = found.argument
            if address and found.values.get("l") and "#" not in address:
                address = f"{address}#{found.values['l']}"
            target = resolve_link(address) if address else (f"#{place}" if place else "")
            self._link_pieces(start, target, found.values.get("o", ""))
        elif name == "NOTEREF" and found.argument.casefold() in bookmarks.notes:
            del self.line.pieces[start:]
            self.add(PLAIN, NoteRef(bookmarks.notes[found.argument.casefold()]))
        elif name in ("REF", "PAGEREF") and bookmarks.id(found.argument):
            self._reference(found, start, bookmarks.id(found.argument))
        elif name == "SYMBOL" and (number := small_number(found.argument)) is not None:
            del self.line.pieces[start:]
            code = f"{number:X}"
            self.add(PLAIN, Text(symbol(found.values.get("f", ""), code) or "\ufffd"))
        elif name == "QUOTE" and start == len(self.line.pieces) and found.argument:
            self.add(PLAIN, Text(clean(found.argument).text))

    def _reference(self, found: Instruction, start: int, target: str) -> None:
        fallback = self._taken(start)
        if found.name == "PAGEREF":
            self._replace(start, CrossRef(target, "page", fallback))
        elif found.switches & {"r", "n", "w"}:
            self._replace(start, CrossRef(target, "number", fallback))
        elif self.book.own or found.argument.casefold() in self.book.bookmarks.titles:
            self._replace(start, CrossRef(target, "title", fallback))
        else:
            self._link_pieces(start, f"#{target}", "")

    def _link_pieces(self, start: int, target: str, title: str) -> None:
        inside = self.line.pieces[start:]
        if not target or not inside or any(look.link for look, _ in inside):
            return
        self.line.links.append((target, " ".join(title.split())))
        number = len(self.line.links)
        self.line.pieces[start:] = [(look._replace(link=number), node) for look, node in inside]

    def _equation(self, text: str) -> None:
        """Ruby and enclosed characters, as old versions made them; formulas as they are written."""
        ruby = old_ruby(text)
        if ruby is not None:
            self.add_ruby(clean(ruby[0]).text, clean(ruby[1]).text, "distributeSpace", PLAIN)
            return
        shown = enclosed(text) or text.strip().removeprefix("EQ").strip()
        if shown:
            self.add(PLAIN, Text(clean(shown).text))

    def _taken(self, start: int) -> tuple[Inline, ...]:
        return composed(self.line.pieces[start:], self.line.links)

    def _replace(self, start: int, node: Inline) -> None:
        self.line.pieces[start:] = [(PLAIN, node)]

    def add_ruby(self, base: str, reading: str, align: str, look: Look) -> None:
        """A pair of its own, or one more of the ruby before it: one for each character."""
        if not reading:
            self.add(look, Text(base))
            return
        single = len(base) == 1 and align != "distributeSpace"
        made = Ruby((RubyPair(base, reading),), "mono" if single else "group", _role(reading))
        last = self.line.pieces[-1] if self.line.pieces else None
        if single and last is not None and last[0] == look and isinstance(last[1], Ruby):
            before = last[1]
            if before.kind == "mono" and before.role == made.role:
                joined = Ruby((*before.pairs, *made.pairs), "mono", made.role)
                self.line.pieces[-1] = (look, joined)
                return
        self.add(look, made)


def _role(reading: str) -> Any:
    if any("\u3105" <= c <= "\u312f" for c in reading):
        return "zhuyin"
    if all(c < "\u0250" or "\u1e00" <= c <= "\u1eff" or c == "\u2019" for c in reading):
        return "pinyin"
    return "furigana"


def shown(pieces: Pieces) -> str:
    """The plain text of pieces."""
    return plain_text(tuple(node for _, node in pieces))
