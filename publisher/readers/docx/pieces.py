"""A paragraph, table or figure of a Word file on its way to its place in the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.record import dataclass
from publisher.tree.nodes import Figure, Image, Link, Paragraph, Section, Table

if TYPE_CHECKING:
    from publisher.readers.docx.numbering import Label
    from publisher.tree.nodes import Block, Inlines, Side

_FAMILIES: Final = {
    "quote": "quote", "verse": "verse", "box": "box", "boxtitle": "box", "term": "definition",
    "definition": "definition", "caption": "caption", "figure": "figure", "code": "code",
}  # fmt: skip


@dataclass(slots=True)
class Piece:
    """One block, as it would stand alone, and what says where it belongs.

    Attributes:
        block: The block; None for a list item's label without text.
        kind: What its style means.
        left: Inset that it sets itself, pt; None if it does not.
        indent: Inset of its text, by itself or by its style, pt.
        label: Its number or bullet in a list.
        keep_next: It asks for the next block's company.
        spaced: It asks for space before it.
        page_break: A page begins before it.
        size: Half-points of its type; 0 when not known.
        number: Number path of a heading of ours.
        side: The side of the text at which its frame stands.
    """

    block: Block | None
    kind: str = ""
    left: float | None = None
    indent: float = 0.0
    label: Label | None = None
    keep_next: bool = False
    spaced: bool = False
    page_break: bool = False
    size: int = 0
    number: tuple[int, ...] | None = None
    side: Side = ""

    @property
    def family(self) -> str:
        """What neighbours of the same family make together; empty for what stands alone."""
        return _FAMILIES.get(self.kind, "")

    @property
    def content(self) -> Inlines:
        """The inlines of a paragraph; empty for other blocks."""
        return self.block.content if isinstance(self.block, Paragraph) else ()

    @property
    def divides(self) -> bool:
        """A heading, before which everything ends."""
        return isinstance(self.block, Section)

    @property
    def shows(self) -> bool:
        """A table or figure, which may have a caption."""
        return isinstance(self.block, Table | Figure) or self.family in ("figure", "code")

    def within(self, left: float) -> bool:
        """It is set in by itself at least as far as `left`, and so belongs to what stands there."""
        return self.left is not None and self.left > 0 and self.left >= left - 1


def only_pictures(content: Inlines) -> bool:
    """A paragraph of pictures and nothing else."""
    pictures = False
    for inline in content:
        inner = inline.content if isinstance(inline, Link) else (inline,)
        if all(isinstance(each, Image) for each in inner):
            pictures = True
        elif getattr(inline, "text", "x").strip():
            return False
    return pictures
