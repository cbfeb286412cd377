"""Blocks to slabs: what each kind of block asks of the flow.

The modules of lists, tables, figures and code are loaded when a document first has one: a short
article often has none, and its time is mostly imports.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from publisher.layout.flow import HEADING_HOLDS, ContentsMark, restyled
from publisher.layout.notes import flow_note
from publisher.layout.types import CircleOp, Frame, OutlineEntry, RectOp, Slab
from publisher.tree import nodes
from publisher.tree.walk import beside, broken_by_hand, is_part, plain_text

if TYPE_CHECKING:
    from publisher.layout.flow import Flow
    from publisher.layout.types import DrawOp

_HANG = 2.0  # em that the turnover of a verse line is set in
_KEPT_STANZA = 8  # stanzas up to this many lines stay on one page
_SMALL_BOX = 0.4  # of the type area
_SHORT_RULE = 1 / 3  # of the measure, for a rule between scenes


def flow_blocks(flow: Flow, blocks: nodes.Blocks) -> None:
    """Flows blocks in order; adjacent blocks share the larger of their spaces."""
    owners = flow.job.owners
    if flow.job.sheet.filled:
        flow.job.beside |= beside(blocks)
    for block in blocks:
        with flow.attributed(block.attr):
            if owners is not None:
                owners.append((len(flow.job.elements), block, flow.lang))
            _flow_block(flow, block)
        flow.previous = block


_LEVEL = (nodes.Table, nodes.Figure, nodes.CodeBlock, nodes.MathBlock)


def _flow_block(flow: Flow, block: nodes.Block) -> None:  # noqa: C901, PLR0912 - one case a node type
    sheet = flow.job.sheet
    # Word's tables and code run down with the lines.
    if sheet.vertical and isinstance(block, nodes.Figure if sheet.filled else _LEVEL):
        from publisher.layout.level import flow_level

        flow_level(flow, block)
        return
    match block:
        case nodes.Paragraph():
            _paragraph(flow, block)
        case nodes.Section():
            _section(flow, block)
        case nodes.Heading():
            _heading(flow, block)
        case nodes.Quote():
            _quote(flow, block)
        case nodes.Verse():
            _verse(flow, block)
        case nodes.ListBlock():
            from publisher.layout.lists import flow_list

            flow_list(flow, block)
        case nodes.DefinitionList():
            from publisher.layout.lists import flow_definitions

            flow_definitions(flow, block)
        case nodes.Table():
            from publisher.layout.table import flow_table

            flow_table(flow, block)
        case nodes.Figure():
            from publisher.layout.figure import flow_figure

            flow_figure(flow, block)
        case nodes.CodeBlock():
            from publisher.layout.code import flow_code

            flow_code(flow, block)
        case nodes.MathBlock():
            _math(flow, block)
        case nodes.Footnote():
            flow_note(flow, block)
        case nodes.ThematicBreak():
            _thematic_break(flow, block)
        case nodes.PageBreak():
            flow.page = "recto" if block.side == "recto" else flow.page or "any"
        case nodes.TableOfContents():
            _contents(flow, block)
        case nodes.Box():
            _box(flow, block)
        case _:
            assert_never(block)


def _paragraph(flow: Flow, node: nodes.Paragraph) -> None:
    if nodes.Image in map(type, node.content):
        from publisher.layout.figure import flow_lone, lone_pictures

        pictures = lone_pictures(node.content)
        if pictures and flow.job.sheet.vertical:
            from publisher.layout.level import flow_level_pictures

            flow_level_pictures(flow, pictures)
            return
        if pictures:
            flow_lone(flow, pictures)
            return
    if node.role == "body":
        # A container's insets and space are its own, not its paragraphs'.
        align = node.align or flow.align
        flush = flow.flush or broken_by_hand(node.content)
        style = restyled(flow.text_style(), align, bare=flow.style != "body", flush=flush)
    else:
        flush = broken_by_hand(node.content)
        style = restyled(flow.text_style(node.role), node.align, flush=flush)
    framed = flow.job.beside and id(flow.previous) in flow.job.beside
    if framed and flow.job.sheet.kept_beside(plain_text(node.content)):
        style = replace(style, keep_together=True)
    flow.paragraph(node.content, style, flow.element("P"), pos=node.pos)


def _section(flow: Flow, node: nodes.Section) -> None:
    divides = is_part(node)
    chapter = flow.part and not divides
    sheet = flow.job.sheet
    was_part, flow.part = flow.part, flow.part and divides
    style = flow.text_style("part" if divides else f"heading.{min(max(node.level, 1), 6)}")
    with flow.across(when=divides or (chapter and sheet.chapter.span)):
        if divides:
            flow.page = "recto"
            flow.blank(style.before)
            flow.hold = 1
        elif chapter and sheet.chapter.begin != "flow" and not _under_title(flow):
            flow.page = "recto" if "recto" in (sheet.chapter.begin, flow.page) else "page"
            if sheet.chapter.drop:
                flow.blank(sheet.chapter.drop)
                flow.hold = 1
        if node.title:
            entry = _entry(flow, node)
            if chapter:
                flow.job.chapters.add(entry.id)
            tag = flow.element(f"H{min(max(node.level, 1), 6)}")
            number = section_number(flow, node)
            title = (nodes.Text(number), *node.title) if number else node.title
            flow.paragraph(title, style, tag, pos=node.pos, opens=entry)
            flow.hold = HEADING_HOLDS
    if divides:
        flow.page, flow.hold = "page", 0
    was_listed, flow.listed = flow.listed, flow.listed and node.listed
    was_open = flow.job.headings
    if node.title:
        flow.job.headings = min(max(node.level, 1), 6)
    flow.section_depth += 1
    first = len(flow.slabs)
    flow.blocks(node.blocks)
    flow.prefer = 0
    if len(flow.slabs) > first:
        flow.hold = 0  # a section of one line needs no company from the next
    flow.job.headings = was_open
    flow.section_depth -= 1
    flow.part, flow.listed = was_part, was_listed


def _under_title(flow: Flow) -> bool:
    """Only the title of the whole stands before, and no contents will come between."""
    slabs, job = len(flow.slabs), flow.job
    return 0 < slabs == job.title_slabs and not job.wants_contents


def section_number(flow: Flow, node: nodes.Section) -> str:
    """The number shown before a title, with the space after it; empty without one."""
    if not (flow.job.sheet.numbers and node.number):
        return ""
    return ".".join(map(str, node.number)) + "\u2002"


def _entry(flow: Flow, node: nodes.Section) -> OutlineEntry:
    """Enters a section into the outline; below an unlisted one nothing is listed."""
    sections = flow.job.sections
    title = section_number(flow, node) + plain_text(node.title, line_break=" ")
    name = node.attr.id
    if not name:
        name = f"section_{len(sections) + 1}"
        flow.anchors += (name,)
    entry = OutlineEntry(
        name, title, flow.section_depth + 1, node.listed and flow.listed, node.kind
    )
    sections.append(entry)
    return entry


def _heading(flow: Flow, node: nodes.Heading) -> None:
    style = flow.text_style("subheading")
    tag = flow.element(flow.job.heading_role)
    flow.paragraph(node.content, style, tag, pos=node.pos)
    flow.hold = HEADING_HOLDS


def _quote(flow: Flow, node: nodes.Quote) -> None:
    style = flow.text_style("quote")
    flow.space(style.before)
    tag = flow.element("BlockQuote")
    with flow.inside(start=style.start, end=style.end, style="quote", parent=tag):
        flow.blocks(node.blocks)
        _attribution(flow, node.attribution, node.pos)
    flow.space(style.after)


def _attribution(flow: Flow, content: nodes.Inlines, pos: nodes.Pos | None) -> None:
    if content:
        flow.hold = max(flow.hold, 1)
        flow.paragraph(content, flow.text_style("attribution"), flow.element("P"), pos=pos)


def _verse(flow: Flow, node: nodes.Verse) -> None:
    style = flow.text_style("verse")
    bare = restyled(style, bare=True)
    hang = min(_HANG * style.size, flow.width / 4)
    flow.space(style.before)
    setting = flow.job.setting
    group = flow.element("BlockQuote")
    with flow.inside(start=style.start, end=style.end, style="verse", parent=group):
        for stanza in node.stanzas:
            tag = flow.element("P")
            x, width = flow.x, flow.width
            flow.x, flow.width = x + hang, width - hang
            first, kept = len(flow.slabs), len(stanza.lines) <= _KEPT_STANZA
            for content in stanza.lines:
                lines = setting.paragraph(
                    content, bare, flow.width, lang=flow.lang, pos=node.pos, first_indent=-hang
                )
                flow.lines(lines, bare, tag)
            if flow.job.places is not None and node.pos is not None:
                flow.job.places[tag] = node.pos
            flow.x, flow.width = x, width
            last = len(flow.slabs) - 1
            for at in range(first + 1, last + 1):
                if kept or at in (first + 1, last):
                    flow.slabs[at].keep = 1000
            flow.space(style.leading)
        flow.gap = 0.0
        _attribution(flow, node.attribution, node.pos)
    flow.space(style.after)


def _math(flow: Flow, node: nodes.MathBlock) -> None:
    text = node.alt or node.tex
    if text:
        content = (nodes.Text(" ".join(text.split())),)
        tag = flow.element("Formula", ("Alt", text))
        flow.paragraph(content, flow.text_style("math"), tag, pos=node.pos)


def _thematic_break(flow: Flow, node: nodes.ThematicBreak) -> None:
    style = flow.text_style()
    height = style.leading
    middle = flow.width / 2
    marks: tuple[DrawOp, ...] = ()
    if node.style == "rule":
        width = flow.width * _SHORT_RULE
        marks = (RectOp(middle - width / 2, height / 2, width, 0.5, style.color),)
    elif node.style == "asterism":
        step, radius = style.size * 2, style.size * 0.09
        marks = tuple(
            CircleOp(middle + at * step, height / 2, radius, "dot", style.color)
            for at in (-1, 0, 1)
        )
    flow.add(Slab(height, x=flow.x, behind=marks))


def _contents(flow: Flow, node: nodes.TableOfContents) -> None:
    job = flow.job
    if not job.wants_contents or job.contents_at is not None:
        return
    job.contents_at = ContentsMark(
        len(flow.slabs) if flow.grid else -1, node.depth, node.title, flow.page
    )
    if flow.grid:
        flow.page = ""
        flow.gap = 2 * job.sheet.text["body"].leading


def _box(flow: Flow, node: nodes.Box) -> None:
    if not node.blocks and not node.title:
        return
    job, style, look = flow.job, flow.text_style("box"), flow.job.sheet.box
    flow.space(style.before)
    tag = flow.element("Div")
    left = flow.x + style.start
    width = flow.width - style.start - style.end
    # The rule stands at the left, or at the right of vertical text: at the head of the box.
    headed = job.sheet.vertical
    frame = Frame(left, width, look.fill, look.rule, look.rule_color, flow.frame, headed)
    job.frames.append(frame)
    kept, flow.frame = flow.frame, len(job.frames) - 1
    start, end, head = style.start + look.rule + look.pad, style.end + look.pad, look.pad
    if headed:
        start, head = style.start + look.pad, look.rule + look.pad
    first = len(flow.slabs)
    with flow.inside(start=start, end=end, style="box", parent=tag):
        flow.blank(head)
        flow.hold = 1
        if node.title:
            title = flow.text_style("box-title")
            flow.paragraph(node.title, title, flow.element("P"), pos=node.pos)
            flow.hold = HEADING_HOLDS
        flow.blocks(node.blocks)
        flow.gap, flow.hold = 0.0, 1
        flow.blank(look.pad)
    flow.frame = kept
    flow.keep_small(first, _SMALL_BOX)
    flow.space(style.after)
