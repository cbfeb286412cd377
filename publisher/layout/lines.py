"""Draws an adjusted line: pieces of text with their places, objects, marks.

Two makers: `simple_item` for text of full-width characters in one face, in time
proportional to the number of places where the pen moves; `mixed_items` for everything else.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING, Any

from publisher.layout.emphasis import mark_items
from publisher.layout.marking import Marking
from publisher.layout.measure import QUARTERS
from publisher.layout.overhang import around
from publisher.layout.shape import GETA, extent
from publisher.layout.types import GENERATED, PageNumberItem, RuleItem, TextItem
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
        (x, 0.0, face, size, text, 0.0, None, color, None, tag, "", "", len(text) * size, False, ())
    )


def simple_item(
    text: str,
    line: tuple[int, int],
    adjusted: Adjusted,
    x: float,
    look: tuple[Face, float, str, str],
    stretches: bytes,
) -> TextItem:
    """A line of full-width characters as one piece.

    Args:
        text: The paragraph's text.
        line: First index and one past the last.
        adjusted: Where the pen moves, in quarters of an em.
        x: Of the line's text from its start edge, pt.
        look: Face, size, colour, structure role.
        stretches: 1 for each position of the text where a gap stretches.
    """
    face, size, color, tag = look
    unit = size / QUARTERS
    each = adjusted.each * unit
    start, end = line
    width = (end - start) * size
    if each:
        # Every character is spaced, and the pen moves back where there is no gap to stretch.
        flags = stretches[start + 1 : end]
        still = [place for place, gap in enumerate(flags, 1) if not gap]
        back = dict.fromkeys(still, -each)
        width += (end - start - 1 - len(still)) * each
        for place, move in adjusted.moves:
            amount = move * unit
            width += amount
            back[place - start] = back.get(place - start, 0.0) + amount
        moves = tuple(back.items() if len(back) == len(still) else sorted(back.items()))
    else:
        moves = tuple([(place - start, move * unit) for place, move in adjusted.moves])
        width += sum([amount for _, amount in moves])
    return _item(
        (
            x, 0.0, face, size, text[start:end], each, None, color, None, tag, "", "", width,
            0, moves,
        )
    )  # fmt: skip


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
    if maker.marking.marked:
        items += mark_items(
            maker.marking.marked, vertical=looks.vertical, highlight=looks.highlight
        )
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
        self.marking = Marking(mixed, line, adjusted, x)
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
        self.marking.close()

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
                self.marking.edge = self.x
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
            self.marking.mark(token, (start, end), before)
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
                    (),
                )
            )
        )  # fmt: skip
        if run.marks and not shown:
            self.marking.characters(self.x, (start, end), (spacing, self.spacing), run.marks)
        self.x += width
        self.marking.edge = self.x - spacing - self.spacing
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
            self.put(box, token)
            return
        hung = around(self.mixed.divided, token.start)
        assert hung is not None
        first, last = max(hung.start, self.start), min(hung.end, self.end)
        if token.start != first:
            return  # drawn with the first part that stands on this line
        start, end = first - hung.start, last - hung.start
        if first == self.start and last == self.end < hung.end:
            self.put(box.divided.filled(start, end, self.marking.width), token)
            return
        lead, trail = hung.hang(start, end)
        lead, trail = lead * (first > self.start), trail * (last < self.end)
        if first > self.start and not start:
            self.x += hung.does[0] - lead
        self.put(box.divided.piece(start, end, lead, trail), token)
        if last < self.end:
            self.x += hung.does[1] - trail

    def put(self, box: Box, token: Token) -> None:
        """Draws a box at the pen."""
        lang = self.lang(token.run.lang)
        for item in box.items:
            if lang and isinstance(item, TextItem):
                self.items.append(item._replace(x=item.x + self.x, lang=lang))
            else:
                self.items.append(item._replace(x=item.x + self.x))
        if token.run.marks:
            self.marking.box(box, self.x)
        self.x += box.width
        self.room(box.ascent, box.descent)

    def hyphen(self) -> None:
        """The hyphen at the end of a line that broke inside a word; it is no part of the text.

        It is drawn as the bar it is: readers of PDF take any glyph for text, whatever the tags say.
        """
        last = self.items[-1] if self.items else None
        if isinstance(last, TextItem):
            unit = last.size / 1000
            left, low, right, high = last.face.ink(last.face.gid("-"))
            self.items.append(
                RuleItem(
                    self.x + left * unit, last.dy + low * unit, (right - left) * unit,
                    (high - low) * unit, last.color, hyphen=True,
                )
            )  # fmt: skip


def _token_start(token: Token) -> int:
    return token.start
