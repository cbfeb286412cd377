"""Headings, pictures and metadata that a reader would stumble over."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from publisher.preflight.codes import CODES
from publisher.preflight.model import Finding
from publisher.tree.nodes import Image, Section
from publisher.tree.runs import is_empty_run
from publisher.tree.shape import contents
from publisher.tree.walk import block_text, plain_text, query, walk_blocks, walk_run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.tree.meta import Document, Resource
    from publisher.tree.nodes import Pos

_PIXEL: Final = 72 / 96  # pt: the size that pictures are printed at unless they say another
_MEASURE: Final = 453.0  # pt: the text's width on A4, in which wider pictures are fitted
_DPI: Final = 150  # pixels an inch that print needs at least
_VECTOR: Final = frozenset(["image/svg+xml"])


def check_structure(document: Document) -> Iterator[Finding]:
    """Findings about headings, pictures and metadata."""
    yield from _headings(document)
    yield from _pictures(document)
    yield from _metadata(document)


def _at(code: str, pos: Pos | None, text: str = "", detail: str = "") -> Finding:
    source, line = (pos.source, pos.start) if pos else ("", 0)
    return Finding(code, CODES[code].severity, source, line, 0, text, text[:40], detail)


def _headings(document: Document) -> Iterator[Finding]:
    sections = [block for block in walk_blocks(document.body) if isinstance(block, Section)]
    level = 0
    for section in sections:
        title = plain_text(section.title).strip()
        if is_empty_run(section.title):
            inside = next((t for t in map(block_text, section.blocks) if t), "")
            yield _at("empty-heading", section.pos, inside[:20])
        if level and section.level > level + 1:
            yield _at("heading-skipped", section.pos, title, f"level {level} to {section.level}")
        level = section.level
    for before, section in pairwise(sections):
        titles = [plain_text(s.title).strip() for s in (before, section)]
        if titles[0] and titles[0] == titles[1]:
            yield _at("doubled-heading", section.pos, titles[1])


def _pictures(document: Document) -> Iterator[Finding]:
    resources = {resource.id: resource for resource in document.resources}
    told: set[str] = set()
    for block in walk_blocks(document.body):
        for run, _ in contents(block):
            for image in walk_run(run):
                if not isinstance(image, Image):
                    continue
                if not image.alt.strip():
                    yield _at("image-alt", block.pos, _name(resources.get(image.resource)))
                found = resources.get(image.resource)
                if found is not None and found.id not in told:
                    dpi = _dpi(image, found)
                    if dpi < _DPI:
                        told.add(found.id)
                        detail = (
                            f"{found.width} × {found.height} pixels: {dpi:.0f} an inch in print"
                        )
                        yield _at("image-resolution", block.pos, _name(found), detail)


def _dpi(image: Image, resource: Resource) -> float:
    """Pixels an inch at the size that a picture is printed at; high for drawings."""
    if resource.media_type in _VECTOR or not resource.width:
        return float(_DPI)
    width = min(image.width or resource.width * _PIXEL, _MEASURE)
    return resource.width * 72 / width


def _name(resource: Resource | None) -> str:
    return resource.name if resource else ""


def _metadata(document: Document) -> Iterator[Finding]:
    meta = document.meta
    pos = next((block.pos for block in document.body if block.pos), None)
    source = document.sources[0].uri if document.sources else (pos.source if pos else "")
    gaps = (
        ("no-title", not meta.title and next(query(document, Section), None) is None),
        ("no-author", not any(c.role == "author" for c in meta.contributors)),
        ("no-date", not meta.date),
        ("no-language", not meta.language),
    )
    for code, missing in gaps:
        if missing:
            yield Finding(code, CODES[code].severity, source)
