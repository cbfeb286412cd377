"""What stands upright on a vertical page: tables, pictures, code and formulas.

They are flowed horizontally, as on any page, in a flow of their own; what comes of it is cut into
blocks no higher than a column is long, and each block is one slab of the vertical flow, as wide on
the page as the slab is high (JLREQ 4.3, 4.4).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.layout.figure import as_display, flow_pictures, picture_size, pictures_of
from publisher.layout.flow import Flow, FlowJob
from publisher.layout.pages import PageSetup, paginate
from publisher.layout.types import Slab
from publisher.theme.model import PageGeometry
from publisher.tree.nodes import CodeBlock, Figure, Image, MathBlock, Paragraph, Table
from publisher.tree.walk import plain_text, walk_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from publisher.layout.types import PagePlan, Placed
    from publisher.tree.nodes import Block

_CAPTION = 12.0  # em of the caption that a block under a narrow picture or table is wide
_CODE_INSET = 2.0  # em from the head of the column
_SPARE = 0.01  # pt
_ROOMY = 1e5  # pt: a width in which no table is narrowed or stretched


def flow_level(flow: Flow, node: Table | Figure | CodeBlock | MathBlock) -> None:
    """Flows a block upright into a vertical flow."""
    inner = _inner(flow)
    width = min(_wanted(inner, node) + _SPARE, inner.width)
    # Code begins where lines do; what is looked at as a whole stands in the middle.
    inset = _CODE_INSET * flow.text_style().size if isinstance(node, CodeBlock) else None
    first = len(flow.slabs)
    _flow(flow, inner, (width, inset), lambda: inner.blocks((node,)))
    if len(flow.slabs) == first + 1:  # what was cut is not moved besides
        if isinstance(node, Figure):
            as_display(flow, first, placement=node.placement)
        elif isinstance(node, Table | CodeBlock):
            as_display(flow, first)


def flow_level_pictures(flow: Flow, pictures: tuple[Image, ...]) -> None:
    """Flows pictures that stand alone in a paragraph."""
    inner = _inner(flow)
    width = _pictures_width(inner, pictures) or inner.width
    first = len(flow.slabs)
    _flow(flow, inner, (width, None), lambda: flow_pictures(inner, pictures))
    as_display(flow, first)


def _inner(flow: Flow) -> Flow:
    """An empty horizontal flow as wide as the page's type area."""
    job = level_job(flow.job)
    inner = Flow(job, job.sheet.page.measure, parent=flow.parent)
    inner.lang = flow.lang
    return inner


def level_job(job: FlowJob) -> FlowJob:
    """The job of the horizontal flows in a vertical one: same document, horizontal styles."""
    if job.level is None:
        sheet = job.sheet.level()
        # A picture fills its block, whose width is chosen here, and is no higher than its tier.
        page, look = job.sheet.page, sheet.figure
        highest = look.max_height * page.column_measure / page.measure
        sheet = replace(sheet, figure=replace(look, max_width=1.0, max_height=highest))
        job.level = replace(job, sheet=sheet, setting=job.setting.level(), text=job)
    job.level.headings = job.headings
    return job.level


def _flow(
    flow: Flow, inner: Flow, place: tuple[float, float | None], make: Callable[[], object]
) -> None:
    """Flows `make` into blocks of a width, at an inset from the column's head or in its middle."""
    width, inset = place
    elements = flow.job.elements
    inner.width = width
    first = len(elements)
    make()
    for element in elements[first:]:
        if element.parent == flow.parent:
            element.attributes += (("WritingMode", "LrTb"),)
    if not inner.slabs:
        return
    flow.space(inner.slabs[0].before)
    for plan in _cut(inner, flow.width):
        slab = Slab(width, parts=tuple(plan.placed), level=True)
        depth = max((y + part.height for part, _, y in plan.placed), default=0.0)
        room = max(flow.width - depth, 0.0)
        slab.x = flow.x + (room / 2 if inset is None else min(inset, room))
        slab.notes = tuple(_notes(plan.placed))
        flow.add(slab)
    flow.space(inner.gap)


def _cut(inner: Flow, length: float) -> list[PagePlan]:
    """The flow in blocks of a length, as if each were a page."""
    job = inner.job
    page = PageGeometry(inner.width, length, 0.0, 0.0, 0.0, 0.0)
    leading = job.sheet.text["body"].leading
    return paginate(inner.slabs, PageSetup(page, leading, repeats=job.repeats))


def _notes(placed: Iterable[Placed]) -> list[str]:
    return [note for slab, _, _ in placed for note in slab.notes]


# --------------------------------------------------------------------------------- widths


def _wanted(inner: Flow, node: Table | Figure | CodeBlock | MathBlock) -> float:
    """How wide a block is on the page: its content, and room for a caption under it."""
    match node:
        case Table():
            from publisher.layout.table import table_width

            natural = table_width(inner, node, _ROOMY)
            return max(natural, _caption_width(inner, node.caption))
        case Figure():
            blocks = [pictures_of(block) for block in node.blocks]
            if not all(blocks):
                return inner.width
            width = _pictures_width(inner, [image for found in blocks for image in found])
            return max(width, _caption_width(inner, node.caption)) or inner.width
        case CodeBlock():
            style, pad = inner.text_style("code"), inner.job.sheet.code.pad
            lines = (line.expandtabs(4) for line in node.text.split("\n"))
            width = max(inner.job.setting.width(line, style, inner.lang) for line in lines)
            return width + 2 * pad + style.start + style.end
        case MathBlock():
            style = inner.text_style("math")
            text = " ".join((node.alt or node.tex).split())
            return inner.job.setting.width(text, style, inner.lang) + style.size


def _pictures_width(inner: Flow, pictures: Iterable[Image]) -> float:
    sizes = (picture_size(inner, image) for image in pictures)
    text = inner.job.text or inner.job
    most = inner.width * text.sheet.figure.max_width
    return min(max((size[0] for size in sizes if size is not None), default=0.0), most)


def _caption_width(inner: Flow, caption: Iterable[Block]) -> float:
    style = inner.text_style("caption")
    widest = max(
        (
            inner.job.setting.width(plain_text(block.content), style, inner.lang)
            for block in walk_blocks(tuple(caption))
            if isinstance(block, Paragraph)
        ),
        default=0.0,
    )
    return min(widest, _CAPTION * style.size)
