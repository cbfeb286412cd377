"""The base class of plain records: equality, hash and repr over dataclass fields.

Written once here because generating them for each class doubles what importing the classes costs.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

# Field names by class, filled as classes are first compared: derived data, never invalid.
_COMPARED: Final[dict[type[Any], tuple[str, ...]]] = {}


def compared_fields(kind: type[Any]) -> tuple[str, ...]:
    """Names of the fields of `kind` that count for equality, in order of declaration."""
    names = _COMPARED.get(kind)
    if names is None:
        names = _COMPARED[kind] = tuple(f.name for f in fields(kind) if f.compare)
    return names


class Record:
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
        kind: type[Any] = type(self)
        shown = (
            f"{field.name}={value!r}"
            for field in fields(kind)
            if (value := getattr(self, field.name)) != field.default
        )
        return f"{kind.__name__}({', '.join(shown)})"
