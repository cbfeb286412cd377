"""One job from sources to finished files: read, join, transform, lay out, write.

`run_job` never raises for anything a user can cause: errors become data, so that a batch goes on.
"""

from __future__ import annotations

import contextlib
import gc
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from publisher import registry, volume
from publisher.environment import Environment, ResourceStore
from publisher.errors import (
    ConfigError,
    NoCoverage,
    PreflightFailed,
    ProofFailed,
    PublisherError,
    SourceError,
    SourceTooLarge,
)
from publisher.events import (
    Diagnostic,
    DiagnosticRaised,
    JobFinished,
    JobStarted,
    OutputWritten,
    Reporter,
    StageFinished,
    StageStarted,
    ignore,
)
from publisher.intake import read_source
from publisher.messages import text_of
from publisher.output import check_targets, refuse_sources, write_output
from publisher.record import dataclass, field
from publisher.tree.nodes import Section
from publisher.writers.base import WriteInfo, WriteRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from publisher.faces.fallback import FaceSet
    from publisher.faces.store import FontStore
    from publisher.layout.line_report import LineReport
    from publisher.layout.types import LaidOut
    from publisher.ledger import Ledger
    from publisher.settings import Settings
    from publisher.theme.model import StyleSheet
    from publisher.transforms.changes import Change, Keep
    from publisher.tree.meta import Document
    from publisher.verify.proof import Proof
    from publisher.writers.base import Writer

# An unthemed publication is a book, not an article, when it has parts, or from so many characters
# on, or from fewer when they are in chapters.
BOOK_CHARACTERS = 60_000
CHAPTERED_CHARACTERS = 20_000
BOOK_CHAPTERS = 5


@dataclass(frozen=True, slots=True)
class Job:
    """One publication to make. Small and picklable.

    Attributes:
        name: File name of the outputs without suffix; also names the job in events.
        groups: The sources, by part.
        settings: Merged settings.
        folder: Where the outputs go.
        base: Folder that paths in the configuration are relative to.
        forced: Names of settings given on the command line.
        title: Title to use when neither the sources nor the settings give one.
    """

    name: str
    groups: tuple[volume.SourceGroup, ...]
    settings: Settings
    folder: Path
    base: Path | None = None
    forced: frozenset[str] = frozenset()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """A finished file."""

    format: str
    path: Path
    size: int
    pages: int


@dataclass(slots=True)
class JobResult:
    """What came of a job. `error` is None when every output was written.

    `lines`, `changes` and `glyphs` are there when the settings ask for a report on lines, on the
    text's changes, on faces; who ran the jobs writes their files. `proofs` are there when finished
    files are read back. `skipped` is True for a job of a batch that was done before.
    """

    job: str
    outputs: list[Output] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    error: PublisherError | None = None
    characters: int = 0
    pages: int = 0
    seconds: float = 0.0
    lines: LineReport | None = None
    changes: list[Change] = field(default_factory=list)
    glyphs: Ledger | None = None
    proofs: list[Proof] = field(default_factory=list)
    skipped: bool = False


@dataclass(slots=True)
class Workshop:
    """What a process keeps between jobs: opened fonts."""

    environment: Environment
    store: FontStore | None = None

    def fonts(self, report: Callable[[Diagnostic], None]) -> FontStore:
        """The font store, opened once."""
        if self.store is None:
            from publisher.faces.store import FontStore, default_cache

            self.store = FontStore(default_cache(self.environment.variables), report)
        return self.store


def run_job(job: Job, workshop: Workshop, reporter: Reporter) -> JobResult:
    """Makes one publication; user errors come back in the result."""
    result = JobResult(job.name)
    began = time.perf_counter()
    sources = sum(len(g.files) for g in job.groups)
    reporter(JobStarted(job.name, sources))

    def report(diagnostic: Diagnostic) -> None:
        result.diagnostics.append(diagnostic)
        reporter(DiagnosticRaised(job.name, diagnostic))

    try:
        with _no_collection():
            _Run(job, workshop, reporter, report, result).all()
    except PublisherError as problem:
        result.error = problem
    except MemoryError:
        result.error = SourceTooLarge(
            "needs more memory than this machine has",
            code="source.memory",
            hint="split the source",
        )
    except RecursionError:
        result.error = SourceError("is nested too deeply", hint="make the structure flatter")
    result.seconds = time.perf_counter() - began
    shown = str(result.error) if result.error else ""
    reporter(JobFinished(job.name, result.seconds, shown))
    return result


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Holds the cyclic garbage collector back: trees and lines are many and have no cycles.

    Measured on a novel: a fifth of the time, for 9 MiB more.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(slots=True)
