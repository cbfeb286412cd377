"""Two reading systems, epub.js and foliate-js, in a headless Chromium: what they make of a book."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from tests.tools import judges

PACKAGES = ("epubjs", "foliate-js", "jszip", "puppeteer-core")


def opened(book: Path, shots: Path | None = None) -> dict[str, Any]:
    """What both said about a book; `shots` is a folder that takes pictures of its pages."""
    node = judges.program("node", "nodejs")
    judges.need(Path(os.environ.get("PUPPETEER_EXECUTABLE_PATH", "/usr/bin/chromium")).exists(),
                "chromium")  # fmt: skip
    modules = Path(os.environ.get("PUBLISHER_NODE_TOOLS", ""), "node_modules")
    for package in PACKAGES:
        judges.need((modules / package).is_dir(), f"{package} (npm)")
    script = Path(__file__).with_name("read_epub.mjs")
    asked = [node, str(script), str(modules), str(book), *([str(shots)] if shots else [])]
    done = judges.run(asked)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
