"""Writes text files so that a crash leaves the old file or the new one, never half of one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from novita_desktop.storage.failures import storage_errors
from novita_desktop.storage.locations import PRIVATE_FILE


def write_text(path: Path, text: str, *, is_private: bool = False) -> None:
    """Write `text` as UTF-8 to `path`, atomically; line ends stay as they are in `text`.

    A new file gets the permissions that the person's other files have, unless `is_private`; an
    existing one keeps its own. A link is followed, so that the file it names changes. Half a
    surrogate pair becomes "?". Raises FolderNotWritable, DiskFull or StorageError.
    """
    with storage_errors(path):
        target = path.resolve()
        mode = PRIVATE_FILE if is_private else 0o666
        if target.exists():
            mode = target.stat().st_mode & 0o777
        partial = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
        try:
            _write_to_disk(partial, text.encode("utf-8", "replace"), mode)
            partial.replace(target)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)


def _write_to_disk(path: Path, data: bytes, mode: int) -> None:
    # O_EXCL: never write through a file or link that somebody else put there.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut; Windows does that by itself."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
