"""Text out equals text in: every format gives back the tree's text, in reading order.

What is furniture stands in `tests.tools.furniture`; nothing else is taken away. White space may
differ where a line or a page ends, nowhere else.
"""

import re
import shutil
from collections import Counter

import pytest

from publisher.tree.walk import document_text
from tests.e2e.conftest import some
from tests.tools import cases, pdf_inspect, text_out
from tests.tools.four_languages import HARD

CASES = some(
    *cases.EVERY,
    *cases.SAMPLES,
    cases.SEED,
    *cases.BATCH[:4],
    slow=(*cases.BATCH[4:], cases.NOVEL),
)
every_case = pytest.mark.parametrize("case", CASES, indirect=True)
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")


def page_labels(made):
    """The label of the page on which each id stands, as the PDF itself says."""
    labels = pdf_inspect.page_labels(made.pdf)
    return {name: labels[page] for name, (page, _) in pdf_inspect.destinations(made.pdf).items()}


@every_case
def test_pdf_by_pdfium(case):
    wanted = text_out.text_in(case.document, page_labels(case))
    found = text_out.pdf_texts(case.pdf, case.document)
    for one, other in zip(wanted, found, strict=True):
        assert text_out.difference(map(text_out.as_pdfium_reads, one), other) == ""
    assert text_out.pdf_annotations(case.pdf) == text_out.annotations_in(case.document)


@pytest.mark.judge
@poppler
@every_case
def test_pdf_by_poppler(case):
    """poppler sees on each page the characters that PDFium sees, each stretch of them as it is.

    Its reading along the tags is of no use here: it loses what follows a marked content without
    a number, such as a change of language, inside a paragraph. The brackets of warichu have an
    empty ActualText, which poppler heeds and PDFium does not. poppler turns words of scripts from
    right to left round, so that lines with such words are compared by their characters only.
    """
    pages = pdf_inspect.poppler_text(case.pdf, "-raw")
    pieces = pdf_inspect.marked_pieces(case.pdf, leave_out="WP")
    for number, page in enumerate(map(text_out.as_poppler_reads, pages)):
        tagged, artifacts = pieces.get(number, ([], ""))
        lines = [text_out.as_poppler_reads(line) for line in tagged]
        assert Counter(page) == Counter("".join([*lines, *artifacts.split()])), f"page {number}"
        lost = [line for line in lines if line not in page and not RIGHT_TO_LEFT.search(line)]
        assert lost == [], f"page {number}"


@every_case
def test_docx(case):
    labels = cases.word_labels(case.name)
    wanted = text_out.text_in(case.document, labels, nested=False)
    found = text_out.docx_texts(case.docx)
    for one, other in zip(wanted, found, strict=True):
        assert other == one, text_out.first_difference("\n".join(one), "\n".join(other))


@every_case
def test_epub(case):
    found = text_out.epub_texts(case.epub)
    for number, (one, other) in enumerate(zip(document_text(case.document), found, strict=False)):
        assert one == other, f"paragraph {number}"
    assert len(found) == len(document_text(case.document))


def test_hard_text_is_in_the_documents(made):
    """The tests above see what they are there for."""
    for name in cases.EVERY:
        text = "\n".join(document_text(made(name).document))
        assert all(hard in text for hard in HARD.values())


def test_a_difference_is_seen():
    assert text_out.difference(["a b", "c"], ["a\nb", "c"]) == ""
    assert text_out.difference(["a b"], ["ab"]) != ""
    assert text_out.difference(["ab"], ["a b"]) != ""
    assert text_out.difference(["ab", "c"], ["ab"]) != ""
    assert text_out.difference(["ab"], ["ab", "c"]) != ""
    assert text_out.difference(["葛\U000e0100"], ["葛"]) != ""
