"""A page plan to its display list: absolute places, marked-content seams, in reading order.

Slabs and lines have the axes of the text. Here, and only here, those of a vertical page become the
axes of the sheet: along the line is downwards, from line to line is from right to left.

Everything here works per line item or per slab, never per character. Lists are made when a page is
painted and die with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.faces.lookups import Glyph
from publisher.layout.types import (
    ARTIFACT,
    LEVEL,
    TURNED,
    AnchorOp,
    BeginOp,
    CircleOp,
    ColumnOp,
    DotItem,
    EndOp,
    ImageOp,
    LevelOp,
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
from publisher.layout.vertical import level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
        self.width = laid_out.width
        self.vertical = laid_out.vertical

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
        if slab.level and self.vertical:
            self.vertical = False
            self.slab(slab, self.width - y - slab.height, x)
            self.vertical = True
            return
        if slab.behind:
            self.behind(slab.behind, x, y)
        if slab.anchors:
            self.anchors(slab.anchors, x, y)
        if slab.draws:
            self.seam(slab.tag)
            self.put(slab.draws, x, y)
        line = slab.line
        if line is not None and line.items:
            self.seam(slab.tag)
            (self.column if self.vertical else self.line)(line.items, x, y + slab.baseline)
        if slab.parts:
            self.slabs(slab.parts, x, y)

    def put(self, ops: Iterable[DrawOp], x: float, y: float) -> None:
        """Adds operations given in the axes of the text, from (`x`, `y`)."""
        if self.vertical:
            self.ops += [_turned(_moved(op, x, y), self.width) for op in ops]
        else:
            self.ops += [_moved(op, x, y) for op in ops]

    def anchors(self, anchors: Iterable[str], x: float, y: float) -> None:
        self.put([AnchorOp(anchor, 0.0, 0.0) for anchor in anchors], x, y)

    def column(self, items: Sequence[LineItem], x: float, base: float) -> None:
        """The items of a vertical line; what lies behind text comes first."""
        ops = self.ops
        append = ops.append
        first = len(ops)
        linked = False
        axis = self.width - base  # the line's virtual baseline on the page
        for item in items:
            if type(item) is TextItem:
                append(_column_op(item, axis, x))
                linked = linked or item.link != ""
            elif isinstance(item, PageNumberItem):
                append(_column_op(self.page_number_cell(item), axis, x))
                linked = linked or item.link != ""
            else:
                op = _turned(self.other(item, x, base), self.width)
                if type(item) is RuleItem and item.behind:
                    ops.insert(first, op)
                else:
                    append(op)
                linked = linked or getattr(item, "link", "") != ""
        if linked:
            behind = sum(type(item) is RuleItem and item.behind for item in items)
            _add_links(ops, first + behind, items, (x, base), self.width)

    def page_number_cell(self, item: PageNumberItem) -> TextItem:
        """The label of a target's page, level in one cell."""
        label, face = self._label(item), item.face
        gids = map(face.gid, label)
        glyphs = tuple(Glyph(gid, at, face.advance(gid), 0, 0, 0) for at, gid in enumerate(gids))
        return TextItem(
            item.x, item.dy, face, item.size, label, 0.0, glyphs, item.color, link=item.link,
            width=item.width, rotated=LEVEL,
        )  # fmt: skip

    def _label(self, item: PageNumberItem) -> str:
        return self.laid_out.pagination.label(item.target) or "?"

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
            _add_links(ops, first + behind, items, (x, base))

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
        label = self._label(item)
        width = sum(map(item.face.widths.__getitem__, label)) * item.size / 1000
        left = item.x + (item.width - width) / 2
        text = TextItem(
            left, item.dy, item.face, item.size, label, 0.0, None, item.color, width=width,
            tag="Link" if item.link else "", link=item.link,
        )  # fmt: skip
        return TextOp(x + left, base - item.dy, text)

    def behind(self, ops: Sequence[DrawOp], x: float, y: float) -> None:
        self.seam(ARTIFACT)
        self.put(ops, x, y)

    def band(self, placed: Sequence[Placed], dx: float, dy: float) -> None:
        """Pieces of one tall table row: all rules, then cell after cell."""
        for slab, x, y in placed:
            if slab.behind:
                self.behind(slab.behind, x + dx, y + dy)
            if slab.anchors:
                self.anchors(slab.anchors, x + dx, y + dy)
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
            self.put(_frame_ops(table[frame], foot - head), edge + dx, head + dy)


