import time

import pytest

from publisher.layout.spacing import gap_positions, natural_advances
from tests.tools.typography_cases import cases

# Halves of an em a character in Simplified, Traditional and Japanese text.
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
]


@pytest.mark.parametrize(
    ("text", "lang", "halves"),
    [
        (row[0], lang, row[at])
        for row in HALVES
        for at, lang in ((1, "zh-Hans"), (2, "zh-Hant"), (3, "ja"))
    ],
)
def test_natural_advances(text, lang, halves):
    assert natural_advances(text, lang) == tuple(int(half) / 2 for half in halves)


def test_an_opening_mark_loses_its_blank_at_a_line_start():
    assert natural_advances("（「字", "ja", line_start=True) == (0.5, 0.5, 1.0)
    text = "（〔中〕医、〔中〕药、技）系列"
    found = natural_advances(text, "zh-Hans", line_start=True)
    assert found == (0.5, 0.5, 1, 1, 1, 1, 0.5, 1, 1, 1, 1, 1, 1, 1, 1)


def test_a_title_inside_a_line_and_on_its_own():
    text = "《书名〈章节〉》"
    assert sum(natural_advances(text, "zh-Hans", line_start=True, line_end=True)) == 6.5
    assert sum(natural_advances(text, "zh-Hans")) == 7.5


def test_line_ends_by_profile():
    ends = {
        lang: natural_advances("字。", lang, line_end=True)[-1]
        for lang in ("zh-Hans", "zh-Hant", "ja")
    }
    assert ends == {"zh-Hans": 0.5, "zh-Hant": 1.0, "ja": 1.0}


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("；（", "ja", (1.0, 1.0)),
        ("：（", "ja", (1.0, 0.5)),
        ("」；", "ja", (1.0, 1.0)),
        ("：（", "zh-Hans", (1.0, 1.0)),
        ("。」", "ja", (0.5, 1.0)),
    ],
)
def test_upright_colons_fill_their_square_in_vertical_writing(text, lang, expected):
    assert natural_advances(text, lang, vertical=True) == expected


def test_middle_dots_by_profile():
    assert natural_advances("比尔·盖茨", "zh-Hans")[2] == 0.5
    assert natural_advances("比爾·蓋茲", "zh-Hant")[2] == 1.0


def test_half_width_marks_have_no_blank():
    assert natural_advances("ｱ｡｢ｱ｣", "ja") == (0.5,) * 5


def test_advances_agree_with_published_cases():
    wrong = []
    for case in cases("css_text_spacing_trim.json"):
        vertical = case["writing_mode"] == "vertical"
        found = natural_advances(case["text"], case["lang"], vertical=vertical)
        if "".join("F" if width == 1 else "H" for width in found) != case["advances"]:
            wrong.append((case["id"], found))
    assert wrong == []


def test_gaps_agree_with_published_cases():
    wrong = []
    for case in cases("css_text_autospace.json"):
        if "gap_after" not in case:
            continue
        combined = [case["combine"]] if "combine" in case else []
        found = gap_positions(
            case["text"], case["lang"], vertical=case.get("vertical", False), combined=combined
        )
        if list(found) != case["gap_after"]:
            wrong.append((case["id"], found))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("国Ж国β国", "ja", (1, 2, 3, 4)),
        ("ア1の2", "ja", (1, 2, 3)),
        ("国１国Ａ国", "ja", ()),
        ("한글abc", "ko", ()),
        ("한abc", "zh-Hans", (1,)),
        ("国 X", "zh-Hans", ()),
        ("国，X", "zh-Hans", ()),
        ("国%国", "ja", ()),
        ("国%国", "zh-Hant", (1, 2)),
        ("国X⃝国", "ja", ()),
        ("国X\u0301\u0302国", "ja", (1, 4)),
        ("㈱X", "ja", ()),
        ("国\u200bX", "ja", (2,)),
        ("国\u2060X", "ja", (2,)),
        ("ｱX", "ja", ()),
        ("国©国", "ja", ()),
    ],
)
def test_gaps_stand_between_scripts(text, lang, expected):
    assert gap_positions(text, lang) == expected


def test_upright_letters_take_no_gap_in_vertical_writing():
    assert gap_positions("国X国", "ja", vertical=True) == (1, 2)
    assert gap_positions("国12国", "ja", vertical=True, combined=[(1, 3)]) == ()


def test_an_exponent_is_part_of_its_unit():
    assert gap_positions("约30万m³的水", "zh-Hans") == (1, 3, 4, 6)
    assert gap_positions("甲²乙", "zh-Hans") == ()


def test_gaps_of_a_pile_of_marks_are_found_in_linear_time():
    text = "字a" + "\u0301" * 60_000 + "字"
    start = time.process_time()
    assert gap_positions(text, "zh-Hans") == (1, len(text) - 1)
    assert time.process_time() - start < 2
