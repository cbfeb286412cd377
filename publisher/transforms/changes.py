"""A change that a transform makes to a text, or proposes, as data for reports."""

from __future__ import annotations

from publisher.record import Record, dataclass


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Change(Record):
    """One change of a text.

    Attributes:
        kind: What is changed, by a permanent name such as ``halfwidth-punct``.
        before: What stood there; empty for what was put in.
        after: What stands there now, or would.
        source: Name of the source as the user gave it, or empty.
        line: 1-based line of the source in which the paragraph begins; 0 when unknown.
        column: 1-based character in the paragraph's text, which for a paragraph without markup on
            one line is its column; 0 when the paragraph takes several lines or is unknown.
        context: `before` with some of the text round it.
        sure: Whether it is certain.
        reason: Why, in plain words or by what decided it.
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
