"""Lines filled one after the other, as word processors fill them; for page numbers, not to draw.

LibreOffice puts on a line the characters that go there at their natural widths: it takes no blank
from marks, at the ends of lines or beside one another, and shrinks nothing to let one more in.
(Word takes the blank between neighbours and lets stops hang, and has two or three pages less in a
hundred.) Lines chosen over a whole paragraph hold more than either.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from publisher.layout.measure import QUARTERS, mark_bans
from publisher.layout.solid import EPS

if TYPE_CHECKING:
    from publisher.layout.linebreak import Widths
    from publisher.layout.profiles import Profile
    from publisher.layout.types import RunTable
    from publisher.theme.model import TextStyle

# No character of these is wider than an em, or half an em wider where it has gaps beside it.
_NARROW: Final = "[ -~\u2018-\u201f\u2026\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff60]+"
_GAPPED: Final = "[!-~]"


def fill_simple(text: str, profile: Profile, widths: Widths) -> list[tuple[int, int]] | None:
    """Where the lines of simple text begin and end; None where one has no legal end.

    Args:
        text: Text that `publisher.layout.measure.simple_text` matches.
        profile: The rule set; in it, marks keep their natural widths.
        widths: Room by line, quarters of an em.
    """
    count = len(text)
    room, rest = int(widths.first / QUARTERS + EPS), int(widths.rest / QUARTERS + EPS)
    no_start, no_end = mark_bans(profile)
    found = []
    start, end = 0, room
    while end < count:
        while end > start and (
            text[end] in no_start
            or text[end - 1] in no_end
            or (text[end] == "…" and text[end - 1] == "…")
        ):
            end -= 1
        if end <= start:
            return None
        found.append((start, end))
        start, end = end, end + rest
    found.append((start, count))
    return found


def is_one_line(table: RunTable, style: TextStyle, room: float) -> bool:
    """Whether a text goes on one line of `room` pt, told from its length and kind of characters."""
    text = table.text
    size = max(run.size for run in table.runs)
    most = len(text) * size
    if most > room or table.objects or style.spacing:
        return False
    narrow, gapped = _patterns()
    if narrow.fullmatch(text) is None:
        return False
    return most + len(gapped.findall(text)) * size / 2 <= room


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(_NARROW), re.compile(_GAPPED)
