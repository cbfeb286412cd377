"""Widths of a Word table's columns, by counting characters: Word measures the words itself.

The Word writer states them and the layout that counts its pages uses them, so that a row is as high
in both.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from publisher.layout.columns import distribute
from publisher.tree.nodes import CodeBlock, Figure, Paragraph
from publisher.tree.walk import plain_text, walk_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.layout.columns import GridCell
    from publisher.theme.model import StyleSheet
    from publisher.tree.nodes import Column

_NARROW: Final = 0.56  # em: small letters and figures
_CAPITAL: Final = 0.12  # em: what a capital letter has more
_AUTOSPACE: Final = 0.25  # em: what Word sets between Han and Western text
# Em: Han text is not set narrower; longer words, such as web addresses, are broken.
_FLOORS: Final = ((4.0, 14.0), (2.0, 7.0))  # the second where the page has no room for the first
_PICTURE: Final = 1 / 3  # of the measure, for a cell with a picture


def counted_widths(
    grids: Sequence[Sequence[GridCell]], columns: Sequence[Column], sheet: StyleSheet, room: float
) -> list[float]:
    """Widths of the columns, padding included, pt: shares as given, the rest by what cells hold.

    Args:
        grids: Cells of the head, the body and the foot.
        columns: The declared columns, one a grid column.
        sheet: Styles of the cells.
        room: The widest the table may be, pt.
    """
    least, most = _wanted(grids, len(columns), sheet, room, _FLOORS[0])
    if sum(least) > room:
        least, most = _wanted(grids, len(columns), sheet, room, _FLOORS[1])
    shares = [max(column.width, 0.0) for column in columns]
    if all(shares):
        return [share / max(sum(shares), 1.0) * room for share in shares]
    if not any(shares):
        return distribute(least, most, room)
    whole = max(sum(shares), 1.25)
    free = [at for at, share in enumerate(shares) if not share]
    left = room - sum(shares) / whole * room
    widths = [share / whole * room for share in shares]
    rest = distribute([least[at] for at in free], [most[at] for at in free], left)
    for at, width in zip(free, rest, strict=True):
        widths[at] = width
    return widths


def _wanted(
    grids: Sequence[Sequence[GridCell]],
    count: int,
    sheet: StyleSheet,
    room: float,
    floors: tuple[float, float],
) -> tuple[list[float], list[float]]:
    """Narrowest and widest useful width of each column, pt."""
    pad = 2 * sheet.table.pad_x
    least, most = [pad + 1.0] * count, [pad + 1.0] * count
    for at, cells in enumerate(grids):
        for cell in cells:
            low, high = _content(cell, at == 0, sheet, room, floors)
            span = cell.columns
            for column in range(cell.column, cell.column + span):
                least[column] = max(least[column], (low + pad) / span)
                most[column] = max(most[column], (high + pad) / span)
    return least, most


def _content(
    cell: GridCell, head: bool, sheet: StyleSheet, room: float, floors: tuple[float, float]
) -> tuple[float, float]:
    """Narrowest and widest useful width of a cell's text, pt.

    Han text is at least as wide as the first floor if it is as long, a word at most as the second.
    """
    han, word = floors
    style = sheet.text["cell-header" if head or cell.cell.header else "cell"]
    low = high = 1.0
    for block in walk_blocks(cell.cell.blocks):
        if isinstance(block, Figure):
            high = max(high, room * _PICTURE / style.size)
            continue
        text = block.text if isinstance(block, CodeBlock) else ""
        if isinstance(block, Paragraph):
            text = plain_text(block.content)
        for line in text.split("\n"):
            width = _ems(line)
            high = max(high, width)
            longest = max(map(_ems, _western().findall(line)), default=0.0)
            low = max(low, min(longest, word), min(han, width))
    size = max(round(style.size * 2), 2) / 2  # in half points, as Word rounds it
    return low * size + 1, high * size + 1


@cache
def _western() -> re.Pattern[str]:
    """Words that no line break comes into, such as figures, dates, names in letters."""
    return re.compile(r"[^\s\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]+")


def _ems(text: str) -> float:
    """Width of a text, em, by counting wide and narrow characters and the seams between them."""
    if text.isascii():
        return len(text) * _NARROW + sum(map(str.isupper, text)) * _CAPITAL
    western = _western().findall(text)
    narrow = sum(map(len, western)) + text.count(" ")
    seams = 2 * len(western) - text.startswith(western[0]) if western else 0
    capitals = sum(map(str.isupper, text))
    return len(text) - narrow + narrow * _NARROW + capitals * _CAPITAL + seams * _AUTOSPACE
