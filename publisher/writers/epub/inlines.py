"""Inline nodes to XHTML: one function a type, found through a table keyed by type."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from publisher.text.cells import is_label
from publisher.tree import nodes as n
from publisher.tree.walk import plain_text
from publisher.writers.epub.page_list import is_mark, mark_attributes
from publisher.writers.epub.upright import CELL_CLASSES, MADE
from publisher.writers.epub.words import is_cjk
from publisher.writers.epub.xhtml import attribute, common

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.tree.nodes import Inline, Inlines
    from publisher.writers.epub.xhtml import Page

# HTML 4.5.22: `u` is the element for Chinese proper-name marks.
_MARKS: Final[dict[n.MarkKind, tuple[str, str]]] = {
    "proper-name": ('<u class="proper-name">', "</u>"),
    "book-title": ('<u class="book-title">', "</u>"),
    "underline": ("<u>", "</u>"),
    "strike": ("<s>", "</s>"),
    "highlight": ("<mark>", "</mark>"),
    "sub": ("<sub>", "</sub>"),
    "sup": ("<sup>", "</sup>"),
    "small": ("<small>", "</small>"),
}
_SCHEMES: Final = frozenset(
    {"http", "https", "mailto", "tel", "ftp", "ftps", "geo", "sms", "doi", "urn", "irc", "xmpp"}
)
_WITH_HOST: Final = frozenset({"http", "https", "ftp", "ftps"})
# RFC 3986, 2.2 and 2.3, and the percent sign of what is encoded already.
_URL_SAFE: Final = "%!$&'()*+,;=:@/?~-._#"
# URL Standard, 3.3: forbidden host code points, but for the brackets of IPv6; and empty labels.
_NO_HOST = re.compile(r"[\x00-\x20\"<>\\^`{|}%\x7f]|\.\.|^\.")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[!-;=?-~]+")
# After slashes, before other signs.
_JOINT = re.compile(r"(?<=/)(?=[^/])|(?<=[^/.])(?=[.?&#=_%~])")
_CLASS = re.compile(r"[^A-Za-z0-9_-]+")


def run(inlines: Inlines, page: Page) -> str:
    """A run of inlines as XHTML."""
    if len(inlines) == 1 and type(inlines[0]) is n.Text and not page.emphasized:
        return _shown(inlines[0].text)
    return "".join([_INLINES[type(inline)](inline, page) for inline in inlines])


def _shown(text: str) -> str:
    """Text as XHTML; a web address may break at its joints, so that no line before it is blown."""
    found = escape(text, quote=False)
    if "://" not in found:
        return found
    return _ADDRESS.sub(lambda match: _JOINT.sub("<wbr/>", match[0]), found)


def _text(node: n.Text, page: Page) -> str:
    if not page.emphasized or not is_cjk(page.language):
        return _shown(node.text)
    # split with one group: every other piece is a Western stretch
    pieces = [escape(piece, quote=False) for piece in _western().split(node.text)]
    pieces[1::2] = [f'<span class="western">{piece}</span>' for piece in pieces[1::2]]
    return "".join(pieces)


@cache
def _western() -> re.Pattern[str]:
    """A stretch of Western words: from a Western letter or digit to the last before CJK text."""
    letter = "A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1eff"
    return re.compile(f"([{letter}](?:[^\u2e80-\U0003ffff]*[{letter}])?)")


def _emphasis(node: n.Emphasis, page: Page) -> str:
    was, page.emphasized = page.emphasized, True
    inner = run(node.content, page)
    page.emphasized = was
    return f"<em>{inner}</em>"


def _strong(node: n.Strong, page: Page) -> str:
    return f"<strong>{run(node.content, page)}</strong>"


def _dots(node: n.EmphasisDots, page: Page) -> str:
    return f'<em class="dots {node.mark}">{run(node.content, page)}</em>'


def _mark(node: n.Mark, page: Page) -> str:
    before, after = _MARKS[node.kind]
    return f"{before}{run(node.content, page)}{after}"


def _ruby(node: n.Ruby, page: Page) -> str:
    opening, closing = ("（", "）") if is_cjk(page.language) else ("(", ")")
    kind = "" if node.role == "furigana" else f' class="{node.role}"'
    pairs = "".join(
        f"{escape(pair.base, quote=False)}<rp>{opening}</rp>"
        f"<rt>{escape(pair.text, quote=False)}</rt><rp>{closing}</rp>"
        if pair.text
        else f"{escape(pair.base, quote=False)}<rt></rt>"
        for pair in node.pairs
    )
    return f"<ruby{kind}>{pairs}</ruby>"


def _warichu(node: n.Warichu, page: Page) -> str:
    return f'<span class="warichu">{run(node.content, page)}</span>'


def _code(node: n.Code, _page: Page) -> str:
    return f'<code translate="no">{escape(node.text, quote=False)}</code>'


def _math(node: n.Math, _page: Page) -> str:
    shown = node.alt or node.tex
    return (
        f'<span class="math" role="math" translate="no"{attribute("aria-label", shown)}>'
        f"{escape(shown, quote=False)}</span>"
    )


def _link(node: n.Link, page: Page) -> str:
    href = _href(node.target, page)
    if not href or page.linked:
        return run(node.content, page)
    page.linked = True
    inner = run(node.content, page)
    page.linked = False
    title = attribute("title", node.title)
    if not inner.strip():
        inner = escape(node.title or node.target, quote=False)
    return f'<a href="{escape(href)}"{title}>{inner}</a>'


def _href(target: str, page: Page) -> str:
    """A URL that may stand in a book, or an empty string."""
    if target.startswith("#"):
        place = page.book.places.get(target[1:])
        if place is None:
            page.report("epub.link", target=target)
            return ""
        return place.href(page.file)
    found = web_url(target)
    if not found:
        page.report("epub.link", target=target)
    return found


def web_url(target: str) -> str:
    """An absolute URL with what RFC 3986 wants encoded, or an empty string if it is none.

    Files beside the source and scripts are no addresses outside of the source's folder.
    """
    target = target.strip()
    try:
        parts = urlsplit(target)
        host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
        wrong = parts.port == 0 or _NO_HOST.search(host)  # `port` raises for what is no number
    except ValueError:
        return ""
    if wrong:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in _SCHEMES or (scheme in _WITH_HOST and not parts.hostname):
        return ""
    rest = target[len(parts.scheme) + 1 :]
    if parts.netloc:
        rest = f"//{host}" + rest[len(parts.netloc) + 2 :]
    first, mark, fragment = rest.partition("#")
    fragment = fragment.replace("#", "%23")
    url = quote(first + mark + fragment, safe=_URL_SAFE + ("[]" if parts.netloc else ""))
    return f"{scheme}:{_BAD_PERCENT.sub('%25', url)}"


def _cross_ref(node: n.CrossRef, page: Page) -> str:
    book = page.book
    place = book.places.get(node.target)
    was, page.linked = page.linked, True
    shown = run(node.fallback, page)
    if not shown and node.show == "number" and (number := book.numbers.get(node.target)):
        shown = ".".join(map(str, number))
    if not shown:
        shown = escape(plain_text(book.titles.get(node.target, ())), quote=False)
    page.linked = was
    shown = shown or escape(node.target, quote=False)
    if place is None or page.linked:
        return shown
    return f'<a class="cross-ref" href="{escape(place.href(page.file))}">{shown}</a>'


def _note_ref(node: n.NoteRef, page: Page) -> str:
    book = page.book
    label = escape(book.labels.get(node.note, "*"), quote=False)
    place = book.places.get(node.note)
    if place is None or node.note not in book.notes:
        page.report("epub.note", note=node.note)
        return f'<sup class="call">{label}</sup>'
    if page.linked:
        return f'<sup class="call">{label}</sup>'
    call = page.new_id("call")
    page.calls.setdefault(node.note, []).append(call)
    return (
        f'<sup class="call"><a id="{call}"{cell_class(label, page)} epub:type="noteref" '
        f'role="doc-noteref" href="{escape(place.href(page.file))}">{label}</a></sup>'
    )


def cell_class(label: str, page: Page) -> str:
    """The class of a label that stands in one cell of a vertical line, as an attribute."""
    return ' class="tcy"' if page.book.sheet.vertical and is_label(label) else ""


def _image(node: n.Image, page: Page) -> str:
    return picture(node, page, "inline")


def picture(node: n.Image, page: Page, kind: str) -> str:
    """An ``img`` element, or the picture's description where it cannot be shown."""
    found = page.book.pictures.get(node.resource)
    alt = node.alt.strip()
    if found is None:
        return f'<span class="missing">[{escape(alt, quote=False)}]</span>' if alt else ""
    size = ""
    if found.width and found.height:
        size = f' width="{found.width}" height="{found.height}"'
    body = page.book.sheet.text["body"].size
    style = ""
    if node.width:
        style = f' style="width:{node.width / body:.4g}em"'
    elif node.height:
        style = f' style="height:{node.height / body:.4g}em;width:auto"'
    title = attribute("title", node.title)
    return f'<img class="{kind}" src="{found.href}" alt="{escape(alt)}"{title}{size}{style}/>'


