"""Documents that are legal and awkward: what authors rarely do, and typesetters rarely try."""

from publisher.environment import ResourceStore
from publisher.settings import Settings, ThemeSettings
from publisher.tree.meta import Document, Metadata, Resource
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
    NoteRef,
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
from tests.tools.every_node import png

PICTURE = ResourceStore().add_bytes(png())
WORDS = "山中何所有，岭上多白云。只可自怡悦，不堪持赠君。"
KANA = "春の夜の夢ばかりなる手枕に、かひなく立たむ名こそ惜しけれ。"
HANGUL = "나 보기가 역겨워 가실 때에는 말없이 고이 보내 드리오리다."


def inl(*content):
    return tuple(Text(c) if isinstance(c, str) else c for c in content)


def par(*content, **more):
    return Paragraph(inl(*content), **more)


def sec(level, title, *blocks, ident=""):
    title = title if isinstance(title, tuple) else inl(title)
    return Section(level, title, blocks, attr=Attr(id=ident))


def note(ident, *content):
    return Footnote(ident, (par(*content),))


def items(*groups, **more):
    return ListBlock(tuple(ListItem(group) for group in groups), **more)


def ruby(base, text, **more):
    return Ruby((RubyPair(base, text),), **more)


def cell(*blocks, **more):
    return Cell(tuple(par(b) if isinstance(b, str) else b for b in blocks), **more)


def table(*rows, columns=2, head=(), **more):
    def made(row):
        return Row(tuple(c if isinstance(c, Cell) else cell(c) for c in row))

    return Table((Column(),) * columns, tuple(map(made, head)), tuple(map(made, rows)), **more)


def prose(count=4, words=WORDS):
    return tuple(par(words * (1 + at % 5)) for at in range(count))


# --------------------------------------------------------------------------------- documents


def lists_in_cells():
    deep = (par("五层"),)
    for depth in range(5):
        deep = (par(f"第{depth}层，" + WORDS), items(deep, (par("旁支"),), ordered=depth % 2 == 0))
    rows = [
        (cell(*deep), cell(items((par("一"),), (par("二"),), ordered=True, style="cjk"), "尾")),
        (cell(items()), cell(items((), (par(),)))),
        (cell(DefinitionList((DefinitionItem((inl("词"),), ((par("义"),),)),))), cell(WORDS)),
    ]
    return [sec(1, "表中的列表", table(*rows, head=[("左", "右")]), *prose(2))]


def notes_everywhere():
    picture = Figure(
        (par(Image(PICTURE, "蓝色方块")),),
        caption=(par("图一", NoteRef("c"), "题注"),),
        placement="here",
    )
    grid = table(
        ("甲", cell(par("乙", NoteRef("t")))),
        head=[(cell(par("头", NoteRef("h"))), "列")],
        caption=(par("表一", NoteRef("d")),),
    )
    return [
        TableOfContents(2, inl("目录")),
        sec(1, inl("标题", NoteRef("a"), "有注"), par("正文", NoteRef("b"), "。"), picture, grid),
        sec(2, inl(NoteRef("e"), "注在前"), *prose(1)),
        Quote((par("引文", NoteRef("f")),), attribution=inl("出处", NoteRef("g"))),
        par("名", ruby("漢", "かん"), NoteRef("b"), NoteRef("i"), "，同处两注。"),
        *(note(ident, f"注文{ident}。" + WORDS) for ident in "abcdefghi" if ident != "e"),
        Footnote("e", (par("两段"), items((par("注中列表"),)), CodeBlock("code in note"))),
        Footnote("t", (par("表注"),)),
    ]


