"""A page plan to its display list: absolute places, marked-content seams, in reading order.

Everything here works per line item or per slab, never per character. Lists are made when a page is
painted and die with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.layout.types import (
    ARTIFACT,
    AnchorOp,
    BeginOp,
    CircleOp,
    DotItem,
    EndOp,
    ImageOp,
    LinkOp,
    PageNumberItem,
    PictureItem,
    Placed,
    RectOp,
    RuleItem,
    TextItem,
    TextOp,
    WaveItem,
    WaveOp,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.layout.types import (
        DisplayList,
        DrawOp,
        Frame,
        LaidOut,
        LineItem,
        PagePlan,
        Slab,
    )

_NONE = -99  # no marked content is open
_LINK_ASCENT, _LINK_DESCENT = 0.88, 0.12  # em: a link's area is the em box
_END = EndOp()


def display(laid_out: LaidOut, plan: PagePlan) -> DisplayList:
    """What is drawn on a page, in reading order: text, notes, then running heads and folio.

    Coordinates are pt from the head left corner of the page, y downwards. Each stretch of one
    structure element stands between `BeginOp` and `EndOp`; fills, rules, running heads and folios
    stand in artifacts (element -1).
    """
    return _Page(laid_out).show(plan.placed)


class _Page:
    """The list being made, and which marked content is open in it."""

    def __init__(self, laid_out: LaidOut) -> None:
        self.laid_out = laid_out
        self.ops: DisplayList = []
        self.open = _NONE

    def show(self, placed: Sequence[Placed]) -> DisplayList:
        self.slabs(placed, 0.0, 0.0)
        self.seam(_NONE)
        return self.ops

    def seam(self, element: int) -> None:
        """Closes the open marked content and begins that of another element."""
        if self.open == element:
            return
        if self.open != _NONE:
            self.ops.append(_END)
        if element != _NONE:
            self.ops.append(BeginOp(element))
        self.open = element

    def slabs(self, placed: Sequence[Placed], dx: float, dy: float) -> None:
        """Shows slabs in order; frames first, tall rows' pieces cell by cell."""
        framed = False
        at, total = 0, len(placed)
        while at < total:
            slab, x, y = placed[at]
            if slab.frame >= 0 and not framed:
                self.frames(placed, dx, dy)
                framed = True
            if slab.band:
                end = at + 1
                while end < total and placed[end].slab.band == slab.band:
                    end += 1
                self.band(placed[at:end], dx, dy)
                at = end
                continue
            self.slab(slab, x + dx, y + dy)
            at += 1

    def slab(self, slab: Slab, x: float, y: float) -> None:
        if slab.behind:
            self.behind(slab.behind, x, y)
        if slab.anchors:
            self.ops += [AnchorOp(anchor, x, y) for anchor in slab.anchors]
        if slab.draws:
            self.seam(slab.tag)
            self.ops += [_moved(op, x, y) for op in slab.draws]
        line = slab.line
        if line is not None and line.items:
            self.seam(slab.tag)
            self.line(line.items, x, y + slab.baseline)
        if slab.parts:
            self.slabs(slab.parts, x, y)

    def line(self, items: Sequence[LineItem], x: float, base: float) -> None:
        """The items of a line; what lies behind text comes first."""
        ops = self.ops
        append = ops.append
        first = len(ops)
        linked = False
        for item in items:
            if type(item) is TextItem:
                append(TextOp(x + item.x, base - item.dy, item))
                linked = linked or item.link != ""
            else:
                op = self.other(item, x, base)
                if type(item) is RuleItem and item.behind:
                    ops.insert(first, op)
                else:
                    append(op)
                linked = linked or getattr(item, "link", "") != ""
        if linked:
            behind = sum(type(item) is RuleItem and item.behind for item in items)
            _add_links(ops, first + behind, items, x, base)

    def other(self, item: LineItem, x: float, base: float) -> DrawOp:
        """The operation of an item that is not plain text."""
        if isinstance(item, PageNumberItem):
            return self.page_number(item, x, base)
        left, up = x + item.x, base - item.dy
        if isinstance(item, RuleItem):
            return RectOp(left, up - item.height, item.width, item.height, item.color)
        if isinstance(item, DotItem):
            return CircleOp(left, up, item.radius, item.shape, item.color)
        if isinstance(item, WaveItem):
            return WaveOp(left, up, item.width, item.amplitude, item.color)
        if isinstance(item, PictureItem):
            up -= item.height
            size = item.width, item.height
            return ImageOp(left, up, *size, item.resource, item.alt, item.link, inline=True)
        return TextOp(left, up, item)

    def page_number(self, item: PageNumberItem, x: float, base: float) -> DrawOp:
        """The label of a target's page, in the middle of the room kept for it.

        The rest is less than a digit on each side: it reads as the gap between Han and digits.
        """
        label = self.laid_out.pagination.label(item.target) or "?"
        width = sum(map(item.face.widths.__getitem__, label)) * item.size / 1000
        left = item.x + (item.width - width) / 2
        text = TextItem(
            left, item.dy, item.face, item.size, label, 0.0, None, item.color, width=width,
            tag="Link" if item.link else "", link=item.link,
        )  # fmt: skip
        return TextOp(x + left, base - item.dy, text)

    def behind(self, ops: Sequence[DrawOp], x: float, y: float) -> None:
        self.seam(ARTIFACT)
        self.ops += [_moved(op, x, y) for op in ops]

    def band(self, placed: Sequence[Placed], dx: float, dy: float) -> None:
        """Pieces of one tall table row: all rules, then cell after cell."""
        for slab, x, y in placed:
            if slab.behind:
                self.behind(slab.behind, x + dx, y + dy)
            if slab.anchors:
                self.ops += [AnchorOp(anchor, x + dx, y + dy) for anchor in slab.anchors]
        for cell in range(len(placed[0].slab.parts)):
            for slab, x, y in placed:
                self.slabs(slab.parts[cell : cell + 1], x + dx, y + dy)

    # --------------------------------------------------------------------------------- frames

    def frames(self, placed: Sequence[Placed], dx: float, dy: float) -> None:
        """Fills and rules of all frames on this page, outer ones first."""
        table = self.laid_out.frames
        extents: dict[tuple[int, float], tuple[float, float]] = {}  # head and foot in a column
        for slab, x, y in placed:
            frame, edge = slab.frame, round(x - slab.x, 3)
            while frame >= 0:
                head, foot = extents.get((frame, edge), (y, y))
                extents[frame, edge] = head, max(foot, y + slab.height)
                frame = table[frame].parent
        self.seam(ARTIFACT)
        for frame, edge in sorted(extents):
            head, foot = extents[frame, edge]
            self.ops += _frame_ops(table[frame], edge + dx, head + dy, foot - head)


