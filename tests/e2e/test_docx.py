"""Whole runs to Word: no fault that validators overlook, and the pages that the layout found."""

import pytest

from publisher.tree.notes import note_labels
from tests.e2e.conftest import some
from tests.tools import cases, pdf_inspect
from tests.tools.docx_inspect import DocxFile, R, W, style_of

every_case = pytest.mark.parametrize(
    "case", some(*cases.EVERY, *cases.SAMPLES, cases.SEED, slow=(cases.NOVEL,)), indirect=True
)


@every_case
def test_no_fault_that_validators_overlook(case):
    assert DocxFile(case.docx).faults() == []


@every_case
def test_contents_show_pages_near_those_of_the_printed_book(case):
    """Word's lines are filled one by one: it has a few pages more in a hundred."""
    file = DocxFile(case.docx)
    labels = pdf_inspect.page_labels(case.pdf)
    places = pdf_inspect.destinations(case.pdf)
    entries = [q for q in file.body.iter(f"{W}p") if style_of(q).startswith("TOC")][1:]
    for entry in entries:
        link = entry.find(f"{W}hyperlink")
        page, _ = places[link.get(f"{W}anchor")]
        shown = file.shown(entry).rpartition("\t")[2]
        if labels[page].isdecimal():
            assert 0 <= int(shown) - int(labels[page]) <= 1 + 0.04 * int(labels[page])
        else:
            assert shown == labels[page]


@every_case
def test_notes_are_words_own_and_none_is_lost(case):
    file = DocxFile(case.docx)
    called = note_labels(case.document)
    real = len(file.notes()) + len(file.notes("endnote"))
    assert real <= len(called)
    if called:
        assert real > 0


@every_case
def test_every_picture_is_described(case):
    drawings = [
        drawing
        for name, tree in DocxFile(case.docx).trees.items()
        if name.startswith("word/") and not name.endswith(".rels")
        for drawing in tree.iter("{*}docPr")
    ]
    assert all(drawing.get("name") for drawing in drawings)


@every_case
def test_links_out_are_relations_of_their_part(case):
    file = DocxFile(case.docx)
    known = file.relations()
    for link in file.body.iter(f"{W}hyperlink"):
        relation = link.get(f"{R}id")
        assert relation is None or known[relation].get("TargetMode") == "External"
