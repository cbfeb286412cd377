"""Paragraphs that stand twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.preflight.model import found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.preflight.model import Finding, Paragraph

_REPEATED: Final = 30  # characters


def check_repetition(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """Findings about paragraphs that stand twice, of a length that no refrain or label has."""
    seen: dict[str, Paragraph] = {}
    for paragraph in paragraphs:
        text = paragraph.text
        bare = text.strip()
        if len(bare) < _REPEATED:
            continue
        first = seen.setdefault(bare, paragraph)
        if first is not paragraph and any(char.isalnum() for char in bare):
            at = text.index(bare[0])
            detail = f"it stands on line {first.line} already" if first.line else ""
            yield found("repeated-paragraph", paragraph, at, at + min(len(bare), 12), detail)
