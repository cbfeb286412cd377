"""Batches that are broken off: killed, interrupted, short of disk; what they leave, and how they go on."""

import errno
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time

import pytest

from publisher.cli.main import main
from publisher.sources import LEDGER_NAME
from tests.tools import batch_runs as runs

pytestmark = pytest.mark.xdist_group("batch runs")
COUNT = 24
FORMATS = ("-f", "pdf,epub")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """Articles, and what a run leaves that nothing happens to."""
    folder = tmp_path_factory.mktemp("batch")
    sources = runs.small_articles(folder / "in", COUNT)
    assert runs.run(sources, folder / "out", *FORMATS, "--jobs", "2") == (0, "")
    return sources, runs.content(folder / "out")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path, undisturbed, seed):
    sources, wanted = undisturbed
    out, rng = tmp_path / "out", random.Random(seed)
    for _ in range(3):
        runs.killed(sources, out, rng, COUNT // 3, *FORMATS, "--jobs", "2")
    before = runs.written_down(out)
    listed = subprocess.run(
        [*runs.command(sources, out, *FORMATS, "--jobs", "2"), "--json"],
        check=False, capture_output=True, text=True, timeout=runs.WAIT, env={**os.environ, "PYTHONPATH": str(runs.ROOT)},
    )  # fmt: skip
    assert listed.returncode == 0, listed.stderr
    events = [json.loads(line) for line in listed.stdout.splitlines()]
    skipped = [e["job"] for e in events if e["event"] == "JobSkipped"]
    done = [e["job"] for e in events if e["event"] == "JobFinished"]
    assert len(skipped) == before
    assert sorted(skipped + done) == [f"{n:04}" for n in range(COUNT)]
    assert runs.content(out) == wanted


def test_ctrl_c_leaves_whole_files_and_no_process(tmp_path, undisturbed):
    sources, wanted = undisturbed
    out = tmp_path / "out"
    process = runs.start(sources, out, *FORMATS, "--jobs", "2")
    until = time.monotonic() + 60
    while runs.written_down(out) < 4 and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    code, error = runs.finish(process)
    assert code == 130
    assert "interrupted" in error
    left = runs.content(out)
    assert all(wanted[name] == data for name, data in left.items() if name != LEDGER_NAME)
    assert not any(name.endswith(".tmp") for name in left)
    assert runs.run(sources, out, *FORMATS, "--jobs", "2") == (0, "")
    assert runs.content(out) == wanted


def test_two_runs_into_one_folder_at_once(tmp_path, undisturbed):
    sources, wanted = undisturbed
    out = tmp_path / "out"
    first = runs.start(sources, out, *FORMATS, "--jobs", "1")
    until = time.monotonic() + 60
    while not runs.written_down(out) and time.monotonic() < until:
        time.sleep(0.01)
    code, error = runs.run(sources, out, *FORMATS)
    assert code == 7
    assert f"process {first.pid} on " in error
    waiting = runs.start(sources, out, *FORMATS, "--jobs", "1", "--wait", "300")
    assert runs.finish(first) == (0, "")
    assert runs.finish(waiting) == (0, "")
    assert runs.content(out) == wanted


def small_files(size):
    """In a child: no file may grow beyond `size`, as on a disk that is full."""

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_full_disk_is_named_and_the_run_goes_on_when_there_is_room(tmp_path, undisturbed, jobs):
    sources, wanted = undisturbed
    out = tmp_path / "out"
    sizes = sorted(len(data) for name, data in wanted.items() if name.endswith(".pdf"))
    room = sizes[len(sizes) // 2]
    done = subprocess.run(
        runs.command(sources, out, *FORMATS, "--jobs", jobs), check=False, capture_output=True, text=True,
        timeout=runs.WAIT, preexec_fn=small_files(room), env={**os.environ, "PYTHONPATH": str(runs.ROOT)},
    )  # fmt: skip
    assert done.returncode == 7
    assert "Traceback" not in done.stderr
    assert done.stderr.count("cannot be written: File too large") >= 5
    left = runs.content(out)
    assert all(wanted[name] == data for name, data in left.items() if name != LEDGER_NAME)
    assert 0 < len(left) < len(wanted)
    assert runs.run(sources, out, *FORMATS, "--jobs", jobs) == (0, "")
    assert runs.content(out) == wanted


def test_a_ledger_that_cannot_be_written_is_told_once_and_the_outputs_are_made(
    tmp_path, undisturbed, monkeypatch, capsys
):
    sources, wanted = undisturbed
    out = tmp_path / "out"
    out.mkdir()
    (out / LEDGER_NAME).symlink_to("/dev/zero")  # is none, and is not read

    def full(self, data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("publisher.batch.ledger.Ledger._put", full)
    code = main(["build", "--each", str(sources), "-o", str(out), *FORMATS, "--jobs", "1"])
    error = capsys.readouterr().err
    assert code == 0
    assert error.count("the ledger cannot be written (No space left on device)") == 1
    left = runs.content(out)
    assert {**left, LEDGER_NAME: wanted[LEDGER_NAME]} == wanted


def test_without_a_home_or_a_cache(tmp_path, undisturbed):
    sources, wanted = undisturbed
    out = tmp_path / "out"
    away = {"HOME", "XDG_CACHE_HOME", "PUBLISHER_CACHE_DIR", "USER", "LOGNAME"}
    variables = {k: v for k, v in os.environ.items() if k not in away}
    for more in ({}, {"HOME": "/nowhere/at/all"}, {"PUBLISHER_CACHE_DIR": "/dev/null/cache"}):
        one = next(sources.iterdir())
        done = subprocess.run(
            [sys.executable, "-m", "publisher", "build", str(one), "-o", str(out), "-q", *FORMATS],
            check=False, capture_output=True, text=True, timeout=runs.WAIT,
            env={**variables, **more, "PYTHONPATH": str(runs.ROOT)},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
        for form in ("pdf", "epub"):
            assert (out / f"{one.stem}.{form}").read_bytes() == wanted[f"{one.stem}.{form}"]


def test_a_script_in_the_folder_of_the_sources_is_never_run(tmp_path, undisturbed):
    """Where a run is started, and where its sources are, may be full of strangers' files."""
    sources, _ = undisturbed
    place = tmp_path / "strange"
    place.mkdir()
    for name in (
        "json",
        "pickle",
        "queue",
        "re",
        "publisher",
        "sitecustomize",
        "lxml",
        "encodings",
    ):
        (place / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    for path in sorted(sources.iterdir())[:4]:
        (place / path.name).write_bytes(path.read_bytes())
    program = "import sys; from publisher.cli.main import entry; entry()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, "build", "--each", ".", "-o", "out", "-f", "epub", "--jobs", "2"],
        cwd=place, check=False, capture_output=True, text=True, timeout=runs.WAIT,
        env={**os.environ, "PYTHONPATH": str(runs.ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(list((place / "out").glob("*.epub"))) == 4
    assert not (tmp_path / "ran").exists()
