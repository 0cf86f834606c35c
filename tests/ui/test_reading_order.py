"""Tab goes through what shows as people read: row by row, whenever it was made."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.ui.widgets.reading_order import move_focus, next_stop


def field(name):
    edit = QLineEdit()
    edit.setObjectName(name)
    return edit


def names(top):
    found, current = [], None
    while (current := next_stop(top, current, is_forward=True)).objectName() not in found:
        found.append(current.objectName())
    return found


@pytest.fixture
def top(qtbot):
    """Two columns, of which the right one and the lower fields were made first."""
    top = QWidget()
    qtbot.addWidget(top)
    row = QHBoxLayout(top)
    for name in ("right", "left"):
        column = QWidget()
        column.setObjectName(name)
        rows = QVBoxLayout(column)
        for place in ("low", "high"):
            rows.insertWidget(0, field(f"{name} {place}"))
        row.insertWidget(0, column)
    with qtbot.waitExposed(top):
        top.show()
    return top


def test_columns_are_read_from_the_top_down_and_from_the_left(top):
    assert names(top) == ["left high", "left low", "right high", "right low"]


def test_columns_are_read_from_the_right_where_the_window_is_mirrored(top):
    top.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    top.layout().activate()
    left, right = (top.findChild(QWidget, name) for name in ("left", "right"))
    assert left.x() > right.x()
    assert names(top) == ["left high", "left low", "right high", "right low"]


def test_fields_of_one_line_may_have_different_heights(qtbot):
    top = QWidget()
    qtbot.addWidget(top)
    places = (("b", 100, 0, 80), ("a", 0, 10, 20), ("c", 0, 100, 20))
    for name, left, above, height in places:
        edit = field(name)
        edit.setParent(top)
        edit.setGeometry(left, above, 50, height)
    top.show()
    assert names(top) == ["a", "b", "c"]


def test_what_is_hidden_disabled_or_stands_for_another_is_left_out(top):
    top.findChild(QLineEdit, "left low").setEnabled(False)
    top.findChild(QWidget, "right").hide()
    top.setFocusProxy(top.findChild(QLineEdit, "left high"))
    top.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    assert names(top) == ["left high"]


def test_tab_goes_round_in_both_directions(top):
    top.findChild(QLineEdit, "right low").setFocus()
    assert move_focus(top, is_forward=True)
    assert QApplication.focusWidget().objectName() == "left high"
    assert move_focus(top, is_forward=False)
    assert QApplication.focusWidget().objectName() == "right low"


def test_tab_goes_on_from_what_tab_does_not_reach(top):
    low = top.findChild(QLineEdit, "left low")
    low.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    assert next_stop(top, low, is_forward=True).objectName() == "right high"
    assert next_stop(top, low, is_forward=False).objectName() == "left high"


def test_a_window_without_a_stop_leaves_the_keyboard_where_it_is(qtbot):
    top = QWidget()
    qtbot.addWidget(top)
    top.show()
    assert not move_focus(top, is_forward=True)


def test_what_gets_the_keyboard_is_scrolled_into_view(qtbot):
    area = QScrollArea()
    qtbot.addWidget(area)
    inner = QWidget()
    rows = QVBoxLayout(inner)
    for number in range(40):
        rows.addWidget(field(str(number)))
    area.setWidget(inner)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.resize(200, 150)
    with qtbot.waitExposed(area):
        area.show()
    inner.findChild(QLineEdit, "0").setFocus()
    move_focus(area, is_forward=False)
    last = QApplication.focusWidget()
    assert last.objectName() == "39"
    assert not last.visibleRegion().isEmpty()
