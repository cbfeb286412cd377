"""UAX #14 (Unicode 17): where the untailored algorithm allows a line to end.

Works on strings of break classes (`publisher.text.classes`), so that tailorings are made by
changing letters before and positions after. Most rules look at two neighbours and become one
dictionary look-up a character; the few that look further are regular expressions, run only when
their first letter is in the text at all.
"""

from __future__ import annotations

import re
from functools import cache
from operator import add
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.text.properties import width_class

if TYPE_CHECKING:
    from collections.abc import Iterator

BAN: Final = 255
FORCED: Final = -1

_HARD = "KRL"  # BK, NL; CR; LF
_WIDE = frozenset("FWH")

# Letters that a pair rule bans before or after, whatever stands on the other side; by rule.
_BAN_BEFORE: Final = frozenset(" zw" + "C)!/" + "," + "Q>")  # LB7, 11, 13, 15d, 19
_BAN_AFTER: Final = frozenset("wG" + "(O" + "Q<")  # LB11, 12, 14, 19
_BAN_BEFORE_21: Final = frozenset("Bh-N.")  # LB21, 22
_AL: Final = "aHoy"  # y: unassigned pictographs outside of ID
_ID: Final = "IeEP"
_HANGUL: Final = "lvt23"
_AKSARA: Final = "kos"

# (first letters, second letters) of rules that simply join two classes.
_JOINS: Final = tuple(
    (frozenset(first), frozenset(second))
    for first, second in (
        ("/", "H"),  # LB21b
        (_AL, "0"),
        ("0", _AL),  # LB23
        ("$", _ID),
        (_ID, "%"),  # LB23a
        ("$%", _AL),
        (_AL, "$%"),  # LB24
        ("$%-,", "0"),
        ("0", "0%$/,"),  # LB25
        ("l", "lv23"),
        ("v2", "vt"),
        ("t3", "t"),  # LB26
        (_HANGUL, "%"),
        ("$", _HANGUL),  # LB27
        (_AL, _AL),  # LB28
        ("q", _AKSARA),
        (_AKSARA, "fu"),  # LB28a
        (",", _AL),  # LB29
        (_AL + "0", "("),
        (")", _AL + "0"),  # LB30
        ("ePy", "E"),  # LB30b
    )
)


def _pair_bans(before: str, after: str) -> bool:
    """Whether a rule that looks at two neighbours forbids a break between them."""
    if before in _HARD:
        return before == "R" and after == "L"
    if after in _HARD or after in _BAN_BEFORE:
        # A lone QU beside a space: LB18 comes before LB19.
        return not (before == " " and after in "Q>")
    if before in " z":
        return False  # LB8, LB18; rules that look through spaces are contexts
    if before in _BAN_AFTER or (after == "G" and before not in "B-h"):
        return True
    return "J" not in (before, after) and _late_bans(before, after)


def _late_bans(before: str, after: str) -> bool:
    """The rules after LB20."""
    if after in _BAN_BEFORE_21 or before == "b" or (before == "d" and after == "d"):
        return True
    return any(before in first and after in second for first, second in _JOINS)


class _Pairs(dict[str, int]):
    """Two letters -> BAN, FORCED or 0."""

    def __missing__(self, pair: str) -> int:
        before, after = pair[0], pair[1]
        if before in _HARD and pair != "RL":
            value = FORCED
        else:
            value = BAN if _pair_bans(before, after) else 0
        self[pair] = value
        return value


class _Context(NamedTuple):
    """A rule that looks further: bans at `end` of each match, or at its start."""

    needs: str
    pattern: str
    at_end: bool = True


_CONTEXTS: Final = (
    _Context("(O", r"[(O] *(?=[^ ])"),  # LB14
    _Context("<", r"(?<![^KRL(OQ<>G z])< *(?=[^ ])"),  # LB15a
    _Context(">", r">(?=[ GwC)!,/KRLzQ<>]|$)", at_end=False),  # LB15b
    _Context("C)", r"[C)] *(?=N)"),  # LB16
    _Context("d", r"d *(?=d)"),  # LB17
    _Context("-h", r"(?<![^KRL zJG])[-h](?=[aHoy])"),  # LB20a
    _Context("H", r"H[-h](?=[^HJ])"),  # LB21a; LB20 comes before
    _Context("0", r"0[/,]*[C)]?(?=[%$])"),  # LB25
    _Context("0", r"0[/,]*(?=0)"),
    _Context("$%", r"[$%](?=[(O],?0)"),
    _Context("u", r"[kos]u(?=[ko])"),  # LB28a
    _Context("f", r"[kos](?=[kos]f)"),
    _Context("r", r"r(?=r)"),  # LB30a, odd members of a run; see `_flags`
)


