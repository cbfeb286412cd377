"""The builder that readers feed: opens and closes nodes, and gives back blocks fit for the tree.

It takes whatever a hostile source does. Text where blocks belong becomes a paragraph; a block
inside a paragraph or a mark splits it; headings come flat and are nested by level at the end;
structure deeper than 64 is flattened; nothing here recurses on the depth of the source.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

from publisher.events import Diagnostic, ignore
from publisher.record import dataclass, field
from publisher.text.normalize import clean
from publisher.tree.nesting import nest_sections
from publisher.tree.nodes import (
    NO_ATTR,
    Box,
    Cell,
    Column,
    DefinitionItem,
    DefinitionList,
    Figure,
    Footnote,
    Heading,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    Pos,
    Quote,
    Row,
    Section,
    Stanza,
    Table,
    Text,
    Verse,
)
from publisher.tree.runs import is_empty_run, tidy_run
from publisher.tree.sorting import (
    is_foreign_to_verse,
    is_inline,
    is_textual,
    lines_of,
    marked,
    run_of,
    split,
    stanzas_of,
    unsectioned,
    without_strays,
)
from publisher.tree.tables import fit_rows
from publisher.tree.walk import CONTAINERS

if TYPE_CHECKING:
    from publisher.events import Report
    from publisher.tree.nodes import Block, Blocks, Inline, Inlines

MAX_DEPTH: Final = 64

_BLOCK_HOLDERS: Final = (Quote, Footnote, Box, ListItem, Cell, Figure)
_RUN_HOLDERS: Final = (Paragraph, Heading, Section)


class Caption:
    """Stands for the caption of the open `Table` or `Figure`."""


class Title:
    """Stands for the title of the open `Box`."""


class Attribution:
    """Stands for the attribution of the open `Quote` or `Verse`."""


class Term:
    """Stands for one term of the open `DefinitionList`."""


class Definition:
    """Stands for one definition of the open `DefinitionList`."""


class VerseLine:
    """Stands for one line of the open `Stanza`."""


_SLOTS: Final = (Caption, Title, Attribution, Term, Definition, VerseLine)


@dataclass(slots=True)
class _Frame:
    """An open node: its type, its fields, what it holds so far and where it began."""

    kind: type[Any]
    fields: dict[str, Any]
    line: int
    items: list[Any] = field(default_factory=list)
    slots: dict[type[Any], list[Any]] = field(default_factory=dict)


class TreeBuilder:
    """Builds the blocks of one source.

    Args:
        source: Name of the source, for positions.
        report: Takes diagnostics about removed characters and flattened structure.
        max_depth: Open nodes before structure is flattened.

    Use `open` and `close` for any node type that holds something, `text`, `soft_break`,
    `line_break` and `add` for what they hold, and `finish` once at the end. The stand-ins of this
    module (`Caption`, `Title`, `Attribution`, `Term`, `Definition`, `VerseLine`) are opened like
    nodes for the parts of a block that are not nodes themselves. `Section` is opened for a
    heading: what it holds is its title.
    """

    def __init__(self, source: str, report: Report = ignore, max_depth: int = MAX_DEPTH) -> None:
        self._source = source
        self._report = report
        self._max_depth = max_depth
        self._stack = [_Frame(type(None), {}, 0)]
        self._skipped: list[bool] = []
        self._line = 0
        self._flattened = 0
        self._removed: Counter[str] = Counter()
        self._removed_line = 0
        self._surrogates = 0
        self._surrogate_line = 0

    # ------------------------------------------------------------------------------ feeding

    def open(self, kind: type[Any], /, *, line: int = 0, **fields: object) -> None:
        """Opens a node of type `kind` (or a stand-in); `fields` are those it shall have.

        `line` is its 1-based line in the source. For a `Row`, ``part`` says whether it belongs to
        ``head``, ``body`` or ``foot``.
        """
        self._line = line or self._line
        if len(self._stack) > self._max_depth:
            is_block = not issubclass(kind, CONTAINERS)
            self._skipped.append(is_block)
            self._flattened = self._flattened or self._line or 1
            if is_block:
                self._boundary()
            return
        self._stack.append(_Frame(kind, fields, self._line))

    def close(self, end: int = 0) -> None:
        """Closes the node opened last; `end` is its last line."""
        if self._skipped:
            if self._skipped.pop():
                self._boundary()
            return
        if len(self._stack) == 1:
            raise ValueError("close() without open()")
        frame = self._stack.pop()
        self._line = max(self._line, end)
        parent = self._stack[-1]
        if frame.kind in _SLOTS:
            parent.slots.setdefault(frame.kind, []).append(frame.items)
            if frame.kind in (Term, Definition):
                parent.items.append((frame.kind, frame.items, frame.line))
            elif frame.kind is VerseLine:
                parent.items.append(tidy_run(run_of(frame.items)))
            return
        parent.items.extend(self._made(frame, end))

    def text(self, text: str) -> None:
        """Adds text; its line feeds are soft line breaks."""
        if not text:
            return
        cleaned = clean(text)
        if cleaned.removed:
            self._removed.update(cleaned.removed)
            self._removed_line = self._removed_line or self._line
        if cleaned.surrogates:
            self._surrogates += cleaned.surrogates
            self._surrogate_line = self._surrogate_line or self._line
        if cleaned.text:
            self._stack[-1].items.append(Text(cleaned.text))

    def soft_break(self) -> None:
        """The line ends in the source, but not for the reader."""
        self._stack[-1].items.append(Text("\n"))

    def line_break(self) -> None:
        """The author wants a new line here."""
        self._stack[-1].items.append(LineBreak())

    def add(self, node: Inline | Block) -> None:
        """Adds a finished node (code, a picture, a note call, a whole block)."""
        self._stack[-1].items.append(node)

    def at(self, line: int) -> None:
        """Says which line of the source comes next."""
        self._line = line

    @property
    def depth(self) -> int:
        """How many nodes are open."""
        return len(self._stack) - 1 + len(self._skipped)

    def _boundary(self) -> None:
        items = self._stack[-1].items
        if items and not isinstance(items[-1], LineBreak):
            items.append(LineBreak())

    # ------------------------------------------------------------------------------- making

    def finish(self, *, nested: bool = True) -> Blocks:
        """The blocks, sections nested by level unless told not to; closes what is still open."""
        while self._skipped or len(self._stack) > 1:
            self.close()
        self._tell()
        found = self._blocks(self._stack[0].items, 0)
        return nest_sections(found) if nested else found

    def _tell(self) -> None:
        if self._removed:
            shown = " ".join(f"U+{ord(c):04X}" for c in sorted(self._removed)[:8])
            count = str(self._removed.total())
            self._say("text.control", self._removed_line, characters=shown, count=count)
        if self._surrogates:
            self._say("text.surrogate", self._surrogate_line, count=str(self._surrogates))
        if self._flattened:
            self._say("tree.depth", self._flattened, limit=str(self._max_depth))

    def _say(self, code: str, line: int, **args: str) -> None:
        self._report(Diagnostic(code, "warning", tuple(sorted(args.items())), self._source, line))

    def _pos(self, line: int, end: int = 0) -> Pos | None:
        return Pos(self._source, line, max(end, line)) if line else None

    def _made(  # noqa: PLR0911 - one return for each shape of node
        self, frame: _Frame, end: int
    ) -> list[Any]:
        """What a closed frame gives its parent: usually one node."""
        kind = frame.kind
        if issubclass(kind, CONTAINERS):
            return marked(kind, frame.items, frame.fields)
        if kind in _RUN_HOLDERS:
            return self._with_runs(frame, end)
        if kind is Row:
            cells = tuple(i for i in frame.items if isinstance(i, Cell))
            loose = [i for i in frame.items if not isinstance(i, Cell)]
            if any(not isinstance(i, Text) or i.text.strip() for i in loose):
                cells = (*cells, Cell(self._blocks(loose, frame.line)))
            part = frame.fields.get("part", "body")
            return [(Row(cells, frame.fields.get("attr", NO_ATTR)), part)]
        if kind is Stanza:
            return [*self._strays(frame, lost=False), Stanza(lines_of(frame.items))]
        made = self._container(frame)
        strays = self._strays(frame, lost=made is None)
        if made is None:
            return strays
        if kind in (ListItem, Cell):
            return [made]
        return [*strays, replace(made, pos=self._pos(frame.line, end or self._line))]

    def _strays(self, frame: _Frame, *, lost: bool) -> list[Any]:
        """What a frame holds and its node cannot; it stands before the node.

        Browsers do the same for text straight inside a table (HTML 13.2.6.1, foster parenting).
        `lost` says that there is no node, so that even its caption or attribution would go.
        """
        strays: list[Any] = []
        if lost:
            slots = (Caption, Title, Attribution)
            strays += [
                item for slot in slots for part in frame.slots.get(slot, []) for item in part
            ]
        if frame.kind in (Table, DefinitionList):
            strays += [item for item in frame.items if not isinstance(item, tuple)]
        if frame.kind in (Verse, Stanza):
            strays += [item for item in frame.items if is_foreign_to_verse(item)]
        return list(unsectioned(self._blocks(strays, frame.line)))

    def _container(self, frame: _Frame) -> Any:
        """A node that holds blocks, or None when it holds nothing."""
        kind, fields = frame.kind, dict(frame.fields)
        if kind in _BLOCK_HOLDERS:
            blocks = unsectioned(self._blocks(frame.items, frame.line))
            fields["blocks"] = blocks
            if Caption in frame.slots:
                fields["caption"] = self._slot_blocks(frame, Caption)
            if Title in frame.slots:
                fields["title"] = _slot_run(frame, Title)
            if Attribution in frame.slots:
                fields["attribution"] = _slot_run(frame, Attribution)
            if not blocks and kind in (Quote, Box) and not fields.get("title"):
                return None
            return kind(**fields)
        if kind is ListBlock:
            items = self._items(frame)
            return kind(items=items, **fields) if items else None
        if kind is DefinitionList:
            found = self._definitions(frame)
            return kind(items=found, **fields) if found else None
        if kind is Table:
            return self._table(frame, fields)
        if kind is Verse:
            stanzas = stanzas_of(frame.items)
            attribution = _slot_run(frame, Attribution)
            return kind(stanzas=stanzas, attribution=attribution, **fields) if stanzas else None
        raise TypeError(f"{kind.__name__} cannot be opened; add() it")

    def _with_runs(self, frame: _Frame, end: int) -> list[Block]:
        """Paragraphs and headings: inlines between the blocks that split them."""
        kind, fields = frame.kind, frame.fields
        if kind is not Paragraph:
            run = tidy_run(run_of(frame.items))
            blocks = [i for i in frame.items if not is_inline(i) and not is_textual(i)]
            if is_empty_run(run):
                return cast("list[Block]", blocks)
            name = "title" if kind is Section else "content"
            pos = self._pos(frame.line, end)
            return [kind(**{name: run}, **fields, pos=pos), *blocks]
        found: list[Block] = []
        for blocks, inlines in split(frame.items):
            found += blocks
            run = tidy_run(inlines)
            if not is_empty_run(run):
                role = {"role": "continuation"} if found and "role" not in fields else {}
                pos = self._pos(frame.line, end or self._line)
                found.append(Paragraph(run, **{**fields, **role}, pos=pos))
                fields = {k: v for k, v in fields.items() if k != "attr"}
        return found

    def _blocks(self, items: list[Any], line: int) -> Blocks:
        """`items` as blocks: loose inlines become paragraphs, stray parts give what they hold."""
        found: list[Block] = []
        for blocks, inlines in split(without_strays(items)):
            found += blocks
            run = tidy_run(inlines)
            if not is_empty_run(run):
                found.append(Paragraph(run, pos=self._pos(line)))
        return tuple(found)

    def _slot_blocks(self, frame: _Frame, slot: type[Any]) -> Blocks:
        items = [item for part in frame.slots.get(slot, []) for item in part]
        return unsectioned(self._blocks(items, frame.line))

    def _items(self, frame: _Frame) -> tuple[ListItem, ...]:
        """The items of a list; what stands between items becomes an item of its own."""
        found: list[ListItem] = []
        loose: list[Any] = []
        for item in [*frame.items, None]:
            if item is not None and not isinstance(item, ListItem):
                loose.append(item)
                continue
            blocks = unsectioned(self._blocks(loose, frame.line))
            loose = []
            if blocks and found and all(isinstance(b, ListBlock) for b in blocks):
                # A list straight inside a list is the sloppy way to nest it.
                found[-1] = replace(found[-1], blocks=(*found[-1].blocks, *blocks))
            elif blocks:
                found.append(ListItem(blocks))
            if item is not None:
                found.append(item)
        return tuple(found)

    def _definitions(self, frame: _Frame) -> tuple[DefinitionItem, ...]:
        found: list[DefinitionItem] = []
        terms: list[Inlines] = []
        definitions: list[Blocks] = []
        for item in frame.items:
            if not isinstance(item, tuple):
                continue
            slot, items, line = item
            if slot is Term:
                if definitions:
                    found.append(DefinitionItem(tuple(terms), tuple(definitions)))
                    terms, definitions = [], []
                run = tidy_run(run_of(items))
                terms += [run] if run else []
            else:
                blocks = unsectioned(self._blocks(items, line))
                definitions += [blocks] if blocks else []
        if terms or definitions:
            found.append(DefinitionItem(tuple(terms), tuple(definitions)))
        return tuple(found)

    def _table(self, frame: _Frame, fields: dict[str, Any]) -> Table | None:
        rows: dict[str, list[Row]] = {"head": [], "body": [], "foot": []}
        for item in frame.items:
            if isinstance(item, tuple):
                rows[item[1]].append(item[0])
        caption = self._slot_blocks(frame, Caption)
        if not any(rows.values()):
            return None
        fitted = fit_rows((rows["head"], rows["body"], rows["foot"]))
        if fitted.clipped:
            self._say("table.grid", frame.line, cells=str(fitted.clipped))
        given = fields.pop("columns", ())[: fitted.width]
        columns = (*given, *(Column() for _ in range(fitted.width - len(given))))
        head, body, foot = fitted.groups
        return Table(columns=columns, head=head, body=body, foot=foot, caption=caption, **fields)


def _slot_run(frame: _Frame, slot: type[Any]) -> Inlines:
    return tidy_run(run_of([item for part in frame.slots.get(slot, []) for item in part]))
