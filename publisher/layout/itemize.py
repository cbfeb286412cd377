"""Inlines to a run table: one string, runs of one look, objects at U+FFFC.

The only place of the paragraph stages that reads tree nodes. It knows looks, not widths.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from publisher.layout.bopomofo import syllables
from publisher.layout.types import (
    GENERATED,
    OBJECT,
    BreakObject,
    RubyObject,
    Run,
    RunTable,
    WarichuObject,
)
from publisher.record import NamedTuple, dataclass
from publisher.text.scripts import BOPOMOFO, HAN, HANGUL, KANA, profile_of
from publisher.tree.nodes import (
    Code,
    CrossRef,
    Emphasis,
    EmphasisDots,
    Image,
    LineBreak,
    Link,
    Mark,
    Math,
    NoteRef,
    Ruby,
    RubyPair,
    Span,
    Strong,
    Text,
    Warichu,
)
from publisher.tree.walk import plain_text, walk_run

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.layout.types import InlineObject, PictureObject
    from publisher.theme.model import StyleSheet, TextStyle
    from publisher.tree.nodes import Inlines

CODE_MARK: Final = "code"
_OPEN: Final = "（〔［【〈("
_BRACKETED: Final = f"([{_OPEN}])([^{_OPEN}）〕］】〉)]+)([）〕］】〉)])"
# Classes of a span whose text is one cell of vertical text, or letters upright in their cells.
_CELLS: Final = frozenset({"tcy", "upright"})
BOLD: Final = 700


@dataclass(frozen=True, slots=True)
class InlineContext:
    """What inlines need from outside their paragraph.

    Attributes:
        sheet: The resolved style sheet.
        lang: Language of the block, BCP 47.
        note_label: Label shown for a note id; empty for a note that does not exist.
        cross_ref: Text of a title or number reference; empty to show its fallback.
        picture: An inline picture at its size, or None to show its alternative text.
        page_digits: Digits to keep room for where a page reference stands.
    """

    sheet: StyleSheet
    lang: str
    note_label: Callable[[str], str]
    cross_ref: Callable[[CrossRef], str]
    picture: Callable[[Image], PictureObject | None]
    page_digits: int = 3


class _Look(NamedTuple):
    """The look that holds at one place: the fields of `Run` that inlines change."""

    role: str
    weight: int
    italic: bool
    lang: str
    size: float
    rise: float
    color: str
    marks: tuple[str, ...] = ()
    link: str = ""
    tag: str = ""


def itemize(content: Inlines, style: TextStyle, context: InlineContext) -> RunTable:
    """The run table of a paragraph's inlines in a style."""
    if len(content) == 1 and type(content[0]) is Text:
        text = _blanked(content[0].text)
        run = Run(
            0,
            len(text),
            style.family,
            style.weight,
            style.italic,
            context.lang,
            style.size,
            color=style.color,
        )
        return RunTable(text, (run,), _NO_OBJECTS)
    look = _Look(
        style.family, style.weight, style.italic, context.lang, style.size, 0.0, style.color
    )
    table = _Table(context)
    table.inlines(content, look)
    return table.finish(look)


def _blanked(text: str) -> str:
    """The text with spaces for white space that no font draws: tabs, separators of lines."""
    return text if text.isprintable() else _BLANKS.sub(" ", text)


_BLANKS: Final = re.compile("[\t\v\f\x1c-\x1f\x85\u2028\u2029]")
_NO_OBJECTS: Final[dict[int, InlineObject]] = {}


@cache
def _scripts() -> re.Pattern[str]:
    """Cuts a text into CJK (group 1) and the rest, spaces and marks going with what is before."""
    cjk = f"{HAN}{KANA}{HANGUL}{BOPOMOFO}\u3000-\u303f\uff00-\uffef"
    return re.compile(f"([{cjk}][{cjk}“”‘’…—·]*)|[^{cjk}]+")


