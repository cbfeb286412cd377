"""Jobs one after another and over processes: results, limits, what is done before, what is in the way."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publisher import sources, volume
from publisher.batch import BatchPlan, Limits, run_batch
from publisher.batch.ledger import Ledger, sweep
from publisher.batch.lock import LOCK_NAME, locked
from publisher.batch.processes import Crew, died
from publisher.batch.work import NotingEnvironment, perform
from publisher.environment import Environment
from publisher.errors import ResourceError, WriteError
from publisher.events import BatchFinished, JobFinished, JobSkipped, OutputWritten
from publisher.job import Job, Workshop
from publisher.output import machine_mark, temporary_prefix
from publisher.settings import FontSettings, OutputSettings, RepairSettings, Settings, ThemeSettings
from publisher.sources import LEDGER_NAME
from tests.tools.every_node import png

KEPT = BatchPlan(ledger=True)
HIDDEN = (LEDGER_NAME, LOCK_NAME)


def job(tmp_path, name, text, folder="out", settings=None):
    path = tmp_path / "in" / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    group = volume.SourceGroup("", (sources.SourceFile(path, path.name, path.parent),))
    settings = settings or Settings(output=OutputSettings(formats=("epub",)))
    return Job(name, (group,), settings, tmp_path / folder)


def jobs(tmp_path, count, folder="out"):
    """The second source is empty."""
    return [
        job(tmp_path, str(n), f"# 第{n}篇\n\n正文。\n" if n != 1 else "", folder)
        for n in range(count)
    ]


def run(made, plan=None, **more):
    events = []
    results = run_batch(made, Environment(), events.append, plan=plan, **more)
    return results, events


def made_of(folder):
    return {p.name: p.read_bytes() for p in Path(folder).iterdir() if p.name not in HIDDEN}


def skipped(results):
    return [r.job for r in results if r.skipped]


@pytest.fixture
def worker_code(tmp_path, monkeypatch):
    """Runs some code in every worker as it starts."""

    def plant(code):
        folder = tmp_path / "site"
        folder.mkdir(exist_ok=True)
        (folder / "sitecustomize.py").write_text(code, encoding="utf-8")
        monkeypatch.syspath_prepend(str(folder))

    return plant


def deadly(deed):
    return (
        "import os, pathlib, signal, sys, time\n"
        "def read(self, real=pathlib.Path.read_bytes):\n"
        f"    {deed}\n"
        "    return real(self)\n"
        "pathlib.Path.read_bytes = read\n"
    )


# ------------------------------------------------------------------------------ results


def test_serial_and_parallel_give_the_same_files_and_results(tmp_path):
    for name, plan in (("serial", BatchPlan()), ("parallel", BatchPlan(workers=2))):
        results, events = run(jobs(tmp_path, 4, name), plan)
        assert [r.job for r in results] == ["0", "1", "2", "3"]
        assert [r.error is None for r in results] == [True, False, True, True]
        assert "holds no text" in str(results[1].error)
        assert sum(isinstance(e, OutputWritten) for e in events) == 3
        assert sum(isinstance(e, JobFinished) for e in events) == 4
        assert [(e.done, e.skipped, e.failed) for e in events if isinstance(e, BatchFinished)] == [
            (3, 0, 1)
        ]
        assert sorted(made_of(tmp_path / name)) == ["0.epub", "2.epub", "3.epub"]
    assert made_of(tmp_path / "serial") == made_of(tmp_path / "parallel")


def test_a_batch_can_be_stopped_between_jobs(tmp_path):
    answers = iter([False, True])
    results, _ = run(jobs(tmp_path, 3), stop=lambda: next(answers))
    assert len(results) == 1


@pytest.mark.parametrize("workers", [0, 1])
def test_the_first_failure_ends_a_run_that_is_to_fail_fast(tmp_path, workers):
    results, _ = run(jobs(tmp_path, 4), BatchPlan(workers=workers, fail_fast=True, ledger=True))
    assert [r.error is None for r in results] == [True, False]
    assert sorted(made_of(tmp_path / "out")) == ["0.epub"]


def test_a_bug_in_one_job_is_its_own_failure(tmp_path, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("publisher.pipeline.preflight", broken)
    results, _ = run(jobs(tmp_path, 2))
    assert [r.error.code for r in results] == ["job.bug", "source.empty"]
    assert "ZeroDivisionError: oops" in str(results[0].error)


# ------------------------------------------------------------------------------ workers


def test_a_worker_that_dies_is_reported_and_the_rest_is_done(tmp_path, worker_code):
    made = jobs(tmp_path, 4)
    worker_code(deadly("if self.name == '3.md': os._exit(9)"))
    results, _ = run(made, BatchPlan(workers=2))
    assert [r.job for r in results] == ["0", "1", "2", "3"]
    assert [r.error is None for r in results] == [True, False, True, False]
    assert results[3].error.code == "job.died"
    assert "code 9" in str(results[3].error)


def test_a_job_whose_worker_died_of_another_cause_is_done_the_second_time(tmp_path, worker_code):
    made = jobs(tmp_path, 3)
    mark = tmp_path / "died"
    worker_code(
        deadly(
            f"if self.name == '2.md' and not os.path.exists({str(mark)!r}):\n"
            f"        open({str(mark)!r}, 'w').close(); os.kill(os.getpid(), signal.SIGKILL)"
        )
    )
    results, _ = run(made, BatchPlan(workers=2, ledger=True))
    assert mark.exists()
    assert [r.error is None for r in results] == [True, False, True]


def test_a_job_that_hangs_is_ended_and_named(tmp_path, worker_code, monkeypatch):
    monkeypatch.setattr("publisher.batch.processes._START_SECONDS", 5)
    made = jobs(tmp_path, 3)
    worker_code(deadly("if self.name == '0.md': time.sleep(600)"))
    began = time.monotonic()
    results, _ = run(made, BatchPlan(workers=2, limits=Limits(1, 0)))
    assert time.monotonic() - began < 60
    assert [r.error and r.error.code for r in results] == ["job.timeout", "source.empty", None]
    assert "more than 1 s" in str(results[0].error)
    assert sorted(made_of(tmp_path / "out")) == ["2.epub"]


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
def test_a_job_that_takes_too_much_memory_is_ended_and_named(tmp_path, worker_code):
    made = jobs(tmp_path, 3)
    worker_code(deadly("if self.name == '0.md': bytearray(400 << 20)"))
    results, _ = run(made, BatchPlan(workers=1, limits=Limits(0, 200)))
    assert [r.error and r.error.code for r in results] == ["source.memory", "source.empty", None]
    assert "more than 200 MiB" in str(results[0].error)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
@pytest.mark.parametrize(
    "deed",
    [
        "sys.held = bytearray(190 << 20); raise ImportError('cannot map zero-fill pages')",
        "sys.modules['publisher.batch.work'].failure = full; raise SystemError('no exception set')",
    ],
    ids=["a library says something else", "there is no room for an error"],
)
def test_a_job_without_memory_is_named_however_it_fails(tmp_path, worker_code, capfd, deed):
    made = jobs(tmp_path, 3)
    full = "def full(*_): raise MemoryError\n"
    worker_code(full + deadly(f"if self.name == '0.md': {deed}"))
    results, _ = run(made, BatchPlan(workers=1, limits=Limits(0, 200)))
    assert [r.error and r.error.code for r in results] == ["source.memory", "source.empty", None]
    assert "more than 200 MiB" in str(results[0].error)
    assert capfd.readouterr().err == ""


def picture(path, kind):
    from PIL import Image

    Image.effect_noise((1800, 1800), 60).convert("RGB").save(path, kind)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
@pytest.mark.parametrize("kind", ["TIFF", "WEBP", "BMP"])
def test_a_picture_that_there_is_no_memory_for_fails_its_job_which_is_done_with_more(
    tmp_path, kind
):
    """It is not left out of a document that is taken for whole."""
    made = [job(tmp_path, "a", "# 题\n\n![图](a.xyz)\n\n字。\n")]
    picture(tmp_path / "in" / "a.xyz", kind)
    plan = BatchPlan(workers=1, ledger=True, limits=Limits(0, 30))
    results, _ = run(made, plan)
    assert [r.error and r.error.code for r in results] == ["source.memory"]
    assert results[0].diagnostics == []
    plan = BatchPlan(workers=1, ledger=True, limits=Limits(0, 400))
    results, _ = run(made, plan)
    assert [(r.error, r.diagnostics, r.skipped) for r in results] == [(None, [], False)]
    for less in (30, 0):
        assert skipped(run(made, BatchPlan(workers=1, ledger=True, limits=Limits(5, less)))[0])


def test_a_bug_with_memory_to_spare_is_a_bug(tmp_path, worker_code):
    worker_code(deadly("if self.name == '0.md': raise ImportError('no such name')"))
    results, _ = run(jobs(tmp_path, 1), BatchPlan(workers=1, limits=Limits(0, 200)))
    assert results[0].error.code == "job.bug"


def test_what_a_library_prints_in_a_worker_does_no_harm(tmp_path, worker_code):
    made = jobs(tmp_path, 3)
    worker_code(deadly("print('noise', flush=True); os.write(1, b'noise')"))
    results, _ = run(made, BatchPlan(workers=1))
    assert [r.error is None for r in results] == [True, False, True]


def test_a_clock_that_is_set_changes_no_deadline(tmp_path, worker_code, monkeypatch):
    made = jobs(tmp_path, 3)
    worker_code("import time\ntime.time = lambda: -1e9\n")
    monkeypatch.setattr(time, "time", iter(range(10**9, 0, -(10**6))).__next__)
    results, _ = run(made, BatchPlan(workers=1, limits=Limits(60, 0), ledger=True))
    monkeypatch.undo()
    assert [r.error is None for r in results] == [True, False, True]


def test_workers_are_gone_when_the_run_is(tmp_path):
    with Crew(2, Environment(), Limits()) as crew:
        for index, one in enumerate(jobs(tmp_path, 2)):
            crew.submit(index, one)
        processes = [w.process for w in crew._workers]
        left = tmp_path / "out" / f"{temporary_prefix(processes[0].pid)}x.tmp"
        left.parent.mkdir(exist_ok=True)
        left.touch()
    assert len(processes) == 2
    assert all(p.poll() is not None for p in processes)
    assert not left.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize("spinning", [False, True], ids=["idle", "spinning"])
def test_no_worker_outlives_the_process_that_started_it(tmp_path, worker_code, spinning):
    """Nor one whose job never lets another thread go on; a limit of processor time ends it."""
    made = jobs(tmp_path, 1)
    if spinning:
        worker_code(
            "import resource\n"
            "def less(what, limits, real=resource.setrlimit):\n"
            "    used = resource.getrusage(resource.RUSAGE_SELF).ru_utime\n"
            "    assert used + 4 * 15 + 58 < limits[0] < used + 4 * 15 + 62\n"
            "    real(what, (limits[0] - 4 * 15 - 57, limits[1]))\n"
            "resource.setrlimit = less\n" + deadly("import re; re.match('(a+)+$', 'a' * 64 + 'b')")
        )
    code = (
        "import sys, pickle, time\n"
        "from publisher.batch import Limits\n"
        "from publisher.batch.processes import Crew\n"
        "from publisher.environment import Environment\n"
        "crew = Crew(1, Environment(), Limits(15))\n"
        "crew.submit(0, pickle.loads(bytes.fromhex(sys.argv[1])))\n"
        f"time.sleep(1) if {spinning} else crew.wait()\n"
        "print(crew._workers[0].process.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    import pickle

    parent = subprocess.Popen(
        [sys.executable, "-c", code, pickle.dumps(made[0]).hex()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    child = int(parent.stdout.readline())
    os.kill(child, 0)
    parent.kill()
    parent.communicate()
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until and lives(child):
            time.sleep(0.05)
        assert not lives(child)
    finally:
        if lives(child):
            os.kill(child, signal.SIGKILL)


def lives(process):
    """Zombies are none, where nobody asks for orphans."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def test_signals_are_named():
    assert "SIGKILL" in str(died(-signal.SIGKILL))
    assert "code 3" in str(died(3))
    assert "code -999" in str(died(-999))


