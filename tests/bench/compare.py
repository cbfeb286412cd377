"""Times whole runs of publisher against the fastest peers: CPU of the process tree, in turn.

    python tests/bench/compare.py [-n ROUNDS] [--peers FOLDER] [--corpus FOLDER] [--only WORD] [--batch]

Typst (PDF) and pandoc (EPUB, DOCX) come from PyPI (`pip install typst pypandoc_binary`). The peers'
own scripts and the corpus stay outside this repository; without them only our own figures are
printed. A round runs every command once in turn, so that ratios taken inside a round hold on a
noisy machine; the medians of the ratios are what to quote.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True)
class Run:
    cpu: float
    wall: float
    peak_mib: float


def measure(command: list[str], environment: dict[str, str], folder: Path) -> Run:
    """One run of a command in a folder; its whole tree's CPU, as the operating system counts it."""
    import time

    began = time.monotonic()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,  # a compiler of Typst's takes sources below it only
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"failed ({process.returncode}): {' '.join(command)[:300]}")
    return Run(usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss / 1024)


def peer_commands(peers: Path, corpus: Path, work: Path) -> dict[str, list[str]]:
    """The peers' commands for the novel and the article, with their inputs prepared."""
    try:
        import pypandoc

        pandoc = pypandoc.get_pandoc_path()
    except ImportError:
        pandoc = shutil.which("pandoc") or ""
    commands: dict[str, list[str]] = {}
    for name, source in (("novel", corpus / "novel-hans.md"), ("article", corpus / "article.md")):
        prepare(peers, source, work, name)
        typst = [sys.executable, str(peers / "t_typst.py"), str(work / f"{name}.typ")]
        commands[f"{name}/pdf/typst"] = [*typst, str(work / f"{name}-typst.pdf")]
        if pandoc:
            split = ["--split-level=1"] if name == "novel" else []
            commands[f"{name}/epub/pandoc"] = [
                pandoc, str(source), "-o", str(work / f"{name}.epub"), "--toc", *split,
            ]  # fmt: skip
            commands[f"{name}/docx/pandoc"] = [
                pandoc, str(source), "-o", str(work / f"{name}.docx"), "--toc",
            ]  # fmt: skip
    return commands


def batch_commands(peers: Path, corpus: Path, work: Path) -> dict[str, list[str]]:
    """A batch of articles in one process each; Typst's with its fonts found once."""
    sources = sorted((corpus / "batch").glob("*.md"))
    commands = {
        f"batch/{label}/ours": [
            sys.executable, "-m", "publisher", "build", str(corpus / "batch"), "-q", "--each", "--fresh",
            "--jobs", "1", "--theme", "book", "-f", kind, "-o", str(work / "ours" / "batch" / label),
        ]
        for label, kind in (("pdf", "pdf"), ("all", "pdf,epub,docx"))
    }  # fmt: skip
    if peers.is_dir():
        pairs: list[str] = []
        for source in sources:
            prepare(peers, source, work / "batch", source.stem)
            made = work / "batch" / source.stem
            pairs += (f"{made}.typ", f"{made}.pdf")
        commands["batch/pdf/typst"] = [sys.executable, str(peers / "t_typst.py"), *pairs]
    return commands


def prepare(peers: Path, source: Path, work: Path, name: str) -> None:
    """Makes the peers' inputs of a source."""
    script = str(peers / "prep.py")
    subprocess.run([sys.executable, script, str(source), str(work), name], check=True)


def our_commands(corpus: Path, work: Path) -> dict[str, list[str]]:
    """Our own commands for the same jobs on the same pages, and all three formats in one run."""
    commands: dict[str, list[str]] = {}
    for name, source in (("novel", corpus / "novel-hans.md"), ("article", corpus / "article.md")):
        for kind in ("pdf", "epub", "docx", "pdf,epub,docx"):
            label = "all" if "," in kind else kind
            commands[f"{name}/{label}/ours"] = [
                sys.executable, "-m", "publisher", "build", str(source), "-q",
                "--theme", "book", "-f", kind, "-o", str(work / "ours" / label),
            ]  # fmt: skip
    return commands


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=5, help="rounds")
    parser.add_argument("--peers", type=Path, default=SHARED / "bench" / "peers")
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus")
    parser.add_argument("--batch", action="store_true", help="also 200 articles in one process")
    parser.add_argument("--only", default="", help="only names that hold this word")
    options = parser.parse_args()
    if not options.corpus.is_dir():
        sys.exit(f"no corpus at {options.corpus}; name one with --corpus")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        # An installed package has its bytecode: the first run, which is not counted, writes ours.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        commands = our_commands(options.corpus, work)
        if options.peers.is_dir():
            commands = {**peer_commands(options.peers, options.corpus, work), **commands}
        if options.batch:
            commands |= batch_commands(options.peers, options.corpus, work)
        commands = {k: c for k, c in commands.items() if options.only in k}
        runs: dict[str, list[Run]] = {name: [] for name in commands}
        for command in commands.values():
            measure(command, environment, work)  # fills caches
        for _ in range(options.n):
            for name, command in commands.items():
                runs[name].append(measure(command, environment, work))
    report(runs)
    return 0


def report(runs: dict[str, list[Run]]) -> None:
    median = statistics.median
    for name, rounds in runs.items():
        print(
            f"{name:24} cpu {median(r.cpu for r in rounds):6.2f} s   "
            f"wall {median(r.wall for r in rounds):6.2f} s   "
            f"peak {max(r.peak_mib for r in rounds):5.0f} MiB"
        )
    for work in ("novel", "article", "batch"):
        sums: list[list[float]] = []
        for kind, peer in (("pdf", "typst"), ("epub", "pandoc"), ("docx", "pandoc")):
            ours, theirs = runs.get(f"{work}/{kind}/ours"), runs.get(f"{work}/{kind}/{peer}")
            if theirs:
                sums.append([r.cpu for r in theirs])
            if ours and theirs:
                ratio = median(a.cpu / b.cpu for a, b in zip(ours, theirs, strict=True))
                print(f"{work} {kind}: {ratio:.2f} of {peer}'s CPU")
        whole = runs.get(f"{work}/all/ours")
        if whole and len(sums) == 1:
            ratio = median(a.cpu / b for a, b in zip(whole, sums[0], strict=True))
            print(f"{work} all three in one run: {ratio:.2f} of typst's CPU for PDF alone")
        if whole and len(sums) == 3:
            totals = [sum(values) for values in zip(*sums, strict=True)]
            ratio = median(a.cpu / b for a, b in zip(whole, totals, strict=True))
            print(f"{work} all three in one run: {ratio:.2f} of the peers' sum")


if __name__ == "__main__":
    sys.exit(main())
