"""Type0 fonts: one font object a face and writing direction, subset when the file is closed.

The code in a page's strings is the glyph's CID in the source font (or its glyph id), so pages are
painted before the subset is known and every page shares the same fonts (ISO 32000-1, 9.7).

ToUnicode can say one text a glyph. Where a glyph stands for a second text (the radical U+2F00 drawn
like U+4E00, a variation sequence that looks like its base) the glyph is wrapped in a ``Span`` with
``ActualText`` (14.9.4), so that copied text is the source's text. PDFium, and with it Chrome, drops
ActualText above U+FFFF: there the glyph is drawn with a second Type0 font over the same descendant
whose ToUnicode says the other text.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.faces.lookups import folded
from publisher.writers.pdf import syntax
from publisher.writers.pdf.font_tables import subset_tag, to_unicode, widths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from publisher.faces.face import Face
    from publisher.faces.lookups import Glyph, Number
    from publisher.layout.types import TextItem
    from publisher.writers.pdf.reportlab_shim import PdfFile, Ref

# Shaped runs up to this long are remembered: words and dashes come again, whole lines do not.
_REMEMBERED = 16
_SYMBOLIC, _FIXED, _SERIF, _ITALIC = 1 << 2, 1 << 0, 1 << 1, 1 << 6
# What is drawn for a character that the face lacks: geta, white square, question mark.
_STAND_INS = "\u3013\u25a1?"
# Default position vector and advance of vertical text, 1/1000 em: Noto CJK's em box (9.7.4.3).
_V_ORIGIN, _V_ADVANCE = 880, -1000
_EM = 1000  # /DW


def actual_text(text: str, shown: str) -> str:
    """Inside a TJ array's hex string: `shown` (hex digits) that reads as `text`.

    The string and the array are closed and opened again around the marked content.
    """
    return f">]TJ/Span<</ActualText{syntax.text_string(text)}>>BDC[<{shown}>]TJ EMC[<"


def is_private(text: str) -> bool:
    """Whether a text has characters for private use, which ActualText has to vouch for.

    ISO 19005-2, 6.2.11.7.3: ToUnicode alone may not map to them.
    """
    last = max(text, default="")
    return last >= "\ue000" and any("\ue000" <= c <= "\uf8ff" or c >= "\U000f0000" for c in text)


class Codes(dict[int, str]):
    """Code point -> what stands for it in a hex string; for `str.translate`.

    Filled as characters are drawn, so its keys are the characters of one document and counting
    them costs nothing. A value may close the string for an ActualText span and open it again.
    """

    __slots__ = ("_font", "_size")

    def __init__(self, font: PdfFont, size: float) -> None:
        super().__init__()
        self._font = font
        self._size = size

    def __missing__(self, code_point: int) -> str:
        font, char = self._font, chr(code_point)
        private = 0xE000 <= code_point <= 0xF8FF or code_point >= 0xF0000
        alone = None if font.vertical or private else font.face.alone[code_point]
        if alone is not None and font.texts.setdefault(alone[0], char) == char:
            value = alone[1]
        else:
            value = font.encode_char(char, self._size)
        self[code_point] = value
        return value


class PdfFont:
    """One face in one writing direction, as a document uses it.

    Attributes:
        name: Resource name, such as ``F1``.
        face: The opened face.
        vertical: Identity-V with vertical metrics.
        texts: Glyph id -> the text that ToUnicode gives it; its keys are the glyphs drawn.
    """

    def __init__(
        self, name: str, face: Face, *, vertical: bool = False, language: str = ""
    ) -> None:
        self.name = name
        self.face = face
        self.vertical = vertical
        self._gid = face.uprights(language).__getitem__ if vertical else face.gid
        self.texts: dict[int, str] = {}
        # Second texts of glyphs, each dictionary a Type0 font of its own.
        self._others: list[dict[int, str]] = []
        self._codes: dict[float, Codes] = {}
        self._runs: dict[tuple[str, float, tuple[Glyph, ...]], str] = {}

    # ------------------------------------------------------------------------------- encoding

    def codes(self, size: float) -> Codes:
        """For ``text.translate(font.codes(size))``; `size` in pt."""
        codes = self._codes.get(size)
        if codes is None:
            codes = self._codes[size] = Codes(self, size)
        return codes

    def code(self, gid: int) -> str:
        """Four hex digits."""
        return self.face.code_text(gid)

    def encode_char(self, char: str, size: float) -> str:
        """One character drawn by its nominal glyph at a size in pt."""
        gid = self._gid(char)
        if gid == 0:
            return self._absent(char, size)
        return self._one(gid, char, size)

    def encode_shown(self, text: str) -> str:
        """Characters whose own text does not matter, for use inside an ActualText span."""
        return "".join(self._mark(self._gid(char), char) for char in text)

    def encode_run(self, text: str, glyphs: tuple[Glyph, ...], size: float) -> str:
        """A shaped run, for use inside a hex string in a TJ array."""
        if len(text) > _REMEMBERED:
            return self._encode_run(text, glyphs, size)
        key = (text, size, glyphs)
        run = self._runs.get(key)
        if run is None:
            run = self._runs[key] = self._encode_run(text, glyphs, size)
        return run

    def _encode_run(self, text: str, glyphs: tuple[Glyph, ...], size: float) -> str:
        return "".join(
            self._encode_cluster(cluster, group, size)
            for cluster, group in self._clusters(text, glyphs)
        )

    def _encode_cluster(self, text: str, glyphs: tuple[Glyph, ...], size: float) -> str:
        if len(glyphs) == 1:
            glyph = glyphs[0]
            gid = glyph.gid
            if len(text) > 1 and gid == self._gid(text[0]):
                self._claim(gid, text[0])
            elif gid == self.face.gid(" "):
                self._claim(gid, " ")
            return self._placed(glyph, self._one(gid, text, size), size)
        parts = []
        for index, glyph in enumerate(glyphs):
            own = text[index] if len(glyphs) == len(text) else (text if index == 0 else "\u200b")
            parts.append(self._placed(glyph, self._mark(glyph.gid, own), size))
        return actual_text(text, "".join(parts))

    def _clusters(
        self, text: str, glyphs: tuple[Glyph, ...]
    ) -> Iterator[tuple[str, tuple[Glyph, ...]]]:
        """Each cluster's text and glyphs, in order.

        HarfBuzz draws variation selectors that the face lacks, joiners and the like as blanks
        without advance: they are left out, and their characters go to the cluster before them.
        In a run of nothing else one such blank holds the text.
        """
        blank = self.face.gid(" ")
        held: tuple[str, tuple[Glyph, ...]] = ("", ())
        for cluster, group in _groups(text, glyphs):
            shown = tuple(g for g in group if g.gid != blank or g.x_advance or g.y_advance)
            if shown and held[1]:
                yield held
                held = ("", ())
            held = (held[0] + cluster, held[1] + shown)
        if held[0]:
            yield held[0], held[1] or glyphs[:1]

    def encode_actual(self, item: TextItem) -> str:
        """A piece that reads as something else than it shows, for use inside a hex string."""
        text = item.actual or ""
        if item.glyphs is None:
            if len(item.text) == 1:
                gid = self._gid(item.text)
                self._mark(gid, item.text)
                return self._read_as(text, gid, item.size)
            return actual_text(text, self.encode_shown(item.text))
        return actual_text(text, self.encode_shown_run(item.text, item.glyphs, item.size))

    def encode_shown_run(self, text: str, glyphs: tuple[Glyph, ...], size: float) -> str:
        """A shaped run whose own text does not matter, for use inside an ActualText span."""
        return "".join(
            self._placed(glyph, self._mark(glyph.gid, cluster if index == 0 else "\u200b"), size)
            for cluster, group in self._clusters(text, glyphs)
            for index, glyph in enumerate(group)
        )

    def _one(self, gid: int, text: str, size: float) -> str:
        """A glyph that stands alone for a text."""
        if len(text) == 1:
            plain = folded(text)
            if plain and self._gid(plain) == gid:
                # ToUnicode keeps the plain character whichever comes first, so that a radical on
                # page 1 does not cost an ActualText at each of the ideographs that look like it.
                self._claim(gid, plain)
        if self._claim(gid, text) and not is_private(text):
            return self.code(gid)
        return self._read_as(text, gid, size)

    def _read_as(self, text: str, gid: int, size: float) -> str:
        """A glyph that reads as another text than ToUnicode says."""
        code = self.code(gid)
        if not text or max(text) <= "\uffff" or is_private(text):
            return actual_text(text, code)
        for index, texts in enumerate(self._others):  # noqa: B007 - the index is used below
            if texts.setdefault(gid, text) == text:
                break
        else:
            index = len(self._others)
            self._others.append({gid: text})
        tf = f"{syntax.number(size)} Tf"
        return f">]TJ/{self._other_name(index)} {tf}[<{code}>]TJ/{self.name} {tf}[<"

    def _other_name(self, index: int) -> str:
        return f"{self.name}.{index + 1}"

    def _mark(self, gid: int, text: str) -> str:
        self.texts.setdefault(gid, text)
        return self.code(gid)

    def _claim(self, gid: int, text: str) -> bool:
        """Whether ToUnicode gives this text for the glyph; the first text a glyph has stays."""
        known = self.texts.setdefault(gid, text)
        if not known:
            self.texts[gid] = known = text
        return known == text

    def _absent(self, char: str, size: float) -> str:
        """A character that the face lacks: layout should have said so; its text is kept."""
        if unicodedata.category(char) in ("Cf", "Mn"):
            return ""
        # Never .notdef, which PDF/A forbids (ISO 19005-2, 6.2.11.8).
        shown = next((mark for mark in _STAND_INS if self.face.gid(mark)), "")
        if not shown:
            return ""
        gid = self._gid(shown)
        self._mark(gid, shown)
        return self._read_as(char, gid, size)

    def _placed(self, glyph: Glyph, shown: str, size: float) -> str:
        """`shown` with the shifts and the advance that shaping gave the glyph."""
        if self.vertical:
            # HarfBuzz counts from the horizontal origin, PDF from the position vector in /W2. In
            # TJ a positive number moves down.
            rest = glyph.y_advance - self.face.v_advance(glyph.gid)
            up = glyph.y_offset + self.face.v_origin(glyph.gid)[1]
            before, after = -up, up - rest
            rise: Number = 0
        else:
            rest = glyph.x_advance - self.width(glyph.gid)
            before, after = -glyph.x_offset, glyph.x_offset - rest
            rise = glyph.y_offset
        if rise:
            lift = syntax.number(rise * size / 1000)
            shown = f">]TJ {lift} Ts[<{shown}>]TJ 0 Ts[<"
        head = f">{syntax.number(before)}<" if before else ""
        tail = f">{syntax.number(after)}<" if after else ""
        return f"{head}{shown}{tail}"

    def width(self, gid: int) -> Number:
        """Advance as /W says it, 1/1000 em."""
        width = self.face.advance(gid)
        return width if isinstance(width, int) else round(width, 2)

    # ------------------------------------------------------------------------------ embedding

    def embed(self, file: PdfFile) -> None:
        """Adds the font, cut to the glyphs drawn.

        Raises:
            FontError: HarfBuzz cannot cut the font.
        """
        from publisher.faces.subset import pdf_subset

        face = self.face
        self.texts.setdefault(0, "")
        gids = sorted(self.texts)
        program = pdf_subset(face, gids)
        base = self._base_font()
        by_code = sorted(zip(face.codes_of(gids), gids, strict=True))
        cff = face.outlines == "cff"
        if cff:
            program_ref = file.add_stream({"Subtype": "/CIDFontType0C"}, program)
        else:
            program_ref = file.add_stream({"Length1": str(len(program))}, program)
        descriptor = file.add_dictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": base,
                "Flags": str(self._flags()),
                "FontBBox": f"[{syntax.numbers(face.bbox)}]",
                "ItalicAngle": syntax.number(face.italic_angle),
                "Ascent": syntax.number(face.ascent),
                "Descent": syntax.number(face.descent),
                "CapHeight": syntax.number(face.cap_height),
                # No font file says its stem width; these are usual for the two weights.
                "StemV": "140" if face.weight >= 600 else "80",
                ("FontFile3" if cff else "FontFile2"): program_ref,
            }
        )
        entries = {
            "Type": "/Font",
            "Subtype": "/CIDFontType0" if cff else "/CIDFontType2",
            "BaseFont": base,
            "CIDSystemInfo": "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
            "FontDescriptor": descriptor,
            "DW": str(_EM),
            "W": widths((c, self.width(gid)) for c, gid in by_code if face.advances[gid] != _EM),
        }
        if not cff:
            entries["CIDToGIDMap"] = "/Identity"
        if self.vertical:
            entries["DW2"] = f"[{_V_ORIGIN} {_V_ADVANCE}]"
            entries["W2"] = self._vertical_metrics(by_code)
        descendant = file.add_dictionary(entries)
        self._add_type0(file, self.name, descendant, self.texts)
        for index, texts in enumerate(self._others):
            self._add_type0(file, self._other_name(index), descendant, texts)

    def _add_type0(
        self, file: PdfFile, name: str, descendant: Ref, texts: Mapping[int, str]
    ) -> None:
        by_code = sorted(zip(self.face.codes_of(list(texts)), texts.values(), strict=True))
        font = file.add_dictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": self._base_font(),
                "Encoding": "/Identity-V" if self.vertical else "/Identity-H",
                "DescendantFonts": f"[{descendant}]",
                "ToUnicode": file.add_stream({}, to_unicode(by_code)),
            }
        )
        file.add_font(name, font)

    def _base_font(self) -> str:
        tag = subset_tag(self.face.id, sorted(self.texts))
        return syntax.name(f"{tag}+{self.face.postscript_name}")

    def _flags(self) -> int:
        """9.8.2, Table 123: symbolic, because codes are CIDs and no Latin alphabet is assumed."""
        face = self.face
        flags = _SYMBOLIC
        if face.role == "mono":
            flags |= _FIXED
        if face.role == "serif":
            flags |= _SERIF
        if face.slant == "italic":
            flags |= _ITALIC
        return flags

    def _vertical_metrics(self, by_code: Iterable[tuple[int, int]]) -> str:
        items = []
        for code, gid in by_code:
            x, y = self.face.v_origin(gid)
            metrics = (self.face.v_advance(gid), x, y)
            if metrics != (_V_ADVANCE, self.width(gid) / 2, _V_ORIGIN):
                items.append(f"{code} {code} {syntax.numbers(metrics)}")
        return syntax.array(items)


class FontTable:
    """The fonts of one document, named in the order in which they are first drawn.

    Args:
        language: Of the document: vertical text in a face without one takes its marks.
    """

    def __init__(self, language: str = "") -> None:
        self._language = language
        self._fonts: dict[tuple[str, bool], PdfFont] = {}

    def font(self, face: Face, *, vertical: bool = False) -> PdfFont:
        """The font for a face; the same for every use of it."""
        key = (face.id, vertical)
        font = self._fonts.get(key)
        if font is None:
            font = self._fonts[key] = PdfFont(
                f"F{len(self._fonts) + 1}", face, vertical=vertical, language=self._language
            )
        return font

    def __iter__(self) -> Iterator[PdfFont]:
        """In order of their names."""
        return iter(self._fonts.values())

    def embed(self, file: PdfFile) -> None:
        """Adds every font to the file.

        Raises:
            FontError: HarfBuzz cannot cut a font.
        """
        for font in self:
            font.embed(file)


def _groups(text: str, glyphs: tuple[Glyph, ...]) -> Iterator[tuple[str, tuple[Glyph, ...]]]:
    """The glyphs of each cluster and its text; all of them where their order is not the text's."""
    starts = [glyph.cluster for glyph in glyphs]
    if not starts:
        return
    if starts[0] != 0 or any(one > other for one, other in pairwise(starts)):
        yield text, glyphs
        return
    first = 0
    for index in range(1, len(glyphs) + 1):
        if index == len(glyphs) or starts[index] != starts[first]:
            end = len(text) if index == len(glyphs) else starts[index]
            yield text[starts[first] : end], glyphs[first:index]
            first = index
