"""How runs of text differ from their paragraph, as meaning: what is bold is strong."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.docx.package import number
from publisher.record import NamedTuple
from publisher.text.language import language_tag
from publisher.tree.nodes import (
    Attr,
    Code,
    Emphasis,
    EmphasisDots,
    Link,
    Mark,
    Span,
    Strong,
    Text,
    Warichu,
)
from publisher.tree.shape import merge_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from publisher.readers.docx.styles import Styles
    from publisher.tree.nodes import Inline, Inlines

_OFF: Final = frozenset(["0", "false", "off", "none"])
_DOTS: Final = {"dot": "dot", "underDot": "dot", "comma": "sesame", "circle": "open-dot"}
_SMALL: Final = 0.93  # of the paragraph's size: what is smaller is meant to be
# Marks that no dots stand beside and no slant shows on: what is emphasised goes on over them.
_PASSED: Final = frozenset(" \u3000、。，．・：；？！…—―「」『』（）《》〈〉“”‘’(),.:;?!-")


class Look(NamedTuple):
    """What a run means; the fields in the order in which marks stand around each other.

    Attributes:
        link: Number of the link it is part of, from 1.
        warichu: Number of the two-line note it is part of.
        lang: Its language, where that is not the document's.
        strong: Strong; `emphasis` stressed.
        dots: Kind of emphasis dots.
        line: ``underline`` or ``book-title``.
        strike: Struck out; `highlight` marked.
        position: ``sub`` or ``sup``.
        small: Small.
        code: Computer text.
    """

    link: int = 0
    warichu: int = 0
    lang: str = ""
    strong: bool = False
    emphasis: bool = False
    dots: str = ""
    line: str = ""
    strike: bool = False
    highlight: bool = False
    position: str = ""
    small: bool = False
    code: bool = False


PLAIN: Final = Look()
Pieces = list[tuple[Look, "Inline"]]


class Ground(NamedTuple):
    """What a paragraph's style gives its text already: `bold`, `italic`, `size` in half-points."""

    bold: bool = False
    italic: bool = False
    size: int = 21


class Looks:
    """Reads run properties; `own` when publisher made the file, so that every word counts."""

    def __init__(self, styles: Styles, *, own: bool) -> None:
        self._styles = styles
        self._own = own
        self._grounds: dict[str, Ground] = {}
        self._languages: dict[str, str] = {}
        self.language = ""

    def ground(self, style: str) -> Ground:
        """What a paragraph style gives."""
        found = self._grounds.get(style)
        if found is None:
            styles = self._styles
            size = styles.setting(style, "run", "sz")
            found = self._grounds[style] = Ground(
                styles.on(style, "b"),
                styles.on(style, "i"),
                number(size.get("val"), styles.size) if size is not None else styles.size,
            )
        return found

    def hidden(self, properties: Any) -> bool:
        """Text that Word does not show."""
        found = properties.find("vanish")
        return found is not None and _on(found)

    def look(self, properties: Any, ground: Ground, text: str = "") -> Look:
        """The look of a run with these properties (``w:rPr``), which may be None."""
        if properties is None:
            return PLAIN
        found: dict[str, Any] = {}
        for each in properties:
            read = _PROPERTIES.get(each.tag)
            if read is not None:
                read(each, found)
            elif each.tag == "rStyle":
                self._by_style(each.get("val") or "", ground, found)
            elif each.tag == "lang":
                found["lang"] = self._language(each, text)
        bold, italic = found.pop("b", None), found.pop("i", None)
        if bold is not None and (bold or found.get("strong")):
            found["strong"] = bold and (self._own or not ground.bold)
        if italic is not None and (italic or found.get("emphasis")):
            found["emphasis"] = italic and (self._own or not ground.italic)
        small = found.pop("sz", ground.size) < _SMALL * ground.size
        if self._own and small and not found.get("code"):
            found["small"] = True
        return Look(**found) if found else PLAIN

    def _by_style(self, name: str, ground: Ground, found: dict[str, Any]) -> None:
        kind = self._styles.kind(name)
        if kind in ("strong", "emphasis", "code"):
            found[kind] = True
        elif kind == "" and not self._own:
            found["strong"] = self._styles.on(name, "b") and not ground.bold
            found["emphasis"] = self._styles.on(name, "i") and not ground.italic
            dots = self._styles.setting(name, "run", "em")
            if dots is not None:
                found["dots"] = _DOTS.get(dots.get("val") or "", "")

    def _language(self, element: Any, text: str) -> str:
        """The language a run is in; that of strangers' files is what a keyboard was set to."""
        written = element.get("eastAsia") or element.get("val") or ""
        tag = self._languages.get(written)
        if tag is None:
            tag = self._languages[written] = language_tag(written, "") if written else ""
        if self._own:
            tag = tag.removesuffix("-US") if tag == "en-US" else tag  # English of no country
            return tag if tag != self.language else ""
        if not element.get("eastAsia") or tag.split("-")[0] not in ("zh", "ja", "ko"):
            return ""
        return tag if tag.split("-")[0] != self.language.split("-")[0] and text > "\u1100" else ""


