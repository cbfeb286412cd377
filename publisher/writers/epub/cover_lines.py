"""The lines of a drawn cover: a text broken well, in the largest size that fits, as outlines."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple, dataclass
from publisher.text.cells import cells
from publisher.text.properties import orientations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.faces.face import Face
    from publisher.faces.fallback import FaceSet

_LEADING: Final = 1.32  # of the size, from line to line
_MOST_LINES: Final = 16
_NO_START: Final = frozenset(
    "、。，．：；！？」』）】〉》〕…—～ー々・·”’%)]}!?,.:;ゃゅょっぁぃぅぇぉャュョッァィゥェォ"
)
_NO_END: Final = frozenset("「『（【〈《〔“‘([{")
_GOOD_AFTER: Final = frozenset("：:，,。、！？!?—～ \u3000")
_WORD: Final = re.compile(r"[A-Za-z0-9À-ɏͰ-ӿ'’.-]{2}|[가-힣]{2}")
_BAD: Final = 0.12  # what a break inside a phrase costs, share of the size


class Piece(NamedTuple):
    """A glyph: its outline in 1/1000 em, and the transform that puts it on the cover."""

    path: str
    transform: str


@dataclass(frozen=True, slots=True)
class _Setting:
    """How texts are set: faces, weight, language, direction."""

    faces: FaceSet
    language: str
    weight: int
    vertical: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one size. `width` and `height` are of the whole block, pixels."""

    setting: _Setting
    lines: tuple[str, ...]
    size: float
    width: float
    height: float

    def pieces(self, x: float, y: float) -> list[Piece]:
        """The glyphs: lines centred at `x` from `y` down, or columns from `x` to the left."""
        found: list[Piece] = []
        for number, line in enumerate(self.lines):
            step = number * self.size * _LEADING
            if self.setting.vertical:
                found += _column(line, x - step - self.size / 2, y, self.size, self.setting)
            else:
                length = _length(line, self.setting) * self.size
                base = y + step + 0.88 * self.size
                found += _line(line, x - length / 2, base, self.size, self.setting)
        return found


def block_of(  # noqa: PLR0913 - texts, and the room that they have
    texts: Sequence[str],
    faces: FaceSet,
    language: str,
    *,
    width: float,
    height: float,
    largest: float,
    weight: int = 400,
    wrap: bool = False,
    vertical: bool = False,
) -> Block:
    """Lines, or columns where `vertical`, in the largest size that fits the room.

    With `wrap` a text may take several; sizes go up to `largest`.
    """
    setting = _Setting(faces, language, weight, vertical)
    along, deep = (height, width) if vertical else (width, height)
    lines, size = _fitted(texts, setting, along=along, across=deep, largest=largest, wrap=wrap)
    across = size * (1 + _LEADING * (len(lines) - 1))
    longest = max(_length(line, setting) for line in lines) * size
    sides = (across, longest) if vertical else (longest, across)
    return Block(setting, lines, size, *sides)


# --------------------------------------------------------------------------- where lines break


def _fitted(
    texts: Sequence[str],
    setting: _Setting,
    *,
    along: float,
    across: float,
    largest: float,
    wrap: bool,
) -> tuple[tuple[str, ...], float]:
    """The lines and their size: as large as the room allows, with as few bad breaks as can be."""
    best: tuple[float, tuple[str, ...], float] | None = None
    measured = [_measured(text, setting) for text in texts]
    for count in range(1, _MOST_LINES + 1 if wrap else 2):
        lines: list[str] = []
        bad, longest = 0, 0.0
        for text, lengths in zip(texts, measured, strict=True):
            ends = _ends(text, lengths, count)
            for start, end in pairwise((0, *ends)):
                lines.append(text[start:end].strip())
                longest = max(longest, lengths[end] - lengths[start])
            bad += sum(text[end - 1] not in _GOOD_AFTER for end in ends[:-1])
        deep = 1 + _LEADING * (len(lines) - 1)
        if best is not None and across / deep < best[0]:
            break  # so many lines are smaller, however short they are
        size = min(largest, along / (longest or 1.0), across / deep)
        worth = size * (1 - _BAD * min(bad, 4)) * (1 - 0.02 * len(lines))
        if best is None or worth > best[0] + 0.01:
            best = worth, tuple(filter(None, lines)), size
    assert best is not None
    return best[1], best[2]


def _measured(text: str, setting: _Setting) -> list[float]:
    """How long a text is up to each of its characters, em."""
    found = [0.0] * (len(text) + 1)
    at = 0
    if setting.vertical:
        for part in _parts(text, setting):
            for _ in part.text:
                found[at + 1] = found[at] + part.length / len(part.text)
                at += 1
        return found
    wide = [0.0] * len(text)
    for run, face in _runs(text, setting):
        for glyph in face.shape(run, language=setting.language):
            wide[min(at + glyph.cluster, len(text) - 1)] += glyph.x_advance / 1000
        at += len(run)
    return [0.0, *accumulate(wide)]


