import re

import pytest

from publisher.text import repertoire
from publisher.text.repertoire import Repertoire, within

SAMPLES = ["", "abc", "abd", "]", "\\", "^&~|", "-", "字々9", "\U00020001", "\U0003fffe", "Y", "["]


def test_a_character_is_looked_up_in_single_ones_and_ranges():
    assert [c for c in "abcdxX-9" if within(c, "xa-c0-9")] == ["a", "b", "c", "x", "9"]
    assert within("-", "a-")
    assert within("b", "ab-")


@pytest.mark.parametrize("text", SAMPLES)
def test_short_and_long_texts_are_judged_alike(text, monkeypatch):
    looked = Repertoire("々a-c\\]^&~|0-9\u4e00-\u9fff\U00020000-\U0003fffd")
    expected = (
        re.fullmatch("[々a-c\\\\\\]^&~|0-9\u4e00-\u9fff\U00020000-\U0003fffd]*", text) is not None
    )
    assert looked.holds(text) is expected
    monkeypatch.setattr(repertoire, "_COMPILED_FROM", 0)
    assert looked.holds(text) is expected
