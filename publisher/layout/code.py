"""Code blocks: lines as they are, on a fill that goes on over pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from publisher.layout.flow import EM_ASCENT, NEVER
from publisher.layout.types import Frame, Slab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.layout.flow import Flow
    from publisher.tree.nodes import CodeBlock

_SMALL = 0.33  # of the type area: a lower block is kept on one page
_TAB = 4  # columns
_CARRIED = 3  # Chinese characters that a piece rather leaves to the next than begin it with a stop
_OPENING = "（［｛〈《「『【〔“‘"
_CLOSING = "）］｝〉》」』】〕”’，。、；：！？．…"
_SIGNS = "([{<,;:=/\\&|+-.)]}>\"'"
_JOINTS = "_-."  # inside names: a piece ends there only where it must
_ENDS = f" {_SIGNS}{_JOINTS}"
_OPTION = re.compile(r"(?<=\s)-+\Z")  # -- of --name: it begins a word
_REST = 4  # columns that a line's rest has at least, where the piece can end earlier
_HANG = 2  # columns that the rest of a folded line is set in


def flow_code(flow: Flow, node: CodeBlock) -> None:
    """Flows a code block; lines longer than the measure are folded and hang."""
    text = node.text.rstrip("\n")
    if not text:
        return
    job, style, look = flow.job, flow.text_style("code"), flow.job.sheet.code
    tag = flow.element("Code", parent=flow.element("P"))
    flow.space(style.before)
    left = flow.x + style.start
    width = flow.width - style.start - style.end
    job.frames.append(Frame(left, width, look.fill, parent=flow.frame))
    kept, flow.frame = flow.frame, len(job.frames) - 1
    cell = job.setting.width("0", style, flow.lang)
    wide = job.setting.width("中", style, flow.lang)
    base = (style.leading - style.size) / 2 + EM_ASCENT * style.size
    with flow.inside(start=style.start + look.pad, end=style.end + look.pad):
        head = len(flow.slabs)
        flow.blank(look.pad)
        flow.hold = 1
        first = len(flow.slabs)
        for source in text.split("\n"):
            line = source.expandtabs(_TAB)
            for at, piece in enumerate(fold(line, flow.width, cell, wide)):
                x = flow.x + (_HANG * cell if at else 0.0)
                slab = Slab(style.leading, base, x, tag=tag)
                if piece.strip():
                    slab.line = job.setting.line(piece, style, flow.lang)
                if at:
                    slab.keep = NEVER // 2
                flow.add(slab)
        for at in (first + 1, len(flow.slabs) - 1):  # two lines at least at foot and head
            if first < at < len(flow.slabs):
                flow.slabs[at].keep = NEVER
        flow.gap, flow.hold = 0.0, 1
        flow.blank(look.pad)
    flow.frame = kept
    flow.keep_small(head, _SMALL)
    flow.space(style.after)


def fold(line: str, measure: float, cell: float, wide: float) -> Iterator[str]:
    """Pieces of a code line that fit the measure; pieces after the first hang.

    A piece ends between two Chinese characters, else behind a space or a sign where there is one
    in its last third; no closing mark begins a piece. Nothing is added or dropped.

    Args:
        line: Text without tabs or line feeds.
        measure: Room for a piece, pt.
        cell: Advance of a narrow character, pt; `wide` of a Chinese one.
        wide: Advance of a wide character, pt.
    """
    if len(line) * (cell if line.isascii() else wide) <= measure:
        yield line
        return
    room = measure
    start, used = 0, 0.0
    at = 0
    while at < len(line):
        char = line[at]
        advance = wide if _is_wide(char) else cell
        if used + advance > room and at > start:
            end = _fold_end(line, start, at)
            yield line[start:end]
            start = at = end
            used, room = 0.0, max(measure - _HANG * cell, wide)
            continue
        used += advance
        at += 1
    yield line[start:]


def _is_wide(char: str) -> bool:
    return char > "\u02ff" and east_asian_width(char) in "WF"


def _fold_end(line: str, start: int, most: int) -> int:
    """Where a piece from `start` ends that may hold the characters before `most`."""
    least = start + (most - start) * 2 // 3
    for at in range(most, max(least, most - _CARRIED, start), -1):
        before, after = line[at - 1], line[at]
        if (
            _is_wide(before)
            and _is_wide(after)
            and before not in _OPENING
            and after not in _CLOSING
        ):
            return at
    space = line.rfind(" ", least, most)
    if space > start:
        return space + 1
    return _sign_end(line, start, most, least)


def _sign_end(line: str, start: int, most: int, least: int) -> int:
    """Behind a sign between words, else behind one inside a name; `most` where there is none.

    Names are kept whole as long as half a line is filled, and rather than leave a few columns.
    """
    points = [
        at
        for at in range(most, start + (most - start) // 3, -1)
        if line[at - 1] in _ENDS
        and (line[at - 1] == " " or line[at] not in _SIGNS)
        and not _OPTION.search(line, start, at)
    ]
    between = [at for at in points if not _is_joint(line, at - 1)]
    roomy = [at for at in between if len(line) - at >= _REST]
    if roomy and roomy[0] - start >= (most - start) / 2:
        return roomy[0]
    inside = [at for at in points if at > least]
    if roomy and (not inside or len(line) - inside[0] < _REST):
        return roomy[0]
    return inside[0] if inside else most


def _is_joint(line: str, at: int) -> bool:
    """Whether a sign stands inside a name or number: letters or figures on both sides."""
    near = line[max(at - 1, 0)] + line[at + 1 : at + 2]
    return line[at] in _JOINTS and near.replace("_", "a").isalnum()
