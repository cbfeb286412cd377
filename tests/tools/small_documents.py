"""Short ways to write trees in tests, and a style sheet to lay them out with."""

from functools import cache

from publisher.layout.compose import lay_out
from publisher.settings import OutputSettings, PdfSettings, Settings, ThemeSettings
from publisher.theme.resolve import resolve_theme
from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import Attr, Cell, Column, Paragraph, Row, Section, Table, Text
from publisher.tree.notes import note_labels
from tests.tools.plain_setting import plain_job


def inl(text):
    return (Text(text),)


def par(text, **more):
    return Paragraph(inl(text), **more)


def sec(title, *blocks, level=1, ident="", **more):
    return Section(level, inl(title), blocks, attr=Attr(id=ident), **more)


def cell(text="", **more):
    return Cell((par(text),) if text else (), **more)


def row(*cells):
    return Row(tuple(c if isinstance(c, Cell) else cell(c) for c in cells))


def grid(*rows, head=(), columns=2, **more):
    columns = tuple(Column() for _ in range(columns)) if isinstance(columns, int) else columns
    return Table(columns, head=head, body=rows, **more)


@cache
def small_sheet(name="book", language="zh-Hans", mode="", **page):
    """A book whose page has 20 characters by 20 lines of 10 pt on 16 pt.

    Its line gap is 6 pt; margins are 40 pt. `page` replaces keys of the page table. A vertical
    page (by `mode`) has 32 characters by 12 lines.
    """
    table = {
        "size": [280.0, 400.0],
        "top": 40.0,
        "bottom": 40.0,
        "inner": 40.0,
        "outer": 40.0,
        **page,
    }
    overrides = (
        ("page", table),
        ("text", {"body": {"size": 10.0, "leading": 16.0}}),
    )
    settings = ThemeSettings(name=name, overrides=overrides)
    return resolve_theme(settings, language, base=None, writing_mode=mode)


def document(*body, title="", language="zh-Hans", **meta):
    return Document(Metadata(title=inl(title) if title else (), language=language, **meta), body)


def pages_of(*body, sheet=None, title="", toc=False, **meta):
    """The body's pages, its setter and findings; without a title page unless there is a title."""
    doc = body[0] if isinstance(body[0], Document) else document(*body, title=title, **meta)
    job = plain_job(sheet or small_sheet(), note_labels(doc))
    settings = Settings(output=OutputSettings(pdf=PdfSettings(toc=toc)))
    return lay_out(doc, job, settings), job
