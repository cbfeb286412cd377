"""Tables: tokens to rows of cells, with what is wrong with a row reported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

from publisher.tree.nodes import (
    Align,
    Blocks,
    Cell,
    Column,
    Inlines,
    Paragraph,
    Pos,
    Row,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_CAPTION: Final = re.compile(r"(?:[Tt]able)?:[ \t]+(?=\S)")
_ALIGN: Final[dict[str, Align]] = {
    "text-align:left": "start",
    "text-align:center": "center",
    "text-align:right": "end",
}


class Source(Protocol):
    """What a table needs from the document around it."""

    def inlines(self, source: str, line: int = 0) -> Inlines:
        """The inlines of a cell."""

    def line(self, token: Token) -> int:
        """The 1-based line of a token."""

    def pos(self, token: Token) -> Pos | None:
        """The lines of a token."""

    def notice(self, code: str, line: int, **args: str) -> None:
        """Reports something about the source."""


class TableReader:
    """Reads the tables of one document.

    Args:
        source: The document around them.
        tokens: All tokens of the document.
        lines: Its lines, to count the cells that a row was written with.
    """

    def __init__(self, source: Source, tokens: Sequence[Token], lines: Sequence[str]) -> None:
        self._source = source
        self._tokens = tokens
        self._lines = lines

    def read(self, index: int) -> tuple[Blocks, int]:
        """The table that opens at a token, and the index after it and its caption."""
        opening = self._tokens[index]
        head: list[Row] = []
        body: list[Row] = []
        columns: list[Column] = []
        cells: list[Cell] = []
        index += 1
        while (token := self._tokens[index]).type != "table_close":
            if token.type in ("th_open", "td_open"):
                align = _ALIGN.get(str(token.attrs.get("style", "")), "")
                cells.append(self._cell(token, self._tokens[index + 1], align))
                if token.type == "th_open":
                    columns.append(Column(align))
                index += 2
            elif token.type == "tr_open":
                cells = []
                if head:
                    self._check_row(token, len(columns))
            elif token.type == "tr_close":
                (body if head else head).append(Row(tuple(cells)))
            index += 1
        if not any(cell.blocks for row in head for cell in row.cells):
            head = []
        caption, index = self._caption(index + 1)
        table = Table(
            tuple(columns), tuple(head), tuple(body), caption=caption, pos=self._source.pos(opening)
        )
        return (table,), index

    def _cell(self, opening: Token, inline: Token, align: Align) -> Cell:
        content = (
            self._source.inlines(inline.content, self._source.line(inline))
            if inline.content
            else ()
        )
        blocks = (Paragraph(content, pos=self._source.pos(inline)),) if content else ()
        return Cell(blocks, header=opening.type == "th_open", align=align)

    def _check_row(self, token: Token, columns: int) -> None:
        """Reports a row with too few cells (filled up) or too many (the rest is left out)."""
        if not token.map:
            return
        source = self._lines[token.map[0]].strip().replace("\\|", "")
        source = source.lstrip("> ") if source.startswith(">") else source
        found = source.removeprefix("|").removesuffix("|").count("|") + 1
        if found != columns:
            code = "markdown.row-long" if found > columns else "markdown.row-short"
            self._source.notice(
                code, self._source.line(token), cells=str(found), columns=str(columns)
            )

    def _caption(self, index: int) -> tuple[Blocks, int]:
        """A paragraph ``Table: ...`` or ``: ...`` right after a table is its caption (pandoc)."""
        if index + 2 >= len(self._tokens) or self._tokens[index].type != "paragraph_open":
            return (), index
        inline = self._tokens[index + 1]
        match = _CAPTION.match(inline.content)
        if match is None:
            return (), index
        content = self._source.inlines(inline.content[match.end() :], self._source.line(inline))
        return (Paragraph(content, pos=self._source.pos(inline)),), index + 3
