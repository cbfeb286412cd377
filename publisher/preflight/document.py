"""Checks of a tree: its paragraphs, and what only a tree shows."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from publisher.preflight.model import Finding, Paragraph
from publisher.preflight.paragraphs import check_paragraphs
from publisher.preflight.structure import check_structure
from publisher.transforms.visit import OBJECT, PlacedVisit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.tree.meta import Document

_UNKNOWN: Final = "und"
_AROUND: Final = (10, 6, 3, 1, 0)  # characters of context by which a place is looked for


def check_document(document: Document, sources: Mapping[str, str] | None = None) -> list[Finding]:
    """Everything to say of a document, in order.

    Args:
        document: As its reader made it.
        sources: The text of sources that are text, by name, in which columns are looked for.
    """
    texts = {name: text.splitlines() for name, text in (sources or {}).items()}
    found = check_paragraphs(paragraphs_of(document), document.meta.language)
    return [located(each, texts) for each in chain(found, check_structure(document))]


def paragraphs_of(document: Document) -> list[Paragraph]:
    """The texts of a document's runs, in the order of the tree; code and formulas are left out."""
    found: list[Paragraph] = []

    def give(language: str, texts: list[str]) -> list[str]:
        pos = visit.pos
        text = "".join(texts).replace(OBJECT, "\ufffc")
        if text.strip("\ufffc \n"):
            where = (pos.source, pos.start, pos.end) if pos else ("", 0, 0)
            own = "" if language == _UNKNOWN else language
            found.append(Paragraph(text, *where, own, whole=False))
        return texts

    visit = PlacedVisit[str](give, lambda tag, outer: tag or outer, lambda tag: tag)
    language = document.meta.language or _UNKNOWN
    visit.run(document.meta.title, language)
    source = document.sources[0].uri if document.sources else ""
    found[:] = [each._replace(source=source, line=1) for each in found]  # it has no place of its own
    visit.unit(document.body, language)
    return found


def located(finding: Finding, sources: Mapping[str, Sequence[str]]) -> Finding:
    """A finding with the line and column at which its source has it, as far as that is told."""
    lines = sources.get(finding.source)
    if not finding.line or finding.column or not lines or not finding.text:
        return finding
    before, _, rest = finding.context.partition("»")
    after = rest.rpartition("«")[2]
    before = before.rpartition("\ufffc")[2]
    after = after.partition("\ufffc")[0]
    for around in _AROUND:
        head = before[len(before) - min(around, len(before)) :]
        snippet = head + finding.text + after[:around]
        for number in range(finding.line, min(len(lines), finding.line + _LINES) + 1):
            at = lines[number - 1].find(snippet)
            if at >= 0:
                return finding._replace(line=number, column=at + len(head) + 1)
    return finding


_LINES: Final = 400  # of a paragraph at most
