"""Destinations and link annotations (ISO 32000-1, 12.3.2 and 12.5.6.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.writers.pdf import syntax

if TYPE_CHECKING:
    from publisher.layout.types import LinkOp
    from publisher.writers.pdf.paint import Place
    from publisher.writers.pdf.reportlab_shim import Ref

# Room above the place of a destination, pt, so that a heading does not touch the window's edge.
_ABOVE = 6.0
# Of the page's width: so much of what follows a place of vertical text is shown left of it; what
# begins no further right in horizontal text is shown from the page's edge.
_SIDE = 1 / 3
# What RFC 3986 allows in a URI, so that an address that is one already stays as it is.
_URI_SAFE = "%:/?#[]@!$&'()*+,;=-._~"


def destination(
    page: Ref, place: Place, size: tuple[float, float], *, vertical: bool = False
) -> str:
    """Where a reader goes: the place at the head of the window, zoom unchanged.

    A window narrower than the page (`size`) shows the column of the place; on a vertical page,
    where lines follow to the left, the place and what comes next.
    """
    width, height = size
    top = min(height, height - place.y + _ABOVE)
    left = place.x - width * _SIDE if vertical else place.x - _ABOVE
    if left < 0 or (not vertical and place.x < width * _SIDE):
        left = 0.0
    return f"[{page}/XYZ {syntax.number(left)} {syntax.number(top)} null]"


def uri(address: str) -> str:
    """An address as a URI of ASCII characters; others are percent-encoded as UTF-8."""
    from urllib.parse import quote

    return quote(address, safe=_URI_SAFE, errors="replace")


def annotation(op: LinkOp, height: float, *, struct_parent: int | None = None) -> str:
    """A link area without border; prints as nothing (/F 4 as PDF/A asks)."""
    foot = height - op.y - op.height
    entries = {
        "Type": "/Annot",
        "Subtype": "/Link",
        "Rect": f"[{syntax.numbers((op.x, foot, op.x + op.width, foot + op.height))}]",
        "Border": "[0 0 0]",
        "F": "4",
        "Contents": syntax.text_string(op.text if op.text.strip() else op.target),
    }
    if op.target.startswith("#"):
        entries["Dest"] = syntax.byte_string(op.target[1:].encode())
    else:
        address = syntax.byte_string(uri(op.target).encode("ascii"))
        entries["A"] = f"<</S/URI/URI{address}>>"
    if struct_parent is not None:
        entries["StructParent"] = str(struct_parent)
    return syntax.dictionary(entries)
