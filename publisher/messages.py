"""Texts for diagnostic codes. One line each; `{name}` takes a value from the diagnostic's args."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publisher.events import Diagnostic

TEXTS: dict[str, str] = {
    "layout.too-tall": "{height} pt tall, more than the {room} pt of a page; it runs off the page",
    "layout.picture-unknown": "picture {picture} cannot be shown; its description stands instead",
    "font.missing-glyph": "no font draws {char} ({code}); it is shown as 〓",
    "font.no-cache": "the font cache {folder} cannot be written ({reason}); fonts stay in memory",
    "font.skipped": "a font file was left out: {reason}",
    "pdf.link-nowhere": "the link {text!r} leads to {target}, which is nowhere in the pages",
}


def text_of(diagnostic: Diagnostic) -> str:
    """The diagnostic's message in plain words; the bare code and data when it has no text."""
    template = TEXTS.get(diagnostic.code)
    values = dict(diagnostic.args)
    if template is not None:
        try:
            return template.format_map(values)
        except KeyError:
            pass
    listed = ", ".join(f"{name} {value}" for name, value in diagnostic.args)
    return f"{diagnostic.code}: {listed}" if listed else diagnostic.code
