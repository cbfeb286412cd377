"""A cover drawn from the metadata, where a book brings none: title, credits, publisher.

A cloth binding with waves (seigaiha) at its foot. The title of a horizontal book stands between two
rules, that of a vertical one on a slip of paper, as thread-bound books have it. All text is drawn
as outlines of our own faces, so that no reading system sets it in another; the cloth is chosen by
the title, so that the books of a shelf differ and one book's editions do not.
"""

from __future__ import annotations

import hashlib
from html import escape
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.writers.epub.cover_lines import Piece, block_of

if TYPE_CHECKING:
    from publisher.faces.fallback import FaceSet

# KDP, Cover Image Guidelines: 2560 pixels high at 1.6 to 1; other stores take the same.
WIDTH: Final = 1600
HEIGHT: Final = 2560
# Dyes of book cloth, dark enough for ivory (contrast above 7:1 to the ink).
_CLOTHS: Final = (
    "#1f3a5f", "#5c1f2a", "#1f4a3d", "#3b2f56", "#4a3320", "#22444f", "#4d2440", "#2f3b2a",
)  # fmt: skip
_INK: Final = "#f6efdf"
_PAPER: Final = "#f3ebd8"
_EDGE: Final = 96  # from the edge of the cover to the outer line of the frame
_WAVE: Final = 120  # radius of a wave
_WAVES_AT: Final = 1960


class CoverText(NamedTuple):
    """What a cover says: lines of credits, and the names of series and publisher or nothing."""

    title: str
    subtitle: str
    credits: tuple[str, ...]
    series: str
    publisher: str


def cloth(title: str) -> str:
    """The colour of the binding."""
    return _CLOTHS[hashlib.sha256(title.encode()).digest()[0] % len(_CLOTHS)]


def drawn_cover(text: CoverText, faces: FaceSet, language: str, *, vertical: bool) -> str:
    """The cover as SVG; the same text gives the same bytes.

    Raises:
        FontError: A font file is missing or damaged.
    """
    ground = cloth(text.title)
    pieces = (_vertical if vertical else _horizontal)(text, faces, language, ground)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img">\n<title>{escape(text.title)}</title>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{ground}"/>\n'
        f"{_waves(ground)}{_frame()}{pieces}</svg>\n"
    )


# ------------------------------------------------------------------------------ ornament


