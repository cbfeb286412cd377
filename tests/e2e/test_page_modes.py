"""Every way of making up pages gives back all text, in the order of the source.

Figures and tables that were moved to the head of a later page stand at their place in the tags.
"""

from collections import Counter

import pytest

from publisher.settings import OutputSettings, PdfSettings, Settings, ThemeSettings
from tests.tools import cases, pdf_inspect, text_out
from tests.tools.page_documents import flowing

MODES = {
    "one-column": ("book", {}),
    "two-columns": ("article", {"columns": 2}),
    "three-columns": ("article", {"columns": 3, "column_gap": "1em"}),
    "two-columns-book": ("book", {"columns": 2, "size": "B5"}),
    "line-grid": ("book", {"grid": "lines"}),
    "character-grid": ("book", {"grid": "characters"}),
    "feather": ("book", {"foot": "feather"}),
}


def mode_settings(mode):
    theme, page = MODES[mode]
    overrides = (("page", page),)
    return Settings(
        theme=ThemeSettings(name=theme, overrides=overrides),
        output=OutputSettings(pdf=PdfSettings()),
    )


@pytest.mark.parametrize("mode", MODES)
def test_text_out_is_text_in(mode, tmp_path):
    document, store = flowing(wide=mode == "two-columns-book")
    stem = tmp_path / mode
    cases.write_all(document, store, stem, mode_settings(mode), kinds=("pdf",))
    path = stem.with_name(f"{mode}.pdf")
    labels = pdf_inspect.page_labels(path)
    places = pdf_inspect.destinations(path)
    pages = {name: labels[page] for name, (page, _) in places.items()}
    wanted = text_out.text_in(document, pages)
    found = text_out.pdf_texts(path, document)
    for one, other in zip(wanted, found, strict=True):
        assert text_out.difference(map(text_out.as_pdfium_reads, one), other) == ""


@pytest.mark.parametrize("mode", ["two-columns", "two-columns-book"])
def test_every_node_type_in_columns(mode, tmp_path):
    """Lines end inside words from right to left here, so that characters are counted."""
    document, store = cases.document_of("every-zh-Hans")
    stem = tmp_path / mode
    cases.write_all(document, store, stem, mode_settings(mode), kinds=("pdf",))
    path = stem.with_name(f"{mode}.pdf")
    labels = pdf_inspect.page_labels(path)
    places = pdf_inspect.destinations(path)
    pages = {name: labels[page] for name, (page, _) in places.items()}
    wanted = text_out.text_in(document, pages)
    found = text_out.pdf_texts(path, document)
    for one, other in zip(wanted, found, strict=True):
        assert counts(one) == counts(other)


def counts(texts):
    """Characters without blanks, and without hyphens: some are those of divided words."""
    text = "".join(texts).replace(pdf_inspect.MADE_UP, "").replace("-", "")
    return Counter(text_out.as_poppler_reads(text))
