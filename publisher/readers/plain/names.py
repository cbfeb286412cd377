"""Title and author of a text by the name of its file: ``《书名》作者：某.txt``, ``[某]书名``."""

from __future__ import annotations

import re
from typing import Final

from publisher.record import NamedTuple

_EXTRAS: Final = re.compile(
    r"[\s　]*[（(\[【〔][^（）()\[\]【】〔〕]*?(?:全本|完本|完结|完結|全集|精校|校对|校對|txt|TXT|"
    r"修订|未删|完整|连载|連載|番外|实体|實體|www|https?|下载|下載|epub|전집|완결)"
    r"[^（）()\[\]【】〔〕]*[)）\]】〕]"
)
# What copies of a book are called, and no book.
_INSIDE: Final = r"[^（）()\[\]【】〔〕番]*?"
_COPIED: Final = re.compile(
    rf"[\s　]*[（(\[【〔]{_INSIDE}(?:全本|完本|完结|完結|精校|校对|校對|txt|TXT|未删|www|https?|"
    rf"下载|下載|epub){_INSIDE}[)）\]】〕]$"
)
_COPY: Final = re.compile("全集|全本|完本|完[结結]|精校|校[对對]|未[删刪]|txt|TXT|epub")
_VOLUME: Final = re.compile("番外|外[传傳]|[续續]集|第.{1,4}[部卷册冊集]|[上中下][部卷册冊集]")
_WEAK_AUTHOR: Final = (
    r"(?P<author>(?!.*[版稿终終集章卷篇部節节回话話])"
    r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7a3·]{2,8})"
)
_LABELLED: Final = (
    r"(?P<title>.{1,60}?)[\s_　-]*(?:作者|著者|作家|지은이|저자)[\s_　]*[:：=＝]?[\s_　]*"
    r"(?P<author>\S{1,30})"
)
_LABEL: Final = r"(?:[\[【〔][^\]】〕]{1,20}[\]】〕][\s_　]*)?"
# 鲁迅《呐喊》, but not 重读《呐喊》.
_BEFORE_TITLE: Final = (
    r"(?P<author>(?![重再细細浅淺]?[读讀评評论論析谈談看话話说說解考])[\u3400-\u9fff·]{2,8}?)"
    r"(?:著|作品|的)?[\s_　-]*《(?P<title>[^《》]{1,60})》"
)
_WRITTEN_BY: Final = (
    rf"{_LABEL}(?P<title>.{{1,60}}?)[\s　]*[（(【\[][\s　]*"
    r"(?P<author>[\u3400-\u9fff·]{2,12}?)[\s　]*(?:编著|編著|著|撰)[\s　]*[)）】\]]"
)
_PATTERNS: Final = (
    _BEFORE_TITLE,
    r"《(?P<title>[^《》]{1,60})》[\s_　-]*(?:作者[:：]?)?[\s_　]*(?P<author>[^\s_　《》]{0,30}).*",
    _LABELLED,
    _WRITTEN_BY,
    rf"{_LABEL}(?P<title>(?!第)[^_\s\[【〔-]{{1,60}})[\s　]+-[\s　]+{_WEAK_AUTHOR}",
    r"[\[【〔](?P<author>[^\]】〕]{1,20})[\]】〕][\s_　]*(?P<title>.{1,60})",
    r"(?P<title>[^_]{1,60})[\s　]+[bB][yY][\s　]+(?P<author>\S.{0,30})",
    rf"(?P<title>(?!第)[^_\s-]{{1,60}})(?:_|[\s　]+-[\s　]+|——){_WEAK_AUTHOR}",
)
_SHAPES: Final = tuple(map(re.compile, _PATTERNS))
_PLAIN: Final = re.compile(r"[\w\u3400-\u9fff\u3040-\u30ff\uac00-\ud7a3·•・]+")


class Named(NamedTuple):
    """What a file's name says; empty where it does not."""

    title: str = ""
    author: str = ""


def named(stem: str) -> Named:
    """Title and author in a file's name without its suffix; nothing for a name that is just one."""
    plain = stem.strip()
    for _ in range(3):
        plain = _EXTRAS.sub("", plain).strip()
    for shape in _SHAPES:
        match = shape.fullmatch(plain)
        if match is None:
            continue
        author = match["author"].strip("()（）[]【】 　")
        title = match["title"].strip(" _-　《》")
        if _VOLUME.fullmatch(author):
            title, author = f"{title} {author}", ""
        if _COPY.search(author) or not _PLAIN.fullmatch(author):
            author = ""
        if title and (author or plain.startswith("《")):
            return Named(title, author)
    bare = _COPIED.sub("", stem.strip())
    return Named(bare) if bare != stem.strip() else Named()
