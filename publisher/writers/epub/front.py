"""The pages before the text: cover and title page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from publisher.tree.imprint import credit_lines, title_credits, title_imprint, title_series
from publisher.writers.epub.upright import in_line
from publisher.writers.epub.xhtml import language

if TYPE_CHECKING:
    from publisher.theme.model import StyleSheet
    from publisher.tree.imprint import Credit
    from publisher.tree.meta import Document, Metadata
    from publisher.writers.epub.xhtml import Picture


def cover_page(
    title: str, subtitle: str, meta: Metadata, picture: Picture | None, sheet: StyleSheet
) -> str:
    """The body of the cover: the picture, or title and authors in type."""
    if picture is not None:
        size = ""
        if picture.width and picture.height:
            size = f' width="{picture.width}" height="{picture.height}"'
        name = escape(title)
        return (
            f'<section epub:type="cover" aria-label="{name}">\n'
            f'<img src="{picture.href}" alt="{name}" role="doc-cover"{size}/>\n</section>\n'
        )
    inner = _heading(title, subtitle, sheet)
    authors = [c for c in meta.contributors if c.role == "author"]
    if authors:
        inner += '<div class="cover-rule"></div>\n'
    for who in authors:
        lang = language(who.lang, meta.language) if who.lang else ""
        inner += f'<p class="contributor"{lang}>{in_line(who.name, sheet)}</p>\n'
    return f'<section epub:type="cover" class="cover-plate">\n{inner}</section>\n'


def title_page(title: str, subtitle: str, document: Document, sheet: StyleSheet) -> str:
    """The body of the title page: title, everyone who had a part, series, publisher and date."""
    inner = _heading(title, subtitle, sheet)
    outer = document.meta.language
    inner += "".join(_credit(c, outer, sheet) for c in credit_lines(document, sheet.profile))
    inner += "".join(
        f'<p class="imprint">{in_line(line, sheet)}</p>\n' for line in _imprint(document, sheet)
    )
    return f'<section epub:type="titlepage" class="title-page">\n{inner}</section>\n'


def says_more(meta: Metadata) -> bool:
    """True when a title page says more than a cover without a picture does."""
    others = any(c.role != "author" for c in meta.contributors)
    return bool(others or meta.publisher or meta.date or meta.series)


def _imprint(document: Document, sheet: StyleSheet) -> tuple[str, ...]:
    imprint = title_imprint(document, sheet.profile, han=sheet.vertical)
    return (*title_series(document), *imprint)


def shown_text(title: str, subtitle: str, document: Document, sheet: StyleSheet) -> dict[str, str]:
    """The characters of these pages by text key of the style sheet."""
    return {
        "title": title,
        "subtitle": subtitle,
        "contributor": "".join(title_credits(document, sheet.profile)),
        "imprint": "".join(_imprint(document, sheet)),
    }


def _heading(title: str, subtitle: str, sheet: StyleSheet) -> str:
    found = f'<h1 class="title">{in_line(title, sheet)}</h1>\n'
    if subtitle:
        found += f'<p class="subtitle">{in_line(subtitle, sheet)}</p>\n'
    return found


def _credit(line: Credit, outer: str, sheet: StyleSheet) -> str:
    """A line of names; a name in a language of its own is marked with it."""
    rest, found = line.text, ""
    for who in line.people:
        before, _, rest = rest.partition(who.name)
        name = in_line(who.name, sheet)
        lang = language(who.lang, outer) if who.lang else ""
        found += in_line(before, sheet) + (f"<span{lang}>{name}</span>" if lang else name)
    return f'<p class="contributor">{found}{in_line(rest, sheet)}</p>\n'
