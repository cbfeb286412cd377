"""Reads a DOCX back without our own code: text, styles, contents, bookmarks."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# Characters that a run has as elements.
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\xad",
}
# Runs in these character styles are calls and labels of notes.
_CALLS = {"FootnoteReference", "EndnoteReference"}


class WordParagraph(NamedTuple):
    """A paragraph: its style and text; line breaks are line feeds, ruby its base."""

    style: str
    text: str


class TocEntry(NamedTuple):
    """A line of the contents: the bookmark it leads to, its title, and its page number."""

    target: str
    title: str
    label: str


class DocxFile:
    """A DOCX, opened and read."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as container:
            self.files = {info.filename: container.read(info) for info in container.infolist()}
        self.body = etree.fromstring(self.files["word/document.xml"])[0]

    def part(self, name: str) -> etree._Element | None:
        """A part of the file by its name in ``word``, or None."""
        data = self.files.get(f"word/{name}.xml")
        return None if data is None else etree.fromstring(data)

    def paragraphs(self) -> Iterator[WordParagraph]:
        """The paragraphs of the body in order, cells' included; not those of the contents."""
        for element in self.body.iter(f"{W}p"):
            if not any(above.tag == f"{W}sdt" for above in element.iterancestors()):
                yield _read(element)

    def notes(self, kind: str) -> list[list[WordParagraph]]:
        """The paragraphs of each note of a kind (``footnote``, ``endnote``), by number."""
        part = self.part(f"{kind}s")
        if part is None:
            return []
        notes = [note for note in part if note.get(f"{W}type") is None]
        return [[_read(element) for element in note.iter(f"{W}p")] for note in notes]

    def annotations(self) -> list[str]:
        """The text of each ruby annotation of the body."""
        return ["".join(rt.itertext(f"{W}t")) for rt in self.body.iter(f"{W}rt")]

    def contents(self) -> list[TocEntry]:
        """The lines of the contents."""
        found = []
        for element in self.body.iter(f"{W}p"):
            link = element.find(f"{W}hyperlink")
            if not _style(element).startswith("TOC") or link is None:
                continue
            title, label = _field_parts(link)
            found.append(TocEntry(link.get(f"{W}anchor"), title.rstrip("\t"), label))
        return found

    def bookmarked(self) -> dict[str, str]:
        """Name of each bookmark -> the text of the paragraph in which it begins."""
        found = {}
        for start in self.body.iter(f"{W}bookmarkStart"):
            holder = next((a for a in start.iterancestors() if a.tag == f"{W}p"), None)
            found[start.get(f"{W}name")] = "" if holder is None else _read(holder).text
        return found


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val")


def _read(paragraph: etree._Element) -> WordParagraph:
    pieces: list[str] = []
    after_label = False
    for run in paragraph.iter(f"{W}r"):
        if any(above.tag == f"{W}rt" for above in run.iterancestors()):
            continue
        style = run.find(f"{W}rPr/{W}rStyle")
        if style is not None and style.get(f"{W}val") in _CALLS:
            after_label = not pieces
            continue
        for child in run:
            if child.tag == f"{W}t":
                pieces.append(child.text or "")
            elif child.tag == f"{W}br" and child.get(f"{W}type") is None:
                pieces.append("\n")
            elif child.tag == f"{W}tab" and after_label and not pieces:
                pass  # between a note's label and its text
            elif child.tag in _CHARACTERS:
                pieces.append(_CHARACTERS[child.tag])
    return WordParagraph(_style(paragraph), "".join(pieces))


def _field_parts(link: etree._Element) -> tuple[str, str]:
    """The text of a contents line before its PAGEREF field, and that field's result."""
    before: list[str] = []
    label: list[str] = []
    in_result = False
    for run in link.iter(f"{W}r"):
        kind = run.find(f"{W}fldChar")
        if kind is not None:
            in_result = kind.get(f"{W}fldCharType") == "separate"
        for child in run:
            if child.tag == f"{W}t":
                (label if in_result else before).append(child.text or "")
            elif child.tag == f"{W}tab":
                before.append("\t")
    return "".join(before), "".join(label)


