"""Is a tree valid: ids, references, levels, table grids, texts. Findings, never exceptions."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from publisher.events import Diagnostic
from publisher.record import dataclass, field
from publisher.tree.ids import is_well_formed, link_targets
from publisher.tree.nodes import (
    CodeBlock,
    CrossRef,
    Footnote,
    Image,
    Link,
    NoteRef,
    Paragraph,
    Ruby,
    Section,
    Span,
    Table,
    Text,
)
from publisher.tree.runs import is_empty_run
from publisher.tree.shape import contents
from publisher.tree.tables import lay_grid
from publisher.tree.walk import block_text, query, walk_blocks, walk_run

if TYPE_CHECKING:
    from publisher.events import Severity
    from publisher.tree.meta import Document
    from publisher.tree.nodes import Block, Blocks, Inline, Inlines, Pos


def check(document: Document) -> list[Diagnostic]:
    """What is wrong with the document, in reading order; nothing for a valid one.

    Errors break an output or lose text; warnings are faults of the source that the outputs get
    over (`publisher.transforms` repairs them).
    """
    names = Counter(link_targets(document))
    work = _Checker(
        names=names,
        notes={note.id for note in query(document, Footnote)},
        called={call.note for call in query(document, NoteRef)},
        resources={resource.id for resource in document.resources},
    )
    for name, count in names.items():
        if count > 1:
            work.say("id.duplicate", "error", None, id=name, renamed="")
        if not is_well_formed(name):
            work.say("id.malformed", "error", None, id=name)
    meta = document.meta
    for run in (meta.title, meta.subtitle):
        work.run(run, None)
    if meta.cover and meta.cover not in work.resources:
        work.say("resource.unknown", "error", None, resource=meta.cover)
    work.blocks(document.body, 0)
    return work.found


@dataclass(slots=True)
class _Checker:
    names: Counter[str]
    notes: set[str]
    called: set[str]
    resources: set[str]
    found: list[Diagnostic] = field(default_factory=list)

    def say(self, code: str, severity: Severity, pos: Pos | None, **args: str) -> None:
        source, line = (pos.source, pos.start) if pos else ("", 0)
        self.found.append(Diagnostic(code, severity, tuple(sorted(args.items())), source, line))

    def blocks(self, blocks: Blocks, level: int) -> None:
        """`level` is that of the section around; -1 inside containers, where none may stand."""
        for block in blocks:
            self.block(block, level)
            inner = -1
            if isinstance(block, Section):
                inner = block.level
            for run, held in contents(block):
                self.run(run, block.pos)
                self.blocks(held, inner)

    def block(self, block: Block, level: int) -> None:
        match block:
            case Section():
                self.section(block, level)
            case Table():
                self.table(block)
            case Footnote():
                self.note(block)
            case CodeBlock(text):
                self.text(text.replace("\n", ""), block.pos)
            case Paragraph(content) if is_empty_run(content):
                self.say("tree.empty", "warning", block.pos, type="Paragraph")
            case _:
                pass

    def section(self, section: Section, level: int) -> None:
        if not 1 <= section.level <= 6:
            self.say("tree.level", "error", section.pos, level=str(section.level))
        elif level < 0:
            self.say("tree.section-inside", "error", section.pos, level=str(section.level))
        elif section.level <= level:
            self.say("tree.level", "error", section.pos, level=str(section.level))
        if is_empty_run(section.title):
            self.say("tree.empty", "warning", section.pos, type="Section")

    def table(self, table: Table) -> None:
        width = len(table.columns)
        for rows in (table.head, table.body, table.foot):
            grid = lay_grid(rows)
            faults = len(grid.misfits) + sum(1 for hole in grid.holes if hole + width > grid.width)
            if faults or (rows and grid.width != width):
                self.say("table.grid", "error", table.pos, cells=str(max(faults, 1)))
                return

    def note(self, note: Footnote) -> None:
        if note.id not in self.called:
            self.say("note.uncalled", "warning", note.pos, note=note.id)
        has_text = any(block_text(b).strip() for b in walk_blocks(note.blocks))
        if not has_text and next(query(note.blocks, Image), None) is None:
            self.say("note.empty", "warning", note.pos, note=note.id)

    def run(self, run: Inlines, pos: Pos | None) -> None:
        for inline in walk_run(run):
            if isinstance(inline, Text):
                self.text(inline.text, pos)
                if not inline.text:
                    self.say("tree.empty", "error", pos, type="Text")
            else:
                self.inline(inline, pos)

    def inline(self, inline: Inline, pos: Pos | None) -> None:
        match inline:
            case Link(target=target) if target.startswith("#") and target[1:] not in self.names:
                self.say("link.nowhere", "warning", pos, target=target)
            case CrossRef(target) if target not in self.names:
                self.say("link.nowhere", "warning", pos, target=target)
            case NoteRef(note) if note not in self.notes:
                self.say("note.missing", "warning", pos, note=note)
            case Image(resource) if resource not in self.resources:
                self.say("resource.unknown", "error", pos, resource=resource)
            case Ruby(pairs) if not any(pair.base for pair in pairs):
                self.say("tree.empty", "error", pos, type="Ruby")
            case Span(content) if not content and not inline.attr.id:
                self.say("tree.empty", "warning", pos, type="Span")
            case _:
                pass

    def text(self, text: str, pos: Pos | None) -> None:
        if "\n" in text:
            self.say("text.line-feed", "error", pos)
        if not unicodedata.is_normalized("NFC", text):
            self.say("text.not-nfc", "warning", pos)
