"""Qt's bindings give back every reference to None, True and False that they take.

PySide6 6.12.0 did not on Python 3.11: each call that returned nothing lost a reference to None,
and the process was aborted after some thousands of them. From Python 3.12 on these objects are
immortal and their counts never change.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

CALLS = 1000
NOISE = 50  # the interpreter itself keeps and drops a few in that time


class Rows(QAbstractListModel):
    """A model that has nothing to show: `data` returns None to Qt."""

    @override
    def rowCount(self, parent: object = None) -> int:
        return 1

    @override
    def data(self, index: object, role: int = 0) -> None:
        return None


class Speaker(QObject):
    """Signals that carry nothing and a truth value to Python, and a filter that returns one."""

    said = Signal()
    decided = Signal(bool)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return False


def void_calls(parent: QWidget) -> dict[str, Callable[[], object]]:
    """Return calls as the window makes them, by name."""
    label, line, text = QLabel(parent), QLineEdit(parent), QPlainTextEdit(parent)
    number, rows, speaker, timer = QSpinBox(parent), Rows(parent), Speaker(parent), QTimer(parent)
    cursor, event = QTextCursor(QTextDocument(parent)), QEvent(QEvent.Type.User)
    speaker.said.connect(lambda: None)
    speaker.decided.connect(lambda decided: None)
    watched = QWidget(parent)
    watched.installEventFilter(speaker)
    return {
        "setText": lambda: label.setText("text"),
        "setEnabled": lambda: line.setEnabled(True),
        "setReadOnly": lambda: line.setReadOnly(False),
        "setVisible": lambda: label.setVisible(False),
        "show": parent.show,
        "update": parent.update,
        "setValue": lambda: number.setValue(3),
        "setPlainText": lambda: text.setPlainText("text"),
        "insertText": lambda: cursor.insertText("a"),
        "timer": lambda: (timer.start(1000), timer.stop()),
        "isVisible": parent.isVisible,
        "isEnabled": parent.isEnabled,
        "blockSignals": lambda: (parent.blockSignals(True), parent.blockSignals(False)),
        "emit": speaker.said.emit,
        "emit a truth value": lambda: speaker.decided.emit(True),
        "data": lambda: rows.index(0).data(Qt.ItemDataRole.DisplayRole),
        "isValid": QModelIndex().isValid,
        "eventFilter": lambda: QApplication.sendEvent(watched, event),
        "processEvents": QApplication.processEvents,
    }


@pytest.mark.parametrize("value", [None, True, False], ids=str)
def test_counts_stay_the_same(qtbot: QtBot, value: object) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    lost = {}
    for name, call in void_calls(parent).items():
        call()
        before = sys.getrefcount(value)
        for _ in range(CALLS):
            call()
        difference = sys.getrefcount(value) - before
        if abs(difference) > NOISE:
            lost[name] = difference
    assert lost == {}
