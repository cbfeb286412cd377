"""The text that goes in and the texts that come out, made comparable.

Only furniture is taken away (`tests.tools.furniture`), and only white space at ends of lines and
pages is forgiven.
"""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from publisher.tree.nodes import CodeBlock, CrossRef, Footnote, Ruby, Text
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


def text_in(document: Document, pages: dict[str, str] | None = None) -> Texts:
    """The tree's text; notes apart, foot notes before end notes in each chapter.

    `pages` are page labels by id, for outputs that show page references.
    """
    if pages is not None:
        document = map_inlines(document, lambda node: _referred(node, pages))
        document = map_blocks(document, _with_spaces)
    labels = note_labels(document)
    noted: list[Footnote] = []
    for scope in note_scopes(document):
        found = [note for note in query(scope, Footnote) if note.id in labels]
        noted += sorted(found, key=lambda note: note.kind == "end")
    bare = map_blocks(document, lambda block: () if isinstance(block, Footnote) else block)
    notes = [text for note in noted for text in _texts(document, note.blocks)]
    return Texts(document_text(bare), notes)


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
    titles = list(furniture.title_lines(document))
    while body and titles:
        wanted = titles.pop(0)
        if wanted and difference([wanted], body[:1]) == "":
            del body[0]
    return Texts([text for text in body if text], [text for text in notes if text])


def pdf_annotations(path: Path) -> str:
    """The ruby annotations of a PDF."""
    return "".join(
        text for text in pdf_inspect.texts_of_role(path, "RT")
    )


def docx_texts(path: Path) -> Texts:
    """A DOCX: the paragraphs of the body; those of foot notes and end notes."""
    word = DocxFile(path)
    body, foot = [], [p.text for note in word.notes("footnote") for p in note]
    for paragraph in word.paragraphs():
        if paragraph.style == "FootnoteText":
            # Word has no notes in notes: these stand at the end of the chapter with their labels.
            foot.append(re.sub("^[^\t]{1,4}\t", "", paragraph.text))
        elif paragraph.style not in furniture.DOCX_STYLES:
            body.append(paragraph.text)
    end = [p.text for note in word.notes("endnote") for p in note]
    return Texts([text for text in body if text], [text for text in (*foot, *end) if text])


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


def squeezed(text: str) -> str:
    """`text` without white space."""
    return "".join(text.split())


# ---------------------------------------------------------------------------------- poppler


_ELEMENT = re.compile(r"( *)([A-Za-z0-9]+)(?: \((?:block|inline)\))?:?$")


def poppler_tagged(path: Path) -> tuple[str, str]:
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
    return squeezed("".join(body)), squeezed("".join(notes))


