"""Many jobs: one after another, or over worker processes that open the fonts once each."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, Final

from publisher.errors import PublisherError
from publisher.events import (
    Event,
    JobFinished,
    Reporter,
    StageAdvanced,
    StageFinished,
    StageStarted,
)
from publisher.output import temporary_prefix
from publisher.pipeline import Job, JobResult, Workshop, run_job
from publisher.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor
    from pathlib import Path

    from publisher.environment import Environment

# At most so many jobs a worker wait in the queue, so that memory does not grow with the batch.
_IN_FLIGHT = 4
# Jobs run with the collector held back; what cycles they leave goes now and then. Only what was
# made since the last time is looked at (generation 0): the rest has stayed before.
_COLLECT_EVERY = 20


@dataclass(slots=True)
class _Worker:
    """What a worker process keeps between jobs (the one process-wide object there is)."""

    workshop: Workshop | None = None
    jobs: int = 0


_WORKER: Final = _Worker()


def run_batch(
    jobs: Sequence[Job],
    environment: Environment,
    reporter: Reporter,
    *,
    workers: int = 1,
    stop: Callable[[], bool] = lambda: False,
) -> list[JobResult]:
    """The results of `jobs`, in their order.

    Args:
        jobs: What to make.
        environment: Clock and files.
        reporter: Takes the events of every job.
        workers: Processes; 0 is one a core, 1 works in this process.
        stop: Asked between jobs; True ends the batch early.
    """
    workers = workers or os.cpu_count() or 1
    if workers <= 1 or len(jobs) <= 1:
        workshop = Workshop(environment)
        results = []
        for job in jobs:
            if stop():
                break
            results.append(run_job(job, workshop, reporter))
            if len(results) % _COLLECT_EVERY == 0:
                gc.collect(0)
        return results
    return _parallel(jobs, environment, reporter, min(workers, len(jobs)))


def _parallel(
    jobs: Sequence[Job], environment: Environment, reporter: Reporter, workers: int
) -> list[JobResult]:
    """Jobs over processes; one that takes its worker down is tried once more, alone."""
    from concurrent.futures import FIRST_COMPLETED, wait
    from concurrent.futures.process import BrokenProcessPool

    results: dict[int, JobResult] = {}
    lost: list[int] = []
    queue = list(enumerate(jobs))[::-1]
    running: dict[Future[tuple[JobResult, list[Event]]], int] = {}
    with _pool(workers, environment) as pool:
        try:
            while queue or running:
                while queue and len(running) < workers * _IN_FLIGHT:
                    index, job = queue.pop()
                    running[pool.submit(_work, job)] = index
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    index = running.pop(future)
                    results[index] = _collect(future, reporter)
        except BrokenProcessPool:
            lost = [i for i in range(len(jobs)) if i not in results]
        except KeyboardInterrupt:
            _stop(pool, {job.folder for job in jobs})
            raise
    for index in lost:
        results[index] = _alone(jobs[index], environment, reporter)
    return [results[i] for i in sorted(results)]


def _pool(workers: int, environment: Environment) -> ProcessPoolExecutor:
    """Spawned workers; the modules are imported here because a single job needs none of them."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        workers, mp_context=context, initializer=_start, initargs=(environment,)
    )


def _stop(pool: ProcessPoolExecutor, folders: Iterable[Path]) -> None:
    """Ends the workers at once and takes away the files they were writing."""
    import multiprocessing

    workers = multiprocessing.active_children()
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join()
        for folder in folders:
            for left in folder.glob(f"{temporary_prefix(worker.pid or 0)}*"):
                left.unlink(missing_ok=True)


def _start(environment: Environment) -> None:
    import signal

    # Ctrl-C reaches the whole group; the parent decides what becomes of its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    _WORKER.workshop = Workshop(environment)


def _work(job: Job) -> tuple[JobResult, list[Event]]:
    """Runs a job in a worker; stage events stay there, they would only crowd the pipe."""
    assert _WORKER.workshop is not None
    events: list[Event] = []

    def keep(event: Event) -> None:
        if not isinstance(event, StageStarted | StageAdvanced | StageFinished):
            events.append(event)

    result = run_job(job, _WORKER.workshop, keep)
    _WORKER.jobs += 1
    if _WORKER.jobs % _COLLECT_EVERY == 0:
        gc.collect(0)
    return result, events


def _collect(future: Future[tuple[JobResult, list[Event]]], reporter: Reporter) -> JobResult:
    result, events = future.result()
    for event in events:
        reporter(event)
    return result


def _alone(job: Job, environment: Environment, reporter: Reporter) -> JobResult:
    from concurrent.futures.process import BrokenProcessPool

    with _pool(1, environment) as pool:
        try:
            return _collect(pool.submit(_work, job), reporter)
        except BrokenProcessPool:
            error = PublisherError(
                "the worker process died", code="job.died", hint="is there enough memory?"
            )
            reporter(JobFinished(job.name, 0.0, str(error)))
            return JobResult(job.name, error=error)
