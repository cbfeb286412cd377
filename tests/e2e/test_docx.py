"""Whole runs to Word: no fault that validators overlook, and the pages that the layout found."""

import pytest

import publisher
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


def test_lines_that_word_breaks_are_no_findings_of_ours(tmp_path):
    """What the count of its pages meets says nothing about the lines that Word will set."""
    source = tmp_path / "a.md"
    source.write_text(f"# 一\n\n超长{'a' * 300}\n\n# 二\n\n文。\n", "utf-8")
    for kind, wanted in (("pdf", ["layout.forced-break"]), ("docx", [])):
        result = publisher.convert([source], tmp_path, formats=(kind,))
        assert result.error is None
        codes = [found.code for found in result.diagnostics]
        assert [code for code in codes if code.startswith("layout.")] == wanted
