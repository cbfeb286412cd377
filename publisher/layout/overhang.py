"""Annotations and their neighbours: ruby hangs over kana and blanks, pinyin keeps its distance.

Works on the arrays of a paragraph that is being measured (`publisher.layout.mixed`); costs
nothing where a paragraph has no annotated text. JLREQ 3.3.8, cjk-typography 10.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from publisher.text.repertoire import within
from publisher.text.uax14 import BAN

if TYPE_CHECKING:
    from publisher.layout.measure import Measured
    from publisher.layout.mixed import _Measurer as Measurer
    from publisher.layout.shape import Box, Divided, Token

# Hiragana, small kana, the long mark (JLREQ cl-15, cl-11, cl-10).
_KANA: Final = "\u3041-\u3096\u309d\u309e\u30fcァィゥェォッャュョヮヵヶ\u31f0-\u31ff"
_HAN: Final = "々〇\u30a1-\u30fa\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HALF, _QUARTER = 0.5, 0.25  # em, blanks of marks
_FULL: Final = frozenset("HKIGOCSMNEDLATPQW")  # characters of one em, that keep a pitch


class Hung:
    """How far the annotations at both ends of a divided object may hang out, and do.

    Attributes:
        start: Its first index in the text.
        divided: The object.
        may: What its neighbours allow at start and end, pt.
        does: What is taken into account where all of it stands in the middle of one line.
    """

    __slots__ = ("divided", "does", "may", "start")

    def __init__(self, start: int, divided: Divided) -> None:
        self.start = start
        self.divided = divided
        self.may = [0.0, 0.0]
        self.does = [0.0, 0.0]

    @property
    def end(self) -> int:
        """One past its last index."""
        return self.start + self.divided.count

    def shortfall(self, m: Measured, start: int, end: int) -> float:
        """How much longer a line is than the totals say that lies wholly inside, pt."""
        if start < self.start or end > self.end:
            return 0.0
        measured = m.pre[end] - m.pre[start] - m.start_trim[start] - m.end_trim[end - 1]
        return self.divided.extent(start - self.start, end - self.start) - measured

    def hang(self, start: int, end: int) -> tuple[float, float]:
        """How far the annotation of some of the parts hangs out at start and end, pt."""
        piece = self.divided.piece(start, end)
        lead = min(piece.lead, self.may[0]) if start == 0 else 0.0
        trail = min(piece.trail, self.may[1]) if end == self.divided.count else 0.0
        return lead, trail


def around(found: list[Hung], at: int) -> Hung | None:
    """The object that a character is a part of, or None."""
    place = bisect_right(found, at, key=_start_of) - 1
    return found[place] if place >= 0 and at < found[place].end else None


def _start_of(hung: Hung) -> int:
    return hung.start


def shortfall(m: Measured, found: list[Hung], start: int, end: int) -> float:
    """How much longer a line is than the totals say, pt: one that lies inside an object."""
    hung = around(found, start)
    return 0.0 if hung is None else hung.shortfall(m, start, end)


def fit_annotations(m: Measurer, classes: str, tokens: list[Token]) -> list[Hung]:
    """Lets annotations hang over their neighbours or keep their distance from one another.

    Returns:
        The objects that may stand on several lines, in order.
    """
    found: list[Hung] = []
    used: dict[int, float] = {}  # index of a character -> how much is hung over it already
    for number, token in enumerate(tokens):
        box = token.box
        if box is None:
            continue
        if box.divided is not None and not box.part:
            found.append(Hung(token.start, box.divided))
        if box.note is None:
            continue
        lead = trail = 0.0
        if box.reach and box.lead and number:
            lead = _room(m, classes, tokens[number - 1], token, used)
        if box.reach and box.trail and number + 1 < len(tokens):
            trail = _room(m, classes, tokens[number + 1], token, used)
        if lead or trail:
            _hang(m, token, (lead, trail), found, classes)
            hung = min(box.lead, lead), min(box.trail, trail)
            used[token.start - 1] = used.get(token.start - 1, 0.0) + hung[0]
            used[token.end] = used.get(token.end, 0.0) + hung[1]
            if box.hung is not None:
                tokens[number] = token._replace(box=box.hung(*hung))
        if number and (last := tokens[number - 1].box) is not None:
            _part(m, token.start, last, box)
    for hung_object in found:
        _cut(m, hung_object)
    return found


def _room(
    m: Measurer, classes: str, neighbour: Token, token: Token, used: dict[int, float]
) -> float:
    """How far an annotation may hang over the character before or behind it, pt."""
    before = neighbour.start < token.start
    at = token.start - 1 if before else token.end
    char, letter, size = m.text[at], classes[at], m.size_at[at]
    box = token.box
    assert box is not None
    if neighbour.face is None or neighbour.run.rise != token.run.rise:
        return 0.0
    if any(mark.startswith("dots:") for mark in neighbour.run.marks):
        return 0.0
    most = box.reach
    if within(char, _KANA):
        room = most
    elif within(char, _HAN):
        room = most * m.over_han
    elif letter in m.regions.at(at).centred:
        room = _QUARTER * size
    elif (letter == "O" and not before) or (letter in m.regions.at(at).right and before):
        room = _HALF * size
    else:
        return 0.0
    return max(min(room, most, m.advance[at] - used.get(at, 0.0)), 0.0)


def _hang(
    m: Measurer,
    token: Token,
    room: tuple[float, float],
    divided: list[Hung],
    classes: str,
) -> None:
    """Moves the neighbours under the annotation; at the edges of a line it stands flush."""
    box, start, end = token.box, token.start, token.end
    assert box is not None
    lead, trail = min(box.lead, room[0]), min(box.trail, room[1])
    if box.divided is not None:
        last = divided[-1]
        if room[0]:
            last.may[0], last.does[0] = room[0], lead
        if room[1]:
            last.may[1], last.does[1] = room[1], trail
    if lead:
        m.advance[start] -= lead
        m.start_trim[start] -= lead
        m.lead(start, -lead)
        _keep_blank(m, classes, start - 1, lead)
    if trail:
        m.advance[end - 1] -= trail
        m.end_trim[end - 1] -= trail
        m.shift(end, -trail)
        _keep_blank(m, classes, end, trail)


def _keep_blank(m: Measurer, classes: str, at: int, amount: float) -> None:
    """What an annotation hangs over is no longer there to be squeezed."""
    if m.shrink[at]:
        both = 2 if classes[at] in m.regions.at(at).centred else 1
        m.shrink[at] = max(m.shrink[at] - both * amount, 0.0)


def _part(m: Measurer, at: int, before: Box, behind: Box) -> None:
    """Puts two annotated characters so far apart that their annotations do not touch."""
    apart = max(before.apart, behind.apart)
    if not apart or before.note is None or behind.note is None:
        return
    more = apart - (before.width - before.note[1]) - behind.note[0]
    if more > 0:
        m.advance[at - 1] += more
        m.end_trim[at - 1] += more
        m.shift(at, more)


def _cut(m: Measurer, hung: Hung) -> None:
    """Widths of lines that end or begin inside an object, and where they may.

    The totals hold for what a line has of it from its first part on; a line that begins inside
    it differs from them by what the rest would be as a whole.
    """
    divided, first = hung.divided, hung.start
    count = divided.count
    whole = divided.extent(0, count)
    for at in range(1, count):
        place = first + at
        m.inner[place] = divided.penalties[at]
        if divided.penalties[at] >= BAN:
            continue
        lead = hung.hang(0, at)[0] if hung.does[0] else 0.0
        trail = hung.hang(at, count)[1] if hung.does[1] else 0.0
        m.end_trim[place - 1] -= hung.does[0] - lead
        rest = whole - divided.extent(0, at) - divided.extent(at, count)
        m.start_trim[place] += rest - (hung.does[1] - trail)
        m.leads[place] = m.start_trim[place]


def keep_pitch(m: Measurer, classes: str, tokens: list[Token], room: float) -> None:
    """Gives full-width characters without bopomofo the room of it, as primers do; `room` in em."""
    for token in tokens:
        if token.face is None:
            continue
        for at in range(token.start, token.end):
            if classes[at] in _FULL:
                more = room * m.size_at[at]
                m.advance[at] += more
                m.shift(at + 1, more)
