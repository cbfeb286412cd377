"""Half-width stops beside Han and kana to full-width ones.

Which side a mark is on is told by the letters on both sides of it, quotes, brackets and spaces
looked through. Numbers, times, ratios, names of files, versions, initials and numbering stay.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from publisher.text.punctuation.model import CJK, LETTER, Edit
from publisher.text.punctuation.names import parts_a_name, parts_katakana

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.text.punctuation.model import View

_WIDE: Final = {",": "，", ".": "。", ";": "；", ":": "：", "!": "！", "?": "？"}
# Marks of half-width kana and their full-width forms.
_KANA_MARKS: Final = {"｡": "。", "､": "、", "｢": "「", "｣": "」", "･": "・"}
_MARKS: Final = "[,.;:!?｡､｢｣･]"
_CLAUSE: Final = 5  # letters that make a clause before a full stop
# What sentences end in, mostly.
_SAID: Final = frozenset("了的吗嗎呢吧啊呀过過着著么麼嘛啦矣也焉たすいねよかだるんせう")
_SHORT: Final = (
    "etc inc co ltd corp vs no nos p pp vol fig figs eq st mr mrs ms dr prof jr sr ed eds al ch "
    "sec approx dept est ave blvd rd gen col sgt capt rev hon ca cf viz feat ft www"
)
_ABBREVIATED: Final = frozenset(_SHORT.split())
# Numbering at the head of a text: 一.总则, 图一.构造.
_NUMBERING: Final = (
    r"\s{0,8}(?:[第图圖表例附题題][一二三四五六七八九十百0-9]*[章节節条條回款项項]?"
    r"|[一二三四五六七八九十百]{1,3}|[甲乙丙丁戊己庚辛壬癸子丑寅卯])$"
)


def stops(view: View) -> Iterator[Edit]:
    """Half-width stops of sentences in Han and kana."""
    text = view.text
    wide = _forms(view)
    for match in _marks().finditer(text):
        at = match.start()
        mark = text[at]
        if mark in _KANA_MARKS:
            if not re.search("[\uff66-\uff9f]", text[max(0, at - 1) : at + 2]):
                yield Edit(at, at + 1, mark, _KANA_MARKS[mark], "halfwidth-punct", True)
            continue
        left, right = view.side(at - 1, -1), view.side(at + 1, 1)
        sure = _RULES[mark](view, at, left, right)
        if sure is not None and not _foreign(view, at, left, right):
            yield Edit(at, at + 1, mark, wide[mark], "halfwidth-punct", sure)


def _forms(view: View) -> dict[str, str]:
    """The full-width forms; Japanese has ， and ． in some houses' texts and 、 and 。 in most."""
    if view.profile != "ja":
        return _WIDE
    count = view.text.count
    comma = "，" if count("，") > count("、") else "、"
    stop = "．" if count("．") > count("。") else "。"
    return {**_WIDE, ",": comma, ".": stop}


def _foreign(view: View, at: int, left: str, right: str) -> bool:
    """Whether the mark is of a phrase in another script that only holds a word of Han."""
    return bool("a" in (left, right) or right == "") and view.in_foreign_phrase(at)


# Each rule says whether the mark at `at` is to be widened: surely, perhaps (False) or not (None).


def _comma(view: View, at: int, left: str, right: str) -> bool | None:
    if left in CJK:
        if right in CJK or not right or not _spaced(view, at) or right == "n":
            return True
        return False if view.classes[at - 1] in CJK else None  # Beijing (北京), Shanghai
    if right in CJK and left:
        return not _spaced(view, at)
    return None


def _colon(view: View, at: int, left: str, right: str) -> bool | None:
    text = view.text
    around = text[at - 1 : at] + text[at + 1 : at + 2]
    if ":" in around or text[at + 1 : at + 3] == "//" or (around.isdigit() and len(around) == 2):
        return None
    if left in CJK:
        return True
    if right in CJK and left and left in "an":
        # One letter or figure before it at the head: who speaks, or a number.
        return not _spaced(view, at) if len(text[:at].strip()) > 3 else None
    return None


def _shout(view: View, at: int, left: str, right: str) -> bool | None:
    text = view.text
    if text[at + 1 : at + 2] == "=" or re.search(r"Yahoo!*$", text[max(0, at - 8) : at]):
        return None
    if left in CJK:
        # A question mark may be what a lost dot became.
        return not (text[at] == "?" and parts_a_name(text, at, at + 1)) or None
    if left and left in "an" and (right in CJK or _ends_a_sentence(view, right)):
        return False
    return None


def _stop(view: View, at: int, left: str, right: str) -> bool | None:  # noqa: PLR0911 - a rule each
    text, classes = view.text, view.classes
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before == "." or not left:
        return None
    if re.match("[0-9A-Za-z_.\uff10-\uff19]", after):
        # Most are parts of names of files and numbers; a word in capitals begins a sentence.
        begins = re.match("[A-Z][a-z]", text[at + 1 : at + 3]) and left in CJK
        return False if begins and _is_clause(text, at) else None
    if left not in CJK:
        return _stop_after_latin(view, at, right)
    if _numbering().match(text, 0, at):
        return None
    if not right or after in " \u00a0\n\"'”’」』)）" or classes[at + 1 : at + 2] in ("u", "O", "X"):
        return True
    if parts_a_name(text, at, at + 1) or parts_katakana(text, at, at + 1):
        return None
    if before in _SAID or classes[at - 1] in "vqcC":
        return True
    if _has_half_width(text):
        return False
    return False if _is_clause(text, at) else None


def _stop_after_latin(view: View, at: int, right: str) -> bool | None:
    """Never certain: an abbreviation looks like the last word of a sentence."""
    text, before = view.text, view.classes[at - 1]
    if right not in CJK and not _ends_a_sentence(view, right):
        return None
    if before == "X" or _price().search(text, max(0, at - 20), at):
        return False
    if before not in "anrvqcC" or (right and before in "nr"):
        return None
    word = re.search(r"[A-Za-z.]*$", text[max(0, at - 12) : at])
    written = word.group().lower() if word else ""
    known = written in _ABBREVIATED or "." in written or len(written) == 1
    return None if known else False


def _is_clause(text: str, at: int) -> bool:
    """Whether letters enough for a clause stand before `at`; fewer may be a name or a title."""
    return len(_letters().findall(text[max(0, at - _CLAUSE) : at])) == _CLAUSE


def _ends_a_sentence(view: View, right: str) -> bool:
    return right == "" and sum(map(view.classes.count, "HKI")) >= 4


def _spaced(view: View, at: int) -> bool:
    return view.classes[at + 1 : at + 2] in ("s", "g")


_RULES: Final = {",": _comma, ";": _comma, ":": _colon, "!": _shout, "?": _shout, ".": _stop}


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(_MARKS)


@lru_cache(maxsize=2)
def _has_half_width(text: str) -> bool:
    """Whether a half-width stop certainly ends a clause somewhere in the text."""
    return _half_width().search(text) is not None


@cache
def _price() -> re.Pattern[str]:
    return re.compile(r"[¥￥$€£][0-9,]+\.[0-9]{2}$")


@cache
def _half_width() -> re.Pattern[str]:
    return re.compile(f"{LETTER}(?:[,;:!?]{LETTER}|\\.(?: |$))")


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(LETTER)


@cache
def _numbering() -> re.Pattern[str]:
    return re.compile(_NUMBERING)
