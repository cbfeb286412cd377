"""Content streams of PDF pages to text (ISO 32000-1, 8 and 9): which characters, in which mark.

Characters come from the fonts' ToUnicode maps alone, as they do when a reader copies or searches.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from publisher.record import NamedTuple
from publisher.verify.pdf_fonts import Font, Fonts, expanded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ROUND = 3  # curves of a round shape
_MANY = 1_000
_SMALL = 8.0  # points that an emphasis dot may measure
_FORMS = 5_000  # that a page may draw
_DEEPEST = 8  # form XObjects in form XObjects
# Possessive, so that what is cut off is passed over in one go.
_PLAIN = rb"[^()\\]++|\\[\s\S]"
_INNER = rb"\((?:" + _PLAIN + rb"|\((?:" + _PLAIN + rb")*+\))*+\)"
_STRING = rb"\((?:" + _PLAIN + rb"|" + _INNER + rb")*+\)"
_TOKEN = re.compile(
    rb"\[((?:<[0-9A-Fa-f\s]*+>|[-+.\d\s]++)*+)\]\s*+TJ"  # 1: most text there is
    rb"|(<<|>>|\[|\])"  # 2
    rb"|<([0-9A-Fa-f\s]*)>"  # 3
    rb"|(" + _STRING + rb")"  # 4
    rb"|/([^\s()<>\[\]{}/%]*)"  # 5
    rb"|([^\s()<>\[\]{}/%]+)"  # 6
    rb"|%[^\r\n]*"
)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_JUMP = re.compile(rb"-(?:[2-9]\d{3}|\d{5})[.\d]*")
_MCID = re.compile(rb"/MCID\s+(\d{1,9})(?!\d)")
_ACTUAL = re.compile(rb"/ActualText\s*(?:<([0-9A-Fa-f\s]*)>|(" + _STRING + rb"))")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|[\s\S])")
_END_OF_IMAGE = re.compile(rb"[\s]EI(?=[\s]|$)")


class Piece(NamedTuple):
    """Text that was shown at one go.

    Attributes:
        text: What it says; a line feed first where the pen was moved before it.
        x: Where it begins, in points from the left.
        y: Where its baseline begins, in points from the foot.
    """

    text: str
    x: float
    y: float


class PageText:
    """The text of a page by mark (MCID; -1 is an artifact, -2 no mark), and its pictures.

    `upright` counts characters of vertical lines, turned ones too, without those of tables, which
    stand upright on the sheet.
    `dots` are the small round shapes drawn as artifacts: emphasis dots of any form.
    """

    def __init__(self) -> None:
        self.pieces: dict[int, list[Piece]] = {}
        self.pictures: dict[int, list[Any]] = {}
        self.upright = 0
        self.dots = 0


def literal(text: bytes) -> bytes:
    """The bytes of a literal string, its parentheses included in `text`."""

    def one(match: re.Match[bytes]) -> bytes:
        what = match[1]
        if what[:1] in b"01234567":
            return bytes([int(what, 8) & 0xFF])
        return b"" if what in (b"\n", b"\r", b"\r\n") else _ESCAPES.get(what, what)

    return _ESCAPE.sub(one, text[1:-1])


def page_text(page: Any, fonts: Fonts) -> PageText:
    """The text of a page (a pikepdf page)."""
    import pikepdf

    found = PageText()
    contents = page.obj.get("/Contents")
    if contents is None:
        return found
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    data = b"\n".join(expanded(part) for part in parts if isinstance(part, pikepdf.Stream))
    _Walk(found, fonts).stream(data, page.resources, _UNIT, 0)
    return found


_Matrix = tuple[float, float, float, float, float, float]
_UNIT: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    a, b, c, d, e, f = m
    g, h, i, j, k, l = n  # noqa: E741 - the letters of the matrix
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + l,
    )


class _Walk:
    def __init__(self, found: PageText, fonts: Fonts) -> None:
        self.found, self.fonts = found, fonts
        self.font: Font | None = None
        self.line: _Matrix = _UNIT
        self.ctm = self.line
        self.leading = 0.0
        self.moved = True
        self.marks: list[int] = []
        self.mcid = -2
        self.forms = 0
        # What is said in place of what is drawn, until the first of it is drawn; and how many
        # marks are open there.
        self.spoken: list[str] = []
        self.opened = 0
        self.resources: Any = None
        self.depth = 0
        self.names: dict[str, Font | None] = {}
        self.saved: list[tuple[_Matrix, Font | None]] = []
        self.raw = b""
        self.curves, self.box = 0, [0.0, 0.0, 0.0, 0.0]

    def stream(self, data: bytes, resources: Any, ctm: _Matrix, depth: int) -> None:
        """Walks through one content stream."""
        kept = self.resources, self.depth, self.names, self.saved
        self.resources, self.depth, self.names, self.saved = resources, depth, {}, []
        self.ctm = ctm
        operands: list[Any] = []
        begin = 0
        for match in self._tokens(data):
            which = match.lastindex or 0
            if which == _ARRAY:
                self._show_many(match[which])
                operands.clear()
                continue
            word = match[which]
            value = _OPERANDS[which](word)
            if value is not None:
                if not operands:
                    begin = match.start()
                operands.append(value)
                continue
            act = _ACTS.get(word)
            if act is not None:
                if word == b"BDC":
                    self.raw = data[begin : match.start()]
                act(self, operands)
            operands.clear()
        self.resources, self.depth, self.names, self.saved = kept

    def set_font(self, operands: list[Any]) -> None:
        name = str(operands[-2]) if len(operands) > 1 else ""
        if name not in self.names:
            fonts = None if self.resources is None else self.resources.get("/Font")
            font = None if fonts is None else fonts.get(name)
            self.names[name] = None if font is None else self.fonts.of(font)
        self.font = self.names[name]

    def new_line(self, operands: list[Any]) -> None:
        x, y = _pair(operands)
        self._move(x, y)

    def new_leading(self, operands: list[Any]) -> None:
        x, y = _pair(operands)
        self.leading = -y
        self._move(x, y)

    def next_line(self, _: list[Any]) -> None:
        self._move(0.0, -self.leading)

    def next_and_show(self, operands: list[Any]) -> None:
        self._move(0.0, -self.leading)
        self.show(operands)

    def set_leading(self, operands: list[Any]) -> None:
        self.leading = _float(operands[-1]) if operands else 0.0

    def set_matrix(self, operands: list[Any]) -> None:
        self.line = _matrix(operands)
        self.moved = True

    def begin_text(self, _: list[Any]) -> None:
        self.line = _UNIT
        self.moved = True

    def save(self, _: list[Any]) -> None:
        self.saved.append((self.ctm, self.font))

    def restore(self, _: list[Any]) -> None:
        if self.saved:
            self.ctm, self.font = self.saved.pop()

    def begin_shape(self, operands: list[Any]) -> None:
        x, y = _pair(operands)
        self.curves, self.box = 0, [x, y, x, y]

    def curve(self, operands: list[Any]) -> None:
        x, y = _pair(operands)
        box = self.box
        self.curves += 1
        self.box = [min(box[0], x), min(box[1], y), max(box[2], x), max(box[3], y)]

    def straight(self, _: list[Any]) -> None:
        self.curves = -_MANY

    def end_shape(self, _: list[Any]) -> None:
        left, foot, right, head = self.box
        if self.mcid == -1 and self.curves >= _ROUND and max(right - left, head - foot) < _SMALL:
            self.found.dots += 1
        self.curves = 0

    def transform(self, operands: list[Any]) -> None:
        self.ctm = _times(_matrix(operands), self.ctm)

    @staticmethod
    def _tokens(data: bytes) -> Iterator[re.Match[bytes]]:
        """Tokens, with the bytes of inline pictures left out."""
        at = 0
        while True:
            again = False
            for match in _TOKEN.finditer(data, at):
                if match.lastindex == 6 and match[6] == b"ID":
                    end = _END_OF_IMAGE.search(data, match.end())
                    if end is None:
                        return
                    at, again = end.end(), True
                    break
                if match.lastindex is not None:
                    yield match
            if not again:
                return

    def _move(self, x: float, y: float) -> None:
        a, b, c, d, e, f = self.line
        self.line = (a, b, c, d, e + a * x + c * y, f + b * x + d * y)
        self.moved = True

    def begin(self, operands: list[Any]) -> None:
        mcid, actual = self.mcid, None
        raw, self.raw, resources = self.raw, b"", self.resources
        tag = operands[0] if operands else ""
        if tag == "/Artifact":
            mcid = -1
        given = _MCID.search(raw)
        text = _ACTUAL.search(raw)
        named = operands[1] if len(operands) > 1 else ""
        if given is not None:
            mcid = int(given[1])
        elif isinstance(named, str) and named.startswith("/") and resources is not None:
            properties = resources.get("/Properties")
            entry = None if properties is None else properties.get(named)
            if entry is not None and "/MCID" in entry:
                mcid = int(entry["/MCID"])
            if entry is not None and "/ActualText" in entry:
                actual = str(entry["/ActualText"])
        if text is not None:
            data = _bytes(text[1]) if text[1] is not None else literal(text[2])
            actual = text_string(data)
        self.marks.append(self.mcid)
        self.mcid = mcid
        if actual is not None and not self.spoken:
            self.spoken = [actual]
            self.opened = len(self.marks)

    def end(self, _: list[Any]) -> None:
        if self.marks:
            if self.spoken and len(self.marks) == self.opened:
                if self.spoken[0]:
                    self._add(self.spoken[0])
                self.spoken = []
            self.mcid = self.marks.pop()

    def _show_many(self, array_: bytes) -> None:
        if self.font is None or self._said():
            return
        for number, part in enumerate(_JUMP.split(array_)):
            self.moved = self.moved or number > 0  # a jump, as in a line of contents
            digits = b"".join(_HEX.findall(part))
            self._add(self.font.text(_bytes(digits)))

    def show(self, strings: list[Any]) -> None:
        if self.font is None or self._said():
            return
        self._add("".join(self.font.text(s) for s in strings if isinstance(s, bytes)))

    def _said(self) -> bool:
        """True where other words stand for what is drawn; they are said where that begins."""
        if not self.spoken:
            return False
        words, self.spoken = self.spoken[0], [""]
        self._add(words)
        return True

    def _add(self, text: str) -> None:
        if not text:
            return
        pieces = self.found.pieces.get(self.mcid)
        if pieces is None:
            pieces = self.found.pieces[self.mcid] = []
        # Words that are turned run down the page as characters do that stand.
        turned = self.line[1] < 0 and abs(self.line[0]) < -self.line[1]
        if turned or (self.font is not None and self.font.vertical):
            self.found.upright += len(text)
        e, f = self.line[4], self.line[5]
        a, b, c, d, x, y = self.ctm
        if self.moved and pieces:
            text = "\n" + text
        pieces.append(Piece(text, e * a + f * c + x, e * b + f * d + y))
        self.moved = False

    def do(self, operands: list[Any]) -> None:
        resources, name = self.resources, str(operands[-1]) if operands else ""
        objects = None if resources is None else resources.get("/XObject")
        drawn = None if objects is None else objects.get(name)
        if drawn is None:
            return
        self.found.pictures.setdefault(self.mcid, []).append(drawn)
        self.forms += 1
        if str(drawn.get("/Subtype", "")) != "/Form" or self.depth >= _DEEPEST:
            return
        if self.forms > _FORMS:  # forms that draw forms that draw forms
            return
        matrix = _matrix(list(drawn.get("/Matrix", _UNIT)))
        kept = self.ctm, self.line, self.font
        inner = drawn.get("/Resources", resources)
        self.stream(expanded(drawn), inner, _times(matrix, self.ctm), self.depth + 1)
        self.ctm, self.line, self.font = kept


_ACTS: dict[bytes, Callable[[_Walk, list[Any]], None]] = {
    b"Td": _Walk.new_line,
    b"TD": _Walk.new_leading,
    b"Tm": _Walk.set_matrix,
    b"T*": _Walk.next_line,
    b"TL": _Walk.set_leading,
    b"Tf": _Walk.set_font,
    b"Tj": _Walk.show,
    b"TJ": _Walk.show,
    b"'": _Walk.next_and_show,
    b'"': _Walk.next_and_show,
    b"BT": _Walk.begin_text,
    b"BDC": _Walk.begin,
    b"BMC": _Walk.begin,
    b"EMC": _Walk.end,
    b"q": _Walk.save,
    b"Q": _Walk.restore,
    b"cm": _Walk.transform,
    b"Do": _Walk.do,
    b"m": _Walk.begin_shape,
    b"c": _Walk.curve,
    b"l": _Walk.straight,
    b"h": _Walk.end_shape,
}


def text_string(data: bytes) -> str:
    """A text string (ISO 32000-1, 7.9.2.2)."""
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    return data.decode("latin-1")


def _bytes(digits: bytes) -> bytes:
    text = digits.decode("ascii", "ignore")
    try:
        return bytes.fromhex(text)
    except ValueError:
        text = "".join(text.split())
        return bytes.fromhex(text + "0" * (len(text) % 2))


def _name(word: bytes) -> str:
    return "/" + word.decode("latin-1")


def _bracket(word: bytes) -> str:
    return word.decode("latin-1")


def _pair(operands: list[Any]) -> tuple[float, float]:
    if len(operands) < 2:
        return 0.0, 0.0
    return _float(operands[-2]), _float(operands[-1])


def _matrix(operands: list[Any]) -> _Matrix:
    if len(operands) < len(_UNIT):
        return _UNIT
    a, b, c, d, e, f = (_float(value) for value in operands[-6:])
    return a, b, c, d, e, f


def _number(word: bytes) -> float | None:
    if word[:1] not in b"+-.0123456789":
        return None
    try:
        return float(word)
    except ValueError:
        return None


def _float(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


# What the groups of `_TOKEN` stand for; an operator is no operand.
_ARRAY = 1
_OPERANDS: dict[int, Callable[[bytes], Any]] = {
    2: _bracket,
    3: _bytes,
    4: literal,
    5: _name,
    6: _number,
}
