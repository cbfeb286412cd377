"""The pages of the print in a book that has none: marks in the text, and the list of them.

EPUB Accessibility 1.1, 4.1; DPUB-ARIA 1.1, doc-pagebreak. A mark in a paragraph stands at the very
character with which a page begins; one in a table, picture or code stands before or after it.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.tree import nodes as n
from publisher.tree.shape import rebuild, replaced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.layout.types import PageStart
    from publisher.tree.meta import Document
    from publisher.tree.nodes import Block, Blocks, Inline, Inlines

PAGE_ROLE: Final = "printed-page"  # of the span or box that stands for a mark until it is written
_LABEL: Final = "label"


class Mark(NamedTuple):
    """A mark in a paragraph: characters before it, its id, and the page's label."""

    offset: int
    id: str
    label: str


def with_pages(document: Document, starts: Iterable[PageStart]) -> tuple[Document, list[Mark]]:
    """The document with a mark where each page begins, and the marks in order."""
    marks: list[Mark] = []
    by_block: dict[int, list[Mark]] = {}
    for number, start in enumerate(starts, 1):
        # Tree ids have no hyphen, so this one meets no other.
        mark = Mark(start.offset, f"page-{number}", start.label)
        marks.append(mark)
        by_block.setdefault(id(start.block), []).append(mark)
    placed: set[str] = set()

    def term(inlines: Inlines) -> Inlines:
        own = by_block.pop(id(inlines), ())
        placed.update(mark.id for mark in own)
        return (*map(_span, own), *inlines) if own else inlines

    def deeper(blocks: Blocks) -> Blocks:
        found: list[Block] = []
        for block in blocks:
            own = by_block.pop(id(block), ())
            inner = rebuild(block, term, deeper)
            found += _marked(inner, own) if own else (inner,)
            placed.update(mark.id for mark in own)
        same = len(found) == len(blocks) and all(map(lambda a, b: a is b, found, blocks))
        return blocks if same else tuple(found)

    body = deeper(document.body)
    return replaced(document, body=body), [mark for mark in marks if mark.id in placed]


def _marked(block: Block, marks: Iterable[Mark]) -> Blocks:
    """A block with its marks: in its text where it has any, else before and after it."""
    if isinstance(block, n.Paragraph) and any(type(i) is not n.Image for i in block.content):
        return (replace(block, content=_in_text(block.content, list(marks))),)
    if isinstance(block, n.Heading):
        return (replace(block, content=(*map(_span, marks), *block.content)),)
    if isinstance(block, n.Section) and block.title:
        return (replace(block, title=(*map(_span, marks), *block.title)),)
    first, *others = marks
    return (_box(first), block, *map(_box, others))


def _attr(mark: Mark) -> n.Attr:
    return n.Attr(id=mark.id, classes=(PAGE_ROLE,), data=((_LABEL, mark.label),))


def _span(mark: Mark) -> Inline:
    return n.Span((), _attr(mark))


def _box(mark: Mark) -> Block:
    return n.Box((), PAGE_ROLE, attr=_attr(mark))


def _in_text(content: Inlines, marks: list[Mark]) -> Inlines:
    """The inlines of a paragraph with its marks, each at its character or before its object."""
    at = 0

    def walk(run: Inlines) -> Inlines:
        nonlocal at
        found: list[Inline] = []
        for inline in run:
            if isinstance(inline, n.Text):
                found += _cut(inline.text, at, marks)
                at += len(inline.text)
                continue
            if isinstance(inline, (n.Emphasis, n.Strong, n.EmphasisDots, n.Mark, n.Link, n.Span)):
                found.append(replaced(inline, content=walk(inline.content)))
                continue
            length = _length(inline)
            while marks and marks[0].offset < at + max(length, 1):
                found.append(_span(marks.pop(0)))
            found.append(inline)
            at += length
        return tuple(found)

    made = walk(content)
    return (*made, *map(_span, marks))


def _cut(text: str, start: int, marks: list[Mark]) -> Iterable[Inline]:
    done = 0
    while marks and marks[0].offset < start + len(text):
        mark = marks.pop(0)
        place = max(mark.offset - start, done)
        if place > done:
            yield n.Text(text[done:place])
        yield _span(mark)
        done = place
    if done < len(text):
        yield n.Text(text[done:])


def _length(inline: Inline) -> int:
    """Characters of an inline in the count of `publisher.layout.page_starts`."""
    from publisher.tree.walk import plain_text

    return len(plain_text((inline,)))


def is_mark(attr: n.Attr) -> bool:
    """Whether a span or box stands for a page's beginning."""
    return PAGE_ROLE in attr.classes


def mark_attributes(attr: n.Attr, name: str) -> str:
    """The attributes of a mark's element; `name` is its XML id."""
    label = escape(dict(attr.data).get(_LABEL, ""))
    return f' id="{name}" epub:type="pagebreak" role="doc-pagebreak" aria-label="{label}"'
