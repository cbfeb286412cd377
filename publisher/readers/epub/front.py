"""Pages before the text that the outputs make anew: cover, title page, list of contents."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.epub.package import child, children
from publisher.readers.html.parse import epub_type, whole_text
from publisher.record import dataclass, field
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.readers.epub.package import Package
    from publisher.tree.meta import Metadata

_SPACE: Final = re.compile(r"[\s\W_]+")
# Words that stand beside names on a title page.
_ROLE_WORDS: Final = re.compile(
    "作者|原作|著者|編者|编者|編集|编辑|譯者|译者|翻譯|翻译|訳者|繪|绘|イラスト|發行|发行|出版社?|版次|"
    "著|编|編|譯|译|訳|지음|옮김|글|그림|by|author|translator|editor|isbn|"
    "[0-9０-９〇一二三四五六七八九十]+[年月日]?",
    re.IGNORECASE,
)
_LISTED: Final = 0.6  # of a page's characters are links, if it is a list of contents
_EARLY: Final = 4  # files; a list of links further on is part of the text
_DRAWN_COVER: Final = "drawn-cover"  # file name of a cover that our writer made
_FEW: Final = 0.2  # of a title page's characters may say what the metadata do not


@dataclass(slots=True)
class Front:
    """What was found.

    Attributes:
        picture: The member that is the cover's picture; empty if there is none.
        dropped: Content documents that say nothing new, and what they are.
    """

    picture: str = ""
    dropped: dict[str, str] = field(default_factory=dict)


def front_matter(package: Package, tops: Mapping[str, Any], meta: Metadata, *, own: bool) -> Front:
    """The cover's picture, and the documents that only repeat what the outputs make anew.

    Args:
        package: The book.
        tops: Content document -> element whose content is read.
        meta: What the package says.
        own: publisher made the book.
    """
    picture = _cover_picture(package)
    if own and PurePosixPath(picture).stem == _DRAWN_COVER:
        picture = ""  # drawn from the metadata
    found = Front(picture)
    facts = _facts(meta)
    for number, (member, top) in enumerate(tops.items()):
        kinds = _types(top) | {k for k, place in package.guide.items() if place.member == member}
        pictures = list(top.iter("img"))
        said = _SPACE.sub("", whole_text(top))
        if not said and len(pictures) == 1:
            named = "cover" in kinds or "cover" in member.rpartition("/")[2].lower()
            shown = (pictures[0].get("src") or "").lstrip("/")
            if named or (number == 0 and shown == found.picture):
                if not own:
                    found.picture = found.picture or shown
                found.dropped[member] = "cover"
        elif _is_title_page(kinds, member, number) and (own or _known(said, facts)):
            found.dropped[member] = "cover" if "cover" in kinds else "title page"
        elif own:
            if member == package.nav:
                found.dropped[member] = "contents"
        elif (member == package.nav or "toc" in kinds or number < _EARLY) and _is_list(top):
            found.dropped[member] = "contents"
    if len(found.dropped) == len(tops):
        found.dropped.clear()
    return found


def _cover_picture(package: Package) -> str:
    named = (i.member for i in package.items.values() if "cover-image" in i.properties)
    found = next(named, "")
    if found:
        return found
    metadata = child(package.root, "metadata")
    for element in () if metadata is None else children(metadata, "meta"):
        if (element.get("name") or "").lower() == "cover":
            item = package.items.get(element.get("content") or "")
            if item is not None and item.media_type.startswith("image/"):
                return item.member
    return ""


def _types(top: Any) -> set[str]:
    """What a document says it is: on its body, or on the one element in it."""
    found = set(epub_type(top).lower().split())
    inner = list(top)
    if len(inner) == 1:
        found |= set(epub_type(inner[0]).lower().split())
    return found


def _is_title_page(kinds: set[str], member: str, number: int) -> bool:
    """What calls itself cover or title page, or is named so and stands first."""
    if kinds & {"cover", "titlepage", "title-page"}:
        return True
    name = member.rpartition("/")[2].lower()
    return number < _EARLY and any(word in name for word in ("title", "cover", "tobira"))


def _facts(meta: Metadata) -> list[str]:
    texts = [plain_text(meta.title), plain_text(meta.subtitle), meta.publisher, meta.date]
    texts += [c.name for c in meta.contributors]
    texts += [meta.identifier, meta.rights, *((meta.series.name,) if meta.series else ())]
    plain = {_SPACE.sub("", text).casefold() for text in texts}
    return sorted((text for text in plain if text), key=len, reverse=True)


def _known(said: str, facts: list[str]) -> bool:
    left = said.casefold()
    for fact in facts:
        left = left.replace(fact, "")
    return len(_ROLE_WORDS.sub("", left)) <= _FEW * len(said)


def _is_list(top: Any) -> bool:
    """A page that is hardly more than links into the book."""
    links = [a for a in top.iter("a") if (a.get("href") or "").startswith("#")]
    if len(links) < 3:
        return False
    linked = sum(len(_SPACE.sub("", whole_text(a))) for a in links)
    everything = len(_SPACE.sub("", whole_text(top)))
    calls = sum(len(_SPACE.sub("", whole_text(a))) <= 1 for a in links)
    return linked >= _LISTED * everything and calls < len(links) / 2
