"""What the styles of a Word file mean, whatever language or maker named them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.docx.package import number, switched_on, value
from publisher.record import dataclass, field
from publisher.text.numerals import small_number

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADING: Final = re.compile(
    r"(?:heading|标题|標題|見出し|제목|überschrift|titre|título|заголовок)\s*([1-9])(?:\s*char)?",
    re.IGNORECASE,
)
# Names in lower case, without spaces -> what the paragraph is. Built-in names are English in the
# file; those of LibreOffice, WPS and of users come in their own language.
_KINDS: Final[dict[str, str]] = {
    "title": "title", "标题": "title", "標題": "title", "表題": "title", "제목": "title",
    "文档标题": "title", "booktitle": "title",
    "subtitle": "subtitle", "副标题": "subtitle", "副標題": "subtitle", "副題": "subtitle",
    "부제": "subtitle",
    "author": "author", "作者": "author", "contributor": "author", "著者": "author",
    "imprint": "imprint",
    "quote": "quote", "intensequote": "quote", "引用": "quote", "引文": "quote",
    "明显引用": "quote", "鮮明引文": "quote", "引用文": "quote", "인용": "quote",
    "quotations": "quote", "blocktext": "quote", "blockquote": "quote",
    "blockquotation": "quote", "引用文2": "quote",
    "attribution": "attribution",
    "caption": "caption", "题注": "caption", "標號": "caption", "図表番号": "caption",
    "캡션": "caption", "imagecaption": "caption", "tablecaption": "caption",
    "illustration": "caption", "figurecaption": "caption", "table": "caption",
    "codeblock": "code", "sourcecode": "code", "htmlpreformatted": "code", "code": "code",
    "preformattedtext": "code", "代码": "code", "程式碼": "code", "コード": "code",
    "html预设格式": "code", "htmlpreformattedchar": "code", "macrotext": "code",
    "verse": "verse", "诗歌": "verse", "poetry": "verse",
    "formula": "formula", "boxtitle": "boxtitle", "boxtext": "box", "figure": "figure",
    "captionedfigure": "figure", "scenebreak": "scene", "horizontalline": "scene",
    "definitionterm": "term", "definition": "definition", "subheading": "subheading",
    "tableheading": "cellhead", "tablecontents": "body", "parttitle": "part",
    "listparagraph": "listtext", "列出段落": "listtext", "列表段落": "listtext",
    "清單段落": "listtext", "リスト段落": "listtext", "목록단락": "listtext",
    "tocheading": "tocheading", "目录标题": "tocheading",
    "tableoffigures": "toc", "图表目录": "toc", "圖表目錄": "toc", "図表目次": "toc",
    "lead": "lead", "byline": "byline", "date": "dateline", "signature": "signature",
    "epigraph": "epigraph", "credit": "credit", "bodytextcontinuation": "continuation",
    "footnotetext": "note", "endnotetext": "note", "header": "header", "footer": "header",
}  # fmt: skip
_CHARACTERS: Final[dict[str, str]] = {
    "strong": "strong", "要点": "strong", "強調斜体": "strong", "強調太字": "strong",
    "strongemphasis": "strong", "intenseemphasis": "strong", "강한강조": "strong",
    "emphasis": "emphasis", "latinemphasis": "emphasis", "强调": "emphasis", "強調": "emphasis",
    "강조": "emphasis", "subtleemphasis": "emphasis",
    "htmlcode": "code", "code": "code", "sourcetext": "code", "verbatimchar": "code",
    "html代码": "code", "htmltypewriter": "code", "htmlkeyboard": "code", "htmlsample": "code",
    "footnotereference": "call", "endnotereference": "call", "footnoteanchor": "call",
    "hyperlink": "link", "notelabel": "call",
}  # fmt: skip
_TOC: Final = re.compile(r"(?:toc|目录|目錄|目次|목차|contents)\s*[1-9]?", re.IGNORECASE)
_DEPTH: Final = 20  # of styles on styles


@dataclass(slots=True)
class Style:
    """A style of paragraphs or characters.

    Attributes:
        name: As the file has it, in lower case and without spaces.
        kind: What it means (`_KINDS`, ``heading``, ``toc``); empty for body text.
        level: Of a heading, 1 to 6; else 0.
        run: Its run properties' element, or None; `paragraph` its paragraph properties'.
        base: Id of the style it is based on.
        first_row: Of a table: its first row looks different.
    """

    name: str = ""
    kind: str = ""
    level: int = 0
    run: Any = None
    paragraph: Any = None
    base: str = ""
    first_row: bool = False


@dataclass(slots=True)
class Styles:
    """All styles of a file, by id.

    Attributes:
        default: Id of the paragraphs' default style.
        size: Half-points of body text.
        language: East Asian language of the defaults, as written; empty if none.
    """

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str = ""
    size: int = 20
    language: str = ""

    def chain(self, name: str) -> Iterator[Style]:
        """The style and those it is based on, nearest first."""
        for _ in range(_DEPTH):
            style = self.by_id.get(name)
            if style is None:
                return
            yield style
            name = style.base

    def kind(self, name: str) -> str:
        """What a paragraph or run of this style is: its own meaning, or that of its base."""
        return next((s.kind for s in self.chain(name) if s.kind), "")

    def level(self, name: str) -> int:
        """The heading level of a style, 0 for none."""
        for style in self.chain(name):
            if style.level:
                return style.level
            if style.kind:
                return 0
        return 0

    def setting(self, name: str, part: str, child: str) -> Any:
        """The nearest ``child`` in the ``run`` or ``paragraph`` properties of a style, or None."""
        for style in self.chain(name):
            properties = style.run if part == "run" else style.paragraph
            found = None if properties is None else properties.find(child)
            if found is not None:
                return found
        return None

    def on(self, name: str, switch: str) -> bool:
        """Whether a style switches ``b``, ``i`` and the like on."""
        for style in self.chain(name):
            found = switched_on(style.run, switch)
            if found is not None:
                return found
        return False


def read_styles(root: Any) -> Styles:
    """The styles of the styles part, which may be None."""
    found = Styles()
    if root is None:
        return found
    defaults = root.find("docDefaults/rPrDefault/rPr")
    found.size = number(value(defaults, "sz"), found.size) or found.size
    found.language = value(defaults, "lang", "eastAsia")
    for element in root.iterchildren("style"):
        name = element.get("styleId") or ""
        found.by_id[name] = _style(element)
        default = str(element.get("default") or "").lower() in ("1", "true", "on")
        if default and element.get("type") == "paragraph":
            found.default = name
    size = found.setting(found.default, "run", "sz")
    if size is not None:
        found.size = number(size.get("val"), found.size) or found.size
    return found


def _style(element: Any) -> Style:
    written = value(element, "name")
    plain = "".join(written.lower().split()).replace("-", "").replace("_", "")
    paragraph = element.find("pPr")
    style = Style(
        plain, run=element.find("rPr"), paragraph=paragraph, base=value(element, "basedOn")
    )
    if element.get("type") == "character":
        style.kind = _CHARACTERS.get(plain, "")
        return style
    if element.get("type") == "table":
        rows = (
            each for each in element.iterchildren("tblStylePr") if each.get("type") == "firstRow"
        )
        style.first_row = any(each.find("rPr/b") is not None for each in rows)
        return style
    heading = _HEADING.fullmatch(written.strip())
    outline = small_number(value(paragraph, "outlineLvl"))
    if heading:
        style.level = min(int(heading[1]), 6)
    elif outline is not None and outline < 9 and plain not in _KINDS:
        style.level = min(outline + 1, 6)
    if style.level:
        style.kind = "heading"
    elif _TOC.fullmatch(written.strip()):
        style.kind = "toc"
    else:
        style.kind = _KINDS.get(plain, "")
    return style
