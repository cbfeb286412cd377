"""Drawings of Word: pictures, text boxes, and what can only be named (charts, objects)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from publisher.readers.docx.package import number
from publisher.record import dataclass, field
from publisher.tree.nodes import Image

if TYPE_CHECKING:
    from publisher.readers.docx.book import Book
    from publisher.readers.docx.package import Relation
    from publisher.tree.nodes import Side

_EMU: Final = 12700  # in a point
_BESIDE: Final = ("wrapSquare", "wrapTight", "wrapThrough")
_HALF_PAGE: Final = 200 * _EMU  # from the margin


@dataclass(slots=True)
class Drawn:
    """What a drawing holds.

    Attributes:
        images: Its pictures.
        boxes: Elements that hold the text of its boxes.
        floats: It stands beside the text, not in the line.
        side: The side of the text that it stands at, where text runs beside it.
        rule: It is only a rule across the page.
        lost: Its description, when nothing of it can be shown.
    """

    images: list[Image] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    floats: bool = False
    side: Side = ""
    rule: bool = False
    lost: str = ""


def drawn(element: Any, book: Book, relations: dict[str, Relation]) -> Drawn:
    """What is in a ``w:drawing``, ``w:pict`` or ``w:object``."""
    anchor = element.find("wp.anchor")
    found = Drawn(floats=anchor is not None, side="" if anchor is None else _side(anchor))
    found.boxes = [box for box in element.iter("txbxContent") if not _in_fallback(box, element)]
    inner = {each for box in found.boxes for each in box.iter()}
    alt, title, width, height = _described(element)
    for shape in element.iter("a.blip", "v.imagedata"):
        if shape in inner or _in_fallback(shape, element):
            continue
        name = shape.get("r.embed") or shape.get("r.id") or shape.get("r.link") or ""
        relation = relations.get(name)
        said = alt or shape.get("title") or ""
        key = ""
        if relation is not None:
            address = relation.target if relation.external else "/" + relation.target
            key = book.shelf.take(address)
        if key:
            sizes = (0.0, 0.0) if book.own else (width, height)
            found.images.append(Image(key, said, title, *sizes))
        else:
            found.lost = found.lost or said or " "
    if found.images or found.boxes:
        found.lost = ""
    elif any(_on(rect.get("hr")) for rect in element.iter("v.rect")):
        found.rule = True
    elif not found.lost and not _is_line(element):
        found.lost = alt or " "
    return found


def _side(anchor: Any) -> Side:
    """Where text runs beside a drawing, the side it is aligned to; else the half it begins in."""
    if all(anchor.find(f"wp.{wrap}") is None for wrap in _BESIDE):
        return ""
    align = anchor.find("wp.positionH/wp.align")
    if align is not None:
        return "right" if (align.text or "").strip() in ("right", "outside") else "left"
    offset = anchor.find("wp.positionH/wp.posOffset")
    left = number((offset.text or "").strip()) if offset is not None else 0
    return "right" if left > _HALF_PAGE else "left"


def _in_fallback(element: Any, top: Any) -> bool:
    """It says again, for old programs, what the drawing says already."""
    for each in element.iterancestors():
        if each is top:
            return False
        if each.tag == "mc.Fallback":
            return each.getparent().find("mc.Choice") is not None
    return False


def _described(element: Any) -> tuple[str, str, float, float]:
    """Alternative text, title, width and height (pt) of a drawing."""
    properties = next(element.iter("wp.docPr"), None)
    extent = next(element.iter("wp.extent"), None)
    alt = title = ""
    if properties is not None:
        alt = " ".join((properties.get("descr") or "").split())
        title = " ".join((properties.get("title") or "").split())
    else:
        shape = next((s for s in element.iter("v.shape", "v.rect") if s.get("alt")), None)
        alt = "" if shape is None else " ".join(shape.get("alt").split())
    width = height = 0.0
    if extent is not None:
        width = round(max(number(extent.get("cx") or "0"), 0) / _EMU, 1)
        height = round(max(number(extent.get("cy") or "0"), 0) / _EMU, 1)
    return alt, title, width, height


def _is_line(element: Any) -> bool:
    """A drawn line or frame without text says nothing."""
    return any(True for _ in element.iter("v.line", "wps.wsp")) or all(
        each.find("a.graphic/a.graphicData") is None for each in element
    )


def _on(value: str | None) -> bool:
    return (value or "").lower() in ("t", "true", "1")
