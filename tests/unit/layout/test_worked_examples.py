"""Whole lines, worked out by hand from CLREQ, JLREQ and GB/T 15834; widths are em."""

from itertools import pairwise

import pytest

from publisher.layout.itemize import itemize
from publisher.layout.measure import measure_simple
from publisher.layout.profiles import profile_in
from publisher.theme.model import TextStyle
from publisher.tree.nodes import Code, NoteRef, Text
from tests.tools.set_lines import (
    SIZE,
    advances,
    context,
    places,
    set_content,
    set_lines,
    sheet,
    texts,
    typesetter,
)
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
    ("（「字」）字", "212122", "212122", "212122"),
    ("字：（字", "2212", "2212", "2212"),
    ("字）：字", "2122", "2122", "2122"),
    ("字：）字", "2122", "2222", "2222"),
    ("字》！字", "2122", "2222", "2222"),
    ("字…（字", "2222", "2222", "2222"),
    ("字。　字", "2122", "2222", "2122"),
    ("字？！字", "2112", "2222", "2222"),
    ("字」・「字", "21212", "21212", "21212"),
    ("（〔中〕医、〔中〕药、技）系列", "212222122222222", "212222122222222", "212222122222222"),
]


@pytest.mark.parametrize(
    ("text", "lang", "halves"),
    [
        (row[0], lang, row[at])
        for row in HALVES
        for at, lang in ((1, "zh-Hans"), (2, "zh-Hant"), (3, "ja"))
    ],
)
def test_natural_advances_of_a_measured_paragraph(text, lang, halves):
    table = itemize((Text("国" + text),), TextStyle(size=SIZE), context(lang))
    style = TextStyle(size=SIZE)
    pre = typesetter(lang)._measured(table, style, lang, None).measured.pre
    found = [(b - a) / SIZE for a, b in pairwise(pre)][1:]
    assert found == pytest.approx([int(half) / 2 for half in halves])


def test_a_parenthesis_and_a_bracket_at_a_line_start():
    # （ half at the line start, 〔 half behind it, 〔 half again behind the comma.
    (line,) = set_lines("（〔中〕医、〔中〕药、技）系列", 40)
    last = line.items[-1]
    assert (last.x + last.width) / SIZE == pytest.approx(13.5)


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


def test_the_blank_of_an_opening_mark_stays_at_a_paragraphs_start_when_asked():
    first, second, *_ = set_lines("「国国国国国国国国国「国", 6, "ja", first="full")
    assert first.items[0].x == 0.0
    (line,) = set_lines("「好」", 20, "ja")
    assert line.items[0].x == pytest.approx(-0.5 * SIZE)


@pytest.mark.parametrize(("share", "x"), [(1, 0.5), (0.5, 0.0), (0, -0.5)])
def test_speech_in_japanese_has_an_indent_of_its_own(share, x):
    # The indent of one em, all or half of it or none, less the half of the bracket.
    for text in ("「国国」国", "『国国』国"):
        (line,) = set_lines(text, 20, "ja", indent=1, dialog_indent=share)
        assert line.items[0].x == pytest.approx(x * SIZE)
    (other,) = set_lines("国「国」", 20, "ja", indent=1, dialog_indent=share)
    assert other.items[0].x == pytest.approx(SIZE)
    (chinese,) = set_lines("「国」国", 20, "zh-Hant", indent=1, dialog_indent=share)
    assert chinese.items[0].x == pytest.approx(0.5 * SIZE)


def test_compact_text_takes_both_blanks_between_two_brackets():
    for compact, width in ((False, 5.5), (True, 5.0)):
        (line,) = set_lines("国国）（国国", 20, compact=compact)
        last = line.items[-1]
        assert (last.x + last.width) / SIZE == pytest.approx(width)


def test_books_squeeze_commas_by_a_quarter_only():
    for books, comma, bracket, stop in ((False, 0.5, 0.5, 0.5), (True, 0.25, 0.25, 0.5)):
        profile = profile_in("zh-Hans", sheet(books=books))
        shrink = measure_simple("国，国（国）国。国", profile).shrink
        given = [(b - a) / 4 for a, b in pairwise(shrink)]
        assert given == [0, comma, 0, bracket, 0, bracket, 0, stop, 0]


def test_a_number_and_its_unit_are_apart_by_a_thin_gap_and_stay_together():
    (line,) = set_lines("约3 km远", 20)
    # 1 + gap 1/4 + 1/2 + thin gap 1/4 + 2 letters + gap 1/4 + 1
    assert line.items[-1].x + line.items[-1].width == pytest.approx(4.25 * SIZE)
    for em in range(3, 9):
        for found in texts("国国国约3 km远国国国国", em):
            assert not found.endswith(("3 ", "3"))


def test_a_line_may_begin_with_any_mark_at_the_level_none():
    assert texts("國國國國。國國國國國", 4, "zh-Hant", strictness="none")[1] == "。國國國"
    assert texts("國國國國。國國國國國", 4, "zh-Hant")[0] != "國國國國"


def test_an_ideographic_space_is_dropped_where_a_line_turns():
    lines = set_lines("国国国！　国国国国", 4, "ja")
    assert [line.end for line in lines] == [5, 9]
    assert lines[1].items[0].x == 0.0


def test_a_pair_of_dashes_is_one_stroke_of_two_em():
    for lang in ("zh-Hans", "zh-Hant", "ja"):
        (line,) = set_lines("国——国", 20, lang)
        dash = next(item for item in line.items if "—" in item.text)
        assert (dash.text, len(dash.glyphs), dash.width) == ("——", 1, 2 * SIZE)
