"""Half-width brackets round Han and kana to full-width ones.

Round Latin, figures and formulas they stay, and so does what closes a number in a list: 1）.
Laws and forms have half-width brackets on purpose, so alone they are no certain fault; beside
half-width stops they are.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from publisher.text.punctuation.model import CJK, LETTER, Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.text.punctuation.model import View

_WIDE: Final = {"(": "（", ")": "）", "[": "［", "]": "］"}
_OPENING: Final = {")": "(", "）": "(", "]": "[", "］": "["}
_FAR: Final = 2000  # characters of a bracket's content that are looked at
# What a face of marks may hold of kana and Han.
_FACE: Final = frozenset("ーノヽツシッ口皿益゜゛ロ")


def brackets(view: View) -> Iterator[Edit]:
    """Half-width brackets in pairs whose content is CJK, and openings that nothing closes."""
    text = view.text
    waiting: list[int] = []
    found: list[Edit] = []
    for match in _marks().finditer(text):
        at = match.start()
        if match.lastgroup == "title":
            found += _titles(view, match)
            continue
        mark = text[at]
        if not view.free(at, at + 1):
            continue
        if mark in "([（［":
            waiting.append(at)
            continue
        opening = _OPENING[mark]
        if waiting and _ascii(text[waiting[-1]]) == opening:
            found += _pair(view, waiting.pop(), at)
    for at in waiting:
        follows = view.classes[at + 1 : at + 2]
        alone = text[at] == "(" and follows in CJK and view.side(at - 1, -1) in {"", *CJK}
        if alone and follows and _is_content(text[at + 1 : at + 2]):
            found.append(_edit(text, at, sure=view.damaged))
    return iter(sorted(found))


def _pair(view: View, start: int, end: int) -> list[Edit]:  # noqa: PLR0911 - a rule each
    text = view.text
    half = [at for at in (start, end) if text[at] in _WIDE]
    if not half:
        return []
    mixed = len(half) == 1
    if not mixed and not _is_content(text[start + 1 : min(end, start + _FAR)]):
        return []
    before, after = text[start - 1 : start] if start else "", text[end + 1 : end + 2]
    if not mixed and view.classes[max(0, start - 2) : start] in ("as", "ns"):
        return []  # Beijing (北京)
    if text[start] == "[":
        # Notes, links and commands have square brackets of their own.
        if before == "]" or (after in "([" and after) or before == "!":
            return []
        return [_edit(text, at, sure=mixed) for at in half]
    if before == "]":
        return []
    if not mixed and view.in_foreign_phrase(start) and view.side(end + 1, 1) not in CJK:
        return []
    tight = view.classes[start - 1 : start] in ("a", "n") if start else False
    return [_edit(text, at, sure=mixed or (view.damaged and not tight)) for at in half]


def _titles(view: View, match: re.Match[str]) -> list[Edit]:
    """<<书名>>, as it was typed where there was no 《."""
    start, end = match.span()
    if not view.free(start, end) or not _is_content(match.group()):
        return []
    return [
        Edit(start, start + 2, "<<", "《", "halfwidth-bracket", False),
        Edit(end - 2, end, ">>", "》", "halfwidth-bracket", False),
    ]


def _edit(text: str, at: int, *, sure: bool) -> Edit:
    return Edit(at, at + 1, text[at], _WIDE[text[at]], "halfwidth-bracket", sure)


def _is_content(text: str) -> bool:
    return any(match.group() not in _FACE for match in _letter().finditer(text))


def _ascii(mark: str) -> str:
    return {"（": "(", "［": "["}.get(mark, mark)


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(r"(?P<title><<[^<>\n]+>>)|[()\[\]（）［］]")


@cache
def _letter() -> re.Pattern[str]:
    return re.compile(LETTER)
