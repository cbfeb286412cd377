"""A document with every node type, hard characters and wrong references; and a tiny picture."""

import struct
import zlib

from publisher.tree.meta import Contributor, Document, Metadata, Resource, Series
from publisher.tree.nodes import (
    Attr,
    Box,
    Cell,
    Code,
    CodeBlock,
    Column,
    CrossRef,
    DefinitionItem,
    DefinitionList,
    Emphasis,
    EmphasisDots,
    Figure,
    Footnote,
    Heading,
    Image,
    LineBreak,
    Link,
    ListBlock,
    ListItem,
    Mark,
    Math,
    MathBlock,
    NoteRef,
    PageBreak,
    Paragraph,
    Quote,
    Row,
    Ruby,
    RubyPair,
    Section,
    Span,
    Stanza,
    Strong,
    Table,
    TableOfContents,
    Text,
    ThematicBreak,
    Verse,
    Warichu,
)

# Extension B, a variation sequence, compatibility ideographs, a ligature, combining marks.
HARD = "𠀋𪚲 葛\U000e0100 豈\uf900 ﬁ ế m\u0304　全角空"
ROLES = ("note", "tip", "warning", "letter", "sidebar", "dialogue", "acme:thing")
LISTS = (
    ("decimal", "period"),
    ("decimal", "paren"),
    ("decimal", "parens"),
    ("cjk", "ideographic"),
    ("cjk-paren", "none"),
    ("circled", "none"),
    ("alpha", "period"),
    ("roman", "period"),
    ("iroha", "period"),
    ("kana", "none"),
    ("hangul", "period"),
)


