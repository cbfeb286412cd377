"""The outline of a text: every line taken for a heading, or nearly, as a table to edit.

A tab-separated table, since novels have thousands of chapters and spreadsheets open it. What its
first column says ``yes`` to is a heading when it is read back; the level, kind and text are its.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from publisher.errors import ConfigError
from publisher.events import Diagnostic
from publisher.readers.plain.chapters import ChapterHeading, find_chapters, heading_like, numbered
from publisher.readers.plain.headings import find_headings
from publisher.readers.plain.series import find_series
from publisher.record import NamedTuple, dataclass
from publisher.text.numerals import small_number
from publisher.tree.nodes import SectionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.events import Report
    from publisher.readers.plain.paragraphs import Piece

COLUMNS: Final = ("use", "line", "level", "kind", "rule", "confidence", "note", "text")
_KINDS: Final = frozenset(get_args(SectionKind))
_NEAR: Final = 200  # lines that a heading may have moved since the outline was written
_YES: Final = frozenset(["yes", "y", "x", "1", "true", "是"])
_LEVELS: Final = 6
_A_LINE, _ALL_LINES = 0.2, 5.0  # seconds that patterns may take
_MAX_BYTES: Final = 50_000_000


class Hit(NamedTuple):
    """A line that is a heading, or looks like one.

    Attributes:
        use: It is one.
        line: Its line in the source, from 1.
        level: Its level; `kind` its section's kind.
        rule: What it was found by: ``series``, ``special``, ``numbered``, ``blank lines``,
            ``pattern``, ``looks``.
        confidence: 0 to 1.
        note: What is odd about it: a gap or a repeat in the numbers.
        text: The line.
    """

    use: bool
    line: int
    level: int
    kind: SectionKind
    rule: str
    confidence: float
    note: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as an outline has it: its place among the pieces, level, kind and title."""

    place: int
    level: int
    kind: SectionKind
    text: str


def find_hits(pieces: Sequence[Piece], patterns: Sequence[str] = ()) -> list[Hit]:
    """All headings of a text, and lines that only look like some, in order."""
    if patterns:
        by_pattern = match_patterns(pieces, patterns)
        found = {p: ("pattern", 1.0, heading) for p, heading in by_pattern.items()}
    else:
        found = _found(pieces)
    doubtful = [place for place in heading_like(pieces) if place not in found]
    notes = _notes(pieces, found)
    hits = [
        Hit(True, pieces[p].start, h.level, h.kind, rule, sure, notes.get(p, ""), pieces[p].text)
        for p, (rule, sure, h) in found.items()
    ]
    hits += [
        Hit(False, pieces[p].start, 1, "chapter", "looks", 0.3, "", pieces[p].text)
        for p in doubtful
    ]
    return sorted(hits, key=lambda hit: hit.line)


def _found(pieces: Sequence[Piece]) -> dict[int, tuple[str, float, ChapterHeading]]:
    chapters = find_chapters(pieces)
    if chapters:
        return {place: (h.rule, h.confidence, h) for place, h in chapters.items()}
    found: dict[int, tuple[str, float, ChapterHeading]] = {
        place: ("blank lines", 0.7, ChapterHeading(1, "section")) for place in find_headings(pieces)
    }
    for place, level in find_series(pieces).items():
        found[place] = ("numbered", 0.85, ChapterHeading(level, "section"))
    return found


def _notes(
    pieces: Sequence[Piece], found: Mapping[int, tuple[str, float, ChapterHeading]]
) -> dict[int, str]:
    """Gaps and repeats in the numbers of each unit; they may begin anew under a higher one."""
    notes: dict[int, str] = {}
    last: dict[str, tuple[int, int]] = {}
    for place in sorted(found):
        level = found[place][2].level
        own = numbered(pieces[place])
        for unit in [u for u, (_, lower) in last.items() if lower > level]:
            del last[unit]
        if own is None:
            continue
        unit, number = own
        before = last.get(unit, (0, level))[0]
        if before and number == before:
            notes[place] = f"repeats {number}"
        elif before and number > before + 1:
            missing = number - before - 1
            gap = f"{before + 1}" if missing == 1 else f"{before + 1} to {number - 1}"
            notes[place] = f"{gap} missing"
        elif before and number < before and number != 1:
            notes[place] = f"after {before}"
        last[unit] = (number, level)
    return notes


# ------------------------------------------------------------------------------------- patterns


