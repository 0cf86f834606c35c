"""Backups: whole while the program writes, checked before they replace anything, kept by days."""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import stat
import sys
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.errors import BackupRefused, DiskFull, FolderNotWritable
from novita_desktop.domain.runs import RunProgress, RunStatus
from novita_desktop.storage import schema
from novita_desktop.storage.backups import Backups, kept_days, list_backups, restore
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import (
    add_runs,
    new_run,
    python,
    run_end,
    run_python,
    small_disk,
    with_database,
    with_runs,
)

DAY = date(2026, 11, 24)


def filled(path: Path, count: int) -> Path:
    with_runs(path, lambda runs: add_runs(runs, count))
    return path


def count(path: Path) -> int:
    return with_runs(path, lambda runs: runs.count())


def backed_up(source: Path, target: Path) -> Path:
    with_database(source, lambda database: Backups(database).back_up_now(target))
    return target


def folder_contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith("-shm")
    }


def test_a_backup_made_while_runs_are_written_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "my copy?mode=memory#1.db"
    target.parent.mkdir()

    async def work(database: Database) -> None:
        runs = RunStore(database)
        await add_runs(runs, 50)
        late = await runs.add(new_run())
        await runs.save_progress([RunProgress(late.id, RunStatus.RUNNING, "half an answer")])
        writing = asyncio.ensure_future(add_runs(runs, 200))
        backup = await Backups(database).back_up_now(target)
        assert not writing.done() or backup.run_count >= 51
        await writing
        assert backup.path == target
        assert 51 <= backup.run_count <= 251
        assert abs(backup.made_at - time.time_ns() // 1000) < 60_000_000

    with_database(tmp_path / "novita.db", work)
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("SELECT text FROM run_answers WHERE run_id = 51").fetchone() == (
            b"half an answer",
        )
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_the_data_file_is_never_its_own_backup(tmp_path: Path) -> None:
    source = filled(tmp_path / "novita.db", 3)
    (tmp_path / "link.db").symlink_to(source)
    for target in (source, tmp_path / "novita.db-wal", tmp_path / "x" / ".." / "novita.db"):
        with pytest.raises(BackupRefused):
            backed_up(source, target)
    with pytest.raises(BackupRefused):
        restore(tmp_path / "link.db", source)
    assert count(source) == 3


def test_a_folder_that_is_not_there_is_reported(tmp_path: Path) -> None:
    source = filled(tmp_path / "novita.db", 1)
    with pytest.raises(FolderNotWritable):
        backed_up(source, tmp_path / "missing" / "copy.db")


def test_one_copy_a_day_is_made_and_old_ones_go(tmp_path: Path) -> None:
    source = filled(tmp_path / "novita.db", 2)

    async def work(database: Database) -> None:
        backups = Backups(database)
        made = await backups.daily(DAY)
        assert made is not None
        assert await backups.daily(DAY) is None
        (backups.folder / "novita-before-schema-2-x.db").write_bytes(made.path.read_bytes())
        for number in range(1, 45):
            assert await backups.daily(DAY + timedelta(days=number)) is not None
        names = {backup.path.name for backup in await backups.list_backups()}
        assert "novita-before-schema-2-x.db" in names
        last = DAY + timedelta(days=44)
        wanted = kept_days(DAY + timedelta(days=number) for number in range(45))
        assert last in wanted
        assert names == {f"novita-daily-{day}.db" for day in wanted} | {
            "novita-before-schema-2-x.db"
        }

    with_database(source, work)


@given(st.sets(st.dates(date(2025, 1, 1), date(2027, 1, 1)), max_size=120))
def test_kept_copies_are_the_newest_seven_and_one_of_each_of_four_weeks(days: set[date]) -> None:
    kept = kept_days(days)
    assert kept <= days
    assert set(sorted(days)[-7:]) <= kept
    assert len(kept) <= 11
    weeks = sorted({day.isocalendar()[:2] for day in days})
    assert {day.isocalendar()[:2] for day in kept} >= set(weeks[-4:])


def test_the_list_shows_time_and_runs_newest_first_and_leaves_rubbish_out(tmp_path: Path) -> None:
    source = filled(tmp_path / "novita.db", 2)
    folder = tmp_path / "backups"
    folder.mkdir()
    backed_up(source, folder / "b.db")
    filled(source, 3)
    backed_up(source, folder / "a.db")
    (folder / "rubbish.db").write_bytes(b"rubbish" * 1000)
    with closing(sqlite3.connect(folder / "foreign.db")) as other:
        other.execute("CREATE TABLE runs (id)")
    assert [(b.path.name, b.run_count) for b in list_backups(folder)] == [("a.db", 5), ("b.db", 2)]
    assert list_backups(tmp_path / "nowhere") == []


def test_restoring_brings_the_old_state_back_and_keeps_the_replaced_file(tmp_path: Path) -> None:
    source = filled(tmp_path / "novita.db", 4)
    backup = backed_up(source, tmp_path / "copy.db")
    filled(source, 30)
    aside = restore(backup, source)
    assert count(source) == 4
    assert aside is not None
    assert aside.parent == tmp_path / "backups"
    assert [(b.path, b.run_count) for b in list_backups(aside.parent)] == [(aside, 34)]
    assert backup.exists()


def test_restoring_keeps_what_only_the_journal_held(tmp_path: Path) -> None:
    source = filled(tmp_path / "novita.db", 4)
    backup = backed_up(source, tmp_path / "copy.db")
    code = """
import asyncio, os, sys
from pathlib import Path
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import add_runs
async def main():
    database = await Database.open(Path(sys.argv[1]))
    await add_runs(RunStore(database), 10)
    os._exit(9)
asyncio.run(main())
"""
    assert run_python(code, source)[0] == 9
    assert (tmp_path / "novita.db-wal").stat().st_size
    aside = restore(backup, source)
    assert aside is not None
    assert count(source) == 4
    assert list_backups(aside.parent)[0].run_count == 14


def test_restoring_works_without_a_data_file_and_over_a_damaged_one(tmp_path: Path) -> None:
    source = filled(tmp_path / "novita.db", 4)
    backup = backed_up(source, tmp_path / "copy.db")
    source.unlink()
    assert restore(backup, source) is None
    assert count(source) == 4
    source.write_bytes(b"damaged" * 5000)
    aside = restore(backup, source)
    assert aside is not None
    assert aside.read_bytes() == b"damaged" * 5000
    assert count(source) == 4


def damaged(backup: Path, change: str) -> None:
    data = bytearray(backup.read_bytes())
    match change:
        case "empty":
            data = bytearray()
        case "rubbish":
            data = bytearray(b"not a database" * 1000)
        case "cut":
            data = data[: len(data) // 2 // 8192 * 8192 + 100]
        case "pages":
            chance = random.Random(1)
            for offset in range(2 * 8192, len(data), 8192):
                data[offset : offset + 64] = chance.randbytes(64)
        case statement:
            with closing(sqlite3.connect(backup, isolation_level=None)) as connection:
                connection.executescript(statement)
            return
    backup.write_bytes(data)


@pytest.mark.parametrize(
    "change",
    [
        "empty",
        "rubbish",
        "cut",
        "pages",
        f"PRAGMA user_version = {len(schema.STEPS) + 1}",
        "PRAGMA user_version = 0",
        "PRAGMA application_id = 7",
        "DROP TABLE drafts",
        "CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM run_requests; END",
        "DROP TRIGGER runs_counted_in",
        "DROP TRIGGER runs_counted_in; CREATE VIEW runs_counted_in AS SELECT 1",
        "CREATE VIEW v AS SELECT 1",
    ],
)
def test_a_backup_that_is_not_sound_is_refused_and_nothing_changes(
    tmp_path: Path, change: str
) -> None:
    data = tmp_path / "data"
    source = filled(data / "novita.db", 300)
    backup = backed_up(source, tmp_path / "copy.db")
    damaged(backup, change)
    before = folder_contents(data)
    with pytest.raises(BackupRefused) as caught:
        restore(backup, source)
    assert caught.value.path == str(backup)
    assert folder_contents(data) == before


@pytest.mark.parametrize("place", ["missing.db", "."])
def test_a_backup_that_is_no_file_is_refused(tmp_path: Path, place: str) -> None:
    source = filled(tmp_path / "novita.db", 1)
    with pytest.raises(BackupRefused):
        restore(tmp_path / place, source)


def test_a_backup_that_does_not_fit_leaves_the_old_one(tmp_path: Path) -> None:
    source = filled(tmp_path / "novita.db", 10)
    with small_disk(tmp_path / "small", 400) as small:
        target = backed_up(source, small / "copy.db")
        before = target.read_bytes()
        filled(source, 400)
        with pytest.raises(DiskFull):
            backed_up(source, target)
        assert target.read_bytes() == before
        assert [path.name for path in small.iterdir()] == ["copy.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
def test_killed_while_copying_there_is_no_half_backup(tmp_path: Path) -> None:
    source = filled(tmp_path / "novita.db", 5)

    async def big(database: Database) -> None:
        runs = RunStore(database)
        run = await runs.add(new_run())
        await runs.finish(run.id, run_end(random.Random(2).randbytes(6_000_000).hex()))

    with_database(source, big)
    code = """
import asyncio, sys
from datetime import date, timedelta
from pathlib import Path
from novita_desktop.storage.backups import Backups
from novita_desktop.storage.database import Database
async def main():
    database = await Database.open(Path(sys.argv[1]))
    print("ready", flush=True)
    for number in range(1000):
        await Backups(database).daily(date(2026, 1, 1) + timedelta(days=number))
asyncio.run(main())
"""
    for moment in (0.0, 0.04, 0.11, 0.23):
        process = python(code, source)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moment)
        process.kill()
        process.communicate()
        for path in (tmp_path / "backups").glob("*.db"):
            with closing(sqlite3.connect(path)) as copy:
                assert copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
                assert copy.execute("SELECT count(*) FROM runs").fetchone() == (6,)
    assert count(source) == 6
