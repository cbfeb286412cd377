"""What a column of a page offers and what stands in it; heights of slabs.

The records that `publisher.layout.fill` and `publisher.layout.pages` share. Lengths are pt, along
the block axis, from the head of the type area.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from publisher.layout.types import ImageOp, LinkOp
from publisher.record import NamedTuple, dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.layout.floats import Waiting
    from publisher.layout.types import DrawOp, Slab
    from publisher.theme.model import PageGeometry

NEVER = 1000
SLACK = 0.01  # pt: sums of floats may exceed the type area by this much


@dataclass(slots=True)
class PageSetup:
    """What paging needs beside the slabs.

    Attributes:
        geometry: The page; its type area is what is filled.
        leading: Leading of running text, pt: the line grid.
        notes: Slabs of each note, by id.
        separator: The slab between text and notes (gap and rule), or None without notes.
        repeats: Head rows by key, shown again over rows at the head of a page.
    """

    geometry: PageGeometry
    leading: float
    notes: Mapping[str, Sequence[Slab]] = field(default_factory=dict)
    separator: Slab | None = None
    repeats: Mapping[str, Sequence[Slab]] = field(default_factory=dict)


class Room(NamedTuple):
    """What a column has to offer, pt from the head of the type area.

    Attributes:
        top: Where it begins.
        foot: Where notes end.
        limit: Where text ends at the latest; less than `foot` where columns are balanced.
        across: It is as wide as the type area: it takes what stands across all columns.
        fresh: Nothing stands over it, so that what does not fit here fits nowhere.
        headed: Nothing but its heading does, which would stand alone without it.
    """

    top: float
    foot: float
    limit: float
    across: bool
    fresh: bool
    headed: bool = False


End: TypeAlias = Literal["full", "forced", "across", "barred", "end"]


@dataclass(slots=True)
class Column:
    """What stands in a column.

    Attributes:
        placed: Slabs and their tops, pt from the head of the type area: moved figures, repeated
            head rows, then the flow.
        first: How many of these do not belong to the flow here.
        taken: Index of each slab of the flow.
        stop: Where the flow goes on.
        foot: Where the last slab ends, pt.
        notes: At the foot; `carried` wait for the next column.
        carried: Notes that wait.
        brought: Notes that waited stand here now.
        waiting: Figures that wait.
        end: Why it ends: it is full; a page break is forced; what follows stands across the
            columns; what follows may not be passed by waiting figures; there is no more.
        scaled: Pictures scaled to fit, by index.
        overfull: Slabs that are taller than the type area.
    """

    placed: list[tuple[Slab, float]]
    first: int
    taken: list[int]
    stop: int
    foot: float
    notes: list[Slab]
    carried: list[Slab]
    brought: bool
    waiting: list[Waiting]
    end: End
    scaled: dict[int, Slab]
    overfull: list[Slab] = field(default_factory=list)

    @property
    def progress(self) -> bool:
        """Something stands in it."""
        return bool(self.placed or self.brought)


def height_of(slabs: Sequence[Slab]) -> float:
    """Height of slabs below one another, the first one's space before left out, pt."""
    if not slabs:
        return 0.0
    return sum(slab.height + slab.before for slab in slabs) - slabs[0].before


def scaled(slab: Slab, height: float) -> Slab:
    """A picture's slab scaled to a height, about its middle line."""
    factor = height / slab.height
    draws: list[DrawOp] = []
    for op in slab.draws:
        if isinstance(op, ImageOp | LinkOp):
            width = op.width * factor
            draws.append(
                op._replace(
                    x=op.x + (op.width - width) / 2,
                    y=op.y * factor,
                    width=width,
                    height=op.height * factor,
                )
            )
        else:
            draws.append(op)
    return replace(slab, height=height, draws=tuple(draws), least=0.0)


def to_grid(y: float, leading: float) -> float:
    """What is missing to the next line of the grid, pt."""
    shift = -y % leading
    return shift if SLACK < shift < leading - SLACK else 0.0


def fitting(slabs: Sequence[Slab], room: float) -> int:
    """How many note slabs fit into `room`, ending at a legal break with two lines at least."""
    y = 0.0
    count = 0
    for at, slab in enumerate(slabs):
        y += slab.height + (slab.before if at else 0.0)
        if y > room:
            break
        count = at + 1
    while 0 < count < len(slabs) and slabs[count].keep >= NEVER:
        count -= 1
    return count
