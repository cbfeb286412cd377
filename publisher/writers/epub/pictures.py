"""Pictures in the form and size that a family of reading systems shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.pictures.inspect import SVG
from publisher.pictures.prepare import Prepared, prepare

if TYPE_CHECKING:
    from publisher.pictures.inspect import PictureInfo
    from publisher.writers.epub.reading_systems import ReadingSystem

_STEP: Final = 0.8  # of the side; two thirds of the area
_LEAST: Final = 400  # pixels; a picture is not made smaller for the size of its file


def fitting(data: bytes, info: PictureInfo, system: ReadingSystem, most: int) -> Prepared:
    """The picture, scaled down until it keeps to what the system takes.

    Args:
        data: The file.
        info: What it holds.
        system: Limits on sides, area and formats.
        most: Largest file, bytes; 0 for no limit.

    Raises:
        ResourceError: It cannot be decoded.
    """
    side = system.side
    area = info.width * info.height
    if system.pixels and area > system.pixels:
        longest = max(info.width, info.height)
        side = min(side, int(longest * (system.pixels / area) ** 0.5))
    while True:
        ready = prepare(
            data, info, target="epub", max_px=side, accepted=system.images, opaque=system.opaque
        )
        small = min(side, max(ready.width, ready.height)) * _STEP < _LEAST
        if not most or len(ready.data) <= most or small or ready.media_type == SVG:
            return ready
        side = int(min(side, max(ready.width, ready.height)) * _STEP)
