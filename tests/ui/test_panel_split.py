"""A side panel that folds away; its size and state come back."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QSplitter, QWidget

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.panel_split import PanelSplit, put_in_reading_order


@pytest.fixture
def make(qtbot, theme):
    def make():
        split = PanelSplit(Icons(theme))
        qtbot.addWidget(split)
        qtbot.addWidget(split.fold)
        split.addWidget(QWidget())
        panel = QWidget()
        panel.setMinimumWidth(100)
        split.add_panel(panel)
        split.resize(1000, 400)
        split.show()
        return split, panel

    return make


def test_the_panel_folds_and_keeps_its_width(make):
    split, panel = make()
    width = panel.width()
    split.fold.click()
    assert not panel.isVisible()
    split.fold.click()
    assert panel.isVisible()
    assert panel.width() == width


def test_width_and_folding_come_back(make):
    split, _ = make()
    split.setSizes([700, 300])
    split.fold.click()
    kept = split.state()
    other, panel = make()
    other.restore(kept)
    assert not panel.isVisible()
    other.fold.click()
    assert abs(panel.width() - 300) <= 2


def test_where_room_is_short_the_content_keeps_half_of_it(make):
    split, panel = make()
    split.setSizes([600, 400])
    split.splitterMoved.emit(600, 1)
    split.resize(500, 400)
    assert panel.width() <= 250
    split.resize(1000, 400)
    assert abs(panel.width() - 400) <= 2


def test_the_panel_grows_with_the_text(make, theme):
    split, panel = make()
    split.resize(3000, 400)
    before = panel.width()
    theme.set_look("light", 200)
    assert abs(panel.width() - 2 * before) <= 2


@pytest.mark.parametrize("state", ["", "nonsense", "[]", '{"width": "x"}', '{"width": 3}'])
def test_a_strange_state_changes_nothing(make, state):
    split, panel = make()
    before = split.sizes()
    split.restore(state)
    assert split.sizes() == before
    assert panel.isVisible()


def test_the_parts_are_read_out_in_the_order_they_stand_in(qtbot):
    split = QSplitter()
    qtbot.addWidget(split)
    for word in ("one", "two", "three"):
        split.addWidget(QLabel(word))
    put_in_reading_order(split)
    tree = QAccessible.queryAccessibleInterface(split)
    objects = [tree.child(number).object() for number in range(tree.childCount())]
    assert [each.text() for each in objects if isinstance(each, QLabel)] == ["one", "two", "three"]
