"""Heads and feet of scraped pages: papers' bylines, official documents, related articles."""

from __future__ import annotations

import pytest

from publisher.environment import Environment, ResourceStore
from publisher.events import Collector
from publisher.readers.base import ReadRequest
from publisher.readers.plain.fields import furniture_kind
from publisher.readers.plain.reader import PlainReader
from publisher.readers.plain.reporters import signed_line
from publisher.settings import InputSettings
from publisher.tree.nodes import Section
from publisher.tree.walk import document_text, plain_text

NEWS = """首頁 > 新聞 > 港聞

觀塘綫信號故障　乘客逼爆月台

2025年3月4日 08:15　更新：09:30
撰文：黃志強

港鐵觀塘綫今早七時許發生信號故障，列車服務受阻，多個車站月台逼滿乘客。港鐵表示，工程人員正搶修，預計需時兩小時。

運輸署呼籲市民改乘其他交通工具。

相關新聞：
屯馬綫延誤十五分鐘
分享至 Facebook  Twitter
讚好 12  留言 3
"""
KOREAN = """홈 > 뉴스 > 문화

마지막 활판 인쇄소, 문을 닫다

입력 : 2024.05.01 10:00 수정 : 2024.05.01 11:20
이영희 기자 lee@news.example

서울 을지로의 마지막 활판 인쇄소가 지난달 문을 닫았다. 창업한 지 60년 만이다.

<저작권자 ⓒ 뉴스, 무단 전재 및 재배포 금지>
좋아요 3 공유하기
"""
JAPANESE = """トップ ＞ 社会

古い活版所が閉店

公開日：2024年5月1日
文・写真：鈴木一郎

　町はずれの活版所が、先月末に店を閉じた。創業から九十年。

＜関連記事＞
・印刷の歴史
・活字のはなし
Tweet
この記事のURLをコピー
"""
PAPER = """自由時報
颱風來襲 全台停班停課一覽
2024/07/24 18:30
記者李大華／台北報導
中度颱風凱米逼近，各縣市陸續公布停班停課消息。
台北市、新北市、基隆市明天停止上班上課。
"""
REGISTER = """索 引 号：000014349/2025-00012
主题分类：农业、林业、水利\\水利
发文机关：某某市人民政府
成文日期：2025年06月01日
标　　题：某某市人民政府关于加强河道管理的通知
发文字号：某政发〔2025〕12号

"""
NOTICE = """某某市人民政府
关于加强河道管理的通知
某政发〔2025〕12号

各县（区）人民政府，市政府各部门：

为加强河道管理，保障防洪安全，现就有关事项通知如下。
"""


def read(text, **settings):
    report = Collector()
    request = ReadRequest(
        text.encode(),
        "page.txt",
        None,
        None,
        InputSettings(**settings),
        Environment(),
        ResourceStore(),
        report,
    )
    return PlainReader().read(request), report.diagnostics


@pytest.mark.parametrize(
    ("text", "title", "author", "date", "body"),
    [
        (NEWS, "觀塘綫信號故障　乘客逼爆月台", "黃志強", "2025-03-04", 2),
        (KOREAN, "마지막 활판 인쇄소, 문을 닫다", "이영희", "2024-05-01", 1),
        (JAPANESE, "古い活版所が閉店", "鈴木一郎", "2024-05-01", 1),
        (PAPER, "颱風來襲 全台停班停課一覽", "李大華", "2024-07-24", 3),
    ],
)
def test_a_paper_names_title_reporter_and_day(text, title, author, date, body):
    document, _ = read(text)
    assert plain_text(document.meta.title) == title
    assert [c.name for c in document.meta.contributors] == [author]
    assert document.meta.date == date
    assert len(document.body) == body


@pytest.mark.parametrize("head", ["", REGISTER])
def test_an_official_document_has_the_title_of_its_own_lines(head):
    document, _ = read(head + NOTICE)
    assert plain_text(document.meta.title) == "某某市人民政府关于加强河道管理的通知"
    assert list(document_text(document))[:2] == [
        "某政发〔2025〕12号",
        "各县（区）人民政府，市政府各部门：",
    ]
    assert document.meta.date == ("2025-06-01" if head else "")


def test_a_register_is_named_in_the_report_and_stays_on_demand():
    _, told = read(REGISTER + NOTICE)
    assert sum(("kind", "register") in d.args for d in told) == 6
    document, _ = read(REGISTER + NOTICE, drop_furniture=False)
    assert "索 引 号：000014349/2025-00012" in list(document_text(document))


def test_a_list_that_is_no_register_stays():
    text = "名称：青山绿茶\n分类：茶叶\n有效期：两年\n\n这种茶产自山里，味道清香。\n"
    document, _ = read(text)
    assert "有效期：两年" in list(document_text(document))


def test_a_sentence_about_a_notice_is_no_title():
    text = "某某局\n关于加强管理的通知，大家议论纷纷。\n\n他们说了很多话，都没有用。\n"
    document, _ = read(text)
    assert "通知" in "".join(document_text(document))


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("記者李大華／台北報導", ("李大華",)),
        ("记者 张三", ("张三",)),
        ("이영희 기자 lee@news.example", ("이영희",)),
        ("记者手记", ()),
        ("记者招待会", ()),
    ],
)
def test_a_reporter_is_told_from_a_heading(line, names):
    assert signed_line(line) == names


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("<저작권자 ⓒ 뉴스, 무단 전재 금지>", "copyright"),
        ("＜関連記事＞", "related"),
        ("讚好 12  留言 3", "tools"),
        ("分享至 Facebook  Twitter", "tools"),
        ("留言本", ""),
        ("좋아요라고 말했다", ""),
    ],
)
def test_what_pages_hang_under_an_article(line, kind):
    assert furniture_kind(line) == kind


def test_a_labelled_title_is_the_title_without_its_label():
    head = "书名：长夜行\n作者：沈一舟\n类别：古代\n\n"
    prose = "夜色渐渐深了，城里的灯一盏一盏地亮起来，远处传来更鼓的声音。\n"
    chapters = "".join(f"第{n}章 桥头\n\n{prose * 5}\n" for n in "一二三四")
    for text in (head + chapters, head + prose * 3):
        document, _ = read(text)
        assert plain_text(document.meta.title) == "长夜行"
        assert [c.name for c in document.meta.contributors] == ["沈一舟"]


def test_chapters_with_a_star_and_a_comma_are_chapters():
    prose = "夜色渐渐深了，城里的灯一盏一盏地亮起来，远处传来更鼓的声音。\n"
    document, _ = read("".join(f"☆、第{n}章 桥头\n\n{prose * 5}\n" for n in "一二三四"))
    assert [b.kind for b in document.body if isinstance(b, Section)] == ["chapter"] * 4
    assert not document.meta.title


def test_parts_with_names_stand_beside_parts_with_numbers():
    prose = "　夜が深くなり、町の灯がひとつずつともっていく。遠くで鐘の音が聞こえた。\n" * 4
    parts = "".join(f"{n}\n\n{prose}\n" for n in ("プロローグ", *"一二三", "エピローグ"))
    document, told = read(parts + "あとがき\n\n　ありがとうございました。\n")
    assert [(b.level, b.kind) for b in document.body if isinstance(b, Section)] == [
        (1, "preface"),
        *[(1, "section")] * 3,
        *[(1, "afterword")] * 2,
    ]
    assert not any(d.code == "plain.maybe-headings" for d in told)
