"""``publisher verify``: finished files read back, and compared with what they were made from."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from publisher import config, volume
from publisher.cli import exitcodes
from publisher.cli.options import add_source_arguments, source_options, source_place
from publisher.environment import ResourceStore, system_environment
from publisher.errors import PublisherError
from publisher.intake import read_bytes
from publisher.job import Job
from publisher.sources import find_sources
from publisher.stages import prepare

if TYPE_CHECKING:
    import argparse

    from publisher.settings import Settings
    from publisher.tree.meta import Document

HELP = "read finished PDF, EPUB and Word files back, and compare them with their source"
_LIMIT = 1 << 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``verify``."""
    complete = {"bash": "_shtab_compgen_files", "zsh": "_files"}
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="a PDF, EPUB or Word file"
    ).complete = complete  # type: ignore[attr-defined]
    parser.add_argument(
        "--against",
        action="extend",
        nargs="+",
        type=source_place,
        metavar="SOURCE",
        help="what the files were made from: sources, or a tree in JSON",
    ).complete = complete  # type: ignore[attr-defined]
    parser.add_argument(
        "--all", action="store_true", help="every fault, not the first 40 of a file"
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    add_source_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Prints the report on standard output; the exit code is 1 where something is wrong."""
    from publisher.verify import report
    from publisher.verify.proof import Proof, cross_check, prove

    document, resources, settings = _tree(options)
    tagged = settings.output.pdf.standard != "none"
    against = ", ".join(map(str, options.against or ()))
    proofs: list[Proof] = []
    failed = exitcodes.OK
    for path in options.files:
        try:
            data = read_bytes(path, _LIMIT)
            proofs.append(prove(data, str(path), document, resources.open, against, tagged=tagged))
        except PublisherError as problem:
            sys.stderr.write(f"publisher: {problem}\n")
            failed = problem.exit_code
    if document is not None:
        cross_check(proofs)
    if options.json:
        sys.stdout.write(report.as_json(proofs))
    else:
        sys.stdout.write(report.as_text(proofs, everything=options.all))
    if failed == exitcodes.OK and any(proof.faults for proof in proofs):
        return exitcodes.FAILED
    return failed


def _tree(options: argparse.Namespace) -> tuple[Document | None, ResourceStore, Settings]:
    """The tree that ``--against`` names, made as `build` makes it."""
    resources = ResourceStore()
    if not options.against:
        return None, resources, config.load(None, source_options(options)).settings
    file = Path(options.config) if options.config else config.find(options.against)
    loaded = config.load(file, source_options(options))
    files = find_sources(options.against, loaded.settings)
    title = files[0].stem
    if len(files) > 1:
        title = Path(options.against[0]).resolve().stem
    job = Job(
        title,
        tuple(volume.group_parts(files, loaded.settings.input.parts)),
        loaded.settings,
        Path(),
        loaded.folder,
        frozenset(name for name, origin in loaded.origins.items() if origin == "command line"),
        title,
    )
    environment = system_environment()
    document = prepare(
        job, environment, resources, lambda _: None, lambda *_: contextlib.nullcontext()
    )
    return document, resources, loaded.settings
