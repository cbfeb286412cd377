"""The file that ``--text-report`` writes: every change of the text, made or proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.output import replace_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from publisher.transforms.changes import Change

SCHEMA: Final = "publisher-changes/1"


def write_text_report(target: Path, documents: Sequence[tuple[str, Sequence[Change]]]) -> None:
    """Writes the changes of a run's documents, in their order, in place of an older file.

    Args:
        target: JSON when it ends in ``.json``, else a line a change.
        documents: Name and changes of each.

    Raises:
        WriteError: The file cannot be written; an older one is as it was.
    """
    text = as_json(documents) if target.suffix.lower() == ".json" else as_text(documents)
    replace_text(target, text)


def as_json(documents: Sequence[tuple[str, Sequence[Change]]]) -> str:
    """The changes as one JSON object."""
    import json

    tables = [
        {"document": name, "changes": [change._asdict() for change in changes]}
        for name, changes in documents
    ]
    return json.dumps({"schema": SCHEMA, "documents": tables}, ensure_ascii=False, indent=1) + "\n"


def as_text(documents: Sequence[tuple[str, Sequence[Change]]]) -> str:
    """The changes to read, a line each."""
    lines: list[str] = []
    for name, changes in documents:
        lines.append(f"{name}: {len(changes)} places")
        lines += [line_of(change) for change in changes]
        lines.append("")
    return "\n".join(lines)


def line_of(change: Change) -> str:
    """One change: place, kind, before, after, what decided it, the text around it."""
    place = ":".join([change.source, *(str(n) for n in (change.line, change.column) if n)])
    shown = " ".join(change.context.split())
    sure = "" if change.sure else "  (not sure)"
    reason = f"  {change.reason}" if change.reason else ""
    made = f"{change.before} → {change.after}"
    return f"{place or '-'}: {change.kind}: {made}{reason}  …{shown}…{sure}"
