"""Profiles of reading systems: what each takes, and how large.

Sources, as published by the makers:

- Kobo ePub Guidelines (github.com/kobolabs/epub-spec): pictures up to 5 MB, RGB, without
  transparent grounds; covers up to 3 MB and no GIF; 10 MB of embedded content for an HTML file; no
  background colours; OTF, TTF and WOFF fonts.
- Amazon Kindle Publishing Guidelines 2019.2, 4 and 10.4: JPEG, PNG, GIF and SVG, no WebP; covers of
  2560 pixels; pictures up to 5 MB; ``primary-writing-mode`` names the mode of a vertical book.
- Apple Books Asset Guide, Interior Image Requirements: a limit on the pixels of a picture, which
  earlier editions set at 2, later ones at 3.2, 4 and 5.6 million; JPEG and PNG; embedded fonts are
  shown to those who say so, in the package or in ``com.apple.ibooks.display-options.xml``.
"""

from __future__ import annotations

from typing import Final

from publisher.record import dataclass

# EPUB 3.3, 3.2 Core media types, raster images; WebP came with 3.3 and few devices know it.
_OLD_IMAGES: Final = frozenset(["image/gif", "image/jpeg", "image/png"])
_IMAGES: Final = _OLD_IMAGES | {"image/webp"}
_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class ReadingSystem:
    """What a book for one family of reading systems keeps to.

    Attributes:
        side: Longest side of a picture, pixels; `pixels` is the largest area.
        picture: Largest picture file, bytes; `cover` the largest cover. 0 for no limit.
        fonts: Largest sum of embedded fonts, bytes; 0 for no limit.
        images: Media types of raster pictures that are shown.
        opaque: Pictures are laid on white where they are transparent.
        greys: Pages of electronic paper: no colours, no pale grounds.
        display_options: ``META-INF/com.apple.ibooks.display-options.xml`` is read.
        raster_cover: The cover has to be a raster picture to be shown in libraries.
    """

    side: int = 2560
    pixels: int = 0
    picture: int = 0
    cover: int = 0
    fonts: int = 0
    images: frozenset[str] = _IMAGES
    opaque: bool = False
    greys: bool = False
    display_options: bool = False
    raster_cover: bool = True


READING_SYSTEMS: Final = {
    # Any reading system: a book that all of them open. Libraries that draw no SVG show the title.
    "generic": ReadingSystem(display_options=True, raster_cover=False),
    "kindle": ReadingSystem(
        picture=5 * _MEGABYTE, cover=5 * _MEGABYTE, images=_OLD_IMAGES, greys=True
    ),
    "kobo": ReadingSystem(
        side=1950,
        picture=5 * _MEGABYTE,
        cover=3 * _MEGABYTE,
        fonts=10 * _MEGABYTE,
        images=_OLD_IMAGES - {"image/gif"},
        opaque=True,
        greys=True,
    ),
    "apple": ReadingSystem(pixels=4_000_000, images=_OLD_IMAGES, display_options=True),
}
