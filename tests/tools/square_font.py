"""Opens the test font (see `make_font.py`) as a `Face`, or as a whole `FaceSet` of it.

from tests.tools.square_font import square_face, square_set
"""

from __future__ import annotations

import hashlib
import lzma
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.faces.catalog import Catalog, FontFile
from publisher.faces.fallback import FaceSet
from publisher.faces.store import FontStore

if TYPE_CHECKING:
    from publisher.faces.face import Face

ASSET = Path(__file__).resolve().parents[1] / "assets" / "Square.ttf.xz"

_LANGUAGES = ("ja", "ko", "zh-Hans", "zh-Hant", "zh-Hant-HK")


@cache
def _digests() -> tuple[int, str, int, str]:
    packed = ASSET.read_bytes()
    data = lzma.decompress(packed)
    sha256 = hashlib.sha256
    return len(data), sha256(data).hexdigest(), len(packed), sha256(packed).hexdigest()


def square_file(
    font_id: str = "Square", role: str = "serif", scripts: str = "cjk", weight: int = 400
) -> FontFile:
    """A catalogue record of the test font under any name and role."""
    size, digest, packed_size, packed_digest = _digests()
    return FontFile(
        id=font_id,
        family="Square",
        role=role,
        scripts=scripts,
        weight=weight,
        slant="upright",
        path=ASSET,
        faces=tuple((language, 0) for language in _LANGUAGES) if scripts == "cjk" else (),
        size=size,
        sha256=digest,
        packed_size=packed_size,
        packed_sha256=packed_digest,
    )


def square_face(language: str = "zh-Hans") -> Face:
    """The test font, opened from memory."""
    return FontStore(None).face(square_file(), language)


def square_set(language: str = "zh-Hans") -> FaceSet:
    """A `FaceSet` whose every role and weight is the test font."""
    files = [
        square_file(f"Square-{role}-{scripts}-{weight}", role, scripts, weight)
        for role, scripts in (
            ("serif", "cjk"),
            ("sans", "cjk"),
            ("serif", "latin"),
            ("sans", "latin"),
            ("mono", "latin"),
        )
        for weight in (400, 700)
    ]
    return FaceSet(FontStore(None), Catalog(tuple(files)), language=language)
