"""Figures: pictures fitted into the type area, with their captions under them."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from publisher.events import Diagnostic
from publisher.layout.flow import NEVER, restyled
from publisher.layout.pictures import fitted
from publisher.layout.types import Display, ImageOp, Slab
from publisher.tree.nodes import Image, Paragraph, Text
from publisher.tree.walk import plain_text, walk_blocks

if TYPE_CHECKING:
    from publisher.layout.flow import Flow
    from publisher.tree.nodes import Block, Blocks, Figure, Inlines

_LEAST = 0.65  # a picture may lose a third of its height rather than leave a page half empty
_SMALL_LINES = 6  # lower pictures are not scaled to fit
_SMALLEST = 0.85  # so far a picture that may be moved is rather scaled
_PATIENCE = 3.0  # lines that rather stay empty than that a figure is moved
_LED_IN = 0.25  # of the type area: the same where the text before says that it follows
_COLONS = ("：", ":", "︓")
WIDE = "wide"  # class of figures and tables that stand across all columns


def flow_figure(flow: Flow, node: Figure) -> None:
    """Flows a figure; its pictures and caption stay on one page."""
    if id(node) in flow.job.beside and flow.main:
        _beside(flow, node)
        return
    wide = WIDE in node.attr.classes and flow.main and flow.job.sheet.page.columns > 1
    first = len(flow.slabs)
    with flow.across(when=wide):
        _figure(flow, node)
    as_display(flow, first, placement=node.placement, wide=wide)


def _beside(flow: Flow, node: Figure) -> None:
    """Takes the room of a figure that text will run beside: that share of its height.

    Where there is too little text, what comes after it begins below the figure. Nothing is drawn:
    this is for the pages of Word.
    """
    sheet = flow.job.sheet
    width, gap = sheet.beside()
    first = len(flow.slabs)
    with flow.inside(end=flow.width - width):
        _figure(flow, node)
    own = flow.slabs[first:]
    height = sum(slab.height + slab.before for slab in own)
    text = sum(sheet.height_beside(plain_text(p.content)) for p in flow.job.beside[id(node)])
    share = max((width + gap) / flow.width, 1 - text / height if height else 0.0)
    flow.hold = 1
    for slab in own:
        slab.height *= share
        slab.before *= share


def flow_lone(flow: Flow, pictures: tuple[Image, ...]) -> None:
    """Flows the pictures of a paragraph that holds nothing else."""
    first = len(flow.slabs)
    flow_pictures(flow, pictures)
    as_display(flow, first)


def as_display(
    flow: Flow,
    first: int,
    last: int | None = None,
    *,
    placement: str = "",
    wide: bool = False,
    highest: float = 1.0,
) -> None:
    """Makes slabs from `first` one figure or table, which may wait for the head of a page.

    Args:
        flow: The flow.
        first: Index of its first slab.
        last: One past its last slab; None for all that follow.
        placement: ``here`` or ``float``; what the style sheet says without.
        wide: It stands across all columns.
        highest: Share of the type area up to which it is moved.
    """
    own = flow.slabs[first:last]
    if not own or flow.job.sheet.filled:  # a word processor moves and scales none
        return
    look, page = flow.job.sheet.figure, flow.job.sheet.page
    height = sum(slab.height + slab.before for slab in own) - own[0].before
    movable = flow.main and (placement or look.placement) == "float"
    movable = movable and height <= page.height_of_type * highest
    wide = wide and movable
    lines = page.height_of_type / flow.text_style("body").leading
    led_in = isinstance(flow.previous, Paragraph) and plain_text(
        flow.previous.content
    ).rstrip().endswith(_COLONS)
    group = Display(
        level=max(flow.section_depth, 1),
        movable=movable,
        wide=wide,
        patience=lines * _LED_IN if led_in else _PATIENCE,
        after=look.after,
        smallest=_SMALLEST,
    )
    for slab in own:
        slab.group = group
        slab.span = slab.span and not wide


def _figure(flow: Flow, node: Figure) -> None:
    look = flow.job.sheet.figure
    flow.space(look.before)
    caption = " ".join(
        plain_text(block.content)
        for block in walk_blocks(node.caption)
        if isinstance(block, Paragraph)
    )
    first = len(flow.slabs)
    tags: list[int] = []
    with flow.inside(style="caption"):
        for block in node.blocks:
            pictures = pictures_of(block)
            if pictures:
                with flow.attributed(block.attr):
                    tags += flow_pictures(flow, pictures, fallback=caption)
            else:
                flow.style = "body"
                flow.blocks((block,))
                flow.style = "caption"
        if node.caption:
            # A caption belongs to one figure; under several it is text like any other.
            one = tags[0] if len(tags) == 1 else -1
            with flow.inside(style="caption", parent=_caption_element(flow, one)):
                _caption(flow, node.caption, kept=len(flow.slabs) > first)
    flow.space(look.after)


def pictures_of(block: Block) -> tuple[Image, ...]:
    """The pictures of a paragraph that holds nothing else; an empty tuple for other blocks."""
    if not isinstance(block, Paragraph):
        return ()
    return lone_pictures(block.content)


def lone_pictures(content: Inlines) -> tuple[Image, ...]:
    """The pictures of a paragraph's content when there is nothing else in it."""
    found: list[Image] = []
    for inline in content:
        if isinstance(inline, Image):
            found.append(inline)
        elif not (isinstance(inline, Text) and not inline.text.strip()):
            return ()
    return tuple(found)


