"""Batches: what workers cost and gain, whether memory stays flat, and whether kills do harm.

    python tests/bench/batch.py speed [--count 2000] [--workers 2] [--formats pdf,epub,docx] [--corpus FOLDER]
    python tests/bench/batch.py kills [--count 200] [--kills 20] [--seed 1]

`speed` makes COUNT articles of the corpus's batch, each with a line of its own, in this process and then
over workers. On a busy machine walls say little: what holds is the CPU time of both, from which it gives
the speed that as many free cores would show. `kills` kills a run KILLS times at random moments, takes
it up again, and compares the folder with that of a run that nothing happened to, byte for byte.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.tools import batch_runs as runs  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus" / "batch"


def articles(folder: Path, corpus: Path, count: int) -> Path:
    """So many articles that all differ."""
    found = sorted(corpus.glob("*.md"))
    if not found:
        return runs.small_articles(folder, count)
    folder.mkdir()
    for number in range(count):
        text = found[number % len(found)].read_text(encoding="utf-8")
        place = folder / f"{number:04}.md"
        place.write_text(f"{text}\n第{number}篇完。\n", encoding="utf-8")
    return folder


class Watch(threading.Thread):
    """Notes the resident memory of a process and its children, in MiB, by process."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self.seen: dict[int, list[float]] = {}
        self.over = False

    def run(self) -> None:
        while not self.over:
            for process in [self._process, *children(self._process)]:
                held = resident(process)
                if held:
                    self.seen.setdefault(process, []).append(held)
            time.sleep(0.2)


def children(process: int) -> list[int]:
    try:
        tasks = Path(f"/proc/{process}/task").iterdir()
        return [int(c) for t in tasks for c in (t / "children").read_text().split()]
    except OSError:
        return []


def resident(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * resource.getpagesize() / 2**20


def timed(sources: Path, out: Path, *options: str) -> tuple[float, float, Watch]:
    """CPU and wall seconds of a run with all its workers, and their memory."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = runs.start(sources, out, *options)
    watch = Watch(process.pid)
    watch.start()
    _, error = process.communicate()
    wall = time.monotonic() - began
    watch.over = True
    watch.join()
    if process.returncode:
        sys.exit(f"failed: {error.decode()[-500:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = sum(after[:2]) - sum(before[:2])
    return spent, wall, watch


def shown(watch: Watch) -> str:
    """Each process's memory after a tenth of its life, at its end, and at most."""
    parts = []
    for held in watch.seen.values():
        early = max(held[len(held) // 10 : len(held) // 10 + 5] or held)
        parts.append(f"{early:.0f} then {max(held[-5:]):.0f}, at most {max(held):.0f} MiB")
    return "; ".join(parts)


def speed(options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = articles(folder / "in", options.corpus, options.count)
        chosen = ("-f", options.formats, "--theme", "book")
        alone, wall_alone, watch = timed(sources, folder / "one", *chosen, "--jobs", "1")
        print(f"in one process: {alone:.1f} s CPU, {wall_alone:.1f} s; {shown(watch)}", flush=True)
        workers = str(options.workers)
        spent, wall, watch = timed(sources, folder / "many", *chosen, "--jobs", workers)
        print(f"over {workers} workers: {spent:.1f} s CPU, {wall:.1f} s; {shown(watch)}")
        print(
            f"{wall_alone / wall:.2f} times the speed as measured; "
            f"{options.workers * alone / spent:.2f} by CPU, with {workers} cores free"
        )
        began = time.monotonic()
        runs.run(sources, folder / "many", *chosen, "--jobs", workers)
        print(f"again, with nothing changed: {time.monotonic() - began:.1f} s")
        same = runs.content(folder / "one") == runs.content(folder / "many")
        print("the same files" if same else "THE FILES DIFFER")
        return 0 if same else 1


def kills(options: argparse.Namespace) -> int:
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = articles(folder / "in", options.corpus, options.count)
        code, error = runs.run(sources, folder / "whole", "--jobs", "2")
        if code:
            sys.exit(error)
        wanted = runs.content(folder / "whole")
        out, left, hits = folder / "out", options.kills, 0
        while left:
            # Each run goes on from where the one before was killed.
            alive = runs.killed(sources, out, rng, options.count // 8, "--jobs", "2")
            hits += alive
            names = os.listdir(out) if out.is_dir() else []
            half = sum(n.endswith(".tmp") for n in names)
            whole = [n for n in names if n in wanted and not n.startswith(".")]
            good = all((out / n).read_bytes() == wanted[n] for n in whole)
            print(
                f"kill {options.kills - left + 1}: {'at work' if alive else 'after the end'}, "
                f"{len(whole)} files, {half} begun, {runs.written_down(out)} jobs written down, "
                f"{'all whole' if good else 'SOME BROKEN'}",
                flush=True,
            )
            left -= 1
            if not good:
                return 1
            if not alive:  # it was done: begin again
                for path in out.iterdir():
                    path.unlink()
        code, error = runs.run(sources, out, "--jobs", "2")
        same = code == 0 and runs.content(out) == wanted
        print(f"{hits} of {options.kills} kills met a run at work; {len(wanted)} files in the end")
        print("the same folder" if same else f"THE FOLDERS DIFFER {error}")
        return 0 if same else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("speed", "kills"))
    parser.add_argument("--count", type=int)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--formats", default="pdf,epub,docx")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args()
    options.count = options.count or {"speed": 2000, "kills": 200}[options.what]
    return speed(options) if options.what == "speed" else kills(options)


if __name__ == "__main__":
    sys.exit(main())
