"""``publisher fonts``: the fonts that publisher brings along, and whether they are whole."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from publisher.cli import exitcodes
from publisher.environment import system_environment
from publisher.errors import FontError

if TYPE_CHECKING:
    import argparse

HELP = "list the fonts, check them, or unpack them ahead of time"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``fonts``."""
    parser.add_argument("--verify", action="store_true", help="check every file against its digest")
    parser.add_argument("--warm", action="store_true", help="unpack all fonts into the cache now")


def run(options: argparse.Namespace) -> int:
    """Prints a line a font; with ``--verify`` fails on a damaged one."""
    from publisher.faces.catalog import load_catalog
    from publisher.faces.store import FontStore, default_cache, verify

    catalog = load_catalog()
    folder = default_cache(system_environment().variables)
    sys.stdout.write(f"cache: {folder}\n")
    store = FontStore(folder)
    damaged: FontError | None = None
    for file in catalog.files:
        state = ""
        try:
            if options.verify:
                verify(file)
                state = "whole"
            if options.warm:
                state = "unpacked" if store.path(file) is not None else "no cache"
        except FontError as problem:
            state, damaged = f"damaged: {problem}", problem
        style = f"{file.weight} {file.slant}"
        sys.stdout.write(
            f"{file.family:<24}{file.role:<9}{style:<14}{file.version:<12}{state}".rstrip() + "\n"
        )
    return damaged.exit_code if damaged else exitcodes.OK
