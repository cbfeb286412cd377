"""Draws an adjusted line: pieces of text with their places, objects, marks.

Two makers with one result: `simple_items` for text of full-width characters in one face, in time
proportional to the number of places where the pen moves; `mixed_items` for everything else.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from publisher.layout.emphasis import Marked, is_line, mark_items
from publisher.layout.itemize import GENERATED
from publisher.layout.measure import QUARTERS
from publisher.layout.profiles import CLOSERS
from publisher.layout.ruby import DOTTED
from publisher.layout.shape import GETA, extent
from publisher.layout.types import PageNumberItem, TextItem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from re import Pattern

    from publisher.faces.face import Face
    from publisher.layout.justify import Adjusted
    from publisher.layout.mixed import Mixed
    from publisher.layout.shape import Box, Shaper, Token
    from publisher.layout.types import LineItem

# `TextItem(...)` without the call of its Python constructor: lines are made of very many.
_item: Callable[[tuple[Any, ...]], TextItem] = partial(tuple.__new__, TextItem)


def plain_item(text: str, x: float, look: tuple[Face, float, str, str]) -> TextItem:
    """Full-width characters set solid."""
    face, size, color, tag = look
    return _item(
        (x, 0.0, face, size, text, 0.0, None, color, None, tag, "", "", len(text) * size, False)
    )


def simple_items(
    text: str,
    line: tuple[int, int],
    adjusted: Adjusted,
    x: float,
    look: tuple[Face, float, str, str],
    runs: tuple[Pattern[str], str],
) -> tuple[LineItem, ...]:
    """The items of a line of full-width characters.

    Args:
        text: The paragraph's text.
        line: First index and one past the last.
        adjusted: Where the pen moves, in quarters of an em.
        x: Of the line's text from its start edge, pt.
        look: Face, size, colour, structure role.
        runs: Matches stretches of classes with a stretching gap behind each; the classes.
    """
    face, size, color, tag = look
    unit = size / QUARTERS
    each = adjusted.each * unit
    start, end = line
    events = [(place, place, move) for place, move in adjusted.moves]
    if each:
        events += [(m.start(), m.end(), 0.0) for m in runs[0].finditer(runs[1], start, end)]
        events.sort()
    found: list[tuple[float, str, float, float]] = []  # place, text, spacing, width
    at = start
    for first, last, move in events:
        if first > at:
            width = (first - at) * size
            found.append((x, text[at:first], 0.0, width))
            x += width
        if last > first:
            width = (last - first) * (size + each)
            found.append((x, text[first:last], each, width))
            x += width
        x += move * unit
        at = last
    if at < end:
        found.append((x, text[at:end], 0.0, (end - at) * size))
    return tuple(
        [
            _item((x, 0.0, face, size, part, extra, None, color, None, tag, "", "", width, False))
            for x, part, extra, width in found
        ]
    )


class Looks(NamedTuple):
    """Letter spacing in pt, colour of what is highlighted, whether lines run down the page."""

    spacing: float
    highlight: str
    vertical: bool = False


def mixed_items(
    mixed: Mixed,
    line: tuple[int, int],
    adjusted: Adjusted,
    x: float,
    shaper: Shaper,
    looks: Looks,
) -> tuple[tuple[LineItem, ...], float, float]:
    """The items of a line of any content, and the room they need over and below the baseline.

    Args:
        mixed: The measured paragraph.
        line: First index and one past the last.
        adjusted: Where the pen moves, pt.
        x: Of the line's text from its start edge, pt.
        shaper: Gives the glyphs.
        looks: What the paragraph and the style sheet add.
    """
    maker = _LineMaker(mixed, line, adjusted, x, shaper, looks.spacing)
    maker.run()
    items: list[LineItem] = list(maker.items)
    if maker.marked:
        items += mark_items(maker.marked, vertical=looks.vertical, highlight=looks.highlight)
    return tuple(items), maker.ascent, maker.descent


class _LineMaker:
    """Walks the tokens of one line."""

    def __init__(
        self,
        mixed: Mixed,
        line: tuple[int, int],
        adjusted: Adjusted,
        x: float,
        shaper: Shaper,
        spacing: float,
    ) -> None:
        self.mixed = mixed
        self.start, self.end = line
        self.moves = dict(adjusted.moves)
        self.each = adjusted.each
        self.x = x
        self.shaper = shaper
        self.spacing = spacing
        self.items: list[LineItem] = []
        self.marked: list[Marked] = []
        self.centres: list[float] = []  # of characters of the token that take an emphasis dot
        # Where the last glyph ends, without what is added behind it; and the edges of the line.
        self.edge = x
        self.inset = 0.0  # of the base in the box of ruby
        self.head, self.foot = x - adjusted.offset, x - adjusted.offset + adjusted.width
        self.hung = {hung.start: hung for hung in mixed.divided}
        self.ascent = 0.0
        self.descent = 0.0

    def run(self) -> None:
        tokens = self.mixed.tokens
        first = bisect_right(tokens, self.start, key=_token_start) - 1
        for at in range(max(first, 0), len(tokens)):
            token = tokens[at]
            if token.start >= self.end:
                break
            self.token(token, max(token.start, self.start), min(token.end, self.end))
        if self.end in self.mixed.measured.hyphens:
            self.hyphen()
        if self.marked and self.end < len(self.mixed.measured.text):
            going_on = self.marks_at(self.end)
            for mark in self.marked:
                mark.ends = mark.kind not in going_on

    def token(self, token: Token, start: int, end: int) -> None:
        run = token.run
        before = self.x
        if token.face is None:
            self.box(token)
        elif run.page_of:
            width = self.mixed.font[end] - self.mixed.font[start]
            if start == run.start:
                width = self.mixed.font[run.end] - self.mixed.font[run.start]
                self.items.append(
                    PageNumberItem(
                        self.x, run.rise, token.face, run.size, run.page_of, width, run.color,
                        run.link,
                    )
                )  # fmt: skip
                self.x += width
                self.edge = self.x
        elif token.missing:
            text = self.mixed.measured.text[start:end]
            self.text(token, start, end, 0.0, shown=GETA, actual=text)
        else:
            for first, last, spacing in self.segments(start, end):
                if first == last:
                    self.x += spacing
                    continue
                self.text(token, first, last, spacing)
                self.x += self.moves.get(last, 0.0) if last < end else 0.0
        if run.marks and self.x > before:
            self.mark(token, start, end, before)
        if end < self.end:
            self.x += self.moves.get(end, 0.0)
            whole = token.box is not None or token.missing
            if self.each and self.mixed.gap_at[end] and whole:
                self.x += self.each

    def is_inside(self, at: int) -> bool:
        """Whether a character is in a cluster behind the first, which has the whole advance."""
        font = self.mixed.font
        return at > self.start and font[at + 1] == font[at]

    def segments(self, start: int, end: int) -> Iterator[tuple[int, int, float]]:
        """Cuts a stretch where the pen moves or the spacing changes: start, end, spacing.

        A cut without text is a move of the pen by its spacing.
        """
        moves, each, gap_at = self.moves, self.each, self.mixed.gap_at
        at = start
        cuts = [place for place in moves if start < place < end]
        if not each:
            for place in sorted(cuts):
                yield at, place, 0.0
                at = place
            yield at, end, 0.0
            return
        limit = end + 1 if end < self.end else end
        place = gap_at.find(1, start + 1, limit)
        cuts.sort()
        while place >= 0:
            if self.is_inside(place - 1):
                # The gap is behind a cluster (a pair of dashes, a base with its marks), which is
                # drawn whole: the pen moves on after it.
                for cut in [c for c in cuts if at < c < place]:
                    yield at, cut, 0.0
                    at = cut
                yield at, place, 0.0
                yield place, place, each
                at = place
                place = gap_at.find(1, place + 1, limit)
                continue
            last = place
            while last + 1 < limit and gap_at[last + 1] and last + 1 not in moves:
                last += 1
            for cut in [c for c in cuts if at < c <= place - 1]:
                yield at, cut, 0.0
                at = cut
            if place - 1 > at:
                yield at, place - 1, 0.0
            yield place - 1, last, each
            at = last
            place = gap_at.find(1, last + 1, limit)
        for cut in [c for c in cuts if at < c]:
            yield at, cut, 0.0
            at = cut
        if at < end:
            yield at, end, 0.0

    def text(
        self,
        token: Token,
        start: int,
        end: int,
        spacing: float,
        *,
        shown: str = "",
        actual: str | None = None,
    ) -> None:
        run, face, mixed = token.run, token.face, self.mixed
        assert face is not None
        text = shown or mixed.measured.text[start:end]
        glyphs = None
        if token.shaped and not shown:
            upright = self.shaper.is_upright(token.turn)
            glyphs = self.shaper.glyphs(face, text, run.lang, upright=upright)
            whole = end - start == token.end - token.start
            if whole:
                width = mixed.font[end] - mixed.font[start]
            else:
                width = extent(glyphs, upright=upright) * run.size / 1000
                width += self.spacing * (end - start)
        else:
            width = mixed.font[end] - mixed.font[start]
        width += spacing * (end - start)
        if GENERATED in run.marks:
            actual = ""
        self.items.append(
            _item(
                (
                    self.x, run.rise, face, run.size, text, spacing + self.spacing, glyphs,
                    run.color, actual, run.tag, run.link, self.lang(run.lang), width, token.turn,
                )
            )
        )  # fmt: skip
        if run.marks and shown == "":
            self.dotted(self.x, (start, end), spacing, run.marks)
        self.x += width
        self.edge = self.x - spacing - self.spacing
        self.room(run.rise + 0.88 * run.size, 0.12 * run.size - run.rise)

    def lang(self, lang: str) -> str:
        return "" if lang == self.mixed.lang else lang

    def room(self, ascent: float, descent: float) -> None:
        self.ascent = max(self.ascent, ascent)
        self.descent = max(self.descent, descent)

    def box(self, token: Token) -> None:
        box = token.box
        if box is None:
            return
        if box.divided is None:
            self.put(box)
            return
        hung = self.hung[token.start - box.part]
        first, last = max(hung.start, self.start), min(hung.end, self.end)
        if token.start != first:
            return  # drawn with the first part that stands on this line
        start, end = first - hung.start, last - hung.start
        lead, trail = hung.hang(start, end)
        lead, trail = lead * (first > self.start), trail * (last < self.end)
        if first > self.start and not start:
            self.x += hung.does[0] - lead
        self.put(box.divided.piece(start, end, lead, trail))
        if last < self.end:
            self.x += hung.does[1] - trail

    def put(self, box: Box) -> None:
        """Draws a box at the pen."""
        self.items += [item._replace(x=item.x + self.x) for item in box.items]
        self.centres += [self.x + centre for centre in box.centres]
        bases = [item for item in box.items if isinstance(item, TextItem) and item.tag == "RB"]
        self.inset, self.edge = 0.0, self.x + box.width
        if bases:  # it is marked, not what its ruby takes up
            self.inset = bases[0].x
            self.edge = self.x + bases[-1].x + bases[-1].width - bases[-1].spacing
        self.x += box.width
        self.room(box.ascent, box.descent)

    def hyphen(self) -> None:
        """The hyphen at the end of a line that broke inside a word; it is no part of the text."""
        last = self.items[-1] if self.items else None
        if isinstance(last, TextItem):
            width = last.face.widths["-"] * last.size / 1000
            self.items.append(
                last._replace(x=self.x, text="-", glyphs=None, actual="", width=width, spacing=0.0)
            )

    def dotted(
        self, x: float, span: tuple[int, int], spacing: float, marks: tuple[str, ...]
    ) -> None:
        """Notes the middles of the Han, kana and hangul of a piece that starts at `x`."""
        if not any(map(_is_dots, marks)):
            return
        classes, font = self.mixed.measured.classes, self.mixed.font
        for at in range(*span):
            own = font[at + 1] - font[at]  # letter spacing included
            if classes[at] in DOTTED:
                self.centres.append(x + (own - self.spacing) / 2)
            x += own + spacing

    def marks_at(self, at: int) -> tuple[str, ...]:
        """The marks of a character."""
        tokens = self.mixed.tokens
        return tokens[bisect_right(tokens, at, key=_token_start) - 1].run.marks

    def mark(self, token: Token, start: int, end: int, before: float) -> None:
        """Notes the marks of a token; neighbours of the same mark go on."""
        run, centres = token.run, self.centres
        self.centres = []
        first, last = self.extent(token, start, end, before)
        annotated = run.start in self.mixed.annotated
        for depth, kind in enumerate(run.marks):
            inner = sum(1 for other in run.marks[depth + 1 :] if is_line(other))
            found = next((m for m in reversed(self.marked) if m.kind == kind), None)
            if found is not None and (not _is_dots(kind) or found.run is run):
                found.end = last
                found.inner = max(found.inner, inner)
                found.annotated = found.annotated or annotated
                found.centres += centres
                continue
            starts = start > self.start or not start or kind not in self.marks_at(start - 1)
            self.marked.append(
                Marked(kind, run, first, last, list(centres), inner, annotated, starts)
            )

    def extent(self, token: Token, start: int, end: int, before: float) -> tuple[float, float]:
        """From where to where a token is marked: without the blanks that it has lost."""
        classes, moves = self.mixed.measured.classes, self.moves
        first, last = before, self.edge
        if token.box is not None:
            first += self.inset
        if classes[start] in "O1":
            first -= min(moves.get(start, 0.0), 0.0)
        if classes[end - 1] in CLOSERS:
            last += min(moves.get(end, 0.0), 0.0)
        return max(first, self.head), min(last, self.foot)


def _is_dots(kind: str) -> bool:
    return kind.startswith("dots:")


def _token_start(token: Token) -> int:
    return token.start
