"""One job of a batch, wherever it runs: its result, its events, and what it read and wrote."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from publisher.environment import Environment
from publisher.errors import JobFailed, PublisherError
from publisher.events import JobFinished, StageAdvanced, StageFinished, StageStarted
from publisher.job import JobResult, Workshop
from publisher.pipeline import run_job
from publisher.record import dataclass, field

if TYPE_CHECKING:
    from pathlib import Path

    from publisher.events import Event
    from publisher.job import Job

_BLOCK = 1 << 20
# What a file that cannot be read has for a digest: when it comes to be, its job is done anew.
ABSENT = ""
# The code of a job that ended after reading, since it lacks files that can be sent.
WANTED = "job.wants-files"


@dataclass(frozen=True, slots=True)
class NotingEnvironment(Environment):
    """An environment that notes which files its jobs ask for, and what was in them."""

    reads: dict[str, str] = field(default_factory=dict)

    def read_file(self, path: Path, *, within: Path, limit: int) -> bytes:
        """As `Environment.read_file`; `reads` takes the file's digest, `ABSENT` on failure."""
        place = os.path.abspath(path)  # noqa: PTH100 - links stay as they are named
        self.reads[place] = ABSENT
        data = Environment.read_file(self, path, within=within, limit=limit)
        self.reads[place] = hashlib.sha256(data).hexdigest()
        return data


@dataclass(slots=True)
class Done:
    """A finished job.

    Attributes:
        result: As `pipeline.run_job` gives it.
        events: In order, but for those about stages, which would only crowd the way back.
        reads: Files that the job asked for beside its sources, with their digests.
        digests: Of the result's outputs, in their order.
        files: The outputs themselves by name, where they have to be sent.
    """

    result: JobResult
    events: list[Event] = field(default_factory=list)
    reads: dict[str, str] = field(default_factory=dict)
    digests: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)


def perform(job: Job, workshop: Workshop, known: frozenset[str] | None = None) -> Done:
    """Runs a job; whatever goes wrong in it, a bug in the program included, is in the result.

    Args:
        job: What to make.
        workshop: Opened fonts.
        known: Files that are here if they are anywhere; a job that lacks another ends when it has
            been read. None for a job that lacks nothing.
    """
    outside = workshop.environment
    noting = NotingEnvironment(outside.epoch, outside.epoch_given, outside.variables)
    events: list[Event] = []

    def keep(event: Event) -> None:
        if not isinstance(event, StageStarted | StageAdvanced | StageFinished):
            events.append(event)
        if known is not None and isinstance(event, StageFinished) and event.stage == "read":
            lacking = {path for path, digest in noting.reads.items() if digest == ABSENT}
            if lacking - known:
                raise JobFailed("lacks files", code=WANTED)

    workshop.environment = noting
    try:
        result = run_job(job, workshop, keep)
        digests = [file_digest(output.path) for output in result.outputs]
    except Exception as problem:  # noqa: BLE001 - the other jobs go on
        failed = failure(
            job.name,
            JobFailed(
                f"internal error: {type(problem).__name__}: {problem}",
                code="job.bug",
                hint="this is a bug; build this one alone with --debug and report what it prints",
            ),
        )
        failed.events[:0] = events
        return failed
    finally:
        workshop.environment = outside
    return Done(result, events, noting.reads, digests)


def failure(name: str, error: PublisherError, seconds: float = 0.0) -> Done:
    """What a job leaves that came to nothing."""
    return Done(
        JobResult(name, error=error, seconds=seconds), [JobFinished(name, seconds, str(error))]
    )


def file_digest(path: Path | str) -> str:
    """SHA-256 of a file in hexadecimal; `ABSENT` when it cannot be read."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - may be a string
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ABSENT
