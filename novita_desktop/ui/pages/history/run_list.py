"""The list side of the History page: every run, or what a search found, and what happens to it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from novita_desktop.domain.history_search import HistoryQuery
from novita_desktop.domain.runs import GroupSummary, ListedPage, ListedRuns, RunSummary
from novita_desktop.services.events import RunAdded, RunEnded, RunPhaseChanged
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages.history.history_empty import HistoryEmpty
from novita_desktop.ui.pages.history.run_count import RunCount
from novita_desktop.ui.tables.column_choice import ColumnChoice
from novita_desktop.ui.tables.day_list import DayList
from novita_desktop.ui.tables.history_rows import PLAN, HistoryRowPainter
from novita_desktop.ui.tables.history_table import HistoryTable
from novita_desktop.ui.tables.history_words import Column, HistoryWords
from novita_desktop.ui.tables.row_buttons import RowButtons
from novita_desktop.ui.tables.row_paint import RowPaint
from novita_desktop.ui.tables.row_view import RowView
from novita_desktop.ui.widgets.chip import STATUS_KINDS

RETRY_KEY = "r"
MOST_ROWS_CHANGED = 200
"""When more rows change at once, the list is read again: row by row, the window would stand still."""


class RunList(QStackedWidget):
    """Shows rows of one workspace; `chosen` has the row that is to be shown in full, or None.

    `counted` has how many there are in words. `cleared` asks to leave the search that found
    nothing, `prompt_requested` for the Prompt page while there is no run at all.
    """

    chosen = Signal(object)
    opened = Signal(object)
    retry_asked = Signal(object)
    delete_asked = Signal()
    counted = Signal(str)
    emptied = Signal(bool)
    cleared = Signal()
    prompt_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.query = HistoryQuery()
        self._chosen_id: int | None = None
        self._is_late = False
        self._chosen_group: GroupSummary | None = None
        self._reading: asyncio.Future[None] | None = None
        self.words = HistoryWords(self._model_name, self)
        self.table = HistoryTable(self, self._start_reading, self.words, self)
        self.table.first_page_shown.connect(self._show_first_page)
        self.table.rowsInserted.connect(self._show_list)
        self.table.dataChanged.connect(self._show_late)
        self._count = RunCount(context, self)
        self._count.told.connect(self.counted)
        paint = RowPaint(context.theme, context.icons, self)
        self._painter = HistoryRowPainter(paint, self.table, STATUS_KINDS)
        self.view = self._built_view(paint)
        self.columns = ColumnChoice(
            self.view, self.words.titles(), {Column.MESSAGE, Column.TIME, Column.RETRY}
        )
        self._list = DayList(self.view, self._day_at, self)
        buttons = RowButtons(self.view, self.table, self._painter.retry_place, self._list)
        buttons.pressed.connect(self._retry_row)
        self._empty = HistoryEmpty(context.icons, self)
        self._empty.action_requested.connect(self._leave_empty_state)
        self.addWidget(self._list)
        self.addWidget(self._empty)

    @property
    def is_whole(self) -> bool:
        """Whether every run is listed, and nothing is searched for."""
        return not self.query.is_narrow

    async def at(self, place: int, limit: int) -> ListedPage:
        """Return rows of the whole list."""
        context = self.context
        return await context.bridge.call(context.workspace.history.listed_at(place, limit))

    async def before(self, run_id: int | None, limit: int) -> Sequence[RunSummary]:
        """Return found runs below a run id."""
        context = self.context
        return await context.bridge.call(
            context.workspace.history.search(self.query, run_id, limit)
        )

    async def groups(self, group_ids: Sequence[int]) -> Sequence[ListedRuns]:
        """Return the rows of some groups as they are now."""
        context = self.context
        return await context.bridge.call(context.workspace.history.listed_groups(group_ids))

    def follow(self, context: PageContext) -> None:
        """Show the runs of `context`, and what happens to them from now on."""
        self.context = context
        self.query = HistoryQuery()
        bridge = context.bridge
        bridge.run_added.connect(self._take_added)
        bridge.run_phase_changed.connect(self._take_phase)
        bridge.run_ended.connect(self._take_ended)
        context.state.catalogue_changed.connect(self.table.show_names)
        self._chosen_id = None
        self.read_again()

    def stop_following(self) -> None:
        """Listen no more to the workspace: another is to be shown."""
        bridge = self.context.bridge
        bridge.run_added.disconnect(self._take_added)
        bridge.run_phase_changed.disconnect(self._take_phase)
        bridge.run_ended.disconnect(self._take_ended)
        self.context.state.catalogue_changed.disconnect(self.table.show_names)

    def search(self, query: HistoryQuery) -> None:
        """List what `query` asks for; an older search that goes on is given up."""
        if query == self.query:
            return
        self.query = query
        if self._reading is not None:
            self._reading.cancel()
        self.read_again()

    def read_again(self) -> None:
        """Read the list and count it anew."""
        self.table.reload()
        self._count.count(self.context, self.query)

    def chosen_count(self) -> int:
        """Return how many rows are selected."""
        return len(self.view.chosen_rows())

    async def chosen_run_ids(self) -> list[int]:
        """Return the runs of every selected row, also of groups and of rows not read yet."""
        history, call = self.context.workspace.history, self.context.bridge.call
        found: list[int] = []
        for entry in await self._chosen_entries():
            match entry:
                case RunSummary():
                    found.append(entry.id)
                case GroupSummary():
                    found += await call(history.ids_of_group(entry.group_id))
        return found

    async def _chosen_entries(self) -> Sequence[ListedRuns]:
        """Return what is selected; read anew when rows came or went meanwhile."""
        while True:
            rows = self.view.chosen_rows()
            known = [self.table.entry_at(row) for row in rows]
            entries = [entry for entry in known if entry is not None]
            if len(entries) == len(rows) or not self.is_whole:
                return entries
            page = await self.at(rows[0], rows[-1] - rows[0] + 1)
            if rows == self.view.chosen_rows() and page.length == self.table.rowCount():
                return [page.rows[row - rows[0]] for row in rows]

    def choose_run(self, run_id: int) -> bool:
        """Choose the row of a run if it is among those that were read; return whether it is."""
        row = self.table.row_of(run_id)
        self.view.choose_row(row)
        return row >= 0

    def show_started(self, summary: RunSummary) -> None:
        """Choose the row of a run that was started here, also in a list that it does not match."""
        if self.table.row_of(summary.id) < 0:  # else its events came first and are newer
            self.table.show_run(summary)
        self.choose_run(summary.id)

    def take_changed(self, run_ids: Sequence[int]) -> None:
        """Bring the rows of runs up to date that were marked."""
        if len(run_ids) > MOST_ROWS_CHANGED:
            self.read_again()
            return
        for run_id in run_ids:
            self.context.tasks.start(self._bring_up_to_date(self.context, self.query, run_id))

    def take_gone(self, run_ids: Sequence[int]) -> None:
        """Take deleted runs out of the list, and choose what takes the chosen one's place."""
        if len(run_ids) > MOST_ROWS_CHANGED:
            self.read_again()
            return
        row = self.view.chosen_row()
        are_alone = self.table.take_away(run_ids)
        self._count.add(-len(run_ids))
        if not are_alone:
            self.table.reload()  # some of a group's are gone
        elif self._chosen_id in run_ids:
            self._chosen_id = None
            self.view.choose_row(min(row, self.table.rowCount() - 1))
        self._show_list()

    def take_returned(self, run_ids: Sequence[int]) -> None:
        """Show runs that came back from the bin, or take them out of the list of deleted ones."""
        if self.query.is_deleted:
            self.take_gone(run_ids)
        elif self.is_whole:
            self.read_again()
        else:
            self.take_changed(run_ids)

    def _built_view(self, paint: RowPaint) -> RowView:
        view = RowView(paint, self._painter, PLAN, self)
        view.setAccessibleName(self.tr("Runs"))
        view.setModel(self.table)
        view.fit_columns()
        view.row_chosen.connect(self._choose_row)
        view.cell_clicked.connect(self._press_cell)
        view.row_activated.connect(self._open_row)
        view.typed.connect(self._type_on_table)
        view.allow_several()
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), view)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.delete_asked)
        return view

    def _start_reading(self, work: Coroutine[Any, Any, None]) -> None:
        self._reading = self.context.tasks.start(work)

    def _model_name(self, model_id: str) -> str:
        return self.context.state.model_name(model_id)

    def _day_at(self, row: int) -> int | None:
        entry = self.table.entry_at(row)
        return None if entry is None else entry.created_at

    def _show_first_page(self) -> None:
        """Go on showing the same row if it is in the new list, else the first of it."""
        row = -1 if self._chosen_id is None else self.table.row_of(self._chosen_id)
        if row < 0:
            self._chosen_id = None
        else:
            self.view.choose_row(row)
        self._show_list()

    def _show_list(self) -> None:
        is_empty = not self.table.rowCount()
        self._empty.say(is_narrow=not self.is_whole)
        self.setCurrentIndex(1 if is_empty else 0)
        if is_empty:
            self._chosen_id = None
            self.chosen.emit(None)
        elif self.view.chosen_row() < 0:
            self.view.choose_row(0)
        self.emptied.emit(is_empty)

    def _leave_empty_state(self) -> None:
        if self.is_whole:
            self.prompt_requested.emit()
        else:
            self.cleared.emit()

    def _take_added(self, event: RunAdded) -> None:
        if self.is_whole and not event.summary.is_private:
            self._count.add(1)
            self.table.show_run(event.summary)

    async def _bring_up_to_date(
        self, context: PageContext, query: HistoryQuery, run_id: int
    ) -> None:
        """Show a run in its row if it is in the list."""
        is_listed = self.table.row_of(run_id) >= 0
        history = context.workspace.history
        if not is_listed and not await context.bridge.call(history.is_match(query, run_id)):
            return
        detail = await context.bridge.call(history.detail(run_id))
        if context is not self.context or query != self.query:
            return
        if self.table.row_of(run_id) < 0 and not self.is_whole:
            self._count.add(1)
        self.table.show_run(detail.summary)

    def _take_phase(self, event: RunPhaseChanged) -> None:
        self.table.show_phase(event.run_id, event.phase)

    def _take_ended(self, event: RunEnded) -> None:
        if event.summary.is_private:
            return
        if not self.is_whole and self.table.row_of(event.summary.id) < 0:
            self.take_changed([event.summary.id])
        else:
            self.table.show_run(event.summary)

    def _choose_row(self, row: int) -> None:
        entry = self.table.entry_at(row)
        self._is_late = entry is None and row >= 0
        self._chosen_group = entry if isinstance(entry, GroupSummary) else None
        if entry is not None:
            self._chosen_id = entry.id if isinstance(entry, RunSummary) else None
            self.chosen.emit(entry)

    def _show_late(self) -> None:
        """Show a row that was chosen before it was read, and a group as its runs go on."""
        row = self.view.chosen_row()
        entry = self.table.entry_at(row)
        is_other_group = isinstance(entry, GroupSummary) and entry != self._chosen_group
        if self._is_late or is_other_group:
            self._choose_row(row)

    def _press_cell(self, row: int, column: int, place: QPoint) -> None:
        area = self.view.visualRect(self.table.index(row, column))
        if column == Column.RETRY and self._painter.is_on_retry(area, place):
            self._retry_row(row)

    def _type_on_table(self, text: str) -> None:
        if text.lower() == RETRY_KEY:
            self._retry_row(self.view.chosen_row())

    def _retry_row(self, row: int) -> None:
        entry = self.table.entry_at(row)
        if entry is not None and self.table.can_retry(row):
            self.retry_asked.emit(entry)

    def _open_row(self, row: int) -> None:
        entry = self.table.entry_at(row)
        if isinstance(entry, RunSummary | GroupSummary):
            self.opened.emit(entry)
