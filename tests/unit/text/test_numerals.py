from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.text.numerals import circled, counter, parse_number, to_chinese, to_roman


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十二", 12),
        ("廿三", 23),
        ("一百零八", 108),
        ("一百二十", 120),
        ("二〇二五", 2025),
        ("贰拾", 20),
        ("貳", 2),
        ("一万二千", 12000),
        ("３", 3),
        ("012", 12),
        ("③", 3),
        ("XIV", 14),
        ("2千", 2000),
        ("三亿五千万", 350_000_000),
        ("", None),
        ("部", None),
        ("二三十", None),
        ("IIII", None),
    ],
)
def test_numbers_are_read(text, number):
    assert parse_number(text) == number


@given(st.integers(0, 9999))
def test_chinese_numerals_are_read_as_they_are_written(number):
    assert parse_number(to_chinese(number)) == number


@pytest.mark.parametrize(
    ("number", "text"), [(0, "〇"), (10, "十"), (11, "十一"), (110, "一百一十"), (1005, "一千〇五")]
)
def test_chinese_numerals(number, text):
    assert to_chinese(number) == text


@given(st.integers(1, 3999))
def test_roman_numerals_are_read_as_they_are_written(number):
    assert parse_number(to_roman(number)) == number


@pytest.mark.parametrize(
    ("number", "style", "label"),
    [
        (3, "bullet", ""),
        (12, "decimal", "12"),
        (12, "cjk", "十二"),
        (3, "circled", "③"),
        (51, "circled", "51"),
        (27, "alpha", "aa"),
        (4, "roman", "iv"),
        (2, "iroha", "ロ"),
        (1, "kana", "ア"),
        (14, "hangul", "하"),
        (15, "hangul", "15"),
        (0, "roman", "0"),
    ],
)
def test_list_labels(number, style, label):
    assert counter(number, style) == label


def test_circles_end_at_fifty():
    assert (circled(1), circled(50), circled(51)) == ("①", "㊿", "51")


@pytest.mark.parametrize(
    ("write", "number"), [(to_chinese, -1), (to_chinese, 10000), (to_roman, 0)]
)
def test_what_cannot_be_written_is_refused(write, number):
    with pytest.raises(ValueError, match="is not between"):
        write(number)
