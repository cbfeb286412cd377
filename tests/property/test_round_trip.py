"""Whatever a document holds, its words come back from a file of ours, in order."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

import publisher
from publisher.environment import ResourceStore
from publisher.events import ignore
from publisher.pipeline import write_document
from publisher.settings import OutputSettings, Settings
from publisher.stages import transform
from publisher.tree.nodes import CrossRef, Footnote, Image, Warichu
from publisher.tree.walk import document_text, map_blocks, map_inlines
from tests.property.strategies import FILES, documents
from tests.tools import cases

SPACE = re.compile(r"\s+")


def words(document):
    """All text but notes, which move to the end of their file."""
    body = map_blocks(document.body, lambda b: () if isinstance(b, Footnote) else b)
    return SPACE.sub("", "".join(document_text(replace(document, body=body))))


def without_losses(inline):
    """What files are known to change is not there.

    Pictures, long notes in two small lines, and references, which show a page or a number.
    """
    if isinstance(inline, Image):
        return ()
    if isinstance(inline, CrossRef):
        return inline.fallback
    return inline.content if isinstance(inline, Warichu) else inline


@pytest.mark.parametrize("form", ["docx", "epub"])
@settings(**{**FILES, "max_examples": 60})
@given(document=documents)
def test_the_words_of_a_file_come_back(tmp_path_factory, form, document):
    document = map_inlines(document, without_losses)
    document = transform(document, Settings(), ignore)
    target = tmp_path_factory.mktemp("book") / f"out.{form}"
    settings = Settings(output=OutputSettings(formats=(form,)))
    write_document(document, ResourceStore(), settings, target, cases.workshop(), ignore)
    if not words(document):
        return
    back = transform(publisher.read(target).document, Settings(), ignore)
    assert words(back) == words(document)
