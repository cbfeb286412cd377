"""A batch on a real Dask cluster: a scheduler and two workers in processes of their own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from publisher import sources, volume
from publisher.batch import BatchPlan, Limits, run_batch
from publisher.cli.main import main
from publisher.environment import Environment
from publisher.errors import ClusterError
from publisher.events import DiagnosticRaised, OutputWritten
from publisher.job import Job
from publisher.settings import OutputSettings, Settings, ThemeSettings
from tests.tools.every_node import png

pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.xdist_group("dask"),
    pytest.mark.skipif(not hasattr(os, "killpg"), reason="groups of processes are killed"),
]
WAIT = 60
TRAPS = """
import os, pathlib, time
def read(self, real=pathlib.Path.read_bytes):
    if self.name == "hangs.md": time.sleep(600)
    if self.name == "dies.md": os._exit(9)
    return real(self)
pathlib.Path.read_bytes = read
"""
HIDDEN = (".publisher-ledger.jsonl", ".publisher-lock")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(folder, name, *arguments):
    """A process in a group of its own, with its words in a file."""
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join([str(folder), *filter(None, sys.path)]),
            },
            start_new_session=True,
        )


def kill(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(WAIT)


class Cluster:
    def __init__(self, folder):
        self.folder = folder
        self.address = f"tcp://127.0.0.1:{free_port()}"
        self.workers = []
        (folder / "sitecustomize.py").write_text(TRAPS)
        self.scheduler = start(
            folder, "scheduler", "distributed.cli.dask_scheduler", "--host", self.address, "--no-dashboard",
            "--no-show",
        )  # fmt: skip

    def add_worker(self):
        name = f"worker-{len(self.workers)}"
        place = self.folder / name
        place.mkdir()
        worker = start(
            self.folder, name, "distributed.cli.dask_worker", self.address, "--no-nanny", "--nthreads", "1",
            "--no-dashboard", "--local-directory", str(place), "--name", name, "--death-timeout", "60",
            "--host", "127.0.0.1",
        )  # fmt: skip
        self.workers.append(worker)
        return worker

    def ready(self, count):
        from distributed import Client

        with Client(self.address, timeout=WAIT, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=WAIT)

    def close(self):
        for process in (*self.workers, self.scheduler):
            kill(process)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    made = Cluster(tmp_path_factory.mktemp("dask"))
    try:
        made.add_worker()
        made.add_worker()
        made.ready(2)
        yield made
    finally:
        made.close()


def article(folder, name, text):
    path = folder / f"{name}.md"
    path.write_text(text, encoding="utf-8")
    return sources.SourceFile(path, str(path), folder)


def jobs(tmp_path, count, out, **more):
    folder = tmp_path / "in"
    folder.mkdir(exist_ok=True)
    if not (folder / "图.png").exists():
        (folder / "图.png").write_bytes(png())
    settings = Settings(output=OutputSettings(formats=("pdf", "epub", "docx")), **more)
    made = []
    for number in range(count):
        picture = f"![图](图.png)![无](none-{number}.png)\n\n" if number % 3 == 0 else ""
        text = f"# 第{number}篇\n\n{picture}正文，第{number}。\n" if number != 1 else ""
        group = volume.SourceGroup("", (article(folder, str(number), text),))
        made.append(Job(str(number), (group,), settings, tmp_path / out, tmp_path))
    return made


def run(made, plan):
    events = []
    return run_batch(made, Environment(), events.append, plan=plan), events


def made_of(folder):
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.name not in HIDDEN}


def plan_of(cluster, **more):
    return BatchPlan(executor="dask", address=cluster.address, ledger=True, **more)


def told(results, events):
    return (
        [
            (r.job, str(r.error), [str(d) for d in r.diagnostics], r.characters, r.pages)
            for r in results
        ],
        sorted(str(e.diagnostic) for e in events if isinstance(e, DiagnosticRaised)),
        sorted(Path(e.path).name for e in events if isinstance(e, OutputWritten)),
    )


@pytest.mark.parametrize("send", [False, True])
def test_a_cluster_gives_the_same_files_and_says_the_same(tmp_path, cluster, send):
    theme = tmp_path / "t.toml"
    theme.write_text("extends = 'book'\n[page]\nsize = 'a5'\n", encoding="utf-8")
    chosen = {"theme": ThemeSettings(file="t.toml")}
    here = run(jobs(tmp_path, 7, "here", **chosen), BatchPlan(ledger=True))
    there = run(jobs(tmp_path, 7, "there", **chosen), plan_of(cluster, send_files=send))
    assert told(*here) == told(*there)
    assert made_of(tmp_path / "here") == made_of(tmp_path / "there")
    assert len(made_of(tmp_path / "there")) == 18
    assert [o.path for r in there[0] for o in r.outputs if not o.path.is_file()] == []
    again, _ = run(jobs(tmp_path, 7, "there", **chosen), plan_of(cluster, send_files=send))
    assert [r.skipped for r in again] == [r.error is None for r in here[0]]
    (tmp_path / "in" / "图.png").write_bytes(png(3, 3))
    again, _ = run(jobs(tmp_path, 7, "there", **chosen), plan_of(cluster, send_files=send))
    assert [r.job for r in again if r.skipped] == ["2", "4", "5"]


def test_files_are_sent_that_the_workers_cannot_see(tmp_path, cluster):
    """The workers are told of a folder that only this process has under that name."""
    made = jobs(tmp_path, 1, "out")
    hidden = tmp_path / "hidden"
    (tmp_path / "in").rename(hidden)
    file = replace(made[0].groups[0].files[0], path=hidden / "0.md", root=hidden)
    moved = replace(made[0], groups=(volume.SourceGroup("", (file,)),))
    handle = os.open(hidden, os.O_RDONLY)  # /proc/self is another for each process
    try:
        seen = Path(f"/proc/self/fd/{handle}")
        if not seen.exists():
            pytest.skip("there is no /proc here")
        file = replace(file, path=seen / "0.md", root=seen)
        there = replace(moved, groups=(volume.SourceGroup("", (file,)),), folder=tmp_path / "there")
        (shared,), _ = run([there], plan_of(cluster))
        assert shared.error is not None
        (sent,), _ = run([there], plan_of(cluster, send_files=True))
    finally:
        os.close(handle)
    assert sent.error is None
    run([replace(moved, folder=tmp_path / "here")], BatchPlan(ledger=True))
    assert made_of(tmp_path / "here") == made_of(tmp_path / "there")


def test_jobs_that_hang_or_die_on_a_cluster_are_named_and_the_rest_is_done(tmp_path, cluster):
    made = jobs(tmp_path, 3, "out")
    for name in ("hangs", "dies"):
        group = volume.SourceGroup("", (article(tmp_path / "in", name, "# 题\n\n字。\n"),))
        made.append(replace(made[0], name=name, groups=(group,)))
    results, _ = run(made[::-1], plan_of(cluster, limits=Limits(2, 0)))
    assert {r.job: r.error and r.error.code for r in results} == {
        "0": None, "1": "source.empty", "2": None, "hangs": "job.timeout", "dies": "job.died",
    }  # fmt: skip


def test_a_worker_that_is_killed_loses_and_doubles_nothing(tmp_path):
    cluster = Cluster(tmp_path)
    try:
        first = cluster.add_worker()
        cluster.add_worker()
        cluster.ready(2)
        made = jobs(tmp_path, 30, "there")
        written = threading.Event()

        def watch():
            while len(list((tmp_path / "there").glob("*.docx"))) < 5:
                time.sleep(0.01)
            kill(first)
            written.set()

        (tmp_path / "there").mkdir()
        killer = threading.Thread(target=watch, daemon=True)
        killer.start()
        results, events = run(made, plan_of(cluster))
        assert written.wait(WAIT)
    finally:
        cluster.close()
    assert [r.job for r in results] == [str(n) for n in range(30)]
    assert [r.job for r in results if r.error] == ["1"]
    names = [Path(e.path).name for e in events if isinstance(e, OutputWritten)]
    assert len(names) == len(set(names)) == 87
    run(jobs(tmp_path, 30, "here"), BatchPlan(ledger=True, workers=2))
    again, _ = run(made, BatchPlan(ledger=True))  # sweeps up what died with the cluster
    assert [r.job for r in again if not r.skipped] == ["1"]
    assert made_of(tmp_path / "here") == made_of(tmp_path / "there")


def test_a_scheduler_that_dies_ends_the_run_and_the_rest_is_done_later(tmp_path):
    cluster = Cluster(tmp_path)
    made = jobs(tmp_path, 30, "there")
    (tmp_path / "there").mkdir()
    try:
        cluster.add_worker()
        cluster.ready(1)

        def watch():
            while len(list((tmp_path / "there").glob("*.docx"))) < 5:
                time.sleep(0.01)
            kill(cluster.scheduler)

        threading.Thread(target=watch, daemon=True).start()
        with pytest.raises(ClusterError):
            run(made, plan_of(cluster))
    finally:
        cluster.close()
    results, _ = run(made, BatchPlan(ledger=True, workers=1))
    assert sum(r.skipped for r in results) >= 4
    assert [r.job for r in results if r.error] == ["1"]
    run(jobs(tmp_path, 30, "here"), BatchPlan(ledger=True, workers=1))
    assert made_of(tmp_path / "here") == made_of(tmp_path / "there")


def test_the_command_line_runs_on_a_cluster(tmp_path, cluster, capsys):
    jobs(tmp_path, 3, "out")
    code = main(
        ["build", "--each", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "-f", "epub",
         "--executor", "dask", "--address", cluster.address, "--send-files"]
    )  # fmt: skip
    assert code == 3  # the empty one
    assert sorted(made_of(tmp_path / "out")) == ["0.epub", "2.epub"]
    assert "1 of 3 failed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("", "no cluster is named"),
        ("tcp://127.0.0.1:1", "cannot be reached"),
        ("no:way", "cannot be reached"),
    ],
)
def test_a_cluster_that_is_not_there(tmp_path, monkeypatch, capsys, address, part):
    monkeypatch.setattr("publisher.batch.cluster._CONNECT_SECONDS", 1)
    jobs(tmp_path, 3, "out")
    code = main(
        ["build", "--each", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--executor", "dask",
         *(["--address", address] if address else [])]
    )  # fmt: skip
    assert code == 8
    assert part in capsys.readouterr().err
