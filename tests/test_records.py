"""Records behave as dataclasses with slots do."""

from __future__ import annotations

import pytest

from ipplan.records import field, fields, record, replace


@record
class Point:
    """A place."""

    x: int
    y: int = 0
    near: list[Point] = field(default_factory=list)
    sum: int = field(init=False)

    def __post_init__(self) -> None:
        self.sum = self.x + self.y


@record(frozen=True)
class Key:
    name: str
    number: int = 1


@record(eq=False)
class Thing:
    value: int


def test_fields_and_defaults() -> None:
    point, other = Point(1), Point(1, y=2)
    assert (point.x, point.y, point.near, point.sum, other.sum) == (1, 0, [], 1, 3)
    assert point.near is not other.near
    assert fields(Point) == ("x", "y", "near", "sum")
    assert Point.__doc__ == "A place."
    with pytest.raises(AttributeError):
        point.z = 1  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        Point()  # type: ignore[call-arg]


def test_equality_and_hash() -> None:
    assert Point(1) == Point(1) != Point(2)
    assert Point(1) != (1, 0, [], 1)
    with pytest.raises(TypeError):
        hash(Point(1))
    assert {Key("a"): 1}[Key("a")] == 1
    assert Thing(1) != Thing(1)
    assert len({Thing(1), Thing(1)}) == 2


def test_replace_makes_a_copy() -> None:
    key = Key("a")
    assert replace(key, number=2) == Key("a", 2)
    assert key.number == 1


def test_repr_names_the_fields_and_ends() -> None:
    point = Point(1)
    point.near.append(point)
    assert repr(point) == "Point(x=1, y=0, near=[...], sum=1)"
