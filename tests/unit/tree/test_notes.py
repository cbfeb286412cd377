from __future__ import annotations

import pytest

from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import Footnote, NoteRef, Paragraph, Section, Text
from publisher.tree.notes import note_label, note_labels, note_scopes, notes_of


def p(*notes):
    return Paragraph((Text("x"), *map(NoteRef, notes)))


def note(name, *calls):
    return Footnote(name, (p(*calls),))


def sec(*blocks, kind="chapter"):
    return Section(1, (Text("t"),), blocks, kind=kind)


BOOK = Document(
    Metadata(),
    (
        p("a"),
        note("a"),
        sec(p("c", "b", "c", "nowhere"), note("c"), note("b", "d"), note("d"), note("uncalled")),
        sec(p("f"), note("f"), sec(p("g"), note("g")), kind="part"),
    ),
)


@pytest.mark.parametrize(
    ("restart", "labels"),
    [
        ("chapter", {"a": "1", "c": "1", "b": "2", "d": "3", "f": "1", "g": "1"}),
        ("document", {"a": "1", "c": "2", "b": "3", "d": "4", "f": "5", "g": "6"}),
    ],
)
def test_notes_are_numbered_by_first_call(restart, labels):
    assert note_labels(BOOK, restart) == labels


@pytest.mark.parametrize(
    ("number", "numbering", "label"),
    [
        (3, "decimal", "3"),
        (3, "paren", "3)"),
        (3, "circled", "③"),
        (50, "circled", "㊿"),
        (51, "circled", "51"),
    ],
)
def test_labels(number, numbering, label):
    assert note_label(number, numbering) == label


def test_a_part_s_chapters_are_scopes_of_their_own():
    part = BOOK.body[3]
    assert note_scopes(BOOK) == [BOOK.body[:2], (BOOK.body[2],), part.blocks[:2], (part.blocks[2],)]


def test_notes_of_a_chapter():
    assert [found.id for found in notes_of(BOOK.body[2])] == ["c", "b", "d", "uncalled"]
