"""Ace by DAISY (npm `@daisy/ace-cli`), where it and a Chromium are installed."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


def command():
    """The program: ``ACE_CLI``, or on the path; None when it is not there."""
    return os.environ.get("ACE_CLI") or shutil.which("ace-cli")


def check(path):
    """Violations that Ace finds in a book, one line each.

    Ace exits with 0 whatever it finds, so its report is read.
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if command() is None or chromium is None:
        message = "Ace needs @daisy/ace-cli (or ACE_CLI) and chromium"
        if os.environ.get("PUBLISHER_REQUIRE_VALIDATORS") == "1":
            pytest.fail(message)
        pytest.skip(message)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [command(), "--force", "--silent", "-o", folder, str(path)],
            check=True,
            timeout=300,
            capture_output=True,
            env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": chromium},
        )
        report = json.loads((Path(folder) / "report.json").read_text(encoding="utf-8"))
    lines = [
        f"{part['earl:testSubject']['url']} {found['earl:test']['dct:title']} "
        f"{found['earl:result'].get('html', '')}"
        for part in report["assertions"]
        for found in part["assertions"]
    ]
    assert bool(lines) == (report["earl:result"]["earl:outcome"] != "pass")
    return lines
