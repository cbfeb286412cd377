"""Draws a few lines as a page of a real PDF and reads its ink.

from tests.tools.drawn import drawn, letters
"""

from __future__ import annotations

from publisher.environment import Environment, ResourceStore
from publisher.layout.compose import compose
from publisher.settings import OutputSettings, PdfSettings, Settings, ThemeSettings
from publisher.theme.resolve import resolve_theme
from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import Paragraph, Text
from publisher.writers.base import WriteRequest
from publisher.writers.pdf.writer import PdfWriter
from tests.tools.square_font import square_set

SIZE = 10.0  # pt, of the characters
MARGIN = 10.0


def sheet_of(lang, em, lines, inline=(), leading=1.7):
    """A page of `lines` lines of `em` characters of 10 pt, with margins of 10 pt."""
    height = lines * leading * SIZE + 2 * MARGIN
    page = {"size": [em * SIZE + 2 * MARGIN, height], "facing": False}
    page |= dict.fromkeys(("top", "bottom", "inner", "outer"), MARGIN)
    overrides = (
        ("page", page),
        ("text", {"body": {"size": SIZE, "leading": leading * SIZE, "indent": 0}}),
        ("running", {"verso": "", "recto": "", "folio": ""}),
        ("inline", dict(inline)),
    )
    return resolve_theme(ThemeSettings(name="book", overrides=overrides), lang, base=None)


def drawn(*paragraphs, target, lang="zh-Hans", em=8, lines=3, faces=None, inline=()):
    """Writes paragraphs (each a tuple of inlines) to a PDF file."""
    sheet = sheet_of(lang, em, lines, inline)
    faces = faces or square_set(lang)
    meta = Metadata(title=(Text("標"),), language=lang)
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
