"""Links to headings that carry no id: ``[见前文](#来稿)``, as GitHub and pandoc have them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.tree.nodes import Link, Section
from publisher.tree.walk import plain_text, walk_inlines

if TYPE_CHECKING:
    from publisher.tree.nodes import Block


def link_headings(flat: list[Block]) -> list[Block]:
    """The blocks with an id on each heading that a link names by its words.

    A heading's name is its text in lower case, without punctuation, with hyphens for spaces
    (GitHub; the second of a kind ends in ``-1``), or that from its first letter on (pandoc). An
    id that the source writes always comes first.
    """
    wanted = {
        node.target[1:].lower(): node.target[1:]
        for node in walk_inlines(tuple(flat))
        if isinstance(node, Link) and node.target.startswith("#")
    }
    written = {block.attr.id.lower() for block in flat if isinstance(block, Section)}
    wanted = {name: target for name, target in wanted.items() if name not in written}
    if not wanted:
        return flat
    counts: dict[str, int] = {}
    found: list[Block] = []
    for block in flat:
        if isinstance(block, Section) and not block.attr.id:
            name = next((n for n in _names(plain_text(block.title), counts) if n in wanted), "")
            if name:
                block = replace(block, attr=replace(block.attr, id=wanted.pop(name)))  # noqa: PLW2901
        found.append(block)
    return found


def _names(title: str, counts: dict[str, int]) -> list[str]:
    slug = re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", title.strip().lower()))
    repeats = counts.get(slug, 0)
    counts[slug] = repeats + 1
    numbered = f"{slug}-{repeats}" if repeats else slug
    return [numbered, re.sub(r"^[\W\d_]+", "", numbered), title.strip().lower()]
