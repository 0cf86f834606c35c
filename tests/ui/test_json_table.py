"""A JSON answer as a table."""

import pytest
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest

from novita_desktop.ui.widgets.json_table import JsonRows, JsonTable, rows_of


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([{"a": 1}, {"b": 2}], JsonRows(("a", "b"), ({"a": 1}, {"b": 2}))),
        ({"rows": [{"a": 1}]}, JsonRows(("a",), ({"a": 1},))),
        ({"a": 1, "b": 2}, JsonRows(("a", "b"), ({"a": 1, "b": 2},))),
        ([1, 2], None),
        ("text", None),
        ([], None),
    ],
)
def test_what_counts_as_rows(value, expected):
    assert rows_of(value) == expected


def test_selected_cells_are_copied_for_a_spreadsheet(qtbot):
    table = JsonTable()
    qtbot.addWidget(table)
    table.set_rows(rows_of([{"city": "Rome", "n": 1}, {"city": "Oslo", "tags": ["x", "y"]}]))
    table.selectAll()
    QTest.keySequence(table, QKeySequence(QKeySequence.StandardKey.Copy))
    assert QGuiApplication.clipboard().text() == "Rome\t1\t\nOslo\t\tx, y"
