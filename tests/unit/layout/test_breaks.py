import pytest

from publisher.layout.breaks import BAN, SOFT, UNIT, break_penalties, inside
from publisher.layout.profiles import profile_for
from tests.tools.typography_cases import cases

# CSS `loose` lets the two halves of an ellipsis part and U+30A0 start a line in any language;
# here a leader pair never parts (CLREQ 3.1.3) and the level is that of Chinese and Japanese.
DIFFERENT = {
    "css-lb-und-ns-30A0",
    "icu-loose-normal-ja-3084-3063-3071-308A-0020-0031-301C-0020-2026-2026-0020",
}


def allowed(text, lang, strictness=None, **more):
    return inside(break_penalties(text, profile_for(lang, strictness), **more))


def agrees(case):
    lang = "ja" if case["lang"] in ("und", "en") else case["lang"]
    word_break = case.get("word_break")
    found = allowed(case["text"], lang, case["strictness"], word_break=word_break)
    forbidden = case.get("forbidden")
    if forbidden is None:
        return found == case["allowed"]
    return set(case["allowed"]) <= set(found) and set(forbidden).isdisjoint(found)


@pytest.mark.parametrize(
    "name", ["css_line_break_chars.json", "jlreq_pairs.json", "segment_facts.json"]
)
def test_levels_agree_with_published_cases(name):
    wrong = [case["id"] for case in cases(name) if not agrees(case)]
    assert set(wrong) <= DIFFERENT


@pytest.mark.parametrize(
    ("text", "lang", "strictness", "expected"),
    [
        ("キャッシュデータ", "ja", "strict", [3, 5, 7]),
        ("キャッシュデータ", "ja", "normal", [1, 2, 3, 4, 5, 6, 7]),
        ("キャッシュデータ", "ja", "loose", [1, 2, 3, 4, 5, 6, 7]),
        ("字——字", "zh-Hans", None, [1, 3]),
        ("字——字", "zh-Hans", "gb-strict", [3]),
        ("字……字", "zh-Hans", None, [1, 3]),
        ("字……字", "zh-Hans", "gb-strict", [3]),
        ("字…………字", "zh-Hans", None, [1, 3, 5]),
        ("增长12％，约￥3000元", "zh-Hans", None, [1, 2, 6, 7, 12]),
        ("한글 문서를 조판한다.", "ko", None, [3, 7]),
        ("比尔·盖茨", "zh-Hans", None, [1, 3, 4]),
        ("字，字", "zh-Hans", "none", [1, 2]),
        ("字っ字", "zh-Hant", "basic", [1, 2]),
        ("字／字", "zh-Hans", None, []),
        ("字／字", "zh-Hant", None, [1, 2]),
        ("字～字", "zh-Hans", None, [2]),
        ("字～字", "zh-Hans", "normal", [1, 2]),
        ("漢字와 English를", "ko", None, [1, 2, 4]),
    ],
)
def test_worked_examples(text, lang, strictness, expected):
    assert allowed(text, lang, strictness) == expected


def test_korean_breaks_between_syllables_when_asked():
    found = allowed("한글 문서를 조판한다.", "ko", word_break="normal")
    assert found == [1, 3, 4, 5, 7, 8, 9, 10]


def test_soft_bans_have_their_penalties():
    found = break_penalties("字……字3元", profile_for("zh-Hans"))
    assert (found[1], found[2]) == (SOFT, BAN)
    assert found[5] == UNIT


def test_an_address_breaks_after_its_separators_only():
    text = "见https://ex.org/a-b/c_d?x=1&y=2#z吧"
    found = allowed(text, "zh-Hans")
    assert [text[:at][-1] for at in found if 1 < at < len(text) - 1] == list("/./-/_?=&=#")


def test_numbers_and_words_stay_whole():
    assert allowed("约1,234.5公里abc字", "zh-Hans") == [1, 8, 9, 10, 13]


def test_uax14_is_untailored():
    assert allowed("字％", "zh-Hans", "uax14") == []
    assert allowed("字～", "zh-Hans", "uax14") == [1]


def test_an_address_without_a_scheme_is_known_by_its_domain_and_path():
    text = "看ex.a-b.org/c_d?e吧"
    found = allowed(text, "zh-Hans")
    assert [text[:at][-1] for at in found if 1 < at < len(text) - 1] == list(".-./_?")
