"""What each HTML element becomes: one handler a kind, found by tag name.

A handler returns True when the walk shall go on inside the element.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from publisher.readers.html.classes import classed, list_fields, task_state
from publisher.readers.html.marks import INLINE
from publisher.readers.html.parse import epub_type, roles, styles, whole_number, whole_text
from publisher.readers.html.sides import side_of
from publisher.readers.html.tables import TABLE
from publisher.tree.build import Attribution, Caption, Definition, Term, Title
from publisher.tree.nodes import (
    NO_ATTR,
    Attr,
    Box,
    CodeBlock,
    DefinitionList,
    Figure,
    Footnote,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Section,
    Span,
    ThematicBreak,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.readers.html.walk import Place, Walk

Handler: TypeAlias = "Callable[[Walk, Any, Place], bool]"

_LANGUAGE_CLASS: Final = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|brush:)[-:\s]?([\w+#.-]+)"
)
_LIST_STYLES: Final[dict[str, str]] = {
    "a": "alpha", "i": "roman", "1": "decimal",
    "lower-alpha": "alpha", "upper-alpha": "alpha", "lower-latin": "alpha",
    "upper-latin": "alpha", "lower-roman": "roman", "upper-roman": "roman",
    "cjk-ideographic": "cjk", "trad-chinese-informal": "cjk", "simp-chinese-informal": "cjk",
    "cjk-decimal": "cjk", "japanese-informal": "cjk", "katakana": "kana", "hiragana": "kana",
    "katakana-iroha": "iroha", "hiragana-iroha": "iroha", "hangul": "hangul",
    "korean-hangul-formal": "hangul",
}  # fmt: skip
_ROLE_CLASSES: Final[dict[str, str]] = {
    "lead": "lead", "lede": "lead", "byline": "byline", "author": "byline",
    "dateline": "dateline", "signature": "signature", "epigraph": "epigraph", "credit": "credit",
}  # fmt: skip
_ALIGN: Final[dict[str, str]] = {
    "left": "start", "start": "start", "center": "center", "right": "end", "end": "end",
}  # fmt: skip
_KINDS: Final[dict[str, str]] = {
    "volume": "volume", "part": "part", "chapter": "chapter", "preface": "preface",
    "foreword": "preface", "introduction": "preface", "prologue": "preface",
    "afterword": "afterword", "epilogue": "afterword", "conclusion": "afterword",
    "appendix": "appendix",
}  # fmt: skip
_BOX_ROLES: Final = ("note", "tip", "warning", "letter", "sidebar", "dialogue")


def enter(walk: Walk, element: Any, place: Place) -> bool:
    """Handles the start of an element; True to walk its content."""
    notes = walk.notes
    if element in notes.ids:
        walk.open_block(place, Footnote, id=notes.ids[element])
        return True
    if element in notes.emptied:
        walk.boundary(place)
        return True
    if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "hr") and any(
        outer.element in notes.emptied for outer in walk.places[-2:-1]
    ):
        return False
    handler = classed(element) if walk.own else None
    return (handler or _HANDLERS.get(element.tag, _unknown))(walk, element, place)


def _unknown(walk: Walk, element: Any, place: Place) -> bool:
    """An element without meaning here: its content counts, where it stands."""
    del walk, element, place
    return True


def _division(walk: Walk, element: Any, place: Place) -> bool:
    walk.keep_anchor(element)
    walk.boundary(place)
    return True


def _aside(walk: Walk, element: Any, place: Place) -> bool:
    walk.keep_anchor(element)
    named = roles(element)
    role = next((name for name in _BOX_ROLES if name in named), "sidebar")
    walk.open_block(place, Box, role=role, **walk.attr_fields(place))
    return True


def _paragraph(walk: Walk, element: Any, place: Place) -> bool:
    fields = walk.attr_fields(place)
    role = next((_ROLE_CLASSES[n] for n in sorted(roles(element)) if n in _ROLE_CLASSES), "")
    align = _ALIGN.get(element.get("align") or styles(element).get("text-align", ""), "")
    if walk.own:
        named = element.get("class", "").split()
        align = next((n[6:] for n in named if n.startswith("align-")), "")
        if "continuation" in named and not any(True for _ in element.iter("br")):
            role = "continuation"
        if align in ("start", "justify"):
            fields["align"] = align
    if role:
        fields["role"] = role
    if align in ("center", "end"):
        fields["align"] = align
    walk.open_block(place, Paragraph, run=True, **fields)
    return True


def _heading(walk: Walk, element: Any, place: Place) -> bool:
    level = int(element.tag[1])
    fields = walk.attr_fields(place, keep_id=True)
    kind = _section_kind(element, own=walk.own)
    if kind:
        fields["kind"] = kind
    outer = walk.places[-2].language
    if place.language == outer:
        walk.open_block(place, Section, run=True, level=level, **fields)
        return True
    # A language of the heading alone is not that of the section below it.
    attr = fields.pop("attr", NO_ATTR)
    attr = replace(attr, lang=outer if outer != walk.language else "")
    walk.open_block(place, Section, run=True, level=level, attr=attr, **fields)
    walk.open_mark(place, Span, attr=Attr("", place.language))
    return True


def _section_kind(heading: Any, *, own: bool) -> str:
    """The part that a section of an EPUB says it plays (EPUB 3 Structural Semantics)."""
    if own and "part" in heading.get("class", "").split():
        return "part"
    parent = heading.getparent()
    if parent is None or parent.find(heading.tag) is not heading:
        return ""
    said = epub_type(parent).lower().split()
    return next((_KINDS[name] for name in said if name in _KINDS), "")


def _quote(walk: Walk, element: Any, place: Place) -> bool:
    del element
    walk.open_block(place, Quote, **walk.attr_fields(place))
    return True


def _footer(walk: Walk, element: Any, place: Place) -> bool:
    """The footer, or a lone ``cite``, of a quotation names whom it quotes."""
    if walk.holder() is Quote and not _holds_blocks(element):
        walk.open_block(place, Attribution, run=True)
        return True
    return _division(walk, element, place)


def _holds_blocks(element: Any) -> bool:
    """True when more than text stands where only a line of text has a place."""
    blocks = ("ul", "ol", "dl", "table", "pre", "blockquote", "figure", "details", "aside", "hr")
    return any(True for _ in element.iter(*blocks))


def _cite(walk: Walk, element: Any, place: Place) -> bool:
    if walk.holder() is Quote and element.getnext() is None:
        walk.open_block(place, Attribution, run=True)
        return True
    return INLINE["em"](walk, element, place)


def _list(walk: Walk, element: Any, place: Place) -> bool:
    ordered = element.tag == "ol"
    written = (element.get("type") or styles(element).get("list-style-type", "")).lower()
    loose = any(child.tag == "p" for item in element.iterchildren("li") for child in item)
    if walk.own:
        loose = "loose" in element.get("class", "").split()
    walk.keep_anchor(element)
    fields = walk.attr_fields(place)
    if ordered:
        fields["start"] = whole_number(element.get("start"), 1, -99_999, 99_999)
        fields["style"] = _LIST_STYLES.get(written, "decimal")
        if walk.own:
            names = element.get("class", "").split()
            fields["style"] = next((_LIST_STYLES[n] for n in names if n in _LIST_STYLES), "decimal")
            fields.update(list_fields(element) if "labelled" in names else {})
    walk.open_block(
        place,
        ListBlock,
        ordered=ordered,
        tight=not loose,
        **fields,
    )
    return True


def _item(walk: Walk, element: Any, place: Place) -> bool:
    if walk.holder() is not ListBlock:
        return _division(walk, element, place)
    walk.keep_anchor(element)
    box = next((box for box in element.iter("input") if box.get("type") == "checkbox"), None)
    fields: dict[str, Any] = {} if box is None else {"checked": box.get("checked") is not None}
    if walk.own and (state := task_state(element)) is not None:
        fields["checked"] = state
    walk.open_block(place, ListItem, **fields)
    return True


def _definition_list(walk: Walk, element: Any, place: Place) -> bool:
    walk.keep_anchor(element)
    walk.open_block(place, DefinitionList, **walk.attr_fields(place))
    return True


def _term(walk: Walk, element: Any, place: Place) -> bool:
    if walk.holder() is not DefinitionList:
        return _division(walk, element, place)
    if _holds_blocks(element):
        walk.open_block(place, Definition)
        return True
    walk.open_block(place, Term, run=True)
    walk.add_anchor(place)
    return True


def _definition(walk: Walk, element: Any, place: Place) -> bool:
    if walk.holder() is not DefinitionList:
        return _division(walk, element, place)
    walk.keep_anchor(element)
    walk.open_block(place, Definition)
    return True


def _preformatted(walk: Walk, element: Any, place: Place) -> bool:
    text = whole_text(element).replace("\r\n", "\n").replace("\r", "\n")
    if not walk.own:
        text = text.removeprefix("\n").rstrip()
    classes = " ".join([element.get("class", ""), *(c.get("class", "") for c in element)])
    match = _LANGUAGE_CLASS.search(classes)
    if text:
        attr = walk.attr_fields(place)
        walk.add(place, CodeBlock(text, match[1] if match else "", **attr), inline=False)
    return False


def _figure(walk: Walk, element: Any, place: Place) -> bool:
    walk.open_block(place, Figure, placement=side_of(element), **walk.attr_fields(place))
    return True


def _caption(walk: Walk, element: Any, place: Place) -> bool:
    if walk.holder() is Figure:
        walk.open_block(place, Caption)
        return True
    return _division(walk, element, place)


def _rule(walk: Walk, element: Any, place: Place) -> bool:
    del element
    walk.add(place, ThematicBreak(**walk.attr_fields(place)), inline=False)
    return False


def _details(walk: Walk, element: Any, place: Place) -> bool:
    del element
    walk.open_block(place, Box, role="sidebar", **walk.attr_fields(place))
    return True


def _summary(walk: Walk, element: Any, place: Place) -> bool:
    if walk.holder() is Box and not _holds_blocks(element):
        walk.open_block(place, Title, run=True)
        return True
    return _division(walk, element, place)


def _form(walk: Walk, element: Any, place: Place) -> bool:
    """A form goes unless it wraps text to read, as some page makers wrap the whole page."""
    if not any(True for _ in element.iter("p", "h1", "h2", "h3", "article")):
        return False
    return _division(walk, element, place)


_HANDLERS: Final[dict[str, Handler]] = {
    **dict.fromkeys(
        [
            "article",
            "main",
            "section",
            "header",
            "div",
            "center",
            "address",
            "hgroup",
            "body",
            "fieldset",
            "legend",
            "html",
        ],
        _division,
    ),
    **dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], _heading),
    **dict.fromkeys(["ul", "ol", "menu", "dir"], _list),
    **dict.fromkeys(["pre", "listing", "xmp", "plaintext"], _preformatted),
    **INLINE,
    **TABLE,
    "aside": _aside,
    "p": _paragraph,
    "blockquote": _quote,
    "footer": _footer,
    "cite": _cite,
    "li": _item,
    "dl": _definition_list,
    "dt": _term,
    "dd": _definition,
    "figure": _figure,
    "figcaption": _caption,
    "hr": _rule,
    "details": _details,
    "summary": _summary,
    "form": _form,
}
