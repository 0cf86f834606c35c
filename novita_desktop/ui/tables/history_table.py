"""The rows of the History page, newest first: read where they are looked at, and only there.

The whole list is read by place: its scroll bar tells the truth, and a million runs take no more
memory than those in view. What a search found is read from the top on, as far as it is scrolled.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Coroutine, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from typing_extensions import override

from novita_desktop.domain.runs import (
    GroupSummary,
    ListedPage,
    ListedRuns,
    RunPhase,
    RunStatus,
    RunSummary,
    masked_run,
)
from novita_desktop.ui import formatting
from novita_desktop.ui.tables.history_reader import HistoryReader, status_in
from novita_desktop.ui.tables.history_words import NUMBERS, Column, HistoryWords
from novita_desktop.ui.tables.row_window import RowWindow

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
PAGE_ROWS = 200
MOST_LOADED = 15 * PAGE_ROWS
"""How many rows of the whole list stay in memory."""

NEWS_MS = 200
"""Groups whose runs changed within this time are read again together."""

# Compared as plain numbers: comparing enum members costs more than everything else in `data`.
DISPLAY_ROLE = int(Qt.ItemDataRole.DisplayRole)
ALIGNMENT_ROLE = int(Qt.ItemDataRole.TextAlignmentRole)
TIP_ROLE = int(Qt.ItemDataRole.ToolTipRole)

StartTask = Callable[[Coroutine[Any, Any, None]], object]
"""Starts a coroutine on the window's loop and looks after its errors."""


