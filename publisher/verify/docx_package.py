"""A Word file as a package: its parts, relations, styles and metadata."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from publisher.errors import MalformedSource
from publisher.readers.xml import parse_xml
from publisher.text.numerals import small_number
from publisher.verify.model import Fault, Reading
from publisher.verify.tells import TELLS

if TYPE_CHECKING:
    from publisher.readers.archive import Archive

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


class Style:
    """A style of paragraphs or of text."""

    def __init__(self, element: Any) -> None:
        name = element.find(f"{_W}name")
        self.id = element.get(f"{_W}styleId", "")
        self.name = "" if name is None else name.get(f"{_W}val", "").lower()
        based = element.find(f"{_W}basedOn")
        self.based = "" if based is None else based.get(f"{_W}val", "")
        level = element.find(f"{_W}pPr/{_W}outlineLvl")
        self.level = -1 if level is None else outline_level(level)
        self.list = element.find(f"{_W}pPr/{_W}numPr") is not None
        self.run = element.find(f"{_W}rPr")


class WordPackage:
    """The package; what is wrong with it goes into the reading."""

    def __init__(self, archive: Archive, name: str) -> None:
        self.archive, self.name = archive, name
        self.reading = Reading("docx", tells=TELLS["docx"])
        self.part = ""
        self.relations: dict[str, Any] = {}

    def _own(self) -> bool:
        """Comments are notes in the margin; in files of other makers they are of a reviewer."""
        return "publisher" in self.reading.maker

    def _main(self) -> str:
        if "_rels/.rels" in self.archive:
            for relation in parse_xml(self.archive.read("_rels/.rels"), self.name):
                if str(relation.get("Type", "")).endswith("/officeDocument"):
                    return str(relation.get("Target", "")).lstrip("/")
        raise MalformedSource("holds no Word document", code="verify.docx", where=self.name)

    def _tree(self, part: str) -> Any:
        if part not in self.archive:
            return None
        data = self.archive.read(part)
        if b"purl.oclc.org/ooxml" in data[:4096]:
            data = data.replace(_STRICT_W[1:-1].encode(), _W[1:-1].encode())
            data = data.replace(
                b"http://purl.oclc.org/ooxml/officeDocument/relationships", _R[1:-1].encode()
            )
        return parse_xml(data, f"{self.name}:{part}")

    def _open(self, part: str) -> None:
        """What the relations of a part are, for links and pictures in it."""
        self.part = part
        folder, _, file = part.rpartition("/")
        rels = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        tree = self._tree(rels)
        self.relations = {} if tree is None else {r.get("Id"): r for r in tree}
        for relation in self.relations.values():
            if relation.get("TargetMode") != "External":
                target = self._target(relation)
                if target not in self.archive:
                    self._fault("file.missing", part, wanted=target)

    def _target(self, relation: Any) -> str:
        target = str(relation.get("Target", ""))
        if target.startswith("/"):
            return target[1:]
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.part), target))

    def _metadata(self, styles: Any) -> None:
        core = self._tree("docProps/core.xml")
        found: dict[str, str] = {}
        for element in () if core is None else core:
            found[element.tag.rpartition("}")[2]] = (element.text or "").strip()
        custom = self._tree("docProps/custom.xml")
        more: dict[str, str] = {}
        for entry in () if custom is None else custom:
            more[entry.get("name", "")] = "".join(entry.itertext())
        language = found.get("language", "")
        if not language and styles is not None:
            lang = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
            language = "" if lang is None else lang.get(f"{_W}eastAsia") or lang.get(f"{_W}val", "")
        authors = _listed(found.get("creator", ""))
        roles = (
            "Translator",
            "Editor",
            "Illustrator",
            "Compiler",
            "Photographer",
            "Source",
            "Other",
        )
        others = [name for role in roles for name in _listed(more.get(role, ""))]
        self.reading.meta = {
            "title": _given(found.get("title", "")),
            "authors": tuple(authors),
            "people": (*authors, *others),
            "language": _given(language),
            "description": _given(found.get("description", "")),
            "subjects": tuple(_listed(found.get("keywords", ""), ", ")),
        }
        if not found.get("title"):
            self._fault("meta.missing", "docProps/core.xml", wanted="title")
        if not language:
            self._fault("lang.missing", "docProps/core.xml")
        app = self._tree("docProps/app.xml")
        name = None if app is None else app.find("{*}Application")
        self.reading.maker = "" if name is None else name.text or ""
        pages = None if app is None else app.find("{*}Pages")
        count = small_number("" if pages is None else pages.text or "")
        if count is not None:
            self.reading.facts["pages"] = count

    def _fault(self, code: str, place: str, **more: str) -> None:
        self.reading.faults.append(Fault(code, place, **more))


def _given(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _listed(text: str, mark: str = "; ") -> list[str]:
    return [part.strip() for part in text.split(mark) if part.strip()]


def outline_level(element: Any) -> int:
    """The value of an outline level; 9 is text."""
    value = element.get(f"{_W}val", "")
    return int(value) if value.isdecimal() and len(value) == 1 else 9
