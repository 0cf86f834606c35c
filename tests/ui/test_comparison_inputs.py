"""The table of inputs: typed, pasted, removed; empty rows do not count."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QTableWidgetItem, QWidget

from novita_desktop.domain.image_values import EXAMPLE
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


def test_a_whole_files_text_is_drawn_at_once_and_runs_as_it_is(qtbot, theme, dialog):
    text = "some words and\nmore " * 100_000
    made = ComparisonInputs(("name", "report"), ({"name": "", "report": text},), dialog.kept_alive)
    began = time.perf_counter()
    made.show()
    assert not made.grab().isNull()
    assert time.perf_counter() - began < 1
    cell = made.table.item(0, 1)
    assert not cell.flags() & Qt.ItemFlag.ItemIsEditable
    assert "too long" in cell.toolTip()
    assert made.value() == ({"name": "", "report": text},)
    assert made.table.item(0, 0).flags() & Qt.ItemFlag.ItemIsEditable


def test_it_says_that_images_cannot_stand_in_it(qtbot, theme, dialog):
    def words(made):
        return " ".join(label.text() for label in made.findChildren(QLabel))

    assert "Images" not in words(dialog)
    row = {"name": "Ann", "photo": EXAMPLE}
    made = ComparisonInputs(("name",), (row,), dialog.kept_alive, images=("photo",))
    assert "Images cannot stand in this table: photo." in words(made)
    assert "names of files" not in words(made)
    made = ComparisonInputs(("report",), ({},), dialog.kept_alive, files=("report",))
    assert "Paste the texts themselves, not the names of files: report." in words(made)
    made = ComparisonInputs(("name",), (row,), dialog.kept_alive, images=("photo",))
    assert made.value() == ({"name": "Ann"},)


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
