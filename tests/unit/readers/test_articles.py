"""The article of a web page: found among the furniture, read whole, with its title, names and date."""

import json
import re

import pytest

from publisher.environment import Environment, ResourceStore
from publisher.events import Collector
from publisher.readers.base import ReadRequest
from publisher.readers.html.images import picture_sources
from publisher.readers.html.reader import HtmlReader
from publisher.readers.plain.fields import opening_author
from publisher.settings import InputSettings
from publisher.tree.nodes import (
    Figure,
    Footnote,
    Image,
    Link,
    ListBlock,
    Mark,
    NoteRef,
    Quote,
    Ruby,
    Section,
    Table,
)
from publisher.tree.walk import block_text, plain_text, query, walk_blocks
from tests.tools.every_node import png
from tests.tools.web_pages import HANS, JA, PAGES, UNWANTED, links, ps, site


def read(page, root=None, **settings):
    report = Collector()
    data = page if isinstance(page, bytes) else page.encode()
    path = None if root is None else root / "page.html"
    request = ReadRequest(
        data,
        "page.html",
        path,
        root,
        InputSettings(**settings),
        Environment(),
        ResourceStore(),
        report,
    )
    return HtmlReader().read(request), report.diagnostics


def said(document):
    return re.sub(r"\s", "", "".join(map(block_text, walk_blocks(document.body))))


def titles_of(document):
    return [plain_text(b.title) for b in document.body if isinstance(b, Section)]


@pytest.mark.parametrize("name", PAGES)
def test_the_article_is_read_and_nothing_else(name):
    page = PAGES[name]()
    document, _ = read(page.html)
    text = said(document)
    for sentence in (*page.wanted, *page.kept):
        assert re.sub(r"\s", "", sentence) in text
    assert UNWANTED not in text


@pytest.mark.parametrize("name", PAGES)
def test_title_names_and_date(name):
    page = PAGES[name]()
    meta = read(page.html)[0].meta
    assert plain_text(meta.title) == page.title
    authors = tuple(c.name for c in meta.contributors if c.role == "author")
    assert page.authors in (authors, ())
    assert meta.date == page.date


@pytest.mark.parametrize("name", PAGES)
def test_furniture_is_kept_on_demand(name):
    document, _ = read(PAGES[name]().html, drop_furniture=False)
    assert UNWANTED in said(document)


def test_bold_lines_become_headings_with_the_number_above_them():
    document, reports = read(PAGES["short wechat"]().html)
    assert titles_of(document) == ["01　天没亮", "02　三十年"]
    assert document.meta.publisher == "山城札记"
    assert [dict(d.args)["count"] for d in reports if d.code == "html.headings"] == ["2"]


@pytest.mark.parametrize(
    "inner",
    [
        f"<p><b>{HANS[0]}</b></p><p><b>{HANS[1]}</b></p><p>{HANS[2]}</p>",  # a text in bold
        f"<p><b>老街</b></p><p>{HANS[0]}</p><p>{HANS[1]}</p>",  # one such line
        f"<h2>集市</h2><p>{HANS[0]}</p><p><b>天没亮</b></p><p>{HANS[1]}</p><h2>豆腐</h2><p><b>三十年</b></p><p>{HANS[2]}</p>",
        f"<p><b>他说：</b></p><p>{HANS[0]}</p><p><b>她说：</b></p><p>{HANS[1]}</p>",
    ],
)
def test_bold_lines_that_head_nothing(inner):
    head = '<meta property="og:title" content="老街集市明春搬家"><title>老街集市明春搬家</title>'
    document, reports = read(site(f'<div class="post-content">{inner}</div>', head))
    assert "html.headings" not in [d.code for d in reports]
    assert set(titles_of(document)) <= {"集市", "豆腐"}


def test_lines_that_the_metadata_cover_go_and_others_stay():
    head = '<title>老街集市明春搬家_山城新闻网</title><meta property="og:site_name" content="山城新闻网">'
    lines = "<p>2024-03-05 08:12 来源：山城新闻网</p><p>2024年2月5日，老街下了雪</p><p>山城三月</p>"
    inner = f'<h1>老街集市明春搬家</h1><div class="post-content">{lines}{ps(HANS)}<p>山城新闻网</p></div>'
    text = said(read(site(inner, head))[0])
    assert "08:12" not in text
    for kept in ("2024年2月5日，老街下了雪", "山城三月", f"{HANS[-1]}山城新闻网"):
        assert kept in text


