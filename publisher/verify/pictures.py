"""Whether two picture files show the same."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_SIDE = 24
_FAR = 12  # of 255, mean over a small copy: recompression and colour profiles stay far below


def same_picture(one: Callable[[], bytes], other: Callable[[], bytes]) -> bool:
    """True when both have the same bytes or, in small, the same look; or one is no bitmap."""
    a, b = one(), other()
    if a == b:
        return True
    small, twin = _small(a), _small(b)
    if small is None or twin is None:
        return True
    size, pixels = small
    other_size, other_pixels = twin
    shape = size[0] / size[1], other_size[0] / other_size[1]
    if abs(shape[0] - shape[1]) > 0.02 * max(shape):
        return False
    far = sum(abs(p - q) for p, q in zip(pixels, other_pixels, strict=True)) / len(pixels)
    return far < _FAR


def _small(data: bytes) -> tuple[tuple[int, int], bytes] | None:
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data)) as opened:
            image: Any = ImageOps.exif_transpose(opened) or opened
            ground = Image.new("RGBA", image.size, "white")
            ground.alpha_composite(image.convert("RGBA"))
            small = ground.convert("RGB").resize((_SIDE, _SIDE))
            return image.size, small.tobytes()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
