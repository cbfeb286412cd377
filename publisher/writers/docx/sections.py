"""Word sections: page set-up, page numbering, running heads and folios."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple, dataclass, field
from publisher.tree.nodes import Section
from publisher.tree.walk import plain_text
from publisher.writers.docx.fields import field as make_field
from publisher.writers.docx.fields import text_run
from publisher.writers.docx.headings import heading_key
from publisher.writers.docx.notes import NOTE_KINDS
from publisher.writers.docx.package import Part
from publisher.writers.docx.paragraphs import border
from publisher.writers.docx.xml import part, twips

if TYPE_CHECKING:
    from publisher.theme.model import PageGeometry
    from publisher.writers.docx.job import DocxJob
    from publisher.writers.docx.reference_parts import ReferenceParts
    from publisher.writers.docx.relations import Relations

_KINDS: Final = ("default", "even", "first")
# A frame at the outer edge, whichever side of the spread the page is on (17.3.1.11).
_OUTSIDE: Final = (
    '<w:framePr w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="outside" w:y="1"/>'
)


class Head(NamedTuple):
    """A running head: text, and the heading level that Word takes it from (0 for none)."""

    text: str
    level: int = 0


@dataclass(slots=True)
class SectionSetup:
    """A section of the file.

    Attributes:
        start: How it begins: ``nextPage``, ``oddPage``.
        form: Form of page numbers, as Word names it.
        first: Page number it begins with, or 0 to go on.
        furnished: It has running heads and folios.
        opening: Its first page has no running head.
        page: Label of the page that it opens on, or an empty string where that is not known.
        front: It stands before the text, so that it has no notes.
        head: Running head for chapters.
    """

    start: str = "nextPage"
    form: str = "decimal"
    first: int = 0
    furnished: bool = True
    opening: bool = False
    page: str = ""
    front: bool = False
    head: Head = field(default_factory=lambda: Head(""))


class Sections:
    """Makes section properties and the parts with heads and feet, each content once."""

    def __init__(self, job: DocxJob, relations: Relations) -> None:
        self.parts: list[Part] = []
        self._job = job
        self._relations = relations
        self._names: dict[tuple[str, str], str] = {}
        self._inherited: dict[tuple[str, str], str] = {}
        self._title = plain_text(job.document.meta.title, line_break=" ")
        self._written = 0
        self._renumbers = False

    def xml(self, setup: SectionSetup, *, last: bool = False) -> str:
        """``w:sectPr``; heads and feet that equal those of the section before are inherited."""
        page = self._job.sheet.page
        given, begins = self._job.reference, not self._written
        parts = ["<w:sectPr>"]
        if given is not None:
            parts.append(self._given(given))
        elif setup.furnished:
            parts += self._references(setup)
        parts += self._notes(setup, last=last)
        first = f' w:start="{setup.first}"' if setup.first else ""
        paper = f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"/>'
        parts += (
            f'<w:type w:val="{setup.start}"/>',
            (given.page() if given is not None else "") or paper + self._margins(page),
            f'<w:pgNumType w:fmt="{setup.form}"{first}/>',
            '<w:cols w:space="720"/>',
        )
        if given is not None:
            parts.append(given.alignment())
        if self._opens(setup, given, first=begins):
            parts.append("<w:titlePg/>")
        if self._job.sheet.vertical:
            parts.append('<w:textDirection w:val="tbRl"/>')
        parts.append(f"{self._grid() if given is None else given.grid()}</w:sectPr>")
        return "".join(parts)

    def _opens(self, setup: SectionSetup, given: ReferenceParts | None, *, first: bool) -> bool:
        """The first page has a head and foot of its own, or none."""
        if given is None:
            return setup.furnished and setup.opening
        return given.opens and (setup.opening or first)

    def _given(self, given: ReferenceParts) -> str:
        """Heads and feet of the reference document: the first section names them for all."""
        if self._written:
            return ""
        marks, parts = given.furniture(self._relations)
        self.parts += parts
        return marks

    def _grid(self) -> str:
        """``w:docGrid`` (17.6.5): lines, or lines and characters, where the theme has a grid."""
        sheet = self._job.sheet
        kind = {"lines": "lines", "characters": "linesAndChars"}.get(sheet.page.grid, "")
        form = f' w:type="{kind}"' if kind else ""
        # Cells are as wide as the body's characters: no space is added to them.
        space = ' w:charSpace="0"' if kind == "linesAndChars" else ""
        return f'<w:docGrid{form} w:linePitch="{twips(sheet.text["body"].leading)}"{space}/>'

    def _notes(self, setup: SectionSetup, *, last: bool) -> list[str]:
        """Properties of foot and end notes.

        LibreOffice numbers notes as it meets them, all that come after a restart was set with 0,
        and numbers them anew only when a later section changes where notes begin. So the first
        section says 2 of end notes, of which it has none, and the last one says 1.
        """
        notes = self._job.notes
        start = 0
        if not self._written:
            idle = setup.front or not notes.of_kind("endnote")
            self._renumbers = notes.restarts and bool(notes.of_kind("footnote")) and idle
            start = 2 if self._renumbers and not last else 0
        elif last and self._renumbers:
            start = 1
        self._written += 1
        found = []
        for kind in NOTE_KINDS:
            begin = start if kind == "endnote" else 0
            if begin or notes.of_kind(kind):
                found.append(notes.properties(kind, separators=False, start=begin))
        return found

    def _margins(self, page: PageGeometry) -> str:
        """``w:pgMar``; the measure is not smaller than the layout's, rounding included."""
        sheet, running = self._job.sheet, self._job.sheet.running
        inner, outer = page.inner, page.outer
        left, right = (inner, outer) if page.binding == "left" else (outer, inner)
        start, end = int(left * 20), int(right * 20)
        start -= max(twips(page.across[0]) - (twips(page.width) - start - end), 0)
        head = page.top - running.head_gap - sheet.text["running-head"].leading
        foot = page.bottom - running.foot_gap - sheet.text["folio"].leading
        return (
            f'<w:pgMar w:top="{int(page.top * 20)}" w:right="{end}"'
            f' w:bottom="{int(page.bottom * 20)}" w:left="{start}"'
            f' w:header="{twips(max(head, 0))}" w:footer="{twips(max(foot, 0))}" w:gutter="0"/>'
        )

    def _references(self, setup: SectionSetup) -> list[str]:
        found = []
        for kind in _KINDS:
            if (kind == "even" and not self._facing) or (kind == "first" and not setup.opening):
                continue
            for side in ("header", "footer"):
                content = (self._header if side == "header" else self._footer)(kind, setup)
                if content == self._inherited.get((side, kind), ""):
                    continue
                self._inherited[side, kind] = content
                relation = self._relations.to(side, self._part(side, content))
                found.append(f'<w:{side}Reference w:type="{kind}" r:id="{relation}"/>')
        return found

    @property
    def _facing(self) -> bool:
        return self._job.sheet.page.facing

    def _part(self, side: str, content: str) -> str:
        name = self._names.get((side, content))
        if name is None:
            number = 1 + sum(made == side for made, _ in self._names)
            name = self._names[side, content] = f"/word/{side}{number}.xml"
            style = "Header" if side == "header" else "Footer"
            empty = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'
            root = "w:hdr" if side == "header" else "w:ftr"
            self.parts.append(Part(name, side, part(root, content or empty)))
        return name

    def _header(self, kind: str, setup: SectionSetup) -> str:
        running, sheet = self._job.sheet.running, self._job.sheet
        if kind == "first" and not running.on_opening:
            return ""
        recto = kind != "even"
        wanted = running.recto if recto or not self._facing else running.verso
        text = self._text(wanted, setup.head)
        folio = running.folio == "head-outer"
        if not text and not folio:
            return ""
        outer = "right" if recto == (sheet.page.binding == "left") else "left"
        if folio:
            pieces = (text, "<w:r><w:tab/></w:r>", _page_field())
            content = "".join(pieces if outer == "right" else reversed(pieces))
            align = "left"
        else:
            content = text
            align = outer if self._facing else "center"
        rule = ""
        if running.rule:
            color = sheet.text["running-head"].color
            rule = f"<w:pBdr>{border('bottom', running.rule, color)}</w:pBdr>"
        return (
            f'<w:p><w:pPr><w:pStyle w:val="Header"/>{rule}<w:jc w:val="{align}"/></w:pPr>'
            f"{content}</w:p>"
        )

    def _text(self, wanted: str, head: Head) -> str:
        if not wanted:
            return ""
        if wanted == "title" or not head.text:
            return text_run(self._title)
        if head.level:
            return make_field(f"STYLEREF {head.level}", text_run(head.text))
        return text_run(head.text)

    def _footer(self, kind: str, setup: SectionSetup) -> str:
        running, page = self._job.sheet.running, self._job.sheet.page
        if running.folio not in ("foot-center", "foot-outer"):
            return ""
        frame, align = "", "center"
        if running.folio == "foot-outer":
            recto = kind != "even" or not self._facing
            align = "right" if recto == (page.binding == "left") else "left"
            if kind == "first" and self._facing:
                frame, align = self._opening_folio(setup)
        paragraph = (
            f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{frame}<w:jc w:val="{align}"/></w:pPr>'
            f"{_page_field()}</w:p>"
        )
        return paragraph + ('<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr></w:p>' if frame else "")

    def _opening_folio(self, setup: SectionSetup) -> tuple[str, str]:
        """Frame and alignment of the folio where a section opens, which has one foot for all.

        LibreOffice sets a frame at the outer edge at the left edge of every page; so a folio that
        is to stand at the right has no frame.
        """
        page = setup.page
        odd = setup.start == "oddPage" or (page.isascii() and page.isdigit() and int(page) % 2 == 1)
        outer = "right" if odd == (self._job.sheet.page.binding == "left") else "left"
        known = setup.start == "oddPage" or page
        return ("", "right") if known and outer == "right" else (_OUTSIDE, "left")


def _page_field() -> str:
    return make_field("PAGE", text_run("1"))


def chapter_head(section: Section, wanted: str) -> Head:
    """The running head for the pages of a chapter; `wanted` is ``chapter`` or ``section``.

    A heading of a lower level is taken only when the chapter begins with it: else Word would show
    the last one of the chapter before.
    """
    source = section
    inner = section.blocks[0] if section.blocks else None
    if wanted == "section" and isinstance(inner, Section) and inner.title:
        source = inner
    key = heading_key(source)
    level = int(key[8:]) if key.startswith("heading.") and source.listed else 0
    return Head(plain_text(source.title, line_break=" "), level)
