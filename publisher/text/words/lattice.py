"""The likeliest words of a run of Han characters that may have been written with wrong ones.

A text that went through Simplified script has lost which of 發 and 髮 stood there. Every word whose
Simplified form the run may hold is an edge from where it begins to where it ends; the cheapest way
through is the likeliest reading (Viterbi over words, each by its own frequency).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.text.words.lexicon import TO_CLASS, TO_KEY, lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_UNKNOWN: Final = 18.0  # nats: rarer than every word of the list
_OWN: Final = 1.0  # nats: of a word that its user vouches for
FORBIDDEN: Final = 1e6


class Reading(NamedTuple):
    """The likeliest words of a run.

    Attributes:
        words: (start, word in classes) of each, in order.
        cost: Of all, in nats.
    """

    words: tuple[tuple[int, str], ...]
    cost: float

    @property
    def text(self) -> str:
        """The run as read, in classes."""
        return "".join(word for _, word in self.words)


def read_run(
    run: str,
    penalty: Callable[[str], float],
    kept: frozenset[int] = frozenset(),
    own: Mapping[str, str] = MappingProxyType({}),
) -> Reading:
    """The likeliest reading of a run of Han characters.

    Args:
        run: Han characters of one script, as they stand.
        penalty: By Simplified character, what another character than the one that stands there
            costs, in nats.
        kept: Places whose character is right as it stands.
        own: By Simplified form, words in classes that are read wherever they may stand.
    """
    entries, longest = lexicon()
    key = run.translate(TO_KEY)
    seen = run.translate(TO_CLASS)
    size = len(run)
    best = [FORBIDDEN * FORBIDDEN] * (size + 1)
    best[0] = 0.0
    back: list[tuple[int, str]] = [(0, "")] * (size + 1)
    reach = max(map(len, own), default=1)
    for start in range(size):
        so_far = best[start]
        unknown = so_far + _UNKNOWN
        if unknown < best[start + 1]:
            best[start + 1] = unknown
            back[start + 1] = (start, seen[start])
        last = min(size, start + max(longest.get(key[start], 1), reach))
        for stop in range(start + 1, last + 1):
            part = key[start:stop]
            found = entries.get(part, ())
            if part in own:
                found = ((own[part], _OWN),)
            for word, usual in found:
                cost = so_far + usual
                if word != seen[start:stop]:
                    cost += _changed(word, seen[start:stop], part, penalty, kept, start)
                if cost < best[stop]:
                    best[stop] = cost
                    back[stop] = (start, word)
    words: list[tuple[int, str]] = []
    stop = size
    while stop:
        start, word = back[stop]
        words.append((start, word))
        stop = start
    return Reading(tuple(reversed(words)), best[size])


def _changed(
    word: str,
    seen: str,
    key: str,
    penalty: Callable[[str], float],
    kept: frozenset[int],
    start: int,
) -> float:
    """What the characters cost in which a word differs from the text."""
    cost = 0.0
    for place, (new, old) in enumerate(zip(word, seen, strict=True), start):
        if new != old:
            cost += FORBIDDEN if place in kept else penalty(key[place - start])
    return cost
