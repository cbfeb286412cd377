"""A picture in the form that a target format shows, changed as little as possible."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from publisher.pictures.inspect import SVG, PictureInfo, need_memory, opened
from publisher.pictures.strip import strip_jpeg, strip_png, strip_webp
from publisher.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

Target: TypeAlias = Literal["pdf", "epub", "docx"]

# EPUB 3.3, 3.2 Core media types, images.
_EPUB_CORE: Final = frozenset(["image/gif", "image/jpeg", "image/png", "image/webp"])
# Formats that hold photographs as a rule and have lost detail already.
_LOSSY: Final = frozenset(["image/jpeg", "image/avif", "image/webp", "image/jp2"])
_JPEG_QUALITY = 90
# EXIF 2.32, tag 0112H: what turns the stored picture upright, by Pillow's names.
_TURNS: Final = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
_SIXTEEN_BIT: Final = frozenset(["I", "I;16", "I;16B", "I;16L", "I;16N"])


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be written: its bytes, and its size in pixels as shown."""

    data: bytes
    media_type: str
    width: int
    height: int


def prepare(  # noqa: PLR0913 - a picture and all that its target takes
    data: bytes,
    info: PictureInfo,
    *,
    target: Target,
    max_px: int,
    fonts: Sequence[str] = (),
    families: Sequence[str] = (),
    accepted: frozenset[str] = _EPUB_CORE,
    opaque: bool = False,
) -> Prepared:
    """The picture for `target`, upright, in sRGB or grey, its longer side at most `max_px`.

    What can be shown as it stands keeps its pixels and loses only its metadata. The result is
    PNG or JPEG; for EPUB it may also be GIF, WebP or SVG. `fonts` are files for text in SVG.

    Args:
        data: The file.
        info: What `inspect` said about it.
        target: The format it goes into.
        max_px: Longest side in pixels; larger pictures are scaled down.
        fonts: Font files for text inside SVG; the system's fonts when empty.
        families: Names of the sans-serif and the serif family in them.
        accepted: For EPUB: media types of raster pictures that are shown as they stand.
        opaque: Transparent pictures are laid on white.

    Raises:
        ResourceError: It cannot be decoded or drawn.
    """
    if info.media_type == SVG:
        from publisher.pictures import svg

        if target == "epub":
            return Prepared(svg.sanitise(data), SVG, info.width, info.height)
        png, width, height = svg.rasterise(data, max_px=max_px, fonts=fonts, families=families)
        return Prepared(png, "image/png", width, height)
    kept = None if opaque and info.has_alpha else _kept(data, info, target, max_px, accepted)
    if kept is not None:
        return Prepared(kept, info.media_type, info.width, info.height)
    return _converted(data, info, max_px, opaque=opaque)


def _kept(
    data: bytes, info: PictureInfo, target: Target, max_px: int, accepted: frozenset[str]
) -> bytes | None:
    """The file without metadata if it can be shown as it is, else None."""
    if info.orientation != 1 or max(info.width, info.height) > max_px:
        return None
    if info.media_type == "image/jpeg":
        return strip_jpeg(data) if info.mode in ("RGB", "L") else None
    if target == "epub" and info.media_type in accepted:
        if info.media_type == "image/webp":
            return strip_webp(data)
        return data if info.media_type == "image/gif" else strip_png(data)
    plain = info.mode in ("1", "L", "LA", "P", "RGB", "RGBA") and not info.animated
    if info.media_type == "image/png" and plain and data[24:25] != b"\x10":  # IHDR bit depth 16
        return strip_png(data)
    return None


def _converted(data: bytes, info: PictureInfo, max_px: int, *, opaque: bool) -> Prepared:
    from PIL import Image

    pixels = info.width * info.height
    with opened(data, pixels) as source:
        if info.media_type == "image/jpeg" and info.mode in ("RGB", "L"):
            source.draft(None, (max_px, max_px))
        source.load()
        image: Any = _in_srgb(source)
        if info.orientation != 1:
            image = image.transpose(Image.Transpose[_TURNS[info.orientation]])
        if max(image.size) > max_px:
            image.thumbnail((max_px, max_px), Image.Resampling.LANCZOS, reducing_gap=3.0)
        if opaque and image.mode == "RGBA":
            ground = Image.new("RGB", image.size, "white")
            ground.paste(image, mask=image.getchannel("A"))
            image = ground
        lossy = info.media_type in _LOSSY and image.mode in ("RGB", "L")
        out = BytesIO()
        bare = Image.frombytes(image.mode, image.size, image.tobytes())
        if lossy:
            bare.save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True)
        else:
            bare.save(out, "PNG")
    return Prepared(out.getvalue(), "image/jpeg" if lossy else "image/png", *image.size)


def _in_srgb(image: Any) -> Any:
    """The picture as L, RGB or RGBA in sRGB."""
    if image.mode in _SIXTEEN_BIT:
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "F":
        low, high = image.getextrema()
        scale = 255.0 / ((high - low) or 1.0)
        return image.point(lambda value: value * scale - low * scale).convert("L")
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("LA", "La", "PA", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode in ("L", "RGBA"):
        return image
    return _by_profile(image)


def _by_profile(image: Any) -> Any:
    """The picture in RGB, through its own colour profile where it has a sound one."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if profile and image.mode in ("CMYK", "RGB"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            need_memory(len(profile), image.width * image.height)
            # A profile that does not fit its picture says nothing about its colours
    return image if image.mode == "RGB" else image.convert("RGB")
