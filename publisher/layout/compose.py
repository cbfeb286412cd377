"""A document to pages in one pass: flow, page, number, furnish.

The body is flowed and paged first; the contents are set with room kept for numbers, which are
filled in when every page has its label. No paragraph is set twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.events import Diagnostic
from publisher.layout import toc
from publisher.layout.blocks import flow_blocks
from publisher.layout.flow import ContentsMark, Flow, FlowJob
from publisher.layout.notes import separator, settle_notes
from publisher.layout.pages import PageSetup, height_of, paginate
from publisher.layout.running import furnish, label_pages, mark_sections
from publisher.layout.setting import DocumentSetting
from publisher.layout.titlepage import title_block, title_page, wants_title_page
from publisher.layout.types import Element, LaidOut, PagePlan, Pagination
from publisher.record import dataclass
from publisher.tree.ids import flat_outline, outline
from publisher.tree.notes import note_labels
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.environment import ResourceStore
    from publisher.events import Report
    from publisher.faces.fallback import FaceSet
    from publisher.layout.types import Placed, Slab
    from publisher.settings import Settings
    from publisher.theme.model import StyleSheet
    from publisher.tree.meta import Document

_LEAST_ENTRIES = 2  # a contents of one line says nothing
_SPARE_PAGES = 1.4  # pages may be this much less full than an even fill


def compose(  # noqa: PLR0913 - all that a layout depends on
    document: Document,
    sheet: StyleSheet,
    faces: FaceSet,
    resources: ResourceStore,
    settings: Settings,
    report: Report,
    *,
    drawn: bool = True,
) -> LaidOut:
    """Lays a document out.

    Args:
        document: The tree after all transforms; ids are final and unique.
        sheet: The theme resolved for the document's language.
        faces: The opened fonts.
        resources: Which pictures there are; their sizes stand in the document.
        settings: ``output.pdf`` says whether there is a title page and a contents.
        report: Takes findings: pictures without a size, rows taller than a page.
        drawn: The pages will be painted. When only their numbers are wanted, lines of running text
            are chosen and paged as ever but hold nothing to draw, and pages get no heads.
    """
    labels = note_labels(document, sheet.note.restart, sheet.note.numbering)
    pictures = {r.id: r for r in document.resources if r.id in resources}
    setting = DocumentSetting(
        document, sheet, faces, labels=labels, resources=pictures, report=report, drawn=drawn
    )
    job = FlowJob(sheet, setting, report, flow_blocks, resources=pictures, labels=labels)
    return lay_out(document, job, settings, drawn=drawn)


def lay_out(document: Document, job: FlowJob, settings: Settings, *, drawn: bool = True) -> LaidOut:
    """Lays a document out with a job's own way of setting paragraphs; see `compose`."""
    attributes: tuple[tuple[str, str], ...] = ()
    if job.sheet.language:
        attributes += (("Lang", job.sheet.language),)
    if job.sheet.vertical:
        attributes += (("WritingMode", "TbRl"),)
    job.elements.append(Element("Document", -1, attributes))
    if settings.output.pdf.line_report:
        job.places = {}
    output = settings.output
    asked = {"always": True, "auto": "pdf" in output.formats}.get(output.epub.page_list, False)
    if asked and "epub" in output.formats:
        job.owners = []
    return _Composer(document, job, settings, drawn).compose()