# ------------------------------------------------------------------------------- ledger


def test_what_is_done_is_not_done_again(tmp_path):
    first, _ = run(jobs(tmp_path, 4), KEPT)
    before = made_of(tmp_path / "out")
    stamps = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "out").glob("*.epub")}
    again, events = run(jobs(tmp_path, 4), KEPT)
    assert skipped(again) == ["0", "2", "3"]
    assert [e.job for e in events if isinstance(e, JobSkipped)] == ["0", "2", "3"]
    assert again[1].error is not None
    assert made_of(tmp_path / "out") == before
    assert stamps == {p.name: p.stat().st_mtime_ns for p in (tmp_path / "out").glob("*.epub")}
    assert [(r.characters, r.pages, r.outputs) for r in again if r.skipped] == [
        (r.characters, r.pages, r.outputs) for r in first if not r.error
    ]
    fresh, _ = run(jobs(tmp_path, 4), BatchPlan(ledger=True, fresh=True))
    assert skipped(fresh) == []


def test_the_same_batch_leaves_the_same_ledger_whatever_the_order(tmp_path):
    run(jobs(tmp_path, 4), KEPT)
    ledger = tmp_path / "out" / LEDGER_NAME
    kept = ledger.read_bytes()
    assert kept.count(b"\n") == 4
    ledger.unlink()
    run(jobs(tmp_path, 4)[::-1], BatchPlan(ledger=True, workers=2))
    assert ledger.read_bytes() == kept


