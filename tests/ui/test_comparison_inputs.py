"""The table of inputs: typed, pasted, removed; empty rows do not count."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableWidgetItem, QWidget

from novita_desktop.ui.dialogs.comparison_inputs import ComparisonInputs


@pytest.fixture
def dialog(qtbot, theme):
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ComparisonInputs(("name", "city"), ({"name": "Ann", "city": "Rome"},), parent)
    made.kept_alive = parent
    return made


def test_what_is_typed_counts_and_empty_rows_do_not(dialog):
    dialog.add_row()
    dialog.add_row()
    dialog.table.setItem(2, 0, QTableWidgetItem("Ben"))
    assert dialog.value() == ({"name": "Ann", "city": "Rome"}, {"name": "Ben", "city": ""})
    assert dialog._count.text() == "2 inputs"


def test_pasted_rows_follow_those_that_are_there(dialog):
    QGuiApplication.clipboard().setText("Ben\tParis\nCem\tOslo")
    dialog.paste()
    assert [row["name"] for row in dialog.value()] == ["Ann", "Ben", "Cem"]
    QGuiApplication.clipboard().setText("")
    dialog.paste()
    assert len(dialog.value()) == 3


def test_selected_rows_are_removed(dialog):
    QGuiApplication.clipboard().setText("Ben\tParis\nCem\tOslo")
    dialog.paste()
    dialog.table.selectRow(1)
    dialog.remove_rows()
    assert [row["name"] for row in dialog.value()] == ["Ann", "Cem"]


def test_what_stands_in_gives_way_unless_it_was_changed(qtbot, theme):
    parent = QWidget()
    qtbot.addWidget(parent)
    for typed, names in (("Ann", ["Ben"]), ("Anna", ["Anna", "Ben"])):
        dialog = ComparisonInputs(("name",), (), parent, stand_in={"name": "Ann", "old": "x"})
        assert dialog.value() == ({"name": "Ann"},)
        dialog.table.item(0, 0).setText(typed)
        dialog.add(({"name": "Ben"},))
        assert [row["name"] for row in dialog.value()] == names
        assert dialog.room == 200 - len(names)
