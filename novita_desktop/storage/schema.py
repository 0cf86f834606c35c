"""Brings a data file to the current schema, step by step, after a copy that was checked.

The schema's number is SQLite's `user_version`. A file with a higher number was written by a newer
program and is refused before anything is written.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from novita_desktop.domain.errors import DatabaseDamaged, DatabaseTooNew, DiskFull
from novita_desktop.storage.locations import PRIVATE_FOLDER, backups_folder, create_private_file
from novita_desktop.storage.migrations import (
    m0001_first_schema,
    m0002_search,
    m0003_presets,
    m0004_variables,
    m0005_listed_groups,
    m0006_comparisons,
    m0007_batches,
)

logger = logging.getLogger(__name__)

Step = Callable[[sqlite3.Connection], None]

STEPS: Final[tuple[Step, ...]] = (
    m0001_first_schema.upgrade,
    m0002_search.upgrade,
    m0003_presets.upgrade,
    m0004_variables.upgrade,
    m0005_listed_groups.upgrade,
    m0006_comparisons.upgrade,
    m0007_batches.upgrade,
)
"""Every step, in order; the schema's number is how many a file has seen."""

APPLICATION_ID: Final = 0x4E6F7644
"""What SQLite's `application_id` says in our files: the letters "NovD"."""

PAGE_BYTES: Final = 8192
SPARE_BYTES: Final = 16 * 1024 * 1024
"""How much space must stay free beside the copy that precedes a migration."""


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit the block's changes together, or none of them."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def version_of(connection: sqlite3.Connection) -> int:
    """Return the number of the file's schema; 0 for an empty file."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def refuse_newer(version: int, path: Path, steps: Sequence[Step] = STEPS) -> None:
    """Raise DatabaseTooNew when a file's schema is above what this program knows."""
    if version > len(steps):
        raise DatabaseTooNew(
            f"schema {version}, but this program knows {len(steps)}", path=str(path)
        )


def migrate(connection: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> None:
    """Apply every step that the file has not seen, all in one transaction."""
    version = version_of(connection)
    if version >= len(steps):
        return
    with transaction(connection):
        for number, step in enumerate(steps[version:], start=version + 1):
            step(connection)
            connection.execute(
                "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)",
                (f"schema {number}", time.time_ns() // 1000),
            )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(steps)}")


def bring_up_to_date(
    connection: sqlite3.Connection, path: Path, steps: Sequence[Step] = STEPS
) -> Path | None:
    """Migrate the file at `path`; return the copy of the old file, if there was anything to copy.

    Raises DatabaseTooNew, DiskFull when the copy does not fit, DatabaseDamaged when it is not
    equal to the file. The copy stays, also when the migration fails.
    """
    version = version_of(connection)
    refuse_newer(version, path, steps)
    copy = None
    if 0 < version < len(steps):
        copy = copy_before_migration(connection, path, version)
    migrate(connection, steps)
    return copy


def copy_before_migration(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy the file into the backups folder, open the copy again and compare its row counts."""
    folder = backups_folder(path.parent)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    if shutil.disk_usage(folder).free < path.stat().st_size + SPARE_BYTES:
        raise DiskFull("no space for the copy that precedes a migration", path=str(folder))
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    target = folder / f"novita-before-schema-{version + 1}-{moment}.db"
    partial = target.with_suffix(".part")
    copy_database(connection, partial)
    with closing(sqlite3.connect(partial)) as copied:
        if row_counts(copied) != row_counts(connection):
            partial.unlink()
            raise DatabaseDamaged("the copy has other row counts than the file", path=str(path))
    partial.rename(target)
    logger.info("copied the data file before migrating it from schema %d", version)
    return target


def copy_database(connection: sqlite3.Connection, target: Path) -> None:
    """Write a consistent copy of the open file to `target`, as one file without a journal."""
    target.unlink(missing_ok=True)
    create_private_file(target)
    with closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE").fetchone()


def row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows every table has."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
        " ESCAPE '\\'"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in names
    }
