"""The outline, named destinations and page labels (ISO 32000-1, 12.3 and 12.4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.record import dataclass, field
from publisher.writers.pdf import syntax

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.layout.types import OutlineEntry
    from publisher.writers.pdf.reportlab_shim import PdfFile, Ref

# An outline opens down to the level that still shows at most so many lines.
_LINES_SHOWN = 40
# Names in one leaf of a name tree.
_LEAF = 64
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_ROMAN_HUNDREDS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"))
_ROMAN_TENS = ((90, "xc"), (50, "l"), (40, "xl"))


@dataclass(slots=True, eq=False)
class _Item:
    entry: OutlineEntry | None
    ref: Ref
    depth: int
    parent: _Item | None = None
    kids: list[_Item] = field(default_factory=list)


def build_outline(
    file: PdfFile, outline: Sequence[OutlineEntry], destinations: Mapping[str, str]
) -> Ref | None:
    """Adds the outline; None when it has no line.

    Entries that no table of contents lists are left out, and so are those without a place. A level
    that skips one (1 to 3) hangs below the nearest one before it.

    Args:
        file: Takes the objects.
        outline: Every section in reading order.
        destinations: Id -> where it stands, PDF already.
    """
    shown = [entry for entry in outline if entry.listed and entry.id in destinations]
    if not shown:
        return None
    root = _Item(None, file.reserve(), 0)
    open_items = [root]
    items: list[_Item] = []
    for entry in shown:
        while (top := open_items[-1]).entry is not None and top.entry.level >= entry.level:
            open_items.pop()
        item = _Item(entry, file.reserve(), len(open_items), open_items[-1])
        open_items[-1].kids.append(item)
        open_items.append(item)
        items.append(item)
    deepest = _open_depth(items)
    file.put(root.ref, _dictionary(root, None, deepest))
    for item in (root, *items):
        for index, kid in enumerate(item.kids):
            neighbours = (
                item.kids[index - 1] if index else None,
                item.kids[index + 1] if index + 1 < len(item.kids) else None,
            )
            file.put(kid.ref, _dictionary(kid, neighbours, deepest, destinations))
    return root.ref


def _open_depth(items: Sequence[_Item]) -> int:
    """The deepest level shown when the file is opened; at least the first."""
    depth, count = 1, 0
    for level in range(1, max(item.depth for item in items) + 1):
        count += sum(item.depth == level for item in items)
        if count > _LINES_SHOWN:
            break
        depth = level
    return depth


def _visible(item: _Item, deepest: int) -> int:
    """How many lines an item shows below it when it is open (12.3.3, /Count)."""
    return sum(1 + (_visible(kid, deepest) if kid.depth < deepest else 0) for kid in item.kids)


def _dictionary(
    item: _Item,
    neighbours: tuple[_Item | None, _Item | None] | None,
    deepest: int,
    destinations: Mapping[str, str] | None = None,
) -> str:
    entries: dict[str, str] = {}
    if item.entry is None:
        entries["Type"] = "/Outlines"
    elif item.parent is not None and destinations is not None:
        title = " ".join(item.entry.title.split())
        entries["Title"] = syntax.text_string(title)
        entries["Parent"] = item.parent.ref
        entries["Dest"] = destinations[item.entry.id]
    for key, neighbour in zip(("Prev", "Next"), neighbours or (), strict=False):
        if neighbour is not None:
            entries[key] = neighbour.ref
    if item.kids:
        entries["First"], entries["Last"] = item.kids[0].ref, item.kids[-1].ref
        count = _visible(item, deepest)
        entries["Count"] = str(count if item.depth < deepest else -count)
    return syntax.dictionary(entries)


def build_names(file: PdfFile, destinations: Mapping[str, str]) -> str:
    """The name tree of destinations, as the value of /Dests in /Names (7.9.6)."""
    named = sorted((key.encode(), value) for key, value in destinations.items())
    leaves = []
    for first in range(0, len(named), _LEAF):
        part = named[first : first + _LEAF]
        limits = f"[{syntax.byte_string(part[0][0])} {syntax.byte_string(part[-1][0])}]"
        pairs = (f"{syntax.byte_string(key)} {value}" for key, value in part)
        leaves.append(file.add(syntax.dictionary({"Limits": limits, "Names": syntax.array(pairs)})))
    return syntax.dictionary({"Kids": syntax.array(leaves)})


def page_labels(labels: Sequence[str]) -> str:
    """/PageLabels: ranges of decimal and lower-case roman numbers, other labels as they are."""
    ranges: list[str] = []
    style, value = "", 0
    for page, label in enumerate(labels):
        its_style, its_value = _kind(label)
        if not its_style:
            entries = {"P": syntax.text_string(label)} if label else {}
            ranges.append(f"{page} {syntax.dictionary(entries)}")
        elif its_style != style or its_value != value + 1:
            entries = {"S": f"/{its_style}"}
            if its_value != 1:
                entries["St"] = str(its_value)
            ranges.append(f"{page} {syntax.dictionary(entries)}")
        style, value = its_style, its_value
    return syntax.dictionary({"Nums": syntax.array(ranges)})


def _kind(label: str) -> tuple[str, int]:
    """Numbering style and number of a label; an empty style for other labels."""
    if label.isascii() and label.isdigit() and not label.startswith("0"):
        return "D", int(label)
    value = _from_roman(label)
    return ("r", value) if value else ("", 0)


def _from_roman(label: str) -> int:
    """The number that lower-case roman numerals say; 0 for anything else."""
    rest, value = label, 0
    for worth, digits in (*_ROMAN_HUNDREDS, *_ROMAN_TENS, *_ROMAN):
        while rest.startswith(digits):
            value += worth
            rest = rest[len(digits) :]
    return value if not rest and to_roman(value) == label else 0


def to_roman(value: int) -> str:
    """Lower-case roman numerals; empty for 0."""
    digits = []
    for worth, letters in (*_ROMAN_HUNDREDS, *_ROMAN_TENS, *_ROMAN):
        count, value = divmod(value, worth)
        digits.append(letters * count)
    return "".join(digits)
