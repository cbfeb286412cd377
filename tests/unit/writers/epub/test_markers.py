"""Labels of list items."""

import pytest

from publisher.tree.nodes import ListBlock
from publisher.writers.epub.markers import css_type, label


@pytest.mark.parametrize(
    ("style", "delimiter", "number", "expected"),
    [
        ("decimal", "paren", 3, "3)"),
        ("decimal", "parens", 3, "(3)"),
        ("decimal", "none", 3, "3"),
        ("cjk", "ideographic", 1, "一、"),
        ("cjk", "period", 10, "十、"),
        ("cjk", "none", 23, "二十三"),
        ("cjk-paren", "none", 105, "（一百〇五）"),
        ("cjk-paren", "period", 110, "（一百一十）"),
        ("cjk", "none", 2025, "二千〇二十五"),
        ("circled", "none", 20, "⑳"),
        ("circled", "none", 36, "㊱"),
        ("circled", "period", 51, "(51)"),
        ("alpha", "paren", 28, "bb)"),
        ("roman", "paren", 1994, "mcmxciv)"),
        ("roman", "none", 4000, "4000"),
        ("iroha", "none", 3, "ハ"),
        ("iroha", "none", 48, "48"),
        ("kana", "none", 46, "ン"),
        ("hangul", "period", 14, "하."),
        ("hangul", "period", 15, "15."),
        ("alpha", "none", 0, "0"),
        ("bullet", "paren", 2, "2)"),
    ],
)
def test_labels(style, delimiter, number, expected):
    assert label(ListBlock((), ordered=True, style=style, delimiter=delimiter), number) == expected


def test_plain_numbers_are_left_to_the_reading_system():
    assert css_type(ListBlock((), ordered=True, style="decimal")) == "decimal"
    assert css_type(ListBlock((), ordered=True, style="decimal", delimiter="paren")) == ""
