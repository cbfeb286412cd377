"""Run properties: a plain record and its XML, elements in schema order (CT_RPr)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.record import NamedTuple
from publisher.writers.docx.fonts import is_east_asian, word_language
from publisher.writers.docx.paragraphs import fill
from publisher.writers.docx.xml import half_points

if TYPE_CHECKING:
    from publisher.theme.model import FamilyRole, StyleSheet
    from publisher.writers.docx.fonts import FontTable


class RunLook(NamedTuple):
    """How a run differs from its paragraph.

    Attributes:
        style: Id of a character style, or empty.
        role: Another font role, or empty.
        lang: Language of the run where it is not the paragraph's own, else empty.
        bold: Bold; `italic` slanted (Latin text only).
        strike: Struck through.
        small: Size as a share of the paragraph's.
        fill: Colour behind, or empty.
        underline: Word's name of the line, or empty.
        position: ``superscript``, ``subscript`` or empty.
        dots: Word's name of the emphasis mark, or empty.
        combine: Number of a two-line note (warichu), or 0.
        cell: Number of what stands level in one cell of vertical text, or 0.
        proof: Spelling is checked.
        color: Text colour, or empty.
        hint: Ambiguous characters (quotes, dashes, dots) belong to the East Asian text.
    """

    style: str = ""
    role: FamilyRole | str = ""
    lang: str = ""
    bold: bool = False
    italic: bool = False
    strike: bool = False
    small: float = 1.0
    fill: str = ""
    underline: str = ""
    position: str = ""
    dots: str = ""
    combine: int = 0
    cell: int = 0
    proof: bool = True
    color: str = ""
    hint: bool = False


PLAIN = RunLook()


def emphasis_mark(mark: str, sheet: StyleSheet) -> str:
    """Word's name of an emphasis mark (17.18.24).

    Dots stand under horizontal Chinese text and over Japanese and Korean (CLREQ 3.4.1); vertical
    Japanese text has sesame dots (JLREQ 3.3.9).
    """
    if mark == "dot" and not sheet.vertical and sheet.profile in ("hans", "hant"):
        return "underDot"
    if mark == "dot" and sheet.vertical and sheet.profile == "ja":
        return "comma"
    return {"dot": "dot", "open-dot": "circle", "sesame": "comma", "circle": "circle"}[mark]


class RunProperties:
    """``w:rPr`` by look, each made once; `size` is the paragraph's, pt."""

    def __init__(self, fonts: FontTable) -> None:
        self._fonts = fonts
        self._made: dict[tuple[RunLook, float, str], str] = {}

    def xml(self, look: RunLook, size: float, family: str = "serif") -> str:
        """The element, or nothing for a run that looks like its paragraph."""
        key = (look, size, family)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._make(look, size, family)
        return found

    def _make(self, look: RunLook, size: float, family: str) -> str:
        language = is_east_asian(look.lang)
        scaled = half_points(size * look.small)
        slot = "eastAsia" if language else "val"
        pieces = (
            (look.style, f'<w:rStyle w:val="{look.style}"/>'),
            (True, self._font(look, family)),
            (look.bold, "<w:b/><w:bCs/>"),
            (look.italic, "<w:i/><w:iCs/>"),
            (look.strike, "<w:strike/>"),
            (not look.proof, "<w:noProof/>"),
            (look.color, f'<w:color w:val="{look.color.lstrip("#").upper()}"/>'),
            (look.small != 1.0, f'<w:sz w:val="{scaled}"/><w:szCs w:val="{scaled}"/>'),
            (look.underline, f'<w:u w:val="{look.underline}"/>'),
            (look.fill, fill(look.fill)),
            (look.position, f'<w:vertAlign w:val="{look.position}"/>'),
            (look.dots, f'<w:em w:val="{look.dots}"/>'),
            (look.lang, f'<w:lang w:{slot}="{word_language(look.lang)}"/>'),
            (look.combine, _two_lines(look.combine)),
            (look.cell and not look.combine, one_cell(look.cell)),
        )
        content = "".join(xml for wanted, xml in pieces if wanted)
        return f"<w:rPr>{content}</w:rPr>" if content else ""

    def _font(self, look: RunLook, family: str) -> str:
        hint = "eastAsia" if look.hint else ""
        wide = is_east_asian(look.lang)
        if look.role or wide:
            role: FamilyRole = look.role or family  # type: ignore[assignment]
            return self._fonts.names(role, look.lang if wide else "").xml(hint)
        return '<w:rFonts w:hint="eastAsia"/>' if hint else ""


def one_cell(number: int) -> str:
    """What is level in vertical text, narrower if it is wider than its cell (17.3.2.10)."""
    return f'<w:eastAsianLayout w:id="{number}" w:vert="1" w:vertCompress="1"/>'


def _two_lines(number: int) -> str:
    return f'<w:eastAsianLayout w:id="{number}" w:combine="1" w:combineBrackets="round"/>'
