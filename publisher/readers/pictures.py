"""The pictures that a source names: found, proven and put among the document's resources."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from publisher.errors import ResourceError
from publisher.events import Diagnostic
from publisher.readers.neighbours import FolderNeighbours, scheme_of
from publisher.tree.meta import Resource

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from publisher.readers.base import ReadRequest
    from publisher.readers.neighbours import Neighbours

# The largest picture file that is read; a scan of a page at 1,200 dpi stays far below.
_MAX_BYTES: Final = 128 * 1024 * 1024
_SHOWN: Final = 80


class PictureShelf:
    """Takes each picture a source names once and remembers what became of it.

    A picture that cannot be used is reported with its place and gives an empty key; the caller
    keeps the alternative text. `neighbours` is where the files are, else the request's own.
    """

    def __init__(self, request: ReadRequest, neighbours: Neighbours | None = None) -> None:
        self._request = request
        self._neighbours = neighbours or request.neighbours or _beside(request)
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
        return self.take_first([source], line)

    def take_first(self, sources: Sequence[str], line: int = 0) -> str:
        """As `take`, of the first of these places that has a picture; what fails is said once."""
        names = [source.strip() for source in sources]
        for name in names:
            if self._keys.get(name):
                return self._keys[name]
        problems: list[tuple[ResourceError, str]] = []
        for name in names:
            if name in self._keys:
                continue
            try:
                self._keys[name] = self._load(name)
            except ResourceError as problem:
                self._keys[name] = ""
                problems.append((problem, name))
            else:
                return self._keys[name]
        if problems:
            # That a picture is on the network says more than that it is not beside the source.
            remote = (p for p in problems if p[0].code == "picture.remote")
            self._report(*next(remote, problems[0]), line)
        return ""

    def _load(self, source: str) -> str:
        if not source:
            raise ResourceError("has no file name", code="picture.no-name")
        if scheme_of(source) == "data":
            return self._keep(_data_uri(source), "", None)
        limit = min(_MAX_BYTES, self._request.settings.max_bytes)
        found = self._neighbours.read(source, limit)
        return self._keep(found.data, found.name, found.path)

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


def _beside(request: ReadRequest) -> Neighbours:
    folder = request.path.parent if request.path is not None else request.root
    return FolderNeighbours(folder, request.root, request.environment)


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
