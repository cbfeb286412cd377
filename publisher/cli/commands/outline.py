"""``publisher outline``: the headings found in a plain text, as a table to look over and edit."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from publisher import config
from publisher.cli import exitcodes
from publisher.cli.options import add_source_arguments, source_options
from publisher.environment import ResourceStore, system_environment
from publisher.errors import UnsupportedFormat
from publisher.intake import choose_reader, read_bytes
from publisher.messages import text_of
from publisher.sources import find_sources

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from publisher.events import Diagnostic
    from publisher.readers.plain.outline import Hit

HELP = "list the headings found in a plain text, to edit and give back with --outline"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``outline``."""
    source = parser.add_argument("source", type=Path, metavar="FILE", help="a plain text")
    source.complete = {"bash": "_shtab_compgen_files", "zsh": "_files"}  # type: ignore[attr-defined]
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write it")
    add_source_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Writes the table on standard output or into a file, a summary on standard error."""
    from publisher.output import refuse_sources, replace_file
    from publisher.readers.base import ReadRequest
    from publisher.readers.plain.outline import find_hits, write_outline
    from publisher.readers.plain.reader import text_pieces

    file = Path(options.config) if options.config else config.find([options.source])
    settings = config.load(file, source_options(options)).settings
    (source,) = find_sources([options.source], settings)[:1]
    data = read_bytes(source.path, settings.input.max_bytes)
    if choose_reader(source, data, settings).name != "text":
        raise UnsupportedFormat(
            "is no plain text; its headings are marked in it",
            where=source.name,
            code="outline.text",
        )
    request = ReadRequest(
        data,
        source.name,
        source.path,
        source.root,
        settings.input,
        system_environment(),
        ResourceStore(),
        _tell,
    )
    pieces, _ = text_pieces(request)
    hits = find_hits(pieces, settings.input.chapter_patterns)
    table = write_outline(hits)
    if options.output is None:
        sys.stdout.write(table)
    else:
        refuse_sources([options.output], [source.path])
        replace_file(options.output, lambda place: place.write_text(table, "utf-8"))
    sys.stderr.write(_summary(hits) + "\n")
    return exitcodes.OK


def _summary(hits: Sequence[Hit]) -> str:
    used = [hit for hit in hits if hit.use]
    odd = [hit for hit in used if hit.note]
    text = f"{len(used)} headings, {len(hits) - len(used)} lines that only look like some"
    if odd:
        first = odd[0]
        text += f"; {len(odd)} numbers out of order, the first on line {first.line}: {first.note}"
    return text


def _tell(diagnostic: Diagnostic) -> None:
    place = f"{diagnostic.where}: " if diagnostic.where else ""
    sys.stderr.write(f"{place}{diagnostic.severity}: {text_of(diagnostic)}\n")
