import pytest

from publisher.layout.profiles import profile_for, profile_in
from tests.tools.set_lines import sheet


@pytest.mark.parametrize(
    ("tag", "name", "strictness"),
    [
        ("zh-Hans", "hans", "gb"),
        ("zh-Hant-TW", "hant", "basic"),
        ("ja", "ja", "strict"),
        ("ko", "ko", "normal"),
        ("und", "hans", "gb"),
    ],
)
def test_each_language_has_its_rules(tag, name, strictness):
    profile = profile_for(tag)
    assert (profile.name, profile.strictness) == (name, strictness)


def test_hong_kong_compresses_stops_that_taiwan_leaves_alone():
    assert "S" not in profile_for("zh-Hant-TW").right
    assert "S" in profile_for("zh-Hant-HK").right


def test_another_level_can_be_asked_for():
    assert profile_for("ja", "jlreq").strictness == "jlreq"
    assert profile_for("ja", "jlreq").right == profile_for("ja").right


def test_korean_has_no_gap_and_keeps_words():
    assert profile_for("ko").gap == 0
    assert profile_for("ko").keep_all


@pytest.mark.parametrize(
    ("gap", "widths"),
    [
        ("", (0.25, 0.125, 0.5)),
        ("0", (0.0, 0.0, 0.5)),
        ("1/8", (0.125, 0.125, 0.5)),
        ("fixed", (0.25, 0.25, 0.25)),
    ],
)
def test_a_theme_chooses_the_gap(gap, widths):
    profile = profile_in("ja", sheet("ja", gap=gap))
    assert (profile.gap, profile.gap_shrunk, profile.gap_stretched) == widths


def test_korean_has_no_gap_unless_its_own_theme_asks():
    assert profile_in("ko", sheet("ja", gap="1/4")).gap == 0
    assert profile_in("ko", sheet("ko", gap="1/4")).gap == 0.25


def test_a_theme_chooses_the_level_of_its_own_language():
    look = sheet("ja", strictness="loose")
    assert profile_in("ja", look).strictness == "loose"
    assert profile_in("zh-Hans", look).strictness == "gb"


def test_korean_words_are_broken_where_a_theme_says_so():
    assert not profile_in("ko", sheet("ko", word_break="syllable")).keep_all
