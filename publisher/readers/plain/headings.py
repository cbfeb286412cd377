"""Section headings and roles in an article that marks them by blank lines alone."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median_low
from typing import TYPE_CHECKING, Final

from publisher.readers.plain.scenes import scene_break

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.readers.plain.paragraphs import Piece
    from publisher.tree.nodes import ParagraphRole

_MAX: Final = 30
_PUSHED: Final = 6  # full-width blanks before a line that is set at the right
_SHORT: Final = 20
_PROSE: Final = 40
_ENDS_OPEN: Final = re.compile("[。！？!?；;：:，,、…—.]$|[。；;]")
_NO_HEADING: Final = (
    "“",
    "‘",
    "「",
    "『",
    "—",
    "-",
    "–",
    "(",
    "（",
    "[",
    "【",
    "*",
    "·",
    "•",
    "※",
    "○",
    "●",
    "〔",
    '"',
    "'",
)
_SIGNATURE: Final = re.compile("(?:——|──|――|—|–|-- ?|― ?)\\s*\\S.{0,79}", re.DOTALL)


def is_signature(piece: Piece) -> bool:
    """True for a line that begins with a dash and names who signs what stands above it."""
    text = piece.text
    return (
        _SIGNATURE.fullmatch(text) is not None
        and not scene_break(text)
        and not text.endswith(("。", "！", "？", "；", "，"))
    )


def is_set_right(piece: Piece) -> bool:
    """True for a short line that blanks push to the right: who signs a letter, and its date."""
    text = piece.text
    pushed = len(text) - len(text.lstrip("　"))
    return pushed >= _PUSHED and len(text) - pushed <= _MAX and not _ENDS_OPEN.search(text)


def find_headings(pieces: Sequence[Piece]) -> set[int]:
    """Indexes of the section headings.

    A heading is short, begins with no quote or bracket, ends and holds no sentence, has more blank
    lines before and after it than paragraphs have between them, and prose follows. Where the text
    is no prose (verse, lists), or a third of it would be headings, there are none.
    """
    prose = [p for p in pieces if len(p.text) > _PROSE]
    aside = sum(is_signature(p) or bool(scene_break(p.text)) for p in pieces)
    if len(prose) * 2 < len(pieces) - aside or len(pieces) < 3:
        return set()
    gaps = [b.before for a, b in pairwise(pieces) if min(len(a.text), len(b.text)) > _PROSE]
    usual = median_low(gaps) if gaps else 1
    both, above = set(), set()
    for place, piece in enumerate(pieces[:-1]):
        if not _may_head(piece) or len(pieces[place + 1].text) < _PROSE:
            continue
        if piece.before > usual and piece.after > usual:
            both.add(place)
        elif piece.before > usual >= 1 and piece.after == usual and len(piece.text) <= _SHORT:
            above.add(place)
    # Without blank lines below, one such line may be an accident; two are a habit.
    found = both | (above if both or len(above) > 1 else set())
    return found if len(found) * 3 <= len(pieces) else set()


def _may_head(piece: Piece) -> bool:
    text = piece.text
    if not 1 < len(text) <= _MAX or piece.start != piece.end:
        return False
    if scene_break(text):
        return False
    return not text.startswith(_NO_HEADING) and not _ENDS_OPEN.search(text)


def roles(pieces: Sequence[Piece], headings: set[int], *, article: bool) -> list[ParagraphRole]:
    """The role of each piece; those at `headings` count for nothing.

    The lead is the one paragraph of an article that stands alone above the first heading.
    """
    right = {place for place, piece in enumerate(pieces) if is_set_right(piece)}
    if len(right) * 2 > len(pieces):  # verse, or a text that was centred by hand
        right = set()
    found: list[ParagraphRole] = [
        "signature" if is_signature(piece) or place in right else "body"
        for place, piece in enumerate(pieces)
    ]
    if article and headings and min(headings) == 1 and found[0] == "body":
        found[0] = "lead"
    return found
