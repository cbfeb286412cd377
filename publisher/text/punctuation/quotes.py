"""Quotation marks to the region's own: “ ” ‘ ’ on the mainland, 「 」 『 』 in Taiwan and Japan.

A pair is of the CJK text when a letter of it stands inside or beside it, as in `layout.quotes`;
both halves go together. Where the marks of a paragraph do not nest none of them changes. Marks
that are the region's own already stay, whatever their level.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple, dataclass, field
from publisher.text.punctuation.kept import kept_spans
from publisher.text.punctuation.model import CJK, LETTER, Edit, foreign, view_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.text.punctuation.model import Kind, View
    from publisher.text.scripts import ProfileName

_CLOSING: Final = {"”": "“", "’": "‘", "」": "「", "』": "『"}
_OPENING: Final = frozenset(_CLOSING.values())
_FORMS: Final = {"hans": ("“”", "‘’"), "hant": ("「」", "『』"), "ja": ("「」", "『』")}
_OWN: Final = {"hans": "“‘", "hant": "「『", "ja": "「『"}
_FAR: Final = 2000  # characters of a quotation that are looked at
_DEEP: Final = 50  # open quotations that are looked at
_MARKS: Final = "[\"'“”‘’「」『』]"


class _Pair(NamedTuple):
    """Opening and closing mark; `end` is the text's length where the next paragraph goes on."""

    start: int
    end: int


@dataclass(slots=True)
class _Pairing:
    """Marks paired off, and those that found no partner."""

    pairs: list[_Pair] = field(default_factory=list)
    faults: list[int] = field(default_factory=list)


def quotes(view: View) -> Iterator[Edit]:
    """The marks of every pair of the CJK text that are not the region's own."""
    paired = _paired(view)
    if paired.faults:
        return iter(())
    found: list[Edit] = []
    open_pairs: list[tuple[int, str]] = []  # where enclosing pairs end, and their opening marks
    own, forms = _OWN[view.profile], _FORMS[view.profile]
    for pair in sorted(paired.pairs):
        while open_pairs and open_pairs[-1][0] < pair.start:
            open_pairs.pop()
        mark = view.text[pair.start]
        sure = None if mark in own else _certainty(view, pair)
        if sure is not None:
            outer = open_pairs[-1][1] if open_pairs else ""
            form = forms[outer == forms[0][0]]
            found += _edits(view, pair, form, sure=sure)
            mark = form[0]
        open_pairs.append((pair.end, mark))
    return iter(sorted(found))


def unbalanced_quotes(text: str, profile: ProfileName, following: str = "") -> list[int]:
    """Indices of the quotation marks of a CJK paragraph that have no partner.

    An open quotation that the next paragraph goes on with, its mark repeated, is none.
    """
    if profile == "ko" or not _pattern(_MARKS).search(text):
        return []
    view = view_of(text, profile, kept_spans(text), following)
    return [] if foreign(view.classes) else _paired(view).faults


def _paired(view: View) -> _Pairing:
    text = view.text
    found = _Pairing()
    waiting: list[int] = []
    for match in _pattern(_MARKS).finditer(text):
        at = match.start()
        mark = text[at]
        if not view.free(at, at + 1) or (mark in "'’\"" and _is_no_quote(view, at, waiting)):
            continue
        top = text[waiting[-1]] if waiting else ""
        if mark in _OPENING or (
            mark in "\"'" and not any(text[w] == mark for w in waiting[-_DEEP:])
        ):
            waiting.append(at)
        elif top == _CLOSING.get(mark, mark) and not (
            mark == '"' and _is_turned(text, waiting[-1], at)
        ):
            found.pairs.append(_Pair(waiting.pop(), at))
        else:
            found.faults.append(at)
    if waiting and view.following.lstrip(" \u00a0\u3000").startswith(text[waiting[0]]):
        found.pairs += [_Pair(at, len(text)) for at in waiting]
    else:
        found.faults = sorted(found.faults + waiting)
    return found


def _is_turned(text: str, start: int, end: int) -> bool:
    """Whether straight marks are counted off wrongly: one closes after ： or opens before ，."""
    alone = end - start == 2  # a mark that is spoken of
    before, after = text[end - 1], text[start + 1]
    return not alone and (before in "：:（《" or after in "，。；：！？、,;:!?）》")


def _is_no_quote(view: View, at: int, waiting: list[int]) -> bool:
    """Whether ' ’ " is an apostrophe, a prime or a sign for feet and inches."""
    text, classes = view.text, view.classes
    before, after = classes[at - 1 : at] if at else "", classes[at + 1 : at + 2]
    mark = text[at]
    pending = any(text[w] == _CLOSING.get(mark, mark) for w in waiting[-_DEEP:])
    if mark == '"':
        return before == "n" and not pending
    if before and before in "an" and after and after in "an":
        return True
    if pending:
        return False
    if mark == "’":
        return before in ("a", "n") or after in ("a", "n")
    # A straight one opens where its partner follows round CJK; else it is one of the above.
    partner = _pattern(r"'(?![0-9A-Za-z])").search(text, at + 1, at + _FAR)
    inside = text[at + 1 : partner.start()] if partner else ""
    return before in ("a", "n") or not _pattern(LETTER).search(inside)


def _certainty(view: View, pair: _Pair) -> bool | None:
    """Whether a pair is surely, perhaps or not (None) of the CJK text."""
    text, (start, end) = view.text, pair
    mark = text[start]
    far = min(end, start + _FAR)
    latin = not _pattern(LETTER).search(text, start + 1, far)
    if latin or foreign(view.classes[start + 1 : far]):
        if (
            view.profile != "hans"
            and "s" in view.classes[start - 1 : start] + view.classes[end + 1 : end + 2]
        ):
            return None  # spaced like the words round it
        sides = view.side(start - 1, -1), view.side(end + 1, 1)
        return view.regional if any(side in CJK for side in sides) else None
    if mark in "\"'":
        spaced = text[start + 1 : start + 2].isspace() or text[end - 1 : end].isspace()
        # A single one without double ones beside it may be anything.
        return not spaced and (mark == '"' or '"' in text or "“" in text)
    if view.regional:
        return True
    # Corner brackets are a matter of taste on the mainland, and curly quotes in Japan; where both
    # stand in one paragraph they may be told apart on purpose.
    if view.profile != "hant" or "「" in text or "『" in text:
        return False
    return mark == "“" or "“" in text


def _edits(view: View, pair: _Pair, form: str, *, sure: bool) -> list[Edit]:
    kind: Kind = "straight-quote" if view.text[pair.start] in "\"'" else "quote-form"
    places = [(at, new) for at, new in zip(pair, form, strict=True) if at < len(view.text)]
    return [Edit(at, at + 1, view.text[at], new, kind, sure) for at, new in places]


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
