import time

import pytest

from publisher.layout.profiles import profile_for
from publisher.layout.quotes import resolve_shared_marks
from publisher.text.classes import spacing_classes


def western(text, lang="zh-Hans"):
    """The shared marks of a text that are set as Latin."""
    _, found = resolve_shared_marks(text, spacing_classes(text), profile_for(lang))
    return "".join(text[at] for at in sorted(found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说“你好”。", ""),
        ("“你好”", ""),
        ("他说“Hello”了", ""),  # a neighbour outside is Han
        ("say “hi” now", "“”"),
        ("中文 say “hi” now", "“”"),
        ("“Hello,” he said.", "“”"),
        ("“Hello,” 他说", ""),
        ("it’s 好", ""),
        ("流行于’90年代，’08届", "’’"),  # figures left out
        ("他说‘一九’90年", ""),
        ("身高5’10”，她5’2.5”高", "’”’”"),  # feet and inches
        ("3.5”碟和“90”后", "”"),
        ("90’年代", "’"),
        ("上文接此，共10”。后文。", ""),  # closes what another paragraph has opened
        ("共’2008年", ""),
        ("“it’s a ‘test’ — really”吗", "‘’—"),
        ("字……字——字", ""),
        ("wait… what — no", "…—"),
        ("等…… what", ""),
    ],
)
def test_a_pair_is_latin_only_among_latin(text, expected):
    assert western(text) == expected


def test_both_halves_of_a_pair_agree():
    text = "好“a”b"
    made = resolve_shared_marks(text, spacing_classes(text), profile_for("zh-Hans"))
    classes, found = made
    assert (classes, found) == ("HOaCa", frozenset())


def test_korean_quotes_are_proportional():
    assert western("그는 “안녕”이라고", "ko") == "“”"


@pytest.mark.parametrize("row", ["“", "‘“", "“—", "” "])
def test_a_row_of_quotes_is_read_in_linear_time(row):
    text = f"word{row * 20_000}字’"
    start = time.process_time()
    resolved, _ = resolve_shared_marks(text, spacing_classes(text), profile_for("zh-Hans"))
    assert time.process_time() - start < 2
    assert "u" not in resolved
    assert "v" not in resolved


@pytest.mark.parametrize("skipped", ["", " " * 19, " " * 20, "—" * 60])
def test_neighbours_are_found_however_far(skipped):
    assert western(f"字{skipped}“a”{skipped}b").replace("—", "") == ""
    assert western(f"b{skipped}“a”{skipped}b字").replace("—", "") == "“”"
