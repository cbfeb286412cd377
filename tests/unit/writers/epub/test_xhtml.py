"""Nodes to XHTML: what is written for each, and that text comes out as it went in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import (
    Attr,
    Cell,
    CodeBlock,
    Column,
    CrossRef,
    Emphasis,
    Figure,
    Footnote,
    Heading,
    Image,
    Link,
    ListBlock,
    ListItem,
    NoteRef,
    Paragraph,
    Row,
    Ruby,
    RubyPair,
    Section,
    Span,
    Table,
    Text,
)
from publisher.tree.walk import document_text
from publisher.writers.epub.inlines import web_url
from publisher.writers.epub.xhtml import clean
from tests.tools.every_node import every_node, inl, par


def test_every_node_keeps_its_text(press):
    document = every_node(press.picture)
    assert press.book(document).lines() == document_text(document)


def test_every_node_as_xhtml(press, golden):
    golden("epub/every-node.xhtml", press.book(every_node(press.picture)).text("chapter-002.xhtml"))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")))
def test_any_text_is_what_an_xml_parser_reads(text):
    escaped, lost = clean(f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>")
    assert lost == 0
    assert etree.fromstring(escaped).xpath("string()") == text


def test_characters_that_xml_cannot_hold_are_dropped_and_told(press):
    body = press.body(par("甲\x00\x0b\ud800\ufffe乙\x85丙"))
    assert "<p>甲乙丙</p>" in body
    assert press.codes == ["epub.character"]


def test_ruby_has_its_readings_in_parentheses_for_those_who_cannot_show_it(press):
    body = press.body(par(Ruby((RubyPair("漢", "かん"), RubyPair("字", "")))))
    assert "<ruby>漢<rp>（</rp><rt>かん</rt><rp>）</rp>字<rt></rt></ruby>" in body


def test_western_words_in_emphasis_are_marked_out_and_entities_stay_whole(press):
    body = press.body(par(Emphasis(inl("强 R&D <x> 调"))))
    assert '<em>强 <span class="western">R&amp;D &lt;x</span>&gt; 调</em>' in body


def test_language_and_direction_of_a_span(press):
    body = press.body(par(Span(inl("עברית"), Attr(lang="he")), Span(inl("日本"), Attr(lang="ja"))))
    assert '<span lang="he" xml:lang="he" dir="rtl">עברית</span>' in body
    assert '<span lang="ja" xml:lang="ja">日本</span>' in body


def test_a_malformed_language_is_left_out(press):
    assert "<p><span>x</span></p>" not in press.body(par(Span(inl("x"), Attr(lang="no tag"))))
    assert "<p>x</p>" in press.body(par(Span(inl("x"), Attr(lang="no tag"))))


def test_equal_ids_are_given_out_once(press):
    body = press.body(par("甲", attr=Attr(id="a")), par("乙", attr=Attr(id="a")))
    assert body.count('id="a"') == 1


def test_an_id_that_begins_with_a_digit_becomes_an_xml_name(press):
    body = press.body(par("甲", attr=Attr(id="1a")), par(Link(inl("去"), "#1a")))
    assert '<p id="n-1a">' in body
    assert '<a href="#n-1a">' in body


def test_headings_do_not_skip_a_rank(press):
    inner = Section(5, inl("深"), (Heading(1, inl("旁")),), attr=Attr(id="b"))
    body = press.body(Section(2, inl("浅"), (inner,), attr=Attr(id="a")))
    assert '<h1 id="a" class="h2">浅</h1>' in body
    assert '<h2 id="b" class="h5">深</h2>' in body
    assert '<h3 class="subheading">旁</h3>' in body


def test_an_inner_link_to_another_file(press):
    chapters = (
        Section(1, inl("一"), (par(Link(inl("去"), "#b")),), attr=Attr(id="a")),
        Section(1, inl("二"), (par("文"),), attr=Attr(id="b")),
    )
    assert '<a href="chapter-002.xhtml#b">去</a>' in press.body(*chapters)


def test_links_that_lead_nowhere_keep_their_text_and_are_told(press):
    body = press.body(
        par(Link(inl("甲"), "#no"), Link(inl("乙"), "javascript:x"), Link(inl("丙"), "b.md"))
    )
    assert "<p>甲乙丙</p>" in body
    assert press.codes == ["epub.link"] * 3


def test_links_do_not_nest(press):
    note = Footnote("n", (par("注"),))
    body = press.body(
        par(Link((Text("去"), NoteRef("n"), CrossRef("z")), "https://a.example/")), note
    )
    assert body.count("<a ") == 1
    etree.fromstring(f'<x xmlns:epub="e">{body}</x>')


@pytest.mark.parametrize(
    ("given_url", "expected"),
    [
        ("https://a.example/b?c=d&e#f", "https://a.example/b?c=d&e#f"),
        ("https://a.example/路 径", "https://a.example/%E8%B7%AF%20%E5%BE%84"),
        ("https://例え.jp/", "https://xn--r8jz45g.jp/"),
        ("HTTP://a.example", "http://a.example"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://a.example/%41", "https://a.example/%41"),
        ("https://[::1]/x", "https://[::1]/x"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("http://", ""),
        ("http://[bad", ""),
        ("http://a b.example/", ""),
        ("http://a..example/", ""),
        ("http://a.example:x/", ""),
        ("http://a.example:80/", "http://a.example:80/"),
        ("other.html", ""),
        ("", ""),
    ],
)
def test_addresses(given_url, expected):
    assert web_url(given_url) == expected


def test_lists_carry_their_labels(press):
    items = (ListItem((par("甲"),)), ListItem((par("乙"),)))
    body = press.body(ListBlock(items, ordered=True, style="cjk-paren", start=9))
    assert '<ol start="9" class="labelled">' in body
    assert "&quot;（九） &quot;" in body
    assert "&quot;（十） &quot;" in body
    assert "（九）" not in "".join(etree.fromstring(body).itertext())


def test_code_keeps_its_lines(press):
    body = press.body(CodeBlock("a\n  b &\n", "c++"))
    assert '<pre><code class="language-c" translate="no">a\n  b &amp;\n</code></pre>' in body


def test_header_cells_say_what_they_head(press):
    table = Table(
        (Column(), Column("end")),
        (Row((Cell(()), Cell((par("数"),), colspan=1))),),
        (Row((Cell((par("甲"),), header=True), Cell((par("1"),)))),),
    )
    body = press.body(table)
    assert "<td></td>" in body
    assert '<th scope="col" class="align-end">数</th>' in body
    assert '<th scope="row">甲</th>' in body
    assert '<td class="align-end">1</td>' in body


def test_columns_are_counted_past_cells_from_above(press):
    table = Table(
        (Column("center"), Column("end")),
        body=(
            Row((Cell((par("高"),), rowspan=9), Cell((par("1"),)))),
            Row((Cell((par("2"),)),)),
        ),
    )
    body = press.body(table)
    assert '<td rowspan="2" class="align-center">高</td>' in body
    assert '<td class="align-end">2</td>' in body


def test_a_picture_that_cannot_be_shown_leaves_its_description(press):
    broken = press.store.add_bytes(b"no picture")
    body = press.body(par("见", Image(broken, "说明")))
    assert '<p>见<span class="missing">[说明]</span></p>' in body
    assert press.codes == ["epub.picture"]


def test_a_document_without_sections_keeps_its_text(press):
    document = Document(Metadata(title=inl("书"), language="ko"), (Paragraph(inl("글")),))
    assert press.book(document).lines() == ["글"]


def test_a_document_without_anything_is_a_book_all_the_same(press):
    book = press.book(Document(Metadata(language="ja")))
    assert book.spine == ["cover.xhtml", "title.xhtml"]
    assert "無題" in book.text("nav.xhtml")


def test_a_caption_stands_in_for_a_missing_description(press):
    figure = Figure((par(Image(press.picture)),), (par("图一"),))
    assert 'alt="图一"' in press.body(figure)


def test_a_picture_alone_is_a_plate(press):
    body = press.body(par(Image(press.picture, "蓝")))
    assert '<p class="plate"><img class="plate" src="images/image-001.png" alt="蓝"' in body
    assert 'width="40" height="30"/></p>' in body


def test_a_web_address_may_break_at_its_joints_and_keeps_its_text(press):
    address = "https://a.example/b/c.html?d=1&e=%E4"
    body = press.body(par("见", Link(inl(address), address), "。"))
    assert (
        ">https://<wbr/>a<wbr/>.example/<wbr/>b/<wbr/>c<wbr/>.html<wbr/>?d<wbr/>=1"
        "<wbr/>&amp;e<wbr/>=<wbr/>%E4</a>" in body
    )
    assert body.replace("<wbr/>", "").count(address.replace("&", "&amp;")) == 2
    assert "<wbr/>" not in press.body(par("a/b ? c://"))


@pytest.mark.parametrize(("columns", "scrolls"), [(5, False), (6, True)])
def test_a_table_of_many_columns_scrolls_on_its_own(press, columns, scrolls):
    row = Row(tuple(Cell((par("甲"),)) for _ in range(columns)))
    body = press.body(Table((), body=(row,)))
    assert ('<div class="scroll" tabindex="0">\n<table' in body) is scrolls
    assert ("</table>\n</div>" in body) is scrolls
