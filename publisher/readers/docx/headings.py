"""Headings that are paragraphs in bold or larger type, in files that use no styles."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from publisher.tree.nodes import Paragraph, Section, Strong
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from publisher.readers.docx.pieces import Piece
    from publisher.tree.nodes import Inlines

_LONGEST: Final = 40  # characters
_SENTENCE: Final = re.compile(r"[。！？；;，,、：:…\.]\s*\Z")
_LARGER: Final = 1.1  # of the body's size
# Kinds of numbers, from the highest rank; what has none stands with the second.
_NUMBERS: Final = (
    r"第[0-9０-９〇零一二三四五六七八九十百]+[卷部编編篇章]",
    r"[一二三四五六七八九十]{1,3}[、．.]|第[0-9０-９〇零一二三四五六七八九十百]+[节節条條]",
    r"[（(][一二三四五六七八九十]{1,3}[）)]",
    r"[0-9０-９]{1,2}[、．.]",
    r"[（(][0-9０-９]{1,2}[）)]",
)
_UNNUMBERED: Final = 1
_MOST: Final = 0.4  # of the paragraphs; where more look so, it is how the text looks


def promote(pieces: list[Piece]) -> list[str]:
    """Makes sections of what looks like headings, if there are no real ones; gives their texts.

    A heading is a short paragraph that is no sentence, all of it bold or in larger type, with
    text after it. The largest type has the highest rank; in type of one size, the number tells.
    The pieces are changed in place.
    """
    if any(isinstance(piece.block, Section) for piece in pieces):
        return []
    texts = [piece for piece in pieces if isinstance(piece.block, Paragraph)]
    body_size = _body_size(texts)
    found = [piece for piece in pieces[:-1] if _looks_so(piece, body_size)]
    if not found or len(found) > max(_MOST * len(texts), 1):
        return []
    ranks = sorted({_rank(piece) for piece in found})
    named = []
    for piece in found:
        level = min(ranks.index(_rank(piece)) + 1, 6)
        content = _plain(piece.content)
        block = piece.block
        assert isinstance(block, Paragraph)
        piece.block = Section(level, content, attr=block.attr)
        piece.kind = "heading"
        named.append(plain_text(content))
    return named


def _body_size(texts: list[Piece]) -> int:
    """The size that most of the text is set in, half-points."""
    sizes: Counter[int] = Counter()
    for piece in texts:
        sizes[piece.size] += len(plain_text(piece.content))
    return sizes.most_common(1)[0][0] if sizes else 0


def _rank(piece: Piece) -> tuple[int, bool, int]:
    text = plain_text(piece.content)
    number = next((n for n, shape in enumerate(_NUMBERS) if re.match(shape, text)), _UNNUMBERED)
    return -piece.size, not _bold(piece.content), number


def _looks_so(piece: Piece, body_size: int) -> bool:
    block = piece.block
    if not isinstance(block, Paragraph) or block.role != "body" or piece.kind or piece.label:
        return False
    text = plain_text(block.content)
    if not 1 < len(text) <= _LONGEST or "\n" in text or _SENTENCE.search(text):
        return False
    larger = piece.size >= _LARGER * body_size
    return larger or (_bold(block.content) and block.align != "end")


def _bold(content: Inlines) -> bool:
    return bool(content) and all(isinstance(inline, Strong) for inline in content)


def _plain(content: Inlines) -> Inlines:
    if len(content) == 1 and isinstance(content[0], Strong):
        return content[0].content
    return content
