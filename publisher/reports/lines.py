"""The file that ``--line-report`` writes: JSON, or a table to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from publisher.output import replace_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from publisher.layout.line_report import FoundLine, LineReport

SCHEMA = "publisher-lines/1"
_LABELS = (
    ("short", "could not be stretched"),
    ("shrunk", "shrunk to all blanks of commas or further"),
    ("emergency", "broken where no break is allowed"),
    ("overfull", "longer than the measure"),
    ("lone", "one character ends a paragraph"),
    ("orphan", "alone at the foot of a page"),
    ("widow", "alone at the head of a page"),
)
_HEADS = ("page", "line", "step", "amount", "why", "place", "text")
_STEPS = (
    "Steps of shrink: -1 blank at the end, -2 spaces, -3 middle dots, -4 brackets, -5 commas,",
    "-6 gaps to Latin, -7 stops; of stretch: +1 spaces, +2 gaps to Latin, +3 between characters,",
    "+4 beyond the limits. Amounts: share of the blanks of that step, or em a gap.",
)
_NUMBERS = 4  # leading columns that are set flush right


def write_line_report(target: Path, reports: Sequence[LineReport]) -> None:
    """Writes the reports of a run, in the order of its documents, in place of an older file.

    Args:
        target: JSON when it ends in ``.json``, else a text table.
        reports: One for each document that was laid out.

    Raises:
        WriteError: The file cannot be written; an older one is as it was.
    """
    text = as_json(reports) if target.suffix.lower() == ".json" else as_text(reports)
    replace_text(target, text)


def as_json(reports: Sequence[LineReport]) -> str:
    """The reports as one JSON object."""
    import json

    table = {"schema": SCHEMA, "documents": [_table(report) for report in reports]}
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def _table(report: LineReport) -> dict[str, Any]:
    def share(count: int) -> dict[str, Any]:
        return {"lines": count, "share": round(count / report.lines, 6) if report.lines else 0.0}

    counts = dict(report.counts)
    return {
        "document": report.document,
        "summary": {
            "pages": report.pages,
            "lines": report.lines,
            "stretched-over-1/8": share(report.over_eighth),
            "stretched-over-1/4": share(report.over_quarter),
            **{reason: share(counts[reason]) for reason, _ in _LABELS},
            "hyphenated": share(report.hyphenated),
            "short-pages": list(report.short_pages),
        },
        "lines": [
            {
                "source": one.source,
                "source-line": one.source_line,
                "page": one.page,
                "line": one.line,
                "text": one.text,
                "reasons": list(one.reasons),
                "step": one.stage,
                "amount": one.amount,
            }
            for one in report.found
        ],
    }


def as_text(reports: Sequence[LineReport]) -> str:
    """The reports as tables, one document after another."""
    return "\n".join("\n".join(_text(report)) + "\n" for report in reports)


def _text(report: LineReport) -> Iterator[str]:
    lines, pages = _counted(report.lines, "line"), _counted(report.pages, "page")
    yield f"{report.document}: {lines}, {pages}"
    counts = dict(report.counts)
    rows = [
        (report.over_eighth, "stretched by more than 1/8 em a gap"),
        (report.over_quarter, "stretched by more than 1/4 em a gap"),
        *((counts[reason], label) for reason, label in _LABELS),
        (report.hyphenated, "hyphenated"),
    ]
    for count, label in rows:
        share = count / report.lines if report.lines else 0.0
        yield f"{count:>8,}  {share:>7.2%}  {label}"
    yield f"          pages that end short: {', '.join(report.short_pages) or 'none'}"
    if report.found:
        yield from ("", *_STEPS, "")
        yield from _columns([_HEADS, *map(_row, report.found)])


def _row(one: FoundLine) -> tuple[str, ...]:
    amount = ""
    if one.stage:
        amount = f"{one.amount:.3f} em" if one.stage > 0 else f"{one.amount:.0%}"
    place = f"{one.source}:{one.source_line}" if one.source_line else one.source
    step = f"{one.stage:+}" if one.stage else ""
    return (one.page, str(one.line), step, amount, " ".join(one.reasons), place, one.text)


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = []
        for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
            blank = " " * (width - _width(cell))
            cells.append(blank + cell if at < _NUMBERS else cell + blank)
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
