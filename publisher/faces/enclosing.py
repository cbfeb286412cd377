"""Marks about a character, and fonts that do not say how their glyphs stand in vertical text.

HarfBuzz leaves enclosing marks (keycaps, circles) where the font has them, beside the base in most;
and without vertical metrics it makes cells as long as the font's lines are high.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from publisher.faces.face import Face
    from publisher.faces.lookups import Glyph, Number

EM_ASCENT: Final = 880  # 1/1000 em, of the em box over the baseline, as Noto CJK has it
_ENCLOSING: Final = re.compile("[\u20dd-\u20e0\u20e2-\u20e4]")


def enclosed(face: Face, text: str, glyphs: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    """Glyphs of horizontal text with enclosing marks about the middle of their base.

    The base gets the room of a mark that is wider.
    """
    chars = _ENCLOSING.findall(text)
    if not chars:
        return glyphs
    marks = {face.gid(char) for char in chars} - {0}
    made: list[Glyph] = []
    base = -1
    for glyph in glyphs:
        if glyph.gid in marks and base >= 0 and not glyph.x_advance:
            own = made[base]
            left, _, right, _ = face.ink(glyph.gid)
            width = max(own.x_advance, right - left)
            more = (width - own.x_advance) / 2
            made[base] = own._replace(x_advance=width, x_offset=own.x_offset + more)
            made.append(glyph._replace(x_offset=-(width + left + right) / 2))
            continue
        if glyph.x_advance:
            base = len(made)
        made.append(glyph)
    return tuple(made)


def mark_origin(ink: tuple[Number, Number, Number, Number]) -> Number:
    """The middle of what a mark without an advance stands on, from its own origin.

    Fonts draw such marks behind a full-width base or, as most Latin ones, about the origin.
    """
    left, _, right, _ = ink
    return -500 if right <= 0 else (left + right) / 2


def on_bases(face: Face, glyphs: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    """Upright glyphs with the marks that HarfBuzz left in the next cell brought back."""
    if all(glyph.y_advance for glyph in glyphs):
        return glyphs
    made: list[Glyph] = []
    before: Number = 0
    for glyph in glyphs:
        own = glyph
        if glyph.y_advance:
            before = glyph.y_advance
        elif before and not face.advance(glyph.gid) and glyph.y_offset == -EM_ASCENT:
            own = glyph._replace(y_offset=glyph.y_offset - before)
        made.append(own)
    return tuple(made)


def in_em_boxes(face: Face, glyphs: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    """Upright glyphs of a font without vertical metrics, marks in the box of their base."""
    made: list[Glyph] = []
    before: Number = 0
    for glyph in glyphs:
        x, y = face.v_origin(glyph.gid)
        depth = face.v_advance(glyph.gid) if glyph.y_advance else 0
        back = 0 if depth else before
        before = depth or before
        made.append(glyph._replace(x_advance=0, y_advance=depth, x_offset=-x, y_offset=-y - back))
    return tuple(made)
