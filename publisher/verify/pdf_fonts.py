"""What the codes of a PDF's fonts mean: ToUnicode maps and simple encodings (ISO 32000-1, 9.10)."""

from __future__ import annotations

import re
import zlib
from array import array
from typing import Any

UNKNOWN = "\ufffd"
_LIMIT = 1 << 28  # bytes that a stream may expand to
_MOST = 200_000  # characters that a map may name
_TOP = 0x10FFFF
_DIGITS = "zero one two three four five six seven eight nine"
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_CHARS = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGES = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])")


def expanded(stream: Any) -> bytes:
    """The bytes of a stream, or as many of them as are read of any.

    The usual filter is undone here, so that a stream which expands without end does no harm.
    """
    if str(stream.get("/Filter", "")) == "/FlateDecode" and "/DecodeParms" not in stream:
        unpacker = zlib.decompressobj()
        try:
            return unpacker.decompress(stream.read_raw_bytes(), _LIMIT)
        except zlib.error:
            pass  # qpdf knows how to get at what is left of it
    return bytes(stream.read_bytes())


class Fonts:
    """Codes to characters, for each font of a file once."""

    def __init__(self) -> None:
        self._known: dict[Any, Font] = {}
        self.missing: set[str] = set()

    def of(self, font: Any) -> Font:
        """The decoder of a font object."""
        key = font.objgen if font.is_indirect else id(font)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Font(font)
            if not found.embedded:
                self.missing.add(found.name)
        return found

    def __len__(self) -> int:
        """How many fonts were used."""
        return len(self._known)


class Font:
    """What a font's codes mean."""

    def __init__(self, font: Any) -> None:
        self.name = str(font.get("/BaseFont", "/?"))[1:]
        self.wide = str(font.get("/Subtype", "")) == "/Type0"
        descendant = font.DescendantFonts[0] if self.wide else font
        descriptor = descendant.get("/FontDescriptor")
        self.embedded = str(font.get("/Subtype", "")) == "/Type3" or (
            descriptor is not None
            and any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        )
        self.table: dict[int, str] = {}
        self.one_byte = not self.wide
        stream = font.get("/ToUnicode")
        encoding = font.get("/Encoding")
        if stream is not None and hasattr(stream, "read_bytes"):
            self._read(expanded(stream))
        elif not self.wide:
            self._simple(encoding)
        self.utf16 = self.wide and not self.table and "UTF16" in str(encoding)
        self.utf16 = self.utf16 or (self.wide and not self.table and "UCS2" in str(encoding))
        self.vertical = str(encoding).endswith("-V")

    def _read(self, data: bytes) -> None:
        space = re.search(rb"begincodespacerange\s*<([0-9A-Fa-f]+)>", data)
        if space is not None:
            self.one_byte = len(space[1]) <= 2
        for block in _blocks(data, b"bfchar"):
            for code, text in _CHARS.findall(block)[:_MOST]:
                self.table[int(code, 16)] = _utf16(text)
        left = _MOST
        for block in _blocks(data, b"bfrange"):
            for first, last, text, many in _RANGES.findall(block):
                low = int(first, 16)
                count = min(int(last, 16) - low + 1, left)
                left -= max(count, 0)
                if many:
                    for code, one in enumerate(_HEX.findall(many)[:count], low):
                        self.table[code] = _utf16(one)
                elif base := _utf16(text):
                    head, point = base[:-1], ord(base[-1])
                    for step in range(min(count, _TOP - point)):
                        self.table[low + step] = head + chr(point + step)

    def _simple(self, encoding: Any) -> None:
        base = encoding
        differences: Any = ()
        if encoding is not None and hasattr(encoding, "get") and not isinstance(encoding, str):
            base, differences = encoding.get("/BaseEncoding"), encoding.get("/Differences", ())
        name = "mac_roman" if "MacRoman" in str(base) else "cp1252"
        for code in range(32, 256):
            char = bytes([code]).decode(name, "ignore")
            if char:
                self.table[code] = char
        code = 0
        for entry in differences:
            text = str(entry)
            if not text.startswith("/"):
                code = int(entry)
                continue
            self.table[code] = _glyph_name(text[1:])
            code += 1

    def text(self, codes: bytes) -> str:
        """The characters of a string of codes."""
        if self.utf16:
            return codes.decode("utf-16-be", "replace")
        if self.one_byte:
            return "".join(map(self._char, codes))
        if len(codes) % 2:
            codes = codes[:-1]
        units = array("H", codes)
        units.byteswap()
        table = self.table
        try:
            return "".join([table[unit] for unit in units])
        except KeyError:
            return "".join([table.get(unit, UNKNOWN) for unit in units])

    def _char(self, code: int) -> str:
        return self.table.get(code, UNKNOWN)


def _blocks(data: bytes, name: bytes) -> list[bytes]:
    """What stands between each begin and end of a kind of list."""
    return [part.partition(b"end" + name)[0] for part in data.split(b"begin" + name)[1:]]


def _utf16(digits: bytes) -> str:
    text = re.sub(rb"\s", b"", digits)
    data = bytes.fromhex(text.decode("ascii") + "0" * (len(text) % 2))
    if len(data) == 1:
        return chr(data[0])
    return data.decode("utf-16-be", "replace")


def _glyph_name(name: str) -> str:
    found = re.match(r"(?:uni([0-9A-F]{4})|u([0-9A-F]{4,6}))", name)
    if found:
        point = int(found[1] or found[2], 16)
        return chr(point) if point < 0x110000 else UNKNOWN
    if len(name) == 1:
        return name
    known = {"space": " ", "period": ".", "comma": ",", "hyphen": "-", "colon": ":", "fi": "fi"}
    digits = dict(zip(_DIGITS.split(), "0123456789", strict=True))
    return known.get(name) or digits.get(name, UNKNOWN)
