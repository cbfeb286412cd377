"""The line chooser against all possible choices, on short texts."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.layout import linebreak
from publisher.layout.itemize import itemize
from publisher.layout.linebreak import Broken, Params, Widths, choose_breaks
from publisher.layout.measure import measure_simple, simple_text
from publisher.layout.profiles import profile_for
from publisher.theme.model import TextStyle
from publisher.tree.nodes import Text
from tests.tools.set_lines import SIZE, context, places, set_content, texts, typesetter

SIMPLE = "国字中文排版" * 3 + "，。、：；？！「」《》（）“”…々っー・"


def simple(text):
    """As much of a drawn text as the fast measurer takes."""
    return text.replace("…", "……")


def cheapest(measured, widths, params):
    """The least sum of line costs over every way to cut the text."""
    size = len(measured.text)
    chooser = linebreak.Chooser(measured, 0, size, widths, params)
    ends = linebreak.line_ends(chooser, thorough=True)

    @cache
    def best(start, line):
        width = widths.of(min(line, 1))
        found = 1e9
        if chooser.fits(start, width):
            found = chooser.last_cost(start, width, line)
        for end, cost in ends(start, width, 99):
            found = min(found, cost + best(end, line + 1))
        return found

    return best(0, 0)


def cost_of(measured, lines, widths, params):
    chooser = linebreak.Chooser(measured, 0, len(measured.text), widths, params)
    ends = linebreak.line_ends(chooser, thorough=True)
    total = 0.0
    for number, line in enumerate(lines[:-1]):
        total += dict(ends(line.start, widths.of(number), 99))[line.end]
    last = len(lines) - 1
    return total + chooser.last_cost(lines[-1].start, widths.of(last), last)


@settings(max_examples=80, deadline=None)
@given(st.text(SIMPLE, min_size=12, max_size=45).map(simple), st.integers(6, 12))
def test_a_thorough_search_finds_the_least_cost(text, em):
    measured = measure_simple(text, profile_for("zh-Hans"))
    widths, params = Widths((em - 2) * 4.0, em * 4.0), Params(indent=2)
    least = cheapest(measured, widths, params)
    chooser = linebreak.Chooser(measured, 0, len(text), widths, params)
    lines, cost = chooser.weighed(40, thorough=True)
    if not any(line.emergency for line in lines):
        assert cost == pytest.approx(least)


@settings(max_examples=80, deadline=None)
@given(st.text(SIMPLE, min_size=12, max_size=60).map(simple), st.integers(8, 14))
def test_the_quick_search_is_never_much_dearer(text, em):
    measured = measure_simple(text, profile_for("zh-Hans"))
    widths, params = Widths(em * 4.0, em * 4.0), Params()
    lines = choose_breaks(measured, 0, len(text), widths, params)
    if not any(line.emergency for line in lines):
        found = cost_of(measured, lines, widths, params)
        assert found <= cheapest(measured, widths, params) + 0.8 * len(lines)


@settings(max_examples=80, deadline=None)
@given(
    st.text(SIMPLE, min_size=1, max_size=80).map(simple),
    st.integers(6, 20),
    st.sampled_from(("zh-Hans", "zh-Hant", "ja")),
)
def test_the_fast_and_the_general_way_measure_the_same(text, em, lang):
    profile = profile_for(lang)
    if not simple_text(profile.cjk_quotes).fullmatch(text):
        return
    style = TextStyle(size=SIZE)
    table = itemize((Text(text),), style, context(lang))
    fast, general = typesetter(lang), typesetter(lang)
    assert fast._simple_face(table, style, profile) is not None
    one = measure_simple(text, profile)
    other = general._measured(table, style, lang, None).measured
    size = len(text)
    quarter = SIZE / 4
    assert one.classes == other.classes
    for name in ("pre", "shrink", "start_trim", "end_trim", "end_option"):
        scaled = [value * quarter for value in getattr(one, name)]
        assert scaled == pytest.approx(list(getattr(other, name))[: len(scaled)]), name
    assert list(one.gaps)[:size] == list(other.gaps)[:size]
    assert list(one.penalty)[1:size] == other.penalty[1:size]
    assert summed(one.shifts, quarter) == pytest.approx(summed(other.shifts, 1.0))


def summed(shifts, unit):
    found = {}
    for at, amount in shifts:
        found[at] = found.get(at, 0.0) + amount * unit
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.text("国字中文，。「」・あー", min_size=4, max_size=12),
    st.floats(-0.4, 0.8),
    st.sampled_from(("zh-Hans", "zh-Hant", "ja")),
)
def test_the_fast_and_the_general_way_draw_the_same(text, more, lang):
    style = TextStyle(size=SIZE)
    table = itemize((Text(text + "国" * 30),), style, context(lang))
    fast, general = typesetter(lang), typesetter(lang)
    general._simple_face = lambda *given: None
    width = (len(text) + more) * SIZE
    one = fast.set_paragraph(table, style, width, lang=lang).lines[0]
    other = general.set_paragraph(table, style, width, lang=lang).lines[0]
    if (one.end, one.stage) == (other.end, other.stage):  # ties may fall either way
        assert places(one) == pytest.approx(places(other), abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(
    st.text(SIMPLE, min_size=20, max_size=200),
    st.sampled_from((5.0, 8.0, 10.5, 21.3)),
    st.sampled_from(("zh-Hans", "zh-Hant", "ja")),
)
def test_the_quick_choice_for_text_set_solid_is_the_general_one(text, em, lang):
    profile = profile_for(lang)
    if not simple_text(profile.cjk_quotes).fullmatch(text):
        return
    measured = measure_simple(text, profile)
    widths = Widths((em - 2) * 4.0, em * 4.0)
    quick = linebreak.Chooser(measured, 0, len(text), widths, Params())
    general = linebreak.Chooser(measured, 0, len(text), widths, Params())
    assert quick.solid() in (None, general.weighed(linebreak.ENDS))
    general.solid = lambda: None
    assert quick.justified() == general.justified()


def test_a_lone_character_is_not_left_for_the_last_line():
    assert texts("甲乙丙丁戊己庚辛壬。", 8)[-1] == "辛壬。"
    assert texts("甲乙丙丁戊己庚辛壬癸。", 9)[-1] != "癸。"


def test_a_lone_character_costs_half_in_japanese():
    for lang, lone in (("zh-Hans", 5.0), ("ja", 2.5)):
        assert typesetter(lang)._params(TextStyle()).lone == lone
    measured = measure_simple("国" * 9, profile_for("ja"))
    # Eight in the first line and one alone, or seven stretched by a sixth: 0.54.
    for lone, expected in ((2.5, 7), (0.3, 8)):
        lines = choose_breaks(measured, 0, 9, Widths(32.0, 32.0), Params(lone=lone))
        assert lines[0].end == expected


def test_a_soft_ban_is_kept_while_lines_stay_good():
    assert texts("国国国国国国国国国……国国国", 9)[1][0] != "…"


def test_long_texts_take_linear_time():
    measured = measure_simple("国字，中文排版。" * 4000, profile_for("zh-Hans"))
    lines = choose_breaks(measured, 0, 32000, Widths(120.0, 120.0), Params())
    assert len(lines) > 900


@pytest.mark.parametrize(
    ("text", "em", "expected"),
    [
        ("语出该书第217页的注", 7, "语出该书/第217页的注"),
        ("语出该书注释217页的注", 8, "语出该书注释/217页的注"),
        ("第217页", 3, "第217/页"),  # too narrow to carry so much over
    ],
)
def test_ragged_lines_keep_a_number_with_its_unit(text, em, expected):
    lines = set_content((Text(text),), em, align="end").lines
    assert [text[line.start : line.end] for line in lines] == expected.split("/")


@pytest.mark.parametrize(
    ("text", "em", "expected"),
    [
        ("国国国国国国国字。", 7, "国国国国国国/国字。"),
        ("国国国国字", 2, "国国/国国/字"),  # the line before would be the shorter one
        ("国国国国国，字", 6, "国国国国/国，字"),
        ("国国国国国国word", 6, "国国国国国国/word"),
    ],
)
def test_ragged_lines_leave_no_character_alone(text, em, expected):
    lines = set_content((Text(text),), em, align="start").lines
    assert [text[line.start : line.end] for line in lines] == expected.split("/")


def test_ragged_lines_end_where_they_end():
    measured = measure_simple("国国国国国国，国国国", profile_for("zh-Hans"))
    found = choose_breaks(measured, 0, 10, Widths(24.0, 24.0), Params(justify=False))
    assert found == [Broken(0, 5), Broken(5, 10)]


def test_what_cannot_break_goes_over_and_says_so():
    measured = measure_simple("（" * 12, profile_for("zh-Hans"))
    lines = choose_breaks(measured, 0, 12, Widths(16.0, 16.0), Params())
    assert lines[-1].end == 12
    assert any(line.emergency for line in lines)


@pytest.mark.parametrize(
    ("text", "em", "expected"),
    [
        ("国。』」）国", 2, ["国。』", "」）国"]),
        ("国。』」国国", 4, ["国。』」国", "国"]),
    ],
)
def test_three_closing_marks_part_before_the_last_where_nothing_else_fits(text, em, expected):
    measured = measure_simple(text, profile_for("ja"))
    lines = choose_breaks(measured, 0, len(text), Widths(em * 4.0, em * 4.0), Params())
    assert [text[line.start : line.end] for line in lines] == expected


def test_no_line_is_left_with_one_word_while_others_can_take_it():
    text = "한글 문서를 조판한다. 단어 사이를 띄어 쓰고, 문장 부호는 반각으로 쓴다. 긴 영어 단어가 나오면"
    for em in (10, 12, 14, 17, 20):
        assert all(" " in line.strip() for line in texts(text, em, "ko")[:-1])
