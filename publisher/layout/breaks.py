"""Where a line may end: UAX #14 with the tailorings of a profile's line-break level.

A level is made of letters changed before the rules run (a small kana that may start a line is an
ID) and of positions changed after (a leader is rather not put at the start of a line).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from unicodedata import east_asian_width

from publisher.text.classes import break_classes, spacing_classes
from publisher.text.uax14 import BAN, FORCED, opportunities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.layout.profiles import Profile, Strictness
    from publisher.text.scripts import ProfileName

WordBreak: TypeAlias = Literal["normal", "keep-all", "break-all"]

# Penalties in tenths of the unit of line costs (`publisher.layout.linebreak`).
SOFT: Final = 30
UNIT: Final = 7  # number and its Han unit
ADDRESS: Final = 4  # inside a URL
HYPHEN: Final = 15

__all__ = ["ADDRESS", "BAN", "FORCED", "HYPHEN", "SOFT", "UNIT", "break_penalties"]

_UNITS = (
    "年月日号號时時点點分秒元圆圓円块塊角个個人名位次度级級层層页頁章节節回卷本册冊件条條米尺寸"
    "里斤克吨噸公千百万萬亿億岁歲歳周週天届屆期版套台部只隻支株倍折"
)
_NUMBER_UNIT = re.compile(f"(?<=[0-9])[{_UNITS}]")
# The host is taken whole and looked at from its end: tried at every length it would cost the
# square of a long word's.
_HOST_ENDS = "|".join(f"(?<=\\.[a-z]{{{count}}})" for count in range(2, 7))
_ADDRESS = re.compile(
    rf"(?:https?://|www\.)[!-~]+|(?<![A-Za-z0-9.-])[A-Za-z0-9.-]++(?:{_HOST_ENDS})/[!-~]+"
)
_ADDRESS_POINT = re.compile(r"[/._?&=#-]+(?=[^/._?&=#-])")


@dataclass(frozen=True, slots=True)
class Level:
    """A line-break level as changes to UAX #14.

    Attributes:
        letters: Spacing class -> break class it gets.
        loose_widths: PO and PR of CJK width (A, F, W) are like ID (CSS ``loose``).
        hyphens: ‐ and – after a wide character are like ID (CSS ``loose``).
        leader: Penalty for a line that starts with a leader, in place of LB22.
        before: Spacing class -> penalty for a line that starts with it.
        after: Spacing class -> penalty for a line that ends with it.
    """

    letters: tuple[tuple[str, str], ...] = ()
    loose_widths: bool = False
    hyphens: bool = False
    leader: int = BAN
    before: tuple[tuple[str, int], ...] = ()
    after: tuple[tuple[str, int], ...] = ()


_KANA_FREE = ("K", "I")
_WAVES = ("T", "I")
_NO_WAVES = ("T", "N")
_LOOSE = tuple((letter, "I") for letter in "KTINEDLF")
_NONE = tuple((letter, "I") for letter in "OCSMNEDBLTUIKPQFA")

_CHINESE: Final[dict[str, Level]] = {
    "none": Level(_NONE, loose_widths=True, hyphens=True, leader=0),
    "basic": Level((_KANA_FREE, _NO_WAVES), leader=SOFT),
    "gb": Level((_NO_WAVES,), leader=SOFT, before=(("F", BAN),), after=(("F", BAN),)),
    "gb-strict": Level((_NO_WAVES,), before=(("F", BAN), ("A", BAN)), after=(("F", BAN),)),
}
_CSS: Final[dict[str, Level]] = {
    "loose": Level(_LOOSE, loose_widths=True, hyphens=True, leader=0),
    "normal": Level((_KANA_FREE, _WAVES)),
    "strict": Level(),
    "uax14": Level(),
}
_JAPANESE: Final[dict[str, Level]] = {
    "strict": Level((_NO_WAVES,)),
}
_KOREAN: Final[dict[str, Level]] = {
    "normal": Level((_NO_WAVES,), before=(("A", SOFT),)),
}
_BY_PROFILE: Final[dict[ProfileName, dict[str, Level]]] = {
    "hans": _CHINESE,
    "hant": _CHINESE,
    "ja": _JAPANESE,
    "ko": _KOREAN,
}


def level_of(profile: ProfileName, strictness: Strictness) -> Level:
    """The level of that name in a profile; the CSS levels exist in all of them."""
    return _BY_PROFILE[profile].get(strictness) or _CSS.get(strictness) or _CHINESE["gb"]


def break_penalties(
    text: str, profile: Profile, *, quotes: str = "", word_break: WordBreak | None = None
) -> list[int]:
    """For each position 0..len: 0, a penalty, `BAN`, or `FORCED`; the ends are BAN and FORCED.

    Args:
        text: The paragraph; objects stand as U+FFFC.
        profile: Gives the level and whether hangul words are kept whole.
        quotes: Spacing classes of the text with curly quotes resolved (``O``, ``C``, or ``u``
            and ``v`` where they are Latin); made from the text when empty.
        word_break: CSS word-break; None takes the profile's.
    """
    spacing = quotes or spacing_classes(text)
    strictness = profile.strictness
    letters = break_classes(text)
    if strictness == "uax14":
        return opportunities(text, letters)
    if strictness == "jlreq":
        return _jlreq(text, spacing, letters)
    level = level_of(profile.name, strictness)
    how = word_break or ("keep-all" if profile.keep_all else "normal")
    letters = _tailored(text, spacing, letters, level, break_all=how == "break-all")
    found = opportunities(text, letters)
    _change(found, spacing, level)
    if how == "keep-all":
        _keep_words(found, spacing, hangul_only=word_break is None)
    _common(found, text, spacing)
    return found


def _tailored(text: str, spacing: str, letters: str, level: Level, *, break_all: bool) -> str:
    """Break classes after the level's changes."""
    changes = {"X": "I", "A": "d", "O": "O", "C": "C", **dict(level.letters)}
    made = list(letters)
    for wanted in set(spacing).intersection(changes):
        letter = changes[wanted]
        for at in _places(spacing, wanted):
            made[at] = letter
    if level.loose_widths:
        for match in re.finditer("[%$]", letters):
            if east_asian_width(text[match.start()]) in "AFW":
                made[match.start()] = "I"
    if level.hyphens:
        for match in re.finditer("(?<=[HKGICSMNEDLATQP])U", spacing):
            made[match.start()] = "I"
    elif "B" in spacing:
        for match in re.finditer("(?<=[HKGIC])B", spacing):
            made[match.start()] = "N"
    tailored = "".join(made)
    if level.leader == 0:
        tailored = tailored.replace(".", "I")
    return tailored.translate(_BREAK_ALL) if break_all else tailored


