from __future__ import annotations

import time

import pytest

from publisher.events import Collector
from publisher.tree import nodes as n
from publisher.tree.build import (
    Attribution,
    Caption,
    Definition,
    Term,
    Title,
    TreeBuilder,
    VerseLine,
)
from publisher.tree.nodes import Paragraph, Pos, Section, Text
from publisher.tree.walk import block_text, walk_blocks


def build(*steps, report=None, **options):
    """Types open, None closes, strings are text, other nodes are added."""
    builder = TreeBuilder("x", report or Collector(), **options)
    for step in steps:
        if step is None:
            builder.close()
        elif isinstance(step, str):
            builder.text(step)
        elif isinstance(step, tuple):
            builder.open(step[0], **step[1])
        elif isinstance(step, type):
            builder.open(step)
        else:
            builder.add(step)
    return builder.finish()


def h(level):
    return (Section, {"level": level})


def test_loose_text_is_a_paragraph_and_adjacent_texts_are_one():
    assert build("甲", "乙") == (Paragraph((Text("甲乙"),)),)


def test_flat_headings_nest_by_level_gaps_allowed():
    blocks = build(
        "前", h(1), "一", None, "a", h(4), "二", None, "b", h(2), "三", None, h(1), "四", None
    )
    assert [block_text(b) for b in blocks] == ["前", "一", "四"]
    first = blocks[1]
    assert [(type(b).__name__, block_text(b)) for b in first.blocks] == [
        ("Paragraph", "a"),
        ("Section", "二"),
        ("Section", "三"),
    ]
    assert first.blocks[1].blocks == (Paragraph((Text("b"),)),)


def test_a_heading_inside_a_container_is_no_section():
    [quote] = build(n.Quote, h(2), "題", None, "文", None)
    assert quote.blocks == (n.Heading(2, (Text("題"),)), Paragraph((Text("文"),)))


def test_soft_line_breaks_join_across_marks():
    [found] = build(
        Paragraph, "漢\n", n.Strong, "字\n", None, "latin", n.Emphasis, "\nword", None, None
    )
    assert found.content == (
        Text("漢"),
        n.Strong((Text("字"),)),
        Text("latin"),
        n.Emphasis((Text(" word"),)),
    )


def test_forced_line_breaks_stay_inside_and_go_at_the_end():
    [found] = build(Paragraph, "甲 ", n.LineBreak(), "\n乙", n.LineBreak(), None)
    assert found.content == (Text("甲"), n.LineBreak(), Text("乙"))


def test_typed_indents_go():
    assert build(Paragraph, "　　甲　", None) == (Paragraph((Text("甲"),)),)


def test_a_block_splits_its_paragraph_and_the_rest_goes_on():
    blocks = build(Paragraph, "前", n.Quote, "引", None, "後", None)
    assert [(type(b).__name__, getattr(b, "role", "")) for b in blocks] == [
        ("Paragraph", "body"),
        ("Quote", ""),
        ("Paragraph", "continuation"),
    ]


def test_a_paragraph_inside_a_mark_keeps_the_mark():
    assert build(n.Strong, Paragraph, "甲", None, None) == (Paragraph((n.Strong((Text("甲"),)),)),)


def test_empty_marks_and_paragraphs_go_but_anchors_stay():
    anchor = (n.Span, {"attr": n.Attr("here")})
    assert build(Paragraph, n.Strong, None, " \n", None, Paragraph, "x", anchor, None, None) == (
        Paragraph((Text("x"), n.Span((), n.Attr("here")))),
    )


def test_stray_parts_give_what_they_hold():
    blocks = build(n.ListItem, "項", None, n.Row, n.Cell, "格", None, None, Term, "詞", None)
    assert [block_text(b) for b in blocks] == ["項", "格", "詞"]


def test_a_list_straight_inside_a_list_belongs_to_the_item_before():
    item = (n.ListItem, "甲", None)
    [found] = build(n.ListBlock, *item, n.ListBlock, *item, None, None)
    assert len(found.items) == 1
    assert isinstance(found.items[0].blocks[1], n.ListBlock)


