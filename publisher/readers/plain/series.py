"""Headings of an article that are numbered and nothing else: ``一、起``, ``1. 转``, ``三``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.text.numerals import parse_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.readers.plain.paragraphs import Piece

_HAN: Final = "[一二三四五六七八九十]{1,3}"
_SHAPES: Final = (
    re.compile(rf"({_HAN})[、．.][\s　]*\S.*"),
    re.compile(rf"[（(]({_HAN})[)）][\s　]*\S.*"),
    re.compile(r"([0-9０-９]{1,2})[、．.](?![0-9０-９])[\s　]*\S.*"),
    re.compile(r"[（(]([0-9０-９]{1,2})[)）][\s　]*\S.*"),
    re.compile(rf"({_HAN}|[0-9０-９]{{1,2}})[.．、]?"),
)
_SENTENCE: Final = re.compile("[。！？!?；;，,：:…]$|。")
_LONGEST: Final = 30
_ENOUGH: Final = 3
_PROSE: Final = 60  # characters, on the average, under each


class _Numbered(NamedTuple):
    place: int
    shape: int
    number: int


def find_series(pieces: Sequence[Piece]) -> dict[int, int]:
    """The numbered headings among `pieces`: index -> level from 1.

    A shape of number counts when at least three short lines have it, none of them a sentence, which
    count up from one, by one, with prose under each; under a shape that counts already, another may
    begin anew. Lists fail this: their items follow each other.
    """
    numbered = [n for place, piece in enumerate(pieces) if (n := _numbered(place, piece))]
    levels: dict[int, int] = {}
    ranks: list[int] = []
    for shape in sorted({n.shape for n in numbered}, key=lambda s: _first(numbered, s)):
        mine = [n for n in numbered if n.shape == shape]
        if _counts(mine, levels) and _has_prose(mine, pieces):
            ranks.append(shape)
            levels.update({n.place: len(ranks) for n in mine})
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


def _counts(mine: Sequence[_Numbered], above: dict[int, int]) -> bool:
    """They count up from one; under headings of higher rank they may begin anew."""
    if len(mine) < _ENOUGH:
        return False
    before: _Numbered | None = None
    for numbered in mine:
        anew = before is None or any(before.place < p < numbered.place for p in above)
        expected = 1 if before is None else before.number + 1
        if numbered.number != expected and not (anew and numbered.number == 1):
            return False
        before = numbered
    return True


def _has_prose(mine: Sequence[_Numbered], pieces: Sequence[Piece]) -> bool:
    """Every one of them has text under it, and not only a line."""
    ends = [*(n.place for n in mine[1:]), len(pieces)]
    sizes = [
        sum(len(p.text) for p in pieces[n.place + 1 : end])
        for n, end in zip(mine, ends, strict=True)
    ]
    return min(sizes) > 0 and sum(sizes) >= _PROSE * len(sizes)
