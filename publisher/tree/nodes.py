"""The document tree: a small closed set of frozen block and inline types.

Rules every producer keeps: tuples, not lists; text is NFC and holds no soft line breaks (the
reader joins lines: nothing between Han or kana, a space for Korean and Latin); one `Text` per run,
as long as possible; meaning only, never looks; binary data never in the tree. Readers and writers
meet here and nowhere else; third parties extend it with ``vendor:role`` on `Box` and `Span`.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from publisher.record import dataclass, field
from publisher.tree.base import Node

Pairs: TypeAlias = tuple[tuple[str, str], ...]
Align: TypeAlias = Literal["", "start", "center", "end", "justify"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Attr(Node):
    """What any block, and some inlines, may carry.

    `id` has letters, digits and underscore only, at most 40 (Word bookmarks, XML ids and PDF
    destinations must all take it). `lang` is BCP 47 with script; empty inherits. `data` is sorted.
    """

    id: str = ""
    lang: str = ""
    classes: tuple[str, ...] = ()
    data: Pairs = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Pos(Node):
    """Where a block came from: source name as the user gave it, first and last 1-based line."""

    source: str
    start: int
    end: int = 0


NO_ATTR = Attr()


# ---------------------------------------------------------------------------------- inlines


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Text(Node):
    """Characters. Never empty, never with a line feed."""

    text: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Emphasis(Node):
    """Stress; the theme decides between dots, italics and another face."""

    content: Inlines


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Strong(Node):
    """Strong importance; bold in most themes."""

    content: Inlines


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class EmphasisDots(Node):
    """着重號 / 圏点: a mark beside each character (CLREQ 3.4.1, JLREQ 3.3.9)."""

    content: Inlines
    mark: Literal["dot", "open-dot", "sesame", "circle"] = "dot"


MarkKind: TypeAlias = Literal[
    "proper-name", "book-title", "underline", "strike", "highlight", "sub", "sup", "small"
]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Mark(Node):
    """A line or position mark with a fixed meaning (CLREQ 3.4.2 proper-name and book-title)."""

    kind: MarkKind
    content: Inlines


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RubyPair(Node):
    """One base with its annotation."""

    base: str
    text: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ruby(Node):
    """Annotated text; `pairs` has one item per base unit (JLREQ 3.3)."""

    pairs: tuple[RubyPair, ...]
    kind: Literal["mono", "group", "jukugo"] = "mono"
    role: Literal["furigana", "pinyin", "zhuyin", "gloss"] = "furigana"
    origin: Literal["source", "generated"] = "source"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Warichu(Node):
    """A note in two small lines inside the line; degrades to parentheses."""

    content: Inlines


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Code(Node):
    """Computer text inside a line; never converted or repaired."""

    text: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Math(Node):
    """A formula in TeX notation with a plain-text alternative."""

    tex: str
    alt: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Link(Node):
    """A link; `target` is ``#id`` or a URI."""

    content: Inlines
    target: str
    title: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CrossRef(Node):
    """A reference to an id, shown as its title, number or page; `fallback` when unresolved."""

    target: str
    show: Literal["title", "number", "page"] = "title"
    fallback: Inlines = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NoteRef(Node):
    """The call of the `Footnote` with this id."""

    note: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Image(Node):
    """A picture, inline or sole child of a `Figure`. Width and height are pt; 0 means natural."""

    resource: str
    alt: str = ""
    title: str = ""
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LineBreak(Node):
    """A line break the author asked for."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Span(Node):
    """Inlines with an attribute: a change of language, an id to link to, a vendor role."""

    content: Inlines
    attr: Attr = NO_ATTR


Inline: TypeAlias = (
    Text
    | Emphasis
    | Strong
    | EmphasisDots
    | Mark
    | Ruby
    | Warichu
    | Code
    | Math
    | Link
    | CrossRef
    | NoteRef
    | Image
    | LineBreak
    | Span
)
Inlines: TypeAlias = tuple[Inline, ...]


# ----------------------------------------------------------------------------------- blocks

SectionKind: TypeAlias = Literal[
    "volume", "part", "chapter", "section", "preface", "afterword", "appendix", "extra"
]
ParagraphRole: TypeAlias = Literal[
    "body", "lead", "byline", "dateline", "signature", "epigraph", "credit", "continuation"
]
ListStyle: TypeAlias = Literal[
    "bullet",
    "decimal",
    "cjk",
    "cjk-paren",
    "circled",
    "alpha",
    "roman",
    "iroha",
    "kana",
    "hangul",
]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Section(Node):
    """The only structural heading; nested; the unit of streaming and of EPUB files.

    `level` is 1-6. `number` is the section's number path or None. `listed` is False for sections
    that the table of contents leaves out.
    """

    level: int
    title: Inlines
    blocks: Blocks = ()
    kind: SectionKind = "section"
    number: tuple[int, ...] | None = None
    listed: bool = True
    attr: Attr = NO_ATTR
    pos: Pos | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Heading(Node):
    """An unlisted heading inside quotes, boxes and cells."""

    level: int
    content: Inlines
    attr: Attr = NO_ATTR
    pos: Pos | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Paragraph(Node):
    """A paragraph; the role says what part it plays in an article."""

    content: Inlines
    role: ParagraphRole = "body"
    align: Align = ""
    attr: Attr = NO_ATTR
    pos: Pos | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Quote(Node):
    """A block quotation."""

    blocks: Blocks
    attribution: Inlines = ()
    attr: Attr = NO_ATTR
    pos: Pos | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Stanza(Node):
    """Lines of verse that stay together."""

    lines: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Verse(Node):
    """Poetry: stanzas of lines that are never joined."""

    stanzas: tuple[Stanza, ...]
    attribution: Inlines = ()
    attr: Attr = NO_ATTR
    pos: Pos | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ListItem(Node):
    """One item; `checked` is None unless it is a task."""

    blocks: Blocks
    checked: bool | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ListBlock(Node):
    """A list. `tight` lists have no space between items."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    style: ListStyle = "bullet"
    delimiter: Literal["period", "paren", "parens", "ideographic", "none"] = "period"
    tight: bool = True
    attr: Attr = NO_ATTR
    pos: Pos | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DefinitionItem(Node):
    """Terms with their definitions, each definition a run of blocks."""

    terms: tuple[Inlines, ...]
    definitions: tuple[Blocks, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DefinitionList(Node):
    """A list of terms and definitions."""

    items: tuple[DefinitionItem, ...]
    attr: Attr = NO_ATTR
    pos: Pos | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Column(Node):
    """A table column; `width` is a share of the table's width, 0 means by content."""

    align: Align = ""
    width: float = 0.0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Cell(Node):
    """A table cell; spans count grid columns and rows."""

    blocks: Blocks
    colspan: int = 1
    rowspan: int = 1
    header: bool = False
    align: Align = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Row(Node):
    """A table row: the cells that start in it."""

    cells: tuple[Cell, ...]
    attr: Attr = NO_ATTR


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Table(Node):
    """A table on a grid of `columns`; head rows repeat where it breaks over pages."""

    columns: tuple[Column, ...]
    head: tuple[Row, ...] = ()
    body: tuple[Row, ...] = ()
    foot: tuple[Row, ...] = ()
    caption: Blocks = ()
    attr: Attr = NO_ATTR
    pos: Pos | None = field(default=None, compare=False)


Side: TypeAlias = Literal["", "left", "right"]
Placement: TypeAlias = Literal["", "here", "float", "left", "right"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Figure(Node):
    """Images, code or tables with a caption.

    At `left` or `right` the text that follows runs beside it, in formats that can do that: Word and
    EPUB.
    """

    blocks: Blocks
    caption: Blocks = ()
    placement: Placement = ""
    attr: Attr = NO_ATTR
    pos: Pos | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CodeBlock(Node):
    """Computer text whose line feeds and spaces count."""

    text: str
    language: str = ""
    attr: Attr = NO_ATTR
    pos: Pos | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MathBlock(Node):
    """A display formula in TeX notation with a plain-text alternative."""

    tex: str
    alt: str = ""
    attr: Attr = NO_ATTR
    pos: Pos | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Footnote(Node):
    """A note. Prints nothing in place; stands at the end of the chapter of its first call."""

    id: str
    blocks: Blocks
    kind: Literal["foot", "end", "margin"] = "foot"
    attr: Attr = NO_ATTR
    pos: Pos | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ThematicBreak(Node):
    """A change of scene."""

    style: Literal["rule", "asterism", "blank"] = "rule"
    attr: Attr = NO_ATTR
    pos: Pos | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PageBreak(Node):
    """A hint that a new page begins here."""

    side: Literal["any", "recto"] = "any"
    attr: Attr = NO_ATTR
    pos: Pos | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TableOfContents(Node):
    """A place mark for the contents; the entries come from the sections."""

    depth: int = 3
    title: Inlines = ()
    attr: Attr = NO_ATTR
    pos: Pos | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Box(Node):
    """A set-off group; `role` is note, tip, warning, letter, sidebar, dialogue or vendor:x."""

    blocks: Blocks
    role: str = "note"
    title: Inlines = ()
    attr: Attr = NO_ATTR
    pos: Pos | None = field(default=None, compare=False)


Block: TypeAlias = (
    Section
    | Heading
    | Paragraph
    | Quote
    | Verse
    | ListBlock
    | DefinitionList
    | Table
    | Figure
    | CodeBlock
    | MathBlock
    | Footnote
    | ThematicBreak
    | PageBreak
    | TableOfContents
    | Box
)
Blocks: TypeAlias = tuple[Block, ...]
