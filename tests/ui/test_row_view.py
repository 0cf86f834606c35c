"""A table by rows: keyboard, clicks, columns that leave, and what is read stays in place."""

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tables.row_paint import RowPaint
from novita_desktop.ui.tables.row_view import ColumnPlan, RowView

PLAN = ColumnPlan({0: 60, 2: 80, 3: 80}, stretched=1, least_width=100, leaving=(3, 2))


class NotingPainter:
    """Notes which rows and columns were painted."""

    def __init__(self):
        self.painted = []

    def row_height(self):
        return 30

    def paint_row(self, painter, place):
        self.painted.append((place.row, [column for column, _ in place.cells], place.pointer))


def row_items(text):
    return [QStandardItem(f"{text}{column}") for column in range(4)]


@pytest.fixture
def view(qtbot, theme):
    painter = NotingPainter()
    model = QStandardItemModel()
    for number in range(40):
        model.appendRow(row_items(f"{number}."))
    view = RowView(RowPaint(theme, Icons(theme)), painter, PLAN)
    model.setParent(view)
    view.setModel(model)
    view.fit_columns()
    view.painter = painter
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()
    return view


def painted_columns(view):
    view.painter.painted.clear()
    view.grab()
    return view.painter.painted[0][1]


def test_only_rows_in_view_are_painted(view):
    view.painter.painted.clear()
    view.grab()
    rows = [row for row, _, _ in view.painter.painted]
    assert rows == list(range(rows[0], rows[-1] + 1))
    assert len(rows) <= 300 // 30 + 2


def test_columns_leave_in_order_and_come_back(view):
    assert painted_columns(view) == [0, 1, 2, 3]
    view.resize(290, 300)
    assert painted_columns(view) == [0, 1, 2]
    view.resize(200, 300)
    assert painted_columns(view) == [0, 1]
    view.resize(500, 300)
    assert painted_columns(view) == [0, 1, 2, 3]


def test_the_stretched_column_keeps_its_least_width_where_leaving_is_not_enough(view, qtbot):
    view.resize(120, 200)
    least = metrics.scaled(PLAN.least_width)
    qtbot.waitUntil(lambda: view.columnWidth(1) == least)
    assert view.columnViewportPosition(1) == view.columnWidth(0)  # hidden ones leave no gap
    assert view.horizontalScrollBar().maximum() > 0
    view.setCurrentIndex(view.model().index(3, 2))
    assert view.horizontalScrollBar().value() == 0
    view.resize(900, 200)
    qtbot.waitUntil(lambda: view.columnWidth(1) > least)
    assert view.horizontalScrollBar().maximum() == 0


def test_a_column_that_was_hidden_on_purpose_stays_hidden(view):
    view.setColumnHidden(2, True)
    view.resize(800, 300)
    assert painted_columns(view) == [0, 1, 3]


def test_home_and_end_go_by_row_and_sideways_keys_do_nothing(view, qtbot):
    chosen = []
    view.row_chosen.connect(chosen.append)
    qtbot.keyClick(view, Qt.Key.Key_End)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert chosen == [39, 38, 0]


def test_enter_activates_and_characters_are_told(view, qtbot):
    activated, typed = [], []
    view.row_activated.connect(activated.append)
    view.typed.connect(typed.append)
    view.choose_row(3)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClicks(view, "r ")
    qtbot.keyClick(view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert activated == [3]
    assert typed == ["r", " "]


def test_a_click_is_told_with_its_cell(view, qtbot):
    clicks = []
    view.cell_clicked.connect(lambda row, column, place: clicks.append((row, column)))
    place = view.visualRect(view.model().index(2, 0)).center()
    other = view.visualRect(view.model().index(4, 0)).center()
    port, left = view.viewport(), Qt.MouseButton.LeftButton
    qtbot.mouseClick(port, left, pos=place)
    qtbot.mousePress(port, left, pos=place)
    qtbot.mouseRelease(port, left, pos=other)
    assert clicks == [(2, 0)]


def test_rows_that_come_above_do_not_move_what_is_read(view, qtbot):
    bar = view.verticalScrollBar()
    bar.setValue(300)
    top = view.rowAt(1)
    view.model().insertRow(0, row_items("new"))
    assert view.rowAt(1) == top + 1
    bar.setValue(0)
    view.model().insertRow(0, row_items("newer"))
    qtbot.wait(1)
    assert bar.value() == 0
    assert view.is_at_top()


def test_the_row_under_the_pointer_is_told_to_its_painter(view, qtbot):
    place = view.visualRect(view.model().index(1, 1)).center()
    qtbot.mouseMove(view.viewport(), place)
    view.painter.painted.clear()
    view.grab()
    pointers = {row: pointer for row, _, pointer in view.painter.painted if pointer}
    assert pointers == {1: place}


def test_no_row_can_be_chosen(view):
    view.choose_row(4)
    view.choose_row(-1)
    assert view.chosen_row() == -1


def test_an_empty_table_is_painted(qtbot, theme):
    view = RowView(RowPaint(theme, Icons(theme)), NotingPainter(), ColumnPlan({}, 0, 10))
    qtbot.addWidget(view)
    view.setModel(QStringListModel(view))
    view.grab()
    assert view.chosen_row() == -1


def test_several_rows_are_chosen_only_where_that_is_allowed(view, qtbot):
    shift = Qt.KeyboardModifier.ShiftModifier
    view.choose_row(3)
    qtbot.keyClick(view, Qt.Key.Key_Down, shift)
    assert view.chosen_rows() == [4]
    view.allow_several()
    qtbot.keyClick(view, Qt.Key.Key_Down, shift)
    assert view.chosen_rows() == [4, 5]
    assert view.chosen_row() == 5
    view.choose_row(7)
    assert view.chosen_rows() == [7]
