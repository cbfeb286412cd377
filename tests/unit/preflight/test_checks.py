"""Checks of text, code by code: what is reported, and what is not."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.preflight import check_text
from publisher.preflight.codes import CODES

HANT, HANS, JA, KO = (
    "風從山那邊來，我在橋上等了很久，沒有人，也沒有船，這裡說的是實話。",
    "风从山那边来，我在桥上等了很久，没有人，也没有船，这里说的是实话。",
    "風が山の向こうから吹いてきて、橋の上で長いこと待っていました。",
    "바람이 산 너머에서 불어와 다리 위에서 오래 기다렸다.",
)


def codes(text, **options):
    return {finding.code for finding in check_text(text, **options)}


REPORTED = {
    "placeholder": [
        "关键词1省紀委", "關键词2後來", "群眾認識和評價关键词2黨", "關鍵詞3的內容", "您好，{{ user.name }}！", "共${count}條",
        "<% title %>的說明", "{% block body %}", "[TODO 補圖]", "【待補充】", "內容待補充。", "[姓名]先生", "（此處填寫日期）",
        "请输入标题", "Lorem ipsum dolor sit amet", "日期：TBD", "電話XXXXX轉", "作者：undefined", "值是[object Object]。", "%USER_NAME%，您好",
    ],
    "empty-field": ["訪問數：", "來源：   訪問數: ", "作者：", "浏览次数：", "今天是", "您好！今天是，", "작성자:", "責任編輯：　"],
    "unbalanced": [
        "（文/王某", "他說：「好。", "好」他說。", "《書名", "甲（乙）丙）", "「甲『乙」丙』", "【附錄", "他說“好。", "〔註", "好』", "第（一章",
    ],
    "mojibake": ["锟斤拷锟斤拷", "烫烫烫烫", "屯屯屯", "鏂囧瓧", "鏂囧瓧鏄汉绫荤殑宸ュ叿", "ä¸­æ–‡ç½‘ç«™", "ÖÐÎÄÍøÕ¾", "縺薙ｌ縺ｯ譁", "ï¿½ï¿½"],
    "replacement-char": ["你\ufffd好", "\ufffd"],
    "halfwidth-punct": ["你好,世界", "他走了;天黑了", "真的?真的!", "注意:明天", "一,二,三"],
    "doubled-punct": ["好,,好", "好，，好", "完了。。"],
    "ellipsis": ["等等...然後", "等等。。。然後", "等等…然后"],
    "dash": ["他走了--走了", "他走了—走了"],
    "stray-space": ["中 文 之 間 有 空 格"],
    "fullwidth-alnum": ["ＡＢＣ公司", "２０２５年"],
    "no-break-space": ["中\u00a0文", "來源：某報\u00a0訪問"],
    "invisible": ["\u200b零寬", "零\u200b寬", "中\u200d文", "中\u2060文", "中\ufeff文", "中\u00ad文", "a\ufe0f中"],
    "bidi-control": ["中\u202e文", "\u200e中文", "中\u2066文\u2069"],
    "control-char": ["中\x07文", "\x1b[0m中文", "a\x00b", "中\x85文"],
    "private-use": ["\ue863字", "\U000f0001"],
    "unassigned": ["\u0378中", "中\U0003ffff"],
    "compat-ideograph": ["相容\uf9d1字", "\ufa19\ufa1a", "\U0002f800"],
    "radical-as-ideograph": ["⽅⽬", "這⼀個", "⺠主"],
    "not-nfc": ["か\u3099", "が\u3099", "cafe\u0301 中", "\u1100\u1161 한글"],
    "script-mix": ["简体字混入的繁體文章，這裡有很多內容。发现了問題。", HANT + "发现", HANS + "發現"],
    "straight-quote": ['他說"好"，走了。', '他说"好"，走了。'],
}  # fmt: skip

NOT_REPORTED = {
    "placeholder": [
        "他得了XXL號的衣服。", "羅馬數字XXX是三十。", "關鍵詞是什麼", "关键词：文化、历史", "待補充兵員", "＊＊＊", "○○公司", "＊　＊　＊",
        "這裡輸入的數據", "在此處輸入法律條文的人", "值為${}", "XX公司", "某某某", "undefined behavior 是術語", "100%純棉%", "A%B%C",
    ],
    "empty-field": ["作者：王某", "來源：新華社", "以下是標籤：", "他說：", "時間：2025年", "記者：張三 編輯：李四", "今天是星期一"],
    "unbalanced": [
        "上一段「引文。\n\n「下一段接著引。」", "1）甲 2）乙", "(1) 甲 (2) 乙", "a) 甲\nb) 乙", "他笑了 :)", "好^_^)", "（笑）", "（甲（乙）丙）",
        "it’s fine，好", "『甲「乙」丙』", "區間[0, 1)的值", "《甲》和《乙》", "半形(全形）", "好 ;-)", "①）甲", "x = f(a[0]) 是碼",
        "“第一段。\n“第二段。”",
    ],
    "mojibake": ["湯太烫了，烫手。", "麒麟閣饕餮紋", "café résumé 好", "Ærø 和 Åland", "莫迪文", "阿富汗", "ÄÖÜ 是德文字母", "屯田", HANT, HANS, JA, KO],
    "halfwidth-punct": [
        "版本 1.4.2, 2025", "12:30開會", "比例3:2", "https://example.org/a,b", "他說 Yes, I do 就走", "a,b,c", "1,234元", "第3.5節", KO,
    ],
    "doubled-punct": ["真的？！", "好！！", "……", "——"],
    "ellipsis": ["等等……然後", "0.99...", "see also ..."],
    "dash": ["他走了——走了", "1990—2000年", "a--b", "東京－大阪"],
    "stray-space": ["張三 李四", "中文 English 中文", KO, "一 二"],
    "fullwidth-alnum": ["ABC公司", "2025年"],
    "no-break-space": ["12\u00a0km, all Latin", "中文"],
    "invisible": ["葛\U000e0100城", "👩\u200d💻", "❤\ufe0f", "क्\u200dष", "\ufeff開頭", "exam\u00adple"],
    "bidi-control": ["שלום\u200f 中文", "عربي\u202c中"],
    "control-char": ["中\t文", "中\n文", "中\r\n文"],
    "private-use": [HANT],
    "unassigned": [HANT, "😀", "\U00030000"],
    "compat-ideograph": ["﨑﨎", HANT],
    "radical-as-ideograph": ["方目一", HANT],
    "not-nfc": ["が", "한글", "か\u309a", "é"],
    "script-mix": [HANT, HANS, JA, "這裡有關鍵詞关键词2", "群眾在床上，峰頂，秘書，恒心", "台灣的着色和裡面", "皇后和后羿只有里程"],
    "straight-quote": ['12" 螢幕', "他說「好」。", "it's 好"],
    "over-converted": [HANT * 20, HANS * 20, JA * 20],
    "repeated-paragraph": ["好。\n\n好。", HANT],
}  # fmt: skip


@pytest.mark.parametrize(("code", "text"), [(c, t) for c, texts in REPORTED.items() for t in texts])
def test_reported(code, text):
    assert code in codes(text)


@pytest.mark.parametrize(
    ("code", "text"), [(c, t) for c, texts in NOT_REPORTED.items() for t in texts]
)
def test_not_reported(code, text):
    assert code not in codes(text)


def test_a_paragraph_that_stands_twice():
    found = [f for f in check_text(f"{HANT}\n\n中間\n\n{HANT}") if f.code == "repeated-paragraph"]
    assert [(f.line, f.column) for f in found] == [(5, 1)]
    assert "line 1" in found[0].detail


def test_over_conversion_is_reported_with_its_words():
    text = "全麵從嚴治黨，隻有堅持製度，才能形成一係列行之有效的機製。同誌們要麵對麵聽取意見，反複調研。"
    found = [f for f in check_text(text) if f.code == "over-converted"]
    assert {f.detail for f in found} >= {"全面", "只有", "制度", "面對面"}
    assert all(text[f.column - 1] == f.text for f in found)


def test_places_are_those_of_the_file():
    text = "第一行\r\n第二行，你好,世界\r\n\r\n（沒有完"
    found = {(f.code, f.line, f.column) for f in check_text(text, source="a.txt")}
    assert ("halfwidth-punct", 2, 7) in found
    assert ("unbalanced", 4, 1) in found
    assert all(f.where.startswith("a.txt:") for f in check_text(text, source="a.txt"))


def test_the_text_around_is_shown():
    (finding,) = [
        f for f in check_text("這一句話裡面有個{{name}}，請看") if f.code == "placeholder"
    ]
    assert finding.context == "這一句話裡面有個»{{name}}«，請看"


def test_every_code_says_what_it_means():
    for name, code in CODES.items():
        assert name == name.lower()
        assert code.severity in ("info", "warning", "error")
        assert code.meaning
        assert code.remedy


def test_given_cases(shared):
    lines = (shared / "cases" / "preflight-cases.jsonl").read_text(encoding="utf-8").splitlines()
    for case in map(json.loads, lines):
        found = check_text(case["text"])
        names = {f.code for f in found} | {f.severity for f in found}
        assert set(case["must_report"]) <= names, case
        assert not set(case["must_not_report"]) & names, case


def test_clean_documents(shared):
    lines = (shared / "cases" / "repair" / "docs.jsonl").read_text(encoding="utf-8").splitlines()
    for document in map(json.loads, lines):
        found = codes(document["clean"])
        assert not found & {"mojibake", "over-converted", "placeholder", "script-mix", "invisible"}


TEXT = st.text(st.characters(codec="utf-8"), max_size=120) | st.text(
    "中文字，。「」（）()“”'\" \u00a0\u200b\ufffd,.;:!?…—-ab12ＡＢ⽅\uf9d1か\u3099\n{}",
    max_size=120,
)


@given(TEXT)
def test_any_text_is_checked(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in check_text(text):
        assert finding.code in CODES
        if finding.text and finding.column:
            start = finding.column - 1
            assert lines[finding.line - 1][start : start + len(finding.text)] == finding.text


def test_the_manual_lists_every_code():
    manual = (Path(__file__).parents[3] / "docs" / "checks.md").read_text(encoding="utf-8")
    for name, code in CODES.items():
        assert f"| `{name}` | {code.severity} | {code.meaning} |" in manual
        assert code.remedy in manual
