"""Progress and the closing report: a bar on a terminal, plain lines elsewhere, JSON on request."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol, Self

from publisher.events import (
    DiagnosticRaised,
    Event,
    JobFinished,
    JobStarted,
    OutputWritten,
    StageStarted,
)
from publisher.messages import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from publisher.events import Diagnostic
    from publisher.pipeline import JobResult

# So many warnings of one code and source are shown; the rest are counted.
_MAX_SHOWN = 8
_STAGES = {
    "read": "reading",
    "transform": "preparing",
    "layout": "making pages",
    "pdf": "writing PDF",
    "epub": "writing EPUB",
    "docx": "writing Word",
}


class ProgressReporter(Protocol):
    """A reporter that is also a context: it may have a display to open and close."""

    def __call__(self, event: Event) -> None:
        """Takes one event."""

    def __enter__(self) -> Self:
        """Opens the display."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes the display."""


def make_reporter(*, as_json: bool, quiet: bool, jobs: int) -> ProgressReporter:
    """The reporter that suits where the output goes."""
    if as_json:
        return JsonReporter()
    if quiet:
        return QuietReporter()
    if sys.stderr.isatty():
        return BarReporter(jobs)
    return LineReporter(jobs)


class QuietReporter:
    """Shows nothing while the work goes on."""

    def __call__(self, event: Event) -> None:
        """Takes one event."""

    def __enter__(self) -> Self:
        """Nothing to open."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to close."""


class JsonReporter(QuietReporter):
    """Every event as one JSON object a line on standard output."""

    def __call__(self, event: Event) -> None:
        """Prints one event; a diagnostic carries its text too."""
        import json

        table: dict[str, Any] = {"event": type(event).__name__, **asdict(event)}
        if isinstance(event, DiagnosticRaised):
            table["diagnostic"]["args"] = dict(event.diagnostic.args)
            table["diagnostic"]["text"] = text_of(event.diagnostic)
        sys.stdout.write(json.dumps(table, ensure_ascii=False) + "\n")
        sys.stdout.flush()


class LineReporter(QuietReporter):
    """A line when a file is finished or a job fails, for logs and pipes."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._done = 0

    def __call__(self, event: Event) -> None:
        """Prints what is worth a line."""
        match event:
            case JobStarted(job, sources):
                plural = "s" if sources != 1 else ""
                _out(f"{job}: {sources} source{plural}")
            case OutputWritten(job, name, path, size, pages):
                shown = f", {_pages(pages)}" if pages else ""
                _out(f"{job}: {name} written, {_size(size)}{shown}: {path}")
            case JobFinished(job):
                self._done += 1
                if self._jobs > 1:
                    _out(f"{job}: {self._done} of {self._jobs} done")
            case _:
                pass


class BarReporter(QuietReporter):
    """A progress bar on the terminal: jobs done, and the stage of the one at work."""

    def __init__(self, jobs: int) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
        )

        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        # One job: its stages are the steps. Many: the jobs are.
        self._many = jobs > 1
        self._task = self._progress.add_task("starting", total=jobs if self._many else None)
        self._stages = 0
        self._began = time.monotonic()

    def __call__(self, event: Event) -> None:
        """Moves the bar."""
        match event:
            case StageStarted(job, stage):
                label = f"{job}: {_STAGES.get(stage, stage)}"
                self._progress.update(self._task, description=label[:60])
                if not self._many:
                    self._stages += 1
                    self._progress.update(self._task, completed=self._stages, total=len(_STAGES))
            case JobFinished():
                if self._many:
                    self._progress.advance(self._task)
                else:
                    self._progress.update(self._task, completed=len(_STAGES), total=len(_STAGES))
            case _:
                pass

    def __enter__(self) -> Self:
        """Shows the bar."""
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Takes the bar away."""
        self._progress.stop()


def print_report(results: Sequence[JobResult], *, quiet: bool) -> None:
    """The closing report: warnings with their places, failures, then the files."""
    for result in results:
        _print_diagnostics(result.diagnostics)
    for result in results:
        if result.error is not None:
            name = f"{result.job}: " if len(results) > 1 else ""
            sys.stderr.write(f"publisher: {name}{result.error}\n")
    if quiet:
        return
    for result in results:
        for output in result.outputs:
            pages = f"{_pages(output.pages)}, " if output.pages else ""
            _out(f"  {output.path}  {pages}{_size(output.size)}")
    files = sum(len(r.outputs) for r in results)
    failed = sum(r.error is not None for r in results)
    warnings = sum(d.severity == "warning" for r in results for d in r.diagnostics)
    facts = [
        f"{files} file{'' if files == 1 else 's'}",
        f"{sum(r.characters for r in results):,} characters",
        f"{warnings} warning{'' if warnings == 1 else 's'}",
        f"{sum(r.seconds for r in results):.1f} s",
    ]
    if total := sum(r.pages for r in results):
        facts.insert(1, _pages(total))
    if failed:
        facts.append(f"{failed} of {len(results)} failed")
    _out(", ".join(facts))


def _print_diagnostics(diagnostics: Sequence[Diagnostic]) -> None:
    counts: dict[tuple[str, str], int] = {}
    # By source, as they were first met, and within a source by line.
    order = {name: at for at, name in enumerate(dict.fromkeys(d.source for d in diagnostics))}
    for diagnostic in sorted(diagnostics, key=lambda d: (order[d.source], d.line)):
        key = (diagnostic.code, diagnostic.source)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= _MAX_SHOWN:
            place = f"{diagnostic.where}: " if diagnostic.where else ""
            hint = f" ({diagnostic.hint})" if diagnostic.hint else ""
            sys.stderr.write(f"{place}{diagnostic.severity}: {text_of(diagnostic)}{hint}\n")
    for (code, source), number in counts.items():
        if number > _MAX_SHOWN:
            place = f"{source}: " if source else ""
            sys.stderr.write(f"{place}{number - _MAX_SHOWN} more of {code}\n")


def _pages(number: int) -> str:
    return "1 page" if number == 1 else f"{number} pages"


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1e3))} kB"


def _out(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
