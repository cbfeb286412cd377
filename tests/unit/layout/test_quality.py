"""Choosing over the whole paragraph is never worse than choosing line by line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.layout.itemize import itemize
from publisher.layout.justify import adjust
from publisher.layout.linebreak import Broken, Params, Widths, choose_breaks
from publisher.layout.measure import measure_simple, simple_text
from publisher.layout.profiles import profile_for
from publisher.layout.quality import Looseness, cost_of, greedy_breaks, looseness
from publisher.theme.model import TextStyle
from publisher.tree.nodes import Text
from tests.conftest import SHARED
from tests.tools.set_lines import SIZE, context, typesetter

SIMPLE = "国字中文排版" * 3 + "，。、：；？！「」《》（）“”々っー・"
MIXED = "国字中文排版，。：「」（）…—" * 2 + "abc XYZ 012 ,.-%"


def simple(text, lang="zh-Hans"):
    return measure_simple(text, profile_for(lang))


def costs(measured, widths, params):
    size = len(measured.text)
    chosen = choose_breaks(measured, 0, size, widths, params)
    greedy = [greedy_breaks(measured, (0, size), widths, params, how) for how in ("full", "best")]
    return (
        cost_of(measured, chosen, widths, params),
        min(
            [
                cost_of(measured, lines, widths, params)
                for lines in greedy
                if not any(line.emergency for line in lines)
            ],
            default=1e9,
        ),
    )


@settings(max_examples=150, deadline=None)
@given(
    st.text(SIMPLE, min_size=30, max_size=240),
    st.integers(7, 26),
    st.sampled_from((0, 2)),
    st.sampled_from(("zh-Hans", "zh-Hant", "ja")),
)
def test_total_fit_costs_no_more_than_greedy_lines(text, em, indent, lang):
    measured = simple(text, lang)
    widths, params = Widths((em - indent) * 4.0, em * 4.0), Params(indent=indent)
    chosen, greedy = costs(measured, widths, params)
    assert chosen <= greedy + 1e-6


def test_a_paragraph_is_not_squeezed_onto_one_line_where_two_are_better():
    text = "令完。国字等皆说的是一句俗话，都带一个“寿”字，不须多言。"
    measured = simple(text)
    widths, params = Widths(26 * 4.0, 28 * 4.0), Params(indent=2)
    lines = choose_breaks(measured, 0, len(text), widths, params)
    assert len(lines) == 2
    alone = [Broken(0, len(text))]
    assert cost_of(measured, lines, widths, params) < cost_of(measured, alone, widths, params)


def test_natural_lines_are_never_squeezed_and_are_looser():
    text = "国字，中文。" * 40
    measured, widths, params = simple(text), Widths(15.0 * 4, 15.0 * 4), Params()
    natural = greedy_breaks(measured, (0, len(text)), widths, params, "natural")
    assert [line.start for line in natural[1:]] == [line.end for line in natural[:-1]]
    for line in natural[:-1]:
        made = adjust(measured, line.start, line.end, 60.0, stretch=True, shrink=False)
        assert made.stage >= 0
        assert not made.overfull
    chosen = choose_breaks(measured, 0, len(text), widths, params)
    assert cost_of(measured, chosen, widths, params) < cost_of(measured, natural, widths, params)


@settings(max_examples=80, deadline=None)
@given(st.text(MIXED, min_size=30, max_size=160), st.integers(10, 24))
def test_total_fit_costs_no_more_than_greedy_lines_in_mixed_text(text, em):
    style = TextStyle(size=SIZE)
    table = itemize((Text(text),), style, context())
    measured = typesetter()._measured(table, style, "zh-Hans", None).measured
    chosen, greedy = costs(measured, Widths(em * SIZE, em * SIZE), Params())
    assert chosen <= greedy + 1e-6


def test_total_fit_is_better_on_a_novel():
    path = SHARED / "corpus" / "novel-hant.md"
    if not path.is_file():
        pytest.skip("no novel beside this checkout")
    matches = simple_text(True).fullmatch
    paragraphs = [t for t in path.read_text(encoding="utf-8").split("\n") if len(t) > 60]
    widths, params = Widths(34 * 4.0, 36 * 4.0), Params(indent=2)
    total = least = 0.0
    for text in filter(matches, paragraphs[:1200:4]):
        chosen, greedy = costs(simple(text, "zh-Hant"), widths, params)
        assert chosen <= greedy + 1e-6, text[:30]
        total, least = total + chosen, least + greedy
    assert total < 0.8 * least


def test_costs_are_those_of_the_rules():
    measured = simple("国" * 14)
    widths, params = Widths(32.0, 32.0), Params()
    # Seven characters in eight em: six gaps of a sixth; then the rest.
    lines = [Broken(0, 7), Broken(7, 14)]
    assert cost_of(measured, lines, widths, params) == pytest.approx(
        0.1 + (1 / 6 / 0.25) ** 2, abs=1e-3
    )
    lone = [Broken(0, 8), Broken(8, 13), Broken(13, 14)]
    stretched = 0.1 + (3 / 4 / 0.25) ** 2 + 4  # over half an em a gap
    assert cost_of(measured, lone, widths, params) == pytest.approx(stretched + 5, abs=1e-2)


def test_greedy_lines_are_full_or_good():
    measured = simple("甲乙丙丁戊己庚辛壬。")
    widths = Widths(32.0, 32.0)
    full = greedy_breaks(measured, (0, 10), widths, Params())
    assert [(line.start, line.end) for line in full] == [(0, 8), (8, 10)]
    chosen = choose_breaks(measured, 0, 10, widths, Params())
    assert chosen[0].end == 7


def test_loose_lines_and_lone_endings_are_counted():
    measured = simple("国" * 15)
    widths = Widths(32.0, 32.0)
    lines = [Broken(0, 7), Broken(7, 14), Broken(14, 15)]
    found = looseness(measured, lines, widths, Params())
    assert found == Looseness(3, 2, 2, 0, 1, 1)
    assert found + found == Looseness(6, 4, 4, 0, 2, 2)
