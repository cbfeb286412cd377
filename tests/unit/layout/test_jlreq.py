"""Every pair of classes against JLREQ's own tables, with several characters of each class."""

import itertools
import json

import pytest

from publisher.layout.breaks import line_breaks
from publisher.layout.jlreq import character_class, natural_gap
from tests.tools.typography_cases import FOLDER, cases

MEMBERS = {
    1: "「（『【〔《〈［｛", 2: "」）』】〕》〉］｝", 3: "‐〜–゠", 4: "！？‼⁇⁈⁉", 5: "・：；", 6: "。．",
    7: "、，", 8: "—…‥〳", 9: "々ヽヾゝゞ〻", 10: "ー", 11: "っョぁゃㇰ", 12: "＄￥￡＃№€",
    13: "℃％‰°′㎡㌢", 14: "\u3000", 15: "あのゔ", 16: "アン", 19: "字漢㐀", 27: "BaéЖ",
}  # fmt: skip
PAIRS = [
    (one, other)
    for one, other in itertools.product(MEMBERS, MEMBERS)
    if (one, other) not in ((27, 27), (27, 13), (4, 14))  # decided by notes of the table
]


def tables():
    path = FOLDER / "jlreq_classes_tables.json"
    if not path.is_file():
        pytest.skip(f"no {path.name} beside this checkout")
    return json.loads(path.read_text(encoding="utf-8"))


def test_characters_have_the_classes_that_jlreq_lists():
    for name, listed in tables()["classes"].items():
        number = int(name[3:])
        if number in (17, 18, 24, 28, 29):
            continue  # by markup or context
        for code in listed["code_points"]:
            char = chr(int(code, 16))
            if char >= "\x80":
                assert character_class(char) == number, char


def test_each_member_is_of_its_class():
    for number, chars in MEMBERS.items():
        assert {character_class(char) for char in chars} == {number}


def test_lines_end_where_table_2_says():
    table, wrong = tables()["tables"]["table2_break"], []
    for one, other in PAIRS:
        entry = table[f"cl-{one:02}"].get(f"cl-{other:02}")
        for before, after in itertools.product(MEMBERS[one], MEMBERS[other]):
            expected = before != after if one == 8 == other else entry is None
            found = line_breaks(f"漢{before}{after}漢", "ja", "jlreq")
            if (2 in found.allowed) is not expected:
                wrong.append(before + after)
    assert wrong == []


def test_gaps_are_those_of_table_1():
    table, wrong = tables()["tables"]["table1_spacing"], []
    width = {"1/2": 0.5, "1/4": 0.25}
    for one, other in itertools.product(MEMBERS, MEMBERS):
        entry = table[f"cl-{one:02}"].get(f"cl-{other:02}", "")
        expected = width.get(entry[:3], 0.0)
        if other == 5 and one in (5, 6, 7):  # notes 3 and 5: both blanks stay
            expected = 0.5 if one == 5 else 0.75
        for before, after in itertools.product(MEMBERS[one], MEMBERS[other]):
            if natural_gap(before, after) != expected:
                wrong.append((before + after, natural_gap(before, after), expected))
    assert wrong == []


def test_pairs_agree_with_published_cases():
    wrong = []
    for case in cases("jlreq_pairs.json"):
        text = case["text"]
        found = line_breaks(text, case["lang"], "jlreq").allowed
        if (2 in found) is not (2 in case["allowed"]):
            wrong.append(case["id"])
        if natural_gap(text[1], text[2]) != case["gap_em"]:
            wrong.append(case["id"])
    assert wrong == []


def test_numbers_and_prices_stay_whole():
    assert line_breaks("約￥3000と20％", "ja", "jlreq").allowed == (1, 6, 7)
