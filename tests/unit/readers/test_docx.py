"""Word files of other makers: styles in any language, lists, notes, fields, changes, damage."""

import io
import random
import zipfile

import pytest

from publisher.environment import Environment, ResourceStore
from publisher.errors import MalformedSource, SourceError, SourceTooLarge, UnsupportedFormat
from publisher.events import Collector
from publisher.readers.base import ReadRequest
from publisher.readers.docx.reader import DocxReader
from publisher.settings import InputSettings
from publisher.tree.json import to_data
from publisher.tree.meta import WRITING_MODE
from publisher.tree.nodes import (
    Box,
    Code,
    CodeBlock,
    CrossRef,
    Emphasis,
    EmphasisDots,
    Figure,
    Footnote,
    Image,
    LineBreak,
    Link,
    ListBlock,
    Mark,
    Math,
    NoteRef,
    PageBreak,
    Paragraph,
    Quote,
    Ruby,
    Section,
    Span,
    Strong,
    Table,
    TableOfContents,
    ThematicBreak,
    Warichu,
)
from publisher.tree.walk import block_text, plain_text, query, walk_blocks
from tests.tools.every_node import png
from tests.tools.word_files import STRICT, cell, p, r, row, style, table, word_file

BASIC = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/><w:lang w:val="en-US"'
    ' w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    + style("a", "Normal", default=True)
    + style("1", "heading 1", based="a")
    + style("2", "heading 2", based="a")
    + style("T", "Title", based="a")
)
BULLETS = (
    '<w:abstractNum w:abstractNumId="0">'
    + "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:lvlText w:val="\uf0b7"/><w:pPr><w:ind w:left="{420 * (n + 1)}"/></w:pPr></w:lvl>'
        for n in range(3)
    )
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
    '<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def read(data, reports=None, **settings):
    collector = Collector()
    request = ReadRequest(
        data=data,
        name="a.docx",
        path=None,
        root=None,
        settings=InputSettings(**settings),
        environment=Environment(),
        resources=ResourceStore(),
        report=collector if reports is None else reports.append,
    )
    return DocxReader().read(request)


def body(*content, **parts):
    """The blocks of a file with this body."""
    parts.setdefault("styles", BASIC)
    return read(word_file("".join(content), **parts)).body


def text(block):
    return block_text(block).strip()


def said(blocks):
    return "".join(map(block_text, walk_blocks(blocks)))


def item(content, level=0, number=1, style=""):
    return p(
        content,
        style,
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>',
    )


def field(instruction, result, *, split=False):
    half = len(instruction) // 2
    said = [instruction[:half], instruction[half:]] if split else [instruction]
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in said)
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + result
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def drawing(name="rM1", *, alt="", kind="inline", size=(1270000, 635000)):
    described = f' descr="{alt}"' if alt else ""
    return (
        f'<w:r><w:drawing><wp:{kind}><wp:extent cx="{size[0]}" cy="{size[1]}"/>'
        f'<wp:docPr id="1" name="x"{described}/><a:graphic><a:graphicData><pic:pic><pic:blipFill>'
        f'<a:blip r:embed="{name}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        f"</wp:{kind}></w:drawing></w:r>"
    )


# ------------------------------------------------------------------------------------ structure


@pytest.mark.parametrize(
    "shown", ["heading 1", "标题 1", "標題 1", "見出し 1", "제목 1", "Heading 1", "Überschrift 1"]
)
def test_heading_styles_have_names_in_every_language(shown):
    styles = BASIC + style("x9", shown)
    found = body(p("甲"), p("章", "x9"), p("乙"), p("章二", "x9"), p("丙"), styles=styles)
    assert [type(b) for b in found] == [Paragraph, Section, Section]
    assert found[1].level == 1


def test_a_style_is_what_it_is_based_on():
    styles = BASIC + style("mine", "我的小标题", based="2")
    found = body(p("章", "1"), p("节", "mine"), p("文"), p("章二", "1"), styles=styles)
    assert found[0].blocks[0].level == 2


def test_outline_levels_make_headings_of_any_style():
    levels = BASIC + style("k", "公文标题", inner='<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    found = body(
        p("一", "k"), p("文"), p("二", "", '<w:outlineLvl w:val="1"/>'), p("文"), p("三", "k"),
        styles=levels,
    )  # fmt: skip
    assert [(s.level, plain_text(s.title)) for s in query(found, Section)] == [
        (1, "一"), (2, "二"), (1, "三"),
    ]  # fmt: skip