def _ends(text: str, lengths: list[float], count: int) -> list[int]:
    """Where the lines end that a text takes: `count` of like length, or one if it cannot."""
    places = [0, *_places(text), len(text)]
    last = len(places) - 1
    if count == 1 or last < count:
        return [len(text)]
    aim = lengths[-1] / count or 1.0
    # Fewest cost up to each place, by number of lines: (cost, place before).
    rows: list[dict[int, tuple[float, int]]] = [{0: (0.0, -1)}]
    for _ in range(count):
        row: dict[int, tuple[float, int]] = {}
        for before, (cost, _) in rows[-1].items():
            for at in range(before + 1, last + 1):
                off = (lengths[places[at]] - lengths[places[before]] - aim) / aim
                good = at == last or text[places[at] - 1] in _GOOD_AFTER
                total = cost + off * off + (0.0 if good else 0.25)
                if at not in row or total < row[at][0]:
                    row[at] = (total, before)
                if off > 1:
                    break  # twice as long as the others
        rows.append(row)
    ends: list[int] = []
    at = last
    for row in reversed(rows[1:]):
        if at not in row:
            return [len(text)]
        ends.append(places[at])
        at = row[at][1]
    return ends[::-1]


def _places(text: str) -> Iterator[int]:
    """Where a line may end: not in words, not before closing marks, not after opening ones."""
    for at in range(1, len(text)):
        pair = text[at - 1 : at + 1]
        if pair[1] in _NO_START or pair[0] in _NO_END or _WORD.fullmatch(pair):
            continue
        if pair[1] in " \u3000" or (pair[0] == " " and len(text) - at < 1):
            continue
        yield at


# ------------------------------------------------------------------------------- outlines


def _runs(text: str, setting: _Setting) -> Iterator[tuple[str, Face]]:
    for run in setting.faces.split(text, "serif", setting.weight, "upright", setting.language):
        yield ("〓" if run.missing else text[run.start : run.end]), run.face


def _length(text: str, setting: _Setting) -> float:
    """Length of a line, em."""
    if setting.vertical:
        return sum(part.length for part in _parts(text, setting))
    return _advance(text, setting)


def _advance(text: str, setting: _Setting) -> float:
    return (
        sum(
            glyph.x_advance
            for part, face in _runs(text, setting)
            for glyph in face.shape(part, language=setting.language)
        )
        / 1000
    )


def _line(text: str, x: float, y: float, size: float, setting: _Setting) -> Iterator[Piece]:
    scale = size / 1000
    for part, face in _runs(text, setting):
        for glyph in face.shape(part, language=setting.language):
            at_x, at_y = x + glyph.x_offset * scale, y - glyph.y_offset * scale
            place = f"translate({at_x:.1f} {at_y:.1f}) scale({scale:.4f})"
            yield Piece(face.paths[glyph.gid], place)
            x += glyph.x_advance * scale


class _Part(NamedTuple):
    """A stretch of a column: ``upright``, ``level`` in one cell, or ``turned``; its length, em."""

    text: str
    kind: str
    length: float


def _parts(text: str, setting: _Setting) -> Iterator[_Part]:
    at = 0
    for cell in (*cells(text, 0, len(text), digits=2, letters=3), None):
        end = cell.start if cell else len(text)
        yield from _oriented(text[at:end], setting)
        if cell:
            inner = text[cell.start : cell.end]
            if cell.kind == "level":
                yield _Part(inner, "level", 1.0)
            else:
                for letter in inner:
                    yield _Part(letter, "level", 1.0)
            at = cell.end


def _oriented(text: str, setting: _Setting) -> Iterator[_Part]:
    letters = orientations(text)
    for match in re.finditer("R+|[^R]+", letters):
        part = text[match.start() : match.end()]
        if match[0][0] == "R":
            yield _Part(part, "turned", _advance(part, setting))
            continue
        for piece, face in _runs(part, setting):
            shaped = face.shape(piece, language=setting.language, direction="ttb")
            yield _Part(piece, "upright", -sum(g.y_advance for g in shaped) / 1000)


def _column(text: str, x: float, y: float, size: float, setting: _Setting) -> Iterator[Piece]:
    """The glyphs of a column whose middle is at `x`, from `y` down."""
    scale = size / 1000
    for part in _parts(text, setting):
        if part.kind == "turned":
            for piece, face in _runs(part.text, setting):
                for glyph in face.shape(piece, language=setting.language):
                    # The baseline of turned letters is left of the middle of the column.
                    place = (
                        f"translate({x - 0.38 * size:.1f} {y + glyph.x_offset * scale:.1f}) "
                        f"rotate(90) scale({scale:.4f})"
                    )
                    yield Piece(face.paths[glyph.gid], place)
                    y += glyph.x_advance * scale
        elif part.kind == "level":
            wide = _advance(part.text, setting)
            condensed = min(1.0, 1.1 / wide) if wide else 1.0
            first = x - wide * condensed * size / 2
            for glyph_of in _line(part.text, 0.0, 0.0, size, setting):
                place = (
                    f"translate({first:.1f} {y + 0.88 * size:.1f}) scale({condensed:.4f} 1) "
                    f"{glyph_of.transform}"
                )
                yield Piece(glyph_of.path, place)
            y += size
        else:
            for run, face in _runs(part.text, setting):
                for glyph in face.shape(run, language=setting.language, direction="ttb"):
                    at_x, at_y = x + glyph.x_offset * scale, y - glyph.y_offset * scale
                    place = f"translate({at_x:.1f} {at_y:.1f}) scale({scale:.4f})"
                    yield Piece(face.paths[glyph.gid], place)
                    y -= glyph.y_advance * scale
