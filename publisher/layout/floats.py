"""Figures and tables that wait for the head of the next page, while text fills the one they leave.

They keep their order among one another, never stand before their place in the source, and never
pass a forced page break or a heading of their own section's level or a higher one. One that calls
notes is passed by no text that calls notes, so that these keep their order too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.layout.types import Display, Slab

_NEVER = 1000
_SLACK = 0.1  # pt
_ENOUGH = 0.5  # of the room left, which text must fill for a figure to be moved


class Waiting(NamedTuple):
    """A figure that waits: the index of its first slab, its slabs, and what it is."""

    start: int
    slabs: Sequence[Slab]
    group: Display


def group_end(slabs: Sequence[Slab], at: int) -> int:
    """Index after the last slab of the figure or table that begins at `at`."""
    group, end = slabs[at].group, at + 1
    while end < len(slabs) and slabs[end].group is group:
        end += 1
    return end


def bars(slab: Slab, waiting: Sequence[Waiting]) -> bool:
    """Whether waiting figures may not pass this slab."""
    if slab.page:
        return True
    if slab.notes and any(part.notes for each in waiting for part in each.slabs):
        return True
    group = slab.group
    if group is not None and not (group.movable or group.wide):
        return True
    opens = slab.opens
    return opens is not None and any(opens.level <= each.group.level for each in waiting)


def moves(slabs: Sequence[Slab], figure: tuple[int, int], rest: float, leading: float) -> bool:
    """Whether a figure that may be moved had better be, with `rest` pt left of the column.

    It stays where it fits, where a picture need not be scaled much to fit, where little would be
    left empty before it, and where no text could fill the room.
    """
    at, end = figure
    group = slabs[at].group
    assert group is not None
    own = slabs[at:end]
    height = sum(slab.height + slab.before for slab in own) - own[0].before
    follow = end
    while follow < len(slabs) and slabs[follow].keep >= _NEVER and not slabs[follow].page:
        height += slabs[follow].height + slabs[follow].before
        follow += 1
    if height <= rest or rest <= group.patience * leading + _SLACK:
        return False
    picture = max(own, key=lambda slab: slab.height)
    over = height - rest
    if picture.least and picture.height - over >= picture.height * group.smallest:
        return False
    filled = _text_after(slabs, end, Waiting(at, own, group), rest)
    return filled >= rest * _ENOUGH


def _text_after(slabs: Sequence[Slab], at: int, figure: Waiting, wanted: float) -> float:
    """Height of the text from `at` on that may come before the figure, up to what is wanted, pt."""
    height = 0.0
    me = (figure,)
    while at < len(slabs) and height < wanted and not bars(slabs[at], me):
        if slabs[at].group is None:
            height += slabs[at].height + slabs[at].before
        at += 1
    return height
