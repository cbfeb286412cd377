from __future__ import annotations

import re
import time

import pytest

import publisher
from publisher.errors import EncodingError, SourceError, SourceTooLarge, UnsupportedFormat
from publisher.readers.plain.reader import PlainReader
from publisher.tree.nodes import Pos, Section
from publisher.tree.walk import document_text, plain_text, query, walk_blocks

LONG = "這是一段很長的正文，說了許多事情，也有人物的對話和景色，讀來並不無聊，所以超過了五十個字，還要再多說一點才夠。"


@pytest.fixture
def read(request_for):
    def go(data, name="a.txt", **settings):
        request, report = request_for(data, name, **settings)
        return PlainReader().read(request), report.diagnostics

    return go


def texts(document):
    return [plain_text(document.meta.title), *document_text(document)]


def letters(text):
    return re.sub(r"\s", "", text)


def test_paragraphs_by_blank_lines_with_their_lines(read):
    document, _ = read("　　甲甲甲。\n\n\n乙乙乙。\n丙丙丙。\n")
    assert texts(document) == ["", "甲甲甲。", "乙乙乙。", "丙丙丙。"]
    assert [b.pos for b in document.body] == [Pos("a.txt", n, n) for n in (1, 4, 5)]


def wrapped(text, width):
    lines = []
    while text:
        cut = width
        while cut < len(text) and text[cut] in "，。！？”：、":
            cut += 1
        lines.append(text[:cut])
        text = text[cut:]
    return "\n".join(lines)


PARAGRAPHS = [LONG * 2, LONG + "短一些的一段。", LONG * 3 + "尾巴。", LONG + "末。"]


@pytest.mark.parametrize("width", [20, 33, 40])
@pytest.mark.parametrize("indent", ["", "　　"])
def test_hard_wrapped_lines_are_joined(read, width, indent):
    between = "\n" if indent else "\n\n"
    document, _ = read(between.join(wrapped(indent + p, width) for p in PARAGRAPHS))
    assert document_text(document) == PARAGRAPHS


def test_wrapped_lines_of_latin_and_korean_keep_their_spaces(read):
    words = "the quick brown fox jumps over the lazy dog and goes on for some while " * 3
    korean = "우리는 오래된 활자를 찾아서 먼 길을 떠났고 많은 이야기를 들었습니다 " * 4
    for text in (words.strip(), korean.strip()):
        lines, line = [], ""
        for word in text.split():
            if len(line) + len(word) > 42:
                lines.append(line.strip())
                line = ""
            line += f" {word}"
        document, _ = read("\n".join([*lines, line.strip()]))
        assert document_text(document) == [text]


def test_lines_that_are_paragraphs_or_verse_stay_apart(read):
    for source in ("\n".join(PARAGRAPHS), "床前明月光，\n疑是地上霜。\n舉頭望明月，\n低頭思故鄉。"):
        document, _ = read(source)
        assert document_text(document) == source.split("\n")


def test_the_scraped_sample_gives_its_parts(read, shared):
    data = (shared / "sources" / "000_36e689250a359071.txt").read_bytes()
    document, told = read(data)
    meta = document.meta
    assert plain_text(meta.title).startswith("《中國紀檢監察報》刊文")
    assert (meta.date, meta.language) == ("2025-12-22", "zh-Hant")
    assert [(c.role, c.name) for c in meta.contributors] == [
        ("author", "王雅婧"),
        ("source", "中國紀檢監察報"),
    ]
    sections = list(query(document, Section))
    assert [plain_text(s.title) for s in sections] == ["以有效監督管好“關鍵少數”", "踐悟"]
    roles = [
        getattr(b, "role", "") for b in walk_blocks(document.body) if not isinstance(b, Section)
    ]
    assert roles == ["lead", *["body"] * 12, *["body", "signature"] * 5]
    assert [(d.line, dict(d.args)["kind"]) for d in told] == [
        (1, "greeting"),
        (2, "breadcrumb"),
        (7, "empty field"),
    ]
    assert {b.pos.start for b in walk_blocks(document.body)} > {9, 34, 62}


def test_the_sample_of_the_project_gives_its_parts_and_drops_its_foot(read, samples):
    document, told = read((samples / "1-山城老報館.txt").read_bytes())
    assert document.meta.date == "2025-10-18"
    assert [c.name for c in document.meta.contributors] == ["山城日報"]
    assert [plain_text(s.title) for s in query(document, Section)] == [
        "鉛字裡的三十年",
        "三位師傅的話",
    ]
    assert [dict(d.args)["kind"] for d in told] == [
        "greeting",
        "breadcrumb",
        "empty field",
        "tools",
        "neighbours",
        "neighbours",
        "copyright",
    ]