@dataclass(slots=True)
class _Composer:
    """One layout: the document, what its flows share, the settings."""

    document: Document
    job: FlowJob
    settings: Settings
    drawn: bool = True
    titled: bool = False

    def compose(self) -> LaidOut:
        document, job, sheet = self.document, self.job, self.job.sheet
        pdf = self.settings.output.pdf
        self.titled = pdf.title_page and wants_title_page(document, sheet)
        depth = min(pdf.toc_depth, sheet.toc.depth)
        entries = sum(1 for _ in flat_outline(outline(document, depth)))
        job.wants_contents = pdf.toc and entries >= _LEAST_ENTRIES

        # Structure elements are made in the order of the text, the title page first.
        front = [title_page(job, document)] if self.titled else []
        body = self._flow()
        elements = len(job.elements)
        mark = job.contents_at
        contents = None
        if job.wants_contents and not self.titled and mark is None:
            mark = ContentsMark(job.title_slabs, depth, (), "")
        if mark is not None and mark.at >= 0:
            contents = self._contents(mark.depth, mark, height_of(body.slabs))
            _splice(body.slabs, contents.slabs, mark, 2 * sheet.text["body"].leading)
        settle_notes(body.slabs, job.notes)
        setup = self._setup()
        overfull: list[Slab] = []
        pages = paginate(body.slabs, setup, overfull=overfull)
        if job.wants_contents and contents is None:
            mark = mark or ContentsMark(-1, depth, (), "")
            contents = self._contents(mark.depth, mark, len(pages) * sheet.page.height_of_type)
            self._pad(front)
            pages_of_contents = paginate(
                contents.slabs, setup, first_index=len(front), overfull=overfull
            )
            pages_of_contents[0].opening = True
            heading = plain_text(mark.title) or sheet.toc.title
            for plan in pages_of_contents:
                plan.chapter = plan.section = heading
            front += pages_of_contents
        if front:
            self._pad(front)
        for slab in overfull:
            self._report_overfull(slab)
        laid_out = self._finish(front, pages, contents)
        if job.owners is not None:
            from publisher.layout.page_starts import page_starts

            laid_out.starts = page_starts(document, job, pages, elements)
        return laid_out

    def _flow(self) -> Flow:
        flow = Flow(self.job, self.job.sheet.page.column_measure, parent=0)
        if self.document.meta.title and not self.titled:
            flow.grid = True
            with flow.across():
                flow.grid = False
                title_block(flow, self.document)
            self.job.title_slabs = len(flow.slabs)
        flow.grid = flow.part = True
        flow.blocks(self.document.body)
        return flow

    def _contents(self, depth: int, mark: ContentsMark, height: float) -> toc.Contents:
        job = self.job
        pages = int(height / job.sheet.page.height_of_type * _SPARE_PAGES) + 9
        entries = toc.listed(job.sections, depth)
        contents = toc.contents(job, entries, title=mark.title, most_pages=pages)
        for slab in contents.slabs:
            slab.span = True
        return contents

    def _setup(self) -> PageSetup:
        job = self.job
        return PageSetup(
            geometry=job.sheet.page,
            leading=job.sheet.text["body"].leading,
            notes=job.notes,
            separator=separator(job.sheet) if job.notes else None,
            repeats=job.repeats,
        )

    def _pad(self, pages: list[PagePlan]) -> None:
        """Lets what follows begin on a recto (JLREQ 2.6): its margins need no page numbers."""
        if self.job.sheet.page.facing and len(pages) % 2:
            pages.append(PagePlan(len(pages), "", [], recto=False, blank=True))

    def _finish(
        self, front: list[PagePlan], body: list[PagePlan], contents: toc.Contents | None
    ) -> LaidOut:
        document, job, sheet = self.document, self.job, self.job.sheet
        pages = [*front, *body]
        for index, plan in enumerate(pages):
            plan.index, plan.recto = index, index % 2 == 0
        labels = label_pages(pages, len(front), separate=sheet.running.front == "roman")
        pagination = Pagination(labels, page_of(pages))
        if contents is not None and self.drawn:
            toc.fill_numbers(job, contents, pagination.label)
        titles = mark_sections(body, job.chapters, openings=sheet.chapter.begin != "flow")
        if job.title_slabs and body:
            body[0].opening = True
        title = plain_text(document.meta.title, line_break=" ")
        if self.titled:
            titles.add(0)
        shown = (plan for plan in pages if plan.index not in titles)
        if self.drawn:
            furnish(shown, sheet, job.setting, title)
        return LaidOut(
            pages=pages,
            pagination=pagination,
            outline=job.sections,
            elements=job.elements,
            missing=job.setting.missing(),
            width=sheet.page.width,
            height=sheet.page.height,
            front_pages=len(front),
            frames=job.frames,
            vertical=sheet.vertical,
            facing=sheet.page.facing,
            binding=sheet.page.binding,
            places=job.places or {},
        )

    def _report_overfull(self, slab: Slab) -> None:
        self.job.report(
            Diagnostic(
                "layout.too-tall",
                args=(
                    ("height", f"{slab.height:.0f}"),
                    ("room", f"{self.job.sheet.page.height_of_type:.0f}"),
                ),
            )
        )


def _splice(slabs: list[Slab], contents: list[Slab], mark: ContentsMark, space: float) -> None:
    """Puts the contents into the flow, with space around it and the page break it waited for."""
    if mark.page:
        contents[0].page = "recto" if mark.page == "recto" else "any"
    contents[0].before = max(contents[0].before, space)
    if mark.at < len(slabs):
        slabs[mark.at].before = max(slabs[mark.at].before, space)
    slabs[mark.at : mark.at] = contents


def page_of(pages: Iterable[PagePlan]) -> dict[str, int]:
    """The 0-based index of the page on which each id stands; the first place counts."""
    found: dict[str, int] = {}
    for plan in pages:
        _collect(plan.placed, plan.index, found)
    return found


def _collect(placed: Iterable[Placed], index: int, found: dict[str, int]) -> None:
    for slab, _, _ in placed:
        for anchor in slab.anchors:
            found.setdefault(anchor, index)
        if slab.parts:
            _collect(slab.parts, index, found)
