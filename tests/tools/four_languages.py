"""One document a language with every node type, role and style, and text that is hard to set.

The structure is the same for all; the words are the language's own. Pictures are drawn here.
"""

from __future__ import annotations

import io
from functools import cache
from typing import NamedTuple

from publisher.environment import ResourceStore
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

LANGUAGES = ("zh-Hans", "zh-Hant", "ja", "ko")


class Words(NamedTuple):
    """Words of one language: `prose` has punctuation of every class, brackets, digits, Latin."""

    title: str
    chapter: str
    prose: str
    short: str
    name: str
    term: str
    ruby: tuple[tuple[str, str], ...]
    group: tuple[str, str]
    role: str
    verse: tuple[str, ...]


WORDS = {
    "zh-Hans": Words(
        "出版全书",
        "第一章　字与页",
        "他说：“排版——尤其是中文排版——并不容易……”（见第12页、表3）。编辑部在2025年12月22日"
        "收到English来稿1,234份，其中50%以上用Unicode写成；《静夜思》“床前明月光”一句，人人会背！"
        "真的吗？真的。",
        "骨直置",
        "李白",
        "铅字",
        (("汉", "hàn"), ("字", "zì")),
        ("北京", "Běijīng"),
        "pinyin",
        ("床前明月光，", "疑是地上霜。", "举头望明月，", "低头思故乡。"),
    ),
    "zh-Hant": Words(
        "出版全書",
        "第一章　字與頁",
        "他說：「排版——尤其是中文排版——並不容易……」（見第12頁、表3）。編輯部在2025年12月22日"
        "收到English來稿1,234份，其中50%以上用Unicode寫成；《靜夜思》「床前明月光」一句，人人會背！"
        "真的嗎？真的。",
        "骨直置",
        "李白",
        "鉛字",
        (("漢", "ㄏㄢˋ"), ("字", "ㄗˋ")),
        ("臺北", "ㄊㄞˊㄅㄟˇ"),
        "zhuyin",
        ("床前明月光，", "疑是地上霜。", "舉頭望明月，", "低頭思故鄉。"),
    ),
    "ja": Words(
        "出版の全て",
        "第一章　文字と頁",
        "彼は言った。「組版――ことに日本語の組版――は易しくない……」（12頁・表3を参照）。編集部は"
        "2025年12月22日にEnglishの原稿を1,234通受け取り、50%以上がUnicodeで書かれていた。『雪国』の"
        "「トンネルを抜けると」は、ちょっと誰でも知っている！ほんとうか？　ほんとうだ。",
        "骨直置",
        "川端",
        "活字",
        (("漢", "かん"), ("字", "じ")),
        ("今日", "きょう"),
        "furigana",
        ("古池や", "蛙飛びこむ", "水の音"),
    ),
    "ko": Words(
        "출판의 모든 것",
        "제1장 글자와 쪽",
        "그는 말했다. “조판은—특히 한국어 조판은—쉽지 않다…….”(12쪽, 표 3 참조) 편집부는 "
        "2025년 12월 22일에 English 원고 1,234편을 받았고, 그중 50% 이상이 Unicode로 쓰였다. 《진달래꽃》의 "
        "‘나 보기가 역겨워’라는 구절은 누구나 안다! 정말인가? 정말이다.",
        "骨直置",
        "김소월",
        "활자",
        (("漢", "한"), ("字", "자")),
        ("漢字", "한자"),
        "gloss",
        ("나 보기가 역겨워", "가실 때에는", "말없이 고이 보내 드리오리다"),
    ),
}

