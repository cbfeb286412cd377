"""The library in three calls: read a source, write a document, convert sources to files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher import config, volume
from publisher.environment import ResourceStore, system_environment
from publisher.errors import ConfigError
from publisher.events import Diagnostic, Reporter, null_reporter
from publisher.intake import read_source
from publisher.job import Job, JobResult, Workshop
from publisher.output import check_reports, safe_name
from publisher.pipeline import run_job, write_document
from publisher.readers.neighbours import scheme_of
from publisher.record import dataclass, field
from publisher.sources import find_sources
from publisher.stages import transform

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from publisher.settings import Settings
    from publisher.tree.meta import Document


@dataclass(slots=True)
class Reading:
    """What `read` gives: the document, its pictures, and what was noticed on the way.

    `document` may be replaced by a changed tree before writing.
    """

    document: Document
    resources: ResourceStore
    diagnostics: list[Diagnostic] = field(default_factory=list)


def read(source: str | Path, **options: Any) -> Reading:
    """Reads one source file, with ids assigned and, when asked, its script converted.

    Args:
        source: The file, or the address of a web page.
        **options: Settings by name with ``__`` for the dot, such as ``convert__to="zh-TW"`` or
            ``input__encoding="gb18030"``.

    Raises:
        PublisherError: The source cannot be read, or an option is wrong.
    """
    settings = _settings(options)
    files = find_sources([_place(source)], settings)
    if len(files) != 1:
        raise ConfigError("read takes one file", hint="convert takes folders too")
    resources, environment = ResourceStore(), system_environment()
    found: list[Diagnostic] = []
    document = read_source(files[0], settings, environment, resources, found.append)
    document = volume.assemble(
        [("", [document])], settings, forced=_forced(options), fallback_title=files[0].stem
    )
    return Reading(transform(document, settings, found.append), resources, found)


def write(reading: Reading, target: str | Path, **options: Any) -> Path:
    """Writes a document to one file; the suffix of `target` says which format.

    Raises:
        PublisherError: The format is not known, or the file cannot be written.
    """
    path = Path(target)
    name = path.suffix.lower().lstrip(".")
    settings = _settings({**options, "output__formats": (name,)})
    workshop = Workshop(system_environment())
    write_document(reading.document, reading.resources, settings, path, workshop)
    return path


def convert(
    sources: Iterable[str | Path] | str | Path,
    folder: str | Path = "output",
    *,
    formats: tuple[str, ...] = ("pdf", "epub", "docx"),
    name: str = "",
    reporter: Reporter = null_reporter,
    **options: Any,
) -> JobResult:
    """Makes one publication of the sources; see `JobResult` for files, findings and error.

    Raises:
        PublisherError: A source is missing or an option is wrong. What goes wrong later is in
            the result's `error`.
    """
    given = [sources] if isinstance(sources, str | Path) else list(sources)
    if not given:
        raise ConfigError("convert takes one source or more", hint="the list is empty")
    paths = [_place(source) for source in given]
    settings = _settings({**options, "output__formats": formats})
    files = find_sources(paths, settings)
    groups = volume.group_parts(files, settings.input.parts)
    title = files[0].stem
    if len(files) > 1:
        title = Path(paths[0]).resolve().stem
    job = Job(
        safe_name(name or settings.book.title or title),
        tuple(groups),
        settings,
        Path(folder),
        None,
        _forced(options),
        title,
    )
    output = settings.output
    report, changes, glyphs = output.pdf.line_report, output.text_report, output.glyph_report
    if reports := [Path(name) for name in (report, changes, glyphs) if name]:
        check_reports(reports, job.targets, job.sources)
    result = run_job(job, Workshop(system_environment()), reporter)
    if result.lines is not None and result.error is None:
        from publisher.reports.lines import write_line_report

        write_line_report(Path(report), [result.lines])
    if changes:
        from publisher.reports.changes import write_text_report

        write_text_report(Path(changes), [(result.job, result.changes)])
    if result.glyphs is not None:
        from publisher.reports.glyphs import write_glyph_report

        write_glyph_report(Path(glyphs), [result.glyphs])
    return result


def _place(source: str | Path) -> str | Path:
    """A source as it was given: an address of the web as it is, all else as a path."""
    given = str(source)
    return given if scheme_of(given) in ("http", "https") else Path(source)


def _forced(options: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(name.replace("__", ".") for name in options)


def _settings(options: Mapping[str, Any]) -> Settings:
    dotted = {name.replace("__", "."): value for name, value in options.items()}
    known = {name for name, _ in config.merged(config.load(None, {}).settings)}
    for name in dotted:
        if name not in known:
            raise ConfigError(
                f"unknown option {name.replace('.', '__')}", hint="see publisher config for names"
            )
    return config.load(None, dotted).settings
