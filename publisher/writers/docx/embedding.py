"""Embedded fonts (ECMA-376 part 1, 17.8): obfuscated parts that the font table leads to."""

from __future__ import annotations

import hashlib
import re
import struct
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from publisher.events import Diagnostic
from publisher.faces.truetype import true_type
from publisher.record import NamedTuple
from publisher.writers.docx.package import Part, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from publisher.faces.catalog import Slant
    from publisher.faces.face import Face
    from publisher.faces.fallback import FaceSet
    from publisher.theme.model import FamilyRole
    from publisher.writers.docx.job import DocxJob

_TEXT: Final = re.compile(rb"<w:(?:t|instrText)[^>]*>([^<]+)")
_BOLD: Final = re.compile(rb'<w:b/>|<w:rStyle w:val="Strong"/>')
_ITALIC: Final = re.compile(rb'<w:i/>|<w:rStyle w:val="LatinEmphasis"/>')
# What is typed into any text that goes on: letters, figures, marks.
_ALWAYS: Final = frozenset(
    map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2030),
    *range(0x3000, 0x3040), *range(0xFF01, 0xFF66)))
)  # fmt: skip
_STORIES: Final = frozenset(
    ["document", "footnotes", "endnotes", "comments", "header", "footer", "numbering"]
)
_MASKED: Final = 32  # bytes at the head of a font that its key hides (17.8.1)
_PREVIEW: Final = 4  # OS/2 fsType: Word opens such a document for reading only


class Embedded(NamedTuple):
    """A font part: the element of the font table that leads to it, by kind, and its key."""

    element: str
    key: str
    part: Part


def embedded_fonts(job: DocxJob, parts: Iterable[Part]) -> dict[str, list[Embedded]]:
    """The faces that a document needs, by font name, cut to its characters or whole.

    Args:
        job: The document, with the fonts that it names.
        parts: The parts with its text.

    Raises:
        FontError: A font cannot be cut.
    """
    data = b"".join(part.data for part in parts if part.kind in _STORIES)
    chars = _characters(data)
    faces, whole = job.request.faces, job.request.settings.output.docx.embed_fonts == "whole"
    bold_roles = {style.family for style in job.sheet.text.values() if style.weight >= 600}
    if _BOLD.search(data):
        bold_roles.add("serif")
    italic = _ITALIC.search(data) is not None
    found: dict[str, list[Embedded]] = {}
    count = 0
    for name, (where, role) in sorted(job.fonts.used.items()):
        styles = _styles(name, bold=role in bold_roles, italic=italic)
        seen: set[str] = set()
        for element, bold, slanted in styles:
            face = _face(faces, name, (where, role), bold=bold, slanted=slanted)
            if face is None or face.id in seen:
                continue
            seen.add(face.id)
            if _forbidden(face):
                job.request.report(Diagnostic("docx.font", args=(("font", name),)))
                continue
            used = set(_all_of(face)) if whole else {c for c in chars if face.gid(c)}
            made = true_type(
                face, used, name, bold=bold, italic=slanted, vertical=job.sheet.vertical
            )
            count += 1
            key = _key(made)
            part = Part(f"/word/fonts/font{count}.odttf", "font", _masked(made, key))
            found.setdefault(name, []).append(Embedded(element, key, part))
    return found


def font_table(table: bytes, fonts: Mapping[str, list[Embedded]]) -> tuple[bytes, list[Relation]]:
    """The font table with what is embedded, and its relations (17.8.3.3 to 17.8.3.6)."""
    relations: list[Relation] = []

    def change(match: re.Match[bytes]) -> bytes:
        name = unescape(match[1].decode())
        marks = []
        for embedded in fonts.get(name, ()):
            relation = f"rId{len(relations) + 1}"
            relations.append(Relation(relation, "font", embedded.part.name))
            marks.append(f'<w:{embedded.element} r:id="{relation}" w:fontKey="{embedded.key}"/>')
        return match[0][: -len(b"</w:font>")] + "".join(marks).encode() + b"</w:font>"

    return re.sub(rb'<w:font w:name="([^"]*)">.*?</w:font>', change, table), relations


def _styles(name: str, *, bold: bool, italic: bool) -> Iterator[tuple[str, bool, bool]]:
    """Elements of the font table for the styles that are needed, with weight and slant."""
    slants = (False, True) if italic and " CJK " not in name else (False,)
    for slanted in slants:
        for heavy in (False, True) if bold else (False,):
            kind = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic"}
            yield f"embed{kind.get((heavy, slanted), 'BoldItalic')}", heavy, slanted


def _face(
    faces: FaceSet,
    name: str,
    known: tuple[str, FamilyRole],
    *,
    bold: bool,
    slanted: bool,
) -> Face | None:
    """The face of a font name; None for a name that no font here has."""
    where, role = known
    if " CJK " in name:
        role = "serif" if "Serif" in name else "sans"
    weight = 700 if bold else 400
    slant: Slant = "italic" if slanted else "upright"
    for language in (where, "en"):
        face = faces.resolve(role, weight, slant, language)
        family = face.family.casefold()
        # A regional name is a family's with its region: Noto Serif CJK SC.
        if name.casefold() == family or name.casefold().startswith(f"{family} "):
            regional = " CJK " in name
            if regional == family.endswith(" cjk") or not regional:
                return face
    return None


def _forbidden(face: Face) -> bool:
    """Its licence bits allow embedding for reading only."""
    table = bytes(face.hb_face.reference_table("OS/2").data)
    return len(table) >= 10 and struct.unpack_from(">H", table, 8)[0] & 0x000F == _PREVIEW


def _all_of(face: Face) -> Iterator[str]:
    return map(chr, face.hb_face.unicodes)


def _characters(data: bytes) -> set[str]:
    """Every character of the text, and what any text needs that goes on."""
    found: set[str] = set(_ALWAYS)
    for match in _TEXT.finditer(data):
        found.update(match[1].decode("utf-8", "ignore"))
    return found


def _key(data: bytes) -> str:
    """A key from the font itself, so that the same font has the same one."""
    digits = hashlib.sha256(data).hexdigest()[:32].upper()
    cuts = (0, 8, 12, 16, 20, 32)
    return "{" + "-".join(digits[a:b] for a, b in pairwise(cuts)) + "}"


def _masked(data: bytes, key: str) -> bytes:
    """A font with its first 32 bytes hidden by the key, from its last byte to its first."""
    mask = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1] * 2
    head = bytes(a ^ b for a, b in zip(data[:_MASKED], mask, strict=True))
    return head + data[_MASKED:]
