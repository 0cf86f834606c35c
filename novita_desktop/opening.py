"""Opens a data folder for the window, and asks a person for as long as that fails.

Imports no Qt of its own: the first folder is opened while Qt is still being loaded.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from novita_desktop.domain.errors import DemoUnavailable, NovitaDesktopError, StorageError
from novita_desktop.domain.records import record
from novita_desktop.engine import Engine
from novita_desktop.open_folder import FolderInUse, OpenFolder, StartOptions, open_folder
from novita_desktop.services.key_filter import KeyFilter
from novita_desktop.storage.single_instance import DataFolderLock

if TYPE_CHECKING:
    from novita_desktop.ui.start_failure import StartFailure

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 0.5
"""After this time without a window, a small one says that the data is being opened."""


@record(frozen=True, slots=True)
class Wanted:
    """A data folder to open, whether as the demo's, and whether missing runs are accepted."""

    folder: Path
    is_demo: bool
    accept_missing_runs: bool = False


class Opening:
    """Opens data folders on the engine's loop, and asks what to do when one cannot be opened."""

    def __init__(self, options: StartOptions, engine: Engine, key_filter: KeyFilter) -> None:
        self._options = options
        self._engine = engine
        self._key_filter = key_filter
        self._dress: Callable[[], object] = lambda: None
        self._failure: StartFailure | None = None
        self._is_given_up = False

    def dress_with(self, dress: Callable[[], object]) -> None:
        """Have `dress` give the look to the windows that are shown before the main one."""
        self._dress = dress

    def begin(self, wanted: Wanted, lock: DataFolderLock | None = None) -> Future[OpenFolder]:
        """Start to open a folder; `lock` is its lock if it is held already.

        The future raises what `open_folder` raises.
        """
        return self._engine.submit(
            open_folder(
                self._options,
                wanted.folder,
                self._key_filter,
                is_demo=wanted.is_demo,
                accept_missing_runs=wanted.accept_missing_runs,
                lock=lock,
            )
        )

    async def opened(self, begun: Future[OpenFolder], wanted: Wanted) -> OpenFolder | None:
        """Return the folder whose opening has begun; ask what to do as long as it fails.

        Returns None when a person gives up, or when another copy of the program has the folder:
        that one then shows itself.
        """
        while True:
            try:
                found = await self._patiently(begun)
            except FolderInUse:
                call_to_front(wanted.folder, self._options.files)
                return None
            except (StorageError, DemoUnavailable) as error:
                logger.warning("the data folder cannot be opened: %s", error.code)
                decided = await self._decision(error, wanted)
            else:
                return await self._unless_given_up(found)
            if decided is None:
                return None
            wanted = decided
            begun = self.begin(wanted)

    def give_up(self) -> None:
        """Ask nothing more: the program is to end."""
        self._is_given_up = True
        if self._failure is not None:
            self._failure.close()

    async def _patiently(self, begun: Future[OpenFolder]) -> OpenFolder:
        """Await what was begun; show a small window if it takes long."""
        opening = asyncio.wrap_future(begun)
        done, _ = await asyncio.wait({opening}, timeout=PATIENCE_SECONDS)
        if not done:
            from novita_desktop.ui.opening_window import OpeningWindow  # noqa: PLC0415  # rare

            self._dress()
            waiting = OpeningWindow()
            waiting.closed.connect(self.give_up)
            waiting.show()
            try:
                await asyncio.wait({opening})
            finally:
                waiting.hide()
                waiting.deleteLater()
        return await opening

    async def _unless_given_up(self, found: OpenFolder) -> OpenFolder | None:
        if self._is_given_up:
            await asyncio.wrap_future(self._engine.submit(found.close()))
            return None
        return found

    async def _decision(self, error: NovitaDesktopError, wanted: Wanted) -> Wanted | None:
        """Ask what to do about `error`, and do what has to be done before the next try.

        Returns what to open next; None to quit.
        """
        from novita_desktop.services import backups  # noqa: PLC0415  # rare
        from novita_desktop.ui import start_failure as ask  # noqa: PLC0415  # rare

        self._dress()
        while not self._is_given_up:
            is_about_folder = isinstance(error, StorageError)
            copies = await backups.available(wanted.folder) if is_about_folder else []
            self._failure = failure = ask.StartFailure(error, wanted.folder, copies)
            try:
                match await failure.choice():
                    case ask.Quit():
                        return None
                    case ask.UseFolder(path):
                        return replace(wanted, folder=path, accept_missing_runs=False)
                    case ask.LeaveDemo():
                        return Wanted(self._options.folder(is_demo=False), is_demo=False)
                    case ask.RestoreBackup(path):
                        await backups.restored(wanted.folder, path)
                        return replace(wanted, accept_missing_runs=False)
                    case ask.StartEmpty():
                        await backups.put_aside(wanted.folder)
                        return replace(wanted, accept_missing_runs=True)
                    case ask.OpenAnyway():
                        return replace(wanted, accept_missing_runs=True)
                    case ask.TryAgain():
                        return replace(wanted, accept_missing_runs=False)
            except StorageError as trouble:
                error = trouble
            finally:
                self._failure = None
        return None


def call_to_front(folder: Path, files: Sequence[Path] = ()) -> None:
    """Have the copy that uses `folder` show itself, and what is in `files`."""
    from novita_desktop.ui import single_instance  # noqa: PLC0415  # QtNetwork

    single_instance.call_to_front(folder, files)
