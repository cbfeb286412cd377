"""Tables on a fixed grid, with head rows that repeat; boxes that hold more than paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.events import Diagnostic
from publisher.layout.columns import KEPT_ROWS, GridCell, grid_of, grid_width
from publisher.layout.counted_columns import counted_widths
from publisher.tree import nodes
from publisher.tree.walk import plain_text, walk_blocks
from publisher.writers.docx.paragraphs import border, closing, fill
from publisher.writers.docx.styles import TABLE, box_inset
from publisher.writers.docx.xml import attribute, twips

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.writers.docx.blocks import BlockWriter
    from publisher.writers.docx.story import Story

_MOST_COLUMNS: Final = 63  # Word's limit
_WIDEST: Final = 31_680  # twips: Word's widest table


def write_table(writer: BlockWriter, node: nodes.Table) -> None:
    """Writes a table and its caption, which stands over it."""
    groups = (node.head, node.body, node.foot)
    story, look = writer.story, writer.sheet.table
    if not any(row.cells for rows in groups for row in rows):
        with story.inside("caption"):  # a table without cells still says what it would show
            writer.blocks(node.caption)
        return
    if node.caption:
        story.unmet = max(story.unmet, look.before)
        kept, story.keep = story.keep, True
        writer.caption(node)
        story.keep = kept
        story.amend(after=writer.sheet.figure.gap)
    else:
        _space_before(story, look.before)
    table = _Table(writer, node)
    if len(table.columns) > _MOST_COLUMNS:
        _as_paragraphs(writer, table)
    else:
        story.unmet = 0.0
        story.raw(table.xml())
    story.unmet = look.after


def _as_paragraphs(writer: BlockWriter, table: _Table) -> None:
    """A table that Word has no columns for: its cells below one another, so that all is kept."""
    columns = str(len(table.columns))
    writer.job.request.report(Diagnostic("docx.columns", args=(("columns", columns),)))
    for rows, key in zip(table.groups, ("cell-header", "cell", "cell"), strict=True):
        with writer.story.inside(key):
            for row in rows:
                for cell in row.cells:
                    writer.blocks(cell.blocks)


def _space_before(story: Story, wanted: float) -> None:
    """Space between what stands over a table and the table, which has none of its own."""
    wanted = max(wanted, story.unmet)
    story.space_after(wanted)
    if story.after_table:
        story.raw(closing(after=wanted))  # Word joins tables that touch


def caption_text(caption: nodes.Blocks) -> str:
    """A caption as plain text, which describes a picture that has no text of its own."""
    found = (b for b in walk_blocks(caption) if isinstance(b, nodes.Paragraph))
    return " ".join(plain_text(block.content) for block in found)


def lone_pictures(block: nodes.Block) -> tuple[nodes.Image, ...]:
    """The pictures of a paragraph that holds nothing else; an empty tuple for other blocks."""
    if not isinstance(block, nodes.Paragraph):
        return ()
    found = []
    for inline in block.content:
        if isinstance(inline, nodes.Image):
            found.append(inline)
        elif not (isinstance(inline, nodes.Text) and not inline.text.strip()):
            return ()
    return tuple(found)


class _Table:
    """One table: its grid, widths and rows."""

    def __init__(self, writer: BlockWriter, node: nodes.Table) -> None:
        self.writer = writer
        self.node = node
        self.look = writer.sheet.table
        groups = (node.head, node.body, node.foot)
        self.grids = [grid_of(rows, max(len(node.columns), 1)) for rows in groups]
        count = grid_width(self.grids, len(node.columns))
        missing = count - len(node.columns)
        self.columns = (*node.columns, *(nodes.Column() for _ in range(missing)))
        self.groups = groups
        self.widths = self._widths()
        # The rule under one head row is the table style's, which knows of no second.
        self._ruled = bool(self.look.head and len(node.head) > 1 and (node.body or node.foot))

    def _widths(self) -> list[int]:
        """Widths of the columns, twips."""
        room = self.writer.story.place.width
        found = counted_widths(self.grids, self.columns, self.writer.sheet, room)
        return [max(twips(width), 20) for width in found]

    def xml(self) -> str:
        place = self.writer.story.place
        total = sum(self.widths)
        inset = twips(place.left) + max((twips(place.width) - total) // 2, 0)
        first_row = "1" if self.node.head else "0"
        caption = caption_text(self.node.caption)
        described = f'<w:tblCaption w:val="{attribute(caption[:255])}"/>' if caption else ""
        parts = [
            (
                f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE}"/>'
                f'<w:tblW w:w="{min(total, _WIDEST)}" w:type="dxa"/>'
                f'<w:tblInd w:w="{inset}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
                f'<w:tblLook w:val="{"0620" if self.node.head else "0600"}"'
                f' w:firstRow="{first_row}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
                f' w:noHBand="1" w:noVBand="1"/>{described}</w:tblPr><w:tblGrid>'
            ),
            *(f'<w:gridCol w:w="{width}"/>' for width in self.widths),
            "</w:tblGrid>",
        ]
        rows = sum(map(len, self.groups))
        small = rows - len(self.node.head) <= KEPT_ROWS
        at = 0
        for group, (group_rows, cells) in enumerate(zip(self.groups, self.grids, strict=True)):
            for row in range(len(group_rows)):
                at += 1
                joined = any(cell.row <= row < cell.last_row for cell in cells)
                keep = at < rows and (small or group == 0 or joined)
                last_head = group == 0 and row == len(group_rows) - 1
                here = (group_rows[row], cells, row)
                parts.append(self._row(here, head=group == 0, keep=keep, last_head=last_head))
        parts.append("</w:tbl>")
        return "".join(parts)

    def _row(
        self,
        here: tuple[nodes.Row, Sequence[GridCell], int],
        *,
        head: bool,
        keep: bool,
        last_head: bool,
    ) -> str:
        node, cells, row = here
        parts = ["<w:tr><w:trPr><w:cantSplit/>", "<w:tblHeader/>" if head else "", "</w:trPr>"]
        column, count = 0, len(self.columns)
        covering = sorted(
            (c for c in cells if c.row <= row <= c.last_row), key=lambda cell: cell.column
        )
        with self.writer.story.attributed(node.attr):
            for cell in covering:
                parts += [self._empty(at, keep=keep) for at in range(column, cell.column)]
                parts.append(self._cell(cell, row, head=head, keep=keep, last_head=last_head))
                column = cell.column + cell.columns
            parts += [self._empty(at, keep=keep) for at in range(column, count)]
        parts.append("</w:tr>")
        return "".join(parts)

    def _empty(self, column: int, *, keep: bool) -> str:
        width, inner = self.widths[column], closing(keep=keep)
        upright = self.writer.upright
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{upright}</w:tcPr>{inner}</w:tc>'

    def _cell(self, cell: GridCell, row: int, *, head: bool, keep: bool, last_head: bool) -> str:
        width = sum(self.widths[cell.column : cell.column + cell.columns])
        parts = [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>']
        if cell.columns > 1:
            parts.append(f'<w:gridSpan w:val="{cell.columns}"/>')
        begins = cell.row == row
        if cell.rows > 1:
            parts.append('<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>")
        if self._ruled and last_head:
            rule = border("bottom", self.look.head, self.look.color)
            parts.append(f"<w:tcBorders>{rule}</w:tcBorders>")
        if head and row and self.look.head_fill:  # the first row has it by the table's style
            parts.append(fill(self.look.head_fill))
        parts.append(self.writer.upright)
        if head or cell.rows > 1:
            parts.append('<w:vAlign w:val="center"/>')
        parts.append("</w:tcPr>")
        inner = self._blocks(cell, width, head=head, keep=keep) if begins else closing(keep=keep)
        parts.append(inner)
        parts.append("</w:tc>")
        return "".join(parts)

    def _blocks(self, cell: GridCell, width: int, *, head: bool, keep: bool) -> str:
        story = self.writer.story
        key = "cell-header" if head or cell.cell.header else "cell"
        align = cell.cell.align or self.columns[cell.column].align
        measure = max(width / 20 - 2 * self.look.pad_x, 1.0)
        kept, story.keep = story.keep, keep
        with story.column(key, measure, align) as out:
            self.writer.blocks(cell.cell.blocks)
        story.keep = kept
        return "".join(out)


def write_box(writer: BlockWriter, node: nodes.Box) -> None:
    """A box around blocks of any kind: a table of one cell, which may go on over pages."""
    story, sheet = writer.story, writer.sheet
    look, style, place = sheet.box, sheet.text["box"], story.place
    width = place.width - style.start - style.end
    left = twips(place.left + style.start)
    _space_before(story, style.before)
    story.unmet = 0.0
    rule = border("left", look.rule, look.rule_color) if look.rule else ""
    pads = (
        ("top", look.pad),
        ("left", box_inset(sheet)),
        ("bottom", look.pad),
        ("right", look.pad),
    )
    margins = "".join(f'<w:{side} w:w="{twips(pad)}" w:type="dxa"/>' for side, pad in pads)
    kept, story.frames = story.frames, {**story.frames, "box": _PLAIN_FRAME}
    with story.column("cell", width - box_inset(sheet) - look.pad) as out:
        story.place = story.place_of("box", 0.0, 0.0, story.place.width, lang=place.lang)
        story.place = story.place._replace(look=story.place.look._replace(before=0.0, after=0.0))
        if node.title:
            writer.box_title(node)
        writer.blocks(node.blocks)
    story.frames = kept
    story.raw(
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(width)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{left}" w:type="dxa"/><w:tblBorders>{rule}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        '<w:tblLook w:val="0600" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{twips(width)}"/></w:tblGrid><w:tr><w:tc><w:tcPr>'
        f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>{fill(look.fill) if look.fill else ""}'
        f"{writer.upright}</w:tcPr>{''.join(out)}</w:tc></w:tr></w:tbl>"
    )
    story.unmet = style.after


# Inside the table the box's own rule and fill are the cell's.
_PLAIN_FRAME: Final = (
    "<w:pBdr>"
    + "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right"))
    + '</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="auto"/>'
)
