"""One pass over an element tree into a `TreeBuilder`; recursion is never used, however deep it is.

The walk knows two kinds of place. Among blocks, text begins an anonymous paragraph that ends at
the next edge of a block (CSS 2.1 9.2.1.1); in a run (a paragraph, a heading, a mark) text is added
where it stands. White space collapses as CSS Text 3 section 4.1.1 says; what is left of a line
feed is a soft break, which the builder joins by script.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from publisher.events import Diagnostic
from publisher.readers.html.notes import PageNotes, find_notes
from publisher.readers.html.parse import SILENT, is_hidden
from publisher.record import dataclass, field
from publisher.text.language import language_tag
from publisher.tree.build import TreeBuilder
from publisher.tree.nesting import nest_sections
from publisher.tree.nodes import Attr, Blocks, Paragraph, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.events import Report
    from publisher.readers.pictures import PictureShelf

_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_INDENTED: Final = re.compile("[ \t\n\r\f]*\u3000\u3000")


@dataclass(slots=True)
class Place:
    """An open element: how many builder nodes it opened and what its content stands in."""

    element: Any
    run: bool = False
    opened: int = 0
    language: str = ""
    state: dict[str, Any] = field(default_factory=dict)
    after: Callable[[], None] | None = None
    # An anonymous paragraph was open when a block began inside one of its marks.
    interrupts: bool = False
    kind: type[Any] | None = None


@dataclass(slots=True)
class WholeBook:
    """What the parts of a book, each walked by itself, have in common.

    Attributes:
        notes: Notes and their calls, which may stand in different parts.
        linked: Ids that something links to.
        own: publisher made it: its classes mean what its EPUB writer means by them.
    """

    notes: PageNotes
    linked: set[str]
    own: bool = False


def whole_book(top: Any, *, own: bool = False) -> WholeBook:
    """What is common to everything inside `top`."""
    notes = find_notes(top)
    linked = {
        unquote(href[1:])
        for link in top.iter("a")
        if (href := link.get("href") or "").startswith("#") and link not in notes.calls
    }
    return WholeBook(notes, linked, own)


class Walk:
    """The state of one pass.

    Args:
        top: The element whose content is read.
        source: The source's name, and the line at which the parsed text begins less one.
        language: The document's language.
        shelf: Takes pictures.
        report: Takes diagnostics.
        base: The page's own address, which relative links start from; may be empty.
        book: The rest of the book that `top` is a part of; None for a page of its own.
    """

    def __init__(  # noqa: PLR0913 - what a place in a book needs to be read
        self,
        top: Any,
        source: tuple[str, int],
        language: str,
        shelf: PictureShelf,
        report: Report,
        *,
        base: str = "",
        book: WholeBook | None = None,
    ) -> None:
        self.top = top
        self.name, self.offset = source
        self.language = language
        self.base = base
        self.shelf = shelf
        self.report = report
        book = book or whole_book(top)
        self.build = TreeBuilder(self.name, report)
        self.notes = book.notes
        self.linked = book.linked
        self.own = book.own
        self.dropped: set[Any] = set()  # elements that are not read
        self.places: list[Place] = [Place(top, language=language)]
        self._anonymous = False
        self._anchor = ""
        self._gap = True  # the last character written was white space, or none was
        self._breaks = 0

    def blocks(self) -> Blocks:
        """Everything inside `top`, sections nested."""
        return nest_sections(self.flat())

    def flat(self) -> Blocks:
        """Everything inside `top`; what follows a heading stands beside its section."""
        from publisher.readers.html.elements import enter

        # Each entry of the stack: the element whose end comes next, and its children to come.
        self.text(self.top.text)
        stack: list[tuple[Any, Any]] = [(self.top, iter(self.top))]
        while stack:
            element, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if stack:
                    self._leave()
                    self.text(element.tail)
                continue
            if not isinstance(child.tag, str) or self._skipped(child):
                self.text(child.tail)
                continue
            line = self.line_of(child)
            if line:
                self.build.at(line)
            place = Place(child, self.places[-1].run, language=self._language_of(child))
            self.places.append(place)
            if enter(self, child, place):
                self.text(child.text)
                stack.append((child, iter(child)))
            else:
                self._leave()
                self.text(child.tail)
        self.end_run()
        return self.build.finish(nested=False)

    def line_of(self, element: Any) -> int:
        """The 1-based line of an element in the source; 0 when unknown."""
        line = element.sourceline or 0
        return line + self.offset if line else 0

    def notice(self, code: str, element: Any, **args: str) -> None:
        """Reports a warning about an element."""
        pairs = tuple(sorted(args.items()))
        line = self.line_of(element)
        self.report(Diagnostic(code, "warning", pairs, source=self.name, line=line))

    # ------------------------------------------------------------------------------- places

    def _skipped(self, element: Any) -> bool:
        tag = element.tag
        wanted = (tag == "input" and element.get("type") == "checkbox") or (
            self.own and tag == "nav"
        )
        left_out = element in self.dropped or element in self.notes.back
        return (tag in SILENT and not wanted) or left_out or is_hidden(element)

    def _language_of(self, element: Any) -> str:
        written = element.get("lang") or element.get("xml:lang")
        return language_tag(written) if written else self.places[-1].language

    def _leave(self) -> None:
        place = self.places.pop()
        if place.after is not None:
            place.after()
        if place.opened and not place.run:
            self.end_run()
        for _ in range(place.opened):
            self.build.close()
        if place.interrupts:
            self._anonymous = True

    def open_block(
        self, place: Place, kind: type[Any], /, *, run: bool = False, **fields: Any
    ) -> None:
        """Opens a block, or a part of one, that the element stands for."""
        if place.run:
            place.interrupts, self._anonymous = self._anonymous, False
        else:
            self.end_run()
        self.build.open(kind, line=self.line_of(place.element), **fields)
        place.opened += 1
        place.run = run
        place.kind = kind
        self._gap = True
        self._breaks = 0

    def holder(self) -> type[Any] | None:
        """What the block that the innermost element stands in has become.

        None at the top, and inside a run, where no part of that block can begin.
        """
        if self.places[-1].run:
            return None
        return next((p.kind for p in reversed(self.places[:-1]) if p.kind is not None), None)

    def boundary(self, place: Place) -> None:
        """The element is a block without meaning of its own: what is inside starts anew."""
        if place.run:
            # A division inside a mark or paragraph: a paragraph of its own, split off later.
            self.open_block(place, Paragraph, run=True, **self.attr_fields(place))
            return
        self.end_run()
        self._gap = True
        place.after = self.end_run

    def open_mark(self, place: Place, kind: type[Any], /, **fields: Any) -> None:
        """Opens a mark in the run; begins a paragraph when the place is among blocks."""
        self._part_before(place)
        self.begin_run(place)
        self._write_breaks()
        self.build.open(kind, **fields)
        place.opened += 1
        place.run = True

    def add(self, place: Place, node: Any, *, inline: bool = True) -> None:
        """Adds a finished node, inline or block."""
        if inline:
            self._part_before(place)
            self.begin_run(place)
            self._write_breaks()
            self._gap = False
        else:
            if not place.run:
                self.end_run()
            self._gap = True
        self.build.add(node)

    def begin_run(self, place: Place) -> None:
        """Opens an anonymous paragraph when inline content stands among blocks."""
        outer = self.places[-2] if self.places[-1] is place else place
        if place.run or outer.run or self._anonymous:
            return
        fields = self.attr_fields(place)
        self.build.open(Paragraph, line=self.line_of(place.element), **fields)
        self._anonymous = True
        self._gap = True
        self._breaks = 0

    def end_run(self) -> None:
        """Closes the anonymous paragraph, if one is open."""
        if self._anonymous:
            self.build.close()
            self._anonymous = False
        self._breaks = 0

    # --------------------------------------------------------------------------- attributes

    def attr(self, place: Place, *, keep_id: bool = False) -> Attr:
        """The attributes of a node for the element: an id that something links to, a language."""
        element = place.element
        identity = element.get("id") or ""
        if not keep_id and identity not in self.linked and not self._is_own(identity):
            identity = ""
        if not identity and self._anchor:
            identity, self._anchor = self._anchor, ""
        lang = place.language if place.language != self.language else ""
        return Attr(identity, lang)

    def attr_fields(self, place: Place, *, keep_id: bool = False) -> dict[str, Any]:
        """``attr`` as a keyword, when there is anything in it."""
        attr = self.attr(place, keep_id=keep_id)
        return {"attr": attr} if attr.id or attr.lang else {}

    def keep_anchor(self, element: Any) -> None:
        """Remembers the id of an element without a node, for the next block that has one."""
        identity = element.get("id") or ""
        if identity in self.linked and not self._anchor:
            self._anchor = identity

    def anchor_fields(self, place: Place) -> dict[str, Any] | None:
        """An ``attr`` for a `Span`, or None when the element needs none."""
        element = place.element
        identity = element.get("id") or element.get("name") or ""
        lang = place.language if place.language != self.places[-2].language else ""
        kept = identity in self.linked or self._is_own(identity)
        attr = Attr(identity if kept else "", lang)
        return {"attr": attr} if attr.id or attr.lang else None

    def _is_own(self, identity: str) -> bool:
        """True for an id of the tree in a book of ours; those made for the file have a hyphen."""
        return self.own and "-" not in identity

    def add_anchor(self, place: Place) -> bool:
        """Adds the element's id as an empty span when something links to it."""
        fields = self.anchor_fields(place)
        if fields is None or not fields["attr"].id:
            return False
        self.add(place, Span((), Attr(fields["attr"].id)))
        return True

    # --------------------------------------------------------------------------------- text

    def text(self, text: str | None) -> None:
        """Adds text of the innermost place, white space collapsed."""
        if not text:
            return
        place = self.places[-1]
        if self._breaks:
            self._part_paragraphs(place, text)
        collapsed = _SPACE.sub(_collapse, text)
        if self._gap and collapsed[:1] in " \n":
            collapsed = collapsed[1:]
        if not collapsed:
            return
        if collapsed in (" ", "\n") and not place.run and not self._anonymous:
            return
        if not place.run and not self._anonymous:
            self.build.open(Paragraph, line=self.line_of(place.element), **self.attr_fields(place))
            self._anonymous = True
            collapsed = collapsed.lstrip(" \n")
        self._write_breaks()
        self.build.text(collapsed)
        self._gap = collapsed[-1] in " \n"

    def line_break(self) -> None:
        """A ``br``: held back until it is known whether it parts lines or paragraphs."""
        self._breaks += 1
        self._gap = True

    def _part_paragraphs(self, place: Place, text: str) -> None:
        """Begins a new paragraph when the breaks before this text stand for one.

        Old pages part paragraphs by two breaks, or by one break and a typed indent; our own do not.
        """
        if self.own:
            return
        if not text.strip(" \t\n\r\f") or (self._breaks < 2 and not _INDENTED.match(text)):
            return
        self._part(place)

    def _part_before(self, place: Place) -> None:
        """Begins a new paragraph when two breaks stand before a mark or an object in the run."""
        if self._breaks >= 2 and not self.own:
            self._part(self.places[-2] if self.places[-1] is place else place)

    def _part(self, place: Place) -> None:
        if self._anonymous and not place.run:
            self.end_run()
        elif place.element.tag == "p" and place.opened == 1:
            self.build.close()
            self.build.open(Paragraph, line=self.line_of(place.element))
            self._breaks = 0
            self._gap = True

    def _write_breaks(self) -> None:
        for _ in range(self._breaks if self.own else min(self._breaks, 1)):
            self.build.line_break()
        self._breaks = 0


def _collapse(match: re.Match[str]) -> str:
    return "\n" if "\n" in match[0] or "\r" in match[0] else " "
