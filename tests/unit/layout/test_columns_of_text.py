"""Pages in columns: filled one after the other, balanced, spanned; figures that wait; even feet."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.layout.pages import PageSetup, paginate, start_edge
from publisher.layout.types import Display, ImageOp, OutlineEntry, Slab
from publisher.theme.model import PageGeometry

LEADING = 10.0
# Two columns of 30 pt, 10 pt apart, ten lines high; the type area begins at (15, 10).
TWO = PageGeometry(100.0, 120.0, 10.0, 10.0, 15.0, 15.0, columns=2, column_gap=10.0)
ONE = PageGeometry(100.0, 120.0, 10.0, 10.0, 15.0, 15.0)
GRID = PageGeometry(100.0, 120.0, 10.0, 10.0, 15.0, 15.0, grid="lines")
FIRST, SECOND = 15.0, 55.0


def setup(geometry=TWO, **more):
    return PageSetup(geometry, LEADING, separator=Slab(4.0), **more)


def body(count, **more):
    return [Slab(LEADING, grid=True, **more) for _ in range(count)]


def span(height=20.0, **more):
    return Slab(height, span=True, **more)


def heading(level, **more):
    opens = OutlineEntry(f"h{level}", "节", level, listed=True, kind="section")
    return Slab(LEADING, opens=opens, **more)


def figure(*heights, level=1, movable=True, wide=False, **more):
    group = Display(level, movable, wide, patience=1.0, after=5.0, smallest=0.85)
    return [Slab(h, group=group, keep=1000 if at else 0, **more) for at, h in enumerate(heights)]


def places(page):
    return [(p.x, p.y) for p in page.placed]


def columns(page):
    """How many slabs stand in each column."""
    found = [p.x for p in page.placed]
    return [found.count(FIRST), found.count(SECOND)]


class TestColumns:
    def test_are_filled_one_after_the_other(self):
        first, second = paginate(body(25), setup())
        assert columns(first) == [10, 10]
        assert places(first)[9:11] == [(FIRST, 100.0), (SECOND, 10.0)]
        assert columns(second) == [3, 2]

    def test_are_balanced_at_the_end(self):
        (page,) = paginate(body(9), setup())
        assert columns(page) == [5, 4]

    def test_are_balanced_before_a_forced_break(self):
        first, second = paginate([*body(7), *body(2, page="any")[:1], *body(1)], setup())
        assert columns(first) == [4, 3]
        assert columns(second) == [1, 1]

    def test_keep_what_is_kept_together_when_balanced(self):
        slabs = body(4)
        slabs[2].keep = slabs[3].keep = 1000
        (page,) = paginate(slabs, setup())
        assert columns(page) == [1 + 3, 0] or columns(page) == [1, 3]

    def test_leave_no_line_alone_in_the_first_one(self):
        slabs = body(23)
        slabs[22].keep = 500  # the last line of a paragraph
        first, second = paginate(slabs, setup())
        assert columns(first) == [10, 10]
        assert columns(second) == [3, 0]

    def test_are_balanced_before_a_heading_that_spans_them(self):
        heading = span(20.0, before=10.0)
        (page,) = paginate([*body(6), heading, *body(4, keep=0)], setup())
        assert columns(page) == [3 + 1 + 2, 3 + 2]
        assert places(page)[6] == (FIRST, 50.0)
        assert places(page)[7] == (FIRST, 70.0)
        assert places(page)[9] == (SECOND, 70.0)

    def test_stand_on_one_grid_under_a_heading(self):
        heading = span(15.0, before=7.0)
        (page,) = paginate([*body(6), heading, *body(4, before=3.0)], setup())
        # 30 + 7 + 15 + 3 = 55 goes to 60, all of it over the heading.
        assert places(page)[6] == (FIRST, 52.0)
        assert places(page)[7][1] == places(page)[9][1] == 70.0

    def test_a_heading_that_spans_them_goes_with_its_text(self):
        slabs = [*body(14), span(20.0), *body(2, keep=1000), *body(4)]
        first, second = paginate(slabs, setup())
        assert columns(first) == [7, 7]
        assert places(second)[0] == (FIRST, 10.0)
        assert second.placed[0].slab.span

    def test_a_heading_that_spans_them_is_not_torn(self):
        first, second = paginate(
            [*body(17), span(6.0, before=4.0), span(6.0, keep=1000), *body(1, keep=1000), *body(5)],
            setup(),
        )
        assert columns(first) == [9, 8]
        assert [p.slab.span for p in second.placed][:3] == [True, True, False]

    def test_a_lower_heading_under_it_has_its_text_too(self):
        """Two lines of a heading are no text: with them alone, it waits for the next page."""
        lower = [heading(2, before=4.0, keep=1000), Slab(LEADING, keep=1000)]
        slabs = [*body(10), span(20.0), *lower, *body(2, keep=1000), *body(4)]
        first, second = paginate(slabs, setup())
        assert columns(first) == [5, 5]
        assert len(second.placed) == 9

    def test_a_heading_goes_along_where_a_note_drives_its_text_away(self):
        lines = [*body(1, keep=1000), *body(1, keep=1000, notes=("n",)), *body(3)]
        notes = {"n": [Slab(6.0) for _ in range(6)]}
        slabs = [*body(10), span(20.0, before=5.0), *lines]
        first, second = paginate(slabs, setup(notes=notes))
        assert columns(first) == [5, 5]
        assert second.placed[0].slab.span

    def test_a_heading_does_not_stay_behind_under_a_figure(self):
        slabs = [*figure(70.0, wide=True), span(9.0, before=9.0), *body(2, keep=1000), *body(2)]
        first, second = paginate(slabs, setup())
        assert [p.slab.span for p in second.placed] == [True, False, False, False, False]
        assert len(first.placed) == 1

    def test_are_not_made_even_by_parting_a_heading_from_its_text(self):
        slabs = [span(20.0), heading(2, before=4.0, keep=1000), *body(1, keep=1000)]
        (page,) = paginate(slabs, setup())
        assert [p.x for p in page.placed] == [FIRST, FIRST, FIRST]

    def test_notes_stand_at_the_foot_of_their_column(self):
        slabs = body(20)
        slabs[1].notes, slabs[12].notes = ("a",), ("b",)
        first, _ = paginate(slabs, setup(notes={"a": body(2), "b": body(1)}))
        assert places(first)[-5:] == [
            (FIRST, 86.0),
            (FIRST, 90.0),
            (FIRST, 100.0),
            (SECOND, 96.0),
            (SECOND, 100.0),
        ]

    def test_a_note_goes_on_in_the_next_column(self):
        slabs = body(8)
        slabs[0].notes = ("a",)
        note = [Slab(5.0) for _ in range(25)]
        pages = paginate(slabs, setup(notes={"a": note}))
        own = set(map(id, note))
        shown = [p for page in pages for p in page.placed if id(p.slab) in own]
        assert [id(p.slab) for p in shown] == [id(s) for s in note]
        assert {p.x for p in shown} == {FIRST, SECOND}

    def test_frames_of_vertical_text_are_tiers(self):
        # The inline axis is split, whatever its direction: the second column begins further on.
        assert TWO.column_edge(1) == 40.0
        assert TWO.column_measure == 30.0


class TestMovedFigures:
    def test_text_fills_the_page_that_a_figure_leaves(self):
        slabs = [*body(6), *figure(40.0, 10.0), *body(8)]
        first, second, *_ = paginate(slabs, setup(ONE))
        assert [p.slab for p in first.placed] == [*slabs[:6], *slabs[8:12]]
        assert [p.slab for p in second.placed] == [*slabs[6:8], *slabs[12:]]
        # 50 pt and 5 pt of space, then the grid.
        assert [p.y for p in second.placed][:3] == [10.0, 50.0, 70.0]

    def test_a_figure_that_fits_stays(self):
        slabs = [*body(6), *figure(40.0), *body(12)]
        first, *_ = paginate(slabs, setup(ONE))
        assert [p.slab for p in first.placed] == slabs[:7]

    def test_little_is_rather_left_empty(self):
        slabs = [*body(9), *figure(40.0), *body(12)]
        first, *_ = paginate(slabs, setup(ONE))
        assert [p.slab for p in first.placed] == slabs[:9]

    def test_a_figure_that_is_not_movable_stays(self):
        slabs = [*body(6), *figure(50.0, movable=False), *body(12)]
        first, second, *_ = paginate(slabs, setup(ONE))
        assert len(first.placed) == 6
        assert second.placed[0].slab is slabs[6]

    def test_a_picture_is_scaled_a_little_rather_than_moved(self):
        picture = figure(44.0, least=20.0, draws=(ImageOp(0.0, 0.0, 40.0, 44.0, "r", ""),))
        first, *_ = paginate([*body(6), *picture, *body(12)], setup(ONE))
        assert first.placed[6].slab.height == pytest.approx(40.0, abs=0.1)

    def test_a_figure_passes_no_heading_of_its_level(self):
        slabs = [*body(5), *figure(60.0), *body(3), heading(1), *body(9)]
        first, second, *_ = paginate(slabs, setup(ONE))
        assert [p.slab for p in first.placed] == [*slabs[:5], *slabs[6:9]]
        assert [p.slab for p in second.placed][:2] == [slabs[5], slabs[9]]

    @pytest.mark.parametrize("called_in_table", [True, False])
    def test_notes_keep_their_order_round_a_table_that_waits(self, called_in_table):
        table = figure(30.0, 20.0)
        table[1].notes = ("a",) if called_in_table else ()
        slabs = [*body(6), *table, *body(2), *body(1, notes=("b",)), *body(8)]
        pages = paginate(slabs, setup(ONE, notes={"a": [Slab(5.0)], "b": [Slab(5.0)]}))
        first = [p.slab for p in pages[0].placed]
        assert slabs[8] in first  # the table lets the text before the call pass
        assert (slabs[10] in first) is not called_in_table

    def test_a_figure_passes_a_lower_heading(self):
        slabs = [*body(5), *figure(60.0), *body(2), heading(2), *body(9)]
        first, second, *_ = paginate(slabs, setup(ONE))
        assert [p.slab for p in first.placed] == [*slabs[:5], *slabs[6:11]]
        assert second.placed[0].slab is slabs[5]

    def test_a_figure_does_not_run_into_the_next_chapter(self):
        slabs = [*body(5), *figure(60.0), *body(3), *body(4, page="any")[:1], *body(3)]
        pages = paginate(slabs, setup(ONE))
        assert [p.slab for p in pages[1].placed] == [slabs[5]]
        assert pages[2].placed[0].slab is slabs[9]

    def test_under_a_figure_no_note_is_parted_from_its_call(self):
        text = [*body(1, notes=("a",)), *body(1, keep=1000, notes=("b",)), *body(1, keep=1000)]
        slabs = [*body(6), *figure(60.0), *body(4), *text]
        notes = {"a": body(1), "b": body(1)}
        job = PageSetup(ONE, LEADING, separator=Slab(4.0), notes=notes)
        pages = paginate(slabs, job)
        assert [p.slab for p in pages[1].placed] == [slabs[6]]
        shown = [p.slab for p in pages[2].placed]
        assert shown[:3] == text
        assert shown[4:] == [*notes["a"], *notes["b"]]

    def test_figures_keep_their_order(self):
        big, small = figure(60.0), figure(10.0)
        slabs = [*body(5), *big, *body(1), *small, *body(20)]
        first, second, *_ = paginate(slabs, setup(ONE))
        assert len(first.placed) == 10
        assert [p.slab for p in second.placed][:2] == [*big, *small]

    def test_notes_of_a_moved_figure_go_with_it(self):
        picture = figure(60.0, notes=("a",))
        slabs = [*body(5), *picture, *body(7)]
        note = body(1)
        first, second, *_ = paginate(slabs, setup(ONE, notes={"a": note}))
        assert len(first.placed) == 10
        assert second.placed[-1].slab is note[0]

    def test_text_under_a_heading_stays_with_it_when_the_figure_goes(self):
        picture = figure(40.0)
        picture[0].keep = 1000
        slabs = [*body(7), heading(2), *picture, *body(4, keep=0), *body(9)]
        first, second, *_ = paginate(slabs, setup(ONE))
        assert [p.slab for p in first.placed] == [*slabs[:8], *slabs[9:11]]
        assert second.placed[0].slab is picture[0]

    def test_a_wide_figure_goes_to_the_head_of_the_next_page(self):
        wide = figure(30.0, wide=True)
        slabs = [*body(5), *wide, *body(25)]
        first, second, *_ = paginate(slabs, setup(TWO))
        assert columns(first) == [10, 10]
        assert second.placed[0].slab is wide[0]
        assert places(second)[:2] == [(FIRST, 10.0), (FIRST, 50.0)]

    def test_a_wide_figure_comes_before_the_heading_that_it_must_not_pass(self):
        wide = figure(30.0, wide=True)
        slabs = [*body(4), *wide, *body(2), heading(1), *body(3)]
        (page,) = paginate(slabs, setup(TWO))
        assert [p.slab for p in page.placed] == [*slabs[:4], *slabs[5:7], wide[0], *slabs[7:]]


class TestFoot:
    def full(self, slabs, way="displays"):
        geometry = PageGeometry(100.0, 120.0, 10.0, 10.0, 15.0, 15.0, foot=way)
        first, *_ = paginate([*slabs, *body(3)], setup(geometry))
        return [p.y for p in first.placed]

    def kept(self):
        """Nine lines and a paragraph of which two lines would not fit: a line stays empty."""
        return [*body(1), *body(2, keep=1000)]

    def test_a_page_of_plain_text_is_left_short(self):
        assert self.full([*body(9), *self.kept()])[-1] == 90.0

    def test_a_line_goes_over_a_heading(self):
        head = [heading(2, before=10.0), *body(1, keep=1000)]
        ys = self.full([*body(4), *head, *body(2), *self.kept()])
        assert ys == [10.0, 20.0, 30.0, 40.0, 70.0, 80.0, 90.0, 100.0]

    def test_a_display_stays_in_the_middle_of_its_space(self):
        display = [Slab(10.0, before=5.0)]
        text = body(4)
        text[0].before = 5.0
        ys = self.full([*body(3), *display, *text, *self.kept()])
        assert ys == [10.0, 20.0, 30.0, 50.0, 70.0, 80.0, 90.0, 100.0]

    def test_a_display_at_the_foot_goes_down(self):
        ys = self.full([*body(8), Slab(9.0, before=4.0), Slab(20.0)])
        assert ys[-1] == 101.0

    def test_lines_may_be_feathered(self):
        ys = self.full([*body(9), *self.kept()], "feather")
        assert ys[-1] == pytest.approx(100.0)
        assert [b - a for a, b in pairwise(ys)] == pytest.approx([11.25] * 8)

    def test_or_left(self):
        head = [heading(2, before=10.0), *body(1, keep=1000)]
        assert self.full([*body(4), *head, *body(2), *self.kept()], "ragged")[-1] == 90.0


class TestLineGrid:
    def test_every_line_of_text_stands_on_it(self):
        slabs = [*body(2), *body(1, before=5.0), Slab(13.0), *body(2), *body(1, before=3.0)]
        (page,) = paginate(slabs, setup(GRID))
        tops = [p.y for p in page.placed if p.slab.grid]
        assert all(top % LEADING == 0 for top in tops)
        assert tops == [10.0, 20.0, 40.0, 70.0, 80.0, 100.0]


def random_flow(rng):
    """Slabs of all kinds, and the notes they call."""
    notes, slabs = {}, []
    for at in range(rng.randint(1, 60)):
        if rng.randint(0, 7) == 0:
            heights = [rng.choice([10.0, 30.0, 70.0, 120.0]) for _ in range(rng.randint(1, 2))]
            movable = sum(heights) < 90 and rng.random() < 0.5
            wide = movable and rng.random() < 0.5
            level = rng.randint(1, 3)
            slabs += figure(*heights, level=level, movable=movable, wide=wide, before=5.0)
            continue
        slab = Slab(
            rng.choice([8.0, 10.0, 17.0, 40.0]),
            before=rng.choice([0.0, 0.0, 5.0, 12.0]),
            keep=rng.choice([0, 0, 0, 300, 1000]),
            page=rng.choice([""] * 9 + ["any", "recto"]),
            grid=rng.random() < 0.5,
            span=rng.randint(0, 9) == 0,
        )
        if rng.randint(0, 5) == 0:
            slab.opens = heading(rng.randint(1, 3)).opens
        if rng.randint(0, 9) == 0:
            notes[f"n{at}"] = [Slab(6.0) for _ in range(rng.randint(1, 30))]
            slab.notes = (f"n{at}",)
        slabs.append(slab)
    return slabs, notes


def headed(rng):
    """Sections with headings of several lines and levels, the highest across the columns; notes."""
    slabs, notes = [], {}
    for _ in range(rng.randint(2, 12)):
        first = rng.choice([True, False])
        keep, across = 0, rng.random() < 0.5
        for _level in range(rng.randint(0, 2)):
            for line in range(rng.randint(1, 3)):
                before = 0.0 if line else 9.0
                slabs.append(Slab(9.0, before=before, span=across and first, keep=keep))
                keep = 1000
            first = False
        text = [*body(1, keep=keep), *body(1, keep=keep or 500), *body(rng.randint(0, 7))]
        if rng.random() < 0.3:
            notes[f"n{len(slabs)}"] = [Slab(6.0) for _ in range(rng.randint(1, 6))]
            rng.choice(text).notes = (f"n{len(slabs)}",)
        slabs += text
    return slabs, notes


@settings(max_examples=300)
@given(st.integers(0, 1 << 32), st.sampled_from([ONE, TWO]))
def test_no_column_ends_where_none_may(seed, geometry):
    slabs, notes = headed(random.Random(seed))
    flow = {id(slab) for slab in slabs}
    pages = paginate(slabs, setup(geometry, notes=notes))
    placed = [(n, p) for n, page in enumerate(pages) for p in page.placed if id(p.slab) in flow]
    for (page, above), (following, below) in pairwise(placed):
        # Two lines of text may stand side by side, or be parted rather than a note.
        if above.slab.grid:
            assert page == following or below.slab.keep < 1000 or notes
        elif page != following or (above.x != below.x and not above.slab.span):
            assert below.slab.keep < 1000


geometries = st.builds(
    lambda count, grid, foot, facing: PageGeometry(
        100.0,
        120.0,
        10.0,
        10.0,
        20.0,
        10.0,
        facing=facing,
        columns=count,
        column_gap=10.0 if count > 1 else 0.0,
        grid=grid,
        foot=foot,
    ),
    st.integers(1, 3),
    st.sampled_from(["", "lines"]),
    st.sampled_from(["displays", "feather", "ragged"]),
    st.booleans(),
)


@settings(max_examples=300)
@given(st.integers(0, 1 << 32), geometries)
def test_every_slab_once_and_nothing_over_another(seed, geometry):
    slabs, notes = random_flow(random.Random(seed))
    pages = paginate(list(slabs), setup(geometry, notes=notes))
    at = {id(s): n for n, s in enumerate(slabs)}
    placed = [at[id(p.slab)] for page in pages for p in page.placed if id(p.slab) in at]
    assert sorted(placed) == list(range(len(slabs)))
    moved = [n for n in placed if slabs[n].group is not None]
    assert [n for n in placed if slabs[n].group is None] == [
        n for n in range(len(slabs)) if slabs[n].group is None
    ]
    assert moved == sorted(moved)
    for n in placed:  # nothing comes before its place in the source
        if slabs[n].group is not None:
            assert all(other in placed[: placed.index(n)] for other in range(n))
    every_note = {id(s) for parts in notes.values() for s in parts}
    shown = [id(p.slab) for page in pages for p in page.placed if id(p.slab) in every_note]
    assert sorted(shown) == sorted(every_note)
    head, foot = geometry.top - 0.02, geometry.top + geometry.height_of_type + 0.02
    pitch = geometry.column_measure + geometry.column_gap
    for page in pages:
        assert page.placed or page.blank
        across = geometry.columns * [geometry.top]
        for p in page.placed:
            assert p.y >= head
            wide = p.slab.span or (p.slab.group is not None and p.slab.group.wide)
            column = round((p.x - start_edge(geometry, recto=page.recto)) / pitch)
            if p.y + p.slab.height > foot:
                assert p.slab.height > geometry.height_of_type
            for n in range(geometry.columns) if wide else [column]:
                assert p.y >= across[n] - 0.02
                across[n] = p.y + p.slab.height
