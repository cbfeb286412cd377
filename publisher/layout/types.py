"""Records that pass between the stages of layout: runs, lines, slabs, pages, display lists.

One axis model serves both writing modes: *inline* is the direction of the line (x when
horizontal), *block* the direction in which lines follow (downwards when horizontal). Units are pt
unless the name says em. Text stays in whole strings; there is one small record per piece of a
line, never one per glyph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from publisher.record import NamedTuple, dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.faces.face import Face
    from publisher.faces.lookups import Glyph
    from publisher.tree.nodes import Block, Inlines, Pos

# How a piece of a vertical line stands (`TextItem.rotated`): turned 90 degrees clockwise, or level
# in one cell; 0 upright, as the line runs.
TURNED, LEVEL = 1, 2
OBJECT = "\ufffc"  # stands in a run table's text for a thing that is not a character
GENERATED = "generated"  # mark of a run that is not in the source: shown, but not read

# What is no content stands in these in place of a structure element (ISO 32000-1, 14.8.2.2):
# decoration, running heads, what stands at a page's foot, head rows of a table shown again.
ARTIFACT, HEADER, FOOTER, REPEATED = -1, -2, -3, -4


# ------------------------------------------------------------------------------- paragraphs


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a run table with one look.

    Attributes:
        start: First index into the text; `end` is one past the last.
        role: Font family role; `weight`, `italic` and `lang` complete the choice of faces.
        size: Character size, pt.
        rise: Baseline shift, pt (positive is up, or to the right in vertical text).
        color: ``#rrggbb``.
        marks: Decorations: ``underline:1``, ``strike:2``, ``highlight:3``, ``proper-name:4``,
            ``book-title:5``, numbered to tell apart marks that touch, the outer ones first;
            ``dots:sesame``; and ``code`` or ``upright`` for the itemizer.
        link: Target of the link this run lies in (``#id`` or URI), or empty.
        tag: Structure role for tagged PDF (``Span``, ``Link``, ``Note-call`` ...), or empty.
        note: Id of the note this run calls, or empty; the call's number is its text.
        anchor: Ids that links may lead to, standing before this run.
        page_of: Id whose page label this run shows (text holds a reserved width), or empty.
    """

    start: int
    end: int
    role: str
    weight: int
    italic: bool
    lang: str
    size: float
    rise: float = 0.0
    color: str = "#000000"
    marks: tuple[str, ...] = ()
    link: str = ""
    tag: str = ""
    note: str = ""
    anchor: tuple[str, ...] = ()
    page_of: str = ""


@dataclass(frozen=True, slots=True)
class PictureObject:
    """A picture in a line, already scaled."""

    resource: str
    width: float
    height: float
    alt: str = ""


@dataclass(frozen=True, slots=True)
class RubyObject:
    """Base and annotation as one unbreakable piece (one per `RubyPair`, or the whole group).

    The pairs of a compound (kind ``jukugo``) stand one after the other, so that lines may break
    between them: `word` are the (base, annotation) of all of them, `index` is its own place.
    """

    base: str
    text: str
    role: str = "furigana"
    kind: str = "mono"
    word: tuple[tuple[str, str], ...] = ()
    index: int = 0


@dataclass(frozen=True, slots=True)
class WarichuObject:
    """One character of an inline note in two small lines: `index` is its place in the `text`."""

    text: str
    index: int = 0


@dataclass(frozen=True, slots=True)
class BreakObject:
    """A forced line end."""


@dataclass(frozen=True, slots=True)
class BoxedText:
    """Text of a vertical line that is one unbreakable piece of whole cells.

    `kind` is ``level`` for a piece in one cell (tate-chu-yoko), ``upright`` for letters that stand
    below one another, each in a cell of its own.
    """

    text: str
    kind: Literal["level", "upright"] = "level"


InlineObject: TypeAlias = PictureObject | RubyObject | WarichuObject | BreakObject | BoxedText


@dataclass(frozen=True, slots=True)
class RunTable:
    """A paragraph as one string with runs; objects stand at `OBJECT` characters.

    `runs` cover the text without gaps or overlap, in order.
    """

    text: str
    runs: tuple[Run, ...]
    objects: Mapping[int, InlineObject]


