"""Lines on a character grid: each character in a cell, as on manuscript paper (cjk-typography 14).

Nothing is compressed or stretched. A stretch of Latin gets a gap of 1/4 em at each side and is
widened to whole cells; what has an annotation stands in the middle of as many cells as it takes.
Where a mark must not begin a line, a single stop hangs after the last cell;
else characters are carried over, and cells stay empty (CLREQ 3.1.3, JLREQ 3.1.10 oidashi).
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Final

from publisher.layout.bopomofo import WIDTH as BOPOMOFO_ROOM
from publisher.layout.justify import Adjusted
from publisher.layout.ties import calls_apart
from publisher.record import NamedTuple
from publisher.text.uax14 import BAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.layout.mixed import Mixed
    from publisher.layout.overhang import Hung
    from publisher.theme.model import StyleSheet, TextStyle

_EPS: Final = 1e-3  # em
_GAP: Final = 0.25  # em at each side of Latin, at least
_WIDE: Final = 0.5  # em at each side, at most: what is left goes between its words
_TIGHT: Final = 0.125  # em at each side, where that spares a cell of which most would be empty
_HANGING: Final = frozenset("。，、．｡､")
_MARKS: Final = frozenset("OCSMNED123456")  # spacing classes of marks: two of them never hang


class GridLine(NamedTuple):
    """A line on the grid: its text, where the pen moves, whether it had to break a ban, indent."""

    start: int
    end: int
    adjusted: Adjusted
    emergency: bool
    indent: float = 0.0


class _Piece(NamedTuple):
    """Characters that go together: one in its cells, or a stretch of Latin (`cells` is 0).

    `open` says that a line may begin here. An object has its `width`, pt; one that may stand on
    several lines is `hung`.
    """

    start: int
    end: int
    cells: int
    open: bool
    width: float = 0.0
    hung: Hung | None = None


class _Taken(NamedTuple):
    """A piece on a line, or the part of a stretch that stands there, and how many cells it has."""

    piece: _Piece
    end: int
    cells: int


def on_cells(sheet: StyleSheet, style: TextStyle) -> bool:
    """Whether paragraphs of a style stand on the character grid: those of the body's size."""
    if sheet.page.grid != "characters" or style.spacing or style.align != "justify":
        return False
    return style.size == sheet.text["body"].size


def grid_lines(mixed: Mixed, em: float, measure: float, indent: float) -> list[GridLine]:
    """The lines of a paragraph on cells.

    Args:
        mixed: The paragraph; only the fonts' own advances and its breaks count.
        em: Size of a cell along the line, pt, without the room of bopomofo.
        measure: Length of a line, pt: the cells it holds are whole.
        indent: Of the first line, pt; rounded to cells.
    """
    grid = _Grid(mixed, em)
    em = grid.em
    cells = max(int(measure / em + _EPS), 1)
    lines: list[GridLine] = []
    bounds = [0, *mixed.forced, len(mixed.measured.text)]
    for first, last in pairwise(bounds):
        skipped = 0 if lines else round(indent / em)
        made = list(grid.lines((first, last), max(cells - skipped, 1), cells))
        lines += [made[0]._replace(indent=skipped * em), *made[1:]]
    return lines


