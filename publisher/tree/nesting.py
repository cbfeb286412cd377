"""Sections from flat headings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.record import dataclass, field
from publisher.tree.nodes import Section

if TYPE_CHECKING:
    from publisher.tree.nodes import Block, Blocks


@dataclass(slots=True)
class _Open:
    section: Section
    blocks: list[Block] = field(default_factory=list)


def nest_sections(flat: Blocks) -> Blocks:
    """`flat` with every block after a section's heading put inside it, by level.

    A section closes at the next one of the same or a higher rank (lower number). Gaps of levels
    stay as they are: a level 4 straight under a level 2 is its child. Blocks that a section holds
    already stay its first ones.
    """
    if not any(isinstance(block, Section) for block in flat):
        return flat
    top: list[Block] = []
    stack: list[_Open] = []

    def close() -> None:
        done = stack.pop()
        made = done.section
        if done.blocks:
            made = replace(made, blocks=(*made.blocks, *done.blocks))
        (stack[-1].blocks if stack else top).append(made)

    for block in flat:
        if isinstance(block, Section):
            while stack and stack[-1].section.level >= block.level:
                close()
            stack.append(_Open(block))
        else:
            (stack[-1].blocks if stack else top).append(block)
    while stack:
        close()
    return tuple(top)
