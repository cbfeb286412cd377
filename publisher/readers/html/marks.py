"""Inline elements: marks, links, note calls, pictures, ruby, formulas, inline styles."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from publisher.readers.html.images import picture_sources
from publisher.readers.html.parse import styles, whole_text
from publisher.readers.html.ruby import ruby_of
from publisher.readers.links import resolve_link
from publisher.tree.nodes import (
    Attr,
    Code,
    Emphasis,
    EmphasisDots,
    Figure,
    Image,
    Link,
    Mark,
    Math,
    MathBlock,
    NoteRef,
    Paragraph,
    Span,
    Strong,
    Warichu,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.readers.html.walk import Place, Walk

Handler: TypeAlias = "Callable[[Walk, Any, Place], bool]"

_MARKS: Final[dict[str, str]] = {
    "u": "underline", "ins": "underline", "s": "strike", "del": "strike", "strike": "strike",
    "mark": "highlight", "small": "small", "sub": "sub",
}  # fmt: skip
_DOTS: Final[dict[str, str]] = {
    "dot": "dot", "circle": "circle", "sesame": "sesame", "open": "open-dot",
    # Class names of Aozora Bunko's pages.
    "sesame_dot": "sesame", "white_sesame_dot": "sesame", "black_circle": "dot",
    "white_circle": "circle", "bouten": "sesame", "emphasis-dots": "dot", "em-sesame": "sesame",
    "em-dot": "dot", "open-dot": "open-dot",
    # Those of Markdown's spans.
    "dots": "dot", "open-dots": "open-dot", "circles": "circle",
}  # fmt: skip
# Marks that HTML has no element for, by the class of a span.
_CLASSES: Final[dict[str, str]] = {
    "proper-name": "proper-name", "book-title": "book-title",
    "warichu": "warichu", "jiazhu": "warichu",
}  # fmt: skip
_CELLS: Final = frozenset({"tcy", "upright"})
_LINES: Final = {"proper-name": "proper-name", "book-title": "book-title"}
# Quotation marks of <q> by language, outer pair.
_QUOTES: Final[dict[str, tuple[str, str]]] = {
    "ja": ("「", "」"), "zh-Hant": ("「", "」"), "zh-Hans": ("“", "”"),
}  # fmt: skip
_PIXELS_TO_POINTS: Final = 0.75


def _mark(node: type[Any], **fields: Any) -> Handler:
    def handler(walk: Walk, element: Any, place: Place) -> bool:
        dots = _dots(element)
        line = next((_LINES[n] for n in element.get("class", "").split() if n in _LINES), "")
        if dots:
            walk.open_mark(place, EmphasisDots, mark=dots)
        elif line and element.tag == "u":  # HTML 4.5.22: the element of Chinese line marks
            walk.open_mark(place, Mark, kind=line)
        else:
            walk.open_mark(place, node, **fields)
        walk.add_anchor(place)
        return True

    return handler


def _dots(element: Any) -> str:
    """The kind of emphasis dots that a style or a class asks for; empty when none."""
    style = styles(element)
    for name in ("text-emphasis", "text-emphasis-style"):
        written = style.get(name) or style.get(f"-webkit-{name}") or style.get(f"-epub-{name}")
        if written and written != "none":
            words = written.split()
            if "open" in words:
                return "circle" if "circle" in words else "open-dot"
            return next((_DOTS[word] for word in words if word in _DOTS), "dot")
    names = element.get("class", "").split()
    # "dots" alone is a dot, "dots sesame" is not.
    return next((_DOTS[name] for name in sorted(names, key="dots".__eq__) if name in _DOTS), "")


def _span(walk: Walk, element: Any, place: Place) -> bool:
    """A span means what its style says: dots, bold, italic, a line, a language."""
    dots = _dots(element)
    style = styles(element)
    decoration = style.get("text-decoration", style.get("text-decoration-line", ""))
    weight = style.get("font-weight", "")
    shift = style.get("vertical-align", "")
    anchor = walk.anchor_fields(place)
    cells = _cells(walk, element)
    if anchor is not None or cells:
        attr = anchor["attr"] if anchor else Attr()
        walk.open_mark(place, Span, attr=replace(attr, classes=cells))
    if dots:
        walk.open_mark(place, EmphasisDots, mark=dots)
    if weight in ("bold", "bolder", "600", "700", "800", "900"):
        walk.open_mark(place, Strong)
    if style.get("font-style") in ("italic", "oblique"):
        walk.open_mark(place, Emphasis)
    if "line-through" in decoration:
        walk.open_mark(place, Mark, kind="strike")
    elif "underline" in decoration:
        walk.open_mark(place, Mark, kind="underline")
    if shift in ("super", "sub"):
        walk.open_mark(place, Mark, kind="sup" if shift == "super" else "sub")
    role = vendor_role(element) if walk.own else ""
    if role and anchor is None:
        walk.open_mark(place, Span, attr=Attr(classes=(role,)))
    for name in element.get("class", "").split():
        kind = _CLASSES.get(name)
        if kind == "warichu":
            walk.open_mark(place, Warichu)
        elif kind:
            walk.open_mark(place, Mark, kind=kind)
    return True


def _cells(walk: Walk, element: Any) -> tuple[str, ...]:
    """What stands in one cell of a vertical line, or upright in its cells.

    Our EPUB writer says which of them the source asked for; the others it makes anew.
    """
    names = element.get("class", "").split()
    if walk.own and "asked" not in names:
        return ()
    return tuple(name for name in names if name in _CELLS)


def vendor_role(element: Any) -> str:
    """The ``vendor:role`` that our EPUB writer made a class of; empty when there is none."""
    for name in element.get("class", "").split():
        vendor, hyphen, role = name.partition("-")
        if hyphen and name not in _CLASSES:
            return f"{vendor}:{role}"
    return ""


def _raised(walk: Walk, element: Any, place: Place) -> bool:
    """A superscript; around the call of a note it says nothing more."""
    if any(link in walk.notes.calls for link in element.iter("a")):
        return True
    return _mark(Mark, kind="sup")(walk, element, place)


def _link(walk: Walk, element: Any, place: Place) -> bool:
    note = walk.notes.calls.get(element)
    if note is not None:
        walk.add(place, NoteRef(note))
        return False
    walk.add_anchor(place)
    href = element.get("href") or ""
    target = resolve_link(href, walk.base)
    if not target:
        return True
    walk.open_mark(place, Link, target=target, title=element.get("title") or "")
    return True


def _quotation(walk: Walk, element: Any, place: Place) -> bool:
    del element
    tag = place.language
    pair = _QUOTES.get(tag) or _QUOTES.get("-".join(tag.split("-")[:2]), ("“", "”"))
    walk.begin_run(place)
    walk.text(pair[0])
    place.after = lambda: walk.text(pair[1])
    return True


def _code(walk: Walk, element: Any, place: Place) -> bool:
    text = whole_text(element)
    if not walk.own:
        text = " ".join(text.split())
    if text:
        walk.add(place, Code(text))
    return False


def _break(walk: Walk, element: Any, place: Place) -> bool:
    del element, place
    walk.line_break()
    return False


def _ruby(walk: Walk, element: Any, place: Place) -> bool:
    ruby = ruby_of(element, own=walk.own)
    if ruby is not None:
        walk.add(place, ruby)
        return False
    text = " ".join(whole_text(element).split())  # readings of nothing are text
    if text:
        walk.begin_run(place)
        walk.text(text)
    return False


def _image(walk: Walk, element: Any, place: Place) -> bool:
    alt = " ".join((element.get("alt") or "").split())
    key = walk.shelf.take_first(picture_sources(element, walk.base), walk.line_of(element))
    if key:
        # In a book of ours these are the picture's own pixels.
        sizes = () if walk.own else ("width", "height")
        width, height = (*(_pixels(element, name) for name in sizes), 0.0, 0.0)[:2]
        title = " ".join((element.get("title") or "").split())
        if walk.own and walk.holder() is Figure:  # each stands in a paragraph of its own
            walk.open_block(place, Paragraph, run=True)
        walk.add(place, Image(key, alt, title, width, height))
        return False
    if alt:
        walk.begin_run(place)
        walk.text(alt)
    return False


def _pixels(element: Any, name: str) -> float:
    """A size in pt from a ``width`` or ``height`` in CSS pixels."""
    written = styles(element).get(name) or element.get(name) or ""
    match = re.fullmatch(r"\s*(\d{1,5}(?:\.\d{1,3})?)(?:px)?\s*", written)
    return float(match[1]) * _PIXELS_TO_POINTS if match else 0.0


def _math(walk: Walk, element: Any, place: Place) -> bool:
    tex = next(
        (
            whole_text(note).strip()
            for note in element.iter("annotation")
            if "tex" in (note.get("encoding") or "").lower()
        ),
        "",
    )
    shown = " ".join(
        "".join(
            part.text or "" for part in element.iter("mi", "mn", "mo", "mtext", "ms") if part.text
        ).split()
    )
    alt = element.get("alttext") or shown
    if not tex and not alt:
        return False
    if element.get("display") == "block" and not walk.places[-2].run:
        walk.add(place, MathBlock(tex or alt, shown or alt), inline=False)
    else:
        walk.add(place, Math(tex or alt, shown or alt))
    return False


INLINE: Final[dict[str, Handler]] = {
    **{tag: _mark(Mark, kind=kind) for tag, kind in _MARKS.items()},
    **dict.fromkeys(["em", "i", "dfn", "var"], _mark(Emphasis)),
    **dict.fromkeys(["strong", "b"], _mark(Strong)),
    **dict.fromkeys(["code", "kbd", "samp", "tt"], _code),
    **dict.fromkeys(["span", "font", "abbr", "acronym", "bdi", "bdo", "time", "big"], _span),
    "sup": _raised,
    "a": _link,
    "q": _quotation,
    "br": _break,
    "ruby": _ruby,
    "img": _image,
    "math": _math,
}
