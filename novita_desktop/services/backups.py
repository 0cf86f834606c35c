"""Copies of the data file: daily ones, one on demand, and going back to one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from novita_desktop.services.clock import Clock
from novita_desktop.storage import backups
from novita_desktop.storage.backups import Backup, Backups
from novita_desktop.storage.locations import backups_folder, database_file
from novita_desktop.storage.worker_thread import in_daemon_thread


class BackupService:
    """Makes, lists and restores copies. Every method raises StorageError.

    `close_workspace` closes every service: a file is replaced only while nobody uses it.
    """

    def __init__(
        self, copies: Backups, clock: Clock, close_workspace: Callable[[], Awaitable[None]]
    ) -> None:
        self._copies = copies
        self._clock = clock
        self._close_workspace = close_workspace
        self._data_folder = copies.folder.parent

    async def list(self) -> list[Backup]:
        """Return the copies in the backups folder, newest first."""
        return await self._copies.list_backups()

    async def back_up_to(self, target: Path) -> Backup:
        """Copy everything to one file, while the program runs."""
        return await self._copies.back_up_now(target)

    async def back_up_daily(self) -> Backup | None:
        """Make today's copy unless there is one."""
        now = datetime.fromtimestamp(self._clock.now() / 1_000_000, UTC)
        return await self._copies.daily(now.astimezone().date())

    async def restore(self, backup: Path) -> Path | None:
        """Close the workspace and put `backup` in the place of the data file.

        The caller opens a new workspace afterwards, whatever happens. Returns where the replaced
        file went. Raises BackupRefused, with the data file as it was.
        """
        await self._close_workspace()
        return await restored(self._data_folder, backup)


async def available(data_folder: Path) -> list[Backup]:
    """Return the copies of a data folder that could not be opened, newest first."""
    return await in_daemon_thread(lambda: backups.list_backups(backups_folder(data_folder)))


async def put_aside(data_folder: Path) -> Path | None:
    """Move the data file of a folder that is not open out of the way, so that a new one begins.

    Returns where it went, None if there was none.
    """
    return await in_daemon_thread(lambda: backups.put_aside(database_file(data_folder)))


async def restored(data_folder: Path, backup: Path) -> Path | None:
    """Put `backup` in the place of the data file of a folder that is not open.

    Returns where the replaced file went, None if there was none. Raises BackupRefused.
    """
    return await in_daemon_thread(lambda: backups.restore(backup, database_file(data_folder)))
