"""Where a line may end: UAX #14 with the tailorings of a line-break level, and what all levels ban.

A level (`publisher.layout.levels`) is made of letters changed before the rules run (a small kana
that may start a line is an ID) and of positions changed after (a leader is rather not put at the
start of a line).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

from publisher.layout import jlreq
from publisher.layout.levels import SOFT, css_level, found_in, level_of, places, tailored
from publisher.layout.profiles import profile_for
from publisher.layout.quotes import resolve_shared_marks
from publisher.record import NamedTuple
from publisher.text.classes import break_classes, spacing_classes
from publisher.text.uax14 import BAN, FORCED, opportunities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.layout.levels import Level
    from publisher.layout.profiles import Profile, Strictness

WordBreak: TypeAlias = Literal["normal", "keep-all", "break-all"]

# Penalties in tenths of the unit of line costs (`publisher.layout.linebreak`).
UNIT: Final = 7  # number and its Han unit
ADDRESS: Final = 4  # inside a URL
HYPHEN: Final = 15

__all__ = [
    "ADDRESS", "ADDRESSES", "BAN", "FORCED", "HYPHEN", "SOFT", "UNIT", "LineBreaks",
    "break_penalties", "line_breaks",
]  # fmt: skip

_UNITS = (
    "年月日号號时時点點分秒元圆圓円块塊角个個人名位次度级級层層页頁章节節回卷本册冊件条條米尺寸"
    "里斤克吨噸公千百万萬亿億岁歲歳周週天届屆期版套台部只隻支株倍折"
)
# Typed between a number and its unit, a space is a thin gap that no line ends at.
_MEASURES = (
    "[kmcdnµ]?m|k?g|mg|[mcd]?[lL]|k?[VWJ]|[kMGT]?Hz|[kMGT]i?B|[kMGT]?bps|k?Pa|k?cal|[kM]?eV|h|min|s|ms"
    "|mm[23]|[kc]?m[23²³]|km/h|m/s|pt|px|dpi|℃|°C|%|‰"
)
_FULL_FIGURE = re.compile("[０-９]")
_UNIT_SPACE = re.compile(f"(?<=[0-9]) (?=(?:{_MEASURES})(?![A-Za-z0-9]))")
_SQUARE_UNIT = re.compile("(?<=[0-9])[㌀-㍗㍱-㏟℃℉]")
_NUMBER_UNIT = re.compile(f"(?<=[0-9０-９])[{_UNITS}]|(?<=[０-９])[０-９]|(?<=第)[0-9０-９]")
_RATE = re.compile("(?<=[0-9]) ?[A-Za-zµμΩ°℃]{1,4}[²³23]?/(?=[A-Za-zµ]{1,3}[²³23]?(?![A-Za-z]))")
# The host is taken whole and looked at from its end: tried at every length it would cost the
# square of a long word's.
_HOST_ENDS = "|".join(f"(?<=\\.[a-z]{{{count}}})" for count in range(2, 7))
ADDRESSES = re.compile(
    rf"(?:https?://|www\.)[!-~]+|(?<![A-Za-z0-9.-])[A-Za-z0-9.-]++(?:{_HOST_ENDS})/[!-~]+"
)
_PLUS_PLUS = re.compile(r"(?<=[A-Za-z])\+\+(?!\+)")
_LONG_MAIL = re.compile("(?<=[A-Za-z0-9._+-]{5})@(?=[A-Za-z0-9-]{3,63}[.][A-Za-z])")
_ADDRESS_POINT = re.compile(r"[/._?&=#-]+(?=[^/._?&=#-])")


class LineBreaks(NamedTuple):
    """Where a line may end: positions, counted in characters before them, ends left out.

    Attributes:
        allowed: A line may end here, at a cost or not.
        soft: Those of them that are rather avoided.
        forbidden: All other positions between two characters.
    """

    allowed: tuple[int, ...]
    soft: tuple[int, ...]
    forbidden: tuple[int, ...]


def line_breaks(
    text: str,
    language: str = "und",
    strictness: str | None = None,
    word_break: WordBreak | None = None,
) -> LineBreaks:
    """Where the lines of a text may end.

    Args:
        text: One paragraph.
        language: BCP 47 tag; what it leaves open is taken from the text.
        strictness: A level: ``none``, ``basic``, ``gb``, ``gb-strict`` (CLREQ), ``loose``,
            ``normal``, ``strict`` (CSS Text, for any language), ``jlreq`` (JLREQ Table 2) or
            ``uax14`` (``uax14-default``), untailored UAX #14. None for the language's own.
        word_break: CSS ``word-break``: ``normal``, ``keep-all``, ``break-all``; None for the
            language's own (hangul words are kept whole, all else is ``normal``).
    """
    name = "uax14" if strictness == "uax14-default" else strictness
    if name is not None and name not in _NAMES:
        raise ValueError(f"{name!r} is no strictness; there are {', '.join(_NAMES)}")
    profile = profile_for(language, cast("Strictness | None", name))
    letters = break_classes(text)
    spacing, chinese_or_japanese = spacing_classes(text), _is_chinese_or_japanese(language)
    if chinese_or_japanese or name not in _CSS:
        spacing, _ = resolve_shared_marks(text, spacing, profile)
    if name in _CSS and not (profile.name == "ko" and name == "normal"):
        level = css_level(name, cjk=chinese_or_japanese)
        found = _by_level(text, spacing, letters, level, word_break or "normal")
    else:
        found = break_penalties(text, profile, quotes=spacing, word_break=word_break)
    inner = range(1, len(text))
    return LineBreaks(
        tuple(at for at in inner if found[at] < BAN),
        tuple(at for at in inner if 0 < found[at] < BAN),
        tuple(at for at in inner if found[at] >= BAN),
    )


_NAMES: Final = (
    "none", "basic", "gb", "gb-strict", "loose", "normal", "strict", "jlreq", "uax14",
)  # fmt: skip
_CSS: Final = ("loose", "normal", "strict")


def _is_chinese_or_japanese(language: str) -> bool:
    return language.casefold().split("-")[0] in (
        "zh", "ja", "cmn", "yue", "lzh", "nan", "hak", "wuu", "gan", "hsn"
    )  # fmt: skip


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
        return jlreq.penalties(text, letters)
    level = level_of(profile.name, strictness)
    how = word_break or ("keep-hangul" if profile.keep_all else "normal")
    return _by_level(text, spacing, letters, level, how)


def _by_level(text: str, spacing: str, letters: str, level: Level, how: str) -> list[int]:
    """Penalties by a level of UAX #14, with the rules that every level has."""
    letters = tailored(spacing, letters, level)
    if how == "break-all":
        letters = letters.translate(_BREAK_ALL)
    found = found_in(text, letters, level)
    _change(found, spacing, level)
    if level.leader == SOFT and "—" in text:
        _keep_connectors(found, text, spacing)
    if "/" in text and ("F", BAN) in level.before:
        for match in _SOLIDUS.finditer(text):
            if spacing[match.start() - 1] in "HKI" and spacing[match.end()] in "HKI":
                found[match.start()] = found[match.end()] = BAN
    if how == "keep-hangul":
        _ban(found, _HANGUL_WORDS, spacing)
        _keep_hangul(found, text, spacing)
    elif how == "keep-all":
        # Iteration marks and small kana are letters too (CSS Text 3, typographic letter units).
        _ban(found, _WORDS, "".join(map(_letter, letters, spacing)))
    _common(found, text, spacing)
    return found


