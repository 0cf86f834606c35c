"""The Prompt page: presets at the left, the form in the middle, the answer at the right."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from novita_desktop.domain.errors import NovitaDesktopError
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.runs import RunDetail, RunSummary
from novita_desktop.services.preview import Preview
from novita_desktop.ui import metrics
from novita_desktop.ui.error_messages import (
    BILLING_URL,
    describe,
    describe_run_error,
    refused_input,
)
from novita_desktop.ui.error_words import ErrorAction
from novita_desktop.ui.input_messages import input_problem
from novita_desktop.ui.notices import open_outside
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages._draft_keeper import DraftKeeper
from novita_desktop.ui.pages._form_preview import FormPreview, preview_of_form
from novita_desktop.ui.pages._page import Page
from novita_desktop.ui.pages.prompt.answer_export import AnswerExport
from novita_desktop.ui.pages.prompt.prompt_library import PromptLibrary
from novita_desktop.ui.pages.prompt.prompt_models import PromptModels
from novita_desktop.ui.pages.prompt.prompt_runs import PromptRuns
from novita_desktop.ui.pages.prompt.starter import first_model, starter_form
from novita_desktop.ui.tasks import answer_of
from novita_desktop.ui.widgets.answer_panel import AnswerPanel
from novita_desktop.ui.widgets.compare_button import compare_button
from novita_desktop.ui.widgets.fitting_label import FittingLabel
from novita_desktop.ui.widgets.form_labels import help_label, show_words, small
from novita_desktop.ui.widgets.model_button import ModelButton
from novita_desktop.ui.widgets.preset_split import PresetSplit
from novita_desktop.ui.widgets.price_words import price_words
from novita_desktop.ui.widgets.private_switch import PrivateSwitch
from novita_desktop.ui.widgets.prompt_form_view import PromptFormView
from novita_desktop.ui.widgets.run_button import FittingButton, RunButton
from novita_desktop.ui.widgets.run_follower import RunFollower

DRAFT_NAME = "prompt"
CLIPBOARD_VARIABLE = "clipboard"
SETTINGS_SECTIONS: Mapping[str, str] = {
    ErrorAction.RAISE_LIMIT: "budget",
    ErrorAction.OPEN_NETWORK_SETTINGS: "network",
    ErrorAction.OPEN_CONNECTION_SETTINGS: "connection",
    ErrorAction.OPEN_DATA_SETTINGS: "data",
}
"""Which section of Settings mends an error."""


class PromptPage(Page):
    """Fill in a form, run it, read the answer as it streams.

    `connect_requested` asks for a key (True: `run` is to be called once there is one);
    `settings_requested` names the section of Settings to open, `compare_requested` has the form.
    """

    connect_requested = Signal(bool)
    settings_requested = Signal(str)
    compare_requested = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.set_title(self.tr("Prompt"))
        self._is_restored = False
        self._is_painted = False
        button = ModelButton(context.theme, context.icons)
        self.form = PromptFormView(context.icons, button, input_problem, context.tasks.start)
        self.setFocusProxy(self.form.message)  # typing can begin at once
        self.button = RunButton()
        self.panel = AnswerPanel(context.theme, context.icons, context.tasks)
        self.save_button = FittingButton()
        self.save_button.setAccessibleName(self.tr("Save preset"))
        self.save_button.setToolTip(self.tr("Keep the form as a preset"))
        self.save_button.set_words((self.tr("Save"), ""))
        context.icons.show_on(self.save_button, "save", "text_muted")
        self._tokens = small(FittingLabel())
        self._limit_note = help_label()
        self._limit_note.setProperty("tone", "warn")
        self._limit_note.setWordWrap(True)
        self._limit_note.hide()
        self.private = PrivateSwitch(context.icons)
        self._drafts = DraftKeeper(
            context,
            lambda workspace: workspace.drafts.save(DRAFT_NAME, self.form.value()),
            self,
            forget=lambda workspace: workspace.drafts.forget(DRAFT_NAME),
        )
        self._preview = FormPreview(context, self.form.value, preview_of_form, self)
        self._runs = PromptRuns(context, self)
        self._models = PromptModels(context, button, self)
        self._export = AnswerExport(context, self.panel, self)
        self._follower = RunFollower(context.bridge, context.tasks, self)
        self._build()
        self.library = PromptLibrary(context, self.form, self.split, self)
        self._connect()
        self._watch(context)
        context.tasks.start(self._restore())

    @override
    def set_context(self, context: PageContext) -> None:
        """Work with another workspace; what is typed stays."""
        state = self.context.state
        state.account_changed.disconnect(self._show_connection)
        state.catalogue_changed.disconnect(self._take_catalogue)
        state.settings_changed.disconnect(self._show_model)
        super().set_context(context)
        self._follower.leave()
        self._follower.deleteLater()
        self._follower = RunFollower(context.bridge, context.tasks, self)
        self._connect_follower()
        for part in (self._preview, self._runs, self._export, self._models):
            part.context = context
        self._runs.forget_question()
        self._drafts.set_context(context)
        self.panel.show_nothing()
        self._watch(context)
        self.library.set_context(context)
        self._show_state()

    def run(self) -> None:
        """Run the form as it stands, as the Run button does."""
        if self._follower.is_live or self._runs.is_starting or self.form.is_composing():
            return
        self._drafts.save()
        if not self.context.state.is_connected:
            self._ask_for_key()
            return
        uses_clipboard = CLIPBOARD_VARIABLE in self.form.variables.names()
        clipboard = QGuiApplication.clipboard().text() if uses_clipboard else None
        self.form.clear_problems()
        self._runs.run(self.form.value(), clipboard)

    def stop(self) -> None:
        """Stop the run that is shown, if it goes on."""
        if self._follower.is_live and self._follower.run_id is not None:
            self._runs.stop(self._follower.run_id)

    def choose_model(self) -> None:
        """Open the model palette."""
        self._models.choose()

    def show_form(self, form: PromptForm) -> None:
        """Fill in the form, for "Edit and run"; the texts before come back with Undo."""
        self.form.set_value(form)
        self.library.presets.refresh()
        self._take_form()

    def use_model(self, model_id: str) -> None:
        """Choose a model."""
        self.form.model_button.choose(model_id)

    def new_prompt(self) -> None:
        """Empty the form."""
        self.library.presets.new()

    def save_preset(self) -> None:
        """Keep the form as a preset."""
        self.library.presets.save()

    def find_preset(self) -> None:
        """Go to the search for presets."""
        self.library.search()

    def show_run(self, run_id: int) -> None:
        """Show a run of the workspace in the answer panel, and follow it while it goes on."""
        self._follower.show(self.context.workspace, run_id)

    @override
    def preparations(self) -> Iterator[None]:
        yield from self.panel.preparations()

    @override
    async def leave(self) -> None:
        await self._drafts.finish()

    @override
    def view_state(self) -> str:
        return json.dumps({"split": self.split.state(), "is_filling": self.library.is_filling})

    @override
    def restore_view_state(self, state: str) -> None:
        try:
            saved = json.loads(state)
            split, is_filling = str(saved["split"]), bool(saved["is_filling"])
        except (ValueError, KeyError, TypeError):
            return
        self.split.restore(split)
        self.library.set_filling(is_filling=is_filling)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.library.build_panel)

    @override
    def activated(self) -> None:
        self._preview.refresh()

    async def _restore(self) -> None:
        """Show what stood in the form when the program ended, or the starter."""
        form = await self.context.bridge.call(self.context.workspace.drafts.load(DRAFT_NAME))
        if self._is_restored:
            return
        state = self.context.state
        self._is_restored = True
        if form is None:
            form = starter_form(state.catalogue, state.settings)
            self.library.presets.begin_with(form)
        self.form.set_value(form)
        self.library.presets.refresh()
        self._show_model()

    def _build(self) -> None:
        icons, wanted = self.context.icons, self.compare_requested
        foot = QFrame()
        foot.setProperty("role", "foot")
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addWidget(compare_button(icons, self.form.value, wanted))
        row.addWidget(self._tokens, 1)
        row.addWidget(self.private)
        row.addWidget(self.button)
        column = QVBoxLayout(foot)
        column.setContentsMargins(
            metrics.PAGE_MARGIN, metrics.SPACE_12, metrics.PAGE_MARGIN, metrics.SPACE_12
        )
        column.addWidget(self._limit_note)
        column.addLayout(row)
        left = QWidget()
        layout = QVBoxLayout(left)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.form, 1)
        layout.addWidget(foot)
        self.split = PresetSplit(self.context.icons, left, self.panel)
        self.body.addWidget(self.split)
        self.add_head_start(self.split.fold)

    def _connect(self) -> None:
        self.form.changed.connect(self._note_edit)
        self.form.left.connect(self._drafts.save)
        self.form.field_settings_requested.connect(self._set_up_field)
        self.form.model_button.changed.connect(self._show_model)
        self.button.run_pressed.connect(self.run)
        self.button.stop_pressed.connect(self.stop)
        self.private.toggled.connect(self._drafts.pause)
        self.private.toggled.connect(self._runs.set_private)
        self.save_button.clicked.connect(self.library.presets.save)
        self.library.presets.form_opened.connect(self._take_form)
        self.library.run_requested.connect(self.run)
        self.library.preview_requested.connect(self.panel.preview)
        self._preview.variables_found.connect(self.library.show_names)
        self._preview.previewed.connect(self._show_preview)
        self._runs.started.connect(self._follow)
        self._runs.input_refused.connect(self.form.show_problem)
        self._runs.refused.connect(self._show_refusal)
        self._runs.connection_needed.connect(self._ask_for_key)
        self._runs.state_changed.connect(self._show_state)
        panel = self.panel
        panel.retry_pressed.connect(lambda: self._with_run(self._runs.retry))
        panel.continue_pressed.connect(lambda: self._with_run(self._runs.continue_run))
        panel.raise_pressed.connect(lambda: self._with_run(self._runs.raise_and_rerun))
        panel.try_now_pressed.connect(lambda: self._with_run(self._runs.try_now))
        panel.cancel_pressed.connect(self.stop)
        panel.action_pressed.connect(self._do_about_error)
        panel.answer_actions.copy_chosen.connect(self._export.copy)
        panel.answer_actions.save_pressed.connect(self._export.save)
        self._connect_follower()

    def _connect_follower(self) -> None:
        follower = self._follower
        follower.began.connect(self.panel.begin)
        follower.grew.connect(self.panel.grow)
        follower.progressed.connect(self._show_progress)
        follower.ended.connect(self._show_end)

    def _watch(self, context: PageContext) -> None:
        context.state.account_changed.connect(self._show_connection)
        context.state.catalogue_changed.connect(self._take_catalogue)
        context.state.settings_changed.connect(self._show_model)
        self._show_connection()
        self._show_model()

    def _ask_for_key(self) -> None:
        self.connect_requested.emit(True)  # noqa: FBT003  # run once there is one

    def _with_run(self, work: Callable[[int], None]) -> None:
        if self._follower.run_id is not None:
            work(self._follower.run_id)

    def _set_up_field(self, name: str) -> None:
        from novita_desktop.ui.dialogs.field_settings import (  # noqa: PLC0415  # when wanted
            FieldSettings,
        )

        dialog = FieldSettings(name, self.form.variables.field(name), self)

        async def ask() -> None:
            if await answer_of(dialog):
                self.form.variables.set_field(name, dialog.field())

        self.context.tasks.start(ask())

    def _take_form(self) -> None:
        """Go on with a form that was put in the place of another."""
        self._preview.begin_with(self.form.variables.names())
        self._note_edit()
        self._show_model()
        self.form.focus_first()

    def _note_edit(self) -> None:
        self._is_restored = True
        self._drafts.touch()
        self._runs.forget_question()
        self.panel.look_ahead()
        self._preview.refresh()

    def _take_catalogue(self) -> None:
        """Show what a new catalogue says; the first of another host gives the first model."""
        state = self.context.state
        if self._is_restored and not self.form.model_button.value():
            self.form.model_button.choose(first_model(state.catalogue, state.settings))
            self.form.clear_problems()
        self._show_model()

    def _show_model(self) -> None:
        state = self.context.state
        model_id = self.form.model_button.value()
        model = state.model(model_id)
        is_starred = model_id in state.settings.favourite_models
        self.form.model_button.show_model(model, is_starred=is_starred)
        self.form.set_model(model)
        self._preview.refresh()

    def _show_connection(self) -> None:
        self.button.set_connected(self.context.state.is_connected)

    def _show_preview(self, found: Preview) -> None:
        words = price_words(found.estimate)
        self.button.set_price(words.on_button, words.description)
        self._tokens.set_words(words.tokens)
        self.panel.show_next_request(found)

    def _follow(self, summary: RunSummary) -> None:
        self._follower.follow(self.context.workspace, summary)

    def _show_progress(self) -> None:
        self.panel.show_progress(self._follower.progress)
        self._show_state()

    def _show_end(self, detail: RunDetail, text: str) -> None:
        self.panel.end(detail, text)
        refused = refused_input(detail.error)
        self.form.show_refusal(
            refused, describe_run_error(detail.error).title if detail.error else ""
        )
        self._show_state()

    def _show_state(self) -> None:
        self.button.set_running(self._runs.is_starting or self._follower.is_live)
        self.button.set_over_limit(self._runs.is_over_limit)
        show_words(
            self._limit_note,
            self.tr("Today's spending has reached your limit. Press Run again to run anyway.")
            if self._runs.is_over_limit
            else "",
        )

    def _show_refusal(self, error: NovitaDesktopError) -> None:
        self.panel.show_refusal(describe(error))

    def _do_about_error(self, action: str) -> None:
        name, _, parameter = action.partition(":")
        match name:
            case ErrorAction.CONNECT | ErrorAction.CHANGE_KEY:
                self._ask_for_key()
            case ErrorAction.OPEN_BILLING:
                open_outside(QUrl(BILLING_URL), self.context.toast)
            case ErrorAction.CHOOSE_MODEL:
                self.choose_model()
            case ErrorAction.RUN_WITHOUT:
                self._with_run(lambda run_id: self._runs.run_without(run_id, parameter))
            case ErrorAction.RAISE_AND_RERUN:
                self._with_run(self._runs.raise_and_rerun)
            case ErrorAction.RETRY:
                self._with_run(self._runs.retry)
            case _:
                self.settings_requested.emit(SETTINGS_SECTIONS.get(name, ""))
