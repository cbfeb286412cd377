"""Lists and definition lists: labels in a hanging field of whole ems."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from publisher.layout.flow import line_slab, line_width
from publisher.record import NamedTuple
from publisher.tree.labels import CHECKED, UNCHECKED, item_label

if TYPE_CHECKING:
    from publisher.layout.flow import Flow
    from publisher.layout.types import Line
    from publisher.tree.nodes import DefinitionItem, DefinitionList, ListBlock, ListItem

_AFTER_LABEL = 0.5  # em after "1."; full-width marks have their own space (cjk-typography 12)
_OWN_SPACE = ("、", "）")
_WESTERN = "en"
# ISO 32000-1, Table 347 knows Western numbers only; the labels themselves are in the text.
_NUMBERING = {
    "decimal": "Decimal",
    "alpha": "LowerAlpha",
    "roman": "LowerRoman",
    "bullet": "Disc",
}


def flow_list(flow: Flow, node: ListBlock) -> None:
    """Flows a list; labels end at one line before the text, which hangs."""
    if not node.items:
        return
    job, style = flow.job, flow.text_style(_style_key(flow))
    bullets = job.sheet.list.bullets
    bullet = bullets[min(flow.depth, len(bullets) - 1)]
    texts = [_label(node, item, node.start + at, bullet) for at, item in enumerate(node.items)]
    # A bullet of a Western face is round and stands at the middle of the line; Han faces have dots.
    tongue = flow.lang if node.ordered else _WESTERN
    lines = [job.setting.line(text, style, tongue) for text in texts]
    spaces = [0.0 if text.endswith(_OWN_SPACE) else _AFTER_LABEL * style.size for text in texts]
    widest = max(line_width(line) + space for line, space in zip(lines, spaces, strict=True))
    # A whole number of ems, so that hanging text keeps to the character grid.
    field = max(job.sheet.list.step, ceil(widest / style.size - 0.01) * style.size)

    numbering = _NUMBERING.get(node.style if node.ordered else "bullet", "Decimal")
    group = flow.element("L", ("ListNumbering", numbering))
    space = flow.style == "body"  # other containers have put their space around themselves
    flow.space(style.before if space else 0.0)
    gap = 0.0 if node.tight else job.sheet.list.gap
    flow.depth += 1
    for at, item in enumerate(node.items):
        if at:
            flow.space(gap)
        _item(flow, item, _Label(lines[at], field, spaces[at]), (group, gap))
    flow.depth -= 1
    flow.space(style.after if space else 0.0)


def _style_key(flow: Flow) -> str:
    """Items of a list in a note, cell or quotation have the size of the text around them."""
    return "list" if flow.style == "body" else flow.style


def _label(node: ListBlock, item: ListItem, number: int, bullet: str) -> str:
    if item.checked is not None:
        return CHECKED if item.checked else UNCHECKED
    return item_label(node, number, bullet)


class _Label(NamedTuple):
    """A set label, the field it stands in and the space after it, pt."""

    line: Line
    field: float
    space: float


def _item(flow: Flow, item: ListItem, label: _Label, group: tuple[int, float]) -> None:
    list_element, gap = group
    key = _style_key(flow)
    style = flow.text_style(key)
    parent = flow.element("LI", parent=list_element)
    lbl = flow.element("Lbl", parent=parent)
    body = flow.element("LBody", parent=parent)
    first, left = len(flow.slabs), flow.x
    with flow.inside(start=label.field, style=key, parent=body, flush=True):
        for at, block in enumerate(item.blocks):
            if at:
                flow.space(gap)
            flow.blocks((block,))
        field = flow.x - left
        if field < line_width(label.line):  # nested so deep that no room for labels is left
            flow.slabs.insert(first, line_slab(label.line, style, lbl, flow.x))
            return
        x = max(field - label.space - line_width(label.line), 0.0)
        flow.labelled(first, line_slab(label.line, style, lbl, x), field=field)


def flow_definitions(flow: Flow, node: DefinitionList) -> None:
    """Flows terms, each kept with the definitions set in below it."""
    group = flow.element("L", ("ListNumbering", "None"))
    # Off the line grid like what defines them: a term goes nowhere without that.
    with flow.inside():
        for item in node.items:
            _definition(flow, item, group)


def _definition(flow: Flow, item: DefinitionItem, group: int) -> None:
    term, definition = flow.text_style("term"), flow.text_style("definition")
    parent = flow.element("LI", parent=group)
    for content in item.terms:
        if flow.job.owners is not None:
            flow.job.owners.append((len(flow.job.elements), content, flow.lang))
        flow.paragraph(content, term, flow.element("Lbl", parent=parent))
        flow.hold = max(flow.hold, 1)
    body = flow.element("LBody", parent=parent)
    for blocks in item.definitions:
        flow.space(definition.before)
        with flow.inside(
            start=definition.start, end=definition.end, style="definition", parent=body
        ):
            flow.blocks(blocks)
        flow.space(definition.after)
