"""Outputs that many tests of whole runs look at, made once for all of them."""

from functools import cache

import pytest

from tests.tools import cases


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Gives a case's document and files by its name; see `tests.tools.cases`."""
    folder = tmp_path_factory.getbasetemp()
    # Workers have folders of their own inside one that they share.
    if folder.name.startswith("popen-"):
        folder = folder.parent
    return cache(lambda name: cases.make(name, folder / "cases"))


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
            reason = f"{cases.SHARED_FILES[name]} is not beside this checkout"
            marks.append(pytest.mark.skip(reason=reason))
        marks.append(pytest.mark.xdist_group(name))
        found.append(pytest.param(name, id=name, marks=marks))
    return found
