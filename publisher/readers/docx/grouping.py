"""Flat paragraphs to nested blocks: lists from labels, quotations from neighbours in one style."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.readers.verse import as_verse, verse_lines
from publisher.tree.labels import CHECKED, UNCHECKED
from publisher.tree.nodes import (
    NO_ATTR,
    Attr,
    Box,
    CodeBlock,
    DefinitionItem,
    DefinitionList,
    Figure,
    Footnote,
    Image,
    LineBreak,
    ListBlock,
    ListItem,
    PageBreak,
    Paragraph,
    Quote,
    Stanza,
    Table,
    Verse,
)
from publisher.tree.walk import map_inlines, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.readers.docx.pieces import Piece
    from publisher.tree.nodes import Block, Blocks, Inline, Inlines

_DONE = frozenset([CHECKED, "☑", "☒", "✓", "✔", "\uf0fe", "\uf052"])
_BOXES = _DONE | {UNCHECKED, "☐"}

_FURTHER = 8.0  # pt; a list in a list stands so much further in
_CONTAINERS = frozenset(["quote", "box", "definition"])


def grouped(pieces: list[Piece], *, own: bool) -> Blocks:
    """The blocks that pieces make together. In our own files (`own`) every inset says something."""
    return tuple(_Grouping(own).blocks(pieces))


class _Grouping:
    def __init__(self, own: bool) -> None:
        self.own = own
        self._makers: dict[str, Callable[[list[Piece], int, list[Block]], int]] = {
            "quote": self._quote,
            "verse": self._verse,
            "box": self._box,
            "definition": self._definitions,
            "caption": self._caption,
            "figure": self._figure,
            "code": self._code,
        }

    def blocks(self, pieces: list[Piece]) -> list[Block]:
        """The blocks of pieces that stand beside each other."""
        found: list[Block] = []
        at = 0
        while at < len(pieces):
            piece = pieces[at]
            if piece.page_break and not piece.divides:
                found.append(PageBreak())
            maker = self._makers.get(self._opens(pieces, at))
            if maker is not None:
                at = maker(pieces, at, found)
            elif piece.label is not None:
                at = self._lists(pieces, at, found)
            else:
                last = found[-1] if found else None
                more = piece.kind == "note" and isinstance(piece.block, Paragraph)
                if self.own and more and isinstance(last, Footnote):  # the note goes on
                    found[-1] = replace(last, blocks=(*last.blocks, *_block(piece)))
                else:
                    found += _block(piece)
                at += 1
        return found

    def _opens(self, pieces: list[Piece], at: int) -> str:
        """The family of the container that begins at a piece.

        In our own files one may begin with what is no text of its own, such as a heading or a list:
        set in as far as the first text after it that is.
        """
        piece = pieces[at]
        left = _place(piece)
        if not self.own or piece.family in _CONTAINERS or left <= 1:
            return piece.family
        for later in pieces[at + 1 :]:
            inside = _CONTAINERS & {later.family} and (later.indent, later.left or 0.0)
            if inside and min(abs(edge - left) for edge in inside) < 1:
                return later.family
            if later.divides or not later.within(left):
                break
        return piece.family

    def _inner(self, pieces: list[Piece], left: float = 0.0) -> Blocks:
        """Blocks inside a container whose kind they share; what is set in further has its own."""
        for piece in pieces:
            if not (self.own and left and piece.within(left)):
                piece.kind = ""
            elif abs((piece.left or 0.0) - left) < 1:
                piece.left = None  # it stands in the very place of the container's text
        return tuple(self.blocks(pieces))

    def _end(self, pieces: list[Piece], at: int, family: str) -> int:
        """Where a container ends that begins at a piece: at one of another kind, not set in."""
        first = pieces[at]
        left, end = first.indent if first.family == family else _place(first), at + 1
        while end < len(pieces) and not pieces[end].divides:
            piece = pieces[end]
            inside = self.own and left and piece.within(left) and piece.kind != "attribution"
            if piece.family != family and not inside:
                break
            if self.own and _parted(pieces[end - 1], piece, family):
                break
            end += 1
        return end

    # ---------------------------------------------------------------------------------- lists

    def _lists(self, pieces: list[Piece], at: int, found: list[Block]) -> int:
        end = self._list_end(pieces, at)
        items: list[list[Piece]] = []
        for piece in pieces[at:end]:
            if not items or (piece.label is not None and not self._deeper(items[-1][0], piece)):
                if items and not _goes_on(items[-1][0], piece, items):
                    found.append(self._list(items))
                    items = []
                items.append([piece])
            else:
                items[-1].append(piece)
        found.append(self._list(items))
        return end

    def _list_end(self, pieces: list[Piece], at: int) -> int:
        left, end = pieces[at].indent, at + 1
        while end < len(pieces) and not pieces[end].divides:
            piece = pieces[end]
            more = piece.label is not None and piece.family == ""
            loose = piece.kind == "listtext" and not self.own
            if not (more or loose or (left and piece.within(left))):
                break
            if more and not self._deeper(pieces[at], piece):
                left = piece.indent
            end += 1
        return end

    def _deeper(self, item: Piece, piece: Piece) -> bool:
        """A label of a list inside an item: of a deeper level, or of another list, further in."""
        one, other = item.label, piece.label
        if one is None or other is None or other.level != one.level:
            return one is not None and other is not None and other.level > one.level
        further = piece.indent > item.indent + _FURTHER
        return not self.own and other.list_id != one.list_id and further

    def _list(self, items: list[list[Piece]]) -> ListBlock:
        first = items[0][0].label
        assert first is not None
        made = []
        for item in items:
            label = item[0].label
            checked = None
            if label is not None and not label.ordered and label.text in _BOXES:
                checked = label.text in _DONE
            item[0].label = None
            for piece in item:
                piece.kind = "" if piece.kind == "listtext" else piece.kind
            made.append((tuple(self.blocks(item)), checked))
        return ListBlock(
            tuple(ListItem(blocks, checked) for blocks, checked in made),
            ordered=first.ordered,
            start=first.number if first.ordered else 1,
            style=first.style,
            delimiter=first.delimiter if first.ordered else "period",
            tight=not (self.own and any(item[0].spaced for item in items[1:])),
        )

    # ----------------------------------------------------------------------------- containers

    def _quote(self, pieces: list[Piece], at: int, found: list[Block]) -> int:
        end = self._end(pieces, at, "quote")
        attribution, after = _attribution(pieces, end)
        first = pieces[at]
        left = first.indent if first.family == "quote" else _place(first)
        quote = Quote(self._inner(pieces[at:end], left), attribution)
        found.append(quote if self.own else as_verse(quote))
        return after

    def _verse(self, pieces: list[Piece], at: int, found: list[Block]) -> int:
        end = at
        stanzas: list[list[Inlines]] = []
        while end < len(pieces) and pieces[end].family == "verse":
            piece = pieces[end]
            broken = any(isinstance(node, LineBreak) for node in piece.content)
            if not stanzas or piece.spaced or broken:
                stanzas.append([])
            stanzas[-1] += verse_lines(piece.content)
            end += 1
        attribution, after = _attribution(pieces, end)
        made = tuple(Stanza(tuple(lines)) for lines in stanzas if lines)
        first = pieces[at].block
        if made and first is not None:
            found.append(Verse(made, attribution, attr=first.attr))
        return after

    def _box(self, pieces: list[Piece], at: int, found: list[Block]) -> int:
        first = pieces[at]
        title: Inlines = ()
        start = at
        if first.kind == "boxtitle":
            title, start = first.content, at + 1
        end = self._end(pieces, at, "box")
        end = next((n for n in range(at + 1, end) if pieces[n].kind == "boxtitle"), end)
        attr = first.block.attr if first.block is not None and title else None
        box = Box(self._inner(pieces[start:end]), title=title)
        found.append(replace(box, attr=attr) if attr is not None else box)
        return end

    def _definitions(self, pieces: list[Piece], at: int, found: list[Block]) -> int:
        end = at
        items: list[DefinitionItem] = []
        while end < len(pieces) and pieces[end].family == "definition":
            terms: list[Inlines] = []
            while end < len(pieces) and pieces[end].kind == "term":
                terms.append(pieces[end].content)
                end += 1
            start = end
            if end < len(pieces) and pieces[end].kind == "definition":
                end = self._end(pieces, end, "definition")
                end = next((n for n in range(start, end) if pieces[n].kind == "term"), end)
            inner = self._inner(pieces[start:end])
            items.append(DefinitionItem(tuple(terms), (inner,) if inner else ()))
        found.append(DefinitionList(tuple(items)))
        return end

    def _code(self, pieces: list[Piece], at: int, found: list[Block]) -> int:
        """Strangers write each line of a program as a paragraph."""
        end, lines = at, []
        first = pieces[at].block
        while end < len(pieces) and isinstance(code := pieces[end].block, CodeBlock):
            lines.append(code.text)
            end += 1
            if self.own:
                break
        if isinstance(first, CodeBlock):
            text = "\n".join(lines).strip("\n")
            made = replace(first, text=text)
            keeps = self.own and pieces[end - 1].keep_next
            found += [_figured((made,)) if keeps else made] if text.strip() else []
        return max(end, at + 1)

    # --------------------------------------------------------------------- figures and captions

    def _figure(self, pieces: list[Piece], at: int, found: list[Block]) -> int:
        end = at + 1
        while self.own and end < len(pieces) and pieces[end - 1].keep_next:
            if not pieces[end].shows:
                break
            end += 1
        figure = _figured(tuple(p.block for p in pieces[at:end] if p.block is not None))
        found.append(replace(figure, placement=pieces[at].side))
        return end

    def _caption(self, pieces: list[Piece], at: int, found: list[Block]) -> int:
        """A caption goes to the table after it, or to the figure or table before it."""
        end = at + 1
        while end < len(pieces) and pieces[end].family == "caption":
            if pieces[end].keep_next != pieces[end - 1].keep_next:
                break
            end += 1
        caption = tuple(p.block for p in pieces[at:end] if p.block is not None)
        last = found[-1] if found else None
        table = pieces[end].block if end < len(pieces) else None
        leads = pieces[end - 1].keep_next or not (self.own or isinstance(last, Figure))
        if isinstance(table, Table) and leads:
            pieces[end].block = _captioned(table, caption)
        elif isinstance(last, Figure) and not last.caption:
            found[-1] = replace(_undescribed(last, caption), caption=caption)
        elif isinstance(last, Table | CodeBlock) and self.own:
            found[-1] = replace(_figured((last,)), caption=caption)
        elif isinstance(last, Table) and not last.caption:
            found[-1] = _captioned(last, caption)
        else:
            found += caption
        return end


def _parted(before: Piece, piece: Piece, family: str) -> bool:
    """Two texts of a kind with space between them are two containers beside each other."""
    if piece.kind == "box":
        return piece.spaced
    texts = before.family == family == piece.family and before.kind == piece.kind
    return texts and piece.spaced and before.label is None and piece.label is None


def _place(piece: Piece) -> float:
    """How far the place is set in where a piece stands that is no text of its container."""
    if piece.label is not None:
        return 0.0
    return piece.left or 0.0


def _block(piece: Piece) -> Blocks:
    return () if piece.block is None else (piece.block,)


def _goes_on(before: Piece, piece: Piece, items: list[list[Piece]]) -> bool:
    """The piece is one more item of the list, not the first of another."""
    one, other, first = before.label, piece.label, items[0][0].label
    if one is None or other is None or first is None or other.level < one.level:
        return False
    if not one.ordered and not other.ordered:
        return (one.text in _BOXES) == (other.text in _BOXES)
    return one.form == other.form and other.number == first.number + len(items)


def _attribution(pieces: list[Piece], at: int) -> tuple[Inlines, int]:
    if at < len(pieces) and pieces[at].kind == "attribution":
        return pieces[at].content, at + 1
    return (), at


def _figured(blocks: Blocks) -> Figure:
    """A figure of blocks; what leads to the first leads to it."""
    attr = blocks[0].attr if blocks else NO_ATTR
    if attr.id:
        blocks = (replace(blocks[0], attr=replace(attr, id="")), *blocks[1:])
    return Figure(blocks, attr=Attr(attr.id))


def _captioned(table: Table, caption: Blocks) -> Table:
    """A table with its caption; what leads to the caption leads to it."""
    attr = caption[0].attr if caption else NO_ATTR
    if attr.id and not table.attr.id:
        table = replace(table, attr=replace(table.attr, id=attr.id))
        caption = (replace(caption[0], attr=replace(attr, id="")), *caption[1:])
    return replace(table, caption=caption)


def _undescribed(figure: Figure, caption: Blocks) -> Figure:
    """Pictures whose description only says the caption again need none."""
    said = "".join(plain_text(b.content) for b in caption if isinstance(b, Paragraph))

    def change(node: Inline) -> Inline:
        return replace(node, alt="") if isinstance(node, Image) and node.alt == said else node

    return replace(figure, blocks=map_inlines(figure.blocks, change))
