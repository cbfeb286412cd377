"""Which lines needed more than ordinary shrink or stretch, and how even a document is set.

A line is *found* for one of these reasons (steps as in cjk-typography 8):

``stretched``
    its gaps between characters were opened by more than 1/8 em (step 3), or beyond the limit of
    1/4 em (step 4);
``short``
    it should have been as long as its measure, but nothing in it could be opened;
``shrunk``
    the blanks of its commas were taken whole (step 5), or what comes after them was shrunk too
    (gaps to Latin and stops, steps 6 and 7);
``emergency``
    it had to break where no break is allowed;
``overfull``
    it is longer than its measure;
``lone``
    it ends a paragraph with a single character;
``orphan``, ``widow``
    it stands alone at the foot or head of a page, parted from its paragraph.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from publisher.layout.types import FOOTER, HEADER, RuleItem, TextItem
from publisher.record import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.layout.types import LaidOut, Line, PagePlan, Placed

EIGHTH = 1 / 8  # em a gap; less is ordinary
_COMMAS = -5  # the last step of shrink that is ordinary unless it was used whole
_WHOLE = 0.995  # share of a step's blanks that counts as all of them
_SHOWN = 16  # characters of a line that a finding shows
_SHORT = 2.0  # lines left empty at the foot of a page that another follows without need
_EPS = 0.01  # pt
# Text that is set line by line, not as paragraphs.
_OTHER = frozenset({"Lbl", "TOCI", "Code"})


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line that needed more than ordinary adjustment.

    Attributes:
        source: Name of the source its paragraph came from, or empty.
        source_line: Where the paragraph begins there, 1-based; 0 when unknown.
        page: Page label.
        line: Which line of text on the page, 1-based, in reading order.
        text: Its first characters.
        reasons: Why it was found, see the module.
        stage: The last step used: negative for shrink, positive for stretch, 0 none.
        amount: How far: em a gap for stretch, share of the blanks of that step for shrink.
    """

    source: str
    source_line: int
    page: str
    line: int
    text: str
    reasons: tuple[str, ...]
    stage: int
    amount: float


@dataclass(frozen=True, slots=True)
class LineReport:
    """How the lines of one document are set.

    Attributes:
        document: Its name.
        pages: How many pages it has.
        lines: Lines of paragraphs: labels, code and contents do not count.
        over_eighth: Lines whose gaps were opened by more than 1/8 em; `over_quarter` 1/4 em.
        hyphenated: Lines that end with a hyphen that is not in the text.
        counts: Lines found for each reason.
        short_pages: Labels of pages that end two lines or more above the foot, though the text
            goes on without a forced page break.
        found: The lines found, in reading order.
    """

    document: str
    pages: int
    lines: int
    over_eighth: int
    over_quarter: int
    hyphenated: int
    counts: tuple[tuple[str, int], ...]
    short_pages: tuple[str, ...]
    found: tuple[FoundLine, ...]


class _Shown(NamedTuple):
    """A line of a paragraph on its page."""

    line: Line
    element: int
    page: int
    number: int


REASONS = (
    "stretched", "short", "shrunk", "emergency", "overfull", "lone", "orphan", "widow",
)  # fmt: skip


def line_report(document: str, laid_out: LaidOut) -> LineReport:
    """The report on a document whose pages are laid out to be drawn.

    Args:
        document: Name of the document.
        laid_out: Its pages; `LaidOut.places` says where paragraphs came from.
    """
    lines = list(_lines(laid_out))
    edges = _edges(lines)
    found: list[FoundLine] = []
    eighth = quarter = hyphenated = 0
    for at, shown in enumerate(lines):
        line = shown.line
        if line.stage == 4 or (line.stage == 3 and line.amount > EIGHTH):
            eighth += line.amount > 0
            quarter += line.stage == 4 and line.amount > 0
        hyphenated += _is_hyphenated(line)
        reasons = (*_adjusted(line), *edges.get(at, ()))
        if reasons:
            found.append(_found(shown, reasons, laid_out))
    counts = Counter(reason for one in found for reason in one.reasons)
    return LineReport(
        document=document,
        pages=len(laid_out.pages),
        lines=len(lines),
        over_eighth=eighth,
        over_quarter=quarter,
        hyphenated=hyphenated,
        counts=tuple((reason, counts[reason]) for reason in REASONS),
        short_pages=tuple(_short_pages(laid_out)),
        found=tuple(found),
    )


