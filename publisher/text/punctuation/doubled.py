"""Stops that stand twice, or beside another one."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from publisher.text.punctuation.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.text.punctuation.model import View


def doubled(view: View) -> Iterator[Edit]:
    """Two of a kind become one (！！ and ？？ are legal), of two kinds the one that ends more."""
    for match in _doubled().finditer(view.text):
        marks = match.group()
        same = marks[0] == marks[1]
        # 。。 trails off in chats, 、、 in Japanese novels, ：： is code.
        sure = same and (marks[0] in "，；" or (marks[0] == "、" and view.profile != "ja"))
        yield Edit(*match.span(), marks, marks[1], "doubled-punct", sure)


@cache
def _doubled() -> re.Pattern[str]:
    same = r"(?<!(?P<one>[，、；：。]))(?:，，|、、|；；|：：|。。)(?![，、；：。])"
    return re.compile(rf"{same}|(?<![，、；：。])[，、；：]。(?![，、；：。])")
