"""What belongs to a site and not to an article: by tag, by class, by words, by links."""

from __future__ import annotations

import re
from typing import Any, Final

from publisher.readers.html.parse import roles
from publisher.readers.plain.fields import furniture_kind, parse_fields

_TAG_NAMES: Final = "nav aside footer form button menu dialog iframe"
_ROLE_NAMES: Final = """
    navigation banner contentinfo complementary search menu menubar toolbar dialog alert"""
# Words of ids and classes; hyphens and underscores part words, and so do capitals.
_FURNITURE_WORDS: Final = """
    nav navbar navigation menu sidebar aside breadcrumb breadcrumbs crumb crumbs bread share
    sharing sns social socials bdsharebuttonbox related relate relation recommend recommended
    recommendation popular ranking rank hot hotnews latest tag tags tagcloud comment comments
    commentlist reply replies pinglun ad ads adsense advert advertisement banner promo sponsor
    sponsored footer foot copyright pager pagination pagenav prev next toolbar tools tool print
    login register subscribe subscription newsletter follow qrcode weixin wechat weibo qq app
    download popup modal cookie skip search widget outbrain taboola disqus like likes zan dianzan
    shang reward donate feedback report fontsize"""
_LINKED_WORDS: Final = """
    tag tags app download next prev hot latest report rank ranking banner follow tool tools
    print search foot like likes qq"""
_FRAME_WORDS: Final = """
    header head topbar footer foot nav navi navigation menu sidebar breadcrumb copyright login
    search wrapper mainarea rightarea leftarea rightmenu"""
# Of words that makers of sites run together.
_ENDINGS: Final = ("nav", "menu", "footer", "sidebar", "banner", "share", "comment", "comments")
_TAGS, _ROLES = frozenset(_TAG_NAMES.split()), frozenset(_ROLE_NAMES.split())
_WORDS, _FRAME = frozenset(_FURNITURE_WORDS.split()), frozenset(_FRAME_WORDS.split())
_ONLY_WITH_LINKS: Final = frozenset(_LINKED_WORDS.split())
_PARTS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_LINE: Final = re.compile(
    r"(?:この(?:ニュース|記事)を)?(?:シェア|ツイート|共有)(?:する)?|"
    r"(?:精彩|热门|相关|热点)视频(?:推荐)?|"
    r"(?:扫|掃)(?:描|一扫|一掃)?.{0,12}(?:二维码|二維碼|QR ?コード).{0,30}|"
    r"(?:長按|长按).{0,20}(?:二维码|二維碼|識別|识别).{0,20}|"
    r"(?:点击|點擊|點選).{0,16}(?:关注|關注|阅读原文|閱讀原文|查看更多|下载|下載).{0,20}|"
    r"(?:阅读|閱讀)原文|展开(?:全文|阅读)|"
    r"(?:責任編輯|责任编辑|責編|责编|編輯|编辑)[:：].{0,20}|"
    r"(?:未经|未經|無断).{0,20}(?:转载|轉載|転載).{0,40}|"
    r"(?:무단|저작권자).{0,40}(?:금지|배포).{0,20}|"
    r"(?:举报|投诉|纠错|点赞|收藏|评论|留言|推荐|打印|字号|分享)(?:\(?\d*\)?)?|"
    r"(?:いいね|ブックマーク|コメント)[!！]?\d*|"
    r"(?:좋아요|공유하기|댓글|스크랩|프린트|글자크기|기사저장|URL복사)\d*"
)


_SHARED: Final = ("og:", "twitter:", "weibo:", "article:", "fb:")
_FEW: Final = 2  # links that a text by itself may have beside something that is named so


def is_site(body: Any) -> bool:
    """Whether a page shows that a site is around its text: menus, many links, share bars.

    A text that somebody wrote as HTML has none of it, and is read whole.
    """
    if any(True for _ in body.iter("nav")):
        return True
    links = [a for a in body.iter("a") if (a.get("href") or "").strip()[:1] not in ("", "#")]
    named = sum(1 for e in body.iter("div", "ul", "section", "aside", "footer") if is_furniture(e))
    if named and len(links) > _FEW:
        return True
    frames = {
        part.lower()
        for e in body.iter("div", "td", "table")
        for part in _PARTS.findall(f"{e.get('id') or ''} {e.get('class') or ''}")
    }
    if len(frames & _FRAME) >= 2 and links:
        return True
    if len(links) < 12:
        return named > 0 and any(True for _ in body.iter("form", "iframe"))
    total = sum(len("".join(text.split())) for text in body.itertext())
    linked = sum(len("".join("".join(a.itertext()).split())) for a in links)
    return linked > 0.15 * max(total, 1)


def says_of_site(root: Any) -> bool:
    """Whether a page's head has what sites put there for search engines and sharing."""
    names = ((m.get("property") or m.get("name") or "").lower() for m in root.iter("meta"))
    if any(name.startswith(_SHARED) for name in names):
        return True
    return any((s.get("type") or "").lower() == "application/ld+json" for s in root.iter("script"))


def is_furniture(element: Any) -> bool:
    """What an element says of itself: its tag, role, id and classes."""
    tag = element.tag
    if tag in _TAGS or _ROLES & set((element.get("role") or "").lower().split()):
        return not {"note", "footnote", "footnotes", "endnotes", "sidebar", "tip"} & roles(element)
    if tag in ("body", "article", "main", "html", "figure", "figcaption", "caption"):
        return False
    said = f"{element.get('id') or ''} {element.get('class') or ''}"
    if not said.strip():
        return False
    parts = {part.lower() for part in _PARTS.findall(said)}
    words = parts & _WORDS
    if not words and not any(part.endswith(_ENDINGS) for part in parts):
        return False
    if words and words <= _ONLY_WITH_LINKS:
        size = sum(len("".join(text.split())) for text in element.itertext())
        return size < 400 and link_share(element, size) > 0.3
    size = sum(len("".join(text.split())) for text in element.itertext())
    # A page whose every frame has such a name is still a page.
    return size < 3000 or link_share(element, size) > 0.3


def line_kind(line: str) -> str:
    """Which piece of furniture a line of its own is; empty for text."""
    if _LINE.fullmatch(line.strip("[]【】()（） ")):
        return "tools"
    kind = furniture_kind(line)
    if kind:
        return kind
    return "fields" if parse_fields(line) else ""


def link_share(element: Any, size: int) -> float:
    """How much of an element's text, `size` characters, stands in links."""
    if element.tag == "a":
        return 1.0
    links = (a for a in element.iter("a") if (a.get("href") or "").strip()[:1] != "#")
    linked = sum(len("".join("".join(a.itertext()).split())) for a in links)
    return linked / max(size, 1)
