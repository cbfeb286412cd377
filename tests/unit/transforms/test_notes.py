from __future__ import annotations

from dataclasses import replace

import pytest

from publisher.events import Collector
from publisher.transforms.notes import place_notes
from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import (
    Attr,
    CrossRef,
    Footnote,
    Image,
    Link,
    NoteRef,
    Paragraph,
    Pos,
    Quote,
    Section,
    Text,
)


def p(text, *notes):
    return Paragraph((Text(text), *map(NoteRef, notes)), pos=Pos("a.md", 2))


def note(name, *calls):
    return Footnote(name, (p(name, *calls),))


def sec(*blocks, kind="chapter"):
    return Section(1, (Text("t"),), blocks, kind=kind)


def shape(blocks):
    return [[*shape(b.blocks)] if isinstance(b, Section) else getattr(b, "id", "·") for b in blocks]


@pytest.mark.parametrize(
    ("body", "placed"),
    [
        ((p("x", "a"), sec(p("y"), note("a"))), ["·", "a", ["·"]]),
        ((sec(p("x", "b", "a"), p("y")), sec(note("a"), note("b"))), [["·", "·", "b", "a"], []]),
        ((sec(p("x", "a")), sec(p("y", "a"), note("a"))), [["·", "a"], ["·"]]),
        ((sec(p("x", "a", "c"), note("b"), note("a", "b"), note("c")),), [["·", "a", "c", "b"]]),
        ((sec(sec(p("x", "a"), note("a"), kind="section"), p("y")),), [[["·"], "·", "a"]]),
        (
            (sec(p("o", "a"), note("a"), sec(p("x", "b")), sec(note("b")), kind="part"),),
            [["·", "a", ["·", "b"], []]],
        ),
        ((sec(Quote((p("x", "a"), note("a")))),), [["·", "a"]]),
    ],
    ids=range(7),
)
def test_notes_go_to_the_end_of_the_chapter_that_calls_them_first(body, placed):
    made = place_notes(Document(Metadata(), body))
    assert shape(made.body) == placed
    assert place_notes(made) == made


def named(paragraph, name):
    return replace(paragraph, attr=Attr(id=name))


@pytest.mark.parametrize(
    ("body", "kept", "code"),
    [
        ((p("x", "no"),), (p("x"),), "note.missing"),
        ((p("x", "a"), Footnote("a", (p(" "),))), (p("x"),), "note.empty"),
        ((p("x"), note("a")), (p("x"), named(p("a"), "a")), "note.uncalled"),
    ],
)
def test_what_is_wrong_is_set_right_and_told(body, kept, code):
    report = Collector()
    made = place_notes(Document(Metadata(), body), report)
    assert made.body == kept
    assert [d.code for d in report.diagnostics] == [code]


def test_notes_that_call_one_another_in_a_ring_lose_no_text():
    made = place_notes(Document(Metadata(), (p("x"), note("a", "b"), note("b", "a"))))
    assert shape(made.body) == ["·", "·", "b"]


def test_a_picture_is_a_note_s_content():
    picture = Footnote("a", (Paragraph((Image("r"),)),))
    assert place_notes(Document(Metadata(), (p("x", "a"), picture))).body[1] == picture


def test_calls_in_the_title_go():
    meta = Metadata(title=(Text("題"), NoteRef("a")))
    made = place_notes(Document(meta, (p("x", "a"), note("a"))))
    assert made.meta.title == (Text("題"),)


def test_without_notes_nothing_changes():
    document = Document(Metadata(), (p("x"), sec(p("y"))))
    assert place_notes(document) is document


def test_references_follow_a_note_that_becomes_text_and_let_go_of_one_that_goes():
    asking = Paragraph((Link((Text("l"),), "#a"), CrossRef("a", fallback=(Text("r"),))))
    kept = place_notes(Document(Metadata(), (asking, note("a")))).body
    assert kept == (asking, named(p("a"), "a"))
    left = place_notes(Document(Metadata(), (asking, Footnote("a", (p(" "),))))).body
    assert left == (Paragraph((Text("lr"),)),)