def _line_break(_node: n.LineBreak, _page: Page) -> str:
    return "<br/>"


def _span(node: n.Span, page: Page) -> str:
    if is_mark(node.attr):
        return f"<span{mark_attributes(node.attr, page.own_id(node.attr.id))}></span>"
    attributes = common(node.attr, page)
    role = next((c for c in node.attr.classes if ":" in c), "")
    names = [class_name(role)] if role else []
    cell = next((c for c in node.attr.classes if c in CELL_CLASSES), "")
    if cell:
        names += (cell,) if MADE in node.attr.classes else (cell, "asked")
    if names:
        attributes += f' class="{" ".join(names)}"'
    inner = run(node.content, page)
    return f"<span{attributes}>{inner}</span>" if attributes else inner


def class_name(role: str) -> str:
    """A role as a CSS class."""
    name = _CLASS.sub("-", role).strip("-")
    return name if name[:1].isalpha() else f"r-{name}"


_INLINES: Final[dict[type[Inline], Callable[..., str]]] = {
    n.Text: _text,
    n.Emphasis: _emphasis,
    n.Strong: _strong,
    n.EmphasisDots: _dots,
    n.Mark: _mark,
    n.Ruby: _ruby,
    n.Warichu: _warichu,
    n.Code: _code,
    n.Math: _math,
    n.Link: _link,
    n.CrossRef: _cross_ref,
    n.NoteRef: _note_ref,
    n.Image: _image,
    n.LineBreak: _line_break,
    n.Span: _span,
}
