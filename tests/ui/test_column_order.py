"""Columns stand where they were moved to, with their answers, also after a restart."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from tests.ui.compare_stage import MODELS, compare_stage


@pytest.fixture
def stage(tools, tmp_path):
    with compare_stage(tools, tmp_path) as stage:
        yield stage


def shown(stage):
    return [MODELS.index(column._model_id) for column in stage.columns]


def move(stage, place, command):
    stage.columns[place].commanded.emit(command)


def test_they_move_to_both_sides_and_not_beyond(stage):
    stage.fill(*MODELS[:3])
    move(stage, 2, "move_left")
    assert shown(stage) == [0, 2, 1]
    move(stage, 0, "move_left")
    move(stage, 2, "move_right")
    assert shown(stage) == [0, 2, 1]
    move(stage, 0, "move_right")
    assert shown(stage) == [2, 0, 1]
    assert [column.model for column in stage.page.plan().columns] == [MODELS[n] for n in (2, 0, 1)]


def test_from_the_right_left_is_forward(stage):
    stage.page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    stage.fill(*MODELS[:3])
    move(stage, 0, "move_left")
    assert shown(stage) == [1, 0, 2]


def test_answers_move_along_and_the_order_is_kept(tools, tmp_path):
    with compare_stage(tools, tmp_path) as stage:
        stage.fill(*MODELS[:3])
        stage.run_to_end()
        runs = {column._model_id: column.run_id for column in stage.columns}
        stage.page.use_model(MODELS[3])
        move(stage, 3, "move_left")
        stage.until(lambda: shown(stage) == [0, 1, 3, 2])
        move(stage, 0, "move_right")
        stage.until(lambda: shown(stage) == [1, 0, 3, 2])
        moved = {c._model_id: c.run_id for c in stage.columns if c.run_id is not None}
        assert moved == runs
        stage.run_to_end()
        assert shown(stage) == [1, 0, 3, 2]
    with compare_stage(tools, tmp_path) as stage:
        assert shown(stage) == [1, 0, 3, 2]
        comparison = stage.page._view.comparison
        stage.page.show_comparison(comparison.id)
        stage.until(lambda: stage.page._view.comparison is not comparison)
        assert shown(stage) == [1, 0, 3, 2]


def test_nothing_moves_while_names_are_hidden(stage):
    stage.fill(*MODELS[:3])
    stage.page._blind.click()
    stage.run_to_end()
    before = [column.key for column in stage.columns]
    stage.page.board.dropped.emit(before[0], 2)
    move(stage, 0, "move_right")
    stage.stage.settle()
    assert [column.key for column in stage.columns] == before
    stage.press(stage.columns[0], "Best")
    stage.until(stage.judged)
    assert [column.key for column in stage.columns] == before
    move(stage, 0, "move_right")
    stage.until(lambda: [c.key for c in stage.columns] == [before[1], before[0], before[2]])


def test_the_keyboard_stays_with_the_column_that_it_moves(stage):
    stage.fill(*MODELS[:3])
    stage.page.activateWindow()
    stage.tools.qtbot.waitActive(stage.page)
    menu = stage.columns[0]._menu_button
    menu.setFocus()
    for place in (1, 2):
        move(stage, place - 1, "move_right")
        assert QApplication.focusWidget() is menu
        assert stage.columns[place].isAncestorOf(menu)


def test_what_is_heard_and_tab_follow_the_new_order(stage):
    stage.fill(*MODELS[:3])
    before = stage.columns[0]
    move(stage, 0, "move_right")
    assert stage.columns[1] is before
    heard = QAccessible.queryAccessibleInterface(stage.page.board.widget())
    names = [heard.child(place).text(QAccessible.Text.Name) for place in range(3)]
    assert names == [column.accessibleName() for column in stage.columns]
    seen, widget = [], stage.columns[0]._menu_button
    for _ in range(400):
        column = next((c for c in stage.columns if c.isAncestorOf(widget)), None)
        if column is not None and column.key not in seen:
            seen.append(column.key)
        widget = widget.nextInFocusChain()
    assert seen == [column.key for column in stage.columns]
