import pytest

from publisher.layout.justify import adjust
from publisher.layout.measure import Space, measure_simple
from publisher.layout.profiles import profile_for

HANS = profile_for("zh-Hans")


def adjusted(text, em, lang="zh-Hans", **how):
    measured = measure_simple(text, profile_for(lang))
    return adjust(measured, 0, len(text), em * 4.0, **{"stretch": True, "shrink": True, **how})


def test_a_line_that_fits_is_left_alone():
    assert adjusted("国国国国", 4) == (0.0, [], 0.0, 16.0, 0, 0.0, False)


def test_brackets_give_before_commas_and_commas_before_stops():
    # 「」 hold one em of blanks, the comma half an em, the stop half an em.
    text = "国「国」国，国。国"
    assert [adjusted(text, 9 - less / 2).stage for less in (0, 1, 2, 3, 4)] == [0, -4, -4, -5, -7]
    assert adjusted(text, 6.5).overfull


def test_each_place_of_a_step_gives_the_same():
    moves = adjusted("国，国，国", 4.5).moves
    assert moves == [(2, pytest.approx(-1.0)), (4, pytest.approx(-1.0))]


def test_japanese_stops_never_give():
    assert adjusted("国。国", 2.5, "ja").overfull


def test_stretching_goes_between_han_equally():
    found = adjusted("国国国，国国", 6.75)
    assert found.stage == 3
    assert found.each * 3 == pytest.approx(0.75 * 4)  # three gaps beside no mark
    assert found.width == pytest.approx(27.0)


def test_beyond_a_quarter_em_is_stage_four():
    assert adjusted("国国", 3).stage == 4


def test_last_lines_are_not_stretched():
    assert adjusted("国国", 4, stretch=False).width == 8.0


def test_an_opening_mark_starts_half_an_em_outside():
    found = adjusted("「国」国", 3.5)
    assert (found.offset, found.stage) == (-2.0, 0)


def test_a_line_end_is_whole_or_half_in_japanese():
    assert adjusted("国国、", 3, "ja").stage == 0
    found = adjusted("国国、", 2.5, "ja")
    assert (found.stage, found.width, found.moves) == (-1, 10.0, [])


def test_a_line_looks_at_its_own_spaces_only():
    spaces = {at: Space(2, 0.1, 0.2) for at in (12, 3, 8, 4)}
    measured = measure_simple("国" * 16, HANS)
    measured.spaces = spaces
    assert [at for at, _ in measured.spaces_between(3, 12)] == [4, 8]
    assert measured.spaces_between(8, 9) == []


@pytest.mark.parametrize("mark", ["・", "："])
def test_a_mark_in_the_middle_of_its_blanks_loses_both_alike(mark):
    """A Japanese colon is no comma: behind it is a quarter of an em (JLREQ 3.1.2)."""
    assert adjusted(f"国{mark}国国", 3.5, "ja").moves == [(1, -1.0), (2, -1.0)]
    assert adjusted("国，国国", 3.5, "ja").moves == [(2, -2.0)]
    if mark == "：":
        assert adjusted("国：国国", 3.5, "zh-Hans").moves == [(2, -2.0)]
