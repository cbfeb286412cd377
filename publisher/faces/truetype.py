"""Fonts with TrueType outlines from any face: what Word takes embedded, unlike CFF outlines."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from publisher.errors import FontError
from publisher.faces.subset import web_subset

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.faces.face import Face

_ERROR: Final = 1.0  # units that a quadratic outline may stray from its cubic one
_STYLES: Final = {
    (False, False): "Regular",
    (True, False): "Bold",
    (False, True): "Italic",
    (True, True): "Bold Italic",
}
_WINDOWS: Final = (3, 1, 0x409)
_KEPT_NAMES: Final = frozenset([0, 5, 13, 14])  # copyright, version, licence


def true_type(
    face: Face, chars: Iterable[str], name: str, *, bold: bool, italic: bool, vertical: bool
) -> bytes:
    """A font of the family `name` with TrueType outlines that draws these characters.

    Raises:
        FontError: fontTools is not there, or the font cannot be cut.
    """
    try:
        from fontTools.ttLib import TTFont
    except ImportError as problem:
        raise FontError(
            "embedding fonts in Word files needs the package fonttools",
            code="font.needs-fonttools",
            hint="pip install publisher-cjk[embed]",
        ) from problem
    data = web_subset(face, chars, vertical=vertical)
    font: Any = TTFont(BytesIO(data), recalcTimestamp=False, recalcBBoxes=True)
    if "CFF " in font:
        _to_quadratic(font)
    _call(font, name, _STYLES[bold, italic])
    out = BytesIO()
    font.save(out, reorderTables=False)
    return out.getvalue()


def _to_quadratic(font: Any) -> None:
    """Cubic outlines as quadratic ones, in tables of the TrueType kind."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    glyf: Any = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, {}
    for glyph in order:
        pen = TTGlyphPen(None)
        glyphs[glyph].draw(Cu2QuPen(pen, _ERROR, reverse_direction=True))
        glyf.glyphs[glyph] = pen.glyph()
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
    font["glyf"], font["loca"] = glyf, newTable("loca")
    for glyph, (advance, _) in font["hmtx"].metrics.items():
        shape = glyf.glyphs[glyph]
        shape.recalcBounds(glyf)
        font["hmtx"].metrics[glyph] = (advance, getattr(shape, "xMin", 0))
    most = font["maxp"]
    most.tableVersion = 0x00010000
    for field in _MAXIMA:
        setattr(most, field, 0)
    most.maxZones = 1
    font["head"].glyphDataFormat = 0
    font["post"].formatType = 3.0
    font.sfntVersion = "\0\1\0\0"


_MAXIMA: Final = (
    "maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours", "maxZones",
    "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
    "maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxComponentDepth",
)  # fmt: skip


def _call(font: Any, name: str, style: str) -> None:
    """Names by which programs find the face: family, style, full name, PostScript name."""
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in _KEPT_NAMES]
    full = name if style == "Regular" else f"{name} {style}"
    for number, text in (
        (1, name),
        (2, style),
        (3, f"{full}; embedded"),
        (4, full),
        (6, full.replace(" ", "-")),
    ):
        names.setName(text, number, *_WINDOWS)
