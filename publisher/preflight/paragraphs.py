"""All checks that need nothing but paragraphs of text."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from publisher.preflight.balance import check_balance
from publisher.preflight.characters import check_characters
from publisher.preflight.decoding import check_decoding
from publisher.preflight.marks import check_marks
from publisher.preflight.repetition import check_repetition
from publisher.preflight.scripts import check_conversion, check_scripts
from publisher.preflight.templates import check_templates
from publisher.text.language import guess_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.preflight.model import Finding, Paragraph


def check_paragraphs(paragraphs: Sequence[Paragraph], language: str = "") -> list[Finding]:
    """The findings of a text's paragraphs, in their order.

    Args:
        paragraphs: In reading order.
        language: BCP 47 tag of the text; guessed when empty.
    """
    language = language or guess_language("\n".join(p.text for p in paragraphs))
    chinese = language.lower().partition("-")[0] in ("", "zh", "yue", "cmn")
    found = list(
        chain(
            check_characters(paragraphs),
            check_decoding(paragraphs),
            check_templates(paragraphs),
            check_repetition(paragraphs),
            check_balance(paragraphs),
            check_marks(paragraphs, language),
            check_scripts(paragraphs) if chinese else (),
            check_conversion(paragraphs) if chinese else (),
        )
    )
    return sorted(found, key=lambda f: (f.line, f.column))
