"""Published facts of typography, where a checkout has them beside it."""

import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / ".." / "shared" / "typography-cases"


def cases(name):
    """The cases of a file; the test is skipped where the file is not there."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"no {name} beside this checkout")
    return json.loads(path.read_text(encoding="utf-8"))["cases"]
