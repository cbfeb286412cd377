"""The tree as JSON and as JSON Lines, versioned: ``{"schema": "publisher-tree/1", ...}``.

A node is an object with its type in ``t`` and the fields that differ from their defaults; records
whose type the field fixes have no ``t``. JSON Lines have a header line (all but the body), then
one top-level block a line.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, Final, NoReturn

from publisher.errors import MalformedSource
from publisher.events import Diagnostic, ignore
from publisher.record import NamedTuple
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
from publisher.tree.meta import Document

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.events import Report
    from publisher.tree.base import Node
    from publisher.tree.fieldtypes import FieldSpec, FieldType

FAMILY: Final = "publisher-tree"
MAJOR: Final = 1
SCHEMA: Final = f"{FAMILY}/{MAJOR}"
MAX_DEPTH: Final = 80  # nodes and records; the builder's 64 and the sections around them fit
_LONGEST_PATH: Final = 120
_SHOWN: Final = 5  # characters that a message lists
_BIGGEST: Final = 2**53  # whole numbers beyond are not the same in every JSON reader

_NAMED: Final[dict[str, dict[str, type[Any]]]] = {
    "Block": {kind.__name__: kind for kind in BLOCKS},
    "Inline": {kind.__name__: kind for kind in INLINES},
}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# Characters that no XML has, so that no format can show them (see `normalize.clean`).
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


# ---------------------------------------------------------------------------------- writing


def to_json(document: Document, indent: int | None = None) -> str:
    """The document as one JSON object; `indent` spreads it over lines for people to read."""
    return json.dumps(to_data(document), ensure_ascii=False, indent=indent)


def to_json_lines(document: Document) -> str:
    """The document as JSON Lines: a header, then one top-level block a line."""
    data = to_data(document)
    body = data.pop("body", [])
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in (data, *body))


def to_data(document: Document) -> dict[str, Any]:
    """The document as dictionaries, lists, strings and numbers, ready for JSON."""
    data: dict[str, Any] = {"schema": SCHEMA}
    data.update(_encoder(Document)(document))
    return data


class _Specs(NamedTuple):
    by_name: dict[str, FieldSpec]
    scalars: dict[str, type[Any]]
    required: tuple[str, ...]


# By class, made as they are first needed: derived data, never invalid.
_ENCODERS: Final[dict[type[Any], Callable[[Any], dict[str, Any]]]] = {}
_SPECS: Final[dict[type[Any], _Specs]] = {}


def _encoder(kind: type[Any]) -> Callable[[Any], dict[str, Any]]:
    """The function that encodes nodes of one type."""
    found = _ENCODERS.get(kind)
    if found is None:
        found = _ENCODERS[kind] = _made_encoder(kind)
    return found


def _made_encoder(kind: type[Any]) -> Callable[[Any], dict[str, Any]]:
    head = {"t": kind.__name__} if kind in BLOCKS or kind in INLINES else {}
    specs = [
        (spec.name, _value_encoder(spec.type), spec.default)
        for spec in field_specs(kind)
        if not (kind is Document and spec.name == "schema")
    ]

    def encode(node: Any) -> dict[str, Any]:
        data: dict[str, Any] = dict(head)
        for name, encode_value, default in specs:
            value = getattr(node, name)
            if value is default or value == default:
                continue
            data[name] = value if encode_value is None else encode_value(value)
        return data

    return encode


def _value_encoder(  # noqa: PLR0911 - one return a type
    kind: FieldType,
) -> Callable[[Any], Any] | None:
    """The function for a field's value; None when the value is JSON as it is."""
    match kind:
        case Scalar() | Choice():
            return None
        case Record(record):
            return _encoder(record)
        case AnyOf():
            return _encode_node
        case OrNull(item):
            inner = _value_encoder(item)
            return None if inner is None else lambda v: None if v is None else inner(v)
        case Many(AnyOf()):
            return _encode_nodes
        case Many(item):
            each = _value_encoder(item)
            return list if each is None else lambda values: [each(v) for v in values]
        case Pair():
            return list


def _encode_node(node: Any) -> dict[str, Any]:
    return _encoder(type(node))(node)


def _encode_nodes(nodes: Any) -> list[dict[str, Any]]:
    return [_encoder(type(node))(node) for node in nodes]


