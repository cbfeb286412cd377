"""A job with its files, for a machine that shares no storage with this one.

The sources and the files that settings name go along at once. What a source pulls in is only known
when it has been read: there the job ends after reading and asks for it, and is sent again with all
of it. Nothing is sent that the job could not have read here.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.batch.fingerprint import named_files
from publisher.batch.work import ABSENT, WANTED, Done, failure
from publisher.config import FILES, setting, with_setting
from publisher.errors import PublisherError, ResourceError, SourceError
from publisher.events import DiagnosticRaised, JobFinished, OutputWritten
from publisher.intake import read_bytes
from publisher.output import check_targets, replace_file
from publisher.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.environment import Environment
    from publisher.events import Diagnostic, Event
    from publisher.job import Job
    from publisher.settings import Settings


@dataclass(frozen=True, slots=True)
class Parcel:
    """The files of a job.

    Attributes:
        files: Content by absolute path, as the machine that sends it has it.
        roots: Folders whose files the job may ask for.
        known: Paths that were asked for, whether they are there or not.
    """

    files: dict[str, bytes]
    roots: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()


def packed(job: Job) -> Parcel:
    """The sources of a job and what its settings name; of what cannot be read the job will tell."""
    paths = [Path(name) for name in named_files(job.settings, job.base, fonts=False)]
    roots = [job.base or Path()] if job.settings.book.cover else []
    for group in job.groups:
        paths += [file.path for file in group.files if not file.address]
        roots += [file.root for file in group.files if not file.address]
    files: dict[str, bytes] = {}
    for path in paths:
        with contextlib.suppress(SourceError):
            files[_absolute(path)] = read_bytes(path, job.settings.input.max_bytes)
    return Parcel(files, tuple(sorted({_absolute(root) for root in roots})))


def with_wanted(parcel: Parcel, done: Done, job: Job, environment: Environment) -> Parcel | None:
    """The parcel with what its job asked for; None when it asked for nothing."""
    if done.result.error is None or done.result.error.code != WANTED:
        return None
    asked = {path for path, digest in done.reads.items() if digest == ABSENT} - parcel.known
    if not asked:
        return None
    files = dict(parcel.files)
    for path in sorted(asked):
        for root in parcel.roots:
            if Path(path).is_relative_to(root):
                with contextlib.suppress(ResourceError):
                    files[path] = environment.read_file(
                        Path(path), within=Path(root), limit=job.settings.input.max_bytes
                    )
    return replace(parcel, files=files, known=parcel.known | asked)


def with_outputs(job: Job, done: Done) -> Done:
    """The finished job with its outputs in the job's own folder; a failure if they cannot be."""
    targets = [job.folder / output.path.name for output in done.result.outputs]
    try:
        if targets:
            check_targets(targets, overwrite=job.settings.output.overwrite)
        for target in targets:
            data = done.files[target.name]
            replace_file(target, lambda place, data=data: place.write_bytes(data))  # type: ignore[misc]
    except PublisherError as error:
        return failure(job.name, error, done.result.seconds)
    done.files.clear()
    return done


# ------------------------------------------------------------------------- on the other side


@contextlib.contextmanager
def unpacked(parcel: Parcel, job: Job) -> Iterator[tuple[Job, Path]]:
    """The job with its files in a folder of its own here, and that folder; it goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="publisher-") as name:
        here = Path(name).resolve()
        for path, data in parcel.files.items():
            place = _inside(here, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        for root in parcel.roots:
            _inside(here, root).mkdir(parents=True, exist_ok=True)
        yield _moved(job, here), here


def known_here(parcel: Parcel, here: Path) -> frozenset[str]:
    """The files that a job need not ask for, by their paths in the folder."""
    return frozenset(str(_inside(here, path)) for path in (*parcel.known, *parcel.files))


def collect(done: Done, job: Job, here: Path) -> None:
    """Takes the outputs along, and tells of files by their names on the other machine.

    Args:
        done: The finished job, changed in place.
        job: As it was sent.
        here: The folder of its files.
    """
    prefix = str(here)
    done.reads = {_told(path, prefix): digest for path, digest in done.reads.items()}
    outputs = []
    for output in done.result.outputs:
        done.files[output.path.name] = output.path.read_bytes()
        outputs.append(replace(output, path=job.folder / output.path.name))
    done.result.outputs = outputs
    done.result.diagnostics = [_retold(d, prefix) for d in done.result.diagnostics]
    error = done.result.error
    if error is not None:
        done.result.error = type(error)(
            _told(error.message, prefix),
            code=error.code,
            where=_told(error.where, prefix),
            hint=_told(error.hint, prefix),
        )
    done.events = [_retold_event(event, prefix, job.folder) for event in done.events]


def _moved(job: Job, here: Path) -> Job:
    """The job with every path in the folder."""
    groups = tuple(
        replace(
            group,
            files=tuple(
                file
                if file.address
                else replace(
                    file,
                    path=_inside(here, _absolute(file.path)),
                    root=_inside(here, _absolute(file.root)),
                )
                for file in group.files
            ),
        )
        for group in job.groups
    )
    return replace(
        job,
        groups=groups,
        settings=_moved_settings(job.settings, job.base, here),
        folder=here / "outputs",
        base=_inside(here, _absolute(job.base or Path())),
    )


def _moved_settings(settings: Settings, base: Path | None, here: Path) -> Settings:
    for name in FILES:
        if value := setting(settings, name):
            settings = with_setting(settings, name, str(_inside(here, _absolute(Path(value)))))
    if settings.theme.file:
        file = (base or Path()) / settings.theme.file
        settings = with_setting(settings, "theme.file", str(_inside(here, _absolute(file))))
    return settings


def _absolute(path: Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - links stay as they are named


def _inside(here: Path, path: str) -> Path:
    """Where the file of an absolute path is in the folder."""
    return here.joinpath("files", *Path(path).parts[1:])


def _told(text: str, prefix: str) -> str:
    """A text with the paths of the machine that the files came from."""
    return text.replace(os.path.join(prefix, "files"), "")  # noqa: PTH118 - part of a text


def _retold(diagnostic: Diagnostic, prefix: str) -> Diagnostic:
    return replace(
        diagnostic,
        args=tuple((name, _told(value, prefix)) for name, value in diagnostic.args),
        source=_told(diagnostic.source, prefix),
        hint=_told(diagnostic.hint, prefix),
    )


def _retold_event(event: Event, prefix: str, folder: Path) -> Event:
    match event:
        case OutputWritten():
            return replace(event, path=str(folder / Path(event.path).name))
        case DiagnosticRaised():
            return replace(event, diagnostic=_retold(event.diagnostic, prefix))
        case JobFinished():
            return replace(event, error=_told(event.error, prefix))
        case _:
            return event
