"""Outputs that many tests of whole runs look at, made once for all of them."""

import fcntl
import json
from functools import cache

import pytest

from tests.tools import cases


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory):
    """A folder for this run, the same for all workers."""
    folder = tmp_path_factory.getbasetemp()
    folder = (folder.parent if folder.name.startswith("popen-") else folder) / "cases"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def made(shared_folder):
    """Gives a case's document and files by its name; see `tests.tools.cases`."""
    return cache(lambda name: cases.make(name, shared_folder))


@pytest.fixture(scope="session")
def once(shared_folder):
    """Runs something once in all workers and gives its result (JSON) to each who asks."""

    def ask(name, run):
        with (shared_folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            kept = shared_folder / f"{name}.json"
            if not kept.exists():
                kept.write_text(json.dumps(run()), encoding="utf-8")
            return json.loads(kept.read_text(encoding="utf-8"))

    return ask


@pytest.fixture
def case(request, made):
    """The case that a test is parametrized with (indirectly)."""
    return made(request.param)


def some(*names, slow=()):
    """Parameters for `case`; what is not there is skipped, saying so."""
    found = []
    for name in (*names, *slow):
        marks = [pytest.mark.slow] if name in slow else []
        if not cases.is_there(name):
            missing = cases.SHARED_FILES.get(name)
            reason = f"{missing} is not beside this checkout" if missing else "cannot be set"
            marks.append(pytest.mark.skip(reason=reason))
        marks.append(pytest.mark.xdist_group(name))
        found.append(pytest.param(name, id=name, marks=marks))
    return found
