"""The list of presets with mouse and keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.preset_list import PresetList
from novita_desktop.ui.widgets.preset_rows import PresetRows
from tests.ui.preset_samples import samples


@pytest.fixture
def presets(qtbot, theme):
    rows = PresetRows(str)
    rows.set_presets(samples())
    presets = PresetList(rows, theme, Icons(theme))
    rows.setParent(presets)
    qtbot.addWidget(presets)
    presets.resize(220, 500)
    presets.show()
    return presets


def row_area(presets, row):
    return presets.visualRect(presets.model().index(row, 0))


def click(qtbot, presets, place):
    qtbot.mouseClick(presets.viewport(), Qt.MouseButton.LeftButton, pos=place)


def told_by(signal):
    told = []
    signal.connect(lambda *args: told.append(args))
    return told


def test_a_click_opens_and_a_click_on_the_star_does_not(presets, qtbot):
    opened, starred = told_by(presets.opened), told_by(presets.star_pressed)
    area = row_area(presets, 4)
    click(qtbot, presets, area.center())
    assert (opened, starred) == ([(3,)], [])
    click(qtbot, presets, QPoint(area.right() - 20, area.center().y()))
    assert (opened, starred) == ([(3,)], [(3,)])
    click(qtbot, presets, row_area(presets, 0).center())
    assert len(opened) == 1


@pytest.mark.parametrize(
    ("key", "modifier", "signal", "expected"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "opened", (4,)),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, "star_pressed", (4,)),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "delete_requested", (4,)),
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier, "rename_requested", (4,)),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier, "step_requested", (4, 1)),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier, "step_requested", (4, -1)),
    ],
)
def test_keys_do_what_the_menu_does(presets, qtbot, key, modifier, signal, expected):
    presets.choose(4)
    told = told_by(getattr(presets, signal))
    qtbot.keyClick(presets, key, modifier)
    assert told == [expected]


def test_arrows_pass_over_headings(presets, qtbot):
    presets.choose(2)
    qtbot.keyClick(presets, Qt.Key.Key_Down)
    assert presets.chosen() == 3
    qtbot.keyClick(presets, Qt.Key.Key_Down)
    assert presets.chosen() == 4


def test_choosing_marks_one_or_none(presets):
    presets.choose(4)
    assert presets.selectionModel().hasSelection()
    presets.choose(None)
    assert not presets.selectionModel().hasSelection()
    assert presets.chosen() is None


def test_the_menu_belongs_to_the_row_under_the_pointer(presets, qtbot):
    told = told_by(presets.menu_requested)
    place = row_area(presets, 6).center()
    mouse = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(mouse, place, presets.viewport().mapToGlobal(place))
    QApplication.sendEvent(presets.viewport(), event)
    assert [preset_id for preset_id, _ in told] == [4]
    presets.choose(2)
    keyboard = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    QApplication.sendEvent(presets.viewport(), keyboard)
    assert [preset_id for preset_id, _ in told] == [4, 2]
