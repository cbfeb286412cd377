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
from publisher.readers.markdown.parser import SPECIAL, make_parser, protect_ruby_in_tables
from publisher.readers.markdown.reader import MarkdownReader
from publisher.settings import InputSettings
from publisher.tree.nodes import Figure, Footnote, NoteRef, Pos, Section
from publisher.tree.walk import plain_text, query

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def convert(request_for: Any, sketch: Any) -> Any:
    def run(source: str, **options: Any) -> str:
        request, _ = request_for(source, **options)
        return sketch(MarkdownReader().read(request))

    return run


@pytest.fixture
def codes(request_for: Any) -> Any:
    def run(source: str, **options: Any) -> list[tuple[str, int]]:
        request, report = request_for(source, **options)
        MarkdownReader().read(request)
        return [(d.code, d.line) for d in report.diagnostics]

    return run


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("一行\n二行", "p(一行二行)"),
        ("**强**\n后文", "p(<b 强>后文)"),
        ("한글은\n띄어쓴다", "p(한글은 띄어쓴다)"),
        ("two\nwords", "p(two words)"),
        ("第一行  \n第二行", "p(第一行<br>第二行)"),
        ("第一行\\\n第二行", "p(第一行<br>第二行)"),
        ("　　缩进的段落", "p(缩进的段落)"),
        ("{漢字|かん|じ}と{漢字|かんじ}", "p(<ruby 漢/かん 字/じ>と<ruby 漢字/かんじ>)"),
        ("{食べ物|た||もの}", "p(<ruby 食/た べ/ 物/もの>)"),
        ("{ABC|エービーシー}", "p(<ruby ABC/エービーシー>)"),
        ("{葛󠄀城|かつら|ぎ}", "p(<ruby 葛󠄀/かつら 城/ぎ>)"),
        ("`{漢字|かんじ}` {a|b} {x}", "p(<code {漢字|かんじ}> {a|b} {x})"),
        ("H~2~O x^2^ 3~5天，7~8天 ^_^", "p(H<sub 2>O x<sup 2> 3~5天，7~8天 ^_^)"),
        ("[链接](https://a.b/页 '题')", "p(<a https://a.b/%E9%A1%B5 链接>)"),
        ("[到](#第一章) [参][r] [外](x.md)\n\n[r]: https://u", "p(<a #第一章 到> <a https://u 参> 外)"),
        ("<https://a.b/c>", "p(<a https://a.b/c https://a.b/c>)"),
        ("[专名]{.proper-name}[点]{.dots}[en]{lang=en}",
         "p(<proper-name 专名><dot 点><span @en en>)"),
        ("割注[二行の注]{.warichu}", "p(割注<warichu 二行の注>)"),
        ("<u>线**粗**</u><br>x<sup>2</sup><!-- 注 -->", "p(<underline 线<b 粗>><br>x<sup 2>)"),
        ("<kbd>Ctrl</kbd> <foo>文</foo>", "p(<code Ctrl> 文)"),
        ("<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>です", "p(<ruby 漢/かん 字/じ>です)"),
        ("文<script>alert(1)</script>字", "p(文字)"),
        ("\\*不\\* &amp; &#x5b57;", "p(*不* & 字)"),
        ("- 甲\n- 乙\n  1) 丙\n", "ul[p(甲) p(乙) ol:decimal:1[p(丙)]]"),
        ("5. 甲\n\n6. 乙", "ol:decimal:5:loose[p(甲) p(乙)]"),
        ("- [x] 完\n- [ ] 未\n- [链](//u)", "ul[x p(完) o p(未) p(<a https://u 链>)]"),
        ("> 引文\n> ——鲁迅", "quote(p(引文))--——鲁迅"),
        ("> 引文\n>\n> --- 作者", "quote(p(引文))--——作者"),
        ("> ——这是谁？\n> ——是我。", "quote(p(——这是谁？——是我。))"),
        ("> ## 题\n> 文", "quote(h2(题) p(文))"),
        ("```python\nx = 1\n\n```", "code:python(x = 1\n)"),
        ("    缩进\n    代码", "code:(缩进\n代码)"),
        ("术语\n:   定义一\n:   定义二", "dl[术语=p(定义一)|p(定义二)]"),
        ("甲\n\n***\n\n乙", "p(甲) hr p(乙)"),
        ("<div>块<p>段</p></div>", "p(块) p(段)"),
        ("<!-- 只有注释 -->\n\n文", "p(文)"),
        ("~~删~~", "p(<strike 删>)"),
        ("****\n", "hr"),
    ],
)  # fmt: skip
def test_what_becomes_what(source: str, expected: str, convert: Any) -> None:
    assert convert(source) == expected


