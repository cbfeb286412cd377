"""One walk over a file's blocks before it is written: characters by style, ids, calls, pictures.

Text goes into sets by `set.update`, so a character costs nothing in Python.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from publisher.tree import nodes as n
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.theme.model import StyleSheet
    from publisher.tree.nodes import Block, Blocks, Inline, Inlines

Slant: TypeAlias = Literal["upright", "italic"]

# Text key of the style sheet for the blocks whose text has a key of its own.
SECTION_KEYS = ("volume", "part")


class Style(NamedTuple):
    """What decides the face of a character besides the character."""

    family: str
    weight: int
    slant: Slant
    lang: str


class Place(NamedTuple):
    """Where the target of a link stands: file and XML id (empty: the file's beginning)."""

    file: str
    fragment: str

    def href(self, seen_from: str) -> str:
        """The relative URL from another file of the same folder."""
        if self.file == seen_from and self.fragment:
            return f"#{self.fragment}"
        return f"{self.file}#{self.fragment}" if self.fragment else self.file


@dataclass(slots=True)
class Survey:
    """What a walk over all files found.

    Attributes:
        text: Characters by style.
        places: Tree id -> where it stands; the first of equal ids counts.
        titles: Id of a section, figure or table -> its title or caption.
        calls: File -> ids of the notes first called there, in order.
        notes: Every note by id.
        pictures: Resource ids in order of first use.
        undescribed: Some picture has no alternative text.
        has_pictures: Some picture stands in the text.
    """

    sheet: StyleSheet
    language: str
    text: dict[Style, set[str]] = field(default_factory=lambda: defaultdict(set))
    places: dict[str, Place] = field(default_factory=dict)
    titles: dict[str, Inlines] = field(default_factory=dict)
    calls: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, n.Footnote] = field(default_factory=dict)
    pictures: dict[str, None] = field(default_factory=dict)
    undescribed: bool = False
    has_pictures: bool = False
    has_contents: bool = False
    has_math: bool = False
    has_ruby: bool = False
    _file: str = ""
    _called: set[str] = field(default_factory=set)

    def style(self, key: str, lang: str = "") -> Style:
        """The style of a text key in a language (the document's when empty)."""
        given = self.sheet.text[key]
        slant: Slant = "italic" if given.italic else "upright"
        return Style(given.family, given.weight, slant, lang or self.language)

    def add(self, key: str, text: str) -> None:
        """Adds characters that are not in the tree: labels, generated pages."""
        self.text[self.style(key)].update(text)

    def file(self, name: str, blocks: Blocks) -> None:
        """Walks the blocks of one file.

        Every file has to be walked before `place_notes` is called.
        """
        self._file = name
        self.calls[name] = []
        self._blocks(blocks, self.style("body"))

    def place_notes(self) -> None:
        """Gives each note that is called its place; the others stay where they stand."""
        for file, notes in self.calls.items():
            for note in notes:
                footnote = self.notes.get(note)
                if footnote is not None:
                    self.places[note] = Place(file, xml_id(note))
                    self._file = file

    # --------------------------------------------------------------------------------- blocks

    def _blocks(self, blocks: Blocks, style: Style) -> None:
        for block in blocks:
            attr = block.attr
            if attr.id:
                self._place(attr.id)
            inner = style._replace(lang=attr.lang) if attr.lang else style
            if type(block) is n.Paragraph:
                if block.role != "body":
                    inner = self.style(block.role, inner.lang)
                self._run(block.content, inner)
            else:
                self._other(block, inner)

    def _place(self, name: str) -> None:
        self.places.setdefault(name, Place(self._file, xml_id(name)))

    def _other(self, block: Block, style: Style) -> None:  # noqa: C901, PLR0912 - one case a type
        lang = style.lang
        match block:
            case n.Section():
                key = f"heading.{min(max(block.level, 1), 6)}"
                key = "part" if block.kind in SECTION_KEYS else key
                self._titled(block.attr.id, block.title)
                self._run(block.title, self.style(key, lang))
                self._blocks(block.blocks, style)
            case n.Heading():
                self._run(block.content, self.style("subheading", lang))
            case n.Quote():
                self._blocks(block.blocks, self.style("quote", lang))
                self._run(block.attribution, self.style("attribution", lang))
            case n.Verse():
                for stanza in block.stanzas:
                    for line in stanza.lines:
                        self._run(line, self.style("verse", lang))
                self._run(block.attribution, self.style("attribution", lang))
            case n.ListBlock():
                for item in block.items:
                    self._blocks(item.blocks, self.style("list", lang))
            case n.DefinitionList():
                for entry in block.items:
                    for term in entry.terms:
                        self._run(term, self.style("term", lang))
                    for definition in entry.definitions:
                        self._blocks(definition, self.style("definition", lang))
            case n.Table():
                self._table(block, lang)
            case n.Figure():
                self._titled(block.attr.id, _first_line(block.caption))
                self._blocks(block.blocks, style)
                self._blocks(block.caption, self.style("caption", lang))
            case n.CodeBlock():
                self.text[self.style("code", lang)].update(block.text)
            case n.MathBlock():
                self.has_math = True
                self.text[self.style("math", lang)].update(block.alt or block.tex)
            case n.Footnote():
                self.notes.setdefault(block.id, block)
                self.places.setdefault(block.id, Place(self._file, xml_id(block.id)))
                self._blocks(block.blocks, self.style("note", lang))
            case n.TableOfContents():
                self.has_contents = True
                self._run(block.title, self.style("toc-title", lang))
            case n.Box():
                self._run(block.title, self.style("box-title", lang))
                self._blocks(block.blocks, self.style("box", lang))
            case _:
                pass

    def _titled(self, name: str, title: Inlines) -> None:
        if name and title:
            self.titles.setdefault(name, title)

    def _table(self, table: n.Table, lang: str) -> None:
        self._titled(table.attr.id, _first_line(table.caption))
        self._blocks(table.caption, self.style("caption", lang))
        for part, in_head in ((table.head, True), (table.body, False), (table.foot, False)):
            for row in part:
                if row.attr.id:
                    self._place(row.attr.id)
                for cell in row.cells:
                    key = "cell-header" if in_head or cell.header else "cell"
                    self._blocks(cell.blocks, self.style(key, row.attr.lang or lang))

    # -------------------------------------------------------------------------------- inlines

    def _run(self, inlines: Inlines, style: Style) -> None:
        for inline in inlines:
            if type(inline) is n.Text:
                self.text[style].update(inline.text)
            else:
                _INLINES[type(inline)](self, inline, style)

    def _content(self, inline: Inline, style: Style) -> None:
        self._run(inline.content, style)  # type: ignore[union-attr]

    def _strong(self, inline: n.Strong, style: Style) -> None:
        self._run(inline.content, style._replace(weight=700))

    def _emphasis(self, inline: n.Emphasis, style: Style) -> None:
        if self.sheet.inline.emphasis == "sans":
            self._run(inline.content, style._replace(family="sans"))
        # Western words in it are slanted; `inlines` gives them an element of their own.
        self._run(inline.content, style._replace(slant="italic"))
        self._run(inline.content, style)

    def _ruby(self, inline: n.Ruby, style: Style) -> None:
        self.has_ruby = True
        found = self.text[style]
        found.update("（）()")
        for pair in inline.pairs:
            found.update(pair.base)
            found.update(pair.text)

    def _warichu(self, inline: n.Warichu, style: Style) -> None:
        self.text[style].update("（）()")
        self._run(inline.content, style)

    def _code(self, inline: n.Code, style: Style) -> None:
        family = self.sheet.inline.code_family
        self.text[style._replace(family=family)].update(inline.text)

    def _math(self, inline: n.Math, style: Style) -> None:
        self.has_math = True
        self.text[style].update(inline.alt or inline.tex)

    def _cross_ref(self, inline: n.CrossRef, style: Style) -> None:
        self._run(inline.fallback, style)
        self.text[style].update("0123456789.")

    def _note_ref(self, inline: n.NoteRef, style: Style) -> None:
        if inline.note not in self._called:
            self._called.add(inline.note)
            self.calls[self._file].append(inline.note)

    def _image(self, inline: n.Image, style: Style) -> None:
        self.pictures.setdefault(inline.resource)
        self.has_pictures = True
        if not inline.alt.strip():
            self.undescribed = True

    def _nothing(self, inline: Inline, style: Style) -> None:
        pass

    def _span(self, inline: n.Span, style: Style) -> None:
        attr = inline.attr
        if attr.id:
            self._place(attr.id)
        self._run(inline.content, style._replace(lang=attr.lang) if attr.lang else style)


# Methods of the class above, by the type of inline they take.
_INLINES: dict[type[Inline], Callable[..., None]] = {
    n.Emphasis: Survey._emphasis,
    n.Strong: Survey._strong,
    n.EmphasisDots: Survey._content,
    n.Mark: Survey._content,
    n.Ruby: Survey._ruby,
    n.Warichu: Survey._warichu,
    n.Code: Survey._code,
    n.Math: Survey._math,
    n.Link: Survey._content,
    n.CrossRef: Survey._cross_ref,
    n.NoteRef: Survey._note_ref,
    n.Image: Survey._image,
    n.LineBreak: Survey._nothing,
    n.Span: Survey._span,
}


def xml_id(name: str) -> str:
    """A tree id as an XML name, which may not begin with a digit; others come out unchanged.

    Tree ids have no hyphen, so ``n-12`` meets no other id.
    """
    return name if name[:1].isalpha() or name[:1] == "_" else f"n-{name}"


def _first_line(blocks: Blocks) -> Inlines:
    for block in blocks:
        if isinstance(block, n.Paragraph) and plain_text(block.content).strip():
            return block.content
    return ()
