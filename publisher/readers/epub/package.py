"""The package of an EPUB: container, package document, manifest and spine (EPUB 3.3, OPF 2.0.1)."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from publisher.errors import MalformedSource, ResourceError, SourceError
from publisher.readers.xml import parse_xml
from publisher.record import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.readers.archive import Archive

_CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
# Obfuscated fonts are locked to the book, not to the reader (EPUB 3.3, 4.3); text is not touched.
_OBFUSCATION: Final = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#rc")
_DOCUMENTS: Final = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")


class Item(NamedTuple):
    """An entry of the manifest: its member of the archive, media type and properties."""

    member: str
    media_type: str
    properties: frozenset[str]


class Place(NamedTuple):
    """What an address in the book leads to: a member and a fragment, either may be empty."""

    member: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Package:
    """What the package document says.

    Attributes:
        name: What messages call the book.
        archive: The book's files.
        opf: The member that is the package document.
        root: Its root element.
        items: The manifest, by id.
        spine: (item, linear) of the documents in reading order.
        ncx: The member that is the EPUB 2 table of contents; empty if none.
        nav: The member that is the EPUB 3 navigation document; empty if none.
        guide: EPUB 2 guide: type -> place.
    """

    name: str
    archive: Archive
    opf: str
    root: Any
    items: dict[str, Item]
    spine: tuple[tuple[Item, bool], ...]
    ncx: str
    nav: str
    guide: dict[str, Place]

    def locate(self, base: str, address: str) -> Place | None:
        """What an address written in the member `base` leads to; None for what is not in the book.

        Names that differ in case or in percent-encoding from the archive's are found, since
        many books were made where neither counts.
        """
        return locate(self.archive, base, address)

    @property
    def right_to_left(self) -> bool:
        """Whether pages go from right to left."""
        spine = child(self.root, "spine")
        found = spine is not None and spine.get("page-progression-direction")
        return bool(found == "rtl")


def open_package(archive: Archive, name: str) -> Package:
    """The package of a book.

    Raises:
        MalformedSource: The archive is no EPUB, its text is locked, or a file it needs is missing.
    """
    _refuse_locked(archive, name)
    opf = _package_member(archive, name)
    root = _xml(archive, opf, name)
    manifest = child(root, "manifest")
    items: dict[str, Item] = {}
    for entry in () if manifest is None else children(manifest, "item"):
        place = locate(archive, opf, entry.get("href") or "")
        if place is not None and entry.get("id"):
            properties = frozenset((entry.get("properties") or "").split())
            media_type = (entry.get("media-type") or "").strip().lower()
            items.setdefault(entry.get("id"), Item(place.member, media_type, properties))
    spine = child(root, "spine")
    order = [
        (items[ref.get("idref")], (ref.get("linear") or "").lower() != "no")
        for ref in (() if spine is None else children(spine, "itemref"))
        if ref.get("idref") in items
    ]
    documents = [pair for pair in order if is_document(pair[0])]
    if not documents:
        raise MalformedSource(
            "names no text in its spine",
            code="epub.empty",
            where=f"{name}:{opf}",
            hint="check the book with EPUBCheck",
        )
    guide = child(root, "guide")
    return Package(
        name=name,
        archive=archive,
        opf=opf,
        root=root,
        items=items,
        spine=tuple(documents),
        ncx=_ncx_member(spine, items),
        nav=next((i.member for i in items.values() if "nav" in i.properties), ""),
        guide={
            (entry.get("type") or "").lower(): place
            for entry in (() if guide is None else children(guide, "reference"))
            if (place := locate(archive, opf, entry.get("href") or "")) is not None
        },
    )


def is_document(item: Item) -> bool:
    """True for an item that holds text to read."""
    if item.media_type in _DOCUMENTS:
        return True
    return item.media_type in ("", "text/xml", "application/xml") and item.member.lower().endswith(
        (".xhtml", ".html", ".htm")
    )


def locate(archive: Archive, base: str, address: str) -> Place | None:
    """See `Package.locate`."""
    path, _, fragment = address.strip().partition("#")
    fragment = unquote(fragment)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", path):
        return None
    if not path:
        return Place(base, fragment)
    for written in (unquote(path), path):
        joined = posixpath.join("/", posixpath.dirname(base), written.replace("\\", "/"))
        member = posixpath.normpath(joined).lstrip("/")
        if member in archive:
            return Place(member, fragment)
        folded = member.casefold()
        for other in archive:
            if other.casefold() == folded:
                return Place(other, fragment)
    return None


def local(element: Any) -> str:
    """The element's name without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Any, name: str) -> Any:
    """The first child with this local name, or None."""
    return next(children(element, name), None)


def children(element: Any, name: str) -> Iterator[Any]:
    """The children with this local name."""
    return (each for each in element if local(each) == name)


def attribute(element: Any, name: str) -> str:
    """The attribute with this local name, whatever its namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def _package_member(archive: Archive, name: str) -> str:
    if _CONTAINER in archive:
        for element in _xml(archive, _CONTAINER, name).iter():
            if local(element) == "rootfile":
                place = locate(archive, "", element.get("full-path") or "")
                if place is not None:
                    return place.member
    # A book without a good container still has its package document somewhere.
    for member in archive:
        if member.lower().endswith(".opf"):
            return member
    raise MalformedSource(
        "is no EPUB: it has no package document",
        code="epub.no-package",
        where=name,
        hint="check that the file is a whole EPUB",
    )


def _refuse_locked(archive: Archive, name: str) -> None:
    if _ENCRYPTION not in archive:
        return
    for element in _xml(archive, _ENCRYPTION, name).iter():
        if local(element) != "EncryptedData":
            continue
        methods = [e for e in element.iter() if local(e) == "EncryptionMethod"]
        algorithm = (methods[0].get("Algorithm") or "").lower() if methods else ""
        if algorithm not in _OBFUSCATION:
            raise MalformedSource(
                "is locked by digital rights management (DRM)",
                code="epub.drm",
                where=name,
                hint="publisher reads unlocked books only; ask the seller for one",
            )


def _ncx_member(spine: Any, items: dict[str, Item]) -> str:
    named = items.get(spine.get("toc") or "") if spine is not None else None
    if named is not None:
        return named.member
    return next((i.member for i in items.values() if "dtbncx" in i.media_type), "")


def _xml(archive: Archive, member: str, name: str) -> Any:
    try:
        return parse_xml(archive.read(member), f"{name}:{member}", doctype=True)
    except ResourceError as problem:
        raise MalformedSource(problem.message, code=problem.code, where=problem.where) from problem
    except SourceError:
        raise
