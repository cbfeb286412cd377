"""Which style of a reference document stands for each of ours, and what its styles amount to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from publisher.record import dataclass, field
from publisher.text.numerals import small_number
from publisher.writers.docx.reference import w
from publisher.writers.docx.styles import all_style_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.writers.docx.reference import Reference

_DEPTH: Final = 20  # of styles on styles
# Names in lower case and without spaces by which programs and users call what Word has English
# names for, by our id. Word itself writes English names into files in every language.
_OTHERS: Final[Mapping[str, tuple[str, ...]]] = {
    "BodyText": ("bodytext", "textbody", "正文文本", "本文", "본문"),
    "Title": ("title", "文档标题", "文件標題", "表題", "제목"),
    "Subtitle": ("subtitle", "副标题", "副標題", "副題", "부제"),
    "Quote": ("quote", "quotations", "引用", "引文", "引用文", "인용", "blocktext", "blockquote"),
    "Caption": ("caption", "题注", "標號", "図表番号", "캡션"),
    "CodeBlock": (
        "codeblock",
        "preformattedtext",
        "htmlpreformatted",
        "sourcecode",
        "代码",
        "コード",
    ),
    "ListParagraph": (
        "listparagraph",
        "列出段落",
        "列表段落",
        "清單段落",
        "リスト段落",
        "목록단락",
    ),
    "TableText": ("tabletext", "tablecontents", "表格正文", "表格内容", "표내용"),
    "TableHeading": ("tableheading", "表格标题", "表头", "표제목"),
    "FootnoteText": (
        "footnotetext",
        "footnote",
        "脚注文本",
        "註腳文字",
        "脚注文字列",
        "각주텍스트",
    ),
    "EndnoteText": ("endnotetext", "endnote", "尾注文本", "文末脚注文字列", "미주텍스트"),
    "TOCHeading": ("tocheading", "contentsheading", "目录标题", "目次の見出し"),
    "Header": ("header", "页眉", "頁首", "ヘッダー", "머리글"),
    "Footer": ("footer", "页脚", "頁尾", "フッター", "바닥글"),
    "Hyperlink": ("hyperlink", "internetlink", "超链接", "超連結", "ハイパーリンク", "하이퍼링크"),
    "Strong": ("strong", "strongemphasis", "要点", "強調太字", "강한강조"),
    "Emphasis": ("emphasis", "强调", "強調", "강조"),
    "Figure": ("figure", "图片", "圖片", "図", "그림"),
    "Byline": ("byline", "author", "作者", "著者"),
}
_NUMBERED: Final = (
    (re.compile(r"(?:heading|标题|標題|見出し|제목)([1-6])"), "Heading"),
    (re.compile(r"(?:toc|contents|目录|目錄|目次|목차)([1-6])"), "TOC"),
)
_KINDS: Final = ("paragraph", "character", "table", "numbering")


@dataclass(slots=True)
class Setting:
    """What a paragraph style of a reference document amounts to; None where nothing says it.

    Lengths are pt; `line` with ``auto`` is a multiple; `before` and `after` may be in lines.
    """

    size: float | None = None
    weight: int | None = None
    line: float | None = None
    rule: str = "auto"
    before: float | None = None
    after: float | None = None
    before_lines: float | None = None
    after_lines: float | None = None
    left: float | None = None
    right: float | None = None
    first: float | None = None
    first_chars: float | None = None
    align: str = ""
    keep_next: bool | None = None
    numbered: bool = False


@dataclass(slots=True)
class StyleMap:
    """The styles of a reference document, found by id, name and kind.

    Attributes:
        theirs: Our id to theirs.
        defaults: Their default style of each kind.
    """

    reference: Reference
    theirs: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    by_id: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, reference: Reference) -> StyleMap:
        """The map for a reference document."""
        made = cls(reference)
        named: dict[tuple[str, str], str] = {}
        for style in reference.styles.iterchildren(w("style")):
            kind, name = style.get(w("type"), "paragraph"), style.get(w("styleId"), "")
            if not name or kind not in _KINDS:
                continue
            made.by_id.setdefault(name, style)
            shown = style.find(w("name"))
            plain = _plain("" if shown is None else shown.get(w("val"), ""))
            named.setdefault((kind, plain), name)
            if style.get(w("default")) in ("1", "true", "on"):
                made.defaults[kind] = name
        for kind, plain in (("paragraph", "normal"), ("character", "defaultparagraphfont")):
            if kind not in made.defaults and (kind, plain) in named:
                made.defaults[kind] = named[kind, plain]
        made._match(named)
        return made

    def _match(self, named: Mapping[tuple[str, str], str]) -> None:
        """By name, by another language's name, by id, and headings by their outline level."""
        numbered: dict[str, str] = {}
        for (kind, plain), name in named.items():
            for shape, ours in _NUMBERED:
                found = shape.fullmatch(plain)
                if found and kind == "paragraph":
                    numbered.setdefault(f"{ours}{found[1]}", name)
        for ours, name, kind in all_style_names():
            found_id = named.get((kind, _plain(name))) or numbered.get(ours)
            for other in _OTHERS.get(ours, ()):
                found_id = found_id or named.get((kind, other))
            if not found_id and ours in self.by_id and self.by_id[ours].get(w("type")) == kind:
                found_id = ours
            if found_id:
                self.theirs[ours] = found_id
        for name, style in self.by_id.items():
            level = style.find(f"{w('pPr')}/{w('outlineLvl')}")
            at = small_number("" if level is None else level.get(w("val"), ""))
            if at is not None and at < 6 and name not in self.theirs.values():
                self.theirs.setdefault(f"Heading{at + 1}", name)
        self._defaults()

    def _defaults(self) -> None:
        for ours, kind in (
            ("Normal", "paragraph"),
            ("DefaultParagraphFont", "character"),
            ("TableNormal", "table"),
            ("NoList", "numbering"),
        ):
            if kind in self.defaults:
                self.theirs[ours] = self.defaults[kind]
        # Running text: Body Text where the document uses it at least as much as Normal.
        normal, used = self.theirs.get("Normal", ""), self.reference.used
        body = self.theirs.get("BodyText", "")
        plain = used.get(normal, 0) + used.get("", 0)
        if normal and (not body or used.get(body, 0) < plain):
            self.theirs["BodyText"] = normal

    def setting(self, ours: str) -> Setting | None:
        """What the style that stands for ours amounts to; None where there is none."""
        name = self.theirs.get(ours)
        if name is None:
            return None
        chain: list[Any] = []
        while name in self.by_id and len(chain) < _DEPTH:
            style = self.by_id[name]
            chain.append(style)
            based = style.find(w("basedOn"))
            name = "" if based is None else based.get(w("val"), "")
        found = Setting()
        defaults = self.reference.styles.find(w("docDefaults"))
        if defaults is not None:
            _take(found, defaults.find(f"{w('pPrDefault')}/{w('pPr')}"))
            _take(found, defaults.find(f"{w('rPrDefault')}/{w('rPr')}"))
        for style in reversed(chain):
            _take(found, style.find(w("pPr")))
            _take(found, style.find(w("rPr")))
        return found


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).casefold()


