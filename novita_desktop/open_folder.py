"""A data folder in use: its lock, its workspace, and the demo host where it has one.

All of it lives on the engine's loop.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import field
from pathlib import Path

import novita_desktop
from novita_desktop.demo import DemoThread
from novita_desktop.domain.account import Account
from novita_desktop.domain.catalogue import Catalogue
from novita_desktop.domain.errors import DemoUnavailable
from novita_desktop.domain.records import record
from novita_desktop.domain.settings import Settings
from novita_desktop.services.events import Events
from novita_desktop.services.key_filter import KeyFilter
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.storage.locations import data_folder
from novita_desktop.storage.single_instance import DataFolderLock
from novita_desktop.storage.worker_thread import in_daemon_thread


class FolderInUse(Exception):
    """Another copy of the program uses the data folder `folder`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.folder = folder


@record(frozen=True, slots=True)
class StartOptions:
    """What the command line and the environment ask for; the key is never printed.

    `files` are presets to show. `started` is the program's start on the monotonic clock.
    """

    data_folder: Path | None = None
    base_url: str | None = None
    is_demo: bool = False
    page: str = ""
    files: tuple[Path, ...] = ()
    key: str | None = field(default=None, repr=False)
    started: float = field(default_factory=time.monotonic)

    def folder(self, *, is_demo: bool) -> Path:
        """Return the folder for the person's own data, or for the demo's."""
        return data_folder(self.data_folder, is_demo=is_demo)


@record(frozen=True, slots=True)
class Snapshot:
    """A workspace's state at one moment."""

    account: Account
    catalogue: Catalogue
    settings: Settings


@record(frozen=True, slots=True)
class OpenFolder:
    """An open data folder, with its state at the moment it was opened."""

    folder: Path
    is_demo: bool
    workspace: Workspace
    events: Events
    snapshot: Snapshot
    _undo: AsyncExitStack

    async def close(self) -> None:
        """End what runs, keep what is left, and let the folder go. Raises StorageError."""
        await self._undo.aclose()


async def open_folder(
    options: StartOptions,
    folder: Path,
    key_filter: KeyFilter,
    *,
    is_demo: bool = False,
    accept_missing_runs: bool = False,
    lock: DataFolderLock | None = None,
) -> OpenFolder:
    """Open a data folder; `lock` is its lock if it is held already.

    Raises FolderInUse, StorageError, AddressRefused or DemoUnavailable; nothing stays open then,
    and no lock is held.
    """
    async with AsyncExitStack() as undo:
        held = lock or DataFolderLock(folder)
        if not await in_daemon_thread(held.acquire):
            raise FolderInUse(folder)
        undo.callback(held.release)
        workspace_options = WorkspaceOptions(
            folder,
            base_url=options.base_url,
            key=options.key,
            app_version=novita_desktop.__version__,
            hide_key=key_filter.hide,
            accept_missing_runs=accept_missing_runs,
        )
        if is_demo:
            workspace_options = await _with_demo_host(workspace_options, undo)
        events = Events()
        workspace = await Workspace.open(workspace_options, events)
        undo.push_async_callback(workspace.close)
        snapshot = Snapshot(
            workspace.account.account, workspace.catalogue.current, workspace.settings.current
        )
        return OpenFolder(folder, is_demo, workspace, events, snapshot, undo.pop_all())


async def _with_demo_host(options: WorkspaceOptions, undo: AsyncExitStack) -> WorkspaceOptions:
    """Start a demo host and return the options that lead to it. Raises DemoUnavailable."""
    thread = DemoThread()

    async def stop() -> None:
        await in_daemon_thread(thread.stop)

    undo.push_async_callback(stop)
    try:
        host = await asyncio.wrap_future(thread.start())
    except OSError as error:
        raise DemoUnavailable(str(error)) from error
    return WorkspaceOptions(
        options.data_folder,
        base_url=host.base_url,
        is_demo=True,
        demo_key=host.key,
        app_version=options.app_version,
        hide_key=options.hide_key,
        accept_missing_runs=options.accept_missing_runs,
    )
