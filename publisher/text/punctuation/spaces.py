"""Spaces that stray between Han, kana and full-width marks.

Between Han and Latin a space is a matter of taste and stays. So do columns (two spaces and more,
U+3000), names and headings that a space parts (第一章 总则), Japanese set in words for children,
and the space after ！ and ？ in Japanese (JLREQ 3.1.2).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from publisher.text.punctuation.model import CJK, LETTER, Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.text.punctuation.model import View

_SPACES: Final = "[ \u00a0\u2002-\u200a\u202f]+"
_COLUMN: Final = 3  # spaces that keep two fields apart even after a mark
_LONG: Final = 5  # letters on one side of a space that make it part of a sentence
_NAME: Final = 4
_ROW: Final = 5  # single letters spaced out in a row, which no name or heading has
_PROSE: Final = frozenset("。，！？；．")
# Words that a space sets off from a name or a title.
_HEAD: Final = (
    r"第?[〇零一二三四五六七八九十百千万两0-9]*[章节節回卷部篇条條款項项编編集幕届屆课課讲講场場話话]"
    r"|[图圖表例附][录錄件表图圖]?[一二三四五六七八九十]*|[上中下前后後序][卷篇编編集部章言]"
    r"|[一二三四五六七八九十]{1,3}|[甲乙丙丁]|问|問|答|注|註|按|曰|附|文|图|圖"
    r"|.*(?:记者|記者|通讯员|通訊員|编辑|編輯|作者|译者|譯者|摄影|攝影|摘要|关键词|關鍵詞|关键字|關鍵字)"
)
_TAIL: Final = frozenset("摄攝著译譯编編文图圖绘繪校辑輯作撰")


def spaces(view: View) -> Iterator[Edit]:
    """Spaces that stand between CJK characters for no reason."""
    found = [match for match in _runs().finditer(view.text) if _inside(view, match)]
    if not found:
        return
    between = [match for match in found if _parts_letters(view, match)]
    letters = sum(map(view.classes.count, "HKI"))
    prose = not _PROSE.isdisjoint(view.text)
    in_words = len(between) >= 3 and len(between) * 8 > letters
    for match in found:
        if _parts_letters(view, match):
            sure = _between_letters(view, match, prose=prose, in_words=in_words)
        else:
            sure = _beside_mark(view, match, prose=prose)
        if sure is not None:
            yield Edit(*match.span(), match.group(), "", "stray-space", sure)


def _inside(view: View, match: re.Match[str]) -> bool:
    """Whether it is neither at an edge nor beside what is not CJK."""
    start, end = match.span()
    classes = view.classes
    return bool(start and end < len(classes) and classes[start - 1] != "b" != classes[end])


def _parts_letters(view: View, match: re.Match[str]) -> bool:
    is_letter = _letter().match
    return bool(is_letter(view.text[match.start() - 1]) and is_letter(view.text[match.end()]))


def _between_letters(  # noqa: PLR0911 - a rule each
    view: View, match: re.Match[str], *, prose: bool, in_words: bool
) -> bool | None:
    start, end = match.span()
    text = view.text
    if end - start > 1:
        return None
    row = _row_of_singles(text, start)
    if row >= 3:
        return prose and row >= _ROW
    left, right = _segment(text, start, -1), _segment(text, end, 1)
    whole = start == len(left) and len(text) == end + len(right)
    if not prose:
        # A word spaced out (目 录, 张 三) or a field and its value.
        return False if whole and len(left) == len(right) == 1 else None
    if in_words or _head().fullmatch(left) or (right[:1] in _TAIL and len(right) == 1):
        return None
    after = text[end + len(right) :]
    if len(right) <= _NAME and (not after or (after[0] == " " and after[1:2] in _TAIL)):
        return None  # a name under a text or a picture: 本报记者 李明 摄
    if max(len(left), len(right)) < _LONG:
        return None if min(len(left), len(right)) > 1 else False
    return True


def _row_of_singles(text: str, at: int) -> int:
    """How many single letters, each with a space after it, the space at `at` stands among."""
    for match in _singles().finditer(text, max(0, at - 40), at + 41):
        if match.start() < at < match.end():
            return (len(match.group()) + 1) // 2
    return 0


def _segment(text: str, at: int, step: int) -> str:
    """The letters from `at` on, to the right or the left, at most twelve."""
    piece = text[at : at + 12] if step > 0 else text[max(0, at - 12) : at]
    found = _letters_to(step).search(piece)
    return found.group() if found else ""


def _beside_mark(view: View, match: re.Match[str], *, prose: bool) -> bool | None:  # noqa: PLR0911 - a rule each
    start, end = match.span()
    classes = view.classes
    left, right = classes[start - 1], classes[end]
    if end - start >= _COLUMN or "W" in (left, right):
        return None
    if left in "uv" or right in "uv":
        return _beside_quote(view, start, end, prose=prose)
    if left == "E" and right not in "SMNEC":
        return True if view.profile != "ja" and right != "X" else None
    if left in "SMNO" or right in "SMNEC":
        return True
    if "A" in (left, right) and view.side(start - 1, -1) in CJK and view.side(end, 1) in CJK:
        return True
    if (left == "C" and right in "HK") or (left in "HK" and right == "O"):
        letter = view.text[end if left == "C" else start - 1]
        return False if prose and _letter().match(letter) else None
    return None


def _beside_quote(view: View, start: int, end: int, *, prose: bool) -> bool | None:
    """Curly quotes have the side of what is beside them: inside they have no space at all."""
    classes = view.classes
    left, right = classes[start - 1], classes[end]
    if left == "u":
        return True if right in CJK else None
    if right == "v":
        return True if left in CJK else None
    if left in "SMNE" and right == "u":
        return True if left != "E" or view.profile != "ja" else None
    if left == "v" and right in "SMNEC":
        return True
    if left in CJK or right in CJK:
        inner = view.side(start - 1, -1), view.side(end, 1)
        return False if prose and all(side in CJK for side in inner) else None
    return None


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(_SPACES)


@cache
def _letter() -> re.Pattern[str]:
    return re.compile(LETTER)


@cache
def _singles() -> re.Pattern[str]:
    return re.compile(f"(?<!{LETTER})(?:{LETTER}[ \u00a0])+{LETTER}(?!{LETTER})")


@cache
def _letters_to(step: int) -> re.Pattern[str]:
    return re.compile(f"^{LETTER}+" if step > 0 else f"{LETTER}+$")


@cache
def _head() -> re.Pattern[str]:
    return re.compile(_HEAD)