def test_a_table_with_alignment_ruby_and_caption(convert: Any) -> None:
    source = (
        "| 左 | 中 | {右|みぎ} |\n|:--|:-:|--:|\n| a | {漢字|かん|じ} | c |\n\nTable: 表*题*\n\n文"
    )
    assert convert(source) == (
        "table[p(表<em 题>)](cols:start,center,end head:!p(左)|!p(中)|!p(<ruby 右/みぎ>) "
        "body:p(a)|p(<ruby 漢/かん 字/じ>)|p(c)) p(文)"
    )


def test_a_broken_table_is_mended_and_reported(convert: Any, codes: Any) -> None:
    source = "| a | b |\n|--|--|\n| 1 |\n| 1 | 2 | 3 |\n| x \\| y | z |\n"
    assert convert(source) == (
        "table(cols:-,- head:!p(a)|!p(b) body:p(1)| body:p(1)|p(2) body:p(x | y)|p(z))"
    )
    assert codes(source) == [("markdown.row-short", 3), ("markdown.row-long", 4)]


@pytest.mark.parametrize("source", ["| a | b\n|--\n| 1 |", "|\n|-|", "| a |\n| b |", "|-|-|\n"])
def test_what_only_looks_like_a_table_stays_text(source: str, convert: Any) -> None:
    assert convert(source).startswith("p(")


def test_ruby_in_code_is_left_alone_when_tables_are_guarded() -> None:
    source = "```\n| {漢|か} |\n|-|\n```\n"
    assert protect_ruby_in_tables(source) == source


def test_notes_of_every_kind(convert: Any, codes: Any) -> None:
    source = (
        "甲[^1]乙^[内*联*]丙[^没有]丁[^空]戊[^1]\n\n后\n\n"
        "[^1]: 一段\n\n    二段\n\n[^空]:\n\n[^多]: 余"
    )
    assert convert(source) == (
        "p(甲<ref fn_1>乙<ref note_3>丙[^没有]丁戊<ref fn_1>) note:fn_1(p(一段) p(二段)) "
        "note:note_3(p(内<em 联>)) p(后)"
    )
    assert sorted(codes(source)) == [
        ("markdown.note-empty", 9), ("markdown.note-undefined", 1), ("markdown.note-unused", 11)
    ]  # fmt: skip


def test_a_note_that_holds_nothing_to_print_goes_with_its_calls(convert: Any, codes: Any) -> None:
    source = "- 甲[^a]乙\n\n[^a]: <!-- 待写 -->\n"
    assert convert(source) == "ul[p(甲乙)]"
    assert codes(source) == [("markdown.note-empty", 0)]


def test_a_note_called_inside_a_list_stands_after_the_list(convert: Any) -> None:
    assert convert("- 甲[^a]\n- 乙\n\n[^a]: 注\n\n后") == (
        "ul[p(甲<ref fn_a>) p(乙)] note:fn_a(p(注)) p(后)"
    )


# ------------------------------------------------------------------------- title and sections


