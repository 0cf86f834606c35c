"""A column is dragged by its head to where the line stands, or back with Escape."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.compare_stage import MODELS, compare_stage


@pytest.fixture
def stage(tools, tmp_path):
    with compare_stage(tools, tmp_path) as stage:
        stage.fill(*MODELS[:3])
        stage.tools.qtbot.wait(50)
        yield stage


def shown(stage):
    return [MODELS.index(column._model_id) for column in stage.columns]


def drag(stage, place, x, *, is_let_go=True):
    """Take the column at a place by its title and move it over the board's `x`."""
    column = stage.columns[place]
    title, inside = column._title, stage.page.board.widget()
    QTest.mousePress(title, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    target = title.mapFrom(inside, QPoint(x, 20))
    QTest.mouseMove(title, QPoint(5, 5) + QPoint(30, 0))
    QTest.mouseMove(title, target)
    if is_let_go:
        QTest.mouseRelease(title, Qt.MouseButton.LeftButton, pos=target)
    return title


def centre(stage, place):
    return stage.columns[place].geometry().center().x()


def line(stage):
    return stage.page.board._drag._line


def test_a_column_stands_where_it_was_let_go(stage):
    drag(stage, 0, centre(stage, 2) + 10)
    assert shown(stage) == [1, 2, 0]
    stage.tools.qtbot.wait(50)
    drag(stage, 2, centre(stage, 1) - 10)
    assert shown(stage) == [1, 0, 2]
    assert line(stage).isHidden()


def test_a_line_shows_the_place(stage):
    first, second = stage.columns[:2]
    title = drag(stage, 2, centre(stage, 0) + 10, is_let_go=False)
    assert not line(stage).isHidden()
    middle = line(stage).geometry().center().x()
    assert first.geometry().right() < middle < second.geometry().left()
    QTest.keyClick(title, Qt.Key.Key_Escape)
    assert line(stage).isHidden()
    QTest.mouseRelease(title, Qt.MouseButton.LeftButton)
    assert shown(stage) == [0, 1, 2]


def test_a_click_moves_nothing(stage):
    title = stage.columns[0]._title
    QTest.mousePress(title, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QTest.mouseMove(title, QPoint(6, 5))
    QTest.mouseRelease(title, Qt.MouseButton.LeftButton, pos=QPoint(6, 5))
    assert shown(stage) == [0, 1, 2]
    assert line(stage).isHidden()


def test_from_the_right_places_count_from_there(stage):
    stage.page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    stage.tools.qtbot.wait(50)
    drag(stage, 0, centre(stage, 2) - 10)
    assert shown(stage) == [1, 2, 0]


def test_nothing_is_dragged_while_names_are_hidden(stage):
    stage.page._blind.click()
    stage.run_to_end()
    before = [column.key for column in stage.columns]
    drag(stage, 0, centre(stage, 2) + 10)
    assert [column.key for column in stage.columns] == before
    assert line(stage).isHidden()
