from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from publisher.environment import Environment, ResourceStore
from publisher.errors import PublisherError
from publisher.events import Collector
from publisher.readers.base import ReadRequest
from publisher.readers.html.reader import HtmlReader
from publisher.settings import InputSettings
from publisher.tree.nodes import Column, Footnote, NoteRef, Paragraph, Table
from publisher.tree.walk import plain_text, query

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def convert(request_for: Any, sketch: Any) -> Any:
    def run(source: str, **options: Any) -> str:
        request, _ = request_for(source, name="t.html", **options)
        return sketch(HtmlReader().read(request))

    return run


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>一行\n二行</p>", "p(一行二行)"),
        ("<p>two\n  words <b> bold</b></p>", "p(two words <b bold>)"),
        ("<p>한글은\n띄어쓴다</p>", "p(한글은 띄어쓴다)"),
        ("<p>強<em>調</em>\n後</p>", "p(強<em 調>後)"),
        ("<div>甲<div>乙</div>丙</div>", "p(甲) p(乙) p(丙)"),
        ("<div>甲<p>乙</p>丙<b>丁</b></div>", "p(甲) p(乙) p(丙<b 丁>)"),
        ("<div>甲<br>乙<br><br>　　丙<br>　　丁</div>", "p(甲<br>乙) p(丙) p(丁)"),
        ("<p>　　甲<br>\n　　乙</p>", "p(甲) p(乙)"),
        ("<p>甲<br>乙</p>", "p(甲<br>乙)"),
        ("<a href=#><div>甲</div><div>乙</div></a>", "p(甲) p(乙)"),
        (
            "<a href=//u><div>甲</div><div>乙</div></a>",
            "p(<a https://u 甲>) p(<a https://u 乙>)",
        ),
        ("<b>甲<p>乙</p>丙</b>丁", "p(<b 甲>) p(乙) p(丙丁)"),
        ("<p>甲<ul><li>乙</ul>丙", "p(甲) ul[p(乙)] p(丙)"),
        ("<b>i<i>j</b>k</i>", "p(<b i<em j>>k)"),
        ("<section><h2>甲</h2><p>乙</p></section><h2>丙</h2>", "sec2'甲'(p(乙)) sec2'丙'()"),
        ("<blockquote><p>引</p><footer>——人</footer></blockquote>", "quote(p(引))--——人"),
        ("<blockquote>引<cite>人</cite></blockquote>", "quote(p(引))--人"),
        ("<blockquote><h3>題</h3>文</blockquote>", "quote(h3(題) p(文))"),
        ("<ol start=3 type=a><li>甲<li>乙</ol>", "ol:alpha:3[p(甲) p(乙)]"),
        ("<ol style='list-style-type: cjk-ideographic'><li>甲</ol>", "ol:cjk:1[p(甲)]"),
        ("<ul><li><p>甲</p><li>乙<ol><li>丙</ol></ul>", "ul:loose[p(甲) p(乙) ol:decimal:1[p(丙)]]"),
        ("<ul><li><input type=checkbox checked> 甲<li><input type=checkbox>乙</ul>",
         "ul[x p(甲) o p(乙)]"),
        ("<dl><dt>甲<dt>乙<dd>丙<dd><p>丁</dl>", "dl[甲|乙=p(丙)|p(丁)]"),
        ("<dl><div><dt>甲</dt><dd>乙</dd></div></dl>", "dl[甲=p(乙)]"),
        ("<pre><code class='language-py'>\nx\n  y</code></pre>", "code:py(x\n  y)"),
        ("<p><code>a\n b</code></p>", "p(<code a b>)"),
        ("<p><u>甲</u><ins>乙</ins><s>丙</s><mark>丁</mark><small>戊</small><sub>己</sub></p>",
         "p(<underline 甲><underline 乙><strike 丙><highlight 丁><small 戊><sub 己>)"),
        ("<p>甲<hr>乙", "p(甲) hr p(乙)"),
        ("<details><summary>題</summary>文</details>", "sidebar'題'(p(文))"),
        ("<aside role=note>文</aside>", "note(p(文))"),
        ("<p>他說<q>好</q>。</p>", "p(他說「好」。)"),
        (("<p><span style='font-weight:bold'>粗</span><span style='text-emphasis: filled sesame'>点"
         "</span><em class=sesame_dot>傍</em></p>"), "p(<b 粗><sesame 点><sesame 傍>)"),
        (("<p><span class=dots>慢慢</span><span class=circles>走</span>"
         "<span class='dots sesame'>吧</span>"),
         "p(<dot 慢慢><circle 走><sesame 吧>)"),
        (("<p><span class=proper-name>孔子</span><span class=book-title>論語</span>"
         "<span class=warichu>注</span></p>"),
         "p(<proper-name 孔子><book-title 論語><warichu 注>)"),
        ("<p>第<span class=tcy>12</span>回<b class=x><span class='a upright'>→</span></b></p>",
         "p(第<span .tcy 12>回<b <span .upright →>>)"),
        ("<p><span lang=en>word</span> <a href=' tel:1 '>甲</a><a href='javascript:x()'>乙</a></p>",
         "p(<span @en word> <a tel:1 甲>乙)"),
        ("<p lang=en>word</p>", "p(word)"),
        ("<p>甲<script>x</script><style>y</style><!-- z --><template>t</template>乙</p>", "p(甲乙)"),
        ("<nav>菜单</nav><p>文</p><p hidden>隱</p><p style='display:none'>隱</p>", "p(文)"),
        ("<form><input value=x><button>送</button></form><form><p>文</p></form>", "p(文)"),
        (("<math><semantics><mi>x</mi><annotation encoding='application/x-tex'>x^2</annotation>"
         "</semantics></math>"), "p(<math x^2>)"),
        ("<p class=byline>记者 甲</p>", "p:byline(记者 甲)"),
        ("<foo>甲<bar>乙</bar></foo>", "p(甲乙)"),
        ("甲&nbsp;乙&lt;&#x5b57;", "p(甲\u00a0乙<字)"),
    ],
)  # fmt: skip
def test_what_becomes_what(source: str, expected: str, convert: Any) -> None:
    assert convert(f"<html lang=zh-Hant><body>{source}") == expected


