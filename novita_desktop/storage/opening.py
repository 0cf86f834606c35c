"""Opens the data file: looks before it writes, so that a file it must refuse stays as it is.

Checks, cheapest first: the folder can be written, the file is ours and not newer, the runs of the
last clean end are still there, and, only after an unclean end, the pages are sound.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import quote

from novita_desktop.domain.errors import DatabaseDamaged, RunsMissing
from novita_desktop.domain.json_values import as_object, as_whole
from novita_desktop.domain.records import record
from novita_desktop.storage import schema
from novita_desktop.storage.answer_files import write_text
from novita_desktop.storage.failures import storage_errors
from novita_desktop.storage.locations import create_private_file, prepare_folder

logger = logging.getLogger(__name__)

FULL_CHECK_BYTES: Final = 128 * 1024 * 1024
"""Files up to this size have every page checked after an unclean end; larger ones the small
tables and the newest runs, because checking gigabytes would hold up the start. The daily backup
checks the whole of its copy."""

NEWEST_READ: Final = 50
LARGE_TABLES: Final = frozenset({"runs", "run_requests", "run_answers", "run_attempts"})
SEARCH_TABLES: Final = "run_search"
"""How the names of the full-text index's tables begin; what they hold can be made anew."""

_HEADER: Final = b"SQLite format 3\0"
_PRAGMAS: Final = (
    f"PRAGMA page_size = {schema.PAGE_BYTES}",
    "PRAGMA journal_mode = WAL",
    # FULL: a commit returns only when it is on the disk, so that a run recorded before it is
    # sent survives a power cut. The database thread groups writes, which keeps this affordable.
    "PRAGMA synchronous = FULL",
    # macOS keeps data in the drive's cache unless asked for this.
    "PRAGMA fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    # What a person deletes is overwritten, not only forgotten.
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -8000",
    "PRAGMA journal_size_limit = 67108864",
    # Keeps the statistics that are refreshed at the end a matter of milliseconds.
    "PRAGMA analysis_limit = 400",
)


@record(frozen=True, slots=True)
class FileFacts:
    """What a data file says about itself; `run_count` is 0 for a file without schema."""

    version: int
    was_closed: bool
    run_count: int


def open_file(
    path: Path, *, accept_missing_runs: bool = False, busy_seconds: float = 5.0
) -> sqlite3.Connection:
    """Open the data file at `path`, creating or migrating it, and mark it as in use.

    Raises FolderNotWritable, DiskFull, DatabaseBusy, DatabaseDamaged, DatabaseTooNew, or
    RunsMissing unless `accept_missing_runs`; then nothing in the folder has changed.
    """
    prepare_folder(path.parent)
    with storage_errors(path):
        facts = look_at(path, busy_seconds)
        if not accept_missing_runs:
            _refuse_missing_runs(path, facts.run_count)
        create_private_file(path)
        connection = connect(path, busy_seconds)
        try:
            schema.bring_up_to_date(connection, path)
            with schema.transaction(connection):
                _set_closed(connection, closed=False)
        except BaseException:
            connection.close()
            raise
        return connection


