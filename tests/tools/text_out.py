"""The text that goes in and the texts that come out, made comparable.

Only furniture is taken away (`tests.tools.furniture`), and only white space at ends of lines and
pages is forgiven.
"""

from __future__ import annotations

import re
import subprocess
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
    call stay in the body, at the end of their chapter: Word has no notes in notes.
    """
    document = map_inlines(document, lambda node: _referred(node, pages))
    if nested:
        document = map_blocks(document, _with_spaces)
    bare = map_blocks(document, lambda block: () if isinstance(block, Footnote) else block)
    apart = set(note_labels(document)) if nested else {call.note for call in query(bare, NoteRef)}
    noted: list[Footnote] = []
    for scope in note_scopes(document):
        found = [note for note in query(scope, Footnote) if note.id in apart]
        noted += sorted(found, key=lambda note: note.kind == "end")
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
    """The ruby annotations of a PDF."""
    return "".join(pdf_inspect.texts_of_role(path, "RT"))


def docx_texts(path: Path) -> Texts:
    """A DOCX: the paragraphs of the body; those of foot notes and end notes."""
    word = DocxFile(path)
    kinds = ("footnote", "endnote")
    notes = [text for kind in kinds for note in word.notes(kind).values() for text in note]
    return Texts(word.texts(), notes)


def epub_texts(path: Path) -> list[str]:
    """An EPUB's content documents in the order of its spine, without furniture."""
    return EpubFile(path).lines()


# -------------------------------------------------------------------------------- comparing


def difference(wanted: Iterable[str], found: Iterable[str]) -> str:
    """Where two texts part, or an empty string.

    Line feeds in `found` are ends of lines: there, and between strings, white space of `wanted`
    may be missing. Everything else has to be the same.
    """
    text = "\n".join(wanted)
    at = 0
    for line in "\n".join(found).split("\n"):
        piece = line
        start = at
        if not text.startswith(piece, at):
            at = _SPACE.match(text, at).end()
            if not text.startswith(piece, at):
                at = _SPACE.match(text, start).end()
                piece = line.strip()
        if not text.startswith(piece, at):
            same = next(
                (n for n, (a, b) in enumerate(zip(text[at:], piece, strict=False)) if a != b),
                min(len(text) - at, len(piece)),
            )
            return (
                f"after …{text[max(0, at + same - 30) : at + same]!r}: "
                f"wanted {text[at + same : at + same + 40]!r}, found {piece[same : same + 40]!r}"
            )
        at += len(piece)
    rest = text[at:].strip()
    return f"missing at the end: {rest[:60]!r}" if rest else ""


_SPACE = re.compile(r"\s*")


def with_single_spaces(text: str) -> str:
    """`text` as PDFium gives it: one space for several beside one another."""
    return _SPACES.sub(" ", text)


_SPACES = re.compile("  +")


def squeezed(text: str) -> str:
    """`text` without white space."""
    return "".join(text.split())


# ---------------------------------------------------------------------------------- poppler


_ELEMENT = re.compile(r"( *)([A-Za-z0-9]+)(?: \((?:block|inline)\))?:?$")


def poppler_tagged(path: Path, document: Document) -> tuple[str, str]:
    """Body and notes as poppler reads them along the tags, without white space and furniture."""
    done = subprocess.run(
        ["pdfinfo", "-enc", "UTF-8", "-struct-text", str(path)], capture_output=True, check=True
    )
    body: list[str] = []
    notes: list[str] = []
    stack: list[tuple[int, str]] = []
    terms = -1
    for line in done.stdout.decode().split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        stripped = line.strip(" ")
        if stripped.startswith(('"', "/")):
            while stack and stack[-1][0] >= indent:
                stack.pop()
        if stripped.startswith("/ListNumbering /None"):
            terms = stack[-1][0]
        if stripped.startswith('"'):
            roles = {role for _, role in stack}
            if not roles & furniture.PDF_ROLES:
                (notes if "Note" in roles else body).append(stripped[1:-1])
            continue
        match = _ELEMENT.match(line)
        if match:
            while stack and stack[-1][0] >= indent:
                stack.pop()
            if terms >= 0 and not any(level == terms for level, _ in stack):
                terms = -1
            role = match[2]
            is_term = role == "Lbl" and len(stack) > 1 and stack[-2][0] == terms
            stack.append((indent, "Term" if is_term else role))
    text = squeezed("".join(body))
    for title in map(squeezed, furniture.title_lines(document)):
        text = text.removeprefix(title)
    return text, squeezed("".join(notes))


def first_difference(wanted: str, found: str) -> str:
    """Where two texts part, exactly."""
    if wanted == found:
        return ""
    pairs = enumerate(zip(wanted, found, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(wanted), len(found)))
    before = wanted[max(0, at - 30) : at]
    return f"after …{before!r}: wanted {wanted[at : at + 40]!r}, found {found[at : at + 40]!r}"