def _frame_ops(frame: Frame, height: float) -> list[DrawOp]:
    """Fill and rule of a frame, from the edge of its column and its own head."""
    ops: list[DrawOp] = []
    if frame.fill:
        ops.append(RectOp(frame.x, 0.0, frame.width, height, frame.fill))
    if frame.rule and frame.headed:
        ops.append(RectOp(frame.x, 0.0, frame.width, frame.rule, frame.rule_color))
    elif frame.rule:
        ops.append(RectOp(frame.x, 0.0, frame.rule, height, frame.rule_color))
    return ops


_AXIS = (_LINK_ASCENT - _LINK_DESCENT) / 2  # em from the virtual baseline to the em box's middle


def _column_op(item: TextItem, baseline: float, x: float) -> ColumnOp | LevelOp:
    """A piece of a vertical line whose virtual baseline is `baseline` pt from the left."""
    baseline += item.dy
    x += item.x
    if item.rotated == TURNED:
        return ColumnOp(baseline, x, item)
    baseline += _AXIS * item.size
    if not item.rotated:
        return ColumnOp(baseline, x, item)
    width, scale = level(item)
    return LevelOp(baseline - width / 2, x + _LINK_ASCENT * item.size, item, scale)


def _turned(op: DrawOp, page: float) -> DrawOp:
    """An operation in the axes of vertical text as it is on a sheet of width `page`, pt."""
    match op:
        case RectOp() | ImageOp() | LinkOp():
            x, y = page - op.y - op.height, op.x
            return op._replace(x=x, y=y, width=op.height, height=op.width)
        case CircleOp() | AnchorOp():
            return op._replace(x=page - op.y, y=op.x)
        case WaveOp():
            return op._replace(x=page - op.y, y=op.x, down=True)
        case TextOp():
            return _column_op(op.item, page - op.y, op.x - op.item.x)
    return op


def _moved(op: DrawOp, x: float, y: float) -> DrawOp:
    if isinstance(op, BeginOp | EndOp):
        return op
    return op._replace(x=op.x + x, y=op.y + y)


def _add_links(
    ops: list[DrawOp],
    first: int,
    items: Sequence[LineItem],
    place: tuple[float, float],
    page_width: float | None = None,
) -> None:
    """Adds one area for each run of items with the same target, behind the run.

    There it is known which of several links to one target it belongs to.

    Args:
        ops: Takes the areas.
        first: From here on `ops` holds one operation for each item that does not lie behind text.
        items: The line's items.
        place: Start edge and baseline of the line, pt.
        page_width: Of a vertical page, pt: areas are turned with their line.
    """
    x, base = place
    shown = [item for item in items if not (type(item) is RuleItem and item.behind)]
    drawn = ops[first:]
    del ops[first:]
    target, left, right, size, text = "", 0.0, 0.0, 0.0, ""
    for at, item in enumerate((*shown, None)):
        link = getattr(item, "link", "")
        if link != target:
            if target:
                area = _link(target, x + left, base, right - left, (size, text))
                ops.append(area if page_width is None else _turned(area, page_width))
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
    if isinstance(op, TextOp | ColumnOp | LevelOp):
        return op.item.text
    return op.alt if isinstance(op, ImageOp) else ""


def _link(target: str, x: float, base: float, width: float, shown: tuple[float, str]) -> LinkOp:
    size, text = shown
    height = size * (_LINK_ASCENT + _LINK_DESCENT)
    return LinkOp(x, base - size * _LINK_ASCENT, width, height, target, text)
