"""``publisher completion``: a completion script for the user's shell."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from publisher.cli import exitcodes

if TYPE_CHECKING:
    import argparse

HELP = "print a completion script for bash, zsh or tcsh"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``completion``."""
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="the shell to complete in")


def run(options: argparse.Namespace) -> int:
    """Prints the script."""
    import shtab

    from publisher.cli.main import make_parser

    sys.stdout.write(shtab.complete(make_parser(), shell=options.shell) + "\n")
    return exitcodes.OK
