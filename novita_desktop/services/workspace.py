"""Every service of one data folder, built in order and undone in reverse."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from novita_desktop.domain.account import (
    NOVITA_BASE_URL,
    Account,
    ConnectionState,
    checked_base_url,
)
from novita_desktop.domain.errors import AddressRefused, StorageError
from novita_desktop.domain.records import record
from novita_desktop.services.account import AccountService
from novita_desktop.services.background import Background
from novita_desktop.services.backups import BackupService
from novita_desktop.services.batches import BatchParts, BatchService
from novita_desktop.services.catalogue import CatalogueService
from novita_desktop.services.clock import Clock
from novita_desktop.services.comparison_checks import ComparisonChecks
from novita_desktop.services.comparisons import ComparisonParts, ComparisonService
from novita_desktop.services.connection import Connection
from novita_desktop.services.drafts import DraftService
from novita_desktop.services.events import AccountChanged, Event, Events, SettingsChanged
from novita_desktop.services.history import HistoryService
from novita_desktop.services.model_sets import ModelSetService
from novita_desktop.services.presets import PresetService
from novita_desktop.services.private_comparisons import PrivateComparisons
from novita_desktop.services.private_runs import PrivateRuns
from novita_desktop.services.retry import RetryRules
from novita_desktop.services.run_queue import MOST_BACKGROUND_RUNS, RunQueue
from novita_desktop.services.run_recorder import PROGRESS_SECONDS, REPEAT_SECONDS, RunRecorder
from novita_desktop.services.runs import RunParts, RunService
from novita_desktop.services.settings import SettingsService
from novita_desktop.services.spending import SpendingService
from novita_desktop.services.trouble import Trouble
from novita_desktop.storage.backups import Backups
from novita_desktop.storage.batch_store import BatchStore
from novita_desktop.storage.catalogue_cache import CatalogueCache
from novita_desktop.storage.comparison_store import ComparisonStore
from novita_desktop.storage.database import Database
from novita_desktop.storage.draft_store import DraftStore
from novita_desktop.storage.locations import database_file
from novita_desktop.storage.preset_store import PresetStore
from novita_desktop.storage.run_store import RunStore
from novita_desktop.storage.secrets import KeyringSecrets, SecretStore
from novita_desktop.storage.settings_store import SettingsStore

if TYPE_CHECKING:  # loaded when presets are first exchanged
    from novita_desktop.services.preset_exchange import PresetExchange

logger = logging.getLogger(__name__)


FIRST_LIST_SECONDS: Final = 10.0
"""How long connecting waits for a list of models that comes with the key."""


def _hide_nothing(_key: str) -> None:
    """Stand in for a log filter where there is none."""


@record(frozen=True, slots=True)
class WorkspaceOptions:
    """What the program was started with.

    `base_url` wins over the settings' for this session. `key` comes from the environment. In the
    demo, `base_url` and `demo_key` are the demo host's. `hide_key` is told every key that comes
    into use (`key_filter.KeyFilter.hide`). `accept_missing_runs` opens a file that holds far
    fewer runs than it did, after the person was asked.
    """

    data_folder: Path
    base_url: str | None = None
    key: str | None = None
    is_demo: bool = False
    demo_key: str | None = None
    app_version: str = ""
    hide_key: Callable[[str], None] = _hide_nothing
    accept_missing_runs: bool = False


@record(frozen=True, slots=True)
class Pace:
    """How long services wait; tests make it short.

    `background_slots` is the most runs of the background lane at once.
    """

    rules: RetryRules = field(default_factory=RetryRules)
    clock: Clock = field(default_factory=Clock)
    progress_seconds: float = PROGRESS_SECONDS
    repeat_seconds: float = REPEAT_SECONDS
    background_slots: int = MOST_BACKGROUND_RUNS


class Workspace:
    """The services of one data folder. Lives on the engine's loop.

    `open` touches the disk alone; `go_online` asks keychain and host, after the first paint.
    """

    events: Events
    settings: SettingsService
    account: AccountService
    catalogue: CatalogueService
    spending: SpendingService
    runs: RunService
    history: HistoryService
    drafts: DraftService
    presets: PresetService
    checks: ComparisonChecks
    comparisons: ComparisonService
    batches: BatchService
    model_sets: ModelSetService
    backups: BackupService

    def __init__(self, options: WorkspaceOptions, events: Events, pace: Pace) -> None:
        """Build nothing yet; `open` is how to get one."""
        self.options = options
        self.events = events
        self._pace = pace
        self._trouble = Trouble(events, pace.clock)
        self._background = Background(self._trouble.report)
        self._undo = AsyncExitStack()
        self._fetching: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls,
        options: WorkspaceOptions,
        events: Events,
        *,
        pace: Pace | None = None,
        keychain: SecretStore | None = None,
    ) -> Self:
        """Open the data folder and build every service on it.

        Runs that the last session left unfinished become `interrupted`. Raises StorageError
        subclasses and AddressRefused; nothing stays open then.
        """
        workspace = cls(options, events, pace or Pace())
        try:
            await workspace._build(keychain)
        except BaseException:
            await workspace.close()
            raise
        return workspace

    @cached_property
    def preset_exchange(self) -> PresetExchange:
        """Presets in and out of files; ask for it on the engine's loop, which loads it then."""
        from novita_desktop.services.preset_exchange import (  # noqa: PLC0415  # when first used
            PresetExchange,
        )

        return PresetExchange(self.presets, self.catalogue, self.settings, self._pace.clock)

    async def go_online(self) -> None:
        """Take the kept key, check it, and fetch the catalogue and the day's spending.

        Called once, after the first paint: it loads keyring and the network's libraries. Nothing
        is raised; what fails shows in the account's state or as reported trouble.
        """
        self.presets.announce()
        steps = (
            self.account.restore(),
            asyncio.wait({self._fetch_list()}),
            self.spending.refresh(),
            self.backups.back_up_daily(),
            self.presets.tidy(),
        )
        self._background.start(self.history.tidy(), "tidy-history")
        for error in await asyncio.gather(*steps, return_exceptions=True):
            if isinstance(error, StorageError):
                self._trouble.report(error)
            elif isinstance(error, BaseException):
                raise error
        self._fetch_missing_list(self.account.account)

    async def connect(self, pasted_key: str, *, session_only: bool = False) -> Account:
        """Connect with a pasted key as `AccountService.connect` does, and raise what that raises.

        Of a host that shows its models to its customers alone, the list comes with the key: this
        waits for it a while, so that what waited for the key finds its model.
        """
        try:
            return await self.account.connect(pasted_key, session_only=session_only)
        finally:
            if self._fetching is not None:
                await asyncio.wait({self._fetching}, timeout=FIRST_LIST_SECONDS)

    async def close(self) -> None:
        """End every run as interrupted, store what is left, and let go of network and file."""
        await self._undo.aclose()

    async def _build(self, keychain: SecretStore | None) -> None:
        database = await self._opened_database()
        store = RunStore(database)
        interrupted = await store.interrupt_unfinished(self._pace.clock.now())
        if interrupted:
            logger.info("%d runs were interrupted by the end of the last session", interrupted)
        self.settings = SettingsService(SettingsStore(database), self.events)
        await self.settings.load()
        self.model_sets = ModelSetService(self.settings)
        connection = self._connection()
        self._undo.push_async_callback(connection.close)
        # Before the connection: what runs in the background could open it again.
        self._undo.push_async_callback(self._background.close)
        await self._build_online(connection, database, store, keychain)
        self._build_runs(connection, store)
        self._build_comparisons(database)
        await self._build_batches(database)
        self.drafts = DraftService(DraftStore(database))
        self.presets = PresetService(PresetStore(database), self.events, self._pace.clock)
        await self.presets.load()
        self.history = HistoryService(store, self.runs, self._pace.clock)
        self.backups = BackupService(Backups(database), self._pace.clock, self.close)
        self._undo.callback(self.events.listen(self._noticed))

    async def _opened_database(self) -> Database:
        loop = asyncio.get_running_loop()

        def report(error: StorageError) -> None:
            loop.call_soon_threadsafe(self._trouble.report, error)

        database = await Database.open(
            database_file(self.options.data_folder),
            accept_missing_runs=self.options.accept_missing_runs,
            on_trouble=report,
        )
        self._undo.push_async_callback(_closed, database)
        return database

    def _connection(self) -> Connection:
        options, settings = self.options, self.settings.current
        return Connection(
            self._address(),
            is_demo=options.is_demo,
            proxy_mode=settings.proxy_mode,
            proxy_url=settings.proxy_url,
            hide_key=options.hide_key,
        )

    def _address(self) -> str:
        """Return the host's address; one in the data file that cannot be used is passed over."""
        if self.options.base_url:
            return checked_base_url(self.options.base_url)
        try:
            return checked_base_url(self.settings.current.base_url)
        except AddressRefused:
            logger.warning("the base URL in the settings cannot be used; Novita's is")
            return NOVITA_BASE_URL

    async def _build_online(
        self,
        connection: Connection,
        database: Database,
        store: RunStore,
        keychain: SecretStore | None,
    ) -> None:
        clock = self._pace.clock
        self.account = AccountService(
            connection,
            keychain or KeyringSecrets(self._take_late_key),
            self.events,
            self._background,
            clock,
            given_key=self.options.demo_key if self.options.is_demo else self.options.key,
        )
        self._undo.callback(self.account.close)
        self._connection_in_use = connection
        self.catalogue = CatalogueService(connection, CatalogueCache(database), self.events, clock)
        await self.catalogue.load()
        self.spending = SpendingService(store, self.events, self._background, clock)
        self._undo.callback(self.spending.close)

    def _build_runs(self, connection: Connection, store: RunStore) -> None:
        pace, settings = self._pace, self.settings.current
        self._queue = RunQueue(
            self.events,
            interactive_slots=settings.interactive_runs,
            background_slots=pace.background_slots,
            requests_per_minute=settings.requests_per_minute,
        )
        self._undo.callback(self._queue.close)
        keeper = PrivateRuns(store)
        recorder = RunRecorder(
            keeper,
            self._background,
            self._trouble.report,
            progress_seconds=pace.progress_seconds,
            repeat_seconds=pace.repeat_seconds,
        )
        self.runs = RunService(
            RunParts(
                keeper=keeper,
                recorder=recorder,
                queue=self._queue,
                connection=connection,
                catalogue=self.catalogue,
                settings=self.settings,
                spending=self.spending,
                background=self._background,
                events=self.events,
                clock=pace.clock,
                rules=pace.rules,
            )
        )
        self._undo.push_async_callback(self.runs.close)

    def _build_comparisons(self, database: Database) -> None:
        store = PrivateComparisons(ComparisonStore(database), self.runs.is_live)
        self.checks = ComparisonChecks(store, self.runs)
        self.comparisons = ComparisonService(
            ComparisonParts(
                store=store,
                checks=self.checks,
                drafts=DraftStore(database),
                runs=self.runs,
                catalogue=self.catalogue,
                settings=self.settings,
                background=self._background,
                clock=self._pace.clock,
            )
        )

    async def _build_batches(self, database: Database) -> None:
        self.batches = BatchService(
            BatchParts(
                store=BatchStore(database),
                runs=self.runs,
                catalogue=self.catalogue,
                settings=self.settings,
                background=self._background,
                events=self.events,
                clock=self._pace.clock,
                repeat_seconds=self._pace.repeat_seconds,
            )
        )
        self._undo.callback(self.batches.close)
        await self.batches.settle()

    def _take_late_key(self, base_url: str, key: str | None) -> None:
        self.account.take_late_key(base_url, key)

    def _noticed(self, event: Event) -> None:
        if isinstance(event, AccountChanged):
            self._fetch_missing_list(event.account)
        if not isinstance(event, SettingsChanged):
            return
        old, new = event.old, event.new
        self._queue.change(
            interactive_slots=new.interactive_runs, requests_per_minute=new.requests_per_minute
        )
        if (old.proxy_mode, old.proxy_url) != (new.proxy_mode, new.proxy_url):
            self._connection_in_use.use_proxy(new.proxy_mode, new.proxy_url)
        if old.base_url != new.base_url:
            # At once: whoever changed the setting may go on with a key that no other host may get.
            self.account.use_host(new.base_url)
            self._background.start(self._switch_host(), "switch-host")

    def _fetch_missing_list(self, account: Account) -> None:
        """Ask for the models once there is a key, when they were refused without."""
        is_missing = not self.catalogue.is_fetched and self._fetching is None
        if account.state is not ConnectionState.CONNECTED or not is_missing:
            return
        self._fetch_list()

    def _fetch_list(self) -> asyncio.Task[None]:
        self._fetching = self._background.start(self.catalogue.refresh_quietly(), "models")
        self._fetching.add_done_callback(self._forget_fetching)
        return self._fetching

    def _forget_fetching(self, _: asyncio.Task[None]) -> None:
        self._fetching = None

    async def _switch_host(self) -> None:
        switched = self._background.start(self.account.restore(), "account")
        await self.catalogue.load()
        await self.catalogue.refresh_quietly()
        await asyncio.wait({switched})


async def _closed(database: Database) -> None:
    """Close the data file; at the end nobody can act on a disk that is full."""
    try:
        await database.close()
    except StorageError as error:
        logger.warning("the clean end could not be noted: %s", error.code)
