"""The title of a document whose text holds it as its one highest heading."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.tree.nodes import Section
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from publisher.tree.nodes import Block, Blocks, Inlines


def take_title(body: Blocks, title: Inlines) -> tuple[Inlines, Blocks]:
    """The document's title, and its body without the heading that is the title.

    When everything from its first heading on stands in one section, that section's heading speaks
    for the whole: it is the title if `title` is empty or says the same, and the sections below it
    move up a level. Blocks before it stay, as front text. Many sections are chapters, and the
    title is left as it is.

    Args:
        body: Nested sections.
        title: What the metadata say; may be empty.
    """
    sections = [block for block in body if isinstance(block, Section)]
    if len(sections) != 1:
        return title, body
    whole = sections[0]
    if title and _comparable(title) != _comparable(whole.title):
        return title, body
    if not title and whole.level > 1 and not any(isinstance(b, Section) for b in whole.blocks):
        # A lone small heading somewhere in a text names a part of it, not the whole.
        return title, body
    inner = tuple(_raised(block) for block in whole.blocks)
    before = tuple(block for block in body if block is not whole)
    return title or whole.title, (*before, *inner)


def _comparable(title: Inlines) -> str:
    return "".join(plain_text(title).split()).casefold()


def _raised(block: Block) -> Block:
    """A section one level up, with all that are in it."""
    if not isinstance(block, Section):
        return block
    level = max(1, block.level - 1)
    return replace(block, level=level, blocks=tuple(_raised(inner) for inner in block.blocks))