def settings(**more):
    return Settings(output=OutputSettings(formats=("epub",)), **more)


def test_a_changed_source_is_done_again(tmp_path):
    run(jobs(tmp_path, 3), KEPT)
    changed = jobs(tmp_path, 3)
    (tmp_path / "in" / "2.md").write_text("# 第2篇\n\n新文。\n", encoding="utf-8")
    results, _ = run(changed, KEPT)
    assert skipped(results) == ["0"]
    assert results[2].error is None


@pytest.mark.parametrize("deed", ["unlink", "change"])
def test_an_output_that_is_gone_or_changed_is_made_again(tmp_path, deed):
    run(jobs(tmp_path, 3), KEPT)
    path = tmp_path / "out" / "2.epub"
    good = path.read_bytes()
    path.unlink() if deed == "unlink" else path.write_bytes(good[:-1] + b"x")
    results, _ = run(jobs(tmp_path, 3), KEPT)
    assert skipped(results) == ["0"]
    assert path.read_bytes() == good


def test_a_changed_picture_is_seen_and_so_is_one_that_was_missing(tmp_path):
    made = [job(tmp_path, "a", "# 题\n\n![图](a.png) ![图](b.png)\n\n字。\n")]
    picture, lacking = tmp_path / "in" / "a.png", tmp_path / "in" / "b.png"
    picture.write_bytes(png())
    run(made, KEPT)
    assert skipped(run(made, KEPT)[0]) == ["a"]
    picture.write_bytes(png(3, 3))
    assert skipped(run(made, KEPT)[0]) == []
    assert skipped(run(made, KEPT)[0]) == ["a"]
    lacking.write_bytes(png())
    assert skipped(run(made, KEPT)[0]) == []
    assert skipped(run(made, KEPT)[0]) == ["a"]
    picture.unlink()
    assert skipped(run(made, KEPT)[0]) == []