def ruby_everywhere():
    long = ruby("字", "とてもながいよみがな")
    return [
        sec(1, inl("題", ruby("名", "めい"), "と", Link((ruby("鎖", "くさり"),), "#b")), ident="a"),
        par(Link(inl("前", ruby("東京", "とうきょう", kind="group"), "後"), "https://a.example/")),
        par(Link((long, long), "#a"), Strong((long,)), EmphasisDots((ruby("傍", "ぼう"),))),
        par(Mark("proper-name", (ruby("李", "り"), ruby("白", "はく"))), Emphasis((long,))),
        par(ruby("", "空"), ruby("空", ""), ruby("A", "えー"), ruby("𠮷\U000e0100", "よし")),
        par(ruby("。", "まる"), ruby("「", "かぎ"), ruby("——", "だっしゅ", kind="group"), KANA),
        par(*(long for _ in range(30))),
        par(ruby("中", "ㄓㄨㄥ", role="zhuyin"), ruby("好", "ㄏㄠˇ˙ˋ", role="zhuyin")),
        par(Warichu((ruby("割", "わり"), Text("注の中のふりがな"), Link(inl("鎖"), "#a")))),
        table((cell(par(long)), cell(par(ruby("狭い", "せまいところのふりがな", kind="group"))))),
        sec(2, (ruby("見出", "みだし", kind="group"), Text("し")), *prose(1, KANA), ident="b"),
    ]


def spans_over_pages():
    rows = [(cell("组" + WORDS * 3, rowspan=40), cell("首行"), cell("子", rowspan=3))]
    rows += [
        (
            (cell(f"第{at}行" + WORDS * (at % 3)),)
            if at % 3
            else (cell(f"第{at}行"), cell("子", rowspan=3))
        )
        for at in range(1, 40)
    ]
    rows.append((cell("横跨三列" + WORDS, colspan=3),))
    rows += [(cell("尾"), cell("尾"), cell("尾", rowspan=9))]
    return [sec(1, "跨页的表", table(*rows, columns=3, head=[("组", "行", "子")]), *prose(2))]


def empty_things():
    return [
        TableOfContents(),
        sec(1, "空章"),
        sec(1, "空章二", sec(2, "空节", sec(3, "空小节")), sec(2, "又一空节")),
        sec(1, (), par("无题之章")),
        par(),
        Quote(()),
        Box((), title=inl("空框")),
        items((), ()),
        table(("", ""), ("", "")),
        table(columns=1),
        Figure(()),
        CodeBlock(""),
        CodeBlock("\n\n\n"),
        Verse((Stanza(()), Stanza(((), inl("句"))))),
        DefinitionList(()),
        ThematicBreak(),
        sec(1, "有文", *prose(1)),
        note("x"),
        par("注", NoteRef("x")),
    ]


def long_headings():
    long = "山中何所有岭上多白云只可自怡悦不堪持赠君" * 10
    return [
        TableOfContents(3, inl(long[:60])),
        sec(1, long, par(WORDS), ident="h1"),
        sec(2, long[:120] + "，" + long[:80], *prose(2)),
        sec(3, "A very long heading in English words only, " * 5, par(WORDS)),
        sec(3, "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 3, par(WORDS)),
        par(CrossRef("h1"), "，见", CrossRef("h1", "page"), "页。"),
        sec(1, long[:199] + "。", *prose(6)),
    ]


def scripts():
    arabic = "السلام عليكم ورحمة الله"
    thai = "ภาษาไทยเขียนติดกันโดยไม่เว้นวรรค"
    hindi = "हिन्दी में लिखा हुआ"
    hebrew = "שלום עולם"
    emoji = "👨\u200d👩\u200d👧\u200d👦🇨🇳👍🏽1️⃣❤️🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    lines = [
        (f"中文{arabic}中文", ""), (thai * 6, "th"), (f"{hindi}，漢字", "hi"), (hebrew * 9, "he"),
        (f"表情{emoji}文字", ""), ("Ελληνικά и русский текст", ""), (HANGUL + KANA + WORDS, ""),
        ("𓀀𓁐 𝔘𝔫𝔦 𠮷野家 㐂 ㍿ ㋿ ①⑳㊿ ⅣⅫ ½ ㎏ ℃", ""), ("ẹ̀ ọ́ ṣ ấ ữ ǘ", "vi"),
        ("།བོད་སྐད་ᠮᠣᠩᠭᠣᠯ", ""), ("\u180e\u200b\ufeff", ""),
    ]  # fmt: skip
    return [
        sec(1, f"混排 {arabic} {emoji}", *prose(1)),
        *(par(Span(inl(text), Attr(lang=lang)) if lang else text) for text, lang in lines),
        table(*((cell(text), cell(thai)) for text, _ in lines)),
        items(*((par(text),) for text, _ in lines), ordered=True),
    ]


