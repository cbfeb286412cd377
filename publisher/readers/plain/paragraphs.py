"""Lines to paragraphs: by blank lines, by indent, and hard-wrapped lines joined."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from publisher.readers.plain.fields import furniture_kind, is_date_line, parse_fields
from publisher.readers.plain.scenes import scene_break
from publisher.record import dataclass
from publisher.text.normalize import join_lines, strip_indent

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLANK: Final = " \t\u00a0\u3000"
_INDENTED: Final = re.compile("[ \t\u00a0]*\u3000|[ \u00a0]{2,}|\t")
_WIDE: Final = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f"
    "\uff01-\uff60\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003ffff“”‘’…—]"
)
_FINAL: Final = tuple("。！？!?.…”」』）)：:；;～~—")
_WORD: Final = re.compile(r"[^\s\u2e80-\u9fff\uf900-\uffef]+")

# Columns (half-width units) that a wrapped line may have: poems are narrower, paragraphs on one
# line each are wider.
_NARROWEST, _WIDEST = 28, 160
_EDGE: Final = 20  # lines
_KINSOKU_SLACK: Final = 4  # two full-width characters pushed down by line-start bans


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph-like stretch of the source.

    Attributes:
        text: Its text, lines joined, indents and trailing blanks off.
        start: Its first line, from 1.
        end: Its last line.
        before: Blank lines before it.
        after: Blank lines after it; 99 at the end of the text.
        raw: Its first line as it stands.
    """

    text: str
    start: int
    end: int
    before: int
    after: int
    raw: str = ""


def split_paragraphs(lines: Sequence[str]) -> list[Piece]:
    """The paragraphs of a text given by its lines (without line ends)."""
    groups = _groups(lines)
    measure = _wrap_measure(lines, groups)
    spans: list[tuple[int, int]] = []
    for start, end in groups:
        spans += _spans(lines, start, end, measure) if end - start > 1 else [(start, end)]
    pieces: list[Piece] = []
    for place, (start, end) in enumerate(spans):
        before = start - (spans[place - 1][1] if place else 0)
        after = spans[place + 1][0] - end if place + 1 < len(spans) else 99
        text = lines[start] if end - start == 1 else join_lines("\n".join(lines[start:end]))
        pieces.append(Piece(strip_indent(text), start + 1, end, before, after, lines[start]))
    return pieces


def _groups(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Runs of lines that are not blank, as (first, one past the last)."""
    groups: list[tuple[int, int]] = []
    start = -1
    for place, line in enumerate(lines):
        if line.strip(_BLANK):
            if start < 0:
                start = place
        elif start >= 0:
            groups.append((start, place))
            start = -1
    if start >= 0:
        groups.append((start, len(lines)))
    return groups


def is_indented(line: str) -> bool:
    """True for a line that begins with the blanks of a paragraph."""
    return _INDENTED.match(line) is not None


def display_width(text: str) -> int:
    """Width in columns: full-width characters count two."""
    return len(text) + len(_WIDE.findall(text))


def _wrap_measure(lines: Sequence[str], groups: Sequence[tuple[int, int]]) -> int:
    """The column at which the source wraps its lines; 0 when it does not.

    Evidence: among the lines that another follows directly, most are about as wide as the text
    gets, and most of those do not end a sentence.
    """
    inner = [p for start, end in groups for p in range(start, end - 1)]
    if len(inner) < 3:
        return 0
    # A line of more characters than the widest measure has columns need not be measured.
    if sum(len(lines[p]) > _WIDEST for p in inner) * 4 > len(inner):
        return 0
    widths = {p: display_width(lines[p].rstrip(_BLANK)) for p in inner}
    counts = Counter(widths.values())
    latin = sum(len(_WORD.findall(lines[p])) for p in inner[:200])
    ragged = latin > sum(len(_WIDE.findall(lines[p])) for p in inner[:200]) // 4
    slack = 16 if ragged else _KINSOKU_SLACK

    def full(measure: int) -> int:
        return sum(counts[w] for w in range(measure - slack, measure + 1))

    measure = max(sorted(counts, reverse=True), key=full)
    if not _NARROWEST <= measure <= _WIDEST:
        return 0
    lined_up = [p for p in inner if measure - slack <= widths[p] <= measure]
    # Short last lines of paragraphs that no blank line parts are inner lines too.
    if len(lined_up) * 2 < len(inner) or len(lined_up) < 3:
        return 0
    open_ended = sum(not lines[p].rstrip(_BLANK).endswith(_FINAL) for p in lined_up)
    too_wide = sum(count for width, count in counts.items() if width > measure + 6)
    if open_ended * 2 < len(lined_up) or too_wide * 10 > len(inner):
        return 0
    return measure


def _spans(lines: Sequence[str], start: int, end: int, measure: int) -> list[tuple[int, int]]:
    """The paragraphs of one run of lines."""
    if not measure:
        return [(p, p + 1) for p in range(start, end)]
    spans: list[tuple[int, int]] = []
    first = start
    for place in range(start, end):
        last = place + 1 == end
        if (
            last
            or _is_data(lines, place)
            or not _continues(lines[place], lines[place + 1], measure)
        ):
            spans.append((first, place + 1))
            first = place + 1
    return spans


def _is_data(lines: Sequence[str], place: int) -> bool:
    """Whether a line or the next is data of a web page, near its head or foot."""
    if _EDGE <= place < len(lines) - _EDGE:
        return False
    near = (line for line in lines[place : place + 2] if len(line) <= _NARROWEST * 2)
    return any(parse_fields(line) or furniture_kind(line) or is_date_line(line) for line in near)


def _continues(line: str, following: str, measure: int) -> bool:
    """True when `line` broke only because the first word of `following` had no room."""
    if _INDENTED.match(following) or scene_break(line) or scene_break(following):
        return False
    word = _WORD.match(following)
    needed = display_width(word.group()) + 1 if word else 2
    return display_width(line.rstrip(_BLANK)) + needed > measure - _KINSOKU_SLACK