# What is lost first on the way through fonts and formats. Each is one paragraph of its own.
HARD = {
    "extension B": "𠮷野家と𡈽、𠀋𪚲𤭢。",
    "variation selectors": "葛\U000e0100飾・葛\U000e0101城、侮\ufe00辻\U000e0100。",
    "compatibility ideographs": "豈\uf900更\uf901車\uf902﨎\ufa0e塚\ufa10丽\U0002f800",
    "ligatures": "——……office, fi, ffi, ffl, fjord, 1/2，——。",
    "combining marks": "é ế ạ̈ ờ Việt Nam, tiếng Nguyễn; m̄ が ぱ ゔ; ō ū.",
    "emoji": "晴れ☀️と🍣、👨‍👩‍👧‍👦家族、🇯🇵旗。",
    "enclosed": "①②⑳㉑㊿㈠㊗㍿㎏Ⅳⅸ№℡",
    "full width": "ＡＢＣ　１２３　ｘｙｚ！？ﾊﾝｶｸ",
    "right to left": "ヘブライ語の\u200fעברית\u200fと العربية 書く。",
    "Western": "naïve “quotes” don’t—she said—cost €5 ½ × 3 ≥ 2 – 1 ± 0.5°C",
    "spaces": "a\u00a0b　c\u2009d\u200be\u2060f g",
    "jamo": "옛말 ᄒᆞᆫ글 아래아",
    "address": "https://www.example.org/a/very/long/path/that/goes/on/and/on/index.html?query=value"
    "&another=thing#fragment-of-the-page",
}

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
PARAGRAPH_ROLES = (
    "lead",
    "byline",
    "dateline",
    "signature",
    "epigraph",
    "credit",
    "continuation",
)
BOXES = ("note", "tip", "warning", "letter", "sidebar", "dialogue", "acme:thing")
CODE = (
    "def set(text):\n\tif not text:\n\t\treturn None  # 註釋、コメント、주석\n\n"
    "    line = [" + ", ".join(f"word_{n}" for n in range(40)) + "]\n"
    "    return f'{text!r} -> {line}'\n"
)


def inl(text):
    return (Text(text),)


def par(*content, **more):
    return Paragraph(tuple(Text(c) if isinstance(c, str) else c for c in content), **more)


def long(words, times=3):
    return words.prose * times if words.prose[-1] == "。" else " ".join([words.prose] * times)