# ---------------------------------------------------------------------------------- reading


def from_json(text: str, source: str = "", report: Report = ignore) -> Document:
    """The document in a JSON text; `source` names it in messages.

    Fields that this version does not know are left out with a warning.

    Raises:
        MalformedSource: It is not JSON, not a tree, or of a later major version; the message
            names the place in the JSON.
    """
    return _Decoder(source, report, text).document(_loads(text, source))


def from_json_lines(text: str, source: str = "", report: Report = ignore) -> Document:
    """The document in JSON Lines; raises like `from_json`."""
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise MalformedSource("holds no tree", where=source)
    header = _loads(lines[0][1], source, lines[0][0])
    if not isinstance(header, dict):
        raise MalformedSource("the first line is no object", where=f"{source}:{lines[0][0]}")
    body = [_loads(line, source, number) for number, line in lines[1:]]
    return _Decoder(source, report, text).document({**header, "body": body})


def _loads(text: str, source: str, line: int = 0) -> Any:
    place = f"{source}:{line}" if line else source
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as problem:
        at = f"{source}:{line or problem.lineno}:{problem.colno}"
        raise MalformedSource(f"is not JSON: {problem.msg}", where=at) from problem
    except RecursionError as problem:
        raise MalformedSource("is nested too deeply", where=place) from problem
    except ValueError as problem:
        reason = "thousands of digits" if "digits" in str(problem) else str(problem)
        raise MalformedSource(f"holds a number that is none: {reason}", where=place) from problem


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


class _BadValue(Exception):  # noqa: N818 - never leaves this module
    """A wrong value; `path` grows from the inside out."""

    def __init__(self, problem: str, *path: str) -> None:
        super().__init__(problem)
        self.path = list(path)


