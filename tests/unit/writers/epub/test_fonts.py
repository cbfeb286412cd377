"""Embedded fonts and the style sheet."""

import re
from dataclasses import replace

import uharfbuzz as hb

from publisher.settings import ThemeSettings
from publisher.theme.resolve import resolve_theme
from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import (
    Attr,
    Code,
    Emphasis,
    Footnote,
    NoteRef,
    Section,
    Span,
    Strong,
    Text,
)
from tests.tools.every_node import every_node, inl, par


def _fonts(book):
    """Family, weight, style -> code points of the file."""
    rule = re.compile(
        r'@font-face\{font-family:"([^"]+)";font-weight:(\d+);font-style:(\w+);src:url\(([^)]+)\)\}'
    )
    return {
        (family, int(weight), style): set(hb.Face(hb.Blob(book.read(href))).unicodes)
        for family, weight, style, href in rule.findall(book.text("style.css"))
    }


def _document(*blocks, language="zh-Hans"):
    return Document(Metadata(title=inl("书"), language=language), blocks)


def _codes(text):
    return set(map(ord, text))


def test_a_font_has_the_characters_of_its_style_and_no_others(press):
    chapter = Section(1, inl("甲章"), (par("乙文", Strong(inl("丙粗"))),), attr=Attr(id="c"))
    fonts = _fonts(press.book(_document(chapter), fonts=True))
    serif = fonts["Noto Serif CJK zh-Hans", 400, "normal"]
    bold = fonts["Noto Serif CJK zh-Hans", 700, "normal"]
    sans = fonts["Noto Sans CJK zh-Hans", 700, "normal"]
    assert _codes("乙文") <= serif
    assert not _codes("丙") & serif
    assert bold == _codes("丙粗")
    assert _codes("甲章书目录") <= sans
    assert not _codes("乙丙") & sans


def test_each_language_has_its_own_face(press):
    fonts = _fonts(press.book(_document(par("直", Span(inl("直す"), Attr(lang="ja")))), fonts=True))
    assert fonts["Noto Serif CJK ja", 400, "normal"] == _codes("直す")
    css = press.book(_document(par("直", Span(inl("直す"), Attr(lang="ja")))), fonts=True).text(
        "style.css"
    )
    assert ':lang(ja){font-family:"Noto Serif CJK ja",serif}' in css


def test_a_word_is_never_drawn_by_two_fonts(press):
    fonts = _fonts(press.book(_document(par("读 dŵr")), fonts=True))
    letters = _codes("dŵr")
    assert letters <= fonts["Noto Serif", 400, "normal"]
    assert not letters & fonts["Noto Serif CJK zh-Hans", 400, "normal"]


def test_western_words_in_emphasis_have_an_italic(press):
    book = press.book(_document(par(Emphasis(inl("强 word")))), fonts=True)
    assert _codes("word") <= _fonts(book)["Noto Serif", 400, "italic"]
    (family,) = re.findall(
        r"em \.western\{font-style:italic;font-family:([^;]+);", book.text("style.css")
    )
    assert family.startswith('"Noto Serif",')


def test_code_has_its_own_face(press):
    fonts = _fonts(press.book(_document(par(Code("x=1 注"))), fonts=True))
    assert _codes("x=1") <= fonts["Noto Sans Mono", 400, "normal"]
    assert _codes("注") <= fonts["Noto Sans CJK zh-Hans", 400, "normal"]


def test_variation_selectors_stay_with_their_base(press):
    book = press.book(_document(par("葛\U000e0100"), language="ja"), fonts=True)
    (href,) = re.findall(
        r'"Noto Serif CJK ja";font-weight:400;font-style:normal;src:url\(([^)]+)\)',
        book.text("style.css"),
    )
    font = hb.Font(hb.Face(hb.Blob(book.read(href))))
    assert font.get_variation_glyph(ord("葛"), 0xE0100) is not None


def test_no_font_is_embedded_when_none_is_wanted(press):
    book = press.book(every_node(press.picture), fonts=False)
    assert "@font-face" not in book.text("style.css")
    assert '"Songti SC"' in book.text("style.css")
    assert not [name for name in book.files if "/fonts/" in name]


