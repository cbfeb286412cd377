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
        chars: Character -> break class it gets.
        small_kana: Small kana and the long mark are like other kana (LB=CJ is ID, not NS).
        loose_widths: PO and PR of CJK width (A, F, W) are like ID beside ID.
        hyphens: ‐ and – after a wide character are like ID.
        leaders: Leaders are like ID, even beside one another.
        leader: Penalty for a line that starts with a leader, in place of LB22.
        before: Spacing class -> penalty for a line that starts with it.
        after: Spacing class -> penalty for a line that ends with it.
    """

    letters: tuple[tuple[str, str], ...] = ()
    chars: tuple[tuple[str, str], ...] = ()
    small_kana: bool = False
    loose_widths: bool = False
    hyphens: bool = False
    leaders: bool = False
    leader: int = BAN
    before: tuple[tuple[str, int], ...] = ()
    after: tuple[tuple[str, int], ...] = ()


_NO_WAVES: Final = ("T", "N")
_NONE: Final = tuple((letter, "I") for letter in "OCSMNEDBLTUIKPQFA")

_CHINESE: Final[dict[str, Level]] = {
    "none": Level(_NONE, small_kana=True, loose_widths=True, hyphens=True, leader=0),
    "basic": Level((_NO_WAVES,), small_kana=True, leader=SOFT),
    "gb": Level((_NO_WAVES,), leader=SOFT, before=(("F", BAN),), after=(("F", BAN),)),
    "gb-strict": Level((_NO_WAVES,), before=(("F", BAN), ("A", BAN)), after=(("F", BAN),)),
}
_JAPANESE: Final[dict[str, Level]] = {"strict": Level((_NO_WAVES,))}
_KOREAN: Final[dict[str, Level]] = {"normal": Level((_NO_WAVES,), before=(("A", SOFT),))}
_BY_PROFILE: Final[dict[ProfileName, dict[str, Level]]] = {
    "hans": _CHINESE,
    "hant": _CHINESE,
    "ja": _JAPANESE,
    "ko": _KOREAN,
}

# CSS Text 3, 5.3: characters that a level frees, in any language or in Chinese and Japanese only.
_WAVES: Final = "〜゠"
_ITERATION: Final = "々〻ゝゞヽヾ"
_CENTRED: Final = "・：；･‼⁇⁈⁉！？"


def _free(chars: str) -> tuple[tuple[str, str], ...]:
    return tuple((char, "I") for char in chars)


@cache
def css_level(strictness: str, *, cjk: bool) -> Level:
    """A level of CSS `line-break`; `cjk` for text in Chinese or Japanese."""
    if strictness == "normal":
        return Level(chars=_free(_WAVES if cjk else ""), small_kana=True)
    if strictness == "loose":
        chars = _ITERATION + (_WAVES + _CENTRED if cjk else "")
        return Level(
            chars=_free(chars), small_kana=True, loose_widths=cjk, hyphens=cjk, leaders=True
        )
    return Level()


def level_of(profile: ProfileName, strictness: Strictness) -> Level:
    """The level of that name in a profile; the CSS levels exist in all of them."""
    own = _BY_PROFILE[profile].get(strictness)
    if own is not None:
        return own
    if strictness in ("loose", "normal", "strict"):
        return css_level(strictness, cjk=profile != "ko")
    return _CHINESE.get(strictness) or _CHINESE["gb"]


def tailored(text: str, spacing: str, letters: str, level: Level) -> str:
    """Break classes of a text after a level's changes.

    Args:
        text: The text.
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
    for char, letter in level.chars:
        for at in places(text, char):
            made[at] = letter
    if level.hyphens:
        for match in _AFTER_WIDE["U"].finditer(spacing):
            made[match.start()] = "I"
    elif "B" in spacing:
        for match in _AFTER_WIDE["B"].finditer(spacing):
            made[match.start()] = "N"
    changed = "".join(made)
    if level.small_kana:
        changed = changed.replace("j", "I")
    if level.leader == 0 or level.leaders:
        changed = changed.replace(".", "I")
    return changed


_AFTER_WIDE: Final = {
    "U": re.compile("(?<=[HKGICSMNEDLATQP])U"),
    "B": re.compile("(?<=[HKGIC])B"),
}


def places(text: str, letter: str) -> list[int]:
    """Where a letter stands."""
    found = []
    at = text.find(letter)
    while at >= 0:
        found.append(at)
        at = text.find(letter, at + 1)
    return found


_ID_LIKE: Final = frozenset("IeEP23lvtOC")


def found_in(text: str, letters: str, level: Level) -> list[int]:
    """`opportunities` of tailored letters, with the rule for wide prefixes and suffixes.

    A line may end before a wide suffix and after a wide prefix where an ID stands on the other
    side; numbers and words keep theirs (CSS `loose`).
    """
    found = opportunities(text, letters)
    if not level.loose_widths:
        return found
    wide = [
        match.start()
        for match in re.finditer("[%$]", letters)
        if width_class(text[match.start()]) in "AFW"
    ]
    if not wide:
        return found
    freed = list(letters)
    for at in wide:
        freed[at] = "I"
    free = opportunities(text, "".join(freed))
    for at in wide:
        if at and freed[at - 1] in _ID_LIKE:
            found[at] = free[at]
        if at + 1 < len(letters) and freed[at + 1] in _ID_LIKE:
            found[at + 1] = free[at + 1]
    return found
