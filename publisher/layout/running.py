"""Running heads, folios and page labels: what is added to pages once they are fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.layout.flow import line_slab, line_width
from publisher.layout.pages import start_edge
from publisher.layout.types import FOOTER, HEADER, Placed, RectOp, Slab
from publisher.text.numerals import counter

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from publisher.layout.setting import Setting
    from publisher.layout.types import Line, PagePlan
    from publisher.theme.model import PageGeometry, StyleSheet

_ELLIPSIS = "…"
_HEAD_SHARE = 0.85  # of the measure, where the folio stands beside the head
_CACHED_HEADS = 4


def label_pages(pages: Sequence[PagePlan], front: int, *, separate: bool) -> list[str]:
    """Gives pages their labels and returns them.

    With `separate` the first `front` pages count in roman figures and the rest from 1 again;
    otherwise all pages count from 1.
    """
    for at, plan in enumerate(pages):
        if separate:
            plan.label = counter(at + 1, "roman") if at < front else str(at - front + 1)
        else:
            plan.label = str(at + 1)
    return [plan.label for plan in pages]


def mark_sections(
    pages: Sequence[PagePlan], chapters: Container[str], *, openings: bool
) -> set[int]:
    """Notes on each page which chapter and section it belongs to.

    A page belongs to the last section that opens on it, else to the one that goes on from the
    page before. `chapters` are the ids of chapters; `openings` marks the pages on which they open.

    Returns:
        Indices of the title pages of parts and volumes, which bear nothing else.
    """
    titles: set[int] = set()
    chapter = section = ""
    for plan in pages:
        for placed in plan.placed:
            opens = placed.slab.opens
            if opens is None:
                continue
            divides = opens.kind in ("volume", "part")
            if divides or opens.id in chapters:
                chapter, section = opens.title, ""
                plan.opening = plan.opening or openings or divides
                if divides:
                    titles.add(plan.index)
            else:
                section = opens.title
        plan.chapter, plan.section = chapter, section
    return titles


def furnish(pages: Iterable[PagePlan], sheet: StyleSheet, setting: Setting, title: str) -> None:
    """Adds running heads and folios to pages that are not blank (JLREQ 2.6, CLREQ 3.6.4).

    Pages on which a chapter opens have no running head unless the style sheet wants one; they
    keep a folio at the foot, which the contents refer to. Title pages are left out by the caller.
    """
    vertical = sheet.vertical
    if vertical:  # furniture of vertical pages is horizontal (JLREQ 2.6.2)
        sheet, setting = sheet.level(), setting.level()
    heads = _Heads(sheet, setting)
    for plan in pages:
        if plan.blank:
            continue
        first = len(plan.placed)
        _add_head(plan, sheet, heads, title)
        _add_folio(plan, sheet, setting)
        if vertical:
            plan.placed[first:] = [_levelled(one, sheet.page) for one in plan.placed[first:]]


def _levelled(placed: Placed, page: PageGeometry) -> Placed:
    """Furniture placed from the top left corner of the sheet, as a slab of a vertical page."""
    inner = Slab(page.measure, parts=(Placed(placed.slab, 0.0, 0.0),), level=True)
    return Placed(inner, placed.y, page.width - placed.x - page.measure)


class _Heads:
    """Running heads set so far: the same few texts stand on many pages in a row."""

    def __init__(self, sheet: StyleSheet, setting: Setting) -> None:
        self.style = sheet.text["running-head"]
        self.room = sheet.page.measure
        if sheet.running.folio == "head-outer":
            self.room *= _HEAD_SHARE
        self.setting = setting
        self.language = sheet.language
        self.lines: dict[str, tuple[Line, float]] = {}

    def line(self, text: str) -> tuple[Line, float]:
        """The head's line and width, cut with an ellipsis where it is too long."""
        found = self.lines.get(text)
        if found is None:
            if len(self.lines) > _CACHED_HEADS:
                self.lines.clear()
            line = self.setting.line(text, self.style, self.language)
            if line_width(line) > self.room:
                cut = shortened(
                    text, self.room, lambda t: self.setting.width(t, self.style, self.language)
                )
                line = self.setting.line(cut, self.style, self.language)
            found = self.lines[text] = (line, line_width(line))
        return found


def shortened(text: str, room: float, width: Callable[[str], float]) -> str:
    """The text, or as much of its beginning as fits with an ellipsis."""
    if width(text) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + _ELLIPSIS) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + _ELLIPSIS


def _add_head(plan: PagePlan, sheet: StyleSheet, heads: _Heads, title: str) -> None:
    look, page = sheet.running, sheet.page
    if plan.opening and not look.on_opening:
        return
    recto = plan.recto or not page.facing
    wanted = look.recto if recto else look.verso
    section = plan.section or plan.chapter or title
    texts = {"": "", "title": title, "chapter": plan.chapter or title, "section": section}
    text = texts[wanted]
    if not text:
        return
    line, width = heads.line(text)
    edge = start_edge(page, recto=plan.recto)
    x = edge
    if not page.facing and look.folio != "head-outer":
        x += (page.measure - width) / 2
    elif look.folio == "head-outer":
        x += 0.0 if recto else page.measure - width
    elif recto == (page.binding == "left"):
        x += page.measure - width
    slab = line_slab(line, heads.style, HEADER)
    y = page.top - look.head_gap - slab.height
    plan.placed.append(Placed(slab, x, y))
    if look.rule:
        rule = Slab(look.rule)
        rule.behind = (RectOp(0.0, 0.0, page.measure, look.rule, heads.style.color),)
        plan.placed.append(Placed(rule, edge, page.top - look.head_gap + look.rule))


def _add_folio(plan: PagePlan, sheet: StyleSheet, setting: Setting) -> None:
    look, page = sheet.running, sheet.page
    if not look.folio or not plan.label:
        return
    if look.folio == "head-outer" and plan.opening and not look.on_opening:
        return
    style = sheet.text["folio"]
    line = setting.line(plan.label, style, sheet.language)
    slab = line_slab(line, style, HEADER if look.folio == "head-outer" else FOOTER)
    x = start_edge(page, recto=plan.recto)
    if look.folio == "foot-center":
        x += (page.measure - line_width(line)) / 2
    elif not page.facing or plan.recto == (page.binding == "left"):
        x += page.measure - line_width(line)
    y = page.height - page.bottom + look.foot_gap
    if look.folio == "head-outer":
        y = page.top - look.head_gap - slab.height
    plan.placed.append(Placed(slab, x, y))