def _keep_hangul(found: list[int], text: str, spacing: str) -> None:
    """A hangul word goes on over its marks: the next line does not begin with ~ or +.

    It rather does not begin with a parenthesis or with the particle after a closing mark, either.
    """
    for unit in _SQUARE_UNIT.finditer(text) if "n" in spacing else ():
        if spacing[unit.end() : unit.end() + 1] == "G":
            found[unit.end()] = BAN
    for match in _HANGUL_MARKS.finditer(spacing):
        at = match.start()
        if found[at] == 0:
            particle = spacing[at] == "G"
            if particle and spacing[at - 1] == "x" and text[at - 1] not in ")]}":
                continue
            opening = spacing[at] in "Ou" or text[at] in "([{"
            of_number = particle and spacing[at - 1] in "rQ"  # 10%를
            found[at] = SOFT if opening or (particle and not of_number) else BAN


_HANGUL_MARKS: Final = re.compile("(?<=G)[xOur]|(?<=[xCvrQ])G")
_BREAK_ALL: Final = str.maketrans("aH0iSj23lvtkos", "IIIIIIIIIIIIII")
_HANGUL_WORDS: Final = re.compile("(?<=G)[Gan]|(?<=[an])G")
_WORDS: Final = re.compile("(?<=[IeEPaH0ij23lvtkos])[IeEPaH0ij23lvtkos]")


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
        for at in places(spacing, letter):
            if at and found[at] >= 0:
                found[at] = max(found[at], value)
    for letter, value in level.after:
        for at in places(spacing, letter):
            if at + 1 < len(spacing) and found[at + 1] >= 0:
                found[at + 1] = max(found[at + 1], value)


