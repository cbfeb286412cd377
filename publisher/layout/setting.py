"""What flows need of the paragraph stages: set a paragraph, set a line, measure a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from publisher.events import Diagnostic
from publisher.layout.itemize import InlineContext, itemize
from publisher.layout.paragraph import Typesetter
from publisher.layout.pictures import fitted
from publisher.layout.types import PictureObject
from publisher.layout.vertical import boxed
from publisher.tree.nodes import Section
from publisher.tree.walk import plain_text, query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.events import Report
    from publisher.faces.fallback import FaceSet
    from publisher.layout.types import Line, MissingGlyph, RunTable
    from publisher.theme.model import StyleSheet, TextStyle
    from publisher.tree.meta import Document, Resource
    from publisher.tree.nodes import CrossRef, Image, Inlines, Pos

_SHOWN = 24  # characters of a line that a message shows
_INLINE_HEIGHT = 0.3  # of the type area: the highest picture in a line


class Setting(Protocol):
    """Sets text in the styles of one document."""

    def paragraph(
        self,
        content: Inlines,
        style: TextStyle,
        measure: float,
        *,
        lang: str,
        pos: Pos | None = None,
        first_indent: float | None = None,
    ) -> list[Line]:
        """The lines of a paragraph; `first_indent` (pt, may be negative) replaces the style's."""

    def table(self, content: Inlines, lang: str) -> RunTable:
        """The run table of a paragraph, to whose text the places of its lines refer."""

    def line(self, text: str, style: TextStyle, lang: str) -> Line:
        """A text as one line, however long."""

    def width(self, text: str, style: TextStyle, lang: str) -> float:
        """Advance of a text on one line, pt."""

    def missing(self) -> list[MissingGlyph]:
        """Characters that no face could draw so far."""

    def level(self) -> Setting:
        """The setting of what stands horizontally on a vertical page; else this one."""


class DocumentSetting:
    """`Setting` by the typesetter, with the notes, references and pictures of one document."""

    def __init__(  # noqa: PLR0913 - all that setting text depends on
        self,
        document: Document,
        sheet: StyleSheet,
        faces: FaceSet,
        *,
        labels: Mapping[str, str],
        resources: Mapping[str, Resource],
        report: Report,
        drawn: bool = True,
    ) -> None:
        self._document = document
        self._sheet = sheet
        self._typesetter = Typesetter(sheet, faces, drawn=drawn)
        self._labels = labels
        self._resources = resources
        self._report = report
        self._contexts: dict[str, InlineContext] = {}
        self._titles: dict[str, str] | None = None
        self._unfit: set[str] = set()
        self._faces = faces
        self._level: DocumentSetting | None = None

    def level(self) -> DocumentSetting:
        """The setting of what stands horizontally on a vertical page; else this one."""
        if not self._sheet.vertical:
            return self
        if self._level is None:
            self._level = DocumentSetting(
                self._document,
                self._sheet.level(),
                self._faces,
                labels=self._labels,
                resources=self._resources,
                report=self._report,
                drawn=self._typesetter.drawn,
            )
        return self._level

    def paragraph(
        self,
        content: Inlines,
        style: TextStyle,
        measure: float,
        *,
        lang: str,
        pos: Pos | None = None,
        first_indent: float | None = None,
    ) -> list[Line]:
        """The lines of a paragraph; `first_indent` (pt, may be negative) replaces the style's."""
        table = itemize(content, style, self._context(lang))
        typesetter = self._typesetter
        made = typesetter.set_paragraph(
            table, style, measure, lang=lang, pos=pos, first_indent=first_indent
        )
        lines = made.lines
        for line in lines if not self._sheet.filled else ():  # Word's lines are Word's to break
            if line.overfull or line.emergency:
                code = "layout.overfull-line" if line.overfull else "layout.forced-break"
                self._found(code, made.text[line.start : line.end], pos)
                break  # one finding a paragraph is enough
        for face, marks in typesetter.unfit.items():
            if face not in self._unfit:
                self._unfit.add(face)
                args = (("face", face.partition(":")[0]), ("marks", marks))
                self._report(Diagnostic("layout.marks-fixed", args=args))
        return lines

    def table(self, content: Inlines, lang: str) -> RunTable:
        """The run table of a paragraph, to whose text the places of its lines refer."""
        table = itemize(content, self._sheet.text["body"], self._context(lang))
        return boxed(table, self._sheet.inline) if self._sheet.vertical else table

    def _found(self, code: str, text: str, pos: Pos | None) -> None:
        self._report(
            Diagnostic(
                code,
                args=(("text", text[:_SHOWN]),),
                source=pos.source if pos is not None else "",
                line=pos.start if pos is not None else 0,
            )
        )

    def line(self, text: str, style: TextStyle, lang: str) -> Line:
        """A text as one line, however long."""
        return self._typesetter.line_of(text, style, lang)

    def width(self, text: str, style: TextStyle, lang: str) -> float:
        """Advance of a text on one line, pt."""
        return self._typesetter.measure_text(text, style, lang)

    def missing(self) -> list[MissingGlyph]:
        """Characters that no face could draw so far."""
        found = self._typesetter.missing
        if self._level is None:
            return found
        known = {one.text for one in found}
        return found + [one for one in self._level.missing() if one.text not in known]

    # -------------------------------------------------------------------------------- context

    def _context(self, lang: str) -> InlineContext:
        context = self._contexts.get(lang)
        if context is None:
            context = self._contexts[lang] = InlineContext(
                sheet=self._sheet,
                lang=lang,
                note_label=lambda note: self._labels.get(note, ""),
                cross_ref=self._reference,
                picture=self._picture,
            )
        return context

    def _reference(self, node: CrossRef) -> str:
        """The title that a reference shows when the tree has not said it already."""
        if node.fallback:
            return ""
        if self._titles is None:
            sections = query(self._document, Section)
            self._titles = {s.attr.id: plain_text(s.title, line_break=" ") for s in sections}
        return self._titles.get(node.target, "") or self._labels.get(node.target, "")

    def _picture(self, image: Image) -> PictureObject | None:
        page = self._sheet.page
        room = page.column_measure, page.height_of_type * _INLINE_HEIGHT
        size = fitted(image, self._resources.get(image.resource), room)
        return None if size is None else PictureObject(image.resource, *size, image.alt)
