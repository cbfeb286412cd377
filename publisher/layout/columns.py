"""The grid of a table and the widths of its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from publisher.tree.nodes import CodeBlock, Figure, ListBlock, Paragraph
from publisher.tree.walk import plain_text, walk_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.layout.flow import Flow
    from publisher.tree.nodes import Blocks, Cell, Column, Row

_NARROW_EM = 3.0  # Han text is not set narrower than this, if there is room
_STRETCH_FROM = 0.6  # a table wider than this share of the measure is stretched to all of it
_WIDEST_SPAN = 64  # columns that a cell beyond the declared ones may span


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with its place on the grid; spans are cut at the grid's edges."""

    cell: Cell
    row: int
    column: int
    rows: int
    columns: int

    @property
    def last_row(self) -> int:
        """The last grid row it reaches."""
        return self.row + self.rows - 1


def grid_of(rows: Sequence[Row], columns: int) -> list[GridCell]:
    """Cells of a group of rows on a grid: each starts in the first column that is still free.

    Spans are cut at the declared `columns`, at the last row and at cells that reach down from
    above (HTML 4.9.12.1 without its overlaps). Cells for which no declared column is left stand
    in columns beyond.
    """
    taken: set[tuple[int, int]] = set()
    found: list[GridCell] = []
    total = len(rows)
    for at, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while (at, column) in taken:
                column += 1
            room = columns - column if column < columns else _WIDEST_SPAN
            limit = min(max(cell.colspan, 1), room)
            wide = 1
            while wide < limit and (at, column + wide) not in taken:
                wide += 1
            tall = min(max(cell.rowspan, 1), total - at)
            taken.update(
                (below, beside)
                for below in range(at, at + tall)
                for beside in range(column, column + wide)
            )
            found.append(GridCell(cell, at, column, tall, wide))
            column += wide
    return found


def grid_width(groups: Sequence[Sequence[GridCell]], declared: int) -> int:
    """Number of grid columns that holds every cell of groups of rows, at least `declared`."""
    reach = (cell.column + cell.columns for cells in groups for cell in cells)
    return max(declared, 1, *reach)


def column_widths(
    flow: Flow, cells: Sequence[tuple[GridCell, str]], columns: Sequence[Column], available: float
) -> list[float]:
    """Widths of the columns, padding included, pt.

    Shares are honoured where given; other columns take what their content asks for. A table that
    wants most of the measure gets all of it; one that wants more is narrowed, first the columns
    that have room, down to their longest words.

    Args:
        flow: Where the table stands; its styles and language are measured with.
        cells: Grid cells with the key of their style.
        columns: The declared columns, one a grid column.
        available: The widest the table may be.
    """
    count = len(columns)
    pad = 2 * flow.job.sheet.table.pad_x
    least, most = [pad] * count, [pad] * count
    spanning: list[tuple[GridCell, float, float]] = []
    for cell, style in cells:
        low, high = content_widths(flow, cell.cell.blocks, style, available - pad)
        if cell.columns == 1:
            least[cell.column] = max(least[cell.column], low + pad)
            most[cell.column] = max(most[cell.column], high + pad)
        else:
            spanning.append((cell, low + pad, high + pad))
    for cell, low, high in spanning:
        reach = range(cell.column, cell.column + cell.columns)
        for wanted, widths in ((low, least), (high, most)):
            missing = wanted - sum(widths[at] for at in reach)
            if missing > 0:
                for at in reach:
                    widths[at] += missing / cell.columns
    shares = [max(column.width, 0.0) for column in columns]
    if any(shares):
        return _shared(shares, least, most, available)
    return distribute(least, most, available)


def _shared(
    shares: list[float], least: list[float], most: list[float], available: float
) -> list[float]:
    total = sum(shares)
    scale = available / max(total, 1.0) if all(shares) else available / max(total, 1.25)
    widths = [share * scale for share in shares]
    free = [at for at, share in enumerate(shares) if not share]
    if free:
        rest = available - sum(widths)
        inner = distribute([least[at] for at in free], [most[at] for at in free], rest)
        for at, width in zip(free, inner, strict=True):
            widths[at] = width
    return widths


def distribute(least: Sequence[float], most: Sequence[float], available: float) -> list[float]:
    """Widths between `least` and `most` whose sum is at most `available`.

    >>> distribute([10, 10], [20, 30], 100)
    [20, 30]
    >>> distribute([10, 10], [20, 200], 100)
    [20, 80.0]
    >>> distribute([100, 300], [100, 300], 200)
    [50.0, 150.0]
    """
    wanted = sum(most)
    if wanted <= available:
        if wanted < available * _STRETCH_FROM:
            return list(most)
        return [width * available / wanted for width in most]
    floor = sum(least)
    if floor >= available:
        return [width * available / floor for width in least]
    # Columns that want no more than an even share get what they want; the others share the rest.
    widths = list(most)
    open_ = set(range(len(widths)))
    rest = available
    while open_:
        share = rest / len(open_)
        content = [at for at in open_ if most[at] <= share]
        if not content:
            break
        for at in content:
            open_.remove(at)
            rest -= most[at]
    order = sorted(open_)
    low = sum(least[at] for at in order)
    if rest < low:
        slack = sum(most) - floor
        return [
            low_ + (high - low_) * (available - floor) / slack
            for low_, high in zip(least, most, strict=True)
        ]
    wish = sum(most[at] - least[at] for at in order)
    for at in order:
        widths[at] = least[at] + (most[at] - least[at]) / wish * (rest - low)
    return widths


@cache
def _word() -> re.Pattern[str]:
    """What no line break comes into: letters and digits that are not Han, kana or full-width."""
    wide = r"\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
    return re.compile(rf"[^\s{wide}]+")


def content_widths(flow: Flow, blocks: Blocks, style: str, available: float) -> tuple[float, float]:
    """Narrowest and widest useful width of a cell's blocks, pt, without setting them."""
    text_style = flow.text_style(style)
    size, setting = text_style.size, flow.job.setting
    low = high = size
    for block in walk_blocks(blocks):
        if isinstance(block, Paragraph):
            text = plain_text(block.content)
        elif isinstance(block, CodeBlock):
            text = max(block.text.split("\n"), key=len)
        elif isinstance(block, Figure):
            high = max(high, available / 3)
            continue
        elif isinstance(block, ListBlock):
            step = flow.job.sheet.list.step
            low, high = low + step, high + step
            continue
        else:
            continue
        longest = max(setting.width(part, text_style, flow.lang) for part in text.split("\n"))
        high = max(high, longest + 0.01)
        words = sorted(_word().findall(text), key=len)[-2:]
        low = max([low, *(setting.width(word, text_style, flow.lang) for word in words)])
        low = max(low, min(_NARROW_EM * size, longest))
    return low, high
