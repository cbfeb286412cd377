"""The only door to the outside: clock, files that sources name, and the bytes of resources.

Everything else in the program is a function of its arguments, so that the same input gives the
same bytes and a test can hold the whole world in memory.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from publisher.errors import ConfigError, ResourceError
from publisher.record import dataclass, field

if TYPE_CHECKING:
    from pathlib import Path

# Zip dates cannot precede 1980; a fixed day keeps outputs equal where nobody sets an epoch.
DEFAULT_EPOCH = 315_532_800
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")


def source_date_epoch(variables: os._Environ[str] | dict[str, str]) -> int | None:
    """Seconds since 1970 from SOURCE_DATE_EPOCH, or None when it is not set.

    Raises:
        ConfigError: It is set to something that is not a non-negative whole number.
    """
    value = variables.get("SOURCE_DATE_EPOCH", "")
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or len(value) > 11:
        raise ConfigError(
            f"SOURCE_DATE_EPOCH is {value!r}, not a whole number of seconds",
            code="config.epoch",
            hint="unset it, or set it to seconds since 1970-01-01 such as 1735689600",
        )
    return int(value)


class ResourceStore:
    """Bytes of pictures by content digest; a file is read again when it is asked for."""

    def __init__(self) -> None:
        self._places: dict[str, bytes | Path] = {}

    def add_bytes(self, data: bytes) -> str:
        """Keeps `data`; the id is the first 32 hex digits of its SHA-256."""
        key = hashlib.sha256(data).hexdigest()[:32]
        self._places.setdefault(key, data)
        return key

    def add_file(self, path: Path, data: bytes) -> str:
        """Keeps the place of a file whose content is `data`, not the content itself."""
        key = hashlib.sha256(data).hexdigest()[:32]
        self._places.setdefault(key, path)
        return key

    def open(self, key: str) -> bytes:
        """The bytes of a resource.

        Raises:
            ResourceError: No such resource, or its file has gone or changed since it was read.
        """
        place = self._places.get(key)
        if place is None:
            raise ResourceError(f"no resource {key!r} in this document", code="resource.unknown")
        if isinstance(place, bytes):
            return place
        try:
            data = place.read_bytes()
        except OSError as problem:
            raise ResourceError(
                f"cannot be read again: {problem.strerror}",
                code="resource.gone",
                where=str(place),
                hint="keep the pictures in place until the run has ended",
            ) from problem
        if hashlib.sha256(data).hexdigest()[:32] != key:
            raise ResourceError(
                "changed while it was being used",
                code="resource.changed",
                where=str(place),
                hint="run again",
            )
        return data

    def __contains__(self, key: str) -> bool:
        """True when the resource is known."""
        return key in self._places


@dataclass(frozen=True, slots=True)
class Environment:
    """Clock, and limits on what may be touched.

    Attributes:
        epoch: Seconds since 1970 that every date stamp in an output uses.
        epoch_given: The user named the epoch; else a publication's own date is the better stamp.
        variables: Environment variables.
    """

    epoch: int = DEFAULT_EPOCH
    epoch_given: bool = False
    variables: dict[str, str] = field(default_factory=dict)

    def stamped(self, date: str) -> Environment:
        """This environment with `date` (ISO 8601) as its clock, unless the user named an epoch."""
        found = _DATE.match(date)
        if self.epoch_given or found is None:
            return self
        year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
        try:
            moment = datetime(year, month, day, tzinfo=UTC)
        except ValueError:
            return self
        return replace(self, epoch=max(DEFAULT_EPOCH, int(moment.timestamp())))

    @property
    def now(self) -> datetime:
        """The time stamp for outputs, in UTC."""
        return datetime.fromtimestamp(self.epoch, UTC)

    def read_file(self, path: Path, *, within: Path, limit: int) -> bytes:
        """The bytes of a file that a source names, if it lies in the folder `within`.

        Raises:
            ResourceError: It is missing, not a file, over `limit` bytes, or outside the folder.
        """
        shown = str(path)
        try:
            real = path.resolve(strict=True)
            if not real.is_relative_to(within.resolve()):
                raise ResourceError(
                    "lies outside the folder of the sources",
                    code="resource.outside",
                    where=shown,
                    hint="move it beside the source",
                )
            if not real.is_file():
                raise ResourceError("is not a file", code="resource.not-file", where=shown)
            if real.stat().st_size > limit:
                raise ResourceError(
                    f"is larger than {limit // 1_000_000} MB",
                    code="resource.too-large",
                    where=shown,
                    hint="make it smaller",
                )
            return real.read_bytes()
        except FileNotFoundError as problem:
            raise ResourceError(
                "does not exist", code="resource.missing", where=shown, hint="check the name"
            ) from problem
        except (OSError, ValueError, RuntimeError) as problem:
            reason = getattr(problem, "strerror", None) or str(problem)
            raise ResourceError(
                f"cannot be read: {reason}", code="resource.unreadable", where=shown
            ) from problem


def system_environment() -> Environment:
    """The real environment: epoch and variables of this process."""
    variables = dict(os.environ)
    epoch = source_date_epoch(variables)
    if epoch is None:
        return Environment(variables=variables)
    return Environment(epoch=epoch, epoch_given=True, variables=variables)
