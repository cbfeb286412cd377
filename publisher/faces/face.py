"""One opened face of a font: metrics, character map, shaping. All lengths in 1/1000 em."""

from __future__ import annotations

import mmap
import struct
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from publisher.errors import FontError
from publisher.faces.dashes import closed_up
from publisher.faces.enclosing import EM_ASCENT, enclosed, in_em_boxes, mark_origin, on_bases
from publisher.faces.lookups import Advances, Alone, Codes, Glyph, Widths

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import uharfbuzz as hb

    from publisher.faces.catalog import FontFile
    from publisher.faces.cff_cut import PlainFont, Table
    from publisher.faces.lookups import Number
    from publisher.faces.outline import Paths
    from publisher.faces.vertical import Depths, Uprights

Direction: TypeAlias = Literal["ltr", "rtl", "ttb"]

# Scripts whose letters are kerned by default. Kana are set solid: Noto CJK has kern pairs for
# kana that belong to `palt` only (JLREQ 2.1.2, "beta-gumi").
_KERNED_SCRIPTS = frozenset({"Latn", "Grek", "Cyrl"})


# What HarfBuzz guesses for punctuation alone; only under a real script are all of the features on.
_COMMON_SCRIPTS = frozenset({"Zyyy", "Zinh", "Zzzz", None})


