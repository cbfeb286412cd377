"""Properties of set lines, in every profile and with mixed content."""

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from publisher.layout import linebreak
from publisher.layout.breaks import BAN
from publisher.layout.itemize import itemize
from publisher.layout.linebreak import Params, Widths
from publisher.layout.measure import measure_simple, simple_text
from publisher.layout.paragraph import _fit_edges
from publisher.layout.profiles import profile_for, profile_in
from publisher.layout.spacing import gap_positions, natural_advances
from publisher.layout.types import RuleItem, TextItem
from publisher.theme.model import TextStyle
from publisher.tree.nodes import Attr, Code, Emphasis, Link, Mark, Span, Strong, Text
from tests.tools.set_lines import SIZE, context, sheet, typesetter

LANGUAGES = ("zh-Hans", "zh-Hant", "zh-HK", "ja", "ko")
CJK = "国字中文排版" * 2 + "，。、：；？！「」《》（）“”‘’…—·あっーア・々％￥　한글"
LATIN = (
    "internationalization",
    "well-known",
    "AVA",
    "3 km",
    "12.5%",
    "https://a.example/b-c/d",
    " ",
)
STYLE = TextStyle(size=SIZE)

OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "hanging": st.sampled_from(("allow", "force")),
        "gap": st.sampled_from(("0", "1/8", "fixed")),
        "first": st.just("full"),
        "compact": st.just(True),
        "books": st.just(True),
        "hyphenate": st.just(False),
        "lone": st.just(True),
        "strictness": st.sampled_from(("strict", "normal", "loose")),
    },
)

words = st.one_of(st.text(CJK, min_size=1, max_size=12), st.sampled_from(LATIN)).map(Text)
inlines = st.one_of(
    words,
    words,
    words.map(lambda w: Strong((w,))),
    words.map(lambda w: Emphasis((w,))),
    words.map(lambda w: Link((w,), "https://a.example")),
    words.map(lambda w: Mark("small", (w,))),
    st.tuples(words, st.sampled_from((*LANGUAGES, "en", "de"))).map(
        lambda given: Span((given[0],), Attr(lang=given[1]))
    ),
    st.sampled_from(("abc", "a.b(c)", "印。")).map(Code),
)
contents = st.lists(inlines, min_size=3, max_size=14).map(tuple)


def set_in(setter, content, em, lang):
    """The lines of a paragraph, with its measured text after it was set."""
    kept = []
    measured = setter._measured
    setter._measured = lambda *given: kept.append(measured(*given)) or kept[-1]
    table = itemize(content, STYLE, context(lang))
    lines = setter.set_paragraph(table, STYLE, em * SIZE, lang=lang).lines
    return lines, kept[-1].measured if kept else None, table.text


@settings(max_examples=100, deadline=None)
@given(contents, st.integers(9, 26), st.sampled_from(LANGUAGES), OPTIONS)
@example((Text("·" * 5), Text("internationalization")), 9, "zh-Hans", {})
def test_what_is_drawn_of_a_filled_line_ends_at_the_measure(content, em, lang, options):
    lines, measured, text = set_in(typesetter(lang, **options), content, em, lang)
    if measured is None:
        return
    for line in lines[:-1]:
        if line.overfull or line.emergency or (line.stage == 4 and line.amount == 0):
            continue
        items = [item for item in line.items if isinstance(item, TextItem)]
        end = items[-1].x + items[-1].width
        trim, option = measured.end_trim[line.end - 1], measured.end_option[line.end - 1]
        if line.end in measured.hyphens:  # a bar in the room that the end adds
            bar = next(i for i in line.items if isinstance(i, RuleItem) and i.hyphen)
            assert end < bar.x < bar.x + bar.width <= end - trim
        # A move of the pen behind the last character is not drawn.
        moved = sum(by for at, by in measured.shifts if at == line.end)
        moved -= measured.leads.get(line.end, 0.0)
        ends = (em * SIZE + trim - moved, em * SIZE + trim + option - moved)
        assert min(abs(end - wanted) for wanted in ends) < 1e-3, text[line.start : line.end]


@settings(max_examples=100, deadline=None)
@given(contents, st.integers(4, 26), st.sampled_from(LANGUAGES), OPTIONS)
def test_no_ban_is_broken_by_a_line_that_does_not_say_so(content, em, lang, options):
    lines, measured, text = set_in(typesetter(lang, **options), content, em, lang)
    assert "".join(text[line.start : line.end] for line in lines) == text
    if measured is None:
        return
    for line in lines[:-1]:
        assert line.emergency or measured.penalty[line.end] < BAN, text[line.start : line.end]


