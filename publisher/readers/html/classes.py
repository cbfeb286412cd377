"""Mark-up that says by its class what HTML has no element for: verse, boxes, page breaks, formulas.

These are the classes of publisher's own EPUB files, so that a book read back gives the tree it was
made from; pages of others that use them mean the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias, get_args
from urllib.parse import unquote

from publisher.readers.html.parse import styles, whole_number, whole_text
from publisher.tree.build import Attribution, Title, VerseLine
from publisher.tree.labels import item_label
from publisher.tree.nodes import (
    Box,
    CrossRef,
    Heading,
    ListBlock,
    ListStyle,
    Math,
    MathBlock,
    PageBreak,
    Paragraph,
    Quote,
    Stanza,
    TableOfContents,
    Text,
    ThematicBreak,
    Verse,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.readers.html.walk import Place, Walk

Handler: TypeAlias = "Callable[[Walk, Any, Place], bool]"

_QUOTED: Final = re.compile(r"""["'](.*?)\s*["']""")
_DELIMITERS: Final = ("period", "paren", "parens", "ideographic", "none")
_SUBHEADING: Final = 3  # level of a heading whose element does not say it
_DEPTH: Final = 3


def classed(element: Any) -> Handler | None:
    """The handler of what an element's class says it is, or None."""
    names = element.get("class", "")
    if not names:
        return None
    tag = "h" if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6") else element.tag
    table = _HANDLERS.get(tag)
    if table is None:
        return None
    return next((table[name] for name in names.split() if name in table), None)


def list_fields(element: Any) -> dict[str, Any]:
    """Style and delimiter of an ordered list whose labels are written in its items' styles."""
    items = list(element.iterchildren("li"))
    found = _QUOTED.search(styles(items[0]).get("list-style-type", "")) if items else None
    if found is None:
        return {}
    start = whole_number(element.get("start"), 1, -99_999, 99_999)
    # Of two that print the same label, the one with a name of its own.
    for style in ("cjk-paren", *get_args(ListStyle)[1:]):
        for delimiter in _DELIMITERS:
            fields = {"ordered": True, "style": style, "delimiter": delimiter}
            label = item_label(ListBlock((), **fields), start, "")
            if label.casefold() == found[1]:
                return {"style": style, "delimiter": delimiter}
    return {}


def task_state(element: Any) -> bool | None:
    """Whether an item of a list of tasks is done; None when it is no task."""
    for sign in element.iter("span"):
        if "task" in sign.get("class", "").split():
            own = next(sign.iterancestors("li"), None) is element
            return whole_text(sign).strip() == "☑" if own else None
    return None


def _verse(walk: Walk, element: Any, place: Place) -> bool:
    del element
    walk.open_block(place, Verse, **walk.attr_fields(place))
    return True


def _stanza(walk: Walk, element: Any, place: Place) -> bool:
    del element
    if walk.holder() is Verse:
        walk.open_block(place, Stanza)
    else:
        walk.boundary(place)
    return True


def _line(walk: Walk, element: Any, place: Place) -> bool:
    del element
    walk.open_block(place, VerseLine if walk.holder() is Stanza else Paragraph, run=True)
    return True


def _attribution(walk: Walk, element: Any, place: Place) -> bool:
    del element
    inside = walk.holder() in (Quote, Verse)
    walk.open_block(place, Attribution if inside else Paragraph, run=True)
    return True


def _box(walk: Walk, element: Any, place: Place) -> bool:
    role = next((n for n in element.get("class", "").split() if n != "box"), "note")
    known = ("note", "tip", "warning", "letter", "sidebar", "dialogue")
    vendor, _, rest = role.partition("-")
    if role not in known:
        role = f"{vendor}:{rest}" if rest else "sidebar"
    walk.open_block(place, Box, role=role, **walk.attr_fields(place))
    return True


def _box_title(walk: Walk, element: Any, place: Place) -> bool:
    del element
    walk.open_block(place, Title if walk.holder() is Box else Paragraph, run=True)
    return True


def _page_break(walk: Walk, element: Any, place: Place) -> bool:
    del element
    walk.add(place, PageBreak(**walk.attr_fields(place)), inline=False)
    return False


def _scene(style: str) -> Handler:
    def handler(walk: Walk, element: Any, place: Place) -> bool:
        del element
        made = ThematicBreak(style, **walk.attr_fields(place))  # type: ignore[arg-type]
        walk.add(place, made, inline=False)
        return False

    return handler


def _formula(walk: Walk, element: Any, place: Place) -> bool:
    """A formula that is text here; what was its TeX is gone."""
    if element.get("role") != "math":
        return True
    text = " ".join(whole_text(element).split())
    if not text:
        return False
    if element.tag == "div":
        walk.add(place, MathBlock(text, text, **walk.attr_fields(place)), inline=False)
    else:
        walk.add(place, Math(text, text))
    return False


def _cross_ref(walk: Walk, element: Any, place: Place) -> bool:
    href = element.get("href") or ""
    if not href.startswith("#"):
        return True
    shown = " ".join(whole_text(element, readings=False).split())
    walk.add(place, CrossRef(unquote(href[1:]), fallback=(Text(shown),) if shown else ()))
    return False


def _subheading(walk: Walk, element: Any, place: Place) -> bool:
    fields = walk.attr_fields(place)
    digit = element.tag.removeprefix("h")  # the element may have been changed by hand
    level = int(digit) if digit in ("1", "2", "3", "4", "5", "6") else _SUBHEADING
    walk.open_block(place, Heading, run=True, level=level, **fields)
    return True


def _contents(walk: Walk, element: Any, place: Place) -> bool:
    title = next((" ".join(whole_text(h).split()) for h in element.iter("h1", "h2", "h3")), "")
    depth = 0
    for listed in element.iter("ol"):
        inner = sum(1 for _ in listed.iterancestors("ol")) + 1
        depth = max(depth, inner)
    made = TableOfContents(depth or _DEPTH, (Text(title),) if title else ())
    walk.add(place, made, inline=False)
    return False


def _nothing(walk: Walk, element: Any, place: Place) -> bool:
    """What the writer adds of its own: signs of tasks, numbers of sections, labels of notes."""
    del walk, element, place
    return False


_HANDLERS: Final[dict[str, dict[str, Handler]]] = {
    "div": {
        "verse": _verse,
        "stanza": _stanza,
        "box": _box,
        "page-break": _page_break,
        "math": _formula,
    },
    "p": {"line": _line, "attribution": _attribution, "box-title": _box_title},
    "span": {"task": _nothing, "number": _nothing, "label": _nothing, "math": _formula},
    "hr": {"asterism": _scene("asterism"), "blank": _scene("blank")},
    "a": {"cross-ref": _cross_ref},
    "h": {"subheading": _subheading},
    "nav": {"toc": _contents},
}
