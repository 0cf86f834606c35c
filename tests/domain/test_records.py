"""Records behave as the standard library's frozen, slotted dataclasses do."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from inspect import signature

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.records import record


@record(frozen=True, slots=True)
class Point:
    """A place."""

    x: int
    y: int = 2
    names: dict[str, str] = field(default_factory=dict, compare=False)
    secret: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if self.x < 0:
            raise ValueError("left of everything")


@dataclass(frozen=True, slots=True)
class StandardPoint:
    """A place, as the standard library makes it."""

    x: int
    y: int = 2
    names: dict[str, str] = field(default_factory=dict, compare=False)
    secret: str = field(default="", repr=False)


@record(frozen=True, slots=True)
class Nothing:
    """Has no fields."""


ARGUMENTS = st.fixed_dictionaries(
    {"x": st.integers(0)}, optional={"y": st.integers(), "secret": st.text()}
)


@given(ARGUMENTS, ARGUMENTS)
def test_it_compares_hashes_and_reads_as_the_standard_one(first, second):
    ours = Point(**first), Point(**second)
    theirs = StandardPoint(**first), StandardPoint(**second)
    assert (ours[0] == ours[1]) is (theirs[0] == theirs[1])
    assert hash(ours[0]) == hash(theirs[0])
    assert repr(ours[0]) == repr(theirs[0]).removeprefix("Standard")
    assert ours[0] != theirs[0]


def test_it_is_a_dataclass_to_the_standard_library():
    assert is_dataclass(Point)
    assert replace(Point(1), y=5) == Point(1, 5)
    assert [spec.name for spec in fields(Point)] == ["x", "y", "names", "secret"]
    assert list(signature(Point).parameters) == ["x", "y", "names", "secret"]
    match Point(3, 4):
        case Point(x, y):
            assert (x, y) == (3, 4)


def test_it_does_not_change():
    point = Point(1)
    with pytest.raises(FrozenInstanceError, match="'x'"):
        point.x = 2
    with pytest.raises(FrozenInstanceError, match="'x'"):
        del point.x
    with pytest.raises(FrozenInstanceError):
        point.more = 1
    assert not hasattr(point, "__dict__")


def test_each_has_its_own_made_values_and_is_checked():
    assert Point(1).names is not Point(1).names
    with pytest.raises(ValueError, match="left"):
        Point(-1)
    with pytest.raises(TypeError):
        Point()


def test_one_without_fields_is_equal_to_itself_alone_of_its_kind():
    assert Nothing() == Nothing()
    assert Nothing() != Point(1)
    assert repr(Nothing()) == "Nothing()"


def test_it_says_that_it_is_frozen():
    with pytest.raises(TypeError):
        record(frozen=False, slots=True)
