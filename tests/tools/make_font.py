"""Builds the test font: ``python tests/tools/make_font.py`` writes ``tests/assets/Square.ttf.xz``.

Every Han character, kana, hangul syllable and full-width mark is a square of one em; ASCII is half
an em wide, the space a quarter. A pair of U+2014 is one glyph of two ems (`ccmp`), some brackets
and stops have vertical forms (`vert`), and A V is kerned. The same bytes come out each time.
"""

from __future__ import annotations

import io
import lzma
from pathlib import Path

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

TARGET = Path(__file__).resolve().parents[1] / "assets" / "Square.ttf.xz"

UPEM, ASCENT, DESCENT = 1000, 880, -120
HALF = [*range(0x21, 0x7F)]
FULL = [
    *(0x00B7, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2025, 0x2026, 0x203B),
    *range(0x3000, 0x3040),
    *range(0x3041, 0x3097),
    *range(0x309B, 0x3100),
    *range(0x3105, 0x3130),
    *range(0x3400, 0x4DC0),
    *range(0x4E00, 0xA000),
    *range(0xAC00, 0xD7A4),
    *range(0xFF01, 0xFF5F),
]
VERTICAL = tuple(map(ord, "、。（［｛〈《「『【〔〖〗〕】』」》〉｝］）…ー～〜"))


def _name(code: int) -> str:
    return f"u{code:04X}"


def _box(width: int, height: int):
    pen = TTGlyphPen(None)
    left, right, foot = 50, width - 50, -70
    pen.moveTo((left, foot))
    pen.lineTo((left, height))
    pen.lineTo((right, height))
    pen.lineTo((right, foot))
    pen.closePath()
    return pen.glyph()


def _copy_of(name: str):
    """A glyph that only refers to another: 16 bytes in place of 30."""
    pen = TTGlyphPen({name: None})
    pen.addComponent(name, (1, 0, 0, 1, 0, 0))
    return pen.glyph()


def build() -> bytes:
    """The font file."""
    forms = [f"{_name(code)}.vert" for code in VERTICAL]
    han = [_name(code) for code in FULL]
    order = [".notdef", "space", "full", "half", *map(_name, HALF), *han, "dash2", *forms]
    glyphs = {name: _copy_of("full") for name in (*han, *forms)}
    glyphs |= {_name(code): _copy_of("half") for code in HALF}
    glyphs |= {
        ".notdef": _box(UPEM, 830),
        "space": TTGlyphPen(None).glyph(),
        "full": _box(UPEM, 830),
        "half": _box(500, 700),
        "dash2": _box(2000, 400),
    }
    widths = dict.fromkeys(order, UPEM)
    widths |= dict.fromkeys(("half", *map(_name, HALF)), 500)
    widths |= {"space": 250, "dash2": 2000}
    cmap = {code: _name(code) for code in (*HALF, *FULL)} | {0x20: "space", 0xA0: "space"}
    # The ideographic space is blank but one em wide.
    glyphs[_name(0x3000)] = TTGlyphPen(None).glyph()

    builder = FontBuilder(UPEM, isTTF=True)
    builder.font.recalcTimestamp = False
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(cmap)
    builder.setupGlyf(glyphs, calcGlyphBounds=True)
    builder.setupHorizontalMetrics({name: (widths[name], 50) for name in order})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupVerticalHeader(ascent=500, descent=-500)
    builder.setupVerticalMetrics(dict.fromkeys(order, (UPEM, 50)))
    names = {"familyName": "Square", "styleName": "Regular", "psName": "Square-Regular"}
    builder.setupNameTable({**names, "version": "Version 1.000", "uniqueFontIdentifier": "Square"})
    builder.setupOS2(
        sTypoAscender=ASCENT,
        sTypoDescender=DESCENT,
        sCapHeight=700,
        sxHeight=500,
        usWeightClass=400,
    )
    builder.setupPost(underlinePosition=-100, underlineThickness=50, keepGlyphNames=False)
    builder.setupHead(unitsPerEm=UPEM, created=0, modified=0)
    dash = _name(0x2014)
    verticals = "".join(f"sub {_name(c)} by {_name(c)}.vert;" for c in VERTICAL)
    addOpenTypeFeaturesFromString(
        builder.font,
        "languagesystem DFLT dflt; languagesystem hani dflt; languagesystem latn dflt;"
        f"feature ccmp {{ sub {dash} {dash} by dash2; }} ccmp;"
        f"feature vert {{ {verticals} }} vert;"
        f"feature kern {{ pos {_name(ord('A'))} {_name(ord('V'))} -80; }} kern;",
    )
    out = io.BytesIO()
    builder.font.save(out)
    return out.getvalue()


def main() -> None:
    """Writes the asset."""
    TARGET.write_bytes(lzma.compress(build(), preset=9 | lzma.PRESET_EXTREME))
    print(TARGET, TARGET.stat().st_size)


if __name__ == "__main__":
    main()
