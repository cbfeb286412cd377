"""The types of the tree's fields as plain data, read off the dataclasses once.

The JSON codec and the JSON Schema are both made from this, so they cannot disagree with the nodes
or with each other.
"""

from __future__ import annotations

import types
from dataclasses import MISSING, fields
from typing import Any, Final, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from publisher.record import dataclass
from publisher.tree import meta, nodes
from publisher.tree.base import Node

BLOCKS: Final[tuple[type[Any], ...]] = get_args(nodes.Block)
INLINES: Final[tuple[type[Any], ...]] = get_args(nodes.Inline)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string, whole number, number or truth value."""

    kind: type[Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few strings."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A record whose type the field fixes."""

    kind: type[Any]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A node of one of several types, told by ``t``; `name` is Block or Inline."""

    name: Literal["Block", "Inline"]


@dataclass(frozen=True, slots=True)
class Many:
    """Any number of values of one type."""

    item: FieldType


@dataclass(frozen=True, slots=True)
class Pair:
    """Two strings."""


@dataclass(frozen=True, slots=True)
class OrNull:
    """A value or null."""

    item: FieldType


FieldType: TypeAlias = Scalar | Choice | Record | AnyOf | Many | Pair | OrNull


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field: its name, type, default value, and whether it must be given."""

    name: str
    type: FieldType
    default: Any
    required: bool


# By class, filled as they are first asked for: derived data, never invalid.
_SPECS: Final[dict[type[Any], tuple[FieldSpec, ...]]] = {}


def field_specs(kind: type[Any]) -> tuple[FieldSpec, ...]:
    """The fields of a node or record type, in order."""
    found = _SPECS.get(kind)
    if found is None:
        hints = get_type_hints(kind, {**vars(nodes), **vars(meta)})
        found = _SPECS[kind] = tuple(
            FieldSpec(f.name, _field_type(hints[f.name]), f.default, f.default is MISSING)
            for f in fields(kind)
        )
    return found


def _field_type(hint: Any) -> FieldType:
    origin, args = get_origin(hint), get_args(hint)
    if origin is tuple:
        return Many(_field_type(args[0])) if args[-1] is Ellipsis else Pair()
    if origin is Literal:
        return Choice(args)
    if origin in (Union, types.UnionType):
        kept = tuple(a for a in args if a is not type(None))
        if len(kept) < len(args):
            return OrNull(_field_type(kept[0]))
        return AnyOf("Block" if set(kept) == set(BLOCKS) else "Inline")
    if isinstance(hint, type) and issubclass(hint, Node):
        return Record(hint)
    return Scalar(hint)
