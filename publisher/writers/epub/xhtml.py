"""The frame of a content document, and what is known while one is written.

The serializer is our own, and strings all the way: what stands in the tree comes out unchanged but
for the three characters that XML reserves, and for those that XML 1.0 cannot hold.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from publisher.events import Diagnostic
from publisher.record import dataclass, field
from publisher.writers.epub.survey import Place, xml_id
from publisher.writers.epub.words import clean_tag, direction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.events import Report
    from publisher.theme.model import StyleSheet
    from publisher.tree.nodes import Attr, Footnote, Inlines
    from publisher.writers.epub.words import Words

_DOCUMENT = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"{language}>
<head>
<meta charset="utf-8"/>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body{attributes}>
{body}</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the book: its file, and its size in pixels (0 when unknown)."""

    href: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Book:
    """What is the same for every file of a book.

    Attributes:
        places: Tree id -> where it stands.
        labels: Note id -> label of its calls.
        notes: Note id -> note.
        calls: File -> ids of the notes shown at its end.
        called: All of these.
        titles: Tree id -> title, for cross references.
        numbers: Tree id -> number path, for cross references.
        pictures: Resource id -> picture; a picture that cannot be shown is missing.
        contents: XHTML of the list of contents as seen from every file, by depth.
    """

    language: str
    sheet: StyleSheet
    words: Words
    places: Mapping[str, Place]
    labels: Mapping[str, str]
    notes: Mapping[str, Footnote]
    calls: Mapping[str, list[str]]
    called: frozenset[str]
    titles: Mapping[str, Inlines]
    numbers: Mapping[str, tuple[int, ...]]
    pictures: Mapping[str, Picture]
    contents: Mapping[int, str]
    report: Report


@dataclass(slots=True)
class Page:
    """One content document while it is written.

    Attributes:
        language: Tag of the file as a whole.
        ids: XML ids given out so far.
        calls: Note id -> XML ids of its calls in this file.
        linked: Inside a link, where another link may not stand.
        emphasized: Inside `Emphasis`, where Western words are slanted.
        made: How many ids were made for nodes without one.
        uncalled: Notes that stand in this file and that nothing calls.
    """

    file: str
    book: Book
    language: str
    ids: set[str] = field(default_factory=set)
    calls: dict[str, list[str]] = field(default_factory=dict)
    linked: bool = False
    emphasized: bool = False
    made: int = 0
    uncalled: list[Footnote] = field(default_factory=list)

    def new_id(self, stem: str) -> str:
        """An id for a node that has none; the hyphen keeps it apart from tree ids."""
        self.made += 1
        name = f"{stem}-{self.made}"
        self.ids.add(name)
        return name

    def own_id(self, name: str) -> str:
        """The XML id of a tree id, or an empty string if this file has it already."""
        given = xml_id(name)
        if not name or given in self.ids:
            return ""
        self.ids.add(given)
        return given

    def report(self, code: str, **args: str) -> None:
        """Reports something the book cannot have as the tree has it."""
        self.book.report(Diagnostic(code, "warning", tuple(sorted(args.items()))))


def attribute(name: str, value: str) -> str:
    """`` name="value"``, or nothing for an empty value."""
    return f' {name}="{escape(value)}"' if value else ""


def language(tag: str, outer: str = "") -> str:
    """The language attributes for a tag, with ``dir`` where it differs from the outer text's."""
    tag = clean_tag(tag)
    if not tag:
        return ""
    turned = direction(tag)
    dir_ = f' dir="{turned}"' if turned != direction(outer) else ""
    return f' lang="{tag}" xml:lang="{tag}"{dir_}'


def common(attr: Attr, page: Page) -> str:
    """The attributes that any block or span may carry: id and language."""
    if not attr.id and not attr.lang:
        return ""
    lang = language(attr.lang, page.language) if attr.lang else ""
    return attribute("id", page.own_id(attr.id)) + lang


def document(title: str, body: str, tag: str, *, attributes: str = "", root: str = "") -> str:
    """A whole content document; `body` is the XHTML inside the element with `attributes`.

    `root` are more attributes of the root element.
    """
    return _DOCUMENT.format(
        language=language(tag) + root,
        title=escape(title, quote=False),
        body=body,
        attributes=attributes,
    )


@cache
def _forbidden() -> re.Pattern[str]:
    # XML 1.0 production [2], and the C1 controls, which HTML does not take either.
    return re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> tuple[str, int]:
    """`text` without what XML cannot hold, and how many characters that were."""
    if text.isprintable():
        return text, 0
    return _forbidden().subn("", text)
