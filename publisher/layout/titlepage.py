"""The title page of a book and the title block over an article."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from publisher.layout.flow import Flow, stack
from publisher.layout.pages import start_edge
from publisher.layout.types import PagePlan, Placed, RectOp, Slab
from publisher.tree.ids import flat_outline, outline
from publisher.tree.nodes import Paragraph, Text
from publisher.tree.walk import walk_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.layout.flow import FlowJob
    from publisher.theme.model import StyleSheet
    from publisher.tree.meta import Contributor, Document

# What follows a name on a title page. A source (a paper, a web site) is named before its name.
_ROLES = {
    "hans": {"author": "著", "translator": "译", "editor": "编", "illustrator": "绘",
             "compiler": "编", "photographer": "摄影", "source": "来源："},
    "hant": {"author": "著", "translator": "譯", "editor": "編", "illustrator": "繪",
             "compiler": "編", "photographer": "攝影", "source": "來源："},
    "ja": {"author": "著", "translator": "訳", "editor": "編", "illustrator": "絵",
           "compiler": "編", "photographer": "写真", "source": "出典："},
    "ko": {"author": "지음", "translator": "옮김", "editor": "엮음", "illustrator": "그림",
           "compiler": "엮음", "photographer": "사진", "source": "출처: "},
}  # fmt: skip
_TITLE_AT = 0.30  # share of the type area over the title: near the golden section of the upper half
_RULE_SHARE = 0.18  # of the measure
_GAP_LINES = 1.0  # lines between title block and contributors' rule
_LEAST_SECTIONS = 2  # as many are listed in a work that has a title page for their sake
_MOST_NAMES = 4  # names of one role on a line


def title_credits(document: Document, profile: str) -> list[str]:
    """One string for each role: the names and what they did.

    >>> from publisher.tree.meta import Contributor, Document, Metadata
    >>> people = (Contributor("曹雪芹"), Contributor("新华社", "source"))
    >>> title_credits(Document(Metadata(contributors=people)), "hans")
    ['曹雪芹　著', '来源：新华社']
    """
    language = document.meta.language.partition("-")[0]
    labels = _ROLES[profile] if language in ("zh", "ja", "ko", "") else {}
    space = " " if profile == "ko" or not labels else "\u3000"
    by_role: dict[str, list[Contributor]] = {}
    for person in document.meta.contributors:
        by_role.setdefault(person.role, []).append(person)
    found = []
    for role, people in by_role.items():
        label = labels.get(role, "")
        for at in range(0, len(people), _MOST_NAMES):
            names = (", " if space == " " else space).join(
                person.name for person in people[at : at + _MOST_NAMES]
            )
            if role == "source":
                found.append(label + names)
            else:
                found.append(f"{names}{space}{label}" if label else names)
    return found


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
        width = page.measure * _RULE_SHARE
        rule = Slab(0.5, x=(page.measure - width) / 2, before=body * (_GAP_LINES + 0.5))
        rule.behind = (RectOp(0.0, 0.0, width, 0.5, sheet.text["contributor"].color),)
        top.add(rule)
        top.space(body * _GAP_LINES)
        _lines(top, names, "contributor")
    foot = Flow(job, page.measure)
    _lines(foot, [*title_series(document), *title_imprint(document, sheet.profile)], "imprint")
    room = page.height_of_type
    foot_parts, foot_height = stack(foot.slabs)
    parts, height = stack(top.slabs)
    start = max(min(room * _TITLE_AT, room - foot_height - body - height), 0.0)
    edge = start_edge(page, recto=index % 2 == 0)
    placed = [Placed(p.slab, edge + p.x, page.top + start + p.y) for p in parts]
    low = page.top + room - foot_height
    placed += [Placed(p.slab, edge + p.x, low + p.y) for p in foot_parts]
    return PagePlan(index, "", placed, recto=index % 2 == 0, opening=True)


def title_block(flow: Flow, document: Document) -> None:
    """The title over an article; names and date too, unless the text itself begins with them."""
    _titles(flow, document)
    profile = flow.job.sheet.profile
    body = flow.text_style("body").leading
    if not has_byline(document):
        facts = [*title_credits(document, profile), *title_imprint(document, profile)]
        flow.space(body / 2)
        _lines(flow, facts, "contributor" if len(facts) < 3 else "imprint")
    flow.space(1.5 * body)
    flow.hold = 1


def has_byline(document: Document) -> bool:
    """True when the text itself begins with names or a date."""
    return any(
        isinstance(block, Paragraph) and block.role in ("byline", "dateline")
        for block in walk_blocks(document.body[:8])
    )


def _titles(flow: Flow, document: Document) -> None:
    meta = document.meta
    for content, key in ((meta.title, "title"), (meta.subtitle, "subtitle")):
        if content:
            if key == "subtitle":
                flow.space(flow.text_style("body").leading / 2)
                flow.hold = 1
            style = flow.text_style(key)
            flow.title(content, style, flow.element("P", parent=0))
            for slab in flow.slabs[1:]:
                slab.keep = 1000


def _lines(flow: Flow, texts: list[str], key: str) -> None:
    style = flow.text_style(key)
    for text in texts:
        flow.paragraph((Text(text),), style, flow.element("P", parent=0))


def title_series(document: Document) -> Iterator[str]:
    """The series and the place in it, as a title page names them."""
    series = document.meta.series
    if series is not None and series.name:
        yield f"{series.name} {series.position}".strip()


def title_imprint(document: Document, profile: str) -> Iterator[str]:
    """Publisher and date, a line each."""
    if document.meta.publisher:
        yield document.meta.publisher
    if document.meta.date:
        yield _written(document.meta.date, profile, document.meta.language)


def _written(date: str, profile: str, language: str) -> str:
    """An ISO date as it is written: 2025年12月22日, 2025년 12월 22일."""
    parts = date.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 3:
        return date
    if language.partition("-")[0] not in ("zh", "ja", "ko", ""):
        return date
    units, space = ("년월일", " ") if profile == "ko" else ("年月日", "")
    return space.join(f"{int(part)}{unit}" for part, unit in zip(parts, units, strict=False))
