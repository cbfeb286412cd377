"""The sRGB colour space as an ICC profile, for the output intent (ISO 19005-2, 6.2.3).

Built from the numbers of IEC 61966-2-1, so that no profile of unknown licence is carried along and
the bytes never change. ICC.1:2004-10 (profile version 4.2): three primaries adapted to D50 by
Bradford's method and one parametric curve.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_VERSION = 0x04200000
_DATE = (2000, 1, 1, 0, 0, 0)
_D50 = (0.9642, 1.0, 0.8249)
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_FROM_D65 = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
# IEC 61966-2-1: ((x + 0.055) / 1.055) ** 2.4 from 0.04045 on, x / 12.92 below.
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_PARAMETRIC_TYPE = 3
_NAME = "sRGB IEC61966-2.1"
_RIGHTS = "No copyright, use freely"


def srgb() -> bytes:
    """The profile."""
    curve = b"para\0\0\0\0" + struct.pack(">HH", _PARAMETRIC_TYPE, 0) + _fixed(_CURVE)
    tags = {
        b"desc": _text(_NAME),
        b"cprt": _text(_RIGHTS),
        b"wtpt": b"XYZ \0\0\0\0" + _fixed(_D50),
        b"chad": b"sf32\0\0\0\0" + _fixed(_FROM_D65),
        **{name: b"XYZ \0\0\0\0" + _fixed(value) for name, value in _PRIMARIES.items()},
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body = [], b""
    start = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    for name, data in tags.items():
        at = places.get(data)
        if at is None:
            at = places[data] = start + len(body)
            body += data + b"\0" * (-len(data) % 4)
        table.append(struct.pack(">4sII", name, at, len(data)))
    content = struct.pack(">I", len(tags)) + b"".join(table) + body
    return _header(128 + len(content)) + content


def _header(size: int) -> bytes:
    """ICC.1:2004-10, 7.2."""
    head = struct.pack(
        ">I4xI4s4s4s6H4s", size, _VERSION, b"mntr", b"RGB ", b"XYZ ", *_DATE, b"acsp"
    )
    return head.ljust(68, b"\0") + _fixed(_D50) + bytes(128 - 80)


def _fixed(values: Sequence[float]) -> bytes:
    """s15Fixed16Number (4.6)."""
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def _text(value: str) -> bytes:
    """Text in one language, a multiLocalizedUnicodeType (10.13)."""
    data = value.encode("utf-16-be")
    return b"mluc" + struct.pack(">4xII2s2sII", 1, 12, b"en", b"US", len(data), 28) + data