@pytest.mark.parametrize(
    ("source", "pairs"),
    [
        ("漢<rt>かん</rt>字<rt>じ</rt>", "漢/かん 字/じ"),
        ("漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rp>(</rp><rt>じ</rt><rp>)</rp>", "漢/かん 字/じ"),
        ("<rb>漢</rb><rb>字</rb><rt>かん</rt><rt>じ</rt>", "漢/かん 字/じ"),
        ("<rb>漢<rb>字<rt>かん<rt>じ", "漢/かん 字/じ"),
        ("東京<rt>とうきょう", "東京/とうきょう"),
        ("<span>東</span>\n<b>京</b><rt>とう\nきょう</rt>", "東京/とう きょう"),
        ("食<rt>た</rt>べ物", "食/た べ物/"),
    ],
)
def test_ruby_in_all_its_forms(source: str, pairs: str, convert: Any) -> None:
    assert convert(f"<p lang=ja>あ<ruby>{source}</ruby>い</p>").endswith(f"あ<ruby {pairs}>い)")


def test_a_table_with_spans_caption_groups_and_columns(convert: Any, request_for: Any) -> None:
    source = (
        "<table><caption>題</caption><colgroup><col style='width:20%'><col span=2 width='40%'>"
        "</colgroup><thead><tr><th rowspan=2>甲<th colspan=2>乙<tr><th>丙<th align=right>丁"
        "<tbody><tr><td>1<td>2<td style='text-align:center'>3<tfoot><tr><td colspan=3><p>計</p>"
        "</table>"
    )
    assert convert(source) == (
        "table[p(題)](cols:-,-,- head:!1x2p(甲)|!2x1p(乙) head:!p(丙)|!p(丁) "
        "body:p(1)|p(2)|p(3) foot:3x1p(計))"
    )
    document = HtmlReader().read(request_for(source)[0])
    (table,) = query(document, Table)
    assert table.columns == (Column("", 0.2), Column("", 0.4), Column("", 0.4))
    assert table.head[1].cells[1].align == "end"
    assert table.body[0].cells[2].align == "center"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<tr><th>甲<th>乙<tr><td>1<td>2", "cols:-,- head:!p(甲)|!p(乙) body:p(1)|p(2)"),
        ("<tr><th>甲<td>1<tr><th>乙<td>2", "cols:-,- body:!p(甲)|p(1) body:!p(乙)|p(2)"),
        ("<tr><td>1<td>2<tr><td>3", "cols:-,- body:p(1)|p(2) body:p(3)|"),
        ("<tr><td><table><tr><td>內</table>", "cols:- body:table(cols:- body:p(內))"),
        ("<tr><td><ul><li>甲</ul>", "cols:- body:ul[p(甲)]"),
    ],
)
def test_tables_without_groups(source: str, expected: str, convert: Any) -> None:
    assert convert(f"<table>{source}</table>") == f"table({expected})"