def test_changed_settings_and_what_they_name_are_seen(tmp_path):
    words = tmp_path / "words.txt"
    words.write_text("后台\n", encoding="utf-8")
    theme, base = tmp_path / "t.toml", tmp_path / "b.toml"
    base.write_text("extends = 'book'\n", encoding="utf-8")
    theme.write_text("extends = 'b.toml'\n", encoding="utf-8")
    chosen = settings(repair=RepairSettings(words=str(words)), theme=ThemeSettings(file=str(theme)))

    def again(settings=chosen):
        return skipped(run([job(tmp_path, "a", "# 题\n\n字。\n", settings=settings)], KEPT)[0])

    assert again() == []
    assert again() == ["a"]
    words.write_text("后台\n后来\n", encoding="utf-8")
    assert again() == []
    assert again() == ["a"]
    base.write_text("extends = 'article'\n", encoding="utf-8")
    assert again() == []
    assert again() == ["a"]
    from dataclasses import replace

    assert again(replace(chosen, fonts=FontSettings(serif=("Noto Serif",)))) == []
    assert again(replace(chosen, output=replace(chosen.output, folder="elsewhere"))) == []
    assert again(chosen) == ["a"]
    one = job(tmp_path, "a", "# 题\n\n字。\n", settings=chosen)
    assert skipped(
        run([replace(one, forced=frozenset({"batch.jobs", "output.folder"}))], KEPT)[0]
    ) == ["a"]
    assert skipped(run([replace(one, forced=frozenset({"book.title"}))], KEPT)[0]) == []


