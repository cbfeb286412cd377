"""Which characters of a document no face can draw, and where each first stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.faces import clusters
from publisher.layout.types import MissingGlyph
from publisher.tree import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.faces.fallback import FaceSet
    from publisher.tree.meta import Document, Metadata
    from publisher.tree.nodes import Pos


def missing_characters(document: Document, faces: FaceSet) -> list[MissingGlyph]:
    """The missing characters in order of appearance, for outputs that need no layout."""
    language = document.meta.language
    texts: list[tuple[Pos | None, str]] = [(None, text) for text in _front(document.meta)]
    texts += [(block.pos, walk.block_text(block)) for block in walk.walk_blocks(document.body)]
    used: set[str] = set().union(*(text for _, text in texts))
    if faces.draws(used, "serif", 400, "upright", language):
        return []
    # Most documents have nothing missing, which their characters tell in one go; only what is
    # drawn together with its neighbours has to be looked at where it stands.
    if not clusters.joining().search(whole := "".join(sorted(used))):
        runs = faces.split(whole, "serif", 400, "upright", language)
        if not any(run.missing for run in runs):
            return []
    found: dict[str, MissingGlyph] = {}
    known: set[str] = set()
    for pos, text in texts:
        if known.issuperset(text):
            continue
        known.update(text)
        for run in faces.split(text, "serif", 400, "upright", language):
            if run.missing:
                cluster = text[run.start : run.end]
                found.setdefault(cluster, MissingGlyph(cluster, pos))
    return list(found.values())


def _front(meta: Metadata) -> Iterator[str]:
    """What title pages and covers show."""
    yield walk.plain_text(meta.title)
    yield walk.plain_text(meta.subtitle)
    for person in meta.contributors:
        yield person.name
    if meta.series is not None:
        yield meta.series.name
    yield meta.publisher
