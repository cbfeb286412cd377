"""Notes: which become real Word notes, whether Word numbers them, and their parts.

Word numbers foot notes and end notes on its own, from 1 in the document or in each section. A note
is left to that numbering when the label it gives is the one that all outputs show; any other call
carries its label as a mark of its own (``w:customMarkFollows``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from publisher.record import dataclass, field
from publisher.text.cells import is_label
from publisher.tree.nodes import Footnote, NoteRef, Paragraph, Text
from publisher.tree.notes import note_labels, note_scopes
from publisher.tree.shape import contents
from publisher.tree.walk import walk_run
from publisher.writers.docx.fields import field as make_field
from publisher.writers.docx.fields import text_run
from publisher.writers.docx.runs import one_cell
from publisher.writers.docx.xml import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.theme.model import StyleSheet
    from publisher.tree.meta import Document
    from publisher.tree.nodes import Blocks
    from publisher.writers.docx.bookmarks import Bookmarks

NoteKind = Literal["footnote", "endnote", "comment"]
COMMENT: Final[NoteKind] = "comment"
NOTE_KINDS: Final[tuple[NoteKind, ...]] = ("footnote", "endnote")
_LAST_CIRCLE: Final = 20  # Word's decimalEnclosedCircle ends at U+2473
_CIRCLES: Final = "".join(map(chr, range(0x2460, 0x2474)))
# Not the style of references: LibreOffice takes all text in that for a part of the last label.
_LABEL: Final = '<w:rPr><w:rStyle w:val="NoteLabel"/></w:rPr>'
_BARE_CALL: Final = '<w:rPr><w:rStyle w:val="NoteLabel"/><w:vertAlign w:val="superscript"/></w:rPr>'

# Numbers of cells in vertical text, beyond those of the text's own.
_FIRST_CELL: Final = {"footnote": 1_000_000, "endnote": 2_000_000, "comment": 3_000_000}
_COMMENT_LOOK: Final = '<w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
# A name before a colon; not what somebody said (他说：“…”), nor what a sentence leads up to.
_AUTHOR: Final = re.compile(
    r"([^\s：:，。、]{1,24}(?: [^\s：:，。、]{1,24}){0,3})"
    r"(?<![说說道曰问問答称稱言云写寫如下是为為])：(?![“「『‘])"
)


@dataclass(slots=True)
class WordNote:
    """A note as Word keeps it.

    Attributes:
        note: The tree's note.
        label: What its call shows.
        kind: Foot note, end note, or a comment beside the text.
        number: Its ``w:id``.
        automatic: Word's own numbering gives the label.
        suffix: What follows Word's number in the label, such as ``)``.
        called: Its first call has been written.
    """

    note: Footnote
    label: str
    kind: NoteKind
    number: int
    automatic: bool
    suffix: str = ""
    called: bool = False


@dataclass(slots=True)
class NotePlan:
    """All notes of a document.

    Attributes:
        labels: Label of each called note, by id.
        word: The notes that become Word notes, by id, in order of their first call.
        numbering: The style sheet's way of numbering.
        restarts: Word's numbers begin again in each section.
        vertical: Text runs down, and numbers stand level in it.
    """

    labels: dict[str, str]
    word: dict[str, WordNote] = field(default_factory=dict)
    numbering: str = "decimal"
    restarts: bool = False
    vertical: bool = False

    def of_kind(self, kind: NoteKind) -> list[WordNote]:
        """The Word notes of one kind, by number."""
        return [note for note in self.word.values() if note.kind == kind]

    def call(self, note_id: str, bookmarks: Bookmarks, *, inside_note: bool) -> str:
        """Runs of a call: a reference, a reference to an earlier call, or the bare label."""
        label = self.labels.get(note_id, "")
        note = self.word.get(note_id)
        style = note.kind.capitalize() if note is not None else "Footnote"
        cell = self.cell(note) if note is not None else ""
        properties = f'<w:rPr><w:rStyle w:val="{style}Reference"/>{self.hint}{cell}</w:rPr>'
        if note is None or inside_note:
            return text_run(label, _BARE_CALL) if label else ""
        if note.kind == "comment":
            return _comment_call(note)
        if note.called:
            name = bookmarks.name(note_id)
            return make_field(f"NOTEREF {name} \\f \\h", text_run(label, properties))
        note.called = True
        if note.automatic:
            mark = f'<w:{note.kind}Reference w:id="{note.number}"/>'
            tail = escape(note.suffix)
        else:
            mark = f'<w:{note.kind}Reference w:customMarkFollows="1" w:id="{note.number}"/>'
            tail = escape(label)
        shown = f"<w:t>{tail}</w:t>" if tail else ""
        return bookmarks.around(note_id, f"<w:r>{properties}{mark}{shown}</w:r>")

    def cell(self, note: WordNote) -> str:
        """What makes a note's number level in vertical text, where it is short."""
        if not self.vertical or not is_label(note.label):
            return ""
        return one_cell(_FIRST_CELL[note.kind] + note.number)

    @property
    def hint(self) -> str:
        """Circled figures are East Asian characters."""
        return '<w:rFonts w:hint="eastAsia"/>' if self.numbering == "circled" else ""

    def properties(self, kind: NoteKind, *, separators: bool, start: int = 0) -> str:
        """``w:footnotePr`` or ``w:endnotePr``, for settings with the separators' ids.

        With `start` the numbers say where they begin, even of a kind that nothing calls.
        """
        form = "decimalEnclosedCircle" if self.numbering == "circled" else "decimal"
        parts = [f"<w:{kind}Pr>"]
        if kind == "endnote" and separators and self.restarts:
            parts.append('<w:pos w:val="sectEnd"/>')  # the end of the document otherwise
        parts.append(f'<w:numFmt w:val="{form}"/>')
        if start:
            parts.append(f'<w:numStart w:val="{start}"/>')
        if self.restarts:
            parts.append('<w:numRestart w:val="eachSect"/>')
        if separators:
            parts.append(f'<w:{kind} w:id="-1"/><w:{kind} w:id="0"/>')
        parts.append(f"</w:{kind}Pr>")
        return "".join(parts)