class HistoryTable(QAbstractTableModel):
    """Shows runs; in the whole list those that were started together are one row.

    `first_page_shown` comes after each reload.
    """

    first_page_shown = Signal()

    def __init__(
        self,
        reader: HistoryReader,
        start: StartTask,
        words: HistoryWords,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._reader, self._start, self.words = reader, start, words
        self._is_whole = reader.is_whole
        self._rows = RowWindow[ListedRuns](self._key_of)
        self._words: dict[int, tuple[str, ...]] = {}
        self._groups: dict[int, int] = {}
        self._live: dict[int, RunStatus] = {}
        self._meanwhile: dict[int, RunSummary] = {}
        self._asked: set[int] = set()
        self._changed_groups: set[int] = set()
        self._is_complete = self._is_fetching = False
        self._generation = self._shifts = 0
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._news.setInterval(NEWS_MS)
        self._news.timeout.connect(self._read_changed_groups)

    def reload(self) -> None:
        """Read the list anew, from its newest rows on."""
        self._generation += 1
        self._asked.clear()
        self._changed_groups.clear()
        self._live, self._meanwhile = {}, {}
        self._is_fetching = True
        self._start(self._read_first(self._generation))

    def show_run(self, summary: RunSummary) -> None:
        """Put a new run in its place, or bring the row of a known one up to date."""
        if self._is_fetching:
            self._meanwhile[summary.id] = summary
        if summary.status.is_over:
            self._live.pop(summary.id, None)
        row = self._rows.row_of(self._key_of(summary))
        shown = self._rows.at(row)
        if isinstance(shown, RunSummary) and shown.id == summary.id:
            # An event knows nothing of the round that a run stands in.
            is_hidden = shown.is_hidden or summary.is_hidden
            self._replace(row, masked_run(replace(summary, is_hidden=is_hidden)))
        elif shown is not None:
            self._changed_groups.add(summary.group_id)
            self._news.start()
        elif self._is_whole:
            newest = self._rows.at(0)
            if newest is None or self._key_of(newest) < summary.group_id:
                self._insert(0, summary)
        else:
            place = self._rows.place_for(summary.id)
            if place < self._rows.length or self._is_complete:
                self._insert(place, summary)

    def take_away(self, run_ids: Collection[int]) -> bool:
        """Take runs out of the list; return whether each of them had a row of its own here."""
        rows = {run_id: self.row_of(run_id) for run_id in run_ids}
        for run_id in run_ids:
            self._meanwhile.pop(run_id, None)
        for row in sorted((row for row in rows.values() if row >= 0), reverse=True):
            self.beginRemoveRows(NO_INDEX, row, row)
            self._rows.remove(row)
            self._shifts += 1
            self.endRemoveRows()
        return -1 not in rows.values()

    def is_complete(self) -> bool:
        """Return whether nothing is left to be fetched at the end of the list."""
        return self._is_complete

    def is_first_of_day(self, row: int) -> bool:
        """Return whether what is in `row` was made on another day than the one above."""
        above, entry = self._rows.at(row - 1), self._rows.at(row)
        if above is None or entry is None:
            return False
        return formatting.day_of(above.created_at) != formatting.day_of(entry.created_at)

    def models(self) -> list[str]:
        """Return the ids of the models in the rows in memory, the newest first."""
        found = dict[str, None]()
        for entry in self._rows.loaded():
            models = entry.models if isinstance(entry, GroupSummary) else (entry.model,)
            found.update(dict.fromkeys(model for model in models if model))
        return list(found)

    def show_phase(self, run_id: int, phase: RunPhase) -> None:
        """Show in a live run's row what the run does now."""
        status = status_in(phase)
        self._live[run_id] = status
        row = self.row_of(run_id)
        run = self.run_at(row)
        if run is not None and not run.status.is_over and run.status is not status:
            self._replace(row, replace(run, status=status))

    def show_names(self) -> None:
        """Ask for the models' names again: the catalogue changed."""
        self._words.clear()
        self._show_again()

    def entry_at(self, row: int) -> ListedRuns | None:
        """Return what is in `row`, None when it is not there or not read yet."""
        return self._rows.at(row)

    def run_at(self, row: int) -> RunSummary | None:
        """Return the run in `row`, None when there is none, or several."""
        entry = self._rows.at(row)
        return entry if isinstance(entry, RunSummary) else None

    def row_of(self, run_id: int) -> int:
        """Return the row that shows this run alone, -1 when none in memory does."""
        key = self._groups.get(run_id, -1) if self._is_whole else run_id
        row = self._rows.row_of(key)
        run = self.run_at(row)
        return row if run is not None and run.id == run_id else -1

    def row_of_group(self, group_id: int) -> int:
        """Return the row of the whole list that shows this group, -1 when none in memory does."""
        return self._rows.row_of(group_id) if self._is_whole else -1

    def has_hidden(self) -> bool:
        """Return whether a row in memory hides its models."""
        return any(entry.is_hidden for entry in self._rows.loaded())

    def can_retry(self, row: int) -> bool:
        """Return whether what is in `row` can be run again: one run, or those that failed."""
        entry = self._rows.at(row)
        if isinstance(entry, GroupSummary):
            return bool(entry.count_of(RunStatus.FAILED)) and not entry.is_hidden
        return entry is not None and entry.status.is_over and not entry.is_hidden

    def want(self, row: int) -> None:
        """Have a row read that is looked at and not in memory."""
        page = row // PAGE_ROWS
        if not self._is_whole or page in self._asked or not 0 <= row < self._rows.length:
            return
        self._asked.add(page)
        self._start(self._read_page(page, self._generation, self._shifts))

    def words_at(self, row: int) -> tuple[str, ...]:
        """Return the texts of a row's cells in the order of `Column`, put together once."""
        entry = self._rows.at(row)
        if entry is None:
            self.want(row)
            return ("",) * len(Column)
        key = self._key_of(entry)
        found = self._words.get(key)
        if found is None:
            found = self._words[key] = self.words.cells(entry)
        return found

    def _key_of(self, entry: ListedRuns) -> int:
        if self._is_whole or isinstance(entry, GroupSummary):
            return entry.group_id
        return entry.id

    def _newest(self, entry: ListedRuns) -> ListedRuns:
        """Return `entry` with the status that was told last, if it is a live run."""
        if isinstance(entry, RunSummary) and (status := self._live.get(entry.id)) is not None:
            return replace(entry, status=status)
        return entry

    def _put(self, row: int, entries: Sequence[ListedRuns]) -> None:
        """Take rows into memory, and remember the groups of their runs."""
        self._rows.put(row, [self._newest(entry) for entry in entries])
        if len(self._groups) > 2 * MOST_LOADED:
            self._groups.clear()
            entries = tuple(self._rows.loaded())
        for entry in entries:
            if isinstance(entry, RunSummary):
                self._groups[entry.id] = entry.group_id

    def _replace(self, row: int, entry: ListedRuns) -> None:
        self._put(row, [entry])
        self._words.pop(self._key_of(entry), None)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def _insert(self, row: int, entry: ListedRuns) -> None:
        self.beginInsertRows(NO_INDEX, row, row)
        self._rows.insert(row, entry)
        self._put(row, [entry])
        self._shifts += 1
        self.endInsertRows()

    async def _read_first(self, generation: int) -> None:
        is_given = False
        try:
            is_whole = self._reader.is_whole
            if is_whole:
                page = await self._reader.at(0, PAGE_ROWS)
            else:
                found = await self._reader.before(None, PAGE_ROWS)
                page = ListedPage(len(found), tuple(found))
            is_given = True
        finally:
            if not is_given and generation == self._generation:
                self._is_fetching = False
        if generation != self._generation:
            return
        self.beginResetModel()
        self._is_fetching, self._is_whole = False, is_whole
        self._is_complete = is_whole or len(page.rows) < PAGE_ROWS
        self._words, self._groups = {}, {}
        self._rows = RowWindow[ListedRuns](self._key_of)
        self._rows.length = page.length
        self._put(0, page.rows)
        self._asked = set()
        self.endResetModel()
        self._show_meanwhile()
        self.first_page_shown.emit()

    async def _read_page(self, page: int, generation: int, shifts: int) -> None:
        first = page * PAGE_ROWS
        try:
            found = await self._reader.at(first, PAGE_ROWS)
        finally:
            if generation == self._generation:
                self._asked.discard(page)
        if generation != self._generation:
            return
        if shifts == self._shifts and found.length == self._rows.length:
            self._put(first, found.rows)
            for key in self._rows.keep_near(first, MOST_LOADED):
                self._words.pop(key, None)
        elif shifts == self._shifts:
            # Rows came or went of which the news is on its way, or never comes.
            self._news.start()
            return
        self._show_again()

    def _read_changed_groups(self) -> None:
        groups, self._changed_groups = sorted(self._changed_groups), set()
        self._start(self._show_groups(groups, self._generation))

    async def _show_groups(self, group_ids: Sequence[int], generation: int) -> None:
        """Show groups as they are now; read all anew if the list has another length than told."""
        found = {entry.group_id: entry for entry in await self._reader.groups(group_ids)}
        length = (await self._reader.at(0, 0)).length
        if generation != self._generation or not self._is_whole:
            return
        for group_id in group_ids:
            row, entry = self._rows.row_of(group_id), found.get(group_id)
            if row >= 0 and entry is not None:
                self._replace(row, entry)
        if length != self._rows.length and not self._news.isActive():
            self.reload()
        self._show_again()

    def _show_again(self) -> None:
        """Have what is in view drawn again: what is still missing is asked for then."""
        if self._rows.length:
            last = self.index(self._rows.length - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _show_meanwhile(self) -> None:
        """Show what was told while a page was read: it may be newer than the page."""
        told, self._meanwhile = self._meanwhile, {}
        for summary in told.values():
            self.show_run(summary)

    @override
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else self._rows.length

    @override
    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def canFetchMore(self, parent: Index = NO_INDEX) -> bool:
        return not (parent.isValid() or self._is_whole or self._is_fetching or self._is_complete)

    @override
    def fetchMore(self, parent: Index = NO_INDEX) -> None:
        last = self._rows.at(self._rows.length - 1)
        if not self.canFetchMore(parent) or not isinstance(last, RunSummary):
            return
        self._is_fetching = True
        self._start(self._append_page(last.id, self._generation))

    async def _append_page(self, before: int, generation: int) -> None:
        is_given = False
        try:
            page = await self._reader.before(before, PAGE_ROWS)
            is_given = True
        finally:
            if not is_given and generation == self._generation:
                self._is_fetching = False
        if generation != self._generation:
            return
        self._is_fetching, self._is_complete = False, len(page) < PAGE_ROWS
        if page:
            first = self._rows.length
            self.beginInsertRows(NO_INDEX, first, first + len(page) - 1)
            self._rows.length += len(page)
            self._put(first, page)
            self.endInsertRows()
        self._show_meanwhile()

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = DISPLAY_ROLE
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == ALIGNMENT_ROLE:
            return _alignment(section)
        if role == DISPLAY_ROLE:
            return "" if section == Column.RETRY else self.words.titles()[section]
        return None

    @override
    def data(self, index: Index, role: int = DISPLAY_ROLE) -> Any:
        if role not in (DISPLAY_ROLE, ALIGNMENT_ROLE, TIP_ROLE):
            return None
        row, column = index.row(), index.column()
        if not 0 <= row < self._rows.length:
            return None
        if role == ALIGNMENT_ROLE:
            return _alignment(column)
        if role == TIP_ROLE:
            entry = self._rows.at(row)
            return entry.message_head if entry and column == Column.MESSAGE else None
        return self.words_at(row)[column]


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