@settings(max_examples=100, deadline=None)
@given(st.text(CJK, min_size=2, max_size=60), st.integers(3, 8), st.sampled_from(LANGUAGES))
def test_narrow_columns_break_bans_only_where_they_say_so(text, em, lang):
    setter = typesetter(lang)
    lines, measured, _ = set_in(setter, (Text(text),), em, lang)
    if measured is None:
        measured = measure_simple(text, setter.profile(lang))
    for line in lines[:-1]:
        assert line.emergency or measured.penalty[line.end] < BAN


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.one_of(st.text(CJK, min_size=1, max_size=8), st.sampled_from("a1b")), min_size=1
    ).map("".join),
    st.sampled_from(("zh-Hans", "zh-Hant", "ja", "ko")),
)
def test_paragraphs_have_the_natural_advances(text, lang):
    if any(char in text for char in "…—　") or any(f"{q}" in text for q in "“”‘’"):
        text = text.translate(dict.fromkeys(map(ord, "…—　“”‘’"), "国"))
    table = itemize((Text(text),), STYLE, context(lang))
    pre = typesetter(lang)._measured(table, STYLE, lang, None).measured.pre
    expected = list(natural_advances(text, lang))
    for at in gap_positions(text, lang):
        expected[at - 1] += profile_for(lang).gap
    found = [(b - a) / SIZE for a, b in pairwise(pre)]
    if "·" in text:  # half or whole between Han; elsewhere the test font's, a whole one
        return
    assert found == pytest.approx(expected)


def least(measured, widths, params):
    """The least sum of line costs over every way to cut the text."""
    size = len(measured.text)
    chooser = linebreak.Chooser(measured, 0, size, widths, params)
    ends = linebreak.line_ends(chooser, thorough=True)

    @cache
    def best(start, line):
        width = widths.of(min(line, 1))
        found = chooser.last_cost(start, width, line) if chooser.fits(start, width) else 1e9
        for end, cost in ends(start, width, 99):
            found = min(found, cost + best(end, line + 1))
        return found

    return best(0, 0)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.one_of(st.text(CJK, min_size=1, max_size=8), st.sampled_from(LATIN)), min_size=4,
             max_size=9).map("".join),
    st.integers(8, 14),
    st.sampled_from(LANGUAGES),
)  # fmt: skip
def test_a_full_search_finds_the_least_cost_of_mixed_text(text, em, lang):
    table = itemize((Text(text),), STYLE, context(lang))
    measured = typesetter(lang)._measured(table, STYLE, lang, None).measured
    widths, params = Widths(em * SIZE, em * SIZE), Params()
    chooser = linebreak.Chooser(measured, 0, len(text), widths, params)
    lines, cost = chooser.weighed(60, thorough=True)
    if not any(line.emergency for line in lines):
        assert cost == pytest.approx(least(measured, widths, params))


@settings(max_examples=80, deadline=None)
@given(
    st.text("国字中文排版" * 2 + "，。、：；？！「」《》（）あっー々", min_size=6, max_size=60),
    st.sampled_from(("zh-Hans", "zh-Hant", "ja")),
    OPTIONS,
)
def test_the_fast_and_the_general_way_measure_the_same_with_options(text, lang, options):
    setter = typesetter(lang, **options)
    profile = profile_in(lang, sheet(lang, **options))
    assert simple_text(profile.cjk_quotes).fullmatch(text)
    one = measure_simple(text, profile)
    _fit_edges(one, profile)
    table = itemize((Text(text),), STYLE, context(lang))
    other = setter._measured(table, STYLE, lang, None).measured
    quarter, size = SIZE / 4, len(text)
    assert (one.classes, one.hangs) == (other.classes, other.hangs)
    for name in ("pre", "shrink", "start_trim", "end_trim", "end_option"):
        scaled = [value * quarter for value in getattr(one, name)]
        assert scaled == pytest.approx(list(getattr(other, name))[: len(scaled)]), name
    assert list(one.gaps)[:size] == list(other.gaps)[:size]
    assert list(one.penalty)[1:size] == list(other.penalty)[1:size]
