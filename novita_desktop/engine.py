"""The thread and loop that services run on: start, call, stop in order.

The network never runs on the window's thread (docs/decisions/0001). The loop is plain asyncio:
it closes abandoned async generators by itself, which qasync does not.
"""

from __future__ import annotations

import asyncio
import linecache
import logging
import sys
import threading
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from importlib import import_module
from typing import Any, Final, TypeVar

logger = logging.getLogger(__name__)

T = TypeVar("T")

WARMED_MODULES: Final = (
    "aiohttp",
    "httpx",
    "novita_desktop.api.client",
    "keyring",
)
"""What is imported after the first paint: together they take half a second (TLS and msgspec come
with them), which would otherwise be a part of the start. Templates and JSON schemas wait until a
form or an answer has one: they hold ten megabytes."""

STOP_SECONDS: Final = 10.0

SWITCH_SECONDS: Final = 0.0005
"""How long a busy thread keeps the interpreter from the others that ask for it.

Python's own 5 ms are for programs with one thread that matters. Here the window waits for the
engine that long, and so does the database thread after every statement: with 256 runs at once
that alone cost 40 % of the runs a second (`python -m benchmarks engine`).
"""


class EngineStopped(RuntimeError):
    """Work was given to an engine that does not run."""


class Engine:
    """A thread with an asyncio loop of its own.

    `report_bug` is called, on the engine's thread, for every exception that nobody awaits.
    """

    def __init__(self, report_bug: Callable[[BaseException], None]) -> None:
        self._report_bug = report_bug
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_stopping = False
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)

    @property
    def is_running(self) -> bool:
        """Whether work can be given."""
        return self._loop is not None and not self._is_stopping

    def start(self) -> None:
        """Start the thread; returns when the loop takes work. Called once.

        Threads of the whole process take turns every SWITCH_SECONDS from then on.
        """
        sys.setswitchinterval(SWITCH_SECONDS)
        self._thread.start()
        self._ready.wait()

    def submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Run `work` on the engine's loop and return its future.

        From any thread. Cancelling the future cancels the work. Raises EngineStopped.
        """
        with self._lock:
            if self._loop is None or self._is_stopping:
                work.close()
                raise EngineStopped("the engine does not run")
            return asyncio.run_coroutine_threadsafe(work, self._loop)

    def call_soon(self, function: Callable[[], object]) -> None:
        """Call `function` on the engine's thread; from any thread. Raises EngineStopped."""
        with self._lock:
            if self._loop is None or self._is_stopping:
                raise EngineStopped("the engine does not run")
            self._loop.call_soon_threadsafe(function)

    def warm_up(self, modules: Sequence[str] = ()) -> Future[None]:
        """Import, on the engine's thread, `modules` and what the first request needs.

        Called after the first paint: an import in another thread delays the window's ticks by
        some milliseconds, on its own thread by half a second.
        """
        return self.submit(_import_all((*modules, *WARMED_MODULES)))

    def stop(self, timeout: float = STOP_SECONDS) -> bool:
        """Cancel what still runs, end the loop and its thread.

        Whoever wants an orderly end of the services awaits their `close` first. Returns False if
        the thread did not end within `timeout` seconds; it is a daemon and ends with the program.
        """
        with self._lock:
            loop, already = self._loop, self._is_stopping
            self._is_stopping = True
            if loop is not None and not already and self._thread.is_alive():
                loop.call_soon_threadsafe(loop.stop)
        if self._thread.ident is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        loop = asyncio.new_event_loop()
        loop.set_exception_handler(self._seen)
        asyncio.set_event_loop(loop)
        self._loop = loop
        loop.call_soon(self._ready.set)
        try:
            loop.run_forever()
        finally:
            try:
                _cancel_all(loop)
                loop.run_until_complete(loop.shutdown_asyncgens())
            finally:
                asyncio.set_event_loop(None)
                self._loop = None
                loop.close()

    def _seen(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        logger.error("%s", context.get("message", "the engine met an error"), exc_info=error)
        if isinstance(error, BaseException):
            self._report_bug(error)


async def _import_all(names: Sequence[str]) -> None:
    for name in names:
        import_module(name)
        # Qt's bindings look into the source of every module, which is kept then: megabytes.
        linecache.clearcache()
        # Between two imports the loop gets a turn, so that a request may start.
        await asyncio.sleep(0)


def _cancel_all(loop: asyncio.AbstractEventLoop) -> None:
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
    for task in tasks:
        if not task.cancelled() and (error := task.exception()) is not None:
            loop.call_exception_handler(
                {"message": f"{task.get_name()} failed at the end", "exception": error}
            )
