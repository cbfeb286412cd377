"""Cells of vertical lines: numbers, marks and acronyms become spans that CSS stands upright.

The rule is that of the printed page (`publisher.text.cells`), applied to whole paragraphs, so that
a number beside Latin words in other marks is not taken for one that stands alone.
"""

from __future__ import annotations

import re
from html import escape
from itertools import accumulate, count
from typing import TYPE_CHECKING, Final

from publisher.text.cells import cells
from publisher.tree import nodes as n
from publisher.tree.walk import CONTAINERS, map_run, map_runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.text.cells import Cell
    from publisher.theme.model import InlineLook, StyleSheet
    from publisher.tree.meta import Document
    from publisher.tree.nodes import Inline, Inlines

# Class of the span for each kind of cell; the same that sources may use.
CLASSES: Final = {"level": "tcy", "upright": "upright"}
CELL_CLASSES: Final = frozenset(CLASSES.values())
# Of spans that no source asked for: they are made anew when the book is read.
MADE: Final = "made"
_ATTRS: Final = {kind: n.Attr(classes=(name, MADE)) for kind, name in CLASSES.items()}
_WESTERN: Final = re.compile("[!?0-9A-Za-z]")
_OBJECT: Final = "\ufffc"
_APART: Final = "\n"  # code and note calls end a stretch of text


def with_cells(document: Document, look: InlineLook) -> Document:
    """The document with a span around what stands in one cell; the same one if nothing does."""
    return map_runs(document, lambda run: _with_cells(run, look))


def in_line(text: str, sheet: StyleSheet) -> str:
    """A text as XHTML; in a vertical book with spans around its cells."""
    if not sheet.vertical:
        return escape(text, quote=False)
    found, at = "", 0
    for cell in _cells(text, sheet.inline):
        found += escape(text[at : cell.start], quote=False)
        inner = escape(text[cell.start : cell.end], quote=False)
        found += f'<span class="{CLASSES[cell.kind]}">{inner}</span>'
        at = cell.end
    return found + escape(text[at:], quote=False)


def _cells(text: str, look: InlineLook) -> list[Cell]:
    if not _WESTERN.search(text):
        return []
    digits, letters = look.tate_chu_yoko, look.upright_letters
    found: list[Cell] = []
    at = 0
    for part in text.split(_APART):
        found += cells(text, at, at + len(part), digits=digits, letters=letters)
        at += len(part) + 1
    return found


def _with_cells(run: Inlines, look: InlineLook) -> Inlines:
    leaves = list(_leaves(run))
    parts = [_plain(leaf) for leaf, _ in leaves]
    starts = [0, *accumulate(map(len, parts))]
    cut: dict[int, list[Cell]] = {}  # by leaf
    at = 0
    for cell in _cells("".join(parts), look):
        while starts[at + 1] <= cell.start:
            at += 1
        # A stretch that is not all in one text is not cut, as it is not on the page.
        if cell.end <= starts[at + 1] and leaves[at][1]:
            moved = cell._replace(start=cell.start - starts[at], end=cell.end - starts[at])
            cut.setdefault(at, []).append(moved)
    if not cut:
        return run
    number = count()

    def change(inline: Inline) -> Inline | Inlines:
        if isinstance(inline, (*CONTAINERS, n.CrossRef)):
            return inline
        found = cut.get(next(number))
        return _pieces(inline.text, found) if found and isinstance(inline, n.Text) else inline

    return map_run(run, change)


def _leaves(run: Inlines, *, free: bool = True) -> Iterator[tuple[Inline, bool]]:
    """Inlines that hold no others, in order, and whether they may be cut.

    A cell that the source asks for is left whole, and so is a note in two small lines.
    """
    for inline in run:
        if isinstance(inline, CONTAINERS):
            whole = isinstance(inline, n.Warichu) or (
                isinstance(inline, n.Span) and not CELL_CLASSES.isdisjoint(inline.attr.classes)
            )
            yield from _leaves(inline.content, free=free and not whole)
        elif isinstance(inline, n.CrossRef):
            yield from _leaves(inline.fallback, free=free)
        else:
            yield inline, free


def _plain(leaf: Inline) -> str:
    if isinstance(leaf, n.Text):
        return leaf.text
    return _APART if isinstance(leaf, (n.NoteRef, n.Code)) else _OBJECT


def _pieces(text: str, found: list[Cell]) -> Inlines:
    pieces: list[Inline] = []
    at = 0
    for cell in found:
        inner = n.Text(text[cell.start : cell.end])
        pieces += (n.Text(text[at : cell.start]), n.Span((inner,), _ATTRS[cell.kind]))
        at = cell.end
    pieces.append(n.Text(text[at:]))
    return tuple(pieces)
