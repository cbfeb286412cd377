"""Headings that are numbered and nothing else: ``一、起``, ``1. 转``, ``三``."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.text.numerals import NUMERAL_CLASS, parse_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from publisher.readers.plain.paragraphs import Piece

_HAN: Final = "[一二三四五六七八九十百千〇零廿卅]{1,7}"
_FIGURES: Final = "[0-9０-９]{1,4}"
_SHAPES: Final = (
    re.compile(rf"({_HAN})[、．.][\s　]*\S.*"),
    re.compile(rf"[（(]({_HAN})[)）][\s　]*\S.*"),
    re.compile(rf"({_FIGURES})[、．.](?![0-9０-９])[\s　]*\S.*"),
    re.compile(rf"[（(]({_FIGURES})[)）][\s　]*\S.*"),
    re.compile(rf"[（(<＜\[［-]?[\s　]*({_HAN}|{_FIGURES}|[①-⑳Ⅰ-Ⅻ])[\s　]*[.．、)）>＞\]］-]?"),
    re.compile(r"(\d{1,4})[\s　]*[:：_-][\s　]*(?!\d)\S.*"),
    re.compile(rf"({_HAN}|{_FIGURES})[\s　]+\S.*"),
)
_SENTENCE: Final = re.compile("[。！？!?；;，,：:…]$|。")
_LONGEST: Final = 30
_ENOUGH: Final = 3
_PROSE: Final = 60  # characters, on the average, under each
_STRAYS: Final = 10  # one line in so many may have the shape by accident
_LISTED: Final = re.compile(rf"[{NUMERAL_CLASS}]{{1,5}}(?:[、.．][\s　]*\S.*(?<![。！？；，：…])|)")


def opens_series(place: int, pieces: Sequence[Piece]) -> bool:
    """True for a short numbered line when another below it is numbered in the same shape."""
    first = _numbered(place, pieces[place])
    if first is None:
        return False
    below = (_numbered(n, pieces[n]) for n in range(place + 1, len(pieces)))
    return any(n is not None and n.shape == first.shape for n in below)


class _Numbered(NamedTuple):
    place: int
    shape: int
    number: int


def is_listed(text: str) -> bool:
    """True for a short line that begins with a bare number, as headings and lists do."""
    return len(text) <= _LONGEST and bool(_LISTED.fullmatch(text))


def find_series(
    pieces: Sequence[Piece], above: Collection[int] = (), prose: int = _PROSE
) -> dict[int, int]:
    """The numbered headings among `pieces`: index -> level from 1.

    A shape of number counts when at least three short lines have it, none of them a sentence, which
    count up from one, by one, with prose under each; under a shape that counts already, another may
    begin anew. Lists fail this: their items follow each other.

    Args:
        pieces: The text.
        above: Indexes of headings known already: a series begins anew under them, at least twice.
        prose: Characters under each, on the average.
    """
    known = sorted(above)
    numbered = [
        n
        for place, piece in enumerate(pieces)
        if place not in above and (n := _numbered(place, piece))
    ]
    levels: dict[int, int] = {}
    depth = 0
    for shape in sorted({n.shape for n in numbered}, key=lambda s: _first(numbered, s)):
        mine = _in_order([n for n in numbered if n.shape == shape], {*known, *levels})
        if known and sum(n.number == 1 for n in mine) < 2:
            continue
        if mine and _has_prose(mine, pieces, [*known, *levels], prose):
            depth += 1
            levels.update({n.place: depth for n in mine})
    return levels


def _numbered(place: int, piece: Piece) -> _Numbered | None:
    text = piece.text
    if len(text) > _LONGEST or piece.start != piece.end or _SENTENCE.search(text):
        return None
    for shape, pattern in enumerate(_SHAPES):
        match = pattern.fullmatch(text)
        number = parse_number(match[1]) if match else None
        if number:
            return _Numbered(place, shape, number)
    return None


def _first(numbered: Sequence[_Numbered], shape: int) -> int:
    return next(n.place for n in numbered if n.shape == shape)


def _in_order(mine: Sequence[_Numbered], above: Iterable[int]) -> list[_Numbered]:
    """Those that count up from one; under headings of higher rank they may begin anew.

    None where too few do, or too many do not.
    """
    kept: list[_Numbered] = []
    higher = sorted(above)
    at = 0
    anew = True
    for numbered in mine:
        while at < len(higher) and higher[at] < numbered.place:
            anew, at = True, at + 1
        expected = 1 if not kept else kept[-1].number + 1
        if numbered.number == expected or (anew and numbered.number == 1):
            kept.append(numbered)
            anew = False
    strays = len(mine) - len(kept)
    return kept if len(kept) >= _ENOUGH and strays * _STRAYS <= len(mine) else []


def _has_prose(
    mine: Sequence[_Numbered], pieces: Sequence[Piece], above: Iterable[int], least: int
) -> bool:
    """Every one of them has text under it, and not only a line."""
    stops = sorted({*(n.place for n in mine), *above, len(pieces)})
    after = dict(pairwise(stops))
    sizes = [sum(len(p.text) for p in pieces[n.place + 1 : after[n.place]]) for n in mine]
    # A higher number may stand with its first lower one under it.
    under = sum(size == 0 for size in sizes)
    own = {n.place for n in mine}
    bare = sum(not size and after[n.place] in own for n, size in zip(mine, sizes, strict=True))
    if bare * 4 > len(sizes):  # they follow each other: a list
        return False
    return under * 4 <= len(sizes) * 3 and sum(sizes) >= least * max(1, len(sizes) - under)