@pytest.mark.parametrize(
    "source",
    [
        ("<p>文<a role=doc-noteref href=#n1 id=r1>1</a>。</p><aside role=doc-footnote id=n1>"
        "<p>注<a href=#r1 role=doc-backlink>↩</a></p></aside>"),
        ("<p>文<a epub:type=noteref href=#n1>1</a>。</p><aside epub:type=footnote id=n1><p>注</p>"
        "</aside>"),
        ("<p>文<a href=#fn1 class=footnote-ref id=fnref1><sup>1</sup></a>。</p>"
        "<section class=footnotes><hr><ol><li id=fn1><p>注"
        "<a href=#fnref1 class=footnote-back>↩︎</a></p></li></ol></section>"),
        ("<p>文<sup id=cite_ref-1><a href=#cite_note-1>[1]</a></sup>。</p><h2>注</h2>"
        "<ol class=references><li id=cite_note-1><a href=#cite_ref-1>^</a> 注</li></ol>"),
        "<p>文<a href=#zhu1 name=back1>[1]</a>。</p><p id=zhu1><a href=#back1>[1]</a>注</p>",
    ],
)  # fmt: skip
def test_footnotes_of_many_makers(source: str, convert: Any) -> None:
    made = convert(source)
    assert made.startswith("p(文<ref note_1>。)")
    assert made.endswith("note:note_1(p(注))")


def test_a_list_that_nobody_calls_stays_a_list(convert: Any) -> None:
    assert convert("<p>文</p><ol class=references><li id=fn1>甲</ol>") == (
        "p(文) ol:decimal:1[p(甲)]"
    )


def test_an_ordinary_link_to_a_place_is_no_note(convert: Any) -> None:
    assert convert("<p><a href=#p2>見第二節</a></p><h2 id=p2>二</h2><p id=p3>三</p>") == (
        "p(<a #p2 見第二節>) sec2#p2'二'(p(三))"
    )


def test_places_that_links_lead_to_keep_their_ids(convert: Any) -> None:
    source = (
        "<a href=#a>1</a><a href=#b>2</a><a href=#c>3</a><div id=a><p>甲</p></div>"
        "<p>乙<a name=b></a>丙<span id=c>丁</span></p>"
    )
    assert convert(source).endswith("p#a(甲) p(乙<span #b >丙<span #c 丁>)")


# ---------------------------------------------------------------------------------- the page


def test_metadata_of_a_page(request_for: Any) -> None:
    source = (
        "<html lang=zh-TW><head><title>網站題</title><meta name=author content='王小明、李四'>"
        "<meta property='article:published_time' content='2025-12-22T08:00:00Z'>"
        "<meta name=description content=簡介><meta name=keywords content='甲，乙'>"
        "<link rel=canonical href='https://a.b/c'></head><body><h1>題</h1><p>文</p>"
    )
    meta = HtmlReader().read(request_for(source)[0]).meta
    assert plain_text(meta.title) == "題"
    assert [c.name for c in meta.contributors] == ["王小明", "李四"]
    assert (meta.date, meta.language) == ("2025-12-22", "zh-Hant-TW")
    assert (meta.description, meta.subjects) == ("簡介", ("甲", "乙"))
    assert meta.source_url == "https://a.b/c"


def test_the_title_element_serves_when_no_heading_does(request_for: Any) -> None:
    source = "<title> 頁 題 </title><h2>一</h2><h2>二</h2>"
    assert plain_text(HtmlReader().read(request_for(source)[0]).meta.title) == "頁 題"


def test_relative_links_start_from_the_page_s_address(convert: Any) -> None:
    link = "<p><a href='../d?x#y'>甲</a></p>"
    head = "<head><link rel=canonical href='https://a.b/c/e.html'></head>"
    assert convert(head + link) == "p(<a https://a.b/d?x#y 甲>)"
    assert convert(link) == "p(甲)"


@pytest.mark.parametrize("name", ["article", "main"])
def test_the_only_article_or_main_is_read(name: str, convert: Any) -> None:
    assert convert(f"<header>站</header><{name}><p>文</p></{name}><footer>腳</footer>") == "p(文)"


@pytest.mark.parametrize(
    ("encoding", "declared", "found"),
    [
        ("utf-8", "gb2312", "utf-8"),  # a page saved again without being changed
        ("gb18030", "gb2312", "gb18030"),
        ("big5", "big5", "big5hkscs"),
        ("shift_jis", "Shift_JIS", "cp932"),
        ("gb18030", "no-such-charset", "gb18030"),
    ],
)
def test_utf8_first_then_what_the_page_says(
    encoding: str, declared: str, found: str, request_for: Any, sketch: Any
) -> None:
    text = (
        "日本文化中心是一個很大的地方有很多人來往"
        if encoding != "gb18030"
        else "我们的国家有很多人说话"
    )
    source = f"<meta charset={declared}><p>{text}</p>".encode(encoding)
    document = HtmlReader().read(request_for(source)[0])
    assert sketch(document) == f"p({text})"
    assert document.sources[0].encoding == found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Image.new("RGB", (40, 20), "red").save(tmp_path / "a.png")
    return tmp_path


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p><img src=a.png alt=甲></p>", "figure(p(<img 甲>))"),
        ("<p>文<img src='a.png?v=3' alt=甲></p>", "p(文<img 甲>)"),
        ("<figure><img src=a.png alt=甲><figcaption>題</figcaption></figure>",
         "figure(p(<img 甲>))[p(題)]"),
        ("<picture><source srcset='a.png 2x'><img src=no.png alt=甲></picture>", "figure(p(<img 甲>))"),
        ("<img data-src=a.png src='data:image/gif;base64,R0'>", "figure(p(<img >))"),
        ("<p>文<img src=no.png alt=沒有>字</p>", "p(文沒有字)"),
        ("<p>文<img src=https://a.b/c.png alt=遠></p>", "p(文遠)"),
    ],
)  # fmt: skip
def test_pictures(source: str, expected: str, convert: Any, folder: Path) -> None:
    assert convert(source, folder=folder) == expected