def _frame_ops(frame: Frame, edge: float, y: float, height: float) -> list[DrawOp]:
    ops: list[DrawOp] = []
    if frame.fill:
        ops.append(RectOp(edge + frame.x, y, frame.width, height, frame.fill))
    if frame.rule:
        ops.append(RectOp(edge + frame.x, y, frame.rule, height, frame.rule_color))
    return ops


def _moved(op: DrawOp, x: float, y: float) -> DrawOp:
    if isinstance(op, BeginOp | EndOp):
        return op
    return op._replace(x=op.x + x, y=op.y + y)


def _add_links(
    ops: list[DrawOp], first: int, items: Sequence[LineItem], x: float, base: float
) -> None:
    """Adds one area for each run of items with the same target, behind the run.

    There it is known which of several links to one target it belongs to.

    Args:
        ops: Takes the areas.
        first: From here on `ops` holds one operation for each item that does not lie behind text.
        items: The line's items.
        x: Start edge of the line, pt.
        base: Its baseline, pt.
    """
    shown = [item for item in items if not (type(item) is RuleItem and item.behind)]
    drawn = ops[first:]
    del ops[first:]
    target, left, right, size, text = "", 0.0, 0.0, 0.0, ""
    for at, item in enumerate((*shown, None)):
        link = getattr(item, "link", "")
        if link != target:
            if target:
                ops.append(_link(target, x + left, base, right - left, (size, text)))
            target, text, size = link, "", 0.0
            left = item.x if item is not None else 0.0
        if link and item is not None:
            right = item.x + getattr(item, "width", 0.0)
            size = max(size, getattr(item, "size", 0.0) or getattr(item, "height", 0.0))
            text += _text(drawn[at])
        if item is not None:
            ops.append(drawn[at])


def _text(op: DrawOp) -> str:
    """What an operation says."""
    if isinstance(op, TextOp):
        return op.item.text
    return op.alt if isinstance(op, ImageOp) else ""


def _link(target: str, x: float, base: float, width: float, shown: tuple[float, str]) -> LinkOp:
    size, text = shown
    height = size * (_LINK_ASCENT + _LINK_DESCENT)
    return LinkOp(x, base - size * _LINK_ASCENT, width, height, target, text)
