"""Lines filled one after the other, as word processors fill them; for page numbers, not to draw.

Word and its kin put on a line what goes there by itself: marks lose their blank beside one another
and at the ends of lines, yet nothing inside a line is shrunk to let one more character in. Lines
chosen over a whole paragraph hold more, so that pages counted with them fall behind.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from publisher.layout.measure import QUARTERS, simple_classes, tables
from publisher.layout.solid import EPS
from publisher.text.uax14 import BAN

if TYPE_CHECKING:
    from publisher.layout.linebreak import Widths
    from publisher.layout.profiles import Profile
    from publisher.layout.types import RunTable
    from publisher.theme.model import TextStyle

# No character of these is wider than an em, or half an em wider where it has gaps beside it.
_NARROW: Final = re.compile("[ -~\u2018-\u201f\u2026\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff60]+")
_GAPPED: Final = re.compile("[!-~]")


def fill_simple(text: str, profile: Profile, widths: Widths) -> list[tuple[int, int]] | None:
    """Where the lines of simple text begin and end; None where one has no legal end.

    Args:
        text: Text that `publisher.layout.measure.simple_text` matches.
        profile: The rule set; in it, no mark hangs.
        widths: Room by line, quarters of an em.
    """
    count = len(text)
    width = widths.first + EPS * QUARTERS
    if count * QUARTERS <= width:
        return [(0, count)]
    letters = tables(profile)
    codes = simple_classes(text, profile).encode("ascii")
    pre = list(accumulate(codes.translate(letters.advance), initial=0))
    starts, trims, options = letters.start, letters.end, letters.option
    no_start, no_end = letters.no_start, letters.no_end
    last = codes[-1]
    all_but = pre[-1] - trims[last] - options[last]
    opening = 0 if profile.first_full else starts[codes[0]]
    found = []
    start = 0
    while True:
        room = pre[start] + opening + width
        if all_but <= room:
            found.append((start, count))
            return found
        end = bisect_right(pre, room, start, count) - 1
        # One more, if it fits without the blank that it drops at the end of a line.
        mark = codes[end]
        if pre[end + 1] - trims[mark] - options[mark] <= room and end + 1 < count:
            end += 1
        while end > start and (no_start[codes[end]] == BAN or no_end[codes[end - 1]] == BAN):
            end -= 1
        if end <= start:
            return None
        found.append((start, end))
        start = end
        opening = starts[codes[start]]
        width = widths.rest + EPS * QUARTERS


def is_one_line(table: RunTable, style: TextStyle, room: float) -> bool:
    """Whether a text goes on one line of `room` pt, told from its length and kind of characters."""
    text = table.text
    size = max(run.size for run in table.runs)
    most = len(text) * size
    if most > room or table.objects or style.spacing or not _NARROW.fullmatch(text):
        return False
    return most + len(_GAPPED.findall(text)) * size / 2 <= room
