"""OpenCC's conversion to Traditional script, set right where its phrases reach across words."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.text.words.lattice import FORBIDDEN, read_run
from publisher.text.words.lexicon import AMBIGUOUS, TO_KEY
from publisher.transforms.borders import corrections, costs_more, words_of
from publisher.transforms.changes import Change
from publisher.transforms.opencc import characters_only, convert_text, moved
from publisher.transforms.singles import singles

if TYPE_CHECKING:
    from collections.abc import Sequence

_FROM_SIMPLIFIED: Final = frozenset(["s2tw", "s2twp", "s2hk", "s2hkp", "s2t"])
# Simplified characters whose rarer forms hardly ever stand alone.
_ONE_SIDED: Final = frozenset("了家出同合向当别万与于后里几发个只么并表回")
_LONGEST_PHRASE: Final = 8
_PAIR: Final = 2  # characters: longer regional words are hardly met by accident
_HAN: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")


class Parted(NamedTuple):
    """A place where a phrase of OpenCC's reached across words.

    Attributes:
        line: Index of the text; `place` of the character in it.
        given: What OpenCC alone gives there, the word and what was joined to it.
        made: What the word gives.
    """

    line: int
    place: int
    given: str
    made: str


def convert_wordwise(
    texts: Sequence[str], configs: Sequence[str]
) -> tuple[list[str], list[Parted]]:
    """Texts through OpenCC, and the places where the words of a text overruled its phrases.

    Args:
        texts: Without line feeds.
        configs: OpenCC's configurations, one after the other; words are looked at where the first
            of them goes from Simplified to Traditional script.
    """
    if not texts:
        return [], []
    lines = convert_text("\n".join(texts), configs).split("\n")
    if configs[0] not in _FROM_SIMPLIFIED:
        return lines, []
    plain_configs = characters_only(configs)
    same = list(plain_configs) == list(configs)
    plain = lines if same else convert_text("\n".join(texts), plain_configs).split("\n")
    asked: dict[int, set[int]] = {}
    for line, place in corrections(plain):
        asked.setdefault(line, set()).add(place)
    parted: list[Parted] = []
    for number, text in enumerate(texts):
        places = asked.get(number, set())
        if len(text) == len(plain[number]) and (places or lines[number] != plain[number]):
            lines[number] = _line(
                number, (text, plain[number], lines[number]), places, configs, parted
            )
        lines[number] = _with_singles(text, plain[number], lines[number])
    return lines, parted


def _with_singles(text: str, plain: str, line: str) -> str:
    """A line with words of one character, family names first, in the form that no phrase knows."""
    names = singles(text)
    if not names or len(plain) != len(text):
        return line
    places = sorted(names)
    there = places if len(line) == len(text) else moved(plain, line, places)
    made = list(line)
    for place, at in zip(places, there, strict=True):
        if at < len(made) and made[at] == plain[place]:
            made[at] = names[place]
    return "".join(made)


def _line(
    number: int,
    forms: tuple[str, str, str],
    asked: set[int],
    configs: Sequence[str],
    parted: list[Parted],
) -> str:
    """A line with its runs parted where phrases reach across words.

    Args:
        number: Of the line.
        forms: It in the source, converted by characters, and converted.
        asked: Places that its words ask to be otherwise.
        configs: OpenCC's.
        parted: Takes what was parted.
    """
    text, plain, line = forms
    same = line == plain
    cuts: set[int] = set()
    for run in _HAN.finditer(plain):
        wanted = any(run.start() <= place < run.end() for place in asked)
        if same and not wanted:
            continue
        source = text[run.start() : run.end()]
        edges = reached_over(source, run[0], configs, _LONGEST_PHRASE if wanted else _PAIR)
        if edges and (wanted or _takes_back(source, run[0], edges, configs)):
            cuts |= {run.start() + edge for edge in edges}
    if not cuts:
        return line
    places = [0, *sorted(cuts), len(text)]
    pieces = [text[a:b] for a, b in pairwise(places) if a < b]
    new = "".join(convert_text("\n".join(pieces), configs).split("\n"))
    if new != line:
        place = next(n for n in range(len(line)) if line[: n + 1] != new[: n + 1])
        shown = slice(max(0, place - 2), place + 3)
        parted.append(Parted(number, place, line[shown], new[shown]))
    return new


def _takes_back(text: str, plain: str, edges: Sequence[int], configs: Sequence[str]) -> bool:
    """Whether parting a run takes regional words back, and gives no others."""
    pieces = [text[a:b] for a, b in pairwise((0, *edges, len(text)))]
    whole, *new = convert_text("\n".join([text, *pieces]), configs).split("\n")
    made = "".join(new)
    if len(made) != len(plain):
        return False
    before = sum(a != b for a, b in zip(whole, plain, strict=False)) + abs(len(whole) - len(plain))
    return sum(a != b for a, b in zip(made, plain, strict=True)) < before


def looked_over(
    texts: Sequence[str],
    configs: Sequence[str],
    back: Sequence[str] = (),
    *,
    doubts: bool,
) -> tuple[list[str], list[tuple[int, Change]]]:
    """`convert_wordwise`, with what a reader should look over: index of the text, and a change.

    These are places where the words overruled OpenCC (``parted``), and, with `doubts`, characters
    with several forms where no word decides (``ambiguous``; two seconds for a million characters)
    and those that the way `back` makes others of (``one-way``).
    """
    lines, parted = convert_wordwise(texts, configs)
    found = [
        (p.line, Change("parted", p.given, p.made, context=_around(texts[p.line], p.place)))
        for p in parted
    ]
    if doubts and configs[0] in _FROM_SIMPLIFIED:
        found += _ambiguous(texts, lines)
    if doubts and back:
        found += _one_way(texts, convert_wordwise(lines, back)[0])
    return lines, sorted(found, key=lambda each: each[0])


def _ambiguous(texts: Sequence[str], lines: Sequence[str]) -> list[tuple[int, Change]]:
    """Characters of lines of the same length as their texts that no word of several decides."""
    found: list[tuple[int, Change]] = []
    for number, (text, line) in enumerate(zip(texts, lines, strict=True)):
        if len(text) != len(line):
            continue
        for run in _HAN.finditer(line):
            key = run[0].translate(TO_KEY)
            if AMBIGUOUS.isdisjoint(key):
                continue
            for start, word in read_run(run[0], lambda _: FORBIDDEN).words:
                if len(word) == 1 and key[start] in AMBIGUOUS and key[start] not in _ONE_SIDED:
                    place = run.start() + start
                    change = Change(
                        "ambiguous",
                        text[place],
                        line[place],
                        context=_around(text, place),
                        sure=False,
                        reason="no word decides",
                    )
                    found.append((number, change))
    return found


def _one_way(texts: Sequence[str], again: Sequence[str]) -> list[tuple[int, Change]]:
    """Places of texts that are others once they are converted there and back."""
    found: list[tuple[int, Change]] = []
    for number, (text, new) in enumerate(zip(texts, again, strict=True)):
        if text == new:
            continue
        for tag, a, b, c, d in SequenceMatcher(None, text, new, autojunk=False).get_opcodes():
            if tag != "equal":
                change = Change(
                    "one-way",
                    text[a:b],
                    new[c:d],
                    context=_around(text, a),
                    sure=False,
                    reason="what comes back is another",
                )
                found.append((number, change))
    return found


def _around(text: str, place: int) -> str:
    return text[max(0, place - 8) : place + 9]


def reached_over(
    text: str, plain: str, configs: Sequence[str], longest: int = _LONGEST_PHRASE
) -> tuple[int, ...]:
    """Borders of words across which a phrase of OpenCC's reaches from the middle of one.

    A phrase is found by what conversion in two parts changes, and its extent by the least that has
    to stay together. One that begins and ends with words is OpenCC's better knowledge.

    Args:
        text: A run of Han in the source.
        plain: The same converted by characters.
        configs: OpenCC's.
        longest: Characters of the longest phrase that is doubted.
    """
    made = convert_text(text, configs)
    best = words_of(plain)
    borders = best.borders[1:-1]
    if not borders:
        return ()
    parts = [part for edge in borders for part in (text[:edge], text[edge:])]
    news = convert_text("\n".join(parts), configs).split("\n")
    moved = [e for e, pair in zip(borders, zip(news[::2], news[1::2], strict=True), strict=True)
             if "".join(pair) != made]  # fmt: skip
    found: list[int] = []
    for edge in moved:
        extent = _extent(text, made, edge, configs, longest)
        if extent is None or (extent[0] in best.borders and extent[1] in best.borders):
            continue
        if costs_more(plain, extent, best.cost):
            found.append(edge)
    return tuple(found)


def _extent(
    text: str, made: str, edge: int, configs: Sequence[str], longest: int
) -> tuple[int, int] | None:
    """The least stretch around a place that is converted on its own as in the whole."""
    for size in range(2, longest + 1):
        windows = [
            (start, start + size)
            for start in range(max(0, edge - size + 1), min(edge - 1, len(text) - size) + 1)
        ]
        parts = [part for a, b in windows for part in (text[:a], text[a:b], text[b:])]
        if not parts:
            continue
        news = convert_text("\n".join(parts), configs).split("\n")
        for number, window in enumerate(windows):
            if "".join(news[3 * number : 3 * number + 3]) == made:
                return window
    return None
