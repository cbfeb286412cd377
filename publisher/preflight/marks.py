"""Marks that the language of the text has otherwise; the rules are those of `text.punctuation`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from publisher.preflight.model import found
from publisher.text.punctuation import edits
from publisher.text.scripts import profile_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.preflight.model import Finding, Paragraph

_CJK: Final = "[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
# Spaces stand between names in lists; they are a fault when they are many, or several in a row.
_SPACES_IN_ROW: Final = f"{_CJK} {_CJK} {_CJK} {_CJK}"
_SPACES_IN_THOUSAND: Final = 2.0


def check_marks(paragraphs: Sequence[Paragraph], language: str) -> Iterator[Finding]:
    """Findings about stops, brackets, quotation marks, dashes, spaces and widths."""
    size = sum(len(p.text) for p in paragraphs) or 1
    spaces = sum(len(re.findall(f"(?<={_CJK}) (?={_CJK})", p.text)) for p in paragraphs)
    many = spaces > 2 and spaces * 1000 / size > _SPACES_IN_THOUSAND
    for number, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if text.isascii():
            continue
        profile = profile_of(paragraph.language or language, text)
        following = paragraphs[number + 1].text[:8] if number + 1 < len(paragraphs) else ""
        row = re.search(_SPACES_IN_ROW, text) is not None
        for edit in edits(text, profile, following=following):
            if edit.kind == "stray-space" and not (many or row):
                continue
            fix = edit.after if edit.sure else None
            detail = f"{edit.before} → {edit.after}" if edit.after else ""
            yield found(edit.kind, paragraph, edit.start, edit.end, detail, fix)
