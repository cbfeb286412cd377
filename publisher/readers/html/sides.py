"""Pictures that text runs beside: which side, and out of the paragraph they were written in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, cast

from publisher.readers.html.parse import styles
from publisher.text.numerals import small_number

if TYPE_CHECKING:
    from publisher.tree.nodes import Side

_CLASS: Final = re.compile(
    r"(?:(?:align|float|pull|img|image|figure|photo|pic|mw-halign|f|t)[-_]?)?(left|right)"
)
_LEAST: Final = 60  # pixels; what is known to be smaller is a sign in the line


def side_of(element: Any) -> Side:
    """The side of the text that a picture or figure is told to stand at."""
    found = styles(element).get("float") or (element.get("align") or "").strip().lower()
    if found in ("left", "right"):
        return cast("Side", found)
    for name in (element.get("class") or "").lower().split():
        if match := _CLASS.fullmatch(name):
            return cast("Side", match[1])
    return ""


def mark_sides(root: Any) -> None:
    """Makes a ``figure`` before its paragraph of each picture that text runs beside.

    A figure whose picture has a side gets that side. The page is changed in place.
    """
    for picture in list(root.iter("img")):
        side = side_of(picture)
        if not side or _is_small(picture):
            continue
        holder = next(picture.iterancestors("figure", "table", "p"), None)
        if holder is None or holder.tag == "table":
            continue
        if holder.tag == "figure":
            if not side_of(holder):
                holder.set("class", f"{holder.get('class') or ''} {side}".strip())
            continue
        _lift(picture, holder, side)


def _is_small(picture: Any) -> bool:
    sizes = [picture.get(name) or "" for name in ("width", "height")]
    known = (small_number(size) for size in sizes)
    return any(size is not None and size < _LEAST for size in known)


def _lift(picture: Any, paragraph: Any, side: Side) -> None:
    """Moves a picture, with the link that holds nothing else, before its paragraph."""
    moved, parent = picture, picture.getparent()
    if parent.tag == "a" and len(parent) == 1 and not (parent.text or picture.tail or "").strip():
        moved, parent = parent, parent.getparent()
    tail, moved.tail = moved.tail or "", None
    before = moved.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    figure = paragraph.makeelement("figure", {"class": side})
    paragraph.addprevious(figure)
    figure.append(moved)
    if not len(paragraph) and not (paragraph.text or "").strip() and not paragraph.get("id"):
        figure.tail = paragraph.tail
        paragraph.getparent().remove(paragraph)