def test_body_text_level_takes_a_heading_out_of_the_contents():
    levels = BASIC + style(
        "u", "无目录", based="1", inner='<w:pPr><w:outlineLvl w:val="9"/></w:pPr>'
    )
    found = body(p("题一", "1"), p("文"), p("题二", "u"), p("文"), styles=levels)
    assert [s.listed for s in found] == [True, False]


def test_title_subtitle_and_author_are_metadata():
    styles = BASIC + style("S", "Subtitle") + style("A", "Author") + style("D", "Date")
    document = read(
        word_file(
            p("论语浅说", "T") + p("上编", "S") + p("王小明", "A") + p("2024年5月6日", "D")
            + p("文一。") + p("文二。"),
            styles=styles,
        )
    )  # fmt: skip
    assert plain_text(document.meta.title) == "论语浅说"
    assert plain_text(document.meta.subtitle) == "上编"
    assert [c.name for c in document.meta.contributors] == ["王小明"]
    assert document.meta.date == "2024-05-06"
    assert [text(b) for b in document.body] == ["文一。", "文二。"]


CENTRED = '<w:pPr><w:jc w:val="center"/></w:pPr>'


def centred(words):
    return f"<w:p>{CENTRED}<w:r><w:t>{words}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("under", "authors", "date", "left"),
    [
        (("林知夏", "2025年11月3日"), ["林知夏"], "2025-11-03", []),
        (("2025年11月3日", "林知夏　沈一舟"), ["林知夏", "沈一舟"], "2025-11-03", []),
        (("作者：林知夏",), ["林知夏"], "", []),
        (("摘要",), [], "", ["摘要"]),
        (("林知夏",), [], "", ["林知夏"]),
        (("方案", "2025年11月3日"), [], "", ["方案", "2025年11月3日"]),
        (("2025年11月3日", "山居委员会"), [], "2025-11-03", ["山居委员会"]),
    ],
)
def test_names_and_day_centred_under_the_title_are_metadata(under, authors, date, left):
    content = p("论语浅说", "T") + "".join(map(centred, under)) + p("文一。" * 9) + p("文二。" * 9)
    document = read(word_file(content, styles=BASIC))
    assert [c.name for c in document.meta.contributors] == authors
    assert document.meta.date == date
    assert [text(b) for b in document.body][:-2] == left


def test_core_properties_are_taken_unless_a_program_filled_them_in():
    said = "<dc:title>书名</dc:title><dc:creator>张三;李四</dc:creator><cp:keywords>甲，乙</cp:keywords>"
    meta = read(word_file(p("文。"), core=said)).meta
    assert (plain_text(meta.title), [c.name for c in meta.contributors]) == (
        "书名",
        ["张三", "李四"],
    )
    assert meta.subjects == ("甲", "乙")
    said = "<dc:title>文档 1</dc:title><dc:creator>微软用户</dc:creator>"
    meta = read(word_file(p("文。"), core=said)).meta
    assert (meta.title, meta.contributors) == ((), ())


def test_a_lone_first_heading_is_the_title():
    document = read(word_file(p("题", "1") + p("甲") + p("节", "2") + p("乙"), styles=BASIC))
    assert plain_text(document.meta.title) == "题"
    assert [type(b) for b in document.body] == [Paragraph, Section]


def test_fake_headings_are_found_by_size_and_weight_and_reported():
    big = '<w:sz w:val="32"/>'
    content = (
        p(r("第一部分", big)) + p("这是正文，有一句话。" * 3) + p(r("要点", "<w:b/>"))
        + p("又一段正文，也有一句话。" * 3) + p("再一段。" * 9)
        + p(r("第二部分", big)) + p("这是正文，有一句话。" * 3) + p("末段。" * 9)
    )  # fmt: skip
    reports = []
    found = read(word_file(content, styles=BASIC), reports).body
    assert [(s.level, plain_text(s.title)) for s in query(found, Section)] == [
        (1, "第一部分"), (2, "要点"), (1, "第二部分"),
    ]  # fmt: skip
    assert [dict(d.args)["text"] for d in reports if d.code == "docx.headings"] == ["第一部分"]


