"""The ``publisher`` command: arguments, exit codes, and what happens when things go wrong."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from publisher.cli import exitcodes
from publisher.errors import PublisherError
from publisher.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

_ABOUT = "Turn articles into PDF, EPUB and Word, in Chinese, Japanese and Korean."
_COMMANDS = (
    "build",
    "check",
    "verify",
    "repair",
    "outline",
    "tree",
    "formats",
    "fonts",
    "themes",
    "config",
    "completion",
)


def entry() -> None:
    """Runs the command line and leaves the process with its exit code.

    The collector stays off (see `pipeline.run_job`), and the interpreter does not take every
    object apart before it ends: files are closed by then. Together a tenth of a novel's time.
    """
    gc.disable()
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code.

    User errors print one line on standard error; anything else is a bug, which prints one line
    and, with ``--debug``, its traceback.
    """
    _use_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = argparse.Namespace()
    try:
        try:
            options = make_parser(given).parse_args(given)
        except SystemExit as stop:
            return int(stop.code or 0)
        return int(options.run(options))
    except PublisherError as problem:
        _say(f"publisher: {problem}")
        return problem.exit_code
    except KeyboardInterrupt:
        _say("publisher: interrupted; finished files are whole")
        return exitcodes.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; that is no failure of ours.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exitcodes.OK
    except Exception as problem:  # noqa: BLE001 - the last line of defence against tracebacks
        if getattr(options, "debug", False):
            import traceback

            traceback.print_exc()
        _say(
            f"publisher: internal error: {type(problem).__name__}: {problem} "
            "(this is a bug; run again with --debug and report what it prints)"
        )
        return exitcodes.FAILED


class _Parser(argparse.ArgumentParser):
    """A parser that says in one line what is wrong; all its options fill a screen."""

    def error(self, message: str) -> NoReturn:
        """Ends the program with the message."""
        said = message.removeprefix("argument ")
        self.exit(exitcodes.USAGE, f"{self.prog}: {said} (see {self.prog} --help)\n")


def make_parser(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The whole command line, for parsing and for shell completion.

    Args:
        arguments: What is going to be parsed. Where it begins with a command, the others are left
            out, because each of them takes time to load.
    """
    import importlib

    parser = _Parser(prog="publisher", description=_ABOUT)
    parser.add_argument("--version", action="version", version=f"publisher {__version__}")
    commands = parser.add_subparsers(
        title="commands", metavar="COMMAND", required=True, prog="publisher"
    )
    for name in arguments[:1] if arguments and arguments[0] in _COMMANDS else _COMMANDS:
        module = importlib.import_module(f"publisher.cli.commands.{name}")
        command = commands.add_parser(name, help=module.HELP, description=module.HELP)
        module.add_arguments(command)
        command.add_argument(
            "--debug", action="store_true", help="show a traceback when the program has a bug"
        )
        command.set_defaults(run=module.run)
    return parser


def _use_utf8() -> None:
    """File names and messages hold CJK text, whatever the locale of the terminal."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            with contextlib.suppress(OSError, ValueError):
                reconfigure(encoding="utf-8", errors="backslashreplace")


def _say(line: str) -> None:
    from publisher.cli.progress import printable

    sys.stderr.write(printable(line) + "\n")
