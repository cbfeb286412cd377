"""Footnotes, endnotes and comments: the parts they are kept in, and their places in the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from publisher.readers.docx.body import Story
from publisher.record import dataclass, field
from publisher.text.normalize import clean
from publisher.tree.nodes import Footnote, NoteRef, Paragraph, Section, Text
from publisher.tree.shape import merge_text
from publisher.tree.walk import walk_inlines, walk_run

if TYPE_CHECKING:
    from publisher.readers.docx.book import Book
    from publisher.tree.nodes import Block, Blocks

_PARTS: Final = (("footnote", "footnotes"), ("endnote", "endnotes"), ("comment", "comments"))
_KINDS: Final[dict[str, Any]] = {"footnote": "foot", "endnote": "end", "comment": "margin"}


@dataclass(slots=True)
class Notes:
    """The notes of a file, by Word's kind and number."""

    elements: dict[tuple[str, str], Any] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)

    @classmethod
    def of(cls, book: Book) -> Notes:
        """The notes in the parts of a file; a damaged part has none."""
        found = cls()
        for kind, part in _PARTS:
            member = book.package.related(part)
            root = book.package.xml_if_whole(member)
            for element in () if root is None else root.iterchildren(kind):
                found.elements[kind, element.get("id") or ""] = element
            if member:
                found.stories[kind] = Story(book, member)
        return found

    def blocks(self, key: tuple[str, str]) -> Blocks:
        """The blocks of a note; of a comment with the name of who made it."""
        element = self.elements.get(key)
        if element is None:
            return ()
        story = self.stories[key[0]]
        story.labelled = True
        blocks = story.blocks(element)
        author = " ".join(clean(element.get("author") or "").text.split())
        if key[0] == "comment" and author and blocks:
            first, *rest = blocks
            if isinstance(first, Paragraph):
                content = merge_text((Text(f"{author}："), *first.content))
                named = Paragraph(content, attr=first.attr)
                return (named, *rest)
            return (Paragraph((Text(f"{author}："),)), *blocks)
        return blocks


def with_notes(flat: Blocks, book: Book, notes: Notes) -> Blocks:
    """The blocks, each followed by the notes that it calls first; a heading's lead its text."""
    if not book.calls:
        return flat
    by_id = {note: key for key, note in book.calls.items()}
    found: list[Block] = []
    for block in flat:
        found.append(block)
        inlines = walk_run(block.title) if isinstance(block, Section) else walk_inlines((block,))
        for inline in inlines:
            if isinstance(inline, NoteRef) and inline.note in by_id:
                key = by_id.pop(inline.note)
                blocks = notes.blocks(key)
                found.append(Footnote(inline.note, blocks, _KINDS[key[0]]))
    return tuple(found)
