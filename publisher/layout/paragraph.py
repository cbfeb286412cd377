"""Sets paragraphs: a run table to lines, and lone texts to a line.

Composes the stages measure, opportunities, line choice and justification, and holds what is worth
keeping for one document: faces by style, measured words, missing characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.layout.types import Line, MissingGlyph, ParagraphLines, Run, RunTable, TextItem

if TYPE_CHECKING:
    from publisher.faces.fallback import FaceSet
    from publisher.theme.model import StyleSheet, TextStyle
    from publisher.tree.nodes import Pos


class Typesetter:
    """Sets the paragraphs of one document.

    Args:
        sheet: The resolved style sheet.
        faces: The opened fonts.
    """

    def __init__(self, sheet: StyleSheet, faces: FaceSet) -> None:
        self.sheet = sheet
        self.faces = faces
        self._missing: dict[str, MissingGlyph] = {}

    @property
    def missing(self) -> list[MissingGlyph]:
        """Characters that no face could draw so far, each with its first place."""
        return list(self._missing.values())

    def set_paragraph(
        self,
        table: RunTable,
        style: TextStyle,
        measure: float,
        *,
        lang: str,
        pos: Pos | None = None,
        first_indent: float | None = None,
    ) -> ParagraphLines:
        """The lines of a paragraph.

        Args:
            table: The paragraph's text in runs.
            style: Size, leading, alignment and indent; its insets are not applied here.
            measure: Length of a line, pt.
            lang: Language of the block, BCP 47.
            pos: Where the block came from, for missing characters.
            first_indent: Indent of the first line, pt, in place of the style's; may be negative.
        """
        indent = style.indent * style.size if first_indent is None else first_indent
        lines: list[Line] = []
        start = 0
        used = indent
        size = style.size
        face = self.faces.resolve(style.family, style.weight, "upright", lang)
        text = table.text
        for at, char in enumerate(text):
            width = face.widths[char] * size / 1000
            if used + width > measure + 0.01 and at > start:
                lines.append(self._simple(table, start, at, style, indent if not lines else 0.0))
                start, used = at, 0.0
            used += width
        lines.append(self._simple(table, start, len(text), style, indent if not lines else 0.0))
        return ParagraphLines(text, lines)

    def _simple(self, table: RunTable, start: int, end: int, style: TextStyle, x: float) -> Line:
        face = self.faces.resolve(style.family, style.weight, "upright", self.sheet.language)
        text = table.text[start:end]
        width = sum(map(face.widths.__getitem__, text)) * style.size / 1000
        item = TextItem(x, 0.0, face, style.size, text, color=style.color, width=width)
        notes = tuple(r.note for r in table.runs if r.note and start <= r.start < end)
        anchors = tuple(a for r in table.runs for a in r.anchor if start <= r.start < max(end, 1))
        return Line(start, end, (item,), 0.88 * style.size, 0.12 * style.size, notes, anchors)

    def measure_text(self, text: str, style: TextStyle, lang: str) -> float:
        """Advance of a text on one line, pt."""
        line = self.line_of(text, style, lang)
        return max(
            (item.x + item.width for item in line.items if isinstance(item, TextItem)), default=0.0
        )

    def line_of(self, text: str, style: TextStyle, lang: str) -> Line:
        """A text as one line at its natural width, however long."""
        run = Run(
            0,
            len(text),
            style.family,
            style.weight,
            style.italic,
            lang,
            style.size,
            color=style.color,
        )
        table = RunTable(text, (run,), {})
        return self._simple(table, 0, len(text), style, 0.0)
