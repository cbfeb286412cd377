"""The reader of plain text: bytes to lines to pieces to a tree."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from publisher.errors import SourceError, SourceTooLarge
from publisher.events import Diagnostic, ignore
from publisher.readers.plain.article import find_article
from publisher.readers.plain.chapters import (
    ChapterHeading,
    find_chapters,
    heading_like,
    named_parts,
    repeats_heading,
)
from publisher.readers.plain.headings import find_headings, roles
from publisher.readers.plain.paragraphs import split_paragraphs
from publisher.readers.plain.scenes import scene_break
from publisher.readers.plain.series import find_series
from publisher.record import dataclass
from publisher.text.encoding import decode, refuse_binary
from publisher.text.language import guess_language
from publisher.text.mojibake import mend
from publisher.text.normalize import clean, unify_line_ends
from publisher.tree.meta import Contributor, Document, Metadata, SourceInfo
from publisher.tree.nesting import nest_sections
from publisher.tree.nodes import Paragraph, Pos, Section, Text, ThematicBreak

if TYPE_CHECKING:
    from publisher.readers.base import ReadRequest
    from publisher.readers.plain.article import Article
    from publisher.readers.plain.paragraphs import Piece
    from publisher.tree.nodes import Block, ParagraphRole

VERSION: Final = "1"
_SEVERAL: Final = 3
# ［＃ and 》 in the encodings that such texts come in.
_AOZORA_SIGNS: Final = tuple(
    sign.encode(encoding)
    for encoding in ("utf-8", "cp932", "euc_jp", "utf-16-le", "utf-16-be")
    for sign in ("［＃", "》")
)


@dataclass(frozen=True, slots=True)
class PlainReader:
    """Reads plain text in any East Asian encoding."""

    name: str = "text"
    suffixes: tuple[str, ...] = (".txt", ".text")
    media_types: tuple[str, ...] = ("text/plain",)

    def sniff(self, head: bytes) -> float:
        """Plain text is what anything is that nothing else is, unless it is binary."""
        try:
            refuse_binary(head)
        except SourceError:
            return 0.0
        return 0.1 if head else 0.0

    def read(self, request: ReadRequest) -> Document:
        """The document.

        Raises:
            SourceError: No text in it, an unknown encoding, a line over the limit.
        """
        if request.settings.format != self.name and _is_aozora(request):
            from publisher.readers.aozora.reader import AozoraReader

            return AozoraReader().read(request)
        pieces, encoding = text_pieces(request)
        info = SourceInfo(
            uri=request.name,
            format="text",
            encoding=encoding,
            digest=hashlib.sha256(request.data).hexdigest(),
            reader=f"text/{VERSION}",
        )
        document = _document(pieces, info, request)
        return replace(document, meta=_named(document.meta, request))


def _is_aozora(request: ReadRequest) -> bool:
    """Whether the text has Aozora Bunko's notation, which has a reader of its own."""
    if not any(sign in request.data for sign in _AOZORA_SIGNS):
        return False
    from publisher.readers.aozora.detect import is_aozora

    decoded = decode(request.data, request.settings.encoding, source=request.name)
    return is_aozora(decoded.text)


def text_pieces(request: ReadRequest) -> tuple[list[Piece], str]:
    """The paragraphs of a text, and its encoding.

    Raises:
        SourceError: No text in it, an unknown encoding, a line over the limit.
    """
    decoded = decode(request.data, request.settings.encoding, request.report, request.name)
    text = unify_line_ends(decoded.text.removeprefix("\ufeff"))
    text = mend(text, request.report, request.name, entities=True)
    lines = text.split("\n")
    _check_lines(lines, request)
    cleaned = _clean(text, lines, request)
    pieces = split_paragraphs(cleaned)
    if not pieces:
        raise SourceError(
            "holds no text",
            code="source.empty",
            where=request.name,
            hint="is it the right file?",
        )
    return pieces, decoded.encoding


def _check_lines(lines: list[str], request: ReadRequest) -> None:
    limit = request.settings.max_line
    longest = max(map(len, lines))
    if longest > limit:
        number = next(n for n, line in enumerate(lines, 1) if len(line) == longest)
        raise SourceTooLarge(
            f"the line has {longest:,} characters, more than the limit of {limit:,}",
            where=f"{request.name}:{number}",
            hint="break it into paragraphs, or raise input.max-line in publisher.toml",
        )


def _clean(text: str, lines: list[str], request: ReadRequest) -> list[str]:
    """The lines in NFC without controls; what was taken out is reported."""
    cleaned = clean(text)
    if cleaned.text == text:
        return lines
    if cleaned.removed:
        marks = sorted(set(cleaned.removed))
        shown = " ".join(f"U+{ord(c):04X}" for c in marks[:8])
        number = next(n for n, line in enumerate(lines, 1) if any(c in line for c in marks))
        args = (("characters", shown), ("count", str(len(cleaned.removed))))
        request.report(
            Diagnostic("text.control", "warning", args, source=request.name, line=number)
        )
    if cleaned.surrogates:
        number = next((n for n, line in enumerate(lines, 1) if clean(line).surrogates), 0)
        request.report(
            Diagnostic(
                "text.surrogate",
                "warning",
                (("count", str(cleaned.surrogates)),),
                source=request.name,
                line=number,
            )
        )
    return cleaned.text.split("\n")


