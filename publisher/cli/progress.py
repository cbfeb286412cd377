"""Progress and the closing report: a bar on a terminal, plain lines elsewhere, JSON on request."""

from __future__ import annotations

import re
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, Protocol, Self

from publisher.events import (
    BatchFinished,
    DiagnosticRaised,
    Event,
    JobFinished,
    JobSkipped,
    JobStarted,
    OutputWritten,
    StageStarted,
)
from publisher.messages import text_of
from publisher.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from rich.progress import Progress

    from publisher.events import Diagnostic
    from publisher.job import JobResult

# So many warnings of one code and source are shown; the rest are counted.
_MAX_SHOWN = 8
# With more jobs than this, files that are as they should be are counted, not listed.
_MANY = 20
# Control characters, marks that turn the direction of text, ends of lines, halves of pairs.
_STEERING: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
# Between two lines on how far many jobs have got.
_EVERY_SECONDS = 10.0
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
        return ManyBarReporter(jobs) if jobs > 1 else BarReporter()
    return ManyLineReporter(jobs) if jobs > _MANY else LineReporter(jobs)


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


@dataclass(slots=True)
class Stopwatch:
    """Passes events on, and keeps how long the batch took in seconds."""

    reporter: ProgressReporter
    seconds: float = 0.0

    def __call__(self, event: Event) -> None:
        """Takes one event."""
        if isinstance(event, BatchFinished):
            self.seconds = event.seconds
        self.reporter(event)


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
            case JobSkipped(job):
                self._done += 1
                _out(f"{job}: unchanged, {self._done} of {self._jobs} done")
            case _:
                pass


@dataclass(slots=True)
class Tally:
    """How far a batch has got.

    `began` and the time that is asked about are of a clock that nobody can set, in seconds.
    """

    jobs: int
    began: float
    done: int = 0
    skipped: int = 0
    failed: int = 0

    @property
    def left(self) -> int:
        """Jobs that have not ended."""
        return self.jobs - self.done - self.skipped - self.failed

    def take(self, event: Event) -> bool:
        """Counts a job that ended; False for all other events."""
        match event:
            case JobFinished(_, _, error):
                self.failed += bool(error)
                self.done += not error
            case JobSkipped():
                self.skipped += 1
            case _:
                return False
        return True

    def told(self, now: float) -> str:
        """Done, unchanged, failed, rate and what remains."""
        worked = self.done + self.failed
        rate = worked / max(now - self.began, 0.001)
        facts = [f"{self.done} done"]
        if self.skipped:
            facts.append(f"{self.skipped} unchanged")
        if self.failed:
            facts.append(f"{self.failed} failed")
        facts.append(f"{rate:.1f}/s" if rate >= 1 else f"{rate * 60:.1f}/min")
        if self.left and worked:
            facts.append(f"{self.left} left, {_duration(self.left / rate)}")
        return ", ".join(facts)


class ManyLineReporter(QuietReporter):
    """For logs of large batches: failures as they come, and now and then how far it has got."""

    def __init__(self, jobs: int) -> None:
        self._tally = Tally(jobs, time.monotonic())
        self._next = self._tally.began + _EVERY_SECONDS

    def __call__(self, event: Event) -> None:
        """Prints what is worth a line."""
        if not self._tally.take(event):
            return
        if isinstance(event, JobFinished) and event.error:
            _out(f"{event.job}: failed: {event.error}")
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _EVERY_SECONDS
            _out(self._tally.told(now))


class _Bar(QuietReporter):
    """A progress bar on the terminal, there while it is entered."""

    _progress: Progress

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


class BarReporter(_Bar):
    """A progress bar on the terminal: the stages of one job."""

    def __init__(self) -> None:
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
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("starting", total=len(_STAGES))
        self._stages = 0

    def __call__(self, event: Event) -> None:
        """Moves the bar."""
        match event:
            case StageStarted(job, stage):
                label = f"{job}: {_STAGES.get(stage, stage)}"
                self._stages += 1
                self._progress.update(
                    self._task, description=printable(label)[:60], completed=self._stages
                )
            case JobFinished():
                self._progress.update(self._task, completed=len(_STAGES))
            case _:
                pass


class ManyBarReporter(_Bar):
    """A progress bar on the terminal: the jobs of a batch, and failures above it."""

    def __init__(self, jobs: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

        self._progress = Progress(
            SpinnerColumn(),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TextColumn("{task.description}", markup=False),
            console=Console(stderr=True),
            transient=True,
        )
        self._tally = Tally(jobs, time.monotonic())
        self._task = self._progress.add_task("starting", total=jobs)

    def __call__(self, event: Event) -> None:
        """Moves the bar."""
        if self._tally.take(event):
            told = self._tally.told(time.monotonic())
            self._progress.update(self._task, advance=1, description=told)
            if isinstance(event, JobFinished) and event.error:
                line = printable(f"{event.job}: {event.error}")
                self._progress.console.print(line, markup=False, highlight=False)


def print_report(results: Sequence[JobResult], *, quiet: bool, seconds: float = 0.0) -> None:
    """The closing report: warnings with their places, failures, then the files.

    Args:
        results: Of all jobs that ended.
        quiet: Warnings and failures only.
        seconds: How long the run took, if that is not the sum of its jobs.
    """
    many = len(results) > _MANY
    for result in results:
        _print_diagnostics([d for d in result.diagnostics if not many or d.severity != "info"])
    for result in results:
        if result.error is not None:
            name = f"{result.job}: " if len(results) > 1 else ""
            _err(f"publisher: {name}{result.error}")
    if quiet:
        return
    for result in results if not many else ():
        for output in result.outputs:
            pages = f"{_pages(output.pages)}, " if output.pages else ""
            _out(f"  {output.path}  {pages}{_size(output.size)}")
    files = sum(len(r.outputs) for r in results)
    failed = sum(r.error is not None for r in results)
    skipped = sum(r.skipped for r in results)
    warnings = sum(d.severity == "warning" for r in results for d in r.diagnostics)
    facts = [
        f"{files} file{'' if files == 1 else 's'}",
        f"{sum(r.characters for r in results):,} characters",
        f"{warnings} warning{'' if warnings == 1 else 's'}",
        f"{seconds or sum(r.seconds for r in results):.1f} s",
    ]
    if total := sum(r.pages for r in results):
        facts.insert(1, _pages(total))
    if skipped:
        facts.append(f"{skipped} of {len(results)} unchanged (--fresh makes them again)")
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
            _err(f"{place}{diagnostic.severity}: {text_of(diagnostic)}{hint}")
    for (code, source), number in counts.items():
        if number > _MAX_SHOWN:
            place = f"{source}: " if source else ""
            _err(f"{place}{number - _MAX_SHOWN} more of {code}")


def _pages(number: int) -> str:
    return "1 page" if number == 1 else f"{number} pages"


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1e3))} kB"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 90 else f"{minutes / 60:.1f} h"


def printable(text: str) -> str:
    """The text with what would steer a terminal shown as escapes: names of files are strangers'."""
    if text.isascii() and text.isprintable():
        return text
    return _STEERING.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def tell(line: str, *, error: bool = False) -> None:
    """A line of the program's own on standard output or error."""
    (_err if error else _out)(line)


def _out(line: str) -> None:
    sys.stdout.write(printable(line) + "\n")
    sys.stdout.flush()


def _err(line: str) -> None:
    sys.stderr.write(printable(line) + "\n")