def test_parts_with_stand_ins():
    blocks = build(
        n.Table, Caption, "表", None, (n.Row, {"part": "head"}), n.Cell, "甲", None, None, None,
        n.Box, Title, "盒", None, "文", None,
        n.Verse, n.Stanza, VerseLine, "句", None, None, Attribution, "誰", None, None,
        n.DefinitionList, Term, "詞", None, Definition, "義", None, Term, "二", None, None,
        n.Figure, n.Image("r"), Caption, "圖", None, None,
    )  # fmt: skip
    table, box, verse, terms, figure = blocks
    assert (block_text(table.caption[0]), len(table.head), len(table.columns)) == ("表", 1, 1)
    assert box.title == (Text("盒"),)
    assert verse == n.Verse((n.Stanza(((Text("句"),),)),), (Text("誰"),))
    assert [len(item.definitions) for item in terms.items] == [1, 0]
    assert block_text(figure.caption[0]) == "圖"


def test_loose_lines_and_blocks_in_verse_are_kept():
    blocks = build(n.Verse, "一", VerseLine, "二", None, n.Quote, "三", None, None)
    assert sorted("".join(block_text(b) for b in walk_blocks(blocks)).replace("\n", "")) == list(
        "一三二"
    )


def test_a_table_s_grid_is_made_to_fit():
    report = Collector()
    [table] = build(
        n.Table, n.Row, (n.Cell, {"rowspan": 9}), "a", None, (n.Cell, {"colspan": 2}), "b", None, None,
        n.Row, n.Cell, "c", None, None, None, report=report,
    )  # fmt: skip
    assert [[(c.colspan, c.rowspan) for c in row.cells] for row in table.body] == [
        [(1, 2), (2, 1)],
        [(1, 1), (1, 1)],
    ]
    assert [d.code for d in report.diagnostics] == ["table.grid"]


def test_a_hundred_thousand_levels_are_flattened_without_recursion():
    report = Collector()
    began = time.process_time()
    blocks = build(*[step for _ in range(100_000) for step in (n.Quote, "深")], report=report)
    assert time.process_time() - began < 8
    depth, level = 0, blocks
    while level:
        depth += 1
        level = next((b.blocks for b in level if isinstance(b, n.Quote)), ())
    assert depth <= 65
    assert "".join(block_text(b) for b in walk_blocks(blocks)).count("深") == 100_000
    assert [d.code for d in report.diagnostics] == ["tree.depth"]


def test_controls_and_surrogates_are_told_once_with_the_line():
    report = Collector()
    builder = TreeBuilder("a.html", report)
    builder.open(Paragraph, line=7)
    builder.text("a\x00\ud800")
    builder.text("\x00")
    assert builder.finish() == (Paragraph((Text("a\ufffd"),)),)
    assert [(d.code, d.line, d.source) for d in report.diagnostics] == [
        ("text.control", 7, "a.html"),
        ("text.surrogate", 7, "a.html"),
    ]


def test_positions():
    builder = TreeBuilder("a.md")
    builder.open(Paragraph, line=3)
    builder.text("x")
    builder.close(5)
    assert builder.finish()[0].pos == Pos("a.md", 3, 5)


def test_misuse_is_an_error():
    with pytest.raises(ValueError, match="without open"):
        TreeBuilder("x").close()
    builder = TreeBuilder("x")
    builder.open(n.CodeBlock)
    with pytest.raises(TypeError, match="add"):
        builder.close()


def test_what_strays_from_its_place_is_kept():
    blocks = build(
        n.Row, "散", n.Strong, h(2), "題", None, n.Quote, "引", None, None, None,
        n.Strong, "前", n.Quote, "引", None, "後", None,
        n.Quote, Attribution, "誰", None, None,
        h(1), Paragraph, "題一", None, Paragraph, "題二", None, n.Quote, "引", None, None,
        n.ListBlock, "項前", n.ListItem, "項", None, None,
        n.DefinitionList, "散義", Term, "詞", None, None,
        n.Stanza, "散句", None,
    )  # fmt: skip
    found = "".join(block_text(b) for b in walk_blocks(blocks)).replace("\n", "")
    for text in (
        "散",
        "題",
        "引",
        "前",
        "後",
        "誰",
        "題一",
        "題二",
        "項前",
        "項",
        "散義",
        "詞",
        "散句",
    ):
        assert text in found


def test_a_line_may_be_said_without_opening():
    builder = TreeBuilder("a")
    builder.at(9)
    builder.open(Paragraph)
    builder.text("x")
    builder.soft_break()
    builder.text("y")
    assert builder.finish() == (Paragraph((Text("x y"),)),)
    assert builder.finish()[0].pos == Pos("a", 9, 9)
