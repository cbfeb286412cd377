"""Unpacks vendored fonts once a machine and opens faces from there.

A file is unpacked into ``<cache>/fonts/<sha256>.<suffix>`` under a temporary name and then renamed,
so any number of processes may do it at once. The digest is checked while unpacking; afterwards
only the size, so that opening costs next to nothing. A cache file of the wrong size is made anew.
Where no cache can be written the font is kept in memory for this run.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from publisher.errors import FontError
from publisher.events import Diagnostic, ignore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import uharfbuzz as hb

    from publisher.events import Report
    from publisher.faces.catalog import FontFile
    from publisher.faces.cff_cut import PlainFont
    from publisher.faces.face import Face

_CHUNK = 1 << 20


def default_cache(variables: Mapping[str, str]) -> Path:
    """The user's cache folder; PUBLISHER_CACHE_DIR leads."""
    override = variables.get("PUBLISHER_CACHE_DIR", "")
    if override:
        return Path(override)
    platform: str = sys.platform
    if platform == "linux":  # what platformdirs says there (XDG Base Directory), sooner
        chosen = Path(variables.get("XDG_CACHE_HOME", ""))
        return (chosen if chosen.is_absolute() else Path.home() / ".cache") / "publisher"
    import platformdirs

    return Path(platformdirs.user_cache_dir("publisher", appauthor=False))


class FontStore:
    """Opens font files; each face is opened once for each store.

    Args:
        cache: Folder to unpack into, or None to keep everything in memory.
        report: Takes an ``info`` diagnostic when the cache cannot be written.
    """

    def __init__(self, cache: Path | None, report: Report = ignore) -> None:
        self._cache = cache
        self._report = report
        self._blobs: dict[Path, hb.Blob] = {}
        self._sources: dict[Path, Path | bytes] = {}  # unpacked files, or what is in them
        self._outlines: dict[Path, dict[int, PlainFont | None]] = {}
        self._faces: dict[tuple[str, Path, int, str], Face] = {}

    def face(self, file: FontFile, language: str = "") -> Face:
        """The face of a file for a language tag (``zh-Hans``); any face where it has no such.

        Raises:
            FontError: The file is missing or damaged.
        """
        index = file.index_for(language)
        key = (file.id, file.path, index, language)
        face = self._faces.get(key)
        if face is None:
            from publisher.faces.face import Face

            blob = self.blob(file)
            source = self._sources.get(file.path)
            face = self._faces[key] = Face(
                file,
                blob,
                index,
                language=language,
                source=source,
                outlines=self._outlines.setdefault(file.path, {}),
            )
        return face

    def blob(self, file: FontFile) -> hb.Blob:
        """The unpacked bytes, mapped into memory where they lie on disk.

        Raises:
            FontError: The file is missing or damaged.
        """
        blob = self._blobs.get(file.path)
        if blob is None:
            import uharfbuzz as hb

            path = self.path(file)
            if path is None:
                data = self._sources[file.path] = unpack(file)
                blob = hb.Blob(data)
            else:
                blob = _map(path)
                self._sources[file.path] = path
            self._blobs[file.path] = blob
        return blob

    def path(self, file: FontFile) -> Path | None:
        """Where the unpacked file lies; None when there is no cache to unpack into.

        Raises:
            FontError: The file is missing or damaged.
        """
        if not file.packed_sha256:
            return file.path
        if self._cache is None:
            return None
        folder = self._cache / "fonts"
        target = folder / (file.sha256 + Path(file.path.stem).suffix)
        if _size(target) == file.size:
            return target
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _unpack_to(file, target)
        except OSError as problem:
            if _size(target) == file.size:
                return target  # another process was quicker and the file is in use (Windows)
            reason = problem.strerror or str(problem)
            self._report(
                Diagnostic(
                    "font.no-cache", "info", args=(("folder", str(folder)), ("reason", reason))
                )
            )
            self._cache = None
            return None
        return target


def unpack(file: FontFile) -> bytes:
    """The unpacked bytes of a vendored font, proven by size and digest.

    Raises:
        FontError: The packed file is missing or damaged.
    """
    return b"".join(_pieces(file))


def verify(file: FontFile) -> None:
    """Checks a vendored font against its digests.

    Raises:
        FontError: It is missing or damaged.
    """
    if file.packed_sha256:
        for _ in _pieces(file):
            pass


def _pieces(file: FontFile) -> Iterator[bytes]:
    """The unpacked bytes piece by piece; raises at the end if they are not those catalogued."""
    import hashlib
    import lzma

    digest, size = hashlib.sha256(), 0
    try:
        with _opened(file) as packed, lzma.open(packed) as stream:
            while piece := stream.read(_CHUNK):
                digest.update(piece)
                size += len(piece)
                yield piece
    except (lzma.LZMAError, EOFError) as problem:
        raise _damaged(file, str(problem)) from problem
    except OSError as problem:
        raise _unreadable(file, problem) from problem
    if size != file.size or digest.hexdigest() != file.sha256:
        raise _damaged(file, "its digest is wrong")


def _opened(file: FontFile) -> BinaryIO:
    try:
        return file.path.open("rb")
    except OSError as problem:
        raise _unreadable(file, problem) from problem


def _unreadable(file: FontFile, problem: OSError) -> FontError:
    return FontError(
        f"a built-in font cannot be read: {problem.strerror or problem}",
        code="font.missing-data",
        where=str(file.path),
        hint="install publisher again",
    )


def _damaged(file: FontFile, reason: str) -> FontError:
    return FontError(
        f"a built-in font is damaged: {reason}",
        code="font.damaged",
        where=str(file.path),
        hint="install publisher again",
    )


def _unpack_to(file: FontFile, target: Path) -> None:
    import tempfile

    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".unpacking-")
    try:
        with os.fdopen(handle, "wb") as out:
            for piece in _pieces(file):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, target)  # noqa: PTH105 - the name is a string from mkstemp
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _map(path: Path) -> hb.Blob:
    import uharfbuzz as hb

    try:
        return hb.Blob.from_file_path(str(path))
    except Exception as problem:
        raise FontError(
            f"cannot be opened: {problem}", code="font.unreadable", where=str(path)
        ) from problem


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
