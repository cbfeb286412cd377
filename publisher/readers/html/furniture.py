"""What belongs to a site and not to an article: by tag, by class, by words, by links."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any, Final

from publisher.readers.html.parse import is_hidden, roles
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
    download popup modal cookie skip search widget outbrain taboola disqus like likes zan
    dianzan topicpath pankuzu tie gentie shang reward donate feedback report fontsize"""
_LINKED_WORDS: Final = """
    tag tags app download next prev hot latest report rank ranking banner follow tool tools
    print search foot like likes qq"""
_FRAME_WORDS: Final = """
    accessibility top left hd ft topicpath pankuzu gnb lnb snb skip location header head topbar
    footer foot nav navi navigation menu sidebar breadcrumb copyright login search wrapper
    mainarea rightarea leftarea rightmenu"""
# Of words that makers of sites run together.
_ENDINGS: Final = ("nav", "menu", "footer", "sidebar", "banner", "share", "comment", "comments")
_TAGS, _ROLES = frozenset(_TAG_NAMES.split()), frozenset(_ROLE_NAMES.split())
_WORDS, _FRAME = frozenset(_FURNITURE_WORDS.split()), frozenset(_FRAME_WORDS.split())
_CONTENTS: Final = frozenset(["目次", "目录", "目錄", "차례", "목차", "Contents", "文章目录"])
_LISTED: Final = 0.8  # of the text of a list of headings
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
    r"(?:本(?:内容|文)为作者独立观点|声明[:：]该文观点).{0,80}|AI\s?(?:摘要|总结).{0,30}|"
    r".{0,20}(?:免費|免费)(?:文章|閱讀|阅读)(?:額度|额度|次數|次数).{0,20}|"
    r"加入.{0,12}(?:會員|会员|訂閱|订阅|全閱讀).{0,40}|"
    r"\d+人が(?:いいね|スキ).{0,10}|この記事の目次|"
    r"(?:무단|저작권자).{0,40}(?:금지|배포).{0,20}|"
    r"(?:.{0,12}\s)?本文(?:来源|來源)[:：].{0,60}|"
    r"文明(?:上网|上網).{0,20}|(?:跟贴|跟帖|网友|最新|热门|熱門|全部|精彩)(?:热议|评论|評論|跟贴|回复|留言)|"
    r"(?:举报|投诉|纠错|点赞|收藏|评论|留言|推荐|打印|字号|分享)(?:\(?\d*\)?)?|"
    r"(?:有料会員|会員)(?:になると|登録).{0,40}|(?:この記事は)?有料.{0,8}記事(?:です)?.{0,24}|"
    r"(?:贊助商?|赞助商?|スポンサー)?(?:廣告|广告|広告|광고|\[?PR\]?|AD|Advertisement)|"
    r"返回.{1,6}[，,]?查看更多|シェアする\s?help|このページ(?:に関する|の内容は).{0,30}|"
    r".{0,60}(?:[點点]我|[點点]此|立即|馬上|马上)(?:下載|下载).{0,20}|"
    r"(?:[\uac00-\ud7a3]{2,4}\s*(?:선임|수습|인턴)?\s*기자\s*)?[(（]?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[)）]?|"
    r"PDF形式のファイルを.{0,60}|"
    r"残り[:：]?\s?[\d,]+\s?文字.{0,20}|続きを読む|"
    r"(?:いいね|ブックマーク|コメント)[!！]?\d*|"
    r"(?:좋아요|공유하기|댓글|스크랩|프린트|글자크기|기사저장|URL복사)\d*"
)


# In the head of pages: names for sharing, and those of public bodies' and papers' systems.
_SHARED: Final = ("og:", "twitter:", "weibo:", "article:", "fb:")
# Asides that belong to the text.
_KEPT_ROLES: Final = frozenset(
    [
        "note",
        "footnote",
        "footnotes",
        "endnotes",
        "sidebar",
        "tip",
        "msg",
        "message",
        "callout",
        "admonition",
        "warning",
        "info",
    ]
)
_GENERATOR: Final = re.compile(
    r"(?i)discuz|wordpress|mediawiki|movable|typecho|z-blog|hexo|hugo|ghost|blogger|tistory|drupal|joomla"
)
_SYSTEM: Final = frozenset(
    ["sitename", "articletitle", "columnname", "contentsource", "filetype", "publishdate"]
)
_ENDS: Final = 60  # elements at either end of a page that are looked at
_LINE_LENGTH: Final = 160
_BRACKETS: Final = "[]【】()（）<>《》〈〉 \u3000►▶▼■●:："
_FEW: Final = 2  # links that a text by itself may have beside something that is named so