@pytest.mark.parametrize(
    ("source", "title", "body"),
    [
        ("# 题\n\n文\n\n## 甲\n\n乙\n\n### 丙", "题", "p(文) sec1'甲'(p(乙) sec2'丙'())"),
        ("前文\n\n# 题\n\n## 甲", "题", "p(前文) sec1'甲'()"),
        ("# 一\n\n# 二", "", "sec1'一'() sec1'二'()"),
        ("## 一\n\n# 二", "", "sec2'一'() sec1'二'()"),
        ("---\ntitle: 书\n---\n# 一\n\n## 二", "书", "sec1'一'(sec2'二'())"),
        ("---\ntitle: 书 名\n---\n# 书名\n\n## 二", "书 名", "sec1'二'()"),
        ("文\n\n### 小标题\n\n文", "", "p(文) sec3'小标题'(p(文))"),
        ("题\n==\n\n文", "题", "p(文)"),
        (
            "# [题](//u)[^1]\n\n文[^2]\n\n[^1]: 注\n\n[^2]: 二",
            "题",
            "p(注) p(文<ref fn_2>) note:fn_2(p(二))",
        ),
    ],
)
def test_one_highest_heading_is_the_title(
    source: str, title: str, body: str, request_for: Any, sketch: Any
) -> None:
    document = MarkdownReader().read(request_for(source)[0])
    assert (plain_text(document.meta.title), sketch(document)) == (title, body)


def test_heading_attributes(convert: Any) -> None:
    assert convert("# 甲 {#id-1 .x}\n\n# 乙 {-}\n\n# 丙 {漢|か}\n\n# 丁 {x y}") == (
        "sec1#id-1'甲'() sec1'乙'() sec1'丙 <ruby 漢/か>'() sec1'丁 {x y}'()"
    )


@pytest.mark.parametrize(
    ("link", "ids"),
    [
        ("#来稿", ["来稿", "", "", ""]),
        ("#第-二-章", ["", "第-二-章", "", ""]),
        ("#Big-Words", ["", "", "Big-Words", ""]),
        ("#来稿-1", ["", "", "", "来稿-1"]),
        ("#没有", ["", "", "", ""]),
    ],
)
def test_links_find_headings_by_their_words(link: str, ids: list[str], request_for: Any) -> None:
    source = f"# 来稿\n\n[x]({link})\n\n# 1. 第 二 章！\n\n# Big Words\n\n# 来稿\n"
    document = MarkdownReader().read(request_for(source)[0])
    assert [s.attr.id for s in document.body if isinstance(s, Section)] == ids


def test_positions_count_the_lines_of_the_front_matter(request_for: Any) -> None:
    source = "---\ntitle: 书\n---\n\n# 章\n\n一\n二\n\n> 引\n"
    document = MarkdownReader().read(request_for(source)[0])
    section = document.body[0]
    assert isinstance(section, Section)
    assert section.pos == Pos("t.md", 5, 5)
    assert [b.pos for b in section.blocks] == [Pos("t.md", 7, 8), Pos("t.md", 10, 10)]


# ---------------------------------------------------------------------------------- pictures


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "图 片").mkdir()
    Image.new("RGB", (40, 20), "red").save(tmp_path / "图 片" / "甲.png")
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    return tmp_path


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("![甲*乙*](<图 片/甲.png>)", "figure(p(<img 甲乙>))[p(甲<em 乙>)]"),
        ('![甲](图%20片/甲.png "题")', "figure(p(<img 甲>))[p(题)]"),
        ("![](图%20片/甲.png)", "figure(p(<img >))"),
        ("文![甲](图%20片/甲.png)字", "p(文<img 甲>字)"),
        ("[![甲](图%20片/甲.png)](//u)", "figure(p(<a https://u <img 甲>>))[p(甲)]"),
        ("![没有](no.png)", "p(没有)"),
        ("文![坏](broken.png)字", "p(文坏字)"),
        ("![远](https://a.b/c.png)", "p(远)"),
        ("![外](../x.png)", "p(外)"),
    ],
)
def test_pictures(source: str, expected: str, convert: Any, folder: Path) -> None:
    assert convert(source, folder=folder) == expected


def test_a_picture_is_put_among_the_resources_once(request_for: Any, folder: Path) -> None:
    source = "![甲](图%20片/甲.png){width=20px}\n\n![乙](<图 片/甲.png>)"
    request, report = request_for(source, folder=folder)
    document = MarkdownReader().read(request)
    (resource,) = document.resources
    assert (resource.media_type, resource.name) == ("image/png", "甲.png")
    assert (resource.width, resource.height) == (40, 20)
    assert request.resources.open(resource.id) == (folder / "图 片" / "甲.png").read_bytes()
    assert not report.diagnostics
    first = next(query(document, Figure))
    assert first.blocks[0].content[0].width == 15.0  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("\n![x](no.png)", "resource.missing"),
        ("\n![x](broken.png)", "picture.broken"),
        ("\n![x](https://a.b/c.png)", "picture.remote"),
        ("\n![x](/etc/passwd)", "resource.outside"),
        ("\n![x](data:image/png;base64,AAAA)", "picture.unknown"),
    ],
)
def test_a_picture_that_cannot_be_used_is_reported_with_its_line(
    source: str, code: str, codes: Any, folder: Path
) -> None:
    assert codes(source, folder=folder) == [(code, 2)]


