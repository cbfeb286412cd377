"""Notes of a document: which chapter they belong to, and the labels their calls show.

Every output shows the same labels because every output asks here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from publisher.tree.nodes import Footnote, NoteRef, Section
from publisher.tree.walk import is_part, query

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from publisher.tree.meta import Document
    from publisher.tree.nodes import Blocks

# U+2460 ①-⑳, U+3251 ㉑-㉟, U+32B1 ㊱-㊿: circled numbers exist up to 50.
_CIRCLED = "".join(
    map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)))
)


def note_label(number: int, numbering: Literal["circled", "decimal", "paren"]) -> str:
    """How note `number` (from 1) is called: ``①``, ``1`` or ``1)``; over 50 circles end."""
    if numbering == "circled" and number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    return f"{number})" if numbering == "paren" else str(number)


def note_scopes(document: Document) -> list[Blocks]:
    """The runs of blocks that number their notes on their own, in reading order.

    These are: the front text, each chapter, and the opening text of a part or volume (whose
    sections are chapters).
    """
    return _scopes(document.body)


def _scopes(blocks: Blocks) -> list[Blocks]:
    first = next((n for n, b in enumerate(blocks) if isinstance(b, Section)), len(blocks))
    found: list[Blocks] = [blocks[:first]] if first else []
    for block in blocks[first:]:
        if isinstance(block, Section) and is_part(block):
            found += _scopes(block.blocks)
        else:
            found.append((block,))
    return found


def note_labels(
    document: Document,
    restart: Literal["chapter", "page", "document"] = "chapter",
    numbering: Literal["circled", "decimal", "paren"] = "decimal",
    *,
    unnumbered: AbstractSet[str] = frozenset(),
) -> dict[str, str]:
    """The label of each called note, by note id, numbered by first call.

    `restart` by ``page`` needs pages, which the tree does not have: it is taken as ``chapter``.
    Notes that nothing calls have no label; calls of notes that do not exist have none either, nor
    have those that are `unnumbered`, which an output shows in a way of its own.
    """
    known = {note.id for note in query(document, Footnote)} - unnumbered
    labels: dict[str, str] = {}
    number = 0
    for scope in note_scopes(document):
        if restart != "document":
            number = 0
        for call in query(scope, NoteRef):
            if call.note in known and call.note not in labels:
                number += 1
                labels[call.note] = note_label(number, numbering)
    return labels


def notes_of(chapter: Section | Blocks) -> list[Footnote]:
    """The notes that stand in a chapter (or a run of blocks), in reading order."""
    return list(query((chapter,) if isinstance(chapter, Section) else chapter, Footnote))
