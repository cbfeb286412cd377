"""Inlines to runs. One string for each run, as long as the source's; nothing per character."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

from publisher.text.cells import cells
from publisher.tree import nodes
from publisher.tree.ids import target_id
from publisher.tree.walk import plain_text
from publisher.writers.docx.fields import page_reference, text_reference
from publisher.writers.docx.fonts import is_east_asian, word_language
from publisher.writers.docx.runs import PLAIN, RunLook, emphasis_mark
from publisher.writers.docx.xml import attribute, escape, half_points

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.writers.docx.job import DocxJob
    from publisher.writers.docx.relations import Relations

# Characters with an element of their own in a run.
_ELEMENTS: Final = {
    "\t": "<w:tab/>",
    "\n": "<w:br/>",
    "\r": "",
    "\xad": "<w:softHyphen/>",
    "\u2011": "<w:noBreakHyphen/>",
}
_ELEMENT: Final = re.compile("[\t\n\r\xad\u2011]")
# Used in East Asian and Western text alike: Word needs a hint which one it is (17.3.2.26).
_AMBIGUOUS: Final = re.compile(
    "[\xa1\xa4\xa7\xa8\xaa\xaf-\xb4\xb6-\xba\xbc-\xbf\xd7\xf7\u2010-\u2bff]"
)
_CARE: Final = re.compile(f"{_ELEMENT.pattern[:-1]}{_AMBIGUOUS.pattern[1:]}")
# Western words with an apostrophe, which stays Western.
_APOSTROPHE: Final = re.compile("([A-Za-z\xc0-\u024f]+(?:[\u2018\u2019][A-Za-z\xc0-\u024f]+)+)")
# What emphasis treats as East Asian (JLREQ cl-19, CLREQ 3.4.1): Han, kana, hangul, full width.
_WIDE: Final = re.compile(
    "([\u1100-\u11ff\u2e80-\u303f\u3040-\u30ff\u3100-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]+)"
)
# Emphasis dots stand beside letters only, not beside punctuation and space (CLREQ 3.4.1).
_UNDOTTED: Final = re.compile(
    "([\\s!-/:-@\\[-`{-~\xa1-\xbf\u2010-\u205e\u3000-\u3004\u3008-\u3020\u3030\u303d\u30a0\u30fb"
    "\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+)"
)
# What may stand in one cell of vertical text.
_CELLS: Final = re.compile("[!?0-9A-Za-z\u20dd-\u20e4]")
_HINTED: Final = PLAIN._replace(hint=True)
_SHORT_WARICHU: Final = 48  # characters; Word does not break two-line notes over lines
_TOOLTIP: Final = 255


class Inlines:
    """Makes the runs of one part (body or notes), for paragraphs of a size and family."""

    def __init__(self, job: DocxJob, relations: Relations, *, notes: bool = False) -> None:
        self.job = job
        self.relations = relations
        self.in_notes = notes
        self.in_link = False
        self.size = 10.5
        self.family = "serif"
        self.width = 0.0
        self.has_picture = False
        self.wide = is_east_asian(job.sheet.language)
        self.vertical = job.sheet.vertical
        self._make: Callable[[str, RunLook], str] | None = None  # in place of `text`

    def runs(self, content: nodes.Inlines, look: RunLook = PLAIN) -> str:
        """The runs of a paragraph or of a part of one."""
        made = self._made
        if len(content) == 1:
            only = content[0]
            return made[type(only)](self, only, look)
        return "".join([made[type(inline)](self, inline, look) for inline in content])

    def text(self, text: str, look: RunLook = PLAIN) -> str:
        """The runs of a text in one look."""
        if self.vertical and not look.combine and not look.cell and _CELLS.search(text):
            return self._in_cells(text, look)
        return self._level_text(text, look)

    def _in_cells(self, text: str, look: RunLook) -> str:
        """Vertical text: short numbers, acronyms and pairs of marks upright (JLREQ 3.2.5)."""
        inline, found, start = self.job.sheet.inline, [], 0
        for cell in cells(
            text, 0, len(text), digits=inline.tate_chu_yoko, letters=inline.upright_letters
        ):
            if cell.start > start:
                found.append(self._level_text(text[start : cell.start], look))
            part = text[cell.start : cell.end]
            for piece in (part,) if cell.kind == "level" else part:
                number = self.job.next_combined()
                found.append(self._careful(piece, look._replace(cell=number)))
            start = cell.end
        if start < len(text):
            found.append(self._level_text(text[start:], look))
        return "".join(found)

    def _level_text(self, text: str, look: RunLook) -> str:
        if _CARE.search(text) is None:
            properties = "" if look is PLAIN else self._properties(look)
            return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        wide = is_east_asian(look.lang) if look.lang else self.wide
        if not wide or look.hint or _AMBIGUOUS.search(text) is None:
            return self._careful(text, look)
        hinted = _HINTED if look is PLAIN else look._replace(hint=True)
        if "\u2019" not in text:
            return self._careful(text, hinted)
        parts = _APOSTROPHE.split(text)
        return "".join(
            self._careful(part, look if at % 2 else hinted) for at, part in enumerate(parts) if part
        )

    def _careful(self, text: str, look: RunLook) -> str:
        properties = self._properties(look)
        if _ELEMENT.search(text) is None:
            return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        found, start = [f"<w:r>{properties}"], 0
        for match in _ELEMENT.finditer(text):
            if match.start() > start:
                found.append(_characters(text[start : match.start()]))
            found.append(_ELEMENTS[match.group()])
            start = match.end()
        if start < len(text):
            found.append(_characters(text[start:]))
        found.append("</w:r>")
        return "".join(found)

    def _properties(self, look: RunLook) -> str:
        return self.job.properties.xml(look, self.size, self.family)

    # ------------------------------------------------------------------------------ each kind

    def _text_node(self, node: nodes.Text, look: RunLook) -> str:
        return (self._make or self.text)(node.text, look)

    def _emphasis(self, node: nodes.Emphasis, look: RunLook) -> str:
        return self._over_text(node.content, look, self._stressed)

    def _stressed(self, text: str, look: RunLook) -> str:
        """Western pieces slanted, East Asian ones as the theme has it; never slanted."""
        found = []
        for at, piece in enumerate(_WIDE.split(text)):
            if not piece:
                continue
            if at % 2 == 0:
                style = look.style or "LatinEmphasis"
                found.append(self.text(piece, look._replace(style=style, italic=bool(look.style))))
            elif self.job.sheet.inline.emphasis == "dots":
                found.append(
                    self._dotted(
                        piece, look, emphasis_mark("dot", self.job.sheet), style="Emphasis"
                    )
                )
            elif self.job.sheet.inline.emphasis == "sans" and look.style:
                found.append(self.text(piece, look._replace(role="sans")))
            elif self.job.sheet.inline.emphasis == "sans":
                found.append(self.text(piece, look._replace(style="Emphasis")))
            else:
                found.append(self.text(piece, look))
        return "".join(found)

    def _strong(self, node: nodes.Strong, look: RunLook) -> str:
        if look.style:
            return self.runs(node.content, look._replace(bold=True))
        return self.runs(node.content, look._replace(style="Strong"))

    def _dots(self, node: nodes.EmphasisDots, look: RunLook) -> str:
        dots = emphasis_mark(node.mark, self.job.sheet)
        return self._over_text(
            node.content, look, lambda text, look: self._dotted(text, look, dots)
        )

    def _dotted(self, text: str, look: RunLook, dots: str, style: str = "") -> str:
        found = []
        for at, piece in enumerate(_UNDOTTED.split(text)):
            if piece and at % 2:
                found.append(self.text(piece, look))
            elif piece and style and not look.style:
                found.append(self.text(piece, look._replace(style=style)))
            elif piece:
                found.append(self.text(piece, look._replace(dots=dots)))
        return "".join(found)

    def _over_text(
        self, content: nodes.Inlines, look: RunLook, make: Callable[[str, RunLook], str]
    ) -> str:
        """The runs of a content whose every text goes through `make`."""
        kept, self._make = self._make, make
        try:
            return self.runs(content, look)
        finally:
            self._make = kept

    def _mark(self, node: nodes.Mark, look: RunLook) -> str:
        inline = self.job.sheet.inline
        match node.kind:
            case "proper-name" | "underline":
                look = look._replace(underline="single")
            case "book-title":
                look = look._replace(underline="wave")
            case "strike":
                look = look._replace(strike=True)
            case "highlight":
                look = look._replace(fill=inline.highlight)
            case "sub":
                look = look._replace(position="subscript")
            case "sup":
                look = look._replace(position="superscript")
            case "small":
                look = look._replace(small=look.small * inline.small_scale)
        return self.runs(node.content, look)

    def _ruby(self, node: nodes.Ruby, look: RunLook) -> str:
        return "".join(
            self._ruby_pair(pair, node, look) if pair.text.strip() else self._base(pair.base, look)
            for pair in node.pairs
            if pair.base or pair.text
        )

    def _ruby_pair(self, pair: nodes.RubyPair, node: nodes.Ruby, look: RunLook) -> str:
        sheet = self.job.sheet
        align = "distributeSpace" if node.kind == "group" else "center"
        if node.role == "zhuyin" and not sheet.vertical:
            align = "rightVertical"
        size = self.size * look.small
        small = look._replace(small=look.small * sheet.inline.ruby_scale, dots="", underline="")
        hps = half_points(size * sheet.inline.ruby_scale)
        language = word_language(look.lang or sheet.language)
        return (
            f"<w:r>{self._properties(look)}<w:ruby><w:rubyPr>"
            f'<w:rubyAlign w:val="{align}"/><w:hps w:val="{hps}"/>'
            f'<w:hpsRaise w:val="{half_points(size) - 1}"/>'
            f'<w:hpsBaseText w:val="{half_points(size)}"/><w:lid w:val="{language}"/></w:rubyPr>'
            f"<w:rt>{self.text(pair.text, small)}</w:rt>"
            f"<w:rubyBase>{self._base(pair.base, look)}</w:rubyBase></w:ruby></w:r>"
        )

    def _base(self, text: str, look: RunLook) -> str:
        """The runs of a base: text like any other, that may be stressed or dotted."""
        return self._text_node(nodes.Text(text), look) if text else self.text(text, look)

    def _warichu(self, node: nodes.Warichu, look: RunLook) -> str:
        if len(plain_text(node.content)) > _SHORT_WARICHU:
            small = look._replace(small=look.small * self.job.sheet.inline.small_scale)
            return self.text("（", small) + self.runs(node.content, small) + self.text("）", small)
        return self.runs(node.content, look._replace(combine=self.job.next_combined()))

    def _code(self, node: nodes.Code, look: RunLook) -> str:
        inline = self.job.sheet.inline
        if look.style == "Strong":  # a run has one style: what it was around code is said here
            look = look._replace(bold=True)
        elif look.style == "Hyperlink":
            look = look._replace(color=inline.link_color)
        small = look.small * inline.code_scale
        look = look._replace(style="HTMLCode", small=small, proof=False)
        return (self._make or self._careful)(node.text, look)

    def _math(self, node: nodes.Math, look: RunLook) -> str:
        return self.text(node.alt or node.tex, look._replace(proof=False))

    def _link(self, node: nodes.Link, look: RunLook) -> str:
        if self.in_link:
            return self.runs(node.content, look)
        target = target_id(node.target)
        if target:
            name = self.job.bookmarks.name(target)
            where = f'w:anchor="{name}"' if name else ""
        else:
            found = self.relations.to_address(node.target)
            where = f'r:id="{found}"' if found else ""
        if not where:
            return self.runs(node.content, look)
        tip = f' w:tooltip="{attribute(node.title[:_TOOLTIP])}"' if node.title else ""
        content = self._linked(node.content, look)
        return f'<w:hyperlink {where}{tip} w:history="1">{content}</w:hyperlink>'

    def _linked(self, content: nodes.Inlines, look: RunLook) -> str:
        self.in_link = True
        try:
            if look.style:
                look = look._replace(color=self.job.sheet.inline.link_color)
            else:
                look = look._replace(style="Hyperlink")
            return self.runs(content, look)
        finally:
            self.in_link = False

    def _cross_reference(self, node: nodes.CrossRef, look: RunLook) -> str:
        target = target_id(node.target) or node.target
        name = self.job.bookmarks.name(target)
        if not name or self.in_link:
            return self.runs(node.fallback, look)
        if node.show == "page":
            label = self.job.page_label(target)
            if label:
                return page_reference(name, label, self._properties(self.job.level(look, label)))
        elif node.show == "title" and plain_text(node.fallback) == self.job.titles.get(target):
            return text_reference(name, self.runs(node.fallback, look))
        content = self.runs(node.fallback, look)
        return (
            f'<w:hyperlink w:anchor="{name}" w:history="1">{content}</w:hyperlink>'
            if content
            else ""
        )

    def _note_call(self, node: nodes.NoteRef, look: RunLook) -> str:
        del look
        return self.job.notes.call(node.note, self.job.bookmarks, inside_note=self.in_notes)

    def _image(self, node: nodes.Image, look: RunLook) -> str:
        drawing = self.job.pictures.drawing(node, self.relations, self.width)
        if not drawing:
            return self.text(node.alt, look) if node.alt else ""
        self.has_picture = True
        return f"<w:r>{drawing}</w:r>"

    def _line_break(self, node: nodes.LineBreak, look: RunLook) -> str:
        del node, look
        return "<w:r><w:br/></w:r>"

    def _span(self, node: nodes.Span, look: RunLook) -> str:
        attr = node.attr
        if attr.lang and attr.lang != look.lang:
            look = look._replace(lang=attr.lang)
        if self.vertical and "tcy" in attr.classes:
            look = look._replace(cell=self.job.next_combined())
        elif self.vertical and "upright" in attr.classes:
            content = self._over_text(node.content, look, self._upright)
            return self.job.bookmarks.around(attr.id, content) if attr.id else content
        content = self.runs(node.content, look)
        return self.job.bookmarks.around(attr.id, content) if attr.id else content

    def _upright(self, text: str, look: RunLook) -> str:
        """Letter below letter."""
        return "".join(
            self._careful(char, look._replace(cell=self.job.next_combined())) for char in text
        )

    _made: ClassVar[dict[type, Callable[[Inlines, Any, RunLook], str]]] = {
        nodes.Text: _text_node,
        nodes.Emphasis: _emphasis,
        nodes.Strong: _strong,
        nodes.EmphasisDots: _dots,
        nodes.Mark: _mark,
        nodes.Ruby: _ruby,
        nodes.Warichu: _warichu,
        nodes.Code: _code,
        nodes.Math: _math,
        nodes.Link: _link,
        nodes.CrossRef: _cross_reference,
        nodes.NoteRef: _note_call,
        nodes.Image: _image,
        nodes.LineBreak: _line_break,
        nodes.Span: _span,
    }


def _characters(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'