@pytest.mark.parametrize(
    "content",
    [
        p("真", "1") + p("文") + p(r("只是加粗", "<w:b/>")) + p("文。") + p("真二", "1") + p("文"),
        "".join(p(r("全都加粗", "<w:b/>")) for _ in range(9)),
        p(r("一句加粗的话。", "<w:b/>")) + p("文。") * 5,
        p(r("末尾加粗", "<w:b/>")),
    ],
)
def test_bold_alone_makes_no_heading(content):
    found = read(word_file(content, styles=BASIC)).body
    assert not any("加粗" in plain_text(s.title) for s in query(found, Section))


# ---------------------------------------------------------------------------------------- lists


def test_lists_nest_by_level_and_keep_their_numbers():
    found = body(
        item("甲"), item("甲一", 1), item("甲二", 1), item("乙"), p("文"),
        item("一", 0, 2), item("子", 1, 2), item("二", 0, 2), p("文"), item("三", 0, 2),
        numbering=BULLETS,
    )  # fmt: skip
    first, _, second, _, third = found
    assert isinstance(first, ListBlock)
    assert not first.ordered
    assert [text(i.blocks[0]) for i in first.items] == ["甲", "乙"]
    assert [text(i.blocks[0]) for i in first.items[0].blocks[1].items] == ["甲一", "甲二"]
    assert (second.ordered, second.style, second.delimiter, second.start) == (
        True, "cjk", "ideographic", 1,
    )  # fmt: skip
    assert second.items[0].blocks[1].delimiter == "parens"
    assert third.start == 3


def test_a_list_that_starts_anew_is_another_list():
    found = body(item("一", 0, 2), item("二", 0, 2), item("五", 0, 4), numbering=BULLETS)
    assert [(b.start, len(b.items)) for b in found] == [(1, 2), (5, 1)]


def test_text_set_in_under_an_item_belongs_to_it():
    inset = '<w:ind w:left="420"/>'
    found = body(item("甲"), p("续", "", inset), item("乙"), p("外"), numbering=BULLETS)
    assert [text(b) for b in found[0].items[0].blocks] == ["甲", "续"]
    assert text(found[1]) == "外"


def test_numbers_of_headings_and_articles_are_kept_as_text():
    found = body(
        item("总则", 0, 3, "1"), item("适用", 1, 3, "2"), p("文"), item("分则", 0, 3, "1"), p("文"),
        numbering=BULLETS,
    )  # fmt: skip
    assert [plain_text(s.title) for s in query(found, Section)] == [
        "第一章　总则", "一.1 适用", "第二章　分则",
    ]  # fmt: skip
    found = body(item("条文。", 0, 3), item("又一条。", 0, 3), numbering=BULLETS)
    assert [text(b) for b in found] == ["第一章　条文。", "第二章　又一条。"]


