"""A piece of HTML inside another source, converted like a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.readers.html.parse import parse
from publisher.readers.html.walk import Walk

if TYPE_CHECKING:
    from publisher.readers.base import ReadRequest
    from publisher.readers.pictures import PictureShelf
    from publisher.tree.nodes import Blocks


def convert_fragment(
    markup: str, line: int, language: str, shelf: PictureShelf, request: ReadRequest
) -> Blocks:
    """The blocks of `markup`, which begins at `line` (1-based) of the request's source."""
    if "<" in markup and not markup.strip(" \t\r\n<>/!-"):
        return ()
    root = parse(f"<html><body>{markup}</body></html>", f"{request.name}:{line}")
    top = root.find("body")
    if top is None:
        return ()
    place = (request.name, max(0, line - 1))
    return Walk(top, place, language, shelf, request.report).blocks()
