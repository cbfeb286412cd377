"""The footnotes of one document: their ids, their calls, and where each of them stands."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from publisher.tree.nodes import (
    Block,
    Blocks,
    Footnote,
    Inline,
    Inlines,
    NoteRef,
    Paragraph,
    Pos,
    Text,
)
from publisher.tree.walk import map_inlines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token


class Source(Protocol):
    """What notes need from the document around them."""

    def line(self, token: Token) -> int:
        """The 1-based line of a token."""

    def notice(self, code: str, line: int, **args: str) -> None:
        """Reports something about the source."""


class NoteBook:
    """Gathers notes and calls while the document is read, then puts each note in its place."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._ids: dict[str, str] = {}  # by label; empty for a note without text
        self._taken: set[str] = set()
        self._notes: dict[str, Footnote] = {}
        self._called: dict[str, int] = {}  # by note, the number of blocks it stands after
        self._unplaced: list[str] = []

    def collect(self, tokens: Sequence[Token]) -> None:
        """Gives every note that has a text its id, before any call is met."""
        for index, token in enumerate(tokens):
            if token.type != "footnote_reference_open":
                continue
            label = str(token.meta["label"])
            if label in self._ids:
                self._source.notice("markdown.note-twice", self._source.line(token), label=label)
            elif tokens[index + 1].type == "footnote_reference_close":
                self._source.notice("markdown.note-empty", self._source.line(token), label=label)
                self._ids[label] = ""
            else:
                self._ids[label] = self._fresh_id(label)

    def define(self, label: str, blocks: Blocks, pos: Pos | None) -> None:
        """Takes the text of a note; the first of two with one label counts."""
        key = self._ids.get(label, "")
        if key and key not in self._notes and blocks:
            self._notes[key] = Footnote(key, blocks, pos=pos)

    def call(self, label: str, line: int) -> Inlines:
        """The call of a note; literal text when there is no such note."""
        key = self._ids.get(label)
        if key is None:
            self._source.notice("markdown.note-undefined", line, label=label)
            return (Text(f"[^{label}]"),)
        return self._call(key) if key else ()

    def inline(self, content: Inlines, line: int, pos: Pos) -> Inlines:
        """The call of a note that is written where it is called."""
        if not content:
            self._source.notice("markdown.note-empty", line, label="")
            return ()
        key = self._fresh_id("")
        self._notes[key] = Footnote(key, (Paragraph(content, pos=pos),), pos=pos)
        return self._call(key)

    def mark(self, count: int) -> None:
        """Says that the notes called since the last mark stand after the first `count` blocks."""
        for key in self._unplaced:
            self._called[key] = count
        self._unplaced = []

    def placed(self, flat: list[Block]) -> list[Block]:
        """The blocks with each note after the one that calls it first; others are reported."""
        labels = {key: label for label, key in self._ids.items()}
        flat = self._without_empty(flat, labels)
        for key, note in self._notes.items():
            if key not in self._called:
                line = note.pos.start if note.pos else 0
                self._source.notice("markdown.note-unused", line, label=labels.get(key, key))
        done: list[Block] = []
        start = 0
        for key, place in self._called.items():
            done.extend(flat[start:place])
            start = place
            if key in self._notes:
                done.append(self._notes[key])
        return [*done, *flat[start:]]

    def _without_empty(self, flat: list[Block], labels: dict[str, str]) -> list[Block]:
        """The blocks without calls of notes that turned out to hold nothing, a comment say."""
        empty = {key for key in self._called if key not in self._notes}
        if not empty:
            return flat
        for key in sorted(empty):
            self._source.notice("markdown.note-empty", 0, label=labels.get(key, key))

        def kept(node: Inline) -> Inline | Inlines:
            return () if isinstance(node, NoteRef) and node.note in empty else node

        for key, note in self._notes.items():
            self._notes[key] = replace(note, blocks=map_inlines(note.blocks, kept))
        return [made for block in flat for made in map_inlines((block,), kept)]

    def _call(self, key: str) -> Inlines:
        if key not in self._called:
            self._called[key] = 0
            self._unplaced.append(key)
        return (NoteRef(key),)

    def _fresh_id(self, label: str) -> str:
        key = f"fn_{label}" if re.fullmatch(r"[A-Za-z0-9_]{1,30}", label) else ""
        number = len(self._taken) + 1
        while not key or key in self._taken:
            key = f"note_{number}"
            number += 1
        self._taken.add(key)
        return key
