"""``publisher check``: what a reader of a source would stumble over, each with its place."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from publisher import config
from publisher.cli import exitcodes
from publisher.cli.options import add_source_arguments, source_options, source_place
from publisher.environment import system_environment
from publisher.errors import ConfigError, PublisherError
from publisher.sources import find_sources

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from publisher.checking import Checked
    from publisher.job import Workshop
    from publisher.preflight.model import Finding
    from publisher.settings import Settings
    from publisher.sources import SourceFile

HELP = "list what is doubtful in sources: marks, characters, placeholders, links, pictures"
_ROUNDS = 4  # of fixes: one may bring another to light


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``check``."""
    parser.add_argument(
        "sources", nargs="+", type=source_place, metavar="SOURCE", help="a file or folder"
    ).complete = {"bash": "_shtab_compgen_files", "zsh": "_files"}  # type: ignore[attr-defined]
    add = parser.add_argument
    add(
        "--format",
        dest="style",
        choices=("text", "json", "sarif", "github"),
        default="text",
        help="how the findings are printed",
    )
    add("--all", action="store_true", help="every finding, not the first few of each code")
    add("--fail", action="append", metavar="CODE", help="a code that is an error")
    add("--warn", action="append", metavar="CODE", help="a code that is a warning")
    add("--ignore", action="append", metavar="CODE", help="a code that is not reported")
    add("--strict", action="store_true", help="warnings make the exit code 4 as well")
    add("--fix", action="store_true", help="mend what is certain in text sources (-o, --in-place)")
    add("-o", "--output", type=Path, metavar="FILE", help="with --fix: the mended text of a source")
    add("--in-place", action="store_true", help="with --fix: overwrite the sources")
    add_source_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Prints the findings on standard output; the exit code is 4 where one is an error."""
    from publisher.job import Workshop
    from publisher.preflight.model import levelled

    settings = _settings(options)
    files = find_sources(options.sources, settings)
    if options.fix and not (options.output or options.in_place):
        raise ConfigError(
            "--fix needs a place for the mended text", code="check.fix", hint="-o or --in-place"
        )
    if options.output and (not options.fix or len(files) != 1):
        raise ConfigError(
            "-o takes the mended text of one source", code="check.output", hint="use it with --fix"
        )
    workshop = Workshop(system_environment())
    findings: list[Finding] = []
    failed = exitcodes.OK
    for file in files:
        try:
            found = _checked(file, settings, workshop, options)
        except PublisherError as problem:
            sys.stderr.write(f"publisher: {problem}\n")
            failed = problem.exit_code
            continue
        findings += levelled(found, settings.preflight)
    sys.stdout.write(_printed(findings, options))
    levels = {finding.severity for finding in findings}
    if "error" in levels or (options.strict and "warning" in levels):
        return exitcodes.PREFLIGHT
    return failed


def _settings(options: argparse.Namespace) -> Settings:
    from publisher.preflight.codes import CODES

    values = source_options(options)
    for name in ("fail", "warn", "ignore"):
        codes = getattr(options, name)
        if codes:
            values[f"preflight.{name}"] = tuple(codes)
    file = Path(options.config) if options.config else config.find(options.sources)
    settings = config.load(file, values).settings
    given = (*settings.preflight.fail, *settings.preflight.warn, *settings.preflight.ignore)
    for code in given:
        if code not in CODES and "." not in code:
            import difflib

            near = difflib.get_close_matches(code, CODES, n=1)
            raise ConfigError(
                f"no check is called {code!r}",
                code="config.preflight",
                hint=f"did you mean {near[0]}?" if near else "publisher check --help",
            )
    return settings


def _checked(
    file: SourceFile, settings: Settings, workshop: Workshop, options: argparse.Namespace
) -> list[Finding]:
    from publisher.checking import check_source

    checked = check_source(file, settings, workshop)
    if not options.fix:
        return checked.findings
    if not checked.text:
        hint = "mend text, Markdown and HTML here, other files in the program that made them"
        if options.output:
            raise ConfigError(
                "this kind of file is not mended", code="check.fix", where=file.name, hint=hint
            )
        sys.stderr.write(f"{file.name}: not mended, because it is no text ({hint})\n")
        return checked.findings
    return _fixed(file, checked, settings, workshop, options)


def _fixed(
    file: SourceFile,
    checked: Checked,
    settings: Settings,
    workshop: Workshop,
    options: argparse.Namespace,
) -> list[Finding]:
    """What is left to say after the certain fixes, which are written."""
    from publisher.checking import check_source
    from publisher.cli.textfiles import encoded
    from publisher.intake import read_bytes
    from publisher.output import replace_file
    from publisher.preflight.fixes import apply_fixes
    from publisher.preflight.report import line_of

    target = options.output or file.path
    data = read_bytes(file.path, settings.input.max_bytes)
    text, found, done = checked.text, checked.findings, 0
    for _ in range(_ROUNDS):
        text, mended = apply_fixes(text, found)
        if not mended:
            break
        done += len(mended)
        for finding in mended:
            fix = repr(finding.fix) if finding.fix else "taken out"
            sys.stderr.write(f"mended: {line_of(finding)} → {fix}\n")
        out = encoded(data, checked.text, text, checked.encoding)
        replace_file(target, lambda place, out=out: place.write_bytes(out))  # type: ignore[misc]
        again = check_source(_at(file, target), settings, workshop)
        found = [f._replace(source=file.name) for f in again.findings]
    if not done:
        replace_file(target, lambda place: place.write_bytes(data))
    sys.stderr.write(f"{done} places are mended: {target}\n")
    return found


def _at(file: SourceFile, path: Path) -> SourceFile:
    from dataclasses import replace

    return replace(file, path=path, name=str(path))


def _printed(findings: Sequence[Finding], options: argparse.Namespace) -> str:
    from publisher.preflight import report

    if options.style == "text":
        return report.as_text(findings, everything=options.all)
    return {"json": report.as_json, "sarif": report.as_sarif, "github": report.as_github}[
        options.style
    ](findings)
