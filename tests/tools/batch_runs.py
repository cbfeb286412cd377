"""Whole runs of ``build --each`` in processes of their own, some of them killed in the middle."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from publisher.sources import LEDGER_NAME

ROOT = Path(__file__).resolve().parents[2]
WAIT = 600
# Sentences for articles that all differ.
WORDS = "山水风月花鸟春秋古今往来书画琴棋诗酒茶饭城乡桥路船车灯火门窗"


def command(sources, out, *options):
    return [
        sys.executable,
        "-m",
        "publisher",
        "build",
        "--each",
        str(sources),
        "-o",
        str(out),
        "-q",
        *options,
    ]


def start(sources, out, *options):
    """A run that goes on by itself."""
    return subprocess.Popen(
        command(sources, out, *options),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )


def finish(process):
    """Its exit code and what it said."""
    try:
        _, error = process.communicate(timeout=WAIT)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    return process.returncode, error.decode()


def run(sources, out, *options):
    return finish(start(sources, out, *options))


def small_articles(folder, count):
    """Short articles that all differ; gives the folder."""
    folder.mkdir(parents=True)
    for number in range(count):
        rng = random.Random(number)
        text = "".join(f"{rng.choice(WORDS)}{rng.choice(WORDS)}，" for _ in range(60))
        (folder / f"{number:04}.md").write_text(f"# 第{number}篇\n\n{text}。\n", encoding="utf-8")
    return folder


def content(folder):
    """Every file in a folder, hidden ones too, by name."""
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def killed(sources, out, rng, most, *options):
    """A run that is killed without warning at some moment; True if it was still at work.

    Args:
        sources: Folder of articles.
        out: Folder of outputs.
        rng: Chooses the moment: so long after the start, or after some jobs of its own.
        most: About how many jobs it may do.
        options: More of the command line.
    """
    had = written_down(out)
    process = start(sources, out, *options)
    if rng.random() < 0.25:
        time.sleep(rng.uniform(0.0, 1.5))
    else:
        jobs = had + rng.randrange(max(most, 1))
        until = time.monotonic() + WAIT
        while written_down(out) < jobs and process.poll() is None and time.monotonic() < until:
            time.sleep(0.002)
        time.sleep(rng.uniform(0.0, 0.2))
    alive = process.poll() is None
    process.kill()
    process.communicate()
    return alive


def written_down(out):
    """How many jobs the ledger has."""
    ledger = Path(out) / LEDGER_NAME
    return max(ledger.read_bytes().count(b"\n") - 1, 0) if ledger.exists() else 0
