from __future__ import annotations

import pytest

from publisher.readers.plain.fields import (
    byline_author,
    closing_author,
    furniture_kind,
    is_date_line,
    iso_date,
    parse_fields,
    split_names,
)
from publisher.readers.plain.reader import PlainReader
from publisher.tree.walk import document_text, plain_text

LONG = "這是一段很長的正文，說了許多事情，也有人物的對話和景色，讀來並不無聊，所以超過了五十個字，還要再多說一點才夠。"


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("發布時間: 2025-12-22 15:49:46", [("date", "2025-12-22 15:49:46")]),
        ("來源:中國紀檢監察報  訪問數:", [("source", "中國紀檢監察報"), ("counter", "")]),
        ("【来源：新华网】 【作者：张三】", [("source", "新华网"), ("author", "张三")]),
        ("2025-03-01 10:00  來源：日報", [("date", "2025-03-01 10:00"), ("source", "日報")]),
        ("입력 : 2025.04.02 10:00", [("date", "2025.04.02 10:00")]),
        ("作者:", [("author", "")]),
        ("他說：來源:不明", []),
        ("時間:就是金錢", []),
        ("來源:這是一句話。還有一句", []),
        ("點擊:這裡", []),
        ("春天  來源:日報", []),
        ("來源" * 90 + ":", []),
    ],
)
def test_fields_of_a_line_that_holds_nothing_else(line, fields):
    assert [(f.kind, f.value) for f in parse_fields(line)] == fields


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("您好!今天是", "greeting"),
        ("今天是2025年1月1日 星期三", "greeting"),
        ("您好！今天是我的生日。", ""),
        ("您當前所在位置:  衡南縣 / 工作動態 /", "breadcrumb"),
        ("首页 > 新闻 > 正文", "breadcrumb"),
        ("首頁的設計", ""),
        ("【打印】 【關閉】 【返回頂部】", "tools"),
        ("大 中 小", "tools"),
        ("打印機壞了", ""),
        ("下一篇：沒有了", "neighbours"),
        ("下一篇小說寫什麼", ""),
        ("版权所有：某网", "copyright"),
        ("版权所有的事情以后再谈", ""),
        ("京ICP备12345678号", "copyright"),
        ("相关新闻", "related"),
        ("字" * 500, ""),
    ],
)
def test_furniture(line, kind):
    assert furniture_kind(line) == kind


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025年12月22日 星期一", "2025-12-22"),
        ("發於 2025/1/2 早上", "2025-01-02"),
        ("2025年3月", "2025-03"),
        ("2025-02-31", ""),
        ("昨天", ""),
    ],
)
def test_dates(text, date):
    assert iso_date(text) == date


def test_lines_that_are_dates():
    assert is_date_line("2025年12月22日 星期一 15:49")
    assert is_date_line("（2025-12-22）")
    assert not is_date_line("2025年12月22日發生的事")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("展現擔當作為。(文/王雅婧", ("王雅婧",)),
        ("……結束了。（記者 李明 陳華）", ("李明", "陳華")),
        ("완성되었다. (글/김철수)", ("김철수",)),
        ("他(文武雙全)走了", ()),
        ("結束了。(完)", ()),
    ],
)
def test_authors_in_the_last_bracket_closed_or_not(text, names):
    assert closing_author(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("文/王小明", ("王小明",)),
        ("本报记者 李明 王芳", ("李明", "王芳")),
        ("文學的力量", ()),
        ("記者說他不知道這件事情是怎麼發生的呢", ()),
    ],
)
def test_bylines(text, names):
    assert byline_author(text) == names


def test_names_in_latin_letters_keep_their_spaces():
    assert split_names("Wang Xiaoming, Li Ming") == ("Wang Xiaoming", "Li Ming")
    assert split_names("李明 攝影 陳華") == ("李明", "陳華")


