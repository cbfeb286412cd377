"""What is certain, put right in the text of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.preflight.model import Finding


def apply_fixes(text: str, findings: Sequence[Finding]) -> tuple[str, list[Finding]]:
    """The text with all certain fixes whose place is known, and the findings that are mended.

    Args:
        text: The source as it stands, with any line ends.
        findings: Of this source; those without line, column or fix are passed over, and so are
            those that reach into one another.
    """
    lines = text.splitlines(keepends=True)
    places: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.fix is not None and finding.column and 0 < finding.line <= len(lines):
            places.setdefault(finding.line, []).append(finding)
    done: list[Finding] = []
    for number, found in places.items():
        line = lines[number - 1]
        free = len(line)
        for finding in sorted(found, key=lambda f: -f.column):
            start = finding.column - 1
            end = start + len(finding.text)
            if end <= free and line[start:end] == finding.text and finding.fix is not None:
                line = line[:start] + finding.fix + line[end:]
                free = start
                done.append(finding)
        lines[number - 1] = line
    return "".join(lines), sorted(done, key=lambda f: (f.line, f.column))
