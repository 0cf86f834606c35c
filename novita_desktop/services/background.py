"""Owns the tasks that nobody awaits: keeps them alive, sees their errors, ends them in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from novita_desktop.domain.errors import NovitaDesktopError

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Background:
    """Starts coroutines on the running loop and keeps them until they end.

    asyncio itself holds tasks only weakly. An expected error goes to `on_trouble`, which is also
    `report`; any other is a bug and goes to the loop's exception handler, which the engine
    reports.
    """

    def __init__(self, on_trouble: Callable[[NovitaDesktopError], None]) -> None:
        self.report = on_trouble
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        """Run `work` as a task called `name`; its error is seen even if nobody awaits it."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    async def outlive(self, work: Coroutine[Any, Any, T], name: str) -> T:
        """Await `work`, which goes on to its end even when the caller is cancelled."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            task.add_done_callback(self._finished)
            raise

    async def close(self) -> None:
        """Cancel what still runs and wait until all of it has ended."""
        while self._tasks:
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(tuple(self._tasks))

    async def idle(self) -> None:
        """Wait until everything that was started has ended."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if isinstance(error, NovitaDesktopError):
            self.report(error)
            return
        task.get_loop().call_exception_handler(
            {"message": f"the task {task.get_name()} failed", "exception": error, "task": task}
        )
