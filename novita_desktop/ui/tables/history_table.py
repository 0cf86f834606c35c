"""The rows of the History page: runs, newest first, fetched page by page as they are seen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from dataclasses import replace
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

from novita_desktop.domain.runs import RunPhase, RunStatus, RunSummary
from novita_desktop.ui import formatting

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
PAGE_ROWS = 200
STAR = "\u2605"

# Compared as plain numbers: comparing enum members costs more than everything else in `data`.
DISPLAY_ROLE = int(Qt.ItemDataRole.DisplayRole)
ALIGNMENT_ROLE = int(Qt.ItemDataRole.TextAlignmentRole)
TIP_ROLE = int(Qt.ItemDataRole.ToolTipRole)

FetchPage = Callable[[int | None, int], Awaitable[Sequence[RunSummary]]]
"""Returns the runs before a run id (None: the newest), at most so many."""

StartTask = Callable[[Coroutine[Any, Any, None]], object]
"""Starts a coroutine on the window's loop and looks after its errors."""


class Column(IntEnum):
    """The table's columns, in order."""

    TIME = 0
    STATUS = 1
    PRESET = 2
    MODEL = 3
    MESSAGE = 4
    TOKENS = 5
    TOOK = 6
    COST = 7
    RETRY = 8


NUMBERS = frozenset({Column.TOKENS, Column.TOOK, Column.COST})
"""The columns of figures, which stand at the right."""

_WAITING_PHASES = frozenset({RunPhase.SLOWED, RunPhase.BACKING_OFF})


def status_in(phase: RunPhase) -> RunStatus:
    """Return the status of a live run that is in `phase`."""
    if phase is RunPhase.QUEUED:
        return RunStatus.QUEUED
    return RunStatus.WAITING if phase in _WAITING_PHASES else RunStatus.RUNNING


