"""What all parts of one Word file share while it is read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from publisher.events import Diagnostic
from publisher.readers.docx.fields import instruction
from publisher.record import dataclass, field
from publisher.tree.ids import is_well_formed, unique_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.readers.base import ReadRequest
    from publisher.readers.docx.looks import Looks
    from publisher.readers.docx.numbering import Numbering
    from publisher.readers.docx.package import Package
    from publisher.readers.docx.styles import Styles
    from publisher.readers.pictures import PictureShelf


@dataclass(slots=True)
class Bookmarks:
    """Ids for the bookmarks that something leads to. Word does not tell cases apart.

    Attributes:
        ids: Name in lower case -> id, for those that are kept.
        titles: Names in lower case of bookmarks that stand in a heading.
        notes: Names in lower case of bookmarks around the call of a note -> id of the note.
    """

    ids: dict[str, str] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)
    notes: dict[str, str] = field(default_factory=dict)

    def id(self, name: str) -> str:
        """The id of a bookmark; empty for one that is not kept."""
        return self.ids.get(name.casefold(), "")


@dataclass(slots=True)
class Book:
    """One Word file on its way to a tree.

    Attributes:
        package: Its parts.
        styles: Its styles; `looks` reads run properties by them.
        numbering: Its lists.
        shelf: Takes pictures.
        request: What the reader was given.
        own: publisher made the file.
        measure: Width of the text, pt.
        bookmarks: Ids of bookmarks.
        calls: Word's kind and number of each note that is called -> id in the tree.
        labels: Label of a note that stands in the text of our own file -> its id.
        counts: How often something was met that the report mentions.
    """

    package: Package
    styles: Styles
    looks: Looks
    numbering: Numbering
    shelf: PictureShelf
    request: ReadRequest
    own: bool
    measure: float
    bookmarks: Bookmarks = field(default_factory=Bookmarks)
    calls: dict[tuple[str, str], str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def call(self, kind: str, number: str) -> str:
        """The id of a note of Word, given at its first call."""
        key = (kind, number)
        if key not in self.calls:
            self.calls[key] = f"note_{len(self.calls) + 1}"
        return self.calls[key]

    def say(self, code: str, **args: str) -> None:
        """Tells the user something about the file."""
        report = self.request.report
        report(Diagnostic(code, "info", tuple(sorted(args.items())), source=self.request.name))


def find_bookmarks(roots: list[Any], styles: Styles, *, own: bool) -> Bookmarks:
    """Ids for the bookmarks in these parts: all of our own, else those that are led to."""
    wanted = {name.casefold() for root in roots for name in _led_to(root)}
    found = Bookmarks()
    taken: set[str] = set()
    for root in roots:
        for mark in root.iter("bookmarkStart"):
            name = mark.get("name") or ""
            key = name.casefold()
            if not name or key in found.ids or not (own or key in wanted):
                continue
            fit = name if is_well_formed(name) else f"mark_{len(taken) + 1}"
            found.ids[key] = unique_id(fit, taken.__contains__)
            taken.add(found.ids[key])
            paragraph = next(mark.iterancestors("p"), None)
            style = None if paragraph is None else paragraph.find("pPr/pStyle")
            if style is not None and styles.level(style.get("val") or ""):
                found.titles.add(key)
    return found


def _led_to(root: Any) -> Iterator[str]:
    """Names of the bookmarks that links and fields of a part lead to."""
    for link in root.iter("hyperlink"):
        yield link.get("anchor") or ""
    pieces: list[str] = []
    written: list[str] = [simple.get("instr") or "" for simple in root.iter("fldSimple")]
    for element in root.iter("instrText", "fldChar"):
        if element.tag == "instrText":
            pieces.append(element.text or "")
        elif pieces:
            written.append("".join(pieces))
            pieces = []
    for text in written:
        found = instruction(text)
        if found.name in ("REF", "PAGEREF", "NOTEREF"):
            yield found.argument
        elif found.name == "HYPERLINK":
            yield found.values.get("l", "")
        elif found.name and not found.argument and not found.switches:
            yield found.name  # a field of a bookmark's name alone is a reference
