"""Runs of inlines made fit for the tree: adjacent text merged, soft line breaks joined, trimmed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from publisher.text.normalize import join_lines, soft_joint, strip_indent
from publisher.tree.nodes import Code, Image, LineBreak, NoteRef, Ruby, Text
from publisher.tree.shape import merge_text
from publisher.tree.walk import CONTAINERS, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.tree.nodes import Inline, Inlines

_BLANKS: Final = " \t\n\u00a0\u3000"


def tidy_run(pieces: Iterable[Inline]) -> Inlines:
    """A whole run (a paragraph, a title) as the tree wants it.

    Line feeds in texts are soft line breaks and are joined by their neighbours, also across
    marks; empty texts and marks go; typed indents, and blanks at both ends, go; a forced line
    break at the end goes.
    """
    run = merge_text(pieces)
    if len(run) == 1 and isinstance(run[0], Text):
        text = strip_indent(join_lines(run[0].text))
        if text == run[0].text:
            return run
        return (Text(text),) if text else ()
    run = _joined(run, "", "")
    return _trimmed(run)


# ------------------------------------------------------------------------- soft line breaks


def _joined(run: Inlines, before: str, after: str) -> Inlines:
    """`run` with soft line breaks joined; `before` and `after` are the texts beside the run."""
    if not _has_line_feed(run):
        return run
    found: list[Inline] = []
    for place, inline in enumerate(run):
        follows = _side(run[place + 1 :]) or after
        if isinstance(inline, Text):
            text = _join_text(inline.text, before, follows)
            if text:
                found.append(inline if text == inline.text else Text(text))
                before = text
            continue
        if isinstance(inline, CONTAINERS):
            content = _joined(inline.content, before, follows)
            if content is not inline.content:
                inline = replace(inline, content=content)  # noqa: PLW2901 - the same place
            if not content and not getattr(inline, "attr", None):
                continue
        found.append(inline)
        before = "" if isinstance(inline, LineBreak) else (_own_text(inline) or before)
    return tuple(found)


def _has_line_feed(run: Inlines) -> bool:
    for inline in run:
        if isinstance(inline, Text):
            if "\n" in inline.text:
                return True
        elif isinstance(inline, CONTAINERS) and _has_line_feed(inline.content):
            return True
    return False


def _join_text(text: str, before: str, follows: str) -> str:
    """One text with its soft breaks joined, those at its edges by what stands beside it."""
    if "\n" not in text:
        return text
    core = text.strip(_BLANKS)
    if not core:
        return soft_joint(before, follows)
    start = text[: len(text) - len(text.lstrip(_BLANKS))]
    end = text[len(text.rstrip(_BLANKS)) :]
    lead = soft_joint(before, core) if "\n" in start else start
    tail = soft_joint(core, follows) if "\n" in end else end
    return lead + join_lines(core) + tail


def _side(run: Inlines) -> str:
    """The first text of what follows; empty at a forced line break."""
    for inline in run:
        if isinstance(inline, LineBreak):
            return ""
        text = _own_text(inline).lstrip(_BLANKS)
        if text:
            return text
    return ""


def _own_text(inline: Inline) -> str:
    if isinstance(inline, NoteRef):
        return ""
    if isinstance(inline, Image | Code):
        return "x"  # set like a Latin word, whatever is inside
    return plain_text((inline,))


# ------------------------------------------------------------------------------- the edges


def _trimmed(run: Inlines) -> Inlines:
    """`run` without blanks and indents at its ends, and without line breaks there."""
    kept = list(run)
    while kept and _is_blank(kept[-1]):
        kept.pop()
    while kept and _is_blank(kept[0]):
        kept.pop(0)
    if kept and isinstance(kept[-1], Text):
        kept[-1] = Text(kept[-1].text.rstrip(_BLANKS))
    if kept and isinstance(kept[0], Text):
        only = len(kept) == 1
        text = strip_indent(kept[0].text if only else kept[0].text + "x")
        kept[0] = Text(text if only else text[:-1])
    return merge_text(_without_blanks_at_breaks(kept))


def _is_blank(inline: Inline) -> bool:
    if isinstance(inline, LineBreak):
        return True
    return isinstance(inline, Text) and not inline.text.strip(_BLANKS)


def _without_blanks_at_breaks(run: list[Inline]) -> list[Inline]:
    """Spaces beside a forced line break are the source's layout."""
    found = list(run)
    for place, inline in enumerate(run):
        if not isinstance(inline, LineBreak):
            continue
        before, after = found[place - 1], found[place + 1]
        if isinstance(before, Text):
            found[place - 1] = Text(before.text.rstrip(" \t\n"))
        if isinstance(after, Text):
            found[place + 1] = Text(after.text.lstrip(" \t\n"))
    return found


def text_run(text: str) -> Inlines:
    """A run of one text, or an empty run."""
    return (Text(text),) if text else ()


def is_empty_run(run: Inlines) -> bool:
    """True when a run holds nothing to print: no text, no picture, no note call, no ruby."""
    for inline in run:
        if isinstance(inline, CONTAINERS):
            if not is_empty_run(inline.content):
                return False
        elif isinstance(inline, Ruby) or not _is_blank(inline):
            return False
    return True
