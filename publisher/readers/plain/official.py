"""The head of an official document: 公文 as the sites of Chinese authorities show them.

Above the text stands a table of the register (索引号, 发文机关 ...); the title itself is set in
two or three lines, the authority's name and 关于……的通知, over the number (某政发〔2025〕12号).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.readers.plain.paragraphs import Piece

_SPACE: Final = "[\\s\u3000]*"
_OWN: Final = """
    索引号 索引號 信息索引号 发文机关 发文机构 发布机构 发布机关 公开主体 公开方式 公开程序 成文日期
    发文字号"""  # no other list has these
_LABELS: Final = f"""{_OWN}
    主题分类 主題分類 主题词 主題詞 分类 体裁分类 组配分类 公开范围 发文日期 发布日期 生成日期
    公开日期 文号 文件编号 有效性 时效性 效力状态 有效期 废止日期 信息来源 标题 標題 名称
    信息名称 文件名称 内容概述"""
_ROW: Final = re.compile(
    "(" + "|".join(_SPACE.join(label) for label in _LABELS.split()) + f"){_SPACE}[:：]{_SPACE}(.*)"
)
_TITLES: Final = frozenset(["标题", "標題", "名称", "信息名称", "文件名称"])
_ROWS: Final = 3  # and more are a table
_KINDS: Final = (
    "通知|意见|意見|决定|決定|公告|通告|函|批复|批復|报告|報告|请示|方案|办法|辦法|规定|規定|通报|"
    "决议|命令|公报|议案|纪要|规划|细则|条例|说明|解读"
)
_SUBJECT: Final = re.compile(
    f".{{0,40}}(?:关于|關於).{{2,80}}的?(?:{_KINDS})(?:[（(].{{1,12}}[)）])?"
)
_SUBJECT_BEGINS: Final = re.compile("(?:关于|關於|印发|转发|批转)")
_AUTHORITY: Final = re.compile(
    "[\u3400-\u9fff（）()、\\s\u3000]{2,40}(?:政府|委员会|办公室|办公厅|[局厅部院会委办处署行校]|公司|大学|集团)"
)
_NUMBER: Final = re.compile(
    "[\u3400-\u9fff]{2,16}[〔\\[［(（]\\d{4}[〕\\]］)）]\\s*(?:第\\s*)?\\d+\\s*号"
)


class Official(NamedTuple):
    """The head of an official document.

    Attributes:
        title: In one line; empty where there is none.
        title_at: Places of the lines that show it above the text.
        rows: Places of the register's rows.
        date: What the register says of the day.
    """

    title: str = ""
    title_at: frozenset[int] = frozenset()
    rows: frozenset[int] = frozenset()
    date: str = ""


def read_official(head: Sequence[Piece]) -> Official:
    """What the pieces above the text say; nothing where they are not an official document's."""
    rows: dict[int, tuple[str, str]] = {}
    for place, piece in enumerate(head):
        match = _ROW.fullmatch(piece.text.strip()) if len(piece.text) <= 160 else None
        if match:
            rows[place] = (re.sub("[\\s\u3000]", "", match[1]), match[2].strip())
    own = _OWN.split()
    if len(rows) < _ROWS or not any(label in own for label, _ in rows.values()):
        rows = {}
    said = [value for label, value in rows.values() if label in _TITLES and value]
    shown = _shown(head, rows)
    title = said[0] if said else "".join(head[place].text.strip() for place in shown)
    if said and _bare("".join(head[place].text for place in shown)) != _bare(title):
        shown = _like(head, _bare(title))
    days = [value for label, value in rows.values() if label.endswith("日期") and value]
    return Official(title, frozenset(shown), frozenset(rows), days[0] if days else "")


def _shown(head: Sequence[Piece], rows: dict[int, tuple[str, str]]) -> list[int]:
    """Places of a title's lines, 某某局 / 关于……的通知, over a number or a salutation."""
    for place, piece in enumerate(head):
        if place in rows or not _SUBJECT_BEGINS.match(piece.text.strip()):
            continue
        for size in (1, 2, 3):
            lines = [each.text.strip() for each in head[place : place + size]]
            if len(lines) < size or not _SUBJECT.fullmatch("".join(lines)):
                continue
            after = place + size
            following = head[after].text.strip() if after < len(head) else ""
            above = head[place - 1].text.strip() if place else ""
            named = place - 1 not in rows and _AUTHORITY.fullmatch(above) is not None
            if not (named or _NUMBER.fullmatch(following) or following.endswith(("：", ":"))):
                continue
            return [*([place - 1] if named else []), *range(place, after)]
    return []


def _like(head: Sequence[Piece], title: str) -> list[int]:
    """Places of neighbouring lines that make a title together."""
    for start in range(len(head)):
        for stop in range(start + 1, min(start + 4, len(head)) + 1):
            if _bare("".join(each.text for each in head[start:stop])) == title:
                return list(range(start, stop))
    return []


def _bare(text: str) -> str:
    return re.sub("[\\s\u3000]", "", text)