def test_a_page_laid_out_in_tables_gives_the_cell_with_the_text():
    cell = f"<td class='txt'><font><p>{'<br><br>　　'.join(HANS)}</p></font></td>"
    page = (
        "<html><head><title>老街集市明春搬家 - 山城在线</title></head><body>"
        f"<table><tr><td><a href='#'>设为首页</a> | <a href='#'>加入收藏</a></td></tr></table>"
        f"<table><tr><td><b>热点新闻</b><br>·<a href='#'>{UNWANTED}</a></td><td><table>"
        "<tr><td><b>老街集市明春搬家</b></td></tr><tr><td>2003年10月21日 10:08　山城在线</td></tr>"
        f"<tr>{cell}</tr><tr><td>【发表评论】【关闭窗口】</td></tr></table></td></tr></table>"
        f"<table><tr><td>Copyright © 1999-2003 山城在线 版权所有 {UNWANTED}</td></tr></table></body></html>"
    )
    document, _ = read(page)
    assert said(document) == "".join(HANS)
    meta = document.meta
    assert (plain_text(meta.title), meta.date, meta.publisher) == (
        "老街集市明春搬家", "2003-10-21", "山城在线",
    )  # fmt: skip


def test_the_first_post_of_a_thread_is_read():
    posts = "".join(
        f'<td class="t_f" id="postmessage_880{n}">{text}</td>'
        for n, text in enumerate((HANS[0], JA[1]))
    )
    head = "<title>中轴异响 - 维修 - 山城论坛 - Powered by Discuz!</title>"
    assert said(read(site(f"<table><tr>{posts}</tr></table>", head))[0]) == HANS[0]


def test_what_an_encyclopaedia_shows_at_a_screen_only_goes():
    contents = (
        '<div id="toc" class="toc"><h2>目录</h2><ul><li><a href="#a">1 历史</a></li></ul></div>'
    )
    edit = '<span class="mw-editsection">[<a href="/e">编辑</a>]</span>'
    heads = "".join(
        f'<div class="mw-heading mw-heading2"><h2>{word}</h2>{edit}</div><p>{text}</p>'
        for word, text in (("历史", HANS[1]), ("构造", HANS[2]))
    )
    inner = f'<div class="mw-parser-output"><p>{HANS[0]}</p>{contents}{heads}</div>'
    document, _ = read(
        f"<html><head><title>集市 - 维基百科</title></head><body><h1>集市</h1>{inner}</body></html>"
    )
    assert titles_of(document) == ["历史", "构造"]
    assert said(document) == f"{HANS[0]}历史{HANS[1]}构造{HANS[2]}"


def test_a_line_under_a_picture_is_its_caption(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.png").write_bytes(png())
    inner = f'<div class="photo"><img src="a.png"><h4>街景。记者苏小溪／摄</h4></div>{ps(HANS)}'
    found = list(query(read(f"<body>{inner}</body>", tmp_path)[0].body, Figure))
    assert [block_text(b) for f in found for b in f.caption] == ["街景。记者苏小溪／摄"]
    two = f'<div class="photo"><img src="a.png"><img src="b.png"><h4>街景</h4></div>{ps(HANS)}'
    assert not any(f.caption for f in query(read(f"<body>{two}</body>", tmp_path)[0].body, Figure))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("江城晚报讯（记者周岚）17日凌晨，公交司机", ["周岚"]),
        ("（中央社記者蔡宜庭嘉義縣8日電）阿里山", ["蔡宜庭"]),
        ("〔記者李小四／高雄報導〕旗津", ["李小四"]),
        ("新华社兰州3月19日电（记者钟亦凡、贺兰山）在祁连山", ["钟亦凡", "贺兰山"]),
        ("(서울=바다뉴스) 김철수 기자 = 서울시는", ["김철수"]),
        ("记者周岚今天到了那里，（记者也是人）", []),
    ],
)
def test_reporters_that_the_first_words_name(text, names):
    assert list(opening_author(text)) == names


def test_two_breaks_before_a_mark_part_paragraphs():
    page = f"<div>{HANS[0]}<br><br><b>三十年</b><br><br>{HANS[1]}<br><i>又</i>一行</div>"
    blocks = read(f"<html><body>{page}</body></html>")[0].body
    assert [block_text(b).split("\n") for b in blocks] == [
        [HANS[0]],
        ["三十年"],
        [HANS[1], "又一行"],
    ]


def test_the_report_says_what_was_chosen_and_dropped():
    _, reports = read(PAGES["mainland news"]().html)
    codes = [d.code for d in reports]
    assert codes[0] == "html.article"
    assert dict(reports[0].args)["voice"] in ("trafilatura", "named")
    assert "html.dropped" in codes


