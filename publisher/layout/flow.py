"""The flow: a vertical list of slabs that blocks append to, one after the other.

`Flow` holds where the next slab goes (inset, width, pending space, pending page break, lines to be
kept with a heading); `publisher.layout.blocks` decides what goes there for each kind of block.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from publisher.layout.types import Element, Placed, Slab
from publisher.record import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from publisher.events import Report
    from publisher.layout.setting import Setting
    from publisher.layout.types import Frame, Line, OutlineEntry
    from publisher.theme.model import StyleSheet, TextStyle
    from publisher.tree.meta import Resource
    from publisher.tree.nodes import Align, Attr, Block, Blocks, Inlines, Paragraph, Pos

NEVER = 1000
HEADING_HOLDS = 2  # body lines kept with a heading (cjk-typography 12; CLREQ 3.4)
_MINOR = 500  # JLREQ treats widows and orphans as minor: half the penalty
EM_ASCENT = 0.88  # the em box of CJK faces stands 0.88 em over the baseline
_BETTER = 300  # a heading and one line stand at a foot where more than three would be empty else
_RATHER = 800  # a small display is broken only where eight lines would be left empty else
_NARROWEST = 6.0  # em that all insets together leave for text, or half of a narrower column


@dataclass(slots=True)
class FlowJob:
    """What all flows of one document share.

    Attributes:
        sheet: Computed styles.
        setting: Sets paragraphs.
        report: Takes diagnostics.
        dispatch: Flows blocks (`publisher.layout.blocks.flow_blocks`).
        resources: Records of pictures by id.
        labels: Label of each called note, by id.
        elements: Structure elements made so far.
        frames: Frames made so far.
        notes: Slabs of each note, by id.
        repeats: Head rows by key.
        sections: Outline entry of each section seen, in order.
        chapters: Ids of the sections that are chapters.
        contents_at: Index of the slab before which the contents stand and their depth, or None.
        wants_contents: A contents is made, so that its place mark counts.
        title_slabs: How many slabs the title block over an article has.
        bands: Tall table rows met so far.
        places: Where the text of each element came from, if that is wanted.
        headings: Level of the titled section that is open; 0 before all. Tagged headings skip no
            level, whatever levels the sections have (ISO 14289-1, 7.4.2).
        level: The job of what stands upright on vertical pages, once there is some.
        text: In such a job, that of the document's text.
        owners: First structure element, block or term, its language, for all in order; kept
            where somebody asks where in the tree pages begin.
        beside: Figures (by identity) with the paragraphs after them that will run beside them,
            where the sheet fills its lines.
    """

    sheet: StyleSheet
    setting: Setting
    report: Report
    dispatch: Callable[[Flow, Blocks], None]
    resources: Mapping[str, Resource] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    elements: list[Element] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    notes: dict[str, list[Slab]] = field(default_factory=dict)
    repeats: dict[str, list[Slab]] = field(default_factory=dict)
    sections: list[OutlineEntry] = field(default_factory=list)
    chapters: set[str] = field(default_factory=set)
    contents_at: ContentsMark | None = None
    wants_contents: bool = False
    title_slabs: int = 0
    bands: int = 0
    headings: int = 0
    level: FlowJob | None = None
    text: FlowJob | None = None
    places: dict[int, Pos] | None = None
    owners: list[tuple[int, Block | Inlines, str]] | None = None
    beside: dict[int, tuple[Paragraph, ...]] = field(default_factory=dict)

    @property
    def heading_role(self) -> str:
        """Role of the next heading that is no section's: one below the last that is open.

        Before all sections it is above none of them, whatever level they begin with.
        """
        return f"H{min(self.headings + 1, 6) if self.headings else 6}"


@dataclass(frozen=True, slots=True)
class ContentsMark:
    """Where the tree asks for the contents: before slab `at`, `depth` levels, under `title`."""

    at: int
    depth: int
    title: Inlines
    page: str


class Flow:
    """A column that slabs are appended to.

    Attributes:
        job: What all flows of the document share.
        styles: Text styles by key.
        slabs: The slabs so far.
        x: Inset of the next slab from the start edge of the column, pt.
        measure: Of the column itself, pt.
        width: Measure of the next slab, pt.
        style: Key of the style of plain paragraphs here.
        parent: Element that new elements belong to.
        lang: Language of the blocks here.
        gap: Space wanted before the next slab, pt.
        hold: How many next slabs must stay on the page of the last one.
        prefer: How many next slabs had better stay there.
        page: Page break wanted before the next slab.
        grid: Plain paragraphs stand on the line grid.
        frame: Frame around the next slab, or -1.
        anchors: Ids that wait for the next slab.
        part: Only parts and volumes are open, so that a section here is a chapter.
        flush: Plain paragraphs here have no first-line indent.
        span: Slabs here stand across all columns of the page.
        previous: The block before, or None.
        align: Alignment of plain paragraphs here, or empty for their style's.
        depth: Depth of lists, for bullets.
        section_depth: How many sections are open.
        listed: No open section is left out of the contents.
    """

    def __init__(
        self, job: FlowJob, width: float, *, style: str = "body", parent: int = -1
    ) -> None:
        self.job = job
        self.styles = job.sheet.text
        self.slabs: list[Slab] = []
        self.x = 0.0
        self.measure = self.width = width
        self.style = style
        self.parent = parent
        self.lang = job.sheet.language
        self.gap = 0.0
        self.hold = 0
        self.prefer = 0
        self.page = ""
        self.grid = False
        self.frame = -1
        self.anchors: tuple[str, ...] = ()
        self.part = False
        self.flush = False
        self.span = False
        self.previous: Block | None = None
        self.align: Align = ""
        self.depth = 0
        self.section_depth = 0
        self.listed = True

    # --------------------------------------------------------------------------------- inside

    def blocks(self, blocks: Blocks) -> None:
        """Flows blocks here."""
        self.job.dispatch(self, blocks)

    def text_style(self, key: str = "") -> TextStyle:
        """The style of a key; of plain paragraphs here without one."""
        return self.styles[key or self.style]

    def column(self, width: float, *, style: str, parent: int) -> Flow:
        """An empty flow of its own, such as a table cell's."""
        flow = Flow(self.job, width, style=style, parent=parent)
        flow.lang, flow.styles = self.lang, self.styles
        return flow

    @contextmanager
    def inside(
        self,
        *,
        start: float = 0.0,
        end: float = 0.0,
        style: str = "",
        parent: int = -1,
        flush: bool = False,
    ) -> Iterator[None]:
        """Flows a container's blocks: inset, with their own plain style and parent element."""
        kept = (self.x, self.width, self.style, self.parent, self.grid, self.part, self.flush)
        floor = min(_NARROWEST * self.text_style(style).size, self.measure / 2)
        room = max(self.width - floor, 0.0)
        start = min(start, room)
        end = min(end, room - start)
        self.x += start
        self.width -= start + end
        self.style = style or self.style
        self.parent = parent if parent >= 0 else self.parent
        self.grid = self.part = False
        self.flush = flush
        try:
            yield
        finally:
            self.x, self.width, self.style, self.parent, self.grid, self.part, self.flush = kept

    @contextmanager
    def across(self, *, when: bool = True) -> Iterator[None]:
        """Flows what stands across all columns of the page, if it is so."""
        page = self.job.sheet.page
        if not (when and page.columns > 1 and self.main):
            yield
            return
        kept = self.x, self.width, self.span
        self.x, self.width, self.span = 0.0, page.measure, True
        try:
            yield
        finally:
            self.x, self.width, self.span = kept

    @property
    def main(self) -> bool:
        """Blocks here are those of the text itself, not of a container in it."""
        return self.grid and self.frame < 0

    @contextmanager
    def attributed(self, attr: Attr) -> Iterator[None]:
        """Takes a block's id as an anchor and its language for what it holds."""
        if attr.id:
            self.anchors += (attr.id,)
        kept = self.lang
        self.lang = attr.lang or kept
        try:
            yield
        finally:
            self.lang = kept

    def element(self, role: str, *attributes: tuple[str, str], parent: int = -1) -> int:
        """Makes a structure element below `parent`, or below the open one."""
        elements = self.job.elements
        if self.lang != self.job.sheet.language:
            attributes = (*attributes, ("Lang", self.lang))
        elements.append(Element(role, parent if parent >= 0 else self.parent, attributes))
        return len(elements) - 1

    # -------------------------------------------------------------------------------- placing

    def space(self, amount: float) -> None:
        """Asks for space before the next slab; the largest of what neighbours ask for holds."""
        self.gap = max(self.gap, amount)

    def add(self, slab: Slab) -> Slab:
        """Appends a slab with the pending space, page break, keep, anchors and frame."""
        slab.before = max(slab.before, self.gap)
        self.gap = 0.0
        if self.page:
            slab.page = "recto" if self.page == "recto" else "any"
            self.page = ""
        if self.hold:
            slab.keep = NEVER
            self.hold -= 1
        elif self.prefer:
            slab.keep = max(slab.keep, _BETTER)
            self.prefer -= 1
        if self.anchors:
            slab.anchors = (*self.anchors, *slab.anchors)
            self.anchors = ()
        slab.frame = self.frame
        slab.span = self.span
        self.slabs.append(slab)
        return slab

    def blank(self, height: float) -> Slab:
        """Appends white space that is kept even at the head of a page."""
        return self.add(Slab(height))

    def lines(
        self, lines: list[Line], style: TextStyle, tag: int, *, opens: OutlineEntry | None = None
    ) -> None:
        """Appends the lines of a paragraph with its widow and orphan control.

        Two lines at least stand at the foot and at the head of a page, so that a paragraph of
        three lines is not broken (CLREQ 3.1.4, JLREQ 2.6; cjk-typography 9).
        """
        count = len(lines)
        if not count:
            return
        size, height = style.size, style.leading
        gap = (height - size) / 2
        base = gap + EM_ASCENT * size
        ascent_room, descent_room = base + gap, height - base
        x = self.x + style.start
        sheet = self.job.sheet
        never = _MINOR if sheet.profile == "ja" and not sheet.filled else NEVER
        inner = never if style.keep_together else 0
        hold, widow = self._held(never)
        # Word brings no text back to the lines of the page where it has no grid.
        grid = self.grid and opens is None and not (sheet.filled and not sheet.page.grid)
        frame = self.frame
        span = self.span
        append = self.slabs.append
        last = count - 1
        for at, line in enumerate(lines):
            slab = Slab(height, base, x, line)
            slab.tag = tag
            if line.ascent > ascent_room or line.descent > descent_room:
                above = max(line.ascent - ascent_room, 0.0)
                slab.baseline = base + above
                slab.height = height + above + max(line.descent - descent_room, 0.0)
            elif grid:
                slab.grid = True
            if line.notes:
                slab.notes = line.notes
            if line.anchors:
                slab.anchors = line.anchors
            if at == 0:
                slab.opens = opens
                self.add(slab)
                continue
            slab.frame = frame
            slab.span = span
            if at in (1, last):
                slab.keep = max(widow, inner)
            elif inner:
                slab.keep = inner
            if at < hold or opens is not None:
                slab.keep = NEVER
            append(slab)
        if hold:  # a whole paragraph is enough, however short; more is only better
            self.hold, self.prefer = 0, max(hold - count, 0)

    def _held(self, never: int) -> tuple[int, int]:
        """Lines that a heading takes along, and the penalty of widows: `never`, but for Word.

        A heading of Word's takes what its next paragraph cannot be without: two lines, or one on
        vertical pages, which keep no widows back.
        """
        sheet = self.job.sheet
        if not sheet.filled:
            return self.hold, never
        return (min(self.hold, 1), 0) if sheet.vertical else (min(self.hold, 2), never)

    def keep_small(self, first: int, share: float) -> None:
        """Keeps slabs from `first` on one page, rather, when they are lower than `share` of it."""
        own = self.slabs[first:]
        if self.job.sheet.filled:
            return
        height = sum(slab.height + slab.before for slab in own)
        if height <= self.job.sheet.page.height_of_type * share:
            for slab in own[1:]:
                slab.keep = max(slab.keep, _RATHER)

    def paragraph(
        self,
        content: Inlines,
        style: TextStyle,
        tag: int,
        *,
        pos: Pos | None = None,
        opens: OutlineEntry | None = None,
    ) -> None:
        """Sets a paragraph in a style, with the style's own space and keeps."""
        measure = max(self.width - style.start - style.end, style.size)
        lines = self.job.setting.paragraph(content, style, measure, lang=self.lang, pos=pos)
        if self.job.places is not None and pos is not None:
            self.job.places[tag] = pos
        self.space(style.before)
        self.lines(lines, style, tag, opens=opens)
        self.space(style.after)
        if style.keep_with_next and lines:
            self.hold = max(self.hold, 1)

    def labelled(self, at: int, label: Slab, *, field: float) -> None:
        """Puts a label before slab `at`, in a field that hangs at its start side.

        Args:
            at: Index of the slab; at the end of the flow an empty one is made.
            label: The label's slab; its `x` is from the start of the field.
            field: Width of the field, pt; slab `at` begins after it.
        """
        if at == len(self.slabs):
            self.add(Slab(label.height, label.baseline, self.x))
        slab = self.slabs[at]
        drop = (slab.baseline or slab.height / 2) - label.baseline
        left = self.x - field
        if slab.band:  # has a part a cell, as the other pieces of its row
            first = Slab(
                slab.height,
                parts=(Placed(label, left + label.x - slab.x, drop), *slab.parts[:1]),
            )
            self.slabs[at] = replace(slab, parts=(Placed(first, 0.0, 0.0), *slab.parts[1:]))
            return
        inner = replace(
            slab, before=0.0, keep=0, anchors=(), notes=(), opens=None, page="", frame=-1, x=0.0
        )
        self.slabs[at] = replace(
            slab,
            x=left,
            line=None,
            draws=(),
            behind=(),
            tag=-1,
            level=False,
            parts=(Placed(label, label.x, drop), Placed(inner, slab.x - left, 0.0)),
        )


