"""Turns what SQLite and the operating system report into the errors a person can act on.

Result codes: https://www.sqlite.org/rescode.html; the low byte of an extended code is its kind.
"""

from __future__ import annotations

import errno
import logging
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from novita_desktop.domain.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DiskFull,
    FolderNotWritable,
    StorageError,
)

logger = logging.getLogger(__name__)

NEARLY_FULL_BYTES = 64 * 1024
"""With less space than this, an I/O error of SQLite is taken for a full disk."""

_SQLITE_KINDS: dict[int, type[StorageError]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_BUSY: DatabaseBusy,
    sqlite3.SQLITE_LOCKED: DatabaseBusy,
    sqlite3.SQLITE_CORRUPT: DatabaseDamaged,
    sqlite3.SQLITE_NOTADB: DatabaseDamaged,
    sqlite3.SQLITE_FORMAT: DatabaseDamaged,
    sqlite3.SQLITE_READONLY: FolderNotWritable,
    sqlite3.SQLITE_CANTOPEN: FolderNotWritable,
    sqlite3.SQLITE_PERM: FolderNotWritable,
}

_SYSTEM_KINDS: dict[int, type[StorageError]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EACCES: FolderNotWritable,
    errno.EPERM: FolderNotWritable,
    errno.EROFS: FolderNotWritable,
    errno.ENOTDIR: FolderNotWritable,
    errno.EEXIST: FolderNotWritable,
    errno.EISDIR: FolderNotWritable,
    errno.ENOENT: FolderNotWritable,
}


GIVEN_UP: Final = "interrupted"
"""What SQLite says of a read that was ended because nobody waits for it any more: no trouble."""

Failure = sqlite3.Error | OSError | UnicodeDecodeError
"""What SQLite and the system raise. SQLite quotes a damaged file's bytes in its messages, which
Python then cannot decode."""


def storage_error_of(error: Failure, path: Path) -> StorageError:
    """Return the domain's error for a failure of SQLite or the system while using `path`."""
    kind: type[StorageError]
    match error:
        case UnicodeDecodeError():
            kind = DatabaseDamaged
        case OSError():
            kind = _SYSTEM_KINDS.get(error.errno or 0, StorageError)
        case _:
            kind = _kind_of(error, path)
    if kind is StorageError and str(error) != GIVEN_UP:
        logger.warning("storage failed in an unusual way: %s: %s", type(error).__name__, error)
    return kind(f"{type(error).__name__}: {error}", path=str(path))


def _kind_of(error: sqlite3.Error, path: Path) -> type[StorageError]:
    code = getattr(error, "sqlite_errorcode", 0)
    if code == sqlite3.SQLITE_IOERR_CORRUPTFS:
        return DatabaseDamaged
    if code & 0xFF == sqlite3.SQLITE_IOERR and _is_nearly_full(path):
        return DiskFull
    if code == 0 and (type(error) is sqlite3.DatabaseError or "decode" in str(error)):
        return DatabaseDamaged  # Python's own words for a text column that is not UTF-8
    return _SQLITE_KINDS.get(code & 0xFF, StorageError)


def _is_nearly_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < NEARLY_FULL_BYTES
    except OSError:
        return False


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Raise StorageError subclasses instead of what SQLite and the system raise in the block."""
    try:
        yield
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
        raise storage_error_of(error, path) from error