def odd_characters():
    return [
        sec(1, "\u0301孤立的附标", par("\u0301"), par("\u3099か"), par("字\u0301\u0301\u0301\u0301")),
        par("\ufffc对象\ufffc替换\ufffd符"),
        par("\u3000\ufe00全角空\u3000\ufe0e字\ufe00\ufe01\U000e0100"),
        par("\ufe0f"), par("\u200d"), par("\u200b"), par("\u2060\ufeff"), par("\u00ad"),
        par("零宽\u200b\u200b\u200c\u200d\u2060尾"),
        par("a\u00adb\u00adc 软\u00ad连"),
        par("\u202e反向\u202c \u2066隔离\u2069 \u200f\u200e"),
        par("私\ue000用\U000f0000区 \U0010fffd 未定\u0378\U000e0fff"),
        par("　　　　　"), par("          "), par("\u00a0\u202f\u2003"), par("\t制\t表"),
        par("\u2028行\u2029段"),
        par("ﾊﾟﾋﾟｶﾞ ｡｢｣､･ ￠￡￢￣￤￥￦ ﾡￂ"),
        par("豈更車 ﬀ ﬁ ﷺ ㍻ ㌀ ㏿ 〱〲〳〴〵 〻 ゟ ヿ"),
        par("、。，．：；？！、。，．：；？！" * 5),
        par("（" * 60), par("）" * 60), par("…" * 61), par("—" * 61), par("「」" * 60),
        par("ー" * 80), par("々" * 80), par("っ" * 80),
        CodeBlock("\u0301\ufffc\u3000\ufe00\ttab\u00ad\u200b 中\u0301"),
    ]  # fmt: skip


def deep_quotes():
    block = (par("“‘“‘“‘最里‘”’”’”" + WORDS),)
    for depth in range(25):
        block = (par(f"第{depth}层"), Quote(block, attribution=inl(f"第{depth}人，第217页")))
    boxed = (par(WORDS),)
    for depth in range(12):
        boxed = (Box((*boxed, par("框")), title=inl(f"框{depth}")), CodeBlock(f"depth = {depth}"))
    nested = (par("底"),)
    for depth in range(20):
        nested = (par(f"第{depth}级"), items(nested, (par("兄弟"),), ordered=True, style="roman"))
    return [sec(1, "深引", *block), sec(1, "深框", *boxed), sec(1, "深列", *nested)]


def floats_in_columns():
    made = []
    for at in range(24):
        made += prose(2)
        if at % 3 == 0:
            made.append(
                Figure(
                    (
                        par(
                            Image(
                                PICTURE,
                                f"图{at}",
                                width=90.0 + 40 * (at % 4),
                                height=60.0 + 25 * at,
                            )
                        ),
                    ),
                    caption=(par(f"图{at}，", NoteRef(f"f{at}"), WORDS),),
                    placement=("", "float", "here")[at % 2],
                )
            )
            made.append(note(f"f{at}", f"图注{at}" + WORDS))
        if at % 4 == 1:
            made.append(table(("甲", WORDS), ("乙", WORDS), caption=(par(f"表{at}"),)))
        if at % 5 == 2:
            made += [par("正文", NoteRef(f"p{at}"), WORDS * 2), note(f"p{at}", WORDS * 3)]
        if at % 7 == 3:
            made.append(sec(2, f"第{at}节"))
    return [sec(1, "栏与浮体", *made)]


def wide_tables():
    many = table(
        *(tuple(f"{row}{column}" for column in range(200)) for row in range(3)),
        columns=200,
        head=[tuple(f"列{column}" for column in range(200))],
        caption=(par("二百列"),),
    )
    return [
        sec(1, "宽表", many, *prose(1)),
        table(("唯一",), columns=1),
        table((cell(WORDS * 60),), columns=1, caption=(par("一格数页"),)),
        table((cell(table((cell(table(("内",), columns=1)), "中")) ), "外")),
        table((cell(CodeBlock("x" * 300)), cell(*prose(2)))),
        table(*((cell("合", rowspan=9, colspan=9), cell("余")) for _ in range(2)), columns=3),
    ]  # fmt: skip


