"""Reads what the catalogue needs to know out of a user's own font file."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from publisher.errors import FontError
from publisher.faces.catalog import FontFile, Slant

if TYPE_CHECKING:
    from pathlib import Path

    import uharfbuzz as hb

_SIGNATURES = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")
_NEEDED = frozenset({"cmap", "head", "hhea", "hmtx", "maxp"})
_NAME_FAMILY, _NAME_TYPOGRAPHIC_FAMILY, _NAME_POSTSCRIPT = 1, 16, 6


def read_font_file(path: Path) -> list[FontFile]:
    """One record for each face of a ttf, otf, ttc or otc file.

    Raises:
        FontError: It does not exist, is no OpenType font, or its licence bits forbid embedding.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4)
    except OSError as problem:
        raise FontError(
            f"cannot be read: {problem.strerror}",
            code="font.unreadable",
            where=str(path),
            hint="check fonts.paths",
        ) from problem
    if head not in _SIGNATURES:
        raise FontError(
            "is not a TrueType or OpenType font",
            code="font.format",
            where=str(path),
            hint="give a .ttf, .otf, .ttc or .otc file",
        )
    import uharfbuzz as hb

    blob = hb.Blob.from_file_path(str(path))
    count = hb.Face(blob).count
    if count == 0:
        raise _no_outlines(path)
    return [_record(hb.Face(blob, index), path, index, size) for index in range(count)]


def _record(face: hb.Face, path: Path, index: int, size: int) -> FontFile:
    postscript = face.get_name(_NAME_POSTSCRIPT) or path.stem
    family = face.get_name(_NAME_TYPOGRAPHIC_FAMILY) or face.get_name(_NAME_FAMILY) or postscript
    tags = set(face.table_tags)
    if not tags & {"glyf", "CFF "} or not tags >= _NEEDED:
        raise _no_outlines(path)
    weight, italic = 400, False
    table = bytes(face.reference_table("OS/2").data)
    if len(table) >= 64:
        weight, _, embedding = struct.unpack_from(">3H", table, 4)
        italic = bool(struct.unpack_from(">H", table, 62)[0] & 1)
        _check_embedding(embedding, path)
    slant: Slant = "italic" if italic else "upright"
    return FontFile(
        id=f"user:{postscript}",
        family=family,
        role="user",
        scripts="any",
        weight=weight or 400,
        slant=slant,
        path=path,
        face_index=index,
        size=size,
    )


def _no_outlines(path: Path) -> FontError:
    return FontError(
        "has no outlines of a kind that can be embedded, or is cut short",
        code="font.format",
        where=str(path),
        hint="give a font with TrueType or CFF outlines (no bitmaps, no CFF2)",
    )


def _check_embedding(bits: int, path: Path) -> None:
    # OpenType, OS/2 fsType: 2 alone is "restricted licence", 0x100 forbids subsets.
    if bits & 0x000F == 2 or bits & 0x0100:
        raise FontError(
            "its licence bits forbid embedding a subset",
            code="font.embedding",
            where=str(path),
            hint="use another font",
        )
