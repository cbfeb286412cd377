"""Lines over an article that say again what its metadata says: date, names, source, counters."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from publisher.readers.html.furniture import line_kind
from publisher.text.dates import iso_date
from publisher.tree.nodes import Figure, Heading, Link, ListBlock, Paragraph, Section
from publisher.tree.walk import plain_text, walk_run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.tree.meta import Metadata
    from publisher.tree.nodes import Block, Blocks

_EARLY: Final = 8  # blocks over an article that may be such lines
_LONGEST: Final = 120  # characters of one
_READING: Final = 60  # characters of a paragraph that is the article's own
_LEFT: Final = 2  # characters that may be left of one when all that is known is taken away
_DAY: Final = re.compile(
    r"(?:(?:19|20)\d\d|令和\d{1,2}|平成\d{1,2})\s?[-./年년]\s?\d{1,2}\s?[-./月월]\s?\d{1,2}\s?[日일]?\.?|"
    r"\d{1,2}[-./月월]\s?\d{1,2}\s?[日일]?|\d{1,2}\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"[a-z]*\.?\s\d{4}"
)
_TIME: Final = re.compile(
    r"(?:오전|오후|午前|午後|上午|下午|AM|PM)?\s?\d{1,2}\s?[:：時时시]\s?\d{1,2}\s?(?:[:：分분]\s?\d{0,2}\s?[秒초]?)?"
    r"\s?(?:AM|PM|JST|KST|\(?(?:UTC|GMT)?[+]\d{1,2}(?::\d\d)?\)?)?",
    re.IGNORECASE,
)
# A day with its hour, and what sites add to it: 2018年6月18日 10:01 発信地：カノ.
_DATELINE: Final = re.compile(rf"(?:{_DAY.pattern})[\s　]*(?:{_TIME.pattern})[^。！？]{{0,60}}")
_WEEKDAY: Final = re.compile(
    r"[（(]?(?:星期|週|周)?[一二三四五六日天月火水木金土월화수목금토일](?:曜日?|요일)?[)）]|星期."
)
_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_COUNT: Final = re.compile(
    r"\d[\d,，.]*\s?(?:万|萬|k|K|만|천)?\+?\s?"
    r"(?:次|回|人|件|字|views?|min|分钟|分鐘|分|条|條|명|건|개)?"
)
_WORD_LIST: Final = """
    发布时间 發布時間 发布于 發佈於 發布於 发表于 發表於 发布 發布 發佈 发表 發表 更新时间
    更新時間 更新于 更新於 更新 修改 编辑于 編輯於 首发 首發 原创 原創 转载 轉載 来源 來源 作者
    撰文 撰稿 文字 记者 記者 本报 本報 本网 本網 特约 特約 通讯员 通訊員 报道 报导 報道 報導
    综合 綜合 責任編輯 责任编辑 編輯 编辑 責編 责编 阅读量 阅读数 阅读 閱讀數 閱讀 浏览量 浏览
    瀏覽 点击 點擊 评论 評論 收藏 点赞 點讚 字数 字數 人气 人氣 分类 分類 专栏 專欄 版权 关注
    關注 人赞同了该文章 赞同 时间 時間 日期 最后 最後 最新 于 於 公開日時 公開日 公開 掲載日
    掲載 投稿日 投稿者 投稿 配信 最終更新日 最終更新 更新日 有料記事 会員限定記事 会員限定
    無料記事 無料 限定 著者 執筆 執筆者 ライター 文責 この記事 読了 約 読む のに スキ いいね
    입력 수정 등록 등록일 승인 업데이트 작성일 작성자 작성 발행일 발행 게시일 게시 기자
    선임기자 특파원 글 조회수 조회 댓글 추천 공감 최종수정 최종 지면 면 구독 구독하기 송고
    송고시간 published updated posted last by at on in read time views text written author date
    source 文 글"""
_WORDS: Final = re.compile(
    "|".join(map(re.escape, sorted(_WORD_LIST.split(), key=len, reverse=True))), re.IGNORECASE
)
_END: Final = re.compile(
    r"[\s\W_]*(?:END|the end|完|全文完|（完）|\(完\)|终|終)[\s\W_]*|"
    r".{0,6}点个.{0,3}(?:在看|赞).{0,20}|(?:喜欢|喜歡|觉得).{0,20}(?:转发|分享|点赞|在看).{0,20}",
    re.IGNORECASE,
)
_CLOSING_KINDS: Final = frozenset(["tools", "neighbours", "copyright", "related", "breadcrumb"])
_NOTHING: Final = re.compile(r"[\s\W_]+")


def without_covered(blocks: Blocks, meta: Metadata) -> tuple[Blocks, tuple[str, ...]]:
    """The text of an article without the lines at its head that its metadata covers, and those.

    A line goes when it tells the date or a name, and nothing else but what such lines say.
    """
    dropped: list[str] = []
    kept: list[Block] = []
    blocks, closing = _without_closing(blocks)
    reading = False
    for at, block in enumerate(blocks):
        if at < _EARLY and isinstance(block, Section) and not reading:
            inner, more = without_covered(block.blocks, meta)
            if more:
                dropped += more
                kept.append(replace(block, blocks=inner))
                continue
        said = list(_said(block)) if at < _EARLY and not reading else []
        if said and all(is_covered(line, meta) for line in said):
            dropped += said
        else:
            kept.append(block)
            reading = reading or _is_text(block)
    return (tuple(kept) if dropped else blocks), (*dropped, *closing)


def _without_closing(blocks: Blocks) -> tuple[Blocks, tuple[str, ...]]:
    """The blocks without lines of furniture among the last ones, and those lines."""
    blocks, related = _without_related(blocks)
    if blocks and isinstance(last := blocks[-1], Section):
        inner, lines = _without_closing(last.blocks)
        whole = (*blocks[:-1], replace(last, blocks=inner)) if lines else blocks
        return whole, (*lines, *related)
    closing: list[str] = []
    kept = list(blocks)
    for at in range(len(blocks) - 1, max(len(blocks) - _EARLY, 0), -1):
        block = blocks[at]
        if not isinstance(block, Paragraph) or _is_text(block):
            break
        text = plain_text(block.content).strip()
        if _END.fullmatch(text) or line_kind(text) in _CLOSING_KINDS:
            closing.insert(0, text)
            del kept[at]
    return (tuple(kept) if closing else blocks), (*closing, *related)


def _without_related(blocks: Blocks) -> tuple[Blocks, tuple[str, ...]]:
    """The blocks without what ends them under a heading such as 往期推荐, if it is links only."""
    for at in range(len(blocks) - 1, 0, -1):
        block = blocks[at]
        under = blocks[at + 1 :]
        if isinstance(block, Section):
            named, under = plain_text(block.title), (*block.blocks, *under)
        elif isinstance(block, Paragraph | Heading):
            named = plain_text(block.content)
        else:
            named = ""
        if named and line_kind(named) == "related":
            if not under or not all(map(_is_linked, under)):
                break
            said = (plain_text(each.content) for each in under if isinstance(each, Paragraph))
            return blocks[:at], (named, *said)
        if not _is_linked(block):
            break
    return blocks, ()


def _is_linked(block: Block) -> bool:
    """Whether most of a block's text is links, or furniture; a picture counts as nothing."""
    if isinstance(block, Paragraph):
        said = len(plain_text(block.content))
        links = (n for n in walk_run(block.content) if isinstance(n, Link))
        linked = sum(len(plain_text(n.content)) for n in links)
        return 2 * linked >= said or bool(line_kind(plain_text(block.content)))
    if isinstance(block, ListBlock):
        return all(_is_linked(each) for item in block.items for each in item.blocks)
    return isinstance(block, Figure)


