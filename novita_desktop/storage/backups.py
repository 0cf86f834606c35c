"""Copies of the data file: daily ones, one on demand, and putting one back after checking it.

A copy is made by SQLite's backup over a reading connection of its own, in a thread of its own:
it is a consistent state of the file, and neither the database thread nor the engine waits for it.
"""

from __future__ import annotations

import logging
import re
import shutil
import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from novita_desktop.domain.errors import BackupRefused, DiskFull, StorageError
from novita_desktop.domain.records import record
from novita_desktop.storage import schema
from novita_desktop.storage.answer_files import sync_folder
from novita_desktop.storage.database import Database
from novita_desktop.storage.failures import storage_errors
from novita_desktop.storage.locations import PRIVATE_FOLDER, backups_folder
from novita_desktop.storage.opening import check_whole, connect_to_read, count_runs, note_run_count
from novita_desktop.storage.worker_thread import in_daemon_thread

logger = logging.getLogger(__name__)

KEPT_DAYS: Final = 7
KEPT_WEEKS: Final = 4

_DAILY: Final = re.compile(r"novita-daily-(\d{4}-\d{2}-\d{2})\.db")
_SIDE_FILES: Final = ("-wal", "-shm", "-journal")


@record(frozen=True, slots=True)
class Backup:
    """A copy of the data file; `made_at` is in unix microseconds (UTC)."""

    path: Path
    made_at: int
    run_count: int


