"""The Compare page: one form at the left, answers side by side, and a verdict."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from novita_desktop.domain.comparisons import (
    LEAST_COLUMNS,
    MOST_COLUMNS,
    Comparison,
    ComparisonPlan,
    Verdict,
)
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.model_sets import ModelSet
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.services.preview import Preview
from novita_desktop.ui.input_messages import input_problem
from novita_desktop.ui.notices import NoticeKind
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages._draft_keeper import DraftKeeper
from novita_desktop.ui.pages._form_preview import FormPreview
from novita_desktop.ui.pages._page import Page
from novita_desktop.ui.pages.compare.column_commands import ColumnCommands
from novita_desktop.ui.pages.compare.compare_board import CompareBoard
from novita_desktop.ui.pages.compare.compare_checks import CompareChecks
from novita_desktop.ui.pages.compare.compare_empty import compare_empty
from novita_desktop.ui.pages.compare.compare_runs import CompareRuns
from novita_desktop.ui.pages.compare.comparison_watch import ComparisonWatch
from novita_desktop.ui.pages.compare.form_split import FormSplit
from novita_desktop.ui.pages.compare.head_buttons import (
    add_button,
    blind_button,
    more_button,
    private_button,
)
from novita_desktop.ui.pages.compare.input_stepper import InputStepper
from novita_desktop.ui.pages.compare.kept_plan import kept_plan
from novita_desktop.ui.pages.compare.menu_commands import MenuCommands, PageParts
from novita_desktop.ui.pages.compare.more_menu import MoreMenu
from novita_desktop.ui.pages.compare.plan_columns import PlanColumns
from novita_desktop.ui.pages.compare.plan_fact import plan_fact
from novita_desktop.ui.pages.compare.plan_inputs import PlanInputs
from novita_desktop.ui.pages.compare.round_keys import done_by_key
from novita_desktop.ui.pages.compare.round_note import RoundNote
from novita_desktop.ui.pages.compare.round_view import RoundView
from novita_desktop.ui.pages.compare.verdict_bar import VerdictBar
from novita_desktop.ui.widgets.model_button import ModelButton
from novita_desktop.ui.widgets.price_words import price_words
from novita_desktop.ui.widgets.prompt_form_view import PromptFormView
from novita_desktop.ui.widgets.run_button import RunButton

CLIPBOARD_VARIABLE = "clipboard"


class ComparePage(Page):
    """Fill in a form, run it in several columns, read, judge.

    `connect_requested` asks for a key (True: `run` is to be called once there is one);
    `settings_requested` names the section of Settings to open; `renamed` has a comparison that has
    another name now.
    """

    connect_requested = Signal(bool)
    settings_requested = Signal(str)
    renamed = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("Compare"), parent)
        self._is_restored = False
        self._to_come: Callable[[], None] | None = None
        self._columns = PlanColumns(context, self)
        # Kept for its value: a column says itself which model it is.
        self._model_button = ModelButton(context.theme, context.icons)
        self.form = PromptFormView(
            context.icons, self._model_button, input_problem, context.tasks.start
        )
        self._model_button.hide()
        self.board = CompareBoard(context)
        self._note = RoundNote(context)
        self._bar = VerdictBar(self._note)
        self.button = RunButton(is_for_all=True)
        self._blind = blind_button(context.icons)
        self._add = add_button(context.icons)
        self.private = private_button(context.icons)
        self._more = MoreMenu(self)
        self._more_button = more_button(context.icons, self._more)
        self._pages = QStackedWidget()
        self._split = FormSplit(context.icons, self.form, self._pages)
        self._view = RoundView(context, self.board, self._bar, self)
        self._drafts = DraftKeeper(
            context,
            lambda workspace: workspace.comparisons.save_plan(self.plan()),
            self,
            forget=lambda workspace: workspace.comparisons.forget_plan(),
        )
        self._preview = FormPreview(context, self.form.value, self._previewed, self)
        self._stepper = InputStepper(context.icons)
        self._inputs = PlanInputs(context, self.form, self.notice, self)
        self._checks = CompareChecks(context, self.board, self._inputs, self)
        self._watch_runs = ComparisonWatch(context, self)
        self._runs = CompareRuns(context, self.notice, self)
        self._commands = ColumnCommands(self.board, self._view, self._runs, self._columns)
        parts = PageParts(
            self._more,
            self._commands,
            self.board,
            self._view,
            self._runs,
            self._columns,
            self.form,
        )
        self._menu_commands = MenuCommands(context, parts, self)
        self._build()
        self._connect()
        self._watch(context)
        context.tasks.start(self._restore(context))

    @override
    def set_context(self, context: PageContext) -> None:
        """Work with another workspace; what is typed stays, its answers are elsewhere."""
        self.context.state.account_changed.disconnect(self._show_connection)
        self.context.state.catalogue_changed.disconnect(self._show_columns)
        super().set_context(context)
        for part in (
            self._preview,
            self._runs,
            self._view,
            self._columns,
            self._checks,
            self._watch_runs,
            self._inputs,
        ):
            part.context = context
        self._menu_commands.set_context(context)
        self._note.set_context(context)
        self.board.set_context(context)
        self._drafts.set_context(context)
        self._show(None)
        self._watch(context)

    def plan(self) -> ComparisonPlan:
        """Return what stands on the page."""
        comparison = self._view.comparison
        shown = None if comparison is None or comparison.is_private else comparison.id
        return ComparisonPlan(
            self.form.value(),
            self._columns.value,
            self._blind.isChecked(),
            shown,
            self._inputs.value,
            self._checks.value,
            self.private.isChecked(),
        )

    def run(self) -> None:
        """Run all columns, as the button does."""
        is_busy = self._view.is_running or self._runs.is_starting
        if is_busy or self.form.is_composing() or len(self._columns.value) < LEAST_COLUMNS:
            return
        if not self.context.state.is_connected:
            self.connect_requested.emit(True)  # noqa: FBT003  # run once there is one
            return
        self.form.clear_problems()
        plan = self.plan()
        uses_clipboard = CLIPBOARD_VARIABLE in self.form.variables.names()
        clipboard = QGuiApplication.clipboard().text() if uses_clipboard else None
        self._runs.run(plan, self._view.comparison, self._view.number, clipboard)

    def stop(self) -> None:
        """Stop every run of the comparison in view."""
        if self._view.comparison is not None and self._view.is_running:
            self._runs.stop_all(self._view.comparison)

    def choose_model(self) -> None:
        """Open the model palette for one more column."""
        if self._has_room():
            self._columns.choose()

    def use_model(self, model_id: str) -> None:
        """Add a column for a model."""
        if not self._is_restored:
            self._to_come = partial(self.use_model, model_id)
        elif self._has_room():
            self._columns.add(model_id)

    def use_set(self, chosen: ModelSet) -> None:
        """Fill the columns with a set of models."""
        if self._is_restored:
            self._menu_commands.use_set(chosen)
        else:
            self._to_come = partial(self.use_set, chosen)

    def _has_room(self) -> bool:
        if why_not := self._columns.why_none_is_added(are_hidden=self._view.hides_names):
            self.notice.show_notice(NoticeKind.INFO, why_not)
        return not why_not

    def show_form(self, form: PromptForm) -> None:
        """Take the Prompt page's form, with its model as the first column."""
        if not self._is_restored:
            self._to_come = partial(self.show_form, form)
            return
        self.form.set_value(form)
        self._view.show(None, 1, ())
        if form.model:
            self._columns.add_first(form.model)
        self._show(None)
        self._note_edit()

    def show_comparison(self, comparison_id: int) -> None:
        """Open a comparison as it was kept."""
        self.context.tasks.start(self._open(self.context, comparison_id))

    @override
    async def leave(self) -> None:
        await self._note.finish()
        await self._drafts.finish()

    @override
    def view_state(self) -> str:
        return self._split.state()

    @override
    def restore_view_state(self, state: str) -> None:
        self._split.restore(state)

    @override
    def activated(self) -> None:
        self._preview.refresh()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not done_by_key(event, self._view, self._stepper):
            super().keyPressEvent(event)

    async def _restore(self, context: PageContext) -> None:
        """Show what stood here when the program ended, or something to begin with."""
        plan, comparison = await kept_plan(context)
        if self._is_restored or context is not self.context:
            return
        self._is_restored = True
        self.form.set_value(plan.form)
        self._columns.set_value(plan.columns, comparison.last_key if comparison else 0)
        self._inputs.value = plan.inputs
        self._checks.set_value(plan.checks)
        self._blind.setChecked(plan.is_blind)
        self._show(comparison)
        if self._to_come is not None:
            self._to_come()

    async def _open(self, context: PageContext, comparison_id: int) -> None:
        comparison = await context.bridge.call(context.workspace.comparisons.get(comparison_id))
        if comparison is None or context is not self.context:
            return
        self.form.set_value(comparison.form)
        self._columns.set_value(comparison.columns)
        self._inputs.take_from(comparison)
        self._checks.set_value(comparison.checks)
        self._blind.setChecked(comparison.is_blind)
        self._show(comparison)
        self._note_edit()

    def _build(self) -> None:
        self.add_title_mark(self._menu_commands.name.private_mark)
        self.add_title_mark(self._menu_commands.name.button, 2)
        for widget in (
            self._split.fold,
            self._blind,
            self._checks.button,
            self._add,
            self._more_button,
            self.private,
            self.button,
        ):
            self.add_head_action(widget)
        empty = compare_empty(self.context.icons)
        empty.action_requested.connect(self.choose_model)
        self._pages.addWidget(empty)
        self._pages.addWidget(self.board)
        self.body.addWidget(self._split, 1)
        self.body.addWidget(self._stepper)
        self.body.addWidget(self._bar)

    def _connect(self) -> None:
        self._columns.changed.connect(self._show_columns)
        self._columns.changed.connect(self._note_edit)
        self._add.clicked.connect(self.choose_model)
        self._blind.clicked.connect(self._toggle_blind)
        self.private.toggled.connect(self._drafts.pause)
        self.button.run_pressed.connect(self.run)
        self.button.stop_pressed.connect(self.stop)
        self.form.changed.connect(self._note_edit)
        self.form.left.connect(self._drafts.save)
        self._preview.variables_found.connect(self.form.set_variables)
        self._preview.previewed.connect(self._show_preview)
        self._menu_commands.renamed.connect(self._show_again)
        self._menu_commands.renamed.connect(self.renamed)
        self._more.inputs_requested.connect(self._inputs.ask)
        self._inputs.changed.connect(self._note_edit)
        self._inputs.changed.connect(self._show_state)
        self._checks.changed.connect(self._note_edit)
        self._checks.kept.connect(self._show_again)
        self._stepper.number_chosen.connect(
            lambda number: self._show(self._view.comparison, number)
        )
        self._watch_runs.changed.connect(self._show_again)
        self._commands.settings_requested.connect(self.settings_requested)
        self._commands.connect_requested.connect(lambda: self.connect_requested.emit(False))  # noqa: FBT003
        self.board.state_changed.connect(self._show_state)
        self._view.judged.connect(self._judge)
        self._bar.names_requested.connect(self._show_names)
        self._runs.kept.connect(self._take)
        self._runs.input_refused.connect(self._show_problem)
        self._runs.connection_needed.connect(lambda: self.connect_requested.emit(True))  # noqa: FBT003
        self._runs.state_changed.connect(self._show_state)

    def _watch(self, context: PageContext) -> None:
        context.state.account_changed.connect(self._show_connection)
        context.state.catalogue_changed.connect(self._show_columns)
        self._show_connection()

    def _previewed(self, context: PageContext, form: PromptForm) -> Coroutine[Any, Any, Preview]:
        return context.workspace.comparisons.preview(
            ComparisonPlan(form, self._columns.value, inputs=self._inputs.value)
        )

    def _take(self, comparison: Comparison) -> None:
        """Show a comparison as it is kept now."""
        is_new = self._view.comparison is None or comparison.id != self._view.comparison.id
        if is_new:
            self._drafts.touch()
        self._blind.setChecked(comparison.is_blind or self._blind.isChecked())
        self._show(comparison, 1 if is_new else self._view.number)
        self._drafts.save()

    def _show(self, comparison: Comparison | None, number: int = 1) -> None:
        self._view.show(comparison, number, self._columns.value)
        self._stepper.show_round(comparison, number)
        self._note.show_round(comparison, number)
        self._menu_commands.name.show_comparison(comparison)
        self._watch_runs.watch(comparison.id if comparison else None)
        self._pages.setCurrentIndex(1 if self._columns.value else 0)
        self._checks.show(comparison, number)
        self._show_state()
        self._preview.refresh()

    def _show_columns(self) -> None:
        self._show(self._view.comparison, self._view.number)

    def _show_again(self, comparison: Comparison) -> None:
        """Show what the comparison in view has come to."""
        if self._view.comparison is not None and comparison.id == self._view.comparison.id:
            self._show(comparison, self._view.number)

    def _show_state(self) -> None:
        is_hidden = self._view.hides_names
        count = len(self._columns.value)
        self.button.set_running(self._runs.is_starting or self._view.is_running)
        self.button.run.setEnabled(count >= LEAST_COLUMNS)
        self._add.setEnabled(count < MOST_COLUMNS and not is_hidden)
        self.set_fact(plan_fact(count, len(self._inputs.value)))

    def _show_connection(self) -> None:
        self.button.set_connected(self.context.state.is_connected)

    def _show_preview(self, found: Preview) -> None:
        words = price_words(found.estimate)
        self.button.set_price(words.on_button, words.description)

    def _show_problem(self, error: InputError) -> None:
        self._split.show_form()
        self.form.show_problem(error)

    def _note_edit(self) -> None:
        self._is_restored = True
        self._drafts.touch()
        self._preview.refresh()

    def _toggle_blind(self, is_blind: bool) -> None:  # noqa: FBT001  # the signal passes it
        if not is_blind and self._view.hides_names:
            self._show_names()
        self._note_edit()

    def _show_names(self) -> None:
        self._blind.setChecked(False)
        if self._view.comparison is not None:
            self._runs.show_names(self._view.comparison)

    def _judge(self, verdict: Verdict | None, best: int | None) -> None:
        if self._view.comparison is not None:
            self._runs.judge(self._view.comparison, self._view.number, verdict, best)
