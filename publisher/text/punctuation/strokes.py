"""Ellipses of six dots and dashes of two ems (GB/T 15834 4.10 and 4.11; JLREQ, cl-08)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from publisher.text.punctuation.model import CJK, Edit
from publisher.text.punctuation.names import parts_a_name, parts_katakana

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.text.punctuation.model import View

# A dash as it should be is among these so that no part of it is taken for another.
_DOTS: Final = r"\.{2,}|。{3,}|…+|⋯+|[・･]{3,}|·{3,}|．{3,}|，{3,}|,{3,}"
_DASHES: Final = r"-{2,}|—+|―+|–{2,}|－{2,}|─{2,}|‐{2,}"
_MANY: Final = 7  # dots that may be a leader
_RULE: Final = 13  # dots that are a line across the page, or to be filled in

# After a number, its unit or an ordinal it joins two of them.
_COUNTED: Final = frozenset(
    "〇零一二三四五六七八九十百千万萬亿億年月日时時点點分秒号號章节節页頁条條回卷集期届屆级級类類岁歲线線"
)
_ROUTE: Final = (
    r"[\u4e00-\u9fff]{1,4}?(?:线|線|段|铁路|鐵路|高铁|高鐵|航线|航線|公路|高速|之间|之間|列车|列車|路线|"
    r"路線|两地|兩地|间|間|方向|走廊|轴心|軸心)"
)

# The first two characters of places that roads and trains lead to.
_PLACE_NAMES: Final = (
    "北京 上海 广州 廣州 深圳 天津 重庆 重慶 南京 武汉 武漢 成都 西安 杭州 苏州 蘇州 香港 "
    "澳门 澳門 台北 臺北 高雄 台中 臺中 東京 东京 大阪 京都 札幌 福岡 首尔 首爾 巴黎 伦敦 "
    "倫敦 纽约 紐約 柏林 罗马 羅馬 莫斯 昆明 沈阳 瀋陽 郑州 鄭州 长沙 長沙 济南 濟南 青岛 "
    "青島 大连 大連 厦门 廈門 福州 兰州 蘭州 拉萨 拉薩 西宁 西寧 贵阳 貴陽 南宁 南寧 太原 "
    "合肥 南昌 哈尔 海口 三亚 三亞 桂林 洛阳 洛陽"
)
_PLACES: Final = frozenset(_PLACE_NAMES.split())


def strokes(view: View) -> Iterator[Edit]:
    """Ellipses and dashes of wrong characters or lengths beside CJK."""
    for match in _strokes().finditer(view.text):
        dots = match.lastgroup == "dots"
        made = _ellipsis(view, match) if dots else _dash(view, match)
        if made is None:
            continue
        after, sure = made
        if after != match.group():
            start, end = match.span()
            yield Edit(start, end, match.group(), after, "ellipsis" if dots else "dash", sure)


def _ellipsis(  # noqa: PLR0911 - a rule each
    view: View, match: re.Match[str]
) -> tuple[str, bool] | None:
    text, (start, end) = view.text, match.span()
    left, right = view.side(start - 1, -1), view.side(end, 1)
    if left not in CJK and right not in CJK:
        return None
    mark, count = text[start], end - start
    if re.match(r"[ \t]*[0-9]+\s*$", text[end : end + 12]):
        return None  # the leader before a page number
    sure = left in CJK and not view.in_foreign_phrase(start)
    if mark in "…⋯":
        if count % 2 == 0:
            return None
        if count > 1:  # three of them: some mean one and a half
            return (mark * 2, False) if count == 3 and view.profile != "ja" else None
        return mark * 2, sure
    if mark in ",，":
        return "……", False
    if count >= _RULE or (mark in "·・･" and view.profile != "ja" and count >= _MANY):
        return None
    if count == 2 and view.classes[start - 1 : start] not in CJK:
        return None
    return "……", sure and 2 < count < _MANY


def _dash(  # noqa: PLR0911 - a rule each
    view: View, match: re.Match[str]
) -> tuple[str, bool] | None:
    text, (start, end) = view.text, match.span()
    left, right = view.side(start - 1, -1), view.side(end, 1)
    mark, count = text[start], end - start
    near = view.classes[start - 1 : start], view.classes[end : end + 1]
    if count > 4 or not (left in CJK or right in CJK):
        return None
    if mark == "-" and ("a" in near or "n" in near or "x" in near):
        return None  # an option, a counter, an arrow
    both = left in CJK and right in CJK
    japanese = view.profile == "ja"
    if mark == "—":
        if count in (2, 4):
            return None
        if count == 3:
            return "——", False
        return ("——", False) if _means_a_pause(view, start, end) else None
    if mark == "―":
        if japanese:  # the usual character there; one alone is half a dash
            whole = count == 1 and _means_a_pause(view, start, end)
            return ("――", False) if whole else None
        if count == 1:
            return ("——", False) if _means_a_pause(view, start, end) else None
        return "——" * (count // 2), both
    if mark == "─":  # box drawing, which houses in Taiwan and Japan do use
        return ("——", False) if view.profile == "hans" and count == 2 else None
    if left == "" and right == "":
        return None
    return "——", both and count <= 3


def _means_a_pause(view: View, start: int, end: int) -> bool:
    """Whether a single dash is half of one, not a connector: 1990—2000, 三月—五月, 北京—上海."""
    text = view.text
    left, right = view.side(start - 1, -1), view.side(end, 1)
    if not (left or right) or any(side and side not in CJK for side in (left, right)):
        return False
    before, after = text[:start], text[end : end + 2]
    counted = before[-1:] in _COUNTED if before else False
    places = before[-2:] in _PLACES or after in _PLACES
    # Two words of one or two characters, with nothing else beside them, are joined by it.
    joined = _joined().search(text[max(0, start - 5) : end + 6]) or _route().match(text, end)
    names = parts_a_name(text, start, end) or parts_katakana(text, start, end)
    return not (counted or places or joined or names)


@cache
def _strokes() -> re.Pattern[str]:
    return re.compile(f"(?P<dots>{_DOTS})|(?P<dash>{_DASHES})")


@cache
def _route() -> re.Pattern[str]:
    return re.compile(_ROUTE)


@cache
def _joined() -> re.Pattern[str]:
    wide = r"[（()）「」《》“”\s，。、；：]"
    return re.compile(rf"(?:^|{wide})[\u4e00-\u9fff]{{1,2}}[—―][\u4e00-\u9fff]{{1,2}}(?={wide}|$)")
