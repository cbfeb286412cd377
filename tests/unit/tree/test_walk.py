from __future__ import annotations

import pytest

from publisher.tree import nodes as n
from publisher.tree import walk
from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import Text


def p(*content, **fields):
    return n.Paragraph(tuple(Text(c) if isinstance(c, str) else c for c in content), **fields)


def cell(text):
    return n.Cell((p(text),))


TABLE = n.Table(
    (n.Column(), n.Column()),
    head=(n.Row((cell("甲"), cell("乙"))),),
    body=(n.Row((cell("丙"), cell("丁"))),),
    foot=(n.Row((cell("戊"), cell("己"))),),
    caption=(p("表題"),),
)
EVERYTHING = Document(
    Metadata(title=(Text("書名"),)),
    (
        p("前"),
        n.Section(
            1,
            (Text("第一章"),),
            (
                p("正文", n.NoteRef("a"), n.Strong((Text("重"),))),
                n.Footnote("a", (p("注"),)),
                n.Quote((p("引"),), (Text("出處"),)),
                n.Verse((n.Stanza(((Text("句一"),), (Text("句二"),))),), (Text("李白"),)),
                n.ListBlock((n.ListItem((p("項"),)),)),
                n.DefinitionList((n.DefinitionItem(((Text("詞"),),), ((p("義"),),)),)),
                TABLE,
                n.Figure((p(n.Image("r", "alt")),), (p("圖說"),)),
                n.CodeBlock("a\n\nb"),
                n.MathBlock("x^2", "x 平方"),
                n.TableOfContents(title=(Text("目錄"),)),
                n.Box((p("盒"), n.Heading(3, (Text("小題"),))), title=(Text("盒題"),)),
                n.ThematicBreak(),
                n.PageBreak(),
                n.Section(2, (Text("節"),), (p("末"),)),
            ),
        ),
    ),
)
READ = [
    "前",
    "第一章",
    "正文重",
    "引",
    "出處",
    "句一",
    "句二",
    "李白",
    "項",
    "詞",
    "義",
    "表題",
    "甲",
    "乙",
    "丙",
    "丁",
    "戊",
    "己",
    "圖說",
    "a",
    "b",
    "x|平方",
    "盒題",
    "盒",
    "小題",
    "節",
    "末",
    "注",
]


def test_a_document_is_read_in_order_with_notes_at_the_end_of_their_chapter():
    assert walk.document_text(EVERYTHING) == [t.replace("|", " ") for t in READ]


def test_notes_of_front_text_and_of_a_part_s_chapters_have_their_own_ends():
    def chapter(name):
        return n.Section(2, (Text(name),), (n.Footnote(name, (p(name + "注"),)), p(name + "文")))

    document = Document(
        Metadata(),
        (
            n.Footnote("f", (p("前注"),)),
            p("前"),
            n.Section(
                1,
                (Text("部"),),
                (n.Footnote("o", (p("部注"),)), p("部文"), chapter("甲"), chapter("乙")),
                kind="part",
            ),
        ),
    )
    assert walk.document_text(document) == [
        "前",
        "前注",
        "部",
        "部文",
        "部注",
        "甲",
        "甲文",
        "甲注",
        "乙",
        "乙文",
        "乙注",
    ]


def test_every_block_and_inline_is_visited():
    kinds = {type(block) for block in walk.walk_blocks(EVERYTHING)}
    assert kinds == {
        getattr(n, name)
        for name in [
            "Section",
            "Heading",
            "Paragraph",
            "Quote",
            "Verse",
            "ListBlock",
            "DefinitionList",
            "Table",
            "Figure",
            "CodeBlock",
            "MathBlock",
            "Footnote",
            "ThematicBreak",
            "PageBreak",
            "TableOfContents",
            "Box",
        ]
    }
    texts = [i.text for i in walk.walk_inlines(EVERYTHING) if isinstance(i, Text)]
    assert len(texts) == len(READ) - 3 + 2  # code and formula hold none; 重 and 目錄 do


