"""Documents built by hand for tests of the Word writer: one with every kind of node."""

import struct
import zlib
from dataclasses import replace
from pathlib import Path

from publisher.environment import DEFAULT_EPOCH, Environment, ResourceStore
from publisher.events import Collector
from publisher.layout.types import LaidOut, OutlineEntry, Pagination
from publisher.settings import Settings, ThemeSettings
from publisher.theme.resolve import resolve_theme
from publisher.tree import nodes as n
from publisher.tree.meta import Contributor, Document, Metadata, Resource, Series
from publisher.tree.nodes import Section, Text
from publisher.tree.walk import plain_text, query
from publisher.writers.base import WriteRequest
from tests.tools.built_in_fonts import built_in_set


def png(width=120, height=60, colour=(40, 110, 190)):
    """A picture of one colour."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = (b"\0" + bytes(colour) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def t(text):
    return (Text(text),)


def p(text, **more):
    return n.Paragraph(t(text), **more)


def section(level, title, *blocks, id="", **more):  # noqa: A002 - as the field is called
    return Section(level, t(title), tuple(blocks), attr=n.Attr(id=id), **more)


def cell(text, **more):
    return n.Cell((p(text),), **more)


def listed(style, *texts, ordered=True, **more):
    return n.ListBlock(
        tuple(n.ListItem((p(text),)) for text in texts), ordered=ordered, style=style, **more
    )


LONG = "春天来了，树上的叶子都绿了。他说：“今天天气很好，我们出去走走吧！”于是大家一起出门，沿着小河慢慢地走。"


def every_inline(resource):
    return n.Paragraph(
        (
            Text("普通文字，"),
            n.Emphasis(t("强调 with Latin，文字")),
            n.Strong((Text("重要"), n.Emphasis(t("又强调")))),
            n.EmphasisDots(t("着重号，点"), mark="dot"),
            n.EmphasisDots(t("圏点"), mark="sesame"),
            n.Mark("proper-name", t("曹雪芹")),
            n.Mark("book-title", t("红楼梦")),
            n.Mark("underline", t("下划线")),
            n.Mark("strike", t("删除")),
            n.Mark("highlight", t("高亮")),
            Text("H"),
            n.Mark("sub", t("2")),
            Text("O，x"),
            n.Mark("sup", t("2")),
            n.Mark("small", t("小字")),
            n.Ruby((n.RubyPair("漢", "かん"), n.RubyPair("字", "じ"))),
            n.Ruby((n.RubyPair("今日", "きょう"),), kind="group"),
            n.Warichu(t("割注两行小字")),
            n.Code('a < b && c\t"d"'),
            n.Math("E=mc^2"),
            n.Link(t("外部链接"), "https://example.org/路径?a=1&b=空 格", "说明"),
            n.Link(t("内部链接"), "#sec_two"),
            n.Link(t("坏链接"), "javascript:alert(1)"),
            n.CrossRef("sec_two", "title", t("第二章　表格与图")),
            n.CrossRef("sec_two", "page", t("3")),
            n.CrossRef("sec_two", "number", t("第二章")),
            n.NoteRef("note_a"),
            Text("行内图"),
            n.Image(resource, alt="小蓝块", width=12, height=6),
            n.LineBreak(),
            n.Span(t("日本語の文字と「骨直」"), n.Attr(id="sp_one", lang="ja")),
            n.Span(t("don’t stop"), n.Attr(lang="en")),
            Text("再次引用"),
            n.NoteRef("note_a"),
            Text("软\xad连字符与制表\t符"),
        )
    )


def every_block(resource):
    """Blocks of every kind, in three chapters."""
    one = section(
        1,
        "第一章　各种文字",
        every_inline(resource),
        p(LONG * 3),
        p("导语。", role="lead"),
        p("记者　某某", role="byline"),
        p("北京，十二月", role="dateline"),
        p("题记一句。", role="epigraph"),
        p(LONG),
        n.Quote((p(LONG), p("引文第二段。")), attribution=t("——《某书》")),
        p("接着上文。", role="continuation"),
        n.Verse(
            (
                n.Stanza((t("床前明月光，"), t("疑是地上霜。"))),
                n.Stanza((t("举头望明月，"), t("低头思故乡。"))),
            ),
            attribution=t("李白"),
        ),
        section(
            2,
            "第一节　列表",
            listed("bullet", "甲", "乙", ordered=False),
            listed("decimal", "一项", "二项", start=3),
            listed("cjk", "一项", "二项", delimiter="ideographic"),
            listed("cjk-paren", "一项", "二项"),
            listed("circled", "一项", "二项"),
            listed("alpha", "一项", "二项", delimiter="paren"),
            listed("roman", "一项", "二项", delimiter="parens"),
            listed("iroha", "い", "ろ"),
            listed("kana", "あ", "い"),
            listed("hangul", "하나", "둘"),
            n.ListBlock(
                (
                    n.ListItem((p("外层"), listed("alpha", "内层一", "内层二"), p("外层续段"))),
                    n.ListItem((listed("bullet", "列表在先", ordered=False),)),
                    n.ListItem((n.CodeBlock("code in item"),)),
                ),
                ordered=True,
                style="decimal",
                tight=False,
            ),
            n.ListBlock((n.ListItem((p("做完"),), True), n.ListItem((p("没做"),), False))),
            n.DefinitionList(
                (
                    n.DefinitionItem(
                        (t("词"), t("又词")), ((p("解释。"),), (p("又解释。"), p("再解释。")))
                    ),
                )
            ),
            id="sec_one_one",
        ),
        n.Footnote("note_a", (p("脚注一，含<b>与&号。"),)),
        id="sec_one",
    )
    table = n.Table(
        (n.Column("start"), n.Column("center"), n.Column("end")),
        head=(n.Row((cell("项目", header=True), cell("数量"), cell("金额"))),),
        body=(
            n.Row((cell("纸张", rowspan=2), cell("12"), cell("3.50"))),
            n.Row((cell("两列合并", colspan=2),)),
            n.Row((n.Cell((p("列表："), listed("decimal", "一", "二"))), cell("1"), n.Cell(()))),
        ),
        foot=(n.Row((cell("合计"), cell("13"), cell("3.50"))),),
        caption=(p("表1　价目"),),
        attr=n.Attr(id="tab_one"),
    )
    two = section(
        1,
        "第二章　表格与图",
        p("见下表。"),
        table,
        n.Table((), body=(n.Row((cell("紧接的表"), cell("二"))),)),
        p(LONG),
        n.Figure(
            (n.Paragraph((n.Image(resource, alt="蓝色方块"),)),),
            caption=(n.Paragraph((Text("图1　方块"), n.NoteRef("note_b"))),),
            attr=n.Attr(id="fig_one"),
        ),
        n.CodeBlock("def f(x):\n\treturn x  # 注释\n\n    indented < & >", "python"),
        n.MathBlock("a^2+b^2=c^2", "a²+b²=c²"),
        n.ThematicBreak(),
        p("场景之后。"),
        n.ThematicBreak("asterism"),
        p("星号之后。"),
        n.ThematicBreak("blank"),
        n.Box((p("盒中文字一。"), p("盒中文字二。")), title=t("提示")),
        n.Box(
            (p("盒中有表："), n.CodeBlock("x = 1"), listed("bullet", "甲", ordered=False)),
            "warning",
            t("警告"),
        ),
        n.Heading(3, t("小标题")),
        n.PageBreak(),
        n.Paragraph((Text("尾注"), n.NoteRef("note_c"), Text("与脚注"), n.NoteRef("note_d"))),
        n.Footnote("note_b", (p("图的注。"),)),
        n.Footnote("note_c", (p("尾注文字。"),), kind="end"),
        n.Footnote(
            "note_d", (n.Paragraph((Text("注中有注"), n.NoteRef("note_e"))), p("注的第二段。"))
        ),
        n.Footnote("note_e", (p("注的注。"),)),
        n.Footnote("note_f", (p("无人引用的注。"),)),
        id="sec_two",
    )
    three = section(
        1, "未列之章", p(LONG), p("落款", role="signature"), id="sec_three", listed=False
    )
    return one, two, three


def document(resources, language="zh-Hans"):
    """A document with every kind of node."""
    data = png()
    key = resources.add_bytes(data)
    meta = Metadata(
        title=t("样书：每一种东西"),
        subtitle=t("副标题 & 说明"),
        contributors=(Contributor("某某"), Contributor("译者", "translator")),
        language=language,
        identifier="urn:uuid:00000000-0000-4000-8000-000000000000",
        date="2025-12-22",
        publisher="某出版社",
        description="说明。",
        subjects=("测试", "排版"),
        series=Series("丛书", "3"),
    )
    return Document(
        meta,
        (p("卷首语，没有标题。"), *every_block(key)),
        (Resource(key, "image/png", len(data), "block.png", 120, 60),),
    )


def laid_out(doc, sheet, front=2):
    """A layout by hand: a page for each section, in order."""
    outline, page_of = [], {}

    def walk(blocks, level):
        for block in blocks:
            if isinstance(block, Section):
                page_of[block.attr.id] = front + len(outline)
                outline.append(
                    OutlineEntry(
                        block.attr.id, plain_text(block.title), level, block.listed, block.kind
                    )
                )
                walk(block.blocks, level + 1)

    walk(doc.body, 1)
    count = len(outline)
    labels = ["i", "ii", "iii", "iv"][:front] + [str(at + 1) for at in range(count)]
    pages = [None] * len(labels)
    return LaidOut(
        pages,
        Pagination(labels, page_of),
        outline,
        [],
        [],
        sheet.page.width,
        sheet.page.height,
        front,
    )


def request(doc, resources, target=Path("unused.docx"), *, theme="book", settings=None, **changes):
    """What the writer is given; `changes` replace fields of the sheet."""
    sheet = replace(
        resolve_theme(ThemeSettings(name=theme), doc.meta.language, base=None), **changes
    )
    return WriteRequest(
        document=doc,
        sheet=sheet,
        settings=settings or Settings(),
        faces=built_in_set(),
        resources=resources,
        laid_out=laid_out(doc, sheet),
        environment=Environment(epoch=DEFAULT_EPOCH + 86_400),
        target=target,
        report=Collector(),
    )


def write(target, doc=None, **more):
    """Writes a document, by default the one with everything; gives back the request."""
    from publisher.writers.docx.writer import DocxWriter

    resources = more.pop("resources", None) or ResourceStore()
    doc = doc or document(resources)
    made = request(doc, resources, target, **more)
    DocxWriter().write(made)
    return made


__all__ = [
    "document",
    "every_block",
    "laid_out",
    "listed",
    "p",
    "png",
    "query",
    "request",
    "section",
    "t",
    "write",
]
