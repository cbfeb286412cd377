"""Parts and relations to a Word package: the only module that knows python-docx.

python-docx names content types and parts and writes relations and core properties; the zip itself
is written here, because dates, order and compression must be the same in every run.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from publisher.record import dataclass, field
from publisher.writers.archive import add_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

_WML: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TYPES: Final = {
    "document": f"{_WML}document.main+xml",
    "styles": f"{_WML}styles+xml",
    "settings": f"{_WML}settings+xml",
    "fontTable": f"{_WML}fontTable+xml",
    "numbering": f"{_WML}numbering+xml",
    "comments": f"{_WML}comments+xml",
    "footnotes": f"{_WML}footnotes+xml",
    "endnotes": f"{_WML}endnotes+xml",
    "header": f"{_WML}header+xml",
    "footer": f"{_WML}footer+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "extended-properties": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "custom-properties": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "font": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
    "image": "",  # by the picture
}
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_FIRST_YEAR: Final = 1980  # the first that a zip entry can carry


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of a part: to a part by name, or to a URI outside the package."""

    id: str
    kind: str
    target: str
    external: bool = False


@dataclass(slots=True)
class Part:
    """A part of the package.

    Attributes:
        name: Absolute part name such as ``/word/document.xml``.
        kind: What it is; also the kind of the relation that leads to it.
        data: Its bytes.
        media_type: Content type of a picture; other kinds have theirs by `kind`.
        relations: Where it leads to.
    """

    name: str
    kind: str
    data: bytes
    media_type: str = ""
    relations: list[Relation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CoreProperties:
    """The package's own metadata (ECMA-376 part 2, 11). Empty fields are left out."""

    title: str
    author: str
    subject: str
    keywords: str
    comments: str
    language: str
    identifier: str
    stamp: datetime


def write_package(
    target: Path, parts: Sequence[Part], top: Iterable[str], properties: CoreProperties
) -> None:
    """Writes a package.

    Args:
        target: File to write.
        parts: All parts but the core properties; the first is the document.
        top: Names of the parts that the package itself refers to.
        properties: For the core properties.

    Raises:
        OSError: The file cannot be written.
    """
    from docx.opc.package import OpcPackage
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part as OpcPart
    from docx.opc.pkgwriter import PackageWriter

    package: Any = OpcPackage()
    made: dict[str, Any] = {
        part.name: OpcPart(
            PackURI(part.name), part.media_type or _TYPES[part.kind], part.data, package
        )
        for part in parts
    }
    kinds = {part.name: part.kind for part in parts}
    for name in top:
        package.relate_to(made[name], _relation_type(kinds[name]))
    for part in parts:
        opc = made[part.name]
        for relation in part.relations:
            end = relation.target if relation.external else made[relation.target]
            opc.load_rel(_relation_type(relation.kind), end, relation.id, relation.external)
    core = _core_properties(package, properties)
    everything = [*made.values(), core]
    packed = _DatedWriter.packed(PackageWriter, package, everything, properties.stamp)
    target.write_bytes(packed.getbuffer())


def _relation_type(kind: str) -> str:
    return _RELATIONS + ("officeDocument" if kind == "document" else kind)


def _core_properties(package: Any, properties: CoreProperties) -> Any:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.parts.coreprops import CorePropertiesPart

    part: Any = CorePropertiesPart.default(package)
    core = part.core_properties
    stamp = properties.stamp.replace(tzinfo=None)
    core.title = _short(properties.title)
    core.author = _short(properties.author)
    core.last_modified_by = _short(properties.author)
    core.created = core.modified = stamp
    core.revision = 1
    for name in ("subject", "keywords", "comments", "language", "identifier"):
        value = getattr(properties, name)
        if value:
            setattr(core, name, _short(value))
    package.relate_to(part, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    return part


def _short(text: str) -> str:
    """At most the 255 characters that python-docx and Word take for a property."""
    return text if len(text) <= 255 else text[:254] + "…"


class _DatedWriter:
    """Takes the place of python-docx's zip writer: fixed dates, one level, order of the calls."""

    def __init__(self, archive: zipfile.ZipFile, stamp: datetime) -> None:
        self.archive = archive
        known = stamp.year >= _FIRST_YEAR
        self.date = stamp.timetuple()[:6] if known else (_FIRST_YEAR, 1, 1, 0, 0, 0)

    def write(self, pack_uri: Any, blob: bytes) -> None:
        """Adds a part."""
        entry = zipfile.ZipInfo(pack_uri.membername, self.date)
        packed = pack_uri.ext.lower() in ("png", "jpeg", "jpg")
        entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        add_entry(self.archive, entry, blob)

    @classmethod
    def packed(cls, steps: Any, package: Any, parts: Sequence[Any], stamp: datetime) -> BytesIO:
        """A package as a zip in memory, through the steps of python-docx's own writer.

        A zip that is written straight to a full disk tries to finish itself again and again.
        """
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", allowZip64=True) as archive:
            writer = cls(archive, stamp)
            # The order Word itself writes: content types and package relations first.
            steps._write_content_types_stream(writer, parts)  # noqa: SLF001 - no public step
            steps._write_pkg_rels(writer, package.rels)  # noqa: SLF001
            steps._write_parts(writer, parts)  # noqa: SLF001
        return buffer
