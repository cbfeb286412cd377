"""Notes brought to the end of the chapter that calls them first, so that chapters stand alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.events import Diagnostic, ignore
from publisher.record import dataclass, field
from publisher.tree.ids import target_id
from publisher.tree.nodes import CrossRef, Footnote, Image, Link, NoteRef, Section
from publisher.tree.shape import rebuild, replaced
from publisher.tree.walk import any_of, block_text, is_part, map_blocks, map_run, query, walk_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.events import Report
    from publisher.tree.meta import Document
    from publisher.tree.nodes import Block, Blocks, Inline, Inlines, Pos


def place_notes(document: Document, report: Report = ignore) -> Document:
    """The document with each note at the end of the chapter of its first call, by first call.

    Chapters are what `publisher.tree.notes.note_scopes` says. Calls in notes count after all
    calls of the text. A call of a note that is not there goes; a note without text goes with its
    calls; a note that nothing calls becomes ordinary text where it stands,
    under its id; each with a warning.
    A call in the document's title goes: it would lead from the title page into some chapter.
    """
    meta = document.meta
    title, subtitle = (map_run(run, _without_call) for run in (meta.title, meta.subtitle))
    document = replaced(document, meta=replaced(meta, title=title, subtitle=subtitle))
    if not any_of(document, Footnote) and not any_of(document, NoteRef):
        return document
    notes = {note.id: note for note in query(document, Footnote)}
    empty = frozenset(name for name, note in notes.items() if _is_empty(note))
    called = _called(document.body, notes)
    as_text = {name: note for name, note in notes.items() if name not in called | empty}
    gone = empty | {name for name, note in as_text.items() if note.blocks[0].attr.id}
    sorter = _Sorter(report, empty, called - empty, frozenset(gone))
    meta = document.meta
    title, subtitle = (map_run(run, sorter.reference) for run in (meta.title, meta.subtitle))
    document = replaced(document, meta=replaced(meta, title=title, subtitle=subtitle))
    text = map_blocks(document.body, sorter.block)
    return replaced(document, body=_Placer(sorter.notes).blocks(text))


def _without_call(inline: Inline) -> Inline | Inlines:
    return () if isinstance(inline, NoteRef) else inline


def _is_empty(note: Footnote) -> bool:
    if any_of(note.blocks, Image):
        return False
    return not any(block_text(b).strip() for b in walk_blocks(note.blocks))


def _called(body: Blocks, notes: dict[str, Footnote]) -> frozenset[str]:
    """Notes called from the text, from called notes, or from notes that become text."""
    found: set[str] = set()
    as_text: set[str] = set()

    def follow(calls: Iterable[NoteRef]) -> None:
        pending = [call.note for call in calls]
        while pending:
            name = pending.pop()
            if name in notes and name not in found and name not in as_text:
                found.add(name)
                pending += [c.note for c in query(_outside_notes(notes[name].blocks), NoteRef)]

    follow(query(_outside_notes(body), NoteRef))
    for name, note in notes.items():
        if name not in found:
            as_text.add(name)
            follow(query(_outside_notes(note.blocks), NoteRef))
    return frozenset(found)


def _outside_notes(blocks: Blocks) -> Blocks:
    return map_blocks(blocks, lambda block: () if isinstance(block, Footnote) else block)


@dataclass(slots=True)
class _Sorter:
    """Takes the called notes out of the text, and the bad calls with them.

    `gone` are the notes whose ids are no more: what refers to them becomes its text.
    """

    report: Report
    empty: frozenset[str]
    called: frozenset[str]
    gone: frozenset[str]
    notes: dict[str, Footnote] = field(default_factory=dict)

    def block(self, block: Block) -> Block | Blocks:
        def call(inline: Inline) -> Inline | Inlines:
            if not isinstance(inline, NoteRef):
                return self.reference(inline)
            if inline.note in self.called:
                return inline
            if inline.note not in self.empty:
                self.say("note.missing", block.pos, inline.note)
            return ()

        cleaned = rebuild(block, lambda run: map_run(run, call), lambda blocks: blocks)
        if not isinstance(cleaned, Footnote):
            return cleaned
        if cleaned.id in self.empty:
            self.say("note.empty", cleaned.pos, cleaned.id)
            return ()
        if cleaned.id in self.called:
            self.notes[cleaned.id] = cleaned
            return ()
        self.say("note.uncalled", cleaned.pos, cleaned.id)
        first, *rest = cleaned.blocks
        if not first.attr.id:  # what refers to the note finds its text
            first = replace(first, attr=replace(first.attr, id=cleaned.id))
        return (first, *rest)

    def reference(self, inline: Inline) -> Inline | Inlines:
        """A reference to a note that is gone as its text."""
        if isinstance(inline, Link) and target_id(inline.target) in self.gone:
            return inline.content
        if isinstance(inline, CrossRef) and inline.target in self.gone:
            return inline.fallback
        return inline

    def say(self, code: str, pos: Pos | None, note: str) -> None:
        source, line = (pos.source, pos.start) if pos else ("", 0)
        self.report(Diagnostic(code, "warning", (("note", note),), source=source, line=line))


@dataclass(slots=True)
class _Placer:
    """Puts each note once, after the scope that calls it first."""

    notes: dict[str, Footnote]
    placed: set[str] = field(default_factory=set)

    def blocks(self, blocks: Blocks) -> Blocks:
        """Front text and chapters, or what a part holds."""
        first = _first_section(blocks)
        found: list[Block] = [*blocks[:first], *self.called_in(blocks[:first])]
        for block in blocks[first:]:
            if isinstance(block, Section):
                found.append(self.section(block))
            else:
                found += (block, *self.called_in((block,)))
        return tuple(found)

    def section(self, section: Section) -> Section:
        if not is_part(section):
            return replaced(section, blocks=_with(section.blocks, self.called_in((section,))))
        first = _first_section(section.blocks)
        opening = section.blocks[:first]
        notes = self.called_in((replace(section, blocks=opening),))
        inner = self.blocks(section.blocks[first:])
        return replaced(section, blocks=(*opening, *notes, *inner))

    def called_in(self, text: Blocks) -> list[Footnote]:
        """The notes not placed yet that `text` calls, and those that they call in turn."""
        found: list[Footnote] = []
        pending: Blocks = text
        while pending:
            fresh = dict.fromkeys(
                c.note for c in query(pending, NoteRef) if c.note not in self.placed
            )
            self.placed.update(fresh)
            notes = [self.notes[name] for name in fresh]
            found += notes
            pending = tuple(notes)
        return found


def _first_section(blocks: Blocks) -> int:
    return next((n for n, b in enumerate(blocks) if isinstance(b, Section)), len(blocks))


def _with(blocks: Blocks, notes: list[Footnote]) -> Blocks:
    return (*blocks, *notes) if notes else blocks
