"""The grid of a table: where each cell lands, and rows made to fit it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.record import dataclass
from publisher.tree.nodes import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.tree.nodes import Row

MAX_SPAN = 1000  # HTML's own limit for colspan
MAX_SQUARES = 1_000_000  # of one table; a hostile pair of spans may not ask for more


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell on the grid: row and column of its first square, from 0 within its row group."""

    row: int
    column: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class Grid:
    """One row group laid out: its width in columns, its cells, and its faults.

    `misfits` are cells whose span runs into another cell or below the last row; `holes` counts
    squares of each row that no cell covers, up to `width`.
    """

    width: int
    placed: tuple[Placed, ...]
    misfits: tuple[Placed, ...] = ()
    holes: tuple[int, ...] = ()


def lay_grid(rows: Sequence[Row]) -> Grid:
    """The cells of a row group on the grid (HTML 4.9.12.1, forming a table).

    A span that does not fit is taken as far as it fits.
    """
    taken: set[tuple[int, int]] = set()
    placed: list[Placed] = []
    misfits: list[Placed] = []
    covered = [0] * len(rows)
    width = 0
    for number, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            across, down = _fitting(cell, number, column, len(rows), taken)
            fits = (across, down) == (cell.colspan, cell.rowspan)
            here = Placed(
                number, column, cell if fits else replace(cell, colspan=across, rowspan=down)
            )
            placed.append(here)
            if not fits:
                misfits.append(here)
            taken.update((number + r, column + c) for r in range(down) for c in range(across))
            for r in range(number, number + down):
                covered[r] += across
            column += across
            width = max(width, column)
    return Grid(width, tuple(placed), tuple(misfits), tuple(width - c for c in covered))


def _fitting(
    cell: Cell, row: int, column: int, rows: int, taken: set[tuple[int, int]]
) -> tuple[int, int]:
    """Columns and rows that a cell can span where it stands."""
    wanted = max(1, min(cell.colspan, MAX_SPAN))
    across = next((c for c in range(1, wanted) if (row, column + c) in taken), wanted)
    down = max(1, min(cell.rowspan, rows - row))
    if len(taken) + across * down > MAX_SQUARES:
        return 1, 1
    return across, down


@dataclass(frozen=True, slots=True)
class Fitted:
    """Row groups of a table on one grid of `width` columns; `clipped` spans were cut to fit."""

    groups: tuple[tuple[Row, ...], ...]
    width: int
    clipped: int


def fit_rows(groups: Sequence[Sequence[Row]]) -> Fitted:
    """Row groups with spans cut to fit and holes filled by empty cells."""
    grids = [lay_grid(rows) for rows in groups]
    width = max(grid.width for grid in grids)
    clipped = sum(len(grid.misfits) for grid in grids)
    made: list[tuple[Row, ...]] = []
    for rows, grid in zip(groups, grids, strict=True):
        cells: list[list[Cell]] = [[] for _ in rows]
        for place in grid.placed:
            cells[place.row].append(place.cell)
        missing = [hole + width - grid.width for hole in grid.holes]
        made.append(
            tuple(
                row
                if not lacks and not grid.misfits
                else replace(row, cells=(*own, *(Cell(()) for _ in range(lacks))))
                for row, own, lacks in zip(rows, cells, missing, strict=True)
            )
        )
    return Fitted(tuple(made), width, clipped)
