import pytest

from publisher.layout.breaks import BAN, SOFT, UNIT, break_penalties, line_breaks
from publisher.layout.profiles import profile_for
from tests.tools.typography_cases import cases


def allowed(text, lang, strictness=None, word_break=None):
    return list(line_breaks(text, lang, strictness, word_break).allowed)


def agrees(case):
    found = line_breaks(case["text"], case["lang"], case["strictness"], case.get("word_break"))
    forbidden = case.get("forbidden")
    if forbidden is None:
        return list(found.allowed) == case["allowed"]
    return set(case["allowed"]) <= set(found.allowed) and set(forbidden) <= set(found.forbidden)


@pytest.mark.parametrize(
    "name",
    [
        "uax14_cjk.json",
        "css_line_break_chars.json",
        "jlreq_pairs.json",
        "segment_facts.json",
    ],
)
def test_breaks_agree_with_published_cases(name):
    assert [case["id"] for case in cases(name) if not agrees(case)] == []


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
        ("1950년대~1970년대", "ko", None, []),
        ("서울+부산 가", "ko", None, [6]),
        ("国C++国", "zh-Hans", None, [1, 4]),
    ],
)
def test_worked_examples(text, lang, strictness, expected):
    assert allowed(text, lang, strictness) == expected


def test_positions_are_allowed_softly_or_forbidden():
    found = line_breaks("字……字", "zh-Hans")
    assert found == ((1, 3), (1,), (2,))
    found = line_breaks("增长12％，约￥3000元", "zh-Hans")
    assert found.soft == (12,)
    assert found.forbidden == (3, 4, 5, 8, 9, 10, 11)


def test_hangul_rather_keeps_its_parentheses_and_particles():
    found = line_breaks("도서관(Bib)에 ‘직지’는 「책」이", "ko")
    assert found.soft == (3, 8, 14, 19)
    assert set(found.allowed) - set(found.soft) == {10, 16}


def test_korean_breaks_between_syllables_when_asked():
    found = allowed("한글 문서를 조판한다.", "ko", word_break="normal")
    assert found == [1, 3, 4, 5, 7, 8, 9, 10]


@pytest.mark.parametrize(
    ("char", "lang", "strictness", "may_start"),
    [
        # Waves and U+30A0 are freed in Chinese and Japanese only, at normal and loose.
        ("〜", "ja", "normal", True),
        ("〜", "zh", "loose", True),
        ("〜", "de", "normal", False),
        ("゠", "de", "loose", False),
        ("〜", "ko", "loose", False),
        ("〜", "ja", "strict", False),
        # Iteration marks and leaders at loose in every language, centred marks in two.
        ("々", "de", "loose", True),
        ("々", "zh-Hant", "normal", False),
        ("…", "de", "loose", True),
        ("…", "zh", "normal", False),
        ("：", "zh-TW", "loose", True),
        ("：", "de", "loose", False),
        ("﹔", "ja", "loose", False),
        ("％", "ja", "loose", True),
        ("％", "de", "loose", False),
        ("%", "ja", "loose", False),
        ("ー", "de", "normal", True),
        ("ー", "de", "strict", False),
        ("–", "ja", "loose", True),
        ("–", "ja", "normal", False),
        ("。", "ja", "loose", False),
    ],
)
def test_css_levels_free_what_the_language_has(char, lang, strictness, may_start):
    assert (1 in allowed(f"文{char}字", lang, strictness)) is may_start


def test_prices_and_shares_stay_whole_at_the_loosest_level():
    assert allowed("约￥30％的", "ja", "loose") == [1, 5]


def test_leaders_part_at_the_loose_level_of_css_only():
    assert 2 in allowed("文……字", "ja", "loose")
    assert 2 not in allowed("文……字", "ja", "normal")


@pytest.mark.parametrize(
    ("text", "word_break", "expected"),
    [
        ("日本語", "keep-all", []),
        ("人々の世", "keep-all", []),
        ("文、字", "keep-all", [2]),
        ("abc字", "keep-all", []),
        ("abc字", "break-all", [1, 2, 3]),
        ("ab、c", "break-all", [1, 3]),
    ],
)
def test_word_break(text, word_break, expected):
    assert allowed(text, "ja", "normal", word_break) == expected


def test_an_unknown_strictness_is_refused():
    with pytest.raises(ValueError, match="is no strictness"):
        line_breaks("字", "ja", "stern")


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
    assert allowed("字～", "zh-Hans", "uax14-default") == [1]


def test_an_address_without_a_scheme_is_known_by_its_domain_and_path():
    text = "看ex.a-b.org/c_d?e吧"
    found = allowed(text, "zh-Hans")
    assert [text[:at][-1] for at in found if 1 < at < len(text) - 1] == list(".-./_?")
