"""The label that ends in an ellipsis."""

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from novita_desktop.ui.widgets.elided_label import ElidedLabel

LONG = "Support · used 41 times · changed yesterday"


@pytest.fixture
def label(qtbot, theme):
    label = ElidedLabel(LONG)
    qtbot.addWidget(label)
    label.resize(100, 20)
    label.show()
    return label


def ask(label):
    event = QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), label.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(label, event)


def test_it_shows_what_fits_and_tells_the_whole_as_a_tip(label):
    assert label.shown_text().endswith("…")
    assert len(label.shown_text()) < len(LONG)
    ask(label)
    assert QToolTip.text() == LONG
    QToolTip.hideText()


def test_with_room_it_is_an_ordinary_label(label):
    label.resize(800, 20)
    assert label.shown_text() == LONG


def test_it_never_asks_for_the_room_of_its_text(label):
    assert label.minimumSizeHint().width() < 60
    assert label.text() == LONG  # what assistive technology reads


def test_lines_become_one(label):
    label.resize(800, 20)
    label.setText("one\ntwo")
    assert label.shown_text() == "one two"
