"""The History page: every run, newest first, and one in full with its Retry."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from novita_desktop.domain.errors import DailyLimitReached, NovitaDesktopError
from novita_desktop.domain.request_body import request_of
from novita_desktop.domain.runs import RunDetail, RunSummary
from novita_desktop.services.events import RunAdded, RunEnded, RunPhaseChanged
from novita_desktop.services.runs import RunService
from novita_desktop.ui import formatting
from novita_desktop.ui.error_messages import BILLING_URL, describe
from novita_desktop.ui.error_words import ErrorAction
from novita_desktop.ui.notices import NoticeAction, NoticeKind
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages._page import Page
from novita_desktop.ui.tables.history_rows import PLAN, HistoryRowPainter
from novita_desktop.ui.tables.history_table import Column, HistoryTable
from novita_desktop.ui.tables.row_paint import RowPaint
from novita_desktop.ui.tables.row_view import RowView
from novita_desktop.ui.widgets.chip import STATUS_KINDS
from novita_desktop.ui.widgets.empty_state import EmptyState
from novita_desktop.ui.widgets.panel_split import PanelSplit
from novita_desktop.ui.widgets.run_detail_panel import RunDetailPanel
from novita_desktop.ui.widgets.run_follower import RunFollower

RETRY_KEY = "r"
SETTINGS_SECTIONS: Mapping[str, str] = {
    ErrorAction.RAISE_LIMIT: "budget",
    ErrorAction.OPEN_NETWORK_SETTINGS: "network",
    ErrorAction.OPEN_CONNECTION_SETTINGS: "connection",
    ErrorAction.OPEN_DATA_SETTINGS: "data",
}
"""Which section of Settings mends an error."""

RunAgain = Callable[[RunService, bool], Coroutine[Any, Any, RunSummary]]
"""Starts a run from an old one; the flag says that the daily limit does not hold it back."""


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
        self._count = 0
        self._added = 0
        self._shown_id: int | None = None
        self._table = HistoryTable(self._page, self._start, self._model_name, self)
        self._table.first_page_shown.connect(self._show_list)
        self._table.rowsInserted.connect(self._show_list)
        paint = RowPaint(context.theme, context.icons, self)
        self._painter = HistoryRowPainter(paint, self._table, STATUS_KINDS)
        self._view = self._table_view(paint)
        self._panel = self._detail_panel()
        self._empty = EmptyState(context.icons, "history", self)
        self._empty.set_words(
            self.tr("Runs appear here"),
            self.tr("Every run is kept with its answer, its cost, and a button to run it again."),
            self.tr("Write a prompt"),
        )
        self._empty.action_requested.connect(self.prompt_requested)
        self._lists = QStackedWidget(self)
        self._lists.addWidget(self._view)
        self._lists.addWidget(self._empty)
        self._split = PanelSplit(context.icons, self)
        self._split.addWidget(self._lists)
        self._split.add_panel(self._panel)
        self.add_head_action(self._split.fold)
        self.body.addWidget(self._split, 1)
        self._follow(context)

    @override
    def view_state(self) -> str:
        return self._split.state()

    @override
    def restore_view_state(self, state: str) -> None:
        self._split.restore(state)

    @override
    def set_context(self, context: PageContext) -> None:
        self._stop_following()
        super().set_context(context)
        self.notice.clear()
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
        return view

    def _detail_panel(self) -> RunDetailPanel:
        panel = RunDetailPanel(self.context.icons, self.context.theme, self)
        panel.retry_pressed.connect(self._retry_shown)
        panel.edit_pressed.connect(self._edit_shown)
        panel.open_pressed.connect(self._open_shown)
        panel.origin_pressed.connect(self._show_run)
        panel.action_pressed.connect(self._do_about_error)
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
        self._start(self._count_runs(context))

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
        context = self.context
        return await context.bridge.call(context.workspace.history.page(before, limit))

    def _model_name(self, model_id: str) -> str:
        return self.context.state.model_name(model_id)

    async def _count_runs(self, context: PageContext) -> None:
        while True:
            # Those that are added while the file counts may be counted twice or not at all.
            added = self._added
            count = await context.bridge.call(context.workspace.history.count())
            if context is not self.context:
                return
            if added == self._added:
                break
        self._count = count
        self._show_count()

    def _show_count(self) -> None:
        words = self.tr("1 run") if self._count == 1 else self.tr("{count} runs")
        self.set_fact(words.format(count=formatting.whole(self._count)))

    def _show_list(self) -> None:
        is_empty = not self._table.rowCount()
        self._lists.setCurrentWidget(self._empty if is_empty else self._view)
        if not is_empty and self._shown_id is None:
            self._view.choose_row(0)

    def _take_added(self, event: RunAdded) -> None:
        self._added += 1
        self._count += 1
        self._show_count()
        self._table.show_run(event.summary)

    def _take_phase(self, event: RunPhaseChanged) -> None:
        self._table.show_phase(event.run_id, event.phase)
        if event.run_id == self._shown_id:
            self._start(self._load(self.context, event.run_id))

    def _take_ended(self, event: RunEnded) -> None:
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
        if run_id != self._shown_id or context is not self.context:
            return
        self._panel.show_detail(detail, request, self._model_name(detail.summary.model))
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
            self._retry(run.id)

    def _open_row(self, row: int) -> None:
        run = self._table.run_at(row)
        if run is not None:
            self.open_requested.emit(run.id)

    def _open_shown(self) -> None:
        if self._shown_id is not None:
            self.open_requested.emit(self._shown_id)

    def _retry_shown(self) -> None:
        if self._shown_id is not None:
            self._retry(self._shown_id)

    def _retry(self, run_id: int) -> None:
        self._run_again(
            lambda runs, is_confirmed: runs.retry(run_id, confirmed_over_limit=is_confirmed)
        )

    def _run_again(self, work: RunAgain, *, is_confirmed: bool = False) -> None:
        self.notice.clear()
        self._start(self._started_again(self.context, work, is_confirmed=is_confirmed))

    async def _started_again(
        self, context: PageContext, work: RunAgain, *, is_confirmed: bool
    ) -> None:
        """Start a run and choose its row; a refusal is told with what can be done about it."""
        try:
            summary = await context.bridge.call(work(context.workspace.runs, is_confirmed))
        except DailyLimitReached as error:
            anyway = NoticeAction(
                self.tr("Run anyway"), lambda: self._run_again(work, is_confirmed=True)
            )
            self._tell(error, anyway)
            return
        except NovitaDesktopError as error:
            self._tell(error)
            return
        if context is not self.context:
            return
        if self._table.row_of(summary.id) < 0:  # else its events came first and are newer
            self._table.show_run(summary)
        self._view.choose_row(self._table.row_of(summary.id))

    def _tell(self, error: NovitaDesktopError, action: NoticeAction | None = None) -> None:
        text = describe(error)
        if action is None and text.action:
            action = NoticeAction(text.action_words, lambda: self._do_about_error(text.action))
        self.notice.show_notice(NoticeKind.WARN, text.sentence, action)

    def _edit_shown(self) -> None:
        if self._shown_id is not None:
            self._start(self._edit(self.context, self._shown_id))

    async def _edit(self, context: PageContext, run_id: int) -> None:
        form = await context.bridge.call(context.workspace.history.form_of(run_id))
        self.edit_requested.emit(form)

    def _do_about_error(self, action: str) -> None:
        name, _, parameter = action.partition(":")
        run_id = self._shown_id or 0
        match name:
            case ErrorAction.CONNECT | ErrorAction.CHANGE_KEY:
                self.connect_requested.emit()
            case ErrorAction.OPEN_BILLING:
                QDesktopServices.openUrl(QUrl(BILLING_URL))
            case ErrorAction.CHOOSE_MODEL:
                self._edit_shown()
            case ErrorAction.RUN_WITHOUT:
                self._run_again(
                    lambda runs, is_confirmed: runs.run_without(
                        run_id, parameter, confirmed_over_limit=is_confirmed
                    )
                )
            case ErrorAction.RAISE_AND_RERUN:
                self._run_again(
                    lambda runs, is_confirmed: runs.raise_and_rerun(
                        run_id, confirmed_over_limit=is_confirmed
                    )
                )
            case ErrorAction.RETRY:
                self._retry_shown()
            case _:
                self.settings_requested.emit(SETTINGS_SECTIONS.get(name, ""))

    @override
    def activated(self) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
