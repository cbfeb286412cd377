"""What of a batch is finished, written down beside the outputs as it goes.

One line of JSON a finished job, appended and synced after its outputs stand, so that a run broken
off at any moment is taken up where it was. A line that was being written then is none. When every
job of a run is through, the file is written anew in order: the same batch leaves the same ledger.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from typing import TYPE_CHECKING, Any, Final

from publisher.batch.fingerprint import Fingerprints, is_volatile
from publisher.batch.lock import locked
from publisher.batch.work import file_digest
from publisher.errors import WriteError
from publisher.events import Diagnostic
from publisher.job import JobResult, Output
from publisher.output import check_folder, machine_mark, refuse_sources, replace_file
from publisher.record import dataclass
from publisher.sources import LEDGER_NAME, MAX_LEDGER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from publisher.batch import BatchPlan
    from publisher.batch.work import Done
    from publisher.environment import Environment
    from publisher.job import Job

_SCHEMA: Final = 1
_DEAD_SECONDS: Final = 86_400
_TEMPORARY: Final = re.compile(r"\.publisher-([0-9a-f]{6})-([0-9]+)-.*\.tmp\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """A finished job.

    Attributes:
        job: Its name.
        key: Its fingerprint.
        reads: Files that it read beside its sources, with their digests.
        outputs: Format, file name, size, digest and pages of each.
        characters: Of its text.
        pages: Of its layout.
        volatile: It took something from the network: as good as done until its run is through.
    """

    job: str
    key: str
    reads: dict[str, str]
    outputs: list[tuple[str, str, int, str, int]]
    characters: int = 0
    pages: int = 0
    volatile: bool = False

    def line(self) -> bytes:
        """The entry as a line."""
        table = {name: getattr(self, name) for name in _FIELDS}
        return json.dumps(table, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


_FIELDS: Final = {
    "job": str,
    "key": str,
    "reads": dict,
    "outputs": list,
    "characters": int,
    "pages": int,
    "volatile": bool,
}
_HEAD: Final = json.dumps({"publisher-ledger": _SCHEMA}).encode() + b"\n"


def _entry(line: bytes) -> Entry | None:
    """The entry on a line; None for a line that was cut off or is none of ours."""
    try:
        table = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(table, dict) or set(table) != set(_FIELDS):
        return None
    if not all(isinstance(table[name], kind) for name, kind in _FIELDS.items()):
        return None
    kinds = [str, str, int, str, int]
    for row in table["outputs"]:
        if not isinstance(row, list) or [type(v) for v in row] != kinds:
            return None
    texts = [*table["reads"], *table["reads"].values()]
    if not all(isinstance(text, str) for text in texts):
        return None
    return Entry(**{**table, "outputs": [tuple(row) for row in table["outputs"]]})


class Ledger:
    """The ledger of a folder.

    Args:
        folder: Where it is; only one process has it open at a time.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / LEDGER_NAME
        self.entries: dict[str, Entry] = {}
        self._file: Any = None
        self._torn = False
        with contextlib.suppress(OSError):
            if self._path.is_symlink() or not self._path.is_file():
                self._path.unlink(missing_ok=True)  # no ledger of ours
            elif self._path.stat().st_size <= MAX_LEDGER:
                self._read(self._path.read_bytes())

    def _read(self, data: bytes) -> None:
        lines = data.split(b"\n")
        self._torn = bool(lines[-1])
        if lines[0] + b"\n" == _HEAD:
            self.entries = {e.job: e for e in map(_entry, lines[1:]) if e is not None}
        else:
            self._path.unlink()
            self._torn = False

    def add(self, entry: Entry) -> None:
        """Writes a finished job down; it is on the disk when this returns.

        Raises:
            OSError: It is not.
        """
        if self._file is None:
            self._file = self._path.open("ab", buffering=0)
            if not self._file.tell():
                self._put(_HEAD)
        self._put((b"\n" if self._torn else b"") + entry.line())
        os.fsync(self._file.fileno())
        self.entries[entry.job] = entry

    def _put(self, data: bytes) -> None:
        self._torn = True
        while data:
            data = data[self._file.write(data) :]
        self._torn = False

    def close(self) -> None:
        """Ends the appending."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def tidy(self, folder: Path, jobs: set[str]) -> None:
        """Writes the file anew in order, without what is no longer there or was of the day.

        Raises:
            WriteError: It cannot be written.
        """
        kept = [
            entry
            for name, entry in sorted(self.entries.items())
            if not entry.volatile
            and (name in jobs or all((folder / row[1]).is_file() for row in entry.outputs))
        ]
        data = b"".join([_HEAD, *(entry.line() for entry in kept)])
        replace_file(self._path, lambda place: place.write_bytes(data))


class Resumption:
    """What is known of the jobs of a run from runs before, and what this one adds.

    Args:
        ledger: Of the folder of all outputs; None keeps nothing.
        environment: Of the jobs.
        fresh: What is known does not count.
    """

    def __init__(self, ledger: Ledger | None, environment: Environment, *, fresh: bool) -> None:
        self._ledger = ledger
        self._known = {} if ledger is None or fresh else dict(ledger.entries)
        self._prints = Fingerprints(environment) if ledger is not None else None
        self._keys: dict[str, str] = {}
        self._told = False
        self.complete = False

    def result(self, job: Job) -> JobResult | None:
        """What the job gave before, when it would give the same and that still stands."""
        if self._prints is None:
            return None
        # Taken before the job runs: a source that changes while it is read is read again.
        key = self._keys[job.name] = self._prints.of(job)
        entry = self._known.get(job.name)
        if entry is None or entry.key != key or not self._prints.unchanged(entry.reads):
            return None
        outputs = []
        for form, name, size, digest, pages in entry.outputs:
            path = job.folder / name
            if file_digest(path) != digest:
                return None
            outputs.append(Output(form, path, size, pages))
        return JobResult(
            job.name,
            outputs,
            characters=entry.characters,
            pages=entry.pages,
            skipped=True,
        )

    def finished(self, job: Job, done: Done) -> Diagnostic | None:
        """Writes down that a job is finished, if it is; says so the first time that it cannot."""
        result = done.result
        if self._ledger is None or result.error is not None:
            return None
        entry = Entry(
            job.name,
            self._keys[job.name],
            dict(sorted(done.reads.items())),
            [
                (o.format, o.path.name, o.size, digest, o.pages)
                for o, digest in zip(result.outputs, done.digests, strict=True)
            ],
            result.characters,
            result.pages,
            is_volatile(job),
        )
        try:
            self._ledger.add(entry)
        except OSError as problem:
            if not self._told:
                self._told = True
                reason = problem.strerror or str(problem)
                return Diagnostic("batch.ledger", args=(("reason", reason),))
        return None


@contextlib.contextmanager
def resumption(
    jobs: Sequence[Job], environment: Environment, plan: BatchPlan
) -> Iterator[Resumption]:
    """What is known of the jobs; with a ledger, their folder is held and swept meanwhile.

    Raises:
        WriteError: An output would replace a source; the folder cannot be written to, or is held.
    """
    _refuse(jobs)
    if not plan.ledger or not jobs:
        yield Resumption(None, environment, fresh=True)
        return
    folder = jobs[0].folder
    check_folder(folder)
    with locked(folder, plan.wait):
        sweep(folder)
        ledger = Ledger(folder)
        kept = Resumption(ledger, environment, fresh=plan.fresh)
        try:
            yield kept
        finally:
            ledger.close()
            sweep(folder)  # workers of a cluster may have died
        if kept.complete:
            with contextlib.suppress(WriteError):  # out of order it is as good
                ledger.tidy(folder, {job.name for job in jobs})


def _refuse(jobs: Sequence[Job]) -> None:
    """Raises a WriteError where an output of any job would replace a source of any."""
    refuse_sources(
        (target for job in jobs for target in job.targets),
        {source for job in jobs for source in job.sources},
    )


def sweep(folder: Path) -> None:
    """Takes away the temporary files of processes that are no more.

    Of other machines' processes nothing is known; their files are dead when they are a day older
    than the newest file here.
    """
    mark = machine_mark()
    with contextlib.suppress(OSError):
        files = {path: path.lstat().st_mtime for path in folder.iterdir()}
        newest = max(files.values(), default=0.0)
        for path, changed in files.items():
            found = _TEMPORARY.match(path.name)
            if found is None:
                continue
            old = changed < newest - _DEAD_SECONDS
            if not _lives(int(found[2])) if found[1] == mark else old:
                path.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    """True when there is such a process that is not this one, whose files are of a former life."""
    if process == os.getpid():
        return False
    if sys.platform == "win32":  # where asking by signal would end it
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return not _has_ended(process)


def _has_ended(process: int) -> bool:
    """True for a process that has ended and that nobody has asked for, as in many containers."""
    try:
        with open(f"/proc/{process}/stat", "rb") as file:  # noqa: PTH123
            return file.read().rpartition(b")")[2].split()[0] in (b"Z", b"X")
    except (OSError, IndexError):
        return False
