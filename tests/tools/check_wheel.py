"""Builds the wheel and looks into it: the package, its fonts and themes, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 60_000_000
NEEDED = (
    "publisher/__init__.py",
    "publisher/py.typed",
    "publisher/theme/builtin/base.toml",
    "publisher/text/words/words.z",
    "publisher/text/words/misspelled.txt",
    "publisher/text/words/NOTICE.txt",
    "publisher/transforms/annotate/NOTICE.txt",
    "publisher/transforms/annotate/polyphones.txt",
    "publisher/transforms/annotate/kanji.txt",
    "publisher/_fontdata/catalog.toml",
    "publisher/_fontdata/OFL.txt",
    "publisher/_fontdata/NotoSerifCJK-Regular.ttc.xz",
)


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)],
        check=True,
    )
    wheel = max(folder.glob("*.whl"))
    names = zipfile.ZipFile(wheel).namelist()
    problems = [f"missing: {name}" for name in NEEDED if name not in names]
    for name in names:
        top = name.split("/")[0]
        if top != "publisher" and not top.endswith(".dist-info"):
            problems.append(f"does not belong: {name}")
    if wheel.stat().st_size > LIMIT:
        problems.append(f"too large: {wheel.stat().st_size}")
    print(
        "\n".join(problems)
        or f"{wheel.name}: {len(names)} files, {wheel.stat().st_size / 1e6:.1f} MB"
    )
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
