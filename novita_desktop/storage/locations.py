"""Where this platform keeps the program's files, and who may read them.

On POSIX the data folder is 0700 and every file in it 0600. On Windows the profile folder's own
access list already keeps other people out, so it is left as it is.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import Final

import platformdirs

from novita_desktop.storage.failures import storage_errors

FOLDER_NAME: Final = "novita-desktop"
DATABASE_NAME: Final = "novita.db"
PRIVATE_FOLDER: Final = 0o700
PRIVATE_FILE: Final = 0o600


def data_folder(override: Path | None = None, *, is_demo: bool = False) -> Path:
    """Return the folder for all data; `override` is what the person asked for.

    The demo's data stays apart, in a folder of its own inside. Nothing is created.
    """
    folder = override or Path(platformdirs.user_data_dir(FOLDER_NAME, appauthor=False))
    folder = folder.expanduser().absolute()
    return folder / "demo" if is_demo else folder


def database_file(folder: Path) -> Path:
    """Return the data file."""
    return folder / DATABASE_NAME


def backups_folder(folder: Path) -> Path:
    """Return the folder for daily copies and for files that a restore replaced."""
    return folder / "backups"


def log_file(folder: Path) -> Path:
    """Return the newest log file."""
    return folder / "logs" / "novita-desktop.log"


def lock_file(folder: Path) -> Path:
    """Return the file that the running program holds a lock on."""
    return folder / "lock"


def prepare_folder(folder: Path) -> None:
    """Make `folder` exist, writable and readable by its owner alone.

    A folder that already holds somebody else's files keeps its permissions: with `--data-dir`
    it could be any folder, even a shared one. Raises FolderNotWritable or DiskFull.
    """
    with storage_errors(folder):
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        if _is_ours(folder):
            folder.chmod(PRIVATE_FOLDER)
        # Only a real file tells whether a folder is writable: access lists, read-only mounts
        # and quotas do not show in its permission bits.
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0")


if sys.platform == "win32":

    def _is_ours(_folder: Path) -> bool:
        return False
else:

    def _is_ours(folder: Path) -> bool:
        facts = folder.stat()
        if facts.st_uid != os.getuid() or facts.st_mode & stat.S_ISVTX:
            return False
        return database_file(folder).exists() or not any(folder.iterdir())


def create_private_file(path: Path) -> None:
    """Create an empty file that only its owner can read, or take that right from others.

    SQLite gives its journal files the permissions of the data file.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))
    if os.name == "posix":
        path.chmod(PRIVATE_FILE)
