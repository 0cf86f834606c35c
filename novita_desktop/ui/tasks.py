"""Starts coroutines from slots: kept alive, cancellable, errors seen; waits for dialogs."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtWidgets import QDialog

from novita_desktop.domain.errors import NovitaDesktopError

ShowError = Callable[[NovitaDesktopError], None]


class Tasks:
    """The tasks of one owner. An expected error is shown, any other is reported as a bug."""

    def __init__(self, show_error: ShowError) -> None:
        self._show_error = show_error
        self._running: set[asyncio.Task[None]] = set()
        self._is_closed = False

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Future[None]:
        """Run `work` on the window's loop and return its task; once closed, it never begins."""
        if self._is_closed:
            work.close()
            never: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            never.cancel()
            return never
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._finished)
        return task

    async def close(self) -> None:
        """Cancel whatever still runs and wait for its end: the owner is about to be deleted.

        Nothing begins afterwards, for a timer of the owner may still fire until then.
        """
        self._is_closed = True
        for task in tuple(self._running):
            task.cancel()
        await self.settled()

    async def settled(self) -> None:
        """Wait until nothing runs."""
        while self._running:
            await asyncio.wait(tuple(self._running))

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if isinstance(error, NovitaDesktopError):
            self._show_error(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)


async def answer_of(dialog: QDialog) -> bool:
    """Show `dialog` and return whether it was accepted; other coroutines keep running.

    The dialog is deleted afterwards; it closes when the waiting coroutine is cancelled.
    """
    closed: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def close(result: int) -> None:
        if not closed.done():
            closed.set_result(result)

    dialog.finished.connect(close)
    try:
        dialog.open()
        return await closed == QDialog.DialogCode.Accepted
    finally:
        dialog.finished.disconnect(close)
        dialog.close()
        dialog.deleteLater()
