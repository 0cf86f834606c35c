"""Pasted tables become values by variable name."""

from __future__ import annotations

import pytest

from novita_desktop.domain.pasted_tables import rows_of

NAMES = ("name", "city")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Ann\tRome\nBen\tParis\n", [("Ann", "Rome"), ("Ben", "Paris")]),
        ("city,name\nRome,Ann\n", [("Ann", "Rome")]),
        ("Name;City;Age\nAnn;Rome;7", [("Ann", "Rome")]),
        ('Ann,"Rome, Italy"', [("Ann", "Rome, Italy")]),
        ("Ann,Rome\n\n , \nBen,Paris", [("Ann", "Rome"), ("Ben", "Paris")]),
    ],
)
def test_rows_by_header_or_by_order(text: str, rows: list[tuple[str, str]]) -> None:
    assert rows_of(text, NAMES, 9) == tuple({"name": name, "city": city} for name, city in rows)


def test_what_lacks_is_left_out_and_too_many_rows_are_cut() -> None:
    assert rows_of("Ann\nBen\nCem", NAMES, 2) == ({"name": "Ann"}, {"name": "Ben"})
    assert rows_of("", NAMES, 9) == ()
    assert rows_of("name\n", NAMES, 9) == ()


def test_a_cell_of_several_lines_stays_one():
    assert rows_of('"two\nlines"\tb', ("x", "y"), 9) == ({"x": "two\nlines", "y": "b"},)
