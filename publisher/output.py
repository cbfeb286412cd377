"""Finished files: checked before any work, written beside their place, synced, then renamed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from publisher.errors import OutputExists, WriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from publisher.writers.base import WriteInfo, WriteRequest

_MAX_NAME_BYTES = 200
_NO_NAME = ("Cc", "Cs", "Zl", "Zp")  # controls, bytes that are no text, ends of lines
# Marks that turn the letters behind them, so that a name seems to end with another suffix.
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_T = TypeVar("_T")


def check_targets(
    targets: Sequence[Path], *, overwrite: bool, known: set[Path] | None = None
) -> None:
    """The folder of the outputs exists and the outputs may be written, before any work is done.

    `known` holds folders that have been tried before; one that cannot be written to any more is
    found out when its file is written.

    Raises:
        OutputExists: An output is there and may not be replaced.
        WriteError: The folder cannot be made or written to.
    """
    for target in targets:
        if os.path.isdir(target):  # noqa: PTH112 - False for what may not be looked at
            raise WriteError("is a folder", where=str(target), hint="choose another name")
        if os.path.exists(target) and not overwrite:  # noqa: PTH110
            raise OutputExists(
                "exists already", where=str(target), hint="set output.overwrite or another name"
            )
    folder = targets[0].parent
    if known is None or folder not in known or not folder.is_dir():
        check_folder(folder)
        if known is not None:
            known.add(folder)


def check_folder(folder: Path) -> None:
    """The folder is there, made if need be, and can be written to.

    Raises:
        WriteError: It cannot.
    """
    if os.path.isfile(folder):  # noqa: PTH113 - see `check_targets`
        raise WriteError(
            "is a file, not a folder", where=str(folder), hint="choose another folder with -o"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        prefix = temporary_prefix(os.getpid())
        with tempfile.NamedTemporaryFile(dir=folder, prefix=prefix, suffix=".tmp"):
            pass
    except OSError as problem:
        raise WriteError(
            f"the output folder cannot be written to: {problem.strerror}",
            where=str(folder),
            hint="choose another folder with -o",
        ) from problem


def refuse_sources(targets: Iterable[Path], sources: Iterable[Path]) -> None:
    """No output takes the place of a source, under whatever name.

    Raises:
        WriteError: One would.
    """
    there: dict[tuple[int, int], Path] = {}
    for target in targets:
        with contextlib.suppress(OSError):  # no file, or no way to it
            there[_identity(target)] = target
    if not there:
        return
    for source in sources:
        with contextlib.suppress(OSError):
            found = there.get(_identity(source))
            if found is not None:
                raise WriteError(
                    f"would replace the source {source}",
                    code="write.source",
                    where=str(found),
                    hint="choose another folder with -o, or another name",
                )


def check_reports(
    reports: Sequence[Path], outputs: Iterable[Path], sources: Iterable[Path]
) -> None:
    """Each report has a place of its own, before any work is done.

    Raises:
        WriteError: One cannot be written, or would replace a source, an output or another.
    """
    for report in reports:
        check_targets([report], overwrite=True)
    refuse_sources(reports, sources)
    taken = {os.path.realpath(output) for output in outputs}
    for report in reports:
        place = os.path.realpath(report)
        if place in taken:
            raise WriteError(
                "would be written twice: another file of this run has that name",
                code="write.twice",
                where=str(report),
                hint="choose another name for the report",
            )
        taken.add(place)


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def write_output(write: Callable[[WriteRequest], WriteInfo], request: WriteRequest) -> WriteInfo:
    """Writes an output with a writer; see `replace_file`."""
    return replace_file(request.target, lambda place: write(replace(request, target=place)))


def replace_file(target: Path, write: Callable[[Path], _T]) -> _T:
    """Writes to a temporary neighbour of the target and renames it: no output is ever half there.

    What was written is on the disk before the name is, so that a loss of power leaves the old file
    or the new one.

    Args:
        target: The file to make or replace.
        write: Writes the file whose path it is given.

    Returns:
        What `write` gave.

    Raises:
        WriteError: The file cannot be written, for example because the disk is full.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(
            dir=target.parent, prefix=temporary_prefix(os.getpid()), suffix=".tmp"
        )
        os.close(handle)
        temporary = Path(name)
        result = write(temporary)
        temporary.chmod(0o666 & ~_umask())
        _sync(temporary, os.O_RDWR)
        os.replace(name, target)  # noqa: PTH105 - a new Path is not wanted
        temporary = None
        if sys.platform != "win32":  # where a folder cannot be opened
            _sync(target.parent, os.O_RDONLY)
    except OSError as problem:
        raise WriteError(
            f"cannot be written: {problem.strerror or problem}",
            where=str(target),
            hint="is the disk full, the folder read-only, or the file open in another program?",
        ) from problem
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
    return result


def replace_text(target: Path, text: str) -> None:
    """Writes a text in UTF-8; what it cannot write is escaped. See `replace_file`."""
    data = text.encode("utf-8", "backslashreplace")
    replace_file(target, lambda place: place.write_bytes(data))


def _sync(path: Path, mode: int) -> None:
    handle = os.open(path, mode | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def temporary_prefix(process: int) -> str:
    """How the names of the temporary files of a process of this machine begin."""
    return f".publisher-{machine_mark()}-{process}-"


def machine() -> str:
    """This machine's name."""
    if hasattr(os, "uname"):
        return os.uname().nodename
    return os.environ.get("COMPUTERNAME", "this machine")


@cache
def machine_mark() -> str:
    """Six digits that stand for this machine where several write to one folder."""
    return hashlib.sha256(machine().encode("utf-8", "replace")).hexdigest()[:6]


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current


def safe_name(name: str) -> str:
    """`name` as a file name that every system takes: no separators, controls or reserved names.

    An article in an archive may be called whatever a stranger likes.
    """
    cleaned = "".join(
        "_" if c in '<>:"/\\|?*' or unicodedata.category(c) in _NO_NAME or c in _TURNS else c
        for c in name
    ).strip(" .")
    if cleaned.split(".")[0].rstrip().upper() in {
        "CON",
        "PRN",
        "AUX",
        "NUL",
        "CONIN$",
        "CONOUT$",
        *(f"{d}{n}" for d in ("COM", "LPT") for n in "123456789¹²³"),
    }:
        cleaned = "_" + cleaned
    while len(cleaned.encode()) > _MAX_NAME_BYTES:
        cleaned = cleaned[:-1]
    return cleaned.rstrip(" .") or "publication"
