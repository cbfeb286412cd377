"""The few words that the EPUB writer adds to a book, in the book's language."""

from __future__ import annotations

import re
from typing import Final

from publisher.record import dataclass

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
# Scripts written from right to left, and the languages that use them when no script is named.
_RTL_SCRIPTS: Final = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "adlm"})
_RTL_LANGUAGES: Final = frozenset({"ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"})


@dataclass(frozen=True, slots=True)
class Words:
    """Labels for navigation and assistive technology.

    Attributes:
        pages: Name of the list of printed pages.
        notes: Name of the group of notes at the end of a file.
        back: Name of the link from a note to its call.
        summary: Accessibility summary of a book in reading order with headings.
        described: Added to the summary when every picture has a description.
        undescribed: Added when some picture has none.
    """

    contents: str
    landmarks: str
    pages: str
    cover: str
    title_page: str
    body: str
    notes: str
    back: str
    untitled: str
    done: str
    undone: str
    summary: str
    described: str
    undescribed: str


_HANS = Words(
    contents="目录",
    landmarks="导览",
    pages="页码",
    cover="封面",
    title_page="书名页",
    body="正文",
    notes="注释",
    back="返回正文",
    untitled="无题",
    done="已完成",
    undone="未完成",
    summary="文字可重排，标题分级，附可导航的目录；注释与正文互有链接。",
    described="图片均有文字说明。",
    undescribed="部分图片没有文字说明。",
)
_HANT = Words(
    contents="目錄",
    landmarks="導覽",
    pages="頁碼",
    cover="封面",
    title_page="書名頁",
    body="正文",
    notes="註釋",
    back="返回正文",
    untitled="無題",
    done="已完成",
    undone="未完成",
    summary="文字可重排，標題分級，附可導覽的目錄；註釋與正文互有連結。",
    described="圖片均有文字說明。",
    undescribed="部分圖片沒有文字說明。",
)
_JA = Words(
    contents="目次",
    landmarks="ランドマーク",
    pages="ページ",
    cover="表紙",
    title_page="扉",
    body="本文",
    notes="注",
    back="本文に戻る",
    untitled="無題",
    done="完了",
    undone="未完了",
    summary="本文はリフロー型で、見出しは階層化され、目次から移動できます。注と本文は相互にリンクしています。",
    described="すべての画像に代替テキストがあります。",
    undescribed="一部の画像に代替テキストがありません。",
)
_KO = Words(
    contents="차례",
    landmarks="둘러보기",
    pages="쪽",
    cover="표지",
    title_page="속표지",
    body="본문",
    notes="주석",
    back="본문으로 돌아가기",
    untitled="제목 없음",
    done="완료",
    undone="미완료",
    summary="글은 화면에 맞추어 다시 흐르며, 제목은 단계가 있고 차례로 이동할 수 있습니다. "
    "주석과 본문은 서로 연결됩니다.",
    described="모든 그림에 대체 텍스트가 있습니다.",
    undescribed="일부 그림에 대체 텍스트가 없습니다.",
)
_EN = Words(
    contents="Contents",
    landmarks="Landmarks",
    pages="Pages",
    cover="Cover",
    title_page="Title page",
    body="Text",
    notes="Notes",
    back="Back to the text",
    untitled="Untitled",
    done="done",
    undone="not done",
    summary="The text reflows, headings are structured, and a table of contents leads to them. "
    "Notes and text are linked both ways.",
    described="All pictures have text alternatives.",
    undescribed="Some pictures have no text alternative.",
)


def words_for(language: str) -> Words:
    """The words for a BCP 47 tag; English for languages that we have none for."""
    parts = language.casefold().split("-")
    if parts[0] == "ja":
        return _JA
    if parts[0] == "ko":
        return _KO
    if parts[0] in ("zh", "yue", "lzh", "cmn", "nan", "hak", "wuu"):
        traditional = {"hant", "tw", "hk", "mo"}.intersection(parts) or parts[0] in ("yue", "nan")
        return _HANT if traditional and "hans" not in parts else _HANS
    return _EN


def is_cjk(language: str) -> bool:
    """True for the languages with full-width punctuation: Chinese, Japanese, Korean."""
    return words_for(language) is not _EN


def clean_tag(language: str) -> str:
    """A well-formed tag as given, or an empty string (EPUBCheck OPF-092 refuses others)."""
    tag = language.strip().replace("_", "-")
    return tag if _TAG.match(tag) else ""


def direction(language: str) -> str:
    """``rtl`` or ``ltr``."""
    parts = language.casefold().split("-")
    scripts = [part for part in parts[1:] if len(part) == 4 and part.isalpha()]
    right = scripts[0] in _RTL_SCRIPTS if scripts else parts[0] in _RTL_LANGUAGES
    return "rtl" if right else "ltr"
