"""Cuts CID-keyed CFF fonts without subroutines, whose outlines can be taken as they lie there.

The vendored CJK fonts are such fonts. HarfBuzz reads and writes each outline operator by operator,
which is a tenth of the work of a batch; copying them is a hundredth. Every other font is left to
HarfBuzz. Sources as in `publisher.faces.cff`, and sections 15 (Private DICT), 18 (CID-keyed
fonts) and 19 (FDSelect).
"""

from __future__ import annotations

import struct
import sys
from array import array
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from publisher.faces import cff
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from mmap import mmap

Table: TypeAlias = "bytes | mmap"

_CHARSTRING_TYPE, _PRIVATE, _SUBRS = (12, 6), (18,), (19,)
_CHAR_STRINGS, _FD_ARRAY, _FD_SELECT = (17,), (12, 36), (12, 37)
_UNIQUE: Final = frozenset([(13,), (14,)])  # UniqueID, XUID: of the whole font only
# What the cut font says anew; Encoding is not for CID-keyed fonts.
_PLACES: Final = frozenset([cff.CHARSET, (16,), _CHAR_STRINGS, _PRIVATE, _FD_ARRAY, _FD_SELECT])
_NO_SUBROUTINES: Final = b"\0\0"
_MOST_STRINGS: Final = 2048  # bytes; a CID-keyed font has a few names only


class Outlines(dict[int, bytes]):
    """Glyph id -> outline, taken from the table when first asked for.

    Args:
        table: The file or table.
        base: What `bounds` count from.
        bounds: Where the outline of each glyph starts in `table`, and where the last one ends.
    """

    __slots__ = ("_base", "_bounds", "_table")

    def __init__(self, table: Table, base: int, bounds: array[int]) -> None:
        super().__init__()
        self._table, self._base, self._bounds = table, base, bounds

    def __missing__(self, gid: int) -> bytes:
        first, end = self._bounds[gid : gid + 2]
        outline = self[gid] = self._table[self._base + first : self._base + end]
        return outline


class PlainFont(NamedTuple):
    """A CID-keyed font without subroutines.

    Attributes:
        outlines: Of each glyph.
        selects: The number of each glyph's Font DICT.
        cids: The CID of each glyph; None where it is the glyph id.
        names: The Name INDEX, as it is.
        strings: The String INDEX, as it is.
        top: The operators of the Top DICT that hold for a part of the font too.
        fonts: Of each Font DICT the operators but for the place of its Private DICT, and that DICT.
    """

    outlines: Outlines
    selects: bytes
    cids: tuple[int, ...] | None
    names: bytes
    strings: bytes
    top: bytes
    fonts: tuple[tuple[bytes, bytes], ...]


def plain_font(
    table: Table, start: int, glyph_count: int, cids: tuple[int, ...] | None
) -> PlainFont | None:
    """The font whose CFF table starts at `start`; None where it is of another kind or damaged.

    `cids` is what `publisher.faces.cff.charset` says of it.
    """
    try:
        return _read(table, start, glyph_count, cids)
    except (struct.error, LookupError, ValueError, OverflowError):
        return None


def _read(
    table: Table, start: int, glyph_count: int, cids: tuple[int, ...] | None
) -> PlainFont | None:
    def read(at: int, size: int) -> bytes:
        return table[start + at : start + at + size]

    names_at = read(2, 1)[0]
    _, top_at = cff.index(read, names_at)
    bounds, strings_at = cff.index(read, top_at)
    _, subroutines_at = cff.index(read, strings_at)
    tops = list(cff.operators(read(bounds[0], bounds[1] - bounds[0])))
    said = {name: operands for name, operands, _ in tops}
    if tops[0][0] != cff.ROS or read(subroutines_at, 2) != _NO_SUBROUTINES:
        return None
    if said.get(_CHARSTRING_TYPE, [2]) != [2] or subroutines_at - strings_at > _MOST_STRINGS:
        return None
    starts, _ = cff.index(read, int(said[_FD_ARRAY][0]))
    fonts = [_font(read, first, end) for first, end in pairwise(starts)]
    selects = _selects(read, int(said[_FD_SELECT][0]), glyph_count)
    base, places = _bounds(read, int(said[_CHAR_STRINGS][0]))
    if len(places) != glyph_count + 1 or len(selects) != glyph_count:
        return None
    if start + base + places[-1] > len(table) or max(selects) >= len(fonts):
        return None
    if None in fonts:
        return None
    return PlainFont(
        Outlines(table, start + base, places),
        selects,
        cids,
        read(names_at, top_at - names_at),
        read(strings_at, subroutines_at - strings_at),
        b"".join(raw for name, _, raw in tops if name not in _PLACES | _UNIQUE),
        tuple(font for font in fonts if font is not None),
    )


