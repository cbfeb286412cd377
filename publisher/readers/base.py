"""What every reader takes and gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from publisher.record import dataclass

if TYPE_CHECKING:
    from pathlib import Path

    from publisher.environment import Environment, ResourceStore
    from publisher.events import Report
    from publisher.readers.neighbours import Neighbours
    from publisher.settings import InputSettings
    from publisher.tree.meta import Document


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """One source to read.

    Attributes:
        data: The whole source.
        name: The source's name as the user gave it; used in positions and messages.
        path: The file, or None for data that came from elsewhere.
        root: The folder that pictures must lie in, or None to allow no file access.
        settings: The ``[input]`` table.
        environment: The door to files.
        resources: Takes the bytes of pictures.
        report: Takes diagnostics.
        neighbours: Where the files that the source names are; None for its folder on disk.
        address: Where the source was fetched from; empty for files.
        declared: The encoding that came with the source from elsewhere; empty if none did.
    """

    data: bytes
    name: str
    path: Path | None
    root: Path | None
    settings: InputSettings
    environment: Environment
    resources: ResourceStore
    report: Report
    neighbours: Neighbours | None = None
    address: str = ""
    declared: str = ""


@runtime_checkable
class Reader(Protocol):
    """A source format."""

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]

    def sniff(self, head: bytes) -> float:
        """How sure it is, 0 to 1, that data which begins so is of this format."""

    def read(self, request: ReadRequest) -> Document:
        """The document; raises `SourceError` and nothing else on bad data."""
