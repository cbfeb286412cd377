from __future__ import annotations

import pytest

from publisher.errors import ConfigError
from publisher.events import ignore
from publisher.settings import ConvertSettings, Settings
from publisher.transforms.base import Transform, built_in_transforms, check_order, run_transforms
from publisher.transforms.numbering import number_sections
from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import Paragraph, Section, Text
from publisher.tree.walk import query


def step(name, *after):
    return Transform(name, lambda document, *_: document, after)


def test_order_is_checked():
    check_order([step("a"), step("b", "a", "absent")])
    with pytest.raises(ConfigError, match="must come after 'a'"):
        check_order([step("b", "a"), step("a")])
    with pytest.raises(ConfigError, match="twice"):
        check_order([step("a"), step("a")])


def test_the_built_in_transforms_run_in_their_order():
    settings = Settings(convert=ConvertSettings("zh-Hant"))
    steps = built_in_transforms(settings)
    assert [s.name for s in steps] == ["ids", "notes", "repair", "script"]
    document = Document(Metadata(language="zh-Hans"), (Section(1, (Text("头发"),)),))
    made = run_transforms(document, steps, settings, ignore)
    plain = run_transforms(document, built_in_transforms(Settings()), Settings(), ignore)
    assert made.body[0].title == (Text("頭髮"),)
    assert made.body[0].attr.id == plain.body[0].attr.id


def sec(*blocks, kind="chapter", listed=True):
    return Section(1, (Text("t"),), blocks, kind=kind, listed=listed)


def test_chapters_count_through_parts_and_matter_around_the_text_does_not_count():
    body = (
        sec(kind="preface"),
        sec(sec(sec(), Paragraph((Text("x"),)), sec()), kind="part"),
        sec(sec(), kind="part"),
        sec(sec(), kind="appendix"),
        sec(listed=False),
    )
    made = number_sections(Document(Metadata(), body))
    assert [s.number for s in query(made, Section)] == [
        None,
        (1,),
        (1,),
        (1, 1),
        (1, 2),
        (2,),
        (2,),
        None,
        None,
        None,
    ]
    shallow = number_sections(Document(Metadata(), body), depth=1)
    assert [s.number for s in query(shallow, Section)][3] is None
