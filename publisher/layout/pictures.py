"""Sizes of pictures on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publisher.tree.meta import Resource
    from publisher.tree.nodes import Image

# 96 pixels an inch, as CSS has it: a screen shot is printed at the size it had on the screen.
_PIXEL = 72 / 96


def fitted(
    image: Image, resource: Resource | None, room: tuple[float, float]
) -> tuple[float, float] | None:
    """Width and height of a picture, pt: as asked for or natural, at most what there is room for.

    None when nothing is known of the picture.
    """
    if resource is None:
        return None
    width, height = resource.width * _PIXEL, resource.height * _PIXEL
    if image.width and image.height:
        width, height = image.width, image.height
    elif not (width and height):
        return None
    elif image.width:
        width, height = image.width, height * image.width / width
    elif image.height:
        width, height = width * image.height / height, image.height
    scale = min(1.0, room[0] / width, room[1] / height)
    return width * scale, height * scale
