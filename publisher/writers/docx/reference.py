"""A Word file of the user's own that lends its styles, page, running heads and numbering.

What Word, LibreOffice and WPS write is taken; nothing in the file is run or fetched. Its text is
left behind.
"""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from publisher.errors import ConfigError
from publisher.record import dataclass, field
from publisher.writers.docx.package import Part, Relation
from publisher.writers.docx.xml import R, W

if TYPE_CHECKING:
    from collections.abc import Iterator

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_MOST: Final = 64 * 1024 * 1024  # bytes of the file, and of all that is read of it
_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_HINT: Final = "save it as .docx in Word, WPS or LibreOffice"
# Children in the schema's order, which programs do not always keep (LibreOffice in levels of lists)
# and validators ask for: CT_Lvl, CT_Style, CT_PPr, CT_RPr, CT_TcPr.
_ORDERS: Final = {
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden"
    " unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr"
    " tcPr tblStylePr",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr"
    " suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct"
    " topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind"
    " contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint"
    " noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect"
    " bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection"
    " tcFitText vAlign hideMark",
}


@dataclass(slots=True)
class Reference:
    """What a Word file lends.

    Attributes:
        styles: Its styles (``w:styles``); `numbering` its lists or None.
        section: Properties of its last section (``w:sectPr``).
        facing: Its margins are mirrored; `even` says that even pages have heads of their own.
        theme: Its theme part, or nothing.
        fonts: Its font table, or None.
        furniture: Heads and feet: side and kind to their part.
        media: Pictures of heads and feet.
        used: How often each paragraph style is used in its text; the default one as an empty name.
    """

    styles: Any
    numbering: Any
    section: Any
    facing: bool
    even: bool
    theme: bytes
    fonts: Any
    furniture: dict[tuple[str, str], Part] = field(default_factory=dict)
    media: list[Part] = field(default_factory=list)
    used: dict[str, int] = field(default_factory=dict)


def w(name: str) -> str:
    """A name of WordprocessingML as lxml writes it."""
    return f"{{{W}}}{name}"


def load_reference(path: str) -> Reference:
    """What a Word file lends.

    Raises:
        ConfigError: It is missing, no Word file, damaged, locked or too large.
    """
    return _Loader(path, _bytes(path)).load()


def _problem(path: str, message: str, hint: str = _HINT) -> ConfigError:
    return ConfigError(
        f"the reference document {message}", code="docx.reference", where=path, hint=hint
    )


def _bytes(path: str) -> bytes:
    try:
        if Path(path).stat().st_size > _MOST:
            raise _problem(path, "is larger than 64 MB", "take the text and pictures out of it")
        return Path(path).read_bytes()
    except FileNotFoundError as problem:
        raise _problem(path, "does not exist", "check its name") from problem
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise _problem(path, f"cannot be read: {reason}", "check its name") from problem


