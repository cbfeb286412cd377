"""Checks of a text before it is built: what a reader would stumble over, each with its place.

`check_text` looks at a text, `check_document` at a tree; `codes` says what each finding means. All
are pure; nothing is changed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publisher.preflight.model import Finding


def check_text(text: str, language: str = "", source: str = "") -> list[Finding]:
    """Everything to say of a plain text, in order; each line is a paragraph.

    Args:
        text: The text as it stands in its file.
        language: Its BCP 47 tag; guessed when empty.
        source: Its name, for the findings.
    """
    from publisher.preflight.model import Paragraph
    from publisher.preflight.paragraphs import check_paragraphs

    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    paragraphs = [Paragraph(line, source, n) for n, line in enumerate(lines, 1)]
    return check_paragraphs(paragraphs, language)
