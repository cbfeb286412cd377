"""Options for many publications in one run, as settings of ``[batch]``."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING, Any

from publisher.errors import ConfigError

if TYPE_CHECKING:
    import argparse

    from publisher.config import Loaded

_VALUES = {
    "jobs": "batch.jobs",
    "executor": "batch.executor",
    "address": "batch.address",
    "time_limit": "batch.time_limit",
    "memory_limit": "batch.memory_limit",
    "wait": "batch.wait",
}


def _whole(text: str) -> int:
    """What an option is given as a whole number; its range is looked at with the settings."""
    try:
        return int(text)
    except ValueError as problem:
        raise ArgumentTypeError(f"{text!r} is not a whole number") from problem


def add_batch_arguments(parser: argparse.ArgumentParser) -> None:
    """Options that matter with ``--each``."""
    group = parser.add_argument_group("many publications (--each)")
    add = group.add_argument
    add("--jobs", type=_whole, metavar="N", help="worker processes (0: one per core)")
    add("--executor", metavar="NAME", help="process (this machine), or dask (a cluster)")
    add("--address", metavar="URL", help="the cluster's scheduler, such as tcp://host:8786")
    add(
        "--send-files",
        action="store_true",
        help="send sources along with the jobs and outputs back: no storage is shared",
    )
    add("--time-limit", type=_whole, metavar="SECONDS", help="the most that one may take (600)")
    add("--memory-limit", type=_whole, metavar="MIB", help="the most memory for one (4096)")
    ends = group.add_mutually_exclusive_group()
    ends.add_argument(
        "--keep-going",
        dest="fail_fast",
        action="store_false",
        default=None,
        help="go on after a failure (as it is anyway)",
    )
    ends.add_argument(
        "--fail-fast", dest="fail_fast", action="store_true", help="end at the first failure"
    )
    add("--fresh", action="store_true", help="make again what stands and has not changed, too")
    add("--wait", type=_whole, metavar="SECONDS", help="for another run in the same folder (0)")


def batch_values(options: argparse.Namespace) -> dict[str, Any]:
    """The options as values by dotted setting name; those not given are left out."""
    values: dict[str, Any] = {
        setting: value
        for name, setting in _VALUES.items()
        if (value := getattr(options, name)) is not None
    }
    if options.fail_fast is not None:
        values["batch.fail_fast"] = options.fail_fast
    for name in ("send_files", "fresh"):
        if getattr(options, name):
            values[f"batch.{name}"] = True
    return values


def check_executor(loaded: Loaded) -> None:
    """Raises a ConfigError for options of a cluster where none does the work.

    A configuration may name its cluster all the same.
    """
    if loaded.settings.batch.executor == "dask":
        return
    for name, option in (("address", "--address"), ("send_files", "--send-files")):
        if loaded.origins.get(f"batch.{name}") == "command line":
            raise ConfigError(
                f"{option} is for a cluster, and the work is done on this machine",
                code="config.executor",
                hint="add --executor dask",
            )
