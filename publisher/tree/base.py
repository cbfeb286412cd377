"""The one base class of every node and record: equality, hash and repr over dataclass fields.

Written once here because generating them per class doubles the import time of the package.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any


@cache
def compared_fields(kind: Any) -> tuple[str, ...]:
    """Names of the fields of `kind` that count for equality, in order of declaration."""
    return tuple(f.name for f in fields(kind) if f.compare)


@cache
def shown_fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    """(name, default) of the fields of `kind`; the default is `...` where one is required."""
    return tuple((f.name, f.default) for f in fields(kind))


class Node:
    """Equality leaves out fields declared with ``compare=False`` (source positions)."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """True for the same type with equal compared fields."""
        if self is other:
            return True
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, n) == getattr(other, n) for n in compared_fields(type(self)))

    def __hash__(self) -> int:
        """Hash over the compared fields."""
        kind = type(self)
        return hash((kind, *(getattr(self, n) for n in compared_fields(kind))))

    def __repr__(self) -> str:
        """Constructor notation with the fields that differ from their defaults."""
        kind = type(self)
        shown = (
            f"{name}={value!r}"
            for name, default in shown_fields(kind)
            if (value := getattr(self, name)) != default
        )
        return f"{kind.__name__}({', '.join(shown)})"