def test_another_version_or_date_makes_everything_anew(tmp_path, monkeypatch):
    made = [job(tmp_path, "a", "# 题\n\n字。\n")]
    run(made, KEPT)
    assert run_batch(made, Environment(epoch=10**9), lambda _: None, plan=KEPT)[0].skipped is False
    run(made, KEPT)
    monkeypatch.setattr("publisher.batch.fingerprint.__version__", "99")
    monkeypatch.setattr("publisher.batch.fingerprint._program", lambda: ("99",))
    assert skipped(run(made, KEPT)[0]) == []


def test_a_line_that_was_cut_off_counts_for_nothing_and_is_not_written_on(tmp_path):
    run(jobs(tmp_path, 4), KEPT)
    ledger = tmp_path / "out" / LEDGER_NAME
    whole = ledger.read_bytes()
    ledger.write_bytes(whole[:-20])
    results, _ = run(jobs(tmp_path, 4), KEPT)
    assert skipped(results) == ["0", "2"]
    assert ledger.read_bytes() == whole


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"rubbish",
        b'{"publisher-ledger": 99}\n{}',
        b'{"publisher-ledger": 1}\n[]\nnull\n{"job": 1}\n\xff\xfe\n' + b"[" * 5000 + b"\n",
        b'{"publisher-ledger": 1}\n{"job":"0","key":"","reads":{"a":1},"outputs":[],"characters":0,"pages":0,"volatile":false}\n',
        b'{"publisher-ledger": 1}\n{"job":"0","key":"","reads":{},"outputs":[["epub","../x",true,"",0]],"characters":0,"pages":0,"volatile":false}\n',
    ],
)
def test_a_ledger_that_is_rubbish_is_begun_anew(tmp_path, content):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / LEDGER_NAME).write_bytes(content)
    results, _ = run(jobs(tmp_path, 3), KEPT)
    assert [r.error is None for r in results] == [True, False, True]
    assert skipped(run(jobs(tmp_path, 3), KEPT)[0]) == ["0", "2"]


def test_jobs_of_other_runs_in_the_folder_are_kept_while_their_files_are(tmp_path):
    run(jobs(tmp_path, 3), KEPT)
    run([job(tmp_path, "z", "# 题\n\n字。\n")], KEPT)
    assert set(Ledger(tmp_path / "out").entries) == {"0", "2", "z"}
    (tmp_path / "out" / "0.epub").unlink()
    run([job(tmp_path, "z", "# 题\n\n字。\n")], KEPT)
    assert set(Ledger(tmp_path / "out").entries) == {"2", "z"}


def test_what_came_from_the_network_counts_until_the_run_is_through(tmp_path):
    from publisher.settings import NetworkSettings

    online = settings(network=NetworkSettings(fetch_images=True, offline=True))
    made = [job(tmp_path, name, "# 题\n\n字。\n", settings=online) for name in ("a", "b", "c")]
    answers = iter([False, False, True])
    run(made, KEPT, stop=lambda: next(answers))
    results, _ = run(made, KEPT)
    assert skipped(results) == ["a", "b"]
    assert skipped(run(made, KEPT)[0]) == []


def test_a_job_notes_what_it_read(tmp_path):
    (tmp_path / "a.png").write_bytes(png())
    noting = NotingEnvironment()
    noting.read_file(tmp_path / "a.png", within=tmp_path, limit=10**6)
    with pytest.raises(ResourceError):
        noting.stamped("2020-01-01").read_file(tmp_path / "b.png", within=tmp_path, limit=10**6)
    assert [(Path(p).name, len(d)) for p, d in noting.reads.items()] == [
        ("a.png", 64),
        ("b.png", 0),
    ]