class _Grid:
    """A paragraph being cut into lines of cells."""

    def __init__(self, mixed: Mixed, em: float) -> None:
        self.text = mixed.measured.text
        self.classes = mixed.measured.classes
        self.penalty = mixed.measured.penalty
        self.font = mixed.font
        self.size = em
        self.em = em * (1 + BOPOMOFO_ROOM) if mixed.pitch else em
        self.eps = _EPS * em
        self.boxes = {
            token.start: token.box
            for token in mixed.tokens
            if token.box is not None and token.box.divided is None
        }
        self.divided = {hung.start: hung for hung in mixed.divided}
        for hung in mixed.divided:  # annotations hang over nothing: cells stand apart
            hung.may, hung.does = [0.0, 0.0], [0.0, 0.0]
        self.calls = {token.start for token in mixed.tokens if token.run.note}
        self.apart = calls_apart(token.run for token in mixed.tokens) if self.calls else {}

    # ------------------------------------------------------------------------------ pieces

    def pieces(self, start: int, last: int) -> Iterator[_Piece]:
        """Characters that fill cells one by one, and stretches of others."""
        font, penalty, at = self.font, self.penalty, start
        while at < last:
            if at in self.boxes or at in self.divided:
                piece = self.object(at)
                yield piece
                at = piece.end
                continue
            end = at + 1
            while end < last and font[end + 1] - font[end] <= self.eps:  # combining marks
                end += 1
            cells = self.filled(at, end)
            while not cells and end < last and not self.filled(end, end + 1):
                if end in self.boxes or end in self.divided:
                    break
                end += 1
            yield _Piece(at, end, cells, penalty[at] < BAN)
            at = end

    def object(self, at: int) -> _Piece:
        """The object that begins at an index."""
        legal, hung = self.penalty[at] < BAN, self.divided.get(at)
        if hung is not None:
            return self.part(hung, at, legal=legal)
        width = self.boxes[at].width
        return _Piece(at, at + 1, self.least(width, 0), legal, width)

    def part(self, hung: Hung, start: int, *, legal: bool) -> _Piece:
        """What is left of a divided object from an index on."""
        width = hung.divided.extent(start - hung.start, hung.divided.count)
        return _Piece(start, hung.end, self.least(width, 0), legal, width, hung)

    def filled(self, start: int, end: int) -> int:
        """How many cells characters fill exactly; 0 if they do not."""
        width = self.font[end] - self.font[start]
        cells = round(width / self.size)
        return cells if abs(width - cells * self.size) <= self.eps else 0

    def core(self, start: int, end: int) -> tuple[int, int, float]:
        """A stretch without the blanks at its ends: first index, one past the last, width."""
        part = self.text[start:end]
        head = start + len(part) - len(part.lstrip(" "))
        tail = max(end - len(part) + len(part.rstrip(" ")), head)
        apart = sum(by for _, by in self.parted_calls(head, tail))
        return head, tail, self.font[tail] - self.font[head] + apart

    def parted_calls(self, start: int, end: int) -> list[tuple[int, float]]:
        """The moves that part note calls inside a stretch."""
        return [(at, by) for at, by in self.apart.items() if start < at < end]

    def least(self, width: float, gaps: int) -> int:
        """Cells that a stretch takes with gaps at `gaps` of its sides."""
        cells = max(ceil((width + gaps * _GAP * self.em) / self.em - _EPS), 1)
        if gaps and cells > 1:
            rest = cells * self.em - width
            if rest > gaps * _WIDE * self.em and rest - self.em >= gaps * _TIGHT * self.em:
                return cells - 1
        return cells

    # ------------------------------------------------------------------------------- lines

    def lines(self, span: tuple[int, int], first: int, rest: int) -> Iterator[GridLine]:
        """Lines of the text between two forced breaks; `first` and `rest` are their cells."""
        pieces = list(self.pieces(*span))
        at, cells = 0, first
        left: _Piece | None = None  # the rest of a stretch
        while at < len(pieces) or left is not None:
            taken, at, left, emergency = self.fill(pieces, at, left, cells)
            end = taken[-1].end
            while (
                left is None
                and at < len(pieces)
                and not self.text[pieces[at].start : pieces[at].end].strip(" ")
            ):
                end, at = pieces[at].end, at + 1  # a blank at a line's end takes no cell
            last = at >= len(pieces) and left is None
            yield self.line(taken, end, cells, last=last, emergency=emergency)
            cells = rest

    def fill(
        self, pieces: list[_Piece], at: int, left: _Piece | None, cells: int
    ) -> tuple[list[_Taken], int, _Piece | None, bool]:
        """One line: what stands on it, the piece after it, what is left of one, and emergency."""
        taken: list[_Taken] = []
        used = 0
        while left is not None or at < len(pieces):
            piece = left if left is not None else pieces[at]
            room = cells - used
            need = piece.cells or self.needed(piece, room, begun=bool(taken))
            if need > room:
                break
            taken.append(_Taken(piece, piece.end, need))
            used += need
            at, left = at + (left is None), None
        else:
            return taken, at, None, False
        piece = left if left is not None else pieces[at]
        end, emergency = self.cut(piece, cells - used, begun=bool(taken))
        if end > piece.start:
            rest = _Piece(end, piece.end, 0, True)
            if piece.hung is not None:
                rest = self.part(piece.hung, end, legal=True)
            part = _Taken(piece, end, cells - used)
            return [*taken, part], at + (left is None), rest, emergency
        if taken and used == cells and self.hangs(pieces, at):
            return [*taken, _Taken(piece, piece.end, piece.cells)], at + 1, None, False
        back = len(taken)
        legal = piece.open
        while back > 1 and not legal:
            back -= 1
            legal = taken[back].piece.open
        if legal and back:
            return taken[:back], at - (len(taken) - back), None, False
        if not taken:  # wider than a line of its own
            only = _Taken(piece, piece.end, piece.cells)
            return [only], at + (left is None), None, True
        return taken, at, left, True

    def cut(self, piece: _Piece, room: int, *, begun: bool) -> tuple[int, bool]:
        """Where a piece that does not fit is cut, and whether that breaks a ban; else its start."""
        if piece.hung is not None:
            return self.parted(piece, piece.hung, room), False
        if piece.cells:
            return piece.start, False
        end = self.split(piece, room, begun=begun)
        return end, end > piece.start and self.penalty[end] >= BAN

    def needed(self, piece: _Piece, room: int, *, begun: bool) -> int:
        """Cells of a stretch: with a gap behind it, or without where it ends the line so."""
        width = self.core(piece.start, piece.end)[2]
        need = self.least(width, begun + 1)
        return room if need > room and self.least(width, begun) <= room else need

    def split(self, piece: _Piece, room: int, *, begun: bool) -> int:
        """Where a stretch that does not fit is cut; its start if it goes to the next line whole."""
        font, start = self.font, piece.start
        head = self.core(start, piece.end)[0]
        reach = font[head] + room * self.em - begun * _GAP * self.em + self.eps
        end = most = min(bisect_right(font, reach, head, piece.end + 1) - 1, piece.end - 1)
        if self.text[end : end + 1] == " ":
            end += 1  # a blank after the last word takes no room
        while end > head and (end >= piece.end or self.penalty[end] >= BAN):
            end -= 1
        if end > head:
            return end
        if begun:
            return start
        while most > head + 1 and font[most + 1] - font[most] <= self.eps:
            most -= 1
        return max(most, head + 1) if head + 1 < piece.end else start

    def parted(self, piece: _Piece, hung: Hung, room: int) -> int:
        """Where an object is parted that does not fit; its start if it goes on whole."""
        divided, first = hung.divided, piece.start - hung.start
        parts, reach = range(first + 1, divided.count), room * self.em + self.eps
        most = bisect_right(parts, reach, key=lambda at: divided.extent(first, at))
        for at in reversed(parts[:most]):
            if divided.penalties[at] < BAN:
                return hung.start + at
        return piece.start

    def is_centred(self, piece: _Piece) -> bool:
        """Whether a piece stands in the middle of its cells: not a character with bopomofo."""
        box = self.boxes.get(piece.start)
        return piece.hung is not None or (box is not None and box.note is not None)

    def width(self, piece: _Piece, stop: int) -> float:
        """Advance of a piece, or of the part of it up to `stop`, pt."""
        if piece.hung is not None:
            first = piece.hung.start
            return piece.hung.divided.extent(piece.start - first, stop - first)
        return piece.width or self.font[stop] - self.font[piece.start]

    def hangs(self, pieces: list[_Piece], at: int) -> bool:
        """Whether a stop that does not fit hangs: alone, with a line end allowed behind it."""
        start = pieces[at].start
        if self.text[start] not in _HANGING or self.classes[start - 1] in _MARKS:
            return False
        return at + 1 == len(pieces) or pieces[at + 1].open

    def line(
        self, taken: list[_Taken], end: int, cells: int, *, last: bool, emergency: bool
    ) -> GridLine:
        """A line with its pen moves."""
        moves: list[tuple[int, float]] = []
        used, rest = 0, 0.0  # room behind the last stretch in its cells
        for number, (piece, stop, own) in enumerate(taken):
            used += own
            if piece.cells:
                empty = own * self.em - self.width(piece, stop)
                empty = 0.0 if abs(empty) <= self.eps else empty
                lead = empty / 2 if self.is_centred(piece) else 0.0
                if rest or lead:
                    moves.append((piece.start, rest + lead))
                rest = empty - lead
                continue
            kept = rest
            ends = number == len(taken) - 1 and used == cells and not last
            lead, inner, rest = self.spread(piece.start, stop, own, begun=number > 0, ends=ends)
            moves.append((piece.start, lead + kept))
            moves += inner
        start, offset = taken[0].piece.start, 0.0
        if moves and moves[0][0] == start:
            offset = moves.pop(0)[1]
        over = used > cells and not (used - taken[-1].cells == cells and len(taken) > 1)
        adjusted = Adjusted(offset, moves, 0.0, used * self.em, overfull=over)
        return GridLine(start, end, adjusted, emergency)

    def spread(
        self, start: int, stop: int, cells: int, *, begun: bool, ends: bool
    ) -> tuple[float, list[tuple[int, float]], float]:
        """Where a stretch stands in its cells: room before it, moves inside it, room behind it."""
        text, font, em = self.text, self.font, self.em
        head, tail, width = self.core(start, stop)
        extra = cells * em - width
        gaps = begun + (not ends)
        spaces = [at for at in range(head + 1, tail) if text[at - 1] == " " != text[at]]
        gap = extra / gaps if gaps else 0.0
        if gaps and gap > _WIDE * em and spaces:
            gap = _WIDE * em
        elif ends:
            gap = min(gap, em)  # what is left at a line's end stays empty, as cells do
        inner = self.parted_calls(start, stop)
        left = extra - gap * gaps
        if spaces and left > self.eps:
            by = left / len(spaces)
            inner += [(at, min(by, _WIDE * em) if ends else by) for at in spaces]
            inner.sort()
        if start in self.calls:
            gap = 0.0  # a note's number stands at the character before it
        lead = (gap if begun else 0.0) - (font[head] - font[start])
        behind = cells * em - lead - (font[stop] - font[start]) - sum(by for _, by in inner)
        return lead, inner, behind