def test_numbering_of_a_style_counts():
    given = '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
    styles = BASIC + style("L", "List Number", inner=given)
    found = body(p("甲", "L"), p("乙", "L"), styles=styles, numbering=BULLETS)
    assert len(found[0].items) == 2
    off = p("丙", "L", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    assert isinstance(body(off, styles=styles, numbering=BULLETS)[0], Paragraph)


# --------------------------------------------------------------------------------------- tables


def test_tables_keep_spans_heads_and_captions():
    styles = BASIC + style("C", "caption")
    head = "<w:tblHeader/>"
    tall, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = body(
        p("表一", "C"),
        table(
            row("年", cell("数量", '<w:gridSpan w:val="2"/>'), properties=head),
            row(cell("甲", tall), "1", "2"),
            row(cell("", more), "3", "4"),
        ),
        p("文"),
        styles=styles,
    )
    made = found[0]
    assert isinstance(made, Table)
    assert len(made.columns) == 3
    assert [len(made.head), len(made.body)] == [1, 2]
    assert made.head[0].cells[1].colspan == 2
    assert made.body[0].cells[0].rowspan == 2
    assert len(made.body[1].cells) == 2
    assert text(made.caption[0]) == "表一"


def test_a_first_row_in_bold_is_a_head():
    bold = [cell(p(r(t, "<w:b/>"))) for t in ("甲", "乙")]
    found = body(table(row(*bold), row("1", "2")))
    assert len(found[0].head) == 1


def test_a_table_of_one_cell_is_a_box():
    found = body(p("文"), table(row(cell(p("框中。")))), p("文"))
    assert isinstance(found[1], Box)


def test_tables_in_tables_and_broken_grids_are_read():
    inner = table(row("内"))
    wide = '<w:gridSpan w:val="99999"/>'
    found = body(
        table(row(cell(inner + p("后")), "乙"), row(cell("x", wide)), row(cell("y", "<w:vMerge/>")))
    )
    assert "内" in said(found)
    assert "y" in said(found)


# ------------------------------------------------------------------------------------- inlines


def look(properties, **parts):
    """The first inline of a run with these properties, among plain ones."""
    found = body(p(r("前") + r("字", properties) + r("后")), **parts)
    return found[0].content[1]


@pytest.mark.parametrize(
    ("properties", "node"),
    [
        ("<w:b/>", Strong),
        ("<w:i/>", Emphasis),
        ('<w:em w:val="dot"/>', EmphasisDots),
        ('<w:em w:val="comma"/>', EmphasisDots),
        ('<w:u w:val="single"/>', Mark),
        ("<w:strike/>", Mark),
        ('<w:highlight w:val="yellow"/>', Mark),
        ('<w:vertAlign w:val="superscript"/>', Mark),
        ('<w:eastAsianLayout w:id="3" w:combine="1"/>', Warichu),
    ],
)
def test_looks_become_marks(properties, node):
    assert isinstance(look(properties), node)


@pytest.mark.parametrize(
    "properties",
    ['<w:b w:val="0"/>', '<w:u w:val="none"/>', '<w:color w:val="FF0000"/>', '<w:sz w:val="28"/>'],
)
def test_looks_without_a_meaning_are_plain(properties):
    assert len(body(p(r("前") + r("字", properties) + r("后")))[0].content) == 1


def test_neighbours_in_one_look_are_one_mark():
    runs = r("前") + r("甲", "<w:b/>") + r("乙", "<w:b/><w:i/>") + r("丙", "<w:b/>")
    found = body(p(runs))[0].content
    assert len(found) == 2
    assert [type(n) for n in found[1].content[1:2]] == [Emphasis]
    assert plain_text(found[1].content) == "甲乙丙"


def test_dots_go_on_over_the_marks_that_have_none():
    dots = '<w:em w:val="dot"/>'
    found = body(p(r("甲", dots) + r("、") + r("乙", dots)))[0].content
    assert [type(n) for n in found] == [EmphasisDots]


def test_text_in_a_bold_style_is_not_strong():
    styles = BASIC + style("B", "粗", inner="<w:rPr><w:b/></w:rPr>")
    assert body(p(r("甲", "<w:b/>"), "B"), styles=styles)[0].content[0].text == "甲"


def test_character_styles_have_meaning():
    styles = (
        BASIC
        + style("s", "Strong", kind="character")
        + style("v", "Verbatim Char", kind="character")
    )
    runs = r("前") + r("甲", '<w:rStyle w:val="s"/>') + r("x = 1", '<w:rStyle w:val="v"/>')
    found = body(p(runs), styles=styles)[0].content
    assert [type(n) for n in found[1:]] == [Strong, Code]


def test_ruby_of_word_and_of_its_forebears():
    new = (
        '<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="distributeSpace"/></w:rubyPr><w:rt>'
        f"{r('とうきょう')}</w:rt><w:rubyBase>{r('東京')}</w:rubyBase></w:ruby></w:r>"
    )
    old = field("EQ \\* jc2 \\* hps10 \\o\\ad(\\s\\up 9(かん),漢)", "")
    found = body(p(r("前") + new + r("中") + old))[0].content
    rubies = [n for n in found if isinstance(n, Ruby)]
    assert [(n.pairs[0].base, n.pairs[0].text) for n in rubies] == [
        ("東京", "とうきょう"),
        ("漢", "かん"),
    ]


def test_one_ruby_for_characters_side_by_side():
    def mono(base, reading):
        return (
            '<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="center"/></w:rubyPr>'
            f"<w:rt>{r(reading)}</w:rt><w:rubyBase>{r(base)}</w:rubyBase></w:ruby></w:r>"
        )

    found = body(p(r("前") + mono("漢", "ㄏㄢˋ") + mono("字", "ㄗˋ")))[0].content
    assert len(found) == 2
    assert len(found[1].pairs) == 2
    assert (found[1].role, found[1].kind) == ("zhuyin", "mono")


def test_ringed_characters_and_symbols():
    runs = (
        field("EQ \\o\\ac(○,3)", "")
        + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Symbol" w:char="F061"/></w:r>'
    )
    assert text(body(p(runs))[0]) == "③☑α"


def test_links_fields_and_bookmarks():
    marked = '<w:bookmarkStart w:id="1" w:name="_Ref9"/>{}<w:bookmarkEnd w:id="1"/>'
    content = (
        p('<w:hyperlink r:id="rL1" w:tooltip="提示">' + r("外") + "</w:hyperlink>")
        + p(field('HYPERLINK "https://b.example/" \\l "x"', r("旧"), split=True))
        + p(r("见") + field("REF _Ref9 \\h", r("第一章")) + field("PAGEREF _Ref9 \\h", r("7")))
        + p(marked.format(r("第一章")), "1")
        + p(r("图") + field("SEQ 图", r("1")) + r(" 说明"))
        + p("第二章", "1")
    )
    found = body(content, links=("https://a.example/",))
    link = found[0].content[0]
    assert isinstance(link, Link)
    assert (link.target, link.title) == ("https://a.example/", "提示")
    assert found[1].content[0].target == "https://b.example/#x"
    shown = [n.show for n in found[2].content if isinstance(n, CrossRef)]
    assert shown == ["title", "page"]
    section = found[3]
    assert section.attr.id == "_Ref9"
    assert text(section.blocks[0]) == "图1 说明"


def test_bookmarks_that_nothing_leads_to_go():
    content = p('<w:bookmarkStart w:id="1" w:name="_GoBack"/><w:bookmarkEnd w:id="1"/>' + r("文"))
    assert body(content)[0] == body(p("文"))[0]


def test_notes_of_both_kinds_and_labels_of_their_own():
    def note(kind, number, inner):
        return f'<w:{kind} w:id="{number}">{inner}</w:{kind}>'

    mark = "<w:r><w:footnoteRef/></w:r>"
    styles = BASIC + style("f", "footnote reference", kind="character")
    call = '<w:r><w:rPr><w:rStyle w:val="f"/></w:rPr>{}</w:r>'
    content = p(
        r("甲")
        + call.format('<w:footnoteReference w:id="2"/>')
        + r("乙")
        + call.format('<w:endnoteReference w:id="2"/>')
        + call.format('<w:footnoteReference w:customMarkFollows="1" w:id="3"/>')
        + call.format("<w:t>*</w:t>")
        + r("丙")
    )
    document = read(
        word_file(
            content,
            styles=styles,
            footnotes=note("footnote", 0, p("—")) + note("footnote", 2, p(mark + r(" 注一。")))
            + note("footnote", 3, p(call.format("<w:t>*</w:t>") + r(" 注二。"))),
            endnotes=note("endnote", 2, p(r("尾注。"))),
        )
    )  # fmt: skip
    calls = [n.note for n in document.body[0].content if isinstance(n, NoteRef)]
    notes = {n.id: (text(n.blocks[0]), n.kind) for n in query(document, Footnote)}
    assert [notes[c] for c in calls] == [("注一。", "foot"), ("尾注。", "end"), ("注二。", "foot")]
    assert plain_text(document.body[0].content) == "甲乙丙"


def test_comments_are_kept_as_notes_or_left_out():
    content = p(r("文") + '<w:r><w:commentReference w:id="0"/></w:r>')
    comments = '<w:comment w:id="0" w:author="编辑">' + p("此处存疑。") + "</w:comment>"
    data = word_file(content, comments=comments)
    reports = []
    document = read(data, reports)
    note = next(query(document, Footnote))
    assert (note.kind, text(note.blocks[0])) == ("margin", "编辑：此处存疑。")
    assert [d.code for d in reports] == ["docx.comments"]
    assert not list(query(read(data, keep_comments=False), Footnote))


def test_tracked_changes_are_accepted():
    changed = (
        r("甲")
        + f"<w:ins>{r('加')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        + f"<w:moveFrom>{r('移')}</w:moveFrom><w:moveTo>{r('到')}</w:moveTo>"
    )
    ended = p(r("前半"), "", "<w:rPr><w:del/></w:rPr>") + p("后半")
    reports = []
    found = read(word_file(p(changed) + ended), reports).body
    assert [text(b) for b in found] == ["甲加到", "前半后半"]
    assert [d.code for d in reports] == ["docx.changes"]


def test_hidden_text_is_left_out():
    assert text(body(p(r("显") + r("隐", "<w:vanish/>")))[0]) == "显"


def test_formulas_become_a_line():
    formula = (
        "<m:oMath><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den>"
        "<m:r><m:t>2</m:t></m:r></m:den></m:f><m:sSup><m:e><m:r><m:t>y</m:t></m:r></m:e><m:sup>"
        "<m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    found = body(p(r("设") + formula))[0].content[1]
    assert isinstance(found, Math)
    assert found.tex == "x=(a+b)/2y^2"


def test_languages_are_kept_where_they_are_no_accident():
    japanese = '<w:lang w:eastAsia="ja-JP"/>'
    long = "这是一段很长的简体中文正文，说明语言。" * 3
    found = body(p(r(long) + r("直す", japanese) + r("后")))[0].content
    assert isinstance(found[1], Span)
    assert found[1].attr.lang == "ja"
    traditional = "這是一段很長的繁體中文正文，說明語言。" * 3
    document = read(word_file(p(r(traditional, '<w:lang w:eastAsia="zh-CN"/>')), styles=BASIC))
    assert document.meta.language.startswith("zh-Hant")
    assert len(document.body[0].content) == 1


# --------------------------------------------------------------------------- pictures and boxes


def test_pictures_in_the_line_alone_and_beside_it():
    media = [("a.png", png(8, 8))]
    found = body(
        p(r("前") + drawing(alt="蓝")),
        p(drawing()),
        p(drawing(kind="anchor") + r("文")),
        media=media,
    )
    inline = found[0].content[1]
    assert isinstance(inline, Image)
    assert (inline.alt, inline.width) == ("蓝", 100.0)
    assert isinstance(found[1], Figure)
    assert [type(b) for b in found[2:]] == [Paragraph, Figure]


@pytest.mark.parametrize(
    ("wrap", "place", "side"),
    [
        ("<wp:wrapSquare/>", "<wp:align>right</wp:align>", "right"),
        ("<wp:wrapTight/>", "<wp:align>left</wp:align>", "left"),
        ("<wp:wrapSquare/>", "<wp:posOffset>3800000</wp:posOffset>", "right"),
        ("<wp:wrapThrough/>", "<wp:posOffset>-20</wp:posOffset>", "left"),
        ("<wp:wrapSquare/>", "", "left"),
    ],
)
def test_pictures_that_text_runs_beside_stand_before_it(wrap, place, side):
    floating = drawing(kind="anchor").replace(
        "<wp:extent", f"<wp:positionH>{place}</wp:positionH>{wrap}<wp:extent"
    )
    found = body(p("前"), p(r("文") + floating), media=[("a.png", png())])
    assert [type(b) for b in found] == [Paragraph, Figure, Paragraph]
    assert found[1].placement == side
    over = floating.replace(wrap, "<wp:wrapTopAndBottom/>")
    found = body(p("前"), p(r("文") + over), media=[("a.png", png())])
    assert [type(b) for b in found] == [Paragraph, Paragraph, Figure]
    assert found[2].placement == ""


def test_a_picture_beside_a_heading_stays_in_its_section():
    floating = drawing(kind="anchor").replace("<wp:extent", "<wp:wrapSquare/><wp:extent")
    styles = BASIC + style("x9", "heading 1")
    heads = p(r("章") + floating, "x9"), p("文"), p("章二", "x9"), p("文")
    found = body(p("前"), *heads, media=[("a.png", png())], styles=styles)
    assert [type(b) for b in found] == [Paragraph, Section, Section]
    assert [type(b) for b in found[1].blocks] == [Figure, Paragraph]


def test_a_caption_under_a_picture_is_its_own():
    styles = BASIC + style("C", "题注")
    found = body(p(drawing()), p("图一", "C"), p("文"), media=[("a.png", png())], styles=styles)
    assert [type(b) for b in found] == [Figure, Paragraph]
    assert text(found[0].caption[0]) == "图一"


def test_pictures_of_old_word_files():
    old = '<w:r><w:pict><v:shape><v:imagedata r:id="rM1" title="旧图"/></v:shape></w:pict></w:r>'
    found = body(p(r("前") + old), media=[("a.png", png())])
    assert found[0].content[1].alt == "旧图"


def test_text_boxes_are_read_once():
    inner = f"<w:txbxContent>{p('框中文字。')}</w:txbxContent>"
    both = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic>"
        f"<a:graphicData><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        f"</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inner}"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = body(p(both + r("正文。")))
    assert [type(b) for b in found] == [Paragraph, Box]
    assert said(found).count("框中文字。") == 1


def test_objects_that_cannot_be_shown_are_reported():
    chart = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="销量图"/><a:graphic>'
        '<a:graphicData uri="chart"/></a:graphic></wp:inline></w:drawing></w:r>'
    )
    reports = []
    document = read(word_file(p(r("前") + chart)), reports)
    assert "docx.objects" in [d.code for d in reports]
    assert "销量图" in said(document.body)


