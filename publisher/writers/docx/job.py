"""What all parts of one Word file share: styles, names and numbers that are given once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from publisher.tree.nodes import Figure, Section, Table
from publisher.tree.walk import plain_text, query
from publisher.writers.docx.bookmarks import Bookmarks
from publisher.writers.docx.captions import Captions
from publisher.writers.docx.fonts import FontTable
from publisher.writers.docx.headings import Headings, heading_key
from publisher.writers.docx.notes import plan_notes
from publisher.writers.docx.numbering import Numbering
from publisher.writers.docx.pictures import Pictures
from publisher.writers.docx.runs import RunLook, RunProperties
from publisher.writers.docx.styles import style_id, unlisted_id

_LEVEL: Final = 3  # figures that find room in one cell

if TYPE_CHECKING:
    from publisher.writers.base import WriteRequest
    from publisher.writers.docx.reference_parts import ReferenceParts


class DocxJob:
    """One document on its way to a Word file.

    Attributes:
        request: What the writer was given.
        document: The tree.
        sheet: The style sheet.
        sections: Chapters begin on pages of their own, so that each is a Word section.
        fonts: Font names, and those used so far.
        properties: Run properties made so far.
        bookmarks: Names and numbers of bookmarks.
        notes: Which notes are Word notes.
        numbering: Lists made so far.
        headings: Numbers of headings.
        captions: Numbers of captions.
        pictures: Pictures used so far.
        reference: What a reference document lends, or None.
        unlisted: Keys of headings that the contents leave out.
    """

    def __init__(self, request: WriteRequest) -> None:
        self.request = request
        self.document = request.document
        self.sheet = request.sheet
        self.sections = request.sheet.chapter.begin != "flow"
        self.fonts = FontTable(request.faces, request.sheet.language)
        self.properties = RunProperties(self.fonts)
        self.bookmarks = Bookmarks(request.document)
        self.notes = plan_notes(request.document, request.sheet, sections=self.sections)
        self.reference = _reference(request)
        first = self.reference.first_numbers if self.reference is not None else (0, 0)
        self.numbering = Numbering(request.sheet, first)
        given = self._is_numbered if self.reference is not None else None
        self.headings = Headings(request.document, request.sheet, self.numbering, given)
        self.captions = Captions(request.sheet, _listed(request))
        self.pictures = Pictures(request)
        self.unlisted: set[str] = set()
        self._combined = 0

    def _is_numbered(self, style: str) -> bool:
        """The reference document's style for this one of ours is tied to a list."""
        found = self.reference.styles.setting(style) if self.reference is not None else None
        return found is not None and found.numbered

    @cached_property
    def titles(self) -> dict[str, str]:
        """Plain titles of sections by id."""
        found = query(self.document, Section)
        return {section.attr.id: plain_text(section.title) for section in found}

    def page_label(self, target: str) -> str:
        """The page label that the layout gave to an id; empty without a layout."""
        laid_out = self.request.laid_out
        return laid_out.pagination.label(target) if laid_out is not None else ""

    def next_combined(self) -> int:
        """The number of the next two-line note."""
        self._combined += 1
        return self._combined

    def level(self, look: RunLook, label: str) -> RunLook:
        """The look of a page number, which stands level in vertical text."""
        if not self.sheet.vertical or len(label) > _LEVEL or not label.isascii():
            return look
        return look._replace(cell=self.next_combined())

    def heading_style(self, section: Section, *, listed: bool) -> str:
        """Id of the style of a section's title; below an unlisted one nothing is listed."""
        key = heading_key(section)
        if listed:
            return style_id(key)
        self.unlisted.add(key)
        return unlisted_id(key)


def _listed(request: WriteRequest) -> frozenset[type]:
    settings = request.settings.output.docx
    kinds = ((Figure, settings.list_of_figures), (Table, settings.list_of_tables))
    return frozenset(kind for kind, wanted in kinds if wanted)


def _reference(request: WriteRequest) -> ReferenceParts | None:
    path = request.settings.output.docx.reference
    if not path:
        return None
    from publisher.writers.docx.reference import load_reference
    from publisher.writers.docx.reference_parts import ReferenceParts

    return ReferenceParts(load_reference(path), request.sheet.language)
