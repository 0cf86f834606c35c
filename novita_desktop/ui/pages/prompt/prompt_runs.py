"""Starts the runs of the Prompt page, and says why one could not start."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from novita_desktop.domain.errors import (
    DailyLimitReached,
    InputError,
    NotConnected,
    NovitaDesktopError,
)
from novita_desktop.domain.presets import remembered_values
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.runs import RunSummary
from novita_desktop.services.clock import Clock
from novita_desktop.services.preview import request_of_form
from novita_desktop.ui.page_context import PageContext

Begin = Callable[[bool], Awaitable[RunSummary]]
"""Starts a run; told whether the person agreed to go over the daily limit."""

MOST_RECENT = 8


class PromptRuns(QObject):
    """Starts one run at a time. A run over the daily limit waits for a second press.

    While `is_private` is set, the forms that are run are kept nowhere.
    """

    started = Signal(object)
    input_refused = Signal(object)
    refused = Signal(object)
    connection_needed = Signal()
    state_changed = Signal()

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.is_starting = False
        self.is_private = False
        self._over_limit: Begin | None = None

    @property
    def is_over_limit(self) -> bool:
        """Whether a run waits for the person's word, because of the daily limit."""
        return self._over_limit is not None

    def forget_question(self) -> None:
        """Ask about the daily limit anew: something else is to be run."""
        if self._over_limit is not None:
            self._over_limit = None
            self.state_changed.emit()

    def run(self, form: PromptForm, clipboard: str | None) -> None:
        """Run `form`; a press while the daily limit is asked about means yes."""
        if self._over_limit is not None:
            self._begin(self._over_limit, is_confirmed=True)
            return
        context = self.context
        model, is_private = context.state.model(form.model), self.is_private

        async def begin(is_confirmed: bool) -> RunSummary:  # noqa: FBT001  # see Begin
            request = await asyncio.to_thread(
                request_of_form, form, model, context.state.settings, Clock(), clipboard
            )
            request = replace(request, is_private=is_private)
            work = context.workspace.runs.submit(request, confirmed_over_limit=is_confirmed)
            summary = await context.bridge.call(work)
            if not is_private:
                context.tasks.start(self._remember(summary.model))
                context.tasks.start(self._keep_values(form))
            return summary

        self._begin(begin)

    def set_private(self, is_private: bool) -> None:  # noqa: FBT001  # the signal passes it
        """Keep nothing of the forms that are run from now on; or keep them again."""
        self.is_private = is_private
        self.forget_question()

    def retry(self, run_id: int) -> None:
        """Run the same request again."""
        runs, call = self.context.workspace.runs, self.context.bridge.call
        self._begin(lambda yes: call(runs.retry(run_id, confirmed_over_limit=yes)))

    def continue_run(self, run_id: int) -> None:
        """Ask for the rest of an answer that was cut."""
        runs, call = self.context.workspace.runs, self.context.bridge.call
        self._begin(lambda yes: call(runs.continue_run(run_id, confirmed_over_limit=yes)))

    def raise_and_rerun(self, run_id: int) -> None:
        """Run again with twice the max tokens."""
        runs, call = self.context.workspace.runs, self.context.bridge.call
        self._begin(lambda yes: call(runs.raise_and_rerun(run_id, confirmed_over_limit=yes)))

    def run_without(self, run_id: int, parameter: str) -> None:
        """Run again without an input that the host refused."""
        runs, call = self.context.workspace.runs, self.context.bridge.call
        self._begin(lambda yes: call(runs.run_without(run_id, parameter, confirmed_over_limit=yes)))

    def stop(self, run_id: int) -> None:
        """Stop a run; its end is told by its events."""
        self.context.tasks.start(self.context.bridge.call(self.context.workspace.runs.stop(run_id)))

    def try_now(self, run_id: int) -> None:
        """Skip the wait that a run is in."""
        self.context.tasks.start(
            self.context.bridge.call(self.context.workspace.runs.try_now(run_id))
        )

    def _begin(self, begin: Begin, *, is_confirmed: bool = False) -> None:
        if self.is_starting:
            return
        self.is_starting = True
        self._over_limit = None
        self.state_changed.emit()
        self.context.tasks.start(self._start(begin, is_confirmed=is_confirmed))

    async def _start(self, begin: Begin, *, is_confirmed: bool) -> None:
        try:
            summary = await begin(is_confirmed)
        except NovitaDesktopError as error:
            self.is_starting = False
            self._tell_refusal(error, begin)
        else:
            self.is_starting = False
            self.started.emit(summary)
        finally:
            self.is_starting = False
            self.state_changed.emit()

    def _tell_refusal(self, error: NovitaDesktopError, begin: Begin) -> None:
        match error:
            case InputError():
                self.input_refused.emit(error)
            case NotConnected():
                self.connection_needed.emit()
            case DailyLimitReached():
                self._over_limit = begin
            case _:
                self.refused.emit(error)

    async def _keep_values(self, form: PromptForm) -> None:
        """Have the preset's fields begin with what they were filled in with."""
        if form.preset is not None:
            values = remembered_values(form)
            presets = self.context.workspace.presets
            await self.context.bridge.call(
                presets.keep_values(form.preset.id, values, form.sources)
            )

    async def _remember(self, model_id: str) -> None:
        """Put the model at the head of the recent ones."""
        recent = self.context.state.settings.recent_models
        wanted = (model_id, *(i for i in recent if i != model_id))[:MOST_RECENT]
        if wanted != recent:
            work = self.context.workspace.settings.change(recent_models=wanted)
            await self.context.bridge.call(work)
