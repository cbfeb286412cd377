"""The resolved style sheet: flat computed styles in points, with nothing left to look up.

PDF uses it directly, EPUB compiles it to CSS, Word to named styles. `resolve` makes it; nothing
after that reads a theme file. Lengths are pt unless the name says em; ratios are of the size.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from publisher.record import Record, dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

FamilyRole: TypeAlias = Literal["serif", "sans", "mono"]
TextAlign: TypeAlias = Literal["justify", "start", "center", "end"]
ProfileName: TypeAlias = Literal["hans", "hant", "ja", "ko"]

# Every style sheet has a TextStyle for each of these keys.
TEXT_KEYS: tuple[str, ...] = (
    "body",
    "lead",
    "byline",
    "dateline",
    "signature",
    "epigraph",
    "credit",
    "continuation",
    "heading.1",
    "heading.2",
    "heading.3",
    "heading.4",
    "heading.5",
    "heading.6",
    "part",  # title of a section of kind volume or part, on a page of its own
    "subheading",  # Heading nodes inside quotes, boxes, cells
    "quote",
    "attribution",
    "verse",
    "list",
    "term",
    "definition",
    "cell",
    "cell-header",
    "caption",
    "code",
    "math",
    "note",
    "box",
    "box-title",
    "title",  # title page
    "subtitle",
    "contributor",
    "imprint",  # date and publisher on the title page
    "toc-title",
    "toc.1",
    "toc.2",
    "toc.3",
    "toc.4",
    "toc.5",
    "toc.6",
    "running-head",
    "folio",
)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TextStyle(Record):
    """How a paragraph of one kind is set.

    Attributes:
        family: Font role; the face follows from the language of each run.
        size: Character size, pt.
        leading: Baseline to baseline, pt.
        weight: 400 or 700.
        italic: Slanted where the script has it (Latin); CJK stays upright.
        color: ``#rrggbb``.
        indent: First-line indent, em of `size`.
        align: How lines fill the measure.
        before: Space before, pt (dropped at the head of a page).
        after: Space after, pt.
        start: Inset at the start edge, pt.
        end: Inset at the end edge, pt.
        keep_with_next: Never the last thing on a page.
        keep_together: Not split over pages when it fits on one.
        spacing: Extra space after each character, em (spaced-out titles).
    """

    family: FamilyRole = "serif"
    size: float = 10.5
    leading: float = 18.0
    weight: int = 400
    italic: bool = False
    color: str = "#000000"
    indent: float = 0.0
    align: TextAlign = "justify"
    before: float = 0.0
    after: float = 0.0
    start: float = 0.0
    end: float = 0.0
    keep_with_next: bool = False
    keep_together: bool = False
    spacing: float = 0.0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PageGeometry(Record):
    """A page, pt. The type area is `measure` by `height_of_type`.

    `inner` and `outer` change sides on even pages when `facing`; `binding` is the bound edge of a
    recto (right for vertical books). `measure` is a whole number of body characters (CLREQ 3.6.2).

    `columns` share the measure, `column_gap` pt apart, each a whole number of characters wide; in
    vertical text they are tiers below one another. `grid` is ``lines`` where every line of running
    text stands on the line grid, ``characters`` where its characters stand in cells besides.
    `foot` says how full pages come to end at one height: by the spaces over headings and
    ``displays``, by all line gaps (``feather``), or not at all (``ragged``).
    The fields are those of the sheet of paper. `measure` and `height_of_type` are of the text:
    where it is `vertical`, lines run down the page and follow one another from right to left.
    """

    width: float
    height: float
    top: float
    bottom: float
    inner: float
    outer: float
    facing: bool = False
    binding: Literal["left", "right"] = "left"
    name: str = ""
    columns: int = 1
    column_gap: float = 0.0
    grid: Literal["", "lines", "characters"] = ""
    foot: Literal["displays", "feather", "ragged"] = "displays"
    vertical: bool = False

    @property
    def measure(self) -> float:
        """Length of a line that fills the type area, pt."""
        return self.across[self.vertical]

    @property
    def column_measure(self) -> float:
        """Width of one column, pt; the measure where there is only one."""
        return (self.measure - (self.columns - 1) * self.column_gap) / self.columns

    def column_edge(self, column: int) -> float:
        """Where a column begins, pt from the start edge of the type area."""
        return column * (self.column_measure + self.column_gap)

    @property
    def height_of_type(self) -> float:
        """Extent of the type area in the direction in which lines follow, pt."""
        return self.across[not self.vertical]

    @property
    def across(self) -> tuple[float, float]:
        """Width and height of the type area on the sheet, pt."""
        return self.width - self.inner - self.outer, self.height - self.top - self.bottom

    def edges(self, *, recto: bool) -> tuple[float, float]:
        """Where the type area begins, pt: from the page's start edge and from its head.

        The start edge is where lines begin, the head where the first line stands: left and top,
        or top and right of a vertical page. The inner margin is at the bound edge (JLREQ 2.4).
        """
        bound_left = (self.binding == "left") == recto
        if not self.vertical:
            return self.inner if bound_left or not self.facing else self.outer, self.top
        return self.top, self.outer if bound_left and self.facing else self.inner


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ListLook(Record):
    """Lists: `step` is the inset of each level and `gap` the space between items, pt."""

    step: float
    gap: float
    bullets: tuple[str, ...] = ("•", "–", "·")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TableLook(Record):
    """Tables, pt. `outer` rules stand above and below, `inner` between rows; 0 draws none."""

    before: float
    after: float
    outer: float = 0.8
    head: float = 0.5
    inner: float = 0.25
    columns: float = 0.0
    pad_x: float = 4.0
    pad_y: float = 3.0
    color: str = "#444444"
    head_fill: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FigureLook(Record):
    """Figures: largest size as a share of the type area, and space around, pt.

    `placement` is of figures and tables that do not fit what is left of a page: ``float`` moves
    them to the head of the next one, and text fills the page; ``here`` leaves the rest empty.
    """

    before: float
    after: float
    gap: float
    max_width: float = 1.0
    max_height: float = 0.75
    placement: Literal["float", "here"] = "float"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NoteLook(Record):
    """Footnotes: rule over the notes and how calls are numbered.

    `numbering` is ``circled`` (①), ``decimal`` (1) or ``paren`` (1)); `restart` per chapter or
    page. `rule` is a share of the measure; `gap` stands over and `inside` under the rule, pt.
    """

    rule: float = 1 / 3
    rule_width: float = 0.4
    gap: float = 8.0
    inside: float = 5.0
    numbering: Literal["circled", "decimal", "paren"] = "decimal"
    restart: Literal["chapter", "page", "document"] = "chapter"
    call_scale: float = 0.6


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CodeLook(Record):
    """Code blocks: fill behind them and padding, pt."""

    fill: str = "#f4f4f2"
    pad: float = 6.0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BoxLook(Record):
    """Boxes: fill, rule at the start edge, and padding, pt."""

    fill: str = "#f7f6f2"
    rule: float = 2.0
    rule_color: str = "#8a7a5c"
    pad: float = 8.0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TocLook(Record):
    """Contents: heading text, leader character and its pitch in em, inset a level in em.

    `numbers` in vertical text are Han figures (二三), or European ``figures``.
    """

    title: str = "目录"
    leader: str = "…"
    depth: int = 3
    step: float = 1.0
    clearance: float = 1.0
    numbers: Literal["figures", "han"] = "han"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RunningLook(Record):
    """Running heads and folios.

    `verso` and `recto` are ``title``, ``chapter``, ``section`` or empty; `folio` is where the
    page number stands; `gap` is the distance from the type area, pt; `on_opening` shows the
    running head on pages where a chapter opens.
    """

    verso: Literal["", "title", "chapter", "section"] = "title"
    recto: Literal["", "title", "chapter", "section"] = "chapter"
    folio: Literal["", "foot-center", "foot-outer", "head-outer"] = "foot-center"
    head_gap: float = 14.0
    foot_gap: float = 14.0
    on_opening: bool = False
    rule: float = 0.0
    front: Literal["roman", "decimal"] = "roman"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class InlineLook(Record):
    """Looks of inline nodes. Scales are of the surrounding size; rises are em.

    `emphasis` says what `Emphasis` means for CJK text: dots, the sans face or the other slant
    (kept for Latin in every case). `ruby_align` places a ruby of one character over its base in
    vertical text: centred (nakatsuki) or at its head (katatsuki). `ruby_over_han` is how far ruby
    may hang over Han and katakana, em of the ruby; `ruby_compounds` sets the readings of one
    Japanese word as a compound (jukugo) where its source gives them character by character.
    `zhuyin_pitch` gives characters and marks
    without bopomofo the width of those that have it, as primers do. In vertical text numbers up to
    `tate_chu_yoko` digits, and pairs such as ``!?``, stand level in one cell (0: none do), and
    acronyms up to `upright_letters` capitals stand upright letter below letter.
    """

    emphasis: Literal["dots", "sans", "none"] = "dots"
    code_scale: float = 0.92
    code_family: FamilyRole = "mono"
    ruby_scale: float = 0.5
    ruby_align: Literal["center", "start"] = "center"
    ruby_over_han: float = 0.0
    ruby_compounds: bool = True
    zhuyin_scale: float = 0.3
    zhuyin_pitch: bool = False
    sup_scale: float = 0.6
    sup_rise: float = 0.36
    sub_rise: float = -0.12
    small_scale: float = 0.85
    link_color: str = "#1a4a7a"
    highlight: str = "#fff3a8"
    warichu_scale: float = 0.5
    tate_chu_yoko: int = 2
    upright_letters: int = 3


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ChapterLook(Record):
    """Where chapters (top-level sections) begin and how far down.

    With `span` their headings stand across all columns.
    """

    begin: Literal["flow", "page", "recto"] = "page"
    drop: float = 0.0
    span: bool = True


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TypographyLook(Record):
    """How paragraphs are set where a language leaves a choice; empty is the language's own way.

    Attributes:
        strictness: Line-break level (CLREQ ``none``, ``basic``, ``gb``, ``gb-strict``; CSS
            ``loose``, ``normal``, ``strict``; ``jlreq``). For text in the document's language.
        word_break: In Korean: ``keep-all`` breaks between words, ``syllable`` also in them.
        hanging: Stops and commas at line ends: ``none`` hang outside the measure, ``allow`` where
            the line does not fit otherwise, ``force`` always. Traditional Chinese: vertical only.
        gap: Between CJK and Latin, em: ``0`` none, ``1/8``, ``1/4``, ``fixed`` (1/4, not adjusted).
        first: An opening mark at the first line's start: ``trim`` cut to half, ``full`` kept whole.
        dialog_indent: First-line indent of paragraphs that open with a Japanese bracket, in
            parts of the paragraph's own (the bracket's half is added): 1, 0.5 or 0.
        compact: ）（ are one em together, not one and a half.
        books: Commas and brackets inside lines shrink by a quarter of an em, not by half.
        hyphenate: Words in Latin script may be broken where that spares a loose line.
        lone: The last line may be a single character.
    """

    strictness: str = ""
    word_break: Literal["", "keep-all", "syllable"] = ""
    hanging: Literal["none", "allow", "force"] = "none"
    gap: Literal["", "0", "1/8", "1/4", "fixed"] = ""
    first: Literal["trim", "full"] = "trim"
    dialog_indent: float = 1.0
    compact: bool = False
    books: bool = False
    hyphenate: bool = True
    lone: bool = False


_LETTER: Final = 0.45  # em, of Western text
_BESIDE: Final = 0.42  # of the measure, for a figure that text runs beside


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StyleSheet(Record):
    """A theme resolved for one language: everything a back end needs, in points.

    Attributes:
        name: The theme's name.
        language: BCP 47 tag it was resolved for.
        profile: Rule set of the language (CLREQ, JLREQ, KLREQ).
        vertical: Lines run top to bottom, columns right to left.
        text: A `TextStyle` for each key of `TEXT_KEYS`.
        title_page: A title page is made.
        numbers: Section numbers are shown before titles when the tree has them.
        filled: Each line is filled by itself, as word processors do it; else the lines of a
            paragraph are chosen together.
    """

    name: str
    language: str
    profile: ProfileName
    vertical: bool
    page: PageGeometry
    text: Mapping[str, TextStyle]
    list: ListLook
    table: TableLook
    figure: FigureLook
    note: NoteLook
    code: CodeLook
    box: BoxLook
    toc: TocLook
    running: RunningLook
    inline: InlineLook
    chapter: ChapterLook
    typography: TypographyLook = TypographyLook()
    title_page: bool = True
    numbers: bool = False
    filled: bool = False

    def beside(self) -> tuple[float, float]:
        """Width of a figure that text runs beside, in whole characters, and the gap between, pt."""
        size = self.text["body"].size
        return max(int(_BESIDE * self.page.column_measure / size), 1) * size, size

    def height_beside(self, text: str) -> float:
        """Height of a paragraph beside such a figure, pt: rather too little than too much."""
        body = self.text["body"]
        width = sum(1.0 if char > "\u2000" else _LETTER for char in text) * body.size
        return max(int(width / (self.page.column_measure - sum(self.beside()))), 1) * body.leading

    def kept_beside(self, text: str) -> bool:
        """Whether a paragraph beside such a figure stays on one page, so that the figure can."""
        return self.height_beside(text) <= self.page.height_of_type  # half of it in full lines

    def level(self) -> StyleSheet:
        """The same sheet for what stands horizontally on a vertical page: furniture, tables."""
        if not self.vertical:
            return self
        page = replace(self.page, vertical=False, columns=1, grid="")
        return replace(self, vertical=False, page=page)
