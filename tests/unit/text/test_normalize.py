from __future__ import annotations

import pytest

from publisher.text.normalize import clean, join_lines, soft_joint, strip_indent, unify_line_ends


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("漢字\n漢字", "漢字漢字"),
        ("かな\nカナ", "かなカナ"),
        ("完了。\n“好”", "完了。“好”"),
        ("Latin\nLatin", "Latin Latin"),
        ("said.”\n“He", "said.” “He"),
        ("한국어\n문장", "한국어 문장"),
        ("한국어\n漢字", "한국어 漢字"),
        ("使用\nPython", "使用Python"),
        ("Python \n 使用", "Python使用"),
        ("a\n\n\nb", "a b"),
        ("一\n　　二", "一二"),
        ("\n\n", ""),
    ],
)
def test_soft_line_breaks_join_as_the_scripts_want(lines, joined):
    assert join_lines(lines) == joined


def test_nothing_beside_nothing_needs_no_space():
    assert soft_joint("", "a") == ""


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("　　正文", "正文"),
        ("　　　　正文", "　　正文"),
        ("  \t正文　 ", "正文"),
        ("\u00a0　正", "正"),
        ("正", "正"),
        ("", ""),
    ],
)
def test_typed_indents_go_but_no_more_than_two_full_ones(text, stripped):
    assert strip_indent(text) == stripped


def test_controls_go_and_are_told():
    assert clean("a\x00b\x07c\ufeff\n\t") == ("abc\n\t", ("\x00", "\x07", "\ufeff"), 0)


def test_a_surrogate_pair_is_one_character_and_a_lone_half_is_replaced():
    assert clean("\ud840\udc00x\udc00") == ("\U00020000x\ufffd", (), 1)


def test_text_is_composed():
    assert clean("e\u0301か\u3099").text == "éが"


def test_text_that_needs_nothing_is_the_same_object():
    text = "漢字" * 100
    assert clean(text).text is text


def test_all_line_ends_are_line_feeds():
    assert unify_line_ends("a\r\nb\rc\u2028d\x0ce\x85f") == "a\nb\nc\nd\ne\nf"


def test_a_byte_of_a_wrong_decoding_ends_no_line():
    line = "先生は言った。"  # E5 85 88 ...
    wrong = line.encode().decode("latin-1")
    assert unify_line_ends(f"{wrong}\r\n{wrong}") == f"{wrong}\n{wrong}"
