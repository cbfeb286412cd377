"""The preflight of a source: its text, its tree, its pages; all findings in one list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from publisher.environment import ResourceStore
from publisher.errors import PublisherError
from publisher.events import Collector, ignore
from publisher.intake import choose_reader, read_bytes, read_source
from publisher.messages import text_of
from publisher.preflight import check_text
from publisher.preflight.codes import CODES
from publisher.preflight.document import check_document
from publisher.preflight.model import Finding
from publisher.preflight.structure import check_structure
from publisher.record import NamedTuple
from publisher.stages import lay_out, open_faces, sheet_for, transform

if TYPE_CHECKING:
    from publisher.events import Diagnostic
    from publisher.job import Workshop
    from publisher.settings import Settings
    from publisher.sources import SourceFile
    from publisher.tree.meta import Document

TEXTS: Final = frozenset(["text", "markdown", "html"])  # what is read as it stands in its file
# Findings of the readers, the transforms and the layout that are preflight's as well.
_SAME: Final = {
    "link.nowhere": "link-nowhere",
    "link.relative": "link-nowhere",
    "note.missing": "note-nowhere",
    "markdown.note-undefined": "note-nowhere",
    "note.uncalled": "note-uncalled",
    "markdown.note-unused": "note-uncalled",
    "resource.lost": "image-lost",
    "layout.table-tight": "table-too-wide",
    "text.mojibake": "mojibake",
    "text.mojibake-lost": "mojibake",
    "text.mojibake-mended": "mojibake",
}
# Those that the checks of the text find themselves, with their places.
_FOUND_ALREADY: Final = frozenset(
    [
        "text.mojibake",
        "text.mojibake-lost",
        "text.control",
        "text.not-nfc",
        "repair.suggested",
        "repair.suspect",
    ]
)


class Checked(NamedTuple):
    """A source, its text where it is one, and what there is to say of it."""

    text: str
    encoding: str
    findings: list[Finding]


def check_source(source: SourceFile, settings: Settings, workshop: Workshop) -> Checked:
    """Everything to say of a source.

    Raises:
        SourceError: It cannot be read.
    """
    report, resources = Collector(), ResourceStore()
    text, encoding, plain = _text_of(source, settings)
    document = read_source(source, settings, workshop.environment, resources, report)
    if text and plain:
        found = check_text(text, settings.book.language, source.name)
        found += check_structure(document)
    else:
        found = check_document(document, {source.name: text} if text else None)
    quiet = replace(settings, repair=replace(settings.repair, mode="off"))
    prepared = transform(document, quiet, report)
    found += _on_pages(prepared, quiet, resources, workshop, report)
    known = {(f.code, f.line) for f in found}
    for diagnostic in report.diagnostics:
        if diagnostic.code not in _FOUND_ALREADY:
            each = _as_finding(diagnostic)
            if (each.code, each.line) not in known or each.code not in CODES:
                found.append(each)
    found.sort(key=lambda f: (f.source, f.line, f.column))
    return Checked(text, encoding, found)


def _text_of(source: SourceFile, settings: Settings) -> tuple[str, str, bool]:
    """The text of a source that is one, its encoding, and whether it is plain text."""
    if source.member or source.address:
        return "", "", False
    data = read_bytes(source.path, settings.input.max_bytes)
    name = choose_reader(source, data, settings).name
    if name not in TEXTS or not data.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        return "", "", False
    from publisher.text.encoding import decode

    decoded = decode(data, settings.input.encoding, ignore, source.name)
    return decoded.text, decoded.encoding, name == "text"


def _on_pages(
    document: Document,
    settings: Settings,
    resources: ResourceStore,
    workshop: Workshop,
    report: Collector,
) -> list[Finding]:
    """What only the pages show: characters that no font draws; the layout reports the rest."""
    try:
        sheet = sheet_for(document, settings, None)
        faces = open_faces(workshop, document, settings, report)
        pages = lay_out(document, sheet, faces, resources, settings, report, drawn=False)
    except PublisherError as problem:
        return [Finding(problem.code, "error", problem.where or "", detail=problem.message)]
    level = CODES["missing-glyph"].severity
    return [
        Finding(
            "missing-glyph",
            level,
            missing.pos.source if missing.pos else document.sources[0].uri,
            missing.pos.start if missing.pos else 0,
            text=missing.text,
            context=missing.text,
            detail=" ".join(f"U+{ord(c):04X}" for c in missing.text),
        )
        for missing in pages.missing
    ]


def _as_finding(diagnostic: Diagnostic) -> Finding:
    code = _SAME.get(diagnostic.code, "")
    if not code and diagnostic.code.startswith(("picture.", "resource.")):
        code = "image-lost"
    severity = CODES[code].severity if code else diagnostic.severity
    return Finding(
        code or diagnostic.code,
        severity,
        diagnostic.source,
        diagnostic.line,
        diagnostic.column,
        detail=text_of(diagnostic),
    )
