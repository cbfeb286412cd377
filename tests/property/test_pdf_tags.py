"""What holds for the tags of any tree's PDF, horizontal and vertical."""

import pytest
from hypothesis import assume, given, settings

from publisher.environment import ResourceStore
from publisher.events import ignore
from publisher.settings import Settings, ThemeSettings
from publisher.stages import transform
from publisher.tree.walk import document_text
from tests.property import strategies
from tests.tools import cases
from tests.tools.pdf_structure import check


@pytest.mark.parametrize("mode", ["horizontal", "vertical"])
@settings(**strategies.FILES)
@given(document=strategies.documents)
def test_any_tree_makes_a_file_with_sound_tags(tmp_path_factory, mode, document):
    chosen = Settings(theme=ThemeSettings(overrides=(("writing-mode", mode),)))
    document = transform(document, chosen, ignore)
    assume("".join(document_text(document)).strip())
    stem = tmp_path_factory.mktemp("pdf") / "any"
    cases.write_all(document, ResourceStore(), stem, chosen, kinds=("pdf",))
    assert check(stem.with_suffix(".pdf")) == []