@pytest.mark.parametrize(
    "inner",
    [
        f"<h1>集市</h1><p>{HANS[0]}</p><aside><p>旁注。</p></aside><footer><p>作者后记。</p></footer>",
        f"<p>{HANS[0]}</p><ul><li><a href='https://a.example/'>参考一</a></li></ul><p>短。</p>",
        f"{ps(HANS)}<hr><p>责任编辑：我自己</p><p>相关阅读</p>",
        f"<div class='note'>{HANS[1]}</div><div id='menu'>今日菜单：豆腐。</div>",
    ],
)
def test_what_somebody_wrote_by_hand_stays_whole(inner):
    page = f"<html><head><title>集市</title></head><body>{inner}</body></html>"
    document, reports = read(page)
    plain = re.sub(r"\s|<[^>]*>", "", inner.replace("<h1>集市</h1>", ""))
    assert said(document) == plain
    assert not [d for d in reports if d.code.startswith("html.")]


# --------------------------------------------------------------------- everything in an article


EVERYTHING = (
    "<h1>老街集市志</h1><div class='info'>作者：周明远　发布时间：2024-03-05</div>"
    f"<p>{HANS[0]}<mark>要点</mark>，<ruby>集<rt>jí</rt>市<rt>shì</rt></ruby>。"
    "<sup><a href='#fn1' id='ref1'>[1]</a></sup></p>"
    f"<h2 id='history'>历史</h2><p>{HANS[1]}</p>"
    "<ol start='3'><li>甲<ul><li>子<ul><li>孙</li></ul></li></ul></li><li>乙</li></ol>"
    "<table><caption>表一 摊位</caption><thead><tr><th>年</th><th colspan='2'>摊位</th></tr></thead>"
    "<tbody><tr><td rowspan='2'>今年</td><td>菜</td><td>12</td></tr><tr><td>豆腐</td><td>3</td></tr>"
    "</tbody></table>"
    "<figure><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-original='a.png' alt='图'>"
    "<figcaption>图一 老街</figcaption></figure>"
    f"<p>{HANS[2]}见<a href='#history'>历史</a>与<a href='/b.html'>旧闻</a>。</p>"
    "<pre><code>print('集市')</code></pre>"
    f"<blockquote><p>{HANS[3]}</p></blockquote>"
    "<ol class='footnotes'><li id='fn1'>《山城志》。<a href='#ref1'>↩</a></li></ol>"
)


@pytest.fixture
def everything(tmp_path):
    (tmp_path / "a.png").write_bytes(png(9, 9))
    page = site(
        f'<div class="wrap"><div id="article">{EVERYTHING}</div>'
        f'<div class="related"><ul>{links(9)}</ul></div></div>',
        "<title>老街集市志_山城网</title><link rel='canonical' href='https://shan.example/a/1.html'>",
    )
    return read(page, tmp_path)[0]


def test_a_page_with_everything_arrives_whole(everything):
    body = everything.body
    assert plain_text(everything.meta.title) == "老街集市志"
    table = next(query(body, Table))
    assert (len(table.head), table.head[0].cells[1].colspan) == (1, 2)
    assert table.body[0].cells[0].rowspan == 2
    assert block_text(table.caption[0]) == "表一 摊位"
    figure = next(query(body, Figure))
    assert block_text(figure.caption[0]) == "图一 老街"
    assert next(query(figure.blocks, Image)).alt == "图"
    ruby = next(query(body, Ruby))
    assert [pair.text for pair in ruby.pairs] == ["jí", "shì"]
    outer = next(query(body, ListBlock))
    assert (outer.ordered, outer.start) == (True, 3)
    assert len(list(query(body, ListBlock))) == 3
    note = next(query(body, Footnote))
    assert [n.note for n in query(body, NoteRef)] == [note.id]
    targets = [link.target for link in query(body, Link)]
    assert targets == ["#history", "https://shan.example/b.html"]
    assert [m.kind for m in query(body, Mark)] == ["highlight"]
    assert "print('集市')" in said(everything)
    assert UNWANTED not in said(everything)


# ------------------------------------------------------------------------------------- metadata


