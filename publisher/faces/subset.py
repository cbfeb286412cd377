"""Cuts subsets with HarfBuzz: by glyph for PDF, by character for EPUB and Word.

The bytes depend on the face, the set of glyphs or characters, and the version of uharfbuzz only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.errors import FontError
from publisher.faces.cff_cut import cut as cut_plain
from publisher.faces.sfnt import with_outlines

if TYPE_CHECKING:
    from collections.abc import Iterable

    import uharfbuzz as hb

    from publisher.faces.face import Face

# What a font program in a PDF may hold (ISO 32000-2, 9.9.1); layout and names are of no use there.
_PDF_TABLES = {
    "cff": frozenset({"head", "hhea", "hmtx", "maxp", "CFF "}),
    "glyf": frozenset({"head", "hhea", "hmtx", "maxp", "glyf", "loca"}),
}

# `locl` stays out: a regional face has its forms already, and the closure over it would double the
# file. `palt` is left to the fonts of those who proof-read for it.
_WEB_FEATURES = ("calt", "ccmp", "clig", "halt", "liga", "mark", "mkmk", "rlig")
_WEB_VERTICAL = ("vert", "vhal", "vrt2")
_WEB_NAMES = (0, 1, 2, 3, 4, 5, 6, 13, 14)  # 13 and 14 carry the licence with the file

_KANA = range(0x3041, 0x3100)


def pdf_subset(face: Face, gids: Iterable[int]) -> bytes:
    """The font program for a PDF that draws these glyphs, without hints.

    CFF faces give a bare CFF table for ``/FontFile3 /CIDFontType0C``, subroutines expanded. In a
    CID-keyed one glyphs keep their CID, so `Face.code_of` holds; a name-keyed one keeps glyph ids,
    because readers take the code as glyph id there. TrueType faces give an sfnt for ``/FontFile2``
    that keeps glyph ids (composites bring in their parts): its ``/CIDToGIDMap`` is ``/Identity``.

    Raises:
        FontError: HarfBuzz cannot cut the font.
    """
    if face.plain_outlines is not None:
        return cut_plain(face.plain_outlines, sorted({0, *gids}))
    import uharfbuzz as hb

    flags = hb.SubsetFlags
    wanted = hb.SubsetInput()
    wanted.glyph_set.update({0, *gids})
    wanted.flags = (
        flags.NO_HINTING
        | flags.NOTDEF_OUTLINE
        | flags.NO_LAYOUT_CLOSURE
        | flags.NO_BIDI_CLOSURE
        | (flags.DESUBROUTINIZE if face.outlines == "cff" else 0)
        | (0 if face.is_cid_keyed else flags.RETAIN_GIDS)
    )
    wanted.drop_table_tag_set.update(map(_tag, face.tables - _PDF_TABLES[face.outlines]))
    cut = _cut(face, wanted)
    if face.outlines == "cff":
        return bytes(cut.reference_table("CFF ").data)
    return bytes(cut.blob.data)


def web_subset(face: Face, chars: Iterable[str], *, vertical: bool = False) -> bytes:
    """An OpenType font that draws these characters, with their map and layout features.

    Args:
        face: The regional face of the text's language.
        chars: The characters; which need not be in order or distinct.
        vertical: Keep the forms and metrics for vertical text.

    Raises:
        FontError: HarfBuzz cannot cut the font.
    """
    import uharfbuzz as hb

    flags = hb.SubsetFlags
    code_points = set(map(ord, chars))
    features = list(_WEB_FEATURES)
    if vertical:
        features += _WEB_VERTICAL
    # Browsers kern by default; Noto CJK's pairs for kana belong to `palt` and would spoil the
    # even setting of Japanese (JLREQ 2.1.2).
    if not (face.has_han and code_points.intersection(_KANA)):
        features.append("kern")
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(code_points)
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(map(_tag, features))
    wanted.name_id_set.update(_WEB_NAMES)
    if not vertical:
        wanted.drop_table_tag_set.update(map(_tag, ("vhea", "vmtx", "VORG")))
    wanted.flags = (
        flags.NO_HINTING
        | flags.NOTDEF_OUTLINE
        | (flags.DESUBROUTINIZE if face.outlines == "cff" else 0)
    )
    if face.plain_outlines is None:
        return bytes(_cut(face, wanted).blob.data)
    wanted.drop_table_tag_set.add(_tag("CFF "))
    kept: list[int] = []
    rest = bytes(_cut(face, wanted, kept).blob.data)
    return with_outlines(rest, cut_plain(face.plain_outlines, kept))


def _cut(face: Face, wanted: hb.SubsetInput, kept: list[int] | None = None) -> hb.Face:
    """The subset; `kept` takes the glyphs that it has, in its order."""
    import uharfbuzz as hb

    if "fvar" in face.tables:
        wanted.pin_all_axes_to_default(face.hb_face)
    try:
        if kept is None:
            return hb.subset(face.hb_face, wanted)
        plan = hb.SubsetPlan(face.hb_face, wanted)
        kept += (old for _, old in sorted(plan.new_to_old_glyph_mapping.items()))
        return plan.execute()
    except (RuntimeError, ValueError, MemoryError) as problem:
        raise FontError(
            f"cannot be cut to the text: {problem}",
            code="font.subset",
            where=face.id,
            hint="use another font",
        ) from problem


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")
