"""Zip archives from strangers: Word, EPUB, a folder of articles.

Nothing is unpacked to disk. An archive is refused before a byte of it is expanded when its list of
members is a threat: too many, too large, too tightly packed, names that climb out of it; and again
when a member expands to more than the list said.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from publisher.errors import MalformedSource, ResourceError, SourceTooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_MEMBERS: Final = 65_535
# What a text packs to: XML of one long table reaches 1:100; a bomb's layers are beyond 1:1000.
MAX_RATIO: Final = 400
_RATIO_FROM: Final = 8 * 1024 * 1024  # below, no ratio can do harm
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_CHUNK: Final = 1 << 20
_UTF8_FLAG: Final = 0x800
_ENCRYPTED: Final = 0x1


class Archive:
    """A zip archive in memory, read member by member.

    Args:
        data: The whole file.
        name: What messages call it.
        limit: The most bytes that its members may have, expanded, together.

    Raises:
        MalformedSource: It is no zip file, damaged, locked with a password, or names members
            outside itself.
        SourceTooLarge: It holds too much.
    """

    def __init__(self, data: bytes, name: str, limit: int) -> None:
        self._name = name
        self._limit = limit
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as problem:
            raise MalformedSource(
                "is not a whole zip archive",
                code="archive.damaged",
                where=name,
                hint="fetch or save the file again",
            ) from problem
        self._members = _checked(members, name, limit)

    def __contains__(self, member: str) -> bool:
        """True when the archive has a file of this name."""
        return member in self._members

    def __iter__(self) -> Iterator[str]:
        """Names of the files in it, with ``/``, as the archive lists them."""
        return iter(self._members)

    def size(self, member: str) -> int:
        """The expanded size that the archive's list gives for a member, in bytes."""
        return self._members[member].file_size

    def read(self, member: str, limit: int = 0) -> bytes:
        """The bytes of a member.

        Args:
            member: Its name, as iteration gives it.
            limit: The most bytes it may have; 0 for the archive's own limit.

        Raises:
            ResourceError: There is no such member, or it is over `limit`.
            MalformedSource: It is damaged, locked, or larger than the archive says.
        """
        info = self._members.get(member)
        if info is None:
            raise ResourceError(
                "is not in the archive", code="resource.missing", where=f"{self._name}:{member}"
            )
        where = f"{self._name}:{member}"
        most = limit or self._limit
        if info.file_size > most:
            raise ResourceError(
                f"is larger than {most // 1_000_000} MB",
                code="resource.too-large",
                where=where,
                hint="make it smaller",
            )
        if info.flag_bits & _ENCRYPTED:
            raise MalformedSource(
                "is locked with a password",
                code="archive.locked",
                where=where,
                hint="save it without a password",
            )
        try:
            return self._expanded(info)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as problem:
            raise MalformedSource(
                "is damaged in the archive",
                code="archive.damaged",
                where=where,
                hint="fetch or save the file again",
            ) from problem

    def _expanded(self, info: zipfile.ZipInfo) -> bytes:
        """At most one byte more than the list says is ever held, whatever the member expands to."""
        parts: list[bytes] = []
        left = info.file_size + 1
        with self._zip.open(info) as stream:
            while left > 0 and (part := stream.read(min(_CHUNK, left))):
                parts.append(part)
                left -= len(part)
        if left != 1:
            raise zipfile.BadZipFile("size differs from the list")
        return b"".join(parts)


def _checked(members: list[zipfile.ZipInfo], name: str, limit: int) -> dict[str, zipfile.ZipInfo]:
    if len(members) > MAX_MEMBERS:
        raise SourceTooLarge(
            f"holds {len(members):,} files, over the limit of {MAX_MEMBERS:,}",
            code="archive.too-many",
            where=name,
            hint="split it",
        )
    total = sum(m.file_size for m in members)
    packed = sum(m.compress_size for m in members)
    if total > limit or (total > _RATIO_FROM and total > MAX_RATIO * max(packed, 1)):
        raise SourceTooLarge(
            f"expands to {total // 1_000_000:,} MB, more than is read",
            code="archive.bomb",
            where=name,
            hint="raise input.max-bytes if you trust it"
            if total > limit
            else "it looks like a zip bomb; pack it anew if you trust it",
        )
    found: dict[str, zipfile.ZipInfo] = {}
    for info in members:
        member = _spelling(info).replace("\\", "/")
        if member.startswith("/") or _DRIVE.match(member) or ".." in member.split("/"):
            raise MalformedSource(
                f"names a file outside itself: {member[:80]!r}",
                code="archive.outside",
                where=name,
                hint="do not trust it; unpack it by hand if you must",
            )
        if member and not info.is_dir() and not _is_link(info):
            found.setdefault(posixpath.normpath(member), info)
    return found


def _is_link(info: zipfile.ZipInfo) -> bool:
    return (info.external_attr >> 28) == 0xA  # S_IFLNK in the Unix mode's high bits


def _spelling(info: zipfile.ZipInfo) -> str:
    """The member's name; tools of East Asian Windows write it in the system's code page."""
    if info.flag_bits & _UTF8_FLAG or info.filename.isascii():
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    from publisher.errors import SourceError
    from publisher.text.encoding import decode

    try:
        return decode(raw).text
    except SourceError:
        return info.filename
