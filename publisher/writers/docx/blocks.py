"""Blocks to paragraphs, lists and tables: what each kind of block becomes in Word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from publisher.tree import nodes
from publisher.tree.walk import beside, is_part
from publisher.writers.docx import tables
from publisher.writers.docx.frames import RUN_BESIDE, Frames
from publisher.writers.docx.headings import heading_key
from publisher.writers.docx.notes import bare_mark, comment_author, mark, separator_notes
from publisher.writers.docx.numbering import LEVELS
from publisher.writers.docx.paragraphs import ParagraphLook, border
from publisher.writers.docx.runs import PLAIN
from publisher.writers.docx.story import Story
from publisher.writers.docx.styles import (
    COMMENT_TEXT,
    ENDNOTE_TEXT,
    FIGURE,
    SCENE_BREAK,
    box_inset,
    style_id,
)
from publisher.writers.docx.xml import DRAWING_NAMESPACES, attribute, part

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.writers.docx.job import DocxJob
    from publisher.writers.docx.notes import NoteKind, WordNote
    from publisher.writers.docx.relations import Relations

_VERSE_HANG: Final = 2.0  # em that the turnover of a verse line is set in
_KEPT_STANZA: Final = 8  # stanzas up to this many lines stay on one page
_RULE_SHARE: Final = 1 / 3  # of the measure, for a rule between scenes
_ASTERISM: Final = "＊　＊　＊"
_NOTE_STYLES: Final = {
    "footnote": style_id("note"),
    "endnote": ENDNOTE_TEXT,
    "comment": COMMENT_TEXT,
}


class BlockWriter:
    """Writes blocks into a story; `on_section` takes over what begins a Word section."""

    def __init__(
        self,
        story: Story,
        on_section: Callable[[nodes.Section], ParagraphLook | None],
        on_contents: Callable[[nodes.TableOfContents], None],
        on_recto: Callable[[], None],
    ) -> None:
        self.story = story
        self.job = story.job
        self.sheet = story.sheet
        self._on_section = on_section
        self._on_contents = on_contents
        self._on_recto = on_recto
        # LibreOffice shows no text in cells that do not say it again (17.4.72).
        self.upright = '<w:textDirection w:val="tbRl"/>' if self.sheet.vertical else ""
        self._listed = True  # sections here are in the contents
        self._beside: set[int] = set()  # figures (by identity) that text runs beside
        self._frames = Frames(self)

    def blocks(self, blocks: nodes.Blocks) -> None:
        """Writes blocks in order."""
        kinds, story = self._kinds, self.story
        self._beside |= beside(blocks).keys()
        frames, was_open = self._frames, self._frames.open
        for block in blocks:
            if frames.open and not isinstance(block, RUN_BESIDE):
                frames.clear()
            attr = block.attr
            if attr.id or attr.lang:
                with story.attributed(attr):
                    kinds[type(block)](self, block)
            else:
                kinds[type(block)](self, block)
        if frames.open and not was_open:
            frames.clear()

    # ------------------------------------------------------------------------------ each kind

    def _contents(self, node: nodes.TableOfContents) -> None:
        self._on_contents(node)

    def _paragraph(self, node: nodes.Paragraph) -> None:
        if node.role == "body":
            self.story.plain(node.content, node.align)
        else:
            look = ParagraphLook(style_id(node.role), align=node.align)
            self.story.styled(node.content, node.role, look)
        if self._frames.open:
            self._frames.keep(node)

    def _section(self, node: nodes.Section) -> None:
        story = self.story
        divides = is_part(node)
        chapter = story.part and not divides
        was_part, story.part = story.part, story.part and divides
        look = None
        if divides or chapter:
            look = self._on_section(node)
        was_listed, self._listed = self._listed, self._listed and node.listed
        if node.title:
            look = look or ParagraphLook("")
            look = look._replace(style=self.job.heading_style(node, listed=self._listed))
            number = self.job.headings.number(node)
            look = look._replace(number=number.item)
            story.prefix = story.inlines.text(number.text) if number.text else ""
            key = heading_key(node)
            if key == "heading.1":
                self.job.captions.chapter()
            story.styled(node.title, key, look)
        if divides:
            story.page = "any"
        self.blocks(node.blocks)
        story.part, self._listed = was_part, was_listed

    def _heading(self, node: nodes.Heading) -> None:
        self.story.styled(node.content, "subheading")

    def _quote(self, node: nodes.Quote) -> None:
        style = self.sheet.text["quote"]
        story = self.story
        with story.inside("quote", style.start, style.end):
            self.blocks(node.blocks)
        if node.attribution:
            story.amend(keep_next=True, after=0.0)
            with story.inside("body", style.start, style.end):
                story.styled(node.attribution, "attribution")
        story.unmet = max(story.unmet, style.after)

    def _verse(self, node: nodes.Verse) -> None:
        story, style = self.story, self.sheet.text["verse"]
        hang = min(_VERSE_HANG * style.size, story.place.width / 4)
        story.unmet = max(story.unmet, style.before)
        with story.inside("verse", style.start, style.end):
            look = story.place.look._replace(
                left=story.place.left + hang, first=-hang, before=0.0, after=0.0
            )
            for stanza in node.stanzas:
                kept = len(stanza.lines) <= _KEPT_STANZA
                last = len(stanza.lines) - 1
                for at, line in enumerate(stanza.lines):
                    inner = story.runs(line, style)
                    joined = at < last and (kept or at in (0, last - 1))
                    story.emit(look._replace(keep_next=joined), inner, style)
                story.unmet = style.leading
        story.unmet = 0.0
        if node.attribution:
            story.amend(keep_next=True)
            story.styled(node.attribution, "attribution")
        story.unmet = max(story.unmet, style.after)

    def _list(self, node: nodes.ListBlock) -> None:
        if not node.items:
            return
        story, numbering = self.story, self.job.numbering
        depth = story.place.depth
        field = numbering.field(node, story.place.key, depth)
        gap = 0.0 if node.tight else self.sheet.list.gap
        # Items of a list in a note, cell or quotation have the size of the text around them.
        outer = story.place.key == "body"
        key = "list" if outer else story.place.key
        style = self.sheet.text[key]
        story.unmet = max(story.unmet, style.before if outer else 0.0)
        with story.inside(key, field, deeper=1):
            level = min(depth, LEVELS - 1)
            shape = numbering.shape(node, key, level, story.place.left)
            number = 0
            for at, item in enumerate(node.items):
                if at:
                    story.unmet = max(story.unmet, gap)
                if item.checked is not None:
                    instance = numbering.task(shape, done=item.checked)
                else:
                    number = number or numbering.instance(shape, node.start)
                    instance = number
                self._item(item, (instance, level), gap)
        story.unmet = max(story.unmet, style.after if outer else 0.0)

    def _item(self, item: nodes.ListItem, number: tuple[int, int], gap: float) -> None:
        story = self.story
        story.number = number
        if not item.blocks or not isinstance(item.blocks[0], nodes.Paragraph):
            story.plain(())  # the label needs a paragraph of its own
        for at, block in enumerate(item.blocks):
            if at and gap:
                story.unmet = max(story.unmet, gap)
            self.blocks((block,))

    def _definitions(self, node: nodes.DefinitionList) -> None:
        definition = self.sheet.text["definition"]
        for item in node.items:
            for term in item.terms:
                self.story.styled(term, "term")
            for blocks in item.definitions:
                with self.story.inside("definition", definition.start, definition.end):
                    self.blocks(blocks)

    def _table(self, node: nodes.Table) -> None:
        tables.write_table(self, node)

    def _figure(self, node: nodes.Figure) -> None:
        place, page = self.story.place, self.sheet.page
        main = place.key == "body" and abs(place.width - page.column_measure) < 1
        if id(node) in self._beside and main and not self.sheet.vertical:
            self._frames.figure(node)
            return
        story, look = self.story, self.sheet.figure
        caption = tables.caption_text(node.caption)
        last = len(node.blocks) - 1
        for at, block in enumerate(node.blocks):
            kept = at < last or bool(node.caption)
            pictures = tables.lone_pictures(block)
            if not pictures:
                with story.inside("body"):
                    self.blocks((block,))
                story.amend(keep_next=kept)
                continue
            with story.attributed(block.attr):
                for image in pictures:
                    self._picture(image, caption, kept=kept or image is not pictures[-1])
        if node.caption:
            self.caption(node)
        story.unmet = max(story.unmet, look.after)

    def caption(self, node: nodes.Figure | nodes.Table) -> None:
        """The caption of a figure or table, its number as a field."""
        size = self.sheet.text["caption"].size

        def look(number: str) -> str:
            return self.job.properties.xml(self.job.level(PLAIN, number), size)

        made = self.job.captions.numbered(node, look)
        with self.story.inside("caption"):
            self.story.prefix = made.runs
            self.blocks(made.caption)

    def _picture(self, image: nodes.Image, caption: str, *, kept: bool) -> None:
        story, place = self.story, self.story.place
        drawing = self.job.pictures.drawing(image, story.relations, place.width, fallback=caption)
        if not drawing:
            if image.alt:
                story.styled((nodes.Text(image.alt),), "caption")
            return
        figure = self.sheet.figure
        look = ParagraphLook(
            FIGURE,
            keep_next=kept,
            before=figure.before,
            after=figure.gap,
            left=place.left or None,
            right=place.right or None,
        )
        story.emit(look, f"<w:r>{drawing}</w:r>")

    def _code(self, node: nodes.CodeBlock) -> None:
        text = node.text.rstrip("\n")
        story, style = self.story, self.sheet.text["code"]
        if not text:
            return
        with story.inside("body"):
            story.inlines.size, story.inlines.family = style.size, style.family
            run = story.inlines.text(text, PLAIN._replace(proof=False))
            look = ParagraphLook(style_id("code"))
            if story.place.left or story.place.right:
                pad = self.sheet.code.pad
                look = look._replace(
                    left=story.place.left + style.start + pad,
                    right=story.place.right + style.end + pad,
                )
            story.emit(look, run, style)
        # Two code blocks in a row are two blocks: their space is not that of one group.
        story.unmet = max(story.unmet, style.after)

    def _math(self, node: nodes.MathBlock) -> None:
        text = node.alt or node.tex
        if text:
            self.story.styled((nodes.Text(text),), "math")

    def _footnote(self, node: nodes.Footnote) -> None:
        """End notes of other notes, and notes that nothing calls, stay where they stand."""
        if node.id in self.job.notes.word:
            return
        story = self.story
        label = self.job.notes.labels.get(node.id, "")
        with story.attributed(nodes.Attr(id=node.id)), story.inside("note"):
            place = _note_place(story, label)
            story.place = story.place_of("note", *place, lang=story.place.lang)
            if label:
                story.prefix = bare_mark(label)
                _first_paragraph(story, node.blocks)
            self.blocks(node.blocks)

    def _thematic_break(self, node: nodes.ThematicBreak) -> None:
        story, body = self.story, self.sheet.text["body"]
        place = story.place
        look = ParagraphLook(SCENE_BREAK, left=place.left or None, right=place.right or None)
        if node.style == "rule":
            story.emit(rule_look(look, place.width, _RULE_SHARE, body.leading), "")
        elif node.style == "asterism":
            story.emit(look, story.inlines.text(_ASTERISM))
        else:
            story.emit(look, "")

    def _page_break(self, node: nodes.PageBreak) -> None:
        if node.side == "recto" and self.sheet.page.facing and self.story.part:
            self._on_recto()
        else:
            self.story.page = "any"

    def _box(self, node: nodes.Box) -> None:
        if not node.blocks and not node.title:
            return
        simple = all(isinstance(block, nodes.Paragraph | nodes.Heading) for block in node.blocks)
        if not simple or self.sheet.box.pad > 31:  # a border's distance ends at 31 pt
            tables.write_box(self, node)
            return
        story, style, look = self.story, self.sheet.text["box"], self.sheet.box
        story.unmet = max(story.unmet, style.before + look.pad)
        with story.inside("box", style.start + box_inset(self.sheet), style.end + look.pad):
            if node.title:
                self.box_title(node)
            for block in node.blocks:
                self.blocks((block,))
                story.amend(after=0.0)
        story.unmet = max(story.unmet, style.after + look.pad)

    def box_title(self, node: nodes.Box) -> None:
        """The title of a box, in the place of its text."""
        story, style = self.story, self.sheet.text["box-title"]
        look = story.place.look._replace(style=style_id("box-title"), keep_next=True, after=0.0)
        inner = story.runs(node.title, style)
        story.emit(look, inner, style)
        story.space_taken()

    _kinds: ClassVar[dict[type, Callable[[BlockWriter, Any], None]]] = {
        nodes.Paragraph: _paragraph,
        nodes.Section: _section,
        nodes.Heading: _heading,
        nodes.Quote: _quote,
        nodes.Verse: _verse,
        nodes.ListBlock: _list,
        nodes.DefinitionList: _definitions,
        nodes.Table: _table,
        nodes.Figure: _figure,
        nodes.CodeBlock: _code,
        nodes.MathBlock: _math,
        nodes.Footnote: _footnote,
        nodes.ThematicBreak: _thematic_break,
        nodes.PageBreak: _page_break,
        nodes.TableOfContents: _contents,
        nodes.Box: _box,
    }


def rule_look(look: ParagraphLook, width: float, share: float, leading: float) -> ParagraphLook:
    """An empty line with a short rule in its middle."""
    inset = width * (1 - share) / 2
    return look._replace(
        frame=f"<w:pBdr>{border('top', 0.5, '#000000')}</w:pBdr>",
        before=leading / 2,
        line=leading / 2,
        left=(look.left or 0.0) + inset,
        right=(look.right or 0.0) + inset,
    )


def _note_place(story: Story, label: str) -> tuple[float, float, float]:
    """Left and right inset of a note's text, and its measure."""
    style = story.sheet.text["note"]
    field = note_field(label, style.size) + style.start
    place = story.place
    return place.left + field, place.right, place.width - field


