"""``publisher config``: the merged settings and where each value comes from."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher import config
from publisher.cli import exitcodes
from publisher.cli.options import add_source_arguments, source_options

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

HELP = "print the merged settings, each with its origin"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``config``."""
    parser.add_argument(
        "sources", nargs="*", type=Path, metavar="SOURCE", help="file or folder of a publisher.toml"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    add_source_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Prints a line a setting."""
    file = Path(options.config) if options.config else config.find(options.sources or [Path()])
    loaded = config.load(file, source_options(options))
    rows: list[tuple[str, Any, str]] = []
    for name, value in config.merged(loaded.settings):
        origin = loaded.origins.get(name, "default")
        if name == "theme.overrides":
            rows += [(f"theme.{key}", inner, origin) for key, inner in _leaves(dict(value))]
        else:
            rows.append((config.file_key(name), value, origin))
    if options.json:
        table = {name: {"value": value, "origin": origin} for name, value, origin in rows}
        text = json.dumps(table, ensure_ascii=False, indent=2, default=_plain)
    else:
        text = "\n".join(
            f"{name} = {json.dumps(value, ensure_ascii=False, default=_plain)}  # {origin}"
            for name, value, origin in rows
        )
    sys.stdout.write(text + "\n")
    return exitcodes.OK


def _leaves(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _plain(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)
