"""Where OpenCC's phrases reach across the borders of words, and what stands there rightly.

OpenCC takes the longest phrase that matches, wherever a word may end: 被发明 becomes 被髮明, by
被发 (with loose hair), and 少数组织 a kind of array. The words of the text, the likeliest by
frequency, tell where that happened.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.text.words.lattice import read_run
from publisher.text.words.lexicon import AMBIGUOUS, TO_CLASS, TO_KEY, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CLEARLY: Final = 3.0  # nats by which the words have to be likelier than OpenCC's reading
_NO_WORD: Final = 99.0
_COMMONER: Final = 1.0  # nats: of a word that the neighbour makes on its other side
_HAN: Final = "[\u3400-\u9fff\U00020000-\U0003ffff]+"


class Words(NamedTuple):
    """The likeliest words of a run: where they begin and end, from 0 to its end, and their cost."""

    borders: tuple[int, ...]
    cost: float


def words_of(run: str) -> Words:
    """The likeliest words of a run of Traditional Han, whichever form its characters have."""
    best = read_run(run, _free)
    return Words((*(start for start, _ in best.words), len(run)), best.cost)


def costs_more(run: str, phrase: tuple[int, int], cost: float) -> bool:
    """Whether a run with a phrase at a place is clearly less likely than its words."""
    start, end = phrase
    parts = (run[:start], run[start:end], run[end:])
    return sum(read_run(part, _free).cost for part in parts if part) - cost >= _CLEARLY


def corrections(lines: Sequence[str]) -> list[tuple[int, int]]:
    """(line, place) of characters for which the words of texts ask otherwise than OpenCC, in order.

    Args:
        lines: Made Traditional by OpenCC, by characters, without regional words; none holds a line
            feed.
    """
    whole = "\n".join(lines)
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    found: list[tuple[int, int]] = []
    seen: set[tuple[int, int]] = set()
    runs: dict[str, tuple[int, ...]] = {}
    pattern = re.compile(_HAN)
    for place in sorted(set(_doubtful(whole))):
        number = bisect_right(starts, place) - 1
        run = next(m for m in pattern.finditer(lines[number]) if m.end() > place - starts[number])
        if (number, run.start()) in seen:
            continue
        seen.add((number, run.start()))
        if run[0] not in runs:
            runs[run[0]] = tuple(_in_run(run[0]))
        found += [(number, run.start() + at) for at in runs[run[0]]]
    return found


def _in_run(run: str) -> Iterator[int]:
    """Places of a run where its words ask for another character."""
    seen = run.translate(TO_CLASS)
    best = read_run(run, _free)
    made = best.text
    for place, char in enumerate(made):
        if char != seen[place]:
            kept = read_run(run, _free, frozenset([place]))
            if kept.cost - best.cost >= _CLEARLY:
                yield place


def _free(_: str) -> float:
    return 0.0


def _doubtful(text: str) -> Iterator[int]:
    """Places of ambiguous characters that make no word with a neighbour where another form does.

    Rarer forms are in doubt as well where they make none at all, and where the neighbour makes a
    commoner word with what stands behind it (展示瞭如何).
    """
    folded = text.translate(TO_CLASS)
    ambiguous, rarer = _forms()
    known: dict[str, bool] = {}
    for match in re.finditer(ambiguous, folded):
        place = match.start()
        first = folded[place - 1 : place + 1] if place else ""
        second = folded[place : place + 2]
        for pair in (first, second):
            unusual = known.get(pair)
            if unusual is None:
                unusual = known[pair] = _is_unusual(pair)
            if unusual:
                yield place
        if match[0] in rarer:
            before, after = _cost(first), _cost(second)
            if before == after == _NO_WORD:
                yield place
            elif after < before:
                if _cost(folded[place + 1 : place + 3]) < after - _COMMONER:
                    yield place
            elif place > 1 and _cost(folded[place - 2 : place]) < before - _COMMONER:
                yield place


@lru_cache(maxsize=1 << 16)
def _is_unusual(pair: str) -> bool:
    """Whether two characters make no word, and would with another form of one."""
    words = lexicon().entries.get(pair.translate(TO_KEY), ())
    return bool(words) and all(word != pair for word, _ in words)


@lru_cache(maxsize=1 << 16)
def _cost(pair: str) -> float:
    """What a word of two characters costs, in nats."""
    words = lexicon().entries.get(pair.translate(TO_KEY), ())
    return next((cost for word, cost in words if word == pair), _NO_WORD)


@cache
def _forms() -> tuple[str, frozenset[str]]:
    """A pattern of all forms of ambiguous characters, and those that are the rarer ones."""
    entries = lexicon().entries
    groups = [sorted(entries.get(key, ()), key=lambda form: form[1]) for key in AMBIGUOUS]
    forms = {word for group in groups for word, _ in group}
    rarer = {word for group in groups for word, _ in group[1:]}
    return f"[{''.join(sorted(forms))}]", frozenset(rarer)
