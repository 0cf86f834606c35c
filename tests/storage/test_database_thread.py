"""How writes share transactions, and what becomes of them when a commit fails."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from novita_desktop.domain.errors import DatabaseBusy, StorageError
from novita_desktop.storage.database import Database
from tests.storage.samples import get, kept, put, until, with_database


def test_late_writes_are_seen_at_once_and_committed_soon_by_themselves(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        began = time.monotonic()
        await database.call_late("key", put("a", 1))
        assert await database.read(get("a")) == 1
        if time.monotonic() - began < 0.2:
            assert kept(database.path, "a") is None
        await until(lambda: kept(database.path, "a") == 1)
        await database.call_late("key", put("a", 2))
        await database.flush()
        assert kept(database.path, "a") == 2

    with_database(tmp_path / "novita.db", work)


def test_writes_that_wait_together_share_a_transaction_but_fail_alone(tmp_path: Path) -> None:
    commits = []

    def fail(connection: sqlite3.Connection) -> None:
        put("half", 1)(connection)
        connection.execute("INSERT INTO nowhere VALUES (1)")

    def bug(connection: sqlite3.Connection) -> None:
        put("half", 1)(connection)
        raise KeyError("a bug")

    async def work(database: Database) -> None:
        await database.read(
            lambda connection: connection.set_trace_callback(
                lambda statement: commits.append(statement) if statement == "COMMIT" else None
            )
        )
        held = threading.Event()
        first = asyncio.ensure_future(database.read(lambda _: held.wait(10)))
        writes = [database.call(put(f"row {number}", number)) for number in range(100)]
        waiting = asyncio.gather(
            *writes, database.call(fail), database.call(bug), return_exceptions=True
        )
        await asyncio.sleep(0)
        held.set()
        results = await waiting
        await first
        assert results[:100] == [None] * 100
        assert isinstance(results[100], StorageError)
        assert isinstance(results[100].__cause__, sqlite3.OperationalError)
        assert isinstance(results[101], KeyError)
        assert len(commits) == 1
        assert kept(database.path, "row 99") == 99
        assert await database.read(get("half")) is None

    with_database(tmp_path / "novita.db", work)


def test_a_failed_write_leaves_the_file_free_for_others_and_the_thread_at_rest(tmp_path) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO nowhere VALUES (1)")

    async def work(database: Database) -> None:
        with pytest.raises(StorageError):
            await database.call(fail)
        with closing(sqlite3.connect(database.path, timeout=0, isolation_level=None)) as other:
            await until(lambda: can_write(other))
        before = await database.read(lambda _: time.thread_time())
        await asyncio.sleep(0.3)
        assert await database.read(lambda _: time.thread_time()) - before < 0.1

    with_database(tmp_path / "novita.db", work)


def can_write(other: sqlite3.Connection) -> bool:
    try:
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return False
    return True


def test_another_programs_lock_is_reported_and_late_writes_survive_it(tmp_path: Path) -> None:
    path = tmp_path / "novita.db"
    troubles: list[StorageError] = []

    async def work(database: Database) -> None:
        await database.call_late("late", put("late", 1))
        await database.flush()
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            results = await asyncio.gather(
                *(database.call(put(f"{number}", 1)) for number in range(20)),
                return_exceptions=True,
            )
            assert all(isinstance(result, DatabaseBusy) for result in results)
            assert await database.read(get("late")) == 1
            other.execute("ROLLBACK")
        await database.call(put("after", 1))

    with_database(path, work, busy_seconds=0.05, on_trouble=troubles.append)
    assert kept(path, "after") == 1


class FailingCommit(sqlite3.Connection):
    """A connection whose next commits fail as on a full disk."""

    failures = 0

    def execute(self, sql, *args):
        if sql == "COMMIT" and self.failures:
            self.failures -= 1
            super().execute("ROLLBACK")
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        return super().execute(sql, *args)


def test_late_writes_whose_commit_failed_are_told_and_stored_later(tmp_path: Path) -> None:
    path = tmp_path / "novita.db"
    with_database(path, lambda database: database.flush())
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, factory=FailingCommit
    )
    troubles: list[StorageError] = []

    async def work() -> None:
        database = Database(connection, path, troubles.append)
        connection.failures = 1_000
        await database.call_late("text", put("text", "old"))
        await database.call_late("text", put("text", "new"))
        await database.call_late("gone", lambda c: c.execute("DELETE FROM meta WHERE name='b'"))
        with pytest.raises(StorageError) as caught:
            await database.call(put("b", 1))
        assert caught.value.code == "disk_full"
        assert [trouble.code for trouble in troubles] == ["disk_full"]
        assert kept(path, "text") is None
        connection.failures = 0
        await until(lambda: kept(path, "text") == "new")
        assert await database.read(get("b")) is None
        await database.close()

    asyncio.run(work())
