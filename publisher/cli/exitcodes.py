"""Exit codes that are not an error's own (those stand in `errors`)."""

from __future__ import annotations

OK = 0
FAILED = 1
USAGE = 2
PREFLIGHT = 4
INTERRUPTED = 130  # 128 + SIGINT, as shells have it
