"""The glyph ledger: each character of a publication, and the face that draws it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from publisher.record import NamedTuple, dataclass
from publisher.tree import walk
from publisher.tree.nodes import Ruby
from publisher.tree.shape import contents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.faces.recording import Choice, RecordingFaces
    from publisher.tree.meta import Document
    from publisher.tree.nodes import Block

PLACES = 50  # that are told of one character


class Drawn(NamedTuple):
    """A character (a grapheme cluster) and what draws it.

    Attributes:
        text: The character.
        times: How often the text of the document has it; 0 for labels and page numbers alone.
        choices: The face that draws it in each style that has it.
        places: ``source:line`` of the blocks that have it, where a style's own face lacks it.
    """

    text: str
    times: int
    choices: tuple[Choice, ...]
    places: tuple[str, ...] = ()

    @property
    def missing(self) -> bool:
        """No face draws it in some style."""
        return any(choice.how == "none" for choice in self.choices)

    @property
    def fallback(self) -> bool:
        """A face that was not meant for it draws it in some style."""
        return any(choice.how == "fallback" for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All characters of a publication, in the order of their first use."""

    document: str
    drawn: tuple[Drawn, ...]


def glyph_ledger(name: str, document: Document, faces: RecordingFaces) -> Ledger:
    """What drew the characters of a document that has been laid out or written."""
    counts: Counter[str] = Counter()
    odd = {
        cluster: dict[str, None]()
        for cluster, choices in faces.choices.items()
        if any(choice.how in ("fallback", "none") for choice in choices)
    }
    joined = [cluster for cluster in faces.choices if len(cluster) > 1]
    for block, text in _texts(document):
        counts.update(text)
        for cluster in joined:
            if cluster in text:
                counts[cluster] += text.count(cluster)
        for cluster, places in odd.items():
            if cluster in text and block.pos is not None and len(places) < PLACES:
                places[f"{block.pos.source}:{block.pos.start}"] = None
    drawn = (
        Drawn(cluster, counts[cluster], tuple(choices), tuple(odd.get(cluster, ())))
        for cluster, choices in faces.choices.items()
    )
    return Ledger(name, tuple(drawn))


def _texts(document: Document) -> Iterator[tuple[Block, str]]:
    """The text of each block, readings included."""
    for block in walk.walk_blocks(document.body):
        text = walk.block_text(block)
        readings = [
            pair.text
            for run, _ in contents(block)
            for inline in walk.walk_run(run)
            if isinstance(inline, Ruby)
            for pair in inline.pairs
        ]
        if text or readings:
            yield block, "\n".join((text, *readings))
