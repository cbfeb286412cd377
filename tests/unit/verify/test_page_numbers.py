"""Page numbers of a Word file's contents: exact against its layout, near those of a PDF."""

import re

import pytest

from publisher.verify.proof import Proof, check_numbers, cross_check, prove
from tests.tools import proof_documents
from tests.tools.planted_faults import BODY, in_zip, put

TITLE = "第一章"


def proof(format_, number, **facts):
    made = Proof(f"a.{format_}", format_, "publisher", "", dict(facts))
    made.numbers = {TITLE: [number]}
    return made


def codes(made):
    return [(f.code, f.wanted, f.found) for f in made.faults]


@pytest.mark.parametrize(
    ("printed", "in_word", "right"),
    [
        ("7", "7", True),
        ("7", "8", True),
        ("7", "16", True),
        ("7", "17", False),
        ("7", "1", False),
        ("57", "90", True),
        ("200", "403", False),
        ("iv", "iv", True),
        ("iv", "v", False),
    ],
)
def test_pages_of_word_are_near_those_of_a_pdf(printed, in_word, right):
    word, pdf = proof("docx", in_word), proof("pdf", printed)
    cross_check([word, pdf])
    assert codes(word) == ([] if right else [("contents.number", printed, in_word)])


def test_pages_of_word_are_those_of_its_layout():
    word = proof("docx", "8")
    check_numbers(word, {TITLE: ["7"]}, "layout")
    assert codes(word) == [("contents.number", "7", "8")]


def test_no_page_is_above_the_number_of_pages(good_file):
    good, store = proof_documents.good()
    last = re.compile(r'(.*w:val="TOC\d".*? PAGEREF .*?<w:t[^>]*>)[^<]*', re.DOTALL)
    data = in_zip(good_file("docx"), put(last, r"\g<1>99", BODY))
    faults = prove(data, "good.docx", good, store.open, ours=True).faults
    assert "contents.number" in {fault.code for fault in faults}
