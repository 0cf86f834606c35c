"""One row's cells are changed in a field each."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from novita_desktop.ui.dialogs.row_cells import RowCells


@pytest.fixture
def page(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(page, qtbot):
    made = RowCells("7", ("name", "note", "more"), ("Ann", "two\nlines"), page)
    qtbot.addWidget(made)
    return made


def test_every_column_has_its_field(dialog):
    assert dialog.windowTitle() == "Change row 7"
    assert dialog.value() == ("Ann", "two\nlines", "")
    dialog.fields[2].setPlainText("x")
    assert dialog.value() == ("Ann", "two\nlines", "x")
