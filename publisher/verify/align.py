"""Which stretches of two streams are the same, in order.

Whole passages are matched first (those that stand once in both are sure), then what is left between
them character by character; a file of a million characters takes a part of a second when it is the
same, and stays bounded when it is another text altogether.
"""

from __future__ import annotations

import bisect
from collections import Counter
from typing import TYPE_CHECKING

from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.verify.model import Reading

_SMALL = 3_000  # characters on each side that are compared one by one
_SURE = 6  # characters of a passage that is looked for in running text
_REACH = 60_000  # how far ahead it is looked for


class Same(NamedTuple):
    """A stretch that is the same in both streams."""

    one: int
    other: int
    length: int


class Alignment:
    """The same stretches of two streams, and what lies between them."""

    def __init__(self, same: list[Same]) -> None:
        self.same = same
        self._starts = [s.one for s in same]

    def to_other(self, at: int) -> int:
        """The place in the other stream of a place in the one; below 0 where there is none."""
        index = bisect.bisect_right(self._starts, at) - 1
        if index < 0:
            return -1
        stretch = self.same[index]
        offset = at - stretch.one
        return stretch.other + offset if offset <= stretch.length else -1

    def char(self, at: int) -> int:
        """The place of the character behind a place; below 0 where it is not in the other."""
        index = bisect.bisect_right(self._starts, at) - 1
        if index < 0:
            return -1
        stretch = self.same[index]
        offset = at - stretch.one
        return stretch.other + offset if offset < stretch.length else -1

    def gaps(self, ends: tuple[int, int], begins: tuple[int, int]) -> Iterator[tuple[int, ...]]:
        """(one start, one end, other start, other end) of each stretch that differs."""
        one, other = begins
        for stretch in (*self.same, Same(*ends, 0)):
            if stretch.one > one or stretch.other > other:
                yield one, stretch.one, other, stretch.other
            one, other = stretch.one + stretch.length, stretch.other + stretch.length

    def at_gap(self, at: int) -> bool:
        """True where something differs right before or after a place of the one stream."""
        index = bisect.bisect_right(self._starts, at) - 1
        if index < 0:
            return True
        stretch = self.same[index]
        inside = 0 < at - stretch.one < stretch.length
        first, last = self.same[0], self.same[-1]
        outer = at in (first.one, last.one + last.length)
        return not inside and not outer


def align(one: Reading, other: Reading, skip: int = 0) -> Alignment:
    """The same stretches of two readings; the first `skip` passages of `other` are left out."""
    found: list[Same] = []
    a = [one.stream[p.start : p.end] for p in one.passages]
    b = [other.stream[p.start : p.end] for p in other.passages]
    a_at = [*(p.start for p in one.passages), len(one.stream)]
    b_at = [*(p.start for p in other.passages), len(other.stream)]
    for a0, a1, b0, b1, same in _passages(a, b, 0, len(a), skip, len(b)):
        if same:
            found.append(Same(a_at[a0], b_at[b0], a_at[a1] - a_at[a0]))
        else:
            place = _Place(a_at[a0], a_at[a1], b_at[b0], b_at[b1])
            given = [(a_at[n], a[n]) for n in range(a0, a1)]
            found += _running(one.stream, other.stream, place, given)
    return Alignment(list(_joined(found)))


def _joined(found: Sequence[Same]) -> Iterator[Same]:
    last: Same | None = None
    for stretch in found:
        if not stretch.length:
            continue
        if last is not None and (last.one + last.length, last.other + last.length) == stretch[:2]:
            last = Same(last.one, last.other, last.length + stretch.length)
            continue
        if last is not None:
            yield last
        last = stretch
    if last is not None:
        yield last


