"""What inline marks mean: ruby, spans with classes, HTML elements inside a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.links import resolve_link
from publisher.text.language import language_tag
from publisher.tree.nodes import (
    Attr,
    Code,
    Emphasis,
    EmphasisDots,
    Inlines,
    Link,
    Mark,
    MarkKind,
    Ruby,
    RubyPair,
    Span,
    Strong,
    Warichu,
)
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Patterns for rare things stay text until they are met: `re` compiles and keeps them then.
_ATTRIBUTE: Final = r"([a-zA-Z_:][\w:.-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?"
_LENGTH: Final = r"([0-9]+(?:\.[0-9]+)?)\s*(px|pt|mm|cm|in|)"
_POINTS: Final = {"": 0.75, "px": 0.75, "pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}
# A reading that spells sounds: Latin with or without tone marks.
_LATIN: Final = r"[A-Za-z\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff0-9 '’·-]+"
_BOPOMOFO: Final = r"[\u02ca\u02c7\u02cb\u02d9\u3105-\u312f\u31a0-\u31bf ]+"
_HAN: Final = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〆ヶ]"
_UNITS: Final = "(?s:.)[\ufe00-\ufe0f\U000e0100-\U000e01ef\u0300-\u036f\u3099\u309a]*"

_MARKS: Final[dict[str, MarkKind]] = {
    "u": "underline", "ins": "underline", "s": "strike", "del": "strike", "strike": "strike",
    "mark": "highlight", "small": "small", "sub": "sub", "sup": "sup",
}  # fmt: skip
# Classes of a bracketed span, [text]{.class}, and of <span class>.
_SPAN_MARKS: Final[dict[str, MarkKind]] = {
    "proper-name": "proper-name", "book-title": "book-title", "underline": "underline",
    "ul": "underline", "strike": "strike", "mark": "highlight", "highlight": "highlight",
    "small": "small", "smallcaps": "small", "sub": "sub", "sup": "sup",
}  # fmt: skip
_SPAN_DOTS: Final[dict[str, Any]] = {
    "dots": "dot", "emphasis-dots": "dot", "bouten": "sesame", "sesame": "sesame",
    "open-dots": "open-dot", "circles": "circle",
}  # fmt: skip


_SPAN_NOTES: Final = frozenset({"warichu", "jiazhu"})  # notes in two small lines: 割注, 夹注


def wrapper(kind: type[Emphasis | Strong]) -> Callable[[Inlines], Inlines]:
    """Makes that node around what it is given; nothing around nothing."""
    return lambda content: (kind(content),) if content else ()


def marker(kind: MarkKind) -> Callable[[Inlines], Inlines]:
    """Makes a `Mark` of that kind around what it is given."""
    return lambda content: (Mark(kind, content),) if content else ()


def linked(content: Inlines, target: str, title: str) -> Inlines:
    """A link around `content`; the content alone when there is nowhere to go."""
    if not target:
        return content
    return (Link(content, target, title),) if content else ()


def _nothing(_: Inlines) -> Inlines:
    return ()


def _coded(content: Inlines) -> Inlines:
    text = plain_text(content)
    return (Code(text),) if text else ()


_PLAIN_TAGS: Final[dict[str, Callable[[Inlines], Inlines]]] = {
    **{name: marker(kind) for name, kind in _MARKS.items()},
    **dict.fromkeys(["b", "strong"], wrapper(Strong)),
    **dict.fromkeys(["em", "i", "cite", "dfn", "var"], wrapper(Emphasis)),
    **dict.fromkeys(["code", "kbd", "samp", "tt"], _coded),
    **dict.fromkeys(["script", "style", "template", "iframe", "object"], _nothing),
}


def html_attributes(source: str) -> dict[str, str]:
    """The attributes in a start tag, names in lower case, entities resolved."""
    from html import unescape

    return {
        match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
        for match in re.finditer(_ATTRIBUTE, source)
    }


def html_maker(name: str, attributes: dict[str, str]) -> Callable[[Inlines], Inlines] | None:
    """What an HTML element makes of its content, or None for one without meaning in a line."""
    made = _PLAIN_TAGS.get(name)
    if made is not None:
        return made
    if name == "a" and attributes.get("href"):
        target = resolve_link(attributes["href"])
        return lambda content: linked(content, target, attributes.get("title", ""))
    if name in ("span", "a", "bdi", "font", "abbr", "time"):
        return span_maker(attributes)
    return None


def span_maker(attributes: dict[str, str]) -> Callable[[Inlines], Inlines]:
    """What ``[text]{.class #id lang=xx}`` or a ``<span>`` makes of its content."""
    classes = tuple(attributes.get("class", "").split())
    written = attributes.get("lang", attributes.get("xml:lang", ""))
    lang = language_tag(written) if written else ""
    identity = attributes.get("id", attributes.get("name", ""))
    rest = tuple(
        c for c in classes if c not in _SPAN_MARKS and c not in _SPAN_DOTS and c not in _SPAN_NOTES
    )

    def make(content: Inlines) -> Inlines:
        for name in reversed(classes):
            if content and name in _SPAN_MARKS:
                content = (Mark(_SPAN_MARKS[name], content),)
            elif content and name in _SPAN_DOTS:
                content = (EmphasisDots(content, _SPAN_DOTS[name]),)
            elif content and name in _SPAN_NOTES:
                content = (Warichu(content),)
        if identity or (content and (lang or rest)):
            return (Span(content, Attr(identity, lang, rest)),)
        return content

    return make


def make_ruby(base: str, readings: Sequence[str]) -> Ruby:
    """Ruby over `base`: one reading a character where they match in number, else as a group."""
    units = re.findall(_UNITS, base)
    if len(readings) == len(units):
        pairs = tuple(RubyPair(*pair) for pair in zip(units, readings, strict=True))
        kind: Any = "mono"
    else:
        pairs = (RubyPair(base, "".join(readings)),)
        kind = "group"
    whole = "".join(readings)
    role: Any = "furigana"
    if re.fullmatch(_BOPOMOFO, whole):
        role = "zhuyin"
    elif re.fullmatch(_LATIN, whole):
        role = "pinyin" if re.search(_HAN, base) else "gloss"
    elif re.search(_HAN, whole):
        role = "gloss"
    return Ruby(pairs, kind, role)


def points(length: str) -> float:
    """A length such as ``120px`` or ``4cm`` in pt; 0 for a share or nothing usable."""
    match = re.fullmatch(_LENGTH, length.strip())
    return float(match[1]) * _POINTS[match[2]] if match else 0.0
