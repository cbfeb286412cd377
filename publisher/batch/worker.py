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
from typing import Any, BinaryIO

from publisher.batch import COLLECT_EVERY, Limits
from publisher.batch.work import Done, perform
from publisher.errors import SourceTooLarge
from publisher.job import Workshop


def main() -> None:
    """Works until its input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run decides what becomes of its workers
    inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, inbox), daemon=True).start()
    environment, limits = inbox.get()
    limited = limit_memory(limits)
    gc.disable()
    workshop = Workshop(environment)
    number = 0
    while True:
        job, known = inbox.get()
        done = perform(job, workshop, known)
        _say_limit(done, limits if limited else Limits())
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


def limit_memory(limits: Limits) -> bool:
    """Sets the limit of memory on top of what the process has now; False where it cannot be set.

    Fonts are mapped, not held, so the limit is on what can be written to (Linux, RLIMIT_DATA).
    """
    if not limits.mebibytes or sys.platform != "linux":
        return False
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
        held = int(file.read().split()[5]) * resource.getpagesize()
    most = held + (limits.mebibytes << 20)
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    return True


def _say_limit(done: Done, limits: Limits) -> None:
    """Names the limit where a job came up against it."""
    error = done.result.error
    if limits.mebibytes and error is not None and error.code == "source.memory":
        done.result.error = SourceTooLarge(
            f"needs more than {limits.mebibytes} MiB of memory",
            code=error.code,
            where=error.where,
            hint="raise batch.memory-limit, or split the source",
        )


if __name__ == "__main__":
    main()
