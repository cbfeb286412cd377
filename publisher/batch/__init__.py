"""Many jobs: in this process, over processes of this machine, or over a Dask cluster.

One job runs as it always does and loads none of this. A batch with a ledger can be broken off at
any moment and taken up again: see `ledger`.
"""

from __future__ import annotations

import contextlib
import gc
import os
import time
from typing import TYPE_CHECKING, Literal, TypeAlias

from publisher.events import BatchFinished, DiagnosticRaised, JobSkipped
from publisher.job import Workshop
from publisher.pipeline import run_job
from publisher.record import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from publisher.batch.ledger import Resumption
    from publisher.batch.work import Done
    from publisher.config import Loaded
    from publisher.environment import Environment
    from publisher.events import Reporter
    from publisher.job import Job, JobResult

Executor: TypeAlias = Literal["process", "dask"]

# From so many jobs on processes of their own are worth their start.
_WORTH_PROCESSES = 4
# Jobs run with the collector held back; what cycles they leave goes now and then. Only what was
# made since the last time is looked at (generation 0): the rest has stayed before.
COLLECT_EVERY = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may take: seconds of wall time and MiB of memory; 0 sets no limit."""

    seconds: int = 0
    mebibytes: int = 0


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """How jobs are run.

    Attributes:
        workers: Processes; 0 runs the jobs in this process, where no limits hold.
        executor: ``process`` on this machine, ``dask`` on a cluster.
        address: The cluster's scheduler.
        send_files: Sources go with the jobs and outputs come back; else storage is shared.
        fail_fast: The first failure ends the batch.
        limits: For each job.
        ledger: Finished jobs are written down, and skipped when nothing has changed.
        fresh: What is written down is not looked at.
        wait: Seconds to wait for another run to leave the folder.
    """

    workers: int = 0
    executor: Executor = "process"
    address: str = ""
    send_files: bool = False
    fail_fast: bool = False
    limits: Limits = field(default_factory=Limits)
    ledger: bool = False
    fresh: bool = False
    wait: int = 0


def plan_for(loaded: Loaded, jobs: int) -> BatchPlan:
    """How the settings want so many jobs to be run."""
    settings = loaded.settings
    batch, output = settings.batch, settings.output
    asked = {"batch.time_limit", "batch.memory_limit"} & set(loaded.origins)
    workers = min(batch.jobs or os.cpu_count() or 1, jobs)
    if not asked and (jobs < _WORTH_PROCESSES or batch.jobs == 1):
        workers = 0
    return BatchPlan(
        workers=workers,
        executor="dask" if batch.executor == "dask" else "process",
        address=batch.address,
        send_files=batch.send_files,
        fail_fast=batch.fail_fast,
        limits=Limits(batch.time_limit, batch.memory_limit),
        ledger=output.each,
        # Reports tell of every job, so every job has to be done for them.
        fresh=batch.fresh
        or bool(output.text_report or output.glyph_report or output.pdf.line_report),
        wait=batch.wait,
    )


def run_batch(
    jobs: Sequence[Job],
    environment: Environment,
    reporter: Reporter,
    *,
    plan: BatchPlan | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> list[JobResult]:
    """The results of `jobs` in their order; those that a batch broken off left undone have none.

    Args:
        jobs: What to make.
        environment: Clock and files.
        reporter: Takes the events of every job.
        plan: How; in this process without a ledger when left out.
        stop: Asked between jobs; True ends the batch early.

    Raises:
        WriteError: An output would replace a source, or the folder cannot be written to or is
            in use by another run.
        ClusterError: The cluster cannot be reached.
    """
    plan = plan or BatchPlan()
    if len(jobs) == 1 and not plan.ledger and not plan.workers and plan.executor == "process":
        return [run_job(jobs[0], Workshop(environment), reporter)]
    from publisher.batch.ledger import resumption

    began = time.monotonic()
    results: dict[int, JobResult] = {}
    with resumption(jobs, environment, plan) as kept, contextlib.ExitStack() as stack:
        tasks = _tasks(jobs, kept, results, reporter, lambda: stop() or _failed(plan, results))
        done = _executed(tasks, jobs, environment, plan)
        stack.callback(done.close)
        for index, made in done:
            results[index] = made.result
            for event in made.events:
                reporter(event)
            trouble = kept.finished(jobs[index], made)
            if trouble is not None:
                made.result.diagnostics.append(trouble)
                reporter(DiagnosticRaised(made.result.job, trouble))
            if _failed(plan, results):
                break
        kept.complete = len(results) == len(jobs)
    made_all = list(results.values())
    skipped = sum(r.skipped for r in made_all)
    failed = sum(r.error is not None for r in made_all)
    reporter(
        BatchFinished(len(made_all) - failed - skipped, skipped, failed, time.monotonic() - began)
    )
    return [results[i] for i in sorted(results)]


def _failed(plan: BatchPlan, results: dict[int, JobResult]) -> bool:
    return plan.fail_fast and any(r.error is not None for r in results.values())


def _tasks(
    jobs: Sequence[Job],
    kept: Resumption,
    results: dict[int, JobResult],
    reporter: Reporter,
    stop: Callable[[], bool],
) -> Iterator[tuple[int, Job]]:
    """The jobs that are still to do; the results of the others are put with `results`."""
    for index, job in enumerate(jobs):
        if stop():
            return
        before = kept.result(job)
        if before is None:
            yield index, job
        else:
            results[index] = before
            reporter(JobSkipped(job.name, len(before.outputs)))


def _executed(
    tasks: Iterator[tuple[int, Job]], jobs: Sequence[Job], environment: Environment, plan: BatchPlan
) -> Generator[tuple[int, Done]]:
    """What comes of the tasks, in the order that they are finished."""
    if plan.executor == "dask":
        from publisher.batch.cluster import over_cluster

        return over_cluster(tasks, environment, plan)
    if plan.workers:
        from publisher.batch.processes import over_processes

        return over_processes(tasks, environment, min(plan.workers, len(jobs)), plan.limits)
    return _here(tasks, environment)


def _here(
    tasks: Iterator[tuple[int, Job]], environment: Environment
) -> Generator[tuple[int, Done]]:
    from publisher.batch.work import perform

    workshop = Workshop(environment)
    for number, (index, job) in enumerate(tasks, 1):
        yield index, perform(job, workshop)
        if number % COLLECT_EVERY == 0:
            gc.collect(0)
