"""Display lists to content streams: the operators of each page (ISO 32000-1, 8 and 9).

Text is the bulk of a book, so pieces on one line in one look become one TJ array: a piece costs a
`str.translate` and, where it does not follow on, one number. Positions are tracked with the
numbers as written, so that rounding never adds up along a line.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, TypeVar

from publisher.layout.types import (
    ARTIFACT,
    AnchorOp,
    BeginOp,
    CircleOp,
    ColumnOp,
    EndOp,
    ImageOp,
    LevelOp,
    LinkOp,
    RectOp,
    TextOp,
    WaveOp,
)
from publisher.record import NamedTuple
from publisher.writers.pdf import syntax
from publisher.writers.pdf.shapes import dot, wave
from publisher.writers.pdf.structure import Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from publisher.faces.face import Face
    from publisher.layout.types import DisplayList, DrawOp, TextItem
    from publisher.writers.pdf.fonts import Codes, FontTable, PdfFont
    from publisher.writers.pdf.images import ImageTable
    from publisher.writers.pdf.structure import Tagger

AnyText: TypeAlias = "TextOp | ColumnOp | LevelOp"
_Op = TypeVar("_Op", TextOp, ColumnOp, LevelOp)
# A gap wider than this, em, is a new place on the line rather than a space inside its text.
_FAR = 3.0
_BLACK = "#000000"
_DIGITS = 4  # hex digits of a character that stands for itself
# A step back by half an em, over the blank of a mark, is never rounded up, not even by a sum with
# the spacing: poppler takes what laps over the character before it by more than that for a line of
# its own. 1/1000 em.
_LAPS = 450
_NOISE = 0.01  # of what spacing is rounded to
# The last two different codes of a string (the last may be repeated: spaces), with what may move
# the pen between them.
_PEN = "(?:>[-.0-9]+<)?"
_LAST_PAIR = re.compile(f"[0-9a-f]{{4}}{_PEN}([0-9a-f]{{4}})(?:{_PEN}\\1)*$")
# Left where a span begins or ends a piece of text.
_NOTHING = "[<>]TJ"
# A move of the pen before a span goes into it: PDFium takes no notice of one that an empty string
# follows, and takes one that stands alone in an array for horizontal in vertical text too.
_BEFORE_SPAN = re.compile(r">(-?[0-9.]+)<>\]TJ(/[^\[\]]*)\[<")
_ARTIFACT = Mark(ARTIFACT)


def _marked_as(op: AnyText) -> tuple[str, str, str]:
    item = op.item
    return item.tag, item.link, item.lang


class Place(NamedTuple):
    """Where an id stands on a page: pt from the left and from the head of the page."""

    x: float
    y: float


class Painted(NamedTuple):
    """A painted page: its content stream, link areas, and the places of ids."""

    content: str
    links: list[tuple[LinkOp, int]]
    anchors: dict[str, Place]


class _Text:
    """Writes text operators; remembers what the reader's text state is.

    Between pages the state starts anew; between text objects of a page it lasts, except for the
    matrices (9.4.1).
    """

    def __init__(self, fonts: FontTable, height: float) -> None:
        self._fonts = fonts
        self._height = height
        self.out: list[str] = []
        self.reset()

    def reset(self) -> None:
        """Starts a page."""
        self.out = []
        self.color = _BLACK
        self._font: PdfFont | None = None
        self._size = 0.0
        self._spacing = 0.0
        self._open = False  # inside BT ... ET
        self._turned = 0
        # Last piece of a vertical line that may be at its end: its index in `out`; axis, beginning
        # and size of what its operator shows.
        self._ended: tuple[int, float, float, float] | None = None
        # Origin of the text line matrix, 1/100 pt upwards; None: not known in this text object.
        self._origin: tuple[int, int] | None = None

    def close(self) -> None:
        """Ends the text object, if one is open."""
        if self._open:
            self.out.append("ET\n")
            self._open = False

    def show(self, ops: Iterable[TextOp | ColumnOp], *, vertical: bool = False) -> None:
        """Paints consecutive text operations of one writing direction."""
        add = self.out.append
        row = pen = unit = begun = 0.0
        face: Face | None = None
        size = spacing = -1.0
        color = ""
        turned = 0
        font: PdfFont
        codes: Codes
        for x, y, item in ops:
            # Unpacked in one go: by name, each field would cost as much as all of them.
            (
                _,
                _,
                its_face,
                its_size,
                text,
                tracking,
                glyphs,
                ink,
                actual,
                _,
                _,
                _,
                width,
                turn,
                moves,
            ) = item
            across, along = (x, y) if vertical else (y, x)
            changed = its_face is not face or its_size != size or ink != color or turn != turned
            if changed or across != row or tracking != spacing:
                near = False
                if face is not None:
                    self._end(vertical, (row, begun, size))
                    near = across == row and not (turn or turned)
                    near = near and abs(along - pen) < _FAR * its_size
                upright = vertical and not turn
                if changed:
                    font = self._look(item, upright=upright)
                    codes = font.codes(its_size)
                    face, size, color, turned = its_face, its_size, ink, turn
                    unit = (1000 if upright else -1000) / (size or 1.0)
                elif tracking != spacing:
                    self._space(-tracking if upright else tracking)
                if not near:
                    self._next_column(x, y)
                    self._move(x, y, turned=turn)
                    pen = along
                row, spacing, begun = across, tracking, along
                add("[<")
            moved = round((along - pen) * unit)
            if moved:
                add(f">{moved}<")
                pen += moved / unit
            pen += width
            if glyphs is not None or actual is not None:
                add(_shaped(font, item))
            elif moves:
                add(_moving(text, moves, unit, codes, spaced=tracking != 0.0))
            else:
                add(text.translate(codes))
        if face is not None:
            self._end(vertical, (row, begun, size))

    def _end(self, vertical: bool, shown: tuple[float, float, float]) -> None:
        """Ends a string; of a vertical one it remembers axis, beginning and size (`shown`)."""
        self._ended = (len(self.out) - 1, *shown) if vertical else None
        self.out.append(">]TJ\n")

    def _next_column(self, x: float, y: float) -> None:
        """Shows the last characters of a vertical line by an operator of its own.

        PDFium sorts what consecutive operators show at one height from left to right, to read a
        line: whole columns that begin at one height would be read from the left one on. A column
        has ended when the next piece, at (`x`, `y`), is further left, as high as where the
        last operator began. (The last one would not do: it may be a space, which PDFium skips.)
        """
        if self._ended is not None:
            at, across, begun, size = self._ended
            if x < across and abs(y - begun) < size:
                last = self.out[at]
                pair = _LAST_PAIR.search(last)
                cut = pair.start() if pair is not None else 0
                self.out[at] = f"{last[:cut]}>]TJ[<{last[cut:]}"
            self._ended = None

    def show_level(self, op: LevelOp) -> None:
        """Paints a level piece of a vertical line, condensed as it asks (Tz, 9.3.4)."""
        item = op.item
        self._next_column(op.x, op.y)
        if op.scale != 1.0:
            self.out.append(f"{op.scale * 100:.4g} Tz\n")
        self.show((TextOp(op.x, op.y, item._replace(rotated=0)),))
        if op.scale != 1.0:
            self.out.append("100 Tz\n")

    def _look(self, item: TextItem, *, upright: bool) -> PdfFont:
        """Brings font, spacing and colour into force."""
        add = self.out.append
        if not self._open:
            add("BT\n")
            self._open = True
            self._origin = None
            self._turned = 0
        font = self._fonts.font(item.face, vertical=upright)
        if font is not self._font or item.size != self._size:
            add(f"/{font.name} {syntax.number(item.size)} Tf\n")
            self._font, self._size = font, item.size
        # In vertical text the y axis points against the line, and Tc with it (9.3.2).
        self._space(-item.spacing if upright else item.spacing)
        self.fill(item.color)
        return font

    def _space(self, spacing: float) -> None:
        """Brings a character spacing into force."""
        rounded = round(spacing, 4)
        if rounded != self._spacing:
            self.out.append(f"{rounded:.6g} Tc\n")
            self._spacing = rounded

    def fill(self, color: str) -> None:
        """Brings a fill colour into force."""
        if color != self.color:
            self.out.append(f"{syntax.fill_color(color)}\n")
            self.color = color

    def _move(self, x: float, y: float, *, turned: int) -> None:
        """Sets the place of the next glyph: relative to the last one where that can be."""
        to = (round(x * 100), round((self._height - y) * 100))
        if turned or self._turned:
            matrix = "0 -1 1 0" if turned else "1 0 0 1"
            self.out.append(f"{matrix} {to[0] / 100:g} {to[1] / 100:g} Tm\n")
            self._turned = turned
        else:
            left, up = self._origin or (0, 0)
            self.out.append(_step(to[0] - left, to[1] - up))
        self._origin = to


@lru_cache(maxsize=1024)
def _step(right: int, up: int) -> str:
    """The operator that moves to another line, by 1/100 pt: mostly one leading down."""
    return f"{right / 100:g} {up / 100:g} Td\n"


def _moving(
    text: str, moves: tuple[tuple[int, float], ...], unit: float, codes: Codes, *, spaced: bool
) -> str:
    """A piece inside which the pen moves, for use inside a hex string; nothing rounded adds up."""
    shown = text.translate(codes)
    digits = _DIGITS
    if len(shown) != len(text) * digits:  # a character is more than its code
        shown, digits = text, 0
    slack = -_NOISE if spaced else _NOISE
    parts = []
    at = 0
    off = 0.0
    for place, amount in moves:
        wanted = amount * unit
        if amount < 0 and (wanted > _LAPS or wanted < -_LAPS):
            number = int(wanted + (slack if wanted > 0 else -slack))
        else:
            number = round(wanted + off)
        off += wanted - number
        if digits:
            parts.append(f"{shown[at * digits : place * digits]}>{number}<")
        else:
            parts.append(f"{shown[at:place].translate(codes)}>{number}<")
        at = place
    rest = shown[at * digits :] if digits else shown[at:].translate(codes)
    return "".join(parts) + rest


def _shaped(font: PdfFont, item: TextItem) -> str:
    """A piece with glyphs of its own, or one that reads as something else than it shows."""
    if item.actual is not None:
        return font.encode_actual(item)
    return font.encode_run(item.text, item.glyphs or (), item.size)


class Painter:
    """Paints the pages of one document.

    Args:
        fonts: Takes the faces and glyphs used.
        images: Takes the pictures used.
        height: Of every page, pt.
        tagger: Gives marked content its numbers; None leaves the pages untagged.
    """

    def __init__(
        self,
        fonts: FontTable,
        images: ImageTable,
        height: float,
        *,
        tagger: Tagger | None = None,
    ) -> None:
        self._images = images
        self._height = height
        self._tagger = tagger
        self._text = _Text(fonts, height)
        self._wanted: list[Mark] = []
        self._mark: Mark | None = None
        self._links: list[tuple[LinkOp, int]] = []
        self._anchors: dict[str, Place] = {}

    def page(self, ops: DisplayList) -> Painted:
        """Paints one page."""
        self._text.reset()
        self._wanted.clear()
        self._mark = None
        self._links, self._anchors = [], {}
        handlers = self._handlers
        for kind, group in groupby(ops, key=type):
            handlers[kind](self, group)
        self._close_mark()
        content = "".join(self._text.out)
        if "<>]TJ/" in content:
            content = _BEFORE_SPAN.sub(r">]TJ\2[\1<", content)
        content = content.replace(_NOTHING, "")
        return Painted(content, self._links, self._anchors)

    # -------------------------------------------------------------------------- marked content

    def _begin(self, ops: Iterable[BeginOp]) -> None:
        self._wanted += [Mark(op.element, op.tag, "", op.lang) for op in ops]

    def _end(self, ops: Iterable[EndOp]) -> None:
        for _ in ops:
            self._wanted.pop()

    def _holder(self) -> Mark:
        """What is drawn now belongs to. What stands outside every mark is an artifact."""
        return self._wanted[-1] if self._wanted else _ARTIFACT

    def _enter(self, mark: Mark) -> None:
        """Opens marked content, if it is not open (14.6, 14.8.2.2).

        Done when something is drawn, so that lines of one paragraph share one mark and nothing
        empty is marked.
        """
        if mark != self._mark and self._tagger is not None:
            self._close_mark()
            self._text.out.append(f"{self._tagger.open(mark)}\n")
            self._mark = mark

    def _close_mark(self) -> None:
        self._text.close()
        if self._mark is not None:
            self._text.out.append("EMC\n")
            self._mark = None

    # ------------------------------------------------------------------------------- drawing

    def _texts(self, ops: Iterable[TextOp]) -> None:
        for group in self._marked(ops):
            self._text.show(group)

    def _columns(self, ops: Iterable[ColumnOp]) -> None:
        for group in self._marked(ops):
            self._text.show(group, vertical=True)

    def _levels(self, ops: Iterable[LevelOp]) -> None:
        for group in self._marked(ops):
            for op in group:
                self._text.show_level(op)

    def _marked(self, ops: Iterable[_Op]) -> Iterator[Iterable[_Op]]:
        """Text operations with the same marked content, which is open when they are given."""
        holder = self._holder()
        if self._tagger is None or holder.element < 0:
            self._enter(holder)
            yield ops
            return
        for (tag, link, lang), group in groupby(ops, key=_marked_as):
            self._enter(Mark(holder.element, tag or holder.tag, link, lang or holder.lang))
            yield group

    def _graphics(self, mark: Mark = _ARTIFACT) -> Callable[[str], None]:
        """Where operators outside text go. Rules and dots in a line say nothing themselves."""
        holder = self._holder()
        self._enter(holder if holder.element < 0 else mark)
        self._text.close()
        return self._text.out.append

    def _rects(self, ops: Iterable[RectOp]) -> None:
        add = self._graphics()
        for op in ops:
            self._text.fill(op.color)
            box = (op.x, self._height - op.y - op.height, op.width, op.height)
            add(f"{syntax.numbers(box)} re f\n")

    def _dots(self, ops: Iterable[CircleOp]) -> None:
        add = self._graphics()
        for op in ops:
            self._text.fill(op.color)
            add(f"{dot(op, self._height)}\n")

    def _waves(self, ops: Iterable[WaveOp]) -> None:
        add = self._graphics()
        for op in ops:
            add(f"q {syntax.stroke_color(op.color)} {wave(op, self._height)} Q\n")

    def _pictures(self, ops: Iterable[ImageOp]) -> None:
        for op in ops:
            mark = self._holder()
            if op.inline:
                mark = self._in_line(mark, op)
            add = self._graphics(mark)
            name = self._images.name(op.resource)
            foot = self._height - op.y - op.height
            if self._tagger is not None:
                self._tagger.box(mark, (op.x, foot, op.x + op.width, foot + op.height))
            if not name:  # its place stays, with its description in the tags
                frame = syntax.numbers((op.x, foot, op.width, op.height))
                add(f"q 0.6 G 0.5 w {frame} re S Q\n")
                continue
            matrix = (op.width, 0, 0, op.height, op.x, foot)
            add(f"q {syntax.numbers(matrix)} cm /{name} Do Q\n")

    def _in_line(self, holder: Mark, op: ImageOp) -> Mark:
        """A picture in a line is a figure of its own; without words it is decoration."""
        if holder.element < 0 or not op.alt:
            return _ARTIFACT
        mark = Mark(holder.element, "Figure", op.link, "", op.alt)
        if self._tagger is not None:
            if mark == self._mark:
                self._close_mark()
            self._tagger.picture(mark)
        return mark

    # -------------------------------------------------------------------------- what is not ink

    def _link_areas(self, ops: Iterable[LinkOp]) -> None:
        for op in ops:
            key = -1
            if self._tagger is not None:
                holder = self._holder()
                if holder.element < 0:  # head rows shown again: what is no content has no links
                    continue
                key = self._tagger.link(holder, op.target)
            self._links.append((op, key))

    def _places(self, ops: Iterable[AnchorOp]) -> None:
        for op in ops:
            self._anchors.setdefault(op.id, Place(op.x, op.y))

    _handlers: ClassVar[dict[type[DrawOp], Callable[[Painter, Iterable[Any]], None]]] = {
        TextOp: _texts,
        ColumnOp: _columns,
        LevelOp: _levels,
        RectOp: _rects,
        CircleOp: _dots,
        WaveOp: _waves,
        ImageOp: _pictures,
        LinkOp: _link_areas,
        AnchorOp: _places,
        BeginOp: _begin,
        EndOp: _end,
    }
