"""Chips that show and change parts of a search."""

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton

from novita_desktop.ui.widgets.history_filters import HistoryFilters


@pytest.fixture
def field(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.filters = HistoryFilters(field, lambda: [("zai-org/glm-4.6", "GLM 4.6")])
    qtbot.addWidget(field.filters)
    return field


def chips(field):
    return [chip.text() for chip in field.filters.findChildren(QPushButton)]


def pressed(field):
    return [chip.text() for chip in field.filters.findChildren(QPushButton) if chip.isChecked()]


def choose(field, start, words):
    (chip,) = [c for c in field.filters.findChildren(QPushButton) if c.text().startswith(start)]
    chip.menu().aboutToShow.emit()
    (action,) = [action for action in chip.menu().actions() if action.text() == words]
    action.trigger()


def test_chips_show_what_was_typed(field):
    assert pressed(field) == []
    field.setText("hinge status:failed model:zai-org/glm-4.6 is:starred")
    assert pressed(field) == ["Status: Failed", "Model: glm-4.6", "Starred"]


def test_menus_write_a_filter_and_take_it_away(field):
    field.setText("hinge")
    choose(field, "Status", "Stopped")
    choose(field, "Model", "GLM 4.6")
    assert field.text() == "model:zai-org/glm-4.6 status:stopped hinge"
    choose(field, "Status", "Any")
    choose(field, "Model", "Any")
    assert field.text() == "hinge"
    assert chips(field)[:2] == ["Status: any", "Model: any"]


def test_a_flag_is_pressed_in_and_out_and_the_bin_is_no_star(field):
    starred, deleted = field.filters.findChildren(QPushButton)[2:4]
    starred.click()
    assert field.text() == "is:starred"
    deleted.click()
    assert field.text() == "is:deleted"
    assert not starred.isChecked()
    deleted.click()
    assert field.text() == ""


def test_the_runs_of_one_group_can_be_left_for_all(field, qtbot):
    chip = field.filters.findChildren(QPushButton)[4]
    assert chip.isHidden()
    field.setText("group:12")
    assert not chip.isHidden()
    assert chip.isChecked()
    chip.click()
    assert field.text() == ""
    assert chip.isHidden()
