"""XML as strings: escaping, namespaces and the last step to bytes, all at C speed."""

from __future__ import annotations

from typing import Final

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES: Final = f'xmlns:w="{W}" xmlns:r="{R}"'
DRAWING_NAMESPACES: Final = f'{NAMESPACES} xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}"'

# XML 1.0, 2.2 Char: no control characters but tab, line feed and return; no U+FFFE, U+FFFF.
_CONTROL: Final = bytes(c for c in range(0x20) if c not in (0x09, 0x0A, 0x0D))
_NONCHARACTERS: Final = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")


def escape(text: str) -> str:
    """Characters of element content."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Characters of an attribute value between double quotes, white space kept."""
    escaped = escape(text).replace('"', "&quot;")
    return escaped.replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")


def to_bytes(xml: str) -> bytes:
    """UTF-8 without the characters that XML 1.0 cannot hold (2.2), which are dropped.

    One pass over the bytes of a whole part: readers have removed such characters already, this
    makes sure that no producer of trees can make a file that Word refuses.
    """
    data = xml.encode("utf-8", "ignore")  # lone surrogates have no UTF-8
    data = data.translate(None, _CONTROL)
    for character in _NONCHARACTERS:
        data = data.replace(character, b"")
    return data


def part(root: str, content: str, namespaces: str = NAMESPACES, attributes: str = "") -> bytes:
    """A whole part: declaration, root element with its namespaces, content."""
    return to_bytes(f"{DECLARATION}<{root} {namespaces}{attributes}>{content}</{root}>")


def twips(points: float) -> int:
    """Twentieths of a point, the unit of most lengths in WordprocessingML."""
    return round(points * 20)


def half_points(points: float) -> int:
    """Half points, the unit of character sizes."""
    return max(round(points * 2), 2)


def emu(points: float) -> int:
    """English metric units, the unit of drawings: 12700 a point."""
    return round(points * 12700)
