"""Aozora Bunko's notation: ruby, notes on words and lines, described characters, head, colophon."""

import pytest

from publisher.environment import Environment, ResourceStore
from publisher.errors import SourceError
from publisher.events import Collector
from publisher.readers.aozora.detect import is_aozora
from publisher.readers.aozora.gaiji import described, plain_signs
from publisher.readers.aozora.reader import AozoraReader
from publisher.readers.base import ReadRequest
from publisher.readers.plain.reader import PlainReader
from publisher.settings import InputSettings
from publisher.tree.nodes import (
    Box,
    Emphasis,
    EmphasisDots,
    Figure,
    Mark,
    PageBreak,
    Paragraph,
    Quote,
    Ruby,
    Section,
    Strong,
    ThematicBreak,
    Warichu,
)
from publisher.tree.walk import plain_text, query
from tests.tools.every_node import png

LEGEND = (
    "-------------------------------------------------------\n"
    "【テキスト中に現れる記号について】\n\n《》：ルビ\n（例）豆腐《とうふ》\n"
    "-------------------------------------------------------\n"
)


def read(text, reader=None, root=None, encoding="utf-8", **settings):
    report = Collector()
    request = ReadRequest(
        text.encode(encoding), "a.txt", None if root is None else root / "a.txt", root,
        InputSettings(**settings), Environment(), ResourceStore(), report,
    )  # fmt: skip
    return (reader or AozoraReader()).read(request), report.diagnostics


def first(text):
    return read(text)[0].body[0]


# ---------------------------------------------------------------------------------------- lines


@pytest.mark.parametrize(
    ("text", "base", "reading"),
    [
        ("豆腐《とうふ》の", "豆腐", "とうふ"),
        ("古い｜石の道《いしのみち》を", "石の道", "いしのみち"),
        ("その人々《ひとびと》が", "人々", "ひとびと"),
        ("あのカフエー《きっさ》で", "カフエー", "きっさ"),
        ("彼のLondon《ロンドン》へ", "London", "ロンドン"),
        ("長い｜みち《道》を", "みち", "道"),
        ("※［＃「木＋吶のつくり」、第3水準1-85-54］《ほぞ》の", "枘", "ほぞ"),
    ],
)
def test_ruby_and_its_base(text, base, reading):
    content = first(text).content
    (ruby,) = [n for n in content if isinstance(n, Ruby)]
    assert (ruby.pairs[0].base, ruby.pairs[0].text) == (base, reading)


@pytest.mark.parametrize("text", ["《題》の話", "「《中》」", "。《句》"])
def test_brackets_without_a_base_are_brackets(text):
    assert plain_text(first(text).content) == text


@pytest.mark.parametrize(
    ("note", "node", "more"),
    [
        ("「大事」に傍点", EmphasisDots, {"mark": "sesame"}),
        ("「大事」に丸傍点", EmphasisDots, {"mark": "dot"}),
        ("「大事」に白丸傍点", EmphasisDots, {"mark": "open-dot"}),
        ("「大事」に二重丸傍点", EmphasisDots, {"mark": "circle"}),
        ("「大事」に傍線", Mark, {"kind": "underline"}),
        ("「大事」は太字", Strong, {}),
        ("「大事」は斜体", Emphasis, {}),
        ("「大事」は割り注", Warichu, {}),
        ("「大事」は行右小書き", Mark, {"kind": "sup"}),
        ("「大事」は下付き小文字", Mark, {"kind": "sub"}),
        ("「大事」に×傍点", EmphasisDots, {"mark": "dot"}),
        ("「大事」の左に傍点", EmphasisDots, {"mark": "sesame"}),
        ("「大事」の左に二重傍線", Mark, {"kind": "underline"}),
        ("「大事」は２段階小さな文字", Mark, {"kind": "small"}),
    ],
)
def test_notes_on_words_before_them(note, node, more):
    before, marked, after = first(f"これは大事［＃{note}］なこと").content
    assert isinstance(marked, node)
    assert plain_text(marked.content) == "大事"
    assert all(getattr(marked, name) == value for name, value in more.items())
    assert (before.text, after.text) == ("これは", "なこと")


def test_a_note_on_words_with_ruby():
    content = first("この豆腐《とうふ》屋［＃「豆腐屋」に傍点］が").content
    dots = next(n for n in content if isinstance(n, EmphasisDots))
    assert [type(n) for n in dots.content] == [Ruby, type(content[0])]


def test_the_nearest_place_is_marked():
    content = first("山と山［＃「山」に傍点］").content
    assert plain_text(content[0:1]) == "山と"


def test_ranges_in_a_line_and_over_lines():
    content = first("前［＃太字］中［＃太字終わり］後").content
    assert isinstance(content[1], Strong)
    document, _ = read("前［＃傍点］甲\n乙［＃傍点終わり］後")
    assert [plain_text(n.content) for n in query(document, EmphasisDots)] == ["甲", "乙"]


