"""The History page: every run, newest first, those searched for, and one in full."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget
from typing_extensions import override

from novita_desktop.domain.history_search import HistoryQuery
from novita_desktop.domain.request_body import request_of
from novita_desktop.domain.runs import RunDetail, RunSummary
from novita_desktop.services.events import RunAdded, RunEnded, RunPhaseChanged
from novita_desktop.ui.error_messages import BILLING_URL
from novita_desktop.ui.error_words import ErrorAction
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages._page import Page
from novita_desktop.ui.pages.history.history_empty import HistoryEmpty
from novita_desktop.ui.pages.history.history_search_bar import HistorySearchBar
from novita_desktop.ui.pages.history.run_again import RunAgain
from novita_desktop.ui.pages.history.run_count import RunCount
from novita_desktop.ui.pages.history.run_keeping import RunKeeping
from novita_desktop.ui.tables.day_list import DayList
from novita_desktop.ui.tables.history_rows import PLAN, HistoryRowPainter
from novita_desktop.ui.tables.history_table import Column, HistoryTable
from novita_desktop.ui.tables.row_paint import RowPaint
from novita_desktop.ui.tables.row_view import RowView
from novita_desktop.ui.widgets.chip import STATUS_KINDS
from novita_desktop.ui.widgets.panel_split import PanelSplit
from novita_desktop.ui.widgets.run_detail_panel import RunDetailPanel
from novita_desktop.ui.widgets.run_follower import RunFollower

RETRY_KEY = "r"
MOST_ROWS_CHANGED = 200
"""When more rows change at once, the list is read again: row by row, the window would stand still."""

SETTINGS_SECTIONS: Mapping[str, str] = {
    ErrorAction.RAISE_LIMIT: "budget",
    ErrorAction.OPEN_NETWORK_SETTINGS: "network",
    ErrorAction.OPEN_CONNECTION_SETTINGS: "connection",
    ErrorAction.OPEN_DATA_SETTINGS: "data",
}
"""Which section of Settings mends an error."""


class HistoryPage(Page):
    """Lists every run; opens, retries and edits one.

    `edit_requested` has a form to fill in, `open_requested` a run's id to show on the Prompt
    page, `settings_requested` the section of Settings that mends an error.
    """

    edit_requested = Signal(object)
    open_requested = Signal(int)
    prompt_requested = Signal()
    connect_requested = Signal()
    settings_requested = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("History"), parent)
        self._fact.setObjectName("historyCount")
        self._shown_id: int | None = None
        self._query = HistoryQuery()
        self._reading: asyncio.Task[None] | None = None
        self._table = HistoryTable(self._page, self._start_reading, self._model_name, self)
        self._table.first_page_shown.connect(self._show_first_page)
        self._table.rowsInserted.connect(self._show_list)
        self._count = RunCount(context, self)
        self._count.told.connect(self.set_fact)
        self._again = RunAgain(context, self.notice, self)
        self._keeping = RunKeeping(context, self)
        self._listen_to_parts()
        self._bar = HistorySearchBar(context.icons, self._named_models, self)
        self._bar.searched.connect(self._search)
        self._bar.retry_failed_pressed.connect(lambda: self._again.retry_failed(self._query))
        paint = RowPaint(context.theme, context.icons, self)
        self._painter = HistoryRowPainter(paint, self._table, STATUS_KINDS)
        self._view = self._table_view(paint)
        self._panel = self._detail_panel()
        self._empty = HistoryEmpty(context.icons, self)
        self._empty.action_requested.connect(self._leave_empty_state)
        self._lists = QStackedWidget(self)
        self._lists.addWidget(DayList(self._view, self._day_at, self))
        self._lists.addWidget(self._empty)
        self._split = PanelSplit(context.icons, self)
        self._split.addWidget(self._lists)
        self._split.add_panel(self._panel)
        self._export = QPushButton(self.tr("Export"), self)
        context.icons.show_on(self._export, "download")
        self._keeping.export_menu(self._export, self._chosen_ids, lambda: self._query)
        self._head_row.addWidget(self._bar.field, 1)
        for widget in (self._export, self._split.fold):
            self.add_head_action(widget)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._split, 1)
        self._follow(context)

    def _listen_to_parts(self) -> None:
        self._again.started.connect(self._show_started)
        self._again.action_asked.connect(self._do_about_error)
        self._keeping.changed.connect(self._take_changed)
        self._keeping.gone.connect(self._take_gone)
        self._keeping.returned.connect(self._take_returned)

    @override
    def view_state(self) -> str:
        return self._split.state()

    @override
    def restore_view_state(self, state: str) -> None:
        self._split.restore(state)

    @override
    def set_context(self, context: PageContext) -> None:
        self._panel.marks.show_nothing()
        self._stop_following()
        super().set_context(context)
        self._again.context = self._keeping.context = context
        self.notice.clear()
        self._bar.clear()
        self._query = HistoryQuery()
        self._follow(context)

    def _table_view(self, paint: RowPaint) -> RowView:
        view = RowView(paint, self._painter, PLAN, self)
        view.setAccessibleName(self.tr("Runs"))
        view.setModel(self._table)
        view.fit_columns()
        view.row_chosen.connect(self._choose_row)
        view.cell_clicked.connect(self._press_cell)
        view.row_activated.connect(self._open_row)
        view.typed.connect(self._type_on_table)
        view.allow_several()
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), view)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(lambda: self._keeping.delete(self._chosen_ids()))
        return view

    def _detail_panel(self) -> RunDetailPanel:
        panel = RunDetailPanel(self.context.icons, self.context.theme, self)
        panel.retry_pressed.connect(self._retry_shown)
        panel.edit_pressed.connect(self._edit_shown)
        panel.open_pressed.connect(self._open_shown)
        panel.origin_pressed.connect(self._show_run)
        panel.action_pressed.connect(self._do_about_error)
        self._keeping.serve(panel.marks)
        return panel

    def _follow(self, context: PageContext) -> None:
        """Show the runs of `context`, and what happens to them from now on."""
        bridge = context.bridge
        bridge.run_added.connect(self._take_added)
        bridge.run_phase_changed.connect(self._take_phase)
        bridge.run_ended.connect(self._take_ended)
        context.state.catalogue_changed.connect(self._table.show_names)
        self._follower = RunFollower(bridge, context.tasks, self)
        self._follower.began.connect(lambda text, _: self._panel.show_answer(text))
        self._follower.grew.connect(lambda text, _: self._panel.grow(text))
        self._shown_id = None
        self._panel.show_nothing()
        self._table.reload()
        self._count.count(context, self._query)

    def _stop_following(self) -> None:
        bridge = self.context.bridge
        bridge.run_added.disconnect(self._take_added)
        bridge.run_phase_changed.disconnect(self._take_phase)
        bridge.run_ended.disconnect(self._take_ended)
        self.context.state.catalogue_changed.disconnect(self._table.show_names)
        self._follower.leave()
        self._follower.deleteLater()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self.context.tasks.start(work)

    async def _page(self, before: int | None, limit: int) -> Sequence[RunSummary]:
        context, history = self.context, self.context.workspace.history
        if self._query.is_narrow:
            return await context.bridge.call(history.search(self._query, before, limit))
        return await context.bridge.call(history.page(before, limit))

    def _start_reading(self, work: Coroutine[Any, Any, None]) -> None:
        self._reading = self.context.tasks.start(work)

    def _model_name(self, model_id: str) -> str:
        return self.context.state.model_name(model_id)

    def _named_models(self) -> list[tuple[str, str]]:
        return [(model_id, self._model_name(model_id)) for model_id in self._table.models()]

    def _day_at(self, row: int) -> int | None:
        run = self._table.run_at(row)
        return None if run is None else run.created_at

    def _chosen_ids(self) -> list[int]:
        runs = (self._table.run_at(row) for row in self._view.chosen_rows())
        return [run.id for run in runs if run is not None]

    def _search(self, query: HistoryQuery) -> None:
        """List what `query` asks for; an older search that goes on is given up."""
        if query == self._query:
            return
        self._query = query
        if self._reading is not None:
            self._reading.cancel()
        self._read_again()

    def _show_first_page(self) -> None:
        """Go on showing the same run if it is in the new list, else the first of it."""
        row = -1 if self._shown_id is None else self._table.row_of(self._shown_id)
        if row < 0:
            self._shown_id = None
            self._panel.show_nothing()
        else:
            self._view.choose_row(row)
        self._show_list()

    def _show_list(self) -> None:
        is_empty = not self._table.rowCount()
        self._empty.say(is_narrow=self._query.is_narrow)
        self._lists.setCurrentIndex(1 if is_empty else 0)
        if not is_empty and self._shown_id is None:
            self._view.choose_row(0)

    def _leave_empty_state(self) -> None:
        if self._query.is_narrow:
            self._bar.clear()
            self._bar.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.prompt_requested.emit()

    def _take_added(self, event: RunAdded) -> None:
        if not self._query.is_narrow:
            self._count.add(1)
            self._table.show_run(event.summary)

    def _read_again(self) -> None:
        self._table.reload()
        self._count.count(self.context, self._query)

    def _take_changed(self, run_ids: Sequence[int]) -> None:
        if len(run_ids) > MOST_ROWS_CHANGED:
            self._read_again()
            return
        for run_id in run_ids:
            self._start(self._bring_up_to_date(self.context, self._query, run_id))

    def _take_gone(self, run_ids: Sequence[int]) -> None:
        """Take deleted runs out of the list, and show the one that takes the shown one's place."""
        if len(run_ids) > MOST_ROWS_CHANGED:
            self._read_again()
            return
        row = self._view.chosen_row()
        is_shown = self._shown_id in run_ids
        self._table.take_away(run_ids)
        self._count.add(-len(run_ids))
        if is_shown:
            self._shown_id = None
            self._panel.show_nothing()
            self._view.choose_row(min(row, self._table.rowCount() - 1))
        self._show_list()

    def _take_returned(self, run_ids: Sequence[int]) -> None:
        if self._query.is_deleted:
            self._take_gone(run_ids)
        else:
            self._take_changed(run_ids)

    async def _bring_up_to_date(
        self, context: PageContext, query: HistoryQuery, run_id: int
    ) -> None:
        """Show a run in its row if it is in the list, and in the panel if it is shown there."""
        is_listed = self._table.row_of(run_id) >= 0
        history = context.workspace.history
        if not is_listed and not await context.bridge.call(history.is_match(query, run_id)):
            return
        detail = await context.bridge.call(history.detail(run_id))
        if context is not self.context or query != self._query:
            return
        if self._table.row_of(run_id) < 0:
            self._count.add(1)
        self._table.show_run(detail.summary)
        if run_id == self._shown_id:
            self._panel.marks.show_run(detail.summary)

    def _take_phase(self, event: RunPhaseChanged) -> None:
        self._table.show_phase(event.run_id, event.phase)
        if event.run_id == self._shown_id:
            self._start(self._load(self.context, event.run_id))

    def _take_ended(self, event: RunEnded) -> None:
        if self._query.is_narrow and self._table.row_of(event.summary.id) < 0:
            self._take_changed([event.summary.id])
        else:
            self._table.show_run(event.summary)
        if event.summary.id == self._shown_id:
            self._start(self._load(self.context, event.summary.id))

    def _choose_row(self, row: int) -> None:
        run = self._table.run_at(row)
        if run is not None and run.id != self._shown_id:
            self._panel.show_summary(run, self._model_name(run.model))
            self._show_in_panel(run.id)

    def _show_in_panel(self, run_id: int) -> None:
        self._shown_id = run_id
        self._follower.leave()
        self._start(self._load(self.context, run_id))

    async def _load(self, context: PageContext, run_id: int) -> None:
        """Bring the panel up to date with a run, and follow one that goes on.

        The context is that of the moment when this was asked for, not when it begins.
        """
        detail = await context.bridge.call(context.workspace.history.detail(run_id))
        # A request with pictures has megabytes.
        request = await asyncio.to_thread(request_of, detail.request_body)
        family = await context.bridge.call(context.workspace.history.family(run_id))
        if run_id != self._shown_id or context is not self.context:
            return
        self._panel.show_detail(detail, request, self._model_name(detail.summary.model))
        self._panel.show_family(family, run_id)
        self._follow_live(context, detail)

    def _follow_live(self, context: PageContext, detail: RunDetail) -> None:
        run_id = detail.summary.id
        if not detail.summary.status.is_over and self._follower.run_id != run_id:
            self._panel.show_answer("")
            self._follower.show(context.workspace, run_id)

    def _show_run(self, run_id: int) -> None:
        """Show a run in the panel, and choose its row if it is among those fetched."""
        row = self._table.row_of(run_id)
        self._view.choose_row(row)
        if row < 0:
            self._show_in_panel(run_id)

    def _press_cell(self, row: int, column: int, place: QPoint) -> None:
        area = self._view.visualRect(self._table.index(row, column))
        if column == Column.RETRY and self._painter.is_on_retry(area, place):
            self._retry_row(row)

    def _type_on_table(self, text: str) -> None:
        if text.lower() == RETRY_KEY:
            self._retry_row(self._view.chosen_row())

    def _retry_row(self, row: int) -> None:
        run = self._table.run_at(row)
        if run is not None and run.status.is_over:
            self._again.retry(run.id)

    def _open_row(self, row: int) -> None:
        run = self._table.run_at(row)
        if run is not None:
            self.open_requested.emit(run.id)

    def _open_shown(self) -> None:
        if self._shown_id is not None:
            self.open_requested.emit(self._shown_id)

    def _retry_shown(self) -> None:
        if self._shown_id is not None:
            self._again.retry(self._shown_id)

    def _show_started(self, summary: RunSummary) -> None:
        """Choose the row of a run that was started here, also in a list that it does not match."""
        if self._table.row_of(summary.id) < 0:  # else its events came first and are newer
            self._table.show_run(summary)
        self._view.choose_row(self._table.row_of(summary.id))

    def _edit_shown(self) -> None:
        if self._shown_id is not None:
            self._start(self._edit(self.context, self._shown_id))

    async def _edit(self, context: PageContext, run_id: int) -> None:
        form = await context.bridge.call(context.workspace.history.form_of(run_id))
        self.edit_requested.emit(form)

    def _do_about_error(self, action: str) -> None:
        if self._again.mend(action, self._shown_id or 0):
            return
        name = action.partition(":")[0]
        match name:
            case ErrorAction.CONNECT | ErrorAction.CHANGE_KEY:
                self.connect_requested.emit()
            case ErrorAction.OPEN_BILLING:
                QDesktopServices.openUrl(QUrl(BILLING_URL))
            case ErrorAction.CHOOSE_MODEL:
                self._edit_shown()
            case _:
                self.settings_requested.emit(SETTINGS_SECTIONS.get(name, ""))

    @override
    def activated(self) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