# -------------------------------------------------------------------------------- robustness


@pytest.mark.parametrize(
    "source",
    [
        ">" * 10_000 + "字", "> " * 10_000 + "字", "* " * 10_000 + "字",
        "\n".join("  " * level + "- 字" for level in range(500)),
    ],
)  # fmt: skip
def test_nesting_without_end_is_one_clear_error(source: str, request_for: Any) -> None:
    with pytest.raises(PublisherError, match="nested more than") as caught:
        MarkdownReader().read(request_for(source)[0])
    assert caught.value.where.startswith("t.md:")
    assert caught.value.hint


@pytest.mark.parametrize(
    "source",
    ["[" * 3000, "![" * 2000, "*a " * 3000, "{漢|" * 3000, "^[" * 2000, "<u>" * 3000 + "字"],
)
def test_hostile_inlines_lose_nothing_and_end(source: str, request_for: Any) -> None:
    document = MarkdownReader().read(request_for(source)[0])
    kept = "".join(plain_text(b.content) for b in document.body)  # type: ignore[union-attr]
    assert kept == source.replace("<u>", "").strip()


def test_limits_and_empty_sources(request_for: Any) -> None:
    for source, options, code in (
        ("字" * 101, {"max_line": 100}, "source.line-too-long"),
        ("", {}, "source.empty"),
        (" \n\n", {}, "source.empty"),
    ):
        with pytest.raises(PublisherError) as caught:
            MarkdownReader().read(request_for(source, **options)[0])
        assert caught.value.code == code


def test_control_characters_and_surrogates_go_and_are_told(convert: Any, codes: Any) -> None:
    source = "甲\x07乙\n\n丙\ud800丁 &#0;"
    assert convert(source) == "p(甲乙) p(丙\ufffd丁 \ufffd)"
    assert {code for code, _ in codes(source)} == {"text.control", "text.surrogate"}


def test_the_parser_that_documents_share_is_ready_when_it_is_given(
    convert: Any, monkeypatch: Any
) -> None:
    # Threads that put its rules in order at the same time would parse without some of them.
    from markdown_it.ruler import Ruler

    make_parser.cache_clear()
    make_parser()
    monkeypatch.setattr(Ruler, "__compile__", None)
    assert convert("- *乙*\n\n> 丙") == "ul[p(<em 乙>)] quote(p(丙))"


@given(st.text(alphabet="字あ한a .。!]#|-=+1)>(:\"'、", min_size=1, max_size=30))
def test_text_without_special_characters_needs_no_inline_rules(text: str) -> None:
    parser = make_parser()
    if SPECIAL.search(text):
        return
    tokens: list[Any] = []
    parser.inline.parse(text, parser, {}, tokens)
    assert [t.type for t in tokens] == ["text"]
    assert tokens[0].content == text


@given(st.text(alphabet='字a *_~`[]()!<>{}|^#-+1.:\n\\&"=\t$', max_size=60))
def test_any_text_gives_a_document_or_one_clear_error(text: str) -> None:
    request = ReadRequest(
        text.encode(),
        "t.md",
        None,
        None,
        InputSettings(),
        Environment(),
        ResourceStore(),
        Collector(),
    )
    try:
        document = MarkdownReader().read(request)
    except PublisherError:
        return
    called = {call.note for call in query(document, NoteRef)}
    assert called <= {note.id for note in query(document, Footnote)}


def test_sniffing() -> None:
    reader = MarkdownReader()
    assert reader.sniff(b"---\ntitle: x\n---\n\n# y\n") > 0.5
    assert reader.sniff("普通文字，没有记号。".encode()) == 0.0
