"""Measures paragraphs of mixed content: several looks, Latin, objects. Widths are pt."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final

from publisher.layout.bopomofo import WIDTH as BOPOMOFO_ROOM
from publisher.layout.hyphens import cut_words
from publisher.layout.itemize import CODE_MARK
from publisher.layout.levels import places
from publisher.layout.measure import STRETCHED, TRIMMED, Measured, Space, centred_colons
from publisher.layout.overhang import Hung, fit_annotations, keep_pitch
from publisher.layout.spacing import gaps_in, takes_gap, with_symbols
from publisher.layout.ties import calls_apart, open_code, standing_in, tie_runs, with_objects
from publisher.layout.vertical import turned_letters
from publisher.record import dataclass, field
from publisher.text.classes import spacing_classes
from publisher.text.uax14 import BAN, FORCED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.layout.boxes import Boxes
    from publisher.layout.profiles import Profile
    from publisher.layout.regions import Region, Regions
    from publisher.layout.shape import Shaper, Token
    from publisher.layout.types import RunTable
    from publisher.theme.model import TextStyle
    from publisher.tree.nodes import Pos

_NONE: Final[frozenset[int]] = frozenset()
_HALF: Final = 0.5
_FULL: Final = 0.9  # em; a mark that is narrower has no blank to take away
_WORD_LEAST, _WORD_MOST = 0.25, 0.5  # em, limits of a word space (cjk-typography 8)
_MARKS = re.compile("[OCSMNED]")
_WHOLE: Final = str.maketrans({state: letter for letter, state in TRIMMED.items()})
_TRIMMED_MARK = re.compile("[1-6]")
_CODE_CLASSES: Final = str.maketrans(dict.fromkeys("OCSMNEDBLATUFPQW", "x") | {"s": "y"})
_DOT = re.compile("(?<=[HKI])B(?=[HKI])")
_SPACE_RUN = re.compile("[sWy]+")
_HANJA = re.compile("G?(?<!H)H{1,8}(?!H)G?|GH|HG")


@dataclass(slots=True)
class Mixed:
    """A measured paragraph with what is needed to draw it.

    Attributes:
        measured: For the line chooser.
        tokens: What draws the text.
        font: Running total of the fonts' own advances, pt.
        gap_at: 1 for each position that stretches in step 3.
        forced: Positions where a line must end.
        lang: Language of the block.
        divided: Objects that may stand on several lines, in order.
        pitch: Characters without bopomofo are as wide as those that have it.
        annotated: Starts of runs that have ruby, or bopomofo where it stands in the line gap.
    """

    measured: Measured
    tokens: list[Token]
    font: list[float]
    gap_at: bytearray
    forced: list[int]
    lang: str = ""
    divided: list[Hung] = field(default_factory=list)
    pitch: bool = False
    annotated: set[int] = field(default_factory=set)


def measure_mixed(
    table: RunTable,
    style: TextStyle,
    regions: Regions,
    shaper: Shaper,
    box: Boxes,
    pos: Pos | None,
) -> Mixed:
    """Measures a run table.

    Args:
        table: The paragraph.
        style: Gives the size of the paragraph's characters and what is added after each.
        regions: The rule sets of its languages.
        shaper: Chooses faces and shapes.
        box: Measures objects.
        pos: Of the block.
    """
    measurer = _Measurer(table, regions, shaper, style.size)
    return measurer.measure(box, pos, style.spacing * style.size)


class _Measurer:
    """One paragraph being measured; arrays hold one value a character until they are summed."""

    def __init__(self, table: RunTable, regions: Regions, shaper: Shaper, em: float) -> None:
        self.table = table
        self.regions = regions
        self.shaper = shaper
        self.em = em
        text = table.text
        self.text = text
        size = len(text)
        self.advance: list[float] = []
        self.size_at: list[float] = []
        self.start_trim = [0.0] * size
        self.end_trim = [0.0] * size
        self.end_option = [0.0] * size
        self.shrink = [0.0] * size
        self.loose = [0.0] * size
        self.code = bytearray(size)
        self.shifts: dict[int, float] = {}
        self.leads: dict[int, float] = {}
        self.spaces: dict[int, Space] = {}
        self.over_han = 0.0  # how far ruby may hang over Han, em of the ruby
        self.inner: dict[int, int] = {}  # penalties inside objects
        self.calls: dict[int, int] = {}  # rows of note calls, start -> end

    def orient(self, resolved: str, western: frozenset[int]) -> tuple[str, str]:
        """How each character of vertical text stands, and the spacing classes that follow."""
        if not self.shaper.vertical:
            return "", resolved
        if "；" in self.text:
            letters = list(resolved)
            for match in re.finditer("；", self.text):
                # Upright in a whole em, unlike ： (cjk-typography 5).
                if self.regions.at(match.start()).name == "ja":
                    letters[match.start()] = "E"
            resolved = "".join(letters)
        return turned_letters(self.text, resolved, western), resolved

    def measure(self, box: Boxes, pos: Pos | None, spacing: float) -> Mixed:
        text, regions, table = self.text, self.regions, self.table
        resolved = with_objects(spacing_classes(text), table, regions)
        resolved, western = regions.resolved(text, resolved)
        turned, resolved = self.orient(resolved, western)
        tokens = self.shaper.tokens(table, western, box, pos, turned)
        for token in tokens:
            made = self.shaper.advances(token, text)
            if spacing and token.box is None:
                made = [width + spacing for width in made]
            self.advance += made
            self.size_at += [token.run.size] * (token.end - token.start)
        font = list(accumulate(self.advance, initial=0.0))
        self.part_calls()
        penalties = regions.penalties(standing_in(table, regions), resolved)
        tie_runs(penalties, table)
        open_code(penalties, table)
        classes = self.settle(resolved, tokens)
        pitch = bool(table.objects) and box.keeps_pitch(table)
        if pitch:
            classes = classes.translate(_WHOLE)
        else:
            self.trimmed(classes)
        for region in regions.spans:
            if not pitch:
                self.marks(classes, region)
            self.dots(classes, region)
            self.gaps(classes, region)
        self.word_spaces(classes, penalties)
        for at, dropped in cut_words(tokens, penalties, text, self.shaper, font, spacing):
            self.end_trim[at] += dropped
        if not table.objects:
            return self.finish(classes, tokens, font, penalties)
        self.over_han = box.look.ruby_over_han
        divided = fit_annotations(self, classes, tokens)
        for at, penalty in self.inner.items():
            penalties[at] = penalty
        if pitch:
            keep_pitch(self, classes, tokens, BOPOMOFO_ROOM)
        mixed = self.finish(classes, tokens, font, penalties)
        mixed.divided, mixed.pitch = divided, pitch
        mixed.annotated = {t.run.start for t in tokens if t.box is not None and t.box.note}
        return mixed

    # ------------------------------------------------------------------------------- classes

    def fills(self, token: Token, at: int, letter: str) -> bool:
        """Whether a face draws a mark over more than the half that is its own."""
        if token.face is None or token.missing:
            return False
        if letter != "O" and letter not in self.regions.at(at).right:
            return False
        upright = self.shaper.language if self.shaper.is_upright(token.turn) else ""
        return not self.shaper.inks.fits(token.face, self.text[at], letter, upright=upright)

    def settle(self, resolved: str, tokens: list[Token]) -> str:
        """Spacing classes as drawn: code apart, marks without a blank of their own as signs."""
        parts = []
        for run in self.table.runs:
            part = resolved[run.start : run.end]
            if CODE_MARK in run.marks or run.role == "mono":
                part = part.translate(_CODE_CLASSES)
                self.code[run.start : run.end] = b"\1" * len(part)
            parts.append(part)
        letters = list("".join(parts))
        for token in tokens:
            for match in _MARKS.finditer(resolved, token.start, token.end):
                at, letter = match.start(), match[0]
                if self.advance[at] < _FULL * self.size_at[at] or self.fills(token, at, letter):
                    letters[at] = "x"
        for start, end, profile in self.regions.spans:
            with_symbols(self.text, letters, profile, start, end)
        return self.regions.compressed("".join(letters))

    def trimmed(self, classes: str) -> None:
        """Marks that have lost their blank beside others."""
        for match in _TRIMMED_MARK.finditer(classes):
            at = match.start()
            half = _HALF * self.size_at[at]
            self.advance[at] -= half
            if match[0] == "1":
                self.lead(at, -half)
            else:
                self.shift(at + 1, -half)

    def marks(self, classes: str, region: Region) -> None:
        """Blanks of full-width marks: dropped at line edges, or there to shrink."""
        first, last, profile = region
        if profile.natural:
            return
        dropped = self.end_trim if self.regions.own.end == "half" else self.end_option
        for match in _MARKS.finditer(classes, first, last):
            at, letter = match.start(), match[0]
            half = _HALF * self.size_at[at]
            if letter == "O":
                self.start_trim[at] = half
            elif letter in profile.right and at + 1 in self.calls:
                self.calls_in_blank(at, self.calls[at + 1], classes)
                continue
            elif letter in profile.right:
                dropped[at] = half
            if letter in "SE" and not profile.shrink_stops:
                continue
            if (
                letter in "OD"
                or letter in profile.right
                or (letter == "N" and letter not in profile.fixed)
            ):
                less = profile.books and letter in "OCMN"
                self.shrink[at] = half / 2 if less else half

    def part_calls(self) -> None:
        """Finds rows of note calls, and sets the calls of a row apart."""
        for at, gap in calls_apart(self.table.runs).items():
            self.advance[at - 1] += gap
            self.shift(at, gap)
        start = end = -1
        for run in self.table.runs:
            if run.note:
                start = start if run.start == end else run.start
                end = self.calls[start] = run.end

    def calls_in_blank(self, mark: int, end: int, classes: str) -> None:
        """Puts note calls, up to `end`, into the blank of the mark before them."""
        half = _HALF * self.size_at[mark]
        rest = half - sum(self.advance[mark + 1 : end])
        self.advance[mark] -= half
        self.shift(mark + 1, -half)
        if rest > 0 and end < len(classes) and classes[end] in "HKIGXan":
            self.advance[end - 1] += rest
            self.shift(end, rest)
            self.end_trim[end - 1] += rest

    def shift(self, at: int, amount: float) -> None:
        self.shifts[at] = self.shifts.get(at, 0.0) + amount

    def lead(self, at: int, amount: float) -> None:
        self.shift(at, amount)
        self.leads[at] = self.leads.get(at, 0.0) + amount

    def dots(self, classes: str, region: Region) -> None:
        """U+00B7 between Han: half an em (GB/T 15834) or a whole one, in the middle of it."""
        width = region.profile.dot
        if not width or region.profile.natural or "B" not in classes:
            return
        for match in _DOT.finditer(classes, region.start, region.end):
            at = match.start()
            more = width * self.size_at[at] - self.advance[at]
            self.advance[at] += more
            self.lead(at, more / 2)
            self.shift(at + 1, more / 2)

    # --------------------------------------------------------------------------------- spaces

    def gaps(self, classes: str, region: Region) -> None:
        """Gaps between CJK and Latin; one between regions is that of the text before it."""
        profile = region.profile
        if not profile.gap or not ("a" in classes or "n" in classes or "@" in classes):
            return
        code_edges = ((at, False) for at in self.code_edges(classes))
        # None before what is raised or lowered, and none on either side of a note call.
        solid = {run.start for run in self.table.runs if run.note or run.rise}
        solid.update(run.end for run in self.table.runs if run.note)
        for at, typed in chain(gaps_in(self.text, classes, profile), code_edges):
            width = profile.gap * self.em
            if not region.start < at <= region.end:
                continue
            if typed:
                width -= self.advance[at - 1]
            elif at in solid or (self.code[at - 1] and self.code[at]):
                continue
            else:
                self.end_trim[at - 1] += width
            self.advance[at - 1] += width
            self.shift(at, width)
            self.gap_space(at, profile)

    def code_edges(self, classes: str) -> Iterator[int]:
        """Where code that begins or ends with a sign stands beside CJK: it takes the gap too."""
        for run in self.table.runs:
            if CODE_MARK in run.marks:
                for at, code, other in (
                    (run.start, run.start, run.start - 1),
                    (run.end, run.end - 1, run.end),
                ):
                    inside = 0 < at < len(classes) and not self.code[other]
                    signs = inside and classes[code] in "xpr" and classes[other] in "HKI"
                    if signs and takes_gap(self.text[other], "a", "a"):
                        yield at

    def gap_space(self, at: int, profile: Profile) -> None:
        em = self.em
        shrink = (profile.gap - profile.gap_shrunk) * em
        stretch = (profile.gap_stretched - profile.gap) * em
        self.spaces[at] = Space(6, shrink, stretch)
        self.shrink[at - 1] += shrink
        self.loose[at - 1] += stretch

    def word_spaces(self, classes: str, penalties: list[int]) -> None:
        size = len(classes)
        for match in _SPACE_RUN.finditer(classes):
            start, end = match.span()
            # What stands before the spaces ends the line when they are dropped.
            code = classes[start] == "y"  # its spaces keep their width, but end no line
            if end - start == 1 and start and end < size and penalties[end] >= BAN:
                if not code:
                    self.unit_space(start)
                continue
            total = self.end_trim[start - 1] if start else 0.0
            option = self.end_option[start - 1] if start else 0.0
            if total or option:
                self.shrink[start - 1] = 0.0  # a line end takes that blank or leaves it
            for at in range(start, end):
                total += self.advance[at]
                self.end_trim[at] += total
                self.end_option[at] = option
                if start and not code:
                    self.start_trim[at] = self.advance[at]
                # A run of spaces is stretched behind its last one, which a line end drops.
                if classes[at] == "s" and at + 1 == end < size and end not in self.spaces:
                    width = self.advance[at]
                    em = self.size_at[at]
                    space = Space(
                        2,
                        max(width - _WORD_LEAST * em, 0.0),
                        max(_WORD_MOST * em - width, 0.0),
                    )
                    self.spaces[at + 1] = space
                    self.shrink[at] += space.shrink
                    self.loose[at] += space.stretch

    def unit_space(self, at: int) -> None:
        """A space that a line cannot end at: the thin gap between a number and its unit."""
        if self.text[at] == " " and self.text[at - 1].isdigit():
            more = _WORD_LEAST * self.size_at[at] - self.advance[at]
            self.advance[at] += more
            self.shift(at + 1, more)

    # --------------------------------------------------------------------------------- result

    def finish(
        self, classes: str, tokens: list[Token], font: list[float], penalties: list[int]
    ) -> Mixed:
        size = len(classes)
        gap_at = self.stretching(classes, penalties)
        at_space = bytearray(size + 1)
        for at in self.spaces:
            at_space[at] = 1
        forced = [at for at in range(1, size) if penalties[at] == FORCED]
        measured = Measured(
            text=self.text,
            classes=classes,
            em=self.em,
            pre=list(accumulate(self.advance, initial=0.0)),
            start_trim=[*self.start_trim, 0.0],
            end_trim=[*self.end_trim, 0.0],
            end_option=[*self.end_option, 0.0],
            shrink=list(accumulate(self.shrink, initial=0.0)),
            loose=list(accumulate(self.loose, initial=0.0)),
            gaps=list(accumulate(gap_at)),
            places=list(accumulate(at_space)),
            penalty=[max(value, 0) for value in penalties],
            shifts=sorted((at, by) for at, by in self.shifts.items() if by),
            leads=self.leads,
            spaces=dict(sorted(self.spaces.items())),
            hyphens=frozenset(at + 1 for at in places(classes, "h")) if "h" in classes else _NONE,
            centred=_NONE.union(
                *(
                    centred_colons(classes, region.profile, region.start, region.end)
                    for region in self.regions.spans
                )
            ),
        )
        return Mixed(measured, tokens, font, gap_at, forced)

    def stretching(self, classes: str, penalties: list[int]) -> bytearray:
        """The gaps of stretch step 3: between two CJK characters where a line may end."""
        flags = bytearray(len(classes) + 1)
        for match in _between().finditer(classes):
            at = match.start()
            if penalties[at] < BAN and at not in self.spaces and at not in self.inner:
                flags[at] = 1
        for start, end, profile in self.regions.spans:
            if profile.keep_all:  # a few Han characters are a word, which is not spread
                for match in _HANJA.finditer(classes, start, end):
                    flags[match.start() + 1 : match.end()] = bytes(len(match[0]) - 1)
        return flags


@cache
def _between() -> re.Pattern[str]:
    opens = STRETCHED.replace("7", "").replace("8", "")
    return re.compile(f"(?<=[{STRETCHED}])[{opens}]")
