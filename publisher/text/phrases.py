"""Phrases of a title: where a line of a heading may end without cutting what belongs together.

CSS Text 4 calls this ``word-break: auto-phrase``; JLREQ and CLREQ ask it of headings. Japanese
bunsetsu and Chinese words come from BudouX; Korean and Latin have their spaces.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from publisher.text.scripts import profile_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budoux import Parser

STRONG: Final = 2
EDGE: Final = 1

# Behind these a title takes breath, and words end behind or before those.
_BREATH: Final = re.compile(r"[\s\u3000]+|[、，。：；！？,:;!?—～・·／|]+[）》」』】〉〕）”’]*")
_CLOSES: Final = re.compile(r"[）》」』】〉〕”’]+|…+")
_OPENS: Final = re.compile(r"[（《「『【〈〔“‘]")
_LETTERS: Final = re.compile(r"\w+")
_MODELS: Final = {
    "hans": "load_default_simplified_chinese_parser",
    "hant": "load_default_traditional_chinese_parser",
    "ja": "load_default_japanese_parser",
}


@cache
def _parser(profile: str) -> Parser:
    import budoux

    parser: Parser = getattr(budoux, _MODELS[profile])()
    return parser


def phrase_edges(text: str, lang: str) -> dict[int, int]:
    """Positions of `text` where a phrase ends: `STRONG` at spaces and stops, `EDGE` at words.

    Args:
        text: A title; line-breaking rules are not looked at.
        lang: Its language, BCP 47.

    >>> phrase_edges("第一回　甄士隐梦幻识通灵", "ko")
    {4: 2}
    """
    profile = profile_of(lang)
    found: dict[int, int] = {}
    if profile in _MODELS:
        for run in _LETTERS.finditer(text):  # marks mislead the models
            found.update(dict.fromkeys(_word_ends(run[0], run.start(), profile), EDGE))
    for marks, at_end, strength in (
        (_CLOSES, True, EDGE),
        (_OPENS, False, EDGE),
        (_BREATH, True, STRONG),
    ):
        for match in marks.finditer(text):
            place = match.end() if at_end else match.start()
            if 0 < place < len(text):
                found[place] = strength
    return dict(sorted(found.items()))


# Chinese words of one character that lead what follows them, and those that follow what is before.
_LEADING: Final = frozenset("与與和及在对對是为為从從向于於以将將把被让讓给給用由到同跟因就不")
_FOLLOWING: Final = frozenset("的之了着過过等们們上中下里裡裏内內外前后後间間")


def _word_ends(run: str, start: int, profile: str) -> Iterator[int]:
    """Where the words of a run of letters end, its own ends left out; `start` is its place.

    A Chinese word of one character belongs to a neighbour: the models part what they do not know
    into such.
    """
    at = start
    for word, following in pairwise(_parser(profile).parse(run)):
        at += len(word)
        if profile != "ja" and (
            (len(word) == 1 and word not in _FOLLOWING)
            or (len(following) == 1 and following not in _LEADING)
        ):
            continue
        yield at
