"""Widgets in rows: as many in a row as fit, none lost, mirrored where people write leftwards."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from novita_desktop.ui.widgets.flow_layout import FlowLayout


@pytest.fixture
def ground(qtbot):
    ground = QWidget()
    flow = FlowLayout(ground)
    flow.setContentsMargins(0, 0, 0, 0)
    flow.setSpacing(10)
    for _ in range(4):
        part = QWidget()
        part.setFixedSize(100, 20)
        flow.addWidget(part)
    qtbot.addWidget(ground)
    ground.show()
    return ground


def places(ground):
    ground.layout().activate()
    return [(part.x(), part.y()) for part in ground.findChildren(QWidget)]


def test_a_wide_ground_has_one_row(ground):
    ground.resize(500, 100)
    assert places(ground) == [(0, 0), (110, 0), (220, 0), (330, 0)]
    assert ground.layout().heightForWidth(500) == 20


def test_a_narrow_ground_has_more_rows(ground):
    ground.resize(230, 100)
    assert places(ground) == [(0, 0), (110, 0), (0, 30), (110, 30)]
    assert ground.layout().heightForWidth(230) == 50


def test_hidden_widgets_take_no_room(ground):
    ground.resize(500, 100)
    ground.findChildren(QWidget)[0].hide()
    assert places(ground)[1:] == [(0, 0), (110, 0), (220, 0)]


def test_rows_are_mirrored_in_languages_written_leftwards(ground):
    ground.resize(500, 100)
    ground.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert [x for x, _ in places(ground)] == [400, 290, 180, 70]


def test_parts_can_be_taken_out(ground):
    flow = ground.layout()
    assert flow.count() == 4
    assert flow.takeAt(0) is not None
    assert flow.takeAt(9) is None
    assert flow.itemAt(3) is None
    assert flow.count() == 3


def test_the_height_follows_what_changes(ground):
    flow = ground.layout()
    assert flow.heightForWidth(230) == 50
    for part in ground.findChildren(QWidget)[:2]:
        part.hide()
    assert flow.heightForWidth(230) == 20
    ground.findChildren(QWidget)[3].setFixedSize(100, 60)
    assert flow.heightForWidth(230) == 60
    flow.setSpacing(40)
    assert flow.heightForWidth(230) == 20 + 40 + 60
