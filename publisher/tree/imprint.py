"""What a title page says about a document: names and their parts, series, publisher, date.

One wording for all outputs: the printed page, the Word file, the EPUB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.record import NamedTuple
from publisher.text.numerals import to_chinese
from publisher.tree.nodes import Paragraph
from publisher.tree.walk import walk_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.tree.meta import Contributor, Document

# What follows a name on a title page. A source (a paper, a web site) is named before its name.
_ROLES = {
    "hans": {"author": "著", "translator": "译", "editor": "编", "illustrator": "绘",
             "compiler": "编", "photographer": "摄影", "source": "来源："},
    "hant": {"author": "著", "translator": "譯", "editor": "編", "illustrator": "繪",
             "compiler": "編", "photographer": "攝影", "source": "來源："},
    "ja": {"author": "著", "translator": "訳", "editor": "編", "illustrator": "絵",
           "compiler": "編", "photographer": "写真", "source": "出典："},
    "ko": {"author": "지음", "translator": "옮김", "editor": "엮음", "illustrator": "그림",
           "compiler": "엮음", "photographer": "사진", "source": "출처: "},
}  # fmt: skip
_MOST_NAMES = 4  # names of one role on a line


class Credit(NamedTuple):
    """A line of names: what is shown, and whose names are in it."""

    text: str
    people: tuple[Contributor, ...]


def title_credits(document: Document, profile: str) -> list[str]:
    """One string for each role: the names and what they did.

    >>> from publisher.tree.meta import Contributor, Document, Metadata
    >>> people = (Contributor("曹雪芹"), Contributor("新华社", "source"))
    >>> title_credits(Document(Metadata(contributors=people)), "hans")
    ['曹雪芹　著', '来源：新华社']
    """
    return [credit.text for credit in credit_lines(document, profile)]


def credit_lines(document: Document, profile: str) -> list[Credit]:
    """One line for each role, or more where many had it, in the order of the first names."""
    language = document.meta.language.partition("-")[0]
    labels = _ROLES[profile] if language in ("zh", "ja", "ko", "") else {}
    space = " " if profile == "ko" or not labels else "\u3000"
    by_role: dict[str, list[Contributor]] = {}
    for person in document.meta.contributors:
        by_role.setdefault(person.role, []).append(person)
    found: list[Credit] = []
    for role, people in by_role.items():
        label = labels.get(role, "")
        for at in range(0, len(people), _MOST_NAMES):
            some = tuple(people[at : at + _MOST_NAMES])
            names = (", " if space == " " else space).join(person.name for person in some)
            if role == "source":
                names = label + names
            elif label:
                names = f"{names}{space}{label}"
            found.append(Credit(names, some))
    return found


def title_series(document: Document) -> Iterator[str]:
    """The series and the place in it, as a title page names them."""
    series = document.meta.series
    if series is not None and series.name:
        yield f"{series.name} {series.position}".strip()


def title_imprint(document: Document, profile: str, *, han: bool = False) -> Iterator[str]:
    """Publisher and date, a line each; with `han` in Han figures, as on vertical pages."""
    if document.meta.publisher:
        yield document.meta.publisher
    if document.meta.date:
        yield _written(document.meta.date, profile, document.meta.language, han=han)


_HAN_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


def _written(date: str, profile: str, language: str, *, han: bool) -> str:
    """An ISO date as it is written: 2025年12月22日, 二〇二五年十二月二十二日, 2025년 12월 22일."""
    parts = date.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 3:
        return date
    if language.partition("-")[0] not in ("zh", "ja", "ko", ""):
        return date
    if han and profile != "ko":
        figures = (parts[0].translate(_HAN_DIGITS), *(to_chinese(int(part)) for part in parts[1:]))
        return "".join(map(str.__add__, figures, "年月日"))
    units, space = ("년월일", " ") if profile == "ko" else ("年月日", "")
    return space.join(f"{int(part)}{unit}" for part, unit in zip(parts, units, strict=False))


def has_byline(document: Document) -> bool:
    """True when the text itself begins with names or a date."""
    return any(
        isinstance(block, Paragraph) and block.role in ("byline", "dateline")
        for block in walk_blocks(document.body[:8])
    )
