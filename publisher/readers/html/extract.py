"""The article inside a web page: the smallest element that holds its text, without the furniture.

Programs made for it say which text is the article (`voices`); what they give back has lost ruby,
captions, spans and notes, so the page itself is read, inside the element that holds that text.
What stands in it that they did not take is judged again: captions and headings stay, lists of links
and what calls itself furniture go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from publisher.events import Diagnostic
from publisher.readers.html.containers import article_box, is_published, prose_box
from publisher.readers.html.furniture import (
    is_contents,
    is_furniture,
    is_site,
    line_kind,
    link_share,
    says_of_site,
)
from publisher.readers.html.notes import find_notes
from publisher.readers.html.parse import INLINE
from publisher.readers.html.textmap import TextMap
from publisher.readers.html.voices import Voice, article_text
from publisher.record import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.events import Report

_HELD: Final = 0.9  # of the article's text, for the element that is read
_LINKS: Final = 0.4  # of a block's text in links, if it is a list of links
_ONLY_LINKS: Final = 0.9  # the same under a heading for other articles
_ELSEWHERE: Final = 800  # characters of a block about other articles, at most
_FEW_LINKS: Final = 0.2  # the same outside the article's text
_LONG: Final = 160  # characters that no voice took, before or after the article
_FEW_MARKED: Final = 200  # characters; a voice that took fewer has no say against a named box
_SMALL: Final = 5000  # characters of a page on which a site's own words may be most of the text
_MOST: Final = 0.75  # of a page; voices that take so much may have missed where it ends
_AGREED: Final = 0.7  # of what the voices took, for a named box to go before them
_LEAD: Final = 30  # characters of an article above its box, as a lead, for a wider choice
_LARGEST: Final = 10_000_000  # characters; what is larger is a book or a dump, and no site's page
_TOLD: Final = 12  # pieces of furniture that the report names
_HEAD: Final = 40  # characters shown of each
_CONTENT_NAMES: Final = """
    h1 h2 h3 h4 h5 h6 figcaption caption figure table pre blockquote dl hr math img details"""
_CONTENT = frozenset(_CONTENT_NAMES.split())
_SENTENCE: Final = re.compile(r"[。！？!?…][」』”’)）]*$|[다요]\.[”’)]*$|\.[”’\"')]*$")
_CELL: Final = re.compile(r"\s*\|\s*")
_BULLET: Final = re.compile(r"^(?:[-*•]\s+|\d+\.\s+)")


@dataclass(slots=True)
class Article:
    """What is read of a page.

    Attributes:
        top: The element whose content is read.
        dropped: Elements in it that are not.
        lines: Short lines of the page, in order, for names and dates.
        of_site: Whether a site is around the article.
    """

    top: Any
    dropped: set[Any] = field(default_factory=set)
    lines: list[str] = field(default_factory=list)
    of_site: bool = False


def find_article(root: Any, page: str, plain_top: Any, name: str, report: Report) -> Article:
    """The article of a page; all of it where nothing shows that a site is around it.

    Args:
        root: The page, which is not changed.
        page: The page's text, for the voices.
        plain_top: What is read when no article is found.
        name: The source's name.
        report: Takes what was chosen, and what was dropped.
    """
    body = root.find("body")
    body = root if body is None else body
    whole = Article(plain_top, lines=_own_lines(body))
    if len(page) > _LARGEST:
        return whole
    if not (is_published(body) or is_site(body) or says_of_site(root)):
        return whole
    text = TextMap(body)
    voice = article_text(page)
    text.mark(_pieces(voice))
    box = article_box(body, text)
    most = _MOST * text.total if text.total < _SMALL else text.total
    if not _FEW_MARKED <= text.marked <= most:
        # The voices say next to nothing; where the sentences are says more.
        prose = prose_box(body, text)
        if prose is not None and (box is None or box not in (prose, *prose.iterancestors())):
            box = prose
        if box is not None and text.marked > most:
            text.clear()
    if not text.marked and box is None:
        report(Diagnostic("html.whole", "info", source=name))
        return whole
    top, voice = _chosen(body, text, box, voice)
    found = Article(top, lines=whole.lines, of_site=True)
    inner = box if box is not None and box in (top, *top.iterdescendants()) else None
    found.dropped = set(_unwanted(top, text, inner))
    _tell(found, text, voice, name, report)
    return found


def _pieces(voice: Voice) -> Iterator[str]:
    """The pieces of a voice's lines that stand in the page as they are."""
    for line in voice.lines:
        for cell in _CELL.split(line):
            plain = _BULLET.sub("", cell).strip("-| ")
            if plain:
                yield plain