class _Run:
    job: Job
    workshop: Workshop
    reporter: Reporter
    report: Callable[[Diagnostic], None]
    result: JobResult

    @contextlib.contextmanager
    def stage(self, name: str, total: int = 0, unit: str = "") -> Iterator[None]:
        began = time.perf_counter()
        self.reporter(StageStarted(self.job.name, name, total, unit))
        yield
        self.reporter(StageFinished(self.job.name, name, time.perf_counter() - began))

    def all(self) -> None:
        job, settings = self.job, self.job.settings
        writers = [registry.writer(name) for name in settings.output.formats]
        if not writers:
            raise ConfigError("no output format is chosen", hint="--format pdf,epub,docx")
        targets = [job.folder / f"{job.name}{writer.suffix}" for writer in writers]
        check_targets(targets, overwrite=settings.output.overwrite)
        refuse_sources(targets, (file.path for group in job.groups for file in group.files))
        resources = ResourceStore()
        keep = self.result.changes.extend if settings.output.text_report else None
        document = prepare(job, self.workshop.environment, resources, self.report, self.stage, keep)
        preflight(document, settings, self.report)
        sheet, flat = _sheets(document, settings, job.base)
        faces = open_faces(self.workshop, document, settings, self.report)
        sheets = [w.sheet(sheet if w.writes_vertical else flat, settings) for w in writers]
        laid_out = self._pages(document, sheet, sheets, faces, resources, writers)
        first = laid_out.get(id(sheet)) or next(iter(laid_out.values()), None)
        if first is not None:
            self.result.pages = len(first.pages)
        if first is not None and settings.output.pdf.line_report:
            from publisher.layout.line_report import line_report

            self.result.lines = line_report(job.name, first)
        self.result.characters = _count(document)
        self._missing(document, faces, first)
        for writer, target, own in zip(writers, targets, sheets, strict=True):
            _tell_horizontal(writer, (sheet, flat), self.report)
            with self.stage(writer.name):
                request = WriteRequest(
                    document=document,
                    sheet=own,
                    settings=settings,
                    faces=faces,
                    resources=resources,
                    laid_out=laid_out.get(id(own)),
                    environment=self.workshop.environment.stamped(document.meta.date),
                    target=target,
                    report=self.report,
                )
                info = write_output(writer.write, request)
            size = target.stat().st_size
            self.result.outputs.append(Output(writer.name, target, size, info.pages))
            self.reporter(OutputWritten(job.name, writer.name, str(target), size, info.pages))
        if settings.output.glyph_report:
            from publisher.faces.recording import RecordingFaces
            from publisher.ledger import glyph_ledger

            assert isinstance(faces, RecordingFaces)
            self.result.glyphs = glyph_ledger(job.name, document, faces)
        if settings.output.verify:
            with self.stage("verify"):
                self._verify(document, resources)

    def _verify(self, document: Document, resources: ResourceStore) -> None:
        """Reads the finished files back; what is not as the tree says fails the job."""
        from publisher.verify.proof import cross_check, prove
        from publisher.verify.report import FIRST
        from publisher.verify.report import text_of as words

        proofs = self.result.proofs
        tagged = self.job.settings.output.pdf.standard != "none"
        for output in self.result.outputs:
            data = output.path.read_bytes()
            name = str(output.path)
            proofs.append(prove(data, name, document, resources.open, ours=True, tagged=tagged))
        cross_check(proofs)
        for proof in proofs:
            for fault in proof.faults[:FIRST]:
                place = f"{fault.place}: " if fault.place else ""
                change = f": {fault.wanted!r} -> {fault.found!r}" if fault.wanted else ""
                what = f"{place}{words(fault)}{change}"
                self.report(
                    Diagnostic("verify.fault", "error", (("what", what),), source=proof.file)
                )
        count = sum(len(proof.faults) for proof in proofs)
        if count:
            raise ProofFailed(
                f"finished files differ from what was meant, in {count:,} places",
                hint="please report it with the source",
            )

    def _pages(
        self,
        document: Document,
        own: StyleSheet,
        sheets: Sequence[StyleSheet],
        faces: FaceSet,
        resources: ResourceStore,
        writers: Sequence[Writer],
    ) -> dict[int, LaidOut]:
        """The pages on each sheet that a writer needs them on, by the sheet's identity.

        Writers on one sheet share its pages. `own` is the document's sheet, which a report on lines
        is about.
        """
        settings = self.job.settings
        pairs = tuple(zip(writers, sheets, strict=True))
        wanted = {id(s): s for w, s in pairs if _asks_pages(w, settings)}
        painted = {id(s) for w, s in pairs if w.paints_pages}
        if settings.output.pdf.line_report:
            wanted = {id(own): own, **wanted}
            painted.add(id(own))
        found: dict[int, LaidOut] = {}
        if not wanted:
            return found
        report = self.report
        with self.stage("layout"):
            for key, sheet in wanted.items():
                drawn = key in painted
                made = lay_out(document, sheet, faces, resources, settings, report, drawn=drawn)
                made.once = drawn
                found[key] = made
                report = ignore  # what is found once is found on every sheet
        return found

    def _missing(self, document: Document, faces: FaceSet, laid_out: LaidOut | None) -> None:
        """Names every character that no face draws, once, with its first place."""
        from publisher.coverage import missing_characters

        missing = laid_out.missing if laid_out is not None else missing_characters(document, faces)
        found = [
            Diagnostic(
                "font.missing-glyph",
                "error" if self.job.settings.strict else "warning",
                (("char", m.text), ("code", " ".join(f"U+{ord(c):04X}" for c in m.text))),
                source=m.pos.source if m.pos else "",
                line=m.pos.start if m.pos else 0,
                hint="name a font that has it in fonts.paths",
            )
            for m in missing
        ]
        for diagnostic in found:
            self.report(diagnostic)
        if found and self.job.settings.strict:
            first = found[0]
            more = f" and {len(found) - 1} more" if len(found) > 1 else ""
            raise NoCoverage(text_of(first) + more, where=first.where, hint=first.hint)


