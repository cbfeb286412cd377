"""The title of a document whose text holds it as its one highest heading."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.tree.nodes import Footnote, Link, NoteRef, Section
from publisher.tree.walk import map_run, plain_text, walk_inlines, walk_run

if TYPE_CHECKING:
    from publisher.tree.nodes import Block, Blocks, Inline, Inlines


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
    if title:
        return title, (*before, *inner)
    # A note on the title has no page to stand on: it leads the text.
    called = {node.note for node in walk_run(whole.title) if isinstance(node, NoteRef)}
    called -= {node.note for node in walk_inlines((*before, *inner)) if isinstance(node, NoteRef)}
    notes = [b for b in inner if isinstance(b, Footnote) and b.id in called]
    lead = tuple(block for note in notes for block in note.blocks)
    kept = tuple(b for b in inner if not any(b is note for note in notes))
    return map_run(whole.title, _plain), (*before, *lead, *kept)


def _plain(node: Inline) -> Inline | Inlines:
    """A title leads nowhere: links in it are their text, calls of notes go."""
    if isinstance(node, Link):
        return node.content
    return () if isinstance(node, NoteRef) else node


def _comparable(title: Inlines) -> str:
    return "".join(plain_text(title).split()).casefold()


def _raised(block: Block) -> Block:
    """A section one level up, with all that are in it."""
    if not isinstance(block, Section):
        return block
    level = max(1, block.level - 1)
    return replace(block, level=level, blocks=tuple(_raised(inner) for inner in block.blocks))
