"""Reads what we need of a CFF table: its INDEXes and DICTs, and which CID each glyph has.

Sources: Adobe Technical Note 5176, sections 4 (DICT data), 5 (INDEX), 9 (Top DICT), 13 (Charsets).
Only the few bytes needed are read, because the table of a CJK font is tens of megabytes.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TypeAlias

Reader: TypeAlias = Callable[[int, int], bytes]  # (offset, length) -> bytes of the CFF table

ROS = (12, 30)
CHARSET = (15,)
_REAL_END = 15


def charset(read: Reader, glyph_count: int) -> tuple[tuple[int, ...] | None, bool]:
    """The CID of each glyph (None: CID equals glyph id), and whether the font is CID-keyed.

    A name-keyed font has no CIDs; readers of PDF then take the code as glyph id.
    """
    header_size = read(2, 1)[0]
    _, top_start = index(read, header_size)  # Name INDEX
    bounds, _ = index(read, top_start)  # Top DICT INDEX
    first, end = bounds[0], bounds[1]
    top = {name: operands for name, operands, _ in operators(read(first, end - first))}
    if ROS not in top:
        return None, False
    start = int(top.get(CHARSET, [0])[0])
    return _cids(read, start, glyph_count), True


def index(read: Reader, start: int) -> tuple[list[int], int]:
    """Bounds of an INDEX's items, counted from the table's start, and where the INDEX ends."""
    count = int.from_bytes(read(start, 2), "big")
    if count == 0:
        return [], start + 2
    width = read(start + 2, 1)[0]
    raw = read(start + 3, width * (count + 1))
    base = start + 2 + width * (count + 1)
    steps = range(0, len(raw), width)
    bounds = [base + int.from_bytes(raw[i : i + width], "big") for i in steps]
    return bounds, bounds[-1]


def operators(data: bytes) -> Iterator[tuple[tuple[int, ...], list[float], bytes]]:
    """Each operator of a DICT, its operands, and the bytes of both; real numbers read as 0."""
    operands: list[float] = []
    at = first = 0
    while at < len(data):
        lead = data[at]
        if lead <= 21:
            operator = (lead, data[at + 1]) if lead == 12 else (lead,)
            at += len(operator)
            yield operator, operands, data[first:at]
            operands, first = [], at
        else:
            value, at = _operand(data, at)
            operands.append(value)


def _operand(data: bytes, at: int) -> tuple[float, int]:
    """One number of a DICT and where the next one starts (Technical Note 5176, table 3)."""
    lead = data[at]
    if lead == 28:
        return struct.unpack_from(">h", data, at + 1)[0], at + 3
    if lead == 29:
        return struct.unpack_from(">i", data, at + 1)[0], at + 5
    if lead == 30:  # a real number; none of the operators that we read has one
        at += 1
        while data[at] & 15 != _REAL_END and data[at] >> 4 != _REAL_END:
            at += 1
        return 0.0, at + 1
    if lead <= 246:
        return lead - 139, at + 1
    if lead <= 250:
        return (lead - 247) * 256 + data[at + 1] + 108, at + 2
    return -(lead - 251) * 256 - data[at + 1] - 108, at + 2


def _cids(read: Reader, start: int, glyph_count: int) -> tuple[int, ...] | None:
    """The CIDs in the order of glyphs; None when each equals its glyph id."""
    kind, at = read(start, 1)[0], start + 1
    wanted = glyph_count - 1
    if kind == 0:
        cids = struct.unpack(f">{wanted}H", read(at, 2 * wanted))
        return None if cids == tuple(range(1, glyph_count)) else (0, *cids)
    size, layout = (3, ">HB") if kind == 1 else (4, ">HH")
    ranges: list[range] = []
    done = 1
    while done < glyph_count:
        first, left = struct.unpack(layout, read(at, size))
        ranges.append(range(first, first + left + 1))
        done += left + 1
        at += size
    # CJK fonts say "all of them" in one or two ranges: no need to write them out.
    position = 1
    for span in ranges:
        if span.start != position:
            break
        position = span.stop
    else:
        return None
    return tuple(chain((0,), *ranges))[:glyph_count]
