"""Paragraph properties: a plain record and its XML, elements in schema order (CT_PPr)."""

from __future__ import annotations

from typing import Final

from publisher.record import NamedTuple
from publisher.writers.docx.xml import twips

JUSTIFY: Final = {"justify": "both", "start": "left", "center": "center", "end": "right"}
_TABLE_END: Final = 20  # twips: the least height of a paragraph that only closes a table


class ParagraphLook(NamedTuple):
    """A paragraph's style and what it sets differently. Lengths are pt; None leaves the style's.

    Attributes:
        style: Id of the paragraph style.
        keep_next: Stays on the page of the next paragraph.
        keep_lines: Is not parted over pages.
        page_break: Begins a page.
        number: Numbering instance and level, or None.
        frame: Borders and fill (``w:pBdr``, ``w:shd``), or empty.
        before: Space before; `after` space after.
        line: Leading, exact; 0 lets a line be as high as what stands in it (pictures).
        least: Leading of text that pictures stand in: lines with them are higher.
        left: Inset at the start edge; `right` at the end edge.
        first: Inset of the first line beyond `left`; negative hangs.
        align: ``start``, ``center`` ..., or empty.
        tabs: Tab stops (``w:tabs``), or empty.
    """

    style: str
    keep_next: bool = False
    keep_lines: bool = False
    page_break: bool = False
    number: tuple[int, int] | None = None
    frame: str = ""
    before: float | None = None
    after: float | None = None
    line: float | None = None
    least: float = 0.0
    left: float | None = None
    right: float | None = None
    first: float | None = None
    align: str = ""
    tabs: str = ""

    def xml(self, section: str = "") -> str:
        """``w:pPr``; `section` is the ``w:sectPr`` of a section that ends here."""
        parts = [f'<w:pPr><w:pStyle w:val="{self.style}"/>']
        if self.keep_next:
            parts.append("<w:keepNext/>")
        if self.keep_lines:
            parts.append("<w:keepLines/>")
        if self.page_break:
            parts.append("<w:pageBreakBefore/>")
        if self.number is not None:
            number, level = self.number
            parts.append(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        parts += (self.frame, self.tabs, self._spacing())
        parts.append(indents(self.left, self.right, self.first))
        if self.align:
            parts.append(f'<w:jc w:val="{JUSTIFY[self.align]}"/>')
        parts += (section, "</w:pPr>")
        return "".join(parts)

    def _spacing(self) -> str:
        values = []
        if self.before is not None:
            values.append(f' w:before="{twips(self.before)}"')
        if self.after is not None:
            values.append(f' w:after="{twips(self.after)}"')
        if self.line == 0:
            values.append(' w:line="240" w:lineRule="auto"')
        elif self.least:
            values.append(f' w:line="{twips(self.least)}" w:lineRule="atLeast"')
        elif self.line is not None:
            values.append(f' w:line="{twips(self.line)}" w:lineRule="exact"')
        return f"<w:spacing{''.join(values)}/>" if values else ""


def indents(left: float | None, right: float | None, first: float | None) -> str:
    """``w:ind``; the first line's inset in characters is set to none, which would win over it."""
    values = []
    if left is not None:
        values.append(f' w:left="{twips(left)}"')
    if right is not None:
        values.append(f' w:right="{twips(right)}"')
    if first is not None:
        if first < 0:
            values.append(f' w:hanging="{twips(-first)}" w:hangingChars="0"')
        else:
            values.append(f' w:firstLine="{twips(first)}" w:firstLineChars="0"')
    return f"<w:ind{''.join(values)}/>" if values else ""


def closing(section: str = "", after: float = 0.0, *, keep: bool = False) -> str:
    """A paragraph as low as can be, where the format demands one: after a table at an end."""
    return (
        f"<w:p><w:pPr>{'<w:keepNext/>' if keep else ''}"
        f'<w:spacing w:before="0" w:after="{twips(after)}" w:line="{_TABLE_END}"'
        ' w:lineRule="exact"/>'
        '<w:ind w:firstLine="0" w:firstLineChars="0"/>'
        f'<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>{section}</w:pPr></w:p>'
    )


def clearing() -> str:
    """A paragraph as low as can be, after which text stands below all frames.

    Its line grows with the break, so its height is not exact, nor that of the page's grid.
    """
    small = '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>'
    return (
        '<w:p><w:pPr><w:snapToGrid w:val="0"/>'
        '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:firstLine="0" w:firstLineChars="0"/>{small}</w:pPr>'
        f'<w:r>{small}<w:br w:type="textWrapping" w:clear="all"/></w:r></w:p>'
    )


def border(side: str, width: float, color: str, space: float = 0.0) -> str:
    """One edge of a border; `width` and `space` pt (ECMA-376 17.3.4: eighths, at most 31 pt)."""
    eighths = min(max(round(width * 8), 2), 96)
    gap = min(round(space), 31)
    return (
        f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{gap}"'
        f' w:color="{color.lstrip("#").upper()}"/>'
    )


def fill(color: str) -> str:
    """A fill behind a paragraph, run or cell."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{color.lstrip("#").upper()}"/>'
