"""Values that past runs were filled in with: tick those that become inputs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.domain.filled_values import FilledValues
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.dialogs.input_file import InputRoom
from novita_desktop.ui.widgets.form_labels import help_label, link_button
from novita_desktop.ui.widgets.wrapping_label import WrappingLabel

SIZE = (640, 480)
TICK_WIDTH = 56
"""What a tick and the space around it take of a cell."""


class InputHistory(QDialog):
    """Lists runs, newest first; `value` has the ticked ones' values, oldest first."""

    def __init__(
        self,
        found: Sequence[FilledValues],
        names: Sequence[str],
        room: InputRoom,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._found, self._names, self._room = tuple(found), tuple(names), room
        self._ticks: list[QTableWidgetItem] = []
        self.table = QTableWidget(len(self._found), 1 + len(self._names))
        self.all_button = link_button(self.tr("Tick all"))
        self.none_button = link_button(self.tr("Tick none"))
        self._count = help_label()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._fill()
        self._build()
        # The sheet that it opens over may be smaller than the window around it.
        self.resize(metrics.dialog_size(*SIZE, parent.parentWidget() or parent))
        self._show_count()

    def value(self) -> tuple[dict[str, str], ...]:
        """Return the ticked values, at most as many as there is room for."""
        return tuple(dict(each.values) for each in self._ticked()[: self._room.left])[::-1]

    def _ticked(self) -> list[FilledValues]:
        return [
            each
            for tick, each in zip(self._ticks, self._found, strict=True)
            if tick.checkState() is Qt.CheckState.Checked
        ]

    def _fill(self) -> None:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        for place, each in enumerate(self._found):
            tick = QTableWidgetItem(formatting.run_time(each.created_at))
            tick.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
            tick.setCheckState(Qt.CheckState.Unchecked)
            self.table.setItem(place, 0, tick)
            self._ticks.append(tick)
            for column, name in enumerate(self._names, start=1):
                cell = QTableWidgetItem(" ".join(each.values.get(name, "").split()))
                cell.setFlags(flags)
                self.table.setItem(place, column, cell)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Inputs from History"))
        words = WrappingLabel(self.tr("Tick the runs whose values are to be compared again."))
        words.setProperty("tone", "muted")
        self.table.setAccessibleName(self.tr("Past runs"))
        self.table.setHorizontalHeaderLabels([self.tr("Run"), *self._names])
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        times = [metrics.text_width(tick.text()) for tick in self._ticks]
        self.table.setColumnWidth(0, max(times, default=0) + metrics.scaled(TICK_WIDTH))
        self.table.itemChanged.connect(self._show_count)
        self.all_button.clicked.connect(lambda: self._tick_all(Qt.CheckState.Checked))
        self.none_button.clicked.connect(lambda: self._tick_all(Qt.CheckState.Unchecked))
        row = QHBoxLayout()
        row.setSpacing(metrics.SPACE_12)
        row.addWidget(self.all_button)
        row.addWidget(self.none_button)
        row.addStretch(1)
        row.addWidget(self._count)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(metrics.SPACE_16,) * 4)
        column.setSpacing(metrics.SPACE_12)
        column.addWidget(words)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        column.addWidget(self._buttons)

    def _tick_all(self, state: Qt.CheckState) -> None:
        self.table.blockSignals(True)  # noqa: FBT003  # counted once, below
        for tick in self._ticks:
            tick.setCheckState(state)
        self.table.blockSignals(False)  # noqa: FBT003
        self.table.viewport().update()
        self._show_count()

    def _show_count(self) -> None:
        ticked = len(self._ticked())
        taken = min(ticked, self._room.left)
        words = self.tr("The newest {taken} are taken: a comparison has at most {most} inputs.")
        self._count.setText(
            words.format(taken=formatting.whole(taken), most=formatting.whole(self._room.most))
            if ticked > taken
            else ""
        )
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(taken > 0)
        ok.setText(formatting.counted(taken, self.tr("Add 1 input"), self.tr("Add {n} inputs")))
