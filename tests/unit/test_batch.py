"""Jobs one after another and over processes."""

from publisher import sources, volume
from publisher.batch import run_batch
from publisher.environment import Environment
from publisher.events import JobFinished, OutputWritten
from publisher.pipeline import Job
from publisher.settings import OutputSettings, Settings


def jobs(tmp_path, count, folder):
    settings = Settings(output=OutputSettings(formats=("epub",)))
    made = []
    for number in range(count):
        path = tmp_path / f"{number}.md"
        path.write_text(f"# 第{number}篇\n\n正文。\n" if number != 1 else "", encoding="utf-8")
        group = volume.SourceGroup("", (sources.SourceFile(path, path.name, tmp_path),))
        made.append(Job(str(number), (group,), settings, tmp_path / folder))
    return made


def test_serial_and_parallel_give_the_same_files_and_results(tmp_path):
    events = {"serial": [], "parallel": []}
    results = {}
    for name, workers in (("serial", 1), ("parallel", 2)):
        results[name] = run_batch(
            jobs(tmp_path, 4, name), Environment(), events[name].append, workers=workers
        )
    for name in ("serial", "parallel"):
        assert [r.job for r in results[name]] == ["0", "1", "2", "3"]
        assert [r.error is None for r in results[name]] == [True, False, True, True]
        assert "holds no text" in str(results[name][1].error)
        assert sum(isinstance(e, OutputWritten) for e in events[name]) == 3
        assert sum(isinstance(e, JobFinished) for e in events[name]) == 4
        assert sorted(p.name for p in (tmp_path / name).iterdir()) == ["0.epub", "2.epub", "3.epub"]
    for path in (tmp_path / "serial").iterdir():
        assert path.read_bytes() == (tmp_path / "parallel" / path.name).read_bytes()


def test_a_batch_can_be_stopped_between_jobs(tmp_path):
    answers = iter([False, True])
    results = run_batch(
        jobs(tmp_path, 3, "out"), Environment(), lambda _: None, stop=lambda: next(answers)
    )
    assert len(results) == 1


def test_a_worker_that_dies_is_reported_and_the_rest_is_done(tmp_path, monkeypatch):
    made = jobs(tmp_path, 4, "out")
    monkeypatch.setenv("PUBLISHER_TEST_DIE", "1")
    deadly = tmp_path / "sitecustomize.py"
    deadly.write_text(
        "import os, builtins\n"
        "real = open\n"
        "import pathlib\n"
        "def read(self, real=pathlib.Path.read_bytes):\n"
        "    if self.name == '3.md': os._exit(9)\n"
        "    return real(self)\n"
        "pathlib.Path.read_bytes = read\n",
        encoding="utf-8",
    )
    import os
    import sys

    path = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
    monkeypatch.setenv("PYTHONPATH", path)
    results = run_batch(made, Environment(), lambda _: None, workers=2)
    assert [r.job for r in results] == ["0", "1", "2", "3"]
    assert "worker process died" in str(results[3].error)
    assert [r.error is None for r in results] == [True, False, True, False]
