"""What the program tells while it works: diagnostics and progress, as plain values.

Nothing here prints. A reporter is any callable that takes an event; it is passed explicitly.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from publisher.record import Record, dataclass, field

Severity: TypeAlias = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Diagnostic(Record):
    """One finding about a source or an output.

    Attributes:
        code: Dotted and permanent, such as ``font.missing-glyph``; its text is in `messages`.
        severity: ``info``, ``warning`` or ``error``.
        args: Data for the text, as sorted pairs of strings; JSON output needs nothing else.
        source: Name of the source as the user gave it, or empty.
        line: 1-based line in the source; 0 when unknown.
        column: 1-based character in the line; 0 when unknown.
        hint: The remedy, one line; empty when the text of the code says it already.
    """

    code: str
    severity: Severity = "warning"
    args: tuple[tuple[str, str], ...] = ()
    source: str = ""
    line: int = 0
    column: int = 0
    hint: str = ""

    @property
    def where(self) -> str:
        """``file:line:column`` as far as it is known."""
        parts = [self.source]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class JobStarted(Record):
    """A job (one publication) begins."""

    job: str
    sources: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StageStarted(Record):
    """A stage of a job begins; `total` units of work are expected, 0 when unknown."""

    job: str
    stage: str
    total: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StageAdvanced(Record):
    """`done` units of the stage are finished (sent per chapter or per 50 pages, not per line)."""

    job: str
    stage: str
    done: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StageFinished(Record):
    """A stage ended after `seconds` of wall time."""

    job: str
    stage: str
    seconds: float


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DiagnosticRaised(Record):
    """A diagnostic of a job."""

    job: str
    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OutputWritten(Record):
    """A finished file stands at `path`; `pages` is 0 for formats without pages."""

    job: str
    format: str
    path: str
    size: int
    pages: int = 0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class JobFinished(Record):
    """A job ended; `error` is empty when all its outputs were written."""

    job: str
    seconds: float
    error: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class JobSkipped(Record):
    """A job was done before, nothing has changed since, and its `outputs` files stand."""

    job: str
    outputs: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BatchFinished(Record):
    """All jobs of a batch ended, or it was broken off after a failure; `seconds` of wall time."""

    done: int
    skipped: int
    failed: int
    seconds: float


Event: TypeAlias = (
    JobStarted
    | StageStarted
    | StageAdvanced
    | StageFinished
    | DiagnosticRaised
    | OutputWritten
    | JobFinished
    | JobSkipped
    | BatchFinished
)
Reporter: TypeAlias = Callable[[Event], None]
Report: TypeAlias = Callable[[Diagnostic], None]


def null_reporter(event: Event) -> None:
    """Takes every event and keeps none."""


def ignore(diagnostic: Diagnostic) -> None:
    """Takes every diagnostic and keeps none."""


@dataclass(slots=True)
class Collector:
    """A `Report` that keeps the diagnostics in the order they came."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def __call__(self, diagnostic: Diagnostic) -> None:
        """Keeps one diagnostic."""
        self.diagnostics.append(diagnostic)
