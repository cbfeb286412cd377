"""``publisher repair``: Traditional text that a machine converted wrongly, listed and mended."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from publisher import config
from publisher.cli import exitcodes
from publisher.cli.textfiles import encoded
from publisher.environment import ResourceStore, system_environment
from publisher.errors import ConfigError
from publisher.events import ignore
from publisher.intake import choose_reader, read_bytes, read_source
from publisher.sources import find_sources

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from publisher.settings import RepairSettings, Settings
    from publisher.sources import SourceFile
    from publisher.transforms.changes import Change

HELP = "list and mend Traditional text that a machine converted wrongly, character by character"
# What is mended as it stands; other sources are mended when they are built.
_TEXTS: Final = frozenset(["text", "markdown", "html"])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``repair``."""
    source = parser.add_argument("source", type=Path, metavar="FILE", help="a source")
    source.complete = {"bash": "_shtab_compgen_files", "zsh": "_files"}  # type: ignore[attr-defined]
    add = parser.add_argument
    add("-o", "--output", type=Path, metavar="FILE", help="where the mended text goes")
    add(
        "--mode",
        choices=("suggest", "safe", "apply"),
        help="suggest: list only; safe: mend what is certain; apply: everything (with -o: apply)",
    )
    add("--words", metavar="FILE", help="words that overrule the program's, one a line")
    add("--json", action="store_true", help="the changes as JSON")
    add("--config", metavar="FILE", help="configuration file (publisher.toml beside the source)")
    add("--from", dest="from_format", metavar="FORMAT", help="source format; see formats")
    add("--encoding", metavar="NAME", help="encoding of a text source, such as gb18030")


def run(options: argparse.Namespace) -> int:
    """Prints every change on standard output, a summary on standard error; writes the text."""
    file = Path(options.config) if options.config else config.find([options.source])
    given = {
        "repair.words": options.words,
        "input.format": options.from_format,
        "input.encoding": options.encoding,
    }
    settings = config.load(file, {k: v for k, v in given.items() if v is not None}).settings
    repair = settings.repair
    if options.mode or options.output or repair.mode == "off":
        mode = options.mode or ("apply" if options.output else "suggest")
        repair = replace(repair, mode=mode)
    sources = find_sources([options.source], settings)
    if len(sources) != 1:
        raise ConfigError(
            f"holds {len(sources)} sources",
            where=str(options.source),
            code="repair.several",
            hint="repair takes one; a build with --repair apply mends them all",
        )
    (source,) = sources
    data = read_bytes(source.path, settings.input.max_bytes)
    if choose_reader(source, data, settings).name in _TEXTS:
        changes = _mended_text(data, source.name, settings, repair, options.output)
    elif options.output:
        raise ConfigError(
            "is no text source, so it is not written mended",
            where=source.name,
            code="repair.format",
            hint=f"publisher build --repair {repair.mode} makes mended files of it",
        )
    else:
        changes = _of_document(source, settings, repair)
    sys.stdout.write(_as_json(changes) if options.json else _listed(changes))
    sys.stderr.write(_summary(changes, repair, options.output, source.name) + "\n")
    return exitcodes.OK


def _mended_text(
    data: bytes, name: str, settings: Settings, repair: RepairSettings, target: Path | None
) -> tuple[Change, ...]:
    from publisher.output import replace_file
    from publisher.text.encoding import decode
    from publisher.transforms.repair.plain import repair_text

    decoded = decode(data, settings.input.encoding, ignore, name)
    made = repair_text(decoded.text, repair, name)
    if target is not None:
        out = encoded(data, decoded.text, made.text, decoded.encoding)
        replace_file(target, lambda place: place.write_bytes(out))
    return made.changes


def _of_document(
    source: SourceFile, settings: Settings, repair: RepairSettings
) -> tuple[Change, ...]:
    from publisher.transforms.repair.document import repair_document

    environment = system_environment()
    document = read_source(source, settings, environment, ResourceStore(), ignore)
    # A look at the words is asked for here, whatever the text's first impression.
    found: list[Change] = []
    repair_document(document, replace(repair, mode="apply"), ignore, found.extend)
    return tuple(found)


def _listed(changes: Sequence[Change]) -> str:
    from publisher.reports.changes import line_of

    return "".join(line_of(change) + "\n" for change in changes)


def _as_json(changes: Sequence[Change]) -> str:
    records: list[dict[str, Any]] = [change._asdict() for change in changes]
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"


def _summary(
    changes: Sequence[Change], repair: RepairSettings, target: Path | None, name: str
) -> str:
    if not changes:
        text = f"{name}: no sign of a machine's conversion; nothing is changed"
        return text + (f": {target}" if target else "")
    sure = sum(change.sure for change in changes)
    text = f"{len(changes)} characters look wrongly converted, {sure} of them surely"
    if target is None:
        return text + "; -o FILE writes the text mended"
    done = {"suggest": 0, "safe": sure}.get(repair.mode, len(changes))
    return f"{text}; {done} are mended: {target}"
