"""A small document with everything that a proof looks at, and ways to spoil it.

Each spoiling changes the tree in one thing. A file written from the spoilt tree must be found
wrong when it is proved against the good one.
"""

from __future__ import annotations

import io
from functools import cache

from publisher.environment import ResourceStore
from publisher.events import ignore
from publisher.settings import Settings
from publisher.stages import transform
from publisher.tree.meta import Contributor, Document, Metadata, Resource
from publisher.tree.nodes import (
    Attr,
    Cell,
    Code,
    CodeBlock,
    Column,
    DefinitionItem,
    DefinitionList,
    EmphasisDots,
    Figure,
    Footnote,
    Image,
    Link,
    ListBlock,
    ListItem,
    NoteRef,
    Paragraph,
    Quote,
    Row,
    Ruby,
    RubyPair,
    Section,
    Span,
    Stanza,
    Table,
    Text,
    Verse,
    Warichu,
)
from publisher.tree.shape import replaced
from publisher.tree.walk import map_blocks, map_inlines
from tests.tools.four_languages import inl, par


@cache
def bitmap(colour):
    """A PNG with a disc on a ground of one colour."""
    from PIL import Image as Pixels
    from PIL import ImageDraw

    image = Pixels.new("RGB", (60, 40), colour)
    ImageDraw.Draw(image).ellipse([5, 5, 30, 30], fill=(250, 250, 250))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _table():
    head = (Row((Cell((par("年份"),)), Cell((par("册数"),)))),)
    body = tuple(
        Row((Cell((par(year),)), Cell((par(count),))))
        for year, count in (("一九三〇", "三千"), ("一九三一", "五千"), ("一九三二", "七千"))
    )
    return Table((Column(), Column()), head, body, (), (par("表一　销量"),), attr=Attr(id="t1"))


@cache
def good():
    """The document after all transforms, and the store of its pictures."""
    store = ResourceStore()
    blue, red = (store.add_bytes(bitmap(c)) for c in ((20, 90, 200), (200, 30, 30)))
    items = tuple(ListItem((par(text),)) for text in ("铅字盘", "手摇机", "裁纸刀"))
    first = Section(
        1,
        inl("第一章　山城"),
        (
            par("这座城的报馆开在半山腰上，三十年没有搬过地方。"),
            par("排字房里有四个人，方师傅年纪最大。"),
            par(
                "他说",
                Link(inl("报馆旧址"), "https://example.org/old"),
                "还在，见",
                Link(inl("第二章的开头"), "#ch2"),
                "，门牌没有换。",
            ),
            par(
                "校样上",
                Ruby((RubyPair("铅", "qiān"), RubyPair("字", "zì"))),
                "两个字",
                EmphasisDots(inl("千万不能错")),
                "，夹注",
                Warichu(inl("据馆史")),
                "也要核对",
                NoteRef("n1"),
                "，用",
                Code("make proof"),
                "印一份。",
            ),
            par("生僻字有𠮷野家的𠮷和葛\U000e0100城的葛\U000e0100，都刻了新模。"),
            par("招牌上写着", Span(inl("東京の活字"), Attr(lang="ja")), "几个字。"),
            Section(
                2,
                inl("机器"),
                (
                    par("机器是从上海运来的，走了四十天", NoteRef("n2"), "，路上还坏过一回。"),
                    ListBlock(items, ordered=True),
                    _table(),
                ),
                attr=Attr(id="machines"),
            ),
            Footnote("n1", (par("馆史第三卷，手抄本。"),)),
            Footnote("n2", (par("运单现存市档案馆。"),)),
        ),
        "chapter",
        attr=Attr(id="ch1"),
    )
    second = Section(
        1,
        inl("第二章　渡口"),
        (
            par("渡口的人都认得报童，他每天五点钟过河。"),
            Figure(
                (par(Image(blue, "渡口的旧照片", width=90.0)),),
                (par("图一　渡口"),),
                attr=Attr(id="f1"),
            ),
            Quote((par("水涨船高，报纸不停。"),), inl("——馆训")),
            Verse((Stanza((inl("床前明月光，"), inl("疑是地上霜。"))),), inl("李白")),
            DefinitionList((DefinitionItem((inl("清样"),), ((par("最后一次校样。"),),)),)),
            CodeBlock("press --sheets 500\nfold --twice"),
            par("这一段说的是（全角标点），还有１２３。"),
            Section(2, inl("船票"), (par("一张船票两个铜板，小孩不要钱。"),), attr=Attr(id="fare")),
            par_end(),
        ),
        "chapter",
        attr=Attr(id="ch2"),
    )
    meta = Metadata(
        title=inl("山城报馆"),
        contributors=(Contributor("周立"), Contributor("吴文", "translator")),
        language="zh-Hans",
        date="2025-03-01",
        description="一家报馆的三十年。",
        subjects=("报业", "地方史"),
    )
    facts = (
        Resource(blue, "image/png", len(bitmap((20, 90, 200))), "a.png", 60, 40),
        Resource(red, "image/png", len(bitmap((200, 30, 30))), "b.png", 60, 40),
    )
    document = Document(meta, (first, second), facts)
    return transform(document, Settings(), ignore), store


