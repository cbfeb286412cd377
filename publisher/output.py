"""Finished files: checked before any work, written beside their place, then renamed."""

from __future__ import annotations

import contextlib
import os
import tempfile
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from publisher.errors import OutputExists, WriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from publisher.writers.base import WriteInfo, WriteRequest

_MAX_NAME_BYTES = 200
_T = TypeVar("_T")


def check_targets(targets: Sequence[Path], *, overwrite: bool) -> None:
    """The folder of the outputs exists and the outputs may be written, before any work is done.

    Raises:
        OutputExists: An output is there and may not be replaced.
        WriteError: The folder cannot be made or written to.
    """
    for target in targets:
        if target.is_dir():
            raise WriteError("is a folder", where=str(target), hint="choose another name")
        if target.exists() and not overwrite:
            raise OutputExists(
                "exists already", where=str(target), hint="set output.overwrite or another name"
            )
    folder = targets[0].parent
    if folder.is_file():
        raise WriteError(
            "is a file, not a folder", where=str(folder), hint="choose another folder with -o"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".publisher-"):
            pass
    except OSError as problem:
        raise WriteError(
            f"the output folder cannot be written to: {problem.strerror}",
            where=str(folder),
            hint="choose another folder with -o",
        ) from problem


def write_output(write: Callable[[WriteRequest], WriteInfo], request: WriteRequest) -> WriteInfo:
    """Writes an output with a writer; see `replace_file`."""
    return replace_file(request.target, lambda place: write(replace(request, target=place)))


def replace_file(target: Path, write: Callable[[Path], _T]) -> _T:
    """Writes to a temporary neighbour of the target and renames it: no output is ever half there.

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
        temporary.replace(target)
        temporary = None
    except OSError as problem:
        raise WriteError(
            f"cannot be written: {problem.strerror or problem}",
            where=str(target),
            hint="is the disk full, or the file open in another program?",
        ) from problem
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
    return result


def temporary_prefix(process: int) -> str:
    """How the names of a process's temporary files begin."""
    return f".publisher-{process}-"


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current


def safe_name(name: str) -> str:
    """`name` as a file name that every system takes: no separators, controls or reserved names."""
    cleaned = "".join(
        "_" if c in '<>:"/\\|?*' or unicodedata.category(c) in ("Cc", "Cs") else c for c in name
    ).strip(" .")
    if cleaned.split(".")[0].upper() in {
        "CON",
        "PRN",
        "AUX",
        "NUL",
        *(f"{d}{n}" for d in ("COM", "LPT") for n in range(1, 10)),
    }:
        cleaned = "_" + cleaned
    while len(cleaned.encode()) > _MAX_NAME_BYTES:
        cleaned = cleaned[:-1]
    return cleaned.rstrip(" .") or "publication"
