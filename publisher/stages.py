"""The stages of a job, each by itself: read, transform, look over, style, open fonts, lay out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from publisher import volume
from publisher.errors import PreflightFailed, SourceError
from publisher.events import Diagnostic
from publisher.intake import read_source
from publisher.tree.nodes import Section

if TYPE_CHECKING:
    import contextlib
    from collections.abc import Callable

    from publisher.environment import Environment, ResourceStore
    from publisher.faces.fallback import FaceSet
    from publisher.job import Job, Workshop
    from publisher.layout.types import LaidOut
    from publisher.settings import Settings
    from publisher.theme.model import StyleSheet
    from publisher.transforms.changes import Keep
    from publisher.tree.meta import Document
    from publisher.writers.base import Writer

# An unthemed publication is a book, not an article, when it has parts, or from so many characters
# on, or from fewer when they are in chapters.
BOOK_CHARACTERS = 60_000
CHAPTERED_CHARACTERS = 20_000
BOOK_CHAPTERS = 5


def prepare(
    job: Job,
    environment: Environment,
    resources: ResourceStore,
    report: Callable[[Diagnostic], None],
    stage: Callable[..., contextlib.AbstractContextManager[None]],
    keep: Keep | None = None,
) -> Document:
    """The publication's tree after all transforms, with final ids; see `transform` for `keep`."""
    count = sum(len(g.files) for g in job.groups)
    with stage("read", count, "sources"):
        groups = [
            (group.title, _read_group(group, count, job, environment, resources, report))
            for group in job.groups
        ]
        if not any(documents for _, documents in groups):
            raise SourceError("no source holds any text", code="source.empty", where=job.name)
        document = volume.assemble(
            groups,
            job.settings,
            forced=job.forced,
            fallback_title=job.settings.book.title or job.title or job.name,
        )
        document = _with_cover(document, job, environment, resources, report)
    with stage("transform"):
        return transform(document, job.settings, report, keep)


def _read_group(
    group: volume.SourceGroup,
    count: int,
    job: Job,
    environment: Environment,
    resources: ResourceStore,
    report: Callable[[Diagnostic], None],
) -> list[Document]:
    """The documents of a group; an empty source among others is passed over with a warning."""
    documents: list[Document] = []
    for source in group.files:
        try:
            document = read_source(source, job.settings, environment, resources, report)
        except SourceError as problem:
            if problem.code != "source.empty" or count == 1:
                raise
            report(Diagnostic("source.passed-over", source=source.name, hint=problem.hint))
            continue
        documents.append(document)
    return documents


def _with_cover(
    document: Document,
    job: Job,
    environment: Environment,
    resources: ResourceStore,
    report: Callable[[Diagnostic], None],
) -> Document:
    """The document with the cover picture that the settings name."""
    cover = job.settings.book.cover
    if not cover:
        return document
    from dataclasses import replace

    from publisher.errors import ResourceError
    from publisher.pictures.inspect import inspect
    from publisher.tree.meta import Resource

    base = job.base or Path()
    path = base / cover
    try:
        data = environment.read_file(path, within=base, limit=job.settings.input.max_bytes)
        info = inspect(data, job.settings.input.max_pixels)
    except ResourceError as problem:
        report(
            Diagnostic(
                problem.code,
                "warning",
                (("file", str(path)), ("problem", problem.message)),
                source="book.cover",
                hint=problem.hint,
            )
        )
        return document
    key = resources.add_file(path, data)
    resource = Resource(key, info.media_type, len(data), path.name, info.width, info.height)
    others = tuple(r for r in document.resources if r.id != key)
    return replace(
        document,
        meta=replace(document.meta, cover=key),
        resources=(*others, resource),
    )


def transform(
    document: Document,
    settings: Settings,
    report: Callable[[Diagnostic], None],
    keep: Keep | None = None,
) -> Document:
    """The document after the ordered transforms: ids, references, notes, repair, marks, script.

    `keep` takes every change of the text that is made or proposed.
    """
    from publisher.transforms.base import built_in_transforms, run_transforms

    return run_transforms(document, built_in_transforms(settings, keep), settings, report)


