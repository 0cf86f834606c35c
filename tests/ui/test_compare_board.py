"""The board keeps a column for each key, in the order that is asked for."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel

from novita_desktop.demo import DemoThread
from novita_desktop.domain.comparisons import Column
from tests.ui.compare_stage import MODELS, compare_stage
from tests.ui.page_stage import Tools


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with DemoThread(speed=0) as host, compare_stage(Tools(qtbot, wait, theme, host), tmp_path) as s:
        yield s


COLUMNS = tuple(Column(key, model) for key, model in enumerate(MODELS[:3], start=1))


def test_columns_are_kept_moved_and_removed(stage):
    board = stage.page.board
    board.set_columns(COLUMNS, ())
    first = board.column(1)
    board.set_columns(COLUMNS[:2], ())
    board.set_columns(COLUMNS, ())
    assert board.column(1) is first
    board.set_columns(COLUMNS, (3, 1))
    assert [column.key for column in board] == [3, 1, 2]
    heard = QAccessible.queryAccessibleInterface(board.widget())
    names = [heard.child(place).text(QAccessible.Text.Name) for place in range(3)]
    assert names == [column.accessibleName() for column in board]
    board.set_columns(COLUMNS[1:], ())
    assert [column.key for column in board] == [2, 3]


def test_tab_goes_through_the_columns_as_they_are_shown(stage):
    board = stage.page.board
    board.set_columns(COLUMNS, (2, 3, 1))
    seen, widget = [], next(iter(board))._menu_button
    for _ in range(400):
        column = next((c for c in board if c.isAncestorOf(widget)), None)
        if column is not None and column.key not in seen:
            seen.append(column.key)
        widget = widget.nextInFocusChain()
    assert seen == [2, 3, 1]


def test_names_are_hidden_by_place(stage):
    board = stage.page.board
    board.set_columns(COLUMNS, (2, 3, 1))
    board.hide_names("Answer {n}", ("qwen",))
    assert [c.accessibleName() for c in board] == ["Answer 1", "Answer 2", "Answer 3"]
    board.hide_names("", ())
    assert "Answer 1" not in [c.accessibleName() for c in board]


def test_best_figures_are_marked_among_columns_that_are_over(stage):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    costs = {c.key: c.facts.cost.units for c in stage.columns}
    best = min(costs, key=costs.get)
    for column in stage.columns:
        figure = column.findChild(QLabel, "fact_cost")
        assert (figure.accessibleDescription() == "best") == (column.key == best)
