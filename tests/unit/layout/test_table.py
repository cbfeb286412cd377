"""Tables: the grid, column widths, rows as slabs, repeated heads, tall rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.layout.columns import distribute, grid_of, grid_width
from publisher.layout.display import display
from publisher.layout.dump import page_text
from publisher.layout.types import RectOp, TextOp
from publisher.tree.nodes import Cell, Column, Row
from tests.tools.small_documents import cell, grid, pages_of, par, row, small_sheet


def places(rows, columns):
    return [(c.row, c.column, c.rows, c.columns) for c in grid_of(rows, columns)]


class TestGrid:
    def test_cells_take_the_next_free_columns(self):
        assert places((row("a", "b"),), 2) == [(0, 0, 1, 1), (0, 1, 1, 1)]

    def test_a_cell_from_above_pushes_cells_on(self):
        rows = (row(cell("a", rowspan=2), "b"), row("c"))
        assert places(rows, 2) == [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)]

    def test_spans_are_cut_at_the_edges(self):
        rows = (row(cell("a", rowspan=9, colspan=9)),)
        assert places(rows, 3) == [(0, 0, 1, 3)]

    def test_a_wide_cell_stops_at_a_cell_from_above(self):
        rows = (row("a", cell("b", rowspan=2)), row(cell("c", colspan=2)))
        assert places(rows, 2)[2] == (1, 0, 1, 1)

    def test_the_grid_is_as_wide_as_its_widest_row(self):
        def width(declared, *rows):
            return grid_width([grid_of(rows, declared)], declared)

        assert width(2, row("a", "b", cell("c", colspan=2))) == 4
        assert width(1, row(cell("a", rowspan=2), "b"), row("c", "d")) == 3
        assert width(3, row("a")) == 3

    @given(
        st.lists(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=4), max_size=5)
    )
    def test_no_cell_is_lost_and_none_overlap(self, spans):
        rows = tuple(Row(tuple(Cell((), colspan=c, rowspan=r) for c, r in line)) for line in spans)
        found = grid_of(rows, 2)
        assert [c.cell for c in found] == [c for line in rows for c in line.cells]
        taken = [
            (r, c)
            for g in found
            for r in range(g.row, g.row + g.rows)
            for c in range(g.column, g.column + g.columns)
        ]
        assert len(taken) == len(set(taken))


class TestWidths:
    def test_a_narrow_table_keeps_its_own_width(self):
        assert distribute([10, 10], [20, 30], 100) == [20, 30]

    def test_a_wide_one_is_stretched_to_the_measure(self):
        assert sum(distribute([10, 10], [40, 30], 100)) == pytest.approx(100)

    def test_a_column_with_little_to_say_is_not_narrowed(self):
        assert distribute([10, 10], [20, 200], 100) == [20, 80]

    def test_columns_are_not_narrowed_below_their_words(self):
        widths = distribute([40, 30], [200, 45], 100)
        assert widths[0] >= 40
        assert widths[1] >= 30
        assert sum(widths) == pytest.approx(100)

    def test_of_words_too_long_for_the_page_the_longest_give_first(self):
        assert distribute([50, 200, 300], [50, 200, 300], 250) == [50, 100, 100]

    def test_columns_without_room_are_filled_evenly(self):
        assert distribute([10, 45, 10], [60, 60, 100], 110) == pytest.approx([24.375, 45, 40.625])

    @given(
        st.lists(st.tuples(st.floats(1, 300), st.floats(0, 300)), min_size=1, max_size=8),
        st.floats(50, 400),
    )
    def test_columns_never_run_out_of_the_measure(self, columns, available):
        least = [low for low, _ in columns]
        most = [low + more for low, more in columns]
        widths = distribute(least, most, available)
        assert sum(widths) <= available + 1e-6
        assert all(width > 0 for width in widths)
        if sum(least) <= available:
            assert all(w >= low - 1e-6 for w, low in zip(widths, least, strict=True))


URL = "https://example.com/very/long/address/that/does/not/end"


def cell_sizes(laid):
    return {
        round(op.item.size, 2)
        for op in display(laid, laid.pages[0])
        if isinstance(op, TextOp) and op.item.text in ("12,345", "2024-01-01", "状态")
    }


def codes(job):
    return [finding.code for finding in job.report.__self__]


class TestTightTables:
    """Words, numbers and dates stay whole; long addresses are broken first, then type shrinks."""

    def test_an_address_is_broken_before_dates(self):
        laid, job = pages_of(grid(row("12,345", "2024-01-01", URL), columns=3))
        assert {"12,345", "2024-01-01"} <= set(page_text(laid, 0).split())
        assert cell_sizes(laid) == {9.0}
        assert not codes(job)

    def test_type_is_set_smaller_before_words_are_torn(self):
        cells = ("12,345", "2024-01-01", "13800000000", "状态", URL)
        laid, job = pages_of(grid(row(*cells), columns=5))
        assert set(cells[:4]) <= set(page_text(laid, 0).split())
        (size,) = cell_sizes(laid)
        assert 6.3 <= size < 9.0
        assert not codes(job)

    def test_a_table_that_cannot_fit_is_told(self):
        _, job = pages_of(grid(row(*["2024-01-01"] * 9), columns=9))
        assert codes(job) == ["layout.table-tight"]


def rows_of(laid_out):
    return [p for plan in laid_out.pages for p in plan.placed if p.slab.parts]


def test_cells_are_read_row_by_row():
    laid, _ = pages_of(grid(row("甲", "乙"), row("丙", "丁"), head=(row("头", "尾"),)))
    assert page_text(laid, 0).split() == ["头", "尾", "甲", "乙", "丙", "丁"]


def test_shares_decide_the_widths():
    table = grid(row("甲", "乙"), columns=(Column(width=0.25), Column(width=0.75)))
    laid, _ = pages_of(table)
    first, second = rows_of(laid)[0].slab.parts
    assert second.x - first.x == pytest.approx(50.0)


def test_a_column_is_not_narrowed_below_words_that_a_solidus_joins():
    table = grid(row("很长的文字" * 9, "管（abcd／efgh）", "很长的文字" * 9), columns=3)
    laid, _ = pages_of(table)
    ops = [op for op in display(laid, laid.pages[0]) if type(op) is TextOp]
    assert len({op.y for op in ops if set(op.item.text) & set("abcd／efgh")}) == 1


def test_cells_stand_side_by_side_at_one_head():
    laid, _ = pages_of(grid(row("甲" * 30, "乙")))
    parts = rows_of(laid)[0].slab.parts
    assert parts[0].y == parts[-1].y


def test_a_spanning_cell_makes_its_rows_one_slab():
    laid, _ = pages_of(grid(row(cell("高", rowspan=2), "一"), row("二")))
    assert len(rows_of(laid)) == 1
    assert page_text(laid, 0).split() == ["高", "一", "二"]


def test_structure_says_header_and_spans():
    laid, _ = pages_of(grid(row(cell("a", colspan=2)), head=(row("h", "i"),)))
    assert [e.role for e in laid.elements if e.role[0] == "T"] == [
        "Table", "THead", "TR", "TH", "TH", "TBody", "TR", "TD",
    ]  # fmt: skip
    attributes = [dict(e.attributes) for e in laid.elements if e.role in ("TH", "TD")]
    assert attributes == [{"Scope": "Column"}, {"Scope": "Column"}, {"ColSpan": "2"}]


def test_the_head_comes_again_on_the_next_page_as_decoration():
    table = grid(*[row(f"第{n}行", "值") for n in range(40)], head=(row("名", "数"),))
    laid, _ = pages_of(table)
    assert len(laid.pages) > 1
    for index in range(1, len(laid.pages)):
        shown = page_text(laid, index, furniture=True).split()
        assert shown[0] == "名数"
        assert "名" not in page_text(laid, index)
    everything = "".join(page_text(laid, n) for n in range(len(laid.pages)))
    assert everything.count("名") == 1
    assert all(everything.count(f"第{n}行") == 1 for n in range(40))


def test_a_small_table_is_not_broken():
    laid, _ = pages_of(*[par("文")] * 17, grid(*[row("a", "b")] * 4))
    assert len(rows_of(laid)) == 4
    assert {p.slab.height for p in laid.pages[1].placed} >= {rows_of(laid)[0].slab.height}
    assert not [p for p in laid.pages[0].placed if p.slab.parts]


def rows_on_first(lines, rows):
    laid, _ = pages_of(*[par("文")] * lines, grid(*[row("a", "b")] * rows))
    assert len(rows_of(laid)) == rows
    return len([p for p in laid.pages[0].placed if p.slab.parts])


def test_a_small_table_is_broken_where_much_would_stay_empty():
    assert rows_on_first(15, 5) == 3
    assert rows_on_first(16, 5) == 0  # three lines are left empty for it


def test_two_rows_stand_on_either_side_of_a_break():
    assert rows_on_first(14, 5) == 3  # four would fit
    assert rows_on_first(17, 3) == 0  # two would fit


def test_a_row_taller_than_half_a_page_is_broken_and_read_cell_by_cell():
    table = grid(row("甲" * 300, "乙" * 300), columns=(Column(width=0.5), Column(width=0.5)))
    laid, _ = pages_of(table)
    assert len(laid.pages) > 1
    text = "".join(page_text(laid, n) for n in range(len(laid.pages)))
    assert text.count("甲") == text.count("乙") == 300
    first = page_text(laid, 0)
    assert first.rindex("甲") < first.index("乙")
    bottom = laid.height - 40 + 0.1
    assert all(p.y + p.slab.height <= bottom for plan in laid.pages for p in plan.placed[:-1])


@pytest.mark.parametrize("before", range(6))
def test_a_broken_row_fills_its_page_and_leaves_no_line_alone(before):
    leading = small_sheet().text["cell"].leading
    columns = (Column(width=0.5), Column(width=0.5))
    for count in (290, 300, 310):
        long = grid(row("甲" * count, "乙"), columns=columns)
        laid, _ = pages_of(*[par("文")] * before, long)
        pages = [[p for p in plan.placed if p.slab.band] for plan in laid.pages]
        assert len(pages) > 1
        for page in pages[:-1]:
            assert laid.height - 40 - page[-1].y - page[-1].slab.height < 2 * leading
        assert all(sum(p.slab.height for p in page) >= 2 * leading for page in pages)


def test_tall_rows_held_together_by_a_span_lose_nothing():
    rows = [row(cell("左" * 150, rowspan=3), "一" * 90), row("二" * 90), row("三" * 90)]
    laid, _ = pages_of(grid(*rows, columns=(Column(width=0.5), Column(width=0.5))))
    text = "".join(page_text(laid, n) for n in range(len(laid.pages)))
    assert [text.count(c) for c in "左一二三"] == [150, 90, 90, 90]


def test_rules_stand_above_and_below_and_under_the_head():
    sheet = small_sheet()
    laid, _ = pages_of(grid(row("a", "b"), head=(row("h", "i"),)), sheet=sheet)
    rules = [
        (round(p.y + op.y + op.height / 2, 1), op.height)
        for p in rows_of(laid)
        for op in p.slab.behind
        if isinstance(op, RectOp)
    ]
    head, body = rows_of(laid)
    assert (head.y, sheet.table.outer) in [(pytest.approx(y), h) for y, h in rules]
    assert (round(body.y + body.slab.height, 1), sheet.table.outer) in rules
    assert (round(body.y, 1), sheet.table.head) in rules


def test_notes_called_in_cells_stand_on_the_page_of_their_row():
    from publisher.tree.nodes import Footnote, NoteRef, Paragraph, Text

    called = Cell((Paragraph((Text("格"), NoteRef("n"))),))
    laid, _ = pages_of(grid(row(called, "b")), Footnote("n", (par("注文"),)))
    assert "注文" in page_text(laid, 0)


def test_an_empty_table_draws_nothing():
    laid, _ = pages_of(par("前"), grid(Row(())), par("后"))
    assert page_text(laid, 0).split() == ["前", "后"]


def test_rows_follow_a_repeated_head_without_a_gap():
    table = grid(*[row(f"第{n}行", "值") for n in range(20)], head=(row("名", "数"),))
    laid, _ = pages_of(table, par("表后"))
    head, first = laid.pages[-1].placed[:2]
    assert len(laid.pages) > 1
    assert first.y == pytest.approx(head.y + head.slab.height)