def _font(read: cff.Reader, first: int, end: int) -> tuple[bytes, bytes] | None:
    """A Font DICT's own operators and its Private DICT; None where that has subroutines."""
    own = list(cff.operators(read(first, end - first)))
    size, at = next((map(int, operands) for name, operands, _ in own if name == _PRIVATE), (0, 0))
    private = read(at, size)
    if any(name == _SUBRS for name, _, _ in cff.operators(private)):
        return None
    return b"".join(raw for name, _, raw in own if name != _PRIVATE), private


def _selects(read: cff.Reader, start: int, glyph_count: int) -> bytes:
    kind = read(start, 1)[0]
    if kind == 0:
        return read(start + 1, glyph_count)
    if kind != 3:
        raise ValueError(kind)
    (count,) = struct.unpack(">H", read(start + 1, 2))
    ranges = list(struct.iter_unpack(">HB", read(start + 3, 3 * count)))
    ends = [first for first, _ in ranges[1:]] + [glyph_count]
    return b"".join(
        bytes([font]) * (end - first) for (first, font), end in zip(ranges, ends, strict=True)
    )


def _bounds(read: cff.Reader, start: int) -> tuple[int, array[int]]:
    """The offsets of a long INDEX, and what they count from."""
    count, width = struct.unpack(">HB", read(start, 3))
    raw = read(start + 3, width * (count + 1))
    wide = bytearray(4 * (count + 1))
    for place in range(width):
        wide[4 - width + place :: 4] = raw[place::width]
    return start + 2 + len(raw), _swapped(array("I", bytes(wide)))


def cut(font: PlainFont, gids: Sequence[int]) -> bytes:
    """A CFF table of these glyphs, which keep their CIDs.

    Args:
        font: The font.
        gids: In rising order, each once, with 0 first.
    """
    outlines = list(map(font.outlines.__getitem__, gids))
    selects = bytes(map(font.selects.__getitem__, gids))
    used = sorted(set(selects))
    cids = gids if font.cids is None else [font.cids[gid] for gid in gids]
    charset = b"\0" + _shorts(cids[1:])
    select = b"\0" + selects.translate(bytes(_ranks(used)))
    strings = _index(outlines)
    fonts = [font.fonts[number] for number in used]

    head = b"\1\0\4\4" + font.names
    top_size = len(font.top) + 4 * 5 + 2 * 2 + 2
    charset_at = len(head) + 2 + 1 + 2 * 4 + top_size + len(font.strings) + len(_NO_SUBROUTINES)
    select_at = charset_at + len(charset)
    strings_at = select_at + len(select)
    array_at = strings_at + len(strings)
    sizes = [len(own) + 2 * 5 + 1 for own, _ in fonts]
    private_at = array_at + len(_index([bytes(size) for size in sizes]))
    dicts = []
    for own, private in fonts:
        dicts.append(own + _number(len(private)) + _number(private_at) + bytes(_PRIVATE))
        private_at += len(private)
    top = b"".join(
        (
            font.top,
            _number(charset_at) + bytes(cff.CHARSET),
            _number(select_at) + bytes(_FD_SELECT),
            _number(strings_at) + bytes(_CHAR_STRINGS),
            _number(array_at) + bytes(_FD_ARRAY),
        )
    )
    return b"".join(
        (
            head,
            _index([top], width=4),
            font.strings,
            _NO_SUBROUTINES,
            charset,
            select,
            strings,
            _index(dicts),
            *(private for _, private in fonts),
        )
    )


def _ranks(used: Sequence[int]) -> Iterable[int]:
    """For `bytes.translate`: the old number of a Font DICT to its new one."""
    ranks = [0] * 256
    for rank, number in enumerate(used):
        ranks[number] = rank
    return ranks


def _number(value: int) -> bytes:
    """An operand of five bytes, so that sizes do not depend on values (table 3)."""
    return b"\x1d" + struct.pack(">i", value)


def _index(items: Sequence[bytes], width: int = 0) -> bytes:
    """An INDEX (section 5); `width` of its offsets in bytes, 0 for as few as will do."""
    offsets = array("I", accumulate(map(len, items), initial=1))
    width = width or (offsets[-1].bit_length() + 7) // 8
    raw = _swapped(offsets).tobytes()
    narrow = bytearray(width * len(offsets))
    for place in range(width):
        narrow[place::width] = raw[4 - width + place :: 4]
    return b"".join((struct.pack(">HB", len(items), width), narrow, *items))


def _shorts(values: Sequence[int]) -> bytes:
    return _swapped(array("H", values)).tobytes()


def _swapped(values: array[int]) -> array[int]:
    if sys.byteorder == "little":
        values.byteswap()
    return values
