"""Notes: their paragraphs with a hanging number, and the rule over them."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from publisher.events import Diagnostic
from publisher.layout.flow import Flow, line_slab, line_width
from publisher.layout.types import RectOp, Slab, TextItem
from publisher.tree.nodes import Paragraph
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.theme.model import StyleSheet
    from publisher.tree.nodes import Footnote

_SHOWN = 24  # characters of a note that a message shows
_LEAST_RULE = 5.0  # em of the note (cjk-typography 13)


def flow_note(flow: Flow, node: Footnote) -> None:
    """Sets a note for the foot of the page of its call.

    End notes, and notes that nothing calls, are flowed where they stand, so that no text is lost.
    """
    label = flow.job.labels.get(node.id, "")
    style = flow.text_style("note")
    if node.kind == "end" or not label:
        flow.space(style.leading)
        column = flow
    else:
        # Called from a table of a vertical page, the note is vertical all the same.
        job = flow.job.text or flow.job
        column = Flow(job, job.sheet.page.column_measure, style="note", parent=flow.parent)
        column.lang = flow.lang
        column.styles = job.sheet.text if flow.job.text else flow.styles
        # The note's measure is a whole number of its own ems, the rest at the start side.
        column.x = column.width % style.size
        column.width -= column.x
    column.anchors += (node.id,) if node.id else ()
    first = len(column.slabs)
    # A note at a foot has its place in the structure where it is called.
    tag = column.element("Note", *((("Call", node.id),) if column is not flow else ()))
    if label:
        line = column.job.setting.line(label, style, flow.lang)
        back = f"#{call_anchor(node.id)}"
        line.items = tuple(
            item._replace(link=back) if isinstance(item, TextItem) else item for item in line.items
        )
        field = max(ceil(line_width(line) / style.size + 0.5), 2) * style.size
        with column.inside(start=field, style="note", parent=tag):
            lbl = line_slab(line, style, column.element("Lbl"), 0.0)
            column.blocks(node.blocks)
            column.labelled(first, lbl, field=field)
    else:
        with column.inside(style="note", parent=tag):
            column.blocks(node.blocks)
    if column is not flow:
        _report_long(column, node)
        if column.slabs:
            column.slabs[0].page = ""
        flow.job.notes[node.id] = column.slabs


def _report_long(column: Flow, node: Footnote) -> None:
    page = column.job.sheet.page
    if sum(slab.height + slab.before for slab in column.slabs) <= page.height_of_type:
        return
    text = "".join(plain_text(b.content) for b in node.blocks if isinstance(b, Paragraph))
    column.job.report(
        Diagnostic(
            "layout.long-note",
            args=(("text", text[:_SHOWN]),),
            source=node.pos.source if node.pos is not None else "",
            line=node.pos.start if node.pos is not None else 0,
        )
    )


def call_anchor(note: str) -> str:
    """The id of the place of a note's first call."""
    return f"call_{note}"


def settle_notes(slabs: list[Slab], notes: dict[str, list[Slab]]) -> None:
    """Lets each note be called by one slab only, and notes called in notes by that slab too.

    The place of the first call gets an anchor that the note's number leads back to.

    A note stands on the page of its first call; those called in notes follow those of the text.
    Notes whose call was not set (in a picture's place, say) go with the last slab: no text is lost.
    """
    seen: set[str] = set()
    calls: set[str] = set()
    for slab in slabs:
        if slab.notes:
            _mark_calls(slab, calls)
            slab.notes = _called(slab.notes, notes, (seen, calls))
    left = tuple(note for note in notes if note not in seen)
    if left and slabs:
        slabs[-1].notes += _called(left, notes, (seen, calls))


def _mark_calls(slab: Slab, calls: set[str]) -> None:
    """Gives a slab the anchors of the notes that are first called on it."""
    first = tuple(dict.fromkeys(note for note in slab.notes if note not in calls))
    calls.update(first)
    slab.anchors += tuple(map(call_anchor, first))


def _called(
    wanted: Iterable[str], notes: dict[str, list[Slab]], known: tuple[set[str], set[str]]
) -> tuple[str, ...]:
    seen, calls = known
    found: list[str] = []
    waiting = list(wanted)
    for note in waiting:  # grows as notes call further ones
        if note in seen or note not in notes:
            continue
        seen.add(note)
        found.append(note)
        for slab in notes[note]:
            _mark_calls(slab, calls)
            waiting += slab.notes
    return tuple(found)


def separator(sheet: StyleSheet) -> Slab:
    """White space and the short rule over the notes of a page."""
    look, size = sheet.note, sheet.text["note"].size
    measure = sheet.page.column_measure
    inset = measure % size
    width = min(max(floor(measure * look.rule / size) * size, _LEAST_RULE * size), measure - inset)
    slab = Slab(look.gap + look.rule_width + look.inside)
    if look.rule_width and look.rule:
        slab.behind = (RectOp(inset, look.gap, width, look.rule_width, sheet.text["note"].color),)
    return slab
