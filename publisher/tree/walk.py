"""Ways through the tree: every block, every inline, plain text, and changes that keep identity.

Everything rests on two functions that know the node types: `contents` says what a block holds in
reading order, `rebuild` makes the same block with other contents. Both are total over `Block`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, assert_never, overload

from publisher.tree.base import Node
from publisher.tree.meta import Document
from publisher.tree.nodes import (
    Block,
    Blocks,
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
    Inline,
    Inlines,
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from publisher.tree.nodes import DefinitionItem, Row, Stanza

N = TypeVar("N", bound=Node)
T = TypeVar("T")

# Inlines that hold inlines in `content`; `CrossRef` holds them in `fallback`.
CONTAINERS: Final = (Emphasis, Strong, EmphasisDots, Mark, Warichu, Link, Span)


# ------------------------------------------------------------------------ what a block holds


def contents(  # noqa: PLR0911 - one return for each shape of block
    block: Block,
) -> Iterable[tuple[Inlines, Blocks]]:
    """What `block` holds itself, in reading order: inlines, then the blocks that follow them.

    A table's caption is read before its rows, a figure's after its pictures.
    """
    match block:
        case Paragraph() | Heading():
            return ((block.content, ()),)
        case Section() | Box():
            return ((block.title, block.blocks),)
        case ListBlock():
            return [((), item.blocks) for item in block.items]
        case Footnote():
            return (((), block.blocks),)
        case Quote():
            return (((), block.blocks), (block.attribution, ()))
        case Figure():
            return (((), block.blocks), ((), block.caption))
        case Table():
            rows = (*block.head, *block.body, *block.foot)
            return [((), block.caption), *(((), c.blocks) for row in rows for c in row.cells)]
        case Verse():
            lines = [(line, ()) for stanza in block.stanzas for line in stanza.lines]
            return [*lines, (block.attribution, ())]
        case DefinitionList():
            return _definitions(block)
        case TableOfContents():
            return ((block.title, ()),)
        case CodeBlock() | MathBlock() | ThematicBreak() | PageBreak():
            return ()
        case _:
            assert_never(block)


def _definitions(block: DefinitionList) -> Iterator[tuple[Inlines, Blocks]]:
    for item in block.items:
        for term in item.terms:
            yield term, ()
        for definition in item.definitions:
            yield (), definition


def rebuild(  # noqa: PLR0911 - one return for each shape of block
    block: Block,
    on_inlines: Callable[[Inlines], Inlines],
    on_blocks: Callable[[Blocks], Blocks],
) -> Block:
    """`block` with its own contents put through the two functions.

    The same object comes back when both gave back the very tuples they got.
    """
    match block:
        case Paragraph() | Heading():
            content = on_inlines(block.content)  # spelled out: nearly all blocks are these
            return block if content is block.content else replace(block, content=content)
        case Section() | Box():
            title = on_inlines(block.title)
            return _replaced(block, title=title, blocks=on_blocks(block.blocks))
        case ListBlock():
            items = _each(block.items, lambda i: _replaced(i, blocks=on_blocks(i.blocks)))
            return _replaced(block, items=items)
        case Footnote():
            return _replaced(block, blocks=on_blocks(block.blocks))
        case Quote():
            inner = on_blocks(block.blocks)
            return _replaced(block, blocks=inner, attribution=on_inlines(block.attribution))
        case Figure():
            inner = on_blocks(block.blocks)
            return _replaced(block, blocks=inner, caption=on_blocks(block.caption))
        case Table():
            return _rebuilt_table(block, on_blocks)
        case Verse():
            stanzas = _each(block.stanzas, lambda s: _rebuilt_stanza(s, on_inlines))
            return _replaced(block, stanzas=stanzas, attribution=on_inlines(block.attribution))
        case DefinitionList():
            found = _each(block.items, lambda i: _rebuilt_definition(i, on_inlines, on_blocks))
            return _replaced(block, items=found)
        case TableOfContents():
            return _replaced(block, title=on_inlines(block.title))
        case CodeBlock() | MathBlock() | ThematicBreak() | PageBreak():
            return block
        case _:
            assert_never(block)


def _rebuilt_table(table: Table, on_blocks: Callable[[Blocks], Blocks]) -> Table:
    def row(old: Row) -> Row:
        return _replaced(
            old, cells=_each(old.cells, lambda c: _replaced(c, blocks=on_blocks(c.blocks)))
        )

    caption = on_blocks(table.caption)
    head, body, foot = (_each(rows, row) for rows in (table.head, table.body, table.foot))
    return _replaced(table, caption=caption, head=head, body=body, foot=foot)


def _rebuilt_stanza(stanza: Stanza, on_inlines: Callable[[Inlines], Inlines]) -> Stanza:
    return _replaced(stanza, lines=_each(stanza.lines, on_inlines))


def _rebuilt_definition(
    item: DefinitionItem,
    on_inlines: Callable[[Inlines], Inlines],
    on_blocks: Callable[[Blocks], Blocks],
) -> DefinitionItem:
    terms = _each(item.terms, on_inlines)
    return _replaced(item, terms=terms, definitions=_each(item.definitions, on_blocks))


def _replaced(node: N, **changes: object) -> N:
    """`node` with `changes`, or `node` itself when every new value is the old object."""
    for name, value in changes.items():
        if getattr(node, name) is not value:
            return replace(node, **changes)
    return node


def _each(values: tuple[T, ...], change: Callable[[T], T]) -> tuple[T, ...]:
    """`values` with `change` applied, or `values` itself when nothing changed."""
    changed = tuple(map(change, values))
    same = all(new is old for new, old in zip(changed, values, strict=True))
    return values if same else changed


# ----------------------------------------------------------------------------------- walking


def walk_blocks(tree: Document | Blocks) -> Iterator[Block]:
    """Every block in reading order, containers before what they hold."""
    for block in _blocks_of(tree):
        yield block
        for _, inner in contents(block):
            if inner:
                yield from walk_blocks(inner)


def walk_inlines(tree: Document | Blocks) -> Iterator[Inline]:
    """Every inline of every block in reading order, containers before what they hold."""
    for block in _blocks_of(tree):
        for inlines, inner in contents(block):
            if inlines:
                yield from walk_run(inlines)
            if inner:
                yield from walk_inlines(inner)


def walk_run(inlines: Inlines) -> Iterator[Inline]:
    """Every inline of one run in reading order, containers before what they hold."""
    for inline in inlines:
        yield inline
        if isinstance(inline, CONTAINERS):
            yield from walk_run(inline.content)
        elif isinstance(inline, CrossRef):
            yield from walk_run(inline.fallback)


def query(tree: Document | Blocks, kind: type[N]) -> Iterator[N]:
    """Every block or inline of type `kind`, in reading order (each block before its inlines)."""
    for block in _blocks_of(tree):
        if isinstance(block, kind):
            yield block
        for inlines, inner in contents(block):
            if inlines:
                yield from (i for i in walk_run(inlines) if isinstance(i, kind))
            if inner:
                yield from query(inner, kind)


def chapters(document: Document) -> list[Section]:
    """The top-level sections; blocks before the first are the document's front text."""
    return [block for block in document.body if isinstance(block, Section)]


