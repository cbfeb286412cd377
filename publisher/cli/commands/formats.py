"""``publisher formats``: what can be read and written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from publisher import registry
from publisher.cli import exitcodes

if TYPE_CHECKING:
    import argparse

HELP = "list the formats that can be read and written"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``formats``: none of its own."""
    parser.set_defaults()


def run(options: argparse.Namespace) -> int:
    """Prints a line a format."""
    del options
    lines = ["read:"]
    lines += [
        f"  {entry.name:<10}{' '.join(entry.suffixes):<28}{entry.about}"
        for entry in registry.READERS.values()
    ]
    lines.append("write:")
    lines += [
        f"  {entry.name:<10}{entry.suffix:<28}{entry.about}" for entry in registry.WRITERS.values()
    ]
    plugins = registry.plugin_names()
    if plugins:
        lines.append("plug-ins:")
        lines += [f"  {name:<10}{kind}" for name, kind in plugins]
    sys.stdout.write("\n".join(lines) + "\n")
    return exitcodes.OK