PAGE = """首页 > 新闻 > 正文

老城的春天

2024年3月5日 星期二
来源：老城晚报  作者：李明 王芳  浏览次数：1,204
字号：大 中 小

{body}

责任编辑：赵六

上一篇：没有了
Copyright © 2024 老城网
"""
SIMPLE = "春天到了，老城里的人们都走出家门，在河边散步，孩子们放着风筝，老人们下着棋，说着一年里的事情，很是热闹。"


def test_a_simplified_page_gives_its_parts(read):
    document, told = read(PAGE.format(body=SIMPLE))
    assert texts(document) == ["老城的春天", SIMPLE]
    assert document.meta.date == "2024-03-05"
    assert [(c.role, c.name) for c in document.meta.contributors] == [
        ("author", "李明"),
        ("author", "王芳"),
        ("editor", "赵六"),
        ("source", "老城晚报"),
    ]
    assert [dict(d.args)["kind"] for d in told] == [
        "breadcrumb",
        "counter",
        "tools",
        "neighbours",
        "copyright",
    ]
    assert all(d.severity == "info" and d.line for d in told)


@pytest.mark.parametrize(
    ("page", "date", "people"),
    [
        (
            "ホーム > ニュース\n\n活字の町\n\n公開日：2025年3月1日\n執筆：山田太郎\n\n{0}\n\n前の記事：なし\n",
            "2025-03-01",
            ["山田太郎"],
        ),
        (
            "홈 > 뉴스\n\n활자의 도시\n\n입력: 2025-04-02 10:00  조회수: 33\n기자: 김철수\n\n{0}\n\n이전글: 없음\n",
            "2025-04-02",
            ["김철수"],
        ),
    ],
)
def test_japanese_and_korean_pages(read, page, date, people):
    body = (
        "これは活字の町の話です。" * 8
        if "公開日" in page
        else "이것은 활자의 도시 이야기입니다. " * 8
    )
    document, told = read(page.format(body.strip()))
    assert document.meta.date == date
    assert [c.name for c in document.meta.contributors] == people
    assert document_text(document) == [body.strip()]
    assert len(told) >= 2


def test_nothing_is_dropped_where_told_to_keep_it(read):
    document, told = read(PAGE.format(body=SIMPLE), drop_furniture=False)
    assert told == [] or all(dict(d.args)["kind"] == "counter" for d in told)
    assert {"首页 > 新闻 > 正文", "Copyright © 2024 老城网"} <= set(document_text(document))


@pytest.mark.parametrize(
    "source",
    [
        "您好!\n\n今天是個好日子,我想同你說說話。" + LONG,
        "標題\n\n上一篇\n\n" + LONG,
        "一封信\n\n您好！今天是我的生日。\n\n" + LONG + "\n\n版权所有的事情以后再谈。",
        "點擊\n" + LONG + "\n打印\n",
        LONG + "\n\n首頁 > 第二\n\n" + LONG,
    ],
)
def test_a_clean_text_never_loses_a_line(read, source):
    document, told = read(source)
    assert told == []
    assert letters("".join(texts(document))) == letters(source)


def test_the_novel_and_the_batch_lose_nothing(read, shared):
    files = sorted((shared / "corpus" / "batch").glob("*.md"))[::12]
    for file in [shared / "corpus" / "novel-hans.txt", *files]:
        document, told = read(file.read_bytes())
        # Rules about front matter part the text; they are not text.
        written = re.sub("(?m)^---$", "", file.read_text(encoding="utf-8"))
        assert letters("".join(texts(document))) == letters(written), file
        assert told == []
    assert len(read((shared / "corpus" / "novel-hans.txt").read_bytes())[0].body) == 120


def test_blank_lines_alone_make_headings_only_in_prose(read):
    article = f"題目\n\n{LONG}\n\n\n小標題\n\n\n{LONG}\n\n{LONG}\n"
    assert [plain_text(s.title) for s in query(read(article)[0], Section)] == ["小標題"]
    for bad in ("“引號開頭", "有句號。", "——署名", "（括號）"):
        document, _ = read(article.replace("小標題", bad))
        assert list(query(document, Section)) == []


