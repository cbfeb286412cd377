"""Whether a text was converted from Simplified script character by character.

A machine that knows one Traditional form for each Simplified character leaves a trace that no
writer does: of characters that are one in Simplified script (制 and 製, 只 and 隻) the text has a
single one, also where its words ask for the other. In a text that people wrote, the places that ask
for the rarer form have it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.text.words._forms import TRADITIONAL
from publisher.text.words.lattice import FORBIDDEN, read_run
from publisher.text.words.lexicon import AMBIGUOUS, TO_CLASS, TO_KEY
from publisher.transforms.repair.passages import passages

if TYPE_CHECKING:
    from collections.abc import Iterable

_STRICT: Final = 2.0  # nats that a change costs where nothing is known of the text
_LEAST: Final = 2  # places that ask for another character
_NATS: Final = 16.0  # by which the words ask for other characters, at least
_NATS_OF_ONE: Final = 30.0  # the same where all are one pair of characters
# Characters that writers mix up themselves (回復 回覆): they tell nothing of machines.
_MIXED_UP: Final = frozenset([("復", "覆"), ("覆", "復")])
_RIGHT: Final = 0.15  # right rare forms for each wrong one, at most


class Evidence(NamedTuple):
    """What a text's ambiguous characters say.

    Attributes:
        wrong: Places where the words ask for another character than the one form that the text
            has of it; `pairs` are these, (there, asked for) in classes, with their counts.
        right: Places where the text has a rarer form, as its words ask.
        nats: By how much the words ask for the others, in all.
        uniform: Simplified characters of which the text has one Traditional form only.
        mixed: Those of which it has several.
    """

    wrong: int = 0
    right: int = 0
    nats: float = 0.0
    pairs: tuple[tuple[tuple[str, str], int], ...] = ()
    uniform: frozenset[str] = frozenset()
    mixed: frozenset[str] = frozenset()

    @property
    def damaged(self) -> bool:
        """Whether this is a machine's doing."""
        enough = _NATS if len(self.pairs) > 1 else _NATS_OF_ONE
        return self.wrong >= _LEAST and self.nats >= enough and self.right <= _RIGHT * self.wrong


@cache
def _ambiguous() -> re.Pattern[str]:
    """Characters that are ambiguous, as they stand in a text."""
    forms = {c for c in TRADITIONAL if c.translate(TO_KEY) in AMBIGUOUS}
    return re.compile(f"[{''.join(sorted(forms | AMBIGUOUS))}]")


def runs_in_doubt(texts: Iterable[str]) -> Counter[str]:
    """The runs that hold an ambiguous character, with their counts."""
    search = _ambiguous().search
    return Counter(p.text for text in texts for p in passages(text) if search(p.text))


def detect(text: str) -> Evidence:
    """The evidence of a text; lines are its paragraphs."""
    return weigh(runs_in_doubt([text]))


def weigh(runs: Counter[str]) -> Evidence:
    """The evidence of the runs of a text that hold ambiguous characters."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    asked: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    nats: dict[str, float] = defaultdict(float)
    for run, count in runs.items():
        seen, key = run.translate(TO_CLASS), run.translate(TO_KEY)
        read = read_run(run, lambda _: _STRICT)
        made = read.text
        places = [n for n, char in enumerate(key) if char in AMBIGUOUS]
        for place in places:
            forms[key[place]][seen[place]] += count
        wrong = [n for n in places if made[n] != seen[n] and (seen[n], made[n]) not in _MIXED_UP]
        for place in places:
            asked[key[place]][seen[place], made[place]] += count
        if wrong:
            kept = read_run(run, lambda _: FORBIDDEN)
            gain = (kept.cost - read.cost) / len(wrong) + _STRICT
            for place in wrong:
                nats[key[place]] += gain * count
    uniform = frozenset(key for key, found in forms.items() if len(found) == 1)
    pairs: Counter[tuple[str, str]] = Counter()
    right = 0
    for key, found in asked.items():
        usual = forms[key].most_common(1)[0][0]
        for (there, wanted), count in found.items():
            if (there, wanted) in _MIXED_UP:
                continue
            if there != wanted and key in uniform:
                pairs[there, wanted] += count
            elif there != usual:
                right += count  # a second form stands there, right or wrong: no machine's doing
    return Evidence(
        wrong=sum(pairs.values()),
        right=right,
        nats=sum(amount for key, amount in nats.items() if key in uniform),
        pairs=tuple(sorted(pairs.items())),
        uniform=uniform,
        mixed=frozenset(forms) - uniform,
    )
