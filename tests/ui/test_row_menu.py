"""What a row's menu offers depends on the row."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from novita_desktop.domain.batches import Batch, BatchRow, RowState, TableOrigin
from novita_desktop.ui.pages.batch.row_menu import RowMenu

BATCH = Batch(1, "t", 0, TableOrigin("t.csv"), ("name",))


@pytest.fixture
def menu(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    return RowMenu(None, page)


@pytest.mark.parametrize(
    ("row", "offered"),
    [
        (BatchRow(1, ("a",)), [False, True]),
        (BatchRow(1, ("a",), RowState.DONE, 5), [True, True]),
        (BatchRow(1, ("a",), RowState.RUNNING, 5), [True, False]),
    ],
)
def test_a_row_without_run_has_none_to_open_and_one_that_runs_is_not_changed(menu, row, offered):
    actions = menu.menu_for(BATCH, row).actions()
    assert [action.text() for action in actions] == ["Open its run", "Change its cells…"]
    assert [action.isEnabled() for action in actions] == offered
    told = []
    menu.open_requested.connect(told.append)
    if offered[0]:
        actions[0].trigger()
        assert told == [5]
