"""``--watch``: a change of anything a build depends on builds again, and only what changed."""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time

import pytest

from publisher.cli.main import main
from tests.tools.every_node import png

pytest.importorskip("watchfiles")
WAIT = 60


class Watching:
    """A run of ``--watch --json`` in a process of its own."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "publisher",
                "build",
                *map(str, arguments),
                "--watch",
                "--json",
                "-f",
                "epub",
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.lines = queue.SimpleQueue()
        for stream in (self.process.stdout, self.process.stderr):
            threading.Thread(target=self._listen, args=(stream,), daemon=True).start()

    def _listen(self, stream):
        with contextlib.suppress(ValueError):
            for line in stream:
                self.lines.put(line)

    def until(self, wanted):
        """The names of jobs done and of those skipped, up to the line that is wanted."""
        done, skipped, until = [], [], time.monotonic() + WAIT
        while True:
            line = self.lines.get(timeout=max(until - time.monotonic(), 0.01))
            if line.startswith("{"):
                event = json.loads(line)
                if event["event"] == "JobFinished":
                    done.append(event["job"])
                if event["event"] == "JobSkipped":
                    skipped.append(event["job"])
                if event["event"] == wanted:
                    return done, skipped
            elif wanted in line:
                return done, skipped

    def quiet(self, seconds):
        """True when nothing is said for so long."""
        try:
            return not self.lines.get(timeout=seconds)
        except queue.Empty:
            return True

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(WAIT)
        self.process.stdout.close()
        self.process.stderr.close()


def test_what_changes_is_built_again_and_nothing_else(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.md").write_text(
            f"# {name}\n\n![图](p.png)\n\n字。\n" if name == "c" else "# 题\n\n字。\n"
        )
    (tmp_path / "p.png").write_bytes(png())
    with Watching(tmp_path, "--each", "-o", tmp_path / "output") as run:
        assert run.until("BatchFinished") == (["a", "b", "c"], [])
        assert run.quiet(1.0)  # its own outputs are no change
        (tmp_path / "b.md").write_text("# 新\n\n字。\n")
        assert run.until("BatchFinished") == (["b"], ["a", "c"])
        (tmp_path / "p.png").write_bytes(png(3, 3))
        assert run.until("BatchFinished") == (["c"], ["a", "b"])
        (tmp_path / "d.md").write_text("# 丁\n\n字。\n")
        assert run.until("BatchFinished") == (["d"], ["a", "b", "c"])
        os.killpg(run.process.pid, signal.SIGINT)
        assert run.process.wait(WAIT) == 130


def test_reports_beside_the_sources_are_no_change(tmp_path):
    (tmp_path / "a.md").write_text("# 题\n\n字。\n")
    (tmp_path / "publisher.toml").write_text(
        '[output]\ntext-report = "t.txt"\nglyph-report = "g.txt"\n[output.pdf]\nline-report = "l.txt"\n'
    )
    with Watching(tmp_path, "-o", tmp_path / "output") as run:
        assert len(run.until("JobFinished")[0]) == 1
        assert run.quiet(1.5)
    assert {"t.txt", "g.txt", "l.txt"} <= set(os.listdir(tmp_path))


def test_mistakes_are_told_and_may_be_mended(tmp_path):
    source = tmp_path / "a.md"
    source.write_text("# 题\n\n字。\n")
    with Watching(source, "-o", tmp_path / "output") as run:
        assert run.until("JobFinished")[0] == ["a"]
        assert run.quiet(1.0)
        (tmp_path / "publisher.toml").write_text("[book]\ntitel = 'x'\n")
        run.until("unknown key book.titel")
        (tmp_path / "publisher.toml").write_text("[book]\ntitle = 'x'\n")
        assert run.until("JobFinished")[0] == ["a"]


def test_an_address_cannot_be_watched(capsys):
    assert main(["build", "https://example.org/", "--watch"]) == 2
    assert "cannot be watched" in capsys.readouterr().err


def test_without_the_package_it_says_which(capsys, tmp_path, monkeypatch):
    (tmp_path / "a.md").write_text("# 题\n\n字。\n")
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert main(["build", str(tmp_path / "a.md"), "--watch"]) == 2
    assert "publisher-cjk[watch]" in capsys.readouterr().err


def test_a_log_beside_the_source_builds_nothing(tmp_path):
    (tmp_path / "a.md").write_text("# 一\n\n正文。\n", encoding="utf-8")
    log = tmp_path / "build.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "publisher", "build", "a.md", "--watch", "-f", "epub"],
            cwd=tmp_path,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
        try:
            until = time.monotonic() + WAIT
            while b"1 file" not in log.read_bytes() and time.monotonic() < until:
                time.sleep(0.1)
            time.sleep(2)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    assert log.read_bytes().count(b"1 file") == 1
