"""Metadata out of picture files without touching a pixel: no place, no camera, no comment."""

from __future__ import annotations

import re
from typing import Final

_PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
# PNG 3rd edition 11.3: chunks that change how pixels look; all other ancillary ones go.
_PNG_KEPT: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sRGB sBIT cICP pHYs acTL fcTL fdAT".split()
)
# In entropy-coded data FF is followed by 00 or by a restart mark; anything else is a real marker.
_JPEG_MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_SOS, _EOI = 0xDA, 0xD9
_ICC: Final = b"ICC_PROFILE\x00"


def strip_png(data: bytes) -> bytes:
    """A PNG with only the chunks that show."""
    out = [_PNG_SIGNATURE]
    at = len(_PNG_SIGNATURE)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4])
        kind = data[at + 4 : at + 8]
        if kind in _PNG_KEPT:
            out.append(data[at:end])
        at = end
        if kind == b"IEND":
            break
    return b"".join(out)


def strip_jpeg(data: bytes) -> bytes:
    """A JPEG with only its JFIF, Adobe and colour profile segments, cut off at its end."""
    out = [data[:2]]
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return data
        marker = data[at + 1]
        if marker == 0xFF:  # fill bytes may stand before any marker
            at += 1
            continue
        if marker == _EOI:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == _SOS:
            found = _JPEG_MARKER.search(data, end)
            end = found.start() if found else len(data)
        if _shows(marker, data[at + 4 : at + 16]):
            out.append(data[at:end])
        at = end
    out.append(b"\xff\xd9")
    return b"".join(out)


def _shows(marker: int, head: bytes) -> bool:
    if marker == 0xFE:  # a comment
        return False
    if 0xE0 <= marker <= 0xEF:
        return marker in (0xE0, 0xEE) or (marker == 0xE2 and head.startswith(_ICC))
    return True


def strip_webp(data: bytes) -> bytes:
    """A WebP without its EXIF and XMP chunks."""
    out = []
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        kind, chunk = data[at : at + 4], data[at:end]
        if kind == b"VP8X":
            # WebP container, "Extended File Format": bits 2 and 3 announce XMP and EXIF.
            chunk = chunk[:8] + bytes([chunk[8] & ~0b1100]) + chunk[9:]
        if kind not in (b"EXIF", b"XMP "):
            out.append(chunk)
        at = end
    body = b"WEBP" + b"".join(out)
    return b"RIFF" + len(body).to_bytes(4, "little") + body
