"""Ruby and warichu as boxes: base and annotation placed against each other.

Mono ruby is centred over its base (nakatsuki), group ruby spread 1:2:1 (JLREQ 3.3.5, 3.3.6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.layout.shape import GETA, Box, extent
from publisher.layout.types import TextItem
from publisher.layout.vertical import Cut, cuts, turned_letters
from publisher.text.classes import spacing_classes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.faces.face import Face, Glyph
    from publisher.layout.shape import Shaper
    from publisher.layout.types import RubyObject, Run, WarichuObject
    from publisher.tree.nodes import Pos

_ASCENT: Final = 0.88  # em, top of the em box
_DESCENT: Final = 0.12
_OVER: Final = 0.02  # em of clearance between base and ruby
_WARICHU_GAP: Final = 0.08  # em of the small lines, between them


class _Piece:
    """Text of one look with its natural width, ready to become items."""

    def __init__(self, shaper: Shaper, text: str, run: Run, size: float, pos: Pos | None) -> None:
        self.run = run
        self.size = size
        self.parts: list[tuple[str, Face, tuple[Glyph, ...] | None, str | None, float, int]] = []
        slant = "italic" if run.italic else "upright"
        faces = shaper.faces.split(text, run.role, run.weight, slant, run.lang)  # type: ignore[arg-type]
        self.shaper = shaper
        for part in faces:
            piece = text[part.start : part.end]
            if part.missing:
                shaper.report(piece, pos)
                width = part.face.widths[GETA] * size / 1000
                self.parts.append((GETA, part.face, None, piece, width, 0))
            else:
                for cut in self.cuts(piece):
                    self.add(piece[cut.start : cut.end], part.face, cut.turn)
        self.width = sum(part[4] for part in self.parts)
        self.count = sum(len(part[0]) for part in self.parts)

    def cuts(self, piece: str) -> Iterator[Cut]:
        """Stretches of one orientation; the whole piece in horizontal text."""
        if not self.shaper.vertical:
            return iter((Cut(0, len(piece), 0),))
        letters = turned_letters(piece, spacing_classes(piece), frozenset())
        return cuts(letters, 0, len(piece))

    def add(self, piece: str, face: Face, turn: int) -> None:
        unit, shaper = self.size / 1000, self.shaper
        if face.needs_shaping(piece):
            upright = shaper.is_upright(turn)
            glyphs = shaper.glyphs(face, piece, self.run.lang, upright=upright)
            width = extent(glyphs, upright=upright) * unit
            self.parts.append((piece, face, glyphs, None, width, turn))
        else:
            width = sum(map(shaper.measures(face, turn).__getitem__, piece)) * unit
            self.parts.append((piece, face, None, None, width, turn))

    def items(self, x: float, dy: float, spacing: float, tag: str) -> list[TextItem]:
        """The piece from `x` on, with `spacing` after each character but the last's visible end."""
        run, made = self.run, []
        for text, face, glyphs, actual, width, turn in self.parts:
            width += spacing * (len(glyphs) if glyphs is not None else len(text))  # noqa: PLW2901 - the drawn width
            made.append(
                TextItem(
                    x, dy, face, self.size, text, spacing, glyphs, run.color, actual, tag,
                    run.link, "", width, turn,
                )
            )  # fmt: skip
            x += width
        return made


def ruby_box(thing: RubyObject, run: Run, shaper: Shaper, scale: float, pos: Pos | None) -> Box:
    """Base and annotation as one box.

    The shorter of the two is centred (one character) or spread with half units at its ends. Ruby
    that is longer may hang over kana on either side by up to one of its own ems; `Box.lead` and
    `Box.trail` say how much of its width that is.
    """
    base = _Piece(shaper, thing.base, run, run.size, pos)
    ruby = _Piece(shaper, thing.text, run, run.size * scale, pos)
    rise = run.rise + run.size * (_ASCENT + _OVER) + ruby.size * _DESCENT
    width = max(base.width, ruby.width)
    hang = min((ruby.width - base.width) / 2, ruby.size) if ruby.width > base.width else 0.0
    base_at, base_gap = _spread(base, width, spread=thing.kind == "group")
    ruby_at, ruby_gap = _spread(ruby, width, spread=thing.kind == "group" and ruby.count > 1)
    items = [
        *base.items(base_at, run.rise, base_gap, "RB"),
        *ruby.items(ruby_at, rise, ruby_gap, "RT"),
    ]
    over = 0.0 if thing.role == "zhuyin" else hang
    return Box(
        width,
        tuple(items),
        ascent=rise + ruby.size * _ASCENT,
        descent=_DESCENT * run.size - run.rise,
        lead=over,
        trail=over,
    )


def _spread(piece: _Piece, width: float, *, spread: bool) -> tuple[float, float]:
    """Start and spacing of a piece in a width: 1:2:1, at most one own em at the ends."""
    rest = width - piece.width
    if rest <= 0 or not spread or piece.count < 2:
        return max(rest, 0.0) / 2, 0.0
    end = min(rest / (2 * piece.count), piece.size)
    return end, (rest - 2 * end) / (piece.count - 1)


def warichu_box(
    thing: WarichuObject, run: Run, shaper: Shaper, scale: float, pos: Pos | None
) -> Box:
    """A note in two small lines between full-size parentheses (JLREQ 3.4)."""
    text = thing.text
    middle = _middle(text)
    size = run.size * scale
    first = _Piece(shaper, text[:middle], run, size, pos)
    second = _Piece(shaper, text[middle:], run, size, pos)
    opening = _Piece(shaper, "（", run, run.size, pos)
    closing = _Piece(shaper, "）", run, run.size, pos)
    half = opening.width / 2
    width = max(first.width, second.width)
    centre = run.rise + (_ASCENT - _DESCENT) / 2 * run.size
    upper = centre + size * (_DESCENT + _WARICHU_GAP / 2)
    lower = centre - size * (_ASCENT + _WARICHU_GAP / 2)
    generated = [item._replace(actual="") for item in opening.items(-half, run.rise, 0.0, "WP")]
    items = [
        *generated,
        *first.items(half, upper, 0.0, "WT"),
        *second.items(half, lower, 0.0, "WT"),
        *(i._replace(actual="") for i in closing.items(half + width, run.rise, 0.0, "WP")),
    ]
    return Box(2 * half + width, tuple(items), ascent=upper + size * _ASCENT, descent=0.0)


def _middle(text: str) -> int:
    """Where to cut the text in two: the first line is the longer one (JLREQ 3.4.3)."""
    return (len(text) + 1) // 2
