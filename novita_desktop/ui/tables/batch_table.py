"""The rows of a batch: its table's cells with what each row's run brought, read a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from novita_desktop.domain.batches import RowResult, RowState
from novita_desktop.ui.tables.batch_words import BatchWords

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
PAGE_ROWS = 100
MOST_LOADED = 20 * PAGE_ROWS

Read = Callable[[int, int, RowState | None], Coroutine[Any, Any, Sequence[RowResult]]]
"""Reads results: from a place on, so many, of all rows or of those in one state."""

Start = Callable[[Coroutine[Any, Any, None]], object]


class BatchTable(QAbstractTableModel):
    """Shows the number, the cells, the status, the answer, the tries and the cost of each row.

    Only rows near the eye are in memory.
    """

    def __init__(
        self, read: Read, start: Start, words: BatchWords, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._read, self._start, self._words = read, start, words
        self._columns: tuple[str, ...] = ()
        self._state: RowState | None = None
        self._length = 0
        self._rows: dict[int, RowResult] = {}
        self._texts: dict[int, tuple[str, ...]] = {}
        self._asked: set[int] = set()
        self._generation = 0

    @property
    def state_column(self) -> int:
        """The column of the status."""
        return 1 + len(self._columns)

    @property
    def answer_column(self) -> int:
        """The column of the answer."""
        return self.state_column + 1

    @property
    def number_columns(self) -> frozenset[int]:
        """The columns of figures, which stand at the right."""
        return frozenset({0, self.answer_column + 1, self.answer_column + 2})

    def show_table(self, columns: Sequence[str], length: int, state: RowState | None) -> None:
        """Show another table, or other rows of it: those in one state."""
        self._generation += 1
        self.beginResetModel()
        self._columns, self._state, self._length = tuple(columns), state, length
        self._rows, self._texts, self._asked = {}, {}, set()
        self.endResetModel()

    def set_length(self, length: int) -> None:
        """Take note that rows came into the shown state, or left it."""
        if length == self._length:
            return
        if length > self._length:
            self.beginInsertRows(NO_INDEX, self._length, length - 1)
            self._length = length
            self.endInsertRows()
        else:
            self.beginRemoveRows(NO_INDEX, length, self._length - 1)
            self._length = length
            self._rows = {row: each for row, each in self._rows.items() if row < length}
            self.endRemoveRows()

    def refresh(self, first: int, last: int) -> None:
        """Read the rows from `first` to `last` again; others when they are looked at."""
        kept = range(first // PAGE_ROWS, last // PAGE_ROWS + 1)
        self._rows = {row: each for row, each in self._rows.items() if row // PAGE_ROWS in kept}
        self._texts = {row: each for row, each in self._texts.items() if row in self._rows}
        for page in kept:
            self._ask(page)

    def result_at(self, row: int) -> RowResult | None:
        """Return what is in `row`, None when it is not read yet."""
        return self._rows.get(row)

    def want(self, row: int) -> None:
        """Have a row read that is looked at and not in memory."""
        self._ask(row // PAGE_ROWS)

    def texts_at(self, row: int) -> tuple[str, ...]:
        """Return the texts of a row's cells, put together once."""
        result = self._rows.get(row)
        if result is None:
            self.want(row)
            return ("",) * self.columnCount()
        found = self._texts.get(row)
        if found is None:
            found = self._texts[row] = self._words.cells(result, len(self._columns))
        return found

    @override
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else self._length

    @override
    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else self.answer_column + 3

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return self.texts_at(index.row())[index.column()] if index.isValid() else None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # Qt's own signature
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            titles = self._words.titles(self._columns)
            return titles[section] if section < len(titles) else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft
            if section in self.number_columns:
                side = Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _ask(self, page: int) -> None:
        if page in self._asked or page * PAGE_ROWS >= self._length:
            return
        self._asked.add(page)
        self._start(self._read_page(page, self._generation))

    async def _read_page(self, page: int, generation: int) -> None:
        first = page * PAGE_ROWS
        try:
            found = await self._read(first, PAGE_ROWS, self._state)
        finally:
            if generation == self._generation:
                self._asked.discard(page)
        if generation != self._generation or not found:
            return
        for row, result in enumerate(found, start=first):
            if self._rows.get(row) != result:
                self._rows[row] = result
                self._texts.pop(row, None)
        if len(self._rows) > MOST_LOADED:
            near = range(first - MOST_LOADED // 2, first + MOST_LOADED // 2)
            self._rows = {row: each for row, each in self._rows.items() if row in near}
            self._texts = {row: each for row, each in self._texts.items() if row in near}
        last = min(first + len(found), self._length) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))