def _chosen(body: Any, text: TextMap, box: Any, voice: Voice) -> tuple[Any, Voice]:
    """The element that is read, and who chose it.

    A box that the page names as its article's goes before the voices where it holds most of what
    they took, or they took hardly anything.
    """
    if box is None or (text.marked >= _FEW_MARKED and text.share(box) < _AGREED):
        return _holder(body, text), voice
    best = box
    for outer in box.iterancestors():
        if outer is body.getparent():
            break
        inside = text.range(best)
        if any(_is_lead(each, inside, text) for each in outer.iter()):
            best = _wider(outer, best, text)
    return best, Voice("named", voice.lines)


def _is_lead(element: Any, inside: tuple[int, int], text: TextMap) -> bool:
    """Whether an element above a box is a paragraph of the article: sentences the voices took."""
    if not isinstance(element.tag, str) or element.tag in INLINE or not _is_leaf(element):
        return False
    start, end = text.range(element)
    if end - start < _LEAD or start >= inside[0]:
        return False
    said = text.said(element)
    return (
        text.marked_in(element) >= _LEAD
        and _SENTENCE.search(said) is not None
        and not (is_furniture(element) or line_kind(said))
    )


def _holder(body: Any, text: TextMap) -> Any:
    """The smallest element that holds what the voices took.

    It goes up again where that brings in more of the article than of anything else, as a first
    paragraph beside the column of the others.
    """
    path = [body]
    while True:
        held = next((c for c in path[-1] if text.share(c) >= _HELD and c.tag not in INLINE), None)
        if held is None:
            break
        path.append(held)
    best = path[-1]
    if best.tag in ("p", "td", "tr", "tbody", "ul", "ol", "dl", "h1", "h2", "h3") and len(path) > 1:
        best = path[-2]
    for outer in reversed(path[: path.index(best)]):
        best = _wider(outer, best, text)
    return best


def _wider(outer: Any, best: Any, text: TextMap) -> Any:
    """`outer`, where it brings in at least as much of the article as of anything else."""
    gain = text.marked_in(outer) - text.marked_in(best)
    if not gain:
        return best
    kept = text.length(outer) - sum(map(text.length, _unwanted(outer, text)))
    return outer if gain >= kept - text.length(best) - gain else best


# ----------------------------------------------------------------------------- what is unwanted


def _unwanted(top: Any, text: TextMap, box: Any = None) -> Iterator[Any]:
    """Elements inside `top` that are furniture, outermost only; less is in a named `box`."""
    notes = find_notes(top)
    kept = {each for note in notes.ids for each in (note, *note.iterancestors())}
    first, last = text.edges(top)
    if box is not None:
        start, end = text.range(box)
        first, last = min(first, start) if first >= 0 else start, max(last, end)
    stack = list(reversed(list(top)))
    related = False  # whether a heading for other articles went just before
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or element.tag in INLINE:
            continue
        if not len(element) and text.is_deep(element, first + _LONG, last - _LONG):
            related = False
            continue
        plain = text.said(element) if _is_leaf(element) else ""
        free = element not in kept and element is not box
        if free and (_goes(element, text, first, last) or _leads_elsewhere(element, text)):
            related = line_kind(plain) == "related"
            yield element
        elif related and free and _is_rest(element, text, plain):
            yield element
        elif element.tag not in ("table", "figure", "pre", "dl"):
            related = related and not plain
            stack.extend(reversed(list(element)))


def _goes(element: Any, text: TextMap, first: int, last: int) -> bool:
    """Whether a block is left out."""
    start, end = text.range(element)
    size = end - start
    if not size:
        return is_furniture(element) and element.tag not in _CONTENT
    if is_contents(element) or (size <= _LONG and _asks_for(element)):
        return True
    if text.marked_in(element):
        # At the edges of the article only: the voices took it for text.
        edge = start - first < _LONG or last - end < _LONG
        return edge and size <= _LONG and _is_leaf(element) and _is_line(element, text, size)
    plain = text.said(element) if _is_leaf(element) else ""
    if line_kind(plain) or is_furniture(element):
        return True
    share = link_share(element, size)
    if end <= first or start >= last:
        return share >= _FEW_LINKS or size >= _LONG or _holds_controls(element)
    return share >= _LINKS and element.tag not in ("figure", "h1", "h2", "h3")


