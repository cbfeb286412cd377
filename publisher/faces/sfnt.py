"""Tables of a font file (OpenType, "Organization of an OpenType Font"): finds one, adds one."""

from __future__ import annotations

import struct
from functools import cache
from typing import TYPE_CHECKING, Final

from publisher.errors import FontError

if TYPE_CHECKING:
    from mmap import mmap

_WORD: Final = 0xFFFFFFFF
_MAGIC: Final = 0xB1B0AFBA  # what the whole font adds up to (table "head", checksumAdjustment)


def table_offset(font: bytes | mmap, index: int, tag: bytes) -> int:
    """Where a table of face `index` starts in a font file.

    Raises:
        FontError: The face has no such table.
    """
    start = 0
    if font[:4] == b"ttcf":
        (start,) = struct.unpack_from(">I", font, 12 + 4 * index)
    (count,) = struct.unpack_from(">H", font, start + 4)
    records = font[start + 12 : start + 12 + 16 * count]
    for name, _, offset, _ in struct.iter_unpack(">4s3I", records):
        if name == tag:
            return int(offset)
    raise FontError(f"has no {tag.decode('ascii')} table", code="font.format")


def with_outlines(font: bytes, table: bytes) -> bytes:
    """A font that has tables but no outlines, with these as its table ``CFF ``."""
    (count,) = struct.unpack_from(">H", font, 4)
    tables = {b"CFF ": table}
    for tag, _, offset, size in struct.iter_unpack(">4s3I", font[12 : 12 + 16 * count]):
        tables[tag] = font[offset : offset + size]
    tables = dict(sorted(tables.items()))
    head = tables[b"head"]
    tables[b"head"] = head[:8] + bytes(4) + head[12:]
    largest = 1 << (len(tables).bit_length() - 1)
    start = struct.pack(
        ">4s4H",
        b"OTTO",
        len(tables),
        16 * largest,
        largest.bit_length() - 1,
        16 * (len(tables) - largest),
    )
    records, place = [], len(start) + 16 * len(tables)
    for tag, data in tables.items():
        records.append(struct.pack(">4s3I", tag, checksum(data), place, len(data)))
        place += len(data) + -len(data) % 4
    directory = start + b"".join(records)
    sums = [checksum(directory), *(struct.unpack_from(">I", record, 4)[0] for record in records)]
    whole = struct.pack(">I", (_MAGIC - sum(sums)) & _WORD)
    tables[b"head"] = head[:8] + whole + head[12:]
    return directory + b"".join(data + bytes(-len(data) % 4) for data in tables.values())


def checksum(table: bytes) -> int:
    """The sum of a table's words of 32 bits, modulo 2**32 ("Calculating Checksums").

    The table is folded as one long number, in lanes of 64 bits that the sum of its words does not
    fill: adding them one by one would cost more than cutting the font.
    """
    number = int.from_bytes(table, "big") << 8 * (-len(table) % 4)
    size = 1 << (len(table) // 8).bit_length()
    words = _every_other(size)
    lanes = (number & words) + (number >> 32 & words)
    while size > 1:
        size //= 2
        lanes = (lanes & (1 << 64 * size) - 1) + (lanes >> 64 * size)
    return lanes & _WORD


@cache
def _every_other(lanes: int) -> int:
    """The lower word of each lane of 64 bits."""
    return int.from_bytes(b"\0\0\0\0\xff\xff\xff\xff" * lanes, "big")
