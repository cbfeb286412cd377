"""Dashes in a row as one rule, where a font draws them apart.

CJK fonts have ligatures of two and three dashes; longer rows, and rows in fonts without them,
would show a gap at each bearing (CLREQ 3.1.2, cjk-typography 4).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from publisher.faces.face import Face
    from publisher.faces.lookups import Glyph, Number

_ROW: Final = re.compile("[—―─⸺⸻]{2,}")
_OVERLAP: Final = 10  # 1/1000 em, so that no hair line is seen between two glyphs


def closed_up(
    face: Face, text: str, glyphs: tuple[Glyph, ...], *, upright: bool = False
) -> tuple[Glyph, ...]:
    """Glyphs of a row of dashes moved together, about the middle of their room.

    The advance of the row stays what it is. Other text comes back unchanged.
    """
    if len(glyphs) < 2 or not _ROW.fullmatch(text):
        return glyphs
    inks = [_ink(face, glyph, upright=upright) for glyph in glyphs]
    gaps = [advance - end + start for (_, end, advance), (start, _, _) in pairwise(inks)]
    less = [gap + _OVERLAP if gap > 0 else 0 for gap in gaps]
    if not any(less):
        return glyphs
    lead = sum(less) / 2
    more = [*(-by for by in less), 2 * lead]
    return tuple(
        _moved(glyph, lead, by, upright=upright) for glyph, by in zip(glyphs, more, strict=True)
    )


def _ink(face: Face, glyph: Glyph, *, upright: bool) -> tuple[Number, Number, Number]:
    """Where the ink of a glyph starts and ends along the line, from the pen; the advance."""
    left, bottom, right, top = face.ink(glyph.gid)
    if upright:
        return -top - glyph.y_offset, -bottom - glyph.y_offset, -glyph.y_advance
    return left + glyph.x_offset, right + glyph.x_offset, glyph.x_advance


def _moved(glyph: Glyph, shift: Number, more: Number, *, upright: bool) -> Glyph:
    """A glyph drawn further along the line, with more advance."""
    if upright:
        return glyph._replace(y_offset=glyph.y_offset - shift, y_advance=glyph.y_advance - more)
    return glyph._replace(x_offset=glyph.x_offset + shift, x_advance=glyph.x_advance + more)
