"""Worker processes of this machine: limits of time, and jobs that take their worker down.

Each worker has its own pipes, so that one that is killed at any moment can hold up no other, and it
is always known which job it had. Deadlines go by a clock that nobody can set.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from typing import IO, TYPE_CHECKING, Self

from publisher.batch.work import Done, failure
from publisher.errors import JobFailed, JobTimeout
from publisher.output import temporary_prefix
from publisher.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path

    from publisher.batch import Limits
    from publisher.environment import Environment
    from publisher.job import Job

# A worker's first job also loads modules and fonts; a slow disk shall not count against it.
_START_SECONDS = 10
# So long may a process take from closing its pipe to being gone.
_LAST_SECONDS = 2.0


@dataclass(slots=True)
class _Task:
    index: int
    job: Job
    began: float
    deadline: float


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    task: _Task | None = None
    jobs: int = 0


def over_processes(
    tasks: Iterator[tuple[int, Job]], environment: Environment, workers: int, limits: Limits
) -> Generator[tuple[int, Done]]:
    """What comes of the tasks, as they are finished.

    A job that takes its worker down is tried once more when the others are done, alone: it may
    have been another that took the memory.
    """
    with Crew(workers, environment, limits) as crew:
        lost: list[tuple[int, Job]] = []
        yield from _until_done(crew, tasks, lost)
        for index, job in lost:
            crew.submit(index, job)
            _, _, done = crew.wait()
            yield index, done if isinstance(done, Done) else failure(job.name, died(done))


def _until_done(
    crew: Crew, tasks: Iterator[tuple[int, Job]], lost: list[tuple[int, Job]]
) -> Iterator[tuple[int, Done]]:
    while True:
        while crew.free and (task := next(tasks, None)) is not None:
            crew.submit(*task)
        if not crew.busy:
            return
        index, job, done = crew.wait()
        if isinstance(done, Done):
            yield index, done
        else:
            lost.append((index, job))


def died(code: int) -> JobFailed:
    """The error of a job whose process ended with `code` (negative: a signal's number)."""
    how = f"code {code}"
    with contextlib.suppress(ValueError):
        if code < 0:
            how = signal.Signals(-code).name
    return JobFailed(
        f"the worker process died ({how})", code="job.died", hint="is there enough memory?"
    )


class Crew:
    """Some worker processes, started as they are needed.

    Args:
        size: How many at most.
        environment: Clock and files of the jobs.
        limits: For each job.
    """

    def __init__(self, size: int, environment: Environment, limits: Limits) -> None:
        self._size = size
        self._environment = environment
        self._limits = limits
        self._workers: list[_Worker] = []
        self._answers: queue.SimpleQueue[tuple[_Worker, Done | None]] = queue.SimpleQueue()
        self._folders: set[Path] = set()

    def __enter__(self) -> Self:
        """The crew; its workers start with their first jobs."""
        return self

    def __exit__(self, *_: object) -> None:
        """Ends the workers at once and takes away the files they were writing."""
        for worker in self._workers:
            _kill(worker.process)
        for worker in self._workers:
            _end(worker.process, self._folders)
        self._workers.clear()

    @property
    def busy(self) -> int:
        """How many workers have a job."""
        return sum(worker.task is not None for worker in self._workers)

    @property
    def free(self) -> bool:
        """True when another job can be taken at once."""
        return self.busy < self._size

    def submit(self, index: int, job: Job, known: frozenset[str] | None = None) -> None:
        """Gives a job to a free worker; see `work.perform` for `known`."""
        worker = next((w for w in self._workers if w.task is None), None) or self._start()
        self._folders.add(job.folder)
        now = time.monotonic()
        most = self._limits.seconds + (0 if worker.jobs else _START_SECONDS)
        deadline = now + most if self._limits.seconds else float("inf")
        worker.task = _Task(index, job, now, deadline)
        worker.jobs += 1
        _send(worker.process, (job, known))

    def wait(self) -> tuple[int, Job, Done | int]:
        """The next job that ends: what it gave, or the exit code of the process that it killed."""
        while True:
            due = min(w.task.deadline for w in self._workers if w.task is not None)
            left = None if due == float("inf") else max(due - time.monotonic(), 0.0)
            try:
                worker, done = self._answers.get(timeout=left)
            except queue.Empty:
                overdue = self._overdue()
                if overdue is not None:
                    return overdue
                continue
            task = worker.task
            if task is None:
                if done is None and worker in self._workers:  # it ended between two jobs
                    self._dismiss(worker)
                continue
            worker.task = None
            if done is None:
                return task.index, task.job, self._dismiss(worker, patience=_LAST_SECONDS)
            if done.result.error is not None and done.result.error.code == "source.memory":
                self._dismiss(worker)  # its memory is in pieces
            return task.index, task.job, done

    def _overdue(self) -> tuple[int, Job, Done | int] | None:
        now = time.monotonic()
        for worker in self._workers:
            task = worker.task
            if task is not None and task.deadline <= now:
                worker.task = None
                self._dismiss(worker)
                seconds = self._limits.seconds
                error = JobTimeout(
                    f"took more than {seconds} s and was ended",
                    hint="raise batch.time-limit, or look what is odd about the source",
                )
                return task.index, task.job, failure(task.job.name, error, now - task.began)
        return None

    def _dismiss(self, worker: _Worker, *, patience: float = 0.0) -> int:
        """Ends a worker; with patience (seconds) one that is ending gives its own code."""
        self._workers.remove(worker)
        if patience:
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.process.wait(patience)
        _kill(worker.process)
        return _end(worker.process, self._folders)

    def _start(self) -> _Worker:
        places = [p for p in sys.path if p]
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "publisher.batch.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(places),
                "RUST_BACKTRACE": "0",  # resvg hangs when it prints one without memory
            },
            # Ctrl-C reaches a whole group of processes, and only the run shall hear it.
            process_group=0 if sys.platform != "win32" else None,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        worker = _Worker(process)
        self._workers.append(worker)
        assert process.stdout is not None
        listening = (worker, process.stdout, self._answers)
        threading.Thread(target=_listen, args=listening, daemon=True).start()
        _send(process, (self._environment, self._limits))
        return worker


def _listen(
    worker: _Worker,
    stream: IO[bytes],
    answers: queue.SimpleQueue[tuple[_Worker, Done | None]],
) -> None:
    """Puts what a worker says with the answers, and None when it has said its last."""
    with contextlib.suppress(Exception), stream:
        while True:
            answers.put((worker, pickle.load(stream)))  # noqa: S301 - from our own worker
    answers.put((worker, None))


def _send(process: subprocess.Popen[bytes], message: object) -> None:
    """Sends; that a worker is gone is heard from the other pipe."""
    assert process.stdin is not None
    with contextlib.suppress(OSError):
        process.stdin.write(pickle.dumps(message))
        process.stdin.flush()


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        process.kill()


def _end(process: subprocess.Popen[bytes], folders: Iterable[Path]) -> int:
    """Waits for a worker that is ending, and takes away the files it was writing."""
    code = process.wait()
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()
    for folder in folders:
        for left in folder.glob(f"{temporary_prefix(process.pid)}*"):
            left.unlink(missing_ok=True)
    return code
