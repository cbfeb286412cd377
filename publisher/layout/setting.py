"""What flows need of the paragraph stages: set a paragraph, set a line, measure a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from publisher.layout.types import Line, MissingGlyph
    from publisher.theme.model import TextStyle
    from publisher.tree.nodes import Inlines, Pos


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

    def line(self, text: str, style: TextStyle, lang: str) -> Line:
        """A text as one line, however long."""

    def width(self, text: str, style: TextStyle, lang: str) -> float:
        """Advance of a text on one line, pt."""

    def missing(self) -> list[MissingGlyph]:
        """Characters that no face could draw so far."""