def test_a_missing_picture_is_reported_with_its_line(request_for: Any, folder: Path) -> None:
    request, report = request_for("<p>文</p>\n<p><img src=no.png>字</p>", "t.html", folder)
    HtmlReader().read(request)
    assert [(d.code, d.line) for d in report.diagnostics] == [("resource.missing", 2)]


def test_blocks_know_their_lines(request_for: Any) -> None:
    document = HtmlReader().read(request_for("<p>一</p>\n\n<div>\n<p>二</p></div>")[0])
    lines = [block.pos.start for block in query(document, Paragraph) if block.pos]
    assert lines == [1, 4]


# -------------------------------------------------------------------------------- robustness


@pytest.mark.parametrize(
    "tag", ["div", "blockquote", "ul><li", "table><tr><td", "figure", "dl><dd"]
)
def test_nesting_without_end_is_one_clear_error(tag: str, request_for: Any) -> None:
    with pytest.raises(PublisherError, match="nested more than") as caught:
        HtmlReader().read(request_for(f"<{tag}>" * 50_000 + "字")[0])
    assert caught.value.code == "source.too-deep"


def test_marks_that_nobody_closed_do_not_cost_the_text(convert: Any) -> None:
    assert convert("<p>" + "<font><b>" * 20_000 + "字") == "p(字)"


def test_structure_deeper_than_the_tree_is_flattened_with_its_text(request_for: Any) -> None:
    request, report = request_for("<blockquote>" * 300 + "字" + "</blockquote>" * 300)
    document = HtmlReader().read(request)
    assert "字" in "".join(plain_text(p.content) for p in query(document, Paragraph))
    assert "tree.depth" in {d.code for d in report.diagnostics}


@pytest.mark.parametrize("source", ["", "<html></html>", "<p> </p><script>x</script>"])
def test_nothing_to_read_is_one_clear_error(source: str, request_for: Any) -> None:
    with pytest.raises(PublisherError) as caught:
        HtmlReader().read(request_for(source)[0])
    assert caught.value.exit_code == 3


def test_text_without_any_break_has_a_limit(request_for: Any) -> None:
    page = f"<p>{'字' * 60}</p><p>{'字' * 60}</p>"
    assert HtmlReader().read(request_for(page, max_line=100)[0]).body
    with pytest.raises(PublisherError) as caught:
        HtmlReader().read(request_for(page.replace("</p><p>", ""), max_line=100)[0])
    assert caught.value.code == "source.line-too-long"


_TAGS = ["p", "div", "b", "a href=#x", "ul", "li", "table", "tr", "td", "ruby", "rt", "h2", "br",
         "blockquote", "dl", "dt", "dd", "figure", "figcaption", "pre", "q", "sup", "span id=x",
         "section class=footnotes", "li id=fn1", "a href=#fn1", "caption", "details", "summary"]  # fmt: skip


@given(
    st.lists(
        st.one_of(
            st.sampled_from([f"<{tag}>" for tag in _TAGS]),
            st.sampled_from([f"</{tag.split()[0]}>" for tag in _TAGS]),
            st.sampled_from(["字", "a b", "\n", "　　", "1"]),
        ),
        max_size=30,
    )
)
def test_any_soup_gives_a_document_or_one_clear_error(parts: list[str]) -> None:
    data = ("<body>" + "".join(parts)).encode()
    request = ReadRequest(
        data, "t", None, None, InputSettings(), Environment(), ResourceStore(), Collector()
    )
    try:
        document = HtmlReader().read(request)
    except PublisherError:
        return
    called = {call.note for call in query(document, NoteRef)}
    assert called <= {note.id for note in query(document, Footnote)}


def test_sniffing() -> None:
    reader = HtmlReader()
    assert reader.sniff(b"<!DOCTYPE html>\n<html>") > 0.9
    assert reader.sniff(b"\xef\xbb\xbf<html lang=ja>") > 0.9
    assert reader.sniff("普通文字".encode()) == 0.0
    assert reader.sniff("# 題\n\n<div>x</div>".encode()) < 0.3
