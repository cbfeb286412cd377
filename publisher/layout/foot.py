"""Lets full columns end at the foot of the type area, so that facing pages end at one height.

Pages of plain text are full by the line grid. Where keeps left a line empty, or a display ends the
page, what is missing goes over headings and around displays (CLREQ 3.1.4; JLREQ 2.4.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.layout.region import NEVER, SLACK

if TYPE_CHECKING:
    from publisher.layout.region import Column
    from publisher.layout.types import Slab

_MOST = 1.5  # lines that are shared out; a page that is emptier is left as it is
_SPACE = 0.5  # pt; less is no space between slabs

_Placed = list[tuple["Slab", float]]


def at_foot(column: Column, foot: float, leading: float, way: str) -> None:
    """Moves what stands in a full column so that its last line stands at `foot`.

    Args:
        column: The column; nothing is done where it has notes, which stand at the foot already.
        foot: Of the type area, pt from its head.
        leading: Of running text, pt.
        way: ``displays``, ``feather`` or ``ragged``; see `publisher.theme.model.PageGeometry`.
    """
    missing = foot - column.foot
    if way == "ragged" or column.end != "full" or column.notes or not column.placed:
        return
    if not SLACK < missing <= _MOST * leading + SLACK:
        return
    shifts = _feathered(column.placed, missing) if way == "feather" else None
    shifts = shifts or _around_displays(column.placed, missing, leading)
    if shifts:
        column.placed = [
            (slab, top + by) for (slab, top), by in zip(column.placed, shifts, strict=True)
        ]
        column.foot = foot


def _spaced(placed: _Placed) -> list[int]:
    """Places with a space over them that may grow: over headings, at both ends of a display.

    None are inside a display, or where a slab is kept with what is above.
    """
    found = []
    for at in range(1, len(placed)):
        slab, top = placed[at]
        above, y = placed[at - 1]
        if top - y - above.height <= _SPACE or slab.keep >= NEVER:
            continue
        edge = slab.grid != above.grid or slab.opens is not None or slab.group is not above.group
        if edge and (slab.frame < 0 or above.frame < 0):
            found.append(at)
    return found


def _around_displays(placed: _Placed, missing: float, leading: float) -> list[float]:
    """How far each slab moves down; nothing where there is no display or heading to move.

    Text keeps to the grid, so that it moves by whole lines; what remains of them goes over a
    display under the last line of text. No space grows by more than a line.
    """
    count, spaces = len(placed), _spaced(placed)
    text = next((at for at in range(count - 1, -1, -1) if placed[at][0].grid), -1)
    lines = int((missing + 2 * SLACK) / leading)
    rest = missing - lines * leading
    if abs(rest) <= 2 * SLACK:
        rest = 0.0
    last = next((at for at in spaces if at > text), None)
    if rest and last is None:
        return []
    shifts = [0.0] * count
    if rest and last is not None:
        shifts = _moved(count, last, rest)
        spaces = [at for at in spaces if at < last]
    more = _lines_moved(placed, spaces, lines * leading if rest else missing) if lines else shifts
    if not more:
        return []
    return [a + b for a, b in zip(shifts, more, strict=True)] if lines else shifts


def _lines_moved(placed: _Placed, spaces: list[int], by: float) -> list[float]:
    """Moves text down by a line: under the last heading, or with the last display."""
    count = len(placed)
    headings = [at for at in spaces if placed[at][0].opens is not None]
    if headings:
        return _moved(count, headings[-1], by)
    if not spaces:
        return []
    last = spaces[-1]
    before = [at for at in spaces[:-1] if not any(slab.grid for slab, _ in placed[at:last])]
    if not before or not placed[last][0].grid:
        return _moved(count, last, by)
    # A display between texts stays in the middle of its space.
    half = _moved(count, before[0], by / 2)
    return [a + b for a, b in zip(half, _moved(count, last, by / 2), strict=True)]


def _moved(count: int, first: int, by: float) -> list[float]:
    return [0.0] * first + [by] * (count - first)


def _feathered(placed: _Placed, missing: float) -> list[float]:
    """Every line gap and space takes the same share."""
    spaces = set(_spaced(placed))
    gaps = [at > 0 and (placed[at][0].grid or at in spaces) for at in range(len(placed))]
    total = sum(gaps)
    if not total:
        return []
    shifts, passed = [], 0
    for gap in gaps:
        passed += gap
        shifts.append(missing * passed / total)
    return shifts
