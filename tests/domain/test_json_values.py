"""Unknown JSON becomes known kinds or nothing."""

import pytest

from novita_desktop.domain.json_values import as_list, as_object, as_text, as_whole


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        (3, 3),
        (3.0, 3),
        (3.5, None),
        (True, None),
        ("3", None),
        (None, None),
        (1e300, None),
        (2**63, None),
    ],
)
def test_whole_numbers(value, whole):
    assert as_whole(value) == whole


def test_other_kinds_are_empty():
    assert (as_object([1]), as_list({}), as_text(3)) == ({}, (), "")
    assert (as_object({"a": 1}), as_list([1]), as_text("x")) == ({"a": 1}, [1], "x")


def test_whole_numbers_are_those_the_data_file_holds():
    for number in (-(2**63), 2**63 - 1):
        assert as_whole(number) == number
    for number in (-(2**63) - 1, 2**63, 1e300, float("inf"), float("nan")):
        assert as_whole(number) is None
