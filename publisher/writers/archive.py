"""A zip whose bytes depend on names, contents and one date only; EPUB and Word are such zips."""

from __future__ import annotations

import contextlib
import zipfile
from typing import TYPE_CHECKING, Final, Self

import deflate

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

STORED: Final = zipfile.ZIP_STORED
DEFLATED: Final = zipfile.ZIP_DEFLATED
# The format counts years from 1980 to 2107.
_FIRST_YEAR, _LAST_YEAR = 1980, 2107
# libdeflate 3 is on text 1 % smaller than zlib 4 in half the time; 6 gains 1.5 % for half as long
# again (measured on novels).
LEVEL: Final = 3
FONT_LEVEL: Final = 1  # outlines hardly get smaller at any level


def add_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, content: bytes, level: int = LEVEL
) -> None:
    """Adds an entry to a zip, deflated by libdeflate where its `compress_type` says deflated."""
    entry.file_size = len(content)
    with archive.open(entry, "w") as target:
        if entry.compress_type == DEFLATED:
            # zipfile has no public way to take another compressor; where this one were passed
            # over, its own would do the same work more slowly.
            target._compressor = _Compressor(level)  # type: ignore[attr-defined]  # noqa: SLF001
        target.write(content)


class _Compressor:
    """What zipfile wants of a compressor, for content that comes in one piece."""

    def __init__(self, level: int) -> None:
        self._level = level

    def compress(self, data: bytes) -> bytes:
        """The raw deflate stream (RFC 1951), all of it."""
        return bytes(deflate.deflate_compress(data, self._level))

    def flush(self) -> bytes:
        """Nothing is left."""
        return b""


class FixedArchive:
    """A zip file being written; a context manager that closes it.

    When writing fails (a full disk), the half-written file is closed without another word, so
    that the first error is the one that is told.

    Args:
        target: The file to write.
        stamp: Date of every entry, UTC.
    """

    def __init__(self, target: Path, stamp: datetime) -> None:
        self._file = target.open("wb")
        self._zip = zipfile.ZipFile(self._file, "w", allowZip64=True)
        year = min(max(stamp.year, _FIRST_YEAR), _LAST_YEAR)
        self._date = (year, *stamp.timetuple()[1:6])

    def writestr(
        self, name: str, content: bytes | str, compress_type: int = DEFLATED, level: int = LEVEL
    ) -> None:
        """Adds an entry."""
        entry = zipfile.ZipInfo(name, self._date)
        entry.create_system = 3  # Unix, on every system
        entry.external_attr = 0o644 << 16
        entry.compress_type = compress_type
        try:
            data = content if isinstance(content, bytes) else content.encode()
            add_entry(self._zip, entry, data, level)
        except BaseException:
            self._abandon()
            raise

    def close(self) -> None:
        """Writes the directory of the zip and closes the file."""
        try:
            self._zip.close()
            self._file.close()
        except BaseException:
            self._abandon()
            raise

    def _abandon(self) -> None:
        # A zip that was interrupted inside an entry cannot be closed; without a file it is not
        # tried again when it is collected.
        self._zip.fp = None
        with contextlib.suppress(OSError):
            self._file.close()

    def __enter__(self) -> Self:
        """The archive itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes it, or gives it up after an error."""
        if kind is None:
            self.close()
        else:
            self._abandon()
