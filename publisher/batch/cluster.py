"""A Dask cluster: the same jobs on many machines.

A Dask worker does not run a job itself: it gives it to a process of its own, one for each of its
threads, so that the limits hold there as they do here and a job that dies takes no worker along.
Jobs of workers that are lost are given to others by Dask; a job that three workers were lost with
has failed.
"""

from __future__ import annotations

import contextlib
import os
import queue
import threading
from concurrent.futures import CancelledError
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from publisher.batch.parcel import (
    Parcel,
    collect,
    known_here,
    packed,
    unpacked,
    with_outputs,
    with_wanted,
)
from publisher.batch.processes import Crew, died
from publisher.batch.work import Done, failure
from publisher.environment import Environment
from publisher.errors import ClusterError, JobFailed, PublisherError
from publisher.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from publisher.batch import BatchPlan, Limits
    from publisher.job import Job

_CONNECT_SECONDS: Final = 20
# At most so many jobs a thread wait on the cluster, so that memory does not grow with the batch.
_IN_FLIGHT: Final = 3
# How long a cluster may be without any worker.
_PATIENCE_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class _Order:
    """A job on its way: with its files, or where storage is shared without.

    The variables of this machine's environment do not go along.
    """

    job: Job
    epoch: int
    epoch_given: bool
    limits: Limits
    parcel: Parcel | None = None


def over_cluster(
    tasks: Iterator[tuple[int, Job]], environment: Environment, plan: BatchPlan
) -> Generator[tuple[int, Done]]:
    """What comes of the tasks, as they are finished.

    Raises:
        ClusterError: The cluster cannot be reached, or has lost its scheduler or all workers.
    """
    client = _client(plan.address)
    run = _Run(client, environment, plan)
    try:
        yield from run.all(tasks)
    finally:
        run.end()


def _client(address: str) -> Any:
    if not address:
        raise ClusterError(
            "no cluster is named", code="cluster.address", hint="--address tcp://host:8786"
        )
    try:
        from distributed import Client
    except ImportError as problem:
        raise ClusterError(
            "Dask is not installed",
            code="cluster.missing",
            hint='pip install "publisher-cjk[dask]"',
        ) from problem
    try:
        return Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as problem:
        raise ClusterError(
            f"cannot be reached: {problem}",
            code="cluster.unreachable",
            where=address,
            hint="is the scheduler running, and is the address right?",
        ) from problem


class _Run:
    """A batch on a cluster.

    Args:
        client: Dask's, connected.
        environment: Clock and files of the jobs.
        plan: Limits, and how files get there.
    """

    def __init__(self, client: Any, environment: Environment, plan: BatchPlan) -> None:
        self._client = client
        self._environment = environment
        self._plan = plan
        self._orders: dict[Any, tuple[int, _Order]] = {}
        self._ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._sent = 0

    def all(self, tasks: Iterator[tuple[int, Job]]) -> Iterator[tuple[int, Done]]:
        """What comes of the tasks."""
        while True:
            most = _IN_FLIGHT * self._threads()
            while len(self._orders) < most and (task := next(tasks, None)) is not None:
                self._submit(task[0], self._order(task[1]))
            if not self._orders:
                return
            yield from self._finished()

    def end(self) -> None:
        """Takes back what is on its way and leaves the cluster."""
        with contextlib.suppress(Exception):
            self._client.cancel(list(self._orders), force=True)
        with contextlib.suppress(Exception):
            self._client.close(timeout=_CONNECT_SECONDS)

    def _threads(self) -> int:
        """The threads of the cluster's workers; waits for the first one.

        Raises:
            ClusterError: There is none.
        """
        try:
            if not (threads := self._count()):
                self._client.wait_for_workers(1, timeout=_PATIENCE_SECONDS)
                threads = self._count()
        except (TimeoutError, OSError) as problem:
            raise ClusterError(
                f"has no worker for {_PATIENCE_SECONDS} s",
                code="cluster.no-workers",
                where=self._plan.address,
                hint="start dask workers; what is finished will not be done again",
            ) from problem
        return max(threads, 1)

    def _count(self) -> int:
        return sum(self._client.nthreads().values())

    def _order(self, job: Job) -> _Order:
        parcel = packed(job) if self._plan.send_files else None
        now = self._environment
        return _Order(job, now.epoch, now.epoch_given, self._plan.limits, parcel)

    def _submit(self, index: int, order: _Order) -> None:
        self._sent += 1
        future = self._client.submit(
            perform_order,
            order,
            key=f"publisher-{id(self):x}-{index}-{self._sent}",
            pure=False,
            retries=0,
        )
        self._orders[future] = (index, order)
        future.add_done_callback(self._ended.put)

    def _finished(self) -> Iterator[tuple[int, Done]]:
        """Waits until a job ends; gives those that have."""
        try:
            ended = [self._ended.get(timeout=_PATIENCE_SECONDS)]
        except queue.Empty:
            self._threads()  # nothing yet: is anyone there?
            return
        with contextlib.suppress(queue.Empty):
            while True:
                ended.append(self._ended.get_nowait())
        for future in ended:
            index, order = self._orders.pop(future)
            done = self._outcome(order, future)
            future.release()  # or it would be done again when its worker is lost
            if order.parcel is not None:
                more = with_wanted(order.parcel, done, order.job, self._environment)
                if more is not None:
                    self._submit(index, replace(order, parcel=more))
                    continue
                done = with_outputs(order.job, done)
            yield index, done

    def _outcome(self, order: _Order, future: Any) -> Done:
        from distributed.scheduler import KilledWorker

        try:
            done = future.result(timeout=_PATIENCE_SECONDS)
        except KilledWorker:
            killed = JobFailed(
                "took down every worker that it was given to",
                code="job.died",
                hint="is there enough memory?",
            )
            return failure(order.job.name, killed)
        except Exception as problem:
            # Dask takes futures back when it has lost its scheduler.
            lost = isinstance(problem, CancelledError) or self._client.status != "running"
            kind: type[PublisherError] = ClusterError if lost else JobFailed
            error = kind(
                f"the cluster could not do it: {type(problem).__name__}: {problem}",
                code="cluster.lost" if lost else "job.cluster",
                hint="are the workers' versions of publisher and Python the same as here?",
            )
            if lost:
                raise error from problem
            return failure(order.job.name, error)
        assert isinstance(done, Done)
        return done


# ------------------------------------------------------------------------- on the other side


_HERE = threading.local()


def perform_order(order: _Order) -> Done:
    """Runs a job in the process that belongs to this thread of a Dask worker."""
    crew = _crew(order)
    if order.parcel is None:
        return _performed(crew, order.job, None)
    with unpacked(order.parcel, order.job) as (job, here):
        done = _performed(crew, job, known_here(order.parcel, here))
        collect(done, order.job, here)
        return done


def _performed(crew: Crew, job: Job, known: frozenset[str] | None) -> Done:
    code = 0
    for _ in range(2):  # once more if its process dies, as on one machine
        crew.submit(0, job, known)
        _, _, done = crew.wait()
        if isinstance(done, Done):
            return done
        code = done
    return failure(job.name, died(code))


def _crew(order: _Order) -> Crew:
    """The thread's process, kept while the orders are of one kind."""
    known = getattr(_HERE, "crew", None)
    variables = dict(os.environ)
    kind = (Environment(order.epoch, order.epoch_given, variables), order.limits)
    if known is None or known[0] != kind:
        if known is not None:
            known[1].__exit__()
        known = _HERE.crew = (kind, Crew(1, *kind))
    crew: Crew = known[1]
    return crew
