"""Line-break levels as changes to UAX #14: what each strictness allows and forbids.

Three families: those of Chinese (CLREQ, GB/T 15834), of CSS Text (``loose``, ``normal``,
``strict``, for any language), and the profiles' own. ``jlreq`` has rules of its own
(`publisher.layout.jlreq`), ``uax14`` is the untailored algorithm.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from publisher.record import dataclass
from publisher.text.properties import width_class
from publisher.text.uax14 import BAN, opportunities

if TYPE_CHECKING:
    from publisher.layout.profiles import Strictness
    from publisher.text.scripts import ProfileName

SOFT: Final = 30  # penalty of a soft ban, tenths of the unit of line costs


@dataclass(frozen=True, slots=True)
class Level:
    """A line-break level as changes to UAX #14.

    Attributes:
        letters: Spacing class -> break class it gets.
        free: Characters that may start a line.
        small_kana: Small kana and the long mark are like other kana (LB=CJ is ID, not NS).
        loose_widths: A line may start with a PO, and end with a PR, of CJK width (A, F, W) beside
            an ID.
        hyphens: A line may start with ‐ or – after an ID.
        leader: Penalty for a line that starts with a leader, in place of LB22.
        before: Spacing class -> penalty for a line that starts with it.
        after: Spacing class -> penalty for a line that ends with it.
    """

    letters: tuple[tuple[str, str], ...] = ()
    free: str = ""
    small_kana: bool = False
    loose_widths: bool = False
    hyphens: bool = False
    leader: int = BAN
    before: tuple[tuple[str, int], ...] = ()
    after: tuple[tuple[str, int], ...] = ()


# Unicode has ～ and ﹑ among the ideographs, and ＃ too: they are a connector, a comma, a prefix.
_OWN: Final = (("T", "N"), ("M", "C"), ("P", "$"))
_NONE: Final = tuple((letter, "I") for letter in "OCSMNEDBLTUIKFA")

_CHINESE: Final[dict[str, Level]] = {
    "none": Level(_NONE, small_kana=True, loose_widths=True, hyphens=True, leader=0),
    "basic": Level(_OWN, small_kana=True, leader=SOFT),
    "gb": Level(_OWN, leader=SOFT, before=(("F", BAN),), after=(("F", BAN),)),
    "gb-strict": Level(_OWN, before=(("F", BAN), ("A", BAN)), after=(("F", BAN),)),
}
_JAPANESE: Final[dict[str, Level]] = {"strict": Level(_OWN)}
_KOREAN: Final[dict[str, Level]] = {"normal": Level(_OWN, before=(("A", SOFT),))}
_BY_PROFILE: Final[dict[ProfileName, dict[str, Level]]] = {
    "hans": _CHINESE,
    "hant": _CHINESE,
    "ja": _JAPANESE,
    "ko": _KOREAN,
}

# CSS Text 3, 5.3: characters that a level frees, in any language or in Chinese and Japanese only.
_WAVES: Final = "〜゠"
_ITERATION: Final = "々〻ゝゞヽヾ"
_LEADERS: Final = "․‥…⋯︙𐫶"  # class IN
_CENTRED: Final = "・：；･‼⁇⁈⁉！？"


@cache
def css_level(strictness: str, *, cjk: bool) -> Level:
    """A level of CSS `line-break`; `cjk` for text in Chinese or Japanese."""
    if strictness == "normal":
        return Level(free=_WAVES if cjk else "", small_kana=True)
    if strictness == "loose":
        free = _ITERATION + _LEADERS + (_WAVES + _CENTRED if cjk else "")
        return Level(free=free, small_kana=True, loose_widths=cjk, hyphens=cjk)
    return Level()


def level_of(profile: ProfileName, strictness: Strictness) -> Level:
    """The level of that name in a profile; the CSS levels exist in all of them."""
    own = _BY_PROFILE[profile].get(strictness)
    if own is not None:
        return own
    if strictness in ("loose", "normal", "strict"):
        return css_level(strictness, cjk=profile != "ko")
    return _CHINESE.get(strictness) or _CHINESE["gb"]


def tailored(spacing: str, letters: str, level: Level) -> str:
    """Break classes of a text after a level's changes.

    Args:
        spacing: Its spacing classes, quotes resolved.
        letters: Its break classes.
        level: The level.
    """
    changes = {"X": "I", "A": "d", "O": "O", "C": "C", **dict(level.letters)}
    made = list(letters)
    for wanted in set(spacing).intersection(changes):
        letter = changes[wanted]
        for at in places(spacing, wanted):
            made[at] = letter
    if "B" in spacing and level.letters != _NONE:
        for match in _DOT.finditer(spacing):
            made[match.start()] = "N"
    changed = "".join(made)
    if level.small_kana:
        changed = changed.replace("j", "I")
    return changed.replace(".", "I") if level.leader == 0 else changed


_DOT: Final = re.compile("(?<=[HKGIC])B")
_IDS: Final = frozenset("IeEPj")


def places(text: str, letter: str) -> list[int]:
    """Where a letter stands."""
    found = []
    at = text.find(letter)
    while at >= 0:
        found.append(at)
        at = text.find(letter, at + 1)
    return found


def found_in(text: str, letters: str, level: Level) -> list[int]:
    """`opportunities` of tailored letters, with the characters that a level frees on one side.

    A freed character may start a line where nothing before it forbids that; what may follow it is
    left as it was, so that numbers, words and prices keep their rules.
    """
    found = opportunities(text, letters)
    starts, ends = _freed(text, letters, level)
    if not starts and not ends:
        return found
    freed = list(letters)
    for at in (*starts, *ends):
        freed[at] = "J"  # CB, which a line may end before and after
    free = opportunities(text, "".join(freed))
    for at in starts:
        found[at] = free[at]
    for at in ends:
        found[at + 1] = free[at + 1]
    return found


def _freed(text: str, letters: str, level: Level) -> tuple[list[int], list[int]]:
    """Places of characters freed to start a line, and of those freed to end one."""
    starts = [at for char in level.free for at in places(text, char) if at]
    ends: list[int] = []
    if level.hyphens:
        starts += [
            at for char in "‐–" for at in places(text, char) if at and letters[at - 1] in _IDS
        ]
    if level.loose_widths:
        for match in re.finditer("[%$]", letters):
            at = match.start()
            if width_class(text[at]) not in "AFW":
                continue
            if match[0] == "%" and at and letters[at - 1] in _IDS:
                starts.append(at)
            elif match[0] == "$" and letters[at + 1 : at + 2] in _IDS:
                ends.append(at)
    return starts, ends