class Backups:
    """Makes and lists copies of one open data file. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.folder = backups_folder(database.path.parent)

    async def back_up_now(self, target: Path) -> Backup:
        """Copy everything recorded so far to `target`, replacing it when the copy is checked.

        Raises BackupRefused when `target` belongs to the data file itself.
        """
        source = self._database.path
        _refuse_own_files(source, target)
        await self._database.flush()
        return await in_daemon_thread(lambda: _copy_checked(source, target))

    async def daily(self, today: date) -> Backup | None:
        """Make today's copy unless there is one, then remove those that have had their time.

        Kept are the newest copies of 7 days and of 4 weeks. Returns the copy, or None.
        """
        target = self.folder / f"novita-daily-{today.isoformat()}.db"
        with storage_errors(self.folder):
            self.folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            if target.exists():
                return None
        backup = await self.back_up_now(target)
        await in_daemon_thread(lambda: _remove_old(self.folder))
        return backup

    async def list_backups(self) -> list[Backup]:
        """Return the copies in the backups folder, newest first."""
        return await in_daemon_thread(lambda: list_backups(self.folder))


def list_backups(folder: Path) -> list[Backup]:
    """Return the copies in `folder`, newest first; files that cannot be read are left out."""
    found = []
    for path in folder.glob("*.db") if folder.is_dir() else ():
        try:
            with storage_errors(path):
                found.append(_facts_of(path))
        except StorageError as error:
            logger.warning("%s is not a usable backup: %s", path.name, error.code)
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def kept_days(days: Iterable[date]) -> set[date]:
    """Return which daily copies stay: the newest 7, and the newest of each of the newest 4 weeks.

    Counting copies, not days since, keeps them all when the program was not used for a month or
    the clock was wrong.
    """
    ordered = sorted(days, reverse=True)
    newest_of_week: dict[tuple[int, int], date] = {}
    for day in ordered:
        newest_of_week.setdefault(day.isocalendar()[:2], day)
    return {*ordered[:KEPT_DAYS], *list(newest_of_week.values())[:KEPT_WEEKS]}


def _remove_old(folder: Path) -> None:
    copies = {}
    for path in folder.iterdir():
        name = _DAILY.fullmatch(path.name)
        if name:
            copies[date.fromisoformat(name[1])] = path
    for day in copies.keys() - kept_days(copies):
        with storage_errors(copies[day]):
            copies[day].unlink()


def _refuse_own_files(source: Path, target: Path) -> None:
    own = {source.resolve(), *(_side_file(source.resolve(), ending) for ending in _SIDE_FILES)}
    if target.resolve() in own:
        raise BackupRefused("the data file cannot be its own backup", path=str(target))


def _copy_checked(source: Path, target: Path) -> Backup:
    partial = target.with_name(f".{target.name}.part")
    with storage_errors(target):
        try:
            if shutil.disk_usage(target.parent).free < source.stat().st_size:
                raise DiskFull("the backup does not fit", path=str(target))
            with closing(connect_to_read(source)) as connection:
                schema.copy_database(connection, partial)
            _note_time(partial)
            _check(partial)
            partial.replace(target)
            sync_folder(target.parent)
        finally:
            partial.unlink(missing_ok=True)
        return _facts_of(target)


def _note_time(copy: Path) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(
            "INSERT OR REPLACE INTO meta (name, value) VALUES ('backup made', ?), ('closed', 1)",
            (time.time_ns() // 1000,),
        )


def _facts_of(path: Path) -> Backup:
    with closing(connect_to_read(path, is_at_rest=True)) as connection:
        _refuse_foreign(connection, path)
        row = connection.execute("SELECT value FROM meta WHERE name = 'backup made'").fetchone()
        is_noted = row is not None and isinstance(row[0], int)
        made_at = row[0] if is_noted else path.stat().st_mtime_ns // 1000
        return Backup(path, made_at, count_runs(connection))


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != schema.APPLICATION_ID:
        raise BackupRefused("the file is not a copy of a data file", path=str(path))


def _check(path: Path) -> None:
    """Raise unless the file is a sound copy of a data file that this program can open."""
    with closing(connect_to_read(path, is_at_rest=True)) as connection:
        _refuse_foreign(connection, path)
        version = schema.version_of(connection)
        schema.refuse_newer(version, path)
        problem = check_whole(connection) or _schema_problem(connection, version)
    if problem:
        raise BackupRefused(problem, path=str(path))


def _schema_problem(connection: sqlite3.Connection, version: int) -> str:
    """Return what is missing, or what a stranger may have added to run by itself."""
    tables = "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"
    working = "SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view')"
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        schema.migrate(fresh, schema.STEPS[:version])
        wanted, ours = set(fresh.execute(tables)), set(fresh.execute(working))
    if not version or not wanted <= set(connection.execute(tables)):
        return "the file lacks tables"
    found = set(connection.execute(working))
    if ours - found:
        return "the file lacks triggers"
    strangers = sorted(name for name, _ in found - ours)
    return f"the file holds a trigger or view: {strangers[0]}" if strangers else ""


def restore(backup: Path, database: Path) -> Path | None:
    """Put `backup` in the place of the closed data file; return where the replaced file went.

    The backup is copied and the copy checked first: a file that is damaged, foreign or made by
    a newer program is refused with BackupRefused, and nothing has changed then. None is returned
    when there was no data file. The data file must not be open.
    """
    _refuse_own_files(database, backup)
    if not backup.is_file():
        raise BackupRefused("there is no such file", path=str(backup))
    prepared = database.with_name(f".{database.name}.restoring")
    with storage_errors(database):
        try:
            _prepare(backup, prepared)
            aside = put_aside(database)
            prepared.replace(database)
            sync_folder(database.parent)
            note_run_count(database, _facts_of(database).run_count)
        finally:
            prepared.unlink(missing_ok=True)
    logger.info("restored a backup of %d bytes", database.stat().st_size)
    return aside


def _prepare(backup: Path, prepared: Path) -> None:
    try:
        with (
            storage_errors(backup),
            closing(connect_to_read(backup, is_at_rest=True)) as connection,
        ):
            _refuse_foreign(connection, backup)
            schema.copy_database(connection, prepared)
        with storage_errors(prepared):
            _check(prepared)
    except DiskFull:
        raise
    except StorageError as error:
        raise BackupRefused(str(error), path=str(backup)) from error


def put_aside(database: Path) -> Path | None:
    """Keep the data file, with what its journal still holds, in the backups folder."""
    if not database.exists():
        return None
    _empty_journal(database)
    folder = backups_folder(database.parent)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    aside = folder / f"novita-replaced-{moment}.db"
    # The journal goes with its file: left behind, SQLite would apply it to the restored one.
    for ending in _SIDE_FILES:
        side = _side_file(database, ending)
        if side.exists():
            side.replace(_side_file(aside, ending))
    database.replace(aside)
    return aside


def _empty_journal(database: Path) -> None:
    try:
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    except sqlite3.Error as error:
        logger.info("the replaced file keeps its journal: %s", type(error).__name__)


def _side_file(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)
