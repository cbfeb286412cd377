"""Headings and paragraphs without markdown-it: all the block structure that most books have.

Loading markdown-it takes longer than reading an article, and its block rules look at each line of
a novel a dozen times to find none that is more than text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from publisher.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

# What may begin a line that is more than text: a list, quotation, fence, table, rule, note,
# reference or definition, HTML, the underline of a heading, indented code.
_STRUCTURE: Final = re.compile(r"^(?:[ \t>\-+*`~<|\[=:_]|[0-9]{1,9}[.)])", re.MULTILINE)
_NOT_BLANK: Final = re.compile(r"[^ \t\n]")
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+([^ \t#\n](?:[^\n]*[^ \t#\n])?)[ \t]*")


@dataclass(slots=True)
class PlainToken:
    """A token with what `BlockReader` asks of one of markdown-it."""

    type: str
    tag: str
    map: list[int] | None = None
    content: str = ""
    level: int = 0
    hidden: bool = False


def plain_blocks(text: str) -> list[PlainToken] | None:
    """The tokens markdown-it would make; None for text with more structure.

    >>> [token.type for token in plain_blocks("# 题") or ()]
    ['heading_open', 'inline', 'heading_close']
    """
    lines = text.split("\n")
    if any(_NOT_BLANK.search(lines[number]) for number in _odd_lines(text)):
        return None
    found: list[PlainToken] = []
    first = -1  # of the paragraph that is open
    for number, line in enumerate(lines):
        if line[:1] == "#":
            match = _HEADING.fullmatch(line)
            if match is None:
                return None
            if first >= 0:
                _add(found, "paragraph", "p", lines, (first, number))
                first = -1
            _add(found, "heading", f"h{len(match[1])}", [match[2]], (number, number + 1))
        elif not line or not line.strip(" \t"):
            if first >= 0:
                _add(found, "paragraph", "p", lines, (first, number))
                first = -1
        elif first < 0:
            first = number
    if first >= 0:
        _add(found, "paragraph", "p", lines, (first, len(lines)))
    return found


def _odd_lines(text: str) -> Iterator[int]:
    """Numbers of the lines that begin as something more than text, blank ones among them."""
    number = at = 0
    for match in _STRUCTURE.finditer(text):
        number += text.count("\n", at, match.start())
        at = match.start()
        yield number


def _add(
    found: list[PlainToken], kind: str, tag: str, lines: list[str], span: tuple[int, int]
) -> None:
    first, last = span
    content = lines[0] if kind == "heading" else "\n".join(lines[first:last])
    found += (
        PlainToken(f"{kind}_open", tag, [first, last]),
        PlainToken("inline", "", [first, last], content.strip()),
        PlainToken(f"{kind}_close", tag),
    )
