"""Set-up shared by all tests."""

import contextlib
import os
import signal
import sys
import types
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis.internal.conjecture import providers

ROOT = Path(__file__).resolve().parents[1]

# Tests import one another's tools as `tests.tools`; some package on the path may have a `tests` of
# its own, which would win over a folder without `__init__.py`. The tests run on the checkout; the
# wheel is looked into by tests/tools/check_wheel.py and run by .ci/run.
if "tests" not in sys.modules:
    package = types.ModuleType("tests")
    package.__path__ = [str(ROOT / "tests")]
    sys.modules["tests"] = package

SHARED = ROOT.parent / "shared"

# Where the tests are started in the background, shells have Ctrl-C ignored, which the processes that
# tests start would inherit: those that are to be interrupted would not hear of it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    with contextlib.suppress(ValueError):  # not the main thread
        signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples in every run, so that a red run is a change's doing; HYPOTHESIS_PROFILE=explore
# looks for new ones.
PHASES = (Phase.explicit, Phase.generate, Phase.shrink)  # explaining takes a fault's time again
settings.register_profile("repeat", derandomize=True, deadline=None, phases=PHASES)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeat"))
# Hypothesis also draws constants that it finds in the source of the modules loaded by then, which
# are others in each worker and order: without them the same examples are the same ones everywhere.
if settings.get_current_profile_name() == "repeat" and hasattr(providers, "_get_local_constants"):
    providers._get_local_constants = providers.Constants


@pytest.fixture(scope="session")
def shared():
    """The folder of material that is not part of the project; skips where it is not there."""
    if not SHARED.is_dir():
        pytest.skip("the shared material is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def samples():
    """The sample articles."""
    return ROOT / "sources"


def pytest_addoption(parser):
    parser.addoption("--accept", action="store_true", help="rewrite golden files from this run")


@pytest.fixture
def golden(request):
    """Compares a text with a file in tests/golden; `--accept` writes the file instead."""

    def compare(name, text):
        path = ROOT / "tests" / "golden" / name
        text = text.rstrip("\n") + "\n"
        if request.config.getoption("--accept"):
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"no golden file {name}; run pytest --accept and look at it"
        assert text == path.read_text(encoding="utf-8")

    return compare