def par_end():
    """The last paragraph stands in a section of its own, so that sections stay in order."""
    return Section(2, inl("尾声"), (par("报馆后来搬到了江对岸。"),), attr=Attr(id="end"))


# ------------------------------------------------------------------------------- spoiling


def text(old, new):
    """Changes a text, wherever it stands."""

    def change(node):
        if isinstance(node, Text) and old in node.text:
            new_text = node.text.replace(old, new)
            return Text(new_text) if new_text else ()
        return node

    return lambda document: map_inlines(document, change)


def inline(kind, change):
    """Changes each inline of one type."""
    return lambda document: map_inlines(
        document, lambda node: change(node) if isinstance(node, kind) else node
    )


def block(kind, change):
    """Changes each block of one type."""
    return lambda document: map_blocks(
        document, lambda node: change(node) if isinstance(node, kind) else node
    )


def _begins(node, words):
    return isinstance(node, Paragraph) and node.content and words in str(node.content[0])


def paragraph(words, change):
    """Changes the paragraphs that begin with a text that has these words."""
    return lambda document: map_blocks(
        document, lambda node: change(node) if _begins(node, words) else node
    )


def meta(**values):
    """Changes the metadata."""
    return lambda document: replaced(document, meta=replaced(document.meta, **values))


def _swapped(document):
    """The first two paragraphs of the first chapter, changed round."""
    first = document.body[0]
    one, other, *rest = first.blocks
    return replaced(document, body=(replaced(first, blocks=(other, one, *rest)), document.body[1]))


def _chapters_swapped(document):
    return replaced(document, body=(document.body[1], document.body[0]))


def _rows(change):
    return block(Table, lambda table: replaced(table, body=change(table.body)))


def _cells_swapped(rows):
    first, second, *rest = rows
    a, b = first.cells[1], second.cells[1]
    return (
        replaced(first, cells=(first.cells[0], b)),
        replaced(second, cells=(second.cells[0], a)),
        *rest,
    )


def _note_moved(document):
    """The call of the second note stands at the end of the sentence before."""
    moved = paragraph(
        "机器是从上海运来的",
        lambda p: replaced(p, content=(p.content[0], *(c for c in p.content[2:]), p.content[1])),
    )
    return moved(document)


def _notes_swapped(document):
    names = {"n1": "n2", "n2": "n1"}
    return map_inlines(
        document,
        lambda node: NoteRef(names[node.note]) if isinstance(node, NoteRef) else node,
    )


def _second_picture(document):
    red = document.resources[1].id
    return inline(Image, lambda node: replaced(node, resource=red))(document)


