"""Measures the objects of a run table: ruby, small notes, pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.layout.bopomofo import bopomofo_box, is_syllable
from publisher.layout.piece import ASCENT, DESCENT
from publisher.layout.ruby import Jukugo, Kit, ruby_box
from publisher.layout.shape import Box
from publisher.layout.types import (
    BoxedText,
    BreakObject,
    PictureItem,
    PictureObject,
    RubyObject,
    WarichuObject,
)
from publisher.layout.vertical import box_of_text
from publisher.layout.warichu import SmallNote

if TYPE_CHECKING:
    from publisher.layout.shape import Divided, Shaper
    from publisher.layout.types import InlineObject, Run, RunTable
    from publisher.theme.model import StyleSheet
    from publisher.tree.nodes import Pos


class Boxes:
    """Measures the objects of one paragraph, which must be asked for in order.

    Args:
        sheet: The resolved style sheet.
        shaper: Gives the glyphs.
        pos: Of the block, for characters that no face draws.
    """

    def __init__(self, sheet: StyleSheet, shaper: Shaper, pos: Pos | None) -> None:
        self.look = sheet.inline
        self.kit = Kit(shaper, sheet.inline, sheet.vertical, pos)
        self._divided: Divided | None = None

    def __call__(self, thing: InlineObject, run: Run) -> Box | None:
        """The box of an object; None for a forced line end."""
        if isinstance(thing, RubyObject):
            return self._ruby(thing, run)
        if isinstance(thing, WarichuObject):
            if not thing.index or self._divided is None:
                self._divided = SmallNote(thing.text, run, self.kit)
            return _part(self._divided, thing.index)
        if isinstance(thing, PictureObject):
            return _picture_box(thing, run, vertical=self.kit.vertical)
        if isinstance(thing, BoxedText):
            return box_of_text(thing, run, self.kit.shaper, self.kit.pos)
        assert isinstance(thing, BreakObject)
        return None

    def keeps_pitch(self, table: RunTable) -> bool:
        """Whether characters without bopomofo are as wide as those that have it."""
        return (
            self.look.zhuyin_pitch
            and not self.kit.vertical
            and any(getattr(thing, "role", "") == "zhuyin" for thing in table.objects.values())
        )

    def _ruby(self, thing: RubyObject, run: Run) -> Box:
        if thing.word:
            if not thing.index or self._divided is None:
                self._divided = Jukugo(thing.word, thing.role, run, self.kit)
            return _part(self._divided, thing.index)
        if thing.role == "zhuyin" and len(thing.base) == 1 and is_syllable(thing.text):
            return bopomofo_box(thing, run, self.kit)
        return ruby_box(thing, run, self.kit)


def _part(divided: Divided, index: int) -> Box:
    """One part: as wide as what it adds to the parts before it."""
    last = divided.count - 1
    width = divided.extent(0, index + 1) - (divided.extent(0, index) if index else 0.0)
    if index not in (0, last):
        return Box(width, (), divided=divided, part=index)
    whole = divided.piece(0, divided.count)
    lead, trail = 0.0 if index else whole.lead, whole.trail if index == last else 0.0
    reach, note = whole.reach, whole.note
    return Box(width, (), 0.0, 0.0, lead, trail, reach, note, whole.apart, (), divided, index)


def _picture_box(thing: PictureObject, run: Run, *, vertical: bool) -> Box:
    """A picture on the line: small ones in the middle of the em box, others on its foot.

    It stands upright on a vertical line too: about the axis, its height along the line.
    """
    size, width, height = run.size, thing.width, thing.height
    if vertical:
        width, height = height, width
        dy = run.rise + (ASCENT - DESCENT) / 2 * size - height / 2
    else:
        dy = run.rise - DESCENT * size + max(size - height, 0.0) / 2
    item = PictureItem(0.0, dy, width, height, thing.resource, thing.alt, run.link)
    return Box(width, (item,), ascent=dy + height, descent=-dy)
