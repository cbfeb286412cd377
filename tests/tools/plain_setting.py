"""A paragraph setter without line-breaking rules: wide characters 1 em, ASCII half, greedy lines.

It lets flows and pages be tested with figures that one can work out by hand.
"""

from publisher.layout.flow import FlowJob
from publisher.layout.types import Line, RunTable, TextItem
from publisher.tree.nodes import CrossRef, LineBreak, NoteRef, Span, Text
from publisher.tree.walk import CONTAINERS


class _Widths(dict):
    def __missing__(self, char):
        return 500 if char.isascii() else 1000


class PlainFace:
    """Enough of a face for page numbers."""

    id = "Plain:0"
    widths = _Widths()


FACE = PlainFace()


class PlainSetting:
    """`publisher.layout.setting.Setting` that remembers every paragraph it set."""

    def __init__(self, labels=()):
        self.labels = dict(labels)
        self.set = []

    def paragraph(self, content, style, measure, *, lang, pos=None, first_indent=None):
        text, notes, anchors = [], {}, {}
        self._flatten(content, text, notes, anchors)
        text = "".join(text)
        self.set.append(text)
        indent = style.indent * style.size if first_indent is None else first_indent
        lines, start, used = [], 0, indent
        for at, char in enumerate(text):
            advance = self._advance(char) * style.size
            if char == "\n" or (used + advance > measure + 0.01 and at > start):
                lines.append(self._line(text, start, at, style, indent if not lines else 0.0))
                start, used = at + (char == "\n"), 0.0
            used += advance if char != "\n" else 0.0
        lines.append(self._line(text, start, len(text), style, indent if not lines else 0.0))
        for line in lines:
            line.notes = tuple(n for at, n in notes.items() if line.start <= at < line.end)
            line.anchors = tuple(
                a for at, a in anchors.items() if line.start <= at < max(line.end, line.start + 1)
            )
        return lines

    def line(self, text, style, lang):
        return self._line(text, 0, len(text), style, 0.0)

    def width(self, text, style, lang):
        return sum(map(self._advance, text)) * style.size

    def table(self, content, lang):
        text = []
        self._flatten(content, text, {}, {})
        return RunTable("".join(text), (), {})

    def missing(self):
        return []

    def level(self):
        return self

    @staticmethod
    def _advance(char):
        return 0.5 if char.isascii() else 1.0

    def _line(self, text, start, end, style, x):
        part = text[start:end]
        width = self.width(part, style, "")
        item = TextItem(x, 0.0, FACE, style.size, part, width=width)
        return Line(start, end, (item,), 0.88 * style.size, 0.12 * style.size)

    def _flatten(self, content, text, notes, anchors):
        for inline in content:
            at = sum(map(len, text))
            if isinstance(inline, NoteRef):
                notes[at] = inline.note
                text.append(self.labels.get(inline.note, "*"))
            elif isinstance(inline, LineBreak):
                text.append("\n")
            elif isinstance(inline, CrossRef):
                self._flatten(inline.fallback, text, notes, anchors)
            elif isinstance(inline, CONTAINERS):
                if isinstance(inline, Span) and inline.attr.id:
                    anchors[at] = inline.attr.id
                self._flatten(inline.content, text, notes, anchors)
            elif isinstance(inline, Text):
                text.append(inline.text)
            else:
                text.append(getattr(inline, "text", "") or getattr(inline, "alt", ""))


def plain_job(sheet, labels=(), **more):
    """A flow job on a `PlainSetting`."""
    from publisher.layout.blocks import flow_blocks

    found = []
    return FlowJob(
        sheet, PlainSetting(labels), found.append, flow_blocks, labels=dict(labels), **more
    )