def png(width=4, height=4):
    """A blue PNG."""

    def chunk(kind, data):
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    rows = (b"\0" + b"\x1e\x78\xc8" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def inl(text):
    return (Text(text),)


def par(*content, **more):
    return Paragraph(tuple(Text(c) if isinstance(c, str) else c for c in content), **more)


def every_inline(picture):
    return (
        Text("正文 & <b>，"),
        Emphasis(inl("强调 English words 字")),
        Strong(inl("加粗“引号”")),
        EmphasisDots(inl("着重號"), "sesame"),
        Mark("proper-name", inl("李白")),
        Mark("book-title", inl("静夜思")),
        Mark("underline", inl("下划")),
        Mark("strike", inl("删")),
        Mark("highlight", inl("亮")),
        Text("H"),
        Mark("sub", inl("2")),
        Text("O x"),
        Mark("sup", inl("2")),
        Mark("small", inl("小")),
        Ruby((RubyPair("漢", "かん"), RubyPair("字", "じ"))),
        Ruby((RubyPair("中", "ㄓㄨㄥ"),), role="zhuyin"),
        Ruby((RubyPair("北京", "Běijīng"),), kind="group", role="pinyin"),
        Warichu(inl("割注")),
        Code("a  <b> & c"),
        Math("E=mc^2", "E 等于 m c 平方"),
        Link(inl("外部 链接"), "https://例え.jp/路 径?q=字#片"),
        Link(inl("内链"), "#sec2"),
        Link(inl("无处"), "#nowhere"),
        CrossRef("sec2", fallback=inl("第二节")),
        CrossRef("gone", fallback=inl("见他处")),
        NoteRef("n1"),
        Text("再次"),
        NoteRef("n1"),
        NoteRef("n2"),
        Image(picture, "行内图"),
        LineBreak(),
        Span(inl("日本語の直す"), Attr(id="sp", lang="ja")),
        Span(inl("English"), Attr(lang="en")),
        Span(inl("עברית"), Attr(lang="he")),
        Span(inl("v"), Attr(classes=("acme:role",))),
        Text(HARD),
    )


def every_table():
    head = (
        Row((Cell((par("项目"),), rowspan=2), Cell((par("数"),), colspan=2))),
        Row((Cell((par("甲"),)), Cell((par("乙"),)))),
    )
    body = (
        Row((Cell((par("一"),), header=True), Cell((par("1"),)), Cell((par("2"), par("段"))))),
        Row((Cell((par("二"),), header=True, rowspan=5), Cell(()), Cell((par("x"),)))),
    )
    foot = (Row((Cell((par("合计"),), header=True), Cell((par("3"),), colspan=2))),)
    columns = (Column("start", 0.5), Column("end", 0.25), Column("", 0.25))
    caption = (par("表一　数据"),)
    return Table(columns, head, body, foot, caption, attr=Attr(id="tab1"))


def every_block(picture):
    lists = [
        ListBlock(
            (
                ListItem((par("甲"),)),
                ListItem((par("乙"), ListBlock((ListItem((par("子"),)),)))),
            ),
            ordered=True,
            start=3,
            style=style,
            delimiter=delimiter,
        )
        for style, delimiter in LISTS
    ]
    tasks = (ListItem((par("做完"),), True), ListItem((par("没做"), par("第二段")), False))
    return (
        Quote((par("引文一段。"), par("引文二段。")), inl("——孔子")),
        Verse(
            (
                Stanza((inl("床前明月光，"), inl("疑是地上霜。"))),
                Stanza((inl("举头望明月，"), inl("低头思故乡。"))),
            ),
            inl("李白"),
        ),
        *lists,
        ListBlock(tasks, tight=False),
        DefinitionList(
            (DefinitionItem((inl("术语"),), ((par("定义。"),), (par("又义。"), par("二段")))),)
        ),
        every_table(),
        Figure(
            (par(Image(picture, "蓝色方块", title="方块", width=120.0)),),
            (par("图一　方块", NoteRef("n3")),),
            attr=Attr(id="fig1"),
        ),
        Figure((CodeBlock("print(1)", "python"),), (par("代码一"),)),
        CodeBlock("def f(x):\n    return x < 1 & 2\n\n# 注释", "python"),
        MathBlock("\\frac{1}{2}", "二分之一"),
        MathBlock("x^2"),
        ThematicBreak(),
        ThematicBreak("asterism"),
        ThematicBreak("blank"),
        PageBreak(),
        TableOfContents(2, inl("本书目录")),
        *[
            Box(
                (par("盒中文。"), Heading(2, inl("盒题"))),
                role,
                inl("标题") if role != "tip" else (),
            )
            for role in ROLES
        ],
    )


def every_node(picture, language="zh-Hans"):
    """The document; `picture` is the id of a PNG in the resource store."""
    roles = (
        par("导语", role="lead"),
        par("记者 王", role="byline"),
        par("北京 12 月", role="dateline"),
        Paragraph(every_inline(picture)),
        par("续段", role="continuation"),
        par("签名", role="signature"),
        par("题词", role="epigraph"),
        par("图 新华社", role="credit"),
        par("居中", align="center"),
        Heading(3, inl("小标题")),
    )
    notes = (
        Footnote("n1", (par("注一。"), par("第二段。"))),
        Footnote("n2", (ListBlock((ListItem((par("单"),)),)),)),
        Footnote("n3", (par("注三", Link(inl("链"), "#sec1")),), "end"),
        Footnote("n9", (par("无人引用"),)),
    )
    inner = Section(3, inl("小节"), (par("文"),), attr=Attr(id="s3"))
    first = Section(
        1,
        inl("第一章　出版"),
        (
            *roles,
            Section(2, inl("第一节"), (par("节文。"), inner), number=(1, 1), attr=Attr(id="sec1")),
            Section(2, inl("第二节"), every_block(picture), number=(1, 2), attr=Attr(id="sec2")),
            *notes,
        ),
        kind="chapter",
        number=(1,),
        attr=Attr(id="ch1"),
    )
    part = Section(
        1,
        inl("第二部"),
        (
            Section(1, inl("第二章"), (par("文。"),), kind="chapter", attr=Attr(id="ch2")),
            Section(1, (), (par("无题文。"),), kind="chapter", attr=Attr(id="ch3")),
            Section(
                1, inl("後書き"), (par("完。"),), kind="afterword", attr=Attr(id="ch4", lang="ja")
            ),
        ),
        kind="part",
        attr=Attr(id="pt"),
    )
    meta = Metadata(
        title=inl("出版全书"),
        subtitle=inl("副题"),
        contributors=(
            Contributor("王小明", sort_as="Wang, Xiaoming"),
            Contributor("John", "translator", lang="en"),
        ),
        language=language,
        date="2025-12-22",
        publisher="某社",
        description="说明",
        subjects=("文学", "出版"),
        series=Series("丛书", "3"),
        rights="版权",
        source_url="https://example.org/a",
        cover=picture,
    )
    resources = (Resource(picture, "image/png", 0, "a.png", 4, 4),)
    return Document(meta, (par("卷首语。"), first, part), resources)
