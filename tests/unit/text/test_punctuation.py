"""Marks by language: what is mended, what only perhaps, and what has to stay as it is."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.text.punctuation import KINDS, apply, edits, unbalanced_quotes

CASES = Path(__file__).with_name("punctuation.txt")


def cases(wanted: str) -> list[tuple[str, str, str]]:
    """(profile, before, after) of one kind of section; the same twice where no arrow stands."""
    found = []
    kind = profile = ""
    for line in CASES.read_text(encoding="utf-8").replace("⍽", "\u00a0").split("\n"):
        section = re.fullmatch(r"\[(sure|soft|kept) (\w+)\]", line)
        if section:
            kind, profile = section.groups()
        elif kind == wanted and line:
            found.append((profile, line.partition(" => ")[0], line.rpartition(" => ")[2]))
    return found


def made(text: str, profile: str, **options: object) -> str:
    return apply(text, edits(text, profile, **options))


@pytest.mark.parametrize(("profile", "text", "after"), cases("sure"))
def test_certain_faults(profile, text, after):
    assert made(text, profile) == after
    assert made(text, profile, sure_only=True) == after


@pytest.mark.parametrize(("profile", "text", "after"), cases("soft"))
def test_likely_faults_are_left_in_safe_mode(profile, text, after):
    assert made(text, profile) == after
    assert made(text, profile, sure_only=True) == text
    assert not any(edit.sure for edit in edits(text, profile))


@pytest.mark.parametrize(("profile", "text", "same"), cases("kept"))
def test_what_is_no_fault(profile, text, same):
    assert edits(text, profile) == []
    assert text == same


def test_there_are_many_cases():
    assert len(cases("sure")) + len(cases("soft")) + len(cases("kept")) >= 250


def test_edits_are_in_order_and_say_what_stands_there():
    text = '他说:"我来了,"然后。。。  走 了--'
    found = edits(text, "hans")
    assert len(found) > 5
    for edit, later in zip(found, [*found[1:], None], strict=True):
        assert edit.before == text[edit.start : edit.end] != edit.after
        assert edit.kind in KINDS
        assert later is None or edit.end <= later.start


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("甲,乙", "halfwidth-punct"),
        ("好,,好", "doubled-punct"),
        ("等等...然後", "ellipsis"),
        ("他来了--她走了", "dash"),
        ("他说“好”， 走了", "stray-space"),
        ('他说"好"', "straight-quote"),
        ("他说「好」", "quote-form"),
        ("我们(我和他)去", "halfwidth-bracket"),
        ("２０２４年", "fullwidth-alnum"),
    ],
)
def test_each_family_has_its_name(text, kind):
    assert {edit.kind for edit in edits(text, "hans")} == {kind}


def test_brackets_are_certain_beside_half_width_stops_only():
    alone, beside = edits("各级党委(党组)要做好", "hans"), edits("党委(党组)要做好,做细", "hans")
    assert [edit.sure for edit in alone] == [False, False]
    assert [edit.sure for edit in beside] == [True, True, True]


def test_brackets_at_a_latin_word_may_be_a_call():
    found = edits("用IBM(国际商业机器)的,很快", "hans")
    assert [(e.before, e.sure) for e in found] == [("(", False), (")", False), (",", True)]


def test_other_half_width_stops_speak_for_a_full_stop():
    assert made("甲:你好.乙:再见.", "hans") == "甲：你好。乙：再见。"
    assert made("甲，你好.乙，再见", "hans") == "甲，你好.乙，再见"


def test_a_quotation_that_the_next_paragraph_goes_on_with():
    first = "他說:“第一段。"
    assert made(first, "hant", following="“第二段。”") == "他說：「第一段。"
    assert made(first, "hant", following="第二段。") == "他說：“第一段。"
    assert unbalanced_quotes(first, "hant", "“第二段。”") == []
    assert unbalanced_quotes(first, "hant", "第二段。") == [3]


@pytest.mark.parametrize(
    ("text", "profile", "places"),
    [
        ("「甲『乙」丙』", "hant", [0, 4]),
        ("他说“好”。", "hans", []),
        ("他说”好“。", "hans", [2, 4]),
        ('他说"甲"乙"。', "hans", [6]),
        ("O’Reilly的students’书", "hans", []),
        ("他身高5'11\"，体重。", "hans", []),
        ("「그", "ko", []),
        ('He said "yes.', "hans", []),
    ],
)
def test_marks_without_a_partner(text, profile, places):
    assert unbalanced_quotes(text, profile) == places


# Pieces that the rules look at, so that they meet in every order.
PIECES = st.sampled_from(
    [
        *"中文字我了漢かなタ한",
        *",.;:!?，。；：！？、",
        *"\"'“”‘’「」『』()（）[]［］《》",
        *"…⋯—―-·・ \u00a0\u3000",
    ]
    + [
        "...",
        "。。。",
        "--",
        "——",
        "……",
        "Python",
        "a",
        "1",
        "23",
        "１２",
        "Ａ",
        "３．１４",
        "\ufffc",
        ":)",
    ]
    + [
        "http://a.b/c",
        "第一章",
        "卡尔",
        "马克思",
        " ",
        "\n",
        "１，２３４",
        "<<",
        ">>",
        "=",
        "{",
        "}",
        "`",
    ]
)
TEXTS = st.lists(PIECES, max_size=24).map("".join)
PROFILES = st.sampled_from(["hans", "hant", "ja", "ko"])


@given(TEXTS, PROFILES, st.booleans())
def test_twice_is_once(text, profile, sure_only):
    once = made(text, profile, sure_only=sure_only)
    assert edits(once, profile, sure_only=sure_only) == []


@given(TEXTS, PROFILES)
def test_edits_fit_the_text(text, profile):
    at = 0
    for edit in edits(text, profile):
        assert at <= edit.start <= edit.end <= len(text)
        assert edit.before == text[edit.start : edit.end] != edit.after
        at = edit.end


@given(TEXTS, PROFILES)
def test_certain_is_what_safe_mode_does(text, profile):
    alone = edits(text, profile, sure_only=True)
    assert {edit for edit in edits(text, profile) if edit.sure} <= {*alone}
    assert all(edit.sure for edit in alone)


@given(TEXTS, PROFILES)
def test_no_letter_is_lost(text, profile):
    after = made(text, profile)

    def letters(value: str) -> str:
        return "".join(filter(str.isalnum, value)).translate(
            {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
        )

    assert letters(after) == letters(text)


@given(st.text(st.characters(max_codepoint=0x17F)), PROFILES)
def test_latin_text_stays(text, profile):
    assert edits(text, profile) == []


@given(st.text(st.sampled_from([*"가나다라마바사한글 ,.;:!?\"'()-—…“”‘’·AB12"])))
def test_korean_text_stays(text):
    assert edits(text, "ko") == []
    if not any(char in text for char in "漢"):
        assert edits(text, "hans") == []


def test_a_long_text_takes_little_time():
    text = "".join(f"领导干部(第{n}组)要加强“监督”,做到位;他说:这很好.\n" for n in range(3600))
    began = time.process_time()
    found = [edits(line, "hans") for line in text.split("\n")]
    assert sum(map(len, found)) == 3600 * 6
    assert time.process_time() - began < 2.0  # 0.3 s on a slow machine
