"""The grid of a table and the widths of its columns."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from publisher.record import NamedTuple, dataclass
from publisher.tree.nodes import (
    Box,
    CodeBlock,
    Figure,
    Heading,
    ListBlock,
    NoteRef,
    Paragraph,
    Quote,
    Ruby,
    Table,
    Text,
)
from publisher.tree.walk import plain_text, walk_blocks, walk_run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.layout.flow import Flow
    from publisher.tree.nodes import Block, Blocks, Cell, Column, Inlines, Row

KEPT_ROWS = 6  # under the head: a Word table of so many stays on one page
_MEASURED_WORDS = 2  # words of most letters that are measured for the longest
_ROOMY = 0.75  # of the measure: a table whose least width is below this has room
_SMALLEST = 0.7  # scale of the type in a table that does not fit else
_STRETCH_FROM = 0.6  # a table wider than this share of the measure is stretched to all of it
_RUBY = 0.5  # size of annotations to their bases
_WIDEST_SPAN = 64  # columns that a cell beyond the declared ones may span


class _Floors(NamedTuple):
    """What a column is not narrowed below, em: a whole word up to `word`, else a `piece` of it."""

    word: float
    piece: float
    han: float


_EASY = _Floors(20.0, 6.0, 4.0)  # only words such as web addresses are broken
_FIRM = _Floors(10.0, 6.0, 4.0)  # in a table without room
_LAST = _Floors(10.0, 4.0, 3.0)  # where smallest type is not enough


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


@dataclass(frozen=True, slots=True)
class Fit:
    """Widths of a table's columns, padding included, pt, and what it takes to make them do.

    Attributes:
        widths: One a grid column.
        scale: Of type and padding in the cells; below 1 where the words would be torn else.
        tight: Words are torn even so.
    """

    widths: list[float]
    scale: float = 1.0
    tight: bool = False


def column_widths(
    flow: Flow, cells: Sequence[tuple[GridCell, str]], columns: Sequence[Column], available: float
) -> Fit:
    """Widths of the columns, and the scale of their type.

    Shares are honoured where given; other columns take what their content asks for. A table that
    wants most of the measure gets all of it; one that wants more is narrowed, first the columns
    that have room, down to their words. Then words that are longer than most, such as web
    addresses, are broken, then the type is set smaller, down to 0.7; only then all words may be.

    Args:
        flow: Where the table stands; its styles and language are measured with.
        cells: Grid cells with the key of their style.
        columns: The declared columns, one a grid column.
        available: The widest the table may be.
    """
    pad, count = 2 * flow.job.sheet.table.pad_x, len(columns)
    shares = [max(column.width, 0.0) for column in columns]

    def measured(floors: _Floors) -> list[tuple[GridCell, float, float]]:
        room = available - pad
        return [
            (cell, *content_widths(flow, cell.cell.blocks, style, room, floors))
            for cell, style in cells
        ]

    found = measured(_EASY)
    least, most = _wanted(found, count, pad)
    if any(shares):
        return Fit(_shared(shares, least, most, available))
    if sum(most) <= available or sum(least) <= available * _ROOMY:
        return Fit(distribute(least, most, available))
    found = measured(_FIRM)
    least, most = _wanted(found, count, pad)
    floor = sum(least)
    if floor <= available:
        return Fit(distribute(least, most, available))
    small = sum(_wanted(found, count, pad, _SMALLEST)[0])
    if small > available:
        found = measured(_LAST)
        small = sum(_wanted(found, count, pad, _SMALLEST)[0])
        scale = _SMALLEST
    else:
        # The sum grows with the scale, ever faster where cells span: below the chord is safe.
        scale = 1.0 - (1.0 - _SMALLEST) * (floor - available) / (floor - small)
    least, most = _wanted(found, count, pad, scale)
    return Fit(distribute(least, most, available), scale, tight=small > available)


def _wanted(
    cells: Sequence[tuple[GridCell, float, float]], count: int, pad: float, scale: float = 1.0
) -> tuple[list[float], list[float]]:
    """Narrowest and widest useful widths of the columns for type and padding at a scale."""
    pad *= scale
    least, most = [pad] * count, [pad] * count
    spanning: list[tuple[GridCell, float, float]] = []
    for cell, narrow, wide in cells:
        low, high = narrow * scale + pad, wide * scale + pad
        if cell.columns == 1:
            least[cell.column] = max(least[cell.column], low)
            most[cell.column] = max(most[cell.column], high)
        else:
            spanning.append((cell, low, high))
    for cell, low, high in spanning:
        reach = range(cell.column, cell.column + cell.columns)
        for wanted, widths in ((low, least), (high, most)):
            missing = wanted - sum(widths[at] for at in reach)
            if missing > 0:
                for at in reach:
                    widths[at] += missing / cell.columns
    return least, most


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
    >>> distribute([10, 10, 10], [50, 100, 100], 100)
    [20.0, 40.0, 40.0]
    >>> distribute([50, 300], [50, 300], 200)
    [50, 150.0]
    """
    wanted = sum(most)
    if wanted <= available:
        if wanted < available * _STRETCH_FROM:
            return list(most)
        return [width * available / wanted for width in most]
    floor = sum(least)
    if floor >= available:
        return _capped(least, available)
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
        return _even_lines(least, most, available)
    shared = _even_lines([least[at] for at in order], [most[at] for at in order], rest)
    for at, width in zip(order, shared, strict=True):
        widths[at] = width
    return widths


