from __future__ import annotations

import time

from publisher.tree.nodes import Cell, Row
from publisher.tree.tables import fit_rows, lay_grid


def row(*spans):
    return Row(tuple(Cell((), colspan=c, rowspan=r) for c, r in spans))


def test_cells_land_where_html_puts_them():
    grid = lay_grid([row((1, 2), (2, 1)), row((1, 1), (1, 1))])
    assert [(p.row, p.column) for p in grid.placed] == [(0, 0), (0, 1), (1, 1), (1, 2)]
    assert (grid.width, grid.misfits, grid.holes) == (3, (), (0, 0))


def test_spans_are_cut_to_fit_and_holes_filled():
    fitted = fit_rows([[row((1, 1)), row((1, 5), (2, 1))], [row((1, 1))]])
    assert (fitted.width, fitted.clipped) == (3, 1)
    for rows in fitted.groups:
        grid = lay_grid(rows)
        assert (grid.width, grid.misfits, set(grid.holes)) == (3, (), {0})


def test_rows_that_fit_stay_the_same_objects():
    rows = [row((1, 1), (1, 1)), row((2, 1))]
    assert all(a is b for a, b in zip(fit_rows([rows]).groups[0], rows, strict=True))


def test_hostile_spans_cost_little():
    began = time.process_time()
    fit_rows([[row((1000, 1000), (1000, 1000)) for _ in range(300)]])
    assert time.process_time() - began < 5