def number(text: str | None) -> float | None:
    """A length of an attribute, twips; None where there is none, or no number."""
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _take(found: Setting, properties: Any) -> None:
    """Lays what properties say over what is known."""
    if properties is None:
        return
    for child in properties:
        reader = _READERS.get(child.tag)
        if reader is not None:
            reader(found, child)


def _points(element: Any, *names: str) -> float | None:
    for name in names:
        value = number(element.get(w(name)))
        if value is not None:
            return value / 20
    return None


def _spacing(found: Setting, element: Any) -> None:
    line = number(element.get(w("line")))
    if line is not None:
        found.rule = element.get(w("lineRule"), "auto")
        found.line = line / 240 if found.rule == "auto" else line / 20
    for name in ("before", "after"):
        value = _points(element, name)
        if value is not None:
            setattr(found, name, value)
            setattr(found, f"{name}_lines", None)
        lines = number(element.get(w(f"{name}Lines")))
        if lines is not None:
            setattr(found, f"{name}_lines", lines / 100)


def _indents(found: Setting, element: Any) -> None:
    for name, other in (("left", "start"), ("right", "end")):
        value = _points(element, name, other)
        if value is not None:
            setattr(found, name, value)
    first, hanging = _points(element, "firstLine"), _points(element, "hanging")
    if first is not None or hanging is not None:
        found.first = first if hanging is None else -hanging
        found.first_chars = None
    chars = number(element.get(w("firstLineChars")))
    if chars is not None:
        found.first_chars = chars / 100


def _on(element: Any) -> bool:
    return element.get(w("val"), "1") not in ("0", "false", "off")


def _size(found: Setting, element: Any) -> None:
    size = number(element.get(w("val")))
    found.size = size / 2 if size else found.size


def _bold(found: Setting, element: Any) -> None:
    found.weight = 700 if _on(element) else 400


def _align(found: Setting, element: Any) -> None:
    found.align = element.get(w("val"), "")


def _keep(found: Setting, element: Any) -> None:
    found.keep_next = _on(element)


def _numbered(found: Setting, element: Any) -> None:
    list_id = element.find(w("numId"))
    found.numbered = list_id is not None and list_id.get(w("val")) != "0"


_READERS: Final = {
    w("spacing"): _spacing,
    w("ind"): _indents,
    w("sz"): _size,
    w("b"): _bold,
    w("jc"): _align,
    w("keepNext"): _keep,
    w("numPr"): _numbered,
}
