"""Pictures with a line under them that no ``figure`` holds together: made figures."""

from __future__ import annotations

import re
from typing import Any, Final

from publisher.readers.html.parse import whole_text

_LONGEST: Final = 160  # characters of a caption
_HOLDERS: Final = ("div", "span", "p", "section", "center")
_NAMES: Final = """
    caption captions cap desc description figcaption imgdesc imagecaption pictext picinfo picdesc
    photodesc phototext imgtext imgcaption"""
_WORDS: Final = frozenset(_NAMES.split())
_JOINTS: Final = re.compile(r"[-_\s]+")


def mark_captions(root: Any) -> None:
    """Makes a ``figure`` of each box with one picture and one line that is named as its caption.

    Sites set captions in small headings, too, where they would open sections. The page is changed
    in place.
    """
    for picture in list(root.iter("img")):
        if any(True for _ in picture.iterancestors("figure", "table", "svg")):
            continue
        box = picture.getparent()
        while box is not None and len(box) == 1 and not _said(box):
            if box.tag not in (*_HOLDERS, "a"):
                box = None
                break
            box = box.getparent()
        if box is None or box.tag not in _HOLDERS or len(box) > 3:
            continue
        lines = [c for c in box if isinstance(c.tag, str) and _said(c)]
        if len(lines) != 1 or len(said := _said(box)) > _LONGEST or said != _said(lines[0]):
            continue
        if sum(1 for _ in box.iter("img")) == 1 and _is_caption(lines[0]):
            box.tag, lines[0].tag = "figure", "figcaption"


def _said(element: Any) -> str:
    return "".join(whole_text(element).split())


def _is_caption(element: Any) -> bool:
    if element.tag in ("h4", "h5", "h6"):
        return True
    said = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    parts = {part for name in said.split() for part in (*_JOINTS.split(name), name)}
    return bool(parts & _WORDS)
