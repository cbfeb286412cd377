import pytest

from publisher.layout.hanging import hang
from publisher.layout.measure import measure_simple
from publisher.layout.profiles import profile_for, profile_in
from publisher.tree.nodes import Code, Text
from tests.tools.set_lines import SIZE, set_content, set_lines, sheet, texts

EXAMPLE = "これらは満たす文字で、それらも満たす文字です。"


def test_a_comma_hangs_where_the_line_would_not_hold_it():
    found = texts(EXAMPLE, 10, "ja", hanging="allow", lone=True)
    assert found == ["これらは満たす文字で、", "それらも満たす文字で", "す。"]


def test_a_lone_character_is_worse_than_a_line_that_is_stretched():
    found = texts(EXAMPLE, 10, "ja", hanging="allow")
    assert found == ["これらは満たす文字", "で、それらも満たす文", "字です。"]
    first = set_lines(EXAMPLE, 10, "ja", hanging="allow")[0]
    assert (first.stage, first.amount) == (3, pytest.approx(0.125))


def test_nothing_hangs_unless_asked():
    assert texts(EXAMPLE, 10, "ja", lone=True)[0] == "これらは満たす文字"


def test_a_hung_mark_stands_outside_the_measure():
    (first, *_) = set_lines(EXAMPLE, 10, "ja", hanging="allow", lone=True)
    item = first.items[-1]
    assert item.text[-1] == "、"
    assert item.x + item.width == pytest.approx(11 * SIZE)
    assert not first.overfull


def test_forced_marks_hang_where_they_would_have_fitted():
    text = "国国国国，国国国国。"
    assert texts(text, 4, "zh-Hans", hanging="force") == ["国国国国，", "国国国国。"]
    first = set_lines("国国国国国国国，国国国国国国国国。", 8, hanging="force")[0]
    assert first.end == 8  # seven characters stretched to the measure, the comma beyond it
    assert sum(item.width for item in first.items) == pytest.approx(9 * SIZE)


def test_a_hans_comma_is_half_an_em_or_hangs():
    (first, *_) = set_lines("国国国国国国国国，国国国。", 8, hanging="allow")
    assert first.end == 9
    assert first.stage == -1


def test_traditional_marks_hang_in_vertical_writing_only():
    assert texts("國國國國，國國國國。", 4, "zh-Hant", hanging="force")[0] != "國國國國，"
    upright = sheet("zh-Hant", hanging="force")
    vertical = type(upright)(**{**fields_of(upright), "vertical": True})
    assert profile_in("zh-Hant", vertical).hanging == "force"


def fields_of(record):
    return {name: getattr(record, name) for name in record.__slots__}


@pytest.mark.parametrize(
    ("text", "hanging"),
    [
        ("国，国", {1}),
        ("国」。国", set()),
        ("国。」国", set()),
        ("国，。国", set()),
        ("国、「国", {1}),
        ("国」国", set()),
        ("国！国", set()),
        ("国：国", set()),
        ("国）国。", {3}),
    ],
)
def test_marks_that_stand_alone_hang(text, hanging):
    profile = profile_in("ja", sheet("ja", hanging="allow"))
    measured = measure_simple(text, profile)
    hang(measured, profile)
    assert measured.hangs == hanging


def test_a_mark_after_a_latin_stop_does_not_hang():
    content = (Text("国国"), Code("a."), Text("，国国国国国国国国国"))
    lines = set_content(content, 3, typography={"hanging": "force"}).lines
    assert all(item.x + item.width <= 3 * SIZE + 5.01 for item in lines[0].items)


def test_the_profile_without_a_look_hangs_nothing():
    assert profile_for("ja").hanging == "none"