@pytest.mark.parametrize(
    ("data", "authors"),
    [
        ({"@type": "NewsArticle", "author": "甲某"}, ["甲某"]),
        ({"@type": ["Article", "X"], "author": [{"name": "甲某"}, {"name": "乙某"}]}, ["甲某", "乙某"]),
        ([{"@type": "BreadcrumbList"}, {"@type": "BlogPosting", "author": {"name": "文/甲某"}}], ["甲某"]),
        (
            {"@graph": [{"@type": "Person", "@id": "#p", "name": "甲某"},
                        {"@type": "Article", "author": {"@id": "#p"}}]},
            ["甲某"],
        ),
        ({"@type": "NewsArticle", "author": {"name": "山城网"}, "publisher": {"name": "山城网"}}, []),
    ],
)  # fmt: skip
def test_json_ld_in_many_shapes(data, authors):
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    document, _ = read(f"<html><head>{script}</head><body>{ps(HANS)}</body></html>")
    assert [c.name for c in document.meta.contributors] == authors


@pytest.mark.parametrize("broken", ["{", "[1, 2", '{"@type": 3}', "null", '"x"', "[" * 3000])
def test_broken_json_ld_costs_nothing(broken):
    script = f'<script type="application/ld+json">{broken}</script>'
    document, _ = read(f"<html><head>{script}</head><body>{ps(HANS)}</body></html>")
    assert said(document) == "".join(HANS)


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("老街集市明春搬家_社会_山城网", "老街集市明春搬家"),
        ("老街集市明春搬家 - 山城新闻", "老街集市明春搬家"),
        ("朝市、来春に移転へ｜地域｜みなとニュース", "朝市、来春に移転へ"),
        (
            "장터 이전 소식 전해져 < 사회 < 기사본문 - 바다일보",
            "장터 이전 소식 전해져",
        ),
        ("深度学习 - 从入门到精通", "深度学习 - 从入门到精通"),
        ("C++ | Java", "C++ | Java"),
    ],
)
def test_titles_without_their_site(title, plain):
    document, _ = read(f"<html><head><title>{title}</title></head><body>{ps(HANS)}</body></html>")
    assert plain_text(document.meta.title) == plain


@pytest.mark.parametrize(
    ("line", "author", "date"),
    [
        ("作者：张三 2024-01-02 10:00", "张三", "2024-01-02"),
        ("文/李四", "李四", ""),
        ("記者王小明／台北報導", "王小明", ""),
        ("김영희 기자 kim@bada.example", "김영희", ""),
        ("[서울=바다일보] 이순신 기자 =", "이순신", ""),
        ("来源：新报 记者：赵五", "赵五", ""),
        ("2024年1月2日 星期二", "", "2024-01-02"),
    ],
)
def test_lines_over_an_article(line, author, date):
    page = site(
        f'<div id="main"><h1>题</h1><div>{line}</div><div>{ps(HANS)}</div></div><ul>{links(9)}</ul>'
    )
    meta = read(page)[0].meta
    assert [c.name for c in meta.contributors if c.role == "author"] == ([author] if author else [])
    assert meta.date == date


# --------------------------------------------------------------------------------------- pictures


@pytest.mark.parametrize(
    ("tag", "first"),
    [
        ('<img src="a.jpg">', "a.jpg"),
        ('<img src="/img/loading.gif" data-src="b.jpg">', "b.jpg"),
        ('<img src="data:image/gif;base64,AA" data-original="c.jpg">', "c.jpg"),
        ('<img src="s.jpg" srcset="m.jpg 800w, l.jpg 1600w">', "l.jpg"),
        ('<picture><source srcset="p.webp 2x, q.webp 1x"><img src="s.jpg"></picture>', "p.webp"),
        ('<img class="lazy" src="/1x1.gif"><noscript><img src="n.jpg"></noscript>', "n.jpg"),
        ('<img src="only.gif" data-url="true">', "only.gif"),
    ],
)
def test_where_a_picture_is(tag, first):
    from lxml import html

    element = next(html.fromstring(f"<div>{tag}</div>").iter("img"))
    assert picture_sources(element)[0] == first
    with_base = picture_sources(element, "https://a.example/b/")
    assert with_base[1].startswith("https://a.example/")


def test_a_saved_page_finds_pictures_in_its_folder(tmp_path):
    folder = tmp_path / "page_files"
    folder.mkdir()
    (folder / "a.png").write_bytes(png())
    document, reports = read(f'{ps(HANS)}<p><img src="./page_files/a.png"></p>', tmp_path)
    assert len(document.resources) == 1
    assert not reports


def test_a_lost_picture_is_said_once():
    page = (
        "<base href='https://a.example/'>" + ps(HANS) + '<p><img src="x.jpg" data-src="y.jpg"></p>'
    )
    codes = [d.code for d in read(page)[1]]
    assert codes == ["picture.remote"]


def test_a_charset_that_lies():
    page = site(f"<div id='a'><h1>老街集市</h1>{ps(HANS)}</div><ul>{links(9)}</ul>")
    data = page.replace('charset="utf-8"', 'charset="gb2312"').encode()
    assert HANS[0] in said(read(data)[0])


