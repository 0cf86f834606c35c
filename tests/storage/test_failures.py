"""Every failure of SQLite and of the system gets the name of what a person can do about it."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from novita_desktop.domain.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DiskFull,
    FolderNotWritable,
    StorageError,
)
from novita_desktop.storage import failures
from novita_desktop.storage.failures import storage_error_of, storage_errors


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("words")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_BUSY, DatabaseBusy),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, DatabaseBusy),
        (sqlite3.SQLITE_LOCKED, DatabaseBusy),
        (sqlite3.SQLITE_CORRUPT, DatabaseDamaged),
        (sqlite3.SQLITE_CORRUPT_INDEX, DatabaseDamaged),
        (sqlite3.SQLITE_NOTADB, DatabaseDamaged),
        (sqlite3.SQLITE_IOERR_CORRUPTFS, DatabaseDamaged),
        (sqlite3.SQLITE_READONLY, FolderNotWritable),
        (sqlite3.SQLITE_CANTOPEN, FolderNotWritable),
        (sqlite3.SQLITE_IOERR_READ, StorageError),
        (sqlite3.SQLITE_ERROR, StorageError),
    ],
)
def test_sqlites_codes(code: int, kind: type, tmp_path: Path) -> None:
    error = storage_error_of(sqlite_error(code), tmp_path / "novita.db")
    assert type(error) is kind
    assert error.path == str(tmp_path / "novita.db")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EACCES, FolderNotWritable),
        (errno.EROFS, FolderNotWritable),
        (errno.ENOENT, FolderNotWritable),
        (errno.EIO, StorageError),
    ],
)
def test_the_systems_codes(number: int, kind: type, tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught, storage_errors(tmp_path):
        raise OSError(number, "words")
    assert type(caught.value) is kind
    assert isinstance(caught.value.__cause__, OSError)


def test_an_input_error_on_a_full_disk_means_full(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(failures, "NEARLY_FULL_BYTES", 2**70)
    error = storage_error_of(sqlite_error(sqlite3.SQLITE_IOERR_WRITE), tmp_path / "novita.db")
    assert type(error) is DiskFull
    error = storage_error_of(sqlite_error(sqlite3.SQLITE_IOERR), tmp_path / "gone" / "novita.db")
    assert type(error) is StorageError


def test_texts_that_are_no_texts_mean_damage(tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(":memory:")) as connection,
        pytest.raises(DatabaseDamaged),
        storage_errors(tmp_path),
    ):
        connection.execute("SELECT CAST(x'ff' AS TEXT)").fetchone()
    with pytest.raises(DatabaseDamaged), storage_errors(tmp_path):
        b"\xff".decode()


def test_other_errors_are_bugs_and_stay_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(KeyError), storage_errors(tmp_path):
        raise KeyError
