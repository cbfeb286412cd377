"""Whole books: tables of contents, volumes, miscounts, repeated lines, poems, bare numbers."""

import json

import pytest

from publisher.readers.plain.chapters import find_chapters
from publisher.readers.plain.paragraphs import split_paragraphs
from publisher.readers.plain.reader import PlainReader
from publisher.text.numerals import to_chinese
from publisher.tree.nodes import Section
from publisher.tree.walk import document_text, plain_text, query
from tests.unit.readers.test_chapter_lines import PROSE

TEXT = f"　　{PROSE['hans']}"


def chapters(first, last, shape="第{}章 渡口{}"):
    lines = []
    for number in range(first, last + 1):
        lines += [shape.format(to_chinese(number), number), *[TEXT] * 3]
    return lines


def outline(lines, blank):
    pieces = split_paragraphs(("\n\n" if blank else "\n").join(lines).split("\n"))
    found = find_chapters(pieces)
    return [(found[p].level, found[p].kind, pieces[p].text, pieces[p].start) for p in sorted(found)]


def shape(lines, blank):
    return [(level, text) for level, _, text, _ in outline(lines, blank)]


both = pytest.mark.parametrize("blank", [True, False])
CHAPTERS = [(1, f"第{to_chinese(n)}章 渡口{n}") for n in (1, 2, 3)]


@both
@pytest.mark.parametrize("ends", ["", "……12", " 3", "......45"])
def test_a_table_of_contents_with_its_preface_and_page_numbers(ends, blank):
    table = ["目录", *(text + ends for text in ("序章", *(t for _, t in CHAPTERS), "后记"))]
    text = ["序章", TEXT, *chapters(1, 3), "后记", TEXT]
    found = outline([*table, *text], blank)
    assert [(level, t) for level, _, t, _ in found] == [(1, "序章"), *CHAPTERS, (1, "后记")]
    assert found[0][3] > 6


@both
def test_a_table_of_contents_of_volumes_whose_chapters_start_over(blank):
    table = ["第一卷 春", "第一章 甲", "第二章 乙", "第二卷 夏", "第一章 丙", "第二章 丁"]
    text = [
        "第一卷 春",
        "第一章 甲",
        TEXT,
        "第二章 乙",
        TEXT,
        "第二卷 夏",
        "第一章 丙",
        TEXT,
        "第二章 丁",
        TEXT,
    ]
    levels = [1, 2, 2, 1, 2, 2]
    assert shape(["目录", *table, *text], blank) == list(zip(levels, table, strict=True))


@both
def test_parts_volumes_and_chapters_nest(blank):
    lines = ["第一部 北", "第一卷 春", *chapters(1, 2), "第二卷 夏", *chapters(3, 4), "第二部 南", "第三卷 秋",
             *chapters(5, 6)]  # fmt: skip
    found = outline(lines, blank)
    assert [level for level, *_ in found] == [1, 2, 3, 3, 2, 3, 3, 1, 2, 3, 3]
    assert [kind for _, kind, *_ in found][:3] == ["volume", "part", "chapter"]


@both
@pytest.mark.parametrize(
    ("above", "below", "kinds"),
    [
        ("第{}章　季節", "第{}話　雪", ("part", "chapter")),
        ("{1}부 계절", "{1}화 눈", ("part", "chapter")),
        ("第{}卷 季节", "第{}节 雪", ("part", "chapter")),
        ("第{}章 季节", "第{}节 雪", ("chapter", "section")),
        ("卷{} 季节", "第{}回 雪", ("part", "chapter")),
        ("Part {1}", "Chapter {1} Snow", ("volume", "chapter")),
    ],
)
def test_units_of_two_ranks(above, below, kinds, blank):
    lines = []
    for volume in (1, 2, 3):
        lines.append(above.format(to_chinese(volume), volume))
        lines += chapters(volume * 3 - 2, volume * 3, below)
    found = outline(lines, blank)
    assert [level for level, *_ in found] == [1, 2, 2, 2] * 3
    assert tuple(kind for _, kind, *_ in found[:2]) == kinds


@both
@pytest.mark.parametrize("indent", ["　　", ""])
def test_titles_right_behind_the_number(indent, blank):
    lines = [line.replace("　　", indent) for line in chapters(1, 6, "第{}回风雪夜归人")]
    assert len(shape(lines, blank)) == 6
    if not (blank or indent):
        assert shape(lines[:16], blank) == []


@both
def test_halves_of_a_book(blank):
    lines = ["上卷", *chapters(1, 2), "中卷", *chapters(3, 4), "下卷 完", *chapters(5, 6)]
    assert [level for level, _ in shape(lines, blank)] == [1, 2, 2] * 3


