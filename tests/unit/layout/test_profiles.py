import pytest

from publisher.layout.profiles import profile_for


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
