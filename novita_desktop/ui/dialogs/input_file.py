"""A table from a file, before its rows become inputs: how it is read, and which column is which."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QListWidget,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.domain.records import record
from novita_desktop.domain.table_files import (
    InputsFileRefused,
    TableFile,
    TableOptions,
    guessed_columns,
    values_of,
)
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.dialogs.input_file_words import (
    broken_words,
    column_words,
    delimiter_words,
    encoding_words,
    refusal_words,
)
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.widgets.form_labels import problem_label, show_words
from novita_desktop.ui.widgets.wrapping_label import WrappingLabel

SIZE = (640, 560)
SHOWN_ROWS, BROKEN_HEIGHT, COLUMNS_HEIGHT = 5, 84, 150

ReadTable = Callable[[TableOptions], Coroutine[Any, Any, TableFile]]
"""Reads the file anew; raises InputsFileRefused."""


@record(frozen=True, slots=True)
class InputRoom:
    """How many inputs there can be, and how many of them are left."""

    most: int
    left: int


class InputFile(QDialog):
    """Shows how a file is read and lets it be said otherwise; `value` has the inputs then."""

    def __init__(
        self,
        table: TableFile,
        names: Sequence[str],
        room: InputRoom,
        read: ReadTable,
        tasks: Tasks,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._table, self._names, self._room = table, tuple(names), room
        self._read, self._tasks = read, tasks
        self.encoding = self._combo(encoding_words(), table.encoding)
        self.delimiter = self._combo(delimiter_words(), table.delimiter)
        self.has_head = QCheckBox(self.tr("The first row has the columns' names"))
        self.columns = {name: QComboBox() for name in self._names}
        self.preview = QTableWidget(0, len(self._names))
        self.broken = QListWidget()
        self._count = WrappingLabel()
        self._problem = problem_label()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._build()
        # The sheet that it opens over may be smaller than the window around it.
        self.resize(metrics.dialog_size(*SIZE, parent.parentWidget() or parent))
        self._show_table()
        self._connect()

    def value(self) -> tuple[dict[str, str], ...]:
        """Return the inputs, at most as many as there is room for."""
        return values_of(self._table, self._chosen_columns())[: self._room.left]

    def _combo(self, words: Mapping[str, str], chosen: str) -> QComboBox:
        combo = QComboBox()
        for key, text in words.items():
            combo.addItem(text, key)
        if combo.findData(chosen) < 0:
            combo.addItem(chosen, chosen)
        combo.setCurrentIndex(combo.findData(chosen))
        return combo

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Inputs from a file"))
        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow(self.tr("Encoding"), self.encoding)
        rows.addRow(self.tr("Between cells"), self.delimiter)
        rows.addRow("", self.has_head)
        inside = QWidget()
        inside.setProperty("role", "page")
        columns = QFormLayout(inside)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, combo in self.columns.items():
            combo.setAccessibleName(self.tr("Column for {name}").format(name=name))
            columns.addRow(name, combo)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inside)
        wanted = inside.sizeHint().height()
        scroll.setFixedHeight(min(wanted, metrics.scaled(COLUMNS_HEIGHT)))
        self.preview.setAccessibleName(self.tr("First rows"))
        self.preview.setHorizontalHeaderLabels(list(self._names))
        self.preview.horizontalHeader().setStretchLastSection(True)
        self.preview.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.broken.setAccessibleName(self.tr("Rows left out"))
        self.broken.setMaximumHeight(metrics.scaled(BROKEN_HEIGHT))
        self._problem.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(metrics.SPACE_16,) * 4)
        column.setSpacing(metrics.SPACE_12)
        column.addLayout(rows)
        column.addWidget(scroll)
        column.addWidget(self.preview, 1)
        for widget in (self._count, self.broken, self._problem, self._buttons):
            column.addWidget(widget)

    def _connect(self) -> None:
        self.encoding.activated.connect(self._read_again)
        self.delimiter.activated.connect(self._read_again)
        self.has_head.clicked.connect(self._read_again)
        for combo in self.columns.values():
            combo.activated.connect(self._show_rows)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _chosen_columns(self) -> dict[str, int | None]:
        return {name: combo.currentData() for name, combo in self.columns.items()}

    def _read_again(self) -> None:
        options = TableOptions(
            str(self.encoding.currentData()),
            str(self.delimiter.currentData()),
            self.has_head.isChecked(),
        )
        self._tasks.start(self._take(options))

    async def _take(self, options: TableOptions) -> None:
        try:
            self._table = await self._read(options)
        except InputsFileRefused as error:
            show_words(self._problem, refusal_words(error))
        else:
            self._show_table()

    def _show_table(self) -> None:
        table = self._table
        show_words(self._problem, "")
        self.has_head.setChecked(table.has_head)
        guessed = guessed_columns(self._names, table.head)
        for name, combo in self.columns.items():
            combo.clear()
            combo.addItem(self.tr("None: left empty"), None)
            for place, head in enumerate(table.head):
                combo.addItem(column_words(place, head), place)
            combo.setCurrentIndex(max(combo.findData(guessed[name]), 0))
        self.broken.clear()
        self.broken.addItems([broken_words(row) for row in table.broken])
        if table.broken_count > len(table.broken):
            words = self.tr("{n} more lines are left out.")
            more = table.broken_count - len(table.broken)
            self.broken.addItem(words.format(n=formatting.whole(more)))
        self.broken.setVisible(bool(table.broken))
        self._show_rows()

    def _show_rows(self) -> None:
        rows = self.value()
        shown = rows[:SHOWN_ROWS]
        self.preview.setRowCount(len(shown))
        for place, values in enumerate(shown):
            for column, name in enumerate(self._names):
                cell = QTableWidgetItem(" ".join(values.get(name, "").split()))
                cell.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.preview.setItem(place, column, cell)
        self._count.setText(self._count_words(len(rows)))
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(rows))
        ok.setText(formatting.counted(len(rows), self.tr("Add 1 input"), self.tr("Add {n} inputs")))

    def _count_words(self, taken: int) -> str:
        table, room = self._table, self._room
        words = [
            self.tr("1 row.") if table.row_count == 1 else self.tr("{n} rows."),
            self.tr("The first {taken} are taken: a comparison has at most {most} inputs.")
            if table.row_count > room.left
            else "",
            self.tr("Left out because they are broken: {broken}.") if table.broken_count else "",
        ]
        return " ".join(filter(None, words)).format(
            n=formatting.whole(table.row_count),
            taken=formatting.whole(taken),
            most=formatting.whole(room.most),
            broken=formatting.whole(table.broken_count),
        )
