"""The window's loop for Qt and asyncio, and what qasync leaves out of it.

qasync starts and kills a Qt timer for each `call_soon`, which makes the window stutter when
many coroutines are under way. Here callbacks wait in one queue that is worked off in turns of
a few milliseconds, between which Qt paints and takes input.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections import deque
from collections.abc import Callable
from contextvars import Context
from threading import Lock
from time import perf_counter

import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimerEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

TURN_SECONDS = 0.004
_WAKE = QEvent.Type(QEvent.registerEventType())
_log = logging.getLogger(__name__)


def create_event_loop(
    app: QApplication, *, already_running: bool = False
) -> asyncio.AbstractEventLoop:
    """Return an asyncio loop that Qt's loop drives.

    With `already_running` the loop works whenever Qt's does, without `run_forever`: for tests.
    """
    return WindowLoop(app, already_running=already_running)


class WindowLoop(qasync.QEventLoop):  # type: ignore[misc]  # qasync is untyped
    """qasync's loop with callbacks in turns, and with async generators closed as asyncio does."""

    def __init__(self, app: QApplication, *, already_running: bool) -> None:
        self._turns = _Turns()
        super().__init__(app, already_running=already_running)
        self._hooks_before = sys.get_asyncgen_hooks()
        # A generator that is dropped half-way, such as a stream, is closed in this loop.
        sys.set_asyncgen_hooks(self._asyncgen_firstiter_hook, self._asyncgen_finalizer_hook)

    @override
    def call_soon(
        self, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.Handle:
        """Run `callback` in a later turn, after those that were asked for before it."""
        return self._turns.add(self._handle(callback, args, context))

    @override
    def call_soon_threadsafe(
        self, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.Handle:
        """Do as `call_soon`, from any thread."""
        return self._turns.add_from_thread(self._handle(callback, args, context))

    @override
    def set_debug(self, enabled: bool) -> None:  # asyncio's signature
        """Report callbacks that hold the window up, as asyncio's debug mode does."""
        super().set_debug(enabled)
        self._turns.slow_seconds = self.slow_callback_duration if enabled else None

    @override
    def close(self) -> None:
        """Release everything; what still waits is not run."""
        if self.is_closed():
            return
        super().close()
        self._turns.clear()
        sys.set_asyncgen_hooks(*self._hooks_before)

    def _handle(
        self, callback: Callable[..., object], args: tuple[object, ...], context: Context | None
    ) -> asyncio.Handle:
        self._check_closed()
        return asyncio.Handle(callback, args, self, context)


class _Turns(QObject):
    """Runs handles in the order they came, in turns of about `TURN_SECONDS`."""

    def __init__(self) -> None:
        super().__init__()
        self.slow_seconds: float | None = None
        self._handles: deque[asyncio.Handle] = deque()
        self._from_threads: deque[asyncio.Handle] = deque()
        self._wake_lock = Lock()
        self._is_woken = False
        self._is_turning = False
        self._timer_id = 0

    def add(self, handle: asyncio.Handle) -> asyncio.Handle:
        """Run `handle` in a later turn, and return it."""
        self._handles.append(handle)
        if not self._is_turning and not self._timer_id:
            self._timer_id = self.startTimer(0)
        return handle

    def add_from_thread(self, handle: asyncio.Handle) -> asyncio.Handle:
        """Run `handle` in a later turn, and return it; may be called in any thread."""
        with self._wake_lock:
            self._from_threads.append(handle)
            is_woken, self._is_woken = self._is_woken, True
        if not is_woken:
            QCoreApplication.postEvent(self, QEvent(_WAKE))
        return handle

    def clear(self) -> None:
        """Forget what waits."""
        self._handles.clear()
        self._from_threads.clear()
        self._stop_timer()

    @override
    def customEvent(self, event: QEvent) -> None:
        with self._wake_lock:
            arrived, self._from_threads = self._from_threads, deque()
            self._is_woken = False
        for handle in arrived:
            self.add(handle)

    @override
    def timerEvent(self, event: QTimerEvent) -> None:
        self._stop_timer()
        if self._is_turning:
            return  # a Qt loop inside a callback: asyncio could not enter another task
        self._is_turning = True
        try:
            self._take_turn()
        finally:
            self._is_turning = False
            if self._handles:
                self._timer_id = self.startTimer(0)

    def _take_turn(self) -> None:
        end = perf_counter() + TURN_SECONDS
        while self._handles:
            handle = self._handles.popleft()
            if not handle.cancelled():
                self._run(handle)
            if perf_counter() >= end:
                return

    def _run(self, handle: asyncio.Handle) -> None:
        start = perf_counter()
        handle._run()  # noqa: SLF001  # as every loop does: it reports errors to its loop
        took = perf_counter() - start
        if self.slow_seconds is not None and took >= self.slow_seconds:
            _log.warning("The window's loop was held up for %.3f s by %r", took, handle)

    def _stop_timer(self) -> None:
        if self._timer_id:
            self.killTimer(self._timer_id)
            self._timer_id = 0
