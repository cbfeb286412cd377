"""The style sheet as Word styles: one named style for each text key, with Word's own names.

Built-in names (Title, heading 1, footnote text, toc 1 ...) are spelled as Word spells them in the
file; Word shows them in the user's language and hangs navigation and contents on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.writers.docx.fonts import is_east_asian, word_language
from publisher.writers.docx.paragraphs import JUSTIFY, border, fill, indents
from publisher.writers.docx.runs import emphasis_mark
from publisher.writers.docx.xml import attribute, half_points, part, twips

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.theme.model import StyleSheet, TableLook, TextStyle
    from publisher.writers.docx.fonts import FontTable
    from publisher.writers.docx.headings import Headings


class _Name(NamedTuple):
    """A style's id, Word's name for it, the key of the style after it, and its outline level."""

    id: str
    name: str
    following: str = ""
    custom: bool = False


_NAMES: Final[dict[str, _Name]] = {
    "body": _Name("BodyText", "Body Text"),
    "lead": _Name("Lead", "Lead", "body", custom=True),
    "byline": _Name("Byline", "Byline", "body", custom=True),
    "dateline": _Name("Date", "Date", "body"),
    "signature": _Name("Signature", "Signature", "body"),
    "epigraph": _Name("Epigraph", "Epigraph", "body", custom=True),
    "credit": _Name("Credit", "Credit", "body", custom=True),
    "continuation": _Name("Continuation", "Body Text Continuation", "body", custom=True),
    **{f"heading.{n}": _Name(f"Heading{n}", f"heading {n}", "body") for n in range(1, 7)},
    "part": _Name("PartTitle", "Part Title", "body", custom=True),
    "subheading": _Name("Subheading", "Subheading", "body", custom=True),
    "quote": _Name("Quote", "Quote"),
    "attribution": _Name("Attribution", "Attribution", "body", custom=True),
    "verse": _Name("Verse", "Verse", custom=True),
    "list": _Name("ListParagraph", "List Paragraph"),
    "term": _Name("DefinitionTerm", "Definition Term", "definition", custom=True),
    "definition": _Name("Definition", "Definition", custom=True),
    "cell": _Name("TableText", "Table Text", custom=True),
    "cell-header": _Name("TableHeading", "Table Heading", custom=True),
    "caption": _Name("Caption", "caption", "body"),
    "code": _Name("CodeBlock", "Code Block", custom=True),
    "math": _Name("Formula", "Formula", "body", custom=True),
    "note": _Name("FootnoteText", "footnote text"),
    "box": _Name("BoxText", "Box Text", custom=True),
    "box-title": _Name("BoxTitle", "Box Title", "box", custom=True),
    "title": _Name("Title", "Title", "subtitle"),
    "subtitle": _Name("Subtitle", "Subtitle", "body"),
    "contributor": _Name("Contributor", "Contributor", custom=True),
    "imprint": _Name("Imprint", "Imprint", custom=True),
    "toc-title": _Name("TOCHeading", "TOC Heading", "body"),
    **{f"toc.{n}": _Name(f"TOC{n}", f"toc {n}", "body") for n in range(1, 7)},
    "running-head": _Name("Header", "header"),
    "folio": _Name("Footer", "footer"),
}
# Containers whose space before and after stands around the whole, not between its paragraphs.
GROUPS: Final = frozenset({"quote", "code", "box", "definition"})
FIGURE: Final = "Figure"
SCENE_BREAK: Final = "SceneBreak"
ENDNOTE_TEXT: Final = "EndnoteText"
COMMENT_TEXT: Final = "CommentText"
LIST_ENTRY: Final = "TableofFigures"
TABLE: Final = "TextTable"
NOTE_FIELD: Final = 2.0  # em: the least field in which a note's number hangs
_TOC_HANG: Final = 1.0  # em that the turnover of a long entry is set in


def style_id(key: str) -> str:
    """Id of the paragraph style for a text key."""
    return _NAMES[key].id


def unlisted_id(key: str) -> str:
    """Id of the twin of a heading style that the contents leave out."""
    return f"{_NAMES[key].id}Unlisted"


def own_insets(key: str, sheet: StyleSheet) -> tuple[float, float]:
    """Start and end inset that the Word style of a key has, pt."""
    style = sheet.text[key]
    if key == "note":
        return style.start + NOTE_FIELD * style.size, style.end
    if key == "code":
        return style.start + sheet.code.pad, style.end + sheet.code.pad
    if key in ("box", "box-title"):
        inset = box_inset(sheet)
        return sheet.text["box"].start + inset, sheet.text["box"].end + sheet.box.pad
    return style.start, style.end


def box_inset(sheet: StyleSheet) -> float:
    """From the start edge of a box to its text, pt."""
    return sheet.box.rule + sheet.box.pad


def styles_part(
    sheet: StyleSheet, fonts: FontTable, unlisted: Iterable[str], headings: Headings
) -> bytes:
    """The styles part; `unlisted` are the keys of headings that need a twin."""
    maker = _Maker(sheet, fonts, headings)
    content = [maker.defaults(), _LATENT, *maker.base(), *maker.text(), *maker.others()]
    content += [maker.unlisted(key) for key in sorted(unlisted)]
    return part("w:styles", "".join(content))


# What Word offers first in its gallery; all others keep their defaults.
_LATENT: Final = (
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0"'
    ' w:defUnhideWhenUsed="0" w:defQFormat="0" w:count="376"/>'
)


def _style(
    kind: str, name: _Name, based: str, body: str, *, quick: bool = True, default: bool = False
) -> str:
    flags = ' w:default="1"' if default else ""
    flags += ' w:customStyle="1"' if name.custom else ""
    parts = [
        f'<w:style w:type="{kind}"{flags} w:styleId="{name.id}">',
        f'<w:name w:val="{attribute(name.name)}"/>',
        f'<w:basedOn w:val="{based}"/>' if based else "",
        f'<w:next w:val="{style_id(name.following)}"/>' if name.following else "",
        '<w:uiPriority w:val="1"/><w:qFormat/>' if quick else '<w:uiPriority w:val="99"/>',
        body,
        "</w:style>",
    ]
    return "".join(parts)


def all_style_names() -> Iterator[tuple[str, str, str]]:
    """Id, Word's name and kind of every style that a document may use."""
    for name in _NAMES.values():
        yield name.id, name.name, "paragraph"
    yield from _OTHER_NAMES


