"""Every row in view has a real Retry while somebody reads the window by assistive technology."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from novita_desktop.domain.runs import RunStatus
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tables.history_rows import PLAN, HistoryRowPainter
from novita_desktop.ui.tables.history_words import Column
from novita_desktop.ui.tables.row_buttons import RowButtons
from novita_desktop.ui.tables.row_paint import RowPaint
from novita_desktop.ui.tables.row_view import RowView
from novita_desktop.ui.widgets.chip import STATUS_KINDS
from tests.ui.test_history_table import summary, unread


@pytest.fixture
def reader():
    """Let the window be read, as a screen reader does."""
    before = QAccessible.isActive()
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(before)


@pytest.fixture
def ground(qtbot, theme):
    table = unread()
    paint = RowPaint(theme, Icons(theme))
    painter = HistoryRowPainter(paint, table, STATUS_KINDS)
    view = RowView(paint, painter, PLAN)
    table.setParent(view)
    view.setModel(table)
    view.fit_columns()
    ground = QWidget()
    QVBoxLayout(ground).addWidget(view)
    qtbot.addWidget(ground)
    ground.view, ground.table = view, table
    ground.buttons = RowButtons(view, table, painter.retry_place, ground)
    ground.resize(1000, 300)
    ground.show()
    return ground


def shown(ground):
    return [button for button in ground.findChildren(QPushButton) if button.isVisible()]


def fill(ground, count):
    for number in range(count):
        ground.table.show_run(summary(number + 1))


def test_a_reader_finds_and_presses_the_button_of_a_row(ground, qtbot, reader):
    pressed = []
    ground.buttons.pressed.connect(pressed.append)
    fill(ground, 40)
    qtbot.waitUntil(lambda: 3 < len(shown(ground)) < 20)
    button = shown(ground)[2]
    face = QAccessible.queryAccessibleInterface(button)
    assert face.role() == QAccessible.Role.Button
    assert face.text(QAccessible.Text.Name) == "Retry"
    assert "Message 38" in face.text(QAccessible.Text.Description)
    face.actionInterface().doAction("Press")
    qtbot.waitUntil(lambda: pressed == [2])


def test_the_buttons_follow_the_rows(ground, qtbot, reader):
    fill(ground, 40)
    qtbot.waitUntil(lambda: len(shown(ground)) > 3)
    ground.view.verticalScrollBar().setValue(10 * ground.view.rowHeight(0))
    qtbot.waitUntil(lambda: "Message 30" in shown(ground)[0].accessibleDescription())
    cell = ground.view.visualRect(ground.table.index(10, Column.RETRY))
    corner = ground.view.viewport().mapTo(ground, cell.center())
    assert shown(ground)[0].geometry().contains(corner)
    ground.table.take_away(range(3, 41))
    qtbot.waitUntil(lambda: len(shown(ground)) == 2)


def test_what_goes_on_cannot_be_pressed(ground, qtbot, reader):
    ground.table.show_run(summary(1, RunStatus.RUNNING))
    qtbot.waitUntil(lambda: len(shown(ground)) == 1)
    assert not shown(ground)[0].isEnabled()
    ground.table.show_run(summary(1))
    qtbot.waitUntil(lambda: [b.isEnabled() for b in shown(ground)] == [True])


def test_the_mouse_presses_what_is_painted(ground, qtbot, reader):
    fill(ground, 3)
    clicks = []
    ground.view.cell_clicked.connect(lambda row, column, place: clicks.append((row, column)))
    qtbot.waitUntil(lambda: len(shown(ground)) == 3)
    place = shown(ground)[1].geometry().center()
    under = ground.childAt(place)
    assert under is ground.view.viewport()
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(under, left, pos=under.mapFrom(ground, place))
    assert clicks == [(1, Column.RETRY)]


def test_without_a_reader_there_are_no_buttons(ground, qtbot):
    if QAccessible.isActive():
        pytest.skip("something reads this session")
    fill(ground, 3)
    qtbot.wait(250)
    assert shown(ground) == []
