"""Any bytes to a reader give a document or a clear error; the deepest tree goes through all."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publisher.environment import Environment, ResourceStore
from publisher.errors import SourceError
from publisher.events import Collector
from publisher.readers.base import ReadRequest
from publisher.readers.plain.reader import PlainReader
from publisher.readers.tree_json import TreeReader
from publisher.settings import ConvertSettings, InputSettings
from publisher.transforms.ids import assign_ids
from publisher.transforms.notes import place_notes
from publisher.transforms.numbering import number_sections
from publisher.transforms.script import convert_script
from publisher.tree import nodes as n
from publisher.tree.check import check
from publisher.tree.json import MAX_DEPTH, from_json, to_json
from publisher.tree.meta import Document, Metadata
from publisher.tree.walk import document_text, map_inlines
from tests.property import strategies


def request(data):
    return ReadRequest(
        data, "x", None, None, InputSettings(), Environment(), ResourceStore(), Collector()
    )


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "", "您好!今天是", "首頁 > 新聞", "第一章 甲", "第二章 乙", "第三章 丙", "——某人",
                "來源:報  作者:", "發布時間: 2025-99-99", "上一篇:無", "版權所有", "　　段" + "落" * 60,
                "文/王小明", "2025年1月2日 星期四", "訪問數:", "(文/李四",
            ]
        ),
        st.text(max_size=30),
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    st.one_of(st.binary(max_size=300), LINES.map(lambda x: "\n".join(x).encode("utf-8", "replace")))
)
def test_plain_text_is_read_or_refused(data):
    with contextlib.suppress(SourceError):
        document = PlainReader().read(request(data))
        codes = {d.code for d in check(place_notes(assign_ids(document)))}
        assert not codes - {"tree.level"}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.documents, st.integers(0), st.sampled_from('{}[]",:0a\x00'))
def test_damaged_trees_are_read_or_refused(document, place, character):
    text = to_json(document)
    place %= len(text)
    data = (text[:place] + character + text[place + 1 :]).encode()
    with contextlib.suppress(SourceError):
        assert isinstance(TreeReader().read(request(data)), Document)


def deepest(kind, size):
    blocks = (
        n.Paragraph((n.Text("发展"), n.NoteRef("a"))),
        n.Footnote("a", (n.Paragraph((n.Text("注"),)),)),
    )
    for _ in range((MAX_DEPTH - 5) // size):
        blocks = (kind(blocks),)
    return Document(Metadata(language="zh-Hans"), blocks)


@pytest.mark.parametrize(
    ("kind", "size"),
    [
        (n.Quote, 1),
        (n.Box, 1),
        (lambda blocks: n.ListBlock((n.ListItem(blocks),)), 2),
        (lambda blocks: n.DefinitionList((n.DefinitionItem((), (blocks,)),)), 2),
        (lambda blocks: n.Table((n.Column(),), body=(n.Row((n.Cell(blocks),)),)), 3),
    ],
)
def test_the_deepest_tree_goes_through_everything(kind, size):
    document = from_json(to_json(deepest(kind, size)))
    document = number_sections(place_notes(assign_ids(document)))
    document = convert_script(document, ConvertSettings("zh-TW"))
    assert document_text(document) == ["發展", "注"]
    assert map_inlines(document, lambda i: i) is document
    assert check(document) == []
    hash(document)
    assert document == from_json(to_json(document))
