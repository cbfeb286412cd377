"""Plain records: `dataclass` and `NamedTuple` as in the standard library, at less cost.

The standard decorator compiles several methods for each class, which for the two hundred classes
here is a quarter of the time that a short article takes. This one compiles nothing but the
constructor, and that when the first record of the class is made; equality, hash and repr are
written once. `dataclasses.fields`, `replace`, `asdict` and `is_dataclass` work as ever. Named
tuples are those of `collections`; `typing` would compile each annotation, for thrice the time.
"""

from __future__ import annotations

from collections import namedtuple
from dataclasses import MISSING, Field, FrozenInstanceError, field, fields
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
    from typing import NamedTuple

__all__ = ["NamedTuple", "Record", "compared_fields", "dataclass", "field"]


if not TYPE_CHECKING:
    _OWN = frozenset(("__annotations__", "__module__", "__qualname__", "__slots__"))

    class _Rows(type):
        """Makes a named tuple of a class body."""

        def __new__(cls, name: str, _: object, body: dict[str, Any]) -> type[tuple[Any, ...]]:
            own = body.get("__annotations__", {})
            defaults = [body[field] for field in own if field in body]
            made = namedtuple(name, own, defaults=defaults, module=body["__module__"])  # noqa: PYI024
            made.__annotations__ = own
            for key, value in body.items():
                if key not in own and key not in _OWN:
                    setattr(made, key, value)
            return made

    class _Base:
        def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
            return (type.__new__(_Rows, "NamedTuple", (), {}),)

    NamedTuple = _Base()


class _Known(NamedTuple):
    """Name, annotation and default of a field: a value, a `Field`, or MISSING."""

    name: str
    annotation: Any
    default: Any


class _Fields:
    """`__dataclass_fields__` of a class, made when asked for."""

    def __init__(self, known: tuple[_Known, ...]) -> None:
        self._known = known
        self._fields: dict[str, Field[Any]] | None = None

    def __get__(self, instance: object, owner: type[Any]) -> dict[str, Field[Any]]:
        if self._fields is None:
            import dataclasses

            body: dict[str, Any] = {"__doc__": "A class of these fields."}
            body["__annotations__"] = {k.name: k.annotation for k in self._known}
            body |= {k.name: k.default for k in self._known if k.default is not MISSING}
            make: Any = dataclasses.dataclass(init=False, repr=False, eq=False)
            self._fields = {f.name: f for f in fields(make(type("Twin", (), body)))}
        return self._fields


def _constructor(kind: type[Any], known: tuple[_Known, ...], *, frozen: bool) -> Any:
    """The constructor of a class, compiled."""
    scope: dict[str, Any] = {"_given": MISSING}
    given, lines = ["self"], []
    for name, _, declared in known:
        value, default = name, declared
        if isinstance(declared, Field):
            default = declared.default
            if declared.default_factory is not MISSING:
                scope[f"_make_{name}"] = declared.default_factory
                value = f"_make_{name}() if {name} is _given else {name}"
                default = MISSING
        if value != name:
            given.append(f"{name}=_given")
        elif default is MISSING:
            given.append(name)
        else:
            given.append(f"{name}=_default_{name}")
            scope[f"_default_{name}"] = default
        if frozen:
            scope[f"_set_{name}"] = getattr(kind, name).__set__
            lines.append(f"    _set_{name}(self, {value})")
        else:
            lines.append(f"    self.{name} = {value}")
    body = "\n".join(lines) or "    pass"
    exec(f"def __init__({', '.join(given)}):\n{body}", scope)  # noqa: S102 - our own field names
    made = scope["__init__"]
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    return made


if not TYPE_CHECKING:

    def dataclass(
        *,
        frozen: bool = False,
        slots: bool = True,
        eq: bool = True,
        repr: bool = True,  # noqa: A002 - the standard decorator's name
    ) -> Callable[[type[Any]], type[Any]]:
        """`dataclasses.dataclass` with slots; fields are inherited from records only."""
        assert slots
        return partial(_record, frozen=frozen, eq=eq, shown=repr)


def _record(cls: type[Any], *, frozen: bool, eq: bool, shown: bool) -> Any:
    """The class with slots for its fields."""
    body = dict(cls.__dict__)
    own = body.get("__annotations__", {})
    inherited = getattr(cls, "__record__", ())
    known = (*inherited, *(_Known(name, a, body.pop(name, MISSING)) for name, a in own.items()))
    names = tuple(field.name for field in known)
    for name in ("__dict__", "__weakref__"):
        body.pop(name, None)
    body |= {
        "__slots__": tuple(own),
        "__record__": known,
        "__dataclass_fields__": _Fields(known),
        "__match_args__": names,
    }
    if eq:
        body |= _equality(names, frozen=frozen)
    if shown:
        body["__repr__"] = _repr
    if frozen:
        body |= _FROZEN

    def first(self: Any, /, *args: Any, **given: Any) -> None:
        kind.__init__ = made = _constructor(kind, known, frozen=frozen)
        made(self, *args, **given)

    body["__init__"] = first
    meta: Any = type(cls)
    kind: Any = meta(cls.__name__, cls.__bases__, body)
    return kind


def _equality(names: tuple[str, ...], *, frozen: bool) -> dict[str, Any]:
    """Equality over all fields of the same class, and the hash of frozen records."""
    if len(names) > 1:
        values = attrgetter(*names)
    else:

        def values(record: Any) -> tuple[Any, ...]:  # type: ignore[misc]
            return tuple([getattr(record, name) for name in names])

    def __eq__(self: Any, other: object) -> bool:  # noqa: N807
        if type(other) is not type(self):
            return NotImplemented
        return bool(values(self) == values(other))

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _repr(self: Any) -> str:
    shown = (f"{known.name}={getattr(self, known.name)!r}" for known in self.__record__)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _fixed(_: Any, name: str, *__: Any) -> None:
    raise FrozenInstanceError(f"cannot change field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, known.name) for known in self.__record__]


def _restore(self: Any, state: list[Any]) -> None:
    for known, value in zip(self.__record__, state, strict=True):
        object.__setattr__(self, known.name, value)


_FROZEN: Final[dict[str, Any]] = {
    "__setattr__": _fixed,
    "__delattr__": _fixed,
    "__getstate__": _state,
    "__setstate__": _restore,
}

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
