"""Short texts of one look as items: what ruby, bopomofo and small notes are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.layout.shape import GETA, extent
from publisher.layout.types import TextItem
from publisher.layout.vertical import Cut, cuts, turned_letters
from publisher.record import NamedTuple
from publisher.text.classes import spacing_classes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.faces.catalog import Slant
    from publisher.faces.face import Face
    from publisher.faces.fallback import FaceRun, Latin
    from publisher.faces.lookups import Glyph
    from publisher.layout.shape import Shaper
    from publisher.layout.types import Run
    from publisher.tree.nodes import Pos

ASCENT: Final = 0.88  # em, head of the em box over the baseline
DESCENT: Final = 0.12
_WIDE: Final = frozenset("HGKIOCSMNEDLATWPQF")


class Look(NamedTuple):
    """How a piece is set.

    Attributes:
        run: Colour, weight, language and link.
        size: Of its characters, pt.
        pos: Of the block, for characters that no face draws.
        role: Font role in place of the run's.
    """

    run: Run
    size: float
    pos: Pos | None = None
    role: str = ""


class _Part(NamedTuple):
    """A stretch in one face and one orientation, with its natural width in pt."""

    text: str
    face: Face
    glyphs: tuple[Glyph, ...] | None
    actual: str | None
    width: float
    turn: int


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
        for found in self._faces(shaper):
            piece = text[found.start : found.end]
            if found.missing:
                shaper.report(piece, look.pos)
                width = found.face.widths[GETA] * look.size / 1000
                self.parts.append(_Part(GETA, found.face, None, piece, width, 0))
                continue
            for start, end, turn in _cuts(shaper, piece):
                self._add(shaper, piece[start:end], found.face, turn)
        self.width = sum([part.width for part in self.parts])
        drawn = [part.text if part.glyphs is None else part.glyphs for part in self.parts]
        self.count = sum(map(len, drawn)) or 1

    def _faces(self, shaper: Shaper) -> tuple[FaceRun, ...]:
        run, own = self.look.run, self.look.role
        slant: Slant = "italic" if run.italic and not own else "upright"
        latin: Latin = "companion" if own else "auto"
        role = own or run.role
        return shaper.faces.split(self.text, role, run.weight, slant, run.lang, latin=latin)

    def _add(self, shaper: Shaper, text: str, face: Face, turn: int) -> None:
        unit = self.look.size / 1000
        if face.needs_shaping(text):
            upright = shaper.is_upright(turn)
            glyphs = shaper.glyphs(face, text, self.look.run.lang, upright=upright)
            width = extent(glyphs, upright=upright) * unit
            self.parts.append(_Part(text, face, glyphs, None, width, turn))
        else:
            width = sum(map(shaper.measures(face, turn).__getitem__, text)) * unit
            self.parts.append(_Part(text, face, None, None, width, turn))

    def items(self, x: float, dy: float, spacing: float, tag: str) -> list[TextItem]:
        """The piece from `x` on, with `spacing` after each character."""
        run, made = self.look.run, []
        for text, face, glyphs, actual, width, turn in self.parts:
            wider = width + spacing * (len(text) if glyphs is None else len(glyphs))
            made.append(
                TextItem(
                    x, dy, face, self.size, text, spacing, glyphs, run.color, actual, tag,
                    run.link, "", wider, turn,
                )
            )  # fmt: skip
            x += wider
        return made


def _cuts(shaper: Shaper, text: str) -> Iterator[Cut]:
    """Stretches of one orientation; the whole text where lines are horizontal."""
    if not shaper.vertical:
        return iter((Cut(0, len(text), 0),))
    letters = turned_letters(text, spacing_classes(text), frozenset())
    return cuts(letters, 0, len(text))
