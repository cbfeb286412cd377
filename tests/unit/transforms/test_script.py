from __future__ import annotations

import json
import re
import sys
import types

import pytest

from publisher.errors import ConfigError
from publisher.events import Collector
from publisher.settings import ConvertSettings
from publisher.transforms import opencc as door
from publisher.transforms.opencc import convert_text, convert_with_cuts
from publisher.transforms.origins import target_language
from publisher.transforms.script import convert_script
from publisher.tree import nodes as n
from publisher.tree.meta import Contributor, Document, Metadata, Series
from publisher.tree.nodes import Attr, Paragraph, Section, Text
from publisher.tree.walk import document_text

HANS, HANT = "这个国家的历史说来话长", "這個國家的歷史說來話長"


def p(*content, **fields):
    return Paragraph(tuple(Text(c) if isinstance(c, str) else c for c in content), **fields)


def convert(*blocks, to="zh-TW", language="zh-Hans", report=None, **options):
    document = Document(Metadata(language=language), blocks)
    return convert_script(document, ConvertSettings(to, **options), report or Collector())


def content(block, **options):
    return convert(p(HANS), block, **options).body[1].content


def test_opencc_s_own_cases_all_pass_through_our_door(shared):
    text = (shared / "cases" / "repair" / "opencc-testcases.json").read_text(encoding="utf-8")
    cases = json.loads(re.sub(r",\s*([\]}])", r"\1", text))["cases"]
    checks = [(c["input"], config, e) for c in cases for config, e in c["expected"].items()]
    assert len(checks) == 543
    for source, config, expected in checks:
        assert convert_text(source, (config,)) in (
            [expected] if isinstance(expected, str) else expected
        )


@pytest.mark.parametrize(
    ("to", "tag", "text"),
    [
        ("zh-Hant", "zh-Hant", "裡面的頭髮"),
        ("zh-TW", "zh-Hant-TW", "裡面的頭髮"),
        ("zh-HK", "zh-Hant-HK", "裏面的頭髮"),
        ("zh-Hans", "zh-Hans", "里面的头发"),
    ],
)
def test_targets(to, tag, text):
    made = convert(p(HANS), p("里面的头发"), to=to)
    assert document_text(made)[1] == text
    assert made.meta.language == tag


@pytest.mark.parametrize(
    ("language", "to", "text"),
    [
        ("zh-Hant", "zh-Hans", "里面为"),
        ("zh-Hant-HK", "zh-Hant-TW", "裡面為"),
        ("zh-Hant-TW", "zh-Hant-HK", "裏面為"),
        ("zh-Hant", "zh-HK", "裏面為"),
    ],
)
def test_traditional_text_goes_to_other_regions(language, to, text):
    source = {"zh-Hant-HK": "裏面為", "zh-Hant": "裡面為"}.get(language, "裡面為")
    assert document_text(convert(p(HANT), p(source), language=language, to=to))[1] == text


def test_text_in_the_target_script_is_left_alone_whatever_its_tag_says():
    document = Document(Metadata(language="zh-Hans"), (p(HANT + "，羣眾，台灣"),))
    made = convert_script(document, ConvertSettings("zh-Hant"))
    assert made.body is document.body
    assert made.meta.language == "zh-Hant"


def test_words_change_on_request_only():
    assert content(p("打印机的内存")) == (Text("打印機的內存"),)
    assert content(p("打印机的内存"), phrases=True) == (Text("印表機的記憶體"),)


def test_phrases_across_marks_convert_as_phrases():
    assert content(p("理了头", n.Strong((Text("发"),)), n.NoteRef("x"), "，皇后")) == (
        Text("理了頭"),
        n.Strong((Text("髮"),)),
        n.NoteRef("x"),
        Text("，皇后"),
    )


def test_words_of_other_length_go_back_into_their_runs():
    made = content(
        p("这个内", n.Emphasis((Text("存条"),)), "很新，头", n.Strong((Text("发"),))), phrases=True
    )
    assert "".join(i.text if isinstance(i, Text) else i.content[0].text for i in made) == (
        "這個記憶體模組很新，頭髮"
    )
    assert made[3] == n.Strong((Text("髮"),))
    assert all(i.text if isinstance(i, Text) else i.content[0].text for i in made)


