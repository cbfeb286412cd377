"""The file that ``--glyph-report`` writes: which face draws each character."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from publisher.output import replace_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from publisher.reports.glyph_ledger import Drawn, Ledger

SCHEMA = "publisher-glyphs/1"


def write_glyph_report(target: Path, ledgers: Sequence[Ledger]) -> None:
    """Writes the ledgers of a run, in the order of its documents, in place of an older file.

    Args:
        target: JSON when it ends in ``.json``, else a text to read.
        ledgers: One for each document.

    Raises:
        WriteError: The file cannot be written; an older one is as it was.
    """
    text = as_json(ledgers) if target.suffix.lower() == ".json" else as_text(ledgers)
    replace_text(target, text)


def as_json(ledgers: Sequence[Ledger]) -> str:
    """The ledgers as one JSON object."""
    import json

    table = {"schema": SCHEMA, "documents": [_table(ledger) for ledger in ledgers]}
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def _table(ledger: Ledger) -> dict[str, Any]:
    return {
        "document": ledger.document,
        "characters": [
            {
                "text": one.text,
                "code": code_points(one.text),
                "count": one.times,
                "drawn": [choice._asdict() for choice in one.choices],
                "places": list(one.places),
            }
            for one in ledger.drawn
        ],
    }


def code_points(text: str) -> str:
    """``U+845B U+E0100``."""
    return " ".join(f"U+{ord(char):04X}" for char in text)


def as_text(ledgers: Sequence[Ledger]) -> str:
    """The ledgers to read: faces, then what other faces had to draw, then what none draws."""
    return "\n".join("\n".join(_text(ledger)) + "\n" for ledger in ledgers)


def _text(ledger: Ledger) -> Iterator[str]:
    fallbacks = [one for one in ledger.drawn if one.fallback and not one.missing]
    missing = [one for one in ledger.drawn if one.missing]
    yield (
        f"{ledger.document}: {len(ledger.drawn):,} characters; other faces draw "
        f"{len(fallbacks):,}, none draws {len(missing):,}"
    )
    yield from ("", "Faces, and how many characters each draws:")
    counts = Counter(
        (choice.face, choice.how == "fallback")
        for one in ledger.drawn
        for choice in {c.face: c for c in one.choices if c.how != "none"}.values()
    )
    for (face, other), count in counts.items():
        yield f"{count:>8,}  {face}{'  (in place of another)' if other else ''}"
    if fallbacks:
        yield from ("", "Drawn by another face than the style's own:")
        yield from map(_line, fallbacks)
    if missing:
        yield from ("", "Drawn by no face (〓 stands for it):")
        yield from map(_line, missing)


def _line(one: Drawn) -> str:
    how = "none" if one.missing else "fallback"
    faces = (
        ""
        if one.missing
        else ", ".join(dict.fromkeys(choice.face for choice in one.choices if choice.how == how))
    )
    places = ", ".join(one.places) or "labels and numbers"
    return f"{one.text}  {code_points(one.text)}  {one.times:,}×  {faces}  {places}".rstrip()
