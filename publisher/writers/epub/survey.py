"""One walk over a file's blocks before it is written: characters by style, ids, calls, pictures.

Text goes into sets by `set.update`, so a character costs nothing in Python.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from publisher.record import NamedTuple, dataclass, field
from publisher.tree import nodes as n
from publisher.tree.walk import is_part, plain_text
from publisher.writers.epub import markers

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.theme.model import StyleSheet
    from publisher.tree.nodes import Block, Blocks, Inline, Inlines

_NO_NAME = re.compile(r"\W")

Slant: TypeAlias = Literal["upright", "italic"]


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
        call_styles: Styles of text that notes are called from, and of the notes themselves.
        notes: Every note by id.
        pictures: Resource ids in order of first use.
        undescribed: Some picture has no alternative text.
        languages: Id of a section -> its language, where it is not the document's.
        numbers: Id of a section -> its number path.
        contents: Depths of the lists of contents that stand in the text.
        has_math: Some formula stands in the text; `has_ruby` likewise.
    """

    sheet: StyleSheet
    language: str
    text: dict[Style, set[str]] = field(default_factory=lambda: defaultdict(set))
    places: dict[str, Place] = field(default_factory=dict)
    titles: dict[str, Inlines] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, tuple[int, ...]] = field(default_factory=dict)
    calls: dict[str, list[str]] = field(default_factory=dict)
    call_styles: dict[Style, None] = field(default_factory=dict)
    notes: dict[str, n.Footnote] = field(default_factory=dict)
    pictures: dict[str, None] = field(default_factory=dict)
    undescribed: bool = False
    contents: set[int] = field(default_factory=set)
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

    def file(self, name: str, blocks: Blocks, lang: str) -> None:
        """Walks the blocks of one file in a language (the document's when empty).

        Every file has to be walked before `place_notes` is called.
        """
        self._file = name
        self.calls[name] = []
        self._blocks(blocks, self.style("body", lang))

    def place_notes(self) -> None:
        """Gives each note that is called its place; the others stay where they stand."""
        for file, notes in self.calls.items():
            for note in notes:
                if note in self.notes:
                    self.places[note] = Place(file, xml_id(note))

    # --------------------------------------------------------------------------------- blocks

    def _blocks(self, blocks: Blocks, style: Style) -> None:
        for block in blocks:
            attr = block.attr
            if attr.id:
                self.place(attr.id)
            inner = style._replace(lang=attr.lang) if attr.lang else style
            if type(block) is n.Paragraph:
                if block.role != "body":
                    inner = self.style(block.role, inner.lang)
                self.run(block.content, inner)
            else:
                self._other(block, inner)

    def _other(self, block: Block, style: Style) -> None:  # noqa: C901, PLR0912 - one case a type
        lang = style.lang
        match block:
            case n.Section():
                key = f"heading.{min(max(block.level, 1), 6)}"
                key = "part" if is_part(block) else key
                self._titled(block.attr.id, block.title)
                if lang != self.language and block.attr.id:
                    self.languages.setdefault(block.attr.id, lang)
                if block.attr.id and block.number:
                    self.numbers.setdefault(block.attr.id, block.number)
                self.run(block.title, self.style(key, lang))
                self._blocks(block.blocks, style)
            case n.Heading():
                self.run(block.content, self.style("subheading", lang))
            case n.Quote():
                self._blocks(block.blocks, self.style("quote", lang))
                self.run(block.attribution, self.style("attribution", lang))
            case n.Verse():
                for stanza in block.stanzas:
                    for line in stanza.lines:
                        self.run(line, self.style("verse", lang))
                self.run(block.attribution, self.style("attribution", lang))
            case n.ListBlock():
                self._labels(block, self.style("list", lang))
                for item in block.items:
                    self._blocks(item.blocks, self.style("list", lang))
            case n.DefinitionList():
                for entry in block.items:
                    for term in entry.terms:
                        self.run(term, self.style("term", lang))
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
                self.call_styles.setdefault(self.style("note", lang))
                self.places.setdefault(block.id, Place(self._file, xml_id(block.id)))
                self._blocks(block.blocks, self.style("note", lang))
            case n.TableOfContents():
                self.contents.add(block.depth)
                self.run(block.title, self.style("toc-title", lang))
            case n.Box():
                self.run(block.title, self.style("box-title", lang))
                self._blocks(block.blocks, self.style("box", lang))
            case _:
                pass

    def _labels(self, block: n.ListBlock, style: Style) -> None:
        found = self.text[style]
        found.update("☐☑")
        if block.ordered:
            numbers = range(block.start, block.start + len(block.items))
            found.update(*(markers.label(block, number) for number in numbers))
        else:
            found.update(*self.sheet.list.bullets)

    def _titled(self, name: str, title: Inlines) -> None:
        if name and title:
            self.titles.setdefault(name, title)

    def _table(self, table: n.Table, lang: str) -> None:
        self._titled(table.attr.id, _first_line(table.caption))
        self._blocks(table.caption, self.style("caption", lang))
        for part, in_head in ((table.head, True), (table.body, False), (table.foot, False)):
            for row in part:
                if row.attr.id:
                    self.place(row.attr.id)
                for cell in row.cells:
                    key = "cell-header" if in_head or cell.header else "cell"
                    self._blocks(cell.blocks, self.style(key, row.attr.lang or lang))

    def run(self, inlines: Inlines, style: Style) -> None:
        """Walks a run of inlines set in a style."""
        for inline in inlines:
            if type(inline) is n.Text:
                self.text[style].update(inline.text)
            else:
                _INLINES[type(inline)](self, inline, style)

    def place(self, name: str) -> None:
        """An id stands in the file that is being walked."""
        self.places.setdefault(name, Place(self._file, xml_id(name)))

    def call(self, note: str) -> None:
        """A note is called in the file that is being walked."""
        if note not in self._called:
            self._called.add(note)
            self.calls[self._file].append(note)


