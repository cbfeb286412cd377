"""Readings as ruby: the four systems, scopes, corrections, what is left alone."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import ConfigError
from publisher.events import Collector
from publisher.settings import AnnotateSettings
from publisher.transforms.annotate.document import annotate
from publisher.transforms.annotate.japanese import furigana
from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import (
    Attr,
    Code,
    Link,
    NoteRef,
    Paragraph,
    Ruby,
    RubyPair,
    Section,
    Span,
    Strong,
    Text,
)
from publisher.tree.walk import document_text, query

pytest.importorskip("pypinyin")


def document(*content, language="zh-Hans"):
    run = tuple(Text(c) if isinstance(c, str) else c for c in content)
    return Document(Metadata((Text("银行"),), language=language), (Paragraph(run),))


def made(*content, ruby="pinyin", language="zh-Hans", **options):
    report = Collector()
    result = annotate(
        document(*content, language=language), AnnotateSettings(ruby, **options), report
    )
    return result, report.diagnostics


def shown(*content, **options):
    """The text with readings in brackets."""
    pieces = []
    for inline in made(*content, **options)[0].body[0].content:
        if isinstance(inline, Ruby):
            pieces += [f"{p.base}[{p.text}]" for p in inline.pairs]
        else:
            pieces.append(inline.text)
    return "".join(pieces)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("银行", "yín háng"), ("行长", "háng zhǎng"), ("重庆", "chóng qìng"), ("长大", "zhǎng dà"), ("长江", "cháng jiāng"),
        ("重要", "zhòng yào"), ("音乐", "yīn yuè"), ("快乐", "kuài lè"), ("还是", "hái shì"), ("还书", "huán shū"),
        ("得到", "dé dào"), ("着急", "zháo jí"), ("朝阳", "zhāo yáng"), ("朝代", "cháo dài"), ("都市", "dū shì"),
        ("角色", "jué sè"), ("女儿", "nǚ ér"), ("旅行", "lǚ xíng"), ("不好", "bù hǎo"), ("一样", "yī yàng"),
        ("东西", "dōng xī"), ("会计", "kuài jì"), ("参加", "cān jiā"), ("人参", "rén shēn"), ("便宜", "pián yi"), ("方便", "fāng biàn"),
        ("单于", "chán yú"), ("传记", "zhuàn jì"), ("传说", "chuán shuō"), ("曲折", "qū zhé"), ("歌曲", "gē qǔ"), ("率领", "shuài lǐng"),
        ("效率", "xiào lǜ"), ("血液", "xuè yè"), ("背包", "bēi bāo"), ("背后", "bèi hòu"), ("数学", "shù xué"), ("宿舍", "sù shè"),
    ],
)  # fmt: skip
def test_pinyin_by_words(text, readings):
    got = [p.text for r in query(made(text)[0], Ruby) for p in r.pairs]

    def plain(words):
        return [unicodedata.normalize("NFC", w) for w in words]

    assert plain(got) == plain(readings.split())


@pytest.mark.parametrize(
    ("text", "readings"),
    [("銀行", "yín háng"), ("重慶", "chóng qìng"), ("長大", "zhǎng dà"), ("乾坤", "qián kūn"), ("頭髮", "tóu fà"), ("後天", "hòu tiān"),
     ("會計", "kuài jì"), ("說服", "shuō fú"), ("還書", "huán shū")],
)  # fmt: skip
def test_traditional_text_is_read_as_simplified_is(text, readings):
    got = [p.text for r in query(made(text, language="zh-Hant")[0], Ruby) for p in r.pairs]
    assert got == readings.split()


@pytest.mark.parametrize(
    ("text", "readings"),
    [("垃圾", "lè sè"), ("研究", "yán jiù"), ("法國", "fà guó"), ("企業", "qì yè"), ("星期", "xīng qí"), ("質量", "zhí liàng"),
     ("知識", "zhī shì"), ("危險", "wéi xiǎn")],
)  # fmt: skip
def test_taiwan_s_readings(text, readings):
    got = [p.text for r in query(made(text, language="zh-Hant-TW")[0], Ruby) for p in r.pairs]
    assert got == readings.split()
    others = [p.text for r in query(made(text, language="zh-Hant-HK")[0], Ruby) for p in r.pairs]
    assert others != got


@pytest.mark.parametrize(
    ("text", "readings"),
    [("銀行", "ㄧㄣˊ ㄏㄤˊ"), ("了", "˙ㄌㄜ"), ("的", "˙ㄉㄜ"), ("一", "ㄧ"), ("不", "ㄅㄨˋ"), ("女兒", "ㄋㄩˇ ㄦˊ"), ("垃圾", "ㄌㄜˋ ㄙㄜˋ"),
     ("長江", "ㄔㄤˊ ㄐㄧㄤ")],
)  # fmt: skip
def test_bopomofo(text, readings):
    from publisher.layout.bopomofo import is_syllable

    result = made(text, ruby="zhuyin", language="zh-Hant-TW")[0]
    got = [p.text for r in query(result, Ruby) for p in r.pairs]
    assert got == readings.split()
    assert all(map(is_syllable, got))
    assert {r.role for r in query(result, Ruby)} == {"zhuyin"}


def test_jyutping():
    pytest.importorskip("ToJyutping")
    got = shown("我喺香港食飯，ABC", ruby="jyutping", language="zh-Hant-HK")
    assert got == "我[ngo5]喺[hai2]香[hoeng1]港[gong2]食[sik6]飯[faan6]，ABC"


@pytest.mark.parametrize(
    ("word", "reading", "parts"),
    [
        ("食べる", "タベル", ((0, 1, "た"),)),
        ("取り扱い", "トリアツカイ", ((0, 1, "と"), (2, 3, "あつか"))),
        ("東京", "トウキョウ", ((0, 1, "とう"), (1, 2, "きょう"))),
        ("今日", "キョウ", ((0, 2, "きょう"),)),
        ("手紙", "テガミ", ((0, 1, "て"), (1, 2, "がみ"))),
        ("学校", "ガッコウ", ((0, 1, "がっ"), (1, 2, "こう"))),
        ("発表", "ハッピョウ", ((0, 1, "はっ"), (1, 2, "ぴょう"))),
        ("反応", "ハンノウ", ((0, 1, "はん"), (1, 2, "のう"))),
        ("取引", "トリヒキ", ((0, 1, "とり"), (1, 2, "ひき"))),
        ("時計", "トケイ", ((0, 2, "とけい"),)),
        ("引っ越し", "ヒッコシ", ((0, 1, "ひ"), (2, 3, "こ"))),
        ("お茶", "オチャ", ((1, 2, "ちゃ"),)),
        ("買い物", "カイモノ", ((0, 1, "か"), (2, 3, "もの"))),
        ("ご飯", "ゴハン", ((1, 2, "はん"),)),
        ("生き物", "イキモノ", ((0, 1, "い"), (2, 3, "もの"))),
        ("カタカナ語", "カタカナゴ", ((4, 5, "ご"),)),
        ("食べる", "ノム", ()),
        ("人々", "ヒトビト", ((0, 1, "ひと"), (1, 2, "びと"))),
    ],
)
def test_furigana_without_the_kana_of_the_word(word, reading, parts):
    assert furigana(word, reading) == parts


def test_furigana():
    pytest.importorskip("fugashi")
    got = shown("彼は東京で言葉を学ぶ。ひらがなとカタカナは３つ。", ruby="furigana", language="ja")
    assert (
        got
        == "彼[かれ]は東[とう]京[きょう]で言[こと]葉[ば]を学[まな]ぶ。ひらがなとカタカナは３つ。"
    )
    result = made("今日、東京と彼", ruby="furigana", language="ja")[0]
    assert [(r.kind, r.role, r.origin) for r in query(result, Ruby)] == [
        ("group", "furigana", "generated"), ("jukugo", "furigana", "generated"),
        ("mono", "furigana", "generated"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [("三本", "三[さん]本[ぼん]"), ("六匹の", "六[ろっ]匹[ぴき]の"), ("二十日に", "二十日[はつか]に"), ("三月三日", "三[さん]月[がつ]三[みっ]日[か]"),
     ("四月七日", "四[し]月[がつ]七[なの]日[か]"), ("十分間", "十[じゅっ]分[ぷん]間[かん]"), ("一人と四人", "一人[ひとり]と四[よ]人[にん]"),
     ("三百六十五日", "三[さん]百[びゃく]六[ろく]十[じゅう]五[ご]日[にち]"), ("3本と10分", "3本[ぼん]と10分[ぷん]"), ("一つ", "一[ひと]つ"),
     ("八パーセント", "八[はっ]パーセント"), ("三ヶ月", "三[さん]ヶ月[げつ]"),
     ("九時", "九[く]時[じ]"), ("十四日", "十[じゅう]四[よっ]日[か]"), ("一階と三階", "一[いっ]階[かい]と三[さん]階[がい]")],
)  # fmt: skip
def test_numbers_and_counters(text, expected):
    pytest.importorskip("fugashi")
    assert shown(text, ruby="furigana", language="ja") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("会議を行った。", "会[かい]議[ぎ]を行[おこな]った。"), ("駅へ行った。", "駅[えき]へ行[い]った。"), ("お父さんと父", "お父[とう]さんと父[ちち]"),
     ("世界中の会議中", "世[せ]界[かい]中[じゅう]の会[かい]議[ぎ]中[ちゅう]"), ("何を、何で", "何[なに]を、何[なん]で"), ("私は日本人", "私[わたし]は日[に]本[ほん]人[じん]")],
)  # fmt: skip
def test_what_stands_around_decides_furigana(text, expected):
    pytest.importorskip("fugashi")
    assert shown(text, ruby="furigana", language="ja") == expected


def test_what_is_left_alone():
    ruby = Ruby((RubyPair("长", "cháng"),))
    foreign = Span((Text("東京"),), Attr(lang="ja"))
    content = (ruby, Code("银行"), foreign, Text("ABC 123，。"), NoteRef("n1"))
    assert made(*content)[0].body[0].content == content


def test_marks_and_links_keep_their_place():
    result = made("银", Strong((Text("行长"),)), Link((Text("重庆"),), "https://a.example/银行"))[0]
    first, strong, link = result.body[0].content
    assert first == Ruby((RubyPair("银", "yín"),), "mono", "pinyin", "generated")
    assert isinstance(strong, Strong)
    assert [p.base for r in strong.content for p in r.pairs] == ["行", "长"]
    assert strong.content[0].pairs[0].text == "háng"
    assert link.target == "https://a.example/银行"
    assert [p.text for p in link.content[0].pairs] == ["chóng", "qìng"]


def test_headings_have_readings_and_metadata_have_none():
    source = Document(
        Metadata((Text("银行"),), language="zh-Hans"),
        (Section(1, (Text("银行"),), (Paragraph((Text("a"),)),)),),
    )
    result = annotate(source, AnnotateSettings("pinyin"), Collector())
    assert result.meta is source.meta
    assert isinstance(result.body[0].title[0], Ruby)


def test_the_first_of_each_word():
    assert shown("银行和银行，银行。", scope="first") == "银[yín]行[háng]和[hé]银行，银行。"


def test_words_beyond_the_known(tmp_path):
    known = tmp_path / "known.txt"
    known.write_text("# easy\n的\n银行\n长\n大\n", encoding="utf-8")
    got = shown("银行的行长来了", scope="unknown", known=str(known))
    assert got.startswith("银行的行[háng]长[zhǎng]")


def test_corrections_overrule(tmp_path):
    own = tmp_path / "own.txt"
    own.write_text("# names\n仇英 = qiu2 yīng\n银行\tyin2 xing2\n", encoding="utf-8")
    assert shown("仇英在银行", corrections=str(own)) == "仇[qiú]英[yīng]在[zài]银[yín]行[xíng]"
    kana = tmp_path / "kana.txt"
    kana.write_text("今日 = こんにち\n一 二 = x\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"kana\.txt:2"):
        shown("今日は", ruby="furigana", language="ja", corrections=str(kana))
    kana.write_text("今日 = こんにち\n", encoding="utf-8")
    assert (
        shown("今日は", ruby="furigana", language="ja", corrections=str(kana)) == "今日[こんにち]は"
    )


def test_a_character_is_corrected_where_it_is_a_word(tmp_path):
    own = tmp_path / "own.txt"
    own.write_text("和 = ㄏㄢˋ\n", encoding="utf-8")
    got = shown("我和你，和平", ruby="zhuyin", language="zh-Hant-TW", corrections=str(own))
    assert "和[ㄏㄢˋ]你" in got
    assert "和[ㄏㄜˊ]平" in got


def test_repeated_characters_are_read_by_what_follows():
    assert shown("重重地关").startswith("重[zhòng]重[zhòng]地[de]关")
    assert shown("重重困难").startswith("重[chóng]重[chóng]困")


@pytest.mark.parametrize(
    ("line", "ruby"),
    [("银行", "pinyin"), ("银行 = yín", "pinyin"), ("银行 = ㄧㄣˊ ㄏㄤˊ", "pinyin"), ("銀行 = yín háng", "zhuyin"),
     ("東京 = tokyo", "furigana"), (" = yín", "pinyin")],
)  # fmt: skip
def test_bad_corrections_name_their_line(tmp_path, line, ruby):
    own = tmp_path / "own.txt"
    own.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"own\.txt:2"):
        made("银行", ruby=ruby, corrections=str(own))


def test_guesses_are_reported_and_kept():
    kept = []
    report = Collector()
    annotate(document("他还在那儿行走，盛。"), AnnotateSettings("pinyin"), report, kept.extend)
    told = {d.code: dict(d.args) for d in report.diagnostics}
    assert int(told["annotate.done"]["count"]) > 3
    assert "盛 shèng" in told["annotate.guessed"]["words"]
    assert all(not change.sure for change in kept)


def test_a_text_in_another_language_gets_none():
    result, told = made("東京の人", language="ja")
    assert result == document("東京の人", language="ja")
    assert [d.code for d in told] == ["annotate.none"]


@pytest.mark.parametrize("library", ["pypinyin", "pypinyin_dict"])
def test_a_missing_library_is_named(monkeypatch, library):
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.setitem(sys.modules, f"{library}.phrase_pinyin_data", None)
    with pytest.raises(ConfigError, match=library.replace("_", "-")) as caught:
        made("银行")
    assert "annotate" in caught.value.hint


TEXT = st.text("银行长重了一不的，。ABC \n\ufffc12東京", max_size=40)


@given(st.lists(TEXT, max_size=4))
def test_the_text_stays(texts):
    source = document(*texts)
    result = annotate(source, AnnotateSettings("pinyin"), Collector())
    assert document_text(result) == document_text(source)
