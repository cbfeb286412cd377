"""Set-up shared by all tests."""

import sys
import types
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Tests import one another's tools as `tests.tools`, while `publisher` is the installed package:
# the repository itself must not be on the path, or the wheel would never be tested.
if "tests" not in sys.modules:
    package = types.ModuleType("tests")
    package.__path__ = [str(ROOT / "tests")]
    sys.modules["tests"] = package

SHARED = ROOT.parent / "shared"


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
