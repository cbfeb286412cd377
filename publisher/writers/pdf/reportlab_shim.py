"""The one door to ReportLab: its document object registers and formats, this module serialises.

ReportLab's own serialiser joins the whole file in memory, writes no end-of-line before
``endstream`` (ISO 19005-2, 6.1.7.1), knows no object or cross-reference streams, and draws its
``/ID`` from the clock. So `PdfFile` keeps ReportLab's `PDFDocument` for the object graph and
writes the file itself. This module is imported when a PDF is written, never before.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NewType

from reportlab.pdfbase import pdfdoc  # noqa: TID253 - the adapter, itself imported on use

from publisher.writers.pdf.syntax import LEVEL, deflated

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO

Ref = NewType("Ref", str)
"""A reference to an indirect object as it is written: ``12 0 R``."""

# What is used of PDFDocument beyond its constructor; a test compares it with the installed version.
PRIVATE_NAMES = (
    "Reference",
    "idToObject",
    "idToObjectNumberAndVersion",
    "numberToId",
    "objectcounter",
)

# Objects in one object stream: more compress better, fewer are quicker to reach (7.5.7).
_PACK = 200
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class PdfFile:
    """The objects of one PDF file.

    Args:
        compress: Deflate streams; off for reading a file by eye.
    """

    def __init__(self, *, compress: bool = True) -> None:
        self._compress = compress
        self._document: Any = pdfdoc.PDFDocument(compression=0, invariant=1, pdfVersion=(1, 7))

    # ------------------------------------------------------------------------------- building

    def reserve(self) -> Ref:
        """A reference to an object that `put` will give."""
        return self._register(b"null")

    def put(self, ref: Ref, content: str) -> None:
        """Gives the content of a reserved object, PDF already."""
        document = self._document
        document.idToObject[document.numberToId[int(ref.partition(" ")[0])]] = content.encode(
            "ascii"
        )

    def add(self, content: str) -> Ref:
        """Adds an object that is PDF already."""
        return self._register(content.encode("ascii"))

    def add_dictionary(self, entries: Mapping[str, str]) -> Ref:
        """Adds a dictionary, keys without slash, values PDF already."""
        return self._register(pdfdoc.PDFDictionary(dict(entries)))

    def add_stream(
        self,
        entries: Mapping[str, str],
        data: bytes,
        *,
        encoded: bool = False,
        level: int = LEVEL,
    ) -> Ref:
        """Adds a stream.

        Args:
            entries: Its dictionary without /Length.
            data: Its bytes; deflated here.
            encoded: Leave the bytes alone: `entries` name their filter, or there is to be none.
            level: How hard to deflate them, 1 to 9.
        """
        entries = dict(entries)
        if self._compress and not encoded:
            entries["Filter"] = "/FlateDecode"
            data = deflated(data, level)
        stream = pdfdoc.PDFStream(dictionary=pdfdoc.PDFDictionary(entries), content=data)
        return self._register(stream)

    def add_font(self, name: str, ref: Ref) -> None:
        """Enters a font into the dictionary of fonts that every page uses."""
        fonts = self._document.idToObject[pdfdoc.BasicFonts]
        fonts[name] = ref

    @property
    def fonts(self) -> Ref:
        """The dictionary of fonts."""
        return self._number_of(pdfdoc.BasicFonts)

    def _register(self, content: object) -> Ref:
        document = self._document
        key = f"O{document.objectcounter + 1}"
        document.Reference(content, key)
        return self._number_of(key)

    def _number_of(self, key: str) -> Ref:
        number, generation = self._document.idToObjectNumberAndVersion[key]
        return Ref(f"{number} {generation} R")

    # ---------------------------------------------------------------------------- serialising

    def write(self, out: BinaryIO, root: Ref, info: Ref) -> None:
        """Writes the file: streams, then the other objects packed, then the cross-references.

        Raises:
            OSError: The file cannot be written.
        """
        _Serialiser(self._document, out, compress=self._compress).run(root, info)


class _Serialiser:
    """Writes the objects of a ReportLab document once."""

    def __init__(self, document: Any, out: BinaryIO, *, compress: bool) -> None:
        self._document = document
        self._out = out
        self._compress = compress
        self._digest = hashlib.sha256()
        self._offset = 0
        # Cross-reference entries by object number: type and two fields (7.5.8.3).
        self._entries: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}

    def run(self, root: Ref, info: Ref) -> None:
        document = self._document
        self._write(_HEADER)
        packed: list[tuple[int, bytes]] = []
        number = 0
        while (number := number + 1) in document.numberToId:
            content = document.idToObject[document.numberToId[number]]
            if isinstance(content, pdfdoc.PDFStream):
                self._stream(number, content.dictionary.dict, content.content)
            else:
                packed.append((number, pdfdoc.format(content, document, toplevel=1)))
        for first in range(0, len(packed), _PACK):
            self._pack(number, packed[first : first + _PACK])
            number += 1
        self._cross_references(number, root, info)

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._offset += len(data)

    def _stream(self, number: int, entries: Mapping[str, str], data: bytes) -> None:
        self._entries[number] = (1, self._offset, 0)
        listed = "".join(f"/{key} {value}" for key, value in entries.items())
        head = f"{number} 0 obj\n<<{listed}/Length {len(data)}>>\nstream\n"
        # CR LF, because readers that look for the keyword take a CR at the end of the data for a
        # part of a bare LF.
        self._write(head.encode("ascii") + data + b"\r\nendstream\nendobj\n")

    def _deflated(self, entries: dict[str, str], data: bytes) -> tuple[dict[str, str], bytes]:
        if not self._compress:
            return entries, data
        return {**entries, "Filter": "/FlateDecode"}, deflated(data)

    def _pack(self, number: int, objects: list[tuple[int, bytes]]) -> None:
        """One object stream (7.5.7)."""
        places, bodies, at = [], [], 0
        for index, (inside, body) in enumerate(objects):
            self._entries[inside] = (2, number, index)
            places.append(f"{inside} {at}")
            bodies.append(body)
            at += len(body) + 1
        head = " ".join(places).encode("ascii") + b"\n"
        entries = {"Type": "/ObjStm", "N": str(len(objects)), "First": str(len(head))}
        self._stream(number, *self._deflated(entries, head + b"\n".join(bodies)))

    def _cross_references(self, number: int, root: Ref, info: Ref) -> None:
        """The cross-reference stream, which is the trailer too (7.5.8)."""
        start = self._offset
        self._entries[number] = (1, start, 0)
        wide = max(3, (start.bit_length() + 7) // 8)
        table = b"".join(
            kind.to_bytes(1) + second.to_bytes(wide) + third.to_bytes(2)
            for kind, second, third in (self._entries[key] for key in range(number + 1))
        )
        identity = self._digest.hexdigest()[:32].upper()
        entries = {
            "Type": "/XRef",
            "Size": str(number + 1),
            "W": f"[1 {wide} 2]",
            "Root": root,
            "Info": info,
            "ID": f"[<{identity}><{identity}>]",
        }
        self._stream(number, *self._deflated(entries, table))
        self._write(f"startxref\n{start}\n%%EOF\n".encode("ascii"))
