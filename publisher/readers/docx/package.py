"""The parts of a Word file and how they are related (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any, Final

from publisher.errors import MalformedSource, SourceError, UnsupportedFormat
from publisher.readers.archive import Archive
from publisher.readers.xml import parse_xml
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from publisher.readers.base import ReadRequest

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
# Prefixes by a word of the namespace, transitional and strict (part 1, annex A); the main one has
# none. Word's own later namespaces end in a year.
_PREFIXES: Final = (
    ("wordprocessingml/main", ""),
    ("officeDocument/relationships", "r"),
    ("officeDocument/math", "m"),
    ("drawingml/main", "a"),
    ("wordprocessingDrawing", "wp"),
    ("drawingml/picture", "pic"),
    ("wordprocessingShape", "wps"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("markup-compatibility", "mc"),
)


class Relation(NamedTuple):
    """Where a part leads to: the last word of the relation's type, and a member or an address."""

    kind: str
    target: str
    external: bool


class Package:
    """A Word file.

    Raises:
        SourceError: It is no Word file of this kind, locked, damaged or over a limit.
    """

    def __init__(self, request: ReadRequest) -> None:
        self.name = request.name
        data = request.data
        if data.startswith(_OLE):
            _refuse_old(data, request.name)
        self.archive = Archive(data, request.name, request.settings.max_bytes)
        self.main = next(
            (r.target for r in self.relations("").values() if r.kind == "officeDocument"), ""
        )
        if self.main not in self.archive:
            raise MalformedSource(
                "is no Word document: it has no main part",
                code="docx.no-document",
                where=request.name,
                hint="check that the file is whole, and a .docx",
            )

    def relations(self, member: str) -> dict[str, Relation]:
        """The relations of a part (of the package for an empty name), by id."""
        folder, file = posixpath.split(member)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, Relation] = {}
        for entry in () if root is None else root:
            target = entry.get("Target") or ""
            external = entry.get("TargetMode") == "External"
            if not external:
                base = "/" if target.startswith("/") else posixpath.join("/", folder)
                target = posixpath.normpath(posixpath.join(base, target)).lstrip("/")
            kind = (entry.get("Type") or "").rpartition("/")[2]
            found.setdefault(entry.get("Id") or "", Relation(kind, target, external))
        return found

    def related(self, kind: str) -> str:
        """The part of this kind that the main part names, or an empty string."""
        found = (r.target for r in self.relations(self.main).values() if r.kind == kind)
        return next(found, "")

    def xml(self, member: str) -> Any:
        """The root of a part with plain names, or None when there is no such part.

        Raises:
            SourceError: It is damaged.
        """
        if member not in self.archive:
            return None
        root = parse_xml(self.archive.read(member), f"{self.name}:{member}")
        _plain_names(root)
        return root

    def xml_if_whole(self, member: str) -> Any:
        """As `xml`; None also for a damaged part, where the text can do without it."""
        try:
            return self.xml(member) if member else None
        except SourceError:
            return None


def value(element: Any, name: str, attribute: str = "val") -> str:
    """An attribute of the child of this name; empty where there is none."""
    found = None if element is None else element.find(name)
    return "" if found is None else str(found.get(attribute) or "")


def switched_on(element: Any, name: str) -> bool | None:
    """A switch such as ``w:b`` (17.17.4): None when it is not there."""
    found = None if element is None else element.find(name)
    if found is None:
        return None
    return str(found.get("val") or "1").lower() not in ("0", "false", "off", "none")


def inset(properties: Any) -> float | None:
    """The start inset that paragraph properties ask for, pt; None when they do not."""
    found = None if properties is None else properties.find("ind")
    if found is None:
        return None
    written = found.get("left") or found.get("start")
    return number(written) / 20 if written else None


def number(text: str, default: int = 0) -> int:
    """A whole number as attributes have it; `default` for what is none."""
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return default


def _refuse_old(data: bytes, name: str) -> None:
    if _LOCKED in data:
        raise MalformedSource(
            "is locked with a password",
            code="docx.locked",
            where=name,
            hint="open it in Word and save it without a password",
        )
    raise UnsupportedFormat(
        "is a file of Word 97-2003 (.doc), whatever its name says",
        code="docx.old",
        where=name,
        hint="open it in Word or LibreOffice and save it as .docx",
    )


def _plain_names(root: Any) -> None:
    """``w:p`` becomes ``p``, ``a:blip`` ``a.blip``; attributes lose their prefix but for ``r.``.

    lxml takes no colon in a name without a namespace.
    """
    known: dict[str, str] = {}

    def prefix(space: str) -> str:
        found = known.get(space)
        if found is None:
            plain = space.replace("/2006", "")
            found = next((p for part, p in _PREFIXES if part in plain), "x")
            known[space] = found = f"{found}." if found else ""
        return found

    for element in root.iter():
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag.startswith("{"):
            space, _, name = tag[1:].partition("}")
            if "package/2006" in space or "metadata" in space or "extended" in space:
                element.tag = name
            else:
                element.tag = prefix(space) + name
        for key in [k for k in element.attrib if str(k).startswith("{")]:
            space, _, name = str(key)[1:].partition("}")
            element.set(f"r.{name}" if prefix(space) == "r." else name, element.attrib[key])