def _passages(
    a: list[str], b: list[str], a0: int, a1: int, b0: int, b1: int
) -> Iterator[tuple[int, int, int, int, bool]]:
    """Ranges of passages that are the same, and ranges between them that are not, in order."""
    work = [(a0, a1, b0, b1, True)]
    while work:
        a0, a1, b0, b1, cut = work.pop()
        if not cut:
            if a0 < a1 or b0 < b1:
                yield a0, a1, b0, b1, False
            continue
        head = a0
        while head < a1 and b0 + head - a0 < b1 and a[head] == b[b0 + head - a0]:
            head += 1
        if head > a0:
            yield a0, head, b0, b0 + head - a0, True
        b0 += head - a0
        a0 = head
        tail = 0
        while a1 - tail > a0 and b1 - tail > b0 and a[a1 - tail - 1] == b[b1 - tail - 1]:
            tail += 1
        if tail:
            # The tail comes last: put it back as a range that its head run will take.
            work.append((a1 - tail, a1, b1 - tail, b1, True))
        a1, b1 = a1 - tail, b1 - tail
        anchors = _anchors(a, b, a0, a1, b0, b1) if a0 < a1 and b0 < b1 else []
        if not anchors:
            work.append((a0, a1, b0, b1, False))
            continue
        pieces, i, j = [], a0, b0
        for x, y in anchors:
            pieces.append((i, x, j, y, True))
            pieces.append((x, x + 1, y, y + 1, True))
            i, j = x + 1, y + 1
        pieces.append((i, a1, j, b1, True))
        work.extend(reversed([p for p in pieces if p[0] < p[1] or p[2] < p[3]]))


def _anchors(
    a: list[str], b: list[str], a0: int, a1: int, b0: int, b1: int
) -> list[tuple[int, int]]:
    """Passages that stand once in both ranges, in the longest order that both keep."""
    many_a, many_b = Counter(a[a0:a1]), Counter(b[b0:b1])
    places = {b[n]: n for n in range(b0, b1) if many_b[b[n]] == 1}
    pairs = [(n, places[a[n]]) for n in range(a0, a1) if many_a[a[n]] == 1 and a[n] in places]
    # Patience: the longest run of rising places.
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, place) in enumerate(pairs):
        pile = bisect.bisect_left(tops, place)
        before.append(ends[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            ends.append(at)
        else:
            tops[pile], ends[pile] = place, at
    found = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


class _Place(NamedTuple):
    """A range of the one text and a range of the other."""

    a0: int
    a1: int
    b0: int
    b1: int


def _running(a: str, b: str, place: _Place, passages: list[tuple[int, str]]) -> list[Same]:
    """Same stretches where passages do not meet: joined, cut, changed or lost."""
    a0, a1, b0, b1 = place
    one, other = a[a0:a1], b[b0:b1]
    if one == other:
        return [Same(a0, b0, a1 - a0)]
    if len(one) <= _SMALL and len(other) <= _SMALL:
        return _characters(one, other, a0, b0)
    found: list[Same] = []
    at, begun = b0, a0
    for start, text in passages:
        if len(text) < _SURE:
            continue
        there = b.find(text, at, min(b1, at + _REACH + len(text)))
        if there < 0:
            continue
        found += _between(a, b, _Place(begun, start, at, there))
        found.append(Same(start, there, len(text)))
        begun, at = start + len(text), there + len(text)
    return found + _between(a, b, _Place(begun, a1, at, b1))


def _between(a: str, b: str, place: _Place) -> list[Same]:
    a0, a1, b0, b1 = place
    one, other = a[a0:a1], b[b0:b1]
    if one == other:
        return [Same(a0, b0, a1 - a0)]
    if not one or not other:
        return []
    if len(one) <= _SMALL and len(other) <= _SMALL:
        return _characters(one, other, a0, b0)
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    return [Same(a0, b0, head), Same(a1 - tail, b1 - tail, tail)]


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        half = (low + high + 1) // 2
        if one[:half] == other[:half]:
            low = half
        else:
            high = half - 1
    return low


def _characters(one: str, other: str, at: int, there: int) -> list[Same]:
    from difflib import SequenceMatcher

    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    found = [Same(at, there, head)]
    middle_one, middle_other = one[head : len(one) - tail], other[head : len(other) - tail]
    if middle_one and middle_other:
        blocks = SequenceMatcher(None, middle_one, middle_other, autojunk=False)
        matched = [b for b in blocks.get_matching_blocks() if b.size]
        # Stray single characters in common are chance, not text that stayed.
        least = 1 if blocks.ratio() > 0.6 else 3
        found += [
            Same(at + head + b.a, there + head + b.b, b.size) for b in matched if b.size >= least
        ]
    found.append(Same(at + len(one) - tail, there + len(other) - tail, tail))
    return found
