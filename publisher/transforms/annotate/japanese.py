"""Furigana by the dictionary UniDic: word by word, kanji by kanji where a reading can be parted.

What the dictionary reads formally or by its rarer reading, japanese.txt sets right; numbers with
their counters are `counters`' matter.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, Final

from publisher.record import NamedTuple
from publisher.transforms.annotate.counters import NUMERALS, counted
from publisher.transforms.annotate.kanji import HIRAGANA, KANJI, Parts, is_whole, own_lines, parted
from publisher.transforms.annotate.model import Word, missing

_AROUND: Final = 8  # characters that a rule sees on either side
# Taken for a name: 三本 is hardly Mimoto.
_COUNTED: Final = re.compile("[一二三四五六七八九十百千]+[本匹杯分泊発歩階回個軒足歳冊]")
_LONGEST: Final = 4  # words of the dictionary that one of japanese.txt takes


class Token(NamedTuple):
    """A word of the dictionary in a text: its place, itself, its reading in hiragana."""

    start: int
    text: str
    reading: str
    number: bool
    counter: bool

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


class _Rule(NamedTuple):
    reading: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None


class JapaneseReader:
    """Reads words of Japanese text.

    Raises:
        ConfigError: fugashi or its dictionary is not installed.
    """

    def __init__(self) -> None:
        try:
            import fugashi
            import unidic_lite
        except ImportError as problem:
            raise missing(problem.name or "fugashi", problem) from problem
        self._tagger: Any = fugashi.Tagger(f'-d "{unidic_lite.DICDIR}"')

    def words(self, text: str) -> list[Word]:
        """The words of a text that have kanji."""
        found: list[Word] = []
        tokens = self._tokens(text)
        at = 0
        while at < len(tokens):
            taken, word = _word(text, tokens, at)
            if word is not None and word.parts:
                found.append(word)
            at += taken
        return found

    def _tokens(self, text: str) -> list[Token]:
        found: list[Token] = []
        start = 0
        for each in self._tagger(text) if text.strip() else ():
            surface = str(each.surface)
            at = text.find(surface, start)
            if at < 0:
                continue
            start = at + len(surface)
            feature = each.feature
            kana = str(getattr(feature, "kana", None) or "").replace("*", "")
            number = feature.pos2 == "数詞"
            counter = str(feature.pos3).startswith("助数詞")
            if feature.pos2 == "固有名詞" and _COUNTED.fullmatch(surface):
                found.append(Token(at, surface[:-1], "", number=True, counter=False))
                found.append(Token(start - 1, surface[-1], "", number=False, counter=True))
                continue
            found.append(Token(at, surface, kana.translate(HIRAGANA), number, counter))
        return found


def _word(text: str, tokens: list[Token], at: int) -> tuple[int, Word | None]:
    """(how many tokens it takes, the word that begins with one; None where it has no kanji)."""
    token = tokens[at]
    if not re.search(KANJI, token.text) and not token.number:
        return 1, None
    for count in range(min(_LONGEST, len(tokens) - at), 0, -1):
        end = tokens[at + count - 1].end
        own = _own_reading(text, token.start, end)
        if own:
            word = text[token.start : end]
            return count, Word(token.start, word, furigana(word, own))
    if token.text[0] in NUMERALS or token.number:
        count, parts = counted([(t.text, t.reading, t.counter) for t in tokens[at : at + 12]])
        if count:
            end = tokens[at + count - 1].end
            return count, Word(token.start, text[token.start : end], parts)
    if not token.reading or not re.search(KANJI, token.text):
        return 1, None
    return 1, Word(token.start, token.text, furigana(token.text, token.reading))


@cache
def _rules() -> dict[str, tuple[_Rule, ...]]:
    found: dict[str, list[_Rule]] = {}
    for line in own_lines("="):
        word, reading, *rest = line.split(maxsplit=2)
        before, _, after = rest[0].partition("_") if rest else ("", "", "")
        found.setdefault(word, []).append(
            _Rule(
                reading,
                re.compile(f"(?:{before.strip()})$") if before.strip() else None,
                re.compile(after.strip()) if after.strip() else None,
            )
        )
    return {word: tuple(rules) for word, rules in found.items()}


def _own_reading(text: str, start: int, end: int) -> str:
    """The reading that japanese.txt has for words of a text; empty for none."""
    for rule in _rules().get(text[start:end], ()):
        if rule.before is not None and not rule.before.search(
            text[max(0, start - _AROUND) : start]
        ):
            continue
        if rule.after is None or rule.after.match(text[end : end + _AROUND]):
            return rule.reading
    return ""


@lru_cache(maxsize=20_000)
def furigana(word: str, reading: str) -> Parts:
    """(start, end, reading) of the kanji of a word; nothing where the two do not agree.

    A reading that cannot be parted among neighbouring kanji is that of all of them.

    Args:
        word: As it is written: 取り扱い.
        reading: All of it in kana: トリアツカイ.
    """
    kana = reading.translate(HIRAGANA)
    whole = _by_runs(word, kana)
    if any(end - start > 1 and is_whole(word[start:end], part) for start, end, part in whole):
        return whole
    kanji = "".join(re.findall(KANJI, word))
    return (parted(word, kana, kanji) if kanji else ()) or _in_runs(word, whole)


def _in_runs(word: str, whole: Parts) -> Parts:
    """Runs of kanji, each parted where it can be."""
    found: list[tuple[int, int, str]] = []
    for start, end, reading in whole:
        run = word[start:end]
        pieces = parted(run, reading, run)
        found += [(start + a, start + b, r) for a, b, r in pieces or ((0, end - start, reading),)]
    return tuple(found)


def _by_runs(word: str, kana: str) -> Parts:
    """(start, end, reading) of each run of kanji of a word."""
    pieces = re.split(f"({KANJI})", word)
    pattern = "".join(
        f"({'.+?' if n + 2 < len(pieces) else '.+'})"
        if n % 2
        else re.escape(piece.translate(HIRAGANA))
        for n, piece in enumerate(pieces)
    )
    match = re.fullmatch(pattern, kana)
    if match is None:
        return ()
    found: list[tuple[int, int, str]] = []
    at = 0
    for number, piece in enumerate(pieces):
        if number % 2:
            found.append((at, at + len(piece), match[number // 2 + 1]))
        at += len(piece)
    return tuple(found)
