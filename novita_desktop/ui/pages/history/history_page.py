"""The History page: every run, newest first, those searched for, and one in full."""

from __future__ import annotations

import json
from collections.abc import Mapping

from PySide6.QtCore import Qt, QUrl, Signal, SignalInstance
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget
from typing_extensions import override

from novita_desktop.domain.history_search import HistoryQuery, with_value
from novita_desktop.domain.runs import GroupSummary, ListedRuns, RunSummary
from novita_desktop.ui.error_messages import BILLING_URL
from novita_desktop.ui.error_words import ErrorAction
from novita_desktop.ui.notices import open_outside
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages._page import Page
from novita_desktop.ui.pages.history.history_search_bar import HistorySearchBar
from novita_desktop.ui.pages.history.run_again import RunAgain
from novita_desktop.ui.pages.history.run_keeping import RunKeeping
from novita_desktop.ui.pages.history.run_list import RunList
from novita_desktop.ui.pages.history.shown_run import ShownRun
from novita_desktop.ui.widgets.buttons import icon_button
from novita_desktop.ui.widgets.panel_split import PanelSplit

SETTINGS_SECTIONS: Mapping[str, str] = {
    ErrorAction.RAISE_LIMIT: "budget",
    ErrorAction.OPEN_NETWORK_SETTINGS: "network",
    ErrorAction.OPEN_CONNECTION_SETTINGS: "connection",
    ErrorAction.OPEN_DATA_SETTINGS: "data",
}
"""Which section of Settings mends an error."""


