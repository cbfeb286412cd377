"""Sets paragraphs: a run table to lines, and lone texts to a line.

Composes the stages measure, opportunities, line choice and justification, and holds what is worth
keeping for one document: faces by style, measured words, missing characters.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from publisher.layout.boxes import Boxes
from publisher.layout.cells import grid_lines, on_cells
from publisher.layout.filled import fill_simple, is_one_line
from publisher.layout.fitted import chosen_lines, fitted_lines
from publisher.layout.hanging import hang
from publisher.layout.hyphens import hyphenate, is_loose
from publisher.layout.justify import adjust
from publisher.layout.linebreak import LONE, Params, Widths
from publisher.layout.lines import Looks, mixed_items, plain_item, simple_item
from publisher.layout.measure import QUARTERS, measure_simple, simple_text
from publisher.layout.mixed import Mixed, measure_mixed
from publisher.layout.profiles import Profile, profile_in, with_centred_stops
from publisher.layout.regions import is_one, regions_of
from publisher.layout.shape import Shaper
from publisher.layout.types import Line, ParagraphLines, Run, RunTable, TextItem
from publisher.layout.vertical import boxed, is_full_width
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.faces.face import Face
    from publisher.faces.fallback import FaceSet
    from publisher.layout.measure import Measured
    from publisher.layout.types import MissingGlyph
    from publisher.theme.model import StyleSheet, TextStyle
    from publisher.tree.nodes import Pos

EM_ASCENT: Final = 0.88
EM_DESCENT: Final = 0.12
_PROBE: Final = "字国。，、（）「」：；？！…あア"
_PROBE_QUOTES: Final = "“”‘’"
_SPEECH: Final = ("「", "『")


class _Frame(NamedTuple):
    """What a paragraph's lines are set into, pt."""

    style: TextStyle
    measure: float
    indent: float
    lang: str


