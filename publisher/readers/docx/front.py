"""What stands before the text: title, names, contents, which the outputs make anew."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from publisher.record import dataclass
from publisher.text.dates import iso_date
from publisher.tree.meta import Contributor
from publisher.tree.nodes import Paragraph, Section, TableOfContents, Text
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from publisher.readers.docx.pieces import Piece
    from publisher.tree.meta import Metadata
    from publisher.tree.nodes import Blocks, Inlines

_FRONT: Final = frozenset(["title", "subtitle", "author", "imprint"])
_UNDER_TITLE: Final = 3  # paragraphs
# A name by a common surname; words that begin like one are none. Text until one is looked for:
# `re` takes ten milliseconds to compile it and a line of several.
_NAME: Final = (
    "(?!方案|方法|安排|白皮书|白皮書|章程|高考|金融|时间|時間|程序|文件|任务|任務|毛利)"
    "[王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾萧"
    "蕭肖田董袁潘于蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟熊"
    "秦邱丘江尹薛阎閻段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯温文施牛樊葛邢安齐齊]"
    "[ \u3000]?[々\u3400-\u9fff](?:[ \u3000]?[々\u3400-\u9fff])?(?![\u3400-\u9fff])"
)
_ALONE: Final = f"{_NAME}(?:(?:[、，,]|[ \u3000]{{1,}}){_NAME}){{0,5}}"
_EARLY: Final = 12  # paragraphs; a title further down is one in the text


@dataclass(slots=True)
class Front:
    """What was found: the metadata with the title, and the pieces of the text."""

    meta: Metadata
    pieces: list[Piece]


def own_front(meta: Metadata, pieces: list[Piece]) -> Front:
    """Takes off the title page or title block, and the contents, that our writer made."""
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if piece.kind == "scene" and at + 1 < len(pieces) and pieces[at + 1].kind == "author":
            at += 2
            continue
        if piece.kind not in _FRONT and not isinstance(piece.block, TableOfContents):
            break
        if piece.kind == "title" and piece.content:
            meta = replace(meta, title=piece.content)
        elif piece.kind == "subtitle" and piece.content:
            meta = replace(meta, subtitle=piece.content)
        at += 1
    return Front(meta, _once(pieces[at:]))


def front_matter(meta: Metadata, pieces: list[Piece]) -> Front:
    """Title, subtitle, authors and date that the styles name; a later title is a heading."""
    start = _title_at(pieces)
    if start is None:
        return Front(meta, _after_contents(pieces))
    end = start
    title: list[Inlines] = []
    authors: list[str] = []
    while end < len(pieces):
        piece = pieces[end]
        date = iso_date(plain_text(piece.content)) if piece.kind == "dateline" else ""
        if piece.kind == "title" and end - start == len(title):
            title.append(piece.content)
        elif piece.kind == "subtitle" and piece.content and not meta.subtitle:
            meta = replace(meta, subtitle=piece.content)
        elif piece.kind == "author" and piece.content:
            authors.append(plain_text(piece.content))
        elif date:
            meta = replace(meta, date=meta.date or date)
        else:
            break
        end += 1
    meta = replace(meta, title=_joined(title))
    if authors:
        others = tuple(c for c in meta.contributors if c.role != "author")
        named = tuple(Contributor(name) for name in dict.fromkeys(authors))
        meta = replace(meta, contributors=(*named, *others))
    return Front(meta, _after_contents([*pieces[:start], *pieces[end:]]))


def signed(meta: Metadata, blocks: Blocks) -> tuple[Metadata, Blocks]:
    """Names and day that stand centred under the title, in no style that says what they are."""
    if not meta.title:
        return meta, blocks
    lines: list[str] = []
    for block in blocks[:_UNDER_TITLE]:
        if not isinstance(block, Paragraph) or block.align != "center" or block.attr.id:
            break
        lines.append(plain_text(block.content).strip(" \u3000"))
    if not lines:
        return meta, blocks
    from publisher.readers.plain.fields import byline_author, is_date_line

    days = [at for at, line in enumerate(lines) if is_date_line(line) and iso_date(line)]
    authors: list[str] = []
    at = 0
    for at, line in enumerate(lines):
        if at in days:
            continue
        names = [*byline_author(line)] or _labelled(line)
        if not names and {at - 1, at + 1} & {*days} and re.fullmatch(_ALONE, line):
            names = re.findall(_NAME, line)
        if authors or not names:
            break
        authors += names
    else:
        at = len(lines)
    if not at or (authors and any(c.role == "author" for c in meta.contributors)):
        return meta, blocks
    people = (*map(Contributor, authors), *meta.contributors)
    day = next((iso_date(lines[n]) for n in days if n < at), "")
    return replace(meta, contributors=people, date=meta.date or day), blocks[at:]


def _labelled(line: str) -> list[str]:
    from publisher.readers.plain.fields import parse_fields, split_names

    fields = parse_fields(line)
    if not fields or any(f.kind != "author" for f in fields):
        return []
    return [name for f in fields for name in split_names(f.value)]


def _title_at(pieces: list[Piece]) -> int | None:
    for at, piece in enumerate(pieces[:_EARLY]):
        if piece.kind == "title" and piece.content:
            return at
        if piece.divides:
            return None
    return None


def _joined(lines: list[Inlines]) -> Inlines:
    """A title that was broken by hand, in one."""
    found: Inlines = ()
    for line in lines:
        wide = plain_text(line)[:1] > "\u2e80"
        found = (*found, *(() if wide or not found else (Text(" "),)), *line)
    return found


def _after_contents(pieces: list[Piece]) -> list[Piece]:
    """The pieces without contents that stand before any text; titles in the text as headings."""
    found: list[Piece] = []
    for piece in _once(pieces):
        if isinstance(piece.block, TableOfContents) and not any(p.block for p in found):
            continue
        if piece.kind == "title" and piece.content:
            piece.block = Section(1, piece.content, attr=piece.block.attr) if piece.block else None
            piece.kind = "heading"
        found.append(piece)
    return found


def _once(pieces: list[Piece]) -> list[Piece]:
    """Each table of contents as one mark, though it was many paragraphs."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1].block if found else None
        both = isinstance(piece.block, TableOfContents) and isinstance(last, TableOfContents)
        if not both:
            found.append(piece)
    return found
