"""The pages before the text: cover and title page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from publisher.writers.epub.words import words_for
from publisher.writers.epub.xhtml import language

if TYPE_CHECKING:
    from publisher.tree.meta import Contributor, Metadata
    from publisher.writers.epub.xhtml import Picture

_SHOWN: Final = frozenset(
    {"author", "translator", "editor", "illustrator", "compiler", "photographer", "source"}
)


def cover_page(title: str, subtitle: str, meta: Metadata, picture: Picture | None) -> str:
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
    inner = _heading(title, subtitle)
    authors = [c for c in meta.contributors if c.role == "author"]
    inner += "".join(_contributor(c, meta.language, with_role=False) for c in authors)
    return f'<section epub:type="cover" class="title-page">\n{inner}</section>\n'


def title_page(title: str, subtitle: str, meta: Metadata) -> str:
    """The body of the title page: title, everyone who had a part, series, publisher and date."""
    inner = _heading(title, subtitle)
    shown = [c for c in meta.contributors if c.role in _SHOWN]
    inner += "".join(_contributor(c, meta.language, with_role=True) for c in shown)
    series = ""
    if meta.series is not None:
        series = " ".join(filter(None, (meta.series.name, meta.series.position)))
    lines = [line for line in (series, meta.publisher, meta.date) if line]
    inner += "".join(f'<p class="imprint">{escape(line, quote=False)}</p>\n' for line in lines)
    return f'<section epub:type="titlepage" class="title-page">\n{inner}</section>\n'


def says_more(meta: Metadata) -> bool:
    """True when a title page says more than a cover without a picture does."""
    others = any(c.role in _SHOWN and c.role != "author" for c in meta.contributors)
    return bool(others or meta.publisher or meta.date or meta.series)


def shown_text(title: str, subtitle: str, meta: Metadata) -> dict[str, str]:
    """The characters of these pages by text key of the style sheet."""
    names = "".join(c.name for c in meta.contributors)
    roles = "".join(words_for(meta.language).roles.values())
    series = f"{meta.series.name}{meta.series.position}" if meta.series else ""
    return {
        "title": title,
        "subtitle": subtitle,
        "contributor": names + roles if names else "",
        "imprint": f"{series} {meta.publisher}{meta.date}",
    }


def _heading(title: str, subtitle: str) -> str:
    found = f'<h1 class="title">{escape(title, quote=False)}</h1>\n'
    if subtitle:
        found += f'<p class="subtitle">{escape(subtitle, quote=False)}</p>\n'
    return found


def _contributor(who: Contributor, outer: str, *, with_role: bool) -> str:
    lang = language(who.lang, outer) if who.lang else ""
    role = ""
    if with_role:
        said = words_for(outer).roles.get(who.role, "")
        role = f'<span class="role">{said}</span>' if said else ""
    return f'<p class="contributor"{lang}>{escape(who.name, quote=False)}{role}</p>\n'