def test_what_is_not_chinese_text_stays():
    block = p(
        n.Code("头发"), "干",
        n.Math("后", "后"), n.Link((Text("净后"),), "http://x/后", "后面"),
        n.Span((Text("国会"),), Attr(lang="ja")),
        n.Image("r", "头发", "后面"),
        n.Ruby((n.RubyPair("头", "とう"), n.RubyPair("发", "ハツ"))),
        n.Ruby((n.RubyPair("后", "后面"),), role="gloss"),
        "，", n.CrossRef("t", fallback=(Text("里面"),)),
    )  # fmt: skip
    assert content(block) == (
        n.Code("头发"), Text("幹"),
        n.Math("后", "后"), n.Link((Text("淨後"),), "http://x/后", "後面"),
        n.Span((Text("国会"),), Attr(lang="ja")),
        n.Image("r", "頭髮", "後面"),
        n.Ruby((n.RubyPair("頭", "とう"), n.RubyPair("髮", "ハツ"))),
        n.Ruby((n.RubyPair("後", "後面"),), role="gloss"),
        Text("，"), n.CrossRef("t", fallback=(Text("裡面"),)),
    )  # fmt: skip
    assert convert(p(HANS), n.CodeBlock("头发")).body[1] == n.CodeBlock("头发")


def test_protected_strings_stay():
    assert content(p("关键词里面的头发国家"), protect=("关键词", "头发")) == (
        Text("关键词裡面的头发國家"),
    )


def test_line_feeds_in_descriptions_do_no_harm():
    assert content(p(n.Image("r", "头发\n国家"), "里面")) == (
        n.Image("r", "頭髮\n國家"),
        Text("裡面"),
    )


def test_metadata_converts_and_foreign_names_stay():
    meta = Metadata(
        title=(Text("头发" + HANS),),
        contributors=(Contributor("张后发"), Contributor("国会", lang="ja")),
        language="zh-CN",
        publisher="国家出版",
        subjects=("历史",),
        series=Series("丛书"),
    )
    made = convert_script(Document(meta, (p(HANS),)), ConvertSettings("zh-TW")).meta
    assert made.title == (Text("頭髮" + HANT),)
    assert [c.name for c in made.contributors] == ["張後發", "国会"]
    assert (made.publisher, made.subjects, made.series) == ("國家出版", ("歷史",), Series("叢書"))
    assert made.language == "zh-Hant-TW"


def test_languages_follow_and_ids_stay():
    made = convert(
        Section(1, (Text("国家"),), (p(HANS, attr=Attr("b", "zh-CN")),), attr=Attr("a", "zh-Hans")),
        p(n.Span((Text("国"),), Attr(lang="zh-Hans")), attr=Attr(lang="en")),
    )
    section, other = made.body
    assert section.attr == Attr("a", "zh-Hant-TW")
    assert section.blocks[0].attr == Attr("b", "zh-Hant-TW")
    assert other.attr.lang == "en"
    assert other.content == (n.Span((Text("國"),), Attr(lang="zh-Hant-TW")),)


def test_a_volume_may_mix_scripts_and_languages():
    def chapter(lang, text):
        return Section(1, (Text("題"),), (p(text),), attr=Attr(lang=lang))

    made = convert(
        chapter("zh-Hans", HANS),
        chapter("zh-Hant", HANT + "群眾"),
        chapter("ja", "国会の歴史"),
        to="zh-Hant",
    )
    assert document_text(made)[1::2] == [HANT, HANT + "群眾", "国会の歴史"]


def test_a_text_that_is_not_chinese_is_told():
    report = Collector()
    document = Document(Metadata(language="ja"), (p("国会の歴史"),))
    assert convert_script(document, ConvertSettings("zh-TW"), report) is document
    assert [d.code for d in report.diagnostics] == ["script.not-chinese"]


def test_targets_are_checked():
    assert target_language("ZH_hk") == "zh-Hant-HK"
    with pytest.raises(ConfigError, match="zh-Hant") as caught:
        target_language("zh-Hnat")
    assert "did you mean" in caught.value.hint
    with pytest.raises(ConfigError):
        target_language("fr")


def test_cuts_fall_inside_their_words():
    assert convert_with_cuts([], ("s2tw",), []) == []
    assert convert_with_cuts(["用内存条啊", "头"], ("s2twp",), [[2, 3], []]) == [
        ["用記", "憶", "體模組啊"],
        ["頭"],
    ]


@pytest.mark.parametrize("version", ["", "0.1.7", "1.0.1"])
def test_another_package_under_the_same_name_is_refused(monkeypatch, version):
    impostor = types.ModuleType("opencc")
    if version:
        impostor.__version__ = version
    monkeypatch.setitem(sys.modules, "opencc", impostor)
    with pytest.raises(ConfigError, match="official") as caught:
        door._library.__wrapped__()
    assert "pip" in caught.value.hint


def test_a_missing_package_is_a_clear_error(monkeypatch):
    monkeypatch.setitem(sys.modules, "opencc", None)
    with pytest.raises(ConfigError, match="missing"):
        door._library.__wrapped__()
