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
