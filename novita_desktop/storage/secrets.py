"""The API key: in the system's keychain, or for this session only. Never in a file or a log.

A keychain may take seconds, or block until a person answers its prompt. So it is asked in one
daemon thread, callers wait 5 s at most, and an answer that comes later is still made use of.
Only keychains that are known to encrypt are used: other keyring plugins write plain text.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, Protocol, TypeVar
from urllib.parse import urlsplit

from novita_desktop.domain.errors import KeychainTrouble
from novita_desktop.storage.worker_thread import WorkerThread, on_this_loop

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

logger = logging.getLogger(__name__)

T = TypeVar("T")

SERVICE_NAME: Final = "Novita Desktop"
DEADLINE_SECONDS: Final = 5.0

ALLOWED_BACKENDS: Final = (
    "keyring.backends.macOS",
    "keyring.backends.Windows",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)
"""Modules of keyring whose keychains encrypt. Plugins of other packages are not even loaded."""


class SecretStore(Protocol):
    """Keeps one key per connection. Every method raises KeychainTrouble."""

    async def get(self, base_url: str) -> str | None:
        """Return the key for the connection, or None."""

    async def set(self, base_url: str, key: str) -> None:
        """Keep the key for the connection."""

    async def delete(self, base_url: str) -> None:
        """Forget the key for the connection, if there is one."""


class Keychain(Protocol):
    """The part of keyring's backends that is used."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return the password, or None."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the password."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget the password."""


def user_name_of(base_url: str) -> str:
    """Return the name under which a connection's key is kept: its host, and port if it names one."""
    return urlsplit(base_url).netloc.rpartition("@")[2].lower() or base_url


def system_keychains() -> list[Keychain]:
    """Return the usable keychains of this system, best first. Imports keyring."""
    from keyring.backend import KeyringBackend  # noqa: PLC0415  # slow; first used in the thread

    found: list[KeyringBackend] = []
    for name in ALLOWED_BACKENDS:
        try:
            module = importlib.import_module(name)
        except ImportError:
            logger.debug("%s is not for this system", name)
            continue
        found += [
            kind()
            for kind in vars(module).values()
            if isinstance(kind, type)
            and issubclass(kind, KeyringBackend)
            and kind.__module__ == name
            and kind.viable
            and kind.priority >= 1
        ]
    found.sort(key=lambda keychain: keychain.priority, reverse=True)
    return list(found)


class KeyringSecrets:
    """Keys in the system's keychain.

    `on_late_key` is called on the asking loop with a base URL and what the keychain holds for it
    (None: nothing) when a keychain answers after its caller was told `no_answer`.
    """

    def __init__(
        self,
        on_late_key: Callable[[str, str | None], None] | None = None,
        *,
        deadline_seconds: float = DEADLINE_SECONDS,
        keychains: Callable[[], Sequence[Keychain]] = system_keychains,
    ) -> None:
        self._on_late_key = on_late_key
        self._deadline_seconds = deadline_seconds
        self._keychains = keychains
        self._proven: Keychain | None = None
        self._thread = WorkerThread("keychain")

    async def get(self, base_url: str) -> str | None:
        """Return the key for the connection, or None. Raises KeychainTrouble."""
        user = user_name_of(base_url)

        def work() -> str | None:
            return self._keychain().get_password(SERVICE_NAME, user)

        return await self._ask(base_url, work, lambda key: key)

    async def set(self, base_url: str, key: str) -> None:
        """Keep the key for the connection. Raises KeychainTrouble."""
        user = user_name_of(base_url)

        def work() -> None:
            self._keychain().set_password(SERVICE_NAME, user, key)

        await self._ask(base_url, work, lambda _: key, hidden=key)

    async def delete(self, base_url: str) -> None:
        """Forget the key for the connection, if there is one. Raises KeychainTrouble."""
        user = user_name_of(base_url)

        def work() -> None:
            keychain = self._keychain()
            if keychain.get_password(SERVICE_NAME, user) is not None:
                keychain.delete_password(SERVICE_NAME, user)

        await self._ask(base_url, work, lambda _: None)

    def _keychain(self) -> Keychain:
        """Return a keychain that has answered a real question: priorities alone prove nothing."""
        if self._proven is not None:
            return self._proven
        trouble: Exception | None = None
        for keychain in self._keychains():
            try:
                keychain.get_password(SERVICE_NAME, "is anybody there")
            except Exception as error:  # noqa: BLE001  # backends raise what their system raises
                logger.info("%s is not usable: %s", type(keychain).__name__, type(error).__name__)
                trouble = trouble or error
            else:
                self._proven = keychain
                return keychain
        raise trouble or KeychainTrouble("missing")

    async def _ask(
        self,
        base_url: str,
        work: Callable[[], T],
        key_after: Callable[[T], str | None],
        *,
        hidden: str = "",
    ) -> T:
        """Run `work` in the thread; `key_after` says what the keychain holds when it is done."""
        answer = on_this_loop(self._thread.submit(work))
        await asyncio.wait({answer}, timeout=self._deadline_seconds)
        if answer.done():
            try:
                return answer.result()
            except Exception as error:  # noqa: BLE001  # backends raise what their system raises
                # Without the cause: what a backend raises could hold the key in its arguments.
                raise _trouble_of(error, hidden) from None
        answer.add_done_callback(lambda late: self._take_late(base_url, late, key_after))
        raise KeychainTrouble("no_answer")

    def _take_late(
        self,
        base_url: str,
        late: asyncio.Future[T],
        key_after: Callable[[T], str | None],
    ) -> None:
        if late.cancelled():
            return
        error = late.exception()
        if error is not None:
            logger.info("the keychain failed after its deadline: %s", type(error).__name__)
        elif self._on_late_key is not None:
            self._on_late_key(base_url, key_after(late.result()))


def _trouble_of(error: Exception, hidden: str) -> KeychainTrouble:
    from keyring.errors import (  # noqa: PLC0415  # slow; imported by the thread by now
        InitError,
        KeyringLocked,
        NoKeyringError,
    )

    if isinstance(error, KeychainTrouble):
        return error
    words = f"{type(error).__name__}: {error}"
    if hidden:
        words = words.replace(hidden, "…")
    match error:
        case NoKeyringError():
            return KeychainTrouble("missing", words)
        # InitError: the keychain's prompt was dismissed, or there was no display to show it on.
        case KeyringLocked() | InitError():
            return KeychainTrouble("locked", words)
        case _:
            return KeychainTrouble("failed", words)


class SessionSecrets:
    """Keys for this session only, in memory."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}

    async def get(self, base_url: str) -> str | None:
        """Return the key for the connection, or None."""
        return self._keys.get(user_name_of(base_url))

    async def set(self, base_url: str, key: str) -> None:
        """Keep the key until the program ends."""
        self._keys[user_name_of(base_url)] = key

    async def delete(self, base_url: str) -> None:
        """Forget the key, if there is one."""
        self._keys.pop(user_name_of(base_url), None)