def composed(pieces: Pieces, links: Sequence[tuple[str, str]]) -> Inlines:
    """The inlines of runs: one mark around all neighbours that share it.

    Args:
        pieces: Looks and what they are the look of.
        links: Target and title of each link, by number from 1.
    """
    if len(pieces) == 1 and pieces[0][0] == PLAIN:
        return (pieces[0][1],)
    return _nested(_joined_over(pieces), 0, links)


def _nested(pieces: Pieces, depth: int, links: Sequence[tuple[str, str]]) -> Inlines:
    if depth == len(_MAKERS):
        return merge_text(node for _, node in pieces)
    if all(look is PLAIN for look, _ in pieces):
        return merge_text(node for _, node in pieces)
    found: list[Inline] = []
    for value, group in groupby(pieces, key=lambda piece: piece[0][depth]):
        inner = _nested(list(group), depth + 1, links)
        if not value:
            found += inner
        elif depth == 0:
            target, title = links[value - 1]
            found += [Link(inner, target, title)] if target else inner
        else:
            found += _MAKERS[depth](inner, value)
    return merge_text(found)


def _joined_over(pieces: Pieces) -> Pieces:
    """Emphasis goes on over punctuation between two emphasised runs.

    Writers of files leave dots and slants off marks that they do not suit (CLREQ 3.4.1).
    """
    found = list(pieces)
    for at in range(1, len(found) - 1):
        look, node = found[at]
        before, after = found[at - 1][0], found[at + 1][0]
        if before != after or not (before.dots or before.emphasis) or look == before:
            continue
        plain = before._replace(dots="", emphasis=False)
        if look == plain and isinstance(node, Text) and _PASSED.issuperset(node.text):
            found[at] = (before, node)
    return found


def _code(inner: Inlines, value: Any) -> Iterable[Inline]:
    """Text as code; what else stands among it stays what it is."""
    del value
    return [Code(node.text) if isinstance(node, Text) else node for node in inner]


_MAKERS: Final[tuple[Callable[[Inlines, Any], Iterable[Inline]], ...]] = (
    lambda inner, _: inner,  # links need their target
    lambda inner, _: (Warichu(inner),),
    lambda inner, value: (Span(inner, Attr(lang=value)),),
    lambda inner, _: (Strong(inner),),
    lambda inner, _: (Emphasis(inner),),
    lambda inner, value: (EmphasisDots(inner, value),),
    lambda inner, value: (Mark(value, inner),),
    lambda inner, _: (Mark("strike", inner),),
    lambda inner, _: (Mark("highlight", inner),),
    lambda inner, value: (Mark(value, inner),),
    lambda inner, _: (Mark("small", inner),),
    _code,
)


def _shading(element: Any, found: dict[str, Any]) -> None:
    fill = (element.get("fill") or "auto").lower()
    page = (element.get("themeFill") or "").startswith("background")
    if fill not in ("auto", "ffffff", "none") and not page:
        found["highlight"] = True


def _combined(element: Any, found: dict[str, Any]) -> None:
    if (element.get("combine") or "0").lower() not in _OFF:
        found["warichu"] = number(element.get("id") or "0") + 1


def _set(name: str, make: Callable[[Any], Any]) -> Callable[[Any, dict[str, Any]], None]:
    def read(element: Any, found: dict[str, Any]) -> None:
        found[name] = make(element)

    return read


def _on(element: Any) -> bool:
    return (element.get("val") or "1").lower() not in _OFF


def _line(kind: str) -> str:
    if kind == "none":
        return ""
    return "book-title" if kind.lower().startswith("wav") else "underline"


_POSITIONS: Final = {"superscript": "sup", "subscript": "sub"}
_PROPERTIES: Final[dict[str, Callable[[Any, dict[str, Any]], None]]] = {
    "b": _set("b", _on),
    "i": _set("i", _on),
    "sz": _set("sz", lambda e: number(e.get("val") or "", 0)),
    "strike": _set("strike", _on),
    "dstrike": _set("strike", _on),
    "u": _set("line", lambda e: _line(e.get("val") or "single")),
    "em": _set("dots", lambda e: _DOTS.get(e.get("val") or "", "")),
    "highlight": _set("highlight", lambda e: e.get("val") not in (None, "none", "white")),
    "shd": _shading,
    "vertAlign": _set("position", lambda e: _POSITIONS.get(e.get("val") or "", "")),
    "eastAsianLayout": _combined,
}
