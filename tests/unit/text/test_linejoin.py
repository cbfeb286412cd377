from __future__ import annotations

import pytest

from publisher.text.linejoin import join_lines, vanishes


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("一行\n二行", "一行二行"),
        ("かな\nカナ", "かなカナ"),
        ("句号。\n下句", "句号。下句"),
        ("说：\n“好”", "说：“好”"),
        ("他说“好。”\n“不好。”", "他说“好。”“不好。”"),
        ("他想……\n走了", "他想……走了"),
        ("한글은\n띄어쓴다", "한글은 띄어쓴다"),
        ("two\nwords", "two words"),
        ("“Yes.”\n“No.”", "“Yes.” “No.”"),
        ("中文\nLatin", "中文 Latin"),
        ("𠀋\n𠀋", "𠀋𠀋"),
        ("ｶﾅ\nｶﾅ", "ｶﾅｶﾅ"),
    ],
)
def test_a_line_feed_vanishes_only_where_the_script_has_no_spaces(lines: str, joined: str) -> None:
    assert join_lines(lines) == joined


def test_korean_keeps_its_space_even_between_han() -> None:
    assert join_lines("憲法\n第一條", spaced=True) == "憲法 第一條"


def test_neighbouring_texts_are_judged_alike() -> None:
    assert vanishes("一行", "二行")
    assert vanishes("他说“好。”", "“不好”")
    assert not vanishes("word", "字")
    assert not vanishes("", "字")
