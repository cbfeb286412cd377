"""The text that goes in and the texts that come out, made comparable.

Only furniture is taken away (`tests.tools.furniture`), and only white space at ends of lines and
pages is forgiven.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from publisher.tree.nodes import CodeBlock, CrossRef, Footnote, NoteRef, Ruby, Text
from publisher.tree.notes import note_labels, note_scopes
from publisher.tree.shape import replaced
from publisher.tree.walk import (
    document_text,
    map_blocks,
    map_inlines,
    query,
)
from tests.tools import furniture, pdf_inspect
from tests.tools.docx_inspect import DocxFile
from tests.tools.epub_inspect import EpubFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from publisher.tree.meta import Document


class Texts(NamedTuple):
    """Text paragraph by paragraph: what stands in the body, and what in notes."""

    body: list[str]
    notes: list[str]


# --------------------------------------------------------------------------------- text in


def text_in(document: Document, pages: dict[str, str], *, nested: bool = True) -> Texts:
    """The tree's text; notes apart, foot notes before end notes in each chapter.

    `pages` are page labels by id, for page references. Without `nested`, notes that only notes
    call stay in the body, at the end of their chapter, and notes in the margin come last: Word has
    no notes in notes, and comments in a part of their own.
    """
    document = map_inlines(document, lambda node: _referred(node, pages))
    if nested:
        document = map_blocks(document, _with_spaces)
    bare = map_blocks(document, lambda block: () if isinstance(block, Footnote) else block)
    by_text = {call.note for call in query(bare, NoteRef)}
    labelled = {
        note.id: note for note in query(document, Footnote) if note.id in note_labels(document)
    }
    noted: list[Footnote] = []

    def place(note: Footnote) -> None:
        noted.append(note)
        calls = [call.note for call in query(note.blocks, NoteRef)] if nested else []
        for name in calls:  # stands below the note that calls it
            if name not in by_text and labelled[name] not in noted:
                place(labelled[name])

    for scope in note_scopes(document):
        found = [
            note for note in query(scope, Footnote) if note.id in labelled and note.id in by_text
        ]
        for note in sorted(found, key=lambda note: note.kind == "end"):
            place(note)
    if not nested:
        noted.sort(key=lambda note: ("foot", "end", "margin").index(note.kind))
    body = map_blocks(document, lambda block: () if block in noted else block)
    notes = [text for note in noted for text in _texts(document, note.blocks)]
    return Texts(document_text(body), notes)


def _texts(document: Document, blocks: tuple) -> list[str]:
    return document_text(replaced(document, body=blocks))


def _referred(node, pages):
    if isinstance(node, CrossRef) and node.show == "page":
        return Text(pages[node.target])
    return node


def _with_spaces(block):
    """Tabs in code become spaces where there are no tabs."""
    return replaced(block, text=block.text.expandtabs(4)) if isinstance(block, CodeBlock) else block


def annotations_in(document: Document) -> str:
    """All ruby annotations in reading order, those of notes last."""
    pairs = (pair for ruby in query(document, Ruby) for pair in ruby.pairs if pair.base)
    return "".join(pair.text for pair in pairs)


# --------------------------------------------------------------------------------- text out


def pdf_texts(path: Path, document: Document) -> Texts:
    """A PDF read by PDFium along its tags."""
    body, notes = [], []
    for piece in pdf_inspect.tagged_text(path, leave_out=furniture.PDF_ROLES):
        (notes if "Note" in piece.path else body).append(piece.text.strip("\n"))
    for title in furniture.title_lines(document):
        if title and difference([title], body[:1]) == "":
            del body[0]
    return Texts([text for text in body if text], [text for text in notes if text])


def pdf_annotations(path: Path) -> str:
    """The ruby annotations of a PDF; readings that stand apart are one text all the same."""
    return "".join(pdf_inspect.texts_of_role(path, "RT")).replace(pdf_inspect.MADE_UP, "")


def docx_texts(path: Path) -> Texts:
    """A DOCX: the paragraphs of the body; those of foot notes, end notes and comments."""
    word = DocxFile(path)
    kinds = ("footnote", "endnote", "comment")
    notes = [text for kind in kinds for note in word.notes(kind).values() for text in note]
    return Texts(word.texts(), notes)


def epub_texts(path: Path) -> list[str]:
    """An EPUB's content documents in the order of its spine, without furniture."""
    return EpubFile(path).lines()


# -------------------------------------------------------------------------------- comparing


def difference(wanted: Iterable[str], found: Iterable[str]) -> str:
    """Where two texts part, or an empty string.

    Line feeds in `found` are ends of lines: there, and between strings, white space of `wanted`
    may be missing. Where PDFium made up a blank there may be one. Everything else is the same.
    """
    text = "\n".join(wanted)
    at, after_end = 0, True
    pieces = re.split(f"([\n{pdf_inspect.MADE_UP}])", "\n".join(found))
    for piece, end in zip(pieces[::2], [*pieces[1::2], "\n"], strict=True):
        if after_end and not text.startswith(piece, at):
            at, piece = _SPACE.match(text, at).end(), piece.lstrip(" ")  # noqa: PLW2901 - cut to fit
        elif not after_end and text[at : at + 1].isspace() and text[at : at + 1] != piece[:1]:
            at += 1
        if end == "\n" and not text.startswith(piece, at):
            piece = piece.rstrip(" ")  # noqa: PLW2901 - cut to fit
        if not text.startswith(piece, at):
            return first_difference(text[at : at + len(piece)], piece, text[at - 30 : at])
        at += len(piece)
        after_end = end == "\n" or (after_end and not piece)
    rest = text[at:].strip()
    return f"missing at the end: {rest[:60]!r}" if rest else ""


_SPACE = re.compile(r"\s*")


def first_difference(wanted: str, found: str, before: str = "") -> str:
    """Where two texts part, exactly; `before` is what stands before both."""
    if wanted == found:
        return ""
    pairs = enumerate(zip(wanted, found, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(wanted), len(found)))
    before = (before + wanted[:at])[-30:]
    return f"after …{before!r}: wanted {wanted[at : at + 40]!r}, found {found[at : at + 40]!r}"


def as_pdfium_reads(text: str) -> str:
    """`text` with what PDFium does to any: several spaces are one, marks of direction are none."""
    return _SPACES.sub(" ", _DIRECTIONS.sub("", text))


def as_poppler_reads(text: str) -> str:
    """`text` without white space, and without marks of direction: poppler adds its own."""
    return _DIRECTIONS.sub("", squeezed(text))


_SPACES = re.compile("  +")
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e]")


def squeezed(text: str) -> str:
    """`text` without white space."""
    return "".join(text.split())