@pytest.mark.parametrize(
    "text",
    [
        "これは大事［＃「大事」の左に「だいじ」のルビ］だ",
        "これは大事［＃「大事」に「だいじ」の注記］だ",
        "これは［＃注記付き］大事［＃「だいじ」の注記付き終わり］だ",
        "これは［＃左にルビ付き］大事［＃左に「だいじ」のルビ付き終わり］だ",
    ],
)
def test_readings_on_the_other_side(text):
    before, ruby, after = first(text).content
    assert isinstance(ruby, Ruby)
    assert (ruby.pairs[0].base, ruby.pairs[0].text) == ("大事", "だいじ")
    assert (before.text, after.text) == ("これは", "だ")


def test_a_second_reading_of_words_is_told():
    document, reports = read("豆腐《とうふ》［＃「豆腐」の左に「トーフ」のルビ］屋")
    assert [n.pairs[0].text for n in query(document, Ruby)] == ["とうふ"]
    assert [d.code for d in reports] == ["aozora.unknown"]


def test_ruby_within_a_range_behind_other_ruby():
    content = first("甲《こう》は乙［＃傍点］丙丁《へいてい》戊［＃傍点終わり］己").content
    dots = next(n for n in content if isinstance(n, EmphasisDots))
    assert [type(n) for n in dots.content] == [Ruby, type(content[1])]
    assert content[-1].text == "己"


def test_a_line_whose_end_stands_apart():
    document, reports = read("本文。［＃地から１字上げ］町長\n次")
    assert [(b.align, plain_text(b.content)) for b in document.body] == [
        ("", "本文。"), ("end", "町長"), ("", "次"),
    ]  # fmt: skip
    assert reports == []


def test_text_goes_on_behind_a_heading_in_its_line():
    section = read("一　夜［＃「一　夜」は窓中見出し］本文。\n続き")[0].body[0]
    assert plain_text(section.title) == "一　夜"
    assert [plain_text(b.content) for b in section.blocks] == ["本文。", "続き"]


@pytest.mark.parametrize(
    ("note", "node"),
    [("太字", Strong), ("傍点", EmphasisDots), ("１段階小さな文字", Mark), ("斜体", Emphasis)],
)
def test_ranges_of_lines_mark_their_text(note, node):
    document, reports = read(f"［＃ここから{note}］\n甲\n乙\n［＃ここで{note}終わり］\n丙")
    assert [plain_text(n.content) for n in query(document, node)] == ["甲", "乙"]
    assert reports == []


def test_breaks_of_lines_in_small_notes_break_nothing():
    document, _ = read("前［＃割り注］甲［＃改行］乙［＃割り注終わり］後")
    assert len(document.body) == 1
    assert plain_text(document.body[0].content) == "前甲乙後"


@pytest.mark.parametrize(
    ("head", "title", "names"),
    [
        ("朝市\n港花子\n\n", "朝市", ["港花子"]),
        ("朝市\n――記録――\n港花子\n山田太郎訳\n\n", "朝市", ["港花子", "山田太郎"]),
        ("朝の市場で、港花子は言った。\n次の行。\n\n", "", []),
        ("　朝\n　昼\n\n", "", []),
    ],
)
def test_a_head_without_a_legend(head, title, names):
    meta = read(f"{head}　豆腐《とうふ》屋。\n\n底本：「港町文庫」\n")[0].meta
    assert plain_text(meta.title) == title
    assert [c.name for c in meta.contributors] == names


def test_reading_marks_of_chinese():
    content = first("学而［＃二］時習［＃レ］之［＃（ヲ）］").content
    assert [n.kind for n in content if isinstance(n, Mark)] == ["sub", "sub", "sup"]


@pytest.mark.parametrize("note", ["「12」は縦中横", "横組み", "ページの左右中央"])
def test_layout_goes(note):
    assert plain_text(first(f"12［＃{note}］月").content) == "12月"


@pytest.mark.parametrize(
    "note", ["「波」は底本では「浪」", "「波」に「ママ」の注記", "ルビは「なみ」"]
)
def test_editors_notes_go(note):
    document, reports = read(f"波［＃{note}］が")
    assert plain_text(document.body[0].content) == "波が"
    assert reports == []


def test_what_is_not_understood_stays_and_is_said_once():
    document, reports = read("甲［＃謎の注記］\n乙［＃もう一つの謎］")
    assert plain_text(document.body[0].content) == "甲［＃謎の注記］"
    assert [(d.code, d.line, dict(d.args)["count"]) for d in reports] == [
        ("aozora.unknown", 1, "2")
    ]


# ----------------------------------------------------------------------------------- characters


