"""An article out of its web page's text: what is furniture, what is metadata, what is body.

Evidence comes first: a text that shows none of a web page's furniture never loses a line. Only
the head (above the first paragraph of prose) and the tail (below the last) are looked at.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from publisher.events import Diagnostic
from publisher.readers.plain.fields import (
    Field,
    byline_author,
    closing_author,
    dated_byline,
    furniture_kind,
    is_date_line,
    iso_date,
    parse_fields,
    split_names,
)
from publisher.readers.plain.official import read_official
from publisher.readers.plain.reporters import signed_line
from publisher.readers.plain.rules import special_kind
from publisher.readers.plain.scenes import scene_break
from publisher.readers.plain.series import find_series, opens_series
from publisher.record import dataclass, field
from publisher.tree.meta import Contributor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.events import Report
    from publisher.readers.plain.paragraphs import Piece

_HEAD, _TAIL = 14, 12
_ADVERTISEMENT: Final = "advertisement"
_RELATED: Final = "related"
_TAKEN: Final = "taken"
_STOP: Final = re.compile("[。！？!?；」』”]$")
_SENTENCE_END: Final = re.compile("[。！？!?；;，,、]$")
_SALUTATION: Final = tuple("：:")  # 各县（区）人民政府：
_MARKED: Final = re.compile("《([^《》]+)》")
_TITLED: Final = re.compile(
    "(?:书名|書名|标题|標題|篇名|作品名称?|作品名稱|タイトル|題名|제목)[\\s　]*[:：][\\s　]*"
    "(\\S.{0,79})"
)
_TITLED_WITHIN: Final = 4  # lines
_NAME_ALONE: Final = re.compile(
    "[々\u3400-\u9fff]{1,4}[\\s　]?[々\u3040-\u30ff\u3400-\u9fff]{1,5}|[\u30a0-\u30ff・]{3,14}"
)
_NOTHING: Final = 99  # what `Piece.after` says at the end of the text
_TITLE_MAX: Final = 80
_PROSE: Final = 50  # characters; what is longer is a paragraph of prose


@dataclass(slots=True)
class Article:
    """What was found: title, metadata, and the pieces that are the text."""

    title: str = ""
    date: str = ""
    contributors: list[Contributor] = field(default_factory=list)
    body: list[Piece] = field(default_factory=list)
    scraped: bool = False

    def credit(self, names: Sequence[str], role: str) -> None:
        """Adds contributors that are not there yet."""
        for name in names:
            contributor = Contributor(name, role)  # type: ignore[arg-type]  # one of three
            if contributor not in self.contributors:
                self.contributors.append(contributor)


def find_article(
    pieces: Sequence[Piece], source: str, report: Report, *, drop_furniture: bool = True
) -> Article:
    """The article in `pieces`; each line of furniture left out is reported.

    `drop_furniture` False keeps every line; metadata is read all the same.
    """
    article = Article()
    head, tail = _head_end(pieces), _tail_start(pieces)
    article.scraped = _looks_scraped(pieces, head, tail)
    official = read_official(pieces[:head])
    article.title = official.title
    article.date = iso_date(official.date)
    article.scraped = article.scraped or bool(official.rows)
    related = _related_from(pieces, tail)
    may_drop = drop_furniture and article.scraped
    keep: list[Piece] = []
    for place, piece in enumerate(pieces):
        if place in official.title_at:
            drop = _TAKEN
        elif place in official.rows:
            drop = "register"
        elif place < head:
            drop = _read_head(article, piece, place, pieces)
        elif place >= tail:
            drop = _read_tail(article, piece) or ("related" if place > related else "")
        else:
            drop = ""
        if drop == _TAKEN:
            for empty in _left_over(piece):
                _tell(report, source, piece, *empty)
            continue
        if drop and may_drop:
            _tell(report, source, piece, drop)
            continue
        keep.append(piece)
    if article.scraped:
        _closing_authors(article, keep)
    article.body = _spaced(keep)
    return article


def _tell(report: Report, source: str, piece: Piece, kind: str, text: str = "") -> None:
    shown = " ".join((text or piece.text).split())
    args = (("kind", kind), ("text", shown[:60] + ("…" if len(shown) > 60 else "")))
    report(Diagnostic("plain.dropped", "info", args, source=source, line=piece.start))


def _head_end(pieces: Sequence[Piece]) -> int:
    """Index of the first paragraph of prose; nothing above it in a text without any."""
    for place, piece in enumerate(pieces[:_HEAD]):
        if furniture_kind(piece.text) or parse_fields(piece.text):
            continue
        if len(piece.text) > _PROSE and (
            _SENTENCE_END.search(piece.text) or "。" in piece.text or len(piece.text) > _TITLE_MAX
        ):
            return place
    # A text without long paragraphs: what follows its first sentence is text.
    opening = enumerate(pieces[:_HEAD])
    said = (n for n, p in opening if "。" in p.text and not furniture_kind(p.text))
    return next(said, len(pieces) if len(pieces) <= _HEAD else 0)


def _tail_start(pieces: Sequence[Piece]) -> int:
    """Index from which on everything is furniture, fields, or titles of related articles."""
    place = len(pieces)
    lines = 0  # that are furniture only under a heading of related articles
    while place and len(pieces) - place < _TAIL:
        text = pieces[place - 1].text
        if not _is_tail(text):
            if len(text) > _PROSE or _STOP.search(text):
                break
            lines += 1
        elif lines and furniture_kind(text) == _RELATED:
            lines = 0
        elif lines:
            break
        place -= 1
    return place + lines


def _related_from(pieces: Sequence[Piece], tail: int) -> int:
    """Index of the heading over titles of other articles; past the end where there is none."""
    found = (n for n in range(tail, len(pieces)) if furniture_kind(pieces[n].text) == _RELATED)
    return next(found, len(pieces))


def _is_tail(text: str) -> bool:
    return bool(furniture_kind(text)) or (len(text) < 80 and bool(parse_fields(text)))


def _looks_scraped(pieces: Sequence[Piece], head: int, tail: int) -> bool:
    """True with two different traces of a web page around the text."""
    traces: set[str] = set()
    for piece in [*pieces[:head], *pieces[tail:]]:
        kind = furniture_kind(piece.text)
        if kind:
            # Two different lines of advertisement are evidence by themselves.
            traces.add(piece.text if kind == _ADVERTISEMENT else kind)
        traces.update(
            f.kind if f.value else "empty"
            for f in parse_fields(piece.text)
            if f.kind in ("counter", "tool", "date") or not f.value
        )
    return len(traces) >= 2 and traces != {"date", "empty"}


def _read_head(article: Article, piece: Piece, place: int, pieces: Sequence[Piece]) -> str:
    """What to do with a line of the head: empty keeps it, ``taken`` made it metadata.

    Anything else is the kind of furniture it is.
    """
    text = piece.text
    named = _TITLED.fullmatch(text) if place < _TITLED_WITHIN else None
    if named and article.title in ("", bare_title(named[1])):
        article.title = bare_title(named[1])
        return _TAKEN
    known = bool(article.title) or article.scraped
    kind = furniture_kind(text)
    if not kind and known:
        kind = _read_data(article, text)
    if not kind and place == 1 and article.title and _is_name_line(piece):
        article.credit((text.strip(" 　"),), "author")
        return _TAKEN
    if kind:
        return kind
    first = article.scraped or place == 0 or _is_signed(place, pieces)
    if not article.title and first and _is_title(piece, place, pieces):
        article.title = bare_title(text)
        return _TAKEN
    return ""


def _read_data(article: Article, text: str) -> str:
    """A line of fields, a byline or a date under a title or on a web page."""
    fields = parse_fields(text) or dated_byline(text)
    if fields:
        return _take(article, fields)
    names = (byline_author(text) or signed_line(text)) if article.title else ()
    if names:
        article.credit(names, "author")
        return _TAKEN
    if not is_date_line(text) or not iso_date(text):
        return ""
    if article.scraped and (article.date or not article.title):
        return "date"  # above the title it is the day the page was looked at
    article.date = article.date or iso_date(text)
    return _TAKEN


def _take(article: Article, fields: Sequence[Field]) -> str:
    """Puts fields into the metadata; gives the kind of drop."""
    for entry in fields:
        if not entry.value:
            continue
        if entry.kind == "date":
            article.date = article.date or iso_date(entry.value)
        elif entry.kind == "source":
            article.credit((entry.value,), "source")
        elif entry.kind in ("author", "editor"):
            article.credit(split_names(entry.value), entry.kind)
    telling = [f for f in fields if f.value and f.kind not in ("counter", "tool")]
    if telling:
        return _TAKEN
    return "counter" if any(f.kind == "counter" for f in fields) else "empty field"


def _read_tail(article: Article, piece: Piece) -> str:
    fields = parse_fields(piece.text)
    if not fields:
        return furniture_kind(piece.text)
    if not article.scraped:
        return ""
    return _take(article, fields)


def _is_title(piece: Piece, place: int, pieces: Sequence[Piece]) -> bool:
    """A short line, no sentence, apart from the text below it, that something follows."""
    text = piece.text
    if len(text) > _TITLE_MAX or _SENTENCE_END.search(text) or piece.after == _NOTHING:
        return False
    if text.endswith(_SALUTATION) or text.startswith(("——", "“", "「", "『", "‘", "-", "·", "•")):
        return False
    if parse_fields(text) or scene_break(text):
        return False
    if opens_series(place, pieces) or (special_kind(text) and find_series(pieces)):
        return False
    following = pieces[place + 1] if place + 1 < len(pieces) else None  # a chapter's heading
    set_off = (
        piece.after > 0
        or following is None
        or bool(_is_tail(following.text) or byline_author(following.text))
        or bool(dated_byline(following.text) or signed_line(following.text))
        or _is_signed(place, pieces)
        or (place == 0 and _is_name_line(following))
    )
    return set_off and (
        place == 0
        or piece.before > 0
        or bool(furniture_kind(pieces[place - 1].text))
        or _is_signed(place, pieces)
    )


def _is_signed(place: int, pieces: Sequence[Piece]) -> bool:
    """Whether a day and a byline stand under a line, in either order, as under a title alone."""
    under = [piece.text for piece in pieces[place + 1 : place + 3]]
    if place > 2 or len(under) < 2:
        return False
    return any(map(is_date_line, under)) and any(map(signed_line, under))


def _is_name_line(piece: Piece) -> bool:
    """Whether a line is an author's name alone: set in from the left, and apart from the text."""
    text = piece.text
    return piece.after > 0 and text.startswith("　　") and bool(_NAME_ALONE.fullmatch(text.strip()))


def bare_title(text: str) -> str:
    """A title without the marks about all of it: ``《長夜行》``."""
    match = _MARKED.fullmatch(text)
    return match.group(1) if match else text


def _left_over(piece: Piece) -> list[tuple[str, str]]:
    """Fields of a line taken for others that no metadata holds, as (kind, text)."""
    return [
        ("counter" if f.value else "empty field", f"{f.label}: {f.value}".strip())
        for f in parse_fields(piece.text)
        if not f.value or f.kind in ("counter", "tool")
    ]


def _closing_authors(article: Article, pieces: Sequence[Piece]) -> None:
    """Authors in the bracket at the end of the text or of a part of it; the text stays."""
    for piece in pieces:
        if piece.after > 1 or len(piece.text) < _PROSE:
            article.credit(closing_author(piece.text), "author")


def _spaced(pieces: list[Piece]) -> list[Piece]:
    """`pieces` with the first and last knowing that nothing stands beside them."""
    if not pieces:
        return pieces
    found = list(pieces)
    found[0] = replace(found[0], before=99)
    found[-1] = replace(found[-1], after=99)
    return found