def _deeper(document):
    """The section on fares stands inside a new one, so one level deeper."""
    second = document.body[1]
    fare = next(b for b in second.blocks if isinstance(b, Section) and b.attr.id == "fare")
    end = next(b for b in second.blocks if isinstance(b, Section) and b.attr.id == "end")
    nested = replaced(fare, blocks=(*fare.blocks, replaced(end, level=3)))
    blocks = tuple(nested if b is fare else b for b in second.blocks if b is not end)
    return replaced(document, body=(document.body[0], replaced(second, blocks=blocks)))


def _section(name, **values):
    return block(Section, lambda s: replaced(s, **values) if s.attr.id == name else s)


EVERY = ("pdf", "epub", "docx")

# What is spoilt: how, and the codes of which one at least must be found; by format where they
# differ. A format that is not named cannot tell.
SPOILT = {
    "dropped paragraph": (paragraph("这座城", lambda _: ()), ("text.lost",)),
    "doubled paragraph": (paragraph("这座城", lambda p: (p, p)), ("text.twice", "text.extra")),
    "changed round": (_swapped, ("text.moved",)),
    "chapters changed round": (_chapters_swapped, ("text.moved", "text.lost")),
    "one character": (text("三十年", "四十年"), ("text.changed",)),
    "radical for ideograph": (text("方师傅", "⽅师傅"), ("char.radical",)),
    "compatibility ideograph": (text("半山腰", "半山\uf9bd"), ("text.changed",)),
    "lost beyond U+FFFF": (text("𠮷野家", "野家"), ("char.beyond-bmp",)),
    "lost variation selector": (text("\U000e0100", ""), ("char.selector",)),
    "half-width mark": (text("（全角标点）", "(全角标点)"), ("char.width",)),
    "half-width digits": (text("１２３", "123"), ("char.width",)),
    "cut end": (text("，门牌没有换。", "，门牌没"), ("text.lost",)),
    "paragraphs joined": (
        paragraph(
            "这座城", lambda p: replaced(p, content=(*p.content, Text("排字房里有四个人，")))
        ),
        ("text.moved", "text.extra", "passage.joined", "text.twice"),
    ),
    "paragraph split": (
        paragraph("排字房", lambda _: (par("排字房里有四个人，"), par("方师傅年纪最大。"))),
        ("passage.split",),
    ),
    "lost blank": (text("第一章　山城", "第一章山城"), ("text.blank",)),
    "lost reading": (inline(Ruby, lambda _: Text("铅字")), ("ruby.lost",)),
    "wrong reading": (
        inline(Ruby, lambda r: replaced(r, pairs=(RubyPair("铅", "yán"), r.pairs[1]))),
        ("ruby.changed",),
    ),
    "lost dots": (
        inline(EmphasisDots, lambda e: e.content),
        {"epub": ("dots.lost",), "docx": ("stress.lost",), "pdf": ("dots.lost",)},
    ),
    "lost two-line note": (inline(Warichu, lambda w: w.content), ("warichu.lost",)),
    "lost code": (inline(Code, lambda c: Text(c.text)), ("code.lost",)),
    "lost link": (
        inline(Link, lambda n: n if n.target.startswith("#") else n.content),
        ("link.lost",),
    ),
    "link to another address": (
        inline(
            Link,
            lambda n: n if n.target.startswith("#") else replaced(n, target="https://example.com/"),
        ),
        ("link.changed",),
    ),
    "link to another place": (
        inline(Link, lambda n: replaced(n, target="#fare") if n.target.startswith("#") else n),
        ("link.changed",),
    ),
    "lost inner link": (
        inline(Link, lambda n: n.content if n.target.startswith("#") else n),
        ("link.lost",),
    ),
    "lost note": (
        lambda document: block(Footnote, lambda n: () if n.id == "n1" else n)(
            inline(NoteRef, lambda n: () if n.note == "n1" else n)(document)
        ),
        ("note.lost",),
    ),
    "note moved": (_note_moved, ("note.moved",)),
    "notes changed round": (_notes_swapped, ("note.changed", "text.moved")),
    "words of a note": (text("手抄本", "刻本"), ("text.changed",)),
    "wrong language": (
        inline(Span, lambda s: replaced(s, attr=replaced(s.attr, lang="ko"))),
        ("lang.changed",),
    ),
    "lost language": (
        inline(Span, lambda s: replaced(s, attr=replaced(s.attr, lang=""))),
        ("lang.lost",),
    ),
    "lost description": (
        inline(Image, lambda i: replaced(i, alt="")),
        ("alt.lost", "alt.changed", "alt.missing"),
    ),
    "another description": (inline(Image, lambda i: replaced(i, alt="别的")), ("alt.changed",)),
    "another picture": (_second_picture, ("picture.changed",)),
    "lost picture": (block(Figure, lambda f: f.caption), ("picture.lost",)),
    "lost caption": (block(Figure, lambda f: replaced(f, caption=())), ("text.lost",)),
    "lost caption of a table": (block(Table, lambda t: replaced(t, caption=())), ("text.lost",)),
    "lost row": (_rows(lambda rows: rows[:-1]), ("table.shape", "text.lost")),
    "cells changed round": (_rows(_cells_swapped), ("table.cell", "text.moved", "text.changed")),
    "lost column": (
        block(
            Table,
            lambda t: replaced(
                t,
                columns=t.columns[:1],
                head=tuple(replaced(r, cells=r.cells[:1]) for r in t.head),
                body=tuple(replaced(r, cells=r.cells[:1]) for r in t.body),
            ),
        ),
        ("table.shape",),
    ),
    "table as paragraphs": (
        block(Table, lambda t: tuple(b for row in t.body for c in row.cells for b in c.blocks)),
        ("table.count",),
    ),
    "lost item": (
        block(ListBlock, lambda n: replaced(n, items=n.items[:-1])),
        ("text.lost",),
    ),
    "list as paragraphs": (
        block(ListBlock, lambda n: tuple(b for item in n.items for b in item.blocks)),
        ("item.lost",),
    ),
    "lost line of verse": (
        block(Verse, lambda v: replaced(v, stanzas=(Stanza(v.stanzas[0].lines[:1]),))),
        ("text.lost",),
    ),
    "lost definition": (
        block(DefinitionList, lambda d: par("清样")),
        ("text.lost",),
    ),
    "lost line of code": (
        block(CodeBlock, lambda c: replaced(c, text=c.text.split("\n")[0])),
        ("text.lost",),
    ),
    "heading as text": (
        lambda document: replaced(
            document,
            body=(
                replaced(
                    document.body[0],
                    blocks=(
                        *(b for b in document.body[0].blocks if not isinstance(b, Section)),
                        par("机器"),
                        *next(b for b in document.body[0].blocks if isinstance(b, Section)).blocks,
                    ),
                ),
                document.body[1],
            ),
        ),
        ("heading.lost",),
    ),
    "text as heading": (
        paragraph("渡口的人都认得", lambda p: Section(2, p.content, (), attr=Attr(id="odd"))),
        ("heading.extra",),
    ),
    "another level": (_deeper, ("heading.level",)),
    "another title": (
        _section("ch2", title=inl("第二章　码头")),
        ("text.changed", "text.lost"),
    ),
    "title of the work": (meta(title=inl("水城报馆")), ("meta.changed",)),
    "lost author": (
        meta(contributors=()),
        ("meta.lost", "meta.changed"),
    ),
    "another language of the work": (meta(language="zh-Hant"), ("meta.changed",)),
    "lost subjects": (meta(subjects=()), ("meta.lost",)),
    "lost description of the work": (meta(description=""), ("meta.lost",)),
}
