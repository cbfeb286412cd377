"""Reads a PDF: along its tags where it has them, else page by page in the order of its content."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING, Any

from publisher.errors import MalformedSource, SourceTooLarge
from publisher.verify.model import Entry, Fault, Reading, Recorder
from publisher.verify.numbers import page_number, same_number
from publisher.verify.pdf_places import Line, Places
from publisher.verify.tells import PLAIN, TELLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.verify.pdf_places import Dest

MAX_PAGES = 50_000
_LONGEST_FOLIO = 6
_DEEPEST = 64  # levels of an outline
_SAME_LINE = 2.0  # points
_DIGITS = re.compile(r"\d+")
_FACTS = (
    ("title", "dc:title"),
    ("authors", "dc:creator"),
    ("description", "dc:description"),
    ("subjects", "dc:subject"),
)


def read_pdf(data: bytes, name: str) -> Reading:
    """A PDF as a `Reading`.

    Raises:
        PublisherError: It is no PDF, damaged, or locked.
    """
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise SourceTooLarge("has too many pages", code="verify.pages", where=name)
            return _Reader(pdf).read()
    except pikepdf.PasswordError as problem:
        raise MalformedSource(
            "is locked with a password", code="verify.locked", where=name, hint="unlock it first"
        ) from problem
    except (
        pikepdf.PdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        OverflowError,
        NotImplementedError,
        RuntimeError,
    ) as problem:
        raise MalformedSource(
            f"is not a whole PDF: {str(problem)[:120]}", code="verify.pdf", where=name
        ) from problem


class _Reader:
    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.reading = Reading("pdf")
        self.places = Places(pdf)

    def read(self) -> Reading:
        """The whole file."""
        reading, places = self.reading, self.places
        self._metadata()
        root = self.pdf.Root.get("/StructTreeRoot")
        tagged = root is not None and root.get("/K") is not None
        # Few pages of ours may have words in vertical lines, but no horizontal file has any.
        ours = reading.maker.startswith("publisher")
        vertical = places.vertical or (ours and any(page.upright for page in places.pages))
        reading.facts = {
            "pages": len(places.pages),
            "fonts": len(places.fonts),
            "tags": "yes" if tagged else "no",
            "lines": "vertical" if vertical else "horizontal",
        }
        for name in sorted(places.fonts.missing):
            self._fault("font.not-embedded", "", found=name)
        if tagged:
            from publisher.verify.pdf_tags import read_tags

            reading.tells = TELLS["pdf"]
            read_tags(places, reading)
            lines: dict[int, list[tuple[int, int]]] = {}
            for line in places.lines:
                lines.setdefault(line.page, []).append((line.start, line.end))
            reading.pages = list(self._page_starts(lines))
            reading.dots = [
                (page.dots, lines.get(number, [])) for number, page in enumerate(places.pages)
            ]
        else:
            reading.tells = PLAIN
            self._fault("tags.missing", "")
            self._untagged()
        self._outline()
        self._folios()
        return reading

    def _page_starts(self, lines: dict[int, list[tuple[int, int]]]) -> Iterator[tuple[str, int]]:
        """Label and first place of each page that goes on where the one before it ended.

        A page with a picture or table that was moved to it has no one beginning.
        """
        last = 0
        for number, here in sorted(lines.items()):
            starts = [start for start, _ in here if start < self.reading.body_end]
            if starts and min(starts) >= last:
                yield self.places.labels[number], min(starts)
            last = max((last, *starts))

    def _folios(self) -> None:
        """Printed page numbers are the labels that a viewer shows."""
        wrong: list[tuple[str, str, str]] = []
        right = 0
        for number, page in enumerate(self.places.pages):
            pieces = (p.text.strip() for p in page.pieces.get(-1, ()))
            printed = [t for t in pieces if len(t) <= _LONGEST_FOLIO and page_number(t) is not None]
            label = self.places.labels[number]
            if any(same_number(text, label) for text in printed):
                right += 1
            elif printed:
                wrong.append((self.places.name(number), label, printed[-1]))
        if wrong and right:
            for place, label, printed_ in wrong:
                self._fault("page.label", place, wanted=printed_, found=label)
        elif wrong and len(wrong) > 1:
            self._fault("page.label", wrong[0][0], wanted=wrong[0][2], found=wrong[0][1])

    def _fault(self, code: str, place: str, **more: str) -> None:
        self.reading.faults.append(Fault(code, place, **more))

    def _packet(self) -> dict[str, tuple[str, ...]]:
        """Facts about the work in the XMP packet; one that cannot be read is a fault."""
        found: dict[str, tuple[str, ...]] = {}
        if "/Metadata" not in self.pdf.Root:
            return found
        import pikepdf
        from lxml import etree

        try:
            meta = self.pdf.open_metadata(
                set_pikepdf_as_editor=False, update_docinfo=False, strict=True
            )
            for key, name in _FACTS:
                value = meta.get(name)
                if not value:
                    continue
                several = sorted(value, key=str) if isinstance(value, set) else value
                given = [value] if isinstance(value, str) else list(several)
                found[key] = tuple(map(str, given))
        except (ValueError, TypeError, etree.LxmlError, pikepdf.PdfError):
            self._fault("meta.damaged", "XMP")
        return found

    def _metadata(self) -> None:
        pdf, reading = self.pdf, self.reading
        info = {str(key): str(value) for key, value in pdf.docinfo.items()}
        found: dict[str, tuple[str, ...]] = {}
        found.update(self._packet())
        if "title" not in found and info.get("/Title"):
            found["title"] = (info["/Title"],)
        if "authors" not in found and info.get("/Author"):
            found["authors"] = tuple(re.split(r"; |；|, |、", info["/Author"]))
        language = str(pdf.Root.get("/Lang", ""))
        if language:
            found["language"] = (language,)
        else:
            self._fault("lang.missing", "")
        if "title" not in found:
            self._fault("meta.missing", "", wanted="title")
        reading.meta = found
        reading.maker = info.get("/Producer", "") or info.get("/Creator", "")

    def _untagged(self) -> None:
        """Lines in the order of the content, running heads and feet left out."""
        places, out = self.places, Recorder(self.reading)
        lines = list(self._plain_lines())
        often = Counter(map(_shape, lines))
        most = max(3, len(places.pages) // 3)
        for line in lines:
            if often[_shape(line)] >= most:
                continue
            number, y, text = line
            out.place = places.name(number)
            start = out.pos
            out.text(text)
            if out.pos > start:
                places.lines.append(Line(number, y, start, out.pos))
            out.close()
        out.done()
        self.reading.body_end = out.pos
        for page in self.pdf.pages:
            for annotation in page.obj.get("/Annots", ()):
                if str(annotation.get("/Subtype", "")) == "/Link":
                    kind, target = places.target(annotation)
                    if kind == "link":
                        self.reading.addresses.append(target)
                    elif target is None:
                        number = places.numbers[page.obj.objgen]
                        self._fault("link.broken", places.name(number))

    def _plain_lines(self) -> Iterator[tuple[int, float, str]]:
        for number, page in enumerate(self.places.pages):
            y, text = None, ""
            for piece in (p for marks in page.pieces.values() for p in marks):
                if y is not None and abs(piece.y - y) > _SAME_LINE:
                    yield number, y, text
                    text = ""
                y = piece.y
                text += piece.text.replace("\n", "")
            if y is not None:
                yield number, y, text

    def _outline(self) -> None:
        root = self.pdf.Root.get("/Outlines")
        if root is None:
            return
        seen: set[tuple[int, int]] = set()
        for title, depth, dest in self._items(root, 1, seen):
            start, end = self.places.position(dest)
            if start < 0 and dest is None:
                self._fault("link.broken", "outline", found=title)
            if start >= 0:
                self.reading.reach[start] = max(end, self.reading.reach.get(start, 0))
            self.reading.outline.append(Entry(title, depth, start, "", "outline"))

    def _items(
        self, parent: Any, depth: int, seen: set[tuple[int, int]]
    ) -> Iterator[tuple[str, int, Dest | None]]:
        item = parent.get("/First")
        while item is not None and item.objgen not in seen and depth < _DEEPEST:
            seen.add(item.objgen)
            dest = item.get("/Dest")
            action = item.get("/A")
            if dest is None and action is not None:
                dest = action.get("/D")
            yield str(item.get("/Title", "")), depth, self.places.dest(dest)
            yield from self._items(item, depth + 1, seen)
            item = item.get("/Next")


def _shape(line: tuple[int, float, str]) -> tuple[int, str]:
    """What running heads and feet of all pages have in common."""
    return round(line[1]), _DIGITS.sub("#", line[2].strip())
