"""``publisher build``: sources to PDF, EPUB and Word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher import config, volume
from publisher.batch import plan_for, run_batch
from publisher.cli import exitcodes
from publisher.cli.batch import add_batch_arguments, batch_values, check_executor
from publisher.cli.options import add_source_arguments, source_options, source_place
from publisher.cli.progress import Stopwatch, make_reporter, print_report
from publisher.config import setting
from publisher.editions import editions
from publisher.environment import system_environment
from publisher.errors import ConfigError, SourceError
from publisher.job import Job
from publisher.output import check_reports, safe_name
from publisher.sources import find_sources

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from publisher.config import Loaded
    from publisher.job import JobResult
    from publisher.sources import SourceFile

_REPORTS = ("output.pdf.line_report", "output.text_report", "output.glyph_report")

HELP = "turn sources into PDF, EPUB and Word files"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``build``."""
    parser.add_argument(
        "sources",
        nargs="+",
        type=source_place,
        metavar="SOURCE",
        help="a file, a folder or zip archive of sources, or the address of a web page",
    ).complete = {"bash": "_shtab_compgen_files", "zsh": "_files"}  # type: ignore[attr-defined]
    parser.add_argument("-o", "--output", metavar="DIR", help="folder for the results (output)")
    parser.add_argument(
        "-f",
        "--format",
        action="append",
        metavar="LIST",
        help="formats, comma separated (pdf,epub,docx); may be given again",
    )
    parser.add_argument(
        "--each", action="store_true", help="one publication per source instead of one volume"
    )
    parser.add_argument("--name", metavar="NAME", help="file name of the results, without suffix")
    parser.add_argument(
        "--pdf-standard",
        metavar="NAME",
        help="archival (tagged: PDF/UA-1 and PDF/A-2a) or none (plain, smaller files)",
    )
    parser.add_argument(
        "--reader",
        metavar="NAME",
        help="what the EPUB is for: kindle, kobo, apple or generic (any reading system)",
    )
    parser.add_argument(
        "--line-report",
        metavar="FILE",
        help="report lines that were stretched or shrunk much (.json, else text)",
    ).complete = {"bash": "_shtab_compgen_files", "zsh": "_files"}  # type: ignore[attr-defined]
    parser.add_argument(
        "--text-report",
        metavar="FILE",
        help="list every change of the text, made or proposed (.json, else text)",
    ).complete = {"bash": "_shtab_compgen_files", "zsh": "_files"}  # type: ignore[attr-defined]
    parser.add_argument(
        "--glyph-report",
        metavar="FILE",
        help="list the face that draws each character (.json, else text)",
    ).complete = {"bash": "_shtab_compgen_files", "zsh": "_files"}  # type: ignore[attr-defined]
    parser.add_argument(
        "--verify",
        action="store_true",
        help="read finished files back and compare them with the source, character by character",
    )
    parser.add_argument(
        "--edition",
        action="append",
        metavar="TAG",
        help="a set of files for zh-Hans, zh-TW, zh-HK ...; may be given again",
    )
    parser.add_argument(
        "--strict", action="store_true", help="a character that no font draws is an error"
    )
    parser.add_argument(
        "--reference-docx",
        metavar="FILE",
        help="Word file that lends its styles, page, heads and feet, and numbering",
    )
    parser.add_argument(
        "--embed-fonts",
        action="store_const",
        const="subset",
        help="put the fonts of Word files into them, cut to their characters",
    )
    parser.add_argument("--watch", action="store_true", help="build again whatever changes")
    parser.add_argument("--json", action="store_true", help="print events as JSON lines")
    parser.add_argument("-q", "--quiet", action="store_true", help="print warnings and errors only")
    add_batch_arguments(parser)
    add_source_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Builds; the exit code is that of the first job that failed."""
    if options.watch:
        from publisher.cli.watch import Built, keep_building

        def again(loaded: Loaded) -> Built:
            results = _build(options, loaded)
            files = {o.path.resolve() for r in results for o in r.outputs}
            reports = (_report_file(loaded, name) for name in _REPORTS)
            files |= {report.resolve() for report in reports if report is not None}
            return Built(_exit_code(results), frozenset(files))

        return keep_building(options.sources, lambda: _settings(options), again)
    return _exit_code(_build(options, _settings(options)))


def _exit_code(results: Sequence[JobResult]) -> int:
    failed = [r.error for r in results if r.error is not None]
    return failed[0].exit_code if failed else exitcodes.OK


def _build(options: argparse.Namespace, loaded: Loaded) -> list[JobResult]:
    jobs = list(make_jobs(options.sources, loaded))
    report, changes, glyphs = files = [_report_file(loaded, name) for name in _REPORTS]
    if reports := [file for file in files if file is not None]:
        targets = (target for job in jobs for target in job.targets)
        check_reports(reports, targets, {source for job in jobs for source in job.sources})
    reporter = make_reporter(as_json=options.json, quiet=options.quiet, jobs=len(jobs))
    with reporter:
        timed = Stopwatch(reporter)
        results = run_batch(jobs, system_environment(), timed, plan=plan_for(loaded, len(jobs)))
    if report is not None and (made := [r.lines for r in results if r.lines and not r.error]):
        from publisher.reports.lines import write_line_report

        write_line_report(report, made)
    if changes is not None:
        from publisher.reports.changes import write_text_report

        write_text_report(changes, [(r.job, r.changes) for r in results])
    if glyphs is not None:
        from publisher.reports.glyphs import write_glyph_report

        write_glyph_report(glyphs, [r.glyphs for r in results if r.glyphs is not None])
    if not options.json:
        print_report(results, quiet=options.quiet, seconds=timed.seconds)
    return results


def _settings(options: argparse.Namespace) -> Loaded:
    values: dict[str, Any] = source_options(options)
    given = {
        "output.folder": options.output,
        "output.name": options.name,
        "output.docx.reference": options.reference_docx,
        "output.docx.embed_fonts": options.embed_fonts,
        "output.pdf.standard": options.pdf_standard,
        "output.epub.reader": options.reader,
        "output.pdf.line_report": options.line_report,
        "output.text_report": options.text_report,
        "output.glyph_report": options.glyph_report,
        "output.each": options.each or None,
        "output.verify": options.verify or None,
        "strict": options.strict or None,
    }
    values.update((name, option) for name, option in given.items() if option is not None)
    if options.format is not None:
        names = tuple(n.strip().lower() for n in ",".join(options.format).split(",") if n.strip())
        values["output.formats"] = tuple(dict.fromkeys(names))
    values |= batch_values(options)
    if options.edition:
        values["output.editions"] = tuple(options.edition)
    file = Path(options.config) if options.config else config.find(options.sources)
    loaded = config.load(file, values)
    check_executor(loaded)
    return loaded


def _report_file(loaded: Loaded, name: str) -> Path | None:
    """The file that a report goes to: one named in a configuration stands beside it."""
    named = setting(loaded.settings, name)
    if not named:
        return None
    path = Path(named)
    if loaded.folder is not None and loaded.origins[name] != "command line":
        path = loaded.folder / path
    return path


def make_jobs(sources: Sequence[Path | str], loaded: Loaded) -> Iterator[Job]:
    """The jobs of a run: one for the volume, or one for each source; all in each edition.

    Raises:
        SourceError: A source is missing; with ``--each`` only when none is left.
    """
    settings = loaded.settings
    forced = frozenset(n for n, origin in loaded.origins.items() if origin == "command line")
    files = find_sources(sources, settings)
    if settings.input.outline and len(files) != 1:
        raise ConfigError(
            f"an outline belongs to one text; there are {len(files)} sources",
            code="config.outline",
            hint="build that text by itself",
        )
    folder = Path(settings.output.folder)
    if (
        "output.folder" not in forced
        and loaded.folder is not None
        and "output.folder" in (loaded.origins)
    ):
        folder = loaded.folder / folder
    if settings.output.each:
        taken: set[str] = set()
        for file in files:
            name = _free(safe_name(file.stem), taken)
            group = volume.SourceGroup("", (file,))
            job = Job(name, (group,), settings, folder, loaded.folder, forced, file.stem)
            yield from editions(job, loaded.origins)
        return
    groups = volume.group_parts(files, settings.input.parts)
    title = _volume_title(sources, files)
    name = safe_name(settings.output.name or settings.book.title or title)
    if len(files) == 1 and not settings.output.name:
        name = safe_name(files[0].stem)
    job = Job(name, tuple(groups), settings, folder, loaded.folder, forced, title)
    yield from editions(job, loaded.origins)


def _volume_title(sources: Sequence[Path | str], files: Sequence[SourceFile]) -> str:
    if len(files) == 1:
        return files[0].stem
    if len(sources) == 1:
        whole = Path(sources[0]).resolve()
        return whole.name if whole.is_dir() else whole.stem
    if not files:
        raise SourceError("there is nothing to build", code="source.none")
    return files[0].stem


def _free(name: str, taken: set[str]) -> str:
    """`name`, numbered when an earlier source has it (compared as case-blind systems do)."""
    candidate, number = name, 2
    while candidate.casefold() in taken:
        candidate, number = f"{name}-{number}", number + 1
    taken.add(candidate.casefold())
    return candidate
