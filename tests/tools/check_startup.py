"""What starting costs: modules that must not be imported early, and CPU time of the bare import."""

import subprocess
import sys

HEAVY = [
    "reportlab",
    "docx",
    "ebooklib",
    "opencc",
    "lxml",
    "markdown_it",
    "uharfbuzz",
    "fontTools",
    "PIL",
    "yaml",
    "pikepdf",
    "rich",
    "charset_normalizer",
    "budoux",
    "pyphen",
    "importlib.metadata",
]
PROBE = """
import sys, time
began = time.process_time()
import publisher, publisher.tree.nodes, publisher.tree.meta
spent = time.process_time() - began
import publisher.cli.main as cli
cli.make_parser()
print(spent)
print(' '.join(m for m in %r if m in sys.modules))
"""


def main() -> int:
    runs = [
        subprocess.run(
            [sys.executable, "-c", PROBE % (HEAVY,)], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        for _ in range(5)
    ]
    spent = min(float(r[0]) for r in runs)
    early = runs[0][1] if len(runs[0]) > 1 else ""
    print(f"tree imported in {spent * 1000:.0f} ms; imported too early: {early or 'nothing'}")
    # The budget is 30 ms on a quiet machine; shared ones are slower.
    return bool(early) or spent > 0.09


if __name__ == "__main__":
    sys.exit(main())