def long_code():
    return [
        sec(1, "长码", CodeBlock("x" * 10_000), CodeBlock("a, " * 3_400), CodeBlock("码" * 10_000)),
        CodeBlock("\n".join(f"line {n} := f(a_{n}, b[{n}])  # 注释{n}" for n in range(300)), "py"),
        par("行内", Code("y" * 2_000), "之后", Code("`"), Code("   "), Code("a/b_c.d-e" * 60)),
        par("见 https://example.org/" + "path/" * 400 + "end.html 。"),
        items((CodeBlock("in list\n\tindented"),), (Quote((CodeBlock("in quote " * 80),)),)),
    ]


def breaks_and_spans():
    anchors = [Span(inl(f"锚{n}"), Attr(id=f"p{n}")) for n in range(30)]
    return [
        sec(1, inl("行", LineBreak(), "断"), par(LineBreak(), LineBreak()), par("甲", LineBreak())),
        par(LineBreak(), "乙", LineBreak(), LineBreak(), "丙"),
        par(*anchors),
        par(*(Link(inl(f"回{n}"), f"#p{n}") for n in range(30)), Link((), "#p1"), Link(inl("空"), "")),
        par(Link(inl("有", Link(inl("内"), "#p2"), "链"), "#p3")),
        par(Strong(inl("粗", Emphasis(inl("斜", Strong(inl("粗斜") ))), Code("码"))), Mark("sup", inl("上", Mark("sup", inl("上上")), Mark("sub", inl("下"))))),
        par(*(Mark(kind, inl(WORDS)) for kind in ("underline", "strike", "highlight", "small"))),
        par(Span(inl(KANA), Attr(lang="ja")), Span(inl(HANGUL), Attr(lang="ko")), Span(inl("“台灣”：，。"), Attr(lang="zh-Hant"))),
        par(Warichu(inl("注" * 300)), Warichu(inl("（已括）")), Warichu(())),
        Verse((Stanza((inl("很长的诗行" * 30), inl(LineBreak(), "短"))),), attribution=inl("佚名")),
        Heading(3, inl("未列之题")), par(Image(PICTURE, "行内"), Image("nowhere.png", "没有的图")),
    ]  # fmt: skip


def everything_together():
    return [
        *notes_everywhere()[:-1],
        Footnote("t", (par("表注"),)),
        *ruby_everywhere()[1:10],
        *lists_in_cells(),
        *odd_characters()[1:6],
        *scripts()[:6],
    ]


TINY = {"size": ["50mm", "80mm"], "top": "6mm", "bottom": "14mm", "inner": "6mm", "outer": "32mm"}
# Name -> language, blocks, changes to the theme.
AWKWARD = {
    "lists in cells": ("zh-Hans", lists_in_cells, {}),
    "notes everywhere": ("zh-Hans", notes_everywhere, {}),
    "ruby everywhere": ("ja", ruby_everywhere, {}),
    "spans over pages": ("zh-Hant", spans_over_pages, {}),
    "empty things": ("zh-Hans", empty_things, {}),
    "long headings": ("zh-Hans", long_headings, {}),
    "scripts": ("zh-Hans", scripts, {}),
    "odd characters": ("ja", odd_characters, {}),
    "deep quotes": ("zh-Hans", deep_quotes, {}),
    "floats in columns": ("zh-Hans", floats_in_columns, {"page": {"columns": 2}}),
    "wide tables": ("zh-Hans", wide_tables, {}),
    "long code": ("zh-Hans", long_code, {}),
    "breaks and spans": ("ko", breaks_and_spans, {}),
    "narrow": ("zh-Hans", everything_together, {"page": TINY}),
    "vertical": ("ja", everything_together, {"writing-mode": "vertical"}),
    "vertical characters": ("zh-Hans", odd_characters, {"writing-mode": "vertical"}),
    "vertical scripts": ("ko", scripts, {"writing-mode": "vertical"}),
    "notes in columns": ("ko", notes_everywhere, {"page": {"columns": 3}}),
    "cells": ("zh-Hant", everything_together, {"page": {"grid": "characters"}}),
}


def awkward(name):
    """A document as its author left it, its pictures, and the settings it is made with."""
    language, blocks, changes = AWKWARD[name]
    store = ResourceStore()
    resources = (Resource(store.add_bytes(png()), "image/png", 0, "blue.png", 4, 4),)
    settings = Settings(theme=ThemeSettings(overrides=tuple(changes.items())))
    document = Document(
        Metadata(title=inl(name), language=language), tuple(blocks()), resources=resources
    )
    return document, store, settings
