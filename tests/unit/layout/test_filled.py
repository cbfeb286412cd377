"""Lines filled one by one: counted quickly as the line chooser fills them, and never squeezed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.layout.filled import fill_simple
from publisher.layout.linebreak import Broken, Params, Widths, choose_breaks
from publisher.layout.measure import QUARTERS, measure_simple, simple_text
from publisher.layout.profiles import profile_for

PROFILES = [
    replace(profile_for(language, vertical=vertical), natural=True)
    for language in ("zh-Hans", "zh-Hant", "zh-HK", "ja", "ko")
    for vertical in (False, True)
]
CHARS = "字国東ァあー々（「『」』）。，、：；！？・～"


@given(
    st.lists(st.sampled_from([*CHARS, "……"]), min_size=1, max_size=90).map("".join),
    st.sampled_from(PROFILES),
    st.integers(4, 30),
    st.sampled_from([-1, 0, 1, 2]),
)
def test_lines_are_those_of_the_line_chooser(text, profile, ems, indent):
    if not simple_text(profile.cjk_quotes).fullmatch(text):
        return  # pairs of leaders that touch
    widths = Widths((ems - indent) * QUARTERS, ems * QUARTERS)
    chosen = choose_breaks(measure_simple(text, profile), 0, len(text), widths, Params(fill=True))
    found = fill_simple(text, profile, widths)
    if found is None:
        assert any(line.emergency for line in chosen)
    else:
        assert [Broken(*line) for line in found] == chosen


@pytest.mark.parametrize("room", [10.0, 10.4, 10.99])
def test_a_part_of_an_em_holds_no_character(room):
    widths = Widths(room * QUARTERS, room * QUARTERS)
    assert fill_simple("字" * 25, PROFILES[0], widths) == [(0, 10), (10, 20), (20, 25)]


def test_marks_keep_their_blanks():
    """Ten characters stay ten em, which a line chosen with squeezing would bring into nine."""
    text = "他问：（谁？）“你”。"
    lines = fill_simple(text, PROFILES[0], Widths(9 * QUARTERS, 9 * QUARTERS))
    assert lines is not None
    assert len(lines) == 2
    natural = measure_simple(text, PROFILES[0])
    assert natural.pre[-1] == len(text) * QUARTERS
    assert not any((*natural.end_trim, *natural.end_option, natural.shrink[-1]))