def _capped(widths: Sequence[float], available: float) -> list[float]:
    """Widths cut to one limit so that their sum is `available`: the widest give first."""
    limit, rest = available / len(widths), available
    narrow: set[int] = set()
    while True:
        more = {at for at, width in enumerate(widths) if width <= limit} - narrow
        if not more or len(narrow) + len(more) == len(widths):
            break
        narrow |= more
        rest -= sum(widths[at] for at in more)
        limit = rest / (len(widths) - len(narrow))
    return [width if at in narrow else limit for at, width in enumerate(widths)]


def _even_lines(least: Sequence[float], most: Sequence[float], available: float) -> list[float]:
    """Widths in which the longest cells of all columns take much the same number of lines."""
    fixed: set[int] = set()
    while True:
        open_ = [at for at in range(len(most)) if at not in fixed]
        rest = available - sum(least[at] for at in fixed)
        lines = sum(most[at] for at in open_) / rest
        more = {at for at in open_ if most[at] / lines < least[at]}
        if not more or len(more) == len(open_):
            break
        fixed |= more
    return [least[at] if at in fixed else most[at] / lines for at in range(len(most))]


@cache
def _word() -> re.Pattern[str]:
    """What no line break comes into: letters and digits that are not Han, kana or full-width.

    Marks go with them, and so do words on both sides of a full-width solidus.
    """
    wide = r"\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
    part = rf"[^\s{wide}]+"
    return re.compile(f"[（［〔《〈「『【]*{part}(?:／{part})*[）］〕》〉」』】，、。；：％～]*")


def content_widths(
    flow: Flow, blocks: Blocks, style: str, available: float, floors: _Floors
) -> tuple[float, float]:
    """Narrowest and widest useful width of a cell's blocks, pt, without setting them.

    `floors` says what may be broken.
    """
    low = high = flow.text_style(style).size
    for block in blocks:
        narrow, wide = _block_widths(flow, block, style, available, floors)
        low, high = max(low, narrow), max(high, wide)
    return low, high


def _block_widths(
    flow: Flow, block: Block, style: str, available: float, floors: _Floors
) -> tuple[float, float]:
    """The same of one block; what holds other blocks is as wide as they are with its insets."""
    sheet = flow.job.sheet
    if isinstance(block, Paragraph | Heading):
        return _text_widths(flow, block.content, style, floors)
    if isinstance(block, CodeBlock):
        text = max(block.text.expandtabs(4).split("\n"), key=len)
        code = flow.text_style("code")
        inset = code.start + code.end + 2 * sheet.code.pad
        low, high = _text_widths(flow, (Text(text),) if text else (), "code", floors)
        return low + inset, high + inset
    if isinstance(block, Figure):
        low, high = content_widths(flow, block.caption, style, available, floors)
        return low, max(high, available / 3)
    if isinstance(block, Table):
        return _table_widths(flow, block, available, floors)
    inset = 0.0
    inner: list[Blocks] = []
    if isinstance(block, ListBlock):
        inset, inner = sheet.list.step, [item.blocks for item in block.items]
    elif isinstance(block, Quote | Box):
        own = flow.text_style("quote" if isinstance(block, Quote) else "box")
        inset, inner = own.start + own.end, [block.blocks]
        if isinstance(block, Box):
            inset += sheet.box.rule + 2 * sheet.box.pad
    else:
        inner = [tuple(b for b in walk_blocks((block,)) if isinstance(b, Paragraph | CodeBlock))]
    found = [content_widths(flow, blocks, style, available, floors) for blocks in inner]
    low = max((narrow for narrow, _ in found), default=0.0)
    return low + inset, max((wide for _, wide in found), default=0.0) + inset


def _table_widths(
    flow: Flow, node: Table, available: float, floors: _Floors
) -> tuple[float, float]:
    """Of a table in a cell: the sums of its columns' widths."""
    pad = 2 * flow.job.sheet.table.pad_x
    placed = [
        grid_of(rows, max(len(node.columns), 1)) for rows in (node.head, node.body, node.foot)
    ]
    count = grid_width(placed, len(node.columns))
    cells = [
        (cell, *content_widths(flow, cell.cell.blocks, "cell", available, floors))
        for group in placed
        for cell in group
    ]
    least, most = _wanted(cells, count, pad)
    return sum(least), sum(most)


def _text_widths(flow: Flow, content: Inlines, style: str, floors: _Floors) -> tuple[float, float]:
    """Of a run of inlines, its ruby included."""
    text_style, setting = flow.text_style(style), flow.job.setting
    size = text_style.size
    text = plain_text(content)
    longest = max(setting.width(part, text_style, flow.lang) for part in text.split("\n"))
    low = 0.0
    for inline in walk_run(content):
        if isinstance(inline, NoteRef) and flow.job.labels:
            longest += size
        elif isinstance(inline, Ruby):
            for pair in inline.pairs:
                annotation = _RUBY * setting.width(pair.text, text_style, flow.lang)
                base = setting.width(pair.base, text_style, flow.lang)
                longest += max(annotation - base, 0.0)
                low = max(low, min(annotation, floors.word * size))
    tried = 0
    for found in sorted(_word().findall(text), key=len, reverse=True):
        width = setting.width(found, text_style, flow.lang) + 0.01
        whole = width <= floors.word * size
        low = max(low, width if whole else floors.piece * size)
        tried += whole
        if tried == _MEASURED_WORDS:
            break
    return max(low, min(floors.han * size, longest)), longest + 0.01
