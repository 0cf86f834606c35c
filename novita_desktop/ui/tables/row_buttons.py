"""Real buttons over those that rows are painted with, for people who use assistive technology.

A painted button can be pressed with the mouse alone. While a screen reader or another program
reads the window, each row in view gets a real one, with the row's words as its description.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from novita_desktop.ui.tables.history_table import HistoryTable
from novita_desktop.ui.tables.history_words import Column
from novita_desktop.ui.tables.row_view import RowView

SETTLE_MS = 100
"""The buttons are moved once rows have lain still for so long."""


class RowButtons(QObject):
    """Keeps a button on each row in view; `pressed` has the row.

    `place_in` returns where the painted button stands in its cell; the real ones stand on `ground`.
    """

    pressed = Signal(int)

    def __init__(
        self,
        view: RowView,
        table: HistoryTable,
        place_in: Callable[[QRect], QRect],
        ground: QWidget,
    ) -> None:
        super().__init__(ground)
        self._view, self._table, self._place_in, self._ground = view, table, place_in, ground
        self._buttons: list[QPushButton] = []
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self._place)
        view.verticalScrollBar().valueChanged.connect(self._plan)
        view.horizontalHeader().geometriesChanged.connect(self._plan)
        for signal in (table.rowsInserted, table.rowsRemoved, table.modelReset, table.dataChanged):
            signal.connect(self._plan)
        view.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._plan()
        return False

    def _plan(self) -> None:
        if QAccessible.isActive():
            self._settling.start()

    def _place(self) -> None:
        """Put a button on every row in view, and hide those that are left over."""
        table = self._table
        rows = [row for row in self._rows_in_view() if table.entry_at(row) is not None]
        for number, row in enumerate(rows):
            button = self._button(number)
            button.setProperty("row", row)
            button.setText(table.words.retry())
            button.setEnabled(table.can_retry(row))
            words = table.words_at(row)
            button.setAccessibleDescription(
                ", ".join(words[c] for c in (Column.TIME, Column.STATUS, Column.MESSAGE))
            )
            area = self._view.visualRect(table.index(row, Column.RETRY))
            place = self._place_in(area)
            corner = self._view.viewport().mapTo(self._ground, place.topLeft())
            button.setGeometry(QRect(corner, place.size()))
            button.setVisible(not self._view.isColumnHidden(Column.RETRY))
        for button in self._buttons[len(rows) :]:
            button.hide()

    def _rows_in_view(self) -> range:
        first = self._view.rowAt(0)
        height = self._view.viewport().height()
        last = self._view.rowAt(height - 1)
        if last < 0:
            last = self._table.rowCount() - 1
        return range(max(first, 0), last + 1) if first >= 0 else range(0)

    def _button(self, number: int) -> QPushButton:
        while len(self._buttons) <= number:
            button = _SeeThroughButton(self._ground)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard has R, and the panel
            button.clicked.connect(lambda _=False, button=button: self._press(button))
            self._buttons.append(button)
        return self._buttons[number]

    def _press(self, button: QPushButton) -> None:
        self.pressed.emit(int(button.property("row")))


class _SeeThroughButton(QPushButton):
    """Draws nothing, and lets the mouse through to what is painted below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        pass
