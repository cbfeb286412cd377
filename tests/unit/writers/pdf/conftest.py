"""Hand-made pages for the PDF writer: lines of text placed by the test."""

from pathlib import Path

import pytest

from publisher.environment import Environment, ResourceStore
from publisher.layout.types import (
    Element,
    LaidOut,
    Line,
    OutlineEntry,
    PagePlan,
    Pagination,
    Placed,
    Slab,
    TextItem,
)
from publisher.settings import Settings
from publisher.tree.meta import Contributor, Document, Metadata
from publisher.tree.nodes import Text
from publisher.writers.base import WriteRequest
from publisher.writers.pdf.writer import PdfWriter
from tests.tools.built_in_fonts import built_in_set

WIDTH, HEIGHT = 400.0, 600.0


def pieces(text, x=0.0, *, lang="zh-Hans", size=10.0, spacing=0.0, role="serif", **more):
    """A line's items: faces by the face set, shaped where that is needed."""
    found = []
    for run in built_in_set(lang).split(text, role, 400, "upright", lang):
        face, cluster = run.face, text[run.start : run.end]
        if run.missing:
            shown, spans = "\u3013", []
            more_here = {**more, "actual": cluster}
        else:
            shown, spans, more_here = cluster, face.shaping_spans(cluster), more
        at = 0
        for start, end in [*spans, (len(shown), len(shown))]:
            if at < start:
                part = shown[at:start]
                width = sum(face.widths[c] for c in part) * size / 1000 + spacing * len(part)
                found.append(TextItem(x, 0.0, face, size, part, spacing, width=width, **more_here))
                x += width
            if start < end:
                part = shown[start:end]
                glyphs = face.shape(part, language=lang)
                width = sum(g.x_advance for g in glyphs) * size / 1000 + spacing * len(glyphs)
                found.append(
                    TextItem(x, 0.0, face, size, part, spacing, glyphs, width=width, **more_here)
                )
                x += width
            at = end
    return tuple(found)


def line(text, tag=0, anchors=(), **style):
    """A slab of one line."""
    return Slab(
        18.0, 13.0, 0.0, Line(0, len(text), pieces(text, **style), 9, 3), tag=tag, anchors=anchors
    )


def plain_pages(*pages):
    """LaidOut of pages given as lists of slabs or strings, 18 pt a line from y 50."""
    plans = []
    for index, slabs in enumerate(pages):
        placed = [
            Placed(line(slab) if isinstance(slab, str) else slab, 50.0, 50.0 + 18 * n)
            for n, slab in enumerate(slabs)
        ]
        plans.append(PagePlan(index, str(index + 1), placed, index % 2 == 0))
    labels = [plan.label for plan in plans]
    anchors = {a: p.index for p in plans for s in p.placed for a in s.slab.anchors}
    elements = [Element("P", -1)]
    return LaidOut(plans, Pagination(labels, anchors), [], elements, [], WIDTH, HEIGHT)


class Sheet:
    """The part of a style sheet that the writer reads."""

    language = "zh-Hans"


META = Metadata(
    title=(Text("寫 & 讀"),),
    contributors=(Contributor("王小明"), Contributor("李譯", "translator")),
    language="zh-Hant",
    description="一本<書>",
    subjects=("排版", "字型"),
)


@pytest.fixture
def make_pdf(tmp_path):
    """Writes pages to a PDF and gives its path; keeps the diagnostics in `.reports`."""

    def make(laid_out, name="out.pdf", meta=META, resources=None, settings=None, epoch=1735689600):
        target = tmp_path / name
        request = WriteRequest(
            Document(meta),
            Sheet(),
            settings or Settings(),
            built_in_set(),
            resources or ResourceStore(),
            laid_out,
            Environment(epoch=epoch),
            target,
            make.reports.append,
        )
        info = PdfWriter().write(request)
        assert info.pages == len(laid_out.pages)
        return Path(target)

    make.reports = []
    return make


__all__ = ["OutlineEntry", "line", "pieces", "plain_pages"]