def test_a_rule_a_sign_and_a_bordered_line_part_scenes():
    rule = '<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>'
    border = '<w:pBdr><w:bottom w:val="single"/></w:pBdr>'
    found = body(p("甲"), p(rule), p("乙"), p("＊　＊　＊"), p("丙"), p("", "", border), p("丁"))
    kinds = [b.style for b in found if isinstance(b, ThematicBreak)]
    assert kinds == ["rule", "asterism", "rule"]


# ----------------------------------------------------------------------------- other structure


def test_quotations_programs_and_contents():
    styles = BASIC + style("Q", "Quote") + style("S", "Source Code") + style("t", "toc 1")
    contents = "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
    contents += f"</w:docPartObj></w:sdtPr><w:sdtContent>{p('目录')}</w:sdtContent></w:sdt>"
    found = body(
        p("甲"), p("引一", "Q"), p("引二", "Q"), p("a = 1", "S"), p("  b = 2", "S"), contents,
        p("乙"), styles=styles,
    )  # fmt: skip
    assert [type(b) for b in found] == [Paragraph, Quote, CodeBlock, TableOfContents, Paragraph]
    assert len(found[1].blocks) == 2
    assert found[2].text == "a = 1\n  b = 2"


def test_contents_before_the_text_are_made_anew():
    styles = BASIC + style("t", "toc 1")
    line = p(field('TOC \\o "1-3"', r("第一章")) + field("PAGEREF _Toc1", r("3")), "t")
    found = body(
        line, p(r("第二章") + field("PAGEREF _Toc2", r("9")), "t"), p("文。"), styles=styles
    )
    assert [text(b) for b in found] == ["文。"]


