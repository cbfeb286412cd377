"""Paragraphs of a page that only look like headings: short, no sentence, in bold or numbered."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from publisher.text.numerals import parse_number
from publisher.tree.nesting import nest_sections
from publisher.tree.nodes import Heading, Paragraph, Section, Span, Strong, Text
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from publisher.tree.nodes import Block, Blocks, Inline, Inlines

_LONGEST: Final = 40  # characters of one
_AT_LEAST: Final = 2  # in a text; a single bold line may be a lead or a call
_SENTENCE: Final = re.compile(r"[。．！!；;，,、…~～]$|[。！].|[:：]$")
_IN_A_ROW: Final = 3
_ORDINAL: Final = re.compile("([一二三四五六七八九十]{1,3})、")
_NUMBER: Final = re.compile(
    r"[（(]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[IVX]{1,4}|(?i:part)\s?\.?\s?\d{1,2})\s*[.．、)）]?"
)


def headed(blocks: Blocks, level: int = 1) -> tuple[Blocks, tuple[str, ...]]:
    """The blocks in sections under what looks like headings, and the texts of those.

    Nothing is done where the page has headings of its own, or where one such line stands alone.
    A number that stands in a line of its own above a heading becomes part of it.
    """
    if len(blocks) == 1 and isinstance(whole := blocks[0], Section):
        # A second line of the title, over all of the text.
        inner, named = headed(whole.blocks, whole.level + 1)
        return ((replace(whole, blocks=inner),) if named else blocks), named
    if any(isinstance(block, Section | Heading) for block in blocks):
        return blocks, ()
    paragraphs = [b for b in blocks if isinstance(b, Paragraph)]
    heads = _numbered(blocks) or {n for n, b in enumerate(blocks) if _looks(blocks, n, b)}
    number = sum(at - 1 not in heads for at in heads)
    others = len(paragraphs) - len(heads)
    if not _AT_LEAST <= number <= others or len(heads) > 2 * number:
        return blocks, ()
    flat: list[Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if at in heads and isinstance(block, Paragraph):
            title = _title(block.content)
            if _NUMBER.fullmatch(plain_text(title)) and at + 1 in heads:
                at += 1
                following = blocks[at]
                assert isinstance(following, Paragraph)
                title = (*title, Text("\u3000"), *_title(following.content))
            flat.append(Section(level, title, attr=block.attr, pos=block.pos))
        else:
            flat.append(block)
        at += 1
    made = nest_sections(tuple(flat))
    return made, tuple(plain_text(b.title) for b in made if isinstance(b, Section))


def _numbered(blocks: Blocks) -> set[int]:
    """Places of lines that are numbered 一、 二、 三、 in a row, as notices have them.

    Three at least, short, no sentences, none right under another.
    """
    found: list[int] = []
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or block.role != "body":
            continue
        said = plain_text(block.content).strip(" \u3000")
        number = _ORDINAL.match(said)
        if not number or len(said) > _LONGEST or _SENTENCE.search(said):
            continue
        if parse_number(number[1]) == len(found) + 1:
            found.append(at)
    apart = all(b - a > 1 for a, b in pairwise([*found, len(blocks)]))
    return set(found) if len(found) >= _IN_A_ROW and apart else set()


def _looks(blocks: Blocks, at: int, block: Block) -> bool:
    """Whether a block looks like a heading: it is bold, and text follows it."""
    if not isinstance(block, Paragraph) or block.role != "body" or not _is_bold(block.content):
        return False
    said = plain_text(block.content).strip()
    if not said or len(said) > _LONGEST or "\n" in said or _SENTENCE.search(said):
        return False
    return at + 1 < len(blocks)


def _is_bold(content: Inlines) -> bool:
    words = [n for n in content if not (isinstance(n, Text) and not n.text.strip(" \u3000"))]
    return bool(words) and all(map(_bold, words))


def _bold(node: Inline) -> bool:
    if isinstance(node, Span):
        return _is_bold(node.content)
    return isinstance(node, Strong)


def _title(content: Inlines) -> Inlines:
    """The heading's text, without the bold that made it one and the indent."""
    plain: list[Inline] = []
    for node in content:
        plain += node.content if isinstance(node, Strong | Span) else (node,)
    if any(isinstance(node, Strong) for node in plain):
        return _title(tuple(plain))
    if plain and isinstance(plain[0], Text):
        plain[0] = replace(plain[0], text=plain[0].text.lstrip(" \u3000"))
    return tuple(node for node in plain if not (isinstance(node, Text) and not node.text))
