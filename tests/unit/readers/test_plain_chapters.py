from __future__ import annotations

from pathlib import Path

import pytest

from publisher.messages import text_of
from publisher.readers.plain.chapters import find_chapters
from publisher.readers.plain.paragraphs import Piece, split_paragraphs
from publisher.readers.plain.reader import PlainReader
from publisher.tree.nodes import Section
from publisher.tree.walk import document_text, plain_text, query

BODY = "這是一段很長的正文，講述了許多事情，還有人物的對話。" * 3


def book(*lines):
    return "\n\n".join(line if len(line) > 60 else f"{line}\n\n{BODY}" for line in lines)


def found(text):
    pieces = split_paragraphs(text.split("\n"))
    return {pieces[k].text: (h.level, h.kind) for k, h in find_chapters(pieces).items()}


def test_chapters_that_rise():
    lines = ["第一章 風起", "第二章 雲湧", "第三章"]
    assert found(book(*lines)) == dict.fromkeys(lines, (1, "chapter"))


@pytest.mark.parametrize(
    "lines",
    [
        ("第一回　甲", "第二回　乙", "第三回　丙"),
        ("第１話", "第２話", "第３話"),
        ("제1장 시작", "제2장 중간", "제3장 끝"),
        ("正文 第九十九章 夜", "正文 第一百章 晝", "正文 第一百零一章 晨"),
        ("第廿一回 賊", "第廿二回 兵", "第廿四回 官", "第廿五回 民"),
        ("第01章 起", "第02章", "第03章　轉"),
        ("Chapter 1", "Chapter 2: On", "Chapter 3 End"),
        ("CHAPTER I", "CHAPTER II", "CHAPTER III"),
        ("第三十六回　甲", "第三十七回　乙", "第四十六回　丙", "第五十八回　丁"),
        ("第1話 甲", "第2話 乙", "第3話 丙", "第1話 丁", "第2話 戊"),
        ("第1章", "第2章 上", "第2章 下", "第3章", "第4章", "第6章", "第5章", "第6章"),
    ],
)
def test_units_and_numerals_of_all_languages(lines):
    assert set(found(book(*lines))) == set(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("第一章 甲", "第二章 乙"),
        ("第一章 甲", "第五章 乙", "第二章 丙"),
        ("第一回合結束了", "第二回合開始", "第三回合"),
        ("第一部隊正在集結", "第二部隊正在集結", "第三部門"),
        ("第一章裡他說了很多話。", "第二章裡他又說了。", "第三章裡他不說了。"),
        ("第一章裡他寫道", "第二章的開頭", "第三章裡又說"),
        ("第一章他寫道：", "第二章他寫道：", "第三章他寫道……"),
        tuple(f"第{n}章" + "很長的句子沒有標點" * 4 for n in (1, 2, 3)),
        ("第一章 甲", "第一章 乙", "第一章 丙"),
    ],
)
def test_what_only_looks_like_chapters_is_text(lines):
    assert found(book(*lines)) == {}


def test_volumes_stand_above_chapters_which_may_start_over():
    lines = ["第一卷 少年", "第一章 甲", "第二章 乙", "第二卷 壯年", "第一章 丙", "第二章 丁"]
    text = book(*lines)
    pieces = split_paragraphs(text.split("\n"))
    headings = find_chapters(pieces)
    assert [(pieces[k].text, h.level, h.kind) for k, h in sorted(headings.items())] == [
        ("第一卷 少年", 1, "part"), ("第一章 甲", 2, "chapter"), ("第二章 乙", 2, "chapter"),
        ("第二卷 壯年", 1, "part"), ("第一章 丙", 2, "chapter"), ("第二章 丁", 2, "chapter"),
    ]  # fmt: skip


def test_a_volume_whose_beginning_is_missing_stands_above_its_chapters():
    kinds = found(book("第二卷 雪", "第五章 甲", "第六章 乙", "第七章 丙"))
    assert kinds["第二卷 雪"] == (1, "part")
    assert kinds["第五章 甲"] == (2, "chapter")


def test_chapters_with_gaps_need_blank_lines_about_them():
    lines = ["第三十六回 甲", "第四十回 乙", "第五十八回 丙"]
    assert set(found(book(*lines))) == set(lines)
    assert found("\n".join(f"{line}\n{BODY}" for line in lines)) == {}