def is_site(body: Any) -> bool:
    """Whether a page shows that a site is around its text: menus, many links, share bars.

    A text that somebody wrote as HTML has none of it, and is read whole.
    """
    if any(True for _ in body.iter("nav")):
        return True
    links = [a for a in body.iter("a") if (a.get("href") or "").strip()[:1] not in ("", "#")]
    named = sum(1 for e in body.iter("div", "ul", "section", "aside", "footer") if is_furniture(e))
    if (named and len(links) > _FEW) or named > _FEW:
        return True
    frames = {
        part.lower()
        for e in body.iter("div", "td", "table", "ul", "p", "section")
        for part in _PARTS.findall(f"{e.get('id') or ''} {e.get('class') or ''}")
    } | {e.tag for e in body if e.tag in ("header", "footer")}
    if len(found := frames & _FRAME) >= 2 and (links or len(found) > 2):
        return True
    if _says_of_site(_leaves(body)):
        return True
    if len(links) < 12:
        return named > 0 and any(True for _ in body.iter("form", "iframe"))
    total = sum(len("".join(text.split())) for text in body.itertext())
    linked = sum(len("".join("".join(a.itertext()).split())) for a in links)
    return linked > 0.15 * max(total, 1)


def _leaves(body: Any) -> list[str]:
    """The texts of the elements without blocks in them that begin and end a page."""
    leaves = [e for e in body.iter("p", "div", "td", "li", "span", "a") if not len(e)]
    leaves += [e for e in body.iter("p", "div", "td") if len(e) and all(c.tag == "a" for c in e)]
    ends = leaves if len(leaves) <= 2 * _ENDS else [*leaves[:_ENDS], *leaves[-_ENDS:]]
    return ["".join(e.itertext()).strip() for e in ends]


def _says_of_site(lines: list[str]) -> bool:
    """Whether lines of a page are those of a site: rights or a licence, and one more kind."""
    kinds = {kind for line in lines if 1 < len(line) <= _LINE_LENGTH and (kind := line_kind(line))}
    return len(kinds) > 1 and "copyright" in kinds


def says_of_site(root: Any) -> bool:
    """Whether a page's head has what sites put there for search engines and sharing."""
    names = ((m.get("property") or m.get("name") or "").lower() for m in root.iter("meta"))
    if any(name.startswith(_SHARED) or name in _SYSTEM for name in names):
        return True
    made = " ".join(
        m.get("content") or "" for m in root.iter("meta") if m.get("name") == "generator"
    )
    if _GENERATOR.search(made):
        return True
    return any((s.get("type") or "").lower() == "application/ld+json" for s in root.iter("script"))


def is_furniture(element: Any) -> bool:
    """What an element says of itself: its tag, role, id and classes."""
    tag = element.tag
    quoted = tag == "footer" and any(True for _ in element.iterancestors("blockquote"))
    if quoted or tag in ("body", "article", "main", "html", "figure", "figcaption", "caption"):
        return False
    if tag in _TAGS or _ROLES & set((element.get("role") or "").lower().split()):
        return not _KEPT_ROLES & roles(element)
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


def is_contents(element: Any) -> bool:
    """Whether a box is a page's own list of its headings, which ours replaces."""
    if element.tag not in ("div", "section", "dl"):
        return False
    said = (plain for text in element.itertext() if (plain := "".join(text.split())))
    if next(said, "") not in _CONTENTS:
        return False
    listed = sum(len("".join("".join(e.itertext()).split())) for e in element.iter("li"))
    return listed > 0 and listed >= _LISTED * sum(map(len, said))


def line_kind(line: str) -> str:
    """Which piece of furniture a line of its own is; empty for text."""
    if len(line) > _LINE_LENGTH:
        return ""
    bare = line.strip(_BRACKETS)
    if _LINE.fullmatch(bare):
        return "tools"
    kind = furniture_kind(line)
    if not kind and bare != line and furniture_kind(bare) in ("related", "tools"):
        kind = furniture_kind(bare)
    if kind:
        return kind
    return "fields" if parse_fields(line) else ""


def link_share(element: Any, size: int) -> float:
    """How much of an element's text, `size` characters, stands in links."""
    if element.tag == "a":
        return 1.0
    links = (
        a
        for a in element.iter("a")
        if (a.get("href") or "").strip()[:1] != "#"
        if not any(map(is_hidden, (a, *takewhile(lambda e: e is not element, a.iterancestors()))))
    )
    linked = sum(len("".join("".join(a.itertext()).split())) for a in links)
    return linked / max(size, 1)
