"""Parts of a reference document with what ours have besides: styles, lists, fonts, sections."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from publisher.writers.docx.fonts import is_east_asian, word_language
from publisher.writers.docx.reference import w
from publisher.writers.docx.reference_styles import StyleMap, number
from publisher.writers.docx.xml import W

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.writers.docx.package import Part
    from publisher.writers.docx.reference import Reference
    from publisher.writers.docx.relations import Relations

_USED: Final = re.compile(rb'<w:(pStyle|rStyle|tblStyle) w:val="([^"]+)"')
# What a section takes from the reference document, in the schema's order (17.6.17).
_PAGE: Final = ("pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType")
_ALIGNED: Final = ("vAlign",)
_LAST: Final = ("rtlGutter", "docGrid")
_PARAGRAPH_ORDER: Final = ("contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
    "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr",
    "sectPr", "pPrChange")  # fmt: skip


class ReferenceParts:
    """What a job takes from a reference document."""

    def __init__(self, reference: Reference, language: str) -> None:
        self.reference = reference
        self.styles = StyleMap.of(reference)
        self._language = language
        self._names: dict[str, str] = dict(self.styles.theirs)

    # --------------------------------------------------------------------------------- styles

    def merged_styles(self, ours: bytes) -> bytes:
        """Their styles, and those of ours that they have none for, set like their own text."""
        from lxml import etree

        root = deepcopy(self.reference.styles)
        self._set_language(root)
        added = [
            style
            for style in etree.fromstring(ours).iterchildren(w("style"))
            if style.get(w("styleId")) not in self._names
        ]
        taken = set(self.styles.by_id)
        for style in added:
            ours_id = name = style.get(w("styleId"), "")
            while name in taken:
                name += "1"
            taken.add(name)
            self._names[ours_id] = name
        for style in added:
            root.append(self._fitted(style))
        kind = self.styles.defaults.get("paragraph") or self._names.get("Normal")
        for style in root.iterchildren(w("style")):
            if style.get(w("type")) == "paragraph" and style.get(w("styleId")) == kind:
                style.set(w("default"), "1")
        etree.cleanup_namespaces(root, top_nsmap={"w": W}, keep_ns_prefixes=_ignorable(root))
        return _bytes(root)

    def _fitted(self, style: Any) -> Any:
        style.set(w("styleId"), self._names[style.get(w("styleId"))])
        for tag in ("basedOn", "next", "link"):
            for used in style.iterchildren(w(tag)):
                name = used.get(w("val"))
                used.set(w("val"), self._names.get(name, name))
        if style.get(w("type")) == "paragraph":
            _inherit(style)
        return style

    def _set_language(self, root: Any) -> None:
        """The document's language as their default, whatever theirs was."""
        slot = w("eastAsia") if is_east_asian(self._language) else w("val")
        tag = word_language(self._language)
        for lang in root.iter(w("lang")):
            lang.set(slot, tag)

    def renamed(self, data: bytes) -> bytes:
        """A part of ours with their styles' ids in place of ours."""
        names = {a.encode(): b.encode() for a, b in self._names.items() if a != b}

        def change(match: re.Match[bytes]) -> bytes:
            name = names.get(match[2])
            return match[0] if name is None else b'<w:%s w:val="%s"' % (match[1], name)

        return _USED.sub(change, data) if names else data

    # ---------------------------------------------------------------------------------- lists

    @property
    def first_numbers(self) -> tuple[int, int]:
        """How many numbers of abstract lists and of lists theirs take up."""
        root = self.reference.numbering
        if root is None:
            return 0, 0
        abstract = (number(e.get(w("abstractNumId"))) for e in root.iterchildren(w("abstractNum")))
        lists = (number(e.get(w("numId"))) for e in root.iterchildren(w("num")))
        return (
            int(max((a for a in abstract if a is not None), default=-1)) + 1,
            int(max((n for n in lists if n is not None), default=0)),
        )

    def merged_numbering(self, ours: bytes) -> bytes:
        """Their lists, and after them ours; `ours` may be empty."""
        from lxml import etree

        if self.reference.numbering is None:
            return ours
        root = deepcopy(self.reference.numbering)
        for tag in ("numPicBullet", "lvlPicBulletId"):
            for element in list(root.iter(w(tag))):
                element.getparent().remove(element)
        if ours:
            made = etree.fromstring(ours)
            lists = [e for e in root if e.tag == w("num")]
            at = root.index(lists[0]) if lists else len(root)
            for element in made.findall(w("abstractNum")):
                root.insert(at, element)
                at += 1
            at = root.index(lists[-1]) + 1 if lists else at
            for element in made.findall(w("num")):
                root.insert(at, element)
                at += 1
        return _bytes(root)

    # ------------------------------------------------------------------------------- sections

    def page(self) -> str:
        """Paper size, margins and borders of a section, as XML."""
        return self._of_section(_PAGE)

    def alignment(self) -> str:
        """How pages that are not full are aligned, as XML."""
        return self._of_section(_ALIGNED)

    def grid(self) -> str:
        """What comes last in a section: the side of the gutter, and the document grid."""
        return self._of_section(_LAST)

    @property
    def opens(self) -> bool:
        """First pages have heads and feet of their own."""
        section = self.reference.section
        mark = None if section is None else section.find(w("titlePg"))
        return mark is not None and mark.get(w("val"), "1") not in ("0", "false", "off")

    def _of_section(self, names: Iterable[str]) -> str:
        section = self.reference.section
        if section is None:
            return ""
        found = (section.find(w(name)) for name in names)
        return "".join(_plain_xml(element) for element in found if element is not None)

    def furniture(self, relations: Relations) -> tuple[str, list[Part]]:
        """References to their heads and feet, and the parts."""
        marks, parts = [], []
        for (side, kind), part in sorted(
            self.reference.furniture.items(), key=lambda item: (item[0][0] != "header", item[0][1])
        ):
            relation = relations.to(side, part.name)
            marks.append(f'<w:{side}Reference w:type="{kind}" r:id="{relation}"/>')
            if part not in parts:
                parts.append(part)
        return "".join(marks), [*parts, *self.reference.media]

    # ---------------------------------------------------------------------------------- fonts

    def merged_fonts(self, ours: bytes) -> bytes:
        """Their font table without embedded fonts, and the fonts that ours names besides."""
        from lxml import etree

        if self.reference.fonts is None:
            return ours
        root = deepcopy(self.reference.fonts)
        for element in [e for e in root.iter() if str(e.tag).startswith(w("embed"))]:
            element.getparent().remove(element)
        known = {font.get(w("name")) for font in root.iterchildren(w("font"))}
        for font in etree.fromstring(ours).iterchildren(w("font")):
            if font.get(w("name")) not in known:
                root.append(font)
        return _bytes(root)