def test_a_clean_article_s_byline_and_date_are_metadata(request_for):
    request, report = request_for(f"春天\n\n文/王小明\n\n2025年3月1日\n\n{LONG}\n", "a.txt")
    document = PlainReader().read(request)
    assert plain_text(document.meta.title) == "春天"
    assert [c.name for c in document.meta.contributors] == ["王小明"]
    assert document.meta.date == "2025-03-01"
    assert document_text(document) == [LONG]
    assert report.diagnostics == []


def test_the_labelled_date_counts_and_others_of_a_page_are_told(request_for):
    page = f"您好!今天是\n2025年5月5日\n\n題目\n\n發布時間: 2025-03-01\n2025-05-05\n\n{LONG}\n\n上一篇:無\n"
    request, report = request_for(page, "a.txt")
    document = PlainReader().read(request)
    assert plain_text(document.meta.title) == "題目"
    assert document_text(document) == [LONG]
    assert document.meta.date == "2025-03-01"
    dropped = [(d.line, dict(d.args)["kind"]) for d in report.diagnostics]
    assert dropped == [(1, "greeting"), (2, "date"), (7, "date"), (11, "neighbours")]


@pytest.mark.parametrize(
    ("line", "names"),
    [("曹雪芹著", ("曹雪芹",)), ("김영희 지음", ("김영희",)), ("世界名著", ()), ("먼저", ())],
)
def test_who_wrote_a_book(line, names):
    assert byline_author(line) == names


PAGE = f"""首頁 > 文化 > 副刊
字級： 小 中 大
列印 轉寄 分享到 Facebook
舊城的書店
2024/05/12 聯合副刊 記者 王小明
點閱：1234

　　{LONG}

　　{LONG}

上一則：夜市的燈
下一則：港邊的貓
回首頁
"""
ADVERTISED = ("本书由某某论坛整理，TXT下载 www.example.com", "更多精彩好书，请访问本站")


def test_a_page_with_other_furniture_gives_its_title_and_text(request_for):
    request, report = request_for(PAGE, "p.txt")
    document = PlainReader().read(request)
    assert plain_text(document.meta.title) == "舊城的書店"
    assert document.meta.date == "2024-05-12"
    people = [(c.role, c.name) for c in document.meta.contributors]
    assert people == [("author", "王小明"), ("source", "聯合副刊")]
    assert document_text(document) == [LONG, LONG]
    dropped = [d.line for d in report.diagnostics if d.code == "plain.dropped"]
    assert dropped == [1, 2, 3, 6, 12, 13, 14]


def test_the_same_lines_within_prose_stay(request_for):
    text = f"{LONG}\n\n上一則\n\n點閱：1234\n\n{ADVERTISED[1]}\n\n{LONG}\n"
    request, report = request_for(text, "p.txt")
    assert len(document_text(PlainReader().read(request))) == 5
    assert report.diagnostics == []


@pytest.mark.parametrize("lines", [("", ""), ("第一章", "第二章", "第三章")])
def test_a_novel_site_advertising_twice_is_left_out(request_for, lines):
    body = "\n\n".join(f"{line}\n\n{LONG}" for line in lines)
    for head, tail, told in ((*ADVERTISED, 2), (ADVERTISED[0], "", 0)):
        stays = ["plain.advertisement"] if len(lines) > 2 and not told else []
        request, report = request_for(f"{head}\n\n{body}\n\n{tail}\n", "p.txt")
        document = PlainReader().read(request)
        assert [d.code for d in report.diagnostics] == stays + ["plain.dropped"] * told
        kept = head in (plain_text(document.meta.title), *document_text(document))
        assert kept == (told == 0)


def test_a_title_that_promises_more_is_no_advertisement():
    assert furniture_kind("更多精彩好书，尽在 www.example.com") == "advertisement"
    assert furniture_kind("更多好书进入乡村阅览室") == ""
    assert furniture_kind("本书由三部分组成") == ""
