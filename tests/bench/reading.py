"""CPU time of reading, after imports: a saved page, a novel as text, EPUB and Word.

    python tests/bench/reading.py [-n 5]

Limits: a web page of 1 MB half a second, a novel of 600 thousand characters as text 0.3 s.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import publisher  # noqa: E402
from tests.tools.web_pages import HANS, links, ps, site  # noqa: E402

_PARAGRAPHS = 1400  # times the sample's four: 1 MB with the page around it
_CHAPTERS = 120


def sources(folder):
    """A file of each kind, by name."""
    page = site(
        f'<div class="main"><h1>集市志</h1><div id="article">{ps(HANS * _PARAGRAPHS)}</div></div>'
        f"<ul>{links(400)}</ul>"
    )
    chapter = "\n".join(f"　　{text}" for text in HANS * 30)
    novel = "\n\n".join(f"第{n}章 集市\n\n{chapter}" for n in range(1, _CHAPTERS + 1))
    made = {"page.html": page, "novel.txt": novel}
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8")
    reading = publisher.read(folder / "novel.txt")
    for name in ("novel.epub", "novel.docx"):
        publisher.write(reading, folder / name)
    return [folder / name for name in (*made, "novel.epub", "novel.docx")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("-n", type=int, default=5, help="rounds")
    rounds = parser.parse_args().n
    with tempfile.TemporaryDirectory() as folder:
        for path in sources(Path(folder)):
            publisher.read(path)  # imports
            times = []
            for _ in range(rounds):
                start = time.process_time()
                publisher.read(path)
                times.append(time.process_time() - start)
            size = path.stat().st_size / 1e6
            print(f"{path.name:12} {size:6.2f} MB  {median(times):.3f} s CPU")


if __name__ == "__main__":
    main()
