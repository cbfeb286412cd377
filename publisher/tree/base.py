"""The one base class of every node and record of the tree."""

from __future__ import annotations

from publisher.record import Record, compared_fields

__all__ = ["Node", "compared_fields"]


class Node(Record):
    """A node or record of the tree; compared by its fields, source positions left out."""

    __slots__ = ()
