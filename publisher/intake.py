"""A source file to a document: its bytes, the reader that takes it, the tree it gives."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher import registry
from publisher.errors import SourceError, SourceTooLarge
from publisher.readers.base import Reader, ReadRequest
from publisher.tree.meta import Document, SourceInfo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from publisher.environment import Environment, ResourceStore
    from publisher.events import Diagnostic
    from publisher.settings import Settings
    from publisher.volume import SourceFile


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
    data = read_bytes(source.path, settings.input.max_bytes)
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise SourceError(
            "holds no text", code="source.empty", where=source.name, hint="is it the right file?"
        )
    chosen = choose_reader(source, data, settings)
    request = ReadRequest(
        data=data,
        name=source.name,
        path=source.path,
        root=source.root,
        settings=settings.input,
        environment=environment,
        resources=resources,
        report=report,
    )
    document = chosen.read(request)
    if not document.sources:
        info = SourceInfo(
            source.name, chosen.name, digest=hashlib.sha256(data).hexdigest(), reader=chosen.name
        )
        document = replace(document, sources=(info,))
    return document


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


def choose_reader(source: SourceFile, data: bytes, settings: Settings) -> Reader:
    """The reader for a source: the one asked for, else by suffix, else by what the data is."""
    if settings.input.format:
        return registry.reader(settings.input.format)
    suffix = source.path.suffix
    name = registry.reader_for_suffix(suffix)
    if name:
        return registry.reader(name)
    if suffix.lower() in ("", ".log", ".asc", ".me") or not suffix:
        readers = [registry.reader(entry) for entry in registry.READERS]
        best = max(readers, key=lambda r: r.sniff(data[:4096]))
        if best.sniff(data[:4096]) > 0:
            return best
    raise registry.unsupported(suffix, source.name)
