"""The Models page: the catalogue with prices for a person's own use, and one model in full."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from novita_desktop.domain.account import ConnectionState
from novita_desktop.domain.catalogue import CatalogueChanges
from novita_desktop.domain.errors import NovitaDesktopError
from novita_desktop.services.workspace import Workspace
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.error_messages import describe
from novita_desktop.ui.notices import NoticeBar, NoticeKind
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages._page import Page
from novita_desktop.ui.tables.models_rows import PLAN, ModelRowPainter
from novita_desktop.ui.tables.models_table import Column, ModelsTable, PlannedUse
from novita_desktop.ui.tables.row_paint import RowPaint
from novita_desktop.ui.tables.row_view import RowView
from novita_desktop.ui.widgets.cost_calculator import CostCalculator
from novita_desktop.ui.widgets.empty_state import EmptyState
from novita_desktop.ui.widgets.model_detail import ModelDetail
from novita_desktop.ui.widgets.model_filters import ModelFilters
from novita_desktop.ui.widgets.panel_split import PanelSplit
from novita_desktop.ui.widgets.search_field import SearchField

SEARCH_WIDTH = 300
NAMED_CHANGES = 3
"""How many models of each kind of change are named; the rest are counted."""


class ModelsPage(Page):
    """Lists the catalogue.

    `use_requested` has the id of a model to open in Prompt, `compare_requested` of one that is to
    be a column of Compare.
    """

    use_requested = Signal(str)
    compare_requested = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("Models"), parent)
        self._chosen_id = ""
        self._is_refreshing = False
        self._is_reached = True
        self._use = PlannedUse()
        self._table = ModelsTable(self)
        self._search = self._search_field()
        self._refresh = QPushButton(self)
        self._refresh.clicked.connect(self._start_refresh)
        context.icons.show_on(self._refresh, "refresh-cw")
        self._split = PanelSplit(context.icons, self)
        self._head_row.addWidget(self._search, 1)
        for widget in (self._refresh, self._split.fold):
            self.add_head_action(widget)
        self._filters = ModelFilters(self)
        self._filters.changed.connect(self._show_matching)
        self._calculator = CostCalculator(
            self._use.runs, self._use.prompt_tokens, self._use.answer_tokens, self
        )
        self._calculator.changed.connect(self._price_for)
        self._view = self._table_view()
        self._detail = ModelDetail(context.icons, self)
        self._detail.use_pressed.connect(self.use_requested)
        self._detail.compare_pressed.connect(self.compare_requested)
        self._changes = NoticeBar(context.icons, self)
        self._empty = EmptyState(context.icons, "boxes", self)
        self._empty.action_requested.connect(self._leave_empty_state)
        self._lists = QStackedWidget(self)
        self._build()
        self._show_refreshing(is_refreshing=False)
        self._listen()
        self._take_catalogue()

    @override
    def activated(self) -> None:
        self._show_fact()

    @override
    def view_state(self) -> str:
        return self._split.state()

    @override
    def restore_view_state(self, state: str) -> None:
        self._split.restore(state)

    @override
    def set_context(self, context: PageContext) -> None:
        self._stop_listening()
        super().set_context(context)
        self.notice.clear()
        self._changes.clear()
        self._is_reached = True
        self._show_refreshing(is_refreshing=False)
        self._listen()
        self._take_catalogue()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._search and isinstance(event, QKeyEvent):
            is_press = event.type() == QEvent.Type.KeyPress
            if is_press and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return}:
                self._enter_table()
                return True
        return super().eventFilter(watched, event)

    def _search_field(self) -> SearchField:
        field = SearchField(
            self.context.icons, self.tr("Search models"), self.tr("Name or maker"), self
        )
        field.setMinimumWidth(metrics.scaled(SEARCH_WIDTH) // 2)
        field.setMaximumWidth(metrics.scaled(SEARCH_WIDTH))
        field.textChanged.connect(self._show_matching)
        field.installEventFilter(self)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(lambda: field.setFocus(Qt.FocusReason.ShortcutFocusReason))
        return field

    def _table_view(self) -> RowView:
        paint = RowPaint(self.context.theme, self.context.icons, self)
        view = RowView(paint, ModelRowPainter(paint, self._table), PLAN, self)
        view.setAccessibleName(self.tr("Models list"))
        view.setModel(self._table)
        view.setSortingEnabled(True)
        view.sortByColumn(Column.MODEL, Qt.SortOrder.AscendingOrder)
        view.fit_columns()
        view.cell_clicked.connect(self._press_cell)
        view.row_activated.connect(self._use_row)
        view.row_chosen.connect(self._show_row)
        view.typed.connect(self._type_on_table)
        return view

    def _build(self) -> None:
        bar = QWidget(self)
        bar.setProperty("role", "head")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(
            metrics.PAGE_MARGIN, metrics.SPACE_8, metrics.PAGE_MARGIN, metrics.SPACE_8
        )
        self._filters.flow.addWidget(self._calculator)
        row.addWidget(self._filters)
        self._lists.addWidget(self._view)
        self._lists.addWidget(self._empty)
        self._split.addWidget(self._lists)
        self._split.add_panel(self._detail)
        changes = QHBoxLayout()
        changes.setContentsMargins(metrics.SPACE_12, 0, metrics.SPACE_12, 0)
        changes.addWidget(self._changes)
        self.body.addWidget(bar)
        self.body.addLayout(changes)
        self.body.addWidget(self._split, 1)

    def _listen(self) -> None:
        state = self.context.state
        state.catalogue_changed.connect(self._take_catalogue)
        state.settings_changed.connect(self._take_favourites)
        state.account_changed.connect(self._show_fact)

    def _stop_listening(self) -> None:
        state = self.context.state
        state.catalogue_changed.disconnect(self._take_catalogue)
        state.settings_changed.disconnect(self._take_favourites)
        state.account_changed.disconnect(self._show_fact)

    def _take_catalogue(self) -> None:
        state = self.context.state
        self._table.set_models(state.catalogue.models, state.settings.favourite_models)
        if not state.catalogue_changes.is_empty:
            self._tell_changes(state.catalogue_changes)
        self._show_what_is_found()

    def _take_favourites(self) -> None:
        self._table.set_favourites(self.context.state.settings.favourite_models)

    def _show_matching(self) -> None:
        self._table.set_filter(replace(self._filters.value(), words=self._search.text()))
        self._show_what_is_found()

    def _price_for(self, runs: int, prompt_tokens: int, answer_tokens: int) -> None:
        self._table.set_use(PlannedUse(runs, prompt_tokens, answer_tokens))
        self._show_what_is_found()

    def _show_what_is_found(self) -> None:
        """Choose again the model that was chosen, else the first; or say why there is none."""
        self._show_fact()
        if not self._table.rowCount():
            self._show_empty_state()
            return
        self._lists.setCurrentWidget(self._view)
        chosen = self._chosen_id
        self._view.choose_row(max(self._table.row_of(chosen), 0))
        # The model comes back when what was typed is deleted.
        self._chosen_id = chosen or self._chosen_id

    def _show_row(self, row: int) -> None:
        model = self._table.model_at(row)
        self._detail.show_model(model)
        if model is not None:
            self._chosen_id = model.id

    def _show_fact(self) -> None:
        state = self.context.state
        fetched_at = state.catalogue.fetched_at
        is_old = not self._is_reached or state.account.state is ConnectionState.OFFLINE
        if is_old and fetched_at is not None:
            age = self.tr("from {date}").format(date=formatting.date(fetched_at // 1_000_000))
        else:
            age = formatting.ago(fetched_at, time.time_ns() // 1_000)
        self.set_fact(
            self.tr("{shown} of {all} · {age}").format(
                shown=formatting.whole(self._table.rowCount()),
                all=formatting.whole(self._table.total()),
                age=age,
            )
        )

    def _show_empty_state(self) -> None:
        self._detail.show_model(None)
        if self._table.total():
            self._empty.set_words(
                self.tr("No model matches"),
                self.tr("Try fewer filters, or another word."),
                self.tr("Clear filters"),
            )
        else:
            self._empty.set_words(
                self.tr("No models yet"),
                self.tr("The list comes from the host that you are connected to."),
                self.tr("Fetch the list"),
            )
        self._lists.setCurrentWidget(self._empty)

    def _leave_empty_state(self) -> None:
        if self._table.total():
            self._search.clear()
            self._filters.clear()
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._start_refresh()

    def _press_cell(self, row: int, column: int, _place: QPoint) -> None:
        if column == Column.STAR:
            self._toggle_star(row)

    def _type_on_table(self, text: str) -> None:
        if text == " ":
            self._toggle_star(self._view.chosen_row())
        else:
            self._search.setFocus(Qt.FocusReason.OtherFocusReason)
            self._search.insert(text)

    def _enter_table(self) -> None:
        if self._table.rowCount():
            self._view.choose_row(max(self._view.chosen_row(), 0))
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _use_row(self, row: int) -> None:
        model = self._table.model_at(row)
        if model is not None and model.is_chat and not model.is_retired:
            self.use_requested.emit(model.id)

    def _toggle_star(self, row: int) -> None:
        model = self._table.model_at(row)
        if model is not None:
            self.context.tasks.start(self._change_star(self.context, model.id))

    async def _change_star(self, context: PageContext, model_id: str) -> None:
        await context.bridge.call(_toggled_favourite(context.workspace, model_id))

    def _start_refresh(self) -> None:
        if not self._is_refreshing:
            self._show_refreshing(is_refreshing=True)
            self.context.tasks.start(self._fetch(self.context))

    async def _fetch(self, context: PageContext) -> None:
        self.notice.clear()
        try:
            await context.bridge.call(context.workspace.catalogue.refresh())
            self._is_reached = True
        except NovitaDesktopError as error:
            if context is self.context:
                self._tell_failure(error)
        finally:
            if context is self.context:
                self._show_refreshing(is_refreshing=False)
                self._show_fact()

    def _tell_failure(self, error: NovitaDesktopError) -> None:
        self._is_reached = False
        words = self.tr("The list could not be refreshed and stays as it was. {why}")
        self.notice.show_notice(NoticeKind.WARN, words.format(why=describe(error).sentence))

    def _show_refreshing(self, *, is_refreshing: bool) -> None:
        self._is_refreshing = is_refreshing
        self._refresh.setEnabled(not is_refreshing)
        self._refresh.setText(self.tr("Refreshing…") if is_refreshing else self.tr("Refresh"))
        self._refresh.setAccessibleName(self.tr("Refresh"))

    def _tell_changes(self, changes: CatalogueChanges) -> None:
        kinds = (
            (self.tr("New: {names}."), changes.added),
            (self.tr("Gone: {names}."), changes.removed),
            (self.tr("Retired: {names}."), changes.retired),
            (self.tr("New prices: {names}."), changes.repriced),
        )
        parts = [words.format(names=self._names(ids)) for words, ids in kinds if ids]
        self._changes.show_notice(
            NoticeKind.INFO, " ".join((self.tr("What changed since last time."), *parts))
        )

    def _names(self, ids: Sequence[str]) -> str:
        names = [self.context.state.model_name(model_id) for model_id in ids[:NAMED_CHANGES]]
        if rest := len(ids) - len(names):
            names.append(self.tr("{count} more").format(count=formatting.whole(rest)))
        return ", ".join(names)


async def _toggled_favourite(workspace: Workspace, model_id: str) -> None:
    """Star a model, or take its star away. Runs in the engine, so that no change is lost."""
    before = workspace.settings.current.favourite_models
    if model_id in before:
        after = tuple(each for each in before if each != model_id)
    else:
        after = (*before, model_id)
    await workspace.settings.change(favourite_models=after)
