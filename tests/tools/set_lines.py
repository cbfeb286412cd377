"""Sets text with the test font and shows lines as readable values.

from tests.tools.set_lines import set_lines, typesetter
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.layout.itemize import InlineContext, itemize
from publisher.layout.paragraph import Typesetter
from publisher.layout.types import TextItem
from publisher.settings import ThemeSettings
from publisher.theme.model import TextStyle
from publisher.theme.resolve import resolve_theme
from publisher.tree.nodes import Text
from tests.tools.square_font import square_set

if TYPE_CHECKING:
    from publisher.layout.types import Line

SIZE = 10.0


def sheet(lang="zh-Hans", **typography):
    """The style sheet of a language with choices of typography."""
    return _sheet(lang, tuple(typography.items()))


@cache
def _sheet(lang, typography):
    settings = ThemeSettings(name="book", overrides={"typography": dict(typography)})
    return resolve_theme(settings, lang, base=None)


@cache
def faces(lang="zh-Hans"):
    return square_set(lang)


def typesetter(lang="zh-Hans", **typography):
    return Typesetter(sheet(lang, **typography), faces(lang))


def context(lang="zh-Hans", **more):
    given = {
        "note_label": lambda note: note.removeprefix("n"),
        "cross_ref": lambda node: "",
        "picture": lambda node: None,
        **more,
    }
    return InlineContext(sheet(lang), lang, **given)


def set_content(content, em, lang="zh-Hans", indent=0.0, align="justify", typography=None, **more):
    """The lines of inlines in a measure of `em` characters."""
    style = TextStyle(size=SIZE, leading=18.0, indent=indent, align=align)
    table = itemize(content, style, context(lang, **more))
    setter = typesetter(lang, **(typography or {}))
    return setter.set_paragraph(table, style, em * SIZE, lang=lang)


def replaced(theme, *, vertical=False, **inline):
    """A style sheet with other settings of the theme's ``[inline]`` table."""
    return replace(theme, vertical=vertical, inline=replace(theme.inline, **inline))


def set_marked(*content, em=40, lang="ja", vertical=False, align="justify", **inline):
    """The lines of inlines under other settings of the theme's ``[inline]`` table."""
    theme = replaced(sheet(lang), vertical=vertical, **inline)
    style = TextStyle(size=SIZE, leading=17.0, align=align)
    table = itemize(content, style, InlineContext(theme, lang, str, str, lambda _: None))
    return Typesetter(theme, faces(lang)).set_paragraph(table, style, em * SIZE, lang=lang).lines


def set_lines(text, em, lang="zh-Hans", indent=0.0, align="justify", **typography):
    """The lines of a text in a measure of `em` characters, with choices of typography."""
    return set_content((Text(text),), em, lang, indent, align, typography).lines


def texts(text, em, lang="zh-Hans", indent=0.0, **typography):
    """The texts of the lines."""
    lines = set_lines(text, em, lang, indent, **typography)
    return [text[line.start : line.end] for line in lines]


def width(line: Line, *, trim_end: float = 0.0) -> float:
    """Where the last thing of a line ends, em."""
    last = line.items[-1]
    return (last.x + last.width) / SIZE - trim_end


def advances(text, lang="zh-Hans", em=100):
    """The advance of each character inside a paragraph, em: from its pen to the next one's."""
    (line,) = set_lines(text, em, lang)
    made = [*places(line), line.items[-1].x + line.items[-1].width]
    return [(b - a) / SIZE for a, b in pairwise(made)]


def places(line: Line) -> list[float]:
    """Where each character of a line is drawn, pt; all of one piece are equally wide."""
    found = []
    for item in line.items:
        assert isinstance(item, TextItem)
        moves = dict(item.moves)
        step = (item.width - sum(moves.values())) / len(item.text)
        # The last character of a piece that is spaced has no spacing behind it.
        if item.moves and item.spacing:
            step = SIZE + item.spacing
        pen = item.x
        for at in range(len(item.text)):
            pen += moves.get(at, 0.0)
            found.append(pen)
            pen += step
    return found
