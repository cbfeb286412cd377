"""Keeps track of what is marked on a line while it is drawn: from where to where."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from publisher.layout.emphasis import Marked, is_line
from publisher.layout.profiles import CLOSERS
from publisher.layout.ruby import DOTTED
from publisher.layout.types import TextItem

if TYPE_CHECKING:
    from publisher.layout.justify import Adjusted
    from publisher.layout.mixed import Mixed
    from publisher.layout.shape import Box, Token


class Marking:
    """The marks of one line.

    Args:
        mixed: The measured paragraph.
        line: First index and one past the last.
        adjusted: Where the pen moves, pt.
        x: Where the first glyph of the line stands.

    Attributes:
        marked: The marked stretches so far.
        edge: Where the last glyph ends, without what is added behind it.
        width: Length of the line.
    """

    def __init__(self, mixed: Mixed, line: tuple[int, int], adjusted: Adjusted, x: float) -> None:
        self._mixed = mixed
        self._start, self._end = line
        self._moves = dict(adjusted.moves)
        self._head, self.width = x - adjusted.offset, adjusted.width
        self.marked: list[Marked] = []
        self.edge = x
        self._inset = 0.0  # of the base in the box of ruby
        self._centres: list[float] = []  # of characters that take an emphasis dot

    def close(self) -> None:
        """Tells which marks go on in the next line."""
        if self.marked and self._end < len(self._mixed.measured.text):
            going_on = self._marks_at(self._end)
            for mark in self.marked:
                mark.ends = mark.kind not in going_on

    def box(self, box: Box, x: float) -> None:
        """Notes where a box drawn at `x` is marked: its base, not what its ruby takes up."""
        self._centres = [x + centre for centre in box.centres]
        bases = [item for item in box.items if isinstance(item, TextItem) and item.tag == "RB"]
        self._inset, self.edge = 0.0, x + box.width
        if bases:
            self._inset = bases[0].x
            self.edge = x + bases[-1].x + bases[-1].width - bases[-1].spacing

    def characters(
        self, x: float, span: tuple[int, int], spacing: tuple[float, float], marks: tuple[str, ...]
    ) -> None:
        """Notes the middles of the Han, kana and hangul of a piece that starts at `x`.

        `spacing` is what the line adds after each character, and what its style does.
        """
        if not any(map(_is_dots, marks)):
            return
        classes, font = self._mixed.measured.classes, self._mixed.font
        for at in range(*span):
            own = font[at + 1] - font[at]  # the style's spacing included
            if classes[at] in DOTTED:
                self._centres.append(x + (own - spacing[1]) / 2)
            x += own + spacing[0]

    def _marks_at(self, at: int) -> tuple[str, ...]:
        """The marks of a character."""
        tokens = self._mixed.tokens
        return tokens[bisect_right(tokens, at, key=_token_start) - 1].run.marks

    def mark(self, token: Token, span: tuple[int, int], before: float) -> None:
        """Notes the marks of a token drawn from `before` on; neighbours of one mark go on."""
        run, centres, start = token.run, self._centres, span[0]
        self._centres = []
        first, last = self._extent(token, span, before)
        annotated = run.start in self._mixed.annotated
        for depth, kind in enumerate(run.marks):
            inner = sum(1 for other in run.marks[depth + 1 :] if is_line(other))
            found = next((m for m in reversed(self.marked) if m.kind == kind), None)
            if found is not None and (not _is_dots(kind) or found.run is run):
                found.end = last
                found.inner = max(found.inner, inner)
                found.annotated = found.annotated or annotated
                found.centres += centres
                continue
            starts = start > self._start or not start or kind not in self._marks_at(start - 1)
            self.marked.append(
                Marked(kind, run, first, last, list(centres), inner, annotated, starts)
            )

    def _extent(self, token: Token, span: tuple[int, int], before: float) -> tuple[float, float]:
        """From where to where a token is marked: without the blanks that it has lost."""
        classes, moves = self._mixed.measured.classes, self._moves
        first, last, (start, end) = before, self.edge, span
        if token.box is not None:
            first += self._inset
        if classes[start] in "O1":
            first -= min(moves.get(start, 0.0), 0.0)
        if classes[end - 1] in CLOSERS:
            last += min(moves.get(end, 0.0), 0.0)
        return max(first, self._head), min(last, self._head + self.width)


def _is_dots(kind: str) -> bool:
    return kind.startswith("dots:")


def _token_start(token: Token) -> int:
    return token.start
