"""The contents of a book decide which headings are chapters, and at which level.

Where the line of the contents meets a heading, the heading takes its level; where it meets a
paragraph that says the same, that paragraph was the heading; where it meets neither, the words of
the contents become one. Headings that the contents do not name stay below the last that it names.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.html.parse import SILENT, fit, is_hidden, whole_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.readers.epub.chapters import Names
    from publisher.readers.epub.contents import Entry

HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_LINES: Final = ("p", "div", "li", "td")
_DEEPEST: Final = 6
_UNSAID: Final = re.compile(r"[\s\W_]+")
_AHEAD: Final = 8  # paragraphs after the place in which its heading may stand
_LONGEST: Final = 80  # characters of a heading that is marked as a paragraph


def place_headings(tops: Mapping[str, Any], entries: Sequence[Entry], names: Names) -> None:
    """Gives the headings of a book the levels of its contents.

    Args:
        tops: Content document -> element whose content is read, in reading order; changed in
            place.
        entries: The lines of the contents.
        names: What ids have become.
    """
    named: dict[Any, int] = {}
    for entry in entries:
        top = tops.get(entry.place.member)
        if top is None:
            continue
        depth = min(entry.depth, _DEEPEST)
        target = _target(top, names.of(entry.place.member, entry.place.fragment))
        if not entry.place.fragment or target is None:
            target = top
        heading = _heading_at(top, target, entry.text, named)
        if heading is None:
            heading = _made(top, target, entry.text)
        named.setdefault(heading, depth)
    if named:
        _level(tops, named)


def own_headings(tops: Mapping[str, Any], entries: Sequence[Entry], names: Names) -> None:
    """Gives the headings of a book of ours the levels of its tree; arguments as `place_headings`.

    A class tells the level where the element does not, and a section stands below the one that
    the contents show it in.
    """
    lines = [e for e in entries if e.place.member in tops]
    depths = {names.of(e.place.member, e.place.fragment): e.depth for e in lines}
    above: list[tuple[int, int]] = []  # depth in the contents, level
    for top in tops.values():
        for heading in list(top.iter(*HEADINGS)):
            classed = next((n for n in heading.get("class", "").split() if n in HEADINGS), "")
            level = int((classed or heading.tag)[1])
            depth = depths.get(heading.get("id") or "")
            if depth is not None:
                while above and above[-1][0] >= depth:
                    above.pop()
                level = max(level, above[-1][1] + 1 if above else 1)
                above.append((depth, level))
            heading.tag = f"h{min(level, _DEEPEST)}"


def _target(top: Any, name: str) -> Any:
    return next(
        (e for e in top.iter() if e.get("id") == name or (e.tag == "a" and e.get("name") == name)),
        None,
    )


def _heading_at(top: Any, target: Any, text: str, taken: Mapping[Any, int]) -> Any:
    """The heading that the contents mean: the target itself, around it, or soon after it."""
    around = _around(top, target)
    if around is not None and around not in taken:
        return around
    wanted = _said(text)
    passed = 0
    for element in _onwards(top, target):
        if element.tag in HEADINGS:
            return element if _is_meant(element, target, (wanted, passed), taken) else None
        written = "" if element.tag not in _LINES or _has_blocks(element) else whole_text(element)
        if not written.strip():
            continue
        if _said(written) == wanted and len(written) <= _LONGEST:
            element.tag = "h1"  # a paragraph that says so is the heading it looks like
            return element
        passed += 1
        if passed > _AHEAD:
            break
    return None


def _is_meant(heading: Any, target: Any, wanted: tuple[str, int], taken: Mapping[Any, int]) -> bool:
    """Whether the first heading found is the one; `wanted` is its text and what stands before it.

    Contents often cut a heading short, or join its two lines.
    """
    if heading in taken:
        return heading is target
    said = _said(whole_text(heading))
    text, passed = wanted
    return passed == 0 or bool(said and (said in text or text in said))


def _around(top: Any, target: Any) -> Any:
    """The heading that a place is, or stands in."""
    for element in (target, *target.iterancestors()):
        if element is top:
            return None
        if element.tag in HEADINGS:
            return element
    return None


def _onwards(top: Any, target: Any) -> Iterator[Any]:
    """`target`, what is in it and what follows it, in document order, inside `top`."""
    yield from _shown(target)
    element = target
    while element is not top:
        for following in element.itersiblings():
            yield from _shown(following)
        element = element.getparent()


def _shown(element: Any) -> Iterator[Any]:
    for each in element.iter():
        if isinstance(each.tag, str) and each.tag not in SILENT and not is_hidden(each):
            yield each


def _has_blocks(element: Any) -> bool:
    return any(True for _ in element.iterdescendants("p", "div", "li", "table", *HEADINGS))


def _made(top: Any, target: Any, text: str) -> Any:
    """A heading of the contents' own words before the target."""
    from lxml import etree

    heading = etree.Element("h1")
    heading.text = fit(text)
    if target is top:
        top.insert(0, heading)
        heading.tail, top.text = fit(top.text or ""), None
        return heading
    block = target
    while block.getparent() is not top and block.getparent().tag not in ("div", "section", "body"):
        block = block.getparent()
    block.addprevious(heading)
    return heading


def _level(tops: Mapping[str, Any], named: Mapping[Any, int]) -> None:
    """Sets the levels: those named from the contents, the others below them as they were."""
    depth, written = 0, 0
    for top in tops.values():
        for heading in list(top.iter(*HEADINGS)):
            own = int(heading.tag[1])
            if heading in named:
                depth, written = named[heading], own
                heading.tag = f"h{depth}"
            elif depth:
                below = max(own - written, 1)
                heading.tag = f"h{min(depth + below, _DEEPEST)}"


def _said(text: str) -> str:
    return _UNSAID.sub("", unicodedata.normalize("NFKC", text)).casefold()
