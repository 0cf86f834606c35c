"""A second connection to the data file, for reads that may take long: no write waits for them.

It sees what is committed. A read whose caller is cancelled ends within milliseconds, so that the
search for the next letter does not wait for that of the last.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from novita_desktop.storage.failures import GIVEN_UP, storage_errors
from novita_desktop.storage.opening import connect_to_read
from novita_desktop.storage.worker_thread import WorkerThread, on_this_loop

T = TypeVar("T")

STEPS_BETWEEN_LOOKS: Final = 20_000
"""How many steps of SQLite's machine pass between looks whether the caller still waits."""


class SideReader:
    """Reads in a thread of its own, with a connection that is made when first needed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = WorkerThread("side-reader")
        self._connection: sqlite3.Connection | None = None
        self._is_used = False

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work`, which changes nothing; cancelling the caller ends it. Raises StorageError."""
        self._is_used = True
        is_unwanted = threading.Event()

        def watched() -> T:
            with storage_errors(self._path):
                connection = self._opened()
                connection.set_progress_handler(is_unwanted.is_set, STEPS_BETWEEN_LOOKS)
                if is_unwanted.is_set():
                    raise sqlite3.OperationalError(GIVEN_UP)
                return work(connection)

        waiting = on_this_loop(self._thread.submit(watched))
        try:
            return await waiting
        except asyncio.CancelledError:
            is_unwanted.set()
            raise

    async def close(self) -> None:
        """Let go of the file, after the reads that go on."""
        if self._is_used:
            await on_this_loop(self._thread.submit(self._let_go))

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = connect_to_read(self._path)
        return self._connection

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