# ---------------------------------------------------------------------------------- inlines


def _content(survey: Survey, inline: Inline, style: Style) -> None:
    survey.run(inline.content, style)  # type: ignore[union-attr]


def _strong(survey: Survey, inline: n.Strong, style: Style) -> None:
    survey.run(inline.content, style._replace(weight=700))


def _emphasis(survey: Survey, inline: n.Emphasis, style: Style) -> None:
    if survey.sheet.inline.emphasis == "sans":
        survey.run(inline.content, style._replace(family="sans"))
    survey.text[style].update("∙﹅")
    # Western words in it are slanted; `inlines` gives them an element of their own.
    survey.run(inline.content, style._replace(slant="italic"))
    survey.run(inline.content, style)


def _dots(survey: Survey, inline: n.EmphasisDots, style: Style) -> None:
    survey.text[style].update("∙◦﹅○")
    survey.run(inline.content, style)


def _ruby(survey: Survey, inline: n.Ruby, style: Style) -> None:
    survey.has_ruby = True
    found = survey.text[style]
    found.update("（）()")
    for pair in inline.pairs:
        found.update(pair.base)
        found.update(pair.text)


def _warichu(survey: Survey, inline: n.Warichu, style: Style) -> None:
    survey.text[style].update("（）()")
    survey.run(inline.content, style)


def _code(survey: Survey, inline: n.Code, style: Style) -> None:
    family = survey.sheet.inline.code_family
    survey.text[style._replace(family=family)].update(inline.text)


def _math(survey: Survey, inline: n.Math, style: Style) -> None:
    survey.has_math = True
    survey.text[style].update(inline.alt or inline.tex)


def _cross_ref(survey: Survey, inline: n.CrossRef, style: Style) -> None:
    survey.run(inline.fallback, style)
    survey.text[style].update("0123456789.")


def _note_ref(survey: Survey, inline: n.NoteRef, style: Style) -> None:
    survey.call(inline.note)
    survey.call_styles.setdefault(style)


def _image(survey: Survey, inline: n.Image, _style: Style) -> None:
    survey.pictures.setdefault(inline.resource)
    if not inline.alt.strip():
        survey.undescribed = True


def _nothing(_survey: Survey, _inline: Inline, _style: Style) -> None:
    pass


def _span(survey: Survey, inline: n.Span, style: Style) -> None:
    attr = inline.attr
    if attr.id:
        survey.place(attr.id)
    survey.run(inline.content, style._replace(lang=attr.lang) if attr.lang else style)


_INLINES: Final[dict[type[Inline], Callable[..., None]]] = {
    n.Emphasis: _emphasis,
    n.Strong: _strong,
    n.EmphasisDots: _dots,
    n.Mark: _content,
    n.Ruby: _ruby,
    n.Warichu: _warichu,
    n.Code: _code,
    n.Math: _math,
    n.Link: _content,
    n.CrossRef: _cross_ref,
    n.NoteRef: _note_ref,
    n.Image: _image,
    n.LineBreak: _nothing,
    n.Span: _span,
}


def xml_id(name: str) -> str:
    """A tree id as an XML name, which may not begin with a digit; others come out unchanged.

    Tree ids have no hyphen, so ``n-12`` meets no other id. What should not be in an id becomes a
    hyphen too: a wrong id must not make a wrong book.
    """
    return name if not name or name.isidentifier() else f"n-{_NO_NAME.sub('-', name)}"


def _first_line(blocks: Blocks) -> Inlines:
    for block in blocks:
        if isinstance(block, n.Paragraph) and plain_text(block.content).strip():
            return block.content
    return ()