class HistoryTable(QAbstractTableModel):
    """Shows every run; `name_of` turns a model's id into its name.

    Rows are in the order of falling ids. `first_page_shown` comes after each reload.
    """

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
        self._words: dict[int, tuple[str, ...]] = {}
        self._live: dict[int, RunStatus] = {}
        self._meanwhile: dict[int, RunSummary] = {}
        self._is_fetching = False
        self._is_complete = False
        self._generation = 0

    def reload(self) -> None:
        """Start again with the newest runs."""
        self._generation += 1
        self.beginResetModel()
        self._rows, self._words, self._live, self._meanwhile = [], {}, {}, {}
        self._is_complete, self._is_fetching = False, False
        self.endResetModel()
        self.fetchMore()

    def show_run(self, summary: RunSummary) -> None:
        """Put a new run in its place, or bring the row of a known one up to date."""
        if self._is_fetching:
            self._meanwhile[summary.id] = summary
        if summary.status.is_over:
            self._live.pop(summary.id, None)
        summary = self._newest(summary)
        position = self._place_for(summary.id)
        if self._holds(position, summary.id):
            self._rows[position] = summary
            self._tell_changed(position)
        elif position < len(self._rows) or self._is_complete:
            self.beginInsertRows(NO_INDEX, position, position)
            self._rows.insert(position, summary)
            self.endInsertRows()

    def take_away(self, run_ids: Collection[int]) -> None:
        """Take rows away: their runs are not in this list any more."""
        for run_id in run_ids:
            self._meanwhile.pop(run_id, None)
            position = self._place_for(run_id)
            if self._holds(position, run_id):
                self.beginRemoveRows(NO_INDEX, position, position)
                del self._rows[position]
                self._words.pop(run_id, None)
                self.endRemoveRows()

    def is_complete(self) -> bool:
        """Return whether every run of the list has been fetched."""
        return self._is_complete

    def is_first_of_day(self, row: int) -> bool:
        """Return whether the run in `row` was made on another day than the one above."""
        if not 0 < row < len(self._rows):
            return False
        above, run = self._rows[row - 1], self._rows[row]
        return formatting.day_of(above.created_at) != formatting.day_of(run.created_at)

    def models(self) -> list[str]:
        """Return the ids of the models in the rows, the newest first."""
        return list(dict.fromkeys(run.model for run in self._rows))

    def show_phase(self, run_id: int, phase: RunPhase) -> None:
        """Show in a live run's row what the run does now."""
        status = status_in(phase)
        self._live[run_id] = status
        position = self._place_for(run_id)
        if not self._holds(position, run_id):
            return
        run = self._rows[position]
        if not run.status.is_over and run.status is not status:
            self._rows[position] = replace(run, status=status)
            self._tell_changed(position)

    def show_names(self) -> None:
        """Ask for the models' names again: the catalogue changed."""
        self._words.clear()
        if self._rows:
            last = self.index(len(self._rows) - 1, Column.MODEL)
            self.dataChanged.emit(self.index(0, Column.MODEL), last)

    def run_at(self, row: int) -> RunSummary | None:
        """Return the run in `row`, None when there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, run_id: int) -> int:
        """Return the row that shows this run, -1 when none of those fetched does."""
        position = self._place_for(run_id)
        return position if self._holds(position, run_id) else -1

    def words_at(self, row: int) -> tuple[str, ...]:
        """Return the texts of a row's cells in the order of `Column`, put together once."""
        run = self._rows[row]
        found = self._words.get(run.id)
        if found is None:
            found = self._words[run.id] = self._texts(run)
        return found

    def _place_for(self, run_id: int) -> int:
        return bisect_left(self._rows, -run_id, key=lambda run: -run.id)

    def _holds(self, position: int, run_id: int) -> bool:
        return position < len(self._rows) and self._rows[position].id == run_id

    def _newest(self, summary: RunSummary) -> RunSummary:
        """Return `summary` with the status that was told last, if it is live."""
        status = self._live.get(summary.id)
        return summary if status is None else replace(summary, status=status)

    def _tell_changed(self, position: int) -> None:
        self._words.pop(self._rows[position].id, None)
        last = self.index(position, len(Column) - 1)
        self.dataChanged.emit(self.index(position, 0), last)

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
        if not self.canFetchMore(parent):
            return
        self._is_fetching = True
        before = self._rows[-1].id if self._rows else None
        self._start(self._append_page(before, self._generation))

    async def _append_page(self, before: int | None, generation: int) -> None:
        is_given = False
        try:
            page = await self._fetch_page(before, PAGE_ROWS)
            is_given = True
        finally:
            if not is_given and generation == self._generation:
                self._is_fetching = False
        if generation != self._generation:
            return
        self._is_fetching, self._is_complete = False, len(page) < PAGE_ROWS
        new = self._with_news(page, is_first=before is None)
        if new:
            self.beginInsertRows(NO_INDEX, len(self._rows), len(self._rows) + len(new) - 1)
            self._rows += new
            self.endInsertRows()
        if before is None:
            self.first_page_shown.emit()

    def _with_news(self, page: Sequence[RunSummary], *, is_first: bool) -> list[RunSummary]:
        """Return a page with what was told of its runs, and of newer ones, while it was read."""
        found = {run.id: run for run in page}
        newest = max(found, default=0)
        for run_id, run in self._meanwhile.items():
            if run_id in found or (is_first and run_id > newest):
                found[run_id] = run
        self._meanwhile.clear()
        return [self._newest(found[run_id]) for run_id in sorted(found, reverse=True)]

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = DISPLAY_ROLE
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == ALIGNMENT_ROLE:
            return _alignment(section)
        if role == DISPLAY_ROLE:
            return self._titles()[section]
        return None

    def _titles(self) -> tuple[str, ...]:
        return (
            self.tr("Time"),
            self.tr("Status"),
            self.tr("Preset"),
            self.tr("Model"),
            self.tr("Message"),
            self.tr("Tokens"),
            self.tr("Took"),
            self.tr("Cost"),
            "",
        )

    @override
    def data(self, index: Index, role: int = DISPLAY_ROLE) -> Any:
        if role not in (DISPLAY_ROLE, ALIGNMENT_ROLE, TIP_ROLE):
            return None
        row, column = index.row(), index.column()
        if not 0 <= row < len(self._rows):
            return None
        if role == ALIGNMENT_ROLE:
            return _alignment(column)
        if role == TIP_ROLE:
            return self._rows[row].message_head if column == Column.MESSAGE else None
        return self.words_at(row)[column]

    def _texts(self, run: RunSummary) -> tuple[str, ...]:
        head = run.message_head
        return (
            formatting.run_time(run.created_at),
            formatting.status(run.status),
            run.preset_name or formatting.DASH,
            self._name_of(run.model),
            f"{STAR} {head}" if run.is_starred else head,
            formatting.tokens(run.usage, is_estimate=run.usage_is_estimate),
            formatting.duration(run.duration_ms),
            formatting.cost(run.cost, is_over=run.status.is_over),
            self.retry_word(),
        )

    def retry_word(self) -> str:
        """Return the word on the button of every row."""
        return self.tr("Retry")


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
