"""Draws a few lines as a page of a real PDF and shows its ink as letters.

from tests.tools.drawn import drawn, letters
"""

from __future__ import annotations

from dataclasses import replace

from publisher.environment import Environment, ResourceStore
from publisher.events import ignore
from publisher.layout.compose import compose
from publisher.settings import OutputSettings, PdfSettings, Settings, ThemeSettings
from publisher.theme.model import PageGeometry, TextStyle
from publisher.theme.resolve import resolve_theme
from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import Paragraph
from publisher.writers.base import WriteRequest
from publisher.writers.pdf.writer import PdfWriter
from tests.tools.square_font import square_set

SIZE = 10.0  # pt, of the characters
LEADING = 17.0
MARGIN = 10.0
_FINE = 6  # pixels to the side of a cell


def sheet_of(lang, em, lines, inline=(), *, vertical=False):
    """A page of `lines` lines of `em` characters of 10 pt, with margins of 10 pt."""
    sides = [em * SIZE + 2 * MARGIN, lines * LEADING + 2 * MARGIN]
    if vertical:
        sides.reverse()
    theme = ThemeSettings(name="book-vertical" if vertical else "book")
    sheet = resolve_theme(theme, lang, base=None)
    return replace(
        sheet,
        page=PageGeometry(*sides, *[MARGIN] * 4, vertical=vertical),
        text={**sheet.text, "body": TextStyle(size=SIZE, leading=LEADING)},
        running=replace(sheet.running, verso="", recto="", folio=""),
        inline=replace(sheet.inline, **dict(inline)),
    )


def paged(*paragraphs, lang="zh-Hans", em=8, lines=3, faces=None, inline=(), vertical=False):
    """The pages of paragraphs, each a tuple of inlines; and what writing them takes."""
    sheet = sheet_of(lang, em, lines, inline, vertical=vertical)
    faces = faces or square_set(lang)
    document = Document(
        Metadata(language=lang), tuple(Paragraph(content) for content in paragraphs)
    )
    settings = Settings(output=OutputSettings(pdf=PdfSettings(toc=False, title_page=False)))
    resources = ResourceStore()
    laid_out = compose(document, sheet, faces, resources, settings, ignore)
    return laid_out, (document, sheet, settings, faces, resources, laid_out, Environment(epoch=0))


def drawn(*paragraphs, target, **more):
    """Writes paragraphs to a PDF file."""
    PdfWriter().write(WriteRequest(*paged(*paragraphs, **more)[1], target, ignore))
    return target


def letters(path, *, fine=1, ink=0.5):
    """The ink in the type area of a page: ``#`` where it covers `ink` of a cell, ``:`` less.

    A cell is 1 pt, a tenth of an em, or an even part of it: `fine` of them are 1 pt.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        picture = document[0].render(scale=_FINE * fine, grayscale=True).to_pil()
    cells = picture.resize((picture.width // _FINE, picture.height // _FINE), 4)  # box filter
    edge = round(MARGIN * fine)
    rows = []
    for y in range(edge, cells.height - edge):
        shades = [cells.getpixel((x, y)) for x in range(edge, cells.width - edge)]
        rows.append("".join(map(_letter, shades, [255 * (1 - ink)] * len(shades))))
    return rows


def _letter(shade, dark):
    return "#" if shade < dark else ":" if shade < 250 else "."
