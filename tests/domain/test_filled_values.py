"""Values of past runs: each once, for the variables that are there."""

from __future__ import annotations

from novita_desktop.domain.filled_values import FilledValues, distinct


def test_equal_values_come_once_and_others_are_left_out():
    found = [
        FilledValues(9, 90, {"name": "Ann", "old": "x"}),
        FilledValues(8, 80, {"name": "Ann", "old": "y"}),
        FilledValues(7, 70, {"other": "z"}),
        FilledValues(6, 60, {"name": "  "}),
        FilledValues(5, 50, {"name": "Ben", "city": "Rome"}),
        FilledValues(4, 40, {"name": "Cem"}),
    ]
    kept = distinct(found, ("name", "city"), 2)
    assert kept == (
        FilledValues(9, 90, {"name": "Ann", "city": ""}),
        FilledValues(5, 50, {"name": "Ben", "city": "Rome"}),
    )
