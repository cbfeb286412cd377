"""Tables: rows into head, body and foot, spans, alignment, column widths (HTML 4.9)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from publisher.readers.html.parse import styles, whole_number
from publisher.tree.build import Caption
from publisher.tree.nodes import Align, Cell, Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.readers.html.walk import Place, Walk

Handler: TypeAlias = "Callable[[Walk, Any, Place], bool]"

_ALIGN: Final[dict[str, Align]] = {
    "left": "start", "start": "start", "center": "center", "middle": "center", "right": "end",
    "end": "end", "justify": "justify",
}  # fmt: skip
_PARTS: Final = {"thead": "head", "tbody": "body", "tfoot": "foot"}
_MAX_SPAN: Final = 1000  # HTML 4.9.11, the limit of colspan


def align_of(element: Any) -> Align:
    """The alignment that an element's style or old attribute asks for."""
    written = styles(element).get("text-align") or (element.get("align") or "").lower()
    if not written:
        names = element.get("class", "").split()
        written = next((n[6:] for n in names if n.startswith("align-")), "")
    return _ALIGN.get(written, "")


def _table(walk: Walk, element: Any, place: Place) -> bool:
    walk.keep_anchor(element)
    fields = walk.attr_fields(place)
    columns = _columns(element)
    if columns:
        fields["columns"] = columns
    walk.open_block(place, Table, **fields)
    place.state["table"] = True
    return True


def _columns(table: Any) -> tuple[Column, ...]:
    """Widths as shares of the table, where all columns have one in percent or in pixels."""
    found: list[tuple[float, Align]] = []
    for col in table.iter("col"):
        if next(col.iterancestors("table"), None) is not table:
            continue
        written = styles(col).get("width") or col.get("width") or ""
        match = re.match(r"([0-9.]{1,8})\s*(?:%|px)?$", written)
        width = float(match[1]) if match and match[1].count(".") < 2 and match[1] != "." else 0.0
        found += [(width, align_of(col))] * whole_number(col.get("span"), 1, 1, _MAX_SPAN)
        if len(found) > _MAX_SPAN:
            return ()
    total = sum(width for width, _ in found)
    shares = total > 0 and all(width > 0 for width, _ in found)
    return tuple(Column(align, width / total if shares else 0.0) for width, align in found)


def _caption(walk: Walk, element: Any, place: Place) -> bool:
    if walk.holder() is Table:
        walk.open_block(place, Caption)
    else:
        walk.boundary(place)
    del element
    return True


def _group(walk: Walk, element: Any, place: Place) -> bool:
    if walk.holder() is Table:
        place.state["part"] = _PARTS[element.tag]
    else:
        walk.boundary(place)
    return True


def _row(walk: Walk, element: Any, place: Place) -> bool:
    """A row; header rows above all others are the head, also in a table that marks none."""
    if walk.holder() is not Table:
        walk.boundary(place)
        return True
    table = next((p for p in reversed(walk.places) if p.state.get("table")), None)
    part = walk.places[-2].state.get("part", "body")
    if table is not None and part == "body":
        cells = [cell for cell in element if cell.tag in ("td", "th")]
        heads = cells and all(cell.tag == "th" for cell in cells)
        following = element.getnext() is not None or element.getparent().getnext() is not None
        if heads and following and not table.state.get("body"):
            part = "head"
        else:
            table.state["body"] = True
    walk.open_block(place, Row, part=part)
    return True


def _cell(walk: Walk, element: Any, place: Place) -> bool:
    if walk.holder() is not Row:
        walk.boundary(place)
        return True
    fields: dict[str, Any] = {}
    colspan = whole_number(element.get("colspan"), 1, 1, _MAX_SPAN)
    rowspan = whole_number(element.get("rowspan"), 1, 0, 65_534)
    if colspan > 1:
        fields["colspan"] = colspan
    if rowspan != 1:
        fields["rowspan"] = _rows_left(element) if rowspan == 0 else rowspan
    align = align_of(element) or align_of(element.getparent())
    if align:
        fields["align"] = align
    if element.tag == "th":
        fields["header"] = True
    walk.keep_anchor(element)
    walk.open_block(place, Cell, **fields)
    return True


def _rows_left(cell: Any) -> int:
    """``rowspan=0`` reaches to the end of the row group."""
    row = cell.getparent()
    return 1 + sum(1 for _ in row.itersiblings("tr"))


TABLE: Final[dict[str, Handler]] = {
    "table": _table,
    "caption": _caption,
    "thead": _group,
    "tbody": _group,
    "tfoot": _group,
    "tr": _row,
    "td": _cell,
    "th": _cell,
}
