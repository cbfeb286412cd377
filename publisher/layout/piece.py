"""Short texts of one look as items: what ruby, bopomofo and small notes are made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from publisher.layout.shape import GETA
from publisher.layout.types import TextItem
from publisher.text.classes import spacing_classes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.faces.face import Face, Glyph
    from publisher.layout.shape import Shaper
    from publisher.layout.types import Run
    from publisher.tree.nodes import Pos

ASCENT: Final = 0.88  # em, head of the em box over the baseline
DESCENT: Final = 0.12
# Spacing classes of what is turned in vertical text (UAX #50, R), with the marks that follow it.
_TURNED: Final = re.compile("[anxspruvBU][anxspruvBUmjgh]*")
_WIDE: Final = frozenset("HGKIOCSMNEDLATWPQF")


class Look(NamedTuple):
    """How a piece is set.

    Attributes:
        run: Colour, weight, language and link.
        size: Of its characters, pt.
        pos: Of the block, for characters that no face draws.
        role: Font role in place of the run's.
        vertical: Lines run down the page.
    """

    run: Run
    size: float
    pos: Pos | None = None
    role: str = ""
    vertical: bool = False


class _Part(NamedTuple):
    """A stretch in one face and one orientation, with its natural width in pt."""

    text: str
    face: Face
    glyphs: tuple[Glyph, ...] | None
    actual: str | None
    width: float
    turned: bool


class Piece:
    """Text of one look with its natural width, ready to become items.

    Attributes:
        width: Natural advance, pt.
        count: Places where a spread piece takes space: its glyphs.
        wide: All of it is CJK, which may be spread; Latin words are set solid.
    """

    def __init__(self, shaper: Shaper, text: str, look: Look) -> None:
        self.look = look
        self.text = text
        self.size = look.size
        classes = spacing_classes(text)
        self.wide = _WIDE.issuperset(classes.replace("m", ""))
        self.parts: list[_Part] = []
        for start, end, turned in _stretches(classes, vertical=look.vertical):
            self._add(shaper, text[start:end], turned=turned)
        self.width = sum([part.width for part in self.parts])
        drawn = [part.text if part.glyphs is None else part.glyphs for part in self.parts]
        self.count = sum(map(len, drawn)) or 1

    def _add(self, shaper: Shaper, text: str, *, turned: bool) -> None:
        look = self.look
        run, role = look.run, look.role or look.run.role
        slant = "upright" if look.role or not run.italic else "italic"
        latin = "companion" if look.role else "auto"
        runs = shaper.faces.split(
            text,
            role,
            run.weight,
            slant,  # type: ignore[arg-type]
            run.lang,
            latin=latin,  # type: ignore[arg-type]
        )
        upright = look.vertical and not turned
        unit = look.size / 1000
        for found in runs:
            face, own = found.face, text[found.start : found.end]
            if found.missing:
                shaper.report(own, look.pos)
                width = face.widths[GETA] * unit
                self.parts.append(_Part(GETA, face, None, own, width, turned))
            elif upright:
                glyphs = face.shape(own, language=run.lang, direction="ttb")
                width = -sum([glyph.y_advance for glyph in glyphs]) * unit
                self.parts.append(_Part(own, face, glyphs, None, width, turned))
            elif face.needs_shaping(own):
                glyphs = shaper.glyphs(face, own, run.lang)
                width = sum([glyph.x_advance for glyph in glyphs]) * unit
                self.parts.append(_Part(own, face, glyphs, None, width, turned))
            else:
                width = sum(map(face.widths.__getitem__, own)) * unit
                self.parts.append(_Part(own, face, None, None, width, turned))

    def items(self, x: float, dy: float, spacing: float, tag: str) -> list[TextItem]:
        """The piece from `x` on, with `spacing` after each character."""
        run, made = self.look.run, []
        for text, face, glyphs, actual, width, turned in self.parts:
            wider = width + spacing * (len(text) if glyphs is None else len(glyphs))
            made.append(
                TextItem(
                    x, dy, face, self.size, text, spacing, glyphs, run.color, actual, tag,
                    run.link, "", wider, turned,
                )
            )  # fmt: skip
            x += wider
        return made


def _stretches(classes: str, *, vertical: bool) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether it is turned, of each stretch of one orientation."""
    at = 0
    for match in _TURNED.finditer(classes) if vertical else ():
        if match.start() > at:
            yield at, match.start(), False
        yield match.start(), match.end(), True
        at = match.end()
    if at < len(classes):
        yield at, len(classes), False