class Typesetter:
    """Sets the paragraphs of one document.

    Args:
        sheet: The resolved style sheet.
        faces: The opened fonts.
        drawn: The lines will be drawn. When only page numbers are wanted, lines of plain text are
            chosen as ever but hold no items; nor do those of most other text where the sheet fills
            its lines.
    """

    def __init__(self, sheet: StyleSheet, faces: FaceSet, *, drawn: bool = True) -> None:
        self.sheet = sheet
        self.faces = faces
        self.drawn = drawn
        self.counted = sheet.filled and not drawn
        self.vertical = sheet.vertical
        self.grid = sheet.page.grid == "characters"
        self._shaper = Shaper(
            faces,
            vertical=sheet.vertical,
            language=sheet.language,
            latin="companion" if self.counted and not faces.own_families else "auto",
        )
        self._full: dict[tuple[str, str, bool], bool] = {}
        self._profiles: dict[str, Profile] = {}

    @property
    def missing(self) -> list[MissingGlyph]:
        """Characters that no face could draw so far, each with its first place."""
        return list(self._shaper.missing.values())

    def profile(self, lang: str) -> Profile:
        """The rule set of a language with the choices of the style sheet."""
        found = self._profiles.get(lang)
        if found is None:
            found = profile_in(lang, self.sheet)
            if found.name == "hant" and "S" in found.right and not self._in_corner("。", lang):
                found = with_centred_stops(found)
            self._profiles[lang] = found
        return found

    def _in_corner(self, stop: str, lang: str) -> bool:
        """Whether a full stop of text leaves half of its square empty."""
        body = self.sheet.text["body"]
        face = self.faces.split(stop, body.family, body.weight, "upright", lang)[0].face
        upright = lang if self.vertical else ""
        return self._shaper.inks.fits(face, stop, "S", upright=upright)

    @property
    def unfit(self) -> Mapping[str, str]:
        """Faces (by id) with the marks they draw over more than their half of the square."""
        return self._shaper.inks.unfit

    # -------------------------------------------------------------------------- paragraphs

    def set_paragraph(
        self,
        table: RunTable,
        style: TextStyle,
        measure: float,
        *,
        lang: str,
        pos: Pos | None = None,
        first_indent: float | None = None,
    ) -> ParagraphLines:
        """The lines of a paragraph.

        Args:
            table: The paragraph's text in runs.
            style: Size, leading, alignment and indent; its insets are not applied here.
            measure: Length of a line, pt.
            lang: Language of the block, BCP 47.
            pos: Where the block came from, for missing characters.
            first_indent: Indent of the first line, pt, in place of the style's; may be negative.
        """
        profile = self.profile(lang)
        if first_indent is None:
            first_indent = style.indent * style.size
            if profile.name == "ja" and table.text[:1] in _SPEECH:
                first_indent *= self.sheet.typography.dialog_indent
        frame = _Frame(style, measure, first_indent, lang)
        if self.vertical:
            table = boxed(table, self.sheet.inline)
        if not table.text:
            run = table.runs[0] if table.runs else None
            empty = Line(0, 0, (), EM_ASCENT * style.size, EM_DESCENT * style.size)
            empty.anchors = run.anchor if run else ()
            return ParagraphLines("", [empty])
        if self.grid and on_cells(self.sheet, style):
            mixed = self._measured(table, style, lang, pos)
            return ParagraphLines(table.text, self._on_cells(table, frame, mixed))
        if self.counted and self._is_one_line(table, frame):
            one_line = Line(0, len(table.text), (), EM_ASCENT * style.size, EM_DESCENT * style.size)
            _attach(table, [one_line])
            return ParagraphLines(table.text, [one_line])
        one = table.runs[0].lang == lang or is_one(table, lang, self.profile)
        face = self._simple_face(table, style, profile) if one else None
        if face is not None:
            lines = self._simple(table, frame, profile, face)
            if table.runs[0].lang != lang:
                _in_language(lines, table.runs[0].lang)
            return ParagraphLines(table.text, lines)
        mixed = self._measured(table, style, lang, pos)
        return ParagraphLines(table.text, self._mixed(table, frame, mixed))

    def _simple_face(self, table: RunTable, style: TextStyle, profile: Profile) -> Face | None:
        """The one face of a paragraph of full-width characters, or None for any other."""
        if len(table.runs) != 1 or table.objects or style.spacing:
            return None
        run = table.runs[0]
        if run.marks or run.rise or run.link or run.note or run.anchor or run.size != style.size:
            return None
        if not simple_text(profile.cjk_quotes).fullmatch(table.text):
            return None
        if self.vertical and profile.name == "ja" and "；" in table.text:
            return None  # spaced unlike ：, which has its class
        slant = "italic" if run.italic else "upright"
        faces = self.faces.split(table.text, run.role, run.weight, slant, run.lang)  # type: ignore[arg-type]
        if len(faces) != 1 or faces[0].missing:
            return None
        face = faces[0].face
        full = self._is_full_width(face, profile, quotes=profile.cjk_quotes)
        if not full and profile.cjk_quotes and simple_text(False).fullmatch(table.text):
            # Japanese faces have narrow curly quotes; most texts have none.
            full = self._is_full_width(face, profile, quotes=False)
        return face if full else None

    def _is_full_width(self, face: Face, profile: Profile, *, quotes: bool) -> bool:
        """Whether a face draws CJK characters and marks one em wide, marks where they belong."""
        key = (face.id, profile.right, quotes)
        known = self._full.get(key)
        if known is None:
            probe = _PROBE + (_PROBE_QUOTES if quotes else "")
            if self.vertical:
                known = is_full_width(face, probe, self.sheet.language)
            else:
                known = all(face.widths[char] == 1000 for char in probe)
            upright = self.sheet.language if self.vertical else ""
            inks = self._shaper.inks
            known = inks.all_fit(face, profile, quotes=quotes, upright=upright) and known
            self._full[key] = known
        return known

    def _is_one_line(self, table: RunTable, frame: _Frame) -> bool:
        """Whether a paragraph is known to go on one line of the usual height, all of it drawn."""
        style = frame.style
        if _is_taller(table, style):
            return False
        if not is_one_line(table, style, frame.measure - frame.indent):
            return False
        return not any(
            span.missing
            for run in table.runs
            for span in self.faces.split(
                table.text[run.start : run.end],
                run.role,
                run.weight,
                "italic" if run.italic else "upright",
                run.lang,
            )
        )

    def _params(self, style: TextStyle) -> Params:
        return Params(
            justify=style.align == "justify",
            indent=style.indent,
            orphans=not self.sheet.typography.lone,
            # Japanese minds it less (JLREQ 3.8.2).
            lone=LONE / 2 if self.sheet.profile == "ja" else LONE,
            fill=self.sheet.filled,
        )

    def _simple(self, table: RunTable, frame: _Frame, profile: Profile, face: Face) -> list[Line]:
        style = frame.style
        size = style.size
        unit = size / QUARTERS
        text, run = table.text, table.runs[0]
        widths = Widths((frame.measure - frame.indent) / unit, frame.measure / unit)
        params = self._params(style)
        ascent, descent = EM_ASCENT * size, EM_DESCENT * size
        if self.counted and params.justify:
            filled = fill_simple(text, profile, widths)
            if filled is not None:
                return [Line(start, end, (), ascent, descent) for start, end in filled]
        measured = measure_simple(text, profile)
        _fit_edges(measured, profile)
        chosen = chosen_lines(measured, (0, len(text)), widths, params, style, frame.lang)
        if not self.drawn and params.justify:  # others may be asked how long they are
            return [Line(start, end, (), ascent, descent) for start, end, _ in chosen]
        look = (face, size, run.color, run.tag)
        lines: list[Line] = []
        count = len(chosen)
        width = widths.first
        for number, (start, end, emergency) in enumerate(chosen, 1):
            adjusted = adjust(
                measured,
                start,
                end,
                width,
                stretch=params.justify and number < count,
                shrink=params.justify,
            )
            offset, moves, each, used, stage, amount, overfull = adjusted
            x = frame.indent if number == 1 else 0.0
            if not params.justify:
                x = _aligned(frame, used * unit, x)
            x += offset * unit
            if moves or each:
                items = (simple_item(text, (start, end), adjusted, x, look, measured.stretches),)
            else:
                items = (plain_item(text[start:end], x, look),)
            state = (stage, amount, overfull, emergency)
            lines.append(Line(start, end, items, ascent, descent, (), (), *state))
            width = widths.rest
        return lines

    # ------------------------------------------------------------------------------- mixed

    def _measured(self, table: RunTable, style: TextStyle, lang: str, pos: Pos | None) -> Mixed:
        boxes = Boxes(self.sheet, self._shaper, pos)
        regions = regions_of(table, lang, self.profile)
        mixed = measure_mixed(table, style, regions, self._shaper, boxes, pos)
        _fit_edges(mixed.measured, regions.own)
        mixed.lang = lang
        return mixed

    def _mixed(self, table: RunTable, frame: _Frame, mixed: Mixed) -> list[Line]:
        style = frame.style
        params = self._params(style)
        looks = self._looks(style)
        lines: list[Line] = []
        bounds = [0, *mixed.forced, len(table.text)]
        whole = not self.sheet.typography.hyphenate or style.keep_with_next or style.spacing
        cut = bool(whole) or not params.justify or params.fill
        for first, last in pairwise(bounds):
            indent = frame.indent if first == 0 else 0.0
            widths = Widths(frame.measure - indent, frame.measure)
            if self.counted and not table.objects and not _is_taller(table, style):
                chosen = chosen_lines(
                    mixed.measured, (first, last), widths, params, style, frame.lang
                )
                ascent, descent = EM_ASCENT * style.size, EM_DESCENT * style.size
                lines += (Line(start, end, (), ascent, descent) for start, end, _ in chosen)
                continue
            chosen, adjusted = fitted_lines(mixed, (first, last), widths, params, style)
            if not cut and is_loose(chosen, adjusted):
                cut = True
                if hyphenate(mixed, table, self._shaper):
                    chosen, adjusted = fitted_lines(mixed, (first, last), widths, params, style)
            for number, (start, end, emergency) in enumerate(chosen):
                made = adjusted[number]
                x = _aligned(frame, made.width, 0.0 if number else indent)
                x += made.offset
                items, ascent, descent = mixed_items(
                    mixed, (start, end), made, x, self._shaper, looks
                )
                line = Line(
                    start,
                    end,
                    items,
                    max(ascent, EM_ASCENT * style.size),
                    max(descent, EM_DESCENT * style.size),
                    stage=made.stage,
                    amount=made.amount,
                    overfull=made.overfull,
                    emergency=emergency,
                )
                lines.append(line)
        _attach(table, lines)
        return lines

    def _on_cells(self, table: RunTable, frame: _Frame, mixed: Mixed) -> list[Line]:
        """The lines on the character grid."""
        style, looks = frame.style, self._looks(frame.style)
        em = style.size
        lines: list[Line] = []
        for grid_line in grid_lines(mixed, em, frame.measure, frame.indent):
            start, end, made, emergency, indent = grid_line
            x = made.offset + indent
            items, ascent, descent = mixed_items(mixed, (start, end), made, x, self._shaper, looks)
            line = Line(
                start, end, items, max(ascent, EM_ASCENT * em), max(descent, EM_DESCENT * em)
            )
            line.overfull, line.emergency = made.overfull, emergency
            lines.append(line)
        _attach(table, lines)
        return lines

    def _looks(self, style: TextStyle) -> Looks:
        sheet = self.sheet
        return Looks(style.spacing * style.size, sheet.inline.highlight, sheet.vertical)

    # -------------------------------------------------------------------------- lone texts

    def measure_text(self, text: str, style: TextStyle, lang: str) -> float:
        """Advance of a text on one line, pt."""
        if not text:
            return 0.0
        table = self._one_run(text, style, lang)
        measured = self._measured(table, style, lang, None).measured
        return _natural(measured)

    def line_of(self, text: str, style: TextStyle, lang: str) -> Line:
        """A text as one line at its natural width, however long."""
        size = style.size
        ascent, descent = EM_ASCENT * size, EM_DESCENT * size
        if not text:
            return Line(0, 0, (), ascent, descent)
        if not self.vertical and not style.spacing and text.isascii() and text.isdecimal():
            item = self._figures(text, style, lang)
            if item is not None:
                return Line(0, len(text), (item,), ascent, descent)
        table = self._one_run(text, style, lang)
        mixed = self._measured(table, style, lang, None)
        room = _natural(mixed.measured)
        size_of = len(table.text)
        adjusted = adjust(mixed.measured, 0, size_of, room, stretch=False, shrink=False)
        looks = self._looks(style)
        items, over, below = mixed_items(
            mixed, (0, size_of), adjusted, adjusted.offset, self._shaper, looks
        )
        return Line(0, size_of, items, max(over, ascent), max(below, descent))

    def _figures(self, text: str, style: TextStyle, lang: str) -> TextItem | None:
        """A number, which no rule looks at (every page has one); None when no face draws it."""
        slant = "italic" if style.italic else "upright"
        faces = self.faces.split(text, style.family, style.weight, slant, lang)  # type: ignore[arg-type]
        if len(faces) != 1 or faces[0].missing:
            return None
        face = faces[0].face
        width = sum(map(face.widths.__getitem__, text)) * style.size / 1000
        return TextItem(0.0, 0.0, face, style.size, text, color=style.color, width=width)

    def _one_run(self, text: str, style: TextStyle, lang: str) -> RunTable:
        run = Run(
            0, len(text), style.family, style.weight, style.italic, lang, style.size,
            color=style.color,
        )  # fmt: skip
        table = RunTable(text, (run,), {})
        if not self.vertical:
            return table
        # Where lines are counted, it is the words of tables that are measured here.
        return boxed(table, self.sheet.inline, label=not self.counted)


