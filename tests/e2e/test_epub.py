"""Whole runs to EPUB: metadata, and links that all lead somewhere."""

import pytest

from publisher.tree.walk import plain_text
from tests.e2e.conftest import some
from tests.tools import cases
from tests.tools.epub_inspect import EpubFile


@pytest.mark.parametrize(
    "case", some(*cases.EVERY, *cases.SAMPLES, cases.SEED, slow=(cases.NOVEL,)), indirect=True
)
def test_title_and_links(case):
    book = EpubFile(case.epub)
    assert book.dc("title")[0] == plain_text(case.document.meta.title)
    assert {target for _, target in book.links()} <= book.targets()