# Styles that no text key stands for.
_OTHER_NAMES: Final = (
    (FIGURE, "Figure", "paragraph"),
    (SCENE_BREAK, "Scene Break", "paragraph"),
    (ENDNOTE_TEXT, "endnote text", "paragraph"),
    (COMMENT_TEXT, "annotation text", "paragraph"),
    (LIST_ENTRY, "table of figures", "paragraph"),
    ("CommentReference", "annotation reference", "character"),
    ("FootnoteReference", "footnote reference", "character"),
    ("EndnoteReference", "endnote reference", "character"),
    ("NoteLabel", "Note Label", "character"),
    ("Strong", "Strong", "character"),
    ("Emphasis", "Emphasis", "character"),
    ("LatinEmphasis", "Latin Emphasis", "character"),
    ("HTMLCode", "HTML Code", "character"),
    ("Hyperlink", "Hyperlink", "character"),
    (TABLE, "Text Table", "table"),
)


class _Maker:
    """Makes style elements of one style sheet."""

    def __init__(self, sheet: StyleSheet, fonts: FontTable, headings: Headings) -> None:
        self.headings = headings
        self.sheet = sheet
        self.fonts = fonts
        self.upright = is_east_asian(sheet.language)

    def defaults(self) -> str:
        """``w:docDefaults``: the body's font, size and languages; no grid, widow control."""
        body = self.sheet.text["body"]
        size = half_points(body.size)
        language = word_language(self.sheet.language)
        latin = "en-US" if self.upright else language
        wide = language if self.upright else "zh-CN"
        hint = "eastAsia" if self.upright else ""
        # LibreOffice sets the lines of a vertical page over one another when it holds widows back.
        widows = '<w:widowControl w:val="0"/>' if self.sheet.vertical else "<w:widowControl/>"
        return (
            f"<w:docDefaults><w:rPrDefault><w:rPr>{self.fonts.names('serif').xml(hint)}"
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
            f'<w:lang w:val="{latin}" w:eastAsia="{wide}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
            f"<w:pPrDefault><w:pPr>{widows}<w:kinsoku/>{self._line_rules()}"
            f"{self._grid()}</w:pPr></w:pPrDefault></w:docDefaults>"
        )

    def _grid(self) -> str:
        """Text keeps to the document grid where the theme has one; figures and notes do not."""
        return "" if self.sheet.page.grid else '<w:snapToGrid w:val="0"/>'

    def _line_rules(self) -> str:
        """How lines are filled; Korean has no gap beside Latin.

        Stops may hang over the ends of lines in Word, as is usual there. LibreOffice takes the
        switch the wrong way round, and marks that hang are lost in what it prints.
        """
        gap = "0" if self.sheet.profile == "ko" else "1"
        return f'<w:overflowPunct/><w:autoSpaceDE w:val="{gap}"/><w:autoSpaceDN w:val="{gap}"/>'

    def base(self) -> Iterator[str]:
        """Normal, the default character and table styles, and no list."""
        body = self.sheet.text["body"]
        plain = f'<w:spacing w:before="0" w:after="0" {_line(body)}/>'
        look = self._characters(body)
        yield _style(
            "paragraph",
            _Name("Normal", "Normal"),
            "",
            f'<w:pPr>{plain}<w:jc w:val="{JUSTIFY[body.align]}"/></w:pPr>{look}',
            default=True,
        )
        yield _style(
            "character",
            _Name("DefaultParagraphFont", "Default Paragraph Font"),
            "",
            "",
            quick=False,
            default=True,
        )
        margins = "".join(
            f'<w:{side} w:w="{width}" w:type="dxa"/>'
            for side, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
        )
        yield _style(
            "table",
            _Name("TableNormal", "Normal Table"),
            "",
            f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{margins}</w:tblCellMar>'
            "</w:tblPr>",
            quick=False,
            default=True,
        )
        yield _style("numbering", _Name("NoList", "No List"), "", "", quick=False, default=True)

    def text(self) -> Iterator[str]:
        """One paragraph style for each text key."""
        for key, name in _NAMES.items():
            style = self.sheet.text[key]
            yield _style("paragraph", name, "Normal", self._paragraph(key, style))

    def unlisted(self, key: str) -> str:
        """A heading that looks the same and is in no outline."""
        name = _NAMES[key]
        twin = _Name(unlisted_id(key), f"{name.name.capitalize()} Unlisted", "body", custom=True)
        return _style("paragraph", twin, name.id, '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>')

    def _paragraph(self, key: str, style: TextStyle) -> str:
        parts = ["<w:pPr>"]
        if style.keep_with_next:
            parts.append("<w:keepNext/>")
        if style.keep_together:
            parts.append("<w:keepLines/>")
        parts.append(self.headings.style(key))
        parts += (self._frame(key), self._tabs(key))
        parts.append(
            f'<w:spacing w:before="{twips(style.before)}" w:after="{twips(style.after)}"'
            f" {_line(style)}/>"
        )
        parts.append(self._indents(key, style))
        if key in GROUPS:
            parts.append("<w:contextualSpacing/>")
        parts.append(f'<w:jc w:val="{JUSTIFY[style.align]}"/>')
        level = _outline(key)
        if level is not None:
            parts.append(f'<w:outlineLvl w:val="{level}"/>')
        parts.append("</w:pPr>")
        return "".join(parts) + self._characters(style)

    def _frame(self, key: str) -> str:
        code, box = self.sheet.code, self.sheet.box
        if key == "code" and code.fill:
            sides = (
                border(s, 0.25, code.fill, code.pad) for s in ("top", "left", "bottom", "right")
            )
            return f"<w:pBdr>{''.join(sides)}</w:pBdr>{fill(code.fill)}"
        if key in ("box", "box-title"):
            return box_frame(box.fill, box.rule, box.rule_color, box.pad)
        return ""

    def _tabs(self, key: str) -> str:
        measure = self.sheet.page.measure
        if key.startswith("toc."):
            leader = "middleDot" if self.sheet.toc.leader in ("·", "・") else "dot"
            return (
                f'<w:tabs><w:tab w:val="right" w:leader="{leader}"'
                f' w:pos="{twips(measure)}"/></w:tabs>'
            )
        if key in ("running-head", "folio"):
            return f'<w:tabs><w:tab w:val="right" w:pos="{twips(measure)}"/></w:tabs>'
        return ""

    def _indents(self, key: str, style: TextStyle) -> str:
        left, right = own_insets(key, self.sheet)
        if key.startswith("toc.") and key != "toc-title":
            hang = _TOC_HANG * style.size
            em = self.sheet.text["toc.1"].size
            inset = min((int(key[4:]) - 1) * self.sheet.toc.step * em, self.sheet.page.measure / 3)
            return indents(left + inset + hang, right or None, -hang)
        if key == "note":
            field = NOTE_FIELD * style.size
            return indents(left, right or None, -field)
        values = [
            f' w:left="{twips(left)}"' if left else "",
            f' w:right="{twips(right)}"' if right else "",
        ]
        if key == "list":
            pass  # the label stands where the first line would be set in
        elif style.indent > 0:
            values.append(
                f' w:firstLineChars="{round(style.indent * 100)}"'
                f' w:firstLine="{twips(style.indent * style.size)}"'
            )
        elif style.indent < 0:
            values.append(
                f' w:hangingChars="{round(-style.indent * 100)}"'
                f' w:hanging="{twips(-style.indent * style.size)}"'
            )
        found = "".join(values)
        return f"<w:ind{found}/>" if found else ""

    def _characters(self, style: TextStyle) -> str:
        parts = ["<w:rPr>", self.fonts.names(style.family).xml()]
        if style.weight >= 600:
            parts.append("<w:b/><w:bCs/>")
        if style.italic and not self.upright:  # CJK stays upright
            parts.append("<w:i/><w:iCs/>")
        if style.color != "#000000":
            parts.append(f'<w:color w:val="{style.color.lstrip("#").upper()}"/>')
        if style.spacing:
            parts.append(f'<w:spacing w:val="{twips(style.spacing * style.size)}"/>')
        size = half_points(style.size)
        parts.append(f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>')
        return "".join(parts)

    def others(self) -> Iterator[str]:
        """Styles that no text key stands for: figures, scene breaks, end notes, characters."""
        sheet, inline = self.sheet, self.sheet.inline
        body = sheet.text["body"]
        figure = (
            f'<w:pPr><w:keepLines/><w:spacing w:before="{twips(sheet.figure.before)}"'
            f' w:after="{twips(sheet.figure.gap)}" w:line="240" w:lineRule="auto"/>'
            '<w:jc w:val="center"/></w:pPr>'
        )
        yield _style("paragraph", _Name(FIGURE, "Figure", "caption", custom=True), "Normal", figure)
        scene = f'<w:pPr><w:spacing {_line(body)}/><w:jc w:val="center"/></w:pPr>'
        yield _style(
            "paragraph", _Name(SCENE_BREAK, "Scene Break", "body", custom=True), "Normal", scene
        )
        note = self._paragraph("note", sheet.text["note"])
        yield _style("paragraph", _Name(ENDNOTE_TEXT, "endnote text"), "Normal", note, quick=False)
        comment = f'<w:pPr><w:jc w:val="left"/></w:pPr>{self._characters(sheet.text["note"])}'
        yield _style(
            "paragraph", _Name(COMMENT_TEXT, "annotation text"), "Normal", comment, quick=False
        )
        size = half_points(sheet.text["note"].size)
        yield _character(
            _Name("CommentReference", "annotation reference"),
            f'<w:rPr><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>',
        )
        entry = self._paragraph("toc.1", sheet.text["toc.1"])
        yield _style("paragraph", _Name(LIST_ENTRY, "table of figures", "body"), "Normal", entry)
        call = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        for kind in ("footnote", "endnote"):
            name = _Name(f"{kind.capitalize()}Reference", f"{kind} reference")
            yield _character(name, call)
        yield _character(_Name("NoteLabel", "Note Label", custom=True), "")
        yield _character(_Name("Strong", "Strong"), "<w:rPr><w:b/><w:bCs/></w:rPr>")
        yield _character(_Name("Emphasis", "Emphasis"), self._emphasis())
        yield _character(
            _Name("LatinEmphasis", "Latin Emphasis", custom=True), "<w:rPr><w:i/><w:iCs/></w:rPr>"
        )
        yield _character(
            _Name("HTMLCode", "HTML Code"),
            f"<w:rPr>{self.fonts.names(inline.code_family).xml()}<w:noProof/></w:rPr>",
        )
        link = inline.link_color.lstrip("#").upper()
        yield _character(
            _Name("Hyperlink", "Hyperlink"), f'<w:rPr><w:color w:val="{link}"/></w:rPr>'
        )
        yield self._table()

    def _emphasis(self) -> str:
        match self.sheet.inline.emphasis:
            case "dots":
                look = f'<w:em w:val="{emphasis_mark("dot", self.sheet)}"/>'
            case "sans":
                look = self.fonts.names("sans").xml()
            case _:
                look = ""
        return f"<w:rPr>{look}</w:rPr>" if look else ""

    def _table(self) -> str:
        look = self.sheet.table
        edges = [("top", look.outer), ("bottom", look.outer)]
        edges += [("insideH", look.inner), ("insideV", look.columns)]
        lines = "".join(border(side, width, look.color) for side, width in edges if width)
        pads = (
            ("top", look.pad_y),
            ("left", look.pad_x),
            ("bottom", look.pad_y),
            ("right", look.pad_x),
        )
        margins = "".join(f'<w:{s} w:w="{twips(w)}" w:type="dxa"/>' for s, w in pads)
        body = (
            f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders>"
            f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>{_first_row(look)}"
        )
        return _style("table", _Name(TABLE, "Text Table", custom=True), "TableNormal", body)


def _first_row(look: TableLook) -> str:
    """What the head row of a table has by its style (17.7.6)."""
    rule = border("bottom", look.head, look.color) if look.head else ""
    cell = f"<w:tcBorders>{rule}</w:tcBorders>" if rule else ""
    cell += fill(look.head_fill) if look.head_fill else ""
    if not cell:
        return ""
    return f'<w:tblStylePr w:type="firstRow"><w:tcPr>{cell}</w:tcPr></w:tblStylePr>'


def _character(name: _Name, body: str) -> str:
    return _style("character", name, "DefaultParagraphFont", body, quick=False)


def _line(style: TextStyle) -> str:
    return f'w:line="{twips(style.leading)}" w:lineRule="exact"'


def _outline(key: str) -> int | None:
    if key.startswith("heading."):
        return int(key[8:]) - 1
    return 0 if key == "part" else None


def box_frame(color: str, rule: float, rule_color: str, pad: float) -> str:
    """Border and fill of a box: a rule at the start edge, padding on the other sides."""
    sides = [
        border("top", 0.25, color or "#FFFFFF", pad),
        border("left", rule, rule_color, pad) if rule else border("left", 0.25, color, pad),
        border("bottom", 0.25, color or "#FFFFFF", pad),
        border("right", 0.25, color or "#FFFFFF", pad),
    ]
    return f"<w:pBdr>{''.join(sides)}</w:pBdr>{fill(color) if color else ''}"
