"""Labels of list items, the same in every output that writes them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.text.numerals import counter

if TYPE_CHECKING:
    from publisher.tree.nodes import ListBlock

_FORMS = {"period": "{}.", "paren": "{})", "parens": "({})", "ideographic": "{}、", "none": "{}"}
_HAN_FORMS = {**_FORMS, "period": "{}、", "paren": "{}）", "parens": "（{}）"}
CHECKED, UNCHECKED = "☑", "☐"


def item_label(node: ListBlock, number: int, bullet: str) -> str:
    """The label of the item with this number.

    Han numbers take the ideographic comma and no space after it, others a full stop
    (cjk-typography 12; the delimiter ``period`` is what sources have by default). Circled numbers
    take nothing while there are circles.
    """
    if not node.ordered:
        return bullet
    figures = counter(number, "decimal" if node.style == "bullet" else node.style)
    if node.style == "circled":
        return f"({figures})" if figures.isascii() else figures
    delimiter = "parens" if node.style == "cjk-paren" else node.delimiter
    forms = _HAN_FORMS if node.style in ("cjk", "cjk-paren") else _FORMS
    return forms[delimiter].format(figures)
