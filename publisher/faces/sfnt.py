"""Finds a table in a font file or collection (OpenType, "Organization of an OpenType Font")."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from publisher.errors import FontError

if TYPE_CHECKING:
    from typing import BinaryIO


def table_offset(file: BinaryIO, index: int, tag: bytes) -> int:
    """Where a table of face `index` starts in the file.

    Raises:
        FontError: The face has no such table.
    """
    head = file.read(12)
    start = 0
    if head[:4] == b"ttcf":
        file.seek(12 + 4 * index)
        start = struct.unpack(">I", file.read(4))[0]
        file.seek(start)
        head = file.read(12)
    count = struct.unpack_from(">H", head, 4)[0]
    records = file.read(16 * count)
    for name, _, offset, _ in struct.iter_unpack(">4s3I", records):
        if name == tag:
            return int(offset)
    raise FontError(f"has no {tag.decode('ascii')} table", code="font.format")
