"""The pictures that a source names: found, proven and put among the document's resources."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, unquote_to_bytes

from publisher.errors import ResourceError
from publisher.events import Diagnostic
from publisher.tree.meta import Resource

if TYPE_CHECKING:
    from pathlib import Path

    from publisher.readers.base import ReadRequest

_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]+):|//")
# The largest picture file that is read; a scan of a page at 1,200 dpi stays far below.
_MAX_BYTES: Final = 128 * 1024 * 1024
_SHOWN: Final = 80


class PictureShelf:
    """Takes each picture a source names once and remembers what became of it.

    A picture that cannot be used is reported with its place and gives an empty key; the caller
    keeps the alternative text.
    """

    def __init__(self, request: ReadRequest) -> None:
        self._request = request
        self._keys: dict[str, str] = {}
        self._resources: dict[str, Resource] = {}

    @property
    def resources(self) -> tuple[Resource, ...]:
        """The records of all pictures taken, in the order of their first mention."""
        return tuple(self._resources.values())

    def take(self, source: str, line: int = 0) -> str:
        """The resource id of the picture at `source` (a path, or a ``data:`` URI); empty if none.

        Args:
            source: As written, percent-encoded or not.
            line: 1-based line of the mention, for the report; 0 when unknown.
        """
        source = source.strip()
        known = self._keys.get(source)
        if known is not None:
            return known
        try:
            key = self._load(source)
        except ResourceError as problem:
            key = ""
            self._report(problem, source, line)
        self._keys[source] = key
        return key

    def _load(self, source: str) -> str:
        if not source:
            raise ResourceError("has no file name", code="picture.no-name")
        scheme = _SCHEME.match(source)
        if scheme and (scheme[1] or "").lower() == "data":
            data = _data_uri(source)
            return self._keep(data, "", None)
        if scheme:
            raise ResourceError(
                "is not fetched from the network",
                code="picture.remote",
                hint="save it beside the source and name the file",
            )
        path, data = self._read(source)
        return self._keep(data, path.name, path)

    def _read(self, source: str) -> tuple[Path, bytes]:
        request = self._request
        if request.root is None:
            raise ResourceError(
                "is not read, since this source has no folder",
                code="picture.no-folder",
                hint="read the source from a file",
            )
        folder = request.path.parent if request.path is not None else request.root
        names = [unquote(source), source]
        # An address may carry ?v=3 or #x, which no file name on disk has; a file may be named so.
        names.append(re.split(r"[?#]", names[0], maxsplit=1)[0])
        limit = min(_MAX_BYTES, request.settings.max_bytes)
        first: ResourceError | None = None
        for name in dict.fromkeys(name.replace("\\", "/") for name in names if name):
            path = folder / name
            try:
                return path, request.environment.read_file(path, within=request.root, limit=limit)
            except ResourceError as problem:
                first = first or problem
                if problem.code != "resource.missing":
                    break
        if first is None:
            raise ResourceError("has no file name", code="picture.no-name")
        raise first

    def _keep(self, data: bytes, name: str, path: Path | None) -> str:
        from publisher.pictures.inspect import inspect

        info = inspect(data, self._request.settings.max_pixels)
        store = self._request.resources
        key = store.add_bytes(data) if path is None else store.add_file(path, data)
        self._resources.setdefault(
            key, Resource(key, info.media_type, len(data), name, info.width, info.height)
        )
        return key

    def _report(self, problem: ResourceError, source: str, line: int) -> None:
        shown = source if len(source) <= _SHOWN else source[: _SHOWN - 1] + "…"
        self._request.report(
            Diagnostic(
                problem.code,
                "warning",
                (("file", shown), ("problem", problem.message)),
                source=self._request.name,
                line=line,
                hint=problem.hint,
            )
        )


def _data_uri(source: str) -> bytes:
    """The bytes of a ``data:`` URI (RFC 2397)."""
    head, comma, body = source.partition(",")
    if not comma or len(body) > _MAX_BYTES:
        raise ResourceError("is a broken data: address", code="picture.broken")
    raw = unquote_to_bytes(body)
    if not head.lower().endswith(";base64"):
        return raw
    try:
        return base64.b64decode(b"".join(raw.split()), validate=False)
    except (binascii.Error, ValueError) as problem:
        raise ResourceError("is a broken data: address", code="picture.broken") from problem