def note_field(label: str, size: float) -> float:
    """Room for a note's label: at least two ems, a whole number of ems."""
    ems = sum(1.0 if char > "\u2000" else 0.56 for char in label) + 0.5
    return max(-(-ems // 1), 2.0) * size


def _first_paragraph(story: Story, blocks: nodes.Blocks) -> None:
    if not blocks or not isinstance(blocks[0], nodes.Paragraph) or blocks[0].role != "body":
        story.plain(())


def notes_part(job: DocxJob, kind: NoteKind, relations: Relations) -> bytes:
    """The part with all notes of a kind; empty when there are none."""
    notes = job.notes.of_kind(kind)
    if not notes:
        return b""
    story = Story(job, relations, notes=True)
    writer = BlockWriter(story, lambda _: None, lambda _: None, lambda: None)
    style = _NOTE_STYLES[kind]
    found = [separator_notes(kind, style)] if kind != "comment" else []
    found += [_note(writer, note, style) for note in notes]
    return part(f"w:{kind}s", "".join(found), DRAWING_NAMESPACES)


def _note(writer: BlockWriter, note: WordNote, style: str) -> str:
    story = writer.story
    with story.column("note", story.sheet.page.measure) as out, story.attributed(note.note.attr):
        size = story.sheet.text["note"].size
        field = note_field(note.label, size)
        if field > 2 * size:  # wider than the style's own
            place = _note_place(story, note.label)
            story.place = story.place_of("note", *place, lang=story.place.lang)
        author, blocks = "", note.note.blocks
        if note.kind == "comment":
            author, blocks = comment_author(blocks)
        story.prefix = mark(note, writer.job.notes.hint, writer.job.notes.cell(note))
        _first_paragraph(story, blocks)
        writer.blocks(blocks)
    xml = "".join(out)
    if style != style_id("note"):
        xml = xml.replace(f'w:pStyle w:val="{style_id("note")}"', f'w:pStyle w:val="{style}"')
    signed = f' w:author="{attribute(author)}"' if note.kind == "comment" else ""
    return f'<w:{note.kind} w:id="{note.number}"{signed}>{xml}</w:{note.kind}>'
