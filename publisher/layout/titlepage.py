"""The title page of a book and the title block over an article."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from publisher.layout.flow import Flow, stack
from publisher.layout.types import PagePlan, Placed, RectOp, Slab
from publisher.tree.ids import flat_outline, outline
from publisher.tree.imprint import has_byline, title_credits, title_imprint, title_series
from publisher.tree.nodes import Text

if TYPE_CHECKING:
    from publisher.layout.flow import FlowJob
    from publisher.theme.model import StyleSheet
    from publisher.tree.meta import Document

_TITLE_AT = 0.30  # share of the type area over the title: near the golden section of the upper half
_RULE_SHARE = 0.18  # of the measure
_GAP_LINES = 1.0  # lines between title block and contributors' rule
_LEAST_SECTIONS = 2  # as many are listed in a work that has a title page for their sake


def wants_title_page(document: Document, sheet: StyleSheet) -> bool:
    """Whether a title gets a page of its own: it says more than the title, or leads a longer work.

    A text without names, date, subtitle, series or publisher, and without sections to find one's
    way in, has its title over it on the first page.
    """
    meta = document.meta
    if not (meta.title and sheet.title_page):
        return False
    facts = meta.contributors or meta.date or meta.subtitle or meta.publisher or meta.series
    sections = islice(flat_outline(outline(document, sheet.toc.depth)), _LEAST_SECTIONS)
    return bool(facts) or len(list(sections)) == _LEAST_SECTIONS


def title_page(job: FlowJob, document: Document, *, index: int = 0) -> PagePlan:
    """A page of its own: title and subtitle above the middle, names under them, imprint at foot."""
    page, sheet = job.sheet.page, job.sheet
    top = Flow(job, page.measure)
    _titles(top, document)
    body = sheet.text["body"].leading
    names = title_credits(document, sheet.profile)
    if names:
        if not sheet.vertical:  # there, names stand apart at the foot of their column
            width = page.measure * _RULE_SHARE
            rule = Slab(0.5, x=(page.measure - width) / 2, before=body * (_GAP_LINES + 0.5))
            rule.behind = (RectOp(0.0, 0.0, width, 0.5, sheet.text["contributor"].color),)
            top.add(rule)
        top.space(body * _GAP_LINES)
        _lines(top, names, "contributor")
    foot = Flow(job, page.measure)
    imprint = title_imprint(document, sheet.profile, han=sheet.vertical)
    _lines(foot, [*title_series(document), *imprint], "imprint")
    room = page.height_of_type
    foot_parts, foot_height = stack(foot.slabs)
    parts, height = stack(top.slabs)
    start = max(min(room * _TITLE_AT, room - foot_height - body - height), 0.0)
    edge, head = page.edges(recto=index % 2 == 0)
    placed = [Placed(p.slab, edge + p.x, head + start + p.y) for p in parts]
    low = head + room - foot_height
    placed += [Placed(p.slab, edge + p.x, low + p.y) for p in foot_parts]
    return PagePlan(index, "", placed, recto=index % 2 == 0, opening=True)


def title_block(flow: Flow, document: Document) -> None:
    """The title over an article; names and date too, unless the text itself begins with them."""
    _titles(flow, document)
    profile = flow.job.sheet.profile
    body = flow.text_style("body").leading
    if not has_byline(document):
        imprint = title_imprint(document, profile, han=flow.job.sheet.vertical)
        facts = [*title_credits(document, profile), *imprint]
        flow.space(body / 2)
        _lines(flow, facts, "contributor" if len(facts) < 3 else "imprint")
    flow.space(1.5 * body)
    flow.hold = 1


def _titles(flow: Flow, document: Document) -> None:
    meta = document.meta
    for content, key in ((meta.title, "title"), (meta.subtitle, "subtitle")):
        if content:
            if key == "subtitle":
                flow.space(flow.text_style("body").leading / 2)
                flow.hold = 1
            style = flow.text_style(key)
            flow.paragraph(content, style, flow.element("P", parent=0))
            for slab in flow.slabs[1:]:
                slab.keep = 1000


def _lines(flow: Flow, texts: list[str], key: str) -> None:
    style = flow.text_style(key)
    for text in texts:
        flow.paragraph((Text(text),), style, flow.element("P", parent=0))
