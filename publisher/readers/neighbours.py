"""What lies beside a source: the files that it names, wherever they are kept.

A Markdown file has a folder, a chapter of an EPUB its archive, a page of the web other addresses.
Readers ask for a name as the source writes it, and get bytes or a reason why not.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import unquote

from publisher.errors import ResourceError
from publisher.record import NamedTuple, dataclass

if TYPE_CHECKING:
    from pathlib import Path

    from publisher.environment import Environment
    from publisher.readers.archive import Archive

_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]+):|//")


class Neighbour(NamedTuple):
    """A file beside the source: its plain name, its bytes, and its path when it is on disk."""

    name: str
    data: bytes
    path: Path | None = None


class Neighbours(Protocol):
    """A way to the files that a source names."""

    def read(self, address: str, limit: int) -> Neighbour:
        """The file at `address`, as the source writes it, if it has at most `limit` bytes.

        Raises:
            ResourceError: It is missing, too large, out of bounds, or on the network.
        """


@dataclass(frozen=True, slots=True)
class FolderNeighbours:
    """Files in a folder of the disk.

    Attributes:
        folder: Where relative names start.
        root: The folder that they may not leave; None allows no file at all.
        environment: The door to files.
    """

    folder: Path | None
    root: Path | None
    environment: Environment

    def read(self, address: str, limit: int) -> Neighbour:
        """As `Neighbours.read`."""
        _refuse_remote(address)
        if self.root is None or self.folder is None:
            raise ResourceError(
                "is not read, since this source has no folder",
                code="picture.no-folder",
                hint="read the source from a file",
            )
        first: ResourceError | None = None
        for name in _spellings(address):
            path = self.folder / name
            try:
                data = self.environment.read_file(path, within=self.root, limit=limit)
            except ResourceError as problem:
                first = first or problem
                if problem.code != "resource.missing":
                    break
            else:
                return Neighbour(path.name, data, path)
        raise first or ResourceError("has no file name", code="picture.no-name")


@dataclass(frozen=True, slots=True)
class ArchiveNeighbours:
    """Members of an archive, named from the member `base` on, as in an EPUB."""

    archive: Archive
    base: str = ""

    def read(self, address: str, limit: int) -> Neighbour:
        """As `Neighbours.read`."""
        _refuse_remote(address)
        for name in _spellings(address):
            member = self.locate(name)
            if member in self.archive:
                return Neighbour(posixpath.basename(member), self.archive.read(member, limit))
        raise ResourceError("is not in the archive", code="resource.missing")

    def locate(self, address: str) -> str:
        """The member that a relative address means; an address cannot climb out of the archive."""
        if address.startswith("/"):
            return posixpath.normpath(address).lstrip("/")
        joined = posixpath.join("/", posixpath.dirname(self.base), address)
        return posixpath.normpath(joined).lstrip("/")


@dataclass(frozen=True, slots=True)
class NothingFetched:
    """For a page of the web whose pictures nobody asked for."""

    def read(self, address: str, limit: int) -> Neighbour:
        """As `Neighbours.read`."""
        del address, limit
        raise ResourceError(
            "is not fetched from the network", code="picture.remote", hint="ask with --fetch-images"
        )


def scheme_of(address: str) -> str:
    """The scheme of an address in lower case; ``//`` for a network address without one."""
    found = _SCHEME.match(address)
    if found is None:
        return ""
    return (found[1] or "//").lower()


def _refuse_remote(address: str) -> None:
    if not address:
        raise ResourceError("has no file name", code="picture.no-name")
    if scheme_of(address):
        raise ResourceError(
            "is not fetched from the network",
            code="picture.remote",
            hint="ask for it with --fetch-images, or save it beside the source",
        )


def _spellings(address: str) -> list[str]:
    """The names that an address can mean: decoded, as it is, and without ``?v=3`` or ``#x``."""
    names = [unquote(address), address]
    names.append(re.split(r"[?#]", names[0], maxsplit=1)[0])
    return list(dict.fromkeys(name.replace("\\", "/") for name in names if name))
