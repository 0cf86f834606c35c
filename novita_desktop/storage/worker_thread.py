"""Daemon threads for work that may block: one that hangs never keeps the program from ending.

The standard library's executors are joined when the interpreter ends; a keychain that waits for
its password, or a dead network drive, would then keep the process alive for ever.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

logger = logging.getLogger(__name__)

T = TypeVar("T")


class WorkerThread:
    """Runs one piece of work after another in a daemon thread, which starts when first needed."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._queue: SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Queue `work` and return its future."""
        future: Future[T] = Future()
        self._queue.put((work, future))
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()
        return future

    def _run(self) -> None:
        while True:
            work, future = self._queue.get()
            _settle(work, future)


def _settle(work: Callable[[], T], future: Future[T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001  # told to whoever waits for the future
        future.set_exception(error)
    else:
        future.set_result(result)


def on_this_loop(future: Future[T]) -> asyncio.Future[T]:
    """Return a future of the running loop that ends as `future` does.

    Unlike `asyncio.wrap_future`, an end that comes after the loop was closed is quietly dropped.
    """
    loop = asyncio.get_running_loop()
    awaited: asyncio.Future[T] = loop.create_future()

    def copy(done: Future[T]) -> None:
        if awaited.done():
            return
        error = done.exception()
        if error is not None:
            awaited.set_exception(error)
        else:
            awaited.set_result(done.result())

    def tell(done: Future[T]) -> None:
        try:
            loop.call_soon_threadsafe(copy, done)
        except RuntimeError:
            logger.debug("nobody waits for a finished piece of work: its loop is closed")

    future.add_done_callback(tell)
    return awaited


async def in_daemon_thread(work: Callable[[], T]) -> T:
    """Run `work` in a daemon thread of its own and return its result.

    Cancelling the caller lets the work go on, unobserved.
    """
    future: Future[T] = Future()
    threading.Thread(target=_settle, args=(work, future), name="storage", daemon=True).start()
    return await on_this_loop(future)
