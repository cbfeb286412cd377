"""Whether a document ten times as long costs ten times as much: CPU a character, peak memory.

    python tests/bench/scale.py [--sizes 10000,100000,1000000,5000000] [--text FILE] [--format pdf]
    python tests/bench/scale.py --paragraphs [--sizes 25000,50000,100000]

A book is made of the paragraphs of FILE (a Markdown book; made-up text without one) over and over,
with a chapter each 7,000 characters. What starting costs is measured on a book of 1,000 characters and
taken off. With `--paragraphs` each kind of extreme paragraph is set alone in a document of that length.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from compare import Run, measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = 7_000
BASE = 1_000
SIZES = "10000,100000,1000000,5000000"

KINDS: dict[str, str] = {
    "a break everywhere": "天地玄黄宇宙洪荒",
    "marks": "天地“玄黄”，宇宙洪荒。",
    "no break": "天\u2060",
    "one dash": "—",
    "leaders": "…",
    "opening marks": "（",
    "one word": "abcdefgh",
    "words": "the quick brown fox ",
    "dots and hyphens": "ab.cd-ef.gh.",
    "mixed": "天地ab玄黄 12宇，",
    "hangul": "한국어 ",
    "kana": "あいうえお、",
    "combining marks": "a\u0301",
    "emphasis": "天*地玄*黄",
    "links": "天[地](#a)黄",
    "ruby": "{天|てん}地",
    "rare characters": "\U00020000\U00020001天",
}


def paragraphs(text: Path | None) -> Iterator[str]:
    """Paragraphs without end."""
    if text is not None and text.is_file():
        body = text.read_text(encoding="utf-8").partition("\n---\n")[2]
        found = [p for p in body.split("\n") if p.strip() and not p.startswith("#")]
        yield from cycle(found)
    state = 1
    while True:
        made = []
        for _ in range(12):
            state = state * 1_103_515_245 + 12_345 & 0x7FFFFFFF
            made.append(
                "".join(chr(0x4E00 + (state >> n) % 2_500) for n in range(3, 3 + state % 17))
            )
        yield "，".join(made) + "。"


def book(size: int, source: Iterator[str]) -> str:
    """A book of `size` characters."""
    parts = ["---\ntitle: 书\nlang: zh-Hans\n---\n"]
    length = chapter = 0
    left = 0
    while length < size:
        if left <= 0:
            chapter += 1
            parts.append(f"# 第{chapter}章\n")
            left = CHAPTER
        paragraph = next(source)[: size - length]
        parts.append(paragraph + "\n")
        length += len(paragraph)
        left -= len(paragraph)
    return "\n".join(parts)


def run(content: str, folder: Path, kind: str) -> Run:
    source = folder / "book.md"
    source.write_text(content, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [
        sys.executable, "-m", "publisher", "build", str(source), "-q", "-f", kind,
        "--theme", "book", "-o", str(folder / "out"),
    ]  # fmt: skip
    return measure(command, environment, folder)


def books(sizes: list[int], kind: str, text: Path | None, folder: Path) -> None:
    source = paragraphs(text)
    run(book(BASE, source), folder, kind)
    start = min(run(book(BASE, source), folder, kind).cpu for _ in range(3))
    print(f"starting: {start:.2f} s, taken off below")
    for size in sizes:
        rounds = [run(book(size, source), folder, kind) for _ in range(3 if size < 200_000 else 1)]
        best = min(rounds, key=lambda r: r.cpu)
        each = (best.cpu - start) / (size - BASE) * 1e6
        print(
            f"{size:>10,} characters  cpu {best.cpu:7.2f} s  {each:5.2f} us a character  "
            f"peak {best.peak_mib:5.0f} MiB",
            flush=True,
        )


def extremes(sizes: list[int], kind: str, folder: Path) -> None:
    shown: Callable[[Run], str] = lambda r: f"{r.cpu:6.2f} s {r.peak_mib:4.0f} MiB"  # noqa: E731
    for name, piece in KINDS.items():
        runs = [run(f"# 题\n\n{piece * (size // len(piece))}\n", folder, kind) for size in sizes]
        print(f"{name:20}", "  ".join(map(shown, runs)), flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="")
    parser.add_argument("--text", type=Path, default=ROOT.parent / "shared/corpus/novel-hans.md")
    parser.add_argument("--format", default="pdf")
    parser.add_argument("--paragraphs", action="store_true", help="single paragraphs instead")
    options = parser.parse_args()
    default = "25000,50000,100000" if options.paragraphs else SIZES
    sizes = [int(size) for size in (options.sizes or default).split(",")]
    with tempfile.TemporaryDirectory() as folder:
        if options.paragraphs:
            extremes(sizes, options.format, Path(folder))
        else:
            books(sizes, options.format, options.text, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
