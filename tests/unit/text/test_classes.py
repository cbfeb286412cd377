import pytest

from publisher.text.classes import break_classes, spacing_classes
from publisher.text.uax14 import BAN, FORCED, opportunities
from tests.tools.typography_cases import cases

# The letter each UAX #14 class has, for classes with one letter.
NAMES = {
    "ID": "I", "CL": "C", "EX": "!", "NS": "N", "CJ": "j", "IN": ".", "PO": "%", "PR": "$",
    "AL": "a", "NU": "0", "IS": ",", "SY": "/", "BA": "B", "HY": "-", "GL": "G", "SP": " ",
    "CM": "m", "H2": "2", "H3": "3", "B2": "d", "CP": ")", "HH": "h", "AI": "i", "WJ": "w",
}  # fmt: skip


def test_every_known_character_has_its_class():
    wrong = [
        (case["char"], case["lb"])
        for case in cases("uax50_uax14_uax11_props.json")
        if case["lb"] in NAMES and break_classes(case["char"]) != NAMES[case["lb"]]
    ]
    # U+25CC has a letter of its own for LB28a.
    assert [pair for pair in wrong if pair[0] != "◌"] == []


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("汉字かなっー々", "HHHHKKI"),
        ("“（「》」）”", "uOOCCCv"),
        ("。，、：；！？", "SMMNNEE"),
        ("·・…—～–／", "BDLATUF"),
        ("한글 abc 012", "GGsaaasnnn"),
        ("￥％$%", "PQpr"),
        ("\u3000\u200b\u00a0\u00ad\ufffc", "WzghX"),
        ("\U00020000\ufe00\u0301", "Hmm"),
        ("🀄ｱ１Ａ", "HHHH"),
        ("(a);!", "xaxxx"),
    ],
)
def test_spacing_classes(text, letters):
    assert spacing_classes(text) == letters


def test_uax14_agrees_with_the_published_cases():
    wrong = []
    for case in cases("uax14_cjk.json"):
        text = case["text"]
        found = opportunities(text, break_classes(text))
        if [at for at in range(1, len(text)) if found[at] <= 0] != case["allowed"]:
            wrong.append(case["id"])
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("one two", [4]),
        ("(one) two", [6]),
        ("a b-c d", [2, 4, 6]),
        ("$12,000.00 now", [11]),
        ("字“字”字", [1, 4]),
        ("say “hi” now", [4, 9]),
        ("e\u0301a", []),
        ("a\u200bb", [2]),
        ("a\u2060 b", [3]),
        ("🇯🇵🇰🇷", [2]),
        ("", []),
    ],
)
def test_rules_of_uax14(text, allowed):
    found = opportunities(text, break_classes(text))
    assert [at for at in range(1, len(text)) if found[at] == 0] == allowed
    assert found[-1] == FORCED


def test_hard_breaks_are_forced():
    found = opportunities("a\nb\r\nc", break_classes("a\nb\r\nc"))
    assert [at for at, value in enumerate(found) if value == FORCED] == [2, 5, 6]
    assert found[4] == BAN
