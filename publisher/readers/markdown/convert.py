"""Block tokens of markdown-it to a flat run of blocks, headings as sections without content."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

from publisher.errors import MalformedSource
from publisher.events import Diagnostic
from publisher.readers.markdown.inlines import InlineReader
from publisher.readers.markdown.notes import NoteBook
from publisher.readers.markdown.parser import MAX_NESTING
from publisher.readers.markdown.slugs import link_headings
from publisher.readers.markdown.tables import TableReader
from publisher.readers.verse import as_verse
from publisher.tree.nodes import (
    Attr,
    Block,
    Blocks,
    CodeBlock,
    DefinitionItem,
    DefinitionList,
    Figure,
    Heading,
    Image,
    Inlines,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Pos,
    Quote,
    Section,
    Text,
    ThematicBreak,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from publisher.events import Report
    from publisher.readers.pictures import PictureShelf

_HEADING_ATTRIBUTES: Final = re.compile(r"[ \t]*\{([^{}|]*)\}[ \t#]*$")
_ATTRIBUTE_PART: Final = re.compile(
    r"#([^\s#.{}=]+)|\.([^\s#.{}=]+)|(\w[\w-]*)=(?:\"([^\"]*)\"|(\S+))"
)
_INNER_LINK: Final = re.compile(r"""[(\s<"'=]#""")
_TASK: Final = re.compile(r"\[([ xX])\][ \t\u3000]+(?=\S)")
# A last line that begins with a dash signs a quotation; a sentence is speech, not a name.
_ATTRIBUTION: Final = re.compile(r"(?:—{1,2}|―{1,2}|-{2,3}|–)[ \t\u3000]*(?=\S)[^。！？!?\n]{1,60}")
_ALT_SOURCE: Final = re.compile(r"!\[(.*)\](?:\([^()]*\)|\[[^\]]*\])?(?:\{[^{}]*\})?")
_INDENT: Final = " \t\u3000\u00a0"
_CONTAINERS: Final = frozenset(
    ["blockquote_open", "list_item_open", "dd_open", "footnote_reference_open"]
)


class BlockReader:
    """Converts one document; also what its inlines need from around them.

    Args:
        parser: From `make_parser`.
        text: The Markdown, without front matter.
        language: The document's language.
        shelf: Takes the pictures.
        source: The source's name and the number of lines before `text`.
        report: Takes diagnostics.
        html: Converts HTML source that begins at a line, as blocks.
    """

    def __init__(
        self,
        parser: MarkdownIt,
        language: str,
        shelf: PictureShelf,
        source: tuple[str, int],
        report: Report,
        html: Callable[[str, int], Blocks],
    ) -> None:
        self.language = language
        self._parser = parser
        self._shelf = shelf
        self._name, self._offset = source
        self._report = report
        self._html_blocks = html
        self._env: dict[str, Any] = {}
        self._inline = InlineReader(parser, self._env, self)
        self._tokens: Sequence[Token] = ()
        self._lines: Sequence[str] = ()
        self._notes = NoteBook(self)
        self._tables = TableReader(self, (), ())

    def read(self, text: str) -> list[Block]:
        """The flat run of the whole text; notes stand after the block that calls them first.

        Raises:
            MalformedSource: Quotes or lists are nested deeper than can be read.
        """
        self._lines = text.split("\n")
        self._tokens = self._parser.parse(text, self._env)
        self._check_depth()
        self._tables = TableReader(self, self._tokens, self._lines)
        self._notes.collect(self._tokens)
        flat: list[Block] = []
        index = 0
        while index < len(self._tokens):
            blocks, index = self._block(index, top=True)
            flat.extend(blocks)
            self._notes.mark(len(flat))
        placed = self._notes.placed(flat)
        return link_headings(placed) if _INNER_LINK.search(text) else placed

    def inlines(self, source: str, line: int = 0) -> Inlines:
        """The inlines of a piece of Markdown, such as a title."""
        return self._inline.read(source, line)

    # ------------------------------------------------------- what the inlines ask for

    def note(self, token: Token, line: int) -> Inlines:
        """The call of a footnote; literal text and a report when no such note is defined."""
        label = token.meta.get("label")
        if label is not None:
            return self._notes.call(str(label), line)
        record = self._env["footnotes"]["list"][token.meta["id"]]
        content = self._inline.convert(record["tokens"], line)
        return self._notes.inline(content, line, Pos(self._name, line, line))

    def picture(self, source: str, line: int) -> str:
        """The resource id of a picture."""
        return self._shelf.take(source, line)

    def html_inlines(self, source: str, line: int) -> Inlines:
        """Inline HTML by the HTML reader."""
        blocks = self._html_blocks(source, line)
        first = blocks[0] if len(blocks) == 1 else None
        if isinstance(first, Paragraph):
            return first.content
        if isinstance(first, Figure) and isinstance(first.blocks[0], Paragraph):
            return first.blocks[0].content
        return ()

    def notice(self, code: str, line: int, **args: str) -> None:
        """Reports a warning about the source; a tag left out is only worth knowing."""
        severity: Literal["info", "warning"] = "info" if code.endswith("-tag") else "warning"
        self._report(
            Diagnostic(code, severity, tuple(sorted(args.items())), source=self._name, line=line)
        )

    # ---------------------------------------------------------------------------- walking

    def _block(self, index: int, *, top: bool = False) -> tuple[Blocks, int]:
        """The blocks that begin at a token, and the index after them."""
        token = self._tokens[index]
        handler = self._handlers.get(token.type)
        if handler is None:
            return (), index + 1
        blocks, after = handler(self, index)
        if not top:
            blocks = tuple(
                Heading(b.level, b.title, b.attr, b.pos) if isinstance(b, Section) else b
                for b in blocks
            )
        return blocks, after

    def _until(self, index: int, closing: str) -> tuple[list[Block], int]:
        """Blocks up to the closing token."""
        blocks: list[Block] = []
        while self._tokens[index].type != closing:
            made, index = self._block(index)
            blocks.extend(made)
        return blocks, index + 1

    def line(self, token: Token) -> int:
        """The 1-based line of a token; 0 when unknown."""
        return token.map[0] + 1 + self._offset if token.map else 0

    def pos(self, token: Token) -> Pos | None:
        """The lines of a token."""
        if not token.map:
            return None
        return Pos(self._name, token.map[0] + 1 + self._offset, token.map[1] + self._offset)

    def _check_depth(self) -> None:
        """markdown-it stops reading at its limit and would lose what is deeper."""
        for token in self._tokens:
            if token.level >= MAX_NESTING - 2 and token.type in _CONTAINERS:
                raise MalformedSource(
                    f"quotes and lists are nested more than {MAX_NESTING // 2} deep",
                    code="source.too-deep",
                    where=f"{self._name}:{self.line(token)}",
                    hint="take some levels out",
                )

    # ------------------------------------------------------------------------------ blocks

    def _paragraph(self, index: int) -> tuple[Blocks, int]:
        opening, inline = self._tokens[index], self._tokens[index + 1]
        source = inline.content.strip(_INDENT)
        content = self._inline.read(source, self.line(opening)) if source else ()
        pos = self.pos(opening)
        if not content:
            return (), index + 3
        if len(content) == 1 and isinstance(content[0], Image | Link):
            figure = self._figure(source, content, pos)
            if figure is not None:
                return (figure,), index + 3
        return (Paragraph(content, pos=pos),), index + 3

    def _figure(self, source: str, content: Inlines, pos: Pos | None) -> Figure | None:
        """A picture alone in its paragraph, linked or not: its title or its alt is the caption."""
        node = content[0]
        linked = isinstance(node, Link)
        if isinstance(node, Link):
            if len(node.content) != 1 or not isinstance(node.content[0], Image):
                return None
            node = node.content[0]
        if not isinstance(node, Image):
            return None
        bare: Inlines = (replace(node, title=""),)
        caption: Inlines = ()
        if node.title:
            caption = self._inline.read(node.title, pos.start if pos else 0)
        elif node.alt:
            # The description as written may hold marks and ruby, which the alt text has lost.
            match = None if linked else _ALT_SOURCE.fullmatch(source)
            caption = self._inline.read(match[1], 0) if match else (Text(node.alt),)
        if linked and isinstance(content[0], Link):
            bare = (replace(content[0], content=bare),)
        blocks = (Paragraph(bare, pos=pos),)
        shown = (Paragraph(caption, pos=pos),) if caption else ()
        return Figure(blocks, shown, self._inline.side, pos=pos)

    def _heading(self, index: int) -> tuple[Blocks, int]:
        opening, inline = self._tokens[index], self._tokens[index + 1]
        source, attr = heading_attributes(inline.content)
        title = self._inline.read(source.strip(_INDENT), self.line(opening))
        if not title:
            return (), index + 3
        listed = not {"unlisted", "-"} & set(attr.classes)
        pos = self.pos(opening)
        section = Section(int(opening.tag[1]), title, listed=listed, attr=attr, pos=pos)
        return (section,), index + 3

    def _list(self, index: int) -> tuple[Blocks, int]:
        opening = self._tokens[index]
        ordered = opening.type == "ordered_list_open"
        closing = "ordered_list_close" if ordered else "bullet_list_close"
        items: list[ListItem] = []
        tight = True
        index += 1
        while self._tokens[index].type != closing:
            checked = self._task(index)
            following = self._tokens[index + 1]
            if following.type == "paragraph_open" and not following.hidden:
                tight = False
            blocks, index = self._until(index + 1, "list_item_close")
            items.append(ListItem(tuple(blocks), checked))
        block = ListBlock(
            tuple(items),
            ordered=ordered,
            start=int(opening.attrs.get("start", 1)),
            style="decimal" if ordered else "bullet",
            delimiter="paren" if opening.markup == ")" else "period",
            tight=tight,
            pos=self.pos(opening),
        )
        return (block,), index + 1

    def _task(self, index: int) -> bool | None:
        """Whether an item is a finished or an open task; its box is taken out of the text."""
        if self._tokens[index + 1].type != "paragraph_open":
            return None
        inline = self._tokens[index + 2]
        match = _TASK.match(inline.content)
        if match is None:
            return None
        inline.content = inline.content[match.end() :]
        return match[1] != " "

    def _quote(self, index: int) -> tuple[Blocks, int]:
        opening = self._tokens[index]
        end = self._closing(index)
        attribution = self._attribution(index, end)
        blocks, after = self._until(index + 1, "blockquote_close")
        if not blocks:
            return (), after
        return (as_verse(Quote(tuple(blocks), attribution, pos=self.pos(opening))),), after

    def _closing(self, index: int) -> int:
        level, kind = self._tokens[index].level, self._tokens[index].type.replace("_open", "_close")
        while not (self._tokens[index].type == kind and self._tokens[index].level == level):
            index += 1
        return index

    def _attribution(self, start: int, end: int) -> Inlines:
        """The last line of a quotation when it begins with a dash, taken out of its text."""
        if self._tokens[end - 1].type != "paragraph_close":
            return ()
        inline = self._tokens[end - 2]
        *before, last = inline.content.rsplit("\n", 1)
        last = last.strip(_INDENT)
        alone = end - 3 == start + 1  # the paragraph is all there is
        if not _ATTRIBUTION.fullmatch(last) or (alone and not before):
            return ()
        inline.content = before[0].rstrip() if before else ""
        dashes = re.match(r"[-—―–]+", last)
        name = last[dashes.end() :].strip(_INDENT) if dashes else last
        return self._inline.read(f"——{name}", self.line(self._tokens[end - 3]))

    def _code(self, index: int) -> tuple[Blocks, int]:
        token = self._tokens[index]
        from markdown_it.common.utils import unescapeAll

        info = unescapeAll(token.info).strip()
        language = info.split(maxsplit=1)[0] if info else ""
        language = language.strip("{}").removeprefix(".")
        text = token.content.removesuffix("\n")
        return (CodeBlock(text, language, pos=self.pos(token)),), index + 1

    def _rule(self, index: int) -> tuple[Blocks, int]:
        return (ThematicBreak(pos=self.pos(self._tokens[index])),), index + 1

    def _html(self, index: int) -> tuple[Blocks, int]:
        token = self._tokens[index]
        return self._html_blocks(token.content, self.line(token)), index + 1

    def _table(self, index: int) -> tuple[Blocks, int]:
        return self._tables.read(index)

    def _definitions(self, index: int) -> tuple[Blocks, int]:
        opening = self._tokens[index]
        items: list[DefinitionItem] = []
        terms: list[Inlines] = []
        definitions: list[Blocks] = []
        index += 1
        while self._tokens[index].type != "dl_close":
            token = self._tokens[index]
            if token.type == "dt_open":
                if definitions:
                    items.append(DefinitionItem(tuple(terms), tuple(definitions)))
                    terms, definitions = [], []
                terms.append(self._inline.read(self._tokens[index + 1].content, self.line(token)))
                index += 3
            else:
                blocks, index = self._until(index + 1, "dd_close")
                definitions.append(tuple(blocks))
        items.append(DefinitionItem(tuple(terms), tuple(definitions)))
        return (DefinitionList(tuple(items), pos=self.pos(opening)),), index + 1

    # ------------------------------------------------------------------------------- notes

    def _footnote(self, index: int) -> tuple[Blocks, int]:
        token = self._tokens[index]
        blocks, after = self._until(index + 1, "footnote_reference_close")
        self._notes.define(str(token.meta["label"]), tuple(blocks), self.pos(token))
        return (), after

    _handlers: ClassVar[dict[str, Callable[[BlockReader, int], tuple[Blocks, int]]]] = {
        "paragraph_open": _paragraph,
        "heading_open": _heading,
        "bullet_list_open": _list,
        "ordered_list_open": _list,
        "blockquote_open": _quote,
        "table_open": _table,
        "fence": _code,
        "code_block": _code,
        "hr": _rule,
        "html_block": _html,
        "dl_open": _definitions,
        "footnote_reference_open": _footnote,
    }


def heading_attributes(source: str) -> tuple[str, Attr]:
    """A heading's text, and the attributes in braces at its end (pandoc's ``{#id .class}``)."""
    match = _HEADING_ATTRIBUTES.search(source)
    if match is None:
        return source, Attr()
    identity, lang = "", ""
    classes: list[str] = []
    rest = match[1]
    for part in _ATTRIBUTE_PART.finditer(rest):
        identity = part[1] or identity
        if part[2]:
            classes.append(part[2])
        if part[3] == "lang":
            lang = part[4] or part[5]
    left = _ATTRIBUTE_PART.sub("", rest).strip()
    if left not in ("", "-"):
        return source, Attr()  # braces that say something else
    if left == "-":
        classes.append("unnumbered")
    return source[: match.start()], Attr(identity, lang, tuple(classes))
