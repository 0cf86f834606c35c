"""Opening the data file: what must be refused is refused before anything is written."""

from __future__ import annotations

import asyncio
import json
import os
import random
import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from novita_desktop.domain.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseTooNew,
    DiskFull,
    FolderNotWritable,
    RunsMissing,
    StorageError,
)
from novita_desktop.storage import opening, schema
from novita_desktop.storage.database import Database
from novita_desktop.storage.opening import note_file, open_file
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import add_runs, python, run_python, small_disk, with_database, with_runs

LEAVE_WITHOUT_CLOSING = """
import asyncio, os, sys
from pathlib import Path
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import add_runs
async def main():
    database = await Database.open(Path(sys.argv[1]))
    await add_runs(RunStore(database), int(sys.argv[2]))
    os._exit(9)
asyncio.run(main())
"""


def filled(path: Path, count: int) -> Path:
    with_runs(path, lambda runs: add_runs(runs, count))
    return path


def left_open(path: Path, count: int) -> Path:
    assert run_python(LEAVE_WITHOUT_CLOSING, path, count)[0] == 9
    return path


def opened(path: Path, **options: object) -> int:
    return with_database(path, lambda database: RunStore(database).count(), **options)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if "-shm" not in path.name}


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)


def test_the_folder_and_every_file_are_their_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "novita.db"

    async def work(database: Database) -> None:
        await add_runs(RunStore(database), 1)
        if os.name == "posix":
            modes = {item.name: stat.S_IMODE(item.stat().st_mode) for item in path.parent.iterdir()}
            assert modes == {"novita.db": 0o600, "novita.db-wal": 0o600, "novita.db-shm": 0o600}

    with_database(path, work)
    if os.name == "posix":
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(note_file(path).stat().st_mode) == 0o600


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("POSIX permissions")
    path = filled(tmp_path / "data" / "novita.db", 1)
    path.chmod(0o644)
    path.parent.chmod(0o755)
    opened(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("left", [filled, left_open])
def test_a_newer_file_is_refused_unchanged(tmp_path: Path, left) -> None:
    path = left(tmp_path / "data" / "novita.db", 3)
    newer = len(schema.STEPS) + 1
    if left is filled:
        change(path, f"PRAGMA user_version = {newer}")
    else:
        code = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute(f"PRAGMA user_version = {sys.argv[2]}")
os._exit(0)
"""
        run_python(code, path, newer)
        assert path.with_name("novita.db-wal").stat().st_size
    before = contents(path.parent)
    with pytest.raises(DatabaseTooNew) as caught:
        opened(path)
    assert caught.value.path == str(path)
    assert contents(path.parent) == before


def test_a_file_that_is_no_data_file_is_refused_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "novita.db"
    path.write_text("my shopping list\n" * 100)
    with pytest.raises(DatabaseDamaged):
        opened(path)
    assert path.read_text() == "my shopping list\n" * 100


@pytest.mark.parametrize("statement", ["PRAGMA user_version = 1", "PRAGMA user_version = 0"])
def test_another_programs_database_is_refused_unchanged(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "novita.db"
    change(path, "CREATE TABLE theirs (id)")
    change(path, statement)
    before = path.read_bytes()
    with pytest.raises(DatabaseDamaged):
        opened(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_data_file(tmp_path: Path) -> None:
    (tmp_path / "novita.db").touch()
    assert opened(tmp_path / "novita.db") == 0


@pytest.mark.parametrize("limit", [opening.FULL_CHECK_BYTES, 0])
def test_damaged_pages_are_found_after_an_unclean_end_and_nothing_is_emptied(
    tmp_path: Path, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "FULL_CHECK_BYTES", limit)
    path = left_open(filled(tmp_path / "novita.db", 300), 300)
    change(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    chance = random.Random(3)
    for offset in range(2 * 8192, len(data), 8192):
        data[offset : offset + 200] = chance.randbytes(200)
    path.write_bytes(data)
    with pytest.raises(DatabaseDamaged):
        opened(path)
    assert path.read_bytes() == data


def test_a_truncated_file_is_damaged(tmp_path: Path) -> None:
    path = left_open(tmp_path / "novita.db", 300)
    change(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(DatabaseDamaged):
        opened(path)
    assert path.read_bytes() == data[: len(data) // 2]


async def everything(runs: RunStore) -> int:
    for run in await runs.page(limit=1000):
        await runs.detail(run.id)
    return await runs.count()


def test_flipped_bits_never_crash_and_never_go_unnoticed_as_an_empty_file(tmp_path: Path) -> None:
    path = left_open(tmp_path / "novita.db", 60)
    change(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    data = path.read_bytes()
    chance = random.Random(4)
    for _ in range(30):
        flipped = bytearray(data)
        for _ in range(20):
            flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        note_file(path).write_text('{"runs": 60}')
        try:
            found = with_runs(path, everything)
        except StorageError:
            continue
        assert found >= 54


def test_after_a_kill_everything_that_was_reported_is_there(tmp_path: Path) -> None:
    path = left_open(filled(tmp_path / "novita.db", 5), 7)
    assert opened(path) == 12


def test_far_fewer_runs_than_at_the_last_clean_end_stop_the_start(tmp_path: Path) -> None:
    path = filled(tmp_path / "novita.db", 40)
    older = path.read_bytes()
    filled(path, 60)
    path.write_bytes(older)
    before = contents(tmp_path)
    with pytest.raises(RunsMissing) as caught:
        opened(path)
    assert (caught.value.expected, caught.value.found) == (100, 40)
    assert contents(tmp_path) == before
    assert opened(path, accept_missing_runs=True) == 40
    assert opened(path) == 40


def test_a_data_file_that_is_gone_stops_the_start_and_is_not_made_anew(tmp_path: Path) -> None:
    path = filled(tmp_path / "novita.db", 3)
    path.unlink()
    with pytest.raises(RunsMissing) as caught:
        opened(path)
    assert (caught.value.expected, caught.value.found) == (3, 0)
    assert not path.exists()
    assert opened(path, accept_missing_runs=True) == 0


@pytest.mark.parametrize("note", ['{"runs": 10}', '{"runs": "x"}', "[]", "rubbish", "\udcff"])
def test_a_few_runs_less_or_an_unreadable_note_do_not_stop_the_start(
    tmp_path: Path, note: str
) -> None:
    path = filled(tmp_path / "novita.db", 9)
    assert json.loads(note_file(path).read_text())["runs"] == 9
    note_file(path).write_bytes(note.encode("utf-8", "surrogateescape"))
    assert opened(path) == 9


def test_a_file_locked_by_another_program_is_busy(tmp_path: Path) -> None:
    path = filled(tmp_path / "novita.db", 1)
    code = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA locking_mode = EXCLUSIVE")
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
"""
    process = python(code, path, stdin=-1)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"
        with pytest.raises(DatabaseBusy):
            opened(path, busy_seconds=0.1)
    finally:
        process.communicate("")
    assert opened(path) == 1


def test_a_full_disk_is_reported_and_what_was_stored_stays(tmp_path: Path) -> None:
    async def fill(path: Path) -> int:
        database = await Database.open(path)
        runs = RunStore(database)
        stored = 0
        with pytest.raises(DiskFull) as caught:  # noqa: PT012  # how often it works is not known
            while True:
                stored += len(await add_runs(runs, 20))
        assert caught.value.path == str(path)
        assert stored <= await runs.count() <= stored + 20
        with pytest.raises(DiskFull):
            await database.close()
        return stored

    with small_disk(tmp_path / "small", 1_000) as folder:
        ballast = folder / "ballast"
        ballast.write_bytes(bytes(300_000))
        stored = asyncio.run(fill(folder / "novita.db"))
        ballast.unlink()
        assert stored <= opened(folder / "novita.db") <= stored + 20


def test_a_read_only_file_system_is_not_writable(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", 2_000) as folder:
        path = filled(folder / "novita.db", 2)
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        with pytest.raises(FolderNotWritable):
            opened(path)


def test_a_folder_of_somebody_else_is_not_writable(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("POSIX permissions")
    code = """
import os, sys
from pathlib import Path
from novita_desktop.domain.errors import FolderNotWritable
from novita_desktop.storage.opening import open_file
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    open_file(Path(sys.argv[1]))
except FolderNotWritable as error:
    print("refused", error.path)
"""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o500)
    for parent in (folder, *folder.parents):
        if os.geteuid() == 0 and str(parent).startswith("/tmp/"):
            parent.chmod(parent.stat().st_mode | 0o555)
    assert run_python(code, folder / "novita.db") == (0, f"refused {folder}\n", "")
    assert list(folder.iterdir()) == []


def test_the_connection_is_closed_when_opening_fails_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("a step that cannot work")

    monkeypatch.setattr(schema.bring_up_to_date, "__defaults__", ((*schema.STEPS, fail),))
    with pytest.raises(StorageError):
        open_file(tmp_path / "novita.db")
    monkeypatch.undo()
    assert opened(tmp_path / "novita.db") == 0
