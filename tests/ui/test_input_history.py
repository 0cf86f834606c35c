"""Past runs' values are ticked and become inputs, oldest first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from novita_desktop.domain.filled_values import FilledValues
from novita_desktop.ui.dialogs.input_file import InputRoom
from novita_desktop.ui.dialogs.input_history import InputHistory


@pytest.fixture
def dialog(qtbot, theme):
    parent = QWidget()
    qtbot.addWidget(parent)
    found = [FilledValues(n, n * 1_000_000, {"name": f"Name {n}"}) for n in (4, 3, 2, 1)]
    made = InputHistory(found, ("name",), InputRoom(200, 3), parent)
    made.kept_alive = parent
    return made


def ok(dialog):
    return dialog._buttons.button(QDialogButtonBox.StandardButton.Ok)


def test_ticked_ones_are_taken(dialog):
    assert not ok(dialog).isEnabled()
    for row in (0, 2):
        dialog.table.item(row, 0).setCheckState(Qt.CheckState.Checked)
    assert dialog.value() == ({"name": "Name 2"}, {"name": "Name 4"})
    assert ok(dialog).text() == "Add 2 inputs"


def test_all_are_ticked_as_far_as_there_is_room(dialog):
    dialog.all_button.click()
    assert dialog.value() == ({"name": "Name 2"}, {"name": "Name 3"}, {"name": "Name 4"})
    assert dialog._count.text().startswith("The newest 3 are taken")
    dialog.none_button.click()
    assert dialog.value() == ()
    assert dialog._count.text() == ""
