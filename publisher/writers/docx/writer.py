"""The Word writer: a tree to one .docx file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from publisher.layout.titlepage import wants_title_page
from publisher.tree.nodes import TableOfContents
from publisher.tree.walk import any_of, is_part, plain_text
from publisher.writers.base import WriteInfo
from publisher.writers.docx.blocks import BlockWriter, notes_part
from publisher.writers.docx.custom import custom_properties
from publisher.writers.docx.document_settings import settings_part
from publisher.writers.docx.front import (
    contents_depth,
    title_block,
    title_page,
    wants_contents,
    write_contents,
    write_lists,
)
from publisher.writers.docx.job import DocxJob
from publisher.writers.docx.notes import COMMENT, NOTE_KINDS
from publisher.writers.docx.package import CoreProperties, Part, write_package
from publisher.writers.docx.paragraphs import ParagraphLook
from publisher.writers.docx.relations import Relations
from publisher.writers.docx.sections import Head, Sections, SectionSetup, chapter_head
from publisher.writers.docx.story import Story
from publisher.writers.docx.styles import styles_part
from publisher.writers.docx.theme import theme_part
from publisher.writers.docx.xml import DRAWING_NAMESPACES, escape, part

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.settings import Settings
    from publisher.theme.model import StyleSheet
    from publisher.tree.nodes import Inlines, Section
    from publisher.writers.base import WriteRequest
    from publisher.writers.docx.reference_parts import ReferenceParts

_PROPERTIES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


class DocxWriter:
    """Writes Word files; needs pages for the numbers in the table of contents."""

    name = "docx"
    suffix = ".docx"
    needs_pages = True
    paints_pages = False
    writes_vertical = True

    def sheet(self, sheet: StyleSheet, settings: Settings) -> StyleSheet:
        """The sheet with the page and styles of the reference document, where there is one.

        Its lines are filled one by one, which is how those who open the file will fill them: its
        page numbers are theirs, not those of a PDF of the same document.

        Raises:
            ConfigError: The reference document cannot be used.
        """
        sheet = replace(sheet, filled=True)
        path = settings.output.docx.reference
        if not path:
            return sheet
        from publisher.writers.docx.reference import load_reference
        from publisher.writers.docx.reference_sheet import reference_sheet

        return reference_sheet(sheet, load_reference(path), path)

    def write(self, request: WriteRequest) -> WriteInfo:
        """Writes the whole file to ``request.target``.

        An `OSError` while writing goes to the caller, who knows the name the file will have.
        """
        parts = document_parts(request)
        top = ("/word/document.xml", *(p.name for p in parts if p.name.startswith("/docProps/")))
        write_package(request.target, parts, top, _core(request))
        pages = len(request.laid_out.pages) if request.laid_out is not None else 0
        return WriteInfo(pages=pages)


def document_parts(request: WriteRequest) -> list[Part]:
    """All parts of the file but the core properties; the document is the first."""
    job = DocxJob(request)
    relations = Relations()
    body = _Body(job, relations)
    document = Part("/word/document.xml", "document", body.xml())
    parts = [
        Part(
            "/word/styles.xml",
            "styles",
            styles_part(job.sheet, job.fonts, job.unlisted, job.headings),
        ),
        Part("/word/settings.xml", "settings", settings_part(job)),
    ]
    for kind in (*NOTE_KINDS, COMMENT):
        own = Relations()
        data = notes_part(job, kind, own)
        if data:
            parts.append(Part(f"/word/{kind}s.xml", f"{kind}s", data, relations=own.relations))
    numbering = job.numbering.xml()
    if numbering or (job.reference is not None and job.reference.reference.numbering is not None):
        parts.append(Part("/word/numbering.xml", "numbering", numbering))
    parts.append(Part("/word/theme/theme1.xml", "theme", theme_part(job.fonts)))
    parts.append(Part("/word/fontTable.xml", "fontTable", job.fonts.xml()))
    for made in parts:
        relations.to(made.kind, made.name)
    document.relations = relations.relations
    if job.reference is not None:
        with_reference(job.reference, [document, *parts])
    if request.settings.output.docx.embed_fonts:
        parts += _embed(job, [document, *parts, *body.sections.parts])
    pages = len(request.laid_out.pages) if request.laid_out is not None else 0
    app = Part("/docProps/app.xml", "extended-properties", _app(request, pages))
    properties = [app]
    if custom := custom_properties(request.document.meta):
        properties.append(Part("/docProps/custom.xml", "custom-properties", custom))
    return [document, *parts, *body.sections.parts, *job.pictures.parts, *properties]


def _embed(job: DocxJob, parts: list[Part]) -> list[Part]:
    """The parts with fonts, which the font table among `parts` is made to lead to."""
    from publisher.writers.docx.embedding import embedded_fonts, font_table

    fonts = embedded_fonts(job, parts)
    table = next(part for part in parts if part.kind == "fontTable")
    table.data, table.relations = font_table(table.data, fonts)
    return [embedded.part for found in fonts.values() for embedded in found]


def with_reference(given: ReferenceParts, parts: list[Part]) -> None:
    """Puts what a reference document lends into the parts that it has a say in."""
    merged: dict[str, Callable[[bytes], bytes]] = {
        "styles": given.merged_styles,
        "numbering": given.merged_numbering,
        "fontTable": given.merged_fonts,
        "theme": lambda data: given.reference.theme or data,
    }
    for made in sorted(parts, key=lambda made: made.kind != "styles"):  # they name the others' ids
        change = merged.get(made.kind, given.renamed)
        made.data = change(made.data)


class _Body:
    """The main document: front matter, text, and the Word sections they are in."""

    def __init__(self, job: DocxJob, relations: Relations) -> None:
        self.job = job
        self.sheet = job.sheet
        self.story = Story(job, relations)
        self.sections = Sections(job, relations)
        self.contents = wants_contents(job)
        self.setup = SectionSetup()
        self.under_title = 0  # how many pieces stand in the output right after a title block
        self.begun = 0  # how many pieces stood in the output when the section began

    def xml(self) -> bytes:
        """The document part."""
        job, story = self.job, self.story
        meta = job.document.meta
        settings = job.request.settings.output.docx
        titled = settings.title_page and wants_title_page(job.document, self.sheet)
        own_place = self.contents and _has_mark(job)
        if titled or (self.contents and not own_place and not meta.title):
            self._front(titled=titled, contents=self.contents and not own_place)
        else:
            if meta.title:
                title_block(story)
                self.setup.opening = True
                self.under_title = 0 if self.contents else len(story.out)
            if self.contents and not own_place:
                self._write_contents(contents_depth(job), ())
        # Not kept: what holds itself stays until the collector runs, and the pages with it.
        writer = BlockWriter(story, self._opens, self._contents, self._recto)
        writer.blocks(job.document.body)
        if not story.out or story.after_table:
            story.emit(ParagraphLook("BodyText"), "")
        content = "".join(story.out) + self.sections.xml(self.setup, last=True)
        return part("w:document", f"<w:body>{content}</w:body>", DRAWING_NAMESPACES)

    # ------------------------------------------------------------------------------- sections

    def _front(self, *, titled: bool, contents: bool) -> None:
        """Title page and contents in sections of their own, numbered as the layout has it."""
        roman = self.sheet.running.front == "roman"
        form = "lowerRoman" if roman else "decimal"
        page = "oddPage" if self.sheet.page.facing else "nextPage"
        if titled:
            self.setup = SectionSetup(form=form, first=1, furnished=False, front=True)
            title_page(self.story)
            self._break(SectionSetup(start=page, form=form, front=True))
        if contents:
            self.setup.first = 0 if titled else 1
            self.setup.form = form
            self.setup.front = True
            write_contents(self.story, contents_depth(self.job), ())
            write_lists(self.story)
            self.contents = False
            self._break(SectionSetup(start=page))
        self.setup = SectionSetup(start=page, first=1 if roman else 0)

    def _break(self, setup: SectionSetup) -> None:
        """Ends the section and begins another; an empty section is only replaced."""
        if len(self.story.out) == self.begun:
            setup.first = setup.first or self.setup.first
            setup.start = self.setup.start if self.begun == 0 else setup.start
        else:
            self.story.end_section(self.sections.xml(self.setup))
            self.begun = len(self.story.out)
        self.setup = setup

    def _opens(self, section: Section) -> ParagraphLook | None:
        """A chapter or part opens: on a page of its own it is a section of its own."""
        running, look = self.sheet.running, self.sheet.chapter
        divides = is_part(section)
        wanted = running.recto if running.recto in ("chapter", "section") else running.verso
        head = chapter_head(section, wanted) if section.title else Head("")
        if not self.job.sections:
            if divides:
                self.story.page = "any"
            if not self.setup.head.text:
                self.setup.head = head
            return None
        if not divides and 0 < self.under_title == len(self.story.out):
            self.setup.head = head
            return None
        recto = self.sheet.page.facing and (divides or look.begin == "recto")
        empty, first = len(self.story.out) == self.begun, self.setup.start
        start = first if empty and first == "oddPage" else ("oddPage" if recto else "nextPage")
        page = self.job.page_label(section.attr.id)
        self._break(SectionSetup(start=start, opening=True, page=page, head=head))
        style = self.sheet.text["part"] if divides else None
        before = style.before if style is not None else look.drop
        if not divides and look.drop:
            before += self.sheet.text[f"heading.{min(max(section.level, 1), 6)}"].before
        return ParagraphLook("", before=before)

    def _recto(self) -> None:
        """A new page that is a recto, inside a chapter."""
        setup = SectionSetup(start="oddPage", form=self.setup.form, head=self.setup.head)
        self._break(setup)

    # ------------------------------------------------------------------------------- contents

    def _contents(self, node: TableOfContents) -> None:
        if self.contents:
            self._write_contents(node.depth, node.title)

    def _write_contents(self, depth: int, title: Inlines) -> None:
        self.contents = False
        write_contents(self.story, depth, title)
        write_lists(self.story)
        self.story.unmet = 2 * self.sheet.text["body"].leading


def _has_mark(job: DocxJob) -> bool:
    return any_of(job.document, TableOfContents)


def _core(request: WriteRequest) -> CoreProperties:
    meta = request.document.meta
    people = [c.name for c in meta.contributors if c.role == "author"]
    return CoreProperties(
        title=plain_text(meta.title, line_break=" "),
        author="; ".join(people or [c.name for c in meta.contributors][:1]),
        subject=plain_text(meta.subtitle, line_break=" "),
        keywords=", ".join(meta.subjects),
        comments=meta.description,
        language=meta.language or request.sheet.language,
        identifier=meta.identifier,
        stamp=request.environment.now,
    )


def _app(request: WriteRequest, pages: int) -> bytes:
    meta = request.document.meta
    counted = f"<Pages>{pages}</Pages>" if pages else ""
    company = f"<Company>{escape(meta.publisher)}</Company>" if meta.publisher else ""
    content = f"{counted}<Application>publisher</Application>{company}"
    return part("Properties", content, f'xmlns="{_PROPERTIES}"')
