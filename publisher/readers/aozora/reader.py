"""The reader of Aozora Bunko's notation: head, text with notes, colophon."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from publisher.errors import SourceError
from publisher.events import Diagnostic
from publisher.readers.aozora.detect import LEGEND
from publisher.readers.aozora.gaiji import plain_signs
from publisher.readers.aozora.inline import LineReader, range_of
from publisher.readers.pictures import PictureShelf
from publisher.readers.plain.scenes import scene_break
from publisher.readers.source import check_lines, source_text
from publisher.record import dataclass, field
from publisher.tree.meta import Contributor, Document, Metadata, SourceInfo
from publisher.tree.nesting import nest_sections
from publisher.tree.nodes import (
    Box,
    Figure,
    Image,
    PageBreak,
    Paragraph,
    Pos,
    Quote,
    Section,
    Text,
    ThematicBreak,
)
from publisher.tree.runs import is_empty_run, tidy_run

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.readers.aozora.inline import Line
    from publisher.readers.base import ReadRequest
    from publisher.tree.nodes import Align, Block, Blocks, Inline, Inlines

_DASHES: Final = re.compile(r"-{20,}\s*")
_COLOPHON: Final = re.compile(r"底本[:：]")
_SCENE: Final = re.compile(r"[＊×◇※][\s　＊×◇※]*")
_TRANSLATOR: Final = re.compile(r"(.{1,20}?)[\s　]*訳")
_NO_NAME: Final = re.compile("^[\\s　「『]|[。、］》]|.{31}")  # what no line of a head is like
_HEAD: Final = 6  # lines above the text that may be title and names
_SHOWN: Final = 30


class AozoraReader:
    """Reads Japanese text with Aozora Bunko's ruby and notes."""

    name = "aozora"
    suffixes: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()

    def sniff(self, head: bytes) -> float:
        """0: plain text is looked at as a whole (`detect.is_aozora`)."""
        del head
        return 0.0

    def read(self, request: ReadRequest) -> Document:
        """The document.

        Raises:
            SourceError: It is no text, or holds none.
        """
        text, encoding = source_text(request)
        check_lines(text, request)
        lines = text.removeprefix("\ufeff").split("\n")
        meta, first = _head(lines)
        body = _Body(request, PictureShelf(request))
        for number, line in enumerate(lines[first:], first + 1):
            body.line(line, number)
        blocks = body.finish()
        if not blocks and not meta.title:
            raise SourceError(
                "holds no text",
                code="source.empty",
                where=request.name,
                hint="is it the right file?",
            )
        digest = hashlib.sha256(request.data).hexdigest()
        source = SourceInfo(request.name, self.name, encoding, digest, "aozora/1")
        return Document(meta, nest_sections(blocks), body.shelf.resources, (source,))


def _head(lines: list[str]) -> tuple[Metadata, int]:
    """Title and names above the text, and the index of the text's first line."""
    legend = next((n for n, line in enumerate(lines[:60]) if LEGEND in line), None)
    if legend is None:
        return _bare_head(lines)
    opening = max((n for n in range(legend) if _DASHES.fullmatch(lines[n])), default=legend)
    closing = next(
        (n for n in range(legend, min(len(lines), legend + 60)) if _DASHES.fullmatch(lines[n])),
        legend,
    )
    named = [" ".join(line.split()) for line in lines[:opening] if line.strip()][:_HEAD]
    return _metadata(named), closing + 1


def _bare_head(lines: list[str]) -> tuple[Metadata, int]:
    """Title and names of a text without a legend: its first lines, with blank lines under them."""
    size = next((n for n, line in enumerate(lines[: _HEAD + 1]) if not line.strip()), 0)
    named = [" ".join(line.split()) for line in lines[:size]]
    colophon = any(_COLOPHON.match(line.strip()) for line in lines[-60:])
    if not 2 <= size <= (_HEAD if colophon else 2) or any(map(_NO_NAME.search, lines[:size])):
        return Metadata(language="ja"), 0
    return _metadata(named), size


def _metadata(named: list[str]) -> Metadata:
    """Title, subtitle and people from the lines of a head."""
    if not named:
        return Metadata(language="ja")
    title, *others = named
    people: list[Contributor] = []
    subtitle = ""
    while others:
        name = others.pop()
        translator = _TRANSLATOR.fullmatch(name)
        if translator:
            people.append(Contributor(translator[1], "translator"))
        elif not any(person.role == "author" for person in people):
            people.insert(0, Contributor(name))
        else:
            subtitle = f"{name} {subtitle}".strip()
    return Metadata(
        title=(Text(title),),
        subtitle=(Text(subtitle),) if subtitle else (),
        contributors=tuple(people),
        language="ja",
    )


@dataclass(slots=True)
class _Open:
    """A range of lines: what it is, its blocks, its heading's level, what its text becomes."""

    kind: str
    blocks: list[Block] = field(default_factory=list)
    level: int = 0
    make: Callable[[Inlines], Inline] | None = None


