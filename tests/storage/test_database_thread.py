"""How writes share transactions, and what becomes of them when a commit fails."""

from __future__ import annotations

import asyncio
import logging
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
        await database.call_late({"key": put("a", 1)})
        assert await database.read(get("a")) == 1
        if time.monotonic() - began < 0.2:
            assert kept(database.path, "a") is None
        await until(lambda: kept(database.path, "a") == 1)
        await database.call_late({"key": put("a", 2)})
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
        await database.call_late({"late": put("late", 1)})
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


def failing(path: Path) -> FailingCommit:
    """A connection to a data file that commits nothing for now."""
    with_database(path, lambda database: database.flush())
    connection = sqlite3.connect(
        path, timeout=0.05, isolation_level=None, check_same_thread=False, factory=FailingCommit
    )
    connection.failures = 1_000
    return connection


def test_late_writes_whose_commit_failed_are_told_and_stored_later(tmp_path: Path) -> None:
    path = tmp_path / "novita.db"
    connection = failing(path)
    troubles: list[StorageError] = []

    async def work() -> None:
        database = Database(connection, path, troubles.append)
        await database.call_late({"text": put("text", "old")})
        await database.call_late({"text": put("text", "new")})
        await database.call_late({"gone": lambda c: c.execute("DELETE FROM meta WHERE name='b'")})
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


def test_kept_writes_sit_out_another_programs_lock(tmp_path: Path, caplog) -> None:
    caplog.set_level(logging.INFO)
    path = tmp_path / "novita.db"
    connection = failing(path)

    async def work() -> None:
        database = Database(connection, path)
        await database.call_late({"text": put("text", "kept")})
        with pytest.raises(StorageError):
            await database.flush()
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            connection.failures = 0
            with pytest.raises(DatabaseBusy):
                await database.flush()
            await until(lambda: "cannot be stored yet" in caplog.text)
            other.execute("ROLLBACK")
        await until(lambda: kept(path, "text") == "kept")
        await database.close()

    asyncio.run(work())


def test_a_kept_write_that_fits_no_more_does_not_hold_up_the_others(tmp_path, caplog) -> None:
    path = tmp_path / "novita.db"
    connection = failing(path)
    times: list[int] = []

    def only_once(connection: sqlite3.Connection) -> None:
        times.append(1)
        connection.execute("INSERT INTO meta VALUES (?, 1)", (None if times[1:] else "once",))

    async def work() -> None:
        database = Database(connection, path)
        await database.call_late({"once": only_once})
        await database.call_late({"text": put("text", "kept")})
        with pytest.raises(StorageError):
            await database.flush()
        connection.failures = 0
        await database.flush()
        assert (kept(path, "once"), kept(path, "text")) == (None, "kept")
        await database.close()

    asyncio.run(work())
    assert "does not fit any more" in caplog.text


def test_a_rollback_by_sqlite_itself_fails_the_group_but_keeps_late_writes(tmp_path: Path) -> None:
    troubles: list[StorageError] = []

    def roll_back(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT OR ROLLBACK INTO meta VALUES (NULL, 1)")

    async def work(database: Database) -> None:
        await database.call_late({"text": put("text", "kept")})
        results = await asyncio.gather(
            database.call(put("before", 1)),
            database.call(roll_back),
            database.call(put("after", 1)),
            return_exceptions=True,
        )
        assert isinstance(results[1], StorageError)
        for name, result in (("before", results[0]), ("after", results[2])):
            assert (result is None) == (kept(database.path, name) == 1)
        await until(lambda: kept(database.path, "text") == "kept")

    with_database(tmp_path / "novita.db", work, on_trouble=troubles.append)


@pytest.mark.parametrize("is_mended", [True, False])
def test_the_end_stores_kept_writes_or_says_that_it_cannot(tmp_path: Path, is_mended: bool) -> None:
    path = tmp_path / "novita.db"
    connection = failing(path)

    async def work() -> None:
        database = Database(connection, path)
        await database.call_late({"text": put("text", "kept")})
        with pytest.raises(StorageError):
            await database.flush()
        connection.failures = 0 if is_mended else 1
        if is_mended:
            await database.close()
        else:
            with pytest.raises(StorageError) as caught:
                await database.close()
            assert caught.value.code == "disk_full"

    asyncio.run(work())
    assert kept(path, "text") == ("kept" if is_mended else None)
    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute("SELECT 1")


def test_work_that_runs_out_of_items_fails_instead_of_hanging(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        for ask in (database.read, database.call):
            with pytest.raises(RuntimeError):
                await asyncio.wait_for(ask(lambda _: next(iter(()))), 10)

    with_database(tmp_path / "novita.db", work)