@pytest.mark.parametrize(
    ("note", "char"),
    [
        ("「木＋吶のつくり」、第3水準1-85-54", "枘"),
        ("「葛」の異体、U+845B、12-3", "葛"),
        ("「土へん＋｜」、第4水準2-4-55", "\U00021274"),
        ("ローマ数字1、1-13-21", "Ⅰ"),
        ("「不明」、45-6", ""),
        ("「無」、第3水準1-99-99", ""),
        ("U+D800", ""),
        ("U+110000", ""),
    ],
)
def test_described_characters(note, char):
    found = described(note)
    assert found == char or (char > "\U00020000" and len(found) == 1)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("〔cafe'〕で", "caféで"), ("〔Ae&〕", "〔Ae&〕"), ("〔ae&gis〕", "ægis"), ("〔nai:ve〕", "naïve"),
        ("〔注〕", "〔注〕"), ("いろ／＼", "いろ〱"), ("たま／″＼", "たま〲"), ("1／2", "1／2"), ("〔o/〕", "ø"),
    ],
)  # fmt: skip
def test_accents_and_repeats(written, plain):
    assert plain_signs(written) == plain


# --------------------------------------------------------------------------------------- blocks


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("［＃３字下げ］一　夜［＃「一　夜」は大見出し］", 1),
        ("一　夜［＃「一　夜」は中見出し］", 2),
        ("［＃小見出し］一　夜［＃小見出し終わり］", 3),
        ("［＃ここから大見出し］\n一　夜\n［＃ここで大見出し終わり］", 1),
        ("一　夜［＃「一　夜」は同行中見出し］", 2),
    ],
)
def test_headings(text, level):
    section = read(text + "\n本文。")[0].body[0]
    assert isinstance(section, Section)
    assert (section.level, plain_text(section.title)) == (level, "一　夜")
    assert len(section.blocks) == 1


def test_insets_ends_boxes_and_pages():
    document, reports = read(
        "前\n［＃ここから２字下げ］\n手紙。\n二行。\n［＃ここで字下げ終わり］\n［＃地付き］町長\n"
        "［＃ここから罫囲み］\n掲示。\n［＃ここで罫囲み終わり］\n＊　　＊\n［＃改丁］\n"
        "［＃ここから地付き］\n署名\n［＃ここで地付き終わり］\n終"
    )
    kinds = [type(b) for b in document.body]
    assert kinds == [
        Paragraph, Quote, Paragraph, Box, ThematicBreak, PageBreak, Paragraph, Paragraph,
    ]  # fmt: skip
    assert len(document.body[1].blocks) == 2
    assert [b.align for b in document.body if isinstance(b, Paragraph)] == ["", "end", "end", ""]
    assert document.body[5].side == "recto"
    assert reports == []


def test_an_inset_that_never_ends_and_one_that_never_began():
    document, _ = read(
        "［＃ここで字下げ終わり］\n甲\n［＃ここから２字下げ］\n乙\n［＃ここから４字下げ］\n丙"
    )
    assert [type(b) for b in document.body] == [Paragraph, Quote, Quote]


def test_pictures(tmp_path):
    (tmp_path / "f.png").write_bytes(png())
    text = "［＃挿絵（f.png、横100×縦50）入る］\n［＃「港」のキャプション付きの図（f.png、横9×縦9）入る］"
    document, reports = read(text, root=tmp_path)
    figures = list(query(document, Figure))
    assert len(figures) == 2
    assert plain_text(figures[1].caption[0].content) == "港"
    assert reports == []


def test_head_legend_and_colophon():
    text = f"朝市\n――記録――\n港花子\n山田太郎訳\n\n{LEGEND}\n　本文。\n\n底本：「港町文庫」\n入力：某\n"
    document, _ = read(text)
    meta = document.meta
    assert (plain_text(meta.title), plain_text(meta.subtitle)) == ("朝市", "――記録――")
    assert [(c.name, c.role) for c in meta.contributors] == [
        ("港花子", "author"),
        ("山田太郎", "translator"),
    ]
    assert [b.role for b in document.body if isinstance(b, Paragraph)] == [
        "body",
        "credit",
        "credit",
    ]


# ------------------------------------------------------------------------------------ detection


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
def test_plain_text_in_the_notation_is_known(encoding):
    text = "朝市\n港花子\n\n" + LEGEND + "\n　豆腐《とうふ》屋の主人は言った。\n" * 5
    document, _ = read(text, PlainReader(), encoding=encoding)
    assert document.sources[0].format == "aozora"
    assert list(query(document, Ruby))


def test_it_can_be_refused():
    text = LEGEND + "　豆腐《とうふ》屋の主人は言った。\n" * 5
    document, _ = read(text, PlainReader(), format="text")
    assert document.sources[0].format == "text"


@pytest.mark.parametrize(
    "text",
    [
        "《红楼梦》与《水浒传》和《三国演义》。" * 5,
        "他读《诗经》，又读《楚辞》。" * 9,
        "［＃一］［＃二］［＃三］",
        "《とうふ》《みず》《まめ》",
        "",
    ],
)
def test_titles_in_brackets_are_no_notation(text):
    assert not is_aozora(text)


def test_nothing_but_a_legend_is_refused():
    with pytest.raises(SourceError):
        read(LEGEND)
