"""Conversion by words: OpenCC's phrases across their borders, terms, what is to be looked over."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import ConfigError
from publisher.events import Collector
from publisher.settings import ConvertSettings
from publisher.transforms.opencc import convert_text
from publisher.transforms.script import convert_script
from publisher.transforms.wordwise import convert_wordwise
from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import Paragraph, Strong, Text
from publisher.tree.walk import document_text


def convert(*texts, to="zh-TW", keep=None, language="zh-Hans", **options):
    report = Collector()
    blocks = tuple(Paragraph((Text(text),)) for text in texts)
    made = convert_script(
        Document(Metadata(language=language), blocks), ConvertSettings(to, **options), report, keep
    )
    return document_text(made), report.diagnostics


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("少数组织被发明了", "少數組織被發明了"),
        ("文章展示了如何使用", "文章展示了如何使用"),
        ("不知怎生发放这笔钱", "不知怎生發放這筆錢"),
        ("却是只有打颤的分儿", "卻是只有打顫的分兒"),
        ("黛玉里面接着问", "黛玉裡面接著問"),
        ("文件已经干净了", "文件已經乾淨了"),
        ("他的头发被发现了", "他的頭髮被發現了"),
        ("皇后以后住在后宫", "皇后以後住在後宮"),
        ("一只猫只有三只脚", "一隻貓只有三隻腳"),
        ("面条下面是面粉", "麵條下面是麵粉"),
    ],
)
def test_words_decide(text, made):
    assert convert(text)[0] == [made]
    assert convert(text, "这里还有一段很长的话，说的是别的事情。")[0][0] == made


def test_regional_words_do_not_reach_across_words():
    assert convert("少数组织使用数组和软件", phrases=True)[0] == ["少數組織使用陣列和軟體"]
    assert convert("少数组织使用数组和软件", to="zh-HK", phrases=True)[0][0].startswith(
        "少數組織使用"
    )


def test_opencc_s_own_checks_pass_by_words_too(shared):
    text = (shared / "cases" / "repair" / "opencc-testcases.json").read_text(encoding="utf-8")
    for case in json.loads(re.sub(r",\s*([\]}])", r"\1", text))["cases"]:
        for config, expected in case["expected"].items():
            made = convert_wordwise([case["input"]], (config,))[0][0]
            assert made in ([expected] if isinstance(expected, str) else expected)


def test_what_the_words_overruled_is_reported():
    _, told = convert("少数组织被发明了，这里有说明。")
    (one,) = [d for d in told if d.code == "script.parted"]
    assert "被髮明" in dict(one.args)["words"]


def test_places_where_no_word_decides_are_listed_on_request():
    kept = []
    convert("这里有一个系的人，复合材料和松树，几个准的。", keep=kept.extend)
    assert {c.kind for c in kept} == {"ambiguous"}
    assert {c.before for c in kept} >= {"系", "准"}
    assert all(not c.sure and c.before in c.context for c in kept)


def test_terms_of_one_s_own(tmp_path):
    terms = tmp_path / "terms.txt"
    terms.write_text("# terms\n软件 = 軟件\n张后\n服务器=伺服主機\n", encoding="utf-8")
    made, _ = convert("软件和服务器归张后管理，这里的人说。", phrases=True, words=str(terms))
    assert made == ["軟件和伺服主機歸张后管理，這裡的人說。"]


def test_bad_terms_are_named_with_their_line(tmp_path):
    terms = tmp_path / "terms.txt"
    terms.write_text("软件 = 軟件\n = 無\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"terms\.txt:2"):
        convert("软件", words=str(terms))
    with pytest.raises(ConfigError, match=r"none\.txt"):
        convert("软件", words=str(tmp_path / "none.txt"))


def test_a_paragraph_in_the_target_script_stays():
    long = "这里说的是这个国家的历史，经过很长时间，发现了很多问题，应该让他们说说。" * 3
    quoted = "這個國家的歷史說來話長，後來發現裡面沒有問題，台灣與臺灣。"
    assert convert(long, quoted)[0][1] == quoted
    hant = "這裡說的是這個國家的歷史，經過很長時間，發現了很多問題，應該讓他們說說。" * 3
    simple = "这个国家的历史说来话长，后来发现里面没有问题。"
    assert convert(hant, simple, to="zh-Hans", language="zh-Hant")[0][1] == simple


def test_runs_of_marks_share_their_words():
    run = (Text("少数组织被"), Strong((Text("发"),)), Text("明了，说明这里有问题"))
    made = convert_script(
        Document(Metadata(language="zh-Hans"), (Paragraph(run),)), ConvertSettings("zh-TW")
    )
    assert made.body[0].content == (
        Text("少數組織被"), Strong((Text("發"),)), Text("明了，說明這裡有問題"),
    )  # fmt: skip


HANS = st.text("少数组织被发明了展示如何头发只有一面里后干系复制的是这个国，。A ", max_size=60)


@given(HANS)
def test_characters_only_keeps_lengths_and_back_is_the_same(text):
    (made,), _ = convert_wordwise([text.replace("\n", "")], ("s2tw",))
    assert len(made) == len(text)
    assert convert_text(made, ("tw2s",)) == convert_text(convert_text(text, ("s2tw",)), ("tw2s",))


@pytest.mark.parametrize(("to", "home"), [("zh-TW", "zh-Hans"), ("zh-HK", "zh-Hans")])
def test_there_and_back_differs_only_where_the_report_says_so(to, home):
    texts = [
        "着急的人着了一件背心，背着包，馀下的钟表是巨额的，画具和划船。",
        "少数组织里的夫役，熏肉和俱乐部，后来皇后住在后宫，于是他说。",
    ]
    kept = []
    there, _ = convert(*texts, to=to, keep=kept.extend)
    back, _ = convert(*there, to=home, language={"zh-TW": "zh-Hant-TW", "zh-HK": "zh-Hant-HK"}[to])
    told = {(c.before, c.after) for c in kept if c.kind == "one-way"}
    differing = {
        (a, b)
        for x, y in zip(texts, back, strict=True)
        for a, b in zip(x, y, strict=True)
        if a != b
    }
    assert differing
    assert differing <= {
        (a, b) for before, after in told for a, b in zip(before, after, strict=False)
    }


def test_traditional_text_that_does_not_come_back_is_listed():
    kept = []
    convert(
        "這裡有個併購案，佈告說裡面捲軸和週期都有。" * 2,
        to="zh-Hans",
        language="zh-Hant-TW",
        keep=kept.extend,
    )
    assert {c.kind for c in kept} == {"one-way"}
    assert "捲" in {c.before for c in kept}


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("余先生和范小姐来了", "余先生和范小姐來了"),
        ("于先生、涂经理、郁太太、朴老师", "于先生、涂經理、郁太太、朴老師"),
        ("老余问范闲，余则成听说", "老余問范閒，余則成聽說"),
        ("他姓钟，我姓余名欢", "他姓鍾，我姓余名歡"),
        ("余秋雨读了软件说明", "余秋雨讀了軟體說明"),
        ("余家与百余家", "余家與百餘家"),
        # Words, prepositions, what is left over: no names.
        ("其余先生们，十余人，业余教授", "其餘先生們，十餘人，業餘教授"),
        ("余票不多，余下的余款", "餘票不多，餘下的餘款"),
        ("余皆四散，余军自走", "餘皆四散，餘軍自走"),
        ("关于先生的事，于先生而言，百姓于是", "關於先生的事，於先生而言，百姓於是"),
        ("师范老师做了示范，小范围", "師範老師做了示範，小範圍"),
        ("忧郁小姐神安郁散", "憂鬱小姐神安鬱散"),
        ("导游小姐、糊涂先生、山摇振岳", "導遊小姐、糊塗先生、山搖振嶽"),
    ],
)
def test_family_names_keep_their_character(text, made):
    assert convert(text, phrases=True)[0] == [made]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("作者自云：“好”，偈云：无", "作者自云：“好”，偈云：無"),
        ("《论语》云：“学”，自云姓王", "《論語》云：“學”，自云姓王"),
        ("天上有白云：很白，云很多", "天上有白雲：很白，雲很多"),
        ("十几只，好几只。几十只", "十幾隻，好幾隻。幾十隻"),
        ("十几只羊，百余只蝴蝶，数十只船", "十幾隻羊，百餘隻蝴蝶，數十隻船"),
        ("一百只要付九十，几百只有三成", "一百只要付九十，幾百只有三成"),
        ("有几只是好的，只有", "有幾隻是好的，只有"),
    ],
)
def test_words_of_one_character_go_by_what_stands_around_them(text, made):
    assert convert(text)[0] == [made]
