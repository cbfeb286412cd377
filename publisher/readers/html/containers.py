"""Elements that say by themselves that they hold an article: by micro data, id or class.

Publishing systems name the box of an article's text, and the names are few: schema.org's own, and
those of the systems that sites of China, Taiwan, Japan and Korea run on. What a page says of
itself goes before what programs guess from it; it is weighed against their answer all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.html.parse import INLINE, is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.readers.html.textmap import TextMap

_LEAST: Final = 40  # characters in a box, for the box to be believed
_NEARLY: Final = 0.9  # of a page's sentences, for the box that holds them
_SENTENCE: Final = 20  # characters of an element that holds sentences, at least
_MAIN: Final = 0.6  # of the text of all boxes, for one of several to be the article's
# Names without hyphens, underscores and capitals; each for the box of an article's own text.
_NAME_LIST: Final = """
    answercontent alltxt areaview artbody artcontent artibody articalbody articalcontent
    articaltitlecontent articebody articlebody articlebodycontents articlebodymodule
    articlecont articlecontent articlecontents articledetail articleparagraph articlestory
    articletext articletxt articleview articleviewcontentdiv articontent arttext blogbody
    blogcontent blogpost blogview blogviewcontent bodycontent bodycopy bodytext cmsbody
    contentarea contentarticle contentbody contentdetail contenttext contenttxt contviewedit
    detailbody detailcontent detailtext dicarea editorcontent endbody endtext entrybody
    entrycontent entrycontents entryinner entrytext essaybody essaycontent harmonycontainer
    honbun honbunarea htmledit htmleditviews itembody itemsviewarticlebody jscontent
    lemmasummary mainbody maincontenttext maintext markdownbody mdcontent mparticle
    mwcontenttext mwparseroutput newsarticle newsarticlebody newsbody newscontent newscontents
    newsctarticle newsdetail newsend newsendcontents newstext newstxt newsview notebody
    notecommonstylestextnotebody parbody pcont pcontent postarticle postbody postcontent
    postcontents postentry postmessage postrichtext posttext printbody qnarticle qqarticle readbody
    readcontent reviewcontent richcontentinner richmediacontent richtext rwbzw semaincontainer
    semainview showarticlecontent showcontent storybody storybodyinner storycontent storytext
    tableviewcontent textbody textcontent thearticle tistorybody tmessage topiccontent
    trseditor trspaper txtcont ucapcontent viewcon viewcont viewcontent viewcontents wrapbody
    viewtext zoomcon"""
_NAMES: Final = frozenset(_NAME_LIST.split())
_KNOWN_LIST: Final = """
    areaview artibody articeview dicarea endtext entryinner harmonycontainer htmleditviews
    jscontent mwcontenttext mwparseroutput newsctarticle notecommonstylestextnotebody
    postmessage postrichtext richcontentinner richmediacontent rwbzw trseditor ucapcontent
    storybodyinner itemsviewarticlebody tableviewcontent lemmasummary"""
_KNOWN: Final = frozenset(_KNOWN_LIST.split())
_NUMBER: Final = re.compile(r"\d{3,}$")  # postmessage_8801
_JOINTS: Final = re.compile(r"[-_\s.:]+")
_BOXES: Final = ("div", "section", "article", "td", "main", "span", "font", "dd")


def article_box(body: Any, text: TextMap) -> Any | None:
    """The box that a page names as its article's text, or None.

    Of several, as on a page with many posts, one has to hold most of the text of all.
    """
    for named in (_is_marked, _is_named):
        boxes = list(_outermost(body, named))
        sizes = [text.length(box) for box in boxes]
        if not boxes or max(sizes) < _LEAST:
            continue
        if _is_thread(boxes):
            return boxes[0]
        largest = max(sizes)
        if largest >= _MAIN * sum(sizes):
            return _innermost(boxes[sizes.index(largest)], text)
    return None


def is_published(body: Any) -> bool:
    """Whether a box has a name that only a publishing system gives: a site is around its text."""
    return any(name in _KNOWN for box in body.iter(*_BOXES) for name in _names(box))


def prose_box(body: Any, text: TextMap) -> Any | None:
    """The smallest box with nearly all the sentences of a page, or None.

    For pages that are laid out in tables, which programs take for tables of data.
    """
    prose = {e: size for e in body.iter() if (size := _prose(e))}
    total = sum(prose.values())
    if total < _LEAST:
        return None
    held: dict[Any, int] = {}
    for element, size in prose.items():
        for outer in (element, *element.iterancestors()):
            held[outer] = held.get(outer, 0) + size
    boxes = [e for e, size in held.items() if e.tag in _BOXES and size >= _NEARLY * total]
    return min(boxes, key=text.length, default=None)


def _prose(element: Any) -> int:
    """Characters of the sentences in an element's own text, without links and blocks in it."""
    if not isinstance(element.tag, str) or element.tag in INLINE or is_hidden(element):
        return 0
    said = "".join("".join(_own(element)).split())
    return len(said) if len(said) >= _SENTENCE and ("。" in said or "다." in said) else 0


def _own(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in INLINE and child.tag != "a":
            yield from _own(child)
        yield child.tail or ""


def _is_thread(boxes: list[Any]) -> bool:
    """Whether boxes are the posts of a thread; the first is what the page is about."""
    return len(boxes) > 1 and all("postmessage" in _names(box) for box in boxes)


def _innermost(box: Any, text: TextMap) -> Any:
    """The named box within a named box, where it holds nearly all of it, or of what is marked."""
    for inner in box.iterdescendants(*_BOXES):
        if not _is_named(inner):
            continue
        marked = text.marked_in(box)
        if text.length(inner) >= _NEARLY * text.length(box) or (
            marked >= _LEAST and text.marked_in(inner) >= _NEARLY * marked
        ):
            return _innermost(inner, text)
    return box


def _outermost(body: Any, named: Any) -> Iterator[Any]:
    stack = list(reversed(list(body)))
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str):
            continue
        if element.tag in _BOXES and named(element):
            yield element
        else:
            stack.extend(reversed(list(element)))


def _is_marked(element: Any) -> bool:
    said = (element.get("itemprop") or "").lower().split()
    return "articlebody" in said or ("text" in said and element.tag == "div")


def _is_named(element: Any) -> bool:
    return any(name in _NAMES for name in _names(element))


def _names(element: Any) -> Iterator[str]:
    own = element.get("id")
    names = [own] if own else []
    names += (element.get("class") or "").split()
    return (_NUMBER.sub("", _JOINTS.sub("", name).lower()) for name in names)
