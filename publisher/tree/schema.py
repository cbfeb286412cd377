"""The JSON Schema of the tree, made from the node types; ``docs/tree.schema.json`` holds it.

``python -m publisher.tree.schema`` writes it to standard output.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final

from publisher.tree.fieldtypes import (
    BLOCKS,
    INLINES,
    AnyOf,
    Choice,
    Many,
    OrNull,
    Pair,
    Record,
    Scalar,
    field_specs,
)
from publisher.tree.json import SCHEMA
from publisher.tree.meta import Document

if TYPE_CHECKING:
    from publisher.tree.fieldtypes import FieldType

_SCALARS: Final = {str: "string", int: "integer", float: "number", bool: "boolean"}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every tree in JSON is valid against."""
    definitions: dict[str, Any] = {
        "Block": _one_of(BLOCKS),
        "Inline": _one_of(INLINES),
    }
    pending: list[type[Any]] = [Document, *BLOCKS, *INLINES]
    while pending:
        kind = pending.pop(0)
        if kind.__name__ in definitions:
            continue
        specs = field_specs(kind)
        definitions[kind.__name__] = _object(kind)
        pending += [r for spec in specs if (r := _record_in(spec.type)) is not None]
    root = definitions.pop("Document")
    root["properties"].pop("schema")
    root["properties"] = {"schema": {"const": SCHEMA}, **root["properties"]}
    root["required"] = ["schema", *root.get("required", [])]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        "description": "The document tree of publisher: one form between all readers and writers.",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text() -> str:
    """The schema as the file in ``docs`` holds it."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _one_of(kinds: tuple[type[Any], ...]) -> dict[str, Any]:
    names = [kind.__name__ for kind in kinds]
    return {
        "type": "object",
        "required": ["t"],
        "properties": {"t": {"enum": names}},
        "allOf": [
            {
                "if": {"properties": {"t": {"const": name}}},
                "then": {"$ref": f"#/$defs/{name}"},
            }
            for name in names
        ],
    }


def _object(kind: type[Any]) -> dict[str, Any]:
    specs = field_specs(kind)
    properties: dict[str, Any] = {}
    required: list[str] = []
    if kind in BLOCKS or kind in INLINES:
        properties["t"] = {"const": kind.__name__}
        required.append("t")
    for spec in specs:
        properties[spec.name] = _schema_of(spec.type)
        if isinstance(spec.default, str | int | float) and not spec.required:
            properties[spec.name] = {**properties[spec.name], "default": spec.default}
    required += [spec.name for spec in specs if spec.required]
    found: dict[str, Any] = {"type": "object", "properties": properties}
    summary = (kind.__doc__ or "").partition("\n")[0]
    if summary:
        found = {"description": summary, **found}
    return {**found, "required": required} if required else found


def _schema_of(  # noqa: PLR0911 - one return a type
    kind: FieldType,
) -> dict[str, Any]:
    match kind:
        case Scalar(scalar):
            return {"type": _SCALARS[scalar]}
        case Choice(options):
            return {"enum": list(options)}
        case Record(record):
            return {"$ref": f"#/$defs/{record.__name__}"}
        case AnyOf(name):
            return {"$ref": f"#/$defs/{name}"}
        case Many(item):
            return {"type": "array", "items": _schema_of(item)}
        case Pair():
            return {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}
        case OrNull(item):
            return {"anyOf": [_schema_of(item), {"type": "null"}]}


def _record_in(kind: FieldType) -> type[Any] | None:
    match kind:
        case Record(record):
            return record
        case Many(item) | OrNull(item):
            return _record_in(item)
        case _:
            return None


if __name__ == "__main__":
    sys.stdout.write(schema_text())