def _is_line(element: Any, text: TextMap, size: int) -> bool:
    """Whether a line is furniture; also a heading for other articles with its links under it."""
    if line_kind(text.said(element)) or is_furniture(element):
        return True
    return link_share(element, size) >= _LINKS and line_kind(_first_line(element)) == "related"


def _leads_elsewhere(element: Any, text: TextMap) -> bool:
    """Whether a small block begins with a heading for other articles."""
    if not 0 < text.length(element) <= _ELSEWHERE or not len(element):
        return False
    if text.share(element) > _FEW_LINKS:
        return False
    first = next((e for e in element.iter() if text.length(e) and _is_leaf(e)), None)
    return first is not None and first is not element and line_kind(text.said(first)) == "related"


def _is_rest(element: Any, text: TextMap, plain: str) -> bool:
    """Whether a block right under a heading for other articles belongs to it."""
    if plain:
        return link_share(element, len(plain)) >= _ONLY_LINKS
    return element.tag in ("ul", "ol", "dl") and not text.marked_in(element)


def _is_leaf(element: Any) -> bool:
    return all(not isinstance(c.tag, str) or c.tag in INLINE for c in element)


def _first_line(element: Any) -> str:
    return next((line for part in element.itertext() if (line := part.strip())), "")


def _asks_for(element: Any) -> bool:
    """Whether a small box is a form, such as for an address that newsletters go to."""
    kinds = ("form", "input", "textarea")
    return element.tag not in (*_CONTENT, "p", "li", "label") and any(
        e.get("type", "text") in ("text", "email", "search", "password")
        for e in element.iter(*kinds)
    )


def _holds_controls(element: Any) -> bool:
    return any(True for _ in element.iter("input", "button", "textarea", "select", "form"))


def _own_lines(body: Any) -> list[str]:
    """The short lines of a page, in order, where names and dates may stand."""
    found: list[str] = []
    for element in body.iter():
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            continue
        if element.tag in INLINE or not _is_leaf(element):
            pieces = [element.text or ""] if element.tag not in INLINE else []
            pieces += [c.tail or "" for c in element] if element.tag not in INLINE else []
            found += [" ".join(p.split()) for p in pieces if p.strip()]
            continue
        parts: list[str] = [element.text or ""]
        for inner in element.iterdescendants():
            parts += ["\n"] if inner.tag == "br" else [" ", inner.text or ""]
            parts += [" ", inner.tail or ""]
        found += [" ".join(p.split()) for p in "".join(parts).split("\n") if p.strip()]
    return found


_SKIPPED: Final = frozenset(["script", "style", "noscript", "template", "nav", "select", "option"])


# ------------------------------------------------------------------------------- the report


def _tell(found: Article, text: TextMap, voice: Voice, name: str, report: Report) -> None:
    size = text.length(found.top) - sum(map(text.length, found.dropped))
    share = round(100 * size / max(text.total, 1))
    chosen = (("place", _path(found.top)), ("share", str(share)), ("voice", voice.name))
    report(Diagnostic("html.article", "info", chosen, source=name))
    told = 0
    for element in sorted(found.dropped, key=text.range):
        said = text.said(element)
        if not said:
            continue
        told += 1
        if told > _TOLD:
            continue
        shown = said if len(said) <= _HEAD else said[: _HEAD - 1] + "…"
        args = (("place", _path(element)), ("text", shown))
        line = element.sourceline or 0
        report(Diagnostic("html.dropped", "info", args, source=name, line=line))
    if told > _TOLD:
        more = (("count", str(told - _TOLD)),)
        report(Diagnostic("html.dropped-more", "info", more, source=name))


def _path(element: Any) -> str:
    """An element as a style sheet would name it: ``div#content``."""
    name = str(element.tag)
    if element.get("id"):
        return f"{name}#{element.get('id')}"
    classes = (element.get("class") or "").split()
    return f"{name}.{classes[0]}" if classes else name
