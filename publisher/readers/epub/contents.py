"""The table of contents of a book: the navigation document, or the NCX of EPUB 2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.errors import SourceError
from publisher.readers.epub.package import Place, child, children, local
from publisher.readers.xml import parse_xml
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.readers.epub.package import Package

_MAX_DEPTH = 32


class Entry(NamedTuple):
    """A line of the contents: how deep it stands (1 is the top), its text, where it leads."""

    depth: int
    text: str
    place: Place


def contents(package: Package) -> list[Entry]:
    """The lines that lead somewhere, in order; none when the book has no contents to read."""
    for member, read in ((package.nav, _nav_entries), (package.ncx, _ncx_entries)):
        if member and member in package.archive:
            found = list(read(package, member))
            if found:
                return found
    return []


def _root(package: Package, member: str) -> Any:
    try:
        return parse_xml(package.archive.read(member), f"{package.name}:{member}", doctype=True)
    except SourceError:
        return None  # a book can be read without contents


def _nav_entries(package: Package, member: str) -> Iterator[Entry]:
    root = _root(package, member)
    if root is None:
        return
    navs = [e for e in root.iter() if local(e) == "nav"]
    toc = next((e for e in navs if "toc" in _types(e)), navs[0] if navs else None)
    listed = None if toc is None else child(toc, "ol")
    stack = [] if listed is None else [(1, children(listed, "li"))]
    while stack:
        depth, items = stack[-1]
        item = next(items, None)
        if item is None:
            stack.pop()
            continue
        link = next((e for e in item if local(e) in ("a", "span")), None)
        if link is not None and link.get("href"):
            place = package.locate(member, link.get("href"))
            text = _text(link)
            if place is not None and text:
                yield Entry(depth, text, place)
        below = child(item, "ol")
        if below is not None and depth < _MAX_DEPTH:
            stack.append((depth + 1, children(below, "li")))


def _types(element: Any) -> str:
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith("}type")), "")


def _ncx_entries(package: Package, member: str) -> Iterator[Entry]:
    root = _root(package, member)
    points = None if root is None else child(root, "navMap")
    stack = [] if points is None else [(1, children(points, "navPoint"))]
    while stack:
        depth, items = stack[-1]
        point = next(items, None)
        if point is None:
            stack.pop()
            continue
        label, content = child(point, "navLabel"), child(point, "content")
        if label is not None and content is not None:
            place = package.locate(member, content.get("src") or "")
            text = _text(label)
            if place is not None and text:
                yield Entry(depth, text, place)
        if depth < _MAX_DEPTH:
            stack.append((depth + 1, children(point, "navPoint")))


def _text(element: Any) -> str:
    return " ".join("".join(str(t) for t in element.itertext()).split())