class _Table:
    """The table being made."""

    def __init__(self, context: InlineContext) -> None:
        self.context = context
        self.look = context.sheet.inline
        self.parts: list[str] = []
        self.at = 0
        self.runs: list[Run] = []
        self.last: tuple[_Look, str] | None = None  # look and page of the last run
        self.objects: dict[int, InlineObject] = {}
        self.anchors: tuple[str, ...] = ()
        self.numbered = 0  # marks so far, to tell neighbours apart

    def finish(self, look: _Look) -> RunTable:
        if not self.runs:
            self.runs.append(Run(0, 0, *look, anchor=self.anchors))
        elif self.anchors:
            last = self.runs[-1]
            self.runs[-1] = replace(last, anchor=last.anchor + self.anchors)
        return RunTable("".join(self.parts), tuple(self.runs), self.objects)

    def inlines(self, content: Inlines, look: _Look) -> None:
        for inline in content:
            _HANDLERS[type(inline)](self, inline, look)

    def add(self, text: str, look: _Look, *, note: str = "", page_of: str = "") -> None:
        """Appends text in a look, to the last run where the look is the same."""
        if not text:
            return
        start = self.at
        self.at += len(text)
        self.parts.append(text)
        if self.last == (look, "") and not (note or page_of or self.anchors):
            self.runs[-1] = replace(self.runs[-1], end=self.at)
            return
        run = Run(start, self.at, *look, note=note, anchor=self.anchors, page_of=page_of)
        self.runs.append(run)
        self.anchors = ()
        self.last = (look, note or page_of)

    def add_object(self, thing: InlineObject, look: _Look) -> None:
        self.objects[self.at] = thing
        self.add(OBJECT, look)

    # ------------------------------------------------------------------------------- handlers

    def text(self, node: Text, look: _Look) -> None:
        self.add(_blanked(node.text), look)

    def emphasis(self, node: Emphasis, look: _Look) -> None:
        how = self.look.emphasis
        if how == "dots":
            mark = self.emphasis_mark("dot", look)
            look = look._replace(italic=True, marks=(*look.marks, f"dots:{mark}"))
        elif how == "sans":
            look = look._replace(italic=True, marks=(*look.marks, "sans"))
        else:
            look = look._replace(italic=True)
        first = len(self.runs)
        self.inlines(node.content, look)
        if how == "sans":
            self.cjk_to_sans(first)

    def cjk_to_sans(self, first: int) -> None:
        """Gives the CJK parts of the runs from `first` on the sans face, Latin its italic."""
        text = "".join(self.parts)
        self.parts = [text]
        runs, self.runs = self.runs[first:], self.runs[:first]
        for run in runs:
            marks = tuple(mark for mark in run.marks if mark != "sans")
            anchor = run.anchor
            for piece in _scripts().finditer(text, run.start, run.end):
                role = "sans" if piece[1] and run.role == "serif" else run.role
                start, end = piece.span()
                self.runs.append(
                    replace(run, start=start, end=end, role=role, marks=marks, anchor=anchor)
                )
                anchor = ()
        self.last = None

    def strong(self, node: Strong, look: _Look) -> None:
        self.inlines(node.content, look._replace(weight=BOLD))

    def dots(self, node: EmphasisDots, look: _Look) -> None:
        mark = self.emphasis_mark(node.mark, look)
        self.inlines(node.content, look._replace(marks=(*look.marks, f"dots:{mark}")))

    def emphasis_mark(self, mark: str, look: _Look) -> str:
        """The plain mark is a sesame dot beside vertical Japanese (JLREQ 3.3.9)."""
        sesame = mark == "dot" and self.context.sheet.vertical and profile_of(look.lang) == "ja"
        return "sesame" if sesame else mark

    def mark(self, node: Mark, look: _Look) -> None:
        sheet = self.look
        if node.kind == "sup":
            look = look._replace(
                size=look.size * sheet.sup_scale, rise=look.rise + sheet.sup_rise * look.size
            )
        elif node.kind == "sub":
            look = look._replace(
                size=look.size * sheet.sup_scale, rise=look.rise + sheet.sub_rise * look.size
            )
        elif node.kind == "small":
            look = look._replace(size=look.size * sheet.small_scale)
        else:
            self.numbered += 1  # marks that touch are lines of their own
            look = look._replace(marks=(*look.marks, f"{node.kind}:{self.numbered}"))
        self.inlines(node.content, look)
        self.last = None

    def ruby(self, node: Ruby, look: _Look) -> None:
        for base, text in _ruby_pairs(node):
            if not base or not text:
                self.add(base, look)
            else:
                self.add_object(RubyObject(base, text, node.role, node.kind), look)

    def jukugo(self, node: Ruby, look: _Look) -> None:
        """A compound: its pairs stand together, parted where one of them has no reading."""
        word: list[tuple[str, str]] = []
        for pair in (*node.pairs, RubyPair("", "")):
            if pair.base and pair.text:
                word.append((pair.base, pair.text))
                continue
            whole = tuple(word)
            for index, (base, text) in enumerate(word):
                thing = RubyObject(base, text, node.role, "jukugo", whole, index)
                self.add_object(thing if len(word) > 1 else replace(thing, word=()), look)
            word.clear()
            self.add(pair.base, look)

    def is_compound(self, node: Ruby, lang: str) -> bool:
        """Whether readings belong to one word. Sources rarely say so; in Japanese they mean it.

        What one ``<ruby>`` holds is a word, and readings that fit their characters are set over
        each of them all the same (JLREQ 3.3.7).
        """
        if node.role not in ("furigana", "gloss"):
            return False
        if node.kind == "mono" and len(node.pairs) > 1 and self.look.ruby_compounds:
            return node.role == "furigana" and profile_of(lang) == "ja"
        return node.kind == "jukugo"

    def annotated(self, node: Ruby, look: _Look) -> None:
        if self.is_compound(node, look.lang):
            self.jukugo(node, look)
        else:
            self.ruby(node, look)

    def warichu(self, node: Warichu, look: _Look) -> None:
        """A note in two small lines between full-size parentheses.

        They are its own ones or those that it stands in, else they are generated.
        """
        text = self._small_text(node.content)
        paired = re.fullmatch(_BRACKETED, text, re.DOTALL)
        opening, inner, closing = paired.groups() if paired else ("", text, "")
        around = look._replace(tag=look.tag or "WP")
        before = self.parts[-1][-1:] if self.parts else ""
        if not paired and not (before and before in _OPEN):
            opening, closing = "（）"
            around = around._replace(marks=(*look.marks, GENERATED))
        if inner:
            self.add(opening, around)
            for index in range(len(inner)):
                self.add_object(WarichuObject(inner, index), look)
            # Marked apart from the opening one: two notes may touch.
            self.add(closing, around._replace(tag=look.tag or "WP-end"))
        for call in walk_run(node.content):
            if isinstance(call, NoteRef):
                self.note_ref(call, look)

    def _small_text(self, content: Inlines) -> str:
        """The characters of a note, readings of ruby in parentheses."""
        shown = []
        for inline in content:
            if isinstance(inline, CrossRef) and not inline.fallback:
                shown.append(self.context.cross_ref(inline))
            elif isinstance(inline, Image):
                shown.append(inline.alt)
            else:
                shown.append(plain_text((inline,), "both", " "))
        return "".join(shown)

    def code(self, node: Code, look: _Look) -> None:
        self.add(_blanked(node.text), self._code_look(look)._replace(tag="Code"))

    def _code_look(self, look: _Look) -> _Look:
        sheet = self.look
        return look._replace(
            role=sheet.code_family,
            italic=False,
            size=look.size * sheet.code_scale,
            marks=(*look.marks, CODE_MARK),
        )

    def math(self, node: Math, look: _Look) -> None:
        if node.alt:
            self.add(node.alt, look._replace(tag=look.tag or "Formula"))
        else:
            self.add(node.tex, self._code_look(look)._replace(tag=look.tag or "Formula"))

    def link(self, node: Link, look: _Look) -> None:
        self.inlines(node.content, self._link_look(look, node.target))

    def _link_look(self, look: _Look, target: str) -> _Look:
        if not target:
            return look
        return look._replace(color=self.look.link_color, link=target, tag="Link")

    def cross_ref(self, node: CrossRef, look: _Look) -> None:
        look = self._link_look(look, f"#{node.target}")
        if node.show == "page":
            # In vertical text a number stands level in one cell.
            digits = "〇" if self.context.sheet.vertical else "0" * self.context.page_digits
            self.add(digits, look, page_of=node.target)
            return
        text = self.context.cross_ref(node)
        if text:
            self.add(text, look)
        else:
            self.inlines(node.fallback, look)

    def note_ref(self, node: NoteRef, look: _Look) -> None:
        sheet, size = self.look, look.size
        look = look._replace(
            size=size * self.context.sheet.note.call_scale,
            rise=look.rise + sheet.sup_rise * size,
            italic=False,
            marks=tuple(mark for mark in look.marks if not mark.startswith("dots:")),
            link=f"#{node.note}",
            tag="Note-call",
        )
        self.add(self.context.note_label(node.note), look, note=node.note)

    def image(self, node: Image, look: _Look) -> None:
        picture = self.context.picture(node)
        if picture is None:
            self.add(node.alt, look)
        else:
            self.add_object(picture, look)

    def line_break(self, _node: LineBreak, look: _Look) -> None:
        self.add_object(BreakObject(), look)

    def span(self, node: Span, look: _Look) -> None:
        if node.attr.id:
            self.anchors = (*self.anchors, node.attr.id)
        if node.attr.lang:
            look = look._replace(lang=node.attr.lang)
        if self.context.sheet.vertical and not _CELLS.isdisjoint(node.attr.classes):
            self.cells(node, look)
        else:
            self.inlines(node.content, look)

    def cells(self, node: Span, look: _Look) -> None:
        """What stands in one cell of vertical text, or upright in its cells, because it has to."""
        from publisher.layout.vertical import in_cells

        part = _Table(self.context)
        part.numbered = self.numbered
        part.inlines(node.content, look)
        self.numbered = part.numbered
        table = in_cells(part.finish(look), upright="upright" in node.attr.classes)
        self.objects |= {self.at + at: thing for at, thing in table.objects.items()}
        for run in table.runs:
            self.anchors += run.anchor
            shown = _Look._make(getattr(run, name) for name in _Look._fields)
            self.add(table.text[run.start : run.end], shown, note=run.note, page_of=run.page_of)


