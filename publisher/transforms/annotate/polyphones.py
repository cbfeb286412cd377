"""Rules for polyphones: which reading the words around a character ask for."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from publisher.record import NamedTuple
from publisher.transforms.annotate.phrases import KEY

_AROUND: Final = 10  # characters that a rule sees on either side
_DOUBLING: Final = "一不"
_TITLES: Final = "(?:先生|小姐|女士|太太|夫人|老师|教授|医生|律师|主任|经理|总|董|局|某|氏|姓)"
# A title behind, or what names a person before; the rules of a family name.
_NAMED: Final = (
    ("(?:姓|名叫|叫|叫做|阿)", ""),
    ("(?:^|[，。、；：！？“「和与跟向对请])", "[一-鿿]{0,2}" + _TITLES),
    ("", "(?:先生|小姐|女士|太太|老师|教授|某)"),
)


class Rule(NamedTuple):
    """A reading and where it is right.

    Attributes:
        reading: In pinyin.
        before: What the text before ends in; `after` what the text behind begins with. None fits.
        long: Whether the word before has two characters or more.
    """

    reading: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    long: bool

    @property
    def usual(self) -> bool:
        """Whether the rule looks at nothing around."""
        return self.before is None and self.after is None


class Rules(NamedTuple):
    """What polyphones.txt or cantonese.txt says.

    Attributes:
        words: Readings by word in Simplified characters; ? where the rules decide.
        characters: Rules by Simplified character, the first that fits decides.
        decided: Readings by Traditional character.
    """

    words: dict[str, tuple[str, ...]]
    characters: dict[str, tuple[Rule, ...]]
    decided: dict[str, str]

    def read(self, text: str, place: int, previous: int) -> tuple[str, bool]:
        """The reading that the text around a character asks for, and whether it is the usual one.

        Args:
            text: In Simplified characters.
            place: Of the character.
            previous: Characters of the word before it; 0 where none touches.

        Returns:
            An empty reading where there is no rule.
        """
        rules = self.characters.get(text[place])
        if rules is None:
            return "", True
        if place > 1 and text[place - 2] == text[place] and text[place - 1] in _DOUBLING:
            place -= 2  # 数一数, 还不还: the verb twice
        before = text[max(0, place - _AROUND) : place]
        after = text[place + 1 : place + 1 + _AROUND]
        for rule in rules:
            if rule.long and previous < 2:
                continue
            if rule.before is not None and rule.before.search(before) is None:
                continue
            if rule.after is None or rule.after.match(after) is not None:
                return rule.reading, rule.usual
        return "", True


class Regional(NamedTuple):
    """What taiwan.txt says: (mainland's, Taiwan's) by character, and words."""

    characters: dict[str, tuple[str, str]]
    words: dict[str, tuple[str, ...]]


def polyphones() -> Rules:
    """The rules of Mandarin."""
    return _rules_of("polyphones.txt")


def cantonese() -> Rules:
    """The rules of Cantonese."""
    return _rules_of("cantonese.txt")


@cache
def _rules_of(name: str) -> Rules:
    """The rules of a file, read once."""
    words: dict[str, tuple[str, ...]] = {}
    found: dict[str, list[Rule]] = {}
    decided: dict[str, str] = {}
    for line in _lines(name):
        if " = " in line:
            word, _, readings = line.partition(" = ")
            words[word.translate(KEY)] = tuple(readings.split())
            continue
        char, reading, *rest = line.split(maxsplit=2)
        if char == "!":
            decided[reading] = rest[0]
        elif char == "@":
            found.setdefault(reading, []).extend(
                _rule(rest[0], before, after) for before, after in _NAMED
            )
        else:
            before, _, after = rest[0].partition("_") if rest else ("", "", "")
            found.setdefault(char.translate(KEY), []).append(
                _rule(reading, before.strip(), after.strip())
            )
    return Rules(words, {char: tuple(rules) for char, rules in found.items()}, decided)


def _rule(reading: str, before: str, after: str) -> Rule:
    long, before = before.startswith("++"), before.removeprefix("++")
    return Rule(
        reading,
        re.compile(f"(?:{before})$") if before or long else None,
        re.compile(after) if after else None,
        long,
    )


@cache
def taiwan() -> Regional:
    """Taiwan's readings, read once."""
    characters: dict[str, tuple[str, str]] = {}
    words: dict[str, tuple[str, ...]] = {}
    for line in _lines("taiwan.txt"):
        if " = " in line:
            word, _, readings = line.partition(" = ")
            words[word] = tuple(readings.split())
        else:
            char, theirs, ours = line.split()
            characters[char] = (theirs, ours)
    return Regional(characters, words)


def _lines(name: str) -> list[str]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