def _document(pieces: list[Piece], info: SourceInfo, request: ReadRequest) -> Document:
    language = guess_language("".join(p.text for p in pieces[:400]))
    drop = request.settings.drop_furniture
    chapters, titles = _chapters(pieces, request)
    if chapters:
        from publisher.readers.plain.adverts import advertisements

        found = advertisements(pieces, chapters, info.uri, request.report, drop=drop)
        kept = [
            (p if n not in titles else replace(p, text=titles[n]), chapters.get(n))
            for n, p in enumerate(pieces)
            if (n not in found or n in chapters) and not _is_repeated(n, pieces, chapters, request)
        ]
        return _book(kept, info, language)
    article = find_article(pieces, info.uri, request.report, drop_furniture=drop)
    series = find_series(article.body)
    kinds = named_parts(article.body, series)
    levels = {**dict.fromkeys([*find_headings(article.body), *kinds], 1), **series}
    headings = set(levels)
    _tell_doubtful(article.body, headings, request)
    is_article = bool(article.title)
    given = roles(article.body, headings, article=is_article)
    flat: list[Block] = [
        Section(
            levels[place],
            (Text(piece.text),),
            kind=kinds.get(place, "section"),
            pos=_pos(piece, info),
        )
        if place in headings
        else _block(piece, info, role)
        for place, (piece, role) in enumerate(zip(article.body, given, strict=True))
    ]
    return Document(_metadata(article, language), nest_sections(tuple(flat)), sources=(info,))


def _is_repeated(
    place: int,
    pieces: list[Piece],
    chapters: dict[int, ChapterHeading],
    request: ReadRequest,
) -> bool:
    """A heading's line that stands a second time under it, which is reported and left out."""
    if place in chapters or place - 1 not in chapters or not repeats_heading(pieces, place):
        return False
    piece = pieces[place]
    args = (("kind", "repeated heading"), ("text", piece.text[:60]))
    request.report(Diagnostic("plain.dropped", "info", args, source=request.name, line=piece.start))
    return True


def _chapters(
    pieces: list[Piece], request: ReadRequest
) -> tuple[dict[int, ChapterHeading], dict[int, str]]:
    """The chapters, and the titles that an outline mended: by outline, by patterns, or by rule."""
    settings = request.settings
    if settings.outline or settings.chapter_patterns:
        from publisher.readers.plain.outline import match_patterns, place_headings, read_outline
    if settings.outline:
        hits = read_outline(settings.outline)
        placed = place_headings(pieces, hits, request.name, request.report)
        titles = {h.place: h.text for h in placed if h.text != pieces[h.place].text}
        return {h.place: ChapterHeading(h.level, h.kind) for h in placed}, titles
    if settings.chapter_patterns:
        return match_patterns(pieces, settings.chapter_patterns), {}
    return find_chapters(pieces), {}


def _tell_doubtful(pieces: list[Piece], headings: set[int], request: ReadRequest) -> None:
    """Reports lines that look like headings and stay text: they prove no series."""
    doubtful = [place for place in heading_like(pieces) if place not in headings]
    if len(doubtful) >= _SEVERAL:
        first = pieces[doubtful[0]]
        args = (("count", str(len(doubtful))), ("text", first.text))
        request.report(
            Diagnostic("plain.maybe-headings", "info", args, source=request.name, line=first.start)
        )


def _named(meta: Metadata, request: ReadRequest) -> Metadata:
    """The metadata with what the text does not say and the name of its file does."""
    has_author = any(c.role == "author" for c in meta.contributors)
    if request.path is None or (meta.title and has_author):
        return meta
    from publisher.readers.plain.names import named

    found = named(request.path.stem)
    if not meta.title and found.title:
        meta = replace(meta, title=(Text(found.title),))
    if found.author and not has_author:
        meta = replace(meta, contributors=(Contributor(found.author), *meta.contributors))
    return meta


def _metadata(article: Article, language: str) -> Metadata:
    order = ("author", "editor", "source")
    people = sorted(article.contributors, key=lambda c: order.index(c.role))
    return Metadata(
        title=(Text(article.title),) if article.title else (),
        contributors=tuple(people),
        language=language,
        date=article.date,
    )


def _book(
    lines: list[tuple[Piece, ChapterHeading | None]], info: SourceInfo, language: str
) -> Document:
    """A text with chapters; title and author may stand above the first."""
    first = next(place for place, (_, heading) in enumerate(lines) if heading)
    above = [piece for piece, _ in lines[:first]]
    front = find_article(above, info.uri, ignore, drop_furniture=False)
    flat: list[Block] = [_block(piece, info) for piece in front.body]
    for piece, heading in lines[first:]:
        if heading:
            text = (Text(piece.text),)
            flat.append(Section(heading.level, text, kind=heading.kind, pos=_pos(piece, info)))
        else:
            flat.append(_block(piece, info))
    return Document(_metadata(front, language), nest_sections(tuple(flat)), sources=(info,))


def _block(piece: Piece, info: SourceInfo, role: ParagraphRole = "body") -> Block:
    """A paragraph, or the break between scenes that its line stands for."""
    style = scene_break(piece.text)
    if style:
        return ThematicBreak(style, pos=_pos(piece, info))
    text = piece.text.lstrip("　") if role == "signature" else piece.text
    return Paragraph((Text(text),), role=role, pos=_pos(piece, info))


def _pos(piece: Piece, info: SourceInfo) -> Pos:
    return Pos(info.uri, piece.start, piece.end)
