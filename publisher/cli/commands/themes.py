"""``publisher themes``: the built-in themes, and what one looks like in full."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from publisher.cli import exitcodes

if TYPE_CHECKING:
    import argparse

HELP = "list the built-in themes, or print one resolved for a language"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``themes``."""
    parser.add_argument("name", nargs="?", help="a theme to print in full")
    parser.add_argument("--lang", default="zh-Hans", help="language to resolve it for (zh-Hans)")


def run(options: argparse.Namespace) -> int:
    """Prints names, or every value of one theme."""
    from publisher.settings import ThemeSettings
    from publisher.theme.dump import dump_sheet
    from publisher.theme.load import BUILTIN
    from publisher.theme.resolve import resolve_theme

    names = [options.name] if options.name else BUILTIN
    lines: list[str] = []
    for name in names:
        file = name if name.endswith(".toml") else ""
        settings = ThemeSettings(name="" if file else name, file=file)
        sheet = resolve_theme(settings, options.lang, base=None)
        page = sheet.page
        characters = page.measure / sheet.text["body"].size
        rows = page.height_of_type / sheet.text["body"].leading
        lines.append(
            f"{name:<15}{page.name or 'custom'}, {sheet.text['body'].size:g} pt, "
            f"{characters:.0f} characters by {rows:.0f} lines"
        )
        if options.name:
            lines.append(dump_sheet(sheet))
    sys.stdout.write("\n".join(lines) + "\n")
    return exitcodes.OK