class TextItem(NamedTuple):
    """A piece of text of one face on a line.

    Attributes:
        x: From the start edge of the line, along the inline axis.
        dy: Above the baseline (block axis, towards the line before).
        face: The opened face that draws it.
        size: Character size, pt.
        text: The source characters; drawn one glyph each through ``face.codes`` when `glyphs`
            is None.
        spacing: Extra advance after each glyph, pt.
        glyphs: A shaped run in visual order, or None.
        color: ``#rrggbb``.
        actual: The true text where the glyphs do not say it (a missing glyph shown as 〓,
            a generated hyphen: empty string), else None.
        tag: Structure role (``RB``, ``RT``, ``Lbl``, ``Note-call`` ...), or empty.
        link: Target of the link it belongs to, or empty.
        lang: Language where it differs from the block's, or empty.
        width: Advance of the whole piece, spacing included, pt.
        rotated: In vertical text: 0 as the line runs, `TURNED` 90 degrees clockwise, or `LEVEL` in
            one cell of `width`.
        moves: (index into `text`, pt), in order: the pen moves on by so much before that
            character, beyond advances and spacing. For text without `glyphs`.
    """

    x: float
    dy: float
    face: Face
    size: float
    text: str
    spacing: float = 0.0
    glyphs: tuple[Glyph, ...] | None = None
    color: str = "#000000"
    actual: str | None = None
    tag: str = ""
    link: str = ""
    lang: str = ""
    width: float = 0.0
    rotated: int = 0
    moves: tuple[tuple[int, float], ...] = ()


class RuleItem(NamedTuple):
    """A filled rectangle on a line: underline, strike, highlight. From `x`, `dy` up `height`.

    `behind` text, or a `hyphen` that a line break made.
    """

    x: float
    dy: float
    width: float
    height: float
    color: str
    behind: bool = False
    hyphen: bool = False


class DotItem(NamedTuple):
    """An emphasis mark centred at (`x`, `dy`) with a radius; `shape` dot, open-dot, sesame."""

    x: float
    dy: float
    radius: float
    shape: str
    color: str


class WaveItem(NamedTuple):
    """A wavy line (book-title mark) from `x` over `width`, centred at `dy`."""

    x: float
    dy: float
    width: float
    amplitude: float
    color: str


class PictureItem(NamedTuple):
    """A picture on a line, its foot at `dy`."""

    x: float
    dy: float
    width: float
    height: float
    resource: str
    alt: str
    link: str = ""


class PageNumberItem(NamedTuple):
    """A place where the page label of `target` is drawn when pages are known; `width` reserved."""

    x: float
    dy: float
    face: Face
    size: float
    target: str
    width: float
    color: str = "#000000"
    link: str = ""


LineItem: TypeAlias = TextItem | RuleItem | DotItem | WaveItem | PictureItem | PageNumberItem


@dataclass(slots=True)
class Line:
    """A set line.

    Attributes:
        start: First index into the run table's text; `end` is one past the last.
        items: What is drawn, in reading order.
        ascent: Room needed above the baseline, pt; `descent` below. At least the style's own.
        notes: Ids of notes called on this line, in order.
        anchors: Ids that links may lead to, on this line.
        stage: The last stage of shrink (negative) or stretch (positive) that was used; 0 none
            (cjk-typography 8: shrink 1-7, stretch 1-4).
        amount: How far, em a gap.
        overfull: The line is longer than its measure and nothing could be done.
        emergency: It ends where no break is allowed, because there was none that is.
    """

    start: int
    end: int
    items: tuple[LineItem, ...]
    ascent: float
    descent: float
    notes: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    stage: int = 0
    amount: float = 0.0
    overfull: bool = False
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class MissingGlyph:
    """A character that no face draws, with the first place where it stands."""

    text: str
    pos: Pos | None


@dataclass(slots=True)
class ParagraphLines:
    """The lines of one paragraph; `text` is the run table's text (objects included)."""

    text: str
    lines: list[Line]


# ------------------------------------------------------------------------------------ pages


