"""Draws a few lines as a page of a real PDF and reads its ink.

from tests.tools.drawn import drawn, letters
"""

from __future__ import annotations

from publisher.environment import Environment, ResourceStore
from publisher.layout.compose import compose
from publisher.settings import OutputSettings, PdfSettings, Settings, ThemeSettings
from publisher.theme.resolve import resolve_theme
from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import Paragraph
from publisher.writers.base import WriteRequest
from publisher.writers.pdf.writer import PdfWriter
from tests.tools.square_font import square_set

SIZE = 10.0  # pt, of the characters
LEADING = 17.0
MARGIN = 10.0


def sheet_of(lang, em, lines, inline=(), *, vertical=False):
    """A page of `lines` lines of `em` characters of 10 pt, with margins of 10 pt."""
    sides = [em * SIZE + 2 * MARGIN, lines * LEADING + 2 * MARGIN]
    page = {"size": sides[::-1] if vertical else sides, "facing": False}
    page |= dict.fromkeys(("top", "bottom", "inner", "outer"), MARGIN)
    overrides = (
        ("page", page),
        ("text", {"body": {"size": SIZE, "leading": LEADING, "indent": 0}}),
        ("running", {"verso": "", "recto": "", "folio": ""}),
        ("inline", dict(inline)),
    )
    theme = ThemeSettings(name="book-vertical" if vertical else "book", overrides=overrides)
    return resolve_theme(theme, lang, base=None)


def drawn(
    *paragraphs, target, lang="zh-Hans", em=8, lines=3, faces=None, inline=(), vertical=False
):
    """Writes paragraphs (each a tuple of inlines) to a PDF file."""
    sheet = sheet_of(lang, em, lines, inline, vertical=vertical)
    faces = faces or square_set(lang)
    meta = Metadata(language=lang)
    document = Document(meta, tuple(Paragraph(content) for content in paragraphs))
    settings = Settings(output=OutputSettings(pdf=PdfSettings(toc=False, title_page=False)))
    resources, reports = ResourceStore(), []
    laid_out = compose(document, sheet, faces, resources, settings, reports.append)
    request = WriteRequest(
        document, sheet, settings, faces, resources, laid_out, Environment(epoch=0), target,
        reports.append,
    )  # fmt: skip
    PdfWriter().write(request)
    return target