@cache
def pictures():
    """A drawing, a photograph-like JPEG and a transparent PNG: (bytes, media type, size)."""
    from PIL import Image as Pixels
    from PIL import ImageDraw

    found = []
    for kind, mode, size, media in (
        ("PNG", "RGB", (320, 200), "image/png"),
        ("JPEG", "RGB", (400, 640), "image/jpeg"),
        ("PNG", "RGBA", (24, 24), "image/png"),
    ):
        image = Pixels.new(mode, size, (30, 120, 200, 128)[: len(mode)])
        ImageDraw.Draw(image).ellipse([2, 2, size[0] // 2, size[1] // 2], fill=(220, 60, 40))
        out = io.BytesIO()
        image.save(out, kind)
        found.append((out.getvalue(), media, size))
    return tuple(found)


def inlines(words, picture):
    """One paragraph with every inline type, kind and nesting."""
    pairs = tuple(RubyPair(base, text) for base, text in words.ruby)
    return (
        Text(words.prose),
        Emphasis((Text(words.short), Text(" English words "), Strong(inl(words.name)))),
        Text("，"),
        Strong(inl(f"“{words.term}”")),
        EmphasisDots(inl(words.short)),
        EmphasisDots(inl(words.short), "open-dot"),
        EmphasisDots(inl(words.short), "sesame"),
        EmphasisDots(inl(words.short), "circle"),
        Mark("proper-name", inl(words.name)),
        Mark("book-title", inl(words.title)),
        Mark("underline", inl(words.short)),
        Mark("strike", inl(words.short)),
        Mark("highlight", inl(words.short)),
        Text("H"),
        Mark("sub", inl("2")),
        Text("O, x"),
        Mark("sup", inl("2")),
        Mark("small", inl(words.short)),
        Ruby(pairs),
        Text(words.short),
        Ruby((RubyPair(*words.group),), kind="group", role=words.role),
        Ruby(pairs, kind="jukugo", role=words.role, origin="generated"),
        Warichu(inl(words.term + words.short)),
        Code("a  <b> & fi c"),
        Math("E=mc^2", "E = mc²"),
        Math("\\alpha"),
        Link(inl(f"{words.term} link"), "https://例え.jp/路 径?q=字#片", words.title),
        Link((Emphasis(inl(words.short)),), "#hard"),
        CrossRef("hard"),
        CrossRef("lists", "number"),
        Text(words.short),
        CrossRef("tables", "page", inl("?")),
        Text(words.short),
        Image(picture, words.term),
        LineBreak(),
        Span(inl("日本語の直す骨"), Attr(id="span1", lang="ja")),
        Span(inl("简体直骨"), Attr(lang="zh-Hans")),
        Span(inl("English quotes “fi”"), Attr(lang="en")),
        Span(inl(words.short), Attr(classes=("acme:role",))),
        Text("。"),
    )


def lists(words):
    for style, delimiter in LISTS:
        inner = ListBlock((ListItem((par(words.short),)), ListItem((par(words.name),))))
        items = tuple(
            ListItem((par(f"{words.term} {n}"), inner) if n == 1 else (par(long(words, 1)),))
            for n in range(3)
        )
        yield ListBlock(items, True, 1 if style != "decimal" else 8, style, delimiter)
    deep = ListBlock((ListItem((par(words.short),)),))
    for level in range(5):
        deep = ListBlock((ListItem((par(f"{words.term} {level}"), deep)),), tight=bool(level % 2))
    yield deep
    done = ListItem((par(words.term),), checked=True)
    open_ = ListItem((par(words.term), par(long(words, 1), NoteRef("n_list"))), checked=False)
    yield ListBlock((done, open_), tight=False)
    yield ListBlock((ListItem((CodeBlock("in = list"),)), ListItem((small_table(words),))))


def small_table(words):
    row = Row((Cell((par(words.term),)), Cell((par(words.short),))))
    return Table((Column("start"), Column("end")), (), (row, row))


def spanned_table(words, ident=""):
    """Rows and columns that span others, taller than a page."""
    head = (
        Row((Cell((par(words.term),), rowspan=2), Cell((par("A"),), colspan=2))),
        Row((Cell((par("B"),)), Cell((par("C"),)))),
    )
    body = []
    for n in range(6):
        tall = Cell((par(f"{words.name} {n}"),), header=True, rowspan=3)
        body += [
            Row((tall, Cell((par(long(words, 2)),), colspan=2))),
            Row((Cell((par(long(words, 1), NoteRef("n_cell")),)), Cell(()))),
            Row((Cell((par(words.short), par(words.term))), Cell((par(words.name),), rowspan=1))),
        ]
    foot = (Row((Cell((par(words.short),), header=True), Cell((par("3"),), colspan=2))),)
    columns = (Column("start", 0.3), Column("end", 0.4), Column("center", 0.3))
    caption = (par(f"{words.term} 1"),)
    return Table(columns, head, tuple(body), foot, caption, attr=Attr(id=ident))


def long_table(words):
    head = (Row(tuple(Cell((par(f"{words.short}{c}"),), header=True) for c in "甲乙丙")),)
    body = tuple(
        Row(tuple(Cell((par(f"{words.term} {n}-{column}"),)) for column in range(3)))
        for n in range(60)
    )
    return Table((Column(), Column(), Column()), head, body, attr=Attr(id="t_long"))


def hard(words):
    yield from (par(text) for text in HARD.values())
    for text in HARD.values():
        yield par(f"{words.short}{text}" * 3)


def tables_and_figures(words, resources):
    drawing, photo, _ = resources
    yield spanned_table(words, "t_spans")
    yield long_table(words)
    yield Figure(
        (par(Image(drawing, words.term, title=words.name, width=160.0)),),
        (par(words.title, NoteRef("n_caption")),),
        attr=Attr(id="f_1"),
    )
    yield Figure((par(Image(photo, words.name)),), (par(words.term), par(words.short)), "here")
    yield Figure((par(Image(drawing, words.term)), par(Image(photo, words.term))), (), "float")
    yield Figure((CodeBlock("print('fi')", "python"),), (par(words.term),))
    yield Figure((small_table(words),), (par(words.term),))
    yield par(Image(photo, words.short))


def rest(words):
    """Quotes, verse, definitions, boxes, code, formulas and breaks."""
    two = (par(words.prose), par(long(words)))
    yield Quote(two, inl(f"——{words.name}"))
    yield Quote((Heading(4, inl(words.term)), Quote((par(words.prose),)), next(lists(words))))
    lines = tuple((Text(line),) for line in words.verse)
    yield Verse((Stanza(lines), Stanza((*lines, inl(words.prose)))), inl(words.name))
    yield Verse((Stanza(lines),))
    yield DefinitionList(
        (
            DefinitionItem((inl(words.term), inl(words.name)), ((par(words.prose),),)),
            DefinitionItem(((Strong(inl(words.short)),),), ((par(words.short),), two)),
        )
    )
    yield CodeBlock(CODE, "python")
    yield CodeBlock("x")
    yield MathBlock("\\frac{1}{2}", "½")
    yield MathBlock("x^2 + y^2")
    yield ThematicBreak()
    yield ThematicBreak("asterism")
    yield ThematicBreak("blank")
    yield Heading(3, inl(words.name))
    for align in ("start", "center", "end", "justify"):
        yield par(words.prose, align=align)
    yield PageBreak()
    for role in BOXES:
        blocks = (par(words.prose), Heading(2, inl(words.short)), par(words.term))
        yield Box(blocks, role, inl(words.title) if role != "tip" else ())
    yield Box((Box((par(words.term),)), spanned_table(words), CodeBlock("boxed")), "sidebar")
    yield PageBreak("recto")
    yield par(long(words, 6))


def notes(words):
    return (
        Footnote("n_many", (par(words.prose), par(words.term), next(lists(words)))),
        Footnote("n_twice", (par(words.short, Link(inl(words.term), "#hard")),)),
        Footnote("n_cell", (par(words.prose),)),
        Footnote("n_title", (par(words.term),)),
        Footnote("n_list", (par(words.term, NoteRef("n_inner")),)),
        Footnote("n_inner", (par(words.name),)),
        Footnote("n_caption", (par(words.short),)),
        Footnote("n_long", (par(long(words, 12)),)),
        Footnote("n_end", (par(words.prose),), "end"),
        Footnote("n_margin", (par(words.prose),), "margin"),
        Footnote("n_uncalled", (par(words.name),)),
    )


def sections(words, level=2):
    """A section in a section down to the sixth level."""
    inner = (sections(words, level + 1),) if level < 6 else ()
    title = f"{words.term} {level}"
    return Section(level, inl(title), (par(words.prose), *inner), number=(1,) * level)


def chapter(words, title, ident, *blocks, **more):
    return Section(1, inl(title) if title else (), blocks, "chapter", attr=Attr(id=ident), **more)


def everything(language):
    """The document and the store that holds its pictures."""
    words = WORDS[language]
    store = ResourceStore()
    resources = [store.add_bytes(data) for data, _, _ in pictures()]
    facts = tuple(
        Resource(key, media, len(data), f"picture-{n}", *size)
        for n, (key, (data, media, size)) in enumerate(zip(resources, pictures(), strict=True))
    )
    calls = par(
        words.prose,
        NoteRef("n_many"),
        words.short,
        NoteRef("n_twice"),
        words.short,
        NoteRef("n_twice"),
        words.prose,
        NoteRef("n_long"),
        NoteRef("n_end"),
        NoteRef("n_margin"),
        words.short,
    )
    roles = (par(long(words, 1), role=role) for role in PARAGRAPH_ROLES)
    title = (Text(words.chapter), NoteRef("n_title"))
    everything_else = Section(
        1,
        title,
        (
            *roles,
            Paragraph(inlines(words, resources[2]), attr=Attr(id="p_inlines")),
            calls,
            sections(words),
            Section(2, inl(f"{words.short} lists"), tuple(lists(words)), attr=Attr(id="lists")),
            Section(
                2,
                inl(f"{words.short} tables"),
                tuple(tables_and_figures(words, resources)),
                attr=Attr(id="tables"),
            ),
            Section(2, inl(words.title), tuple(rest(words)), attr=Attr(id="rest")),
            *notes(words),
        ),
        "chapter",
        (1,),
        attr=Attr(id="every"),
    )
    body = (
        par(words.prose),
        TableOfContents(3, inl(f"{words.term} {words.term}")),
        Section(1, inl(words.name), (par(words.prose),), "preface", listed=False),
        everything_else,
        Section(
            1,
            inl(f"{words.term} {words.name}"),
            (
                par(words.prose),
                chapter(words, f"{words.short} hard", "hard", *hard(words)),
                chapter(words, "", "untitled", par(words.prose)),
                chapter(words, f"{words.name} {words.name}", "bare"),
                chapter(
                    words,
                    long(words, 1),
                    "long_title",
                    Section(2, inl(words.short), (par(words.prose),), "extra"),
                ),
            ),
            "part",
            attr=Attr(id="part2"),
        ),
        Section(1, inl(words.verse[0]), (par(words.prose),), "afterword"),
        Section(1, inl(words.verse[-1]), (par(long(words, 9)),), "appendix"),
    )
    meta = Metadata(
        title=inl(words.title),
        subtitle=inl(words.verse[0]),
        contributors=(
            Contributor(words.name),
            Contributor("John Smith", "translator", sort_as="Smith, John", lang="en"),
            Contributor("報 & <紙>", "source"),
        ),
        language=language,
        date="2025-12-22",
        publisher=words.term,
        description=words.prose,
        subjects=(words.term, words.name),
        series=Series(words.title, "3"),
        rights="© 2025",
        source_url="https://example.org/a?b=c&d",
        cover=resources[1],
    )
    return Document(meta, body, facts), store