_BREAK_ALL: Final = str.maketrans("aH0iSj23", "IIIIIIII")


def _places(text: str, letter: str) -> list[int]:
    found = []
    at = text.find(letter)
    while at >= 0:
        found.append(at)
        at = text.find(letter, at + 1)
    return found


# After these a line may end unless the character behind them says no.
_OPEN_AFTER: Final = frozenset("HKGICSMNEDBLATUFQXW")


def _change(found: list[int], spacing: str, level: Level) -> None:
    """Positions whose penalty the level sets itself."""
    if level.leader < BAN:
        for match in _LEADERS.finditer(spacing):
            at = match.start()
            if at and spacing[at - 1] in _OPEN_AFTER:
                found[at] = level.leader
            # Two ellipses together may be parted in the middle (CLREQ 3.1.3).
            for middle in range(at + 2, match.end(), 2):
                found[middle] = level.leader
            for inner in range(at + 1, match.end(), 2):
                found[inner] = BAN
    for letter, value in level.before:
        for at in _places(spacing, letter):
            if at and found[at] >= 0:
                found[at] = max(found[at], value)
    for letter, value in level.after:
        for at in _places(spacing, letter):
            if at + 1 < len(spacing) and found[at + 1] >= 0:
                found[at + 1] = max(found[at + 1], value)


_LEADERS = re.compile("L+")


@cache
def _words(hangul_only: bool) -> re.Pattern[str]:
    """Positions inside words: between hangul, and hangul and Latin; or between any letters."""
    if hangul_only:
        return re.compile("(?<=G)[Gan]|(?<=[an])G")
    return re.compile("(?<=[HKIGan])[HKIGan]")


def _keep_words(found: list[int], spacing: str, *, hangul_only: bool) -> None:
    for match in _words(hangul_only).finditer(spacing):
        if found[match.start()] >= 0:
            found[match.start()] = BAN


def _common(found: list[int], text: str, spacing: str) -> None:
    """What every level forbids or rather avoids: runs of one dash, numbers, addresses."""
    present = set(spacing)
    if "A" in present:
        for match in re.finditer("A(?=A)", spacing):
            found[match.end()] = BAN
    if "n" in present:
        for match in _NUMBER_UNIT.finditer(text):
            at = match.start()
            if found[at] == 0:
                found[at] = UNIT
    if "a" in present:
        _break_addresses(found, text)
    if "h" in present:
        for at in _places(spacing, "h"):
            if found[at + 1] == 0:
                found[at + 1] = HYPHEN


def _break_addresses(found: list[int], text: str) -> None:
    """A URL breaks after its separators and nowhere else."""
    for match in _ADDRESS.finditer(text):
        start, end = match.span()
        found[start + 1 : end] = [BAN] * (end - start - 1)
        for point in _ADDRESS_POINT.finditer(text, start + 1, end):
            found[point.end()] = ADDRESS


# ------------------------------------------------------------------------------------- jlreq

_JL_NO_START: Final = frozenset("CTUEDBNSMIK")  # cl-02 .. cl-07, cl-09 .. cl-11
_JL_NO_END: Final = frozenset("OPp")  # cl-01; nothing follows cl-12
_JL: Final = frozenset("HGKIOCSMNEDBLATUFPQpW")


def _jlreq(text: str, spacing: str, letters: str) -> list[int]:
    """JLREQ Table 2 between Japanese characters; UAX #14 for the rest."""
    found = opportunities(text, letters)
    for at in range(1, len(text)):
        if found[at] < 0:
            continue
        before, after = spacing[at - 1], spacing[at]
        if before in _JL and after in _JL:
            found[at] = BAN if _jlreq_bans(before, after, text[at - 1 : at + 1]) else 0
        elif before == "a" and after in "PLAOWp":
            found[at] = 0  # a prefix may follow Latin (cl-27, cl-12)
        elif before in "Pp":
            found[at] = BAN
        elif before in _JL and after == "a" and before != "O":
            found[at] = 0
    return found


def _jlreq_bans(before: str, after: str, pair: str) -> bool:
    if before in _JL_NO_END or after in _JL_NO_START:
        return True
    return before in "LA" and pair[0] == pair[1]  # cl-08: the same one twice


def inside(found: Sequence[int]) -> list[int]:
    """Positions where a line may end, soft bans included, the ends of the text left out."""
    return [at for at in range(1, len(found) - 1) if found[at] < BAN]
