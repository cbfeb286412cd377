"""What a file made of a tree must say: the tree as a `Reading`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.record import NamedTuple
from publisher.text.scripts import profile_of
from publisher.tree.ids import flat_outline, outline, target_id
from publisher.tree.imprint import title_credits, title_imprint, title_series
from publisher.tree.nodes import (
    Box,
    Code,
    CodeBlock,
    CrossRef,
    DefinitionList,
    Emphasis,
    EmphasisDots,
    Figure,
    Footnote,
    Heading,
    Image,
    LineBreak,
    Link,
    ListBlock,
    Mark,
    Math,
    MathBlock,
    NoteRef,
    PageBreak,
    Paragraph,
    Quote,
    Ruby,
    Section,
    Span,
    Strong,
    Table,
    TableOfContents,
    Text,
    ThematicBreak,
    Verse,
    Warichu,
)
from publisher.tree.walk import is_part, plain_text, query
from publisher.verify.addresses import as_address
from publisher.verify.model import Entry, Picture, Reading, Recorder, resolved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from publisher.tree.meta import Document
    from publisher.tree.nodes import Attr, Block, Blocks, Inline, Inlines, Pos

_MARKS = {Emphasis: "emphasis", Strong: "strong", Warichu: "warichu"}

_STRESS = {"emphasis": "stress", "dots": "stress", "proper-name": "underline"}


class Habits(NamedTuple):
    """What a format does with a tree, other than the rest.

    Attributes:
        nested: Notes may call notes; without, notes that only notes call stand in the body.
        tabs: Tabs in code stay tabs.
        pages: References to pages show a number.
        stated: Headings have the level that their section states, not that of its depth.
        small: Two-line notes are plain text: readings stand in parentheses, pictures as words.
        stress: Dots and slants are one, and proper names are underlined.
        frames: A table of one cell is no table, but a frame.
    """

    nested: bool = True
    tabs: bool = True
    pages: bool = True
    stress: bool = False
    stated: bool = False
    small: bool = False
    frames: bool = False


HABITS = {
    "pdf": Habits(tabs=False, small=True),
    "epub": Habits(pages=False),
    "docx": Habits(nested=False, stress=True, stated=True, frames=True),
}
_CONTENTS_DEPTH = 3
_DEEPEST = 6


def title_lines(document: Document) -> Iterator[str]:
    """What a title page or title block may say, in order."""
    meta = document.meta
    profile = profile_of(meta.language)
    yield from (plain_text(meta.title), plain_text(meta.subtitle))
    yield from title_credits(document, profile)
    yield from title_series(document)
    yield from title_imprint(document, profile)
    yield from title_imprint(document, profile, han=True)


def expected(
    document: Document,
    habits: Habits,
    labels: Mapping[str, str],
    picture: Callable[[str], bytes] | None = None,
) -> Reading:
    """The tree as a file of one format must have it.

    Args:
        document: The tree after all transforms.
        habits: Those of the format.
        labels: Page labels by id, for references to pages.
        picture: Gives the bytes of a resource; None where they are not at hand.
    """
    return _Reader(document, habits, labels, picture).read()


class _Reader:
    def __init__(
        self,
        document: Document,
        habits: Habits,
        labels: Mapping[str, str],
        picture: Callable[[str], bytes] | None,
    ) -> None:
        self.document, self.habits, self.labels, self.picture = document, habits, labels, picture
        self.reading = Reading("tree")
        self.out = Recorder(self.reading)
        self.depth = 0
        self.known = {note.id: note for note in query(document, Footnote)}
        self.called: list[str] = []
        self.held: list[Footnote] = []
        self.lang = ""
        self.langs: dict[str, str] = {}

    def read(self) -> Reading:
        out, reading = self.out, self.reading
        body = tuple(b for b in self.document.body if not isinstance(b, Footnote))
        everywhere = {call.note for call in query(self.document, NoteRef)}
        notes = tuple(self.known.values())
        inside = {call.note for note in notes for call in query(note.blocks, NoteRef)}
        by_text = everywhere - inside
        by_text |= {c.note for c in self._calls_outside_notes(body)}
        self.real = everywhere if self.habits.nested else by_text
        self._chapters(self.document.body)
        out.close()
        reading.body_end = out.pos
        out.note = True
        done = 0
        while done < len(self.called):
            name = self.called[done]
            done += 1
            out.anchors[name] = out.pos
            start = out.pos
            self._blocks(self.known[name].blocks)
            out.close()
            if self.langs[name]:
                out.mark("lang", start, self.langs[name])
        out.done()
        self._finish()
        return reading

    @staticmethod
    def _calls_outside_notes(blocks: Blocks) -> Iterator[NoteRef]:
        from publisher.tree.walk import map_blocks

        bare = map_blocks(blocks, lambda b: () if isinstance(b, Footnote) else b)
        yield from query(bare, NoteRef)

    def _finish(self) -> None:
        reading, document = self.reading, self.document
        resolved(reading, self.out.anchors, drop=True)
        if self.habits.stress:
            reading.marks = [
                m._replace(kind=_STRESS[m.kind], value=True) if m.kind in _STRESS else m
                for m in reading.marks
            ]
        tocs = list(query(document, TableOfContents))
        depth = tocs[0].depth if tocs else _CONTENTS_DEPTH
        for item in flat_outline(outline(document)):
            at = self.out.anchors.get(item.id, -1)
            entry = Entry(plain_text(item.title), item.depth, at, "", "")
            reading.outline.append(entry)
            if item.depth <= depth:
                reading.contents.append(entry)
        meta = document.meta
        people = tuple(c.name for c in meta.contributors)
        authors = tuple(c.name for c in meta.contributors if c.role == "author")
        given = {
            "title": (plain_text(meta.title),),
            "subtitle": (plain_text(meta.subtitle),),
            "authors": authors,
            "people": people,
            "language": (meta.language,),
            "date": (meta.date,),
            "publisher": (meta.publisher,),
            "description": (meta.description,),
            "subjects": meta.subjects,
            "rights": (meta.rights,),
            "identifier": (meta.identifier,),
        }
        reading.meta = {key: tuple(v for v in values if v) for key, values in given.items()}

    # -------------------------------------------------------------------------------- blocks

    def _chapters(self, blocks: Blocks) -> None:
        """Blocks with the notes of each chapter that nothing calls at its end."""
        for block in blocks:
            if isinstance(block, Section):
                self._left()
            if isinstance(block, Section) and is_part(block):
                self._anchor(block.attr)
                self._heading(block, 1 if self.habits.stated else self.depth + 1)
                self._chapters(block.blocks)
            else:
                self._block(block)
            if isinstance(block, Section):
                self._left()
        self._left()

    def _left(self) -> None:
        while self.held:
            notes, self.held = self.held, []
            for note in notes:
                self.out.anchor(note.id)
                self._blocks(note.blocks)

    def _blocks(self, blocks: Blocks) -> None:
        for block in blocks:
            self._block(block)

    def _anchor(self, attr: Attr) -> None:
        if attr.id:
            self.out.anchor(attr.id)

    def _block(self, block: Block) -> None:
        start = self.out.pos
        if not isinstance(block, Footnote):
            self._anchor(block.attr)
        lang, around = block.attr.lang, self.lang
        self.lang = lang or around
        if isinstance(block, Footnote):
            self.langs[block.id] = self.lang
        self._inside(block)
        self.lang = around
        self.out.close()
        if lang and self.out.pos > start:
            self.out.mark("lang", start, lang)

    def _inside(self, block: Block) -> None:  # noqa: C901, PLR0912 - one case for each block
        start = self.out.pos
        match block:
            case Paragraph():
                self._run(block.content, block.pos)
            case Section():
                self._heading(block, block.level if self.habits.stated else self.depth + 1)
                self.depth += 1
                self._blocks(block.blocks)
                self.depth -= 1
            case Heading():
                self._run(block.content, block.pos, "subheading")
            case Footnote():
                if block.id not in self.real:
                    self.held.append(block)
            case CodeBlock():
                text = block.text if self.habits.tabs else block.text.expandtabs(4)
                self._place(block.pos, "code")
                self.out.text(text)
                if self.out.pos > start:
                    self.out.mark("code", start, value=True)
                self.out.close()
            case MathBlock():
                self._place(block.pos, "math")
                self.out.text(block.alt or block.tex)
                self.out.close()
            case Quote():
                self._blocks(block.blocks)
                self._run(block.attribution, block.pos)
            case Verse():
                for stanza in block.stanzas:
                    for line in stanza.lines:
                        self._run(line, block.pos, "verse")
                self._run(block.attribution, block.pos)
            case ListBlock():
                for item in block.items:
                    self.out.point("item", block.ordered)
                    self._blocks(item.blocks)
            case DefinitionList():
                for each in block.items:
                    for term in each.terms:
                        self._run(term, block.pos)
                    for definition in each.definitions:
                        self._blocks(definition)
            case Table():
                self._table(block)
            case Figure():
                self._blocks(block.blocks)
                self._blocks(block.caption)
            case Box():
                self._run(block.title, block.pos, "subheading")
                self._blocks(block.blocks)
            case TableOfContents() | ThematicBreak() | PageBreak():
                pass

    def _heading(self, section: Section, level: int) -> None:
        start = self.out.pos
        self._run(section.title, section.pos, "heading")
        if self.out.pos > start:
            self.out.mark("heading", start, min(level, _DEEPEST))

    def _table(self, table: Table) -> None:
        self._blocks(table.caption)
        rows: list[list[str]] = []
        spans = []
        for row in (*table.head, *table.body, *table.foot):
            cells = []
            for cell in row.cells:
                start = self.out.pos
                self._blocks(cell.blocks)
                self.out.close()
                cells.append((start, self.out.pos))
            spans.append(cells)
        stream = self.out.so_far()
        rows = [[stream[a:b] for a, b in cells] for cells in spans]
        if not self.habits.frames or sum(map(len, rows)) > 1:
            self.reading.tables.append(rows)

    # ------------------------------------------------------------------------------- inlines

    def _place(self, pos: Pos | None, kind: str) -> None:
        self.out.kind = kind
        self.out.place = f"{pos.source}:{pos.start}" if pos else ""

    def _run(self, inlines: Inlines, pos: Pos | None, kind: str = "text") -> None:
        if inlines:
            self._place(pos, kind)
            if len(inlines) == 1 and type(inlines[0]) is Text:
                self.out.text(inlines[0].text)
            else:
                self._inlines(inlines)
            self.out.close()

    def _inlines(self, inlines: Inlines) -> None:
        for inline in inlines:
            self._inline(inline)

    def _inline(  # noqa: C901, PLR0912, PLR0915 - one case for each inline
        self, inline: Inline
    ) -> None:
        out = self.out
        start = out.pos
        match inline:
            case Text():
                self.out.text(inline.text)
            case Code():
                self.out.text(inline.text)
                out.mark("code", start, value=True)
            case Warichu() if self.habits.small:
                for each in inline.content:
                    self._small(each)
                out.mark("warichu", start, value=True)
            case Emphasis() | Strong() | Warichu():
                self._inlines(inline.content)
                out.mark(_MARKS[type(inline)], start, value=True)
            case EmphasisDots():
                self._inlines(inline.content)
                out.mark("dots", start, inline.mark)
            case Mark():
                self._inlines(inline.content)
                out.mark(inline.kind, start, value=True)
            case Ruby():
                for pair in inline.pairs:
                    start = out.pos
                    self.out.text(pair.base)
                    if out.pos > start and pair.text:
                        out.mark("ruby", start, "".join(pair.text.split()))
            case Math():
                self.out.text(inline.alt or inline.tex)
            case Link():
                self._inlines(inline.content)
                name = target_id(inline.target)
                if out.pos > start:
                    if name:
                        out.mark("goto", start, name)
                    else:
                        out.mark("link", start, as_address(inline.target))
            case CrossRef():
                label = self.labels.get(inline.target)
                if inline.show == "page" and self.habits.pages and label is not None:
                    self.out.text(label)
                else:
                    self._inlines(inline.fallback)
                if out.pos > start:
                    out.mark("goto", start, inline.target)
            case NoteRef():
                if inline.note in self.known and inline.note in self.real:
                    if inline.note not in self.called:
                        self.called.append(inline.note)
                    out.mark("call", start, inline.note)
            case Image():
                self._picture(inline)
            case LineBreak():
                out.text("\n")
            case Span():
                if inline.attr.id:
                    self.out.anchor(inline.attr.id)
                self._inlines(inline.content)
                if inline.attr.lang and out.pos > start:
                    out.mark("lang", start, inline.attr.lang)

    def _small(self, inline: Inline) -> None:
        match inline:
            case CrossRef() | NoteRef():
                self._inline(inline)
            case Image():
                self.out.text(inline.alt)
            case _:
                self.out.text(plain_text((inline,), "both", " "))

    def _picture(self, image: Image) -> None:
        data = None
        picture, name = self.picture, image.resource
        if picture is not None and any(r.id == name for r in self.document.resources):
            give = picture

            def data() -> bytes:
                return give(name)

        self.reading.pictures.append(Picture(self.out.pos, image.alt, self.out.place, data))