def preflight(document: Document, settings: Settings, report: Callable[[Diagnostic], None]) -> None:
    """A look at the text before it is laid out: a summary, and an end where the settings say so.

    Raises:
        PreflightFailed: Something is found that the settings call an error.
    """
    levels = settings.preflight
    if levels.fail or levels.warn:
        from publisher.preflight.document import check_document
        from publisher.preflight.model import levelled

        findings = levelled(check_document(document), levels)
        asked = {*levels.fail, *levels.warn}
        counts = Counter(f.code for f in findings if f.severity != "info" or f.code in asked)
        errors = [f for f in findings if f.code in levels.fail]
    else:
        from publisher.preflight.glance import glance

        counts = Counter(dict(glance(document)))
        errors = []
    for code in levels.ignore:
        counts.pop(code, None)
    if counts:
        listed = ", ".join(f"{count} {code}" for code, count in counts.most_common())
        source = document.sources[0].uri if len(document.sources) == 1 else ""
        report(Diagnostic("preflight.found", "info", (("counts", listed),), source=source))
    if errors:
        first = errors[0]
        more = f" and {len(errors) - 1} more" if len(errors) > 1 else ""
        raise PreflightFailed(
            f"{first.code}: {first.context or first.detail}{more}",
            where=first.where,
            hint=first.remedy or "publisher check lists everything",
        )


def sheet_for(
    document: Document, settings: Settings, base: Path | None, *, writing_mode: str = ""
) -> StyleSheet:
    """The style sheet: the theme asked for, else book for long works and article for the rest.

    The document's own writing mode, which the command line may have set, goes before the theme's;
    a vertical one without a theme is a vertical book. `writing_mode` goes before all of them.
    """
    from dataclasses import replace

    from publisher.theme.resolve import resolve_theme
    from publisher.tree.meta import WRITING_MODE

    theme = settings.theme
    asked = dict(document.meta.extra).get(WRITING_MODE) or settings.book.writing_mode
    mode = writing_mode or asked
    if not theme.name and not theme.file:
        horizontal = "book" if _is_book(document) else "article"
        theme = replace(theme, name="book-vertical" if mode == "vertical" else horizontal)
    return resolve_theme(theme, document.meta.language, base=base, writing_mode=mode)


def sheets_of(
    document: Document, settings: Settings, base: Path | None
) -> tuple[StyleSheet, StyleSheet]:
    """The document's own style sheet, and that of formats whose lines cannot run down.

    They are the same but for vertical documents.
    """
    sheet = sheet_for(document, settings, base)
    if not sheet.vertical:
        return sheet, sheet
    return sheet, sheet_for(document, settings, base, writing_mode="horizontal")


def tell_horizontal(
    writer: Writer, sheets: tuple[StyleSheet, StyleSheet], report: Callable[[Diagnostic], None]
) -> None:
    """Says that a vertical document is horizontal in this format."""
    sheet, flat = sheets
    if sheet.vertical and not flat.vertical and not writer.writes_vertical:
        report(Diagnostic("output.horizontal", args=(("format", writer.name.upper()),)))


def asks_pages(writer: Writer, settings: Settings) -> bool:
    """Whether a format needs the layout; an EPUB does where it is to list the pages anyhow."""
    listed = writer.name == "epub" and settings.output.epub.page_list == "always"
    return writer.needs_pages or listed


def _is_book(document: Document) -> bool:
    sections = [b for b in document.body if isinstance(b, Section)]
    if any(s.kind in ("volume", "part") for s in sections):
        return True
    chaptered = len(sections) >= BOOK_CHAPTERS
    return count_of(document) >= (CHAPTERED_CHARACTERS if chaptered else BOOK_CHARACTERS)


def count_of(document: Document) -> int:
    """How many characters of text a document has."""
    from publisher.tree.walk import document_text

    return sum(map(len, document_text(document)))


def open_faces(
    workshop: Workshop,
    document: Document,
    settings: Settings,
    report: Callable[[Diagnostic], None],
) -> FaceSet:
    """The fonts for a document: the vendored ones, led by those of ``[fonts]``."""
    from publisher.faces.catalog import load_catalog, with_user_fonts
    from publisher.faces.fallback import FaceSet

    catalog = load_catalog()
    fonts = settings.fonts
    if fonts.paths:
        catalog = with_user_fonts(catalog, fonts.paths, report)
    families = {r: f for r in ("serif", "sans", "mono") if (f := getattr(fonts, r))}
    language = document.meta.language or "zh-Hans"
    store = workshop.fonts(report)
    if settings.output.glyph_report:
        from publisher.faces.recording import RecordingFaces

        recording = RecordingFaces(store, catalog, families=families, language=language)
        return recording.remember()
    if fonts.paths:  # these can change between jobs
        return FaceSet(store, catalog, families=families, language=language)
    return workshop.faces(
        (language, *families.items()),
        lambda: FaceSet(store, catalog, families=families, language=language),
    )


def lay_out(  # noqa: PLR0913 - all that a layout depends on
    document: Document,
    sheet: StyleSheet,
    faces: FaceSet,
    resources: ResourceStore,
    settings: Settings,
    report: Callable[[Diagnostic], None],
    *,
    drawn: bool,
) -> LaidOut:
    """The pages of a document; with `drawn` they can be painted, else they have numbers only."""
    from publisher.layout.compose import compose

    return compose(document, sheet, faces, resources, settings, report, drawn=drawn)