def _waves(ground: str) -> str:
    """Rows of waves, each over the one behind it, up to the line where they begin."""
    rings = "".join(
        f'<circle r="{_WAVE * share:g}" fill="{ground}" stroke="{_INK}" stroke-opacity=".3" '
        'stroke-width="3"/>'
        for share in (1, 0.72, 0.44, 0.18)
    )
    found = []
    for row, y in enumerate(range(_WAVES_AT + _WAVE, HEIGHT + _WAVE, _WAVE // 2)):
        first = -(row % 2) * _WAVE
        found += [
            f'<use href="#w" x="{x}" y="{y}"/>' for x in range(first, WIDTH + _WAVE, 2 * _WAVE)
        ]
    # Cut at the edge, since a viewer may show what lies beyond it.
    edge = f'<clipPath id="e"><rect width="{WIDTH}" height="{HEIGHT}"/></clipPath>'
    waves = f'<g clip-path="url(#e)">{"".join(found)}</g>'
    return f'<defs>{edge}<g id="w">{rings}</g></defs>\n{waves}\n'


def _frame() -> str:
    return "".join(
        f'<rect x="{at}" y="{at}" width="{WIDTH - 2 * at}" height="{HEIGHT - 2 * at}" '
        f'fill="none" stroke="{_INK}" stroke-width="{thick}"/>\n'
        for at, thick in ((_EDGE, 6), (_EDGE + 22, 2))
    )


def _rule(x: float, y: float, width: float, thick: float) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{thick:g}" fill="{_INK}"/>\n'


def _filled(pieces: list[Piece], color: str) -> str:
    """Outlines in one colour."""
    found = "".join(f'<path transform="{p.transform}" d="{p.path}"/>' for p in pieces if p.path)
    return f'<g fill="{color}">{found}</g>\n' if found else ""


# --------------------------------------------------------------------------------- layouts


def _horizontal(text: CoverText, faces: FaceSet, language: str, ground: str) -> str:
    middle = WIDTH / 2
    room = WIDTH - 2 * (_EDGE + 150)
    found = ""
    if text.series:
        series = block_of([text.series], faces, language, width=room, height=120, largest=58)
        found += _filled(series.pieces(middle, 300), _INK)
    title = block_of(
        [text.title], faces, language, width=room, height=760, largest=260, weight=700, wrap=True
    )
    top = 520.0
    found += _rule(middle - room / 2, top, room, 8) + _rule(middle - room / 2, top + 18, room, 2)
    found += _filled(title.pieces(middle, top + 110), _INK)
    at = top + 110 + title.height
    if text.subtitle:
        subtitle = block_of(
            [text.subtitle], faces, language, width=room, height=260, largest=82, wrap=True
        )
        found += _filled(subtitle.pieces(middle, at + 90), _INK)
        at += 90 + subtitle.height
    found += _rule(middle - room / 2, at + 90, room, 2) + _rule(
        middle - room / 2, at + 100, room, 8
    )
    if text.credits:
        space = _WAVES_AT - at - 260
        names = block_of(list(text.credits), faces, language, width=room, height=space, largest=92)
        found += _filled(names.pieces(middle, at + 190), _INK)
    return found + _imprint(text, faces, language, ground)


def _imprint(text: CoverText, faces: FaceSet, language: str, ground: str) -> str:
    """The publisher, on a plate over the waves."""
    if not text.publisher:
        return ""
    name = block_of([text.publisher], faces, language, width=1000, height=90, largest=64)
    width, height = name.width + 140, name.height + 70
    x, y = (WIDTH - width) / 2, HEIGHT - 290 - height / 2
    plate = (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{ground}" '
        f'stroke="{_INK}" stroke-width="3"/>\n'
    )
    return plate + _filled(name.pieces(WIDTH / 2, y + 35), _INK)


def _vertical(text: CoverText, faces: FaceSet, language: str, ground: str) -> str:
    deep = 1350.0  # length of the slip's columns
    title = block_of(
        [text.title],
        faces,
        language,
        width=480,
        height=deep,
        largest=210,
        vertical=True,
        weight=700,
        wrap=True,
    )
    subtitle = None
    if text.subtitle:
        subtitle = block_of(
            [text.subtitle],
            faces,
            language,
            width=190,
            height=deep,
            largest=78,
            vertical=True,
            wrap=True,
        )
    # A short title has a short slip.
    longest = max(title.height * 1.2, subtitle.height if subtitle else 0.0)
    deep = min(deep, max(longest, 760.0))
    inner = title.width + (subtitle.width + 40 if subtitle else 0)
    width, height = inner + 170, deep + 190
    right, top = WIDTH - _EDGE - 90.0, _EDGE + 90.0
    left = right - width
    found = (
        f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" fill="{_PAPER}"/>\n'
        f'<rect x="{left + 20:g}" y="{top + 20:g}" width="{width - 40:g}" '
        f'height="{height - 40:g}" fill="none" stroke="{ground}" stroke-width="7"/>\n'
        f'<rect x="{left + 34:g}" y="{top + 34:g}" width="{width - 68:g}" '
        f'height="{height - 68:g}" fill="none" stroke="{ground}" stroke-width="2"/>\n'
    )
    head = top + 95 + max(0.0, (deep - title.height) * 0.3)
    found += _filled(title.pieces(right - 85, head), ground)
    if subtitle:
        foot = top + 95 + deep - subtitle.height
        found += _filled(subtitle.pieces(left + 85 + subtitle.width, foot), ground)
    if text.series:
        series = block_of(
            [text.series], faces, language, width=90, height=900, largest=54, vertical=True
        )
        found += _filled(series.pieces(_EDGE + 90 + series.width, top + 20), _INK)
    if text.credits:
        room = left - _EDGE - 200.0
        names = block_of(
            list(text.credits), faces, language, width=room, height=1050, largest=88, vertical=True
        )
        at = left - max(70.0, (left - _EDGE - names.width) * 0.25)
        found += _filled(names.pieces(at, top + height - names.height), _INK)
    return found + _imprint(text, faces, language, ground)
