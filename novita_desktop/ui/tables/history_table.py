"""The rows of the History page: runs, newest first, fetched page by page as they are seen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from novita_desktop.domain.runs import RunSummary
from novita_desktop.ui import formatting

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
PAGE_ROWS = 200

FetchPage = Callable[[int | None, int], Awaitable[Sequence[RunSummary]]]
"""Returns the runs before a run id (None: the newest), at most so many."""

StartTask = Callable[[Coroutine[Any, Any, None]], object]
"""Starts a coroutine on the window's loop and looks after its errors."""


class Column(IntEnum):
    """The table's columns, in order."""

    TIME = 0
    STATUS = 1
    MODEL = 2
    MESSAGE = 3
    TOKENS = 4
    TOOK = 5
    COST = 6
    RETRY = 7


class HistoryTable(QAbstractTableModel):
    """Shows every run; `name_of` turns a model's id into its name."""

    first_page_shown = Signal()

    def __init__(
        self,
        fetch_page: FetchPage,
        start: StartTask,
        name_of: Callable[[str], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch_page, self._start, self._name_of = fetch_page, start, name_of
        self._rows: list[RunSummary] = []
        self._positions: dict[int, int] = {}
        self._is_fetching = False
        self._is_complete = False
        self._generation = 0

    def reload(self) -> None:
        """Start again with the newest runs."""
        self._generation += 1
        self.beginResetModel()
        self._rows, self._positions = [], {}
        self._is_complete, self._is_fetching = False, False
        self.endResetModel()
        self.fetchMore()

    def show_run(self, summary: RunSummary) -> None:
        """Put a new run on top, or bring the row of a known one up to date."""
        position = self._position_of(summary.id)
        if position is not None:
            self._rows[position] = summary
            last = self.index(position, len(Column) - 1)
            self.dataChanged.emit(self.index(position, 0), last)
        elif not self._rows or summary.id > self._rows[0].id:
            self.beginInsertRows(NO_INDEX, 0, 0)
            self._rows.insert(0, summary)
            self._positions[summary.id] = len(self._rows)
            self.endInsertRows()

    def run_at(self, row: int) -> RunSummary | None:
        """Return the run in `row`, None when there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _position_of(self, run_id: int) -> int | None:
        # Kept as the distance from the end, which stays the same when a row comes on top.
        distance = self._positions.get(run_id)
        return None if distance is None else len(self._rows) - distance

    @override
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def canFetchMore(self, parent: Index = NO_INDEX) -> bool:
        return not (parent.isValid() or self._is_fetching or self._is_complete)

    @override
    def fetchMore(self, parent: Index = NO_INDEX) -> None:
        self._is_fetching = True
        before = self._rows[-1].id if self._rows else None
        self._start(self._append_page(before, self._generation))

    async def _append_page(self, before: int | None, generation: int) -> None:
        try:
            page = await self._fetch_page(before, PAGE_ROWS)
        except BaseException:
            self._is_fetching = False
            raise
        if generation != self._generation:
            return
        self._is_fetching, self._is_complete = False, len(page) < PAGE_ROWS
        new = [summary for summary in page if summary.id not in self._positions]
        if new:
            self.beginInsertRows(NO_INDEX, len(self._rows), len(self._rows) + len(new) - 1)
            self._rows += new
            total = len(self._rows)
            self._positions = {run.id: total - place for place, run in enumerate(self._rows)}
            self.endInsertRows()
        if before is None:
            self.first_page_shown.emit()

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[section]
        return None

    def _titles(self) -> tuple[str, ...]:
        return (
            self.tr("Time"),
            self.tr("Status"),
            self.tr("Model"),
            self.tr("Message"),
            self.tr("Tokens"),
            self.tr("Took"),
            self.tr("Cost"),
            "",
        )

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole}:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        run = self.run_at(index.row())
        return None if run is None else self._text(run, Column(index.column()))

    def _text(self, run: RunSummary, column: Column) -> str:
        match column:
            case Column.TIME:
                return formatting.run_time(run.created_at)
            case Column.STATUS:
                return formatting.status(run.status)
            case Column.MODEL:
                return self._name_of(run.model)
            case Column.MESSAGE:
                return run.message_head
            case Column.TOKENS:
                return formatting.tokens(run.usage, is_estimate=run.usage_is_estimate)
            case Column.TOOK:
                return formatting.duration(run.duration_ms)
            case Column.COST:
                return formatting.cost(run.cost, is_over=run.status.is_over)
            case Column.RETRY:
                return self.tr("Retry") if run.status.is_over else ""


def _alignment(column: int) -> Qt.AlignmentFlag:
    numbers = {Column.TOKENS, Column.TOOK, Column.COST}
    side = Qt.AlignmentFlag.AlignRight if column in numbers else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
