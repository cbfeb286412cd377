"""Bopomofo at the right of each character, in horizontal and in vertical text (CLREQ 3.3.5).

The symbols of a syllable stand below one another, up to three high, centred on the character; the
tone stands at the upper right of the last one, the neutral tone over the first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from publisher.layout.piece import ASCENT, DESCENT, Look, Piece
from publisher.layout.ruby import centres
from publisher.layout.shape import GETA, Box
from publisher.layout.types import TextItem
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.faces.face import Face
    from publisher.layout.ruby import Kit
    from publisher.layout.shape import Shaper
    from publisher.layout.types import RubyObject, Run

WIDTH: Final = 0.5  # em of the character, of the box at its right
_INSET: Final = 0.02  # em, from the character to the symbols
_NEUTRAL: Final = "˙"
_NEUTRAL_ROOM: Final = 0.1  # em, over the first symbol
_ROLE: Final = "sans"  # its signs are large in their squares, and strong
_TONE_AT: Final = 0.04  # em, the middle of a tone under the head of the last symbol
_STOP_AT: Final = 0.24  # em, the same of a final stop
_TONES: Final = "ˊˇˋ˪˫"
_STOPS: Final = "\u31b4-\u31b7\u31bb"  # of entering tones in Taiwanese and Hakka
_SYMBOLS: Final = "\u3105-\u312f\u31a0-\u31b3\u31b8-\u31ba\u31bc-\u31bf"
_INITIALS: Final = "ㄅ-ㄙㄪㄫㄬㆠ-ㆣㆸ-ㆺ"
_MEDIALS: Final = "ㄧㄨㄩ\u31bc-\u31bf"
_SYLLABLE: Final = (
    f"{_NEUTRAL}?[{_INITIALS}]?[{_MEDIALS}]?(?:(?![{_INITIALS}{_MEDIALS}])[{_SYMBOLS}])?"
    f"[{_STOPS}]?[{_TONES}{_NEUTRAL}]?"
)
_KNOWN: Final = f"[{_SYMBOLS}{_STOPS}{_TONES}{_NEUTRAL}]+"


def syllables(reading: str) -> list[str]:
    """The syllables of a reading: parted by spaces, or else by their shape."""
    words = reading.split()
    if len(words) > 1:
        return words
    return [found for found in re.findall(_SYLLABLE, reading) if found]


def is_syllable(reading: str) -> bool:
    """Whether a reading is of bopomofo symbols and tones only."""
    return re.fullmatch(_KNOWN, reading) is not None


class _Sign(NamedTuple):
    """A symbol or tone: its middle from the right edge and from the head of the character, em."""

    char: str
    x: float
    y: float
    ink: bool  # placed by its ink, not by its em box


def bopomofo_box(thing: RubyObject, run: Run, kit: Kit) -> Box:
    """A character with its reading at the right.

    In horizontal text the box is wider than the character by `WIDTH`; in vertical text it needs
    that room at the side of the column, as ruby does.
    """
    shaper, look, vertical, pos = kit
    base = Piece(shaper, thing.base, Look(run, run.size, pos))
    size = run.size
    bases = base.items(0.0, run.rise, 0.0, "RB")
    notes = [_item(sign, base.width, run, kit) for sign in _signs(thing.text, look.zhuyin_scale)]
    room = WIDTH * size
    width = base.width if vertical else base.width + room
    ascent = run.rise + ASCENT * size + (room if vertical else 0.0)
    below = DESCENT * size - run.rise
    dots = centres(bases, thing.base)
    note = (0.0, width) if vertical else None  # it stands in the line gap then
    return Box(width, (*bases, *notes), ascent, below, note=note, centres=dots)


def _signs(reading: str, scale: float) -> Iterator[_Sign]:
    """Where each sign of a reading stands, in the order of the reading."""
    marks = _TONES + _NEUTRAL
    symbols = [char for char in reading if char not in marks and not re.match(f"[{_STOPS}]", char)]
    neutral = _NEUTRAL_ROOM if _NEUTRAL in reading else 0.0
    each = min(scale, (1 - neutral) / (len(symbols) or 1))
    head = (1 - neutral - each * len(symbols)) / 2 + neutral
    middle = _INSET + scale / 2
    aside = (_INSET + scale + WIDTH) / 2
    done = 0
    for char in reading:
        top = head + max(done - 1, 0) * each
        if char == _NEUTRAL:
            yield _Sign(char, middle, head - _NEUTRAL_ROOM / 2, ink=True)
        elif char in _TONES:
            yield _Sign(char, aside, top + _TONE_AT, ink=True)
        elif re.match(f"[{_STOPS}]", char):
            yield _Sign(char, aside, top + _STOP_AT, ink=True)
        else:
            yield _Sign(char, middle, head + (done + 0.5) * each, ink=False)
            done += 1


def _item(sign: _Sign, width: float, run: Run, kit: Kit) -> TextItem:
    """A sign beside a character of a width.

    Its place is physical: to the right and down. In horizontal text these are the inline axis and
    the block axis, in vertical text the other way round.
    """
    shaper, look, vertical, pos = kit
    size = run.size * look.zhuyin_scale
    char, actual = sign.char, None
    found = shaper.faces.split(char, _ROLE, run.weight, "upright", run.lang)[0]
    face: Face = found.face
    if found.missing:
        shaper.report(char, pos)
        char, actual = GETA, char
    right, down = _shift(face, char, shaper) if sign.ink else (0.0, 0.0)
    # From the right edge and the head of the character's em box to those of the sign's.
    left = sign.x * run.size - size / 2 + right * size
    head = sign.y * run.size - size / 2 + down * size
    top = run.rise + ASCENT * run.size
    if vertical:
        x, dy = head, top + left + DESCENT * size
    else:
        x, dy = width + left, top - head - ASCENT * size
    advance = shaper.measures(face, 0)[char] * size / 1000
    return TextItem(
        x, dy, face, size, char, 0.0, None, run.color, actual, "RT", run.link, "", advance
    )


def _shift(face: Face, char: str, shaper: Shaper) -> tuple[float, float]:
    """How far right and down an em box moves, em, for the ink to be in the middle of its place."""
    vertical = shaper.vertical
    gid = face.uprights(shaper.language)[char] if vertical else face.gid(char)
    left, bottom, right, top = face.ink(gid)
    x, y = (left + right) / 2000, (bottom + top) / 2000
    if vertical:  # the pen is over the origin of vertical text
        origin, over = face.v_origin(gid)
        x += 0.5 - origin / 1000
        y += ASCENT - over / 1000
    return 0.5 - x, y - (ASCENT - DESCENT) / 2
