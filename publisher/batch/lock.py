"""One run at a time in a folder: a lock that ends with its process, however that ends."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING

from publisher.errors import WriteError
from publisher.output import machine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_NAME = ".publisher-lock"
_EVERY_SECONDS = 0.1
_MAX_BYTES = 200


@contextlib.contextmanager
def locked(folder: Path, wait: int) -> Iterator[None]:
    """Holds the folder's lock.

    Args:
        folder: It exists.
        wait: Seconds to wait for who holds it.

    Raises:
        WriteError: Another run holds it still, or it cannot be made.
    """
    path = folder / LOCK_NAME
    until = time.monotonic() + wait
    handle = _opened(path)
    try:
        # Who held it may have taken the file away, and another may have made a new one.
        while not _taken(handle) or not _same(handle, path):
            if time.monotonic() >= until and _same(handle, path):
                raise WriteError(
                    f"another run{_holder(handle)} is writing to this folder",
                    code="write.in-use",
                    where=str(folder),
                    hint="wait for it (--wait SECONDS), or choose another folder with -o",
                )
            time.sleep(_EVERY_SECONDS)
            before, handle = handle, _opened(path)
            os.close(before)
        _write(handle, f"process {os.getpid()} on {machine()}")
        try:
            yield
        finally:
            with contextlib.suppress(OSError):  # an open file cannot be taken away everywhere
                path.unlink()
    finally:
        os.close(handle)


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    except OSError as problem:
        raise WriteError(
            f"cannot be made: {problem.strerror}",
            where=str(path),
            hint="choose another folder with -o",
        ) from problem


def _same(handle: int, path: Path) -> bool:
    """True when the open file is the one that has the name."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


if sys.platform == "win32":

    def _taken(handle: int) -> bool:
        import msvcrt

        os.lseek(handle, _MAX_BYTES, os.SEEK_SET)  # beyond the text, which others may read
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _taken(handle: int) -> bool:
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def _holder(handle: int) -> str:
    with contextlib.suppress(OSError):
        os.lseek(handle, 0, os.SEEK_SET)
        held = os.read(handle, _MAX_BYTES).decode("utf-8", "replace").strip()
        if held.isprintable() and held:
            return f" ({held})"
    return ""


def _write(handle: int, text: str) -> None:
    """The text is for people; that it cannot be written, on a full disk, does no harm."""
    with contextlib.suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, text.encode()[:_MAX_BYTES])