@cache
def _patterns() -> tuple[tuple[frozenset[str], re.Pattern[str], bool], ...]:
    return tuple(
        (frozenset(rule.needs), re.compile(rule.pattern), rule.at_end)
        for rule in _CONTEXTS
        if rule.needs != "r"
    )


@cache
def _pairs() -> _Pairs:
    return _Pairs()


@cache
def _marked() -> re.Pattern[str]:
    return re.compile("[^KRL z]?[mZ]+")


def opportunities(text: str, classes: str) -> list[int]:
    """BAN, 0 or FORCED for each position 0..len: the value at `i` is for a break before `text[i]`.

    Args:
        text: Only looked at for the width of the neighbours of quotation marks (LB19a).
        classes: Its break classes with CJ and AI resolved (``j``, ``i`` count as NS and AL).
    """
    classes = classes.replace("j", "N").replace("i", "a")
    if "m" not in classes and "Z" not in classes:
        return _resolved(text, classes)
    return _with_marks(text, classes)


def _with_marks(text: str, classes: str) -> list[int]:
    """LB9, LB10: takes marks out with their bases, and puts the positions back in."""
    kept: list[int] = []
    letters: list[str] = []
    joined: list[int] = []  # positions after a joiner (LB8a)
    for at, letter in enumerate(classes):
        if at and classes[at - 1] == "Z":
            joined.append(at)
        if letter in "mZ":
            if at and classes[at - 1] not in "KRL z":
                continue
            letter = "a"  # noqa: PLW2901 - LB10 changes the class of this very character
        kept.append(at)
        letters.append(letter)
    inner = _resolved("".join(text[at] for at in kept), "".join(letters))
    found = [BAN] * (len(text) + 1)
    for at, value in zip(kept, inner, strict=False):
        found[at] = value
    for at in joined:
        if found[at] == 0:
            found[at] = BAN
    found[-1] = inner[-1]
    return found


def _resolved(text: str, classes: str) -> list[int]:
    size = len(classes)
    found = [BAN, *map(_pairs().__getitem__, map(add, classes, classes[1:])), FORCED]
    if not size:
        return [FORCED]
    present = set(classes)
    for needs, pattern, at_end in _patterns():
        if present.isdisjoint(needs):
            continue
        for match in pattern.finditer(classes):
            at = match.end() if at_end else match.start()
            if 0 < at < size and found[at] == 0:
                found[at] = BAN
    for at in _context_bans(text, classes, present):
        if found[at] == 0:
            found[at] = BAN
    _allow(found, classes, present)
    return found


def _allow(found: list[int], classes: str, present: set[str]) -> None:
    """Rules that allow a break and lead over bans that come after them."""
    if "z" in present:  # LB8
        for match in re.finditer("z *(?=[^ zKRL])", classes):
            found[match.end()] = 0
    if "," in present:  # LB15c
        for match in re.finditer(" (?=,0)", classes):
            if not re.search(r"(?:[(O]|(?<![^KRL(OQ<>G z])<) *$", classes[: match.start()]):
                found[match.end()] = 0


def _context_bans(text: str, classes: str, present: set[str]) -> Iterator[int]:
    """LB19a and LB30a, which look at widths and at parity."""
    if not present.isdisjoint("Q<>"):
        for match in re.finditer("[Q<>]", classes):
            at = match.start()
            before = width_class(text[at - 1]) in _WIDE if at else False
            after = width_class(text[at + 1]) in _WIDE if at + 1 < len(text) else False
            if at and classes[at - 1] not in " zKRL" and not (before and after):
                yield at
            if at + 1 < len(text) and not (before and after):
                yield at + 1
    if "r" in present:
        for match in re.finditer("rr", classes):
            yield match.start() + 1
