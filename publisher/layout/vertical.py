"""Vertical text: what stands upright, what is turned, and what stands level in one cell.

Orientation is that of UAX #50 with the regional rules of cjk-typography 15. A line runs down the
page; its baseline is a virtual one, 0.12 em from the left edge of the em box, so that up in the
line's own axes is to the right on the page.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from publisher.layout.types import GENERATED, LEVEL, OBJECT, TURNED, BoxedText, RunTable, TextItem
from publisher.record import NamedTuple
from publisher.text.cells import cells
from publisher.text.properties import orientations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.faces.face import Face
    from publisher.faces.lookups import Glyph
    from publisher.layout.shape import Box, Shaper
    from publisher.layout.types import InlineObject, Run
    from publisher.theme.model import InlineLook
    from publisher.tree.nodes import Pos

ASCENT: Final = 0.88  # em, the em box over the baseline: to the right of it
DESCENT: Final = 0.12
_CODE: Final = "code"
_WIDEST: Final = 1.1  # em that a level piece may take without being condensed (JLREQ 3.2.5)
_FULL_WIDTH: Final = 0xFEE0  # from an ASCII character to its full-width form
_MARKS = re.compile("[!?]{1,2}")


class Cut(NamedTuple):
    """A stretch of text of one orientation: first index, one past the last, `TURNED` or 0."""

    start: int
    end: int
    turn: int


# ---------------------------------------------------------------------------- orientation


def turned_letters(text: str, classes: str, western: frozenset[int]) -> str:
    """For each character ``R`` turned, ``U`` upright, ``r`` upright if the face has its form.

    Args:
        text: The paragraph.
        classes: Its spacing classes, shared marks decided (`publisher.layout.quotes`).
        western: Positions of shared marks that are set as Latin.
    """
    letters = orientations(text).replace("t", "U")
    if "R" not in letters and not western:
        return letters
    made = list(letters)
    for match in re.finditer("[OCAL]", classes):
        at = match.start()
        if at not in western and letters[at] != "U":
            made[at] = "r"
    for match in re.finditer("(?<=[HKIG])B|B(?=[HKIG])", classes):
        made[match.start()] = "U"  # a dot is round: it stands in the middle of its cell
    for match in re.finditer("[uv]", classes):  # of Latin text, the apostrophes of its words too
        made[match.start()] = "R"
    for at in western:
        made[at] = "R"
    for match in re.finditer("[mzjh]", classes):  # marks turn with their base
        if match.start():
            made[match.start()] = made[match.start() - 1]
    oriented = "".join(made)
    if "s" in classes or "g" in classes:  # a space is turned between what is turned
        oriented = _SPACES.sub(lambda match: "U" * len(match[0]), _spaced(oriented, classes))
    return oriented.replace("s", "R")


_SPACES = re.compile("(?<![Rs])s+|s+(?![Rs])")


def _spaced(letters: str, classes: str) -> str:
    """The letters with ``s`` where spaces stand."""
    return "".join("s" if c in "sg" else letter for letter, c in zip(letters, classes, strict=True))


# Marks with a vertical form that stand upright without one: they have none where they are centred.
_UPRIGHT_ANYHOW: Final = frozenset("：；！？")


def cuts(letters: str, start: int, end: int) -> Iterator[Cut]:
    """Stretches of one orientation in ``text[start:end]``, by the letters of `turned_letters`."""
    for match in re.finditer("R+|[^R]+", letters[start:end]):
        turn = TURNED if match[0][0] == "R" else 0
        yield Cut(start + match.start(), start + match.end(), turn)


def without_form(face: Face, text: str, letters: str, language: str) -> list[int]:
    """Positions of marks whose vertical form the face lacks, so that they are turned (UAX #50)."""
    found: list[int] = []
    if "r" in letters:
        gids = face.uprights(language)
        for match in re.finditer("r", letters):
            char = text[match.start()]
            if char not in _UPRIGHT_ANYHOW and gids[char] == face.gid(char):
                found.append(match.start())
    return found


_PROBE: Final = "［｛〈《『【〔〖〗〕】』》〉｝］．～〜・ー"  # marks of plain text


def is_full_width(face: Face, probe: str, language: str) -> bool:
    """Whether upright characters of a face are one em long and its brackets have their forms."""
    depths, probe = face.depths(language), probe + _PROBE
    if any(depths[char] != 1000 for char in probe):
        return False
    letters = orientations(probe).replace("R", "r")  # dashes and leaders are upright here
    return not without_form(face, probe, letters, language)


# -------------------------------------------------------------------------- tate-chu-yoko


def boxed(table: RunTable, look: InlineLook, *, label: bool = False) -> RunTable:
    """A run table in which short numbers, mark pairs and acronyms are objects of one cell.

    With `label` the whole text
    may be the label of a list item or note.
    """
    found: list[tuple[int, int, BoxedText]] = []
    digits, letters = look.tate_chu_yoko, look.upright_letters
    for start, end, note in _segments(table):
        how: Literal["", "whole", "any"] = "any" if note else "whole" if label else ""
        for cell in cells(table.text, start, end, digits=digits, letters=letters, label=how):
            thing = BoxedText(table.text[cell.start : cell.end], cell.kind)
            found.append((cell.start, cell.end, thing))
    return _with_boxes(table, found) if found else table


def in_cells(table: RunTable, *, upright: bool) -> RunTable:
    """A run table whose text stands in cells, as its source asks: all in one, or each `upright`.

    What is no text of the source stays as it is between them: calls of notes, ruby, pictures.
    """
    runs: list[Run] = []
    mergeable = False
    for run in table.runs:
        whole = OBJECT not in table.text[run.start : run.end] and not _is_made(run)
        if whole and mergeable and not upright:
            before = runs[-1]
            runs[-1] = replace(before, end=run.end, anchor=before.anchor + run.anchor)
        else:
            runs.append(run)
        mergeable = whole
    found: list[tuple[int, int, BoxedText]] = []
    for run in runs:
        if _is_made(run):
            continue
        for match in (_UPRIGHT if upright else _TEXT).finditer(table.text, run.start, run.end):
            kind: Literal["level", "upright"] = "level"
            if upright and match[1]:
                kind = "upright"
            elif upright and orientations(match[0][0]) != "R":
                continue  # as it stands anyhow
            found.append((match.start(), match.end(), BoxedText(match[0], kind)))
    return _with_boxes(replace(table, runs=tuple(runs)), found)


_TEXT: Final = re.compile(f"[^{OBJECT}]+")
# Letters and figures (group 1), or one other character with its marks.
_UPRIGHT: Final = re.compile(
    f"([!-~]+(?![\u0300-\u036f]))|[^ {OBJECT}][\u0300-\u036f\ufe00-\ufe0f]*"
)


def _is_made(run: Run) -> bool:
    """Whether a run's text is none of the source's."""
    return bool(run.note or run.page_of) or GENERATED in run.marks


def _segments(table: RunTable) -> Iterator[tuple[int, int, bool]]:
    """Stretches of text that belong together, and whether one is a note's number.

    Note calls stand apart; code and page numbers have no cells.
    """
    start = 0
    for run in table.runs:
        if run.note or run.page_of or _CODE in run.marks or run.role == "mono":
            if run.start > start:
                yield start, run.start, False
            if run.note:
                yield run.start, run.end, True
            start = run.end
    if start < len(table.text):
        yield start, len(table.text), False


def _with_boxes(table: RunTable, found: list[tuple[int, int, BoxedText]]) -> RunTable:
    """The table with each stretch, where it lies in one run, replaced by its object."""
    runs = table.runs
    moves: list[tuple[int, int]] = []  # (end of a stretch in the old text, how much shorter)
    parts: list[str] = []
    objects: dict[int, InlineObject] = {}
    at = shorter = number = 0
    for start, end, thing in found:
        while runs[number].end <= start:
            number += 1
        if runs[number].end < end:
            continue
        parts += (table.text[at:start], OBJECT)
        objects[start - shorter] = thing
        shorter += end - start - 1
        moves.append((end, shorter))
        at = end
    parts.append(table.text[at:])

    def moved(place: int) -> int:
        by = 0
        for end, total in moves:
            if end > place:
                break
            by = total
        return place - by

    objects |= {moved(place): thing for place, thing in table.objects.items()}
    made = tuple(replace(run, start=moved(run.start), end=moved(run.end)) for run in runs)
    return RunTable("".join(parts), made, objects)


def box_of_text(thing: BoxedText, run: Run, shaper: Shaper, pos: Pos | None) -> Box:
    """A piece of text in one cell, level, or its letters upright below one another."""
    from publisher.layout.shape import Box

    size = run.size
    slant = "italic" if run.italic else "upright"
    upright = thing.kind == "upright"
    text = thing.text
    shown = "".join(chr(ord(c) + _FULL_WIDTH) for c in text) if upright else text
    # The figures of CJK faces are narrow enough for two in a cell; Latin ones may not be.
    face = shaper.faces.split("字", run.role, run.weight, slant, run.lang)[0].face  # type: ignore[arg-type]
    parts = shaper.faces.split(shown, run.role, run.weight, slant, run.lang)  # type: ignore[arg-type]
    if not face.covers(shown):
        face = parts[0].face
    if upright:
        language = shaper.language
        gids = [face.uprights(language)[c] for c in (shown if face.gid(shown[0]) else text)]
        glyphs = tuple(_upright_glyph(face, gid, at) for at, gid in enumerate(gids))
        width = -sum(glyph.y_advance for glyph in glyphs) * size / 1000
    else:
        for part in parts:
            if part.missing:
                shaper.report(text[part.start : part.end], pos)
        # Figures of half an em: two fill a cell, whichever they are.
        halves = "hwid" if text.isdecimal() or _MARKS.fullmatch(text) else ""
        glyphs = shaper.glyphs(face, text, run.lang, feature=halves)
        width = size
    item = TextItem(
        0.0, run.rise, face, size, text, 0.0, glyphs, run.color, None, run.tag, run.link, "",
        width, 0 if upright else LEVEL,
    )  # fmt: skip
    count = len(text) if upright else 1
    cells = tuple((at + 0.5) * width / count for at in range(count))
    dotted = () if text[-1] in "!?" else cells  # no emphasis mark stands at a punctuation mark
    return Box(width, (item,), run.rise + ASCENT * size, DESCENT * size - run.rise, centres=dotted)


def _upright_glyph(face: Face, gid: int, cluster: int) -> Glyph:
    from publisher.faces.lookups import Glyph

    x, y = face.v_origin(gid)
    return Glyph(gid, cluster, 0, face.v_advance(gid), -x, -y)


class Level(NamedTuple):
    """How a level piece is drawn: its width on the page, pt, and how far it is condensed."""

    width: float
    scale: float


def level(item: TextItem) -> Level:
    """A level piece is condensed to its cell when it is more than a little wider."""
    natural = sum(glyph.x_advance for glyph in item.glyphs or ()) * item.size / 1000
    if natural <= _WIDEST * item.size:
        return Level(natural, 1.0)
    return Level(item.size, item.size / natural)
