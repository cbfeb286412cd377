"""Bytes or text to an element tree, the part of a page to read, and the facts about elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from publisher.errors import MalformedSource, SourceTooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator

_META_CHARSET: Final = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})|"""
    rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})["']""",
    re.IGNORECASE,
)
_STYLE_PART: Final = re.compile(r"([a-zA-Z-]+)\s*:\s*([^;]+)")
_MARK_TAG: Final = re.compile(
    r"</?(?:a|abbr|b|big|em|font|i|s|small|span|strong|sub|sup|tt|u)(?=[\s/>])[^>]*>", re.IGNORECASE
)
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What encyclopaedias set for readers at a screen only.
_UNPRINTED: Final = re.compile(
    r"(?:^|\s)(?:mw-editsection|editsection|edit-icon|noprint|mw-jump-link|navbox)(?:\s|$)"
)
_EPUB_TYPE: Final = "{http://www.idpf.org/2007/ops}type"
# Elements per document; a novel as HTML has some ten thousand.
_MAX_ELEMENTS: Final = 3_000_000

# Elements in lines: always part of what they stand in.
_INLINE_NAMES: Final = """
    a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd mark math q rb
    rp rt rtc ruby s samp small span strike strong sub sup time tt u var wbr picture source"""
INLINE: Final = frozenset(_INLINE_NAMES.split())
# Elements with nothing to read in them.
SILENT: Final = frozenset(
    [
        "script",
        "style",
        "template",
        "nav",
        "noscript",
        "iframe",
        "object",
        "embed",
        "applet",
        "audio",
        "video",
        "canvas",
        "svg",
        "map",
        "select",
        "input",
        "textarea",
        "button",
        "datalist",
        "output",
        "progress",
        "meter",
        "meta",
        "link",
        "base",
        "head",
        "title",
        "dialog",
        "frameset",
        "frame",
        "noframes",
        "colgroup",
        "col",
        "param",
        "area",
        "rp",
    ]
)


def fit(text: str) -> str:
    """Text that an element takes: without the controls that entities can bring into a page."""
    return _UNFIT.sub("", text)


def declared_charset(data: bytes) -> str:
    """The character set that a page names for itself, in its first 4 KB; empty if none."""
    match = _META_CHARSET.search(data[:4096])
    if match is None:
        return ""
    return (match[1] or match[2]).decode("ascii").lower()


def parse(text: str, where: str) -> Any:
    """The root element of a page or a fragment; always an ``html`` element.

    Raises:
        MalformedSource: There is nothing in it that a parser could take for HTML, or its elements
            are nested deeper than the parser goes (2,048), marks left aside.
        SourceTooLarge: It has more elements than any document.
    """
    root, line = _parsed(text, where)
    if line:
        # Pages with thousands of marks that nobody closed are still pages.
        root, line = _parsed(_MARK_TAG.sub("", text), where)
    if line:
        raise MalformedSource(
            "has elements nested more than 2,000 deep",
            code="source.too-deep",
            where=f"{where}:{line}",
            hint="the page is broken; save it again or take the nesting out",
        )
    if sum(1 for _ in zip(root.iter(), range(_MAX_ELEMENTS + 1), strict=False)) > _MAX_ELEMENTS:
        raise SourceTooLarge(
            f"has more than {_MAX_ELEMENTS:,} elements", where=where, hint="split the page"
        )
    _part_terms(root)
    return root


def _part_terms(root: Any) -> None:
    """Puts terms and definitions side by side that the parser nested for want of end tags."""
    for element in list(root.iter("dt", "dd")):
        parent = element.getparent()
        if parent is not None and parent.tag in ("dt", "dd"):
            for moved in (*reversed(list(element.itersiblings())), element):
                parent.addnext(moved)


def _parsed(text: str, where: str) -> tuple[Any, int]:
    """The root, and the line at which the parser gave up on depth; 0 when it did not."""
    from lxml import etree

    # The text may name the encoding it once had; what is parsed here is always UTF-8.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError) as problem:
        raise MalformedSource("holds no HTML", where=where, hint="check the file") from problem
    if root is None:
        raise MalformedSource("holds no HTML", where=where, hint="check the file")
    limits = parser.error_log.filter_types(etree.ErrorTypes.ERR_RESOURCE_LIMIT)
    return root, limits[0].line if len(limits) else 0


def article(root: Any) -> Any:
    """The element to read: the only ``article``, else the only ``main``, else the body."""
    for name in ("article", "main"):
        found = list(root.iter(name))
        if len(found) == 1:
            return found[0]
    body = root.find("body")
    return root if body is None else body


def styles(element: Any) -> dict[str, str]:
    """The inline style declarations, names and values in lower case."""
    source = element.get("style")
    if not source:
        return {}
    return {match[1].lower(): match[2].strip().lower() for match in _STYLE_PART.finditer(source)}


def is_hidden(element: Any) -> bool:
    """True for what a browser does not show, or what is decoration only."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if element.get("id") == "js_content":  # WeChat shows an article when its script has run
        return False
    classes = element.get("class")
    if classes and _UNPRINTED.search(classes):
        return True
    style = styles(element)
    return style.get("display") == "none" or style.get("visibility") == "hidden"


def roles(element: Any) -> set[str]:
    """What the element says it is: ``role``, ``epub:type`` and classes, without ``doc-``."""
    words = f"{element.get('role', '')} {epub_type(element)} {element.get('class', '')}"
    return {word.removeprefix("doc-") for word in words.lower().split()}


def epub_type(element: Any) -> str:
    """The ``epub:type`` of an element, read as HTML or as XML."""
    return str(element.get("epub:type") or element.get(_EPUB_TYPE) or "")


def whole_text(element: Any, *, readings: bool = True) -> str:
    """All text inside the element, line breaks as line feeds; without `readings` no ruby text."""
    return "".join(_texts(element, () if readings else ("rt", "rp", "rtc")))


def _texts(element: Any, without: tuple[str, ...]) -> Iterator[str]:
    from lxml import etree

    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            if node.tag in without:
                walk.skip_subtree()
                continue
            if node.tag == "br":
                yield "\n"
            if node.text:
                yield node.text
        elif node is not element and node.tail:
            yield node.tail


def sample_text(top: Any, length: int) -> str:
    """The first characters that are to be read, for telling the language."""
    pieces: list[str] = []
    for element in top.iter():
        if element.text and isinstance(element.tag, str) and element.tag not in SILENT:
            pieces.append(element.text)
        if element.tail:
            pieces.append(element.tail)
        length -= len(element.text or "") + len(element.tail or "")
        if length < 0:
            break
    return " ".join(" ".join(pieces).split())


def whole_number(value: str | None, default: int, low: int, high: int) -> int:
    """The number in an attribute, kept between two bounds."""
    match = re.match(r"\s*([+-]?\d{1,9})", value or "")
    return min(high, max(low, int(match[1]))) if match else default
