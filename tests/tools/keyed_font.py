"""A tiny CFF font without CIDs (a, b, c; no space), as many Latin OpenType fonts are."""

from __future__ import annotations

import io

import uharfbuzz as hb
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen

from publisher.faces.face import Face
from tests.tools.square_font import square_file


def name_keyed_face() -> Face:
    """The font, opened from memory."""
    builder = FontBuilder(1000, isTTF=False)
    names = [".notdef", "a", "b", "c"]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({0x61: "a", 0x62: "b", 0x63: "c"})
    strings = {}
    for number, name in enumerate(names):
        pen = T2CharStringPen(400 + 100 * number, None)
        pen.moveTo((0, 0))
        pen.lineTo((100 * number + 50, 0))
        pen.lineTo((0, 300))
        pen.closePath()
        strings[name] = pen.getCharString()
    builder.setupCFF("Keyed-Regular", {}, strings, {})
    builder.setupHorizontalMetrics({n: (400 + 100 * i, 0) for i, n in enumerate(names)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable(
        {"familyName": "Keyed", "styleName": "Regular", "psName": "Keyed-Regular"}
    )
    builder.setupOS2()
    builder.setupPost()
    out = io.BytesIO()
    builder.font.save(out)
    return Face(square_file("Keyed"), hb.Blob(out.getvalue()))