def test_a_job_that_lacks_files_ends_after_reading(tmp_path):
    made = job(tmp_path, "a", "# 题\n\n![图](a.png) ![图](b.png)\n\n字。\n")
    done = perform(made, Workshop(Environment()), frozenset())
    assert done.result.error.code == "job.wants-files"
    assert [Path(p).name for p in done.reads] == ["a.png", "b.png"]
    assert not done.result.outputs
    done = perform(made, Workshop(Environment()), frozenset(done.reads))
    assert done.result.error is None


# ------------------------------------------------------------------------------- folder


def test_a_second_run_in_the_folder_says_who_is_there(tmp_path):
    (tmp_path / "out").mkdir()
    with locked(tmp_path / "out", 0):
        with pytest.raises(WriteError, match=f"process {os.getpid()} on ") as caught:
            run(jobs(tmp_path, 2), KEPT)
        assert caught.value.code == "write.in-use"
    assert not (tmp_path / "out" / LOCK_NAME).exists()
    assert run(jobs(tmp_path, 2), KEPT)[0][0].error is None


def test_a_run_that_is_to_wait_waits(tmp_path):
    import threading

    (tmp_path / "out").mkdir()
    held, go = threading.Event(), threading.Event()

    def hold():
        with locked(tmp_path / "out", 0):
            held.set()
            go.wait(20)

    other = threading.Thread(target=hold)
    other.start()
    held.wait(20)
    threading.Timer(0.5, go.set).start()
    results, _ = run(jobs(tmp_path, 2), BatchPlan(ledger=True, wait=20))
    other.join()
    assert results[0].error is None


def test_files_of_dead_processes_are_swept_and_no_others(tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead = tmp_path / f"{temporary_prefix(gone.pid)}a.tmp"
    own = tmp_path / f"{temporary_prefix(os.getpid())}a.tmp"
    alive = tmp_path / f"{temporary_prefix(os.getppid())}a.tmp"
    foreign = tmp_path / ".publisher-ffffff-1-a.tmp"
    other = tmp_path / f".publisher-{machine_mark()}-{gone.pid}-a.txt"
    old = tmp_path / ".publisher-ffffff-2-a.tmp"
    for path in (dead, own, alive, foreign, other, old):
        path.touch()
    os.utime(old, (time.time() - 90_000,) * 2)
    sweep(tmp_path)
    assert [p.exists() for p in (dead, own, alive, foreign, other, old)] == [
        False, False, True, True, True, False,
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_files_of_a_process_that_nobody_asked_for_are_swept(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", ""])
    left = tmp_path / f"{temporary_prefix(process.pid)}x.tmp"
    left.touch()
    until = time.monotonic() + 20
    while left.exists() and time.monotonic() < until:  # it ends, and is not waited for
        time.sleep(0.02)
        sweep(tmp_path)
    assert not left.exists()
    process.wait()


@pytest.mark.parametrize("plan", [BatchPlan(), KEPT])
def test_no_output_takes_the_place_of_a_source_of_another_job(tmp_path, plan):
    made = jobs(tmp_path, 3, "in")
    (tmp_path / "in" / "0.epub").write_bytes(b"precious")
    group = volume.SourceGroup(
        "", (sources.SourceFile(tmp_path / "in" / "0.epub", "0.epub", tmp_path / "in"),)
    )
    made.append(Job("other", (group,), made[0].settings, tmp_path / "in"))
    with pytest.raises(WriteError) as caught:
        run(made, plan)
    assert caught.value.code == "write.source"
    assert (tmp_path / "in" / "0.epub").read_bytes() == b"precious"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="there are no links here")
def test_nor_under_another_name(tmp_path):
    made = jobs(tmp_path, 1)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "0.epub").symlink_to(tmp_path / "in" / "0.md")
    results, _ = run([*made, *jobs(tmp_path, 1, "other")][:1])
    assert results[0].error.code == "write.source"
    assert (tmp_path / "in" / "0.md").read_text(encoding="utf-8").startswith("# 第0篇")


def test_json_of_the_ledger_is_plain_ascii(tmp_path):
    run([job(tmp_path, "题目", "# 题\n\n字。\n")], KEPT)
    lines = (tmp_path / "out" / LEDGER_NAME).read_bytes().splitlines()
    assert all(line.isascii() for line in lines)
    assert json.loads(lines[1])["job"] == "题目"
