"""A source file to a document: its bytes, the reader that takes it, the tree it gives."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from publisher import registry
from publisher.errors import SourceError, SourceTooLarge, UnsupportedFormat
from publisher.readers.base import Reader, ReadRequest
from publisher.readers.neighbours import ArchiveNeighbours, FolderNeighbours, NothingFetched
from publisher.record import NamedTuple
from publisher.tree.meta import Document, SourceInfo
from publisher.tree.sound import sound_metadata
from publisher.volume import CHAPTER_DEPTH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from publisher.environment import Environment, ResourceStore
    from publisher.events import Diagnostic
    from publisher.network import Network
    from publisher.readers.archive import Archive
    from publisher.readers.neighbours import Neighbours
    from publisher.settings import Settings
    from publisher.sources import SourceFile


def read_source(
    source: SourceFile,
    settings: Settings,
    environment: Environment,
    resources: ResourceStore,
    report: Callable[[Diagnostic], None],
) -> Document:
    """One source as a document.

    Raises:
        SourceError: It cannot be read as what it is taken for.
    """
    network = _network(source, settings)
    given = _given(source, settings, network)
    if not given.data.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise SourceError(
            "holds no text", code="source.empty", where=source.name, hint="is it the right file?"
        )
    chosen = choose_reader(source, given.data, settings, given.media_type)
    request = ReadRequest(
        data=given.data,
        name=source.name,
        path=None if source.member or source.address else source.path,
        root=None if source.member or source.address else source.root,
        settings=settings.input,
        environment=environment,
        resources=resources,
        report=report,
        neighbours=given.neighbours,
        address=given.address,
        declared=given.charset,
    )
    if network is not None and not source.address:
        request = replace(request, neighbours=_with_network(request, network))
    document = chosen.read(request)
    meta = sound_metadata(document.meta)
    if meta is not document.meta:
        document = replace(document, meta=meta)
    if network is not None and source.address and settings.network.join_pages:
        from publisher.pages import with_next_pages

        document = with_next_pages(document, request, chosen, network, settings.network)
    if not document.sources:
        digest = hashlib.sha256(given.data).hexdigest()
        info = SourceInfo(source.name, chosen.name, digest=digest, reader=chosen.name)
        document = replace(document, sources=(info,))
    if source.depth:
        meta = document.meta
        extra = tuple(sorted({**dict(meta.extra), CHAPTER_DEPTH: str(source.depth)}.items()))
        document = replace(document, meta=replace(meta, extra=extra))
    return document


class _Given(NamedTuple):
    """The bytes of a source, and what came with them."""

    data: bytes
    neighbours: Neighbours | None = None
    address: str = ""
    media_type: str = ""
    charset: str = ""


def _given(source: SourceFile, settings: Settings, network: Network | None) -> _Given:
    """The source from its file, its archive or its address."""
    limit = settings.input.max_bytes
    if source.address and network is not None:
        from publisher.network import WebNeighbours

        found = network.page(source.address)
        around = WebNeighbours(network, found.address) if settings.network.fetch_images else None
        return _Given(
            found.data,
            around or NothingFetched(),
            found.address,
            found.media_type,
            found.charset,
        )
    if source.member:
        archive = _archive(source.path, source.path.stat().st_mtime_ns, limit)
        return _Given(archive.read(source.member), ArchiveNeighbours(archive, source.member))
    return _Given(read_bytes(source.path, limit))


@lru_cache(maxsize=1)
def _archive(path: Path, changed: int, limit: int) -> Archive:
    """The archive that the last article came from; the next is in it as a rule."""
    from publisher.readers.archive import Archive

    del changed
    return Archive(read_bytes(path, limit), str(path), limit)


def _network(source: SourceFile, settings: Settings) -> Network | None:
    """The way to the network, for an address or where pictures are asked for."""
    if not source.address and not settings.network.fetch_images:
        return None
    from publisher.network import Network

    return Network(settings.network, _picture_cache())


def _picture_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("publisher") / "pictures"


def _with_network(request: ReadRequest, network: Network) -> Neighbours:
    from publisher.network import WebNeighbours

    local = request.neighbours
    if local is None and request.path is not None:
        local = FolderNeighbours(request.path.parent, request.root, request.environment)
    return WebNeighbours(network, "", local)


def read_bytes(path: Path, limit: int) -> bytes:
    """The bytes of a source file.

    Raises:
        SourceError: It cannot be read, is not a file, or is over `limit` bytes.
    """
    where = str(path)
    try:
        if not path.is_file():
            raise SourceError("is not a file", code="source.not-file", where=where)
        size = path.stat().st_size
        if size > limit:
            raise SourceTooLarge(
                f"has {size / 1e6:.0f} MB, more than the limit of {limit / 1e6:.0f} MB",
                where=where,
                hint="split it, or raise input.max-bytes in publisher.toml",
            )
        return path.read_bytes()
    except OSError as problem:
        raise SourceError(
            f"cannot be read: {problem.strerror}", code="source.unreadable", where=where
        ) from problem


def choose_reader(
    source: SourceFile, data: bytes, settings: Settings, media_type: str = ""
) -> Reader:
    """The reader for a source: the one asked for, else by suffix, else by what the data is.

    `media_type` is what a server said of it, which counts for more than the end of its address.
    """
    if settings.input.format:
        return registry.reader(settings.input.format)
    suffix = source.suffix
    name = registry.reader_for_media_type(media_type) or registry.reader_for_suffix(suffix)
    if name:
        return registry.reader(name)
    if media_type and not media_type.startswith("text/"):
        raise UnsupportedFormat(
            f"is of the type {media_type}, which no reader takes",
            code="source.media-type",
            where=source.name,
            hint="save it, and convert it to HTML or text",
        )
    if media_type or suffix.lower() in ("", ".log", ".asc", ".me") or not suffix:
        readers = [registry.reader(entry) for entry in registry.READERS]
        best = max(readers, key=lambda r: r.sniff(data[:4096]))
        if best.sniff(data[:4096]) > 0:
            return best
    raise registry.unsupported(suffix, source.name)
