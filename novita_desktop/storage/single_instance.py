"""One running program per data folder: a lock that the system frees when its owner dies.

Only this file's lock counts, not its presence or contents, so nothing is stale after a crash. How
a second start brings the first window to the front is the window's affair.
"""

from __future__ import annotations

import errno
import logging
import os
import sys
from pathlib import Path
from typing import Final

from novita_desktop.storage.failures import storage_errors
from novita_desktop.storage.locations import PRIVATE_FILE, lock_file, prepare_folder

logger = logging.getLogger(__name__)

_LOCK_OFFSET: Final = 1_000_000
"""Windows keeps others from reading a locked byte, so the byte is far behind the pid."""

_HELD: Final = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})


class DataFolderLock:
    """The lock on a data folder; keep the object for as long as the folder is in use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = lock_file(folder)
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Return whether this program is the first to use the folder, and hold it if so.

        A file system that knows no locks lets everybody in. Raises FolderNotWritable or DiskFull.
        """
        if self._descriptor is not None:
            return True
        prepare_folder(self._folder)
        with storage_errors(self._path):
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
            try:
                is_first = _lock(descriptor)
                if is_first:
                    os.ftruncate(descriptor, 0)
                    os.write(descriptor, str(os.getpid()).encode())
            except BaseException:
                os.close(descriptor)
                raise
        if not is_first:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def owner(self) -> int | None:
        """Return the process id that the present or last owner wrote, if it can be read."""
        try:
            return int(self._path.read_text("ascii"))
        except (OSError, ValueError):
            return None

    def release(self) -> None:
        """Let the folder go; the file stays, because removing it would let two owners in."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCK_OFFSET, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in _HELD:
                return False
            raise
        os.lseek(descriptor, 0, os.SEEK_SET)
        return True
else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _HELD:
                return False
            if error.errno in {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL}:
                logger.warning("the data folder's file system knows no locks")
                return True
            raise
        return True
