import pytest

from publisher.text.scripts import profile_of, script_runs, shaping_script


@pytest.mark.parametrize(
    ("tag", "profile"),
    [
        ("zh", "hans"),
        ("zh-CN", "hans"),
        ("zh-Hans-HK", "hans"),
        ("zh-SG", "hans"),
        ("zh-TW", "hant"),
        ("zh-Hant", "hant"),
        ("zh_Hant_HK", "hant"),
        ("zh-MO", "hant"),
        ("yue", "hant"),
        ("ja-JP", "ja"),
        ("KO", "ko"),
        ("en", "hans"),
        ("", "hans"),
    ],
)
def test_the_profile_of_a_tag(tag, profile):
    assert profile_of(tag) == profile


@pytest.mark.parametrize(
    ("text", "profile"),
    [("これは本です", "ja"), ("한국어 문서", "ko"), ("中文", "hans"), ("plain", "hans")],
)
def test_an_unknown_language_is_told_by_its_text(text, profile):
    assert profile_of("und", text) == profile


def test_script_runs_cover_the_text():
    runs = script_runs("漢字かな, abc 한글")
    assert [(r.start, r.end, r.script) for r in runs] == [
        (0, 2, "Hani"),
        (2, 4, "Kana"),
        (4, 6, "Zyyy"),
        (6, 9, "Latn"),
        (9, 10, "Zyyy"),
        (10, 12, "Hang"),
    ]


@pytest.mark.parametrize(
    ("text", "script"),
    [("——", "Hani"), ("“abc", "Latn"), ("「あ", "Kana"), ("", "Hani"), ("Я", "Cyrl")],
)
def test_the_script_to_shape_with(text, script):
    assert shaping_script(text) == script
