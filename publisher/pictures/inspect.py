"""What a picture is, told by its content and never by its name."""

from __future__ import annotations

import struct
import warnings
import zlib
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Final

from publisher.errors import ResourceError
from publisher.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

# The formats that are decoded, by Pillow's names; every other plug-in of Pillow stays shut.
MEDIA_TYPES: Final[dict[str, str]] = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a camera's JPEG with a second view behind it
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
    "TIFF": "image/tiff",
    "JPEG2000": "image/jp2",
}
SVG: Final = "image/svg+xml"

# In this order Pillow loads its rarer plug-ins only when the common four do not fit.
_FORMATS: Final = tuple(name for name in MEDIA_TYPES if name != "MPO")
_SIGNATURES: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_ALPHA_MODES: Final = frozenset(["LA", "La", "PA", "RGBA", "RGBa"])
_EXIF_ORIENTATION: Final = 0x0112
_HEAD = 4096
_MEMORY = 16 << 20  # bytes that a decoder may want whatever the picture
_MEMORY_PER_PIXEL = 16  # as read, as turned into RGBA, and as written


@dataclass(frozen=True, slots=True)
class PictureInfo:
    """A picture's form.

    Attributes:
        media_type: By content, such as ``image/png``.
        width: Pixels as shown, after EXIF rotation; for SVG in CSS pixels, rounded.
        height: Likewise.
        mode: Pillow's name of the pixel form, such as ``RGB`` or ``CMYK``; empty for SVG.
        animated: It has more than one frame.
        has_alpha: It may be transparent.
        orientation: EXIF orientation 1 to 8; 1 when upright or unknown.
    """

    media_type: str
    width: int
    height: int
    mode: str = ""
    animated: bool = False
    has_alpha: bool = False
    orientation: int = 1


def inspect(data: bytes, max_pixels: int) -> PictureInfo:
    """The form of the picture in `data`, which is proven to be whole as far as that is cheap.

    Raises:
        ResourceError: Empty, of an unknown format, broken or cut off, or over `max_pixels`
            (checked before anything is decoded).
    """
    if not data:
        raise ResourceError("is empty", code="picture.empty", hint="save the picture again")
    if looks_like_svg(data):
        from publisher.pictures.svg import inspect_svg

        return inspect_svg(data)
    with opened(data, max_pixels) as image:
        orientation = _orientation(image)
        width, height = image.size
        mode = image.mode
        has_alpha = mode in _ALPHA_MODES or "transparency" in image.info
        animated = bool(getattr(image, "is_animated", False)) and image.format != "MPO"
        media_type = MEDIA_TYPES[image.format or ""]
    _prove_whole(data, max_pixels)
    if orientation >= 5:
        width, height = height, width
    return PictureInfo(media_type, width, height, mode, animated, has_alpha, orientation)


def looks_like_svg(data: bytes) -> bool:
    """True when the first element of what may be XML is ``svg``."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, in which XML may be as well
        head = head[2:].replace(b"\0", b"")
    head = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return head[:1] == b"<" and b"<svg" in head


@contextmanager
def opened(data: bytes, max_pixels: int) -> Iterator[Image]:
    """The picture, opened but not decoded; every failure inside becomes a `ResourceError`.

    Raises:
        ResourceError: As `inspect`.
        MemoryError: There is not the memory that such a picture takes; see `need_memory`.
    """
    from PIL import Image, UnidentifiedImageError

    pixels = 0
    try:
        with warnings.catch_warnings():
            # Pillow warns about size at a limit of its own; ours is checked below.
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                _check_size(image.size, max_pixels)
                pixels = image.width * image.height
                yield image
    except UnidentifiedImageError as problem:
        need_memory(len(data))
        if data.startswith(_SIGNATURES):
            raise ResourceError(
                "is broken or cut off", code="picture.broken", hint="save it again"
            ) from problem
        raise ResourceError(
            "is not a picture of a known format",
            code="picture.unknown",
            hint="use PNG, JPEG, SVG, WebP, AVIF, GIF, TIFF or BMP",
        ) from problem
    except Image.DecompressionBombError as problem:
        raise _too_large("more pixels than can be decoded safely") from problem
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error) as problem:
        need_memory(len(data), pixels)
        raise ResourceError(
            f"is broken or cut off: {problem}", code="picture.broken", hint="save it again"
        ) from problem
    except (MemoryError, OverflowError) as problem:
        need_memory(len(data), pixels)
        raise _too_large("more pixels than there is memory for") from problem


def need_memory(size: int, pixels: int = 0) -> None:
    """Raises a MemoryError where memory is too short for a picture of so many bytes and pixels.

    Asked when one cannot be used. Decoders without memory say so in many ways, most of them that
    the picture is broken; and a broken one may ask for more than any picture takes. The first is
    no fault of the picture, which would be left out of a document that is held for whole.
    """
    bytearray(_MEMORY + size * 2 + pixels * _MEMORY_PER_PIXEL)


def _check_size(size: tuple[int, int], max_pixels: int) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise ResourceError(
            f"is {width} by {height} pixels", code="picture.broken", hint="save it again"
        )
    if width * height > max_pixels:
        raise _too_large(
            f"{width} by {height} pixels, over the limit of {max_pixels // 1_000_000} million"
        )


def _too_large(what: str) -> ResourceError:
    return ResourceError(
        f"is too large: {what}", code="picture.too-large", hint="scale the picture down"
    )


def _orientation(image: Image) -> int:
    value = image.getexif().get(_EXIF_ORIENTATION, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _prove_whole(data: bytes, max_pixels: int) -> None:
    """Raises when the data ends early: checksums for PNG, a coarse decode for the rest."""
    with opened(data, max_pixels) as image:
        if image.format == "PNG":
            image.verify()
            return
        # An eighth of the size in each direction is the cheapest decode JPEG has.
        image.draft(None, (image.width // 8 or 1, image.height // 8 or 1))
        image.load()
