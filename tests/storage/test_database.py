"""The open data file: order, failures that hit only their own caller, and its end."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from novita_desktop.domain.errors import FolderNotWritable, StorageError
from novita_desktop.storage.database import Database
from tests.storage.samples import get, kept, put, python, with_database


def test_settings_of_the_connection(tmp_path: Path) -> None:
    names = ("journal_mode", "page_size", "foreign_keys", "synchronous", "trusted_schema")

    async def work(database: Database) -> list[object]:
        return await database.read(
            lambda connection: [
                connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names
            ]
        )

    assert with_database(tmp_path / "novita.db", work) == ["wal", 8192, 1, 2, 0]


def test_a_write_is_committed_when_it_returns_and_reads_see_what_came_before(tmp_path) -> None:
    async def work(database: Database) -> None:
        await database.call(put("a", 1))
        assert kept(database.path, "a") == 1
        writing = asyncio.ensure_future(database.call(put("a", 2)))
        await asyncio.sleep(0)
        assert await database.read(get("a")) == 2
        await writing

    with_database(tmp_path / "novita.db", work)


def test_a_caller_that_gave_up_leaves_its_write_whole(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        writing = asyncio.ensure_future(database.call(put("a", 1)))
        await asyncio.sleep(0)
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing
        assert await database.read(get("a")) == 1

    with_database(tmp_path / "novita.db", work)


def test_work_after_the_end_is_refused_and_ending_twice_is_harmless(tmp_path: Path) -> None:
    async def work() -> None:
        database = await Database.open(tmp_path / "novita.db")
        await database.call_late({"late": put("late", 1)})
        await database.close()
        await database.close()
        with pytest.raises(StorageError):
            await database.call(put("a", 1))

    asyncio.run(work())
    assert kept(tmp_path / "novita.db", "late") == 1


def test_the_program_ends_although_the_disk_hangs(tmp_path: Path) -> None:
    code = """
import asyncio, sys, time
from pathlib import Path
from novita_desktop.storage.database import Database
async def main():
    database = await Database.open(Path(sys.argv[1]))
    try:
        await asyncio.wait_for(database.call(lambda _: time.sleep(3600)), 0.1)
    except TimeoutError:
        print("gave up")
asyncio.run(main())
"""
    process = python(code, tmp_path / "novita.db")
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output.strip(), errors) == (0, "gave up", "")


def test_a_folder_that_is_a_file_is_not_writable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FolderNotWritable) as caught:
        with_database(tmp_path / "file" / "novita.db", lambda database: database.flush())
    assert str(tmp_path) in caught.value.path