def _ruby_pairs(node: Ruby) -> list[tuple[str, str]]:
    """Bases with their annotations as they are set: a group as one, bopomofo by character."""
    pairs = [(pair.base, pair.text) for pair in node.pairs]
    if node.role == "zhuyin":
        return [part for pair in pairs for part in _by_character(*pair)]
    if node.kind == "group" and len(pairs) > 1:
        return [("".join(base for base, _ in pairs), "".join(text for _, text in pairs))]
    return pairs


def _by_character(base: str, text: str) -> list[tuple[str, str]]:
    """A pair of several characters taken apart, where its reading has as many syllables."""
    if len(base) > 1:
        parts = syllables(text)
        if len(parts) == len(base):
            return list(zip(base, parts, strict=True))
    return [(base, text)]


_HANDLERS: Final[dict[type[Any], Callable[[_Table, Any, _Look], None]]] = {
    Text: _Table.text,
    Emphasis: _Table.emphasis,
    Strong: _Table.strong,
    EmphasisDots: _Table.dots,
    Mark: _Table.mark,
    Ruby: _Table.annotated,
    Warichu: _Table.warichu,
    Code: _Table.code,
    Math: _Table.math,
    Link: _Table.link,
    CrossRef: _Table.cross_ref,
    NoteRef: _Table.note_ref,
    Image: _Table.image,
    LineBreak: _Table.line_break,
    Span: _Table.span,
}