@pytest.mark.parametrize("size", [0, 1, 7, 40])
def test_pages_of_hardly_anything(size):
    page = site(f"<p>{HANS[0][:size]}</p>" + f"<ul>{links(9)}</ul>")
    document, _ = read(page)
    assert HANS[0][:size] in said(document)


def test_controls_by_entity_cost_nothing():
    note = "<p>文<sup><a href='#n' id='r'>1</a></sup></p><div class='footnotes'><p id='n'><a href='#r'>1</a>&#1;. 注&#31;。</p></div>"
    assert "注。" in said(read(note)[0])


def test_numbered_lines_of_a_notice_head_its_parts():
    parts = "".join(
        f"<p>　　{n}、{word}</p><p>{text}</p>"
        for n, word, text in zip("一二三", ("范围", "责任", "监督"), HANS, strict=False)
    )
    document, _ = read(
        site(f'<div class="TRS_Editor"><p>各单位：</p>{parts}</div>', "<title>通知</title>")
    )
    assert titles_of(document) == ["一、范围", "二、责任", "三、监督"]
    listed = f"<p>一、范围</p><p>二、责任</p><p>三、监督</p>{ps(HANS)}"
    assert titles_of(read(site(f'<div class="TRS_Editor">{listed}</div>'))[0]) == []


def test_a_form_in_the_text_and_links_under_their_heading_go():
    form = f'<div class="card"><div>{UNWANTED}</div><p>每周日送达。</p><input type="email"><button>订阅</button></div>'
    more = f'<p><strong>【更多新聞】</strong><br><a href="/1">►{UNWANTED}</a><br><a href="/2">►{UNWANTED}二</a></p>'
    inner = f'<div class="article__content"><p>{HANS[0]}</p>{form}<p>{HANS[1]}</p>{more}</div>'
    assert said(read(site(inner, "<title>集市</title>"))[0]) == "".join(HANS[:2])


def test_a_novel_of_breaks_with_a_box_in_it_is_not_lost_to_a_notice():
    text = "<br><br>&nbsp;&nbsp;".join(HANS * 6)
    inner = f'<div id="content">{text}<div class="ad"><a href="/app">{UNWANTED}</a></div>{HANS[0]}</div>'
    notice = f"<p>本站所有小说为转载作品，{UNWANTED}，只是为了宣传本书让更多读者欣赏。</p>"
    page = site(
        f'<div class="bookname"><h1>第三章 集市</h1></div>{inner}<div class="footer">{notice}</div>'
    )
    assert said(read(page)[0]) == "".join(HANS * 6) + HANS[0]


def test_who_is_quoted_is_no_furniture():
    quote = f"<blockquote><p>{HANS[2]}</p><footer>老李</footer></blockquote>"
    inner = f"<article><p>{HANS[0]}</p><p>{HANS[1]}</p>{quote}<p>{HANS[3]}</p></article>"
    document, _ = read(site(f"<nav><a href='/'>首页</a></nav>{inner}"))
    assert [plain_text(q.attribution) for q in query(document.body, Quote)] == ["老李"]


def test_a_paper_before_a_reporter_is_no_author():
    page = (
        "<html><head><title>茶農憂缺水</title></head><body><article><h1>茶農憂缺水</h1>"
        "<span class='article-content__author'>聯合報／ 記者<a>陳小明</a>／嘉義即時報導</span>"
        + ps(["阿里山茶區今年春雨不足，茶農擔憂夏茶歉收，紛紛盼雨。"] * 5)
        + "</article></body></html>"
    )
    document, _ = read(page)
    assert [c.name for c in document.meta.contributors] == ["陳小明"]


@pytest.mark.parametrize("name", ["RichContent-inner", "Post-RichText"])
def test_an_answer_of_a_site_without_links_is_found_by_the_name_of_its_box(name):
    page = (
        "<html><head><title>为什么老房子冬暖夏凉？ - 某站</title></head><body>"
        "<div>首页 会员 发现 等你来答</div><h1>为什么老房子冬暖夏凉？</h1>"
        f"<div>1,234 人赞同了该回答</div><div class='{name}'>"
        + ps(["老房子墙厚，热惰性大，白天吸热慢，晚上放热也慢，所以室内温度变化小。"] * 4)
        + "</div><div>赞同 1234 评论 56 收藏 喜欢</div></body></html>"
    )
    document, _ = read(page)
    assert len(document.body) == 4
    assert not any(word in said(document) for word in ("会员", "赞同", "收藏"))
