"""An EPUB as a package: its files, their ids, its metadata."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from publisher.errors import PublisherError
from publisher.readers.xml import parse_xml
from publisher.verify.model import Fault, Reading
from publisher.verify.tells import TELLS

if TYPE_CHECKING:
    from publisher.readers.archive import Archive

_XHTML = "application/xhtml+xml"


class BookPackage:
    """The package; what is wrong with it goes into the reading."""

    def __init__(self, archive: Archive, name: str) -> None:
        self.archive, self.name = archive, name
        self.reading = Reading("epub", tells=TELLS["epub"])
        self.ids: set[str] = set()
        self.trees: dict[str, Any] = {}
        self.folder = ""
        self.opf: Any = None

    def _parse(self, files: dict[str, None], items: dict[str, Any]) -> None:
        known = {self._path("", i.get("href", "")): i for i in items.values()}
        for file in files:
            media = known[file].get("media-type", "")
            if file not in self.archive or media not in (_XHTML, "text/html"):
                continue
            try:
                tree = parse_xml(self.archive.read(file), f"{self.name}:{file}", doctype=True)
            except PublisherError as problem:
                self._fault("file.malformed", file, found=problem.message)
                continue
            self.trees[file] = tree
            self.ids.add(file)
            seen: set[str] = set()
            for value in tree.xpath("//@id"):
                if value in seen:
                    self._fault("id.twice", file, found=value)
                seen.add(value)
                self.ids.add(f"{file}#{value}")

    def _metadata(self, items: dict[str, Any]) -> None:
        def dc(name: str) -> list[Any]:
            return list(self.opf.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}"))

        def words(name: str) -> tuple[str, ...]:
            texts = (" ".join("".join(e.itertext()).split()) for e in dc(name))
            return tuple(text for text in texts if text)

        refined: dict[str, dict[str, str]] = {}
        for meta in self.opf.iter("{*}meta"):
            target = (meta.get("refines") or "").removeprefix("#")
            refined.setdefault(target, {})[meta.get("property") or ""] = meta.text or ""
        titles = dc("title")
        subtitles = [
            e for e in titles if refined.get(e.get("id"), {}).get("title-type") == "subtitle"
        ]
        roles = [(e, refined.get(e.get("id"), {}).get("role", "aut")) for e in dc("creator")]
        self.reading.meta = {
            "title": tuple("".join(e.itertext()) for e in titles if e not in subtitles),
            "subtitle": tuple("".join(e.itertext()) for e in subtitles),
            "authors": tuple(e.text or "" for e, role in roles if role == "aut"),
            "people": (*words("creator"), *words("contributor")),
            "language": words("language")[:1],
            **{
                name: words(name)
                for name in ("date", "publisher", "description", "rights", "identifier")
            },
            "subjects": words("subject"),
        }
        for key in ("title", "language", "identifier"):
            if not self.reading.meta[key]:
                self._fault("meta.missing", "content.opf", wanted=key)
        generator = [
            m.get("content", "") for m in self.opf.iter("{*}meta") if m.get("name") == "generator"
        ]
        self.reading.maker = generator[0] if generator else ""
        fonts = [i for i in items.values() if "font" in i.get("media-type", "")]
        self.reading.facts["fonts"] = len(fonts)

    def _path(self, file: str, href: str) -> str:
        base = posixpath.dirname(file) if file else self.folder
        path, mark, fragment = href.partition("#")
        joined = posixpath.normpath(posixpath.join(base, unquote(path))) if path else file
        return joined + mark + fragment

    def _fault(self, code: str, place: str, **more: str) -> None:
        self.reading.faults.append(Fault(code, posixpath.basename(place), **more))