def _is_text(block: Block) -> bool:
    """Whether the article itself has begun: a paragraph of some length, or a sentence."""
    if not isinstance(block, Paragraph):
        return False
    text = plain_text(block.content).rstrip("”」』’ ")
    return len(text) >= _READING or text.endswith(("。", "！", "？", "다.", "요."))


def _said(block: Block) -> Iterator[str]:
    """The lines of a block that may be such lines; nothing for any other block."""
    if isinstance(block, Paragraph):
        text = plain_text(block.content)
        if len(text) <= _LONGEST:
            yield from (line for line in text.split("\n") if line.strip())
    elif isinstance(block, ListBlock):
        items = [each for item in block.items for each in item.blocks]
        if all(isinstance(each, Paragraph) for each in items):
            for each in items:
                yield from _said(each)


def is_covered(line: str, meta: Metadata) -> bool:
    """Whether a line says nothing that the metadata does not say, and something that it says."""
    names = [c.name for c in meta.contributors]
    known = [*names, meta.publisher, plain_text(meta.title), plain_text(meta.subtitle)]
    rest, told = line, False
    for each in sorted(filter(None, known), key=len, reverse=True):
        for form in (each, each.replace(" ", "")):
            if form in rest:
                rest, told = rest.replace(form, " "), True
    days = {iso_date(day) for day in _DAY.findall(rest)}
    if meta.date and meta.date in days:
        told = True
        if _DATELINE.fullmatch(line.strip()):
            return True
    for pattern in (_ADDRESS, _DAY, _TIME, _WEEKDAY):
        rest = pattern.sub(" ", rest)
    for pattern in (_WORDS, _COUNT):
        rest = pattern.sub(" ", rest)
    return told and len(_NOTHING.sub("", rest)) <= _LEFT