class HistoryPage(Page):
    """Lists every run; opens, retries and edits one.

    `edit_requested` has a form to fill in, `model_requested` one that is to be run with another
    model, `compare_requested` one for several models, `open_requested` a run's id to show on the
    Prompt page, `settings_requested` the section of Settings that mends an error.
    """

    edit_requested = Signal(object)
    model_requested = Signal(object)
    compare_requested = Signal(object)
    open_requested = Signal(int)
    prompt_requested = Signal()
    connect_requested = Signal()
    settings_requested = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("History"), parent)
        self._fact.setObjectName("historyCount")
        self._again = RunAgain(context, self.notice, self)
        self._keeping = RunKeeping(context, self)
        self._list = RunList(context, self)
        self._shown = ShownRun(context, self._list.words, self)
        self._bar = HistorySearchBar(context.icons, self._named_models, self)
        self._split = PanelSplit(context.icons, self)
        self._split.addWidget(self._list)
        self._split.add_panel(self._shown)
        self._head_row.addWidget(self._bar.field, 1)
        for widget in (self._export_button(), self._columns_button(), self._split.fold):
            self.add_head_action(widget)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._split, 1)
        self._connect_list()
        self._connect_parts()
        self._shown.built.connect(self._connect_panel)
        self._shown.run_pressed.connect(self._show_run)
        self._shown.follow(context)
        self._list.follow(context)

    @override
    def view_state(self) -> str:
        return json.dumps({"panel": self._split.state(), "columns": self._list.columns.state()})

    @override
    def restore_view_state(self, state: str) -> None:
        try:
            saved = json.loads(state)
            panel, columns = str(saved["panel"]), str(saved["columns"])
        except (ValueError, KeyError, TypeError):
            self._split.restore(state)  # as versions without columns to choose kept it
            return
        self._split.restore(panel)
        self._list.columns.restore(columns)

    @override
    def set_context(self, context: PageContext) -> None:
        self._shown.stop_following()
        self._list.stop_following()
        super().set_context(context)
        self._again.context = self._keeping.context = context
        self.notice.clear()
        self._bar.clear()
        self._shown.follow(context)
        self._list.follow(context)

    @override
    def activated(self) -> None:
        if self._list.table.has_hidden():  # judged meanwhile, perhaps
            self._list.read_again()
        self._list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_again(self) -> None:
        """Read the list anew: what it shows was changed elsewhere."""
        self._list.read_again()

    def _connect_list(self) -> None:
        runs = self._list
        runs.chosen.connect(self._shown.show_entry)
        runs.opened.connect(self._open)
        runs.retry_asked.connect(self._retry)
        runs.delete_asked.connect(self._delete_chosen)
        runs.counted.connect(self.set_fact)
        runs.emptied.connect(self._split.set_needless)
        runs.cleared.connect(self._leave_search)
        runs.prompt_requested.connect(self.prompt_requested)
        self._bar.searched.connect(runs.search)
        self._bar.retry_failed_pressed.connect(lambda: self._again.retry_failed(self._list.query))

    def _connect_panel(self) -> None:
        panel, group = self._shown.panel, self._shown.group_panel
        panel.retry_pressed.connect(self._retry_shown)
        panel.edit_pressed.connect(lambda: self._hand_on(self.edit_requested))
        panel.model_pressed.connect(lambda: self._hand_on(self.model_requested))
        panel.compare_pressed.connect(lambda: self._hand_on(self.compare_requested))
        panel.open_pressed.connect(self._open_shown)
        panel.action_pressed.connect(self._do_about_error)
        panel.copy_chosen.connect(self._copy_shown)
        panel.export_menu_shown.connect(self._fill_export_menu)
        group.open_pressed.connect(lambda: self._open(self._shown.group))
        group.retry_pressed.connect(lambda: self._retry(self._shown.group))
        group.delete_pressed.connect(self._delete_chosen)
        self._keeping.serve(panel.marks)

    def _connect_parts(self) -> None:
        self._again.started.connect(self._list.show_started)
        self._again.action_asked.connect(self._do_about_error)
        self._keeping.changed.connect(self._list.take_changed)
        self._keeping.marked.connect(self._shown.show_marks)
        self._keeping.gone.connect(self._list.take_gone)
        self._keeping.returned.connect(self._list.take_returned)

    def _export_button(self) -> QPushButton:
        button = QPushButton(self.tr("Export"), self)
        self.context.icons.show_on(button, "download")
        self._keeping.export_menu(button, self._list)
        return button

    def _columns_button(self) -> QToolButton:
        button = icon_button(self.context.icons, "columns-3", self.tr("Columns"), self)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._list.columns.fill(menu))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _fill_export_menu(self, menu: QMenu) -> None:
        if self._shown.run_id is not None:
            self._keeping.fill_export_menu(menu, self._shown.run_id)

    def _named_models(self) -> list[tuple[str, str]]:
        name_of = self.context.state.model_name
        return [(model_id, name_of(model_id)) for model_id in self._list.table.models()]

    def _delete_chosen(self) -> None:
        self._keeping.delete(self._list.chosen_run_ids)

    def _leave_search(self) -> None:
        self._bar.clear()
        self._bar.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_run(self, run_id: int) -> None:
        """Show a run in the panel, and choose its row if it is among those read."""
        if not self._list.choose_run(run_id):
            self._shown.show_run(run_id)

    def _open(self, entry: ListedRuns | None) -> None:
        """Show a run on the Prompt page, and a group's runs in place of the list."""
        match entry:
            case RunSummary():
                self.open_requested.emit(entry.id)
            case GroupSummary():
                self._bar.field.setText(with_value("", "group", str(entry.group_id)))
            case None:
                pass

    def _open_shown(self) -> None:
        if self._shown.run_id is not None:
            self.open_requested.emit(self._shown.run_id)

    def _retry(self, entry: ListedRuns | None) -> None:
        """Run a run again, or ask about those of a group that failed."""
        match entry:
            case RunSummary():
                self._again.retry(entry.id)
            case GroupSummary():
                self._again.retry_failed(HistoryQuery(group_id=entry.group_id))
            case None:
                pass

    def _retry_shown(self) -> None:
        if self._shown.run_id is not None:
            self._again.retry(self._shown.run_id)

    def _copy_shown(self, kind: str) -> None:
        if (detail := self._shown.detail) is not None:
            self._keeping.copy(detail, kind, self._shown.panel.sections.answer())

    def _hand_on(self, wanted: SignalInstance) -> None:
        """Emit `wanted` with the shown run's form."""
        if self._shown.run_id is not None:
            work = self._read_form(self.context, self._shown.run_id, wanted)
            self.context.tasks.start(work)

    async def _read_form(self, context: PageContext, run_id: int, wanted: SignalInstance) -> None:
        wanted.emit(await context.bridge.call(context.workspace.history.form_of(run_id)))

    def _do_about_error(self, action: str) -> None:
        if self._again.mend(action, self._shown.run_id or 0):
            return
        name = action.partition(":")[0]
        match name:
            case ErrorAction.CONNECT | ErrorAction.CHANGE_KEY:
                self.connect_requested.emit()
            case ErrorAction.OPEN_BILLING:
                open_outside(QUrl(BILLING_URL), self.context.toast)
            case ErrorAction.CHOOSE_MODEL:
                self._hand_on(self.model_requested)
            case _:
                self.settings_requested.emit(SETTINGS_SECTIONS.get(name, ""))