_LEADERS = re.compile("L+")
_SOLIDUS = re.compile("(?<=.)/(?=.)")


def _keep_connectors(found: list[int], text: str, spacing: str) -> None:
    """A single dash joins numbers or places in Chinese: it starts no line, or rather not.

    GB/T 15834 has it for 1990—2000 and 北京—上海 and keeps it from line starts.
    """
    for match in _SINGLE_DASH.finditer(text):
        at = match.start()
        if found[at] == 0 and spacing[at - 1] in "HKInrQ" and spacing[at + 1] in "HKIn":
            numbers = _NUMERAL.match(text, at - 1) and _NUMERAL.match(text, at + 1)
            found[at] = BAN if numbers else SOFT


_SINGLE_DASH: Final = re.compile("(?<=[^—―])—(?=[^—―])")
_NUMERAL: Final = re.compile("[0-9０-９〇一二三四五六七八九十百千万年月日时％%]")


def _letter(letter: str, spacing: str) -> str:
    return "a" if spacing in "IK" else letter


def _ban(found: list[int], pattern: re.Pattern[str], classes: str) -> None:
    for match in pattern.finditer(classes):
        if found[match.start()] >= 0:
            found[match.start()] = BAN


def _common(found: list[int], text: str, spacing: str) -> None:
    """What every level forbids or rather avoids: runs of one dash, numbers, addresses."""
    present = set(spacing)
    if "A" in present:
        for match in re.finditer("A(?=A)", spacing):
            found[match.end()] = BAN
    if "n" in present or _FULL_FIGURE.search(text):
        _keep_units(found, text)
    if "a" in present:
        _break_addresses(found, text)
    for match in (
        _PLUS_PLUS.finditer(text) if "++" in text else ()
    ):  # C++ is a word, its signs are no prefix of what comes
        end = match.end()
        found[end - 1] = BAN
        if spacing[end : end + 1] in ("H", "K", "I"):
            found[end] = 0
    if "h" in present:
        for at in places(spacing, "h"):
            if found[at + 1] == 0:
                found[at + 1] = HYPHEN


def _keep_units(found: list[int], text: str) -> None:
    """A number and its unit: never parted, rather not where the unit is a Han character."""
    for match in _UNIT_SPACE.finditer(text):
        found[match.end()] = BAN
    for match in _SQUARE_UNIT.finditer(text):
        found[match.start()] = BAN
    for match in _RATE.finditer(text) if "/" in text else ():  # 80 km/h
        found[match.end()] = BAN
    for match in _NUMBER_UNIT.finditer(text):
        if found[match.start()] == 0:
            found[match.start()] = UNIT


def _break_addresses(found: list[int], text: str) -> None:
    """A URL breaks after its separators and nowhere else, a long mail address rather not at all."""
    for match in _LONG_MAIL.finditer(text) if "@" in text else ():
        found[match.end()] = SOFT
    for match in ADDRESSES.finditer(text):
        start, end = match.span()
        found[start + 1 : end] = [BAN] * (end - start - 1)
        for point in _ADDRESS_POINT.finditer(text, start + 1, end):
            found[point.end()] = ADDRESS


def inside(found: Sequence[int]) -> list[int]:
    """Positions where a line may end, soft bans included, the ends of the text left out."""
    return [at for at in range(1, len(found) - 1) if found[at] < BAN]
