"""Shows JSON that is a list of rows, or one row, as a table."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget
from typing_extensions import override

from novita_desktop.domain.json_values import JsonObject, JsonValue
from novita_desktop.domain.records import record

MAX_ROWS = 2_000


@record(frozen=True, slots=True)
class JsonRows:
    """The columns and rows that a JSON value can be read as."""

    columns: tuple[str, ...]
    rows: tuple[JsonObject, ...]


def rows_of(value: JsonValue) -> JsonRows | None:
    """Return `value` as rows: a list of objects, an object that holds one, or a single object.

    None when it is neither.
    """
    rows: list[JsonObject] = []
    if isinstance(value, dict):
        inner = list(value.values())
        if len(inner) == 1 and isinstance(inner[0], list):
            return rows_of(inner[0])
        rows = [value]
    elif isinstance(value, list):
        rows = [row for row in value if isinstance(row, dict)]
        if len(rows) != len(value):
            return None
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    return JsonRows(columns, tuple(rows)) if columns else None


def cell_text(value: JsonValue) -> str:
    """Return what a cell shows for `value`."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(str(item) for item in value)
    return json.dumps(value, ensure_ascii=False)


class JsonTable(QTableWidget):
    """A read-only table that can be copied into a spreadsheet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Answer as table"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.setTabKeyNavigation(False)

    def set_rows(self, found: JsonRows) -> None:
        """Show `found`; rows after the first 2,000 are left out."""
        rows = found.rows[:MAX_ROWS]
        self.clear()
        self.setColumnCount(len(found.columns))
        self.setRowCount(len(rows))
        self.setHorizontalHeaderLabels(list(found.columns))
        for row_number, row in enumerate(rows):
            for column, name in enumerate(found.columns):
                value = row.get(name)
                item = QTableWidgetItem(cell_text(value))
                if isinstance(value, int | float) and not isinstance(value, bool):
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self.setItem(row_number, column, item)
        self.resizeColumnsToContents()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selected_text())
            return
        super().keyPressEvent(event)

    def selected_text(self) -> str:
        """Return the selected cells as lines of values with tabs between."""
        cells = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        lines: dict[int, list[str]] = {}
        for row, column in cells:
            item = self.item(row, column)
            lines.setdefault(row, []).append(item.text() if item else "")
        return "\n".join("\t".join(texts) for texts in lines.values())