class _Body:
    """Builds the blocks of the text, line by line."""

    def __init__(self, request: ReadRequest, shelf: PictureShelf) -> None:
        self.shelf = shelf
        self._request = request
        self._stack = [_Open("")]
        self._begun: list[str] = []
        self._colophon = False
        self._unknown: list[tuple[str, int]] = []

    def line(self, text: str, number: int) -> None:
        """Takes the next line."""
        if _COLOPHON.match(text.strip()) and not self._colophon:
            self._close_all()
            self._colophon = True
            self._add(ThematicBreak("blank"))
        reader = LineReader(self._begun)
        line = reader.read(plain_signs(text))
        self._unknown += [(written, number) for written in line.unknown]
        before, after = _around(line)
        for note in before:
            self._range(note, number)
        self._content(line, number)
        for note in after:
            self._range(note, number)

    def finish(self) -> Blocks:
        """All blocks, with headings flat; what was not understood is reported once."""
        self._close_all()
        if self._unknown:
            written, number = self._unknown[0]
            args = (("count", str(len(self._unknown))), ("text", written[:_SHOWN]))
            name = self._request.name
            self._request.report(
                Diagnostic("aozora.unknown", "warning", args, source=name, line=number)
            )
        return tuple(self._stack[0].blocks)

    def _add(self, block: Block) -> None:
        self._stack[-1].blocks.append(block)

    def _content(self, line: Line, number: int) -> None:
        pos = Pos(self._request.name, number, number)
        content = self._styled(tidy_run(line.content))
        level = line.level or self._stack[-1].level
        if not is_empty_run(content):
            plain = content[0].text if isinstance(content[0], Text) else ""
            said = "asterism" if _SCENE.fullmatch(plain) else scene_break(plain)
            if said and len(content) == 1:
                self._add(ThematicBreak(said, pos=pos))
            elif level:
                self._stack[0].blocks.append(Section(level, content, pos=pos))
            else:
                end = line.end or self._stack[-1].kind == "end"
                role = "credit" if self._colophon else "body"
                self._add(
                    Paragraph(content, role, "end" if end else "", pos=pos)  # type: ignore[arg-type]
                )
        if line.tail:
            align: Align = "end" if line.tail_end else ""
            self._add(Paragraph(self._styled(tidy_run(line.tail)), align=align, pos=pos))
        for picture in line.pictures:
            key = self.shelf.take(picture.file, number)
            caption = (Paragraph((Text(picture.caption),)),) if picture.caption else ()
            if key:
                image = Image(key, picture.alt)
                self._add(Figure((Paragraph((image,)),), caption, pos=pos))
            elif picture.alt:
                self._add(Paragraph((Text(picture.alt),), pos=pos))

    def _styled(self, content: Inlines) -> Inlines:
        """The content of a line within ranges of lines that are bold, dotted ..."""
        for opened in self._stack:
            if opened.make is not None and not is_empty_run(content):
                content = (opened.make(content),)
        return content

    # ----------------------------------------------------------------------------------- ranges

    def _range(self, note: str, number: int) -> None:
        """A note about the lines from here on."""
        if note.startswith("改"):
            side = "recto" if note in ("改丁", "改見開き") else "any"
            self._close_all()
            self._add(PageBreak(side))  # type: ignore[arg-type]
        elif note.startswith("ここから"):
            self._begin(note.removeprefix("ここから"))
        elif note.startswith("ここで") and note.endswith("終わり"):
            self._end(note.removeprefix("ここで").removesuffix("終わり"))
        elif "字下げ" in note or note.startswith(("地", "天")) or "段階" in note:
            pass  # of this line only: how it was laid out in the book
        else:
            self._unknown.append((f"［＃{note}］", number))

    def _begin(self, what: str) -> None:
        if "見出し" in what:
            level = next(n for n, word in enumerate("大中小", 1) if word in what or word == "小")
            self._stack.append(_Open("heading", level=level))
        elif what.startswith(("地付き", "地から")):
            self._stack.append(_Open("end"))
        elif "字下げ" in what:
            if self._stack[-1].kind == "indent":
                self._pop()  # a new inset ends the one before
            self._stack.append(_Open("indent"))
        elif "罫囲み" in what:
            self._stack.append(_Open("box"))
        elif make := range_of(what):
            self._stack.append(_Open("marked", make=make))
        else:
            self._stack.append(_Open("plain"))

    def _end(self, what: str) -> None:
        kinds = {
            "字下げ": "indent",
            "罫囲み": "box",
            "見出し": "heading",
            "地付き": "end",
            "字上げ": "end",
        }
        kind = next((kind for word, kind in kinds.items() if word in what), "plain")
        kind = "marked" if range_of(what) else kind
        if any(part.kind == kind for part in self._stack[1:]):
            while self._stack[-1].kind != kind:
                self._pop()
            self._pop()

    def _close_all(self) -> None:
        while len(self._stack) > 1:
            self._pop()

    def _pop(self) -> None:
        done = self._stack.pop()
        blocks = tuple(done.blocks)
        if not blocks:
            return
        if done.kind == "indent":
            self._add(Quote(blocks))
        elif done.kind == "box":
            self._add(Box(blocks, "note"))
        else:
            self._stack[-1].blocks += blocks


def _around(line: Line) -> tuple[list[str], list[str]]:
    """Notes that hold before the line's own content, and after it."""
    after = [note for note in line.notes if note.startswith("ここで")]
    return [note for note in line.notes if note not in after], after
