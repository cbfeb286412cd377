"""Which characters of a document no face can draw, and where each first stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.layout.types import MissingGlyph
from publisher.tree import walk

if TYPE_CHECKING:
    from publisher.faces.fallback import FaceSet
    from publisher.tree.meta import Document


def missing_characters(document: Document, faces: FaceSet) -> list[MissingGlyph]:
    """The missing characters in order of appearance, for outputs that need no layout."""
    found: dict[str, MissingGlyph] = {}
    known: set[str] = set()
    language = document.meta.language
    for block in walk.walk_blocks(document.body):
        text = walk.block_text(block)
        if known.issuperset(text):
            continue
        known.update(text)
        for run in faces.split(text, "serif", 400, "upright", language):
            if run.missing:
                cluster = text[run.start : run.end]
                found.setdefault(cluster, MissingGlyph(cluster, block.pos))
    return list(found.values())