def _inherit(style: Any) -> None:
    """Lets a style of ours have the font of their text, but not the inset of its first lines."""
    from lxml import etree

    properties = style.find(w("pPr"))
    fonts = style.find(f"{w('rPr')}/{w('rFonts')}")
    if fonts is not None and "Mono" not in (fonts.get(w("ascii")) or ""):
        fonts.getparent().remove(fonts)
    if properties is None or style.get(w("styleId")).endswith("Unlisted"):
        return
    inset = properties.find(w("ind"))
    if inset is None:
        inset = etree.Element(w("ind"))
        later = {w(name) for name in _PARAGRAPH_ORDER}
        at = next((n for n, e in enumerate(properties) if e.tag in later), len(properties))
        properties.insert(at, inset)
    names = {key.rpartition("}")[2] for key in inset.attrib}
    if not names & {"firstLine", "hanging", "firstLineChars", "hangingChars"}:
        inset.set(w("firstLine"), "0")
        inset.set(w("firstLineChars"), "0")


def _plain_xml(element: Any) -> str:
    """An element with the attributes of WordprocessingML and of relations only."""
    from lxml import etree

    copy = deepcopy(element)
    copy.tail = None
    for part in copy.iter():
        for key in list(part.attrib):
            if not key.startswith(f"{{{W}}}"):
                del part.attrib[key]
    text = etree.tostring(copy, encoding="unicode")
    return re.sub(r' xmlns:\w+="[^"]*"', "", text)


def _ignorable(root: Any) -> list[str]:
    """Prefixes that the root says may be passed over, which must stay declared."""
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return (root.get(f"{{{space}}}Ignorable") or "").split()


def _bytes(root: Any) -> bytes:
    from lxml import etree

    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made
