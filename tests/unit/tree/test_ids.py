from __future__ import annotations

import pytest

from publisher.tree import nodes as n
from publisher.tree.ids import (
    chapter_of_ids,
    flat_outline,
    is_well_formed,
    link_targets,
    outline,
    target_id,
    unique_id,
)
from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import Attr, Section, Text


def sec(name, *blocks, level=1, listed=True):
    return Section(level, (Text(name),), blocks, listed=listed, attr=Attr(name))


BOOK = Document(
    Metadata(),
    (
        n.Paragraph((n.Span((Text("x"),), Attr("p")),)),
        sec("a", sec("b", sec("c", level=5), level=2), n.Footnote("n", ())),
        sec("d", sec("e", level=2), listed=False),
        sec("f"),
    ),
)


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("s_a2", True),
        ("_x", True),
        ("2x", False),
        ("a-b", False),
        ("章", False),
        ("a" * 41, False),
        ("", False),
    ],
)
def test_what_a_well_formed_id_is(name, fits):
    assert is_well_formed(name) is fits


def test_unique_ids_count_up_and_stay_short():
    taken = {"a", "a_2", "b" * 40}
    assert unique_id("a", taken.__contains__) == "a_3"
    assert unique_id("b" * 40, taken.__contains__) == "b" * 38 + "_2"


def test_targets_are_blocks_spans_and_notes():
    assert list(link_targets(BOOK)) == ["p", "a", "b", "c", "n", "d", "e", "f"]


def test_the_outline_nests_without_gaps_and_leaves_out_what_is_unlisted():
    items = list(flat_outline(outline(BOOK)))
    assert [(i.id, i.depth) for i in items] == [("a", 1), ("b", 2), ("c", 3), ("f", 1)]
    assert [i.id for i in flat_outline(outline(BOOK, depth=1))] == ["a", "f"]


def test_ids_know_their_chapter():
    assert chapter_of_ids(BOOK) == {"p": 0, "a": 1, "b": 1, "c": 1, "n": 1, "d": 2, "e": 2, "f": 3}


def test_inner_targets():
    assert (target_id("#a"), target_id("http://x/#a")) == ("a", "")