def connect(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Return a connection for reading and writing, with our settings."""
    connection = sqlite3.connect(
        path, timeout=busy_seconds, isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_read(
    path: Path, busy_seconds: float = 5.0, *, is_at_rest: bool = False
) -> sqlite3.Connection:
    """Return a connection that cannot change the file; its path may hold any character.

    `is_at_rest` promises that nobody writes: then SQLite puts no files of its own beside it.
    """
    # Quoted, so that a file's name cannot add options; not `as_uri`, whose form for Windows
    # shares SQLite refuses.
    place = quote(path.absolute().as_posix(), safe="/:")
    uri = f"file://{'' if place.startswith('/') else '/'}{place}?mode=ro"
    has_journal = any(path.with_name(path.name + end).exists() for end in ("-wal", "-journal"))
    if is_at_rest and not has_journal:
        uri += "&immutable=1"
    connection = sqlite3.connect(uri, uri=True, timeout=busy_seconds, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def look_at(path: Path, busy_seconds: float) -> FileFacts:
    """Return what the file says, without changing it; an absent or empty file has version 0.

    Raises DatabaseTooNew or DatabaseDamaged.
    """
    if not path.exists() or path.stat().st_size == 0:
        return FileFacts(version=0, was_closed=True, run_count=0)
    with path.open("rb") as file:
        if file.read(len(_HEADER)) != _HEADER:
            raise DatabaseDamaged("the file does not begin like a data file", path=str(path))
    with closing(connect_to_read(path, busy_seconds, is_at_rest=True)) as connection:
        version = schema.version_of(connection)
        schema.refuse_newer(version, path)
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if version == 0:
            _refuse_foreign(connection, path)
            return FileFacts(version=0, was_closed=True, run_count=0)
        if application != schema.APPLICATION_ID:
            raise DatabaseDamaged("the file belongs to another program", path=str(path))
        facts = FileFacts(version, _was_closed(connection), count_runs(connection))
        if not facts.was_closed:
            logger.info("the program did not end cleanly last time; checking the data file")
            _check_pages(connection, path)
        return facts


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
        raise DatabaseDamaged("the file has tables but no schema number", path=str(path))


def _check_pages(connection: sqlite3.Connection, path: Path) -> None:
    if path.stat().st_size <= FULL_CHECK_BYTES:
        problem = check_whole(connection)
    else:
        problem = _check_small_tables(connection)
        _read_newest_runs(connection)
    if problem:
        raise DatabaseDamaged(problem, path=str(path))


def _read_newest_runs(connection: sqlite3.Connection) -> None:
    rows = connection.execute(
        "SELECT body, text, raw FROM (SELECT id AS run_id FROM runs ORDER BY id DESC LIMIT ?)"
        " LEFT JOIN run_requests USING (run_id) LEFT JOIN run_answers USING (run_id)",
        (NEWEST_READ,),
    )
    for _ in rows:
        pass  # reading a damaged page raises


def check_whole(connection: sqlite3.Connection) -> str:
    """Return the first fault that SQLite finds in the file's pages, or an empty text."""
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    return "" if verdict == "ok" else str(verdict)


def _check_small_tables(connection: sqlite3.Connection) -> str:
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    for (name,) in names:
        if name in LARGE_TABLES or name.startswith(("sqlite_", SEARCH_TABLES)):
            continue
        (verdict,) = connection.execute(f'PRAGMA quick_check("{name}")').fetchone()
        if verdict != "ok":
            return f"{name}: {verdict}"
    return ""


def count_runs(connection: sqlite3.Connection) -> int:
    """Return how many runs the file holds (SQLite reads its smallest index for that)."""
    (count,) = connection.execute("SELECT count(*) FROM runs").fetchone()
    return int(count)


def _was_closed(connection: sqlite3.Connection) -> bool:
    row = connection.execute("SELECT value FROM meta WHERE name = 'closed'").fetchone()
    return row is None or row[0] == 1


def _set_closed(connection: sqlite3.Connection, *, closed: bool) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO meta (name, value) VALUES ('closed', ?)", (int(closed),)
    )


def close_file(connection: sqlite3.Connection, path: Path) -> None:
    """Mark a clean end, note how many runs there are, and close. Raises StorageError."""
    try:
        with storage_errors(path):
            with schema.transaction(connection):
                _set_closed(connection, closed=True)
            note_run_count(path, count_runs(connection))
            connection.execute("PRAGMA optimize")
    finally:
        with storage_errors(path):
            connection.close()


def note_file(path: Path) -> Path:
    """Return the file beside the data file that holds the last known number of runs.

    It is a file of its own because its purpose is to notice that the data file is gone or was
    replaced.
    """
    return path.with_suffix(".count.json")


def note_run_count(path: Path, count: int) -> None:
    """Remember how many runs the data file at `path` holds."""
    note = {"runs": count, "noted_at": time.time_ns() // 1000}
    write_text(note_file(path), json.dumps(note), is_private=True)


def _refuse_missing_runs(path: Path, found: int) -> None:
    """Raise RunsMissing when more than a tenth of the noted runs is gone."""
    try:
        note = json.loads(note_file(path).read_text("utf-8"))
    except FileNotFoundError:
        return
    except ValueError:
        logger.warning("the note of the number of runs cannot be read")
        return
    expected = as_whole(as_object(note).get("runs")) or 0
    if expected - found > expected // 10:
        raise RunsMissing(expected=expected, found=found, path=str(path))