def _blocks_of(tree: Document | Blocks) -> Blocks:
    return tree.body if isinstance(tree, Document) else tree


# ---------------------------------------------------------------------------------- changing


@overload
def map_blocks(tree: Document, change: Callable[[Block], Block | Blocks]) -> Document: ...
@overload
def map_blocks(tree: Blocks, change: Callable[[Block], Block | Blocks]) -> Blocks: ...
def map_blocks(
    tree: Document | Blocks, change: Callable[[Block], Block | Blocks]
) -> Document | Blocks:
    """The tree with `change` applied to every block, inner blocks first.

    `change` gives back the block itself, another one, or a tuple of blocks to stand in its place
    (empty to drop it). The same object comes back when nothing changed.
    """
    if isinstance(tree, Document):
        return _replaced(tree, body=map_blocks(tree.body, change))

    def keep(inlines: Inlines) -> Inlines:
        return inlines

    def deeper(blocks: Blocks) -> Blocks:
        return _spliced(blocks, lambda block: change(rebuild(block, keep, deeper)))

    return deeper(tree)


@overload
def map_inlines(tree: Document, change: Callable[[Inline], Inline | Inlines]) -> Document: ...
@overload
def map_inlines(tree: Blocks, change: Callable[[Inline], Inline | Inlines]) -> Blocks: ...
def map_inlines(
    tree: Document | Blocks, change: Callable[[Inline], Inline | Inlines]
) -> Document | Blocks:
    """The tree with `change` applied to every inline, inner inlines first.

    Title and subtitle of a document's metadata count. `change` gives back the inline itself,
    another, or a tuple to stand in its place. The same object comes back when nothing changed.
    """
    return map_runs(tree, lambda inlines: map_run(inlines, change))


def map_run(inlines: Inlines, change: Callable[[Inline], Inline | Inlines]) -> Inlines:
    """One run of inlines with `change` applied to every inline, inner inlines first."""
    return _spliced(inlines, lambda inline: change(_rebuilt_inline(inline, change)))


def _rebuilt_inline(inline: Inline, change: Callable[[Inline], Inline | Inlines]) -> Inline:
    if isinstance(inline, CONTAINERS):
        return _replaced(inline, content=map_run(inline.content, change))
    if isinstance(inline, CrossRef):
        return _replaced(inline, fallback=map_run(inline.fallback, change))
    return inline


