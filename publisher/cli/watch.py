"""``build --watch``: builds again whatever changes, until Ctrl-C."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.cli.progress import tell
from publisher.errors import ConfigError, PublisherError
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from publisher.config import Loaded

_SETTLE_MS = 200  # an editor writes a file in several steps
_TICK_MS = 300


class Built(NamedTuple):
    """What a build left: its exit code and the files that it wrote."""

    code: int
    files: frozenset[Path]


def keep_building(
    sources: Sequence[Path | str], load: Callable[[], Loaded], build: Callable[[Loaded], Built]
) -> int:
    """Builds, and builds again after every change; ends by KeyboardInterrupt.

    Args:
        sources: As they were given.
        load: Gives the settings anew; they may change too.
        build: Builds once.

    Raises:
        ConfigError: There is nothing on disk to watch, or nothing to watch with.
    """
    local = [source for source in sources if isinstance(source, Path)]
    if not local:
        raise ConfigError("an address cannot be watched", code="config.watch")
    made: set[Path] = set()
    code = 0
    places = _places(local, load())
    first = True
    for changed in _changes(places):
        # What a build itself writes is no reason for another.
        if not first and not any(p not in made and not _is_own(p) for p in changed):
            continue
        if first:
            tell(f"watching {', '.join(map(str, sorted(places)))}; Ctrl-C ends it", error=True)
        first = False
        try:
            built = build(load())
        except PublisherError as problem:  # it may be mended while we wait
            tell(f"publisher: {problem}", error=True)
            continue
        made |= built.files | {file.parent for file in built.files}
        code = built.code
    return code


def _changes(places: Iterable[Path]) -> Iterator[set[Path]]:
    """The files that have changed, each time that some have; at first, when it watches, none."""
    try:
        from watchfiles import watch
    except ImportError as problem:
        raise ConfigError(
            "watching needs another package",
            code="config.watch",
            hint='pip install "publisher-cjk[watch]"',
        ) from problem
    told = watch(
        *places, debounce=_SETTLE_MS, step=50, rust_timeout=_TICK_MS, yield_on_timeout=True
    )
    for changes in told:
        yield {Path(path) for _, path in changes}


def _is_own(path: Path) -> bool:
    """Whether a file is hidden, or where this process writes what it tells (``> build.log``)."""
    if path.name.startswith("."):
        return True
    for stream in (1, 2):
        with contextlib.suppress(OSError):
            if os.path.samestat(os.fstat(stream), path.stat()):
                return True
    return False


def _places(sources: Iterable[Path], loaded: Loaded) -> set[Path]:
    """The folders to watch: of the sources, the configuration and what that names."""
    from publisher.batch.fingerprint import named_files

    found = {(s if _is_folder(s) else s.parent).resolve() for s in sources}
    if loaded.folder is not None:
        found.add(loaded.folder.resolve())
    found |= {Path(f).resolve().parent for f in named_files(loaded.settings, loaded.folder)}
    there = {place for place in found if _is_folder(place)}
    return {p for p in there if not any(p != q and p.is_relative_to(q) for q in there)}


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - False for what may not be looked at