def write_document(
    document: Document,
    resources: ResourceStore,
    settings: Settings,
    target: Path,
    workshop: Workshop,
    report: Callable[[Diagnostic], None] = ignore,
) -> WriteInfo:
    """Writes one transformed document to one file, in the first format of the settings.

    Raises:
        PublisherError: The file cannot be made.
    """
    writer = registry.writer(settings.output.formats[0])
    check_targets([target], overwrite=settings.output.overwrite)
    drawn = writer.paints_pages
    sheet, flat = _sheets(document, settings, None)
    _tell_horizontal(writer, (sheet, flat), report)
    sheet = writer.sheet(sheet if writer.writes_vertical else flat, settings)
    faces = open_faces(workshop, document, settings, report)
    laid_out = None
    if _asks_pages(writer, settings):
        laid_out = lay_out(document, sheet, faces, resources, settings, report, drawn=drawn)
    request = WriteRequest(
        document=document,
        sheet=sheet,
        settings=settings,
        faces=faces,
        resources=resources,
        laid_out=laid_out,
        environment=workshop.environment.stamped(document.meta.date),
        target=target,
        report=report,
    )
    return write_output(writer.write, request)


# ------------------------------------------------------------------------------- the stages


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


def _sheets(
    document: Document, settings: Settings, base: Path | None
) -> tuple[StyleSheet, StyleSheet]:
    """The document's own style sheet, and that of formats whose lines cannot run down.

    They are the same but for vertical documents.
    """
    sheet = sheet_for(document, settings, base)
    if not sheet.vertical:
        return sheet, sheet
    return sheet, sheet_for(document, settings, base, writing_mode="horizontal")


def _tell_horizontal(
    writer: Writer, sheets: tuple[StyleSheet, StyleSheet], report: Callable[[Diagnostic], None]
) -> None:
    """Says that a vertical document is horizontal in this format."""
    sheet, flat = sheets
    if sheet.vertical and not flat.vertical and not writer.writes_vertical:
        report(Diagnostic("output.horizontal", args=(("format", writer.name.upper()),)))


def _asks_pages(writer: Writer, settings: Settings) -> bool:
    """Whether a format needs the layout; an EPUB does where it is to list the pages anyhow."""
    listed = writer.name == "epub" and settings.output.epub.page_list == "always"
    return writer.needs_pages or listed


def _is_book(document: Document) -> bool:
    sections = [b for b in document.body if isinstance(b, Section)]
    if any(s.kind in ("volume", "part") for s in sections):
        return True
    chaptered = len(sections) >= BOOK_CHAPTERS
    return _count(document) >= (CHAPTERED_CHARACTERS if chaptered else BOOK_CHARACTERS)


def _count(document: Document) -> int:
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
    return FaceSet(store, catalog, families=families, language=language)


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
