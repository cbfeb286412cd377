"""Pictures as image XObjects, each resource once (ISO 32000-1, 8.9).

A JPEG goes in as it is. So does the compressed data of a PNG without transparency: its filters are
those of /Predictor 15 (7.4.4.4). Other pictures are decoded, their alpha becoming a soft mask.
Colours are plain sRGB without a profile; `publisher.pictures.prepare` has seen to that.
"""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING, Any

from publisher.record import NamedTuple
from publisher.writers.pdf import syntax

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.pictures.prepare import Prepared
    from publisher.writers.pdf.reportlab_shim import PdfFile, Ref

_PNG_SIGNATURE = 8
# PNG colour types (PNG 11.2.2) that a PDF image can take as they are: samples a pixel.
_SAMPLES = {0: 1, 2: 3, 3: 1}
_LEVEL = 6  # of deflate, for pixels
_DEVICE = {1: "/DeviceGray", 3: "/DeviceRGB"}
_PALETTE = 3


class ImageTable:
    """The pictures of one document, named in the order in which they are first drawn.

    Args:
        file: Takes the pictures.
        prepare: Gives the picture of a resource as JPEG or PNG, or None when it has none.
    """

    def __init__(self, file: PdfFile, prepare: Callable[[str], Prepared | None]) -> None:
        self._file = file
        self._prepare = prepare
        self._names: dict[str, str] = {}
        self.refs: dict[str, Ref] = {}

    def name(self, resource: str) -> str:
        """The resource name of a picture, embedded on first use; empty when there is none."""
        name = self._names.get(resource)
        if name is None:
            picture = self._prepare(resource)
            name = f"Im{len(self.refs) + 1}" if picture is not None else ""
            self._names[resource] = name
            if picture is not None:
                self.refs[name] = embed(self._file, picture)
        return name


def embed(file: PdfFile, picture: Prepared) -> Ref:
    """Adds a picture to the file."""
    entries = {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": str(picture.width),
        "Height": str(picture.height),
    }
    if picture.media_type == "image/jpeg":
        return _embed_jpeg(file, entries, picture.data)
    png = _read_png(picture.data)
    if png is not None:
        return _embed_png(file, entries, png)
    return _embed_pixels(file, entries, picture.data)


def _embed_jpeg(file: PdfFile, entries: dict[str, str], data: bytes) -> Ref:
    entries |= {
        "ColorSpace": _DEVICE[_jpeg_components(data)],
        "BitsPerComponent": "8",
        "Filter": "/DCTDecode",
    }
    return file.add_stream(entries, data, encoded=True)


def _jpeg_components(data: bytes) -> int:
    """Samples a pixel, from the frame header (JPEG B.2.2); 3 where it cannot be found."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return 1 if data[at + 9] == 1 else 3
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 3


class _Png(NamedTuple):
    """What a PDF needs of a PNG that it can take as it is."""

    width: int
    depth: int
    samples: int
    palette: bytes
    data: bytes


def _read_png(data: bytes) -> _Png | None:
    """The parts of a PNG; None when it is interlaced, has transparency or 16-bit samples."""
    at = _PNG_SIGNATURE
    header: tuple[int, ...] = ()
    palette, pieces = b"", []
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += 12 + size
        if kind == b"IHDR":
            header = struct.unpack(">IIBBBBB", body)
        elif kind == b"PLTE":
            palette = body
        elif kind == b"tRNS":
            return None
        elif kind == b"IDAT":
            pieces.append(body)
    if not header:
        return None
    width, _, depth, color, _, _, interlaced = header
    samples = _SAMPLES.get(color)
    if samples is None or interlaced or depth > 8 or (color == _PALETTE and not palette):
        return None
    return _Png(width, depth, samples, palette if color == _PALETTE else b"", b"".join(pieces))


def _embed_png(file: PdfFile, entries: dict[str, str], png: _Png) -> Ref:
    space = _DEVICE[png.samples]
    if png.palette:
        last = len(png.palette) // 3 - 1
        space = f"[/Indexed/DeviceRGB {last}<{png.palette[: 3 * last + 3].hex()}>]"
    entries |= {
        "ColorSpace": space,
        "BitsPerComponent": str(png.depth),
        "Filter": "/FlateDecode",
        "DecodeParms": (
            f"<</Predictor 15/Colors {png.samples}"
            f"/BitsPerComponent {png.depth}/Columns {png.width}>>"
        ),
    }
    return file.add_stream(entries, png.data, encoded=True)


def _embed_pixels(file: PdfFile, entries: dict[str, str], data: bytes) -> Ref:
    """A picture with transparency, or one that a PDF cannot take as it is."""
    from PIL import Image

    with Image.open(BytesIO(data)) as opened:
        image: Any = opened.convert("RGBA")
    alpha = image.getchannel("A")
    common = {**entries, "BitsPerComponent": "8", "Filter": "/FlateDecode"}
    flat = {"ColorSpace": "/DeviceRGB"}
    if alpha.getextrema() != (255, 255):
        mask = {**common, "ColorSpace": "/DeviceGray"}
        flat["SMask"] = file.add_stream(
            mask, syntax.deflated(alpha.tobytes(), _LEVEL), encoded=True
        )
    pixels = syntax.deflated(image.convert("RGB").tobytes(), _LEVEL)
    return file.add_stream({**common, **flat}, pixels, encoded=True)