class _Loader:
    """Reads one file."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        if data.startswith(_OLE):
            if _LOCKED in data:
                raise _problem(path, "is locked with a password", "save it without one")
            raise _problem(path, "is a file of Word 97-2003 (.doc)")
        try:
            self.archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
            raise _problem(path, "is no Word file, or damaged") from problem
        self.left = _MOST
        self.names = {info.filename: info for info in self.archive.infolist()}
        self.kinds = self._content_types()

    def read(self, name: str) -> bytes:
        """The bytes of a part; nothing for one that is not there."""
        info = self.names.get(name)
        if info is None:
            return b""
        if info.flag_bits & 1:
            raise _problem(self.path, "is locked with a password", "save it without one")
        self.left -= info.file_size
        if self.left < 0:
            raise _problem(self.path, "is larger than 64 MB", "take the pictures out of it")
        try:
            with self.archive.open(info) as part:
                data = part.read(info.file_size + 1)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as problem:
            raise _problem(self.path, f"is damaged: {name}") from problem
        except Exception as problem:  # zlib's own error
            if type(problem).__name__ != "error":
                raise
            raise _problem(self.path, f"is damaged: {name}") from problem
        if len(data) > info.file_size:
            raise _problem(self.path, f"is damaged: {name}")
        return data

    def xml(self, name: str) -> Any:
        """The root of a part, or None for one that is not there."""
        from lxml import etree

        data = self.read(name)
        if not data:
            return None
        if _STRICT in data[:4000]:
            raise _problem(
                self.path, "is in the Strict form of Open XML", "save it as plain Word Document"
            )
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as problem:
            raise _problem(self.path, f"is damaged: {name}") from problem
        tree: Any = root.getroottree()
        if tree.docinfo.doctype:
            raise _problem(self.path, f"is damaged: {name} declares a document type")
        return root

    def _content_types(self) -> dict[str, str]:
        root = self.xml("[Content_Types].xml")
        if root is None:
            raise _problem(self.path, "is no Word file")
        found = {e.get("PartName").lstrip("/"): e.get("ContentType") for e in _each(root, "Over")}
        defaults = {e.get("Extension").lower(): e.get("ContentType") for e in _each(root, "Defa")}
        for name in self.names:
            kind = defaults.get(name.rpartition(".")[2].lower(), "")
            found.setdefault(name, kind)
        return found

    def relations(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """Relations of a part by id: kind, target, whether it lies outside."""
        folder, file = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for entry in () if root is None else root.iter(_RELATIONS):
            target, outside = entry.get("Target", ""), entry.get("TargetMode") == "External"
            if not outside:
                base = "/" if target.startswith("/") else posixpath.join("/", folder)
                target = posixpath.normpath(posixpath.join(base, target)).lstrip("/")
            kind = entry.get("Type", "").rpartition("/")[2]
            found[entry.get("Id", "")] = (kind, target, outside)
        return found

    def load(self) -> Reference:
        """What the file lends."""
        top = self.relations("").values()
        main = next((target for kind, target, _ in top if kind == "officeDocument"), "")
        root = self.xml(main)
        body = None if root is None else root.find(w("body"))
        if body is None:
            raise _problem(self.path, "is no Word file: it has no text part")
        relations = self.relations(main)
        parts = {kind: target for kind, target, outside in relations.values() if not outside}
        styles = self.xml(parts.get("styles", ""))
        if styles is None:
            raise _problem(self.path, "has no styles")
        settings = self.xml(parts.get("settings", ""))
        numbering = self.xml(parts.get("numbering", ""))
        for part in (styles, numbering):
            if part is not None:
                _in_order(part)
        sections = [s for s in body.iter(w("sectPr")) if s.getparent().tag != w("sectPrChange")]
        found = Reference(
            styles=styles,
            numbering=numbering,
            section=sections[-1] if sections else None,
            facing=_on(settings, "mirrorMargins"),
            even=_on(settings, "evenAndOddHeaders"),
            theme=self.read(parts.get("theme", "")),
            fonts=self.xml(parts.get("fontTable", "")),
        )
        for paragraph in body.iter(w("p")):
            style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
            name = "" if style is None else style.get(w("val"), "")
            found.used[name] = found.used.get(name, 0) + 1
        self._furniture(found, sections, relations)
        return found

    def _furniture(
        self, found: Reference, sections: list[Any], relations: dict[str, tuple[str, str, bool]]
    ) -> None:
        """Heads and feet of the last section, which has those of sections before that it lacks."""
        for section in sections:
            for side in ("header", "footer"):
                for mark in section.iterchildren(w(f"{side}Reference")):
                    _, target, _ = relations.get(mark.get(f"{{{R}}}id", ""), ("", "", False))
                    data = self.read(target)
                    if data and self.xml(target) is not None:
                        kind = mark.get(w("type"), "default")
                        found.furniture[side, kind] = Part(f"/{target}", side, data)
        media: dict[str, Part] = {}
        for part in found.furniture.values():
            for name, (kind, target, outside) in self.relations(part.name[1:]).items():
                if outside:
                    part.relations.append(Relation(name, kind, target, external=True))
                elif target in self.names:
                    place = f"/word/media/reference_{target.rpartition('/')[2]}"
                    if target not in media:
                        media[target] = Part(place, kind, self.read(target), self.kinds[target])
                    part.relations.append(Relation(name, kind, place))
        found.media = list(media.values())


def _each(root: Any, start: str) -> Iterator[Any]:
    return (e for e in root if str(e.tag).startswith(_TYPES + start))


def _on(root: Any, name: str) -> bool:
    found = None if root is None else root.find(w(name))
    return found is not None and found.get(w("val"), "1") not in ("0", "false", "off")


def _in_order(root: Any) -> None:
    """Puts what stands in styles and levels of lists into the schema's order."""
    for tag, names in _ORDERS.items():
        places = {w(name): at for at, name in enumerate(names.split())}
        for element in root.iter(w(tag)):
            element[:] = sorted(element, key=lambda child: places.get(child.tag, len(places)))
