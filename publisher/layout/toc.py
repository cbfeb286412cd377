"""The table of contents: set once with room kept for numbers, which are filled in afterwards.

The number column is as wide as the widest page label can be, so that the line count of the
contents does not depend on page numbers and no second layout is needed.
"""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from publisher.layout.flow import Flow, line_slab, line_width, restyled
from publisher.layout.types import LinkOp, Placed, Slab, TextItem
from publisher.record import dataclass
from publisher.tree.nodes import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from publisher.layout.flow import FlowJob
    from publisher.layout.types import Line, OutlineEntry
    from publisher.theme.model import StyleSheet, TextStyle
    from publisher.tree.nodes import Inlines

_GRID = 0.5  # em: pitch of the leader dots
_LEAST_LEADER = 2.0  # em: shorter leaders are left out
_BEFORE_LEADER = 0.5  # em between a title and its leader
_HANG = 1.0  # em that the turnover of a long title is set in
_DEEPEST = 6


@dataclass(slots=True)
class TocLine:
    """The last line of an entry, which its leader and page number are added to.

    `inset` is where the line begins and `end` where its text ends, pt from the start edge.
    """

    slab: Slab
    target: str
    inset: float
    end: float
    style: TextStyle


@dataclass(slots=True)
class Contents:
    """Slabs of a table of contents and the lines that wait for numbers."""

    slabs: list[Slab]
    lines: list[TocLine]
    width: float


def listed(sections: Sequence[OutlineEntry], depth: int) -> list[OutlineEntry]:
    """The sections that a table of contents of this depth shows."""
    return [entry for entry in sections if entry.listed and entry.level <= depth]


def contents(
    job: FlowJob, entries: Sequence[OutlineEntry], *, title: Inlines, most_pages: int
) -> Contents:
    """Sets a table of contents without its numbers.

    Args:
        job: What the flows of the document share.
        entries: The sections to list, in order.
        title: The heading over the contents; the style sheet's when empty.
        most_pages: Upper bound of page numbers: the number column fits it.
    """
    sheet = job.sheet
    width = sheet.page.measure
    flow = Flow(job, width)
    flow.parent = flow.element("TOC", parent=0)
    heading = title or (Text(sheet.toc.title),)
    style = sheet.text["toc-title"]
    flow.paragraph(heading, style, flow.element("Caption"))
    flow.hold = 2
    widest = page_number("0" * len(str(most_pages)), sheet)
    reserve = job.setting.width(widest, sheet.text["toc.1"], sheet.language)
    found = []
    nested: list[tuple[int, int]] = []  # level and element of each list that is open
    for entry in entries:
        flow.parent = _list_for(flow, entry.level, nested)
        found.append(_entry(flow, entry, reserve))
    return Contents(flow.slabs, found, width)


def _list_for(flow: Flow, level: int, nested: list[tuple[int, int]]) -> int:
    """The TOC element of an entry: deeper entries stand in lists inside (14.8.4.2)."""
    while len(nested) > 1 and nested[-1][0] > level:
        nested.pop()
    if not nested:
        nested.append((level, flow.parent))
    elif level > nested[-1][0]:
        nested.append((level, flow.element("TOC", parent=nested[-1][1])))
    return nested[-1][1]


def _entry(flow: Flow, entry: OutlineEntry, reserve: float) -> TocLine:
    job, sheet = flow.job, flow.job.sheet
    style = sheet.text[f"toc.{min(entry.level, _DEEPEST)}"]
    em = sheet.text["toc.1"].size
    hang = _HANG * style.size
    inset = min((entry.level - 1) * sheet.toc.step * em, flow.width / 3) + style.start + hang
    room = reserve + sheet.toc.clearance * em
    measure = max(flow.width - inset - room - style.end, 4 * style.size)
    bare = restyled(style, "start", bare=True)
    lines = job.setting.paragraph(
        (Text(entry.title),), bare, measure, lang=flow.lang, first_indent=-hang
    )
    tag = flow.element("TOCI")
    flow.space(style.before)
    first = len(flow.slabs)
    flow.x = inset
    flow.lines(lines, bare, tag)
    flow.x = 0.0
    flow.space(style.after)
    for slab in flow.slabs[first:]:
        area = LinkOp(-inset, 0.0, flow.width, slab.height, f"#{entry.id}", entry.title)
        slab.draws = (area,)
        slab.keep = 1000 if slab is not flow.slabs[first] else slab.keep
    last = flow.slabs[-1]
    end = inset + (line_width(last.line) if last.line is not None else 0.0)
    return TocLine(last, entry.id, inset, end, style)


def fill_numbers(job: FlowJob, found: Contents, label: Callable[[str], str]) -> None:
    """Adds leaders and page labels to the entries; `label` gives the page label of an id."""
    sheet = job.sheet
    leading = sheet.text["toc.1"]
    em = leading.size
    leader = job.setting.line(sheet.toc.leader, leading, sheet.language)
    advance = line_width(leader)
    pitch = max(ceil(advance / (_GRID * em) - 1e-6), 1) * _GRID * em
    numbers = {
        line.target: job.setting.line(text, line.style, sheet.language)
        for line in found.lines
        if (text := page_number(label(line.target), sheet))
    }
    # The dots stand on a grid counted from the end edge, so that they align between lines, and
    # all leaders end beside the widest number.
    widest = max(map(line_width, numbers.values()), default=0.0)
    last = ceil((widest + sheet.toc.clearance * em) / pitch - 1e-6)
    for line in found.lines:
        number = numbers.get(line.target)
        if number is None:
            continue
        at = found.width - line_width(number)
        slab, parts = line.slab, []
        first = floor((found.width - line.end - _BEFORE_LEADER * em) / pitch)
        count = first - last
        if count * pitch >= _LEAST_LEADER * em and advance:
            dots = _repeated(leader, count, pitch, advance)
            x = found.width - first * pitch - line.inset
            parts.append(Placed(line_slab(dots, leading), x, slab.baseline - _base(leading)))
        foot = line_slab(number, line.style, slab.tag)
        parts.append(Placed(foot, at - line.inset, slab.baseline - foot.baseline))
        slab.parts = tuple(parts)


_HAN = str.maketrans("0123456789", "〇一二三四五六七八九")


def page_number(label: str, sheet: StyleSheet) -> str:
    """A page label as the contents show it: in vertical text in Han figures, if so asked."""
    return label.translate(_HAN) if sheet.vertical and sheet.toc.numbers == "han" else label


def _base(style: TextStyle) -> float:
    return (style.leading - style.size) / 2 + 0.88 * style.size


def _repeated(leader: Line, count: int, pitch: float, advance: float) -> Line:
    """A leader `count` times over as one item."""
    item = leader.items[0]
    if len(leader.items) != 1 or not isinstance(item, TextItem) or item.glyphs is not None:
        items = tuple(
            each._replace(x=each.x + at * pitch) for at in range(count) for each in leader.items
        )
    else:
        items = (
            item._replace(text=item.text * count, spacing=pitch - advance, width=count * pitch),
        )
    return type(leader)(0, 0, items, leader.ascent, leader.descent)
