"""A run table to tokens: stretches of text with the face and glyphs that draw them.

Knows fonts and looks, not lines. A token is never split but where the line chooser asks for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from publisher.layout.ink import Inks
from publisher.layout.types import OBJECT, TURNED, MissingGlyph
from publisher.layout.vertical import cuts, without_form
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from publisher.faces.face import Direction, Face
    from publisher.faces.fallback import FaceSet, Latin
    from publisher.faces.lookups import Glyph, Number
    from publisher.layout.types import InlineObject, LineItem, Run, RunTable
    from publisher.tree.nodes import Pos

GETA = "\u3013"
_WORDS = re.compile(" +|[^ ]+ *")  # a word takes the spaces behind it along


class Box(NamedTuple):
    """An object measured: its items lie from x = 0 on.

    Attributes:
        width: Advance, pt.
        items: What is drawn, in reading order.
        ascent: Over the baseline, pt; `descent` below it.
        lead: How far its annotation can hang over what stands before it, pt; `trail` behind it.
        reach: How far the annotation may hang over a kana at most, pt; 0 over nothing at all.
        note: Where the annotation starts and ends, pt, or None.
        apart: Least distance of the annotation from another one, pt.
        centres: Middles of the characters that take an emphasis dot, pt.
        divided: What it is a part of, where lines may break inside that; then it draws nothing
            of its own, and its width is what it adds to the parts before it.
        part: Its place among the parts.
        hung: Makes the box anew for an annotation that hangs out by so much at start and end,
            where the base has to be spread less then.
    """

    width: float
    items: tuple[LineItem, ...]
    ascent: float = 0.0
    descent: float = 0.0
    lead: float = 0.0
    trail: float = 0.0
    reach: float = 0.0
    note: tuple[float, float] | None = None
    apart: float = 0.0
    centres: tuple[float, ...] = ()
    divided: Divided | None = None
    part: int = 0
    hung: Callable[[float, float], Box] | None = None


class Divided(Protocol):
    """A thing of several parts that may stand on several lines."""

    @property
    def count(self) -> int:
        """How many parts it has."""

    @property
    def penalties(self) -> Sequence[int]:
        """Of a line end before each part; the first one is not asked for."""

    def extent(self, start: int, end: int, /) -> float:
        """Width of the parts from `start` to `end`, set on their own, pt."""

    def filled(self, start: int, end: int, width: float, /) -> Box:
        """The same for a whole line of that width, which ends inside."""

    def piece(self, start: int, end: int, lead: float = 0.0, trail: float = 0.0, /) -> Box:
        """The parts from `start` to `end`, set on their own.

        Its annotation hangs out by `lead` and `trail`, pt; the width does not depend on that.
        """


class Token(NamedTuple):
    """A stretch of text of one look and one face.

    Attributes:
        start: First index into the text; `end` is one past the last.
        run: Its look.
        face: The face that draws it; None for an object.
        shaped: Its glyphs must come from `Face.shape`.
        missing: No face has it: 〓 is drawn.
        box: The object it stands for.
        turn: How it stands in a vertical line: 0 upright, `TURNED`.
    """

    start: int
    end: int
    run: Run
    face: Face | None
    shaped: bool = False
    missing: bool = False
    box: Box | None = None
    turn: int = 0


class Shaper:
    """Chooses faces and shapes words; remembers words for one document.

    Args:
        faces: The opened fonts.
        vertical: Lines run down the page: text is upright unless a token says that it is turned.
        language: Of the document; its marks are drawn by faces without a language.
        latin: Whether Western words always have a Western face, as in Word files.
    """

    def __init__(
        self,
        faces: FaceSet,
        *,
        vertical: bool = False,
        language: str = "",
        latin: Latin = "auto",
    ) -> None:
        self.faces = faces
        self.latin = latin
        self.vertical = vertical
        self.language = language
        self.missing: dict[str, MissingGlyph] = {}
        self.inks = Inks()
        self._words: dict[tuple[str, str, str, str], tuple[Glyph, ...]] = {}

    def report(self, char: str, pos: Pos | None) -> None:
        """Notes a character that no face draws, with its first place."""
        self.missing.setdefault(char, MissingGlyph(char, pos))

    def glyphs(
        self, face: Face, text: str, lang: str, *, upright: bool = False, feature: str = ""
    ) -> tuple[Glyph, ...]:
        """The glyphs of a word, clusters counted from its start.

        They are `upright` in vertical text; an OpenType `feature` may be switched on.
        """
        how = feature or ("ttb" if upright else "ltr")
        key = (face.id, text, lang, how)
        found = self._words.get(key)
        if found is None:
            language = "" if face.language else lang
            direction: Direction = "ttb" if upright else "ltr"
            found = self._words[key] = face.shape(
                text, language=language, direction=direction, features=(feature,) if feature else ()
            )
        return found

    def is_upright(self, turn: int) -> bool:
        """Whether a piece with this turn is set with vertical forms and metrics."""
        return self.vertical and not turn

    def measures(self, face: Face, turn: int) -> dict[str, Number]:
        """Character -> advance along the line in 1/1000 em, of a face in pieces with this turn."""
        return face.depths(self.language) if self.vertical and not turn else face.widths

    def tokens(
        self,
        table: RunTable,
        western: frozenset[int],
        box: Callable[[InlineObject, Run], Box | None],
        pos: Pos | None,
        turned: str = "",
    ) -> list[Token]:
        """The tokens of a run table, in order, without gaps.

        Args:
            table: The paragraph.
            western: Positions of shared marks that are set as Latin.
            box: Measures an object; None for a forced line end.
            pos: Of the block, for characters that no face draws.
            turned: How each character stands (`publisher.layout.vertical.turned_letters`); empty
                in horizontal text.
        """
        found: list[Token] = []
        for run in table.runs:
            for start, end, lang in _pieces(table.text, run, western, self.faces):
                if table.text[start] == OBJECT and start in table.objects:
                    made = box(table.objects[start], run)
                    found.append(Token(start, end, run, None, box=made))
                elif turned:
                    found += self._oriented(table.text, (start, end), run, lang, pos, turned)
                else:
                    found += self._faced(table.text, start, end, run, lang, pos)
        return _spaces_joined(found, table.text) if turned else found

    def _oriented(
        self,
        text: str,
        span: tuple[int, int],
        run: Run,
        lang: str,
        pos: Pos | None,
        turned: str,
    ) -> Iterator[Token]:
        """Tokens of a stretch of vertical text; marks without a vertical form are turned."""
        for start, end, turn in cuts(turned, *span):
            for token in self._faced(text, start, end, run, lang, pos):
                face = token.face
                if turn or face is None or token.missing:
                    yield token._replace(turn=turn)
                    continue
                first, last = token.start, token.end
                letters = turned[first:last]
                at = turned_from = first  # marks that are turned side by side are one: ——
                for place in without_form(face, text[first:last], letters, self.language):
                    if first + place > at:
                        if at > turned_from:
                            yield token._replace(start=turned_from, end=at, turn=TURNED)
                        yield token._replace(start=at, end=first + place)
                        turned_from = first + place
                    at = first + place + 1
                if at > turned_from:
                    yield token._replace(start=turned_from, end=at, turn=TURNED)
                if at < last:
                    yield token._replace(start=at) if at > first else token

    def _faced(
        self, text: str, start: int, end: int, run: Run, lang: str, pos: Pos | None
    ) -> Iterator[Token]:
        slant = "italic" if run.italic else "upright"
        piece = text[start:end]
        for part in self.faces.split(
            piece,
            run.role,
            run.weight,
            slant,  # type: ignore[arg-type]
            lang,
            latin=self.latin,
        ):
            first, last, face = start + part.start, start + part.end, part.face
            if part.missing:
                char = text[first:last]
                self.report(char, pos)
                yield Token(first, last, run, face, missing=True)
                continue
            own = text[first:last]
            if not face.needs_shaping(own):
                yield Token(first, last, run, face)
                continue
            at = first
            for low, high in face.shaping_spans(own):
                if first + low > at:
                    yield Token(at, first + low, run, face)
                for word in _WORDS.finditer(own, low, high):
                    shaped = word[0][0] != " "
                    yield Token(first + word.start(), first + word.end(), run, face, shaped)
                at = first + high
            if at < last:
                yield Token(at, last, run, face)

    def advances(self, token: Token, text: str) -> list[float]:
        """The font's advance of each character of a token, pt."""
        size = token.run.size / 1000
        face = token.face
        if face is None:
            return [token.box.width if token.box else 0.0]
        if token.missing:
            return [face.widths[GETA] * size] + [0.0] * (token.end - token.start - 1)
        piece = text[token.start : token.end]
        upright = self.is_upright(token.turn)
        if not token.shaped:
            measures = self.measures(face, token.turn)
            return [width * size for width in map(measures.__getitem__, piece)]
        made = [0.0] * len(piece)
        for glyph in self.glyphs(face, piece, token.run.lang, upright=upright):
            made[glyph.cluster] += (-glyph.y_advance if upright else glyph.x_advance) * size
        return made


