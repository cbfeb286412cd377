"""Ruby: base and annotation placed against each other (JLREQ 3.3, CLREQ 3.3).

Mono ruby is centred over its base (nakatsuki), group ruby spread 1:2:1, and a compound (jukugo) set
as a group as far as it stands on one line. In vertical text "over" is the right side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.layout.piece import ASCENT, DESCENT, Look, Piece
from publisher.layout.shape import Box
from publisher.record import NamedTuple
from publisher.text.classes import spacing_classes

if TYPE_CHECKING:
    from publisher.layout.shape import Shaper
    from publisher.layout.types import RubyObject, Run, TextItem
    from publisher.theme.model import InlineLook
    from publisher.tree.nodes import Pos

_CLEAR: Final = 0.02  # em of clearance between base and ruby
_APART, _WORDS_APART = 0.25, 0.5  # em of Latin ruby between neighbours; between words
DOTTED: Final = frozenset("HKIG")  # what takes an emphasis dot (CLREQ 3.4.1, JLREQ 3.3.9)


class Kit(NamedTuple):
    """What objects in a line are made with: fonts, looks of inlines, direction, place."""

    shaper: Shaper
    look: InlineLook
    vertical: bool = False
    pos: Pos | None = None


class _Pair(NamedTuple):
    """A base and its annotation, and how they are set against each other."""

    base: Piece
    ruby: Piece
    group: bool  # spread over one another; else centred
    start: bool = False  # the annotation stands at the head of its base


def ruby_box(thing: RubyObject, run: Run, kit: Kit) -> Box:
    """Mono or group ruby as one box: the annotation stands over the middle of its base.

    A base of several characters is a group, whatever it is called. The longer of base and
    annotation fills the box; how far the annotation may hang out of it depends on the neighbours
    (`publisher.layout.overhang`).
    """
    pair = _pair(thing.base, thing.text, thing.role, run, kit)
    hangs = thing.role != "pinyin"
    if pair.group and hangs and pair.ruby.width > pair.base.width:
        return _boxed(pair, thing.base, run)._replace(
            hung=lambda lead, trail: _boxed(pair, thing.base, run, lead, trail)
        )
    box = _boxed(pair, thing.base, run)
    return box if hangs else box._replace(reach=0.0)


def _pair(base: str, text: str, role: str, run: Run, kit: Kit) -> _Pair:
    shaper, look, vertical, pos = kit
    # Pinyin is set in a sans face of Latin, whose letters have room for the marks of the tones.
    own = "sans" if role == "pinyin" else ""
    below = Piece(shaper, base, Look(run, run.size, pos))
    ruby = Piece(shaper, text, Look(run, run.size * look.ruby_scale, pos, own))
    start = vertical and look.ruby_align == "start" and ruby.count == 1
    return _Pair(below, ruby, len(base) > 1, start)


def _boxed(pair: _Pair, text: str, run: Run, lead: float = 0.0, trail: float = 0.0) -> Box:
    """A pair as a box, its base between `lead` and `trail` where the annotation is longer."""
    base, ruby = pair.base, pair.ruby
    items, note = _set(pair, run, 0.0, (lead, trail))
    width, out = max(base.width, ruby.width), max(ruby.width - base.width, 0.0) / 2
    apart = 0.0 if ruby.wide else ruby.size * (_WORDS_APART if pair.group else _APART)
    return Box(
        width,
        tuple(items),
        ascent=_head(run, ruby.size),
        descent=DESCENT * run.size - run.rise,
        lead=out,
        trail=out,
        reach=ruby.size,
        note=note,
        apart=apart,
        centres=centres(items, text),
    )


def _head(run: Run, ruby: float) -> float:
    """How far ruby of a size reaches over the baseline."""
    return run.rise + run.size * (ASCENT + _CLEAR) + ruby * (ASCENT + DESCENT)


def _set(
    pair: _Pair, run: Run, x: float, hung: tuple[float, float] = (0.0, 0.0)
) -> tuple[list[TextItem], tuple[float, float]]:
    """The items of a pair from `x` on, the base first; and where its annotation is."""
    base, ruby = pair.base, pair.ruby
    lead, trail = hung
    width = max(base.width, ruby.width)
    rise = run.rise + run.size * (ASCENT + _CLEAR) + ruby.size * DESCENT
    if pair.group:
        base_at, base_gap = _spread(base, width - lead - trail, 0.0)
        base_at += lead
        ruby_at, ruby_gap = _spread(ruby, width, ruby.size)
    else:
        base_at, base_gap = (width - base.width) / 2, 0.0
        ruby_at, ruby_gap = (width - ruby.width) / 2, 0.0
        if pair.start and ruby.width <= base.width:
            ruby_at = base_at
    items = [
        *base.items(x + base_at, run.rise, base_gap, "RB"),
        *ruby.items(x + ruby_at, rise, ruby_gap, "RT"),
    ]
    end = ruby_at + ruby.width + ruby_gap * (ruby.count - 1)
    return items, (x + ruby_at, x + end)


def _spread(piece: Piece, width: float, most: float) -> tuple[float, float]:
    """Start and spacing of a piece in a width: 1:2:1, with `most` at the ends (0: no limit)."""
    rest = max(width - piece.width, 0.0)
    if not piece.wide or piece.count < 2:
        return rest / 2, 0.0
    end = rest / (2 * piece.count)
    if most:
        end = min(end, most)
    return end, (rest - 2 * end) / (piece.count - 1)


def centres(items: list[TextItem], base: str) -> tuple[float, ...]:
    """Middles of the characters of a base that take an emphasis dot."""
    found: list[float] = []
    at = 0
    classes = spacing_classes(base)
    for item in items:
        if item.tag != "RB":
            continue
        count = len(item.text) if item.actual is None else 1
        each = item.width / count
        middle = item.x + (each - item.spacing) / 2
        letters = enumerate(classes[at : at + count])
        found += [middle + place * each for place, letter in letters if letter in DOTTED]
        at += count
    return tuple(found)


class Jukugo:
    """A compound with a reading for each of its characters (JLREQ 3.3.7).

    As far as it stands on one line, it is set like mono ruby where each reading is no longer than
    its base, else like a group.
    """

    def __init__(self, word: tuple[tuple[str, str], ...], role: str, run: Run, kit: Kit) -> None:
        self._word = word
        self._role = role
        self._run = run
        self._kit = kit
        self._pieces: dict[tuple[int, int, float, float], Box] = {}
        self.count = len(word)
        self.penalties = (0,) * len(word)

    def extent(self, start: int, end: int, /) -> float:
        """Width of the pairs from `start` to `end`."""
        return self.piece(start, end).width if end > start else 0.0

    def filled(self, start: int, end: int, _width: float, /) -> Box:
        """The pairs as they are: they are never spread."""
        return self.piece(start, end)

    def piece(self, start: int, end: int, lead: float = 0.0, trail: float = 0.0, /) -> Box:
        """The pairs from `start` to `end` as one box, the annotation hanging out by so much."""
        key = start, end, lead, trail
        found = self._pieces.get(key)
        if found is None:
            found = self._pieces[key] = self._made(*key)
        return found

    def _made(self, start: int, end: int, lead: float, trail: float) -> Box:
        run, kit = self._run, self._kit
        word = self._word[start:end]
        pairs = [_pair(base, text, self._role, run, kit) for base, text in word]
        whole = "".join([base for base, _ in word])
        if any(pair.ruby.width > pair.base.width + 1e-6 for pair in pairs):
            reading = "".join([text for _, text in word])
            pair = _pair(whole, reading, self._role, run, kit)
            return _boxed(pair, whole, run, lead, trail)
        bases: list[TextItem] = []
        rubies: list[TextItem] = []
        x = 0.0
        for pair in pairs:
            items, _ = _set(pair, run, x)
            bases += [item for item in items if item.tag == "RB"]
            rubies += [item for item in items if item.tag == "RT"]
            x += pair.base.width
        first, last = rubies[0], rubies[-1]
        return Box(
            x,
            (*bases, *rubies),
            ascent=_head(run, last.size),
            descent=DESCENT * run.size - run.rise,
            reach=last.size,
            note=(first.x, last.x + last.width),
            centres=centres(bases, whole),
        )
