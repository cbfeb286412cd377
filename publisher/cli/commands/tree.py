"""``publisher tree``: what a source was understood to be, as JSON."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from publisher import config, volume
from publisher.cli import exitcodes
from publisher.cli.options import add_source_arguments, source_options, source_place
from publisher.environment import ResourceStore, system_environment
from publisher.errors import ConfigError
from publisher.job import Job
from publisher.messages import text_of
from publisher.sources import find_sources
from publisher.stages import prepare

if TYPE_CHECKING:
    import argparse

    from publisher.events import Diagnostic

HELP = "print the document tree of a source as JSON"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``tree``."""
    parser.add_argument(
        "sources", nargs="+", type=source_place, metavar="SOURCE", help="a file or folder"
    ).complete = {"bash": "_shtab_compgen_files", "zsh": "_files"}  # type: ignore[attr-defined]
    parser.add_argument("--lines", action="store_true", help="JSON Lines, one chapter a line")
    parser.add_argument("--raw", action="store_true", help="as read, before ids and conversion")
    parser.add_argument(
        "--check", action="store_true", help="print what is wrong with the tree instead of the tree"
    )
    add_source_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Prints the tree on standard output, findings on standard error."""
    from publisher.intake import read_source
    from publisher.tree.json import to_json, to_json_lines

    file = Path(options.config) if options.config else config.find(options.sources)
    loaded = config.load(file, source_options(options))
    files = find_sources(options.sources, loaded.settings)
    environment, resources = system_environment(), ResourceStore()
    if options.raw:
        if len(files) != 1:
            raise ConfigError("--raw takes one source", code="config.raw")
        document = read_source(files[0], loaded.settings, environment, resources, _tell)
    else:
        groups = volume.group_parts(files, loaded.settings.input.parts)
        job = Job(
            files[0].stem,
            tuple(groups),
            loaded.settings,
            Path(),
            loaded.folder,
            frozenset(n for n, o in loaded.origins.items() if o == "command line"),
            files[0].stem,
        )
        document = prepare(job, environment, resources, _tell, lambda *_: contextlib.nullcontext())
    if options.check:
        from publisher.tree.check import check

        findings = check(document)
        for finding in findings:
            _tell(finding)
        return exitcodes.FAILED if findings else exitcodes.OK
    encode = to_json_lines if options.lines else to_json
    sys.stdout.write(encode(document).rstrip("\n") + "\n")
    return exitcodes.OK


def _tell(diagnostic: Diagnostic) -> None:
    place = f"{diagnostic.where}: " if diagnostic.where else ""
    sys.stderr.write(f"{place}{diagnostic.severity}: {text_of(diagnostic)}\n")