@overload
def map_runs(tree: Document, change: Callable[[Inlines], Inlines]) -> Document: ...
@overload
def map_runs(tree: Blocks, change: Callable[[Inlines], Inlines]) -> Blocks: ...
def map_runs(tree: Document | Blocks, change: Callable[[Inlines], Inlines]) -> Document | Blocks:
    """The tree with `change` applied to every whole run of inlines (a title, a paragraph)."""
    if isinstance(tree, Document):
        meta = _replaced(
            tree.meta, title=change(tree.meta.title), subtitle=change(tree.meta.subtitle)
        )
        return _replaced(tree, meta=meta, body=map_runs(tree.body, change))

    def deeper(blocks: Blocks) -> Blocks:
        return _each(blocks, lambda block: rebuild(block, change, deeper))

    return deeper(tree)


def _spliced(values: tuple[T, ...], change: Callable[[T], T | tuple[T, ...]]) -> tuple[T, ...]:
    """`values` with each replaced by one or many; `values` itself when nothing changed."""
    found: list[T] = []
    changed = False
    for value in values:
        new = change(value)
        if new is value:
            found.append(value)
        elif isinstance(new, tuple):
            found.extend(new)
            changed = True
        else:
            found.append(new)
            changed = True
    return tuple(found) if changed else values


# ------------------------------------------------------------------------------------ text


def plain_text(
    inlines: Inlines, ruby: Literal["base", "both"] = "base", line_break: str = "\n"
) -> str:
    """The characters of a run, marks left out.

    Note calls and pictures contribute nothing, formulas their alternative text (else their TeX),
    cross references the text they are shown as, a forced line break `line_break`. Ruby gives its
    bases, or with ``both`` the annotation after them in full-width parentheses.
    """
    if len(inlines) == 1:
        only = inlines[0]
        if isinstance(only, Text):
            return only.text
    return "".join(_pieces(inlines, ruby, line_break))


def _pieces(inlines: Inlines, ruby: Literal["base", "both"], line_break: str) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text() | Code():
                yield inline.text
            case Emphasis() | Strong() | EmphasisDots() | Mark() | Warichu() | Link() | Span():
                yield from _pieces(inline.content, ruby, line_break)
            case Ruby():
                yield "".join(pair.base for pair in inline.pairs)
                if ruby == "both":
                    yield f"（{''.join(pair.text for pair in inline.pairs)}）"
            case Math():
                yield inline.alt or inline.tex
            case CrossRef():
                yield from _pieces(inline.fallback, ruby, line_break)
            case LineBreak():
                yield line_break
            case NoteRef() | Image():
                pass
            case _:
                assert_never(inline)


def block_text(block: Block) -> str:
    """The text a block holds itself: its title, content or code, but not its inner blocks.

    Several runs, as in verse or terms, are joined by line feeds.
    """
    match block:
        case CodeBlock():
            return block.text
        case MathBlock():
            return block.alt or block.tex
        case _:
            return "\n".join(plain_text(inlines) for inlines, _ in contents(block) if inlines)


def document_text(document: Document) -> list[str]:
    """What a reader reads, one string for each paragraph-like block, in reading order.

    Titles, paragraphs, terms, captions, cells' and items' paragraphs, lines of code and of verse,
    formulas by their alternative text; notes at the end of the chapter they stand in (front text
    counts as one). Empty strings are left out. The title of the document itself, list labels and
    note labels are furniture and not here.
    """
    found: list[str] = []
    notes: list[Footnote] = []
    for block in document.body:
        if isinstance(block, Section) and notes:
            _read_notes(notes, found)
        _read((block,), found, notes)
        if isinstance(block, Section):
            _read_notes(notes, found)
    _read_notes(notes, found)
    return [text for text in found if text]


def _read(blocks: Blocks, found: list[str], notes: list[Footnote]) -> None:
    for block in blocks:
        match block:
            case Paragraph():
                found.append(plain_text(block.content))
            case Footnote():
                notes.append(block)
            case CodeBlock():
                found.extend(block.text.split("\n"))
            case MathBlock():
                found.append(block.alt or block.tex)
            case TableOfContents():
                pass
            case Section() if is_part(block):
                _read_part(block, found, notes)
            case _:
                for inlines, inner in contents(block):
                    if inlines:
                        found.append(plain_text(inlines))
                    if inner:
                        _read(inner, found, notes)


def _read_part(part: Section, found: list[str], notes: list[Footnote]) -> None:
    """A part: its chapters have their notes at their own ends."""
    found.append(plain_text(part.title))
    for block in part.blocks:
        if isinstance(block, Section):
            _read_notes(notes, found)
        _read((block,), found, notes)
        if isinstance(block, Section):
            _read_notes(notes, found)


def _read_notes(notes: list[Footnote], found: list[str]) -> None:
    while notes:
        pending, notes[:] = list(notes), []
        for note in pending:
            _read(note.blocks, found, notes)


def is_part(section: Section) -> bool:
    """True for a volume or part that groups chapters: its sections are chapters themselves."""
    return section.kind in ("volume", "part")


def any_of(tree: Document | Blocks, kind: type[Any]) -> bool:
    """True when the tree holds a block or inline of type `kind`."""
    return next(iter(query(tree, kind)), None) is not None
