"""Fonts of whole runs to PDF, by the file's own objects."""

import pytest

from tests.e2e.conftest import some
from tests.tools import cases, pdf_inspect

every_case = pytest.mark.parametrize(
    "case", some(*cases.EVERY, *cases.SAMPLES, cases.SEED, slow=(cases.NOVEL,)), indirect=True
)


@every_case
def test_fonts_are_embedded_subsets(case):
    facts = pdf_inspect.fonts(case.pdf)
    assert all(fact.embedded and fact.to_unicode and fact.kind == "/Type0" for fact in facts)
    assert all(fact.base[6] == "+" for fact in facts)
    assert not any("Helvetica" in fact.base for fact in facts)


@every_case
def test_widths_are_those_of_the_glyphs(case):
    assert pdf_inspect.wrong_widths(case.pdf) == []


def test_an_article_has_one_font_object_a_face(made):
    """Only texts above U+FFFF that share a glyph ask for more, as in the documents of all nodes."""
    for name in cases.SAMPLES:
        facts = pdf_inspect.fonts(made(name).pdf)
        used = [(fact.base.partition("+")[2], fact.encoding) for fact in facts]
        assert len(set(used)) == len(used), name


@pytest.mark.slow
@pytest.mark.parametrize("case", some(slow=(cases.NOVEL,)), indirect=True)
def test_the_novel_is_small(case):
    assert case.pdf.stat().st_size < 6_000_000
