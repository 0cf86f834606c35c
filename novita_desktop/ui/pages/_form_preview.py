"""What would be sent and what it would cost, worked out in the engine after each edit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.services.preview import Preview, preview
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.widgets.variables_form import names_in

PAUSE_MS = 40
"""Keys that come faster than this share one preview."""

Work = Callable[[PageContext, PromptForm], Coroutine[Any, Any, object]]
"""Returns the engine's work that makes a preview of a form."""


def preview_of_form(context: PageContext, form: PromptForm) -> Coroutine[Any, Any, Preview]:
    """Return the work that makes the preview of one run."""
    state = context.state
    return preview(form, state.model(form.model), state.settings)


class FormPreview(QObject):
    """Tells the form's variables and its preview; the newest edit wins, one work at a time."""

    variables_found = Signal(object)
    previewed = Signal(object)

    def __init__(
        self,
        context: PageContext,
        read: Callable[[], PromptForm],
        work: Work,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self._read = read
        self._preview = work
        self._names: Sequence[str] = ()
        self._is_due = False
        self._is_working = False
        self._form_number = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._work)

    def refresh(self) -> None:
        """Work it out again soon."""
        self._is_due = True
        if not self._is_working and not self._pause.isActive():
            self._pause.start()

    def begin_with(self, names: Sequence[str]) -> None:
        """Work it out for another form, whose variables are known; forget the one before."""
        self._form_number += 1
        self._names = names
        self.refresh()

    def _work(self) -> None:
        if not self._is_working:
            self.context.tasks.start(self._work_until_newest())

    async def _work_until_newest(self) -> None:
        self._is_working = True
        try:
            while self._is_due:
                self._is_due = False
                await self._work_once(self._read())
        finally:
            self._is_working = False

    async def _work_once(self, form: PromptForm) -> None:
        number = self._form_number
        names = await asyncio.to_thread(names_in, form, self._names)
        if number != self._form_number:
            return
        self._names = names
        self.variables_found.emit(names)
        found = await self.context.bridge.call(self._preview(self.context, form))
        if not self._is_due:
            self.previewed.emit(found)