def test_breaks_of_lines_and_pages():
    page = '<w:r><w:br w:type="page"/></w:r>'
    found = body(
        p(r("甲") + "<w:r><w:br/></w:r>" + r("乙")),
        p(page),
        p("丙"),
        p(page),
        p("章", "1"),
        p("文"),
        p("章二", "1"),
    )
    assert isinstance(found[0].content[1], LineBreak)
    assert [type(b) for b in found] == [Paragraph, PageBreak, Paragraph, Section, Section]


def test_drop_caps_and_wrappers_are_text():
    cap = p("古", "", '<w:framePr w:dropCap="drop"/>')
    control = f"<w:sdt><w:sdtContent>{p('控件中。')}</w:sdtContent></w:sdt>"
    smart = p(f"<w:smartTag>{r('北京')}</w:smartTag>" + "<w:proofErr/>" + r("很大。"))
    found = body(cap, p("时候。"), control, smart)
    assert [text(b) for b in found] == ["古时候。", "控件中。", "北京很大。"]


def test_strict_files_and_vertical_text():
    section = '<w:textDirection w:val="tbRl"/>'
    document = read(word_file(p("縦書き。"), space=STRICT, section=section))
    assert text(document.body[0]) == "縦書き。"
    assert (WRITING_MODE, "vertical") in document.meta.extra