RUN = (
    Text("a"),
    n.Emphasis((Text("b"), n.Code("c"))),
    n.Ruby((n.RubyPair("漢", "かん"), n.RubyPair("字", "じ"))),
    n.LineBreak(),
    n.Math("x", ""),
    n.Math("x", "y"),
    n.Link((Text("d"),), "#e"),
    n.CrossRef("e", fallback=(Text("f"),)),
    n.NoteRef("g"),
    n.Image("h", "i"),
    n.Span((n.Mark("sup", (n.Warichu((Text("j"),)),)),)),
)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({}, "abc漢字\nxydfj"),
        ({"ruby": "both", "line_break": " "}, "abc漢字（かんじ） xydfj"),
    ],
)
def test_plain_text(options, text):
    assert walk.plain_text(RUN, **options) == text


def test_mapping_that_changes_nothing_gives_the_same_object():
    assert walk.map_blocks(EVERYTHING, lambda b: b) is EVERYTHING
    assert walk.map_inlines(EVERYTHING, lambda i: i) is EVERYTHING


def test_inlines_are_changed_everywhere_titles_included():
    def shout(inline):
        return Text(inline.text + "!") if isinstance(inline, Text) else inline

    changed = walk.map_inlines(EVERYTHING, shout)
    assert changed.meta.title == (Text("書名!"),)
    marked = [i.text for i in walk.walk_inlines(changed) if isinstance(i, Text)]
    assert all(text.endswith("!") for text in marked)
    assert len(marked) == sum(isinstance(i, Text) for i in walk.walk_inlines(EVERYTHING))


def test_an_inline_may_become_many_or_none_and_texts_beside_each_other_one():
    def open_up(inline):
        return inline.content if isinstance(inline, n.Emphasis) else inline

    def drop(inline):
        return () if isinstance(inline, n.NoteRef) else inline

    run = (Text("a"), n.Emphasis((Text("b"),)), n.NoteRef("x"), Text("c"))
    assert walk.map_run(walk.map_run(run, open_up), drop) == (Text("abc"),)


def test_inner_blocks_change_before_the_outer_and_may_go():
    seen = []

    def change(block):
        seen.append(type(block).__name__)
        return () if isinstance(block, n.Heading) else block

    box = n.Box((p("x"), n.Heading(1, (Text("h"),))))
    assert walk.map_blocks((box,), change) == (n.Box((p("x"),)),)
    assert seen == ["Paragraph", "Heading", "Box"]


def test_query_finds_blocks_and_inlines():
    assert [i.note for i in walk.query(EVERYTHING, n.NoteRef)] == ["a"]
    assert len(list(walk.query(EVERYTHING, n.Section))) == 2
    assert walk.any_of(EVERYTHING, n.Table)
    assert not walk.any_of(EVERYTHING.body[:1], n.Table)


def test_chapters_are_the_top_level_sections():
    assert walk.chapters(EVERYTHING) == [EVERYTHING.body[1]]


def test_block_text_is_a_block_s_own():
    assert walk.block_text(EVERYTHING.body[1]) == "第一章"
    assert walk.block_text(n.Verse((n.Stanza(((Text("甲"),), (Text("乙"),))),))) == "甲\n乙\n"[:3]


def test_a_long_book_is_walked_and_kept():
    body = tuple(
        n.Section(1, (Text("章"),), tuple(p("一段文字" * 60) for _ in range(30)))
        for _ in range(120)
    )
    book = Document(Metadata(), body)
    assert len(walk.document_text(book)) == 120 * 31
    assert sum(1 for _ in walk.walk_inlines(book)) == 120 * 31
    assert walk.map_inlines(book, lambda i: i) is book


def test_paragraphs_broken_by_hand():
    from publisher.tree.nodes import Emphasis, LineBreak, Text
    from publisher.tree.walk import broken_by_hand

    assert not broken_by_hand((Text("一"),))
    assert not broken_by_hand((Text("一"), Emphasis((Text("二"),))))
    assert broken_by_hand((Text("一"), LineBreak(), Text("二")))
    assert broken_by_hand((Emphasis((Text("一"), LineBreak(), Text("二"))),))


def test_query_keeps_reading_order_through_containers():
    from publisher.tree.nodes import NoteRef, Paragraph, Quote, Strong, Text
    from publisher.tree.walk import query

    inner = Paragraph((Text("一"), NoteRef("a"), Strong((NoteRef("b"),))))
    quote = Quote((inner,), attribution=(NoteRef("c"),))
    assert [r.note for r in query((quote,), NoteRef)] == ["a", "b", "c"]
    assert [t.text for t in query((quote,), Text)] == ["一"]
    assert list(query((quote,), Paragraph)) == [inner]
    assert list(query((quote,), Quote)) == [quote]
