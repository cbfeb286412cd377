"""What a job is, what comes of it, and what a process keeps between jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.record import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from publisher import volume
    from publisher.environment import Environment
    from publisher.errors import PublisherError
    from publisher.events import Diagnostic
    from publisher.faces.fallback import FaceSet
    from publisher.faces.store import FontStore
    from publisher.layout.line_report import LineReport
    from publisher.reports.glyph_ledger import Ledger
    from publisher.settings import Settings
    from publisher.transforms.changes import Change
    from publisher.verify.proof import Proof

_MOST_SETS: Final = 16
_MOST_FOUND: Final = 1 << 16  # characters and words


@dataclass(frozen=True, slots=True)
class Job:
    """One publication to make. Small and picklable.

    Attributes:
        name: File name of the outputs without suffix; also names the job in events.
        groups: The sources, by part.
        settings: Merged settings.
        folder: Where the outputs go.
        base: Folder that paths in the configuration are relative to.
        forced: Names of settings given on the command line.
        title: Title to use when neither the sources nor the settings give one.
    """

    name: str
    groups: tuple[volume.SourceGroup, ...]
    settings: Settings
    folder: Path
    base: Path | None = None
    forced: frozenset[str] = frozenset()
    title: str = ""

    @property
    def targets(self) -> list[Path]:
        """The files that it makes, in the order of its formats."""
        from publisher.registry import writer

        names = self.settings.output.formats
        return [self.folder / f"{self.name}{writer(name).suffix}" for name in names]

    @property
    def sources(self) -> list[Path]:
        """The files on disk that it reads, archives as a whole."""
        files = (file for group in self.groups for file in group.files)
        return [file.path for file in files if not file.address]


@dataclass(frozen=True, slots=True)
class Output:
    """A finished file."""

    format: str
    path: Path
    size: int
    pages: int


@dataclass(slots=True)
class JobResult:
    """What came of a job. `error` is None when every output was written.

    `lines`, `changes` and `glyphs` are there when the settings ask for a report on lines, on the
    text's changes, on faces; who ran the jobs writes their files. `proofs` are there when finished
    files are read back. `skipped` is True for a job of a batch that was done before.
    """

    job: str
    outputs: list[Output] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    error: PublisherError | None = None
    characters: int = 0
    pages: int = 0
    seconds: float = 0.0
    lines: LineReport | None = None
    changes: list[Change] = field(default_factory=list)
    glyphs: Ledger | None = None
    proofs: list[Proof] = field(default_factory=list)
    skipped: bool = False


@dataclass(slots=True)
class Workshop:
    """What a process keeps between jobs: opened fonts, and which of them draw what.

    `folders` are those found fit to write to.
    """

    environment: Environment
    store: FontStore | None = None
    folders: set[Path] = field(default_factory=set)
    _faces: dict[tuple[object, ...], FaceSet] = field(default_factory=dict)

    def fonts(self, report: Callable[[Diagnostic], None]) -> FontStore:
        """The font store, opened once."""
        if self.store is None:
            from publisher.faces.store import FontStore, default_cache

            self.store = FontStore(default_cache(self.environment.variables), report)
        return self.store

    def faces(self, key: tuple[object, ...], make: Callable[[], FaceSet]) -> FaceSet:
        """The faces for jobs of one `key`; what they have found out for one holds for the next.

        Those that have found out too much for long batches are made anew.
        """
        found = self._faces.get(key)
        if found is None or found.found > _MOST_FOUND:
            if len(self._faces) >= _MOST_SETS:
                self._faces.clear()
            found = self._faces[key] = make()
        return found
