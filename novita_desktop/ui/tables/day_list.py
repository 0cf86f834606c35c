"""A list with the day of its topmost row above it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.tables.row_view import RowView


class DayList(QWidget):
    """Shows `view` below its day; `moment_at` returns when a row's thing was made, or None."""

    def __init__(
        self, view: RowView, moment_at: Callable[[int], int | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._view, self._moment_at = view, moment_at
        self._day = QLabel()
        self._day.setObjectName("historyDay")
        self._day.setProperty("tone", "muted")
        self._day.setProperty("weight", "bold")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(*(metrics.SPACE_8,) * 4)
        head.addWidget(self._day)
        column.addLayout(head)
        column.addWidget(view, 1)
        view.verticalScrollBar().valueChanged.connect(self._show_day)
        model = view.model()
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._show_day)

    def _show_day(self) -> None:
        moment = self._moment_at(max(self._view.rowAt(1), 0))
        self._day.setText("" if moment is None else formatting.day(moment))
