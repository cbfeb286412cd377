"""A change that a transform makes, or proposes: one record for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from publisher.record import NamedTuple


class Change(NamedTuple):
    """One place of a text that is, or should be, otherwise.

    Attributes:
        kind: What sort of change, such as ``over-converted`` or ``halfwidth-punct``.
        before, after: The text there, and what it becomes.
        source: Name of the source; empty when unknown.
        line: Its line in the source, 1-based; 0 when unknown.
        column: Its character in the line, 1-based; 0 when unknown.
        context: The text around it, as it was.
        sure: Whether it needs no second look.
        reason: What decided it: a word, a rule.
    """

    kind: str
    before: str
    after: str
    source: str = ""
    line: int = 0
    column: int = 0
    context: str = ""
    sure: bool = True
    reason: str = ""


Keep: TypeAlias = Callable[[Sequence[Change]], None]