def _found(shown: _Shown, reasons: tuple[str, ...], laid_out: LaidOut) -> FoundLine:
    line = shown.line
    pos = laid_out.places.get(shown.element)
    return FoundLine(
        source=pos.source if pos is not None else "",
        source_line=pos.start if pos is not None else 0,
        page=laid_out.pages[shown.page].label,
        line=shown.number,
        text=_text(line)[:_SHOWN],
        reasons=reasons,
        stage=line.stage,
        amount=round(line.amount, 4),
    )


def _lines(laid_out: LaidOut) -> Iterator[_Shown]:
    """Every line of a paragraph, in reading order."""
    elements = laid_out.elements
    for page, plan in enumerate(laid_out.pages):
        number = 0
        for line, element in _placed_lines(plan.placed):
            if element >= 0 and elements[element].role not in _OTHER:
                number += 1
                yield _Shown(line, element, page, number)


def _placed_lines(placed: Sequence[Placed]) -> Iterator[tuple[Line, int]]:
    for slab, _, _ in placed:
        if slab.line is not None and slab.line.items:
            yield slab.line, slab.tag
        if slab.parts:
            yield from _placed_lines(slab.parts)


def _adjusted(line: Line) -> Iterator[str]:
    """The reasons that lie in the line itself."""
    if line.stage >= 3:
        if not line.amount:
            yield "short"
        elif line.stage == 4 or line.amount > EIGHTH:
            yield "stretched"
    elif line.stage < _COMMAS or (line.stage == _COMMAS and line.amount >= _WHOLE):
        yield "shrunk"
    if line.emergency:
        yield "emergency"
    if line.overfull:
        yield "overfull"


def _edges(lines: Sequence[_Shown]) -> dict[int, tuple[str, ...]]:
    """The reasons that lie in a line's place in its paragraph, by index."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for at, shown in enumerate(lines):
        first.setdefault(shown.element, at)
        last[shown.element] = at
    held = Counter((shown.element, shown.page) for shown in lines)
    found: dict[int, tuple[str, ...]] = {}
    for element, begin in first.items():
        end = last[element]
        if begin == end:
            continue
        if _is_lone(lines[end].line):
            found[end] = ("lone",)
        if lines[begin].page != lines[end].page:
            if held[element, lines[begin].page] == 1:
                found[begin] = (*found.get(begin, ()), "orphan")
            if held[element, lines[end].page] == 1:
                found[end] = (*found.get(end, ()), "widow")
    return found


def _is_lone(line: Line) -> bool:
    """Whether a line holds one Han character, kana or syllable and marks (cjk-typography 9)."""
    said = [char for char in _text(line) if char.isalnum()]
    return len(said) == 1 and east_asian_width(said[0]) in "WF"


def _is_hyphenated(line: Line) -> bool:
    return any(isinstance(item, RuleItem) and item.hyphen for item in line.items)


def _text(line: Line) -> str:
    """What a line says, without readings and calls of notes."""
    return "".join(
        item.text
        for item in line.items
        if isinstance(item, TextItem) and item.tag not in ("RT", "Note-call")
    )


def _short_pages(laid_out: LaidOut) -> Iterator[str]:
    pages = laid_out.pages
    feet = [_foot(plan) for plan in pages]
    foot = max(feet, default=0.0)
    leading = _leading(pages)
    for plan, end, after in zip(pages, feet, pages[1:], strict=False):
        goes_on = bool(after.placed) and not (after.blank or after.placed[0].slab.page)
        goes_on = goes_on and after.index != laid_out.front_pages
        if goes_on and not plan.blank and plan.placed and foot - end >= _SHORT * leading - _EPS:
            yield plan.label


def _foot(plan: PagePlan) -> float:
    """Where the content of a page ends, pt from its head."""
    return max(
        (y + slab.height for slab, _, y in plan.placed if slab.tag not in (HEADER, FOOTER)),
        default=0.0,
    )


def _leading(pages: Sequence[PagePlan]) -> float:
    """The commonest height of a line of text, pt."""
    heights = Counter(
        slab.height
        for plan in pages
        for slab, _, _ in plan.placed
        if slab.line is not None and slab.tag >= 0
    )
    return heights.most_common(1)[0][0] if heights else 0.0