def flow_pictures(flow: Flow, pictures: tuple[Image, ...], *, fallback: str = "") -> list[int]:
    """Flows pictures below one another, centred; `fallback` describes those without `alt`.

    Returns:
        Their structure elements.
    """
    look = flow.job.sheet.figure
    tags: list[int] = []
    for image in pictures:
        size = picture_size(flow, image)
        alt = image.alt or fallback
        if size is None:
            _unseen(flow, image)
            continue
        width, height = size
        _reduced(flow, image, height)
        tag = -1  # without words a picture is decoration
        if alt:
            tag = flow.element("Figure", ("Alt", alt))
            tags.append(tag)
        x = flow.x + (flow.width - width) / 2
        slab = Slab(height, height, x, tag=tag)
        slab.draws = (ImageOp(0.0, 0.0, width, height, image.resource, alt),)
        scales = not flow.job.sheet.filled  # word processors leave the room empty
        if scales and height > _SMALL_LINES * flow.text_style("body").leading:
            slab.least = height * _LEAST
        flow.add(slab)
        flow.space(look.gap)
    return tags


def picture_size(flow: Flow, image: Image) -> tuple[float, float] | None:
    """Width and height of a picture here, pt, or None when nothing is known of it."""
    look, page = flow.job.sheet.figure, flow.job.sheet.page
    room = flow.width * look.max_width, page.height_of_type * look.max_height
    return fitted(image, flow.job.resources.get(image.resource), room)


def _reduced(flow: Flow, image: Image, height: float) -> None:
    """Reports a picture whose own height is more than a page's."""
    own = fitted(image, flow.job.resources.get(image.resource), (inf, inf))
    if own is None or own[1] <= flow.job.sheet.page.height:
        return
    percent = f"{100 * height / own[1]:.0f}"
    picture = image.alt or image.resource
    args = (("picture", picture), ("percent", percent))
    flow.job.report(Diagnostic("layout.picture-reduced", args=args))


def _unseen(flow: Flow, image: Image) -> None:
    """A picture that cannot be shown leaves its description."""
    flow.job.report(
        Diagnostic("layout.picture-unknown", args=(("picture", image.alt or image.resource),))
    )
    if image.alt:
        style = restyled(flow.text_style("caption"))
        flow.paragraph((Text(image.alt),), style, flow.element("P"))


def _caption_element(flow: Flow, figure: int) -> int:
    return flow.element("Caption", parent=figure) if figure >= 0 else flow.element("Div")


def _caption(flow: Flow, caption: Blocks, *, kept: bool) -> None:
    if kept:
        flow.space(flow.job.sheet.figure.gap)
        flow.hold = max(flow.hold, 1)
    first = len(flow.slabs)
    flow.blocks(caption)
    for slab in flow.slabs[first + 1 :]:
        slab.keep = NEVER