@both
@pytest.mark.parametrize("lead", ["长夜行 ", "第一卷 少年 "])
def test_names_before_the_number(lead, blank):
    lines = chapters(1, 4, lead + "第{}章 雪{}")
    assert len(shape(lines, blank)) == 4


@both
def test_miscounts_repeats_and_gaps_stay_headings(blank):
    lines = [
        *chapters(1, 8),
        "第十九章 错",
        TEXT,
        *chapters(10, 14),
        "第十三章 重",
        TEXT,
        *chapters(16, 20),
    ]
    assert len(shape(lines, blank)) == 20


@both
def test_a_heading_that_is_there_twice_counts_once(blank, request_for):
    lines = [text for n in "一二三" for text in (f"第{n}章 雪", f"第{n}章 雪", TEXT)]
    request, report = request_for(("\n\n" if blank else "\n").join(lines), "b.txt")
    document = PlainReader().read(request)
    assert [len(s.blocks) for s in query(document, Section)] == [1, 1, 1]
    assert [(d.code, dict(d.args)["kind"]) for d in report.diagnostics] == [
        ("plain.dropped", "repeated heading")
    ] * 3


@both
def test_lines_of_poems_are_no_chapters(blank):
    poem = ["其一", "　　山中无历日", "其二", "　　寒尽不知年", "其三", "　　松下问童子"]
    assert shape([*chapters(1, 3), *poem], blank) == CHAPTERS
    assert shape([TEXT, *poem, TEXT], blank) == []


@both
def test_numbers_start_over_under_chapters(blank):
    lines = [
        text
        for n in "一二三"
        for text in (f"第{n}章 雪", *(t for i in "一二三" for t in (i, *[TEXT] * 4)))
    ]
    assert [level for level, _ in shape(lines, blank)] == [1, 2, 2, 2] * 3


@both
def test_one_list_in_a_chapter_makes_no_sections(blank):
    lines = [*chapters(1, 3), "1. 米", TEXT, "2. 豆", TEXT, "3. 油", TEXT]
    assert shape(lines, blank) == CHAPTERS


@both
@pytest.mark.parametrize(
    "form",
    ["{1}、雪", "{1} 雪", "{1}.雪", "{1}", "{0}", "{0}、雪", "（{0}）雪", "{1:03} 雪", "<{1}>"],
)
@pytest.mark.parametrize("count", [10, 120])
def test_a_book_with_bare_numbers(form, count, blank):
    lines = ["序", TEXT]
    for number in range(1, count + 1):
        lines += [form.format(to_chinese(number), number), *[TEXT] * 8]
    found = outline([*lines, "1998", TEXT, "后记", TEXT][: None if count > 10 else -4], blank)
    assert [kind for _, kind, *_ in found].count("chapter") == count
    assert found[0][1] == "preface"


def test_an_article_with_numbered_sections_is_no_book(request_for):
    sections = [text for n in "一二三四" for text in (f"{n}、集市", *[TEXT + PROSE["hans"]] * 5)]
    assert outline(sections, blank=True) == []
    text = "\n\n".join(["渡口的故事", "来源：河边日报  作者：周明远", *sections])
    document = PlainReader().read(request_for(text, "b.txt")[0])
    assert plain_text(document.meta.title) == "渡口的故事"
    assert [c.name for c in document.meta.contributors] == ["周明远", "河边日报"]
    assert [s.kind for s in query(document, Section)] == ["section"] * 4


def test_extras_after_the_last_chapter_stand_beside_the_volumes():
    lines = [
        "第一卷 春",
        *chapters(1, 2),
        "番外 雨",
        TEXT,
        "第二卷 夏",
        *chapters(3, 4),
        "番外一",
        TEXT,
        "后记",
        TEXT,
    ]
    assert [(level, kind) for level, kind, *_ in outline(lines, blank=True)] == [
        (1, "part"), (2, "chapter"), (2, "chapter"), (2, "extra"), (1, "part"), (2, "chapter"), (2, "chapter"),
        (1, "extra"), (1, "afterword"),
    ]  # fmt: skip


def test_texts_without_chapters_have_none(shared, request_for):
    texts = [
        text
        for line in (shared / "cases/repair/docs.jsonl").read_text("utf-8").splitlines()
        for key, text in json.loads(line).items()
        if key in ("clean", "seed", "first", "hanziconv")
    ]
    assert texts
    for text in texts:
        assert find_chapters(split_paragraphs(text.split("\n"))) == {}
        request, _ = request_for(text, "b.txt")
        assert [plain_text(s.title) for s in query(PlainReader().read(request), Section)] == []


def test_a_novel_has_its_chapters(shared, request_for):
    request, _ = request_for((shared / "corpus/novel-hans.txt").read_bytes(), "b.txt")
    document = PlainReader().read(request)
    assert len(list(query(document, Section))) == 120
    assert document_text(document)