def cases():
    path = Path(__file__).resolve().parents[4] / "shared" / "cases" / "chapter-lines.tsv"
    if not path.is_file():
        return []
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]


@pytest.mark.skipif(not cases(), reason="the collected lines are not at hand")
def test_collected_lines_are_headings_or_not():
    for _, line, kind, _ in cases():
        unit = "回" if "回" in line else "章"
        lines = [line, *(f"第{number}{unit}" for number in (109, 110, 111))]
        is_heading = line in found(book(*lines))
        assert is_heading == (kind in ("chapter", "volume", "special")), line


def test_prefaces_and_afterwords_count_beside_chapters():
    lines = ["序章 黎明", "第一章", "第二章", "第三章", "番外一", "後記"]
    kinds = found(book(*lines))
    assert (kinds["序章 黎明"], kinds["番外一"], kinds["後記"]) == (
        (1, "preface"),
        (1, "extra"),
        (1, "afterword"),
    )
    assert found(book("序章 黎明", "後記")) == {}


def test_a_printed_table_of_contents_is_no_chapters():
    contents = "第一章 甲\n第二章 乙\n第三章 丙"
    text = f"{contents}\n\n{BODY}\n\n" + book("第一章 甲", "第二章 乙", "第三章 丙")
    pieces = split_paragraphs(text.split("\n"))
    assert min(find_chapters(pieces)) > 3


def test_a_long_line_is_never_a_heading():
    piece = Piece("第一章" + "字" * 60, 1, 1, 1, 1)
    assert find_chapters([piece] * 5) == {}


def test_a_book_has_title_author_front_text_and_chapters(request_for):
    text = "長夜行\n作者：某人\n\n" + BODY + "\n\n" + book("第一章 甲", "第二章 乙", "第三章 丙")
    request, _ = request_for(text, "b.txt")
    document = PlainReader().read(request)
    assert plain_text(document.meta.title) == "長夜行"
    assert [c.name for c in document.meta.contributors] == ["某人"]
    assert [s.kind for s in query(document, Section)] == ["chapter"] * 3
    assert document_text(document)[0] == BODY


@pytest.mark.parametrize(
    ("front", "title", "names"),
    [
        ("測試書名\n\n", "測試書名", []),
        ("測試書名\n", "測試書名", []),
        ("《長夜行》\n作者：某人\n\n", "長夜行", ["某人"]),
        ("長夜行\n\n[清] 曹雪芹 著\n\n", "長夜行", ["曹雪芹"]),
        ("長夜行\n文/陳暮雲\n\n", "長夜行", ["陳暮雲"]),
        ("나의 이야기\n김영희 지음\n\n", "나의 이야기", ["김영희"]),
    ],
)
def test_the_title_and_authors_above_the_first_chapter(request_for, front, title, names):
    request, _ = request_for(front + book("第一章 甲", "第二章 乙", "第三章 丙"), "b.txt")
    document = PlainReader().read(request)
    assert plain_text(document.meta.title) == title
    assert [c.name for c in document.meta.contributors] == names
    assert all(isinstance(block, Section) for block in document.body)


@pytest.mark.parametrize("front", ["他說了一句話。\n\n", "——題記\n\n"])
def test_a_sentence_above_the_first_chapter_is_no_title(request_for, front):
    request, _ = request_for(front + book("第一章 甲", "第二章 乙", "第三章 丙"), "b.txt")
    document = PlainReader().read(request)
    assert document.meta.title == ()
    assert document_text(document)[0] == front.strip()


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (("序章", "第01章 起", "第02章 承", "終章"), "4"),
        (("제1장 시작", "제2장 다음", "맺음말"), "3"),
        (("一", "二", "三"), "3"),
        (("第一章 甲", "第二章 乙"), ""),
        (("第1章", "第2章", "第3章"), ""),
        (("他說。", "一、有句號。", "二、也有。", "三、又有。"), ""),
    ],
)
def test_headings_in_doubt_are_told(request_for, lines, count):
    text = f"{BODY}\n\n" + "\n\n".join(f"{line}\n\n短文。\n\n短文。" for line in lines)
    request, report = request_for(text, "b.txt")
    PlainReader().read(request)
    told = [d for d in report.diagnostics if d.code == "plain.maybe-headings"]
    assert [(d.args[0], d.line, d.severity) for d in told] == (
        [(("count", count), 3, "info")] if count else []
    )
    assert all("{" not in text_of(d) for d in told)
