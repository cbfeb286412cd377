"""Elements that say by themselves that they hold an article: by micro data, id or class.

Publishing systems name the box of an article's text, and the names are few: schema.org's own, and
those of the systems that sites of China, Taiwan, Japan and Korea run on. What a page says of
itself goes before what programs guess from it; it is weighed against their answer all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.readers.html.textmap import TextMap

_LEAST: Final = 40  # characters in a box, for the box to be believed
_MAIN: Final = 0.6  # of the text of all boxes, for one of several to be the article's
# Names without hyphens, underscores and capitals; each for the box of an article's own text.
_NAME_LIST: Final = """
    articlebody articletext articletxt articlecontent articlecontents articlecont articledetail
    articlemain articleview articleviewcontentdiv articlestory articeBody articleparagraph
    articlebodycontents newsarticle newsarticlebody newsctarticle newsbody newstext newstxt
    newscontent newscontents newsdetail newsview dicarea contentarticle contentbody contenttext
    contenttxt contentdetail contentmain detailbody detailcontent detailtext viewcontent viewcont
    viewcontents viewcon viewtext tableviewcontent tttcontent readbody readcontent
    postbody postcontent postcontents posttext postarticle postentry entrybody entrycontent
    entrycontents entrytext hentry blogcontent blogbody blogpost blogview blogviewcontent
    storybody storycontent storytext storybodyinner maintext maincontenttext mainbody
    richtext richmediacontent jscontent artibody articontent artcontent artbody arttext
    articalcontent articalbody articaltitlecontent trseditor trspaper ucapcontent zoom zoomcon
    txtcont cont1 texts textcontent textbody textarea1 bodytext bodycontent bodycopy
    qnarticle qqarticle mparticle showcontent thearticle lemmasummary mwparseroutput mwcontenttext
    contentarea editorcontent tmessage pcont pcontent postmessage contviewedit
    notecommonstylestextnotebody notebody entryinner itemsviewarticlebody itembody cmsbody
    articlebodymodule essaycontent essaybody reviewcontent topiccontent answercontent
    seviewer semaincontainer semainview wrapbody wrapbodyf harmonycontainer tttitle contentsstyle
    areaview newsend endbody newsendcontents printbody parbody tistorybody
    markdownbody markdown htmledit htmleditviews mdcontent showarticlecontent"""
_NAMES: Final = frozenset(_NAME_LIST.lower().split()) - {"tttitle", "zoom", "cont1"}
# Names that stand for much else as well: used where nothing better is there.
_WIDE: Final = frozenset(["zoom", "article", "content", "post", "entry", "text", "main"])
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
        largest = max(sizes)
        if largest >= _MAIN * sum(sizes):
            return _innermost(boxes[sizes.index(largest)], text)
    return None


def _innermost(box: Any, text: TextMap) -> Any:
    """The named box within a named box, where it holds nearly all of it."""
    for inner in box.iterdescendants(*_BOXES):
        if _is_named(inner) and text.length(inner) >= 0.9 * text.length(box):
            return _innermost(inner, text)
    return box


def _outermost(body: Any, named: Any) -> Iterator[Any]:
    stack = [body]
    while stack:
        element = stack.pop()
        for child in reversed(list(element)):
            if not isinstance(child.tag, str):
                continue
            if child.tag in _BOXES and named(child):
                yield child
            else:
                stack.append(child)


def _is_marked(element: Any) -> bool:
    said = (element.get("itemprop") or "").lower().split()
    return "articlebody" in said or "text" in said and element.tag == "div"


def _is_named(element: Any) -> bool:
    own = element.get("id")
    names = [own] if own else []
    names += (element.get("class") or "").split()
    return any(_JOINTS.sub("", name).lower() in _NAMES for name in names)