def test_a_short_text_of_headings_has_none(read):
    assert list(query(read("甲\n\n\n乙\n\n\n丙\n\n\n丁\n")[0], Section)) == []


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b"", SourceError, "holds no text"),
        (" \n　\n".encode(), SourceError, "holds no text"),
        (b"%PDF-1.4\n", UnsupportedFormat, "PDF"),
        (b"PK\x03\x04" + b"\x00" * 50, UnsupportedFormat, "zip"),
        ("短\n長長長長長長".encode(), SourceTooLarge, "6 characters"),
    ],
)
def test_bad_input_is_one_clear_error(read, data, error, message):
    with pytest.raises(error, match=message) as caught:
        read(data, max_line=5)
    assert caught.value.where.startswith("a.txt")


def test_a_wrong_encoding_is_told(read):
    with pytest.raises(EncodingError, match="byte 0"):
        read(LONG.encode("gb18030"), encoding="utf-8")
    assert read(LONG.encode("gb18030"), encoding="gbk")[0].sources[0].encoding == "gb18030"


def test_a_hundred_megabytes_of_one_line_fail_fast(read):
    data = "文".encode() * 34_000_000
    began = time.process_time()
    with pytest.raises(SourceTooLarge, match="34,000,000"):
        read(data)
    assert time.process_time() - began < 5


def test_controls_and_surrogates_are_told_with_their_lines(read):
    document, told = read("甲\n乙\x00乙\n丙".encode() + b"\xed\xa0\x80")
    assert document_text(document) == ["甲", "乙乙", "丙\ufffd"]
    assert [(d.code, d.line) for d in told] == [("text.control", 2), ("text.surrogate", 3)]


def test_sniffing_takes_text_and_no_binary_data():
    reader = PlainReader()
    assert reader.sniff("文".encode()) > 0
    assert reader.sniff(b"%PDF-1.4") == reader.sniff(b"") == 0


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ("* * *", "asterism"),
        ("＊＊＊", "asterism"),
        ("　　　◇　◇　◇", "asterism"),
        ("※※※", "asterism"),
        ("⁂", "asterism"),
        ("——————", "rule"),
        ("----", "rule"),
        ("――――", "rule"),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_line_that_parts_scenes(read, line, style, gap):
    document, _ = read(gap.join((LONG, line, LONG)))
    assert [getattr(block, "style", "") for block in document.body] == ["", style, ""]


@pytest.mark.parametrize("line", ["——", "……", "※注", "*", "* 一 *", "○○○"])
def test_a_line_with_anything_to_say_stays_text(read, line):
    document, _ = read(f"{LONG}\n\n{line}\n\n{LONG}")
    assert document_text(document) == [LONG, line, LONG]


def test_a_scene_break_in_a_hard_wrapped_text_parts_paragraphs(read):
    parts = [wrapped(PARAGRAPHS[0], 20), "-" * 40, wrapped(PARAGRAPHS[1], 20)]
    document, _ = read("\n".join(parts))
    assert document_text(document) == PARAGRAPHS[:2]


@pytest.mark.parametrize(
    "text", ["山月抄\n\n隴西《ろうさい》の李徴\n", "我讀了《山月記》。\n《ドラえもん》もあった。\n"]
)
def test_a_bracket_or_two_make_no_notation(read, text):
    document, _ = read(text)
    assert letters("".join(texts(document))) == letters(text)


# ------------------------------------------------------------------------- heads and ends of letters


def test_an_indented_name_under_the_title_is_the_author(tmp_path):
    story = "　雨は夜半から雪に変わった。駅前の灯りが一つ、また一つと消えていく。\n" * 4
    text = "雪の駅\n　　　　　三島悠子\n\n" + "".join(f"{n}\n\n{story}\n" for n in "一二三")
    path = tmp_path / "yuki.txt"
    path.write_text(text, "utf-8")
    meta = publisher.read(path).document.meta
    assert (plain_text(meta.title), [c.name for c in meta.contributors]) == ("雪の駅", ["三島悠子"])


def test_the_date_of_a_letter_stays_at_its_end_and_at_the_right(tmp_path):
    text = "关于供暖的通知\n\n各街道：\n\n请做好准备。\n\n　　　　　　　　市供暖办公室\n　　　　　　　　2025年10月20日\n"
    path = tmp_path / "notice.txt"
    path.write_text(text, "utf-8")
    document = publisher.read(path).document
    ends = [(b.role, plain_text(b.content)) for b in document.body[-2:]]
    assert ends == [("signature", "市供暖办公室"), ("signature", "2025年10月20日")]
    assert document.meta.date == ""
