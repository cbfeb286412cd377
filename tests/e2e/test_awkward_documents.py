"""Documents that are legal and awkward come out whole, tagged, and the same each time."""

from collections import Counter
from dataclasses import replace

import pytest

from publisher.events import ignore
from publisher.pipeline import write_document
from publisher.stages import transform
from tests.tools import cases, judges, pdf_inspect, pdf_structure, text_out
from tests.tools.awkward_documents import AWKWARD, awkward

NAMES = sorted(AWKWARD)


def made(name, folder, stem="out", kind="pdf"):
    document, store, settings = awkward(name)
    settings = replace(settings, output=replace(settings.output, formats=(kind,)))
    target = folder / f"{stem}.{kind}"
    write_document(
        transform(document, settings, ignore), store, settings, target, cases.workshop(), ignore
    )
    return target


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("awkward")
    return {name: made(name, folder, f"n{at}") for at, name in enumerate(NAMES)}


@pytest.mark.parametrize("name", NAMES)
def test_the_structure_is_sound(name, written):
    assert pdf_structure.check(written[name]) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_the_file_keeps_to_what_it_declares(name, profile, written):
    assert judges.page_validation(written[name], profile) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_the_same_each_time(name, written, tmp_path):
    assert made(name, tmp_path).read_bytes() == written[name].read_bytes()


@pytest.mark.judge
def test_the_books_are_valid(tmp_path):
    """All in one Java machine."""
    books = {name: made(name, tmp_path, f"n{at}", "epub") for at, name in enumerate(NAMES)}
    found = judges.epubcheck(list(books.values()))
    assert {name: found[book] for name, book in books.items() if found[book]} == {}


@pytest.mark.judge
@pytest.mark.parametrize("name", NAMES)
def test_the_word_file_is_valid(name, tmp_path):
    assert judges.openxml_audit(made(name, tmp_path, kind="docx")) == []


@pytest.mark.judge
@pytest.mark.parametrize("name", NAMES)
def test_no_character_is_lost(name, written):
    """Of body and notes together: poppler reads lines from right to left in another order."""
    judges.program("pdftotext", "poppler-utils")
    document, _, settings = awkward(name)
    document = transform(document, settings, ignore)
    labels, places = pdf_inspect.page_labels(written[name]), pdf_inspect.destinations(written[name])
    wanted = text_out.text_in(document, {key: labels[at] for key, (at, _) in places.items()})
    shown = "".join(pdf_inspect.poppler_text(written[name], "-raw"))
    lost = Counter(text_out.as_poppler_reads("".join(map("".join, wanted))))
    lost -= Counter(text_out.as_poppler_reads(shown))
    assert "".join(lost).strip() == ""
