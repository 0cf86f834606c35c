"""Checks, keeps and forgets the API key; knows the balance.

A key is checked with the balance endpoint, because the catalogue accepts any key (novita/api.md
section 0, fact 2). A host without that endpoint counts as connected, unchecked: its first run
tells. A key from the environment wins over the keychain and is never stored.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

from novita_desktop.domain.account import Account, ConnectionState, KeyPlace, tidy_key
from novita_desktop.domain.errors import (
    ApiError,
    ConnectionTrouble,
    KeychainTrouble,
    KeyMissing,
    KeyRefused,
)
from novita_desktop.domain.runs import RunStatus, RunSummary
from novita_desktop.services.background import Background
from novita_desktop.services.clock import Clock
from novita_desktop.services.connection import Connection
from novita_desktop.services.events import AccountChanged, Event, Events, RunEnded
from novita_desktop.storage.secrets import SecretStore, SessionSecrets

BALANCE_SECONDS = 30.0
"""The balance is asked for at most so often after runs."""

_OFFLINE_CODES = frozenset(
    {
        *("no_network", "host_not_found", "connection_refused"),
        *("connect_timed_out", "proxy_trouble"),
    }
)
_REFUSED_CODES = frozenset({KeyRefused.code, KeyMissing.code})


class AccountService:
    """The connection's account. `given_key` comes from the environment, or from the demo host."""

    def __init__(
        self,
        connection: Connection,
        keychain: SecretStore,
        events: Events,
        background: Background,
        clock: Clock,
        *,
        given_key: str | None = None,
    ) -> None:
        self._connection = connection
        self._keychain = keychain
        self._events = events
        self._background = background
        self._clock = clock
        self._session = SessionSecrets()
        self._balance_asked_at: float | None = None
        self._balance_timer: asyncio.TimerHandle | None = None
        self.account = self._unknown_account()
        if given_key:
            place = KeyPlace.DEMO if connection.is_demo else KeyPlace.ENVIRONMENT
            self._use(tidy_key(given_key), place, ConnectionState.CHECKING)
        self._stop_listening = events.listen(self._noticed)

    async def restore(self) -> Account:
        """Take the key that is kept for this host, if none is in use, and check it.

        Nothing is raised: what goes wrong shows in the account's state. KeychainTrouble is
        reported by the background.
        """
        base_url = self._connection.base_url
        if not self._connection.has_key:
            key = await self._session.get(base_url)
            place = KeyPlace.SESSION
            if key is None and not self._connection.is_demo:
                with self._connection.seeking_key():
                    key, place = await self._key_from_keychain(base_url), KeyPlace.KEYCHAIN
            if base_url != self._connection.base_url or self._connection.has_key:
                return self.account  # the person was faster than the keychain
            if key is None:
                return self._become(state=ConnectionState.NOT_CONNECTED)
            self._use(key, place, ConnectionState.CHECKING)
        try:
            return await self.refresh_balance()
        except ApiError:
            return self.account

    async def connect(self, pasted_key: str, *, session_only: bool = False) -> Account:
        """Check a pasted key, use it and keep it in the keychain; return the account.

        Raises KeyMissing for an empty text, KeyRefused or another ApiError when the check fails:
        the account is then as it was. Raises KeychainTrouble after the key was taken into use,
        when it can be kept for this session only.
        """
        key = tidy_key(pasted_key)
        if not key:
            raise KeyMissing
        base_url, before = self._connection.base_url, self.account
        self._become(state=ConnectionState.CHECKING)
        try:
            balance = await self._checked(key)
        except BaseException:
            if base_url == self._connection.base_url:
                self._become_again(before)
            raise
        await self._session.set(base_url, key)
        if base_url != self._connection.base_url:
            return self.account  # the person has gone to another host; the key waits for this one
        self._use(key, KeyPlace.SESSION, ConnectionState.CONNECTED, balance)
        if session_only or self._connection.is_demo:
            return self.account
        await self._keychain.set(base_url, key)
        await self._session.delete(base_url)
        if base_url != self._connection.base_url:
            return self.account
        return self._become(key_place=KeyPlace.KEYCHAIN)

    def take_late_key(self, base_url: str, key: str | None) -> None:
        """Make use of what a keychain answered after its time was up."""
        if key is None or base_url != self._connection.base_url:
            return
        if self._connection.uses(key):
            self._become(key_place=KeyPlace.KEYCHAIN)
        elif not self._connection.has_key:
            self._use(key, KeyPlace.KEYCHAIN, ConnectionState.CHECKING)
            self._background.start(self._refresh_quietly(), "balance")

    async def forget(self) -> Account:
        """Stop using the key and remove it from the keychain if it came from there.

        Raises KeychainTrouble when the keychain keeps it; it is not used any more all the same.
        """
        base_url, place = self._connection.base_url, self.account.key_place
        await self._session.delete(base_url)
        self._use(None, KeyPlace.NONE, ConnectionState.NOT_CONNECTED)
        if place is KeyPlace.KEYCHAIN:
            await self._keychain.delete(base_url)
        return self.account

    async def refresh_balance(self) -> Account:
        """Ask for the balance now; the answer also tells whether the key is good.

        Raises ApiError, with the account's state set by it.
        """
        if not self._connection.has_key:
            return self.account
        client = self._connection.client()
        self._balance_asked_at = self._clock.monotonic()
        try:
            balance = await client.balance()
        except ApiError as error:
            if client is self._connection.client():
                self._fail(error)
            raise
        if client is not self._connection.client():
            return self.account  # another key or host since
        return self._become(state=ConnectionState.CONNECTED, balance_units=balance)

    def use_host(self, base_url: str) -> None:
        """Go to another host at once, without a key: `restore` takes the one that is kept."""
        self._connection.use_address(base_url)
        self._become_again(self._unknown_account())

    def close(self) -> None:
        """Stop listening."""
        self._stop_listening()
        if self._balance_timer is not None:
            self._balance_timer.cancel()
            self._balance_timer = None

    async def _checked(self, key: str) -> int | None:
        client = self._connection.client_with(key)
        try:
            return await client.balance()
        finally:
            await client.close()

    async def _key_from_keychain(self, base_url: str) -> str | None:
        try:
            return await self._keychain.get(base_url)
        except KeychainTrouble as error:
            self._background.report(error)
            return None

    def _use(
        self,
        key: str | None,
        place: KeyPlace,
        state: ConnectionState,
        balance_units: int | None = None,
    ) -> None:
        self._connection.use_key(key)
        hint = self._connection.key_hint
        self._become(state=state, key_place=place, key_hint=hint, balance_units=balance_units)

    def _unknown_account(self) -> Account:
        connection = self._connection
        return Account(connection.base_url, ConnectionState.CHECKING, is_demo=connection.is_demo)

    def _become(self, **facts: object) -> Account:
        return self._become_again(replace(self.account, **facts))  # type: ignore[arg-type]  # fields by name

    def _become_again(self, account: Account) -> Account:
        if account != self.account:
            self.account = account
            self._events.publish(AccountChanged(account))
        return account

    def _fail(self, error: ApiError) -> None:
        """Set the state that a failed check stands for; host trouble says nothing about the key."""
        if isinstance(error, KeyRefused | KeyMissing):
            self._become(state=ConnectionState.KEY_REFUSED, balance_units=None)
        elif isinstance(error, ConnectionTrouble):
            self._become(state=ConnectionState.OFFLINE)
        elif self.account.state is ConnectionState.CHECKING:
            self._become(state=ConnectionState.CONNECTED)

    def _noticed(self, event: Event) -> None:
        if isinstance(event, RunEnded) and event.summary.base_url == self._connection.base_url:
            self._learn(event.summary)

    def _learn(self, run: RunSummary) -> None:
        """Take from a run's end what it says about the connection."""
        if not self._connection.has_key:
            return
        if run.error_code in _REFUSED_CODES:
            self._become(state=ConnectionState.KEY_REFUSED)
        elif run.error_code in _OFFLINE_CODES:
            self._become(state=ConnectionState.OFFLINE)
        elif run.status is RunStatus.SUCCEEDED:
            self._become(state=ConnectionState.CONNECTED)
        if run.charged is not False and self._balance_timer is None:
            wait = 0.0
            if self._balance_asked_at is not None:
                passed = self._clock.monotonic() - self._balance_asked_at
                wait = max(0.0, BALANCE_SECONDS - passed)
            loop = asyncio.get_running_loop()
            self._balance_timer = loop.call_later(wait, self._ask_after_runs)

    def _ask_after_runs(self) -> None:
        self._balance_timer = None
        self._background.start(self._refresh_quietly(), "balance")

    async def _refresh_quietly(self) -> None:
        try:
            await self.refresh_balance()
        except ApiError:
            return