def _spaces_joined(tokens: list[Token], text: str) -> list[Token]:
    """Turned spaces in the face of what stands before them.

    A space alone in its face is shown by itself, and there PDFium does not see it.
    """
    for at in range(1, len(tokens)):
        token, before = tokens[at], tokens[at - 1]
        if token.turn and before.turn and before.run is token.run and before.face is not None:
            face = before.face
            if face is not token.face and text[token.start : token.end].isspace() and face.gid(" "):
                tokens[at] = token._replace(face=face)
    return tokens


def extent(glyphs: tuple[Glyph, ...], *, upright: bool) -> Number:
    """Advance of a shaped run along its line, 1/1000 em."""
    if upright:
        return -sum(glyph.y_advance for glyph in glyphs)
    return sum(glyph.x_advance for glyph in glyphs)


def _pieces(
    text: str, run: Run, western: frozenset[int], faces: FaceSet
) -> Iterator[tuple[int, int, str]]:
    """Stretches of a run without objects inside, Latin marks apart, with the language for faces."""
    inner = sorted(at for at in western if run.start <= at < run.end) if western else []
    cuts: list[tuple[int, int, str]] = []
    marks = ""
    if inner:
        slant = "italic" if run.italic else "upright"
        marks = faces.language_of_marks(run.role, run.weight, slant, run.lang)  # type: ignore[arg-type]
    at = run.start
    for mark in inner:
        if mark > at:
            cuts.append((at, mark, run.lang))
        cuts.append((mark, mark + 1, "en" if text[mark] in "…‥" else marks))
        at = mark + 1
    if at < run.end:
        cuts.append((at, run.end, run.lang))
    for start, end, lang in cuts:
        low = start
        where = text.find(OBJECT, start, end)
        while where >= 0:
            if where > low:
                yield low, where, lang
            yield where, where + 1, lang
            low = where + 1
            where = text.find(OBJECT, low, end)
        if low < end:
            yield low, end, lang
