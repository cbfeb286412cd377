"""Records against the standard library's dataclasses."""

import dataclasses
import pickle

import pytest

from publisher.record import NamedTuple, dataclass, field


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Plain:
    name: str
    size: float = 1.0


@dataclass(frozen=True, slots=True)
class Deep(Point):
    z: int = 9


@dataclass(frozen=True, slots=True)
class Nothing:
    """No fields."""


class Pair(NamedTuple):
    """Two things."""

    one: int
    other: str = "b"

    @property
    def both(self):
        return f"{self.one}{self.other}"


def test_named_tuples_are_those_of_the_standard_library():
    pair = Pair(1)
    assert (pair, pair.both, pair._replace(one=2).one, Pair.__doc__) == (
        (1, "b"),
        "1b",
        2,
        "Two things.",
    )
    assert (Pair._fields, Pair.__match_args__, Pair._field_defaults) == (
        ("one", "other"), ("one", "other"), {"other": "b"},
    )  # fmt: skip
    assert pickle.loads(pickle.dumps(pair)) == pair
    with pytest.raises(TypeError):
        Pair()


def test_fields_are_set_by_place_name_and_default():
    assert (Point(1).x, Point(1).y, Point(1, y=3).y, Point(x=1, tags=["a"]).tags) == (
        1,
        2,
        3,
        ["a"],
    )
    assert Point(1).tags is not Point(1).tags
    assert (Deep(1).y, Deep(1, z=4).z) == (2, 4)


def test_wrong_arguments_are_named():
    for _ in range(2):  # the constructor is made by the first call
        with pytest.raises(TypeError, match="required positional argument: 'x'"):
            Point()
        with pytest.raises(TypeError, match="unexpected keyword argument 'q'"):
            Point(1, q=2)


def test_frozen_records_do_not_change():
    for change in (lambda: setattr(Point(1), "x", 2), lambda: delattr(Point(1), "x")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change()
    plain = Plain("a")
    plain.size = 2.0
    assert plain == Plain("a", 2.0)
    with pytest.raises(AttributeError):
        plain.other = 1


def test_equality_and_hash_are_those_of_the_fields():
    assert (Plain("a") == Plain("a"), Plain("a") == Plain("b"), Plain("a") == "a") == (1, 0, 0)
    assert Point(1) != Deep(1)
    assert hash(Nothing()) == hash(Nothing())
    with pytest.raises(TypeError):
        hash(Plain("a"))


def test_the_standard_functions_know_them():
    assert dataclasses.is_dataclass(Plain("a"))
    assert [f.name for f in dataclasses.fields(Deep)] == ["x", "y", "tags", "z"]
    assert dataclasses.replace(Deep(1), z=3) == Deep(1, z=3)
    assert dataclasses.asdict(Point(1)) == {"x": 1, "y": 2, "tags": []}
    assert repr(Plain("a")) == "Plain(name='a', size=1.0)"


def test_they_pass_between_processes_and_into_patterns():
    assert pickle.loads(pickle.dumps([Deep(1, z=3), Plain("a")])) == [Deep(1, z=3), Plain("a")]
    match Deep(1):
        case Deep(x, y):
            assert (x, y) == (1, 2)