@dataclass(slots=True)
class Slab:
    """One unbreakable horizontal band of the flow: a line, a picture, a table row group, a rule.

    Attributes:
        height: Extent along the block axis, pt (a text line's leading).
        baseline: From the slab's head to the baseline of its line, pt.
        x: Inset from the start edge of the type area, pt.
        line: The line it holds, or None.
        draws: Content to draw (a picture, a link area), relative to the slab's head and `x`.
        behind: Artifacts under the content (table rules, cell fills), relative in the same way.
        parts: Slabs inside this one (cells of a row, a list label and its line), placed relative
            to its head and to `x`, in reading order; shown after its own line.
        before: Space before it, dropped at the head of a page; the larger of neighbours holds.
        keep: Penalty of a page break before this slab: 0 free, 1..999 rather not, 1000 never.
        notes: Ids of notes called in it (table rows carry those of their cells).
        anchors: Ids that links may lead to.
        tag: Index into the flow's structure elements, or a kind of artifact (`ARTIFACT` ...).
        opens: Section that opens here (its heading), for running heads and outline.
        page: A page break is forced before it: ``any``, ``recto``.
        repeat: Key of head rows to repeat when a page breaks before this slab, or empty.
        frame: Index into the flow's frames (fill and rule that surround it), or -1.
        band: Number of the tall table row it is a piece of, or 0. Pieces of one row on one page
            have one part a cell and are read cell by cell, not piece by piece.
        least: A picture may be scaled down to this height to fit what is left of a page; 0 not.
        grid: A line of running text, which stands on the page's line grid.
        group: The figure or table it belongs to, or None; the same record in all its slabs.
        span: Stands across all columns of the page.
        level: Its content stands upright on a vertical page: it is set horizontally, from the
            slab's left edge on the page to the right, `height` wide.
    """

    height: float
    baseline: float = 0.0
    x: float = 0.0
    line: Line | None = None
    draws: tuple[DrawOp, ...] = ()
    before: float = 0.0
    keep: int = 0
    notes: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    tag: int = -1
    opens: OutlineEntry | None = None
    page: Literal["", "any", "recto"] = ""
    repeat: str = ""
    behind: tuple[DrawOp, ...] = ()
    parts: tuple[Placed, ...] = ()
    frame: int = -1
    band: int = 0
    least: float = 0.0
    grid: bool = False
    group: Display | None = None
    span: bool = False
    level: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Display:
    """A figure or table in the flow, as paging sees it: what may be moved, and how far.

    Attributes:
        level: Of the section it stands in; it never passes a heading of that level or a higher
            one (a smaller number).
        movable: It may go to the head of the next page or column, and text fill the room it leaves.
        wide: It stands across all columns of the page.
        patience: Lines that rather stay empty before it than that it is moved.
        after: Space below it at the head of a page, pt.
        smallest: Share of its height down to which its picture is scaled rather than moved.
    """

    level: int = 0
    movable: bool = False
    wide: bool = False
    patience: float = 0.0
    after: float = 0.0
    smallest: float = 1.0


class Frame(NamedTuple):
    """Fill and rule around consecutive slabs, drawn anew on each page they reach.

    `x` and `width` are from the start edge of the type area; `rule` is a thick line at the start
    edge, inside `width`, or at the head when `headed`; `parent` is the frame around this one, or
    -1.
    """

    x: float
    width: float
    fill: str
    rule: float = 0.0
    rule_color: str = "#000000"
    parent: int = -1
    headed: bool = False


class OutlineEntry(NamedTuple):
    """A section in the outline: `title` is plain text, `level` 1-based depth in the tree."""

    id: str
    title: str
    level: int
    listed: bool
    kind: str


@dataclass(slots=True)
class Element:
    """A structure element for tagged PDF: `role` H1, P, L, Table ...; `parent` an index or -1.

    `attributes` are plain pairs (Alt, Lang, ColSpan, RowSpan, Scope, ListNumbering ...).
    """

    role: str
    parent: int
    attributes: tuple[tuple[str, str], ...] = ()


class Placed(NamedTuple):
    """A slab on a page: its head at `y` from the head of the page, start edge at `x`."""

    slab: Slab
    x: float
    y: float


@dataclass(slots=True)
class PagePlan:
    """One page: what stands on it and where.

    Places are pt from the page's start edge and head: its top left corner, or, where text is
    vertical, its top right one, `x` counting downwards and `y` to the left.
    """

    index: int
    label: str
    placed: list[Placed]
    recto: bool
    blank: bool = False
    section: str = ""
    chapter: str = ""
    opening: bool = False


