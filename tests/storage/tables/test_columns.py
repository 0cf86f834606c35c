"""Columns get names that can be told apart, and rows as many cells as there are columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.tables import RowProblem, RowTrouble, TableRow
from novita_desktop.storage.tables.columns import fitted, is_header, letters_of, unique_names
from novita_desktop.storage.tables.table_records import TableRecord


@pytest.mark.parametrize(
    ("place", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")],
)
def test_letters_are_those_of_spreadsheets(place: int, letters: str) -> None:
    assert letters_of(place) == letters


def test_names_without_a_name_are_letters_and_later_ones_get_a_number() -> None:
    given_names = ["Name", "", "name", " first\n line ", "NAME", "name 2", "B"]
    assert unique_names(given_names) == (
        "Name", "B 2", "name 3", "first line", "NAME 4", "name 2", "B",
    )  # fmt: skip


@given(st.lists(st.text(alphabet="aAbB 2\n", max_size=4), max_size=12))
def test_names_are_never_empty_and_never_the_same(names: list[str]) -> None:
    found = unique_names(names)
    assert len({name.casefold() for name in found}) == len(names)
    assert all(name.strip() == name and name for name in found)


def test_many_columns_of_one_name_are_named_at_once() -> None:
    assert unique_names(["x"] * 16_384)[-1] == "x 16384"


@pytest.mark.parametrize(
    ("first", "rest", "names"),
    [
        (["name", "age"], [["Joe", "5"]], True),
        (["name", "age"], [], True),
        (["two\nlines", "age"], [["Joe", "5"]], True),
        (["name", ""], [["Joe", "5"]], True),
        (["name", "", ""], [["Joe", "5", ""]], False),
        (["name", "name"], [], False),
        (["Joe", "5"], [["Ann", "6"]], False),
        (["Joe", "2024-01-02"], [["Ann", "x"]], False),
        (["Joe", "12:30"], [["Ann", "x"]], False),
        (["Joe", "-5.5 %"], [["Ann", "x"]], False),
        (["yes", "no"], [["yes", "no"]], False),
        (["x" * 500], [["y"]], False),
        ([""], [["y"]], False),
    ],
)
def test_a_first_row_is_taken_for_names_when_it_looks_so(
    first: list[str], rest: list[list[str]], names: bool
) -> None:
    assert is_header(first, rest) == names


def test_cells_that_are_missing_are_empty() -> None:
    assert fitted(TableRecord(3, ["a"]), 7, 3) == TableRow(7, ("a", "", ""))


def test_cells_that_are_too_many_are_a_problem_unless_they_are_empty() -> None:
    assert fitted(TableRecord(3, ["a", "b", "", ""]), 1, 2) == TableRow(1, ("a", "b"))
    too_many = RowProblem(RowTrouble.TOO_MANY_CELLS, 3, 4)
    assert fitted(TableRecord(3, ["a", "b", "", "d"]), 1, 2) == TableRow(1, ("a", "b"), too_many)
    other = RowProblem(RowTrouble.UNDECODABLE, 3)
    record = TableRecord(3, ["a", "b", "c"], RowTrouble.UNDECODABLE)
    assert fitted(record, 1, 2) == TableRow(1, ("a", "b"), other)
