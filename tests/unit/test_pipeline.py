"""What a job decides by itself."""

import pytest

from publisher.pipeline import sheet_for
from publisher.settings import Settings, ThemeSettings
from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import Paragraph, Section, Text


def document(chapters, characters, kind="chapter"):
    text = Text("字" * max(1, characters // max(1, chapters)))
    sections = tuple(
        Section(1, (Text(str(n)),), (Paragraph((text,)),), kind=kind) for n in range(chapters)
    )
    return Document(Metadata(language="zh-Hans"), sections or (Paragraph((text,)),))


@pytest.mark.parametrize(
    ("made", "theme"),
    [
        (document(0, 5_000), "article"),
        (document(5, 300), "article"),
        (document(4, 30_000), "article"),
        (document(12, 22_000), "book"),
        (document(1, 80_000), "book"),
        (document(1, 300, "part"), "book"),
    ],
)
def test_long_works_and_works_in_parts_are_books(made, theme):
    assert sheet_for(made, Settings(), None).name == theme
    named = Settings(theme=ThemeSettings(name="article"))
    assert sheet_for(made, named, None).name == "article"