def plan_notes(document: Document, sheet: StyleSheet, *, sections: bool) -> NotePlan:
    """Decides about every note; with `sections` each numbering scope is a Word section."""
    look = sheet.note
    known = {note.id: note for note in _notes(document.body, "")}
    scopes = note_scopes(document)
    margin = {note.id for note in known.values() if note.kind == "margin"}
    comments = margin & {call for scope in scopes for call in _calls(scope)} if margin else margin
    labels = note_labels(document, look.restart, look.numbering, unnumbered=comments)
    restarts = sections and look.restart != "document"
    plan = NotePlan(labels, numbering=look.numbering, restarts=restarts, vertical=sheet.vertical)
    counts: dict[NoteKind, int] = {"footnote": 0, "endnote": 0}
    used: dict[NoteKind, int] = {"footnote": 0, "endnote": 0, "comment": 0}
    for scope in scopes:
        if restarts:
            counts = {"footnote": 0, "endnote": 0}
        for note_id in _calls(scope):
            note = known.get(note_id)
            if note is None or note_id in plan.word:
                continue
            if note_id in comments:
                plan.word[note_id] = WordNote(note, "", "comment", used["comment"], automatic=True)
                used["comment"] += 1
                continue
            if note_id not in labels:
                continue
            kind: NoteKind = "endnote" if note.kind == "end" else "footnote"
            used[kind] += 1
            number, suffix = _automatic(counts[kind] + 1, look.numbering)
            automatic = number + suffix == labels[note_id]
            counts[kind] += automatic
            plan.word[note_id] = WordNote(
                note, labels[note_id], kind, used[kind], automatic, suffix
            )
    return plan


def _notes(blocks: Blocks, lang: str) -> Iterator[Footnote]:
    """Every note, with the language of what it stands in: Word keeps it in another part."""
    for block in blocks:
        own = block.attr.lang or lang
        if isinstance(block, Footnote):
            yield block if own == block.attr.lang else _in_language(block, own)
        for _, inner in contents(block):
            if inner:
                yield from _notes(inner, own)


def _in_language(note: Footnote, lang: str) -> Footnote:
    return replace(note, attr=replace(note.attr, lang=lang))


def _automatic(number: int, numbering: str) -> tuple[str, str]:
    """What Word shows for a number, and what is written after it."""
    if numbering == "circled" and number <= _LAST_CIRCLE:
        return _CIRCLES[number - 1], ""
    return str(number), ")" if numbering == "paren" else ""


def _calls(blocks: Blocks) -> Iterator[str]:
    """Notes called in the text itself, in reading order; Word has no notes within notes."""
    for block in blocks:
        if isinstance(block, Footnote):
            continue
        for inlines, inner in contents(block):
            for inline in walk_run(inlines):
                if isinstance(inline, NoteRef):
                    yield inline.note
            yield from _calls(inner)


def separator_notes(kind: NoteKind, style: str) -> str:
    """The two notes that hold the rule over notes and over notes carried to the next page."""
    found = []
    for number, name in ((-1, "separator"), (0, "continuationSeparator")):
        found.append(
            f'<w:{kind} w:type="{name}" w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{style}"/>'
            '<w:spacing w:before="0" w:after="0"/><w:ind w:left="0" w:firstLine="0"/></w:pPr>'
            f"<w:r><w:{name}/></w:r></w:p></w:{kind}>"
        )
    return "".join(found)


def _comment_call(note: WordNote) -> str:
    """Where a comment is tied to the text; it can be tied to one place only."""
    if note.called:
        return ""
    note.called = True
    number = f'w:id="{note.number}"'
    return (
        f"<w:commentRangeStart {number}/><w:commentRangeEnd {number}/>"
        f"<w:r>{_COMMENT_LOOK}<w:commentReference {number}/></w:r>"
    )


def comment_author(blocks: Blocks) -> tuple[str, Blocks]:
    """Who a comment is by, as its text says first (``某某：``), and the blocks without that."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or not first.content:
        return "", blocks
    lead = first.content[0]
    found = _AUTHOR.match(lead.text) if isinstance(lead, Text) else None
    if found is None or not isinstance(lead, Text):
        return "", blocks
    rest = lead.text[found.end() :]
    content = (*((Text(rest),) if rest else ()), *first.content[1:])
    return found[1], (replace(first, content=content), *blocks[1:])


def bare_mark(label: str) -> str:
    """The runs that begin a note that stands in the text."""
    return f"{text_run(label, _LABEL)}<w:r><w:tab/></w:r>"


def mark(note: WordNote, hint: str, cell: str = "") -> str:
    """The runs that begin a note's text: its number or mark, on the line, and a tab."""
    if note.kind == "comment":
        return f"<w:r>{_COMMENT_LOOK}<w:annotationRef/></w:r>"
    properties = (
        f'<w:rPr><w:rStyle w:val="{note.kind.capitalize()}Reference"/>{hint}'
        f'<w:vertAlign w:val="baseline"/>{cell}</w:rPr>'
    )
    if note.automatic:
        suffix = f"<w:t>{escape(note.suffix)}</w:t>" if note.suffix else ""
        shown = f"<w:r>{properties}<w:{note.kind}Ref/>{suffix}</w:r>"
    else:
        shown = text_run(note.label, _LABEL)
    return f"{shown}<w:r><w:tab/></w:r>"
