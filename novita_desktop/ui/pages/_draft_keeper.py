"""Keeps what stands in a form: half a second after the last key, and when the focus leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, QTimer

from novita_desktop.services.workspace import Workspace
from novita_desktop.ui.page_context import PageContext

SAVE_AFTER_MS = 500

Keeping = Callable[[Workspace], Coroutine[Any, Any, None]]
"""Reads what stands in the form, at once, and returns the work that keeps or forgets it."""


class DraftKeeper(QObject):
    """Has `write` save what stands in a form, one save at a time; `forget` undoes that."""

    def __init__(
        self,
        context: PageContext,
        write: Keeping,
        parent: QObject | None = None,
        *,
        forget: Keeping | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._write = write
        self._forget = forget
        self._is_dirty = False
        self._is_paused = False
        self._saving: asyncio.Future[None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.save)

    @property
    def is_saved(self) -> bool:
        """Whether everything that was typed is on the disk."""
        return not (self._is_dirty or self._is_saving)

    @property
    def _is_saving(self) -> bool:
        return self._saving is not None and not self._saving.done()

    def set_context(self, context: PageContext) -> None:
        """Keep the form in another workspace from now on, starting with what stands there."""
        self._context = context
        self.touch()

    def pause(self, is_paused: bool) -> None:  # noqa: FBT001  # the signal passes it
        """Forget what was kept and keep nothing more; or begin again with what stands there."""
        self._is_paused = is_paused
        if is_paused:
            self._timer.stop()
            self._is_dirty = False
            self._context.tasks.start(self._forget_kept(self._saving))
        else:
            self.touch()

    def touch(self) -> None:
        """Note an edit: it is saved when no other follows for half a second."""
        if self._is_paused:
            return
        self._is_dirty = True
        self._timer.start()

    def save(self) -> None:
        """Save now what was not saved yet."""
        self._timer.stop()
        if self._is_dirty and not self._is_saving:
            self._is_dirty = False
            # Read at once: the page may be gone when the task's turn comes.
            work = self._write(self._context.workspace)
            self._saving = self._context.tasks.start(self._store(work))

    async def finish(self) -> None:
        """Save what was not saved yet, and return when it is; what fails is shown."""
        while True:
            self.save()
            saving = self._saving
            if saving is None or saving.done():
                return
            await asyncio.wait({saving})
            if saving.cancelled() or saving.exception() is not None:
                return

    async def _forget_kept(self, saving: asyncio.Future[None] | None) -> None:
        """Forget the kept form, after the save that goes on."""
        if saving is not None:
            await asyncio.wait({saving})
        if self._is_paused and self._forget is not None:
            self._is_dirty = False  # a save that failed left it due
            await self._context.bridge.call(self._forget(self._context.workspace))

    async def _store(self, work: Coroutine[Any, Any, None]) -> None:
        """Do `work`. Raises StorageError; the edit stays due."""
        try:
            await self._context.bridge.call(work)
        except BaseException:
            self._is_dirty = True
            raise
        if self._is_dirty:
            self._timer.start()