def _in_language(lines: list[Line], lang: str) -> None:
    """Says of the text of lines which language it is in, where that is not the block's."""
    for line in lines:
        line.items = tuple(
            item._replace(lang=lang) if isinstance(item, TextItem) else item for item in line.items
        )


def _fit_edges(measured: Measured, profile: Profile) -> None:
    """What line ends and the paragraph's start may drop, by the choices of the style sheet."""
    if profile.hanging != "none":
        hang(measured, profile)
    if profile.first_full and measured.start_trim[0]:
        measured.start_trim = [0.0, *measured.start_trim[1:]]


def _is_taller(table: RunTable, style: TextStyle) -> bool:
    """Whether some run may make its line higher than the style's lines are."""
    return any(run.rise or run.size > style.size for run in table.runs)


def _natural(measured: Measured) -> float:
    return measured.pre[-1] - measured.start_trim[0] - measured.end_trim[len(measured.text) - 1]


def _aligned(frame: _Frame, width: float, indent: float) -> float:
    """Where the line's text starts, pt from the start edge."""
    align = frame.style.align
    if align == "center":
        return indent + (frame.measure - indent - width) / 2
    return frame.measure - width if align == "end" else indent


def _attach(table: RunTable, lines: list[Line]) -> None:
    """Tells each line the notes called and the ids that stand on it."""
    at = 0
    for run in table.runs:
        if not (run.note or run.anchor):
            continue
        while at + 1 < len(lines) and run.start >= lines[at].end:
            at += 1
        line = lines[at]
        if run.note:
            line.notes = (*line.notes, run.note)
        if run.anchor:
            line.anchors = (*line.anchors, *run.anchor)
