"""The window's loop for Qt and asyncio, and what qasync leaves out of it."""

from __future__ import annotations

import asyncio
import sys
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextvars import Context
from typing import Any

import qasync
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from typing_extensions import override

BUDGET_SECONDS = 0.004
"""How long one burst of callbacks may hold the window before it may paint and listen again."""


class EventLoop(qasync.QEventLoop):  # type: ignore[misc]  # qasync is untyped
    """qasync's loop with bursts: it would start and kill a Qt timer for each `call_soon`."""

    def __init__(self, app: QApplication, *, already_running: bool = False) -> None:
        self._ready: deque[asyncio.Handle] = deque()
        self._burst = QTimer()
        self._burst.setSingleShot(True)
        self._burst.setInterval(0)
        self._burst.timeout.connect(self._run_ready)
        super().__init__(app, already_running=already_running)

    @override
    def call_soon(
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self, context=context)
        self._ready.append(handle)
        if not self._burst.isActive():
            self._burst.start()
        return handle

    def _run_ready(self) -> None:
        end = time.monotonic() + BUDGET_SECONDS
        # Only what is ready now: a callback that always adds another must not hold the window.
        for _ in range(len(self._ready)):
            handle = self._ready.popleft()
            if not handle.cancelled():
                handle._run()  # noqa: SLF001  # asyncio's own loops run their handles this way
            if time.monotonic() > end:
                break
        if self._ready and not self._burst.isActive():
            self._burst.start()

    @override
    def close(self) -> None:
        self._burst.stop()
        self._ready.clear()
        super().close()


def create_event_loop(
    app: QApplication, *, already_running: bool = False
) -> asyncio.AbstractEventLoop:
    """Return an asyncio loop that Qt's loop drives, and make it the current one."""
    loop: asyncio.AbstractEventLoop = EventLoop(app, already_running=already_running)

    def close_later(generator: AsyncGenerator[Any, Any]) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(loop.create_task, generator.aclose())

    # qasync sets no hooks, so generators that are left half-way would never be closed.
    sys.set_asyncgen_hooks(finalizer=close_later)
    asyncio.set_event_loop(loop)
    return loop