def test_running_heads_are_reported():
    head = (
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"{p('内部资料')}</w:hdr>"
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="h1" Type="x/header" Target="header1.xml"/></Relationships>'
    )
    data = word_file(
        p("文。"),
        section='<w:headerReference w:type="default" r:id="h1"/>',
        parts=[("word/header1.xml", head), ("word/_rels/document.xml.rels", rels)],
    )
    reports = []
    read(data, reports)
    assert [dict(d.args)["text"] for d in reports if d.code == "docx.running"] == ["内部资料"]


# -------------------------------------------------------------------------------------- damage


def refused(data, **settings):
    with pytest.raises(SourceError) as problem:
        read(data, **settings)
    return problem.value


def test_old_and_locked_files_are_named():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert isinstance(refused(ole), UnsupportedFormat)
    locked = ole + "EncryptedPackage".encode("utf-16-le")
    assert refused(locked).code == "docx.locked"


@pytest.mark.parametrize("missing", ["word/document.xml", "_rels/.rels"])
def test_files_without_a_text_are_refused(missing):
    assert isinstance(refused(word_file(p("文"), drop=(missing,))), MalformedSource)


def test_missing_and_damaged_side_parts_cost_only_themselves():
    data = word_file(p("文"), parts=[("word/styles.xml", "<broken"), ("word/footnotes.xml", "")])
    assert text(read(data).body[0]) == "文"
    call = p(r("文") + '<w:r><w:footnoteReference w:id="7"/></w:r>')
    assert text(read(word_file(call)).body[0]) == "文"


