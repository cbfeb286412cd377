"""Figures that text runs beside: frames, the text that is kept with them, and where it ends."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from publisher.tree import nodes
from publisher.tree.walk import plain_text
from publisher.writers.docx import tables
from publisher.writers.docx.paragraphs import ParagraphLook, clearing
from publisher.writers.docx.styles import FIGURE
from publisher.writers.docx.xml import twips

if TYPE_CHECKING:
    from publisher.writers.docx.blocks import BlockWriter

# What may stand beside a figure after its paragraph; all else begins below it, as in EPUBs.
RUN_BESIDE: Final = (
    nodes.Paragraph,
    nodes.ListBlock,
    nodes.DefinitionList,
    nodes.Quote,
    nodes.Verse,
    nodes.Footnote,
)


class Frames:
    """Writes figures at a side, and knows whether text still runs beside the last one."""

    def __init__(self, writer: BlockWriter) -> None:
        self._writer = writer
        self._story = writer.story
        self._sheet = writer.sheet
        self._left = 0.0  # pt of the figure's height that text has not filled yet

    @property
    def open(self) -> bool:
        """Text has not come to the figure's foot, as far as is known."""
        return self._left > 0

    def figure(self, node: nodes.Figure) -> None:
        """A figure in a frame at one side of the text, whose next paragraph runs beside it."""
        story, look = self._story, self._sheet.figure
        width, gap = self._sheet.beside()
        frame = (
            f'<w:framePr w:w="{twips(width)}" w:hSpace="{twips(gap)}" w:wrap="around"'
            f' w:vAnchor="text" w:hAnchor="margin" w:xAlign="{node.placement}" w:y="1"/>'
        )
        (image,) = tables.lone_pictures(node.blocks[0])
        caption = tables.caption_text(node.caption)
        pictures = self._writer.job.pictures
        drawing = pictures.drawing(image, story.relations, width / look.max_width, fallback=caption)
        with story.attributed(node.blocks[0].attr):
            if not drawing:
                story.styled((nodes.Text(image.alt),), "caption")
            else:
                kept, after = bool(node.caption), look.gap if node.caption else look.after
                story.emit(
                    ParagraphLook(FIGURE, keep_next=kept, frame=frame, before=0.0, after=after),
                    f"<w:r>{drawing}</w:r>",
                )
        if node.caption:
            frames, story.frames = story.frames, {**story.frames, "caption": frame}
            self._writer.caption(node)
            story.frames = frames
        style = self._sheet.text["caption"]
        lines = ceil(len(caption) * style.size / width)
        self._left = pictures.height + look.gap + lines * style.leading if drawing else 0.0

    def keep(self, node: nodes.Paragraph) -> None:
        """Keeps the last paragraph on the page of the figure that it stands beside.

        Else the figure would hang over the foot of the page where its text is parted.
        """
        text = plain_text(node.content)
        self._left -= self._sheet.height_beside(text)
        self._story.amend(keep_next=self.open, keep_lines=self._sheet.kept_beside(text))

    def clear(self) -> None:
        """Ends the text beside a figure that it is too short for: what follows stands below.

        Else it would run between two figures, or be a table or heading beside one.
        """
        self._left = 0.0
        self._story.raw(clearing())
