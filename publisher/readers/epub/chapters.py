"""A content document of a book to an element tree like that of a web page.

XHTML is read as XML, since an HTML parser takes ``<a id="p1"/>`` for the beginning of a link; what
is not well-formed is read as HTML all the same. Ids and addresses are made to hold for the whole
book.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from publisher.errors import SourceError
from publisher.readers.epub.package import Place, locate
from publisher.readers.html.parse import declared_charset, fit, parse
from publisher.readers.xml import parse_xml
from publisher.text.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.events import Report
    from publisher.readers.epub.package import Package

_ENTITY: Final = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_OWN: Final = (b"amp", b"lt", b"gt", b"quot", b"apos")
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE[^>\[]*>", re.IGNORECASE)


def chapter(package: Package, member: str, report: Report) -> Any:
    """The root element of a content document; names without namespaces.

    Raises:
        SourceError: It is no text, or nothing like HTML.
    """
    where = f"{package.name}:{member}"
    data = package.archive.read(member)
    try:
        root = parse_xml(_ENTITY.sub(_character, _DOCTYPE.sub(b"", data, count=1)), where)
    except SourceError:
        text = decode(data, _declared(data), report, where).text
        return parse(re.sub(r"\A\s*<\?xml[^>]*>", "", text), where)
    _plain_names(root)
    return root


def _declared(data: bytes) -> str:
    """The encoding a file names for itself, unless it is UTF-8, which shows by itself."""
    named = declared_charset(data)
    return "" if named in ("utf-8", "utf8", "utf-16") else named


def _character(match: re.Match[bytes]) -> bytes:
    if match[1] in _XML_OWN:
        return match[0]
    found = html5.get(match[1].decode("ascii") + ";")
    return match[0] if found is None else "".join(f"&#{ord(c)};" for c in found).encode("ascii")


def _plain_names(root: Any) -> None:
    """Names without namespaces; ``xml:lang`` is ``lang``, ``epub:type`` stays as it is."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        element.tag = element.tag.rpartition("}")[2].lower()
        for key in [k for k in element.attrib if str(k).startswith("{")]:
            name = key.rpartition("}")[2]
            if name != "type" and element.get(name) is None:
                element.set(name, fit(element.attrib[key]))


class Names:
    """Ids made to hold for the whole book: those that stand in two documents get a prefix.

    Args:
        roots: Content document -> root element; ids are changed in place.
    """

    def __init__(self, roots: Mapping[str, Any]) -> None:
        self._prefixes = {member: f"f{number}_" for number, member in enumerate(roots, 1)}
        seen: set[str] = set()
        self._twice: set[str] = set()
        for root in roots.values():
            own = {e.get("id") for e in root.iter() if e.get("id")}
            own |= {e.get("name") for e in root.iter("a") if e.get("name")}
            self._twice |= seen & own
            seen |= own
        for member, root in roots.items():
            for element in root.iter():
                for name in ("id", "name") if element.tag == "a" else ("id",):
                    if element.get(name) in self._twice:
                        element.set(name, fit(self.of(member, element.get(name))))

    def of(self, member: str, fragment: str) -> str:
        """The id in the book of what has this id in one of its documents."""
        return self._prefixes[member] + fragment if fragment in self._twice else fragment


def bind(roots: Mapping[str, Any], package: Package, names: Names) -> None:
    """Makes addresses hold for the whole book: links become ``#id``, pictures start with ``/``."""
    wholes = {
        member: _own_id(root, number) for number, (member, root) in enumerate(roots.items(), 1)
    }
    for member, root in roots.items():
        for link in root.iter("a"):
            place = package.locate(member, link.get("href") or "") if link.get("href") else None
            if place is not None and place.member in wholes:
                named = names.of(place.member, place.fragment) if place.fragment else ""
                link.set("href", "#" + quote(named or wholes[place.member]))
        for picture in root.iter("img", "image"):
            for name in ("src", "href"):
                if picture.get(name):
                    _bind_picture(picture, name, package, member)
        for drawing in list(root.iter("svg")):
            _unwrap(drawing)


def _own_id(root: Any, number: int) -> str:
    """The id of what a link to a whole document leads to: its first heading, or all of it."""
    body = root.find("body")
    whole = root if body is None else body
    first = next(whole.iter("h1", "h2", "h3", "h4", "h5", "h6"), whole)
    if not first.get("id"):
        first.set("id", f"file_{number}")
    return str(first.get("id"))


def _bind_picture(element: Any, name: str, package: Package, member: str) -> None:
    place: Place | None = locate(package.archive, member, element.get(name))
    if place is not None:
        element.set(name, "/" + quote(place.member))


def _unwrap(drawing: Any) -> None:
    """A drawing that only frames a picture, as covers are made, is that picture."""
    pictures = list(drawing.iter("image"))
    if not pictures or any(True for _ in drawing.iter("path", "text", "rect", "circle", "line")):
        return
    from lxml import etree

    parent = drawing.getparent()
    if parent is None:
        return
    for picture in pictures:
        image = etree.Element("img")
        image.set("src", fit(picture.get("href") or ""))
        image.set("alt", fit((drawing.get("aria-label") or "").strip()))
        drawing.addprevious(image)
    if drawing.tail:
        last = drawing.getprevious()
        last.tail = (last.tail or "") + drawing.tail
    parent.remove(drawing)
