"""Navigation: the EPUB 3 navigation document, and the NCX for readers older than that."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from publisher.record import NamedTuple
from publisher.writers.epub.blocks import title_text
from publisher.writers.epub.upright import in_line
from publisher.writers.epub.xhtml import language as language_attributes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.theme.model import StyleSheet
    from publisher.tree.ids import OutlineItem
    from publisher.writers.epub.survey import Survey

_NCX = """\
<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"{language}>
<head>
<meta name="dtb:uid" content="{uid}"/>
<meta name="dtb:depth" content="{depth}"/>
<meta name="dtb:totalPageCount" content="{count}"/>
<meta name="dtb:maxPageNumber" content="{last}"/>
</head>
<docTitle><text>{title}</text></docTitle>
<navMap>
{points}</navMap>
{pages}</ncx>
"""


class Entry(NamedTuple):
    """A line of the contents: its text, where it leads, its language, and the lines under it.

    The language is empty where it is the book's.
    """

    text: str
    href: str
    lang: str
    below: tuple[Entry, ...]


class Landmark(NamedTuple):
    """A place that reading systems know by kind (``cover``, ``toc``, ``bodymatter``)."""

    kind: str
    href: str
    text: str


def entries(
    outline: Iterable[OutlineItem], survey: Survey, untitled: str, *, numbers: bool
) -> tuple[Entry, ...]:
    """The outline as lines that lead to files; a section without a place lifts its children."""
    found: list[Entry] = []
    for item in outline:
        below = entries(item.children, survey, untitled, numbers=numbers)
        place = survey.places.get(item.id)
        if place is None:
            found.extend(below)
            continue
        text = title_text(item.title) or untitled
        if numbers and item.number:
            text = f"{'.'.join(map(str, item.number))} {text}"
        found.append(Entry(text, place.href(""), survey.languages.get(item.id, ""), below))
    return tuple(found)


def ordered_list(lines: Iterable[Entry], depth: int, sheet: StyleSheet) -> str:
    """The lines as nested ``ol``, at most `depth` deep; nothing for no lines."""
    items = []
    for line in lines:
        below = ordered_list(line.below, depth - 1, sheet) if depth > 1 else ""
        inner = f"\n{below}" if below else ""
        lang = language_attributes(line.lang)
        text = in_line(line.text, sheet)
        items.append(f'<li><a href="{escape(line.href)}"{lang}>{text}</a>{inner}</li>\n')
    return f"<ol>\n{''.join(items)}</ol>\n" if items else ""


def nav_body(
    title: str,
    listed: str,
    landmarks: Iterable[Landmark],
    landmarks_title: str,
    pages: tuple[str, str] = ("", ""),
) -> str:
    """The body of the navigation document.

    Args:
        title: Heading of the contents.
        listed: The contents as `ordered_list` writes them.
        landmarks: Places by kind.
        landmarks_title: Name of their list.
        pages: The list of pages and its name, or nothing.
    """
    shown = escape(title, quote=False)
    marks = "".join(
        f'<li><a epub:type="{mark.kind}" href="{mark.href}">{escape(mark.text)}</a></li>\n'
        for mark in landmarks
    )
    return (
        f'<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">\n'
        f'<h1 id="toc-title" class="toc-title">{shown}</h1>\n{listed}</nav>\n'
        f'<nav epub:type="landmarks" id="landmarks" hidden="hidden" '
        f'aria-label="{escape(landmarks_title)}">\n<ol>\n{marks}</ol>\n</nav>\n'
        f"{_page_list(*pages)}"
    )


def _page_list(listed: str, name: str) -> str:
    if not listed:
        return ""
    return (
        f'<nav epub:type="page-list" role="doc-pagelist" id="page-list" hidden="hidden" '
        f'aria-label="{escape(name)}">\n{listed}</nav>\n'
    )


def ncx(
    title: str,
    uid: str,
    lines: tuple[Entry, ...],
    language: str,
    pages: tuple[Entry, ...] = (),
) -> str:
    """The NCX file (OPF 2.0.1, 2.4.1), with the same lines and pages as the navigation document."""
    order = 0

    def points(level: Iterable[Entry]) -> str:
        nonlocal order
        found = []
        for line in level:
            order += 1
            found.append(
                f'<navPoint id="np-{order}" playOrder="{order}"><navLabel><text>'
                f'{escape(line.text)}</text></navLabel><content src="{escape(line.href)}"/>'
            )
            found.append(points(line.below) + "</navPoint>\n")
        return "".join(found)

    tag = f' xml:lang="{language}"' if language else ""
    return _NCX.format(
        language=tag,
        uid=escape(uid),
        depth=_depth(lines),
        title=escape(title),
        points=points(lines),
        pages=_page_targets(pages, order),
        count=len(pages),
        last=max((int(page.text) for page in pages if page.text.isdecimal()), default=0),
    )


def _page_targets(pages: tuple[Entry, ...], order: int) -> str:
    """The ``pageList`` (NCX 2005-1); pages without an Arabic number belong to the front matter."""
    found = []
    for number, page in enumerate(pages, 1):
        plain = page.text.isdecimal()
        value = f' value="{int(page.text)}"' if plain else ""
        found.append(
            f'<pageTarget id="pt-{number}" type="{"normal" if plain else "front"}"{value}'
            f' playOrder="{order + number}"><navLabel><text>{escape(page.text)}</text></navLabel>'
            f'<content src="{escape(page.href)}"/></pageTarget>\n'
        )
    shown = "".join(found)
    return (
        f"<pageList>\n<navLabel><text>Pages</text></navLabel>\n{shown}</pageList>\n"
        if found
        else ""
    )


def _depth(lines: Iterable[Entry]) -> int:
    return max((1 + _depth(line.below) for line in lines), default=0)
