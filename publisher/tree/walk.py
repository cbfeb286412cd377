"""Ways through the tree: every block, every inline, plain text, and changes that keep identity.

`publisher.tree.shape` says what each block holds; here is what is done with it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, assert_never, get_args, overload

from publisher.tree.base import Node
from publisher.tree.meta import Document
from publisher.tree.nodes import (
    Block,
    Blocks,
    Code,
    CodeBlock,
    CrossRef,
    Emphasis,
    EmphasisDots,
    Figure,
    Footnote,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Mark,
    Math,
    MathBlock,
    NoteRef,
    Paragraph,
    Ruby,
    Section,
    Span,
    Strong,
    TableOfContents,
    Text,
    Warichu,
)
from publisher.tree.shape import contents, each, merge_text, rebuild, replaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BLOCK_TYPES: Final = frozenset(get_args(Block))

N = TypeVar("N", bound=Node)
T = TypeVar("T")

# Inlines that hold inlines in `content`; `CrossRef` holds them in `fallback`.
CONTAINERS: Final = (Emphasis, Strong, EmphasisDots, Mark, Warichu, Link, Span)


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
    if kind in _BLOCK_TYPES:
        for block in walk_blocks(tree):
            if isinstance(block, kind):
                yield block
        return
    yield from _query_inlines(_blocks_of(tree), kind)


def _query_inlines(blocks: Blocks, kind: type[N]) -> Iterator[N]:
    for block in blocks:
        for inlines, inner in contents(block):
            # Most runs are one text; it is seldom what is asked for.
            if inlines and not (len(inlines) == 1 and type(inlines[0]) is Text is not kind):
                yield from (i for i in walk_run(inlines) if isinstance(i, kind))
            if inner:
                yield from _query_inlines(inner, kind)


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
        return replaced(tree, body=map_blocks(tree.body, change))

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
    """One run of inlines with `change` applied to every inline, inner inlines first.

    Texts that come to stand side by side become one.
    """
    changed = _spliced(inlines, lambda inline: change(_rebuilt_inline(inline, change)))
    return changed if changed is inlines else merge_text(changed)


def _rebuilt_inline(inline: Inline, change: Callable[[Inline], Inline | Inlines]) -> Inline:
    if isinstance(inline, CONTAINERS):
        return replaced(inline, content=map_run(inline.content, change))
    if isinstance(inline, CrossRef):
        return replaced(inline, fallback=map_run(inline.fallback, change))
    return inline


@overload
def map_runs(tree: Document, change: Callable[[Inlines], Inlines]) -> Document: ...
@overload
def map_runs(tree: Blocks, change: Callable[[Inlines], Inlines]) -> Blocks: ...
def map_runs(tree: Document | Blocks, change: Callable[[Inlines], Inlines]) -> Document | Blocks:
    """The tree with `change` applied to every whole run of inlines (a title, a paragraph)."""
    if isinstance(tree, Document):
        meta = replaced(
            tree.meta, title=change(tree.meta.title), subtitle=change(tree.meta.subtitle)
        )
        return replaced(tree, meta=meta, body=map_runs(tree.body, change))

    def deeper(blocks: Blocks) -> Blocks:
        return each(blocks, lambda block: rebuild(block, change, deeper))

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


def broken_by_hand(content: Inlines) -> bool:
    """A line ends where the author says: a poem or an address, all lines of which begin alike.

    >>> broken_by_hand((Text("床前明月光"), LineBreak(), Text("疑是地上霜")))
    True
    """
    if len(content) == 1 and type(content[0]) is Text:
        return False
    return LineBreak in map(type, walk_run(content))


def is_part(section: Section) -> bool:
    """True for a volume or part that groups chapters: its sections are chapters themselves."""
    return section.kind in ("volume", "part")


def any_of(tree: Document | Blocks, kind: type[Any]) -> bool:
    """True when the tree holds a block or inline of type `kind`."""
    return next(iter(query(tree, kind)), None) is not None


def beside(blocks: Blocks) -> dict[int, tuple[Paragraph, ...]]:
    """Figures (by identity) that stand at a side of paragraphs after them, with those.

    Those are figures of one picture that ask for it (`Figure.placement`).
    """
    return {
        id(block): _paragraphs(blocks[at + 1 :])
        for at, (block, after) in enumerate(pairwise(blocks))
        if isinstance(block, Figure)
        and block.placement in ("left", "right")
        and isinstance(after, Paragraph)
        and _is_picture(block.blocks)
    }


def _paragraphs(blocks: Blocks) -> tuple[Paragraph, ...]:
    """The paragraphs that blocks begin with."""
    found = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            break
        found.append(block)
    return tuple(found)


def _is_picture(blocks: Blocks) -> bool:
    match blocks:
        case (Paragraph(content=(Image(),)),):
            return True
    return False
