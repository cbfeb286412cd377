"""Family names that another character shares in Simplified script: 余先生 is no 餘, 范闲 no 範.

No phrase of OpenCC's knows a name that is not famous, and its first choice for the character is the
other one. The words of the text tell: a character that belongs to no word, where a name may stand.
"""

from __future__ import annotations

import re
from typing import Final

from publisher.text.words.lattice import read_run

# By Simplified character the form of the name: those that are a name (or 余, I) where a name may
# stand, as long as they are a word of their own; and those that are one only beside a title.
_ALONE: Final = {"范": "范", "郁": "郁", "余": "余"}
_TITLED: Final = {"于": "于", "涂": "涂", "游": "游", "钟": "鍾", "岳": "岳", "朴": "朴"}
_FORMS: Final = {**_ALONE, **_TITLED}
_HAN: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_MAYBE: Final = re.compile(f"[{''.join(_FORMS)}]")
# What stands before a name, and does not join 余 or 于 (关于, 十余).
_BEFORE: Final = frozenset("和与跟向给被把让请找见是叫说问听位名姓老小阿替陪像称喊") | {
    "认识", "名叫", "叫做", "告诉", "这位", "那位", "一位",
}  # fmt: skip
_BEFORE_ANY: Final = _BEFORE | frozenset("对由从比到在同了着过为非")
# Words with 余 behind a number only (百余家); and what is left over of, where no word says so.
_COUNTED: Final = frozenset(["余家", "余名"])
_LEFT_OVER: Final = re.compile("[票痛货电兵式位料沥渣款值缺德皆各俱悉都军船众部将党贼者]")
_TITLE: Final = re.compile(
    "(?:先生|小姐|女士|太太|夫人|老师|教授|医生|大夫|律师|主任|经理|师傅|老板|同学|同志|书记|局长|"
    "处长|科长|厂长|校长|院长|部长|队长|市长|县长|将军|大人|公子|姑娘|大哥|大爷|大娘|大妈|阿姨|叔叔|"
    "武穆|家军|氏|某(?!种|些|天|日|年|月|个|地|人|处|一|次|类|方|时|所|市|县|省|国|校))(?!而言|来说|来讲)"
)


def surnames(text: str) -> dict[int, str]:
    """By place in a Simplified text, the Traditional form of a character that is a family name."""
    found: dict[int, str] = {}
    if not _MAYBE.search(text):
        return found
    for run in _HAN.finditer(text):
        if not _MAYBE.search(run[0]):
            continue
        before = ""
        for start, word in read_run(run[0], lambda _: 0.0).words:
            here = run[0][start : start + len(word)]
            form = _FORMS.get(here[0])
            if form and (
                _begins_name(here, before, run[0][start + 1 :]) or _is_listed(here, word, form)
            ):
                found[run.start() + start] = form
            before = here
    return found


def _is_listed(here: str, word: str, form: str) -> bool:
    """Whether a word is a whole name that the list has: 余秋雨."""
    return here[0] in _ALONE and len(here) == 3 and word[0] == form


def _begins_name(here: str, before: str, after: str) -> bool:
    """Whether a name begins with a word, by the word before it and the text behind.

    Args:
        here: The word.
        before: The word before, empty at the head of a run.
        after: The text behind the word's first character.
    """
    char = here[0]
    begins = not before or before in _BEFORE
    if before == "姓":
        return True
    if len(here) > 1:
        return here in _COUNTED and begins
    titled = _TITLE.match(after) is not None
    if char in _TITLED:
        return begins and titled
    if titled and (char != "余" or before == "的"):
        return True
    return (begins or before in _BEFORE_ANY) and not (char == "余" and _LEFT_OVER.match(after))