class Face:
    """One face, opened. Get it from `FontStore.face` or `FaceSet.resolve`.

    Attributes:
        file: Its record in the catalogue.
        index: Its number in the file.
        language: BCP 47 tag of the region whose shapes it has (``zh-Hans``), empty for others.
        id: Stable name, such as ``NotoSerifCJK-Regular:2``.
        advances: Glyph id -> horizontal advance.
        widths: Character -> advance; made for ``map(face.widths.__getitem__, text)``.
        codes: Code point -> PDF code as hex; made for ``text.translate(face.codes)``.
        alone: Code point -> glyph id and code, where no other character shares the glyph.
    """

    def __init__(
        self,
        file: FontFile,
        blob: hb.Blob,
        index: int = 0,
        *,
        language: str = "",
        source: Path | bytes | None = None,
        outlines: dict[int, PlainFont | None] | None = None,
    ) -> None:
        import uharfbuzz as hb

        self.file = file
        self.index = index
        self.language = language
        self.id = f"{file.id}:{index}"
        self.hb_face = hb.Face(blob, index)
        self._font = hb.Font(self.hb_face)
        self._source = source
        self._outlines = {} if outlines is None else outlines
        self.upem: int = self.hb_face.upem
        self._scale = 1000.0 / self.upem
        self._gids: dict[str, int] = {}
        self._code_texts: dict[int, str] = {}
        self._inks: dict[int, tuple[Number, Number, Number, Number]] = {}
        self._vertical: dict[str, tuple[Uprights, Depths]] = {}
        self.advances = Advances(self)
        self.widths = Widths(self)
        self.codes = Codes(self)
        self.alone = Alone(self)

    def __repr__(self) -> str:
        return f"<Face {self.id}>"

    # ------------------------------------------------------------------------------- identity

    @property
    def family(self) -> str:
        """Family name as catalogued (``Noto Serif CJK``)."""
        return self.file.family

    @property
    def weight(self) -> int:
        """100 to 900."""
        return self.file.weight

    @property
    def slant(self) -> str:
        """``upright`` or ``italic``."""
        return self.file.slant

    @property
    def role(self) -> str:
        """serif, sans, mono, symbols, math or user."""
        return self.file.role

    @property
    def path(self) -> Path | None:
        """The unpacked font file; None when the font is kept in memory."""
        return None if isinstance(self._source, bytes) else self._source

    @cached_property
    def postscript_name(self) -> str:
        """Name for PDF, such as ``NotoSerifCJKsc-Regular``."""
        name: str | None = self.hb_face.get_name(6)
        return name or self.file.id.removeprefix("user:")

    @cached_property
    def tables(self) -> frozenset[str]:
        """Tags of the font's tables."""
        return frozenset(self.hb_face.table_tags)

    @cached_property
    def outlines(self) -> Literal["cff", "glyf"]:
        """Kind of outlines."""
        return "cff" if "CFF " in self.tables else "glyf"

    @cached_property
    def glyph_count(self) -> int:
        """Number of glyphs."""
        count: int = self.hb_face.glyph_count
        return count

    @cached_property
    def has_han(self) -> bool:
        """Whether Chinese characters can be expected of it (it has U+4E00)."""
        return self.gid("\u4e00") != 0

    # -------------------------------------------------------------------------------- metrics

    def _table(self, tag: str) -> bytes:
        return bytes(self.hb_face.reference_table(tag).data)

    def _to_em(self, value: float) -> Number:
        if self.upem == 1000:
            return value
        scaled = value * self._scale
        return int(scaled) if scaled == int(scaled) else scaled

    @cached_property
    def _vertical_extent(self) -> tuple[Number, Number]:
        os2 = self._table("OS/2") if "OS/2" in self.tables else b""
        if len(os2) >= 72:
            ascent, descent = struct.unpack_from(">2h", os2, 68)
        else:
            ascent, descent = struct.unpack_from(">2h", self._table("hhea"), 4)
        return self._to_em(ascent), self._to_em(descent)

    @property
    def ascent(self) -> Number:
        """Top of the em box over the baseline (OS/2 sTypoAscender; 880 in Noto CJK)."""
        return self._vertical_extent[0]

    @property
    def descent(self) -> Number:
        """Bottom of the em box, negative (OS/2 sTypoDescender; -120 in Noto CJK)."""
        return self._vertical_extent[1]

    @cached_property
    def cap_height(self) -> Number:
        """Height of capitals."""
        os2 = self._table("OS/2") if "OS/2" in self.tables else b""
        if len(os2) >= 90:
            height: int = struct.unpack_from(">h", os2, 88)[0]
            if height:
                return self._to_em(height)
        return self.ascent

    @cached_property
    def bbox(self) -> tuple[Number, Number, Number, Number]:
        """Box around all glyphs: left, bottom, right, top."""
        box = struct.unpack_from(">4h", self._table("head"), 36)
        left, bottom, right, top = map(self._to_em, box)
        return left, bottom, right, top

    @cached_property
    def underline(self) -> tuple[Number, Number]:
        """Middle of the underline over the baseline (negative: below) and its thickness."""
        post = self._table("post") if "post" in self.tables else b""
        position, thickness = struct.unpack_from(">2h", post, 8) if len(post) >= 12 else (0, 0)
        if not thickness:
            return -100, 50
        return self._to_em(position), self._to_em(thickness)

    @cached_property
    def italic_angle(self) -> float:
        """Degrees counter-clockwise from upright; negative for a right slant."""
        post = self._table("post") if "post" in self.tables else b""
        return float(struct.unpack_from(">i", post, 4)[0]) / 65536 if len(post) >= 8 else 0.0

    # --------------------------------------------------------------------------------- cutting

    @cached_property
    def plain_outlines(self) -> PlainFont | None:
        """The outlines, where glyphs can be cut from them by copying.

        HarfBuzz finds out what is wrong with a font as it cuts it; to copy means to trust, so only
        our own fonts are copied, whose digests are known.
        """
        if not self.is_cid_keyed or self.role == "user":
            return None
        from publisher.faces import cff_cut

        table, start = self._outline_table()
        if start not in self._outlines:
            self._outlines[start] = cff_cut.plain_font(
                table, start, self.glyph_count, self._charset[0]
            )
        return self._outlines[start]

    def _outline_table(self) -> tuple[Table, int]:
        """What holds the table ``CFF ``, the file or its bytes in memory, and where it begins."""
        from publisher.faces import sfnt

        whole: Table
        if self._source is None:
            return self._table("CFF "), 0
        if isinstance(self._source, bytes):
            whole = self._source
        else:
            with self._source.open("rb") as file:
                whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return whole, sfnt.table_offset(whole, self.index, b"CFF ")

    # ------------------------------------------------------------------------------ characters

    def code_text(self, gid: int) -> str:
        """The code of a glyph as four hex digits."""
        text = self._code_texts.get(gid)
        if text is None:
            text = self._code_texts[gid] = f"{self.code_of(gid):04x}"
        return text

    def gid(self, char: str) -> int:
        """Glyph id of a character; 0 when the face has none."""
        gid = self._gids.get(char)
        if gid is None:
            gid = self._gids[char] = self._font.get_nominal_glyph(ord(char)) or 0
        return gid

    def advance(self, gid: int) -> Number:
        """Horizontal advance of a glyph."""
        return self.advances[gid]

    def measured(self, gid: int) -> Number:
        """Horizontal advance of a glyph, looked up in the font."""
        return self._to_em(self._font.get_glyph_h_advance(gid))

    def v_advance(self, gid: int) -> Number:
        """Vertical advance of a glyph, negative: -1000 for a full em.

        A space is as long down the line as it is wide: fonts make it an em.
        """
        if gid == self.gid(" "):
            return -self.advance(gid)
        if not self.has_vertical_metrics:
            return -1000 if self.advance(gid) else 0
        return self._to_em(self._font.get_glyph_v_advance(gid))

    def v_origin(self, gid: int) -> tuple[Number, Number]:
        """Vertical origin of a glyph seen from its horizontal one (PDF's position vector)."""
        if not self.advance(gid):
            return mark_origin(self.ink(gid)), EM_ASCENT
        if not self.has_vertical_metrics:
            return self.advance(gid) / 2, EM_ASCENT
        x, y = self._font.get_glyph_v_origin(gid)
        return self._to_em(x), self._to_em(y)

    @cached_property
    def has_vertical_metrics(self) -> bool:
        """Whether the font says how its glyphs stand in vertical text.

        Where it does not, as in fonts of symbols, each stands in an em box.
        """
        return "vmtx" in self.tables

    def ink(self, gid: int) -> tuple[Number, Number, Number, Number]:
        """Box around the ink of a glyph: left, bottom, right, top."""
        ink = self._inks.get(gid)
        if ink is None:
            ink = self._inks[gid] = self._measured_ink(gid)
        return ink

    def _measured_ink(self, gid: int) -> tuple[Number, Number, Number, Number]:
        box = self._font.get_glyph_extents(gid)
        if box is None:
            return 0, 0, 0, 0
        left, top = self._to_em(box.x_bearing), self._to_em(box.y_bearing)
        return left, top + self._to_em(box.height), left + self._to_em(box.width), top

    @cached_property
    def paths(self) -> Paths:
        """Glyph id -> its outline as an SVG path, 1/1000 em, y downwards from the baseline."""
        from publisher.faces.outline import Paths

        return Paths(self._font, self.upem)

    def uprights(self, language: str = "") -> Uprights:
        """Character -> glyph id of its form in vertical text; see `publisher.faces.vertical`."""
        return self._upright(language)[0]

    def depths(self, language: str = "") -> Depths:
        """Character -> advance of its upright form down the line; like `widths`."""
        return self._upright(language)[1]

    def _upright(self, language: str) -> tuple[Uprights, Depths]:
        key = self.language or language
        found = self._vertical.get(key)
        if found is None:
            from publisher.faces.vertical import Depths, Uprights

            gids = Uprights(self, key)
            found = self._vertical[key] = gids, Depths(self, gids)
        return found

    def has_variation(self, char: str, selector: str) -> bool:
        """Whether the face knows this variation sequence (as the default form or its own)."""
        return self._font.get_variation_glyph(ord(char), ord(selector)) is not None

    def covers(self, cluster: str) -> bool:
        """Whether every visible character of a grapheme cluster has a glyph.

        A variation selector that the face does not know does not count: the base is drawn.
        """
        gid = self.gid
        if len(cluster) == 1:
            return gid(cluster) != 0 or _is_invisible(cluster)
        if all(gid(char) or _is_invisible(char) for char in cluster):
            return True
        from unicodedata import normalize

        composed = normalize("NFC", cluster)  # HarfBuzz composes where that finds a glyph
        return composed != cluster and all(gid(c) or _is_invisible(c) for c in composed)

    # ----------------------------------------------------------------------------------- codes

    def codes_of(self, gids: Sequence[int]) -> Sequence[int]:
        """The code of each glyph; see `code_of`."""
        cids = self._charset[0]
        return gids if cids is None else [cids[gid] for gid in gids]

    def code_of(self, gid: int) -> int:
        """Code of a glyph in a PDF string: its CID in a CID-keyed CFF font, else the glyph id."""
        cids = self._charset[0]
        return gid if cids is None else cids[gid]

    @property
    def is_cid_keyed(self) -> bool:
        """Whether the outlines are a CFF font with CIDs."""
        return self._charset[1]

    @cached_property
    def _charset(self) -> tuple[tuple[int, ...] | None, bool]:
        if self.outlines != "cff":
            return None, False
        from publisher.faces import cff

        try:
            table, start = self._outline_table()
            return cff.charset(
                lambda at, size: table[start + at : start + at + size], self.glyph_count
            )
        except (struct.error, LookupError, ValueError, OverflowError) as problem:
            raise FontError(
                "is damaged: its glyphs cannot be told apart",
                code="font.unreadable",
                where=self.id,
                hint="use another font",
            ) from problem

    # --------------------------------------------------------------------------------- shaping

    def needs_shaping(self, text: str) -> bool:
        """Whether drawing one glyph a character could differ from `shape` (horizontal text).

        False is a promise that ``text.translate(face.codes)`` and `widths` give what `shape` with
        the face's own language and a CJK script gives; what is simple is told in
        `publisher.faces.shaping`. True may be over-careful.
        """
        from publisher.faces import shaping

        return not shaping.simple(self.role).holds(text)

    def shaping_spans(self, text: str) -> list[tuple[int, int]]:
        """The stretches (start, end) of `text` that need `shape`; the rest maps 1:1."""
        from publisher.faces import shaping

        return shaping.spans(text, self.role)

    def shape(
        self,
        text: str,
        *,
        language: str = "",
        script: str = "",
        direction: Direction = "ltr",
        features: Iterable[str] = (),
    ) -> tuple[Glyph, ...]:
        """The glyphs of a run of one script, in visual order.

        Args:
            text: The run; variation selectors and marks stay with their base.
            language: BCP 47 tag; the face's own when empty.
            script: ISO 15924 code such as ``Hani``; guessed from the text when empty.
            direction: ``ttb`` sets upright vertical text (`vert` forms apply).
            features: OpenType feature tags to switch on, or off with a leading hyphen. Kerning is
                on for Latin, Greek and Cyrillic only, unless it or ``palt`` is asked for.
        """
        if not text:
            return ()
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = direction
        if script or (buffer.script in _COMMON_SCRIPTS and self.has_han):
            buffer.script = script or "Hani"
        # Without a language the ligature of U+2014 pairs and regional forms go wrong.
        buffer.language = language or self.language or "und"
        switches = {tag.removeprefix("-"): not tag.startswith("-") for tag in features}
        if buffer.script not in _KERNED_SCRIPTS and not switches.get("palt"):
            switches.setdefault("kern", False)
        hb.shape(self._font, buffer, switches)
        infos = buffer.glyph_infos
        if not infos:  # only invisible characters, and no space glyph to stand for them
            return ()
        columns = zip(*(at.position for at in buffer.glyph_positions), strict=True)
        x_offsets, y_offsets, x_advances, y_advances = (
            columns if self.upem == 1000 else (map(self._to_em, column) for column in columns)
        )
        gids = [info.codepoint for info in infos]
        clusters = [info.cluster for info in infos]
        rows = zip(gids, clusters, x_advances, y_advances, x_offsets, y_offsets, strict=True)
        glyphs = tuple(map(Glyph._make, rows))
        if direction == "ttb":
            glyphs = (on_bases if self.has_vertical_metrics else in_em_boxes)(self, glyphs)
            glyphs = closed_up(self, text, glyphs, upright=True)
            return self._with_narrow_spaces(glyphs) if " " in text else glyphs
        return closed_up(self, text, enclosed(self, text, glyphs))

    def _with_narrow_spaces(self, glyphs: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
        """Upright glyphs with spaces as long as `v_advance` has them, not an em as in the font.

        What is invisible is drawn as a space without an advance, and keeps none.
        """
        space = self.gid(" ")
        length = self.v_advance(space)
        return tuple(
            glyph._replace(y_advance=length) if glyph.gid == space and glyph.y_advance else glyph
            for glyph in glyphs
        )


def _is_invisible(char: str) -> bool:
    from publisher.faces import clusters

    return clusters.never_missing().match(char) is not None
