"""Paging: breaks, keeps, notes at the foot, blank pages, repeated rows, the line grid."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from publisher.layout.pages import PageSetup, paginate, start_edge
from publisher.layout.types import ImageOp, Line, OutlineEntry, Slab
from publisher.theme.model import PageGeometry

LEADING = 10.0
FACING = PageGeometry(100.0, 120.0, 10.0, 10.0, 20.0, 10.0, facing=True)  # ten lines
SINGLE = PageGeometry(100.0, 120.0, 10.0, 10.0, 15.0, 15.0)


def setup(geometry=SINGLE, **more):
    return PageSetup(geometry, LEADING, separator=Slab(4.0), **more)


def body(count, **more):
    return [Slab(LEADING, **more) for _ in range(count)]


def shape(pages):
    """How many slabs stand on each page."""
    return [len(plan.placed) for plan in pages]


def test_a_page_holds_what_its_type_area_holds():
    assert shape(paginate(body(25), setup())) == [10, 10, 5]


def test_slabs_stand_below_one_another_from_the_head():
    (page,) = paginate(body(3), setup())
    assert [p.y for p in page.placed] == [10.0, 20.0, 30.0]


def test_space_before_is_dropped_at_the_head_of_a_page():
    slabs = body(10)
    slabs += [Slab(LEADING, before=25.0)]
    first, second = paginate(slabs, setup())
    assert second.placed[0].y == 10.0
    assert len(first.placed) == 10


def test_a_break_that_is_kept_moves_back_to_the_last_free_one():
    slabs = [*body(8), Slab(LEADING), *body(2, keep=1000), *body(3)]
    assert shape(paginate(slabs, setup())) == [8, 6]


def test_a_small_penalty_is_worth_less_than_empty_lines():
    slabs = [*body(6), Slab(LEADING), *body(6, keep=150)]
    assert shape(paginate(slabs, setup())) == [10, 3]


def test_a_chain_longer_than_a_page_is_broken_at_the_foot():
    slabs = [Slab(LEADING), *body(14, keep=1000)]
    assert shape(paginate(slabs, setup())) == [10, 5]


def test_a_forced_break_begins_a_page():
    slabs = [*body(2), Slab(LEADING, page="any"), *body(1)]
    assert shape(paginate(slabs, setup())) == [2, 2]


def test_a_forced_break_at_the_very_start_makes_no_empty_page():
    assert shape(paginate(body(2, page="recto")[:1] + body(1), setup(FACING))) == [2]


def test_a_recto_break_leaves_a_blank_verso():
    pages = paginate([*body(2), Slab(LEADING, page="recto")], setup(FACING))
    assert [(p.blank, p.recto) for p in pages] == [(False, True), (True, False), (False, True)]


def test_a_single_sided_page_needs_no_blank():
    pages = paginate([*body(2), Slab(LEADING, page="recto")], setup(SINGLE))
    assert [p.blank for p in pages] == [False, False]


def test_facing_pages_mirror_their_margins():
    pages = paginate(body(20), setup(FACING))
    assert [p.placed[0].x for p in pages] == [20.0, 10.0]
    bound_right = PageGeometry(100.0, 120.0, 10.0, 10.0, 20.0, 10.0, facing=True, binding="right")
    assert start_edge(bound_right, recto=True) == 10.0


def test_the_index_of_the_first_page_decides_its_side():
    (page,) = paginate(body(1), setup(FACING), first_index=3)
    assert (page.index, page.recto) == (3, False)


class TestNotes:
    def test_stand_at_the_foot_under_their_rule(self):
        slabs = [*body(2), Slab(LEADING, notes=("a",))]
        (page,) = paginate(slabs, setup(notes={"a": body(2)}))
        rule, *notes = page.placed[3:]
        assert [n.y for n in notes] == [90.0, 100.0]
        assert rule.y + rule.slab.height == 90.0

    def test_take_room_from_the_page_of_their_call(self):
        slabs = [Slab(LEADING, notes=("a",)), *body(12)]
        pages = paginate(slabs, setup(notes={"a": body(3)}))
        assert len(pages[0].placed) == 6 + 1 + 3  # 100 pt less rule and three lines

    def test_go_to_the_next_page_with_their_call(self):
        slabs = [*body(9), Slab(LEADING, notes=("a",)), *body(1)]
        pages = paginate(slabs, setup(notes={"a": body(2)}))
        assert shape(pages) == [9, 2 + 1 + 2]

    def test_a_long_note_goes_on_on_the_next_page(self):
        note = body(12)
        note[1].keep = note[-1].keep = 1000
        pages = paginate([Slab(LEADING, notes=("a",)), *body(5)], setup(notes={"a": note}))
        own = set(map(id, note))
        shown = [id(p.slab) for page in pages for p in page.placed if id(p.slab) in own]
        assert shown == [id(s) for s in note]
        assert pages[0].placed[0].slab.notes == ("a",)
        assert len(pages) == 2

    def test_a_long_note_is_cut_rather_than_a_heading_left_alone(self):
        text = [Slab(LEADING, keep=1000, notes=("a",)), Slab(LEADING, keep=1000, notes=("b",))]
        slabs = [Slab(LEADING), *text, Slab(LEADING, page="any")]
        notes = {"a": body(12), "b": body(1)}
        first, second, _ = paginate(slabs, setup(notes=notes))
        assert [p.slab for p in first.placed][:3] == slabs[:3]
        assert len(first.placed) == 3 + 1 + 6  # 100 pt less three lines and the rule
        assert [p.slab for p in second.placed][1:] == [*notes["a"][6:], *notes["b"]]

    def test_leave_room_for_the_lines_that_must_follow(self):
        text = [Slab(LEADING, notes=("a",)), *body(2, keep=1000)]
        slabs = [*body(4), *text]
        first, *_ = paginate(slabs, setup(notes={"a": body(12)}))
        assert [p.slab for p in first.placed][:7] == slabs
        assert len(first.placed) == 7 + 1 + 2

    def test_stand_where_they_are_called_though_a_line_is_left_alone(self):
        grid = {"line": Line(0, 0, (), 0.0, 0.0), "grid": True}
        text = [Slab(LEADING, notes=("a",), **grid), Slab(LEADING, notes=("b",), keep=1000, **grid)]
        slabs = [*text, Slab(LEADING, keep=1000, **grid)]
        notes = {"a": body(7), "b": body(1)}
        first, second = paginate(slabs, setup(notes=notes))
        assert [p.slab for p in first.placed] == [slabs[0], first.placed[1].slab, *notes["a"]]
        assert [p.slab for p in second.placed][:2] == slabs[1:]
        assert [p.slab for p in second.placed][3:] == notes["b"]

    def test_do_not_run_into_the_next_chapter(self):
        slabs = [Slab(LEADING, notes=("a",)), Slab(LEADING, page="any")]
        pages = paginate(slabs, setup(notes={"a": body(15)}))
        last = pages[-1]
        assert [p.slab for p in last.placed] == slabs[1:]


class TestRepeatedRows:
    def test_come_again_where_a_page_breaks_between_rows(self):
        head = [Slab(15.0)]
        slabs = [*head, *[Slab(LEADING, repeat="t") for _ in range(12)]]
        pages = paginate(slabs, setup(repeats={"t": [Slab(15.0)]}))
        assert [p.slab.height for p in pages[1].placed[:2]] == [15.0, LEADING]
        assert pages[1].placed[1].y == 25.0

    def test_do_not_come_over_other_blocks(self):
        slabs = [Slab(LEADING, repeat="t") for _ in range(10)] + body(3)
        assert shape(paginate(slabs, setup(repeats={"t": [Slab(15.0)]})))[1] == 3


def test_a_slab_taller_than_a_page_is_placed_and_told():
    overfull = []
    tall = Slab(150.0)
    pages = paginate([*body(1), tall, *body(1)], setup(), overfull=overfull)
    assert shape(pages) == [1, 1, 1]
    assert overfull == [tall]


def test_a_picture_is_scaled_into_the_rest_of_a_page():
    picture = Slab(60.0, least=40.0, draws=(ImageOp(0.0, 0.0, 80.0, 60.0, "r", ""),))
    slabs = [*body(4), picture, Slab(LEADING, keep=1000), *body(1)]
    first, _ = paginate(slabs, setup())
    (image,) = first.placed[4].slab.draws
    assert (round(image.height), round(image.width)) == (50, 67)
    assert len(first.placed) == 6


def test_a_picture_is_not_scaled_below_its_least_height():
    picture = Slab(60.0, least=55.0)
    assert shape(paginate([*body(5), picture], setup())) == [5, 1]


def test_text_after_a_display_returns_to_the_grid_and_the_display_is_centred():
    grid = {"line": Line(0, 0, (), 0.0, 0.0), "grid": True}
    slabs = [Slab(LEADING, **grid), Slab(14.0), Slab(LEADING, **grid)]
    (page,) = paginate(slabs, setup())
    assert [p.y for p in page.placed] == [10.0, 23.0, 40.0]


def test_a_heading_keeps_its_distance_to_its_text():
    grid = {"line": Line(0, 0, (), 0.0, 0.0), "grid": True}
    text = Slab(LEADING, keep=1000, before=3.0, **grid)
    slabs = [Slab(LEADING, **grid), Slab(14.0), Slab(12.0), text]
    (page,) = paginate(slabs, setup())
    # 49 goes to 50: half a point above the display, all of it above the heading.
    assert [p.y for p in page.placed] == [10.0, 20.5, 35.0, 50.0]


def test_the_lower_of_two_headings_at_a_head_keeps_its_distance_to_its_text():
    grid = {"line": Line(0, 0, (), 0.0, 0.0), "grid": True}
    opens = OutlineEntry("s", "节", 2, listed=True, kind="section")
    lower = Slab(12.0, keep=1000, before=3.0, opens=opens)
    slabs = [Slab(14.0), lower, Slab(LEADING, keep=1000, before=3.0, **grid)]
    (page,) = paginate(slabs, setup())
    assert [p.y for p in page.placed] == [10.0, 35.0, 50.0]


@st.composite
def flows(draw):
    notes = {}
    slabs = []
    for at in range(draw(st.integers(1, 60))):
        slab = Slab(
            draw(st.sampled_from([8.0, 10.0, 17.0, 40.0])),
            before=draw(st.sampled_from([0.0, 0.0, 5.0, 12.0])),
            keep=draw(st.sampled_from([0, 0, 0, 300, 1000])),
            page=draw(st.sampled_from([""] * 9 + ["any", "recto"])),
            grid=draw(st.booleans()),
        )
        if draw(st.integers(0, 9)) == 0:
            notes[f"n{at}"] = [Slab(6.0) for _ in range(draw(st.integers(1, 30)))]
            slab.notes = (f"n{at}",)
        slabs.append(slab)
    return slabs, notes


@given(flows(), st.sampled_from([FACING, SINGLE]))
def test_every_slab_once_in_order_and_no_page_overfull(flow, geometry):
    slabs, notes = flow
    pages = paginate(list(slabs), setup(geometry, notes=notes))
    known = {id(s) for s in slabs}
    placed = [id(p.slab) for page in pages for p in page.placed]
    assert [key for key in placed if key in known] == [id(s) for s in slabs]
    every_note = [s for slab in slabs for note in slab.notes for s in notes[note]]
    note_ids = {id(s) for s in every_note}
    assert [key for key in placed if key in note_ids] == [id(s) for s in every_note]
    foot = geometry.top + geometry.height_of_type + 0.02
    for page in pages:
        assert all(a.y + a.slab.height <= b.y + 0.02 for a, b in pairwise(page.placed))
        if page.placed:
            assert page.placed[0].y >= geometry.top - 0.02
            assert page.placed[-1].y + page.placed[-1].slab.height <= foot
        assert page.placed or page.blank