def test_every_chain_of_the_style_sheet_is_declared(press):
    css = press.book(every_node(press.picture), fonts=True).text("style.css")
    declared = set(re.findall(r'@font-face\{font-family:("[^"]+")', css))
    used = set(re.findall(r'"Noto [^"]+"', re.sub(r"@font-face\{[^}]*\}", "", css)))
    assert used
    assert used <= declared


def test_proportions_of_the_theme(press):
    sheet = resolve_theme(ThemeSettings(name="book"), "zh-Hans", base=None)
    css = press.book(_document(par("文")), sheet=sheet).text("style.css")
    assert "p{margin:0;text-indent:2em;text-align:justify}" in css
    assert f"line-height:{sheet.text['body'].leading / sheet.text['body'].size:.4g};" in css
    ratio = sheet.text["heading.1"].size / sheet.text["body"].size
    assert f"h1,.h1{{font-size:{ratio:.4g}em;" in css


def test_the_first_line_of_japanese_is_indented_by_one_character(press):
    css = press.book(_document(par("文"), language="ja")).text("style.css")
    assert "p{margin:0;text-indent:1em;" in css
    assert "text-emphasis-position:over right" in css


def test_korean_lines_break_at_spaces(press):
    css = press.book(_document(par("글"), language="ko")).text("style.css")
    assert "word-break:keep-all" in css
    assert "text-autospace" not in css.partition("p{")[0]


def test_vertical_books_turn_their_sides(press):
    sheet = resolve_theme(ThemeSettings(name="book"), "ja", base=None)
    book = press.book(_document(par("文"), language="ja"), sheet=replace(sheet, vertical=True))
    assert "-epub-writing-mode:vertical-rl" in book.text("style.css")
    assert "blockquote{" in book.text("style.css")
    assert "margin-right:" in book.text("style.css").partition("blockquote{")[2].partition("}")[0]
    assert book.opf.find("{*}spine").get("page-progression-direction") == "rtl"


def test_text_close_to_black_is_left_to_the_reader(press):
    css = press.book(_document(par("文"))).text("style.css")
    assert "color:#333333" not in css
    assert "color:#000000" not in css


def test_labels_of_notes_are_drawn_in_the_type_of_their_call(press):
    sheet = resolve_theme(ThemeSettings(name="book"), "zh-Hans", base=None)
    sheet = replace(sheet, note=replace(sheet.note, numbering="circled"))
    chapter = Section(
        1,
        (Text("章"), NoteRef("n")),
        (par("文", Span((Text("字"), NoteRef("m")), Attr(lang="ja"))),),
        attr=Attr(id="c"),
    )
    notes = (Footnote("n", (par("注"),)), Footnote("m", (par("注"),)))
    fonts = _fonts(press.book(_document(chapter, *notes), sheet=sheet, fonts=True))
    for face in (
        ("Noto Sans CJK zh-Hans", 700, "normal"),
        ("Noto Serif CJK ja", 400, "normal"),
        ("Noto Serif CJK zh-Hans", 400, "normal"),
    ):
        assert _codes("①②") <= fonts[face]


def test_titles_in_the_contents_keep_their_language(press):
    chapters = (
        Section(1, inl("直"), (par("文"),), attr=Attr(id="a")),
        Section(1, inl("骨"), (par("文"),), attr=Attr(id="b", lang="ja")),
    )
    book = press.book(_document(*chapters), fonts=True)
    assert 'href="chapter-002.xhtml#b" lang="ja" xml:lang="ja">骨</a>' in book.text("nav.xhtml")
    assert _codes("骨") <= _fonts(book)["Noto Serif CJK ja", 400, "normal"]


def test_emphasis_of_another_language_follows_that_language(press):
    body = par(
        "文",
        Span((Emphasis(inl("word")),), Attr(lang="en")),
        Span((Emphasis(inl("語")),), Attr(lang="ja")),
    )
    css = press.book(_document(body), fonts=True).text("style.css")
    assert "em:lang(en){font-style:italic;" in css
    assert 'font-family:"Noto Serif",serif' in css.partition("em:lang(en){")[2].partition("}")[0]
    assert "over right" in css.partition("em:lang(ja){")[2].partition("}")[0]