@dataclass(slots=True)
class Pagination:
    """Where things ended up, for any writer that shows page numbers.

    `labels` are the page labels in order; `page_of` gives the 0-based page index of an id.
    """

    labels: list[str]
    page_of: dict[str, int]

    def label(self, target: str) -> str:
        """The label of the page an id stands on, or an empty string."""
        index = self.page_of.get(target)
        return "" if index is None else self.labels[index]


class PageStart(NamedTuple):
    """Where in the tree a page begins, and its label.

    `offset` characters into the text of `block`, which may be a term of a definition list.
    """

    label: str
    block: Block | Inlines
    offset: int


# ----------------------------------------------------------------------------- display lists


class TextOp(NamedTuple):
    """A line's text item at an absolute place: baseline origin (`x`, `y`), y downwards."""

    x: float
    y: float
    item: TextItem


class ColumnOp(NamedTuple):
    """A piece of a vertical line.

    An upright one has its pen at (`x`, `y`), the middle of the head of its first cell; a turned
    one its baseline origin.
    """

    x: float
    y: float
    item: TextItem


class LevelOp(NamedTuple):
    """A level piece in a cell of a vertical line: baseline origin; `scale` condenses it."""

    x: float
    y: float
    item: TextItem
    scale: float


class RectOp(NamedTuple):
    """A filled rectangle with its head left corner at (`x`, `y`), y downwards."""

    x: float
    y: float
    width: float
    height: float
    color: str


class CircleOp(NamedTuple):
    """A dot; `shape` dot (filled), open-dot, sesame."""

    x: float
    y: float
    radius: float
    shape: str
    color: str


class WaveOp(NamedTuple):
    """A wavy line from (`x`, `y`) over `width`, to the right or `down` the page."""

    x: float
    y: float
    width: float
    amplitude: float
    color: str
    down: bool = False


class ImageOp(NamedTuple):
    """A picture with its head left corner at (`x`, `y`), in a line if it is `inline`."""

    x: float
    y: float
    width: float
    height: float
    resource: str
    alt: str
    link: str = ""
    inline: bool = False


class LinkOp(NamedTuple):
    """A link area; `target` is ``#id`` or a URI; `text` says where it leads."""

    x: float
    y: float
    width: float
    height: float
    target: str
    text: str


class AnchorOp(NamedTuple):
    """A place that links lead to."""

    id: str
    x: float
    y: float


class BeginOp(NamedTuple):
    """Marked content begins: `element` indexes `LaidOut.elements` or is a kind of artifact.

    `tag` is the content's own role inside the element (``Span``, ``RB``, ``RT``) or empty.
    """

    element: int
    tag: str = ""
    lang: str = ""


class EndOp(NamedTuple):
    """Marked content ends."""


DrawOp: TypeAlias = (
    TextOp
    | ColumnOp
    | LevelOp
    | RectOp
    | CircleOp
    | WaveOp
    | ImageOp
    | LinkOp
    | AnchorOp
    | BeginOp
    | EndOp
)
DisplayList: TypeAlias = list[DrawOp]


@dataclass(slots=True)
class LaidOut:
    """A whole document as pages.

    `display(plan)` in `layout.display` makes a page's display list when it is painted, so that
    only one page's list lives at a time. `places` says where the text of an element came from, when
    the settings ask for a line report. `starts` says where in the tree pages begin, when an EPUB is
    made that tells them. With `once` a page is let go when it is painted, because
    nobody will ask again what stood on it: 30 MiB of a book of 5 million characters.
    """

    pages: list[PagePlan]
    pagination: Pagination
    outline: list[OutlineEntry]
    elements: list[Element]
    missing: list[MissingGlyph]
    width: float
    height: float
    front_pages: int = 0
    frames: list[Frame] = field(default_factory=list)
    vertical: bool = False
    facing: bool = False
    binding: Literal["left", "right"] = "left"
    places: Mapping[int, Pos] = field(default_factory=dict)
    starts: list[PageStart] = field(default_factory=list)
    once: bool = False

    def numbers(self) -> dict[str, list[str]]:
        """Page labels by title without blanks, of every listed section, in order."""
        found: dict[str, list[str]] = {}
        for entry in self.outline:
            if entry.listed:
                title = "".join(entry.title.split())
                found.setdefault(title, []).append(self.pagination.label(entry.id))
        return found
