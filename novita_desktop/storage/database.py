"""The data file, awaited from the engine's loop: one connection, owned by one thread."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import TypeVar, cast

from novita_desktop.domain.errors import StorageError
from novita_desktop.storage.database_jobs import Job, Kind, Work
from novita_desktop.storage.database_thread import DatabaseThread, closed_error
from novita_desktop.storage.opening import close_file, open_file
from novita_desktop.storage.side_reader import SideReader
from novita_desktop.storage.worker_thread import in_daemon_thread

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Database:
    """An open data file. Work runs in the order it was given; its failures are StorageErrors.

    Cancelling a caller does not undo its work: a write happens whole or, if the program ends
    first, not at all.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        on_trouble: Callable[[StorageError], None] | None = None,
    ) -> None:
        """Take over an open connection; `Database.open` is how to get one."""
        self.path = path
        self._is_closed = False
        self._side = SideReader(path)
        self._thread = DatabaseThread(connection, path, on_trouble or _log_trouble)
        self._thread.start()

    @classmethod
    async def open(
        cls,
        path: Path,
        *,
        accept_missing_runs: bool = False,
        busy_seconds: float = 5.0,
        on_trouble: Callable[[StorageError], None] | None = None,
    ) -> Database:
        """Open the data file, creating it and its folder or migrating it (after a checked copy).

        `busy_seconds` is how long to wait for another program's lock. `on_trouble` is called on
        the database thread when writes that were already reported as done cannot be committed
        for now. Raises FolderNotWritable, DiskFull, DatabaseBusy, DatabaseDamaged,
        DatabaseTooNew, or RunsMissing unless `accept_missing_runs`.
        """

        def opened() -> sqlite3.Connection:
            return open_file(
                path, accept_missing_runs=accept_missing_runs, busy_seconds=busy_seconds
            )

        return cls(await in_daemon_thread(opened), path, on_trouble)

    async def call(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work`; return its result once all it wrote is on the disk.

        `work` runs in a transaction of its own making or shared with other writes, but fails or
        succeeds alone. It must not commit.
        """
        return await self.begin(work)

    def begin(self, work: Callable[[sqlite3.Connection], T]) -> asyncio.Future[T]:
        """Run `work` as `call` does, without waiting for it."""
        return cast("asyncio.Future[T]", self._put(work, Kind.WRITE))

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work`, which changes nothing; it sees every write given before it."""
        return cast("T", await self._put(work, Kind.READ))

    async def read_aside(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work`, which changes nothing and may take long; it sees what is committed.

        No other work waits for it. Cancelling the caller ends it.
        """
        if self._is_closed:
            raise closed_error(self.path)
        return await self._side.read(work)

    async def call_late(self, works: Mapping[Hashable, Work]) -> None:
        """Run writes, all or none, that may reach the disk up to 250 ms after this returns.

        If their commit fails then, the newest work of each key is kept and tried again with the
        next write or a second later, so a work must bear being run twice.
        """

        def all_works(connection: sqlite3.Connection) -> None:
            for work in works.values():
                work(connection)

        await self._put(all_works, Kind.LATE_WRITE, works)

    async def flush(self) -> None:
        """Return when every write given so far is on the disk."""
        await self.call(lambda _: None)

    async def close(self) -> None:
        """Commit what is open, note the clean end and the number of runs, and let go of the file.

        Closing twice does nothing. Raises StorageError when the end could not be noted; the file
        is closed all the same.
        """
        if self._is_closed:
            return
        self._is_closed = True
        # First: the journal is only merged by the connection that is the last.
        await self._side.close()
        await self._queued(lambda connection: close_file(connection, self.path), Kind.LAST)

    def _put(
        self,
        work: Callable[[sqlite3.Connection], object],
        kind: Kind,
        parts: Mapping[Hashable, Work] | None = None,
    ) -> asyncio.Future[object]:
        if self._is_closed:
            raise closed_error(self.path)
        return self._queued(work, kind, parts)

    def _queued(
        self,
        work: Callable[[sqlite3.Connection], object],
        kind: Kind,
        parts: Mapping[Hashable, Work] | None = None,
    ) -> asyncio.Future[object]:
        future: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        self._thread.put(Job(work, kind, future, parts))
        return future


def _log_trouble(error: StorageError) -> None:
    logger.error("writes are kept until they can be stored: %s", error.code)