def line_width(line: Line) -> float:
    """Where the last item of a line ends, pt from its start edge."""
    return max((item.x + getattr(item, "width", 0.0) for item in line.items), default=0.0)


def line_slab(line: Line, style: TextStyle, tag: int = -1, x: float = 0.0) -> Slab:
    """A slab of one line that is not part of a paragraph: a label, a folio."""
    gap = (style.leading - style.size) / 2
    return Slab(style.leading, gap + EM_ASCENT * style.size, x, line, tag=tag)


def stack(slabs: Sequence[Slab]) -> tuple[tuple[Placed, ...], float]:
    """Slabs below one another as parts of a larger one, and their height, pt."""
    parts: list[Placed] = []
    y = 0.0
    for at, slab in enumerate(slabs):
        if at:
            y += slab.before
        parts.append(Placed(slab, slab.x, y))
        y += slab.height
    return tuple(parts), y


@lru_cache(maxsize=256)
def restyled(
    style: TextStyle, align: str = "", *, bare: bool = False, flush: bool = False
) -> TextStyle:
    """A style with another alignment.

    `bare` drops space and insets, which containers apply; `flush` drops the first-line indent.
    """
    if flush and style.indent:
        style = replace(style, indent=0.0)
    if align and align != style.align:
        style = replace(style, align=align)  # type: ignore[arg-type]
    if bare and (style.before or style.after or style.start or style.end):
        style = replace(style, before=0.0, after=0.0, start=0.0, end=0.0)
    return style