def match_patterns(pieces: Sequence[Piece], patterns: Sequence[str]) -> dict[int, ChapterHeading]:
    """The lines that a user's patterns match whole: the first pattern's are level 1, and so on.

    Raises:
        ConfigError: A pattern is none, or takes for ever on some line.
    """
    from time import thread_time as clock

    import regex

    compiled = []
    for written in patterns:
        try:
            compiled.append(regex.compile(written))
        except (regex.error, RecursionError) as problem:
            raise ConfigError(
                f"the chapter pattern {written!r} is no regular expression: {problem}",
                code="config.pattern",
            ) from problem
    left = _ALL_LINES
    found: dict[int, ChapterHeading] = {}
    for place, piece in enumerate(pieces):
        if piece.start != piece.end:
            continue
        for level, pattern in enumerate(compiled, 1):
            try:
                began = clock()
                match = pattern.fullmatch(piece.text, timeout=min(_A_LINE, left))
                left = max(left - (clock() - began), 0.001)
            except TimeoutError:
                raise ConfigError(
                    f"the chapter pattern {pattern.pattern!r} takes too long on line {piece.start}",
                    code="config.pattern",
                    hint="avoid repeats inside repeats",
                ) from None
            if match:
                last = level == len(compiled)
                kind: SectionKind = "chapter" if last else "part"
                found[place] = ChapterHeading(min(level, _LEVELS), kind)
                break
    return found


# ---------------------------------------------------------------------------------- the file


def write_outline(hits: Sequence[Hit]) -> str:
    """The table as text, its first line the names of the columns."""
    out = io.StringIO()
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    writer.writerow(COLUMNS)
    for hit in hits:
        use = "yes" if hit.use else "no"
        row = (use, hit.line, hit.level, hit.kind, hit.rule, hit.confidence, hit.note, hit.text)
        writer.writerow(row)
    return out.getvalue()


def read_outline(file: str) -> list[Hit]:
    """The rows of an outline file that say yes.

    Raises:
        ConfigError: It cannot be read, is no such table, or a row has a bad line, level or kind.
    """
    path = Path(file)
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ConfigError("is too large for an outline", code="outline.bad", where=file)
        return parse_outline(path.read_text("utf-8"), file)
    except OSError as problem:
        raise ConfigError(
            f"cannot be read: {problem.strerror}", code="outline.unreadable", where=file
        ) from problem
    except UnicodeDecodeError as problem:
        raise ConfigError(
            "is not UTF-8 text", code="outline.bad", where=file, hint="save it as UTF-8"
        ) from problem


def parse_outline(text: str, where: str) -> list[Hit]:
    """The rows of an outline that say yes; raises ConfigError for what is no such table."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), dialect="excel-tab")
    try:
        names = rows.fieldnames or ()
        missing = [name for name in ("use", "line", "level", "text") if name not in names]
        if missing:
            raise _bad(where, 1, f"has no column {missing[0]}")
        return list(_rows(rows, where))
    except csv.Error as problem:
        raise _bad(where, rows.line_num, f"is no table: {problem}") from problem


def _rows(rows: csv.DictReader[str], where: str) -> Iterator[Hit]:
    for row in rows:
        if (row["use"] or "").strip().lower() not in _YES:
            continue
        line, level = (small_number((row[name] or "").strip()) for name in ("line", "level"))
        kind = (row.get("kind") or "chapter").strip()
        if line is None or level is None or not 1 <= level <= _LEVELS:
            raise _bad(where, rows.line_num, "needs a line number and a level from 1 to 6")
        if kind not in _KINDS:
            raise _bad(where, rows.line_num, f"has the kind {kind!r}; one of {sorted(_KINDS)}")
        text = " ".join((row["text"] or "").split())
        yield Hit(True, line, level, kind, "outline", 1.0, "", text)  # type: ignore[arg-type]


def _bad(where: str, line: int, what: str) -> ConfigError:
    return ConfigError(
        what,
        code="outline.bad",
        where=f"{where}:{line}",
        hint="write it anew with `publisher outline`",
    )


def place_headings(
    pieces: Sequence[Piece], hits: Sequence[Hit], source: str, report: Report
) -> list[Heading]:
    """The headings of an outline among the pieces of a text.

    A line that has moved is found again by its text, near by; one that stands where the outline
    says has the outline's text, which may have been mended. What is not found is reported.
    """
    by_line = {piece.start: place for place, piece in enumerate(pieces)}
    by_text: dict[str, list[int]] = {}
    for place, piece in enumerate(pieces):
        by_text.setdefault(_plain(piece.text), []).append(place)
    found: dict[int, Heading] = {}
    for hit in hits:
        here = by_line.get(hit.line)
        if here is None or _plain(pieces[here].text) != _plain(hit.text):
            moved = [
                place
                for place in by_text.get(_plain(hit.text), ())
                if abs(pieces[place].start - hit.line) <= _NEAR and place not in found
            ]
            here = min(moved, key=lambda p: abs(pieces[p].start - hit.line)) if moved else here
        if here is None:
            args = (("line", str(hit.line)), ("text", hit.text[:40]))
            report(Diagnostic("outline.lost", "warning", args, source=source))
            continue
        found[here] = Heading(here, hit.level, hit.kind, hit.text or pieces[here].text)
    return [found[place] for place in sorted(found)]


def _plain(text: str) -> str:
    return "".join(text.split())
