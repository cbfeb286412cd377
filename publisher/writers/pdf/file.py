"""The objects of a PDF file and how they are written (ISO 32000-1, 7.5): no library does it for us.

Streams stand by themselves; all other objects are packed into object streams, and the
cross-references are a stream too. The identifier is a digest of the file, so that the same input
gives the same bytes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NewType

from publisher.writers.pdf.syntax import LEVEL, deflated, dictionary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO

Ref = NewType("Ref", str)
"""A reference to an indirect object as it is written: ``12 0 R``."""

# Objects in one object stream: more compress better, fewer are quicker to reach (7.5.7).
_PACK = 200
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class PdfFile:
    """The objects of one PDF file, numbered as they are made.

    Args:
        compress: Deflate streams; off for reading a file by eye.

    Attributes:
        fonts: The dictionary of fonts that every page uses.
    """

    def __init__(self, *, compress: bool = True) -> None:
        self._compress = compress
        # What each object is: PDF already, or a stream's dictionary and bytes. Number 0 is none.
        self._objects: list[str | tuple[str, bytes]] = [""]
        self._fonts: dict[str, str] = {}
        self.fonts = self.reserve()

    # ------------------------------------------------------------------------------- building

    def reserve(self) -> Ref:
        """A reference to an object that `put` will give."""
        return self.add("null")

    def put(self, ref: Ref, content: str) -> None:
        """Gives the content of a reserved object, PDF already."""
        self._objects[int(ref[:-4])] = content

    def add(self, content: str) -> Ref:
        """Adds an object that is PDF already."""
        self._objects.append(content)
        return Ref(f"{len(self._objects) - 1} 0 R")

    def add_dictionary(self, entries: Mapping[str, str]) -> Ref:
        """Adds a dictionary, keys without slash, values PDF already."""
        return self.add(dictionary(entries))

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
        listed = "".join(f"/{key} {value}" for key, value in entries.items())
        if self._compress and not encoded:
            listed += "/Filter /FlateDecode"
            data = deflated(data, level)
        self._objects.append((listed, data))
        return Ref(f"{len(self._objects) - 1} 0 R")

    def add_font(self, name: str, ref: Ref) -> None:
        """Enters a font into the dictionary of fonts that every page uses."""
        self._fonts[name] = ref

    # ---------------------------------------------------------------------------- serialising

    def write(self, out: BinaryIO, root: Ref, info: Ref) -> None:
        """Writes the file: streams, then the other objects packed, then the cross-references.

        Raises:
            OSError: The file cannot be written.
        """
        self.put(self.fonts, dictionary(self._fonts))
        _Serialiser(out, compress=self._compress).run(self._objects, root, info)


class _Serialiser:
    """Writes the objects of a file once."""

    def __init__(self, out: BinaryIO, *, compress: bool) -> None:
        self._out = out
        self._compress = compress
        self._digest = hashlib.sha256()
        self._offset = 0
        # Cross-reference entries by object number: type and two fields (7.5.8.3).
        self._entries: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}

    def run(self, objects: list[str | tuple[str, bytes]], root: Ref, info: Ref) -> None:
        self._write(_HEADER)
        packed: list[tuple[int, str]] = []
        for number, content in enumerate(objects):
            if isinstance(content, tuple):
                self._stream(number, *content)
            elif number:
                packed.append((number, content))
        number = len(objects)
        for first in range(0, len(packed), _PACK):
            self._pack(number, packed[first : first + _PACK])
            number += 1
        self._cross_references(number, root, info)

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._offset += len(data)

    def _stream(self, number: int, listed: str, data: bytes) -> None:
        self._entries[number] = (1, self._offset, 0)
        head = f"{number} 0 obj\n<<{listed}/Length {len(data)}>>\nstream\n"
        # CR LF, because readers that look for the keyword take a CR at the end of the data for a
        # part of a bare LF.
        self._write(head.encode("ascii") + data + b"\r\nendstream\nendobj\n")

    def _deflated(self, number: int, listed: str, data: bytes) -> None:
        if self._compress:
            listed, data = f"{listed}/Filter /FlateDecode", deflated(data)
        self._stream(number, listed, data)

    def _pack(self, number: int, objects: list[tuple[int, str]]) -> None:
        """One object stream (7.5.7)."""
        places, at = [], 0
        for index, (inside, body) in enumerate(objects):
            self._entries[inside] = (2, number, index)
            places.append(f"{inside} {at}")
            at += len(body) + 1
        head = " ".join(places) + "\n"
        data = head + "\n".join([body for _, body in objects])
        listed = f"/Type /ObjStm/N {len(objects)}/First {len(head)}"
        self._deflated(number, listed, data.encode("ascii"))

    def _cross_references(self, number: int, root: Ref, info: Ref) -> None:
        """The cross-reference stream, which is the trailer too (7.5.8)."""
        start = self._offset
        self._entries[number] = (1, start, 0)
        wide = max(3, (start.bit_length() + 7) // 8)
        table = b"".join(
            [
                kind.to_bytes(1) + second.to_bytes(wide) + third.to_bytes(2)
                for kind, second, third in map(self._entries.__getitem__, range(number + 1))
            ]
        )
        identity = self._digest.hexdigest()[:32].upper()
        listed = (
            f"/Type /XRef/Size {number + 1}/W [1 {wide} 2]/Root {root}/Info {info}"
            f"/ID [<{identity}><{identity}>]"
        )
        self._deflated(number, listed, table)
        self._write(f"startxref\n{start}\n%%EOF\n".encode("ascii"))
