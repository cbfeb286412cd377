"""What every writer takes and gives. Atomic replacement of outputs is the pipeline's work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from publisher.record import dataclass

if TYPE_CHECKING:
    from pathlib import Path

    from publisher.environment import Environment, ResourceStore
    from publisher.events import Report
    from publisher.faces.fallback import FaceSet
    from publisher.layout.types import LaidOut
    from publisher.settings import Settings
    from publisher.theme.model import StyleSheet
    from publisher.tree.meta import Document


@dataclass(frozen=True, slots=True)
class WriteRequest:
    """One output to write.

    Attributes:
        document: The tree, after all transforms; ids are final.
        sheet: The theme resolved for the document's language.
        settings: All settings of the job.
        faces: The opened fonts.
        resources: The bytes of pictures.
        laid_out: The pages of this document on this sheet; None when no layout was needed.
        environment: Clock and files.
        target: A temporary file name to write to; the caller renames it.
        report: Takes diagnostics.
    """

    document: Document
    sheet: StyleSheet
    settings: Settings
    faces: FaceSet
    resources: ResourceStore
    laid_out: LaidOut | None
    environment: Environment
    target: Path
    report: Report


@dataclass(frozen=True, slots=True)
class WriteInfo:
    """What was written; `pages` is 0 for a format without pages."""

    pages: int = 0


class Writer(Protocol):
    """An output format.

    `needs_pages` asks the pipeline for a layout; `paints_pages` says that the pages will be drawn
    and not only asked for their numbers, which takes less time. `writes_vertical` says that lines
    can run down in this format; one that cannot gets a horizontal sheet, and the user is told.
    """

    name: str
    suffix: str
    needs_pages: bool
    paints_pages: bool
    writes_vertical: bool

    def sheet(self, sheet: StyleSheet, settings: Settings) -> StyleSheet:
        """The sheet that this output is made by, and its pages are counted on.

        It is the very one given where the format asks for nothing else, so that a layout is shared.
        """

    def write(self, request: WriteRequest) -> WriteInfo:
        """Writes the whole file to ``request.target``; raises `PublisherError` on failure."""