class _Decoder:
    """Decodes one document; keeps the depth and what is to be reported."""

    def __init__(self, source: str, report: Report, text: str) -> None:
        self._source = source
        self._report = report
        self._depth = 0
        self._unknown: set[tuple[str, str]] = set()
        # Only an escape can bring a lone surrogate into a decoded text.
        self._suspect = "\\u" in text or _CONTROL.search(text) is not None
        self._surrogates = 0
        self._controls: list[str] = []

    def document(self, data: Any) -> Document:
        self._check_version(data)
        fields = {name: value for name, value in data.items() if name != "schema"}
        try:
            found = self._record(Document, fields)
        except _BadValue as bad:
            path = "$" + "".join(reversed(bad.path))
            if len(path) > _LONGEST_PATH:
                path = f"{path[:40]}…{path[40 - _LONGEST_PATH :]}"
            raise MalformedSource(f"{path}: {bad}", where=self._source) from bad
        except RecursionError as problem:
            raise MalformedSource("is nested too deeply", where=self._source) from problem
        self._tell()
        assert isinstance(found, Document)
        return found

    def _check_version(self, data: Any) -> None:
        schema = data.get("schema") if isinstance(data, dict) else None
        if not isinstance(schema, str) or not schema.startswith(f"{FAMILY}/"):
            raise MalformedSource(
                f'is no {FAMILY}: "schema" is not "{SCHEMA}"',
                where=self._source,
                hint="publisher tree FILE writes this format",
            )
        major = schema.partition("/")[2].partition(".")[0]
        if not major.isascii() or not major.isdigit() or not 1 <= int(major[:6]) <= MAJOR:
            raise MalformedSource(
                f"$.schema: {schema[:40]!r} is not a version that this program reads",
                where=self._source,
                hint=f"it reads {SCHEMA}; a newer publisher may read it",
            )

    def _tell(self) -> None:
        for kind, name in sorted(self._unknown):
            args = (("field", name), ("type", kind))
            self._report(Diagnostic("tree.unknown-field", "warning", args, source=self._source))
        if self._surrogates:
            args_ = (("count", str(self._surrogates)),)
            self._report(Diagnostic("text.surrogate", "warning", args_, source=self._source))
        if self._controls:
            shown = " ".join(f"U+{ord(char):04X}" for char in sorted(set(self._controls))[:_SHOWN])
            args = (("characters", shown), ("count", str(len(self._controls))))
            self._report(Diagnostic("text.control", "warning", args, source=self._source))

    def _record(self, kind: type[Any], data: Any) -> Node:
        if type(data) is not dict:
            raise _BadValue(f"{_shown(data)} stands where a {kind.__name__} should")
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _BadValue(f"is nested deeper than {MAX_DEPTH} nodes")
        values: dict[str, Any] = {}
        specs, plain, required = _specs_by_name(kind)
        for name, value in data.items():
            if plain.get(name) is type(value):
                values[name] = self._scalar(type(value), value)
                continue
            spec = specs.get(name)
            if spec is None:
                if name != "t":
                    self._unknown.add((kind.__name__, name[:40]))
                continue
            try:
                values[name] = self._value(spec.type, value)
            except _BadValue as bad:
                bad.path.append(f".{name}")
                raise
        for name in required:
            if name not in values:
                raise _BadValue(f"{kind.__name__} has no {name!r}")
        self._depth -= 1
        node: Node = kind(**values)
        return node

    def _node(self, family: str, data: Any) -> Node:
        name = data.get("t") if type(data) is dict else None
        kind = _NAMED[family].get(name) if type(name) is str else None
        if kind is None:
            article = "an inline" if family == "Inline" else "a block"
            what = f"the unknown type {_shown(name)}" if name else _shown(data)
            raise _BadValue(f"{what} stands where {article} should")
        return self._record(kind, data)

    def _value(  # noqa: PLR0911 - one return a type
        self, kind: FieldType, value: Any
    ) -> Any:
        match kind:
            case Scalar(wanted):
                return self._scalar(wanted, value)
            case Many(item):
                return self._many(item, value)
            case Record(record):
                return self._record(record, value)
            case Choice(options):
                if value not in options:
                    raise _BadValue(f"{_shown(value)} is none of {', '.join(options)}")
                return value
            case OrNull(item):
                return None if value is None else self._value(item, value)
            case AnyOf(family):
                return self._node(family, value)
            case Pair():
                if type(value) is not list or len(value) != 2:
                    raise _BadValue(f"{_shown(value)} is not a pair of strings")
                return tuple(self._scalar(str, part) for part in value)

    def _many(self, item: FieldType, values: Any) -> tuple[Any, ...]:
        if type(values) is not list:
            raise _BadValue(f"{_shown(values)} is not an array")
        found = []
        family = item.name if isinstance(item, AnyOf) else ""
        for place, value in enumerate(values):
            try:
                found.append(self._node(family, value) if family else self._value(item, value))
            except _BadValue as bad:
                bad.path.append(f"[{place}]")
                raise
        return tuple(found)

    def _scalar(self, wanted: type[Any], value: Any) -> Any:
        if wanted is float and type(value) is int:
            value = float(value) if abs(value) < _BIGGEST else math.inf
        if type(value) is not wanted:
            name = {
                str: "a string",
                int: "a whole number",
                float: "a number",
                bool: "true or false",
            }
            raise _BadValue(f"{_shown(value)} is not {name[wanted]}")
        if wanted is str and self._suspect:
            return self._cleaned(value)
        if wanted is int and abs(value) > _BIGGEST:
            raise _BadValue(f"{_shown(value)} is too large")
        if wanted is float and not math.isfinite(value):
            raise _BadValue("the number is too large")
        return value

    def _cleaned(self, text: str) -> str:
        if _SURROGATE.search(text):
            self._surrogates += len(_SURROGATE.findall(text))
            text = _SURROGATE.sub("\ufffd", text)
        self._controls += _CONTROL.findall(text)
        return _CONTROL.sub("", text)


def _specs_by_name(kind: type[Any]) -> _Specs:
    """A type's fields by name, the types of those that are scalars, the names of those needed."""
    found = _SPECS.get(kind)
    if found is None:
        specs = field_specs(kind)
        found = _SPECS[kind] = _Specs(
            {spec.name: spec for spec in specs},
            {spec.name: spec.type.kind for spec in specs if isinstance(spec.type, Scalar)},
            tuple(spec.name for spec in specs if spec.required),
        )
    return found


def _shown(value: Any) -> str:
    """A value as JSON, cut to fit a message."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "an array"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:39]}…"
