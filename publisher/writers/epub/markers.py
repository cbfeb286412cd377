"""Which list labels CSS writes by itself; the others are written out (`tree.labels`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.tree.labels import item_label

if TYPE_CHECKING:
    from publisher.tree.nodes import ListBlock

# Lists that every reading system numbers by itself.
_CSS: Final[dict[tuple[str, str], str]] = {
    ("decimal", "period"): "decimal",
    ("alpha", "period"): "lower-alpha",
    ("roman", "period"): "lower-roman",
}


def css_type(block: ListBlock) -> str:
    """The CSS 2 name of an ordered list's numbering, or an empty string if there is none."""
    style = "decimal" if block.style == "bullet" else block.style
    return _CSS.get((style, block.delimiter), "")


def label(block: ListBlock, number: int) -> str:
    """The label of item `number` of an ordered list, such as ``（三）`` or ``3)``."""
    return item_label(block, number, "")
