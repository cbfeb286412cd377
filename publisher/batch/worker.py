"""A worker process: takes jobs on standard input, gives what came of them on standard output.

Run as ``python -P -m publisher.batch.worker``; -P because the folder it is started in may hold
strangers' files. It ends when its standard input does, in the middle of a job too, so that no
worker outlives its run.
"""

from __future__ import annotations

import gc
import os
import pickle
import queue
import signal
import sys
import threading
from typing import Any, BinaryIO, Final

from publisher.batch import COLLECT_EVERY, Limits
from publisher.batch.work import Done, failure, perform
from publisher.errors import SourceTooLarge
from publisher.job import Workshop

_NO_ROOM: Final = (MemoryError, SystemError)  # the second where even the first cannot be made
_NEAR: Final = 4  # closer than this part of the limit is close
_PATIENCE: Final = 4  # times its limit: decoders may have threads of their own
_SPARE_SECONDS: Final = 60
_DOUBTFUL: Final = ("job.bug", "font.subset")  # failures that may be those of memory


def main() -> None:
    """Works until its input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run decides what becomes of its workers
    inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, inbox), daemon=True).start()
    environment, limits = inbox.get()
    most = limit_memory(limits)
    gc.disable()
    workshop = Workshop(environment)
    number = 0
    while True:
        job, known = inbox.get()
        limit_processor(limits)
        try:
            done = perform(job, workshop, known)
            if most:
                _say_limit(done, limits, most)
        except _NO_ROOM:  # not even to say so, or to load what says it
            _lift_limit()
            done = failure(job.name, _too_large(limits.mebibytes if most else 0))
        pickle.dump(done, answers)
        answers.flush()
        number += 1
        if number % COLLECT_EVERY == 0:
            gc.collect(0)


def _listen(stream: BinaryIO, inbox: queue.SimpleQueue[Any]) -> None:
    try:
        while True:
            inbox.put(pickle.load(stream))  # noqa: S301 - from the process that started this one
    except BaseException:  # noqa: BLE001 - the other end has gone
        os._exit(0)


def limit_processor(limits: Limits) -> None:
    """Sets the limit of processor time far over what a job gets before its run ends it.

    A job may spin without letting the thread go on that hears of the run's end: Python itself
    does, at times, where it gets no memory. When the run has been killed, nobody else ends it.
    """
    if not limits.seconds or sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + _PATIENCE * limits.seconds + _SPARE_SECONDS
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def limit_memory(limits: Limits) -> int:
    """Sets the limit of memory on top of what the process has now.

    Gives how many bytes that is in all, 0 where it cannot be set. Fonts are mapped, not held, so
    the limit is on what can be written to (Linux, RLIMIT_DATA).
    """
    if not limits.mebibytes or sys.platform != "linux":
        return 0
    import resource

    most = _held() + (limits.mebibytes << 20)
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    return most


def _held() -> int:
    """Bytes of what the process can write to."""
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
        return int(file.read().split()[5]) * resource.getpagesize()


def _say_limit(done: Done, limits: Limits, most: int) -> None:
    """Names the limit where a job came up against it.

    Libraries that get no memory fail in ways of their own: they cannot be loaded, or say that
    something else is wrong. Such a failure close to the limit is taken for what it is.
    """
    error = done.result.error
    if error is None:
        return
    near = most - _held() < (limits.mebibytes << 20) // _NEAR
    if error.code == "source.memory" or (near and error.code in _DOUBTFUL):
        done.result.error = _too_large(limits.mebibytes, error.where)


def _too_large(mebibytes: int, where: str = "") -> SourceTooLarge:
    wanted = f"than {mebibytes} MiB of memory" if mebibytes else "memory than there is"
    return SourceTooLarge(
        f"needs more {wanted}",
        code="source.memory",
        where=where,
        hint="raise batch.memory-limit, or split the source",
    )


def _lift_limit() -> None:
    """Gives room for last words: a worker that had no memory left is not used again."""
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))


if __name__ == "__main__":
    main()