def test_a_broken_text_part_and_entities_are_refused():
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]><w:document xmlns:w="x"><w:body>&b;</w:body></w:document>'
    for content in ("<w:document", bomb):
        assert isinstance(refused(word_file(parts=[("word/document.xml", content)])), SourceError)


def test_bombs_and_limits():
    huge = word_file(p("文"), media=[("a.bin", bytes(40_000_000))])
    assert isinstance(refused(huge), SourceTooLarge)
    assert isinstance(refused(word_file(p("文" * 50_000)), max_bytes=2000), SourceTooLarge)


def test_names_that_climb_out_are_refused():
    assert isinstance(refused(word_file(p("文"), parts=[("../x", "y")])), SourceError)


def test_deep_nests_are_read_or_refused():
    deep = "<w:sdt><w:sdtContent>" * 3000 + p("文") + "</w:sdtContent></w:sdt>" * 3000
    assert isinstance(refused(word_file(deep)), SourceError)
    inner = p("底")
    for _ in range(40):
        inner = table(row(cell(inner + p("x")), "y"))
    assert "底" in said(body(inner))


def test_an_empty_file_is_refused():
    assert refused(word_file(p(""))).code == "source.empty"


def test_every_prefix_of_a_file_is_read_or_refused():
    data = word_file(p("文") + table(row("甲", "乙")), styles=BASIC, numbering=BULLETS)
    for end in range(0, len(data), 97):
        with pytest.raises(SourceError):
            read(data[:end])


def test_parts_with_bytes_changed_are_read_or_refused():
    good = word_file(
        p("章", "1") + item("甲") + item("乙", 1) + p(field("REF x", r("y"))) + table(row("甲", "乙"))
        + p(r("文") + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        styles=BASIC, numbering=BULLETS,
        footnotes=f'<w:footnote w:id="2">{p("注")}</w:footnote>',
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    seeded = random.Random(20261126)
    documents = refusals = 0
    for _ in range(300):
        changed = dict(members)
        name = seeded.choice(sorted(changed))
        data = bytearray(changed[name])
        for _ in range(seeded.randint(1, 6)):
            at = seeded.randrange(len(data))
            cut = data[at : at + seeded.randint(1, 30)]
            how = seeded.randint(0, 2)
            if how == 0:
                data[at] = seeded.randrange(256)
            elif how == 1:
                del data[at : at + len(cut)]
            else:
                data[at:at] = cut
        changed[name] = bytes(data)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for member, content in changed.items():
                archive.writestr(member, content)
        try:
            document = read(made.getvalue())
        except SourceError:
            refusals += 1
            continue
        documents += bool(to_data(document))
    assert documents
    assert refusals
    assert documents + refusals == 300
